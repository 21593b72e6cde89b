//! The rows that are here, the cursor among them and the first one on the screen; all three survive any exchange of
//! rows by the mentions' identity.

use std::collections::HashSet;
use std::ops::Range;

use crate::mention::{MentionId, Status};
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
    unfolded: Option<Unfolded>,
    pub(super) more_before: bool,
    pub(super) more_after: bool,
}

/// The near-copies that stand under the row of their cluster. Invariant: while there are any, `shown` rows after the first
/// row of the cluster are theirs, and no other row of the window is of the cluster.
#[derive(Debug)]
struct Unfolded {
    cluster: MentionId,
    members: Vec<Row>,
    shown: usize,
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

    /// The cluster whose members stand under its row.
    pub(super) fn unfolded(&self) -> Option<&MentionId> {
        self.unfolded.as_ref().map(|unfolded| &unfolded.cluster)
    }

    /// The places of the members under their cluster's row.
    pub(super) fn members(&self) -> Range<usize> {
        let Some(unfolded) = &self.unfolded else { return 0..0 };
        self.head(&unfolded.cluster).map_or(0..0, |head| head + 1..head + 1 + unfolded.shown)
    }

    /// Shows these members under the row of their cluster, in place of what was unfolded.
    pub(super) fn unfold(&mut self, cluster: MentionId, members: Vec<Row>) {
        let (cursor, top) = self.anchors();
        self.fold();
        self.show(Unfolded { cluster, members, shown: 0 });
        self.restore(cursor, top);
    }

    /// Leaves only the row of the cluster; a cursor on a member goes to it.
    pub(super) fn fold(&mut self) {
        self.take_unfolded();
        self.settle();
    }

    /// So many members a cluster has by now.
    pub(super) fn recount(&mut self, cluster: &MentionId, copies: u32) {
        for row in self.rows.iter_mut().filter(|row| row.cluster.as_ref() == Some(cluster)) {
            row.copies = copies;
        }
    }

    fn head(&self, cluster: &MentionId) -> Option<usize> {
        self.rows.iter().position(|row| row.cluster.as_ref() == Some(cluster))
    }

    fn take_unfolded(&mut self) -> Option<Unfolded> {
        let members = self.members();
        let unfolded = self.unfolded.take()?;
        if !members.is_empty() {
            let back = |at: usize| if at < members.end { at.min(members.start - 1) } else { at - members.len() };
            (self.cursor, self.top) = (back(self.cursor), back(self.top));
            self.rows.drain(members);
        }
        Some(unfolded)
    }

    /// Puts members under their cluster's row; where that is gone, they go too.
    fn show(&mut self, unfolded: Unfolded) {
        let Some(head) = self.head(&unfolded.cluster) else { return };
        let members: Vec<Row> = unfolded.members.iter().filter(|row| row.id != self.rows[head].id).cloned().collect();
        let shown = members.len();
        self.rows.splice(head + 1..=head, members);
        for at in [&mut self.cursor, &mut self.top] {
            *at += if *at > head { shown } else { 0 };
        }
        self.unfolded = Some(Unfolded { shown, ..unfolded });
    }

    /// The mention under the cursor, and the first on the screen.
    fn anchors(&self) -> (Option<MentionId>, Option<MentionId>) {
        let id = |at: usize| self.rows.get(at).map(|row| row.id.clone());
        (id(self.cursor), id(self.top))
    }

    fn restore(&mut self, cursor: Option<MentionId>, top: Option<MentionId>) {
        let place = |id: Option<MentionId>| id.and_then(|id| self.rows.iter().position(|row| row.id == id));
        let (cursor, top) = (place(cursor), place(top));
        self.cursor = cursor.unwrap_or(self.cursor);
        self.top = if self.top == 0 && !self.more_before { 0 } else { top.unwrap_or(self.top) };
        self.settle();
    }

    /// Changes the rows as if nothing were unfolded, and unfolds again. Should the mention under the cursor be folded away
    /// by the change, because another one now stands for its cluster, it stays in sight under that.
    fn folded(&mut self, change: impl FnOnce(&mut Self)) {
        let selected = self.selected().filter(|row| row.cluster.is_some()).cloned();
        if self.unfolded.is_none() && selected.is_none() {
            return change(self);
        }
        let (cursor, top) = self.anchors();
        let keeps = !self.untouched;
        let unfolded = self.take_unfolded();
        change(self);
        let lost = selected.filter(|row| {
            keeps && waits(row) && self.rows.iter().all(|other| other.id != row.id) && unfolded.is_none()
        });
        let lost = lost.and_then(|row| Some(Unfolded { cluster: row.cluster.clone()?, members: vec![row], shown: 0 }));
        let Some(unfolded) = unfolded.or(lost) else { return };
        self.show(unfolded);
        if keeps {
            self.restore(cursor, top);
        }
    }

    /// Other rows altogether.
    pub(super) fn replace(&mut self, page: Page) {
        self.folded(|window| window.replace_folded(page));
    }

    fn replace_folded(&mut self, page: Page) {
        self.more_before = page.more_before;
        self.more_after = page.more_after;
        self.exchange(page.rows);
    }

    /// The same stretch of the view as it is now. With `open`, everything in it; else new rows within the stretch
    /// stay out, unless they were admitted. Where so many came that the page ends before the rows here begin, these stay.
    pub(super) fn refresh(&mut self, page: Page, open: bool) {
        self.folded(|window| window.refresh_folded(page, open));
    }

    fn refresh_folded(&mut self, page: Page, open: bool) {
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
            let clusters: HashSet<&MentionId> = self.rows.iter().filter_map(|row| row.cluster.as_ref()).collect();
            let let_in = |row: &Row| {
                known.contains(&row.id)
                    || row.cluster.as_ref().is_some_and(|cluster| clusters.contains(cluster))
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
        self.folded(|window| window.prepend_folded(page, most));
    }

    fn prepend_folded(&mut self, page: Page, most: usize) {
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
        self.folded(|window| window.append_folded(page, most));
    }

    fn append_folded(&mut self, page: Page, most: usize) {
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

/// True for what still waits for a decision.
fn waits(row: &Row) -> bool {
    row.status.is_open() && row.status != Status::Snoozed
}

/// Where the mention at `at` of `old` is in `new`; where it is gone, the first after it that is still there, else the
/// last before it.
fn anchor(old: &[Row], at: usize, new: &[Row]) -> usize {
    let place = |row: &Row| new.iter().position(|other| other.id == row.id);
    let after = old.iter().skip(at).find_map(place);
    let before = || old.iter().take(at).rev().find_map(place);
    after.or_else(before).unwrap_or(0)
}
