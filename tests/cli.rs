//! The real binary, as a script or a person at a shell meets it.

mod check;
#[cfg(unix)]
mod command;
mod contract;
mod design;
mod import;
mod log;
mod plan;
mod source;
pub mod support;
mod triage;
mod trial;
mod watch_and_decide;
