//! The `frontdesk` program: parse, run, exit code.

fn main() {}
