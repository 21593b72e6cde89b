//! What is talked about more than usual: all rises there are, the strongest first, and what changed since they were last told.
//!
//! What enters: the whole list, whenever it may have changed. What leaves: the list for the views, and the turns that a
//! person is told once: a rise begins, grows stronger, is over. Everything together has no initiative.

use crate::locale::Locale;
use crate::mention::Id;
use crate::pipeline::Surge;
use crate::plan::Plan;
use crate::tr;

/// So many words that rose are told in one line.
const TERMS: usize = 4;

/// A change that is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// More is said than usual.
    Begun(Surge),
    /// Its level rose.
    Grown(Surge),
    /// As much is said as usual.
    Over(Surge),
}

/// All rises, the strongest first; of equal ones the newer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Surges {
    list: Vec<Surge>,
}

impl Surges {
    /// The rises there are.
    pub fn list(&self) -> &[Surge] {
        &self.list
    }

    /// The rise of an initiative that goes on.
    pub fn of(&self, initiative: Option<&str>) -> Option<&Surge> {
        self.list.iter().find(|surge| surge.initiative.as_deref() == initiative)
    }

    /// The level of an initiative's rise that goes on.
    pub fn level_of(&self, initiative: &Id) -> Option<u8> {
        self.of(Some(initiative)).map(|surge| surge.level)
    }

    /// True when a row that was part of these rises is part of one that goes on; `*` is everything together.
    pub fn goes_on(&self, ids: &[Id]) -> bool {
        ids.iter().any(|id| self.of((&**id != "*").then_some(id)).is_some())
    }

    /// Takes all rises there are now; answers with what changed, endings first.
    pub fn told(&mut self, mut now: Vec<Surge>) -> Vec<Turn> {
        now.sort_by_key(|surge| (std::cmp::Reverse((surge.level, surge.since)), surge.initiative.clone()));
        let before = std::mem::replace(&mut self.list, now);
        let is_over = |surge: &Surge| self.of(surge.initiative.as_deref()).is_none();
        let mut turns: Vec<Turn> = before.iter().filter(|surge| is_over(surge)).cloned().map(Turn::Over).collect();
        // The strongest is told last: one line shows the last.
        for surge in self.list.iter().rev() {
            let known = before.iter().find(|known| known.initiative == surge.initiative);
            match known.map(|known| known.level) {
                None => turns.push(Turn::Begun(surge.clone())),
                Some(level) if level < surge.level => turns.push(Turn::Grown(surge.clone())),
                Some(_) => {}
            }
        }
        turns
    }
}

impl Turn {
    /// The change in the person's language.
    pub fn wording(&self, plan: &Plan, locale: &Locale) -> String {
        let (name, surge) = match self {
            Self::Begun(surge) => ("desk-surge-begun", surge),
            Self::Grown(surge) => ("desk-surge-grown", surge),
            Self::Over(surge) => ("desk-surge-over", surge),
        };
        let (subject, level) = (subject(surge, plan, locale), level(surge, locale));
        match terms(surge) {
            terms if terms.is_empty() || matches!(self, Self::Over(_)) => {
                tr!(locale, name, subject = subject, level = level)
            }
            terms => format!("{}: {terms}", tr!(locale, name, subject = subject, level = level)),
        }
    }
}

/// What is talked about: the initiative's title, or everything together.
pub fn subject(surge: &Surge, plan: &Plan, locale: &Locale) -> String {
    match &surge.initiative {
        None => locale.text("desk-surge-everything"),
        Some(id) => {
            plan.initiatives.by_id(id).map_or_else(|| id.to_string(), |known| known.title.get(locale.lang()).to_owned())
        }
    }
}

/// The word for its level.
pub fn level(surge: &Surge, locale: &Locale) -> String {
    locale.text(match surge.level {
        0 | 1 => "desk-surge-noticeable",
        2 => "desk-surge-strong",
        _ => "desk-surge-exceptional",
    })
}

/// The words that rose most.
pub fn terms(surge: &Surge) -> String {
    let terms: Vec<&str> = surge.terms.iter().take(TERMS).map(|term| &**term).collect();
    terms.join(", ")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A rise with as little in it as a test can do with.
    pub(crate) fn surge(initiative: Option<&str>, level: u8, terms: &[&str]) -> Surge {
        let since = "2026-11-20T19:42:00Z".parse().expect("an instant");
        Surge {
            initiative: initiative.map(Id::from),
            level,
            since,
            called: since,
            minutes: 30,
            organic: 20,
            volume: 24,
            usual_tenths: 21,
            terms: terms.iter().map(|term| (*term).into()).collect(),
            over_at: since + chrono::TimeDelta::hours(2),
        }
    }

    #[test]
    fn each_turn_is_told_once_and_the_strongest_last() {
        let mut surges = Surges::default();
        let (water, all) = (surge(Some("water"), 3, &["brown"]), surge(None, 1, &[]));
        let turns = surges.told(vec![all.clone(), water.clone()]);
        assert_eq!(turns, [Turn::Begun(all.clone()), Turn::Begun(water.clone())]);
        assert_eq!(surges.list()[0], water, "the strongest comes first");
        assert!(surges.told(vec![water.clone(), all.clone()]).is_empty());
        let grown = Surge { level: 2, ..all.clone() };
        assert_eq!(surges.told(vec![grown.clone()]), [Turn::Over(water), Turn::Grown(grown)]);
        assert!(surges.goes_on(&["*".into()]) && !surges.goes_on(&["water".into()]));
    }
}
