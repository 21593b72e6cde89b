//! A front desk for what a community says online about its local government.
//!
//! ```text
//!  sources ──RawItem──▶ pipeline ──Assessed──▶ store ──Case──▶ tui ──Decision──▶ response_log
//!  (tasks)   bounded    (one worker thread)    (SQLite)        (one task)        (one writer, fsync)
//!                 │
//!                 └─ normalise ▶ identify ▶ match the plan ▶ language, intent ▶ prioritise
//!                                          (pure functions of mention + plan)
//! ```
//!
//! A reader follows one value through five types, each in the module that makes it: a source's
//! `RawItem`, the clean `Mention`, the `Assessed` mention with its reasons, the `Case` with its status
//! folded from decisions, and the `Record`, one line of the response log.

pub mod cli;
pub mod clock;
pub mod config;
pub mod locale;
pub mod mention;
pub mod pipeline;
pub mod plan;
pub mod query;
pub mod reply;
pub mod report;
pub mod response_log;
pub mod run;
pub mod sources;
pub mod store;
pub mod text;
pub mod triage;
pub mod trial;
pub mod tui;
