//! What the desk knows at this moment, in parts that do not know each other.
//!
//! What enters: commands and events, passed on by [`App`](super::app::App). What leaves: plain values for the views.
//! Every list is a window or has a bound; nothing here performs an effect, reads a clock or draws.

pub mod areas;
pub mod composer;
pub mod detail;
pub mod feed;
pub mod filter;
pub mod first_run;
pub mod health;
pub mod import;
pub mod in_flight;
pub mod log_pane;
pub mod looks;
pub mod menu;
pub mod mode;
pub mod notices;
pub mod page;
pub mod posture;
pub mod prompt;
pub mod requests;
pub mod selection;
pub mod shield;
pub mod sources;
pub mod suggestions;
pub mod surges;
pub mod text_line;
pub mod walk;
