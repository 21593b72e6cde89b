//! A list one types ahead in: dispositions, reasons, clauses, tiers, times, themes, and the command palette.

use chrono::{DateTime, Utc};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::text_line::TextLine;
use crate::mention::{Disposition, Id, MentionId, NoResponseReason};
use crate::trial::correct::Wrong;
use crate::tui::app::Relabelling;
use crate::tui::command::Command;

/// What the menu is open for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Any command.
    Palette,
    /// What becomes of the mentions.
    Disposition,
    /// Why no response is given, for this disposition.
    Reason(Disposition),
    /// Which moderation clause is cited, for this disposition.
    Clause(Disposition),
    /// Another reason for the decision that stands.
    ChangeReason,
    /// Which tier.
    Escalate,
    /// Until when.
    Snooze,
    /// Which theme.
    Theme,
    /// Which label is another one.
    Label,
    /// What is wrong with the judgement, step by step.
    Wrong(WrongStep),
}

/// A step of saying that a judgement is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongStep {
    /// What is wrong.
    What,
    /// Which initiative it is about.
    Missed,
    /// Which level it should have.
    Priority,
    /// Which initiative it is not about.
    Initiative,
    /// Which message should answer.
    Message,
    /// Which term would put this right.
    Term(Wrong),
}

/// What an item stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A command of the palette.
    Command(Command),
    /// A disposition.
    Disposition(Disposition),
    /// A reason, or none.
    Reason(Option<NoResponseReason>),
    /// A moderation clause, or none.
    Clause(Option<Id>),
    /// A tier of the escalation matrix.
    Tier(u8),
    /// An instant to come back at.
    Until(DateTime<Utc>),
    /// A theme's name.
    Theme(String),
    /// Another label.
    Label(Relabelling),
    /// Something to say more about.
    Step(WrongStep),
    /// What is wrong.
    Wrong(Wrong),
    /// A term for the rule, or none: the example alone.
    Term(Option<String>),
    /// A query for the filter bar.
    Filter(&'static str),
}

/// One line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is shown and searched.
    pub label: String,
    /// What is shown beside it: keys, an exact time, a channel.
    pub detail: String,
    /// The character that takes it at once while nothing else is typed.
    pub quick: Option<char>,
    /// What it stands for.
    pub choice: Choice,
}

/// An item that the typed letters leave, with the places of those letters in its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Which item.
    pub item: usize,
    /// Character positions in the label, sorted.
    pub letters: Vec<u32>,
}

/// An open menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    purpose: Purpose,
    targets: Vec<MentionId>,
    typed: TextLine,
    items: Vec<Item>,
    matches: Vec<Match>,
    selected: usize,
}

/// What typing a key in a menu came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The list was narrowed, or nothing changed.
    Narrowed,
    /// A quick key took the selected item.
    Taken,
}

impl Menu {
    /// Opens with every item; `targets` are the mentions that the choice is for, fixed from now on.
    pub fn new(purpose: Purpose, targets: Vec<MentionId>, items: Vec<Item>) -> Self {
        let mut menu = Self { purpose, targets, typed: TextLine::default(), items, matches: Vec::new(), selected: 0 };
        menu.narrow();
        menu
    }

    /// What it is open for.
    pub fn purpose(&self) -> &Purpose {
        &self.purpose
    }

    /// The mentions the choice is for.
    pub fn targets(&self) -> &[MentionId] {
        &self.targets
    }

    /// The mention it was opened for stands for all of these.
    pub fn widen(&mut self, targets: Vec<MentionId>) {
        self.targets = targets;
    }

    /// What was typed.
    pub fn typed(&self) -> &TextLine {
        &self.typed
    }

    /// The items left, best match first, with the letters that matched.
    pub fn matches(&self) -> impl ExactSizeIterator<Item = (&Item, &Match)> {
        self.matches.iter().map(|found| (&self.items[found.item], found))
    }

    /// The place of the cursor among [`Menu::matches`].
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The item under the cursor.
    pub fn choice(&self) -> Option<&Item> {
        self.matches.get(self.selected).map(|found| &self.items[found.item])
    }

    /// Moves the cursor, around the ends.
    pub fn by(&mut self, step: isize) {
        let count = self.matches.len() as isize;
        if count > 0 {
            self.selected = (self.selected as isize + step).rem_euclid(count) as usize;
        }
    }

    /// Puts the cursor on one of [`Menu::matches`]; false when there is none there.
    pub fn point_at(&mut self, place: usize) -> bool {
        let exists = place < self.matches.len();
        if exists {
            self.selected = place;
        }
        exists
    }

    /// Types a key.
    pub fn edit(&mut self, key: &KeyEvent) -> Typed {
        if let KeyCode::Char(character) = key.code
            && self.typed.is_empty()
            && !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
            && let Some(place) = self.matches.iter().position(|found| self.items[found.item].quick == Some(character))
        {
            self.selected = place;
            return Typed::Taken;
        }
        if self.typed.edit(key) {
            self.narrow();
        }
        Typed::Narrowed
    }

    /// Types a pasted text.
    pub fn paste(&mut self, text: &str) {
        self.typed.insert(text);
        self.narrow();
    }

    fn narrow(&mut self) {
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::parse(self.typed.text(), CaseMatching::Ignore, Normalization::Smart);
        let mut found: Vec<(u32, Match)> = Vec::with_capacity(self.items.len());
        let mut buffer = Vec::new();
        for (item, line) in self.items.iter().enumerate() {
            let mut letters = Vec::new();
            let label = Utf32Str::new(&line.label, &mut buffer);
            if let Some(score) = pattern.indices(label, &mut matcher, &mut letters) {
                letters.sort_unstable();
                letters.dedup();
                found.push((score, Match { item, letters }));
            }
        }
        // A stable sort: equal matches keep the menu's own order.
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        self.matches = found.into_iter().map(|(_, found)| found).collect();
        self.selected = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu() -> Menu {
        let item = |label: &str, quick, reason| Item {
            label: label.to_owned(),
            detail: String::new(),
            quick,
            choice: Choice::Reason(reason),
        };
        Menu::new(
            Purpose::ChangeReason,
            Vec::new(),
            vec![
                item("none", Some('0'), None),
                item("bait", None, Some(NoResponseReason::Bait)),
                item("Règle électorale", None, Some(NoResponseReason::ElectionPeriod)),
            ],
        )
    }

    fn press(menu: &mut Menu, character: char) -> Typed {
        menu.edit(&KeyEvent::new(KeyCode::Char(character), KeyModifiers::empty()))
    }

    #[test]
    fn typing_narrows_and_accents_do_not_matter() {
        let mut menu = menu();
        for character in "elect".chars() {
            assert_eq!(press(&mut menu, character), Typed::Narrowed);
        }
        assert_eq!(menu.matches().len(), 1);
        assert_eq!(
            menu.choice().map(|item| &item.choice),
            Some(&Choice::Reason(Some(NoResponseReason::ElectionPeriod)))
        );
    }

    #[test]
    fn a_quick_key_takes_only_while_nothing_is_typed() {
        let mut menu = menu();
        assert_eq!(press(&mut menu, '0'), Typed::Taken);
        press(&mut menu, 'b');
        assert_eq!(press(&mut menu, '0'), Typed::Narrowed);
        assert_eq!(menu.choice(), None);
        menu.by(1);
        assert_eq!(menu.selected(), 0);
    }

    #[test]
    fn the_cursor_goes_around() {
        let mut menu = menu();
        menu.by(-1);
        assert_eq!(menu.selected(), 2);
        menu.by(1);
        assert_eq!(menu.selected(), 0);
    }
}
