//! Opening menus, questions and pages, and what their answers mean.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use strum::IntoEnumIterator;

use super::App;
use super::acting::is_silence;
use super::walking::branched;
use crate::locale::Locale;
use crate::mention::{Disposition, MentionId, NoResponseReason};
use crate::plan::Clause;
use crate::plan::service_level::resolve_local;
use crate::reply;
use crate::tr;
use crate::triage;
use crate::tui::command::{Command, Layer};
use crate::tui::effect::{Effect, Effects};
use crate::tui::state::in_flight::Doing;
use crate::tui::state::menu::{Choice, Item, Menu, Purpose, WrongStep};
use crate::tui::state::mode::Mode;
use crate::tui::state::notices::Notice;
use crate::tui::state::page::{Body, Page};
use crate::tui::state::prompt::{Prompt, Question};

/// Questions one often has, by the name of their words, with the query each stands for.
const QUICK_FILTERS: [(&str, &str); 18] = [
    ("desk-quick-protocols", "protocol:*"),
    ("desk-quick-threats", "danger:threat"),
    ("desk-quick-abuse", "hostility>=2"),
    ("desk-quick-heated", "hostility>=1"),
    ("desk-quick-staff", "hostility>=1 target:staff"),
    ("desk-quick-negative", "tone:negative"),
    ("desk-quick-positive", "tone:positive"),
    ("desk-quick-questions", "is:question"),
    ("desk-quick-requests", "is:request"),
    ("desk-quick-complaints", "is:complaint"),
    ("desk-quick-claims", "is:claim"),
    ("desk-quick-thanks", "is:thanks"),
    ("desk-quick-media", "is:media"),
    ("desk-quick-now", "urgency>=2"),
    ("desk-quick-copies", "cluster>10"),
    ("desk-quick-surges", "surge:*"),
    ("desk-quick-unhappy", "type:unhappy_customer"),
    ("desk-quick-ragers", "type:rager OR type:troll"),
];

/// Days looked ahead for the next published hours.
const DAYS_AHEAD: i64 = 21;

impl App {
    /// Opens a menu, a question or a page; false when the command opens none.
    pub(super) fn choose(&mut self, command: Command, effects: &mut Effects) -> bool {
        match command {
            Command::AppPalette => self.open_palette(),
            Command::AppHelp => {
                let title = Command::AppHelp.title(&self.locale());
                self.mode = Mode::Page(Page::new(title, Body::Help));
            }
            Command::AppTheme => self.open_themes(),
            Command::CaseDecide => self.open_menu(Purpose::Disposition),
            Command::CaseWalk => self.open_walk(),
            Command::CaseWhy => self.open_why(),
            Command::CaseWrong => self.open_wrong(WrongStep::What),
            Command::CaseLabel => self.open_menu(Purpose::Label),
            Command::CaseReason => self.open_menu(Purpose::ChangeReason),
            Command::CaseSnooze => self.open_menu(Purpose::Snooze),
            Command::CaseEscalate if self.settings.plan.tiers.is_empty() => self.tell(Notice::NoTiers),
            Command::CaseEscalate => self.open_menu(Purpose::Escalate),
            Command::CaseNote => {
                let targets = self.wide_targets();
                self.ask(Question::Note, targets);
            }
            Command::CasePermalink => {
                let targets = self.targets();
                self.ask(Question::Permalink, targets);
            }
            Command::PageCopy => {
                if let Mode::Page(page) = &self.mode
                    && let Some(text) = page.body.text()
                {
                    effects.push(Effect::Copy(text.into_owned()));
                }
            }
            _ => return false,
        }
        true
    }

    /// Moves in, takes or closes what is open; false when the command is another.
    pub(super) fn answer_popup(&mut self, command: Command, effects: &mut Effects) -> bool {
        match (command, &mut self.mode) {
            (Command::MenuNext, Mode::Menu(menu)) => menu.by(1),
            (Command::MenuPrevious, Mode::Menu(menu)) => menu.by(-1),
            (Command::MenuChoose, Mode::Menu(_)) => self.take_choice(effects),
            (Command::PromptAccept, Mode::Prompt(_)) => self.take_answer(),
            (Command::MenuClose, Mode::Menu(_)) | (Command::PromptClose, Mode::Prompt(_)) => self.mode = Mode::Browse,
            (Command::ComposerAccept | Command::ComposerClose, Mode::Composer(_)) => {
                self.leave_composer(command == Command::ComposerAccept, effects);
            }
            _ => return false,
        }
        true
    }

    /// The mentions that an act is for: the marked ones, else the one under the cursor.
    pub(super) fn targets(&self) -> Vec<MentionId> {
        if self.selection.is_empty() { self.selected_id().into_iter().collect() } else { self.selection.ids().to_vec() }
    }

    fn ask(&mut self, question: Question, targets: Vec<MentionId>) {
        if targets.is_empty() {
            return self.tell(Notice::NothingSelected);
        }
        self.mode = Mode::Prompt(Prompt::new(question, targets));
    }

    fn open_menu(&mut self, purpose: Purpose) {
        let targets = if purpose == Purpose::ChangeReason { self.targets() } else { self.wide_targets() };
        if targets.is_empty() {
            return self.tell(Notice::NothingSelected);
        }
        self.open_menu_for(purpose, targets);
    }

    fn open_menu_for(&mut self, purpose: Purpose, targets: Vec<MentionId>) {
        let items = match &purpose {
            Purpose::Disposition => self.disposition_items(),
            Purpose::Reason(disposition) => self.reason_items(Some(*disposition)),
            Purpose::ChangeReason => self.reason_items(None),
            Purpose::Clause(disposition) => self.clause_items(*disposition),
            Purpose::Escalate => self.tier_items(),
            Purpose::Snooze => self.snooze_items(),
            Purpose::Label => self.label_items(),
            Purpose::Palette | Purpose::Theme | Purpose::Wrong(_) => Vec::new(),
        };
        self.mode = Mode::Menu(Menu::new(purpose, targets, items));
    }

    fn take_choice(&mut self, effects: &mut Effects) {
        let Mode::Menu(menu) = &self.mode else { return };
        let Some(choice) = menu.choice().map(|item| item.choice.clone()) else { return };
        let (purpose, targets) = (menu.purpose().clone(), menu.targets().to_vec());
        self.mode = Mode::Browse;
        match (choice, purpose) {
            (Choice::Command(command), _) => self.carry_out(command, effects),
            (Choice::Filter(query), _) => self.filter_by(query),
            (Choice::Disposition(disposition), _) if disposition.is_no_response() => {
                self.open_menu_for(Purpose::Reason(disposition), targets);
            }
            (Choice::Disposition(disposition), _)
                if triage::cites_clause(disposition) && !self.settings.plan.clauses.is_empty() =>
            {
                self.open_menu_for(Purpose::Clause(disposition), targets);
            }
            (Choice::Clause(clause), Purpose::Clause(disposition)) => {
                let question = Question::DecisionNote { disposition, reason: None, clause };
                self.mode = Mode::Prompt(Prompt::new(question, targets));
            }
            (Choice::Disposition(disposition), _) => {
                let question = Question::DecisionNote { disposition, reason: None, clause: None };
                self.mode = Mode::Prompt(Prompt::new(question, targets));
            }
            (Choice::Reason(reason), Purpose::Reason(disposition)) => {
                let question = Question::DecisionNote { disposition, reason, clause: None };
                self.mode = Mode::Prompt(Prompt::new(question, targets));
            }
            (Choice::Reason(Some(reason)), _) => {
                self.start_act(Doing::Command(triage::Command::ChangeReason { reason }), targets);
            }
            (Choice::Tier(tier), _) => self.escalate(tier, targets, effects),
            (Choice::Until(until), _) => self.start_act(Doing::Command(triage::Command::Snooze { until }), targets),
            (Choice::Label(relabelling), _) => self.start_act(Doing::Relabel(relabelling), targets),
            (Choice::Theme(name), _) => effects.push(Effect::LoadTheme(name)),
            (Choice::Step(step), _) => self.open_wrong(step),
            (Choice::Wrong(wrong), _) => self.choose_term(wrong, effects),
            (Choice::Term(term), Purpose::Wrong(WrongStep::Term(wrong))) => {
                self.correct(&wrong, term.as_deref(), effects);
            }
            (Choice::Reason(None) | Choice::Clause(_) | Choice::Term(_), _) => {}
        }
    }

    fn take_answer(&mut self) {
        let Mode::Prompt(prompt) = &mut self.mode else { return };
        let answer = prompt.answer();
        let doing = match (&prompt.question, answer) {
            (Question::Count(doing), Some(answer)) if answer == prompt.targets.len().to_string() => {
                let (doing, targets) = ((**doing).clone(), std::mem::take(&mut prompt.targets));
                self.mode = Mode::Browse;
                return self.start_confirmed(doing, targets);
            }
            (Question::Copies(doing), _) => (**doing).clone(),
            (Question::Note, Some(text)) => Doing::Command(triage::Command::Note { text }),
            (Question::Permalink, Some(link)) => Doing::Permalink(link),
            (Question::DecisionNote { disposition, reason, clause }, note) => {
                let (disposition, reason, clause) = (*disposition, *reason, clause.clone());
                Doing::Command(triage::Command::Decide { disposition, reason, note, clause })
            }
            (Question::BranchReason(walked), Some(why)) => branched(walked.clone(), why),
            (Question::Count(_) | Question::Note | Question::Permalink | Question::BranchReason(_), _) => {
                prompt.refused = true;
                return;
            }
        };
        let targets = std::mem::take(&mut prompt.targets);
        self.mode = Mode::Browse;
        self.start_act(doing, targets);
    }

    fn open_palette(&mut self) {
        let locale = self.locale();
        let layers = [Layer::Feed, Layer::Case, Layer::Detail, Layer::Log, Layer::Desk];
        let items = Command::iter()
            .filter(|command| *command != Command::AppPalette && layers.iter().any(|layer| command.works_in(*layer)))
            .map(|command| Item {
                label: command.title(&locale),
                detail: self.settings.keymap.keys_for(command, &layers).unwrap_or_default(),
                quick: None,
                choice: Choice::Command(command),
            })
            .chain(quick_filters(&locale))
            .collect();
        self.mode = Mode::Menu(Menu::new(Purpose::Palette, Vec::new(), items));
    }

    fn open_themes(&mut self) {
        let item = |name: &String| Item {
            label: name.clone(),
            detail: String::new(),
            quick: None,
            choice: Choice::Theme(name.clone()),
        };
        let items = self.settings.themes.iter().map(item).collect();
        self.mode = Mode::Menu(Menu::new(Purpose::Theme, Vec::new(), items));
    }

    /// Every disposition, the road map's own first; none that is public for what was not said in public.
    fn disposition_items(&self) -> Vec<Item> {
        let locale = self.locale();
        let closed = self.selected_case().is_some_and(|case| case.assessed.mention.audience.is_closed());
        let allowed = |disposition: &Disposition| !(closed && triage::is_public(*disposition));
        let suggested = self.suggested_outcome().map(|outcome| outcome.disposition).filter(allowed);
        let item = |disposition: Disposition| Item {
            label: locale.word("disposition", disposition.token()),
            detail: if suggested == Some(disposition) { tr!(locale, "desk-menu-suggested") } else { String::new() },
            quick: None,
            choice: Choice::Disposition(disposition),
        };
        let others = Disposition::iter().filter(|disposition| suggested != Some(*disposition)).filter(allowed);
        suggested.into_iter().chain(others).map(item).collect()
    }

    /// The reasons for this decision, or for the one that stands, which then keeps one.
    fn reason_items(&self, disposition: Option<Disposition>) -> Vec<Item> {
        let locale = self.locale();
        let held_back = self.held_back().filter(|_| disposition.is_none_or(is_silence));
        let suggested = held_back.or_else(|| self.suggested_outcome().and_then(|outcome| outcome.reason));
        let item = |reason: NoResponseReason| Item {
            label: locale.word("reason", reason.token()),
            detail: if suggested == Some(reason) { tr!(locale, "desk-menu-suggested") } else { String::new() },
            quick: None,
            choice: Choice::Reason(Some(reason)),
        };
        let others = NoResponseReason::iter().filter(|reason| suggested != Some(*reason));
        let mut items: Vec<Item> = suggested.into_iter().chain(others).map(item).collect();
        if disposition.is_some() {
            items.push(Item {
                label: tr!(locale, "desk-menu-no-reason"),
                detail: String::new(),
                quick: None,
                choice: Choice::Reason(None),
            });
        }
        items
    }

    /// The reason that the circumstances give for the mention under the cursor, whatever its branch says.
    fn held_back(&self) -> Option<NoResponseReason> {
        let case = self.selected_case()?;
        reply::held_back(&case.assessed.assessment, self.suggestions.all())
    }

    /// The plan's moderation clauses, those first that the mention may fall under. Recorded moderation cites one.
    fn clause_items(&self, disposition: Disposition) -> Vec<Item> {
        let locale = self.locale();
        let hits = self.selected_case().map_or(&[][..], |case| &case.assessed.assessment.clauses[..]);
        let fired = |clause: &Clause| hits.iter().any(|hit| hit.id == clause.id);
        let item = |clause: &Clause| Item {
            label: format!("{} {}", clause.id, clause.title.get(locale.lang())),
            detail: if fired(clause) { tr!(locale, "desk-menu-may-apply") } else { String::new() },
            quick: None,
            choice: Choice::Clause(Some(clause.id.clone())),
        };
        let clauses = &self.settings.plan.clauses;
        let (first, others): (Vec<&Clause>, Vec<&Clause>) = clauses.iter().partition(|clause| fired(clause));
        let mut items: Vec<Item> = first.into_iter().chain(others).map(item).collect();
        if disposition != Disposition::ModerationRecorded {
            items.push(Item {
                label: tr!(locale, "desk-menu-no-clause"),
                detail: String::new(),
                quick: None,
                choice: Choice::Clause(None),
            });
        }
        items
    }

    /// The tiers of the plan, the one that suggests itself for the mention under the cursor first: Enter on a threat
    /// must not end at the enquiry desk.
    fn tier_items(&self) -> Vec<Item> {
        let locale = self.locale();
        let suggested = self.suggested_tier();
        let item = |tier: &crate::plan::Tier| {
            let whom = [tier.role.as_deref(), tier.name.as_deref(), tier.channel.as_deref()];
            Item {
                label: match suggested {
                    Some(level) if level == tier.level => {
                        format!("{} ({})", tier.title.get(locale.lang()), tr!(locale, "desk-menu-suggested"))
                    }
                    _ => tier.title.get(locale.lang()).to_owned(),
                },
                detail: whom.into_iter().flatten().collect::<Vec<_>>().join(" · "),
                quick: char::from_digit(u32::from(tier.level), 10),
                choice: Choice::Tier(tier.level),
            }
        };
        let mut items: Vec<Item> = self.settings.plan.tiers.iter().map(item).collect();
        // Several rows may share a level; a tier is chosen by its level.
        items.dedup_by(|one, other| one.choice == other.choice);
        items.sort_by_key(|item| !matches!(item.choice, Choice::Tier(level) if suggested == Some(level)));
        items
    }

    /// Times to come back at, each with its exact instant in the plan's time zone.
    fn snooze_items(&self) -> Vec<Item> {
        let locale = self.locale();
        let zone = self.settings.plan.organization.hours.time_zone;
        let item = |quick: char, name: &str, at: DateTime<Utc>| Item {
            label: locale.text(name),
            detail: locale.date_time(&at.with_timezone(&zone)),
            quick: Some(quick),
            choice: Choice::Until(at),
        };
        vec![
            item('1', "desk-snooze-one-hour", self.now + TimeDelta::hours(1)),
            item('2', "desk-snooze-two-hours", self.now + TimeDelta::hours(2)),
            item('3', "desk-snooze-three-hours", self.now + TimeDelta::hours(3)),
            item('d', "desk-snooze-next-opening", self.opening_after_days(1)),
            item('w', "desk-snooze-next-week", self.opening_after_days(7)),
        ]
    }

    /// When the published hours begin, so many days from now or on the first open day after.
    fn opening_after_days(&self, days: i64) -> DateTime<Utc> {
        let hours = &self.settings.plan.organization.hours;
        let later = self.now + TimeDelta::days(days);
        (0..DAYS_AHEAD)
            .find_map(|more| {
                let day = hours.local_day(later + TimeDelta::days(more));
                let opening = hours.openings(day).first()?;
                let minutes = u32::from(opening.start);
                let at = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0)?;
                Some(resolve_local(hours.time_zone, day.and_time(at)))
            })
            .unwrap_or(later)
    }
}

/// The quick filters as lines of the palette.
fn quick_filters(locale: &Locale) -> impl Iterator<Item = Item> {
    QUICK_FILTERS.iter().map(|(name, query)| Item {
        label: locale.text(name),
        detail: (*query).to_owned(),
        quick: None,
        choice: Choice::Filter(query),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, Stage};

    #[test]
    fn every_quick_filter_is_a_query_of_the_desk() {
        for (name, query) in QUICK_FILTERS {
            Query::parse(query, Stage::Desk).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
        }
    }
}
