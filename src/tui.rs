//! The desk on the terminal.

pub mod svg;
pub mod theme;
