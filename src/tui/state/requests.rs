//! Numbers for what is asked of the store, so that a late answer is recognised.

use crate::store::RequestId;

/// Gives every request of this desk its own number, from 1.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    last: RequestId,
}

impl Requests {
    /// A number that was never given before.
    pub fn number(&mut self) -> RequestId {
        self.last += 1;
        self.last
    }
}
