//! Which row of a table names its columns, and which profile reads it.
//!
//! What enters: the first rows. What leaves: the row of the header with the mapping bound to it, or what is missing. Tools write
//! titles and queries above their header: each of the first rows is tried, and the one most is known of wins.

use super::super::mapping::{Field, Layout, Mapping, ProfileError, Profiles, comparable};
use super::{Asked, ExportError};

/// How many first rows are tried.
pub(super) const TRIED: usize = 50;
/// A longer cell names no column.
const LONGEST_NAME: usize = 200;
/// What a tool's own profile counts more than the generic one.
const KNOWN_TOOL: usize = 10_000;

/// One of the first rows.
#[derive(Debug, Clone)]
pub(super) struct First {
    pub(super) number: u64,
    pub(super) cells: Vec<String>,
}

/// A header.
#[derive(Debug)]
pub(super) struct Header {
    /// The number of its row.
    pub(super) row: u64,
    pub(super) profile: String,
    pub(super) layout: Layout,
    /// How much of it is known.
    pub(super) score: usize,
}

/// The best header among `rows`.
pub(super) fn find(rows: &[First], profiles: &Profiles, asked: &Asked<'_>) -> Result<Header, ExportError> {
    let mut best: Option<Header> = None;
    for row in rows.iter().take(TRIED) {
        if let Some(found) = read(row, profiles, asked)?
            && best.as_ref().is_none_or(|best| found.score > best.score)
        {
            best = Some(found);
        }
    }
    best.map_or_else(|| Err(missing(rows, profiles, asked)), Ok)
}

fn read(row: &First, profiles: &Profiles, asked: &Asked<'_>) -> Result<Option<Header>, ProfileError> {
    let names: Vec<String> = row.cells.iter().map(|name| comparable(name)).collect();
    let has = |column: &str| names.contains(&comparable(column));
    if row.cells.iter().any(|cell| cell.len() > LONGEST_NAME) || !asked.map.iter().all(|(_, column)| has(column)) {
        return Ok(None);
    }
    let (mapping, bonus) = match (asked.profile, profiles.recognise(&row.cells)) {
        (Some(name), _) => (profiles.named(name)?, 0),
        (None, Some((known, score))) => (known, KNOWN_TOOL + score),
        (None, None) => (profiles.generic()?, 0),
    };
    let mapping: Mapping = mapping.clone().with(asked.map);
    let Some(layout) = Layout::bind(&mapping, row.cells.clone(), asked.zone) else { return Ok(None) };
    let score = bonus + layout.taken().filter(|(_, field)| field.is_some()).count();
    Ok(Some(Header { row: row.number, profile: mapping.name, layout, score }))
}

/// What to tell when no row is a header: the columns of the row that looks most like one.
fn missing(rows: &[First], profiles: &Profiles, asked: &Asked<'_>) -> ExportError {
    let filled = |row: &First| row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let widest = rows.iter().rev().max_by_key(|row| filled(row));
    let recognised = rows.iter().find_map(|row| profiles.recognise(&row.cells).map(|(profile, _)| (profile, row)));
    let row = recognised.map(|(_, row)| row).or(widest);
    let columns: Vec<String> = row
        .map(|row| row.cells.iter().map(|cell| cell.chars().take(LONGEST_NAME).collect()).collect())
        .unwrap_or_default();
    let lacks = |(_, column): &&(Field, String)| {
        let wanted = comparable(column);
        !rows.iter().any(|row| row.cells.iter().any(|cell| comparable(cell) == wanted))
    };
    if let Some((_, column)) = asked.map.iter().find(lacks) {
        return ExportError::UnknownColumn { column: column.clone(), columns };
    }
    let profile = asked.profile.map(str::to_owned).or_else(|| recognised.map(|(profile, _)| profile.name.clone()));
    ExportError::NoText { profile, columns }
}
