//! The response log: the record of truth for decisions.
//!
//! What enters: [`Draft`]s of decided events. What leaves: [`Record`]s, one JSON line each, chained by their hashes
//! from the first line, in one file a month. A record counts when its line, newline included, is on disk. Nothing is
//! ever changed or removed: an undo is one more record, and damage is told, never repaired in silence.
//!
//! ```text
//!  Draft ──writer (one thread)──▶ append (lock, tail, chain, write, fsync) ──▶ 2026-11.jsonl
//!                                                                              │
//!                     export ◀── fold ◀── read (after a known record) ◀────────┤
//!                                         verify (the whole chain) ◀───────────┘
//! ```

mod append;
mod chain;
mod error;
mod escape;
pub mod export;
mod files;
mod fold;
mod lines;
mod lock;
mod make;
mod read;
mod record;
mod torn;
mod verify;
mod writer;

#[cfg(test)]
mod fixtures;

pub use append::{CutShort, Found, Log};
pub use chain::Damage;
pub use error::LogError;
pub use files::LogPaths;
pub use fold::{FoldedCase, evolve, fold};
pub use read::{Agreement, Applied, read_after, read_all, read_last};
pub use record::{APP, Act, Base, ChainBreak, Draft, Hash, Record};
pub use torn::TornTail;
pub use verify::{Problem, Report, verify};
pub use writer::{AppendRequest, Done, LogWriter, OnFound};
