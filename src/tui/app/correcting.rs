//! Asking why a mention is judged as it is, and saying that it is wrong.

use super::App;
use crate::tr;
use crate::trial::account::{why, wording};
use crate::tui::state::mode::Mode;
use crate::tui::state::notices::Notice;
use crate::tui::state::page::{Body, Page};

impl App {
    /// Shows the account of the judgement of the mention under the cursor.
    pub(super) fn open_why(&mut self) {
        let Some(case) = self.selected_case() else { return self.tell(Notice::NotRead) };
        let (assessed, state) = (&case.assessed, self.state_of(case).0);
        let mut account = why(&assessed.mention, &assessed.assessment, &self.settings.plan, self.now);
        account.chosen = state.overridden();
        let lines = wording::lines(&account, &self.settings.locale);
        let author = assessed.mention.author.handle.as_deref().or(assessed.mention.author.name.as_deref());
        let title = tr!(self.settings.locale, "why-title", author = author.unwrap_or("?"));
        self.mode = Mode::Page(Page::new(title, Body::Account(lines)));
    }
}
