//! The tests that look at the program from outside, in one binary.

mod cli;
mod crash;
mod flow;
#[cfg(unix)]
mod pty;
mod support;
mod tidy;
