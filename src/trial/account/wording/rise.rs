//! What would raise the level.

use crate::query::wording;
use crate::tr;

use super::super::{Change, ChangeKind, Way};
use super::{Page, bound};

impl Page<'_> {
    /// A section for each higher level, the next one first.
    pub(super) fn rises(&mut self) {
        let (account, locale) = (self.account, self.locale);
        for rise in &account.rises {
            let points =
                if rise.points > 0 { tr!(locale, "why-rise-points", points = rise.points) } else { String::new() };
            self.heading(tr!(locale, "why-rise", level = rise.level.token()), points);
            if rise.ways.is_empty() {
                self.remark("   · ", &locale.text("why-rise-nothing"), None);
            }
            for way in &rise.ways {
                self.way(way);
            }
        }
    }

    /// The changes of one way under each other; the first has the sign.
    fn way(&mut self, way: &Way<'_>) {
        for (place, change) in way.changes.iter().enumerate() {
            let lead = if place == 0 { "   ↑ " } else { "   + " };
            self.say(lead, &self.change(change), Some(change.at));
        }
    }

    fn change(&self, change: &Change<'_>) -> String {
        let (locale, points) = (self.locale, format!("{:+}", change.points));
        let lang = locale.lang();
        let contribution = |found: &crate::plan::Contribution| {
            found.title.as_ref().map_or(found.name.to_string(), |title| title.get(lang).to_owned())
        };
        let words = match change.kind {
            ChangeKind::Floor(floor) => tr!(locale, "why-change-floor", title = bound(floor, locale)),
            ChangeKind::Protocol(protocol) => tr!(locale, "why-change-protocol", title = protocol.title.get(lang)),
            ChangeKind::NoCap(cap) => tr!(locale, "why-change-no-cap", title = bound(cap, locale)),
            ChangeKind::Contribution(found) => {
                tr!(locale, "why-change-points", points = points, title = contribution(found))
            }
            ChangeKind::NoContribution(found) => {
                tr!(locale, "why-change-no-points", points = points, title = contribution(found))
            }
            ChangeKind::Stakeholder(group) => {
                tr!(locale, "why-change-group", points = points, title = group.name.get(lang))
            }
            ChangeKind::Initiative(found) => {
                tr!(locale, "why-change-initiative", points = points, title = found.title.get(lang))
            }
            ChangeKind::Reach(step) => {
                return tr!(locale, "why-change-reach", points = points, followers = step.followers);
            }
        };
        let lacks = match &change.lacking {
            Some(lacking) => wording::lacking(lacking, &self.account.mention.text, locale),
            None => locale.text("why-only-handles"),
        };
        tr!(locale, "why-change-lacks", change = words, lacks = lacks)
    }
}
