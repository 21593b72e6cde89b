//! The tests that look at the program from outside, in one binary.

mod cli;
mod crash;
mod flow;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod real;
mod support;
mod tidy;
