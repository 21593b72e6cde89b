//! What is known of the sources, as the status bar tells it.

use crate::sources;
use crate::sources::State;

/// Every source, in the order of the configuration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Health {
    /// The latest about each.
    pub sources: Vec<sources::Health>,
}

impl Health {
    /// How many need a look: they failed, and are tried again or not.
    pub fn troubled(&self) -> usize {
        let troubled = |source: &&sources::Health| {
            matches!(source.state, State::BackingOff { .. } | State::Stopped { why: Some(_) })
        };
        self.sources.iter().filter(troubled).count()
    }

    /// Lines and items that could not be read, of all sources.
    pub fn bad_items(&self) -> u64 {
        self.sources.iter().map(|source| source.bad).sum()
    }
}
