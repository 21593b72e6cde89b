//! What was said before: the near-copies of a mention, and how much its subjects are talked about.
//!
//! What enters: each assessed mention, by [`History::observe`], in the order of arrival. What leaves: what a
//! new mention stands among, asked while it is assessed. Asking changes nothing, so that an assessment is a pure function
//! of mention, plan and history.

use super::assessment::Assessment;
use crate::mention::Mention;

/// What the pipeline remembers of earlier mentions.
#[derive(Debug, Default)]
pub struct History {}

impl History {
    /// Nothing was said before.
    pub fn new() -> Self {
        Self::default()
    }

    /// Remembers a mention that was assessed.
    pub fn observe(&mut self, _mention: &Mention, _assessment: &Assessment) {}
}
