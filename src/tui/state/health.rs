//! What is known of the sources, as the status bar and the sources' screen tell it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::mention::Id;
use crate::sources::Vitals;
use crate::tui::event::Elsewhere;

/// Every source, in the order of the configuration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Health {
    /// The latest about each.
    pub sources: Vec<Vitals>,
    /// Where another process reads them; what it told last.
    pub elsewhere: Option<Elsewhere>,
    /// How many bad items each had when its quarantine was set aside.
    dealt_with: BTreeMap<Id, u64>,
}

impl Health {
    /// Takes the latest.
    pub fn told(&mut self, sources: Vec<Vitals>, elsewhere: Option<Elsewhere>) {
        // A count that is smaller than before is another process's.
        self.dealt_with.retain(|id, count| sources.iter().any(|source| source.source == *id && source.bad >= *count));
        (self.sources, self.elsewhere) = (sources, elsewhere);
    }

    /// One source.
    pub fn of(&self, source: &str) -> Option<&Vitals> {
        self.sources.iter().find(|vitals| *vitals.source == *source)
    }

    /// How many need a look: they failed, and are tried again or not.
    pub fn troubled(&self) -> usize {
        self.sources.iter().filter(|source| source.phase.is_trouble()).count()
    }

    /// How many are silent for longer than usual.
    pub fn silent(&self, now: DateTime<Utc>) -> usize {
        self.sources.iter().filter(|source| source.is_silent(now)).count()
    }

    /// Lines and items that could not be read, of all sources, without those somebody dealt with.
    pub fn bad_items(&self) -> u64 {
        self.sources.iter().map(|source| self.bad_of(source)).sum()
    }

    /// The same of one source.
    pub fn bad_of(&self, source: &Vitals) -> u64 {
        source.bad - self.dealt_with.get(&source.source).copied().unwrap_or(0).min(source.bad)
    }

    /// Somebody dealt with the bad items of a source.
    pub fn deal_with(&mut self, source: &Id) {
        if let Some(bad) = self.of(source).map(|vitals| vitals.bad) {
            self.dealt_with.insert(source.clone(), bad);
        }
    }
}
