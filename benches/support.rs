//! What the measurements share.

pub mod home;
pub mod process;
#[path = "../tests/support/terminal.rs"]
pub mod terminal;
