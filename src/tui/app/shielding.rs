//! The shield: what it covers is shown or covered again, and what was seen is counted.
//!
//! What enters: its commands, and each frame's panes. What leaves: which words of records and pages are to be covered.
//! Only drawing is covered: what is copied, recorded or written has every letter.

use super::App;
use crate::mention::{MentionId, RawItem};
use crate::pipeline::{self, Assessor};
use crate::tui::command::Command;
use crate::tui::state::mode::{Focus, Mode};
use crate::tui::state::notices::{Notice, Weight};
use crate::tui::state::page::{Body, Page};

/// Records judged before the log pane's height is known: as many as the tallest screen shows.
const LOG_AT_FIRST: usize = 64;

impl App {
    /// Shows or covers, raises or lowers; false when the command is another.
    pub(super) fn shield(&mut self, command: Command) -> bool {
        match command {
            Command::ShieldReveal => self.reveal(),
            Command::ShieldToggle => {
                self.shield.toggle();
                let name = if self.shield.is_raised() { "desk-shield-raised" } else { "desk-shield-lowered" };
                self.tell(Notice::Said(Weight::Good, self.settings.locale.text(name)));
            }
            _ => return false,
        }
        true
    }

    fn reveal(&mut self) {
        let hurts = match &mut self.mode {
            Mode::Page(page) if !page.hurtful.is_empty() => {
                page.revealed = !page.revealed;
                if page.revealed {
                    self.shield.exposed();
                }
                return;
            }
            _ => self.feed.selected().filter(|row| self.hurts(&row.id)).map(|row| row.id.clone()),
        };
        match hurts {
            Some(id) if self.shield.is_raised() => self.shield.reveal(&id),
            Some(_) => self.tell_said(Weight::Warning, "desk-shield-is-lowered"),
            None => self.tell_said(Weight::Warning, "desk-shield-nothing"),
        }
    }

    fn tell_said(&mut self, weight: Weight, name: &str) {
        let words = self.settings.locale.text(name);
        self.tell(Notice::Said(weight, words));
    }

    /// True when words of this mention can hurt: of its row's, or of the whole of it where that was read.
    fn hurts(&self, id: &MentionId) -> bool {
        self.feed.row(id).is_some_and(|row| !row.hurtful.is_empty())
            || self
                .detail
                .case(id)
                .is_some_and(|case| !case.assessed.assessment.hurtful(&case.assessed.mention.text).is_empty())
    }

    /// Counts what the frame just drawn has shown behind a lowered shield. True when the count changed.
    pub(super) fn count_exposures(&mut self) -> bool {
        if self.shield.is_raised() {
            return false;
        }
        let rows = if self.areas.shows(Focus::Feed) { self.feed.visible() } else { &[] };
        let mut shown: Vec<MentionId> =
            rows.iter().filter(|row| !row.hurtful.is_empty()).map(|row| row.id.clone()).collect();
        if self.areas.shows(Focus::Detail) {
            shown.extend(self.selected_id().filter(|id| self.hurts(id)));
        }
        self.shield.shown(shown.iter())
    }

    /// Judges the records on the screen that nobody has judged yet: a record keeps what was said, not what was thought of it.
    pub(super) fn judge_log(&mut self) {
        let height = if self.areas.log.height > 0 { self.areas.log.height.into() } else { LOG_AT_FIRST };
        let unjudged = self.log.unjudged(height);
        if unjudged.is_empty() {
            return;
        }
        let mut assessor = Assessor::new();
        for record in unjudged {
            let Some(mention) = &record.mention else { continue };
            let case = self.detail.case(&mention.id).filter(|case| case.assessed.mention.text == mention.text);
            let hurtful = match case {
                Some(case) => case.assessed.assessment.hurtful(&mention.text),
                None => assessor.assess_alone(mention, &self.settings.plan).hurtful(&mention.text),
            };
            self.log.judged(&record, hurtful);
        }
    }

    /// A page of text in which other people's words may stand: each line is judged by itself.
    pub(super) fn shielded_page(&self, title: String, text: String) -> Page {
        let mut assessor = Assessor::new();
        let mut hurtful = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let item = RawItem::new("page".into(), line, self.now);
            let mention = pipeline::normalise(item);
            let spans = assessor.assess_alone(&mention, &self.settings.plan).hurtful(&mention.text);
            hurtful.extend(spans.into_iter().filter_map(|span| mention.text.get(span)).map(str::to_owned));
        }
        Page { hurtful, ..Page::new(title, Body::Text(text)) }
    }
}
