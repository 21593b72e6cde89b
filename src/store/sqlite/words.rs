//! The full-text index: the folded words of each mention's current text, under its row's number.
//!
//! It gives candidates only; the query language decides each of them.

use rusqlite::{Connection, params};

use crate::mention::Mention;
use crate::store::StoreError;
use crate::text::tokens::Tokens;

/// Indexes a new mention.
pub(super) fn insert(connection: &Connection, row: i64, mention: &Mention) -> Result<(), StoreError> {
    let mut terms = String::with_capacity(mention.text.len() + 16);
    Tokens::of(&mention.text).index_terms(&mut terms);
    connection.prepare_cached("INSERT INTO words (rowid, terms) VALUES (?1, ?2)")?.execute(params![row, terms])?;
    Ok(())
}

/// Indexes a new text of a known mention instead of the old one.
pub(super) fn replace(connection: &Connection, row: i64, mention: &Mention) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([row])?;
    insert(connection, row, mention)
}
