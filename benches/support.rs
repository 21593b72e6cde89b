//! What the measurements share.

pub mod home;
pub mod process;
#[expect(dead_code, reason = "the tests use the rest of it")]
#[path = "../tests/support/terminal.rs"]
pub mod terminal;
