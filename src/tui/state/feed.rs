//! A window on one view of the store, and the mention under the cursor.
//!
//! What enters: pages the store answered with, matched to the request they answer. What leaves: the rows to draw, and
//! the next request when the cursor comes near the window's edge. Moving never waits: it happens in the rows that
//! are here. The cursor is a mention, not a place; while the reader is not at the top, new rows are counted, not shown.

mod copies;
mod window;

use std::sync::Arc;

use crate::mention::{Level, MentionId, Status};
use crate::query::Query;
use crate::store::{Anchor, Ask, Page, PageRequest, Position, RequestId, Row, Search, View};

pub use copies::Copies;
use window::Window;

/// Rows asked for at a time.
const PAGE: usize = 200;
/// With fewer rows than this between the cursor and the window's edge, more are asked for.
const AHEAD: usize = 80;
/// A filtered feed stops here: who reads this far narrows the filter.
const FILTERED_MOST: usize = 10_000;
/// The window on an unfiltered view never holds more rows.
const MOST: usize = 800;

/// What the request on its way is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Load {
    /// The window anew.
    Fresh,
    /// The last rows of the view.
    Bottom,
    /// Where a mention stands.
    Place,
    /// The rows before a place, the cursor on the last of them.
    Around,
    /// The same stretch of the view as it is now.
    Refresh,
    /// Rows before the window.
    Before,
    /// Rows after the window.
    After,
    /// Rows of a search, so many still to come; the first ones replace the window.
    Found {
        /// Rows still to come.
        left: usize,
        /// True until the first ones are here.
        fresh: bool,
    },
    /// Rows of a filtered feed as they are now.
    Rows,
}

/// Where the window goes next, when not on from where it is.
#[derive(Debug, Clone, PartialEq)]
enum Jump {
    /// To the view's last rows.
    Bottom,
    /// To where this mention stands.
    To(MentionId),
    /// Around this place; none: the view's beginning.
    Around(Option<Position>),
}

/// One view, perhaps filtered, and the cursor in it.
#[derive(Debug)]
pub struct Feed {
    view: View,
    query: Option<Arc<Query>>,
    window: Window,
    awaited: Option<(RequestId, Load)>,
    /// The rows may have changed since the request on its way was made.
    stale: bool,
    /// New rows are let in: the reader is at the top and has not moved away.
    following: bool,
    waiting: u64,
    read_once: bool,
    /// Rows of a filtered feed that are to be read again.
    changed: Vec<MentionId>,
    jump: Option<Jump>,
    /// Selected as soon as it comes into the window.
    wanted_mention: Option<MentionId>,
    /// The near-copies of the mention under the cursor, or of the one that is unfolded.
    copies: Copies,
}

impl Feed {
    /// An empty window on `view`; [`Feed::wanted`] says what to ask for.
    pub fn new(view: View) -> Self {
        Self {
            view,
            query: None,
            window: Window::default(),
            awaited: None,
            stale: true,
            following: true,
            waiting: 0,
            read_once: false,
            changed: Vec::new(),
            jump: None,
            wanted_mention: None,
            copies: Copies::default(),
        }
    }

    /// The view.
    pub fn view(&self) -> View {
        self.view
    }

    /// True when a filter is in force.
    pub fn is_filtered(&self) -> bool {
        self.query.is_some()
    }

    /// The rows in the window, in the view's order.
    pub fn rows(&self) -> &[Row] {
        self.window.rows()
    }

    /// The place in [`Feed::rows`] of the first row on the screen.
    pub fn top(&self) -> usize {
        self.window.top()
    }

    /// The rows on the screen.
    pub fn visible(&self) -> &[Row] {
        self.window.visible()
    }

    /// The place of the cursor in [`Feed::rows`]; meaningful while there are rows.
    pub fn cursor(&self) -> usize {
        self.window.cursor()
    }

    /// The mention under the cursor.
    pub fn selected(&self) -> Option<&Row> {
        self.window.selected()
    }

    /// The row of a mention, if it is in the window.
    pub fn row(&self, id: &MentionId) -> Option<&Row> {
        self.window.rows().iter().find(|row| row.id == *id)
    }

    /// New mentions that wait above, for the badge.
    pub fn waiting(&self) -> u64 {
        self.waiting
    }

    /// True until the first answer for this view is here.
    pub fn is_loading(&self) -> bool {
        !self.read_once
    }

    /// True when the view has rows before, and after, those in the window.
    pub fn more(&self) -> (bool, bool) {
        (self.window.more_before, self.window.more_after)
    }

    /// Takes the height of the pane in the frame just drawn.
    pub fn drawn(&mut self, height: usize) {
        self.window.set_height(height);
    }

    /// Opens another view, without a filter of its own.
    pub fn open(&mut self, view: View) {
        *self = Self { query: self.query.clone(), window: self.window.emptied(), ..Self::new(view) };
    }

    /// Narrows to what matches, or takes the filter away. The rows stay until the answer is here.
    pub fn filter(&mut self, query: Option<Arc<Query>>) {
        self.query = query;
        self.window.fold();
        self.restart();
    }

    /// Moves the cursor by rows, within what is here.
    pub fn by(&mut self, step: isize) {
        self.window.by(step);
        self.following = self.at_top() && self.window.cursor() == 0;
    }

    /// Moves the cursor by half the pane's height.
    pub fn by_half_page(&mut self, direction: isize) {
        let half = isize::try_from((self.window.height() / 2).max(1)).unwrap_or(1);
        self.by(direction * half);
    }

    /// To the first row of the view, letting in what waits.
    pub fn to_top(&mut self) {
        self.window.point_at(0);
        if self.window.more_before || self.waiting > 0 || self.query.is_some() {
            self.restart();
            self.window.forget_cursor();
        }
        self.following = true;
        self.waiting = 0;
    }

    /// To the last row of the view; of a filtered one, to the last row read.
    pub fn to_bottom(&mut self) {
        self.following = false;
        if self.window.more_after && self.query.is_none() {
            self.jump(Jump::Bottom);
        } else {
            self.window.point_at(usize::MAX);
        }
    }

    /// To where a mention stands in the view, without the filter.
    pub fn open_at(&mut self, id: MentionId) {
        self.query = None;
        self.restart();
        self.following = false;
        self.wanted_mention = Some(id.clone());
        self.jump(Jump::To(id));
    }

    fn jump(&mut self, jump: Jump) {
        self.awaited = None;
        self.stale = false;
        self.jump = Some(jump);
    }

    /// Takes a place; false when it is not the one waited for. A mention that is not in the view opens its beginning.
    pub fn located(&mut self, request: RequestId, place: Option<Position>) -> bool {
        let awaited = self.awaited.take_if(|(awaited, load)| *awaited == request && *load == Load::Place).is_some();
        if awaited {
            self.jump = Some(Jump::Around(place));
        }
        awaited
    }

    /// Puts the cursor on a mention of the window; false when it is not there.
    pub fn select(&mut self, id: &MentionId) -> bool {
        let Some(at) = self.window.rows().iter().position(|row| row.id == *id) else { return false };
        self.point_at(at);
        true
    }

    /// Puts the cursor on a row of the window.
    pub fn point_at(&mut self, at: usize) {
        self.window.point_at(at);
        self.following = self.at_top() && self.window.cursor() == 0;
    }

    /// Selects the next row for which `wanted` holds, below the cursor first, then above it. False when there is none.
    pub fn select_next(&mut self, wanted: impl Fn(&Row) -> bool) -> bool {
        let (rows, cursor) = (self.window.rows(), self.window.cursor());
        let below = rows.iter().enumerate().skip(cursor + 1).find(|(_, row)| wanted(row));
        let above = || rows.iter().enumerate().take(cursor).rev().find(|(_, row)| wanted(row));
        let Some((at, _)) = below.or_else(above) else { return false };
        self.point_at(at);
        true
    }

    /// Changes the row of a mention where it is in the window.
    pub fn change(&mut self, id: &MentionId, change: impl FnOnce(&mut Row)) {
        self.window.change(id, change);
    }

    /// New mentions were kept: so many of each level, P1 first.
    pub fn arrived(&mut self, levels: [u64; 4]) {
        let here: u64 = match self.view {
            View::Urgent => levels[Level::P1 as usize] + levels[Level::P2 as usize],
            View::Open | View::All => levels.iter().sum(),
            View::Mine | View::Snoozed | View::Closed | View::Surging => 0,
        };
        // Whether a new one is part of a rise is told by reading it.
        self.stale |= self.view == View::Surging;
        if here == 0 {
            return;
        }
        // A filtered feed is a search as it was made; its top key makes it again.
        if self.query.is_some() {
            return;
        }
        self.copies.outdate();
        if self.following || self.window.rows().is_empty() {
            self.stale = true;
        } else {
            self.waiting += here;
        }
    }

    /// Cases changed: the rows here are read again. `own` are let in even where new rows have to wait.
    pub fn changed(&mut self, changed: &[MentionId], own: &[MentionId]) {
        if self.query.is_some() {
            let here = changed.iter().filter(|id| self.row(id).is_some() && !self.changed.contains(id));
            let here: Vec<MentionId> = here.cloned().collect();
            self.changed.extend(here);
        } else {
            self.window.admit(own);
            self.stale = true;
        }
        self.copies.outdate();
    }

    /// What to ask the store now, or nothing. The caller gives the request its number with [`Feed::asked`].
    pub fn wanted(&mut self) -> Option<Ask> {
        if self.awaited.is_some() {
            return None;
        }
        let (load, ask) = match &self.query {
            Some(query) => self.wanted_search(query)?,
            None => self.wanted_page()?,
        };
        // The number is set by the caller before anything else happens.
        self.awaited = Some((0, load));
        self.jump = None;
        if matches!(load, Load::Fresh | Load::Refresh) {
            self.stale = false;
        }
        Some(ask)
    }

    /// The cluster of the row under the cursor, where that row stands for near-copies in this view.
    pub fn selected_cluster(&self) -> Option<&MentionId> {
        let row = self.selected().filter(|_| self.folds())?;
        row.cluster.as_ref().filter(|_| row.copies > 1)
    }

    /// True when near-copies are one row: where there is something to decide, and as long as no filter shows each by itself.
    pub fn folds(&self) -> bool {
        self.query.is_none() && self.view.folds()
    }

    /// True for a member that stands under the row of its cluster; with whether it is the last of them.
    pub fn member(&self, at: usize) -> Option<bool> {
        let members = self.window.members();
        members.contains(&at).then(|| at + 1 == members.end)
    }

    /// The cluster whose members are shown.
    pub fn unfolded(&self) -> Option<&MentionId> {
        self.window.unfolded()
    }

    /// The open members of a cluster, once they have been read.
    pub fn copies(&self, cluster: &MentionId) -> Option<&[Row]> {
        self.copies.of(cluster)
    }

    /// The members that the row under the cursor stands for; none for a row that stands for itself.
    pub fn folded_copies(&self) -> Option<&[Row]> {
        let cluster = self.selected_cluster().filter(|cluster| self.unfolded() != Some(cluster))?;
        self.copies.of(cluster)
    }

    /// Shows the members under the row of their cluster, or folds them again. False when the row stands for itself.
    pub fn toggle_copies(&mut self) -> bool {
        let Some(cluster) = self.selected_cluster().cloned() else { return false };
        if self.unfolded() == Some(&cluster) {
            self.window.fold();
            self.copies.unfold_when_read(false);
        } else if let Some(members) = self.copies.of(&cluster) {
            self.window.unfold(cluster, members.to_vec());
        } else {
            self.copies.unfold_when_read(true);
        }
        true
    }

    /// The cluster whose members are to be asked for, or none. The caller gives the request its number.
    pub fn wanted_copies(&mut self, number: impl FnOnce() -> RequestId) -> Option<(RequestId, MentionId)> {
        // What is unfolded is kept up to date; else what the cursor is on is read before it is asked for.
        let cluster = self.selected_cluster().or(self.unfolded())?.clone();
        self.copies.wants(&cluster).then(|| {
            let request = number();
            self.copies.asked(request, cluster.clone());
            (request, cluster)
        })
    }

    /// Takes the open members of a cluster; false when nobody waits for them.
    pub fn copies_read(&mut self, request: RequestId, rows: Vec<Row>) -> bool {
        let count = rows.first().map(|row| row.copies);
        let Some((cluster, unfolds)) = self.copies.read(request, rows) else { return false };
        if let Some(count) = count {
            self.window.recount(&cluster, count);
        }
        if unfolds || self.unfolded() == Some(&cluster) {
            let members = self.copies.of(&cluster).unwrap_or_default().to_vec();
            self.window.unfold(cluster, members);
        }
        true
    }

    /// The number under which [`Feed::wanted`] was asked.
    pub fn asked(&mut self, request: RequestId) {
        let load = self.awaited.map_or(Load::Fresh, |(_, load)| load);
        self.awaited = Some((request, load));
    }

    /// The request will not be answered: what it was for is wanted again.
    pub fn unanswered(&mut self, request: RequestId) {
        self.copies.unanswered(request);
        if let Some((_, load)) = self.awaited.take_if(|(awaited, _)| *awaited == request) {
            match load {
                Load::Bottom => self.jump = Some(Jump::Bottom),
                Load::Place | Load::Around => self.jump = self.wanted_mention.clone().map(Jump::To),
                Load::Fresh | Load::Refresh => self.stale = true,
                Load::Before | Load::After | Load::Found { .. } | Load::Rows => {}
            }
        }
    }

    /// Takes a page; false when it is not the one waited for.
    pub fn page(&mut self, request: RequestId, page: Page) -> bool {
        let Some((_, load)) = self.awaited.take_if(|(awaited, _)| *awaited == request) else { return false };
        match load {
            Load::Fresh => self.window.replace(page),
            Load::Bottom | Load::Around => {
                self.window.replace(page);
                self.window.point_at(usize::MAX);
            }
            Load::Refresh => self.window.refresh(page, self.following),
            Load::Before => self.window.prepend(page, MOST),
            Load::After => self.window.append(page, MOST),
            Load::Found { .. } | Load::Rows | Load::Place => return false,
        }
        self.read_once = true;
        if let Some(id) = self.wanted_mention.take_if(|id| self.window.rows().iter().any(|row| row.id == *id)) {
            self.select(&id);
        }
        // Pushed off the first screen by new rows, the reader is no longer at the top.
        self.following = self.following && self.at_top();
        true
    }

    /// Takes rows of a search; false when it is not the one waited for. Rows of one search come in several answers.
    pub fn found(&mut self, request: RequestId, rows: Vec<Row>, more: bool) -> bool {
        let Some((awaited, Load::Found { left, fresh })) = self.awaited else { return false };
        if awaited != request {
            return false;
        }
        let left = left.saturating_sub(rows.len());
        let page = Page { rows, more_before: false, more_after: more };
        if fresh {
            self.window.replace(page);
        } else {
            self.window.append(page, FILTERED_MOST);
        }
        self.read_once = true;
        self.awaited = (more && left > 0).then_some((request, Load::Found { left, fresh: false }));
        true
    }

    /// Takes rows as they are now; false when they are not the ones waited for. What no longer belongs to the view,
    /// or is kept no more, leaves the window.
    pub fn rows_read(&mut self, request: RequestId, rows: Vec<Row>, me: &str) -> bool {
        if self.awaited.take_if(|(awaited, load)| *awaited == request && *load == Load::Rows).is_none() {
            return false;
        }
        let view = self.view;
        self.window.update(&std::mem::take(&mut self.changed), rows, |row| belongs(view, row, me));
        true
    }

    fn at_top(&self) -> bool {
        self.window.top() == 0 && !self.window.more_before
    }

    fn restart(&mut self) {
        self.awaited = None;
        self.window.more_before = true;
        self.window.more_after = false;
        self.read_once = false;
        self.stale = true;
        self.following = true;
        self.waiting = 0;
        self.changed.clear();
        self.jump = None;
        self.wanted_mention = None;
    }

    fn wanted_page(&self) -> Option<(Load, Ask)> {
        let page = |load, anchor, limit| {
            Some((load, Ask::Page(PageRequest { view: self.view, anchor, limit, folded: self.view.folds() })))
        };
        let window = &self.window;
        match &self.jump {
            Some(Jump::Bottom) => return page(Load::Bottom, Anchor::Bottom, PAGE),
            Some(Jump::To(id)) => return Some((Load::Place, Ask::Locate(self.view, id.clone()))),
            Some(Jump::Around(Some(place))) => return page(Load::Around, Anchor::Before(*place), AHEAD),
            Some(Jump::Around(None)) => return page(Load::Fresh, Anchor::Top, PAGE),
            None => {}
        }
        if !self.read_once {
            return page(Load::Fresh, Anchor::Top, PAGE);
        }
        if self.stale {
            let anchor = match window.rows().first() {
                Some(first) if window.more_before => Anchor::After(first.position),
                _ => Anchor::Top,
            };
            let limit = (window.rows().len() + AHEAD).clamp(PAGE, PageRequest::MOST);
            return page(Load::Refresh, anchor, limit);
        }
        let (first, last) = (window.rows().first()?, window.rows().last()?);
        if window.more_after && window.rows().len() - window.cursor() < AHEAD {
            return page(Load::After, Anchor::After(last.position), PAGE);
        }
        if window.more_before && window.cursor() < AHEAD && !self.following {
            return page(Load::Before, Anchor::Before(first.position), PAGE);
        }
        None
    }

    fn wanted_search(&self, query: &Arc<Query>) -> Option<(Load, Ask)> {
        let search = |fresh, after| {
            let search = Search { view: self.view, query: Arc::clone(query), limit: PAGE, after };
            Some((Load::Found { left: PAGE, fresh }, Ask::Search(search)))
        };
        let rows = self.window.rows();
        if !self.read_once {
            return search(true, None);
        }
        if !self.changed.is_empty() {
            return Some((Load::Rows, Ask::Rows(self.changed.clone())));
        }
        let near_end = rows.len() - self.window.cursor().min(rows.len()) < AHEAD;
        if self.window.more_after && near_end && rows.len() < FILTERED_MOST {
            return search(false, Some(rows.last()?.position));
        }
        None
    }
}

/// True when a row that was in the view is still of it.
fn belongs(view: View, row: &Row, me: &str) -> bool {
    let waiting_now = row.status.is_open() && row.status != Status::Snoozed;
    match view {
        View::Urgent => waiting_now && row.level <= Level::P2,
        View::Open => waiting_now,
        View::Surging => waiting_now && !row.surges.is_empty(),
        View::Mine => row.status.is_open() && row.claimed_by.as_deref() == Some(me),
        View::Snoozed => row.status == Status::Snoozed,
        View::Closed => row.status == Status::Closed,
        View::All => true,
    }
}
