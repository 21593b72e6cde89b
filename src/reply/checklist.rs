//! Five questions before a reply goes out. What the program can see it ticks; the rest is the person's to answer.

use chrono::{DateTime, Utc};
use strum::{EnumIter, IntoEnumIterator, IntoStaticStr};

use crate::locale::Locale;
use crate::mention::Id;
use crate::pipeline::Assessed;
use crate::plan::{FactState, Plan};
use crate::text::links;

/// A consideration before any reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Check {
    /// Does it say who speaks?
    Transparency,
    /// Does it say where that can be checked?
    Sourcing,
    /// Is it still in time?
    Timeliness,
    /// Does its tone become the office?
    Tone,
    /// Is the answer meant for those whose voice carries?
    Influence,
}

impl Check {
    /// The question in words.
    pub fn text(self, locale: &Locale) -> String {
        locale.word("reply-check", self.into())
    }
}

/// A consideration with what the program can say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    /// Which.
    pub check: Check,
    /// True when the program saw it answered; false leaves it to the person.
    pub ticked: bool,
}

/// The checklist for `text`, which rests on the key message `message` unchanged where one is given.
pub fn checklist(
    text: &str,
    message: Option<&Id>,
    assessed: &Assessed,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Vec<Checked> {
    let ticked = |check| match check {
        Check::Transparency => says_who(text, plan),
        Check::Sourcing => !links::find(text).is_empty() || message.is_some_and(|id| rests_on_facts(id, plan, now)),
        Check::Timeliness => {
            let clocks = &assessed.assessment.clocks;
            clocks.substance_by.or(clocks.acknowledge_by).is_some_and(|due| now <= due)
        }
        // No rule hears a tone or weighs a voice.
        Check::Tone | Check::Influence => false,
    };
    Check::iter().map(|check| Checked { check, ticked: ticked(check) }).collect()
}

/// True when the text names the organization or one of its accounts.
fn says_who(text: &str, plan: &Plan) -> bool {
    let text = text.to_lowercase();
    let named = plan.organization.name.texts().any(|(_, name)| text.contains(&name.to_lowercase()));
    named || links::handles(&text).into_iter().any(|span| plan.organization.owns_handle(&text[span]))
}

fn rests_on_facts(message: &Id, plan: &Plan, now: DateTime<Utc>) -> bool {
    let Some(message) = plan.messages.by_id(message) else { return false };
    let mut facts = message.facts.iter().filter_map(|id| plan.facts.by_id(id)).peekable();
    facts.peek().is_some() && facts.all(|fact| fact.state(now) == FactState::Verified && fact.source_url.is_some())
}
