//! The program against servers nobody here wrote.
//!
//! `.ci/real` installs them. What is not installed is skipped by a bare `cargo test`, in so many words; where
//! `FRONTDESK_REAL=required` is set, as `.ci/run` does, it is a failure. Nothing is downloaded here, and every server ends
//! with its test.

<<<<<<< HEAD
mod jetstream;
=======
mod mastodon;
>>>>>>> 0438f58 (Hold the Mastodon source against recordings of a real server)
mod need;
mod nginx;
mod server;
mod webhook;
