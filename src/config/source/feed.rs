//! `kind = "feed"`: RSS, Atom or JSON Feed over HTTP.

use std::time::Duration;

use super::super::table::{Faults, Table};
use super::super::{DEFAULT_EVERY, SourceKind};
use super::{Row, address, every};

/// A server that is asked more often has reason to refuse.
const LEAST: Duration = Duration::from_mins(1);

/// The kind.
pub(super) const ROW: Row = Row { token: "feed", keys: &["url", "every"], required: &["url"], read };

fn read(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    let every = every(table, DEFAULT_EVERY, LEAST, faults);
    let url = address(table, "url", faults)?.to_owned();
    Some(SourceKind::Feed { url, every })
}
