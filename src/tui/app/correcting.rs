//! Asking why a mention is judged as it is, and saying that it is wrong.
//!
//! What enters: the two commands and the choices of their menus. What leaves: a page, or a change of the plan for the
//! person's editor. Nothing is recorded and nothing in the plan changes here: the decision on the mention stays the
//! person's, and so does the save.

use chrono::TimeDelta;
use strum::IntoEnumIterator as _;

use super::App;
use crate::mention::Level;
use crate::plan::{Initiative, Message};
use crate::tr;
use crate::trial::account::{Account, why, wording};
use crate::trial::correct::{How, Wrong, propose, targets, terms};
use crate::tui::effect::{Correction, Effect, Effects};
use crate::tui::state::menu::{Choice, Item, Menu, Purpose, WrongStep};
use crate::tui::state::mode::Mode;
use crate::tui::state::notices::{Notice, Weight};
use crate::tui::state::page::{Body, Page};

/// A reload of the plan this soon after a correction is the correction's own.
const OWN_RELOAD: TimeDelta = TimeDelta::seconds(10);

impl App {
    /// Shows the account of the judgement of the mention under the cursor.
    pub(super) fn open_why(&mut self) {
        let Some(account) = self.account() else { return self.tell(Notice::NotRead) };
        let case = self.selected_case();
        let state = case.map(|case| self.state_of(case).0);
        let account = Account { chosen: state.as_ref().and_then(|state| state.overridden()), ..account };
        let lines = wording::lines(&account, &self.settings.locale);
        let author = &account.mention.author;
        let author = author.handle.as_deref().or(author.name.as_deref()).unwrap_or("?");
        let title = tr!(self.settings.locale, "why-title", author = author);
        let (revealed, hurtful) = match self.selected_case() {
            Some(case) => {
                let mention = &case.assessed.mention;
                let hurtful = case.assessed.assessment.hurtful(&mention.text);
                let phrases =
                    hurtful.into_iter().filter_map(|span| mention.text.get(span)).map(str::to_owned).collect();
                (!self.shield.covers(&mention.id), phrases)
            }
            None => (false, Vec::new()),
        };
        self.mode = Mode::Page(Page { hurtful, revealed, ..Page::new(title, Body::Account(lines)) });
    }

    /// The account of the mention under the cursor.
    fn account(&self) -> Option<Account<'_>> {
        let assessed = &self.selected_case()?.assessed;
        Some(why(&assessed.mention, &assessed.assessment, &self.settings.plan, self.now))
    }

    /// Asks what is wrong, or more about it.
    pub(super) fn open_wrong(&mut self, step: WrongStep) {
        let Some(account) = self.account() else { return self.tell(Notice::NotRead) };
        let items = match step {
            WrongStep::What => self.wrong_items(&account),
            WrongStep::Missed => self.missed_items(&account),
            WrongStep::Priority => self.priority_items(&account),
            WrongStep::Initiative => self.initiative_items(&account),
            WrongStep::Message => self.message_items(),
            WrongStep::Term(_) => Vec::new(),
        };
        self.open_steps(step, items);
    }

    fn open_steps(&mut self, step: WrongStep, items: Vec<Item>) {
        let targets = self.selected_id().into_iter().collect();
        self.mode = Mode::Menu(Menu::new(Purpose::Wrong(step), targets, items));
    }

    /// Asks which words make the difference; where there are none to choose from, the example alone is proposed.
    pub(super) fn choose_term(&mut self, wrong: Wrong, effects: &mut Effects) {
        let Some(account) = self.account() else { return self.tell(Notice::NotRead) };
        let targets = targets(&account, &wrong);
        let Some(first) = targets.first() else { return self.correct(&wrong, None, effects) };
        let spans: Vec<_> = targets.iter().flat_map(|target| target.spans.iter().cloned()).collect();
        let locale = self.locale();
        let name = match first.how {
            How::Add => "wrong-add",
            How::Exclude => "wrong-exclude",
        };
        let rules = targets.iter().map(|target| target.rule.at.to_string()).collect::<Vec<_>>().join(", ");
        let offered = terms(&account.mention.text, &spans, first.how);
        let mut items: Vec<Item> = offered
            .into_iter()
            .map(|term| Item {
                label: tr!(locale, name, term = term.as_str()),
                detail: rules.clone(),
                quick: None,
                choice: Choice::Term(Some(term)),
            })
            .collect();
        if items.is_empty() {
            return self.correct(&wrong, None, effects);
        }
        items.push(item(tr!(locale, "wrong-test-only"), String::new(), None, Choice::Term(None)));
        self.open_steps(WrongStep::Term(wrong), items);
    }

    /// Proposes the change in the person's editor.
    pub(super) fn correct(&mut self, wrong: &Wrong, term: Option<&str>, effects: &mut Effects) {
        let Some(account) = self.account() else { return self.tell(Notice::NotRead) };
        let proposal = propose(&account, wrong, &targets(&account, wrong), term);
        let header = tr!(self.settings.locale, "wrong-header", what = self.what_is_wrong(wrong));
        let remarks: Vec<String> = header.lines().map(|line| format!("# {line}")).collect();
        let patch = format!("{}\n\n{}", remarks.join("\n"), proposal.patch);
        effects.push(Effect::Edit(Correction { patch, edits_rule: proposal.edits_rule }));
    }

    /// A change of the plan ended.
    pub(super) fn correction_ended(&mut self, applied: bool, words: String) {
        let weight = if applied { Weight::Good } else { Weight::Warning };
        self.corrected = applied.then(|| (self.now, words.clone()));
        self.tell(Notice::Said(weight, words));
    }

    /// What to tell when a plan was loaded that the person just corrected.
    pub(super) fn correction_told(&self) -> Option<Notice> {
        let (at, words) = self.corrected.as_ref()?;
        (self.now - *at <= OWN_RELOAD).then(|| Notice::Said(Weight::Good, words.clone()))
    }

    fn what_is_wrong(&self, wrong: &Wrong) -> String {
        let locale = &self.settings.locale;
        match wrong {
            Wrong::Relevant => tr!(locale, "wrong-header-relevant"),
            Wrong::Missed(id) => tr!(locale, "wrong-header-missed", id = &**id),
            Wrong::Priority(level) => tr!(locale, "wrong-header-priority", level = level.token()),
            Wrong::Initiative(id) => tr!(locale, "wrong-header-initiative", id = &**id),
            Wrong::Message(id) => tr!(locale, "wrong-header-message", id = &**id),
        }
    }

    fn wrong_items(&self, account: &Account<'_>) -> Vec<Item> {
        let locale = &self.settings.locale;
        let mut items = Vec::new();
        let mut add = |name: &str, quick: char, choice: Choice| {
            items.push(item(locale.text(name), String::new(), Some(quick), choice));
        };
        if account.assessment.relevant {
            add("wrong-not-relevant", 'x', Choice::Wrong(Wrong::Relevant));
            add("wrong-missed", 'a', Choice::Step(WrongStep::Missed));
        } else {
            add("wrong-relevant", 'a', Choice::Step(WrongStep::Missed));
        }
        add("wrong-priority", 'p', Choice::Step(WrongStep::Priority));
        if !account.assessment.initiatives.is_empty() {
            add("wrong-initiative", 'i', Choice::Step(WrongStep::Initiative));
        }
        if !account.plan.messages.is_empty() {
            add("wrong-message", 'm', Choice::Step(WrongStep::Message));
        }
        items
    }

    /// The initiatives it is not about yet; those whose rule nearly fired first.
    fn missed_items(&self, account: &Account<'_>) -> Vec<Item> {
        let lang = self.settings.locale.lang();
        let others = self.settings.plan.initiatives.iter();
        let others = others.filter(|other| !account.assessment.initiatives.iter().any(|hit| hit.id == other.id));
        let mut others: Vec<_> = others.collect();
        others.sort_by_key(|other| {
            account.near.iter().position(|near| near.rule.name == other.rule.name).unwrap_or(usize::MAX)
        });
        let one = |other: &&Initiative| {
            item(
                other.title.get(lang).to_owned(),
                other.id.to_string(),
                None,
                Choice::Wrong(Wrong::Missed(other.id.clone())),
            )
        };
        others.iter().map(one).collect()
    }

    fn priority_items(&self, account: &Account<'_>) -> Vec<Item> {
        let locale = &self.settings.locale;
        let others = Level::iter().filter(|level| *level != account.assessment.priority.level);
        let one = |level: Level| {
            let quick = level.token().chars().last();
            let label = format!("{} {}", level.token(), locale.word("level", level.token()));
            item(label, String::new(), quick, Choice::Wrong(Wrong::Priority(level)))
        };
        others.map(one).collect()
    }

    fn initiative_items(&self, account: &Account<'_>) -> Vec<Item> {
        let plan = &self.settings.plan;
        let matched = account.assessment.initiatives.iter().filter_map(|hit| plan.initiatives.by_id(&hit.id));
        let lang = self.settings.locale.lang();
        let one = |matched: &Initiative| {
            let choice = Choice::Wrong(Wrong::Initiative(matched.id.clone()));
            item(matched.title.get(lang).to_owned(), matched.id.to_string(), None, choice)
        };
        matched.map(one).collect()
    }

    fn message_items(&self) -> Vec<Item> {
        let lang = self.settings.locale.lang();
        let usable = self.settings.plan.messages.iter().filter(|message| !message.approval.is_retired());
        let one = |message: &Message| {
            let words = message.concern.as_ref().unwrap_or(&message.text).get(lang).to_owned();
            item(words, message.id.to_string(), None, Choice::Wrong(Wrong::Message(message.id.clone())))
        };
        usable.map(one).collect()
    }
}

fn item(label: String, detail: String, quick: Option<char>, choice: Choice) -> Item {
    Item { label, detail, quick, choice }
}
