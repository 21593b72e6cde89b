//! Text made safe to show and ready to compare.
//!
//! What enters: text of other people, never trusted. What leaves: text that no terminal, file or
//! clipboard can be harmed by, its words in a folded form that ignores case, accents and invisible
//! characters, and the lengths networks count. Pure: no file, no clock, no network.

mod comparable;
mod emoji;
pub mod fold;
pub mod html;
pub mod lengths;
pub mod links;
pub mod marks;
pub mod readability;
pub mod tokens;
pub mod width;

pub use comparable::comparable;
pub use html::html_to_text;
pub use marks::{clean, clean_line};
