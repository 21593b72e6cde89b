//! Text made safe to show and ready to compare.
//!
//! What enters: text of other people, never trusted. What leaves: text that no terminal, file or
//! clipboard can be harmed by, its words in a folded form that ignores case, accents and invisible
//! characters, and the lengths networks count. Pure: no file, no clock, no network.

pub mod fold;
pub mod tokens;
