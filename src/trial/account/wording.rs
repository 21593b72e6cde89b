//! An account in a person's language, in the order in which a tired person asks: why this level, which branch, why these
//! initiatives, what nearly matched, what would raise it.
//!
//! What enters: an [`Account`]. What leaves: [`Line`]s, safe to show, for a page of the desk and for the command line alike.

mod rise;
mod rules;

use std::fmt::Write as _;

use crate::locale::Locale;
use crate::pipeline::Why as Points;
use crate::plan::{At, Bound, Plan};
use crate::query::wording::quotes;
use crate::text::clean_line;
use crate::tr;

use super::{Account, AnsweredBy, DecidedBy, Visited};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Begins a section; [`Line::at`] is a remark on it.
    Heading,
    /// Something that counted.
    Plain,
    /// Something that did not count, or a remark.
    Quiet,
}

/// One line of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// What stands before the words: points, a sign; empty for a heading.
    pub lead: String,
    /// The words, longer than a screen perhaps.
    pub words: String,
    /// Where in the plan, or empty.
    pub at: String,
}

impl Line {
    fn heading(words: String, remark: String) -> Self {
        Self { kind: LineKind::Heading, lead: String::new(), words, at: remark }
    }

    fn new(kind: LineKind, lead: &str, words: &str, at: Option<&At>) -> Self {
        let at = at.map(|at| clean_line(&at.to_string()).into_owned()).unwrap_or_default();
        Self { kind, lead: lead.to_owned(), words: clean_line(words).into_owned(), at }
    }
}

/// Everything an account says.
pub fn lines(account: &Account<'_>, locale: &Locale) -> Vec<Line> {
    let mut page = Page { account, locale, lines: Vec::new() };
    page.level();
    page.clocks();
    page.road_map();
    page.relevance();
    page.initiatives();
    page.near();
    page.rises();
    page.lines
}

/// The lines as plain text; sections are set apart by an empty line.
pub fn text(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        let before = if line.kind == LineKind::Heading && !text.is_empty() { "\n" } else { "" };
        // Writing to a string cannot fail.
        let _ = match (line.kind, line.at.is_empty()) {
            (LineKind::Heading, true) => writeln!(text, "{before}{}", line.words),
            (LineKind::Heading, false) => writeln!(text, "{before}{} · {}", line.words, line.at),
            (_, true) => writeln!(text, "  {}{}", line.lead, line.words),
            (_, false) => writeln!(text, "  {}{}  [{}]", line.lead, line.words, line.at),
        };
    }
    text
}

/// What gave points, in the person's language.
pub fn points(why: &Points, plan: &Plan, locale: &Locale) -> String {
    let lang = locale.lang();
    let initiative =
        |id: &str| plan.initiatives.by_id(id).map_or(id.to_owned(), |found| found.title.get(lang).to_owned());
    match why {
        Points::Contribution { name } => {
            let found = plan.priority.contributions.iter().find(|contribution| contribution.name == *name);
            let title = found.and_then(|contribution| contribution.title.as_ref());
            title.map_or_else(|| name.to_string(), |title| title.get(lang).to_owned())
        }
        Points::Stakeholder { id } => {
            let group = plan.stakeholders.by_id(id).map_or(&**id, |group| group.name.get(lang));
            tr!(locale, "view-why-stakeholder", group = group)
        }
        Points::Posture { initiative: id, posture } => {
            let posture = locale.word("posture", posture.token());
            tr!(locale, "view-why-posture", posture = posture, initiative = initiative(id))
        }
        Points::Initiative { id } => tr!(locale, "view-why-initiative", initiative = initiative(id)),
        Points::Reach { followers } => tr!(locale, "view-why-reach", count = *followers),
        Points::ReachUnknown => locale.text("view-why-reach-unknown"),
        Points::Velocity { per_hour } => tr!(locale, "view-why-velocity", count = *per_hour),
        Points::VelocityUnknown => locale.text("view-why-velocity-unknown"),
        Points::Limit => locale.text("view-why-limit"),
    }
}

/// The name of a floor or a cap.
fn bound<'p>(bound: &'p Bound, locale: &Locale) -> &'p str {
    bound.title.as_ref().map_or(&*bound.name, |title| title.get(locale.lang()))
}

struct Page<'a> {
    account: &'a Account<'a>,
    locale: &'a Locale,
    lines: Vec<Line>,
}

impl Page<'_> {
    fn heading(&mut self, words: String, remark: String) {
        self.lines.push(Line::heading(words, remark));
    }

    fn say(&mut self, lead: &str, words: &str, at: Option<&At>) {
        self.lines.push(Line::new(LineKind::Plain, lead, words, at));
    }

    fn remark(&mut self, lead: &str, words: &str, at: Option<&At>) {
        self.lines.push(Line::new(LineKind::Quiet, lead, words, at));
    }

    fn quotes(&self, spans: &[crate::mention::Span]) -> String {
        quotes(spans, &self.account.mention.text, self.locale)
    }

    /// The points, the levels' thresholds, floors and caps.
    fn level(&mut self) {
        let (account, locale) = (self.account, self.locale);
        let priority = &account.assessment.priority;
        let score = tr!(locale, "why-score", score = priority.score);
        self.heading(tr!(locale, "why-level", level = priority.level.token()), score);
        for reason in &priority.reasons {
            let words = points(&reason.why, account.plan, locale);
            self.say(&format!("{:>+4} ", reason.points), &words, reason.at.as_ref());
        }
        let levels = &account.plan.priority.levels;
        let words = tr!(locale, "why-levels", p3 = levels.p3, p2 = levels.p2, p1 = levels.p1);
        self.remark("   = ", &words, Some(&levels.at));
        self.protocols();
        self.bounds("why-floor-holds", "why-floor-idle", &account.floors, true);
        self.bounds("why-cap-holds", "why-cap-idle", &account.caps, false);
        self.silent("why-floors-silent", &account.plan.priority.floors, &account.floors);
        self.silent("why-caps-silent", &account.plan.priority.caps, &account.caps);
    }

    /// The safety protocols that hold: each is a floor too.
    fn protocols(&mut self) {
        let priority = &self.account.assessment.priority;
        let lifted = matches!(self.account.decided_by, DecidedBy::Floor(_));
        for hit in &self.account.assessment.protocols {
            let Some(protocol) = self.account.plan.protocols.by_id(&hit.id) else { continue };
            let (level, name) = (protocol.level.token(), protocol.title.get(self.locale.lang()));
            let mut words = tr!(self.locale, "why-protocol-holds", level = level, name = name);
            if !hit.spans.is_empty() {
                words = format!("{words} · {}", self.quotes(&hit.spans));
            }
            let decides = lifted && priority.floor.as_ref().is_some_and(|floor| floor.name == protocol.floor_name());
            self.say(if decides { "   → " } else { "   · " }, &words, Some(&hit.at));
        }
    }

    fn bounds(&mut self, holds: &str, idle: &str, bounds: &[&Bound], floors: bool) {
        let priority = &self.account.assessment.priority;
        let deciding = match self.account.decided_by {
            DecidedBy::Floor(_) if floors => priority.floor.as_ref(),
            DecidedBy::Cap(_) if !floors => priority.cap.as_ref(),
            _ => None,
        };
        for one in bounds {
            let decides = deciding.is_some_and(|deciding| deciding.name == one.name);
            let (name, level) = (bound(one, self.locale), one.level.token());
            if decides {
                self.say("   → ", &tr!(self.locale, holds, level = level, name = name), Some(&one.rule.at));
            } else {
                self.remark("   · ", &tr!(self.locale, idle, level = level, name = name), Some(&one.rule.at));
            }
        }
    }

    fn silent(&mut self, name: &str, all: &[Bound], held: &[&Bound]) {
        let silent = all.iter().filter(|one| !held.iter().any(|held| held.name == one.name));
        let names: Vec<&str> = silent.map(|one| bound(one, self.locale)).collect();
        if !names.is_empty() {
            let names = names.join(", ");
            let words = tr!(self.locale, name, names = names);
            self.remark("   · ", &words, None);
        }
    }

    fn clocks(&mut self) {
        let (clocks, zone) = (self.account.assessment.clocks, self.account.plan.organization.hours.time_zone);
        let due = [("why-acknowledge", clocks.acknowledge_by), ("why-substance", clocks.substance_by)];
        let mut told: Vec<String> = Vec::new();
        for (name, moment) in due.iter().filter_map(|(name, moment)| Some((name, (*moment)?))) {
            let words = tr!(self.locale, name, moment = self.locale.date_time(&moment.with_timezone(&zone)));
            let past = self.account.now > moment;
            told.push(if past { tr!(self.locale, "why-over", what = words) } else { words });
        }
        if told.is_empty() {
            told.push(self.locale.text("why-no-clock"));
        }
        self.remark("   ◷ ", &told.join(" · "), None);
    }

    /// Each step as it was answered, and where that led.
    fn road_map(&mut self) {
        let (account, locale) = (self.account, self.locale);
        self.heading(locale.text("why-road-map"), String::new());
        for visited in &account.walk {
            self.step(visited);
        }
        let Some(outcome) = account.outcome else { return };
        let title = outcome.title.get(locale.lang());
        let mut words = format!("{title} · {}", locale.word("disposition", outcome.disposition.token()));
        if let Some(reason) = outcome.reason {
            words = format!("{words} · {}", locale.word("reason", reason.token()));
        }
        let Some(chosen) = account.chosen else {
            return self.say("   → ", &tr!(locale, "why-suggests", outcome = words), Some(&outcome.at));
        };
        self.remark("   · ", &tr!(locale, "why-suggested-before", outcome = words), Some(&outcome.at));
        let title = account.plan.road_map.outcomes.by_id(&chosen.outcome);
        let title = title.map_or(&*chosen.outcome, |outcome| outcome.title.get(locale.lang()));
        let mut words = tr!(locale, "why-person", outcome = title);
        if let Some(why) = &chosen.why {
            words = format!("{words} ({why})");
        }
        self.say("   → ", &words, None);
    }

    fn step(&mut self, visited: &Visited<'_>) {
        let locale = self.locale;
        let answer = locale.text(if visited.yes { "why-yes" } else { "why-no" });
        let question = visited.step.question.get(locale.lang());
        let (by, at) = match &visited.by {
            AnsweredBy::Rule(at, spans) => (self.quotes(spans), *at),
            AnsweredBy::Assumed => (locale.text("why-assumed"), &visited.step.at),
        };
        let by = if by.is_empty() { by } else { format!(" · {by}") };
        let lead = if visited.yes { "   ✓ " } else { "   ✗ " };
        self.say(lead, &format!("{question} {answer}{by}"), Some(at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_sets_sections_apart() {
        let lines = [
            Line::heading("Why P3".to_owned(), "8 points".to_owned()),
            Line::new(LineKind::Plain, "  +8 ", "question\u{1b}[2J", Some(&At::new("priority.toml", 9))),
            Line::heading("Road map".to_owned(), String::new()),
        ];
        assert_eq!(text(&lines), "Why P3 · 8 points\n    +8 question␛[2J  [priority.toml:9]\n\nRoad map\n");
    }
}
