//! Where the last frame put things, so that a click finds them and a page is as long as the pane.

use ratatui::layout::{Position, Rect};

use super::mode::Focus;

/// What the view reports after drawing. A pane that is not on the screen has an empty area.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Areas {
    /// The rows of the feed, without frame and heading.
    pub feed: Rect,
    /// How many lines each row of the feed takes; 0 counts as 1.
    pub feed_lines: u16,
    /// The text of the detail, without frame.
    pub detail: Rect,
    /// How many lines the detail's text has at this width.
    pub detail_lines: usize,
    /// The lines of the log pane, one record each, without frame.
    pub log: Rect,
    /// The place among the records of the first one shown.
    pub log_top: usize,
    /// The items of the open menu, one line each.
    pub menu: Rect,
    /// The place in the menu's matches of the first item shown.
    pub menu_top: usize,
    /// The text of the open page.
    pub page: Rect,
    /// How many lines the page has at this width.
    pub page_lines: usize,
    /// Where the terminal's cursor belongs, while text is typed.
    pub cursor: Option<Position>,
}

impl Areas {
    /// The pane under a place of the screen.
    pub fn pane_at(&self, at: Position) -> Option<Focus> {
        [(self.feed, Focus::Feed), (self.detail, Focus::Detail), (self.log, Focus::Log)]
            .into_iter()
            .find(|(area, _)| area.contains(at))
            .map(|(_, focus)| focus)
    }

    /// How many rows of the feed fit.
    pub fn feed_rows(&self) -> usize {
        usize::from(self.feed.height / self.feed_lines.max(1))
    }

    /// True when this pane is on the screen.
    pub fn shows(&self, focus: Focus) -> bool {
        let area = match focus {
            Focus::Feed => self.feed,
            Focus::Detail => self.detail,
            Focus::Log => self.log,
        };
        !area.is_empty()
    }
}
