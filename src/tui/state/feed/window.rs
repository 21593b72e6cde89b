//! The rows that are here, the cursor among them and the first one on the screen; all three survive any exchange of
//! rows by the mentions' identity.

use std::collections::HashSet;

use crate::mention::MentionId;
use crate::store::{Page, Row};

/// Rows in the view's order. Invariant: while there are rows, `cursor` and `top` are places among them.
#[derive(Debug, Default)]
pub(super) struct Window {
    rows: Vec<Row>,
    cursor: usize,
    top: usize,
    height: usize,
    admitted: Vec<MentionId>,
    /// A cursor that nothing has put anywhere: an exchange of rows leaves it at the top.
    untouched: bool,
    pub(super) more_before: bool,
    pub(super) more_after: bool,
}

/// Mentions let in on a frozen window are remembered until they come; never more than this.
const ADMITTED_MOST: usize = 1_000;

impl Window {
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    pub(super) fn top(&self) -> usize {
        self.top
    }

    pub(super) fn height(&self) -> usize {
        self.height
    }

    pub(super) fn selected(&self) -> Option<&Row> {
        self.rows.get(self.cursor)
    }

    pub(super) fn visible(&self) -> &[Row] {
        let end = (self.top + self.height).min(self.rows.len());
        self.rows.get(self.top..end).unwrap_or_default()
    }

    /// No rows, the same height.
    pub(super) fn emptied(&self) -> Self {
        Self { height: self.height, ..Self::default() }
    }

    pub(super) fn set_height(&mut self, height: usize) {
        self.height = height;
        self.keep_in_sight();
    }

    pub(super) fn by(&mut self, step: isize) {
        self.point_at(self.cursor.saturating_add_signed(step));
    }

    pub(super) fn point_at(&mut self, at: usize) {
        self.cursor = at.min(self.rows.len().saturating_sub(1));
        self.untouched = false;
        self.keep_in_sight();
    }

    /// The next exchange of rows puts the cursor on the first one.
    pub(super) fn forget_cursor(&mut self) {
        self.untouched = true;
    }

    pub(super) fn change(&mut self, id: &MentionId, change: impl FnOnce(&mut Row)) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.id == *id) {
            change(row);
        }
    }

    /// Lets these in at the next refresh.
    pub(super) fn admit(&mut self, ids: &[MentionId]) {
        let room = ADMITTED_MOST.saturating_sub(self.admitted.len());
        self.admitted.extend(ids.iter().take(room).cloned());
    }

    /// Other rows altogether.
    pub(super) fn replace(&mut self, page: Page) {
        self.more_before = page.more_before;
        self.more_after = page.more_after;
        self.exchange(page.rows);
    }

    /// The same stretch of the view as it is now. With `open`, everything in it; else new rows within the stretch
    /// stay out, unless they were admitted. Where so many came that the page ends before the rows here begin, these stay.
    pub(super) fn refresh(&mut self, page: Page, open: bool) {
        let known: HashSet<&MentionId> = self.rows.iter().map(|row| &row.id).collect();
        let is_beyond = page.more_after && !page.rows.iter().any(|row| known.contains(&row.id));
        if is_beyond && !open && !known.is_empty() && !self.more_before {
            return;
        }
        let mut rows: Vec<Row> = Vec::with_capacity(page.rows.len() + 1);
        if self.more_before
            && let Some(first) = self.rows.first()
        {
            // The request began after this row.
            rows.push(first.clone());
        }
        self.more_after = page.more_after;
        if open || self.rows.is_empty() {
            self.more_before &= page.more_before;
            rows.extend(page.rows);
        } else {
            let last = self.rows.last().map(|row| row.position);
            let let_in = |row: &Row| {
                known.contains(&row.id)
                    || self.admitted.contains(&row.id)
                    || last.is_some_and(|last| row.position > last)
            };
            rows.extend(page.rows.into_iter().filter(let_in));
        }
        self.admitted.clear();
        self.exchange(rows);
    }

    /// Rows before those here; beyond `most`, the far end is let go.
    pub(super) fn prepend(&mut self, page: Page, most: usize) {
        self.more_before = page.more_before;
        let added = page.rows.len();
        self.rows.splice(0..0, page.rows);
        self.cursor += added;
        self.top += added;
        if self.rows.len() > most.max(self.cursor + 1) {
            self.rows.truncate(most.max(self.cursor + 1));
            self.more_after = true;
        }
        self.settle();
    }

    /// Rows after those here; beyond `most`, the far end is let go.
    pub(super) fn append(&mut self, page: Page, most: usize) {
        self.more_after = page.more_after;
        self.rows.extend(page.rows);
        let gone = self.rows.len().saturating_sub(most).min(self.top);
        if gone > 0 {
            self.rows.drain(..gone);
            self.cursor -= gone;
            self.top -= gone;
            self.more_before = true;
        }
        self.settle();
    }

    /// Puts `now` in the place of the rows of `asked`; those without a row that `stays` leave.
    pub(super) fn update(&mut self, asked: &[MentionId], now: Vec<Row>, stays: impl Fn(&Row) -> bool) {
        for now in now {
            if let Some(row) = self.rows.iter_mut().find(|row| row.id == now.id) {
                // A search's order is its own: the place it was found at stays.
                *row = Row { position: row.position, ..now };
            }
        }
        for id in asked {
            let Some(at) = self.rows.iter().position(|row| row.id == *id) else { continue };
            if !stays(&self.rows[at]) {
                self.rows.remove(at);
                self.cursor -= usize::from(at < self.cursor);
                self.top -= usize::from(at < self.top);
            }
        }
        self.settle();
    }

    /// Takes new rows. Cursor and first row on the screen stay on their mentions; where a mention is gone, on the one
    /// that followed it, else on the one before.
    fn exchange(&mut self, rows: Vec<Row>) {
        let at_top = self.top == 0 && !self.more_before;
        let cursor = if std::mem::take(&mut self.untouched) { 0 } else { anchor(&self.rows, self.cursor, &rows) };
        let top = anchor(&self.rows, self.top, &rows);
        // At the very top the first row on the screen is the first row there is, whichever that is.
        self.top = if at_top && self.cursor < self.height.max(1) { 0 } else { top };
        self.cursor = cursor;
        self.rows = rows;
        self.settle();
    }

    fn settle(&mut self) {
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
        self.keep_in_sight();
    }

    /// Moves the screen as little as keeps the cursor on it.
    fn keep_in_sight(&mut self) {
        let height = self.height.max(1);
        if self.cursor < self.top {
            self.top = self.cursor;
        } else if self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
        self.top = self.top.min(self.rows.len().saturating_sub(height));
    }
}

/// Where the mention at `at` of `old` is in `new`; where it is gone, the first after it that is still there, else the
/// last before it.
fn anchor(old: &[Row], at: usize, new: &[Row]) -> usize {
    let place = |row: &Row| new.iter().position(|other| other.id == row.id);
    let after = old.iter().skip(at).find_map(place);
    let before = || old.iter().take(at).rev().find_map(place);
    after.or_else(before).unwrap_or(0)
}
