//! The kinds that read files and the standard input: `ndjson`, `folder`, `stdin`, `replay`.

use std::path::PathBuf;

use super::super::SourceKind;
use super::super::error::Expected;
use super::super::table::{Faults, Table};
use super::{Row, factor};

/// A file that is tailed.
pub(super) const NDJSON: Row = Row { token: "ndjson", keys: &["path"], required: &["path"], read: ndjson };

/// A folder of exports.
pub(super) const FOLDER: Row = Row { token: "folder", keys: &["path", "profile"], required: &["path"], read: folder };

/// The standard input.
pub(super) const STDIN: Row = Row { token: "stdin", keys: &[], required: &[], read: |_, _| Some(SourceKind::Stdin) };

/// A recording.
pub(super) const REPLAY: Row = Row { token: "replay", keys: &["path", "speed"], required: &["path"], read: replay };

fn ndjson(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    Some(SourceKind::Ndjson { path: path(table, faults)? })
}

fn folder(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    let profile = table.text("profile", faults).map(str::to_owned);
    Some(SourceKind::Folder { path: path(table, faults)?, profile, profiles: PathBuf::from("profiles") })
}

fn replay(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    let speed = table.read("speed", Expected::Factor, faults, factor);
    Some(SourceKind::Replay { path: path(table, faults)?, speed: speed.unwrap_or(1.0) })
}

fn path(table: Table<'_>, faults: &mut Faults<'_>) -> Option<PathBuf> {
    table.text("path", faults).map(PathBuf::from)
}
