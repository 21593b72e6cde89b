//! The desk as a person meets it: sessions on the real loop.

mod imports;
mod labels;
mod plan_parts;
mod random;
mod runner;
mod sessions;
mod sources;
