//! A search in a view: bounded steps, so that any key can come between two of them.

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Position, Row, Store, StoreError, View};
use crate::query::Query;

/// How many mentions a step looks at: about a millisecond of work, which is what a key may wait.
pub const SEARCH_SLICE: usize = 64;

/// What is searched for, and where.
#[derive(Debug, Clone)]
pub struct Search {
    /// Only rows of this view; they come newest first, whatever the view's own order.
    pub view: View,
    /// Decides each row; a query of the desk's stage.
    pub query: Arc<Query>,
    /// How many rows are wanted.
    pub limit: usize,
    /// Only rows after this place, given by an earlier row's position; `None`: from the newest.
    pub after: Option<Position>,
}

/// Where a step of a search begins, and how far it may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// After this place in the order of arrival, the newest first; `None`: from the newest.
    pub after: Option<Position>,
    /// It ends when this many rows are found; 0 only counts.
    pub rows: usize,
    /// It ends when this many mentions were looked at.
    pub budget: usize,
}

/// What a step of a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchStep {
    /// Rows, newest first.
    pub rows: Vec<Row>,
    /// How many matched, the rows included.
    pub matched: u64,
    /// Where the next step begins; `None` when everything was looked at.
    pub next: Option<Position>,
}

/// Runs a search to its end and hands out every row that matches, newest first, until `each` breaks it off.
pub fn search_all(
    store: &mut dyn Store,
    search: &Search,
    now: DateTime<Utc>,
    each: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let (mut after, mut left) = (search.after, search.limit);
    while left > 0 {
        let found = store.search(search, Step { after, rows: left, budget: SEARCH_SLICE }, now)?;
        left = left.saturating_sub(found.rows.len());
        for row in found.rows {
            if each(row).is_break() {
                return Ok(());
            }
        }
        match found.next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
    Ok(())
}
