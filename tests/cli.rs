//! The real binary, as a script or a person at a shell meets it.

mod check;
#[cfg(unix)]
mod command;
mod contract;
mod design;
mod import;
mod log;
pub mod pages;
mod plan;
#[cfg(unix)]
mod secrets;
mod source;
mod source_add;
pub mod support;
mod triage;
mod trial;
mod watch_and_decide;
