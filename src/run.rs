//! The composition root: the only place that spawns tasks and wires channels.
//!
//! What enters: a home folder and a clock. What leaves: the parts wired together: sources into the pipeline, the
//! pipeline into the store, decisions into the response log and from there into the store. The parts
//! do not know one another; who outlives whom, and what pushes back on what, is decided here.

mod decide;
pub mod demo;
mod desk;
mod first_run;
mod home;
mod home_error;
mod import;
mod ingest;
mod ingest_lock;
pub mod picture;
mod vitals;
mod watch;

pub use decide::{Decided, NotDecided, decide};
pub use desk::{Opening, desk, found_words};
pub use first_run::{begin, set_up_for_file};
pub use home::Home;
pub use home_error::HomeError;
pub use import::{ImportError, Imported, Importing, assess_waiting, import};
pub use ingest::{Ingest, OnCommit};
pub use ingest_lock::IngestLock;
pub use vitals::{LastVitals, last_vitals};
pub use watch::{Seen, Watching, watch};
