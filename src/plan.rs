//! The response plan: what draws attention, who speaks about it, what may be said, what is urgent.
//!
//! What enters: a folder of TOML files. What leaves: typed values that know their place in those files.

mod at;

pub use at::{At, PlanHash};
