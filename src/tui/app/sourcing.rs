//! The sources' screen: looking at them, steering them, and what became of what could not be read.

use super::App;
use crate::locale::Locale;
use crate::mention::Id;
use crate::sources::{BadItem, BadItems, Order, Phase};
use crate::tr;
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Effects};
use crate::tui::state::mode::Mode;
use crate::tui::state::notices::{Notice, Weight};
use crate::tui::state::sources::{QuarantineList, SourcesScreen};

impl App {
    /// Carries out a command of the sources' screen; false when the command is another.
    pub(super) fn source(&mut self, command: Command, effects: &mut Effects) -> bool {
        if command == Command::SourcesOpen {
            self.mode = Mode::Sources(SourcesScreen::default());
            return true;
        }
        let Mode::Sources(screen) = &mut self.mode else { return false };
        let sources = &self.health.sources;
        match command {
            Command::SourcesNext => screen.by(1, sources),
            Command::SourcesPrevious => screen.by(-1, sources),
            Command::SourcesClose => self.mode = Mode::Browse,
            Command::SourcesPause | Command::SourcesRetry => {
                if let Some(vitals) = screen.selected(sources) {
                    let order = match (command, vitals.phase) {
                        // To try a paused one is to resume it.
                        (_, Phase::Paused) => Order::Resume,
                        (Command::SourcesPause, _) => Order::Pause,
                        _ => Order::Retry,
                    };
                    effects.push(Effect::Steer(vitals.source.clone(), order));
                }
            }
            Command::SourcesQuarantine => {
                if let Some(source) = screen.selected(sources).map(|vitals| vitals.source.clone()) {
                    screen.quarantine = Some(QuarantineList::new(source.clone()));
                    effects.push(Effect::ReadQuarantine(source));
                }
            }
            _ => return self.quarantine(command, effects),
        }
        true
    }

    fn quarantine(&mut self, command: Command, effects: &mut Effects) -> bool {
        let locale = self.locale();
        let Mode::Sources(screen) = &mut self.mode else { return false };
        let Some(list) = &mut screen.quarantine else { return false };
        let asked = std::mem::take(&mut list.asks);
        match command {
            Command::QuarantineNext => list.by(1),
            Command::QuarantinePrevious => list.by(-1),
            Command::QuarantineDown => list.data.by_half_page(1),
            Command::QuarantineUp => list.data.by_half_page(-1),
            Command::QuarantineClear => list.asks = !list.items().is_empty(),
            Command::QuarantineConfirm if asked => effects.push(Effect::SetQuarantineAside(list.source.clone())),
            Command::QuarantineConfirm => {}
            Command::QuarantineClose if asked => {}
            Command::QuarantineClose => screen.quarantine = None,
            Command::QuarantineCopy => {
                if let Some(item) = list.selected() {
                    effects.push(Effect::Copy(as_text(&list.source, item, &locale)));
                }
            }
            _ => return false,
        }
        true
    }

    /// What was read of a source's quarantine.
    pub(super) fn quarantine_read(&mut self, source: &Id, read: Result<BadItems, String>) {
        if let Mode::Sources(screen) = &mut self.mode
            && let Some(list) = screen.quarantine.as_mut().filter(|list| list.source == *source)
        {
            list.read = Some(read);
        }
    }

    /// A source's bad items were set aside, or could not be.
    pub(super) fn quarantine_aside(
        &mut self,
        source: &Id,
        aside: Result<Option<String>, String>,
        effects: &mut Effects,
    ) {
        let locale = self.locale();
        let (weight, words) = match aside {
            Ok(Some(file)) => (Weight::Good, tr!(locale, "view-quarantine-aside", file = file)),
            Ok(None) => (Weight::Good, tr!(locale, "view-quarantine-nothing")),
            Err(cause) => {
                return self.tell(Notice::Said(Weight::Error, tr!(locale, "view-quarantine-failed", cause = cause)));
            }
        };
        self.tell(Notice::Said(weight, words));
        self.health.deal_with(source);
        effects.push(Effect::ReadQuarantine(source.clone()));
    }
}

/// A bad item for somebody else: the source, when, where and why, and below it the data.
fn as_text(source: &Id, item: &BadItem, locale: &Locale) -> String {
    let mut head = vec![source.to_string(), item.at.to_rfc3339()];
    head.extend(item.position.as_ref().map(|position| position.words(locale)));
    head.push(match &item.cause {
        Some(cause) => cause.words(locale),
        None => tr!(locale, "view-quarantine-unknown"),
    });
    format!("{}\n{}\n", head.join(" · "), item.data)
}
