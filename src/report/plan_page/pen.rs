//! What every part of the page is written with: the plan's words in the languages shown, dates, periods, references.
//!
//! What enters: values of the plan. What leaves: pieces of the document, in no markup yet. No clock is read.

use chrono::{DateTime, NaiveDate, Utc};

use crate::locale::{Lang, Locale};
use crate::mention::{Id, Language};
use crate::plan::{Hours, Localized, Opening, Period, Plan};
use crate::tr;

use super::PlanPage;
use super::document::{Block, Fact, Mark, Piece, Rule, Section, Tone, Words};

/// The anchors' kinds: the tables of the plan that others refer to.
pub(super) const INITIATIVE: &str = "initiative";
pub(super) const STAKEHOLDER: &str = "stakeholder";
pub(super) const MESSAGE: &str = "message";
pub(super) const FACT: &str = "fact";
pub(super) const HOLDING: &str = "holding";
pub(super) const PLACE: &str = "place";
pub(super) const PROTOCOL: &str = "protocol";
pub(super) const RUMOUR: &str = "rumour";
pub(super) const STEP: &str = "step";
pub(super) const TEMPLATE: &str = "template";

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Writes pieces of the page.
pub(super) struct Pen<'a> {
    pub plan: &'a Plan,
    pub locale: &'a Locale,
    pub now: DateTime<Utc>,
    languages: Vec<Language>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(page: PlanPage<'a>) -> Self {
        let languages = page.only.map_or_else(|| page.plan.organization.languages.clone(), |only| vec![only]);
        Self { plan: page.plan, locale: page.locale, now: page.now, languages }
    }

    /// A word of the page: `plan-page-<name>`.
    pub(super) fn word(&self, name: &str) -> String {
        self.locale.text(&format!("plan-page-{name}"))
    }

    /// The plan's words in every language shown. A text that is the same in all of them comes once; one that a single
    /// language lacks comes in the other.
    pub(super) fn said(&self, text: &Localized) -> Words {
        let first = self.languages.first().copied().unwrap_or(Language::En);
        let one = self.languages.iter().all(|language| text.exact(*language) == text.exact(first));
        if one && text.exact(first).is_some() {
            return Words::plain(text.get(first));
        }
        let texts: Vec<(Language, Option<String>)> =
            self.languages.iter().map(|language| (*language, text.exact(*language).map(str::to_owned))).collect();
        if texts.iter().any(|(_, text)| text.is_some()) {
            return Words(vec![Piece::Said(texts)]);
        }
        Words(vec![Piece::Said(text.texts().map(|(language, text)| (language, Some(text.to_owned()))).collect())])
    }

    /// A section under `plan-page-<id>`, with the note `plan-page-<id>-note`.
    pub(super) fn section(&self, id: &'static str, blocks: Vec<Block>) -> Section {
        Section { id, title: self.word(id), note: self.word(&format!("{id}-note")), blocks }
    }

    /// A fact under `plan-page-<label>`.
    pub(super) fn fact(&self, label: &str, value: Words) -> Fact {
        Fact { label: self.word(label), values: vec![value] }
    }

    /// The same where there is a value.
    pub(super) fn fact_if(&self, label: &str, value: Option<Words>) -> Option<Fact> {
        value.map(|value| self.fact(label, value))
    }

    /// The same for a plain text.
    pub(super) fn text_if(&self, label: &str, text: Option<&String>) -> Option<Fact> {
        self.fact_if(label, text.map(Words::plain))
    }

    /// A fact with several values; none where there are none.
    pub(super) fn facts_if(&self, label: &str, values: Vec<Words>) -> Option<Fact> {
        (!values.is_empty()).then(|| Fact { label: self.word(label), values })
    }

    /// The same for texts in languages.
    pub(super) fn said_if(&self, label: &str, texts: &[Localized]) -> Option<Fact> {
        self.facts_if(label, texts.iter().map(|text| self.said(text)).collect())
    }

    /// When something holds.
    pub(super) fn rule_if(&self, label: &str, rule: Option<&crate::plan::Rule>) -> Option<Fact> {
        self.fact_if(label, rule.map(rule_words))
    }

    /// References to entries of one kind by their ids.
    pub(super) fn references(&self, label: &str, kind: &str, ids: &[Id]) -> Option<Fact> {
        let all = Words::joined(ids.iter().map(|id| self.named(kind, id)), ", ");
        (!ids.is_empty()).then(|| self.fact(label, all))
    }

    /// A reference by the name people know in the page's language; what is known by its id goes by its id.
    pub(super) fn named(&self, kind: &str, id: &Id) -> Words {
        let plan = self.plan;
        let name = match kind {
            INITIATIVE => plan.initiatives.by_id(id).map(|initiative| &initiative.title),
            STAKEHOLDER => plan.stakeholders.by_id(id).map(|group| &group.name),
            PLACE => plan.places.by_id(id).map(|place| &place.name),
            _ => None,
        };
        let Some(name) = name else { return reference(kind, id) };
        Words(vec![Piece::Reference(name.get(self.locale.lang()).to_owned(), anchor(kind, id))])
    }

    /// Exact characters, one after the other.
    pub(super) fn codes(&self, label: &str, texts: &[String]) -> Option<Fact> {
        let all = Words::joined(texts.iter().map(Words::code), ", ");
        (!texts.is_empty()).then(|| self.fact(label, all))
    }

    /// A day, as it is written everywhere: `2026-11-20`.
    pub(super) fn day(day: NaiveDate) -> Words {
        Words::plain(day.format("%Y-%m-%d").to_string())
    }

    /// An instant in the plan's zone.
    pub(super) fn moment(&self, at: DateTime<Utc>) -> Words {
        let local = at.with_timezone(&self.plan.organization.hours.time_zone);
        Words::plain(local.format("%Y-%m-%d %H:%M").to_string())
    }

    /// A length of time in words.
    pub(super) fn period(&self, period: Period, business: bool) -> Words {
        let locale = self.locale;
        Words::plain(match period {
            Period::Minutes(minutes) if minutes.is_multiple_of(60) => {
                tr!(locale, "plan-page-hours-long", count = minutes / 60)
            }
            Period::Minutes(minutes) => tr!(locale, "plan-page-minutes-long", count = minutes),
            Period::Days(days) if business => tr!(locale, "plan-page-business-days-long", count = days),
            Period::Days(days) => tr!(locale, "plan-page-days-long", count = days),
        })
    }

    /// Yes or no.
    pub(super) fn yes_no(&self, yes: bool) -> Words {
        Words::plain(self.word(if yes { "yes" } else { "no" }))
    }

    /// Points with their sign.
    pub(super) fn points(points: i32) -> Words {
        Words::plain(if points == 0 { "0".to_owned() } else { format!("{points:+}").replace('-', "−") })
    }

    /// Published hours, days with the same ones together.
    pub(super) fn hours(&self, hours: &Hours) -> Vec<Words> {
        let mut lines = Vec::new();
        let mut day = 0;
        while day < 7 {
            let last = (day..7).take_while(|other| hours.week[*other] == hours.week[day]).last().unwrap_or(day);
            if !hours.week[day].is_empty() {
                let name = |day: usize| self.locale.word("plan-page-weekday", WEEKDAYS[day]);
                let days = if last > day { format!("{} – {}", name(day), name(last)) } else { name(day) };
                let openings: Vec<String> = hours.week[day].iter().map(|opening| self.opening(*opening)).collect();
                let openings = openings.join(", ");
                lines.push(Words::plain(tr!(self.locale, "plan-page-opening", days = days, openings = openings)));
            }
            day = last + 1;
        }
        lines
    }

    fn opening(&self, opening: Opening) -> String {
        let clock = |minute: u16| match self.locale.lang() {
            Lang::En => format!("{:02}:{:02}", minute / 60, minute % 60),
            Lang::Fr => format!("{} h {:02}", minute / 60, minute % 60),
        };
        format!("{}–{}", clock(opening.start), clock(opening.end))
    }

    /// The word of a token of the vocabulary.
    pub(super) fn token(&self, family: &str, token: &str) -> Words {
        Words::plain(self.locale.word(family, token))
    }

    /// Links, one after the other.
    pub(super) fn links(&self, label: &str, urls: &[String]) -> Option<Fact> {
        self.facts_if(label, urls.iter().map(Words::link).collect())
    }

    /// A heading made of an id and a title.
    pub(super) fn titled(&self, id: &Id, title: &Localized) -> Words {
        self.said(title).then(" ").then(Words::code(&**id))
    }

    /// A state in a word of the page.
    pub(super) fn mark(&self, name: &str, tone: Tone) -> Mark {
        Mark::new(self.word(name), tone)
    }
}

/// A rule taken apart.
pub(super) fn rule_words(rule: &crate::plan::Rule) -> Words {
    Words(vec![Piece::Rule(Rule::of(&rule.query))])
}

/// The name by which an entry of the page is referred to.
pub(super) fn anchor(kind: &str, id: &str) -> String {
    format!("{kind}-{id}")
}

/// A reference to the entry of this kind and id.
pub(super) fn reference(kind: &str, id: &Id) -> Words {
    Words(vec![Piece::Reference(id.to_string(), anchor(kind, id))])
}
