//! What the variables of a text stand for: for one mention, at one moment, in the language of the reply.
//!
//! What enters: the mention with what the plan says about it, the plan, an instant. What leaves: the filled text, or the
//! first variable that has no value. A name that brings an address, an account or a line of its own is no value: what a
//! stranger calls themselves never puts a link into an approved text.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::locale::{Clock24, Lang, Locale};
use crate::mention::{Id, Language};
use crate::pipeline::Assessed;
use crate::plan::{Hours, Opening, Plan, Variable, variables};
use crate::text::links;
use crate::tr;

/// A shown name longer than this is not a name one addresses somebody by.
const LONGEST_NAME: usize = 60;

/// The words of both languages: a reply follows the mention's language, not the person's.
static WORDS: LazyLock<[Locale; 2]> = LazyLock::new(|| [Locale::new(Lang::En), Locale::new(Lang::Fr)]);

/// What the variables of one text are filled from.
pub(super) struct Values<'a> {
    pub(super) assessed: &'a Assessed,
    pub(super) plan: &'a Plan,
    pub(super) now: DateTime<Utc>,
    /// The language of the text.
    pub(super) lang: Language,
    /// The page the text itself points to.
    pub(super) link: Option<&'a str>,
    /// The initiative the text belongs to; without one, the mention's first.
    pub(super) initiative: Option<&'a Id>,
    /// The next update is promised within so many minutes.
    pub(super) next_update: Option<u32>,
}

impl Values<'_> {
    /// `text` with every variable filled; else the first one that has no value here.
    pub(super) fn fill(&self, text: &str) -> Result<String, String> {
        variables::fill(text, |name| self.of(name)).map_err(|mut missing| missing.swap_remove(0))
    }

    fn of(&self, name: &str) -> Option<String> {
        let Ok(variable) = name.parse::<Variable>() else {
            return self.plan.variables.get(name).map(|value| value.get(self.lang).to_owned());
        };
        let zone = self.plan.organization.hours.time_zone;
        match variable {
            Variable::Name => self.name(),
            Variable::Handle => self.handle(),
            Variable::Organization => Some(self.plan.organization.name.get(self.lang).to_owned()),
            Variable::Initiative => {
                let first = || self.assessed.assessment.initiatives.first().map(|hit| &hit.id);
                let initiative = self.plan.initiatives.by_id(self.initiative.or_else(first)?)?;
                Some(initiative.title.get(self.lang).to_owned())
            }
            Variable::Link => self.link.map(str::to_owned),
            Variable::Date => Some(self.words().date(&self.now.with_timezone(&zone))),
            Variable::Time => Some(Clock24::text(self.words().lang(), &self.now.with_timezone(&zone))),
            Variable::Hours => hours(&self.plan.organization.hours, self.words()),
            Variable::NextUpdate => self.promised().map(|at| self.moment(at, zone)),
        }
    }

    fn words(&self) -> &'static Locale {
        &WORDS[usize::from(self.lang == Language::Fr)]
    }

    fn name(&self) -> Option<String> {
        let name = self.assessed.mention.author.name.as_deref()?.trim();
        let plain = links::find(name).is_empty() && links::handles(name).is_empty() && !name.contains(['\n', '\r']);
        let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
        (plain && fits).then(|| name.to_owned())
    }

    fn handle(&self) -> Option<String> {
        let handle = self.assessed.mention.author.handle.as_deref()?.trim().trim_start_matches('@');
        let plain = !handle.is_empty() && !handle.contains(char::is_whitespace) && !handle.contains("://");
        plain.then(|| format!("@{handle}"))
    }

    /// When the next update is promised: as the text says, else by when the service level wants an answer of substance.
    fn promised(&self) -> Option<DateTime<Utc>> {
        let minutes = self.next_update.map(|minutes| self.now + TimeDelta::minutes(i64::from(minutes)));
        minutes.or(self.assessed.assessment.clocks.substance_by.filter(|due| *due > self.now))
    }

    /// An instant's time of day, with its day unless that is today.
    fn moment(&self, at: DateTime<Utc>, zone: Tz) -> String {
        let (today, at) = (self.now.with_timezone(&zone), at.with_timezone(&zone));
        if at.date_naive() == today.date_naive() {
            Clock24::text(self.words().lang(), &at)
        } else {
            self.words().date_time(&at)
        }
    }
}

/// True when `text` addresses one person: it cannot be the same for several mentions.
pub(super) fn is_personal(text: &str) -> bool {
    asks_for(text, |variable| matches!(variable, Variable::Name | Variable::Handle))
}

/// True when `text` promises an update, whose moment follows from the mention where the text names none itself.
pub(super) fn is_timed(text: &str) -> bool {
    asks_for(text, |variable| matches!(variable, Variable::NextUpdate))
}

fn asks_for(text: &str, wanted: fn(Variable) -> bool) -> bool {
    let asks = |name: &str| name.parse().is_ok_and(wanted);
    variables::pieces(text).any(|piece| matches!(piece, variables::Piece::Variable(name, _) if asks(name)))
}

/// The first variable that a person's own words still hold unfilled: it would go out with its braces.
pub(super) fn unfilled(text: &str, plan: &Plan) -> Option<String> {
    let known = |name: &str| name.parse::<Variable>().is_ok() || plan.variables.get(name).is_some();
    variables::pieces(text).find_map(|piece| match piece {
        variables::Piece::Variable(name, _) if known(name) => Some(name.to_owned()),
        _ => None,
    })
}

/// The published hours in words, days with the same hours together; none where the organization is never open.
fn hours(hours: &Hours, words: &Locale) -> Option<String> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for day in (0..7).filter(|day| !hours.week[*day].is_empty()) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == day && hours.week[*last] == hours.week[day] => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let one = |(first, last): &(usize, usize)| {
        let day = |day: usize| words.word("weekday", &(day + 1).to_string());
        let days = if first == last {
            tr!(words, "hours-day", day = day(*first))
        } else {
            tr!(words, "hours-days", first = day(*first), last = day(*last))
        };
        let openings = hours.week[*first].iter().map(|opening| times(*opening, words));
        let times = openings.collect::<Vec<_>>().join(&format!(" {} ", words.text("hours-and")));
        tr!(words, "hours-line", days = days, times = times)
    };
    let lines: Vec<String> = runs.iter().map(one).collect();
    (!lines.is_empty()).then(|| lines.join("; "))
}

fn times(opening: Opening, words: &Locale) -> String {
    // Any day will do: only its time is written.
    let midnight = NaiveDate::default().and_time(chrono::NaiveTime::MIN).and_utc();
    let time = |minute: u16| Clock24::text(words.lang(), &(midnight + TimeDelta::minutes(i64::from(minute))));
    tr!(words, "hours-times", from = time(opening.start), until = time(opening.end))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn open(start: u16, end: u16) -> Opening {
        Opening { start: start * 60, end: end * 60 }
    }

    fn office() -> Hours {
        let mut office = Hours::nine_to_five(Tz::UTC);
        office.week[2] = vec![open(9, 12), open(13, 17)];
        office.week[5] = vec![open(10, 14)];
        office
    }

    #[rstest]
    #[case::english(Hours::nine_to_five(Tz::UTC), Lang::En, "Monday to Friday, 09:00 to 17:00")]
    #[case::french(Hours::nine_to_five(Tz::UTC), Lang::Fr, "du lundi au vendredi, de 09 h 00 à 17 h 00")]
    #[case::days_of_their_own(
        office(),
        Lang::En,
        "Monday to Tuesday, 09:00 to 17:00; Wednesday, 09:00 to 12:00 and 13:00 to 17:00; \
         Thursday to Friday, 09:00 to 17:00; Saturday, 10:00 to 14:00"
    )]
    fn hours_are_told_by_days_alike(#[case] office: Hours, #[case] lang: Lang, #[case] expected: &str) {
        assert_eq!(hours(&office, &Locale::new(lang)).as_deref(), Some(expected));
    }

    #[test]
    fn never_open_is_no_value() {
        let closed = Hours { week: Default::default(), ..Hours::nine_to_five(Tz::UTC) };
        assert_eq!(hours(&closed, &Locale::new(Lang::En)), None);
    }

    #[rstest]
    #[case("Hello {name}", true)]
    #[case("{handle}: {date}", true)]
    #[case("{{name}} on {date}", false)]
    fn a_text_that_addresses_somebody_is_known(#[case] text: &str, #[case] personal: bool) {
        assert_eq!(is_personal(text), personal);
    }
}
