//! The program against servers nobody here wrote.
//!
//! `.ci/real` installs them. What is not installed is skipped by a bare `cargo test`, in so many words; where
//! `FRONTDESK_REAL=required` is set, as `.ci/run` does, it is a failure. Nothing is downloaded here, and every server ends
//! with its test.

mod bluesky;
mod jetstream;
mod mastodon;
mod need;
mod network;
mod nginx;
mod server;
mod webhook;
