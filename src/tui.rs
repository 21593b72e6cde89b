//! The desk: one task, one `select!`, one owner of the terminal.
//!
//! What enters: keys, mouse, and events from store, log and sources. What leaves: effects for the drivers, and frames.
//! A [`Command`](command::Command) is a person's intent, an `Event` a fact that happened, an `Effect` a request to
//! the outside. Nothing in here reads a clock, a file or the network while it changes state or draws.

pub mod app;
pub mod clipboard;
pub mod command;
pub mod driver;
pub mod effect;
pub mod event;
pub mod keymap;
pub mod redraw;
pub mod state;
pub mod still;
pub mod svg;
pub mod terminal;
pub mod theme;
pub mod view;

#[cfg(test)]
mod tests;
