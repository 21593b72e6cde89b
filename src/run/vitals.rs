//! How the sources of a home are doing, for a process that does not read them itself.

use std::io;

use super::IngestLock;
use crate::config::Paths;
use crate::sources::KeptVitals;

/// The last that was told of a home's sources.
#[derive(Debug, Clone, PartialEq)]
pub struct LastVitals {
    /// As the ingesting process wrote it. It writes when something changed, so that old news of a quiet home may be current.
    pub kept: KeptVitals,
    /// True while a process reads the sources: this is how they are doing. Otherwise it is how they were doing at its end.
    pub is_current: bool,
}

/// Reads it; `None` where nothing was ever told.
pub fn last_vitals(paths: &Paths) -> io::Result<Option<LastVitals>> {
    let Some(kept) = KeptVitals::read(&paths.vitals())? else { return Ok(None) };
    Ok(Some(LastVitals { kept, is_current: IngestLock::is_held(paths)? }))
}
