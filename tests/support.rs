//! What the tests share.

#[cfg(unix)]
#[expect(dead_code, reason = "the measurements use the rest of it")]
pub mod terminal;
