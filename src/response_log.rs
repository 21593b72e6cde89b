//! The response log: the record of truth for decisions.
//!
//! What enters: [`Draft`]s of decided events. What leaves: [`Record`]s, one JSON line each, chained by their hashes
//! from the first line, in one file a month. A record counts when its line, newline included, is on disk. Nothing is
//! ever changed or removed: an undo is one more record, and damage is told, never repaired in silence.
//!
//! ```text
//!  Draft ──writer (one thread)──▶ append (lock, tail, chain, write, fsync) ──▶ 2026-11.jsonl
//!                                                                              │
//!                     export ◀── fold ◀── tail (read after a record) ◀─────────┤
//!                                         verify (the whole chain) ◀───────────┘
//! ```

mod escape;
mod record;

pub use record::{APP, Act, Base, ChainBreak, Draft, Hash, Record};
