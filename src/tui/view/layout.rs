//! Where things stand on a screen of a given size.
//!
//! What enters: the size, the focus, and how many lines a banner takes. What leaves: rectangles; a pane that has no
//! room is empty. Nothing here knows what is in a pane.

use ratatui::layout::Rect;

use crate::tui::state::mode::Focus;

/// From this width on there are three panes.
const THREE_PANES: u16 = 110;
/// From this width on the log has a column of its own.
const THREE_COLUMNS: u16 = 160;
/// From this width on there are two panes.
const TWO_PANES: u16 = 80;
/// Below this height there is one pane whatever the width.
const ONE_PANE_BELOW: u16 = 16;

/// The parts of the screen. Panes include their heading line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// The line of tabs.
    pub(super) tabs: Rect,
    /// Banners, above everything else.
    pub(super) banner: Rect,
    /// The feed.
    pub(super) feed: Rect,
    /// The whole mention.
    pub(super) detail: Rect,
    /// The last decisions.
    pub(super) log: Rect,
    /// The lines between columns, each one column wide.
    pub(super) rules: [Rect; 2],
    /// The line of what is going on.
    pub(super) status: Rect,
    /// The line of keys.
    pub(super) keys: Rect,
}

impl Layout {
    /// Lays a screen out.
    pub(super) fn new(screen: Rect, focus: Focus, banner_lines: u16) -> Self {
        let mut layout = Self::default();
        let mut rest = screen;
        // The feed always keeps its rows: what frames it goes first when there is no room.
        if rest.height >= 6 {
            layout.tabs = take_top(&mut rest, 1);
        }
        if rest.height >= 4 {
            layout.keys = take_bottom(&mut rest, 1);
        }
        if rest.height >= 9 {
            layout.status = take_bottom(&mut rest, 1);
        }
        let banner_lines = banner_lines.min(rest.height / 2);
        layout.banner = take_top(&mut rest, banner_lines);
        layout.panes(rest, focus);
        layout
    }

    fn panes(&mut self, area: Rect, focus: Focus) {
        if area.width >= THREE_COLUMNS && area.height >= ONE_PANE_BELOW {
            self.three_columns(area);
        } else if area.width >= THREE_PANES && area.height >= ONE_PANE_BELOW {
            self.three_panes(area);
        } else if area.width >= TWO_PANES && area.height >= ONE_PANE_BELOW {
            self.two_panes(area, focus);
        } else {
            match focus {
                Focus::Feed => self.feed = area,
                Focus::Detail => self.detail = area,
                Focus::Log => self.log = area,
            }
        }
    }

    fn three_columns(&mut self, area: Rect) {
        let mut rest = area;
        self.feed = take_left(&mut rest, (area.width * 31 / 100).clamp(50, 72));
        self.rules[0] = take_left(&mut rest, 1);
        // Lines longer than this are hard to read; what is left goes to the log.
        let detail = (rest.width * 58 / 100).min(92);
        self.detail = take_left(&mut rest, detail);
        self.rules[1] = take_left(&mut rest, 1);
        self.log = rest;
    }

    fn three_panes(&mut self, area: Rect) {
        let mut rest = area;
        self.feed = take_left(&mut rest, (area.width * 2 / 5).clamp(44, 60));
        self.rules[0] = take_left(&mut rest, 1);
        let log = (area.height / 4).clamp(4, 12);
        self.log = take_bottom(&mut rest, log);
        self.detail = rest;
    }

    fn two_panes(&mut self, area: Rect, focus: Focus) {
        let mut rest = area;
        // Beside a short screen's feed the detail needs the larger share: the reply has to be in sight.
        let feed = if area.height < 24 { area.height * 2 / 5 } else { area.height * 9 / 20 };
        self.feed = take_top(&mut rest, feed);
        match focus {
            Focus::Log => self.log = rest,
            Focus::Feed | Focus::Detail => self.detail = rest,
        }
    }
}

fn take_top(rest: &mut Rect, lines: u16) -> Rect {
    let taken = Rect { height: lines.min(rest.height), ..*rest };
    rest.y += taken.height;
    rest.height -= taken.height;
    taken
}

fn take_bottom(rest: &mut Rect, lines: u16) -> Rect {
    let height = lines.min(rest.height);
    rest.height -= height;
    Rect { y: rest.bottom(), height, ..*rest }
}

fn take_left(rest: &mut Rect, columns: u16) -> Rect {
    let taken = Rect { width: columns.min(rest.width), ..*rest };
    rest.x += taken.width;
    rest.width -= taken.width;
    taken
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::wide(200, 60, [true, true, true])]
    #[case::usual(120, 40, [true, true, true])]
    #[case::small(80, 24, [true, true, false])]
    #[case::least(60, 20, [true, false, false])]
    #[case::flat(200, 10, [true, false, false])]
    fn as_many_panes_as_have_room(#[case] width: u16, #[case] height: u16, #[case] shown: [bool; 3]) {
        let layout = Layout::new(Rect::new(0, 0, width, height), Focus::Feed, 0);
        assert_eq!([layout.feed, layout.detail, layout.log].map(|pane| !pane.is_empty()), shown);
    }

    #[rstest]
    fn the_pane_with_the_keys_is_always_shown(
        #[values(Focus::Feed, Focus::Detail, Focus::Log)] focus: Focus,
        #[values(1, 59, 80, 110, 160, 250)] width: u16,
        #[values(1, 3, 8, 20, 60)] height: u16,
    ) {
        let screen = Rect::new(0, 0, width, height);
        let layout = Layout::new(screen, focus, 3);
        let pane = match focus {
            Focus::Feed => layout.feed,
            Focus::Detail => layout.detail,
            Focus::Log => layout.log,
        };
        assert!(!pane.is_empty());
        let parts = [layout.tabs, layout.banner, layout.feed, layout.detail, layout.log, layout.status, layout.keys];
        let covered: u32 = parts.iter().chain(&layout.rules).map(|part| part.area()).sum();
        assert_eq!(covered, screen.area(), "{layout:?}");
        assert!(parts.iter().all(|part| part.is_empty() || part.intersection(screen) == *part));
    }
}
