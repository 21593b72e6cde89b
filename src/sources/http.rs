//! HTTP and `WebSocket` as every source speaks them: the same limits, the same rules of addresses, the same errors.
//!
//! What enters: addresses and requests. What leaves: answers that are no larger and no later than their limits, how often the
//! other side lets itself be asked, and typed errors without secrets. A secret never travels to another host than the
//! configured one, nor in the clear over the open net. The open web never leads into a private network.

mod address;
mod api;
mod client;
mod flow;
mod retry;
mod socket;
mod turns;

use std::time::Duration;

pub use address::redacted;
pub(super) use address::{is_private, literal, redirect_target};
pub(super) use api::{Api, Reply, Request};
pub(super) use client::{Clients, body, broken, forbidden, is_public};
pub(super) use flow::Flow;
pub use retry::Quota;
pub(super) use retry::wait;
pub(super) use socket::{Frame, Handshake, Socket};
pub(super) use turns::Turn;

/// What one exchange may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// For everything, redirects and body included.
    pub(super) time: Duration,
    /// Of the body, after decompression.
    pub(super) bytes: usize,
    pub(super) redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(20), bytes: 8 << 20, redirects: 5 }
    }
}
