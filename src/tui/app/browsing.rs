//! Moving about: the feed, the detail, the log pane, views, focus, pages, the filter.

use super::App;
use crate::store::View;
use crate::tui::command::Command;
use crate::tui::state::feed::Feed;
use crate::tui::state::mode::{Focus, Mode};
use crate::tui::state::notices::Notice;

impl App {
    /// Carries out a command that only moves; false when it is none.
    pub(super) fn browse(&mut self, command: Command) -> bool {
        self.browse_feed(command) || self.browse_detail(command) || self.browse_rest(command)
    }

    /// Moves the cursor of the feed; a range being marked follows it.
    pub(super) fn moved(&mut self, step: impl FnOnce(&mut Feed)) {
        self.returning = None;
        let from = self.feed.cursor();
        step(&mut self.feed);
        if self.selection.is_range() {
            let to = self.feed.cursor();
            let (first, last) = (from.min(to), from.max(to));
            for row in self.feed.rows().get(first..=last).unwrap_or_default() {
                self.selection.mark(&row.id);
            }
        }
    }

    fn browse_feed(&mut self, command: Command) -> bool {
        match command {
            Command::FeedNext => self.moved(|feed| feed.by(1)),
            Command::FeedPrevious => self.moved(|feed| feed.by(-1)),
            Command::FeedTop => self.moved(Feed::to_top),
            Command::FeedBottom => self.moved(Feed::to_bottom),
            Command::FeedHalfPageDown => self.moved(|feed| feed.by_half_page(1)),
            Command::FeedHalfPageUp => self.moved(|feed| feed.by_half_page(-1)),
            Command::FeedNextUnseen => {
                let mut found = false;
                self.moved(|feed| found = feed.select_next(|row| row.unseen));
                if !found {
                    self.tell(Notice::NothingUnseen);
                }
            }
            Command::FeedMark => {
                if let Some(id) = self.selected_id() {
                    let marks = !self.selection.contains(&id);
                    let copies = self.feed.folded_copies().into_iter().flatten().map(|row| &row.id);
                    for copy in copies.filter(|copy| **copy != id) {
                        if marks != self.selection.contains(copy) {
                            self.selection.toggle(copy);
                        }
                    }
                    self.selection.toggle(&id);
                    self.moved(|feed| feed.by(1));
                }
            }
            Command::FeedMarkRange => {
                let id = self.selected_id();
                self.selection.toggle_range(id.as_ref());
            }
            _ => return false,
        }
        true
    }

    fn browse_detail(&mut self, command: Command) -> bool {
        let scroll = &mut self.detail.scroll;
        match command {
            Command::DetailDown => scroll.by(1),
            Command::DetailUp => scroll.by(-1),
            Command::DetailHalfPageDown => scroll.by_half_page(1),
            Command::DetailHalfPageUp => scroll.by_half_page(-1),
            Command::DetailTop => scroll.to_top(),
            Command::DetailBottom => scroll.to_bottom(),
            Command::ReplyNext => self.suggestions.by(1),
            Command::ReplyPrevious => self.suggestions.by(-1),
            _ => return false,
        }
        true
    }

    fn browse_rest(&mut self, command: Command) -> bool {
        match command {
            Command::LogNext => self.log.by(1),
            Command::LogPrevious => self.log.by(-1),
            Command::LogOpen => self.open_from_log(),
            Command::FocusNext => self.focus = self.focus.step(true),
            Command::FocusPrevious => self.focus = self.focus.step(false),
            Command::ViewUrgent => self.view(View::Urgent),
            Command::ViewOpen => self.view(View::Open),
            Command::ViewMine => self.view(View::Mine),
            Command::ViewSnoozed => self.view(View::Snoozed),
            Command::ViewClosed => self.view(View::Closed),
            Command::ViewAll => self.view(View::All),
            Command::ViewSurging => self.view(View::Surging),
            Command::AppDismiss => self.dismiss(),
            _ => return self.browse_page(command),
        }
        true
    }

    fn browse_page(&mut self, command: Command) -> bool {
        let Mode::Page(page) = &mut self.mode else { return false };
        match command {
            Command::PageDown => page.scroll.by(1),
            Command::PageUp => page.scroll.by(-1),
            Command::PageHalfDown => page.scroll.by_half_page(1),
            Command::PageHalfUp => page.scroll.by_half_page(-1),
            Command::PageClose => self.mode = Mode::Browse,
            _ => return false,
        }
        true
    }

    /// Shows another view; the filter stays in force.
    pub(super) fn view(&mut self, view: View) {
        self.choosing_view = false;
        self.returning = None;
        self.focus = Focus::Feed;
        if self.feed.view() != view {
            self.feed.open(view);
        }
    }

    fn open_from_log(&mut self) {
        let Some(id) = self.log.selected().and_then(|record| record.mention_id().cloned()) else { return };
        if !self.feed.select(&id) {
            // It may be anywhere among all: its place is asked for, and the feed opens there.
            self.view(View::All);
            self.feed.open_at(id);
        }
        self.focus = Focus::Detail;
    }

    /// Closes one thing, the topmost.
    fn dismiss(&mut self) {
        if self.notices.close_banner() {
        } else if !self.selection.is_empty() || self.selection.is_range() {
            self.selection.clear();
        } else if self.focus == Focus::Feed {
            self.drop_filter();
        } else {
            self.focus = Focus::Feed;
        }
    }

    /// Opens, keeps or clears the filter; false when the command is another.
    pub(super) fn edit_filter(&mut self, command: Command) -> bool {
        match command {
            Command::FilterEdit => {
                self.focus = Focus::Feed;
                self.mode = Mode::Filter;
            }
            Command::FilterKeep => self.mode = Mode::Browse,
            Command::FilterClear => {
                self.mode = Mode::Browse;
                self.drop_filter();
            }
            _ => return false,
        }
        true
    }

    /// Puts a query in force as if it had been typed.
    pub(super) fn filter_by(&mut self, query: &str) {
        self.focus = Focus::Feed;
        self.filter.clear();
        self.filter.line_mut().insert(query);
        self.narrow();
    }

    fn drop_filter(&mut self) {
        if self.filter.clear() {
            self.feed.filter(None);
        }
    }

    /// What is typed in the filter bar changed.
    pub(super) fn narrow(&mut self) {
        self.choosing_view = false;
        if self.filter.read(self.settings.plan.organization.hours.time_zone) {
            self.feed.filter(self.filter.query().cloned());
        }
    }
}
