//! The sources' screen: which source the cursor is on, and the bad items of one while they are looked at.

use super::page::Scroll;
use crate::mention::Id;
use crate::sources::{BadItem, BadItems, Vitals};

/// The open screen. The cursor is on a source, not on a line: sources of a changed configuration do not move it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourcesScreen {
    cursor: Option<Id>,
    /// The bad items of a source, while they are shown.
    pub quarantine: Option<QuarantineList>,
}

/// The bad items of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineList {
    /// Which source.
    pub source: Id,
    /// What was read, or why it could not be; none before that.
    pub read: Option<Result<BadItems, String>>,
    /// True while it is asked whether they are to be set aside.
    pub asks: bool,
    /// How far the data of the selected one is scrolled.
    pub data: Scroll,
    cursor: usize,
}

impl SourcesScreen {
    /// The place of the cursor among these sources: on its own one, else on the first that needs a look, else on the first.
    pub fn place(&self, sources: &[Vitals]) -> usize {
        let own = self.cursor.as_ref().and_then(|id| sources.iter().position(|vitals| vitals.source == *id));
        own.or_else(|| sources.iter().position(|vitals| vitals.phase.is_trouble())).unwrap_or(0)
    }

    /// The source under the cursor.
    pub fn selected<'a>(&self, sources: &'a [Vitals]) -> Option<&'a Vitals> {
        sources.get(self.place(sources))
    }

    /// Moves the cursor.
    pub fn by(&mut self, step: isize, sources: &[Vitals]) {
        let place = self.place(sources).saturating_add_signed(step).min(sources.len().saturating_sub(1));
        self.cursor = sources.get(place).map(|vitals| vitals.source.clone());
    }
}

impl QuarantineList {
    /// Of a source, not read yet.
    pub fn new(source: Id) -> Self {
        Self { source, read: None, asks: false, data: Scroll::default(), cursor: 0 }
    }

    /// The items, the newest first.
    pub fn items(&self) -> &[BadItem] {
        match &self.read {
            Some(Ok(read)) => &read.items,
            _ => &[],
        }
    }

    /// The place of the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor.min(self.items().len().saturating_sub(1))
    }

    /// The item under the cursor.
    pub fn selected(&self) -> Option<&BadItem> {
        self.items().get(self.cursor())
    }

    /// Moves the cursor.
    pub fn by(&mut self, step: isize) {
        self.cursor = self.cursor().saturating_add_signed(step).min(self.items().len().saturating_sub(1));
        self.data = Scroll::default();
    }
}
