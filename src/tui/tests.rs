//! The desk as a person meets it: sessions on the real loop.

mod copies;
mod imports;
mod labels;
mod plan_parts;
mod random;
mod runner;
mod sessions;
mod sources;
mod surges;
