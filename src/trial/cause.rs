//! Why an assessment came as it did: the rules that held with their words, the ones that did not, the points, the answers.
//!
//! What enters: what was found out about a mention, and the part of it that is asked about. What leaves: typed causes, each
//! with its place in the plan; [`super::wording`] words them. Whatever comes from the plan or the mention is made safe
//! to show here.

mod ground;

use chrono_tz::Tz;
use serde::{Serialize, Serializer};

use crate::mention::{Confidence, Id, Language, Level};
use crate::pipeline::{Assessment, Bound};
use crate::plan::At;
use crate::query::Lacking;
use crate::reply::Blocked;
use crate::text::clean_line;

pub(super) use ground::Ground;

/// One reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// A rule did not hold.
    Silent {
        /// Its name.
        rule: Id,
        /// Its place.
        at: At,
        /// What would have made it hold, as its query spells it; the nearest way only.
        #[serde(serialize_with = "asked")]
        lacks: Lacking,
    },
    /// A rule held.
    Held {
        /// Its name.
        rule: Id,
        /// Its place.
        at: At,
        /// What it found in the text; empty when something else decided, such as the author.
        words: Vec<String>,
    },
    /// A rule says that it is not about the organization, which takes the initiatives and messages away.
    Against {
        /// Its name.
        rule: Id,
        /// Its place.
        at: At,
        /// What it found in the text.
        words: Vec<String>,
    },
    /// No initiative and no criterion speaks for it.
    NothingSpeaks,
    /// The author's account is one of the group's, or is not.
    Account {
        /// The group.
        id: Id,
        /// Whether it is.
        there: bool,
        /// Where its accounts stand.
        at: At,
    },
    /// Nothing in the plan looks for it: it has no rule.
    NoRule {
        /// What has none.
        id: Id,
        /// Its place.
        at: At,
    },
    /// Messages come with an initiative, and that one is there, or is not.
    Through {
        /// The messages.
        ids: Vec<Id>,
        /// The initiative.
        initiative: Id,
        /// Whether the initiative is there.
        there: bool,
    },
    /// A retired message never answers.
    Retired {
        /// The message.
        id: Id,
        /// Its place.
        at: At,
    },
    /// A reply is offered and must not be copied.
    Blocked {
        /// What it is made of.
        id: Id,
        /// The plan's zone, in which instants are told.
        #[serde(skip)]
        zone: Tz,
        /// What stands in the way.
        #[serde(serialize_with = "in_the_way")]
        reason: Blocked,
    },
    /// A reply is not offered to a mention of this level.
    NotOffered {
        /// What it would be made of.
        id: Id,
        /// The mention's level.
        level: Level,
    },
    /// The score and the level it gives alone.
    Score {
        /// The sum of the points.
        score: i32,
        /// The level of that sum.
        level: Level,
    },
    /// A contribution to the score.
    Points {
        /// What gives them.
        name: String,
        /// How many.
        points: i32,
        /// Where the plan says so; none for a built-in rule.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<At>,
    },
    /// A floor held.
    Floor {
        /// Its name.
        name: Id,
        /// Its level.
        level: Level,
        /// Its place.
        at: At,
    },
    /// A cap held.
    Cap {
        /// Its name.
        name: Id,
        /// Its level.
        level: Level,
        /// Its place.
        at: At,
    },
    /// How a step of the road map was answered.
    Answer {
        /// The step.
        step: Id,
        /// Its answer.
        yes: bool,
        /// True when nobody answered: the plan assumes it.
        assumed: bool,
        /// Its rule's place, else its own.
        at: At,
    },
    /// The language as it was taken.
    Language {
        /// Which.
        code: Language,
        /// From 0 to 1.
        confidence: Confidence,
    },
    /// What in the text shows an intent.
    Evidence {
        /// The intent.
        intent: &'static str,
        /// What shows it.
        words: Vec<String>,
    },
    /// No built-in rule finds that intent.
    NoEvidence {
        /// The intent.
        intent: Id,
    },
}

/// Each cause once, and the messages that come with one initiative together.
pub(super) fn gathered(causes: impl Iterator<Item = Cause>) -> Vec<Cause> {
    let mut kept: Vec<Cause> = Vec::new();
    for cause in causes {
        if kept.contains(&cause) {
            continue;
        }
        let Cause::Through { ids, initiative, there } = &cause else {
            kept.push(cause);
            continue;
        };
        let same = kept.iter_mut().find_map(|known| match known {
            Cause::Through { ids, initiative: of, there: known } if of == initiative && known == there => Some(ids),
            _ => None,
        });
        match same {
            Some(known) => known.extend(ids.iter().filter(|id| !known.contains(id)).cloned().collect::<Vec<_>>()),
            None => kept.push(cause),
        }
    }
    kept
}

/// The contributions to the score, as the NDJSON output spells them.
pub(super) fn points(assessment: &Assessment) -> impl Iterator<Item = Cause> {
    assessment.priority.reasons.iter().map(|reason| Cause::Points {
        name: clean_line(&reason.name()).into_owned(),
        points: reason.points,
        at: reason.at.clone(),
    })
}

pub(super) fn floor(bound: &Bound) -> Cause {
    Cause::Floor { name: safe(&bound.name), level: bound.level, at: bound.at.clone() }
}

pub(super) fn cap(bound: &Bound) -> Cause {
    Cause::Cap { name: safe(&bound.name), level: bound.level, at: bound.at.clone() }
}

/// The parts of the query that stand in the way.
fn asked<S: Serializer>(lacks: &Lacking, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(lacks.lacks.iter().map(|lack| clean_line(&lack.asked.to_string()).into_owned()))
}

/// The reason's name for scripts.
fn in_the_way<S: Serializer>(reason: &Blocked, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match reason {
        Blocked::AuthorDeleted => "author_deleted",
        Blocked::Draft => "draft",
        Blocked::Retired => "retired",
        Blocked::NotYetValid(_) => "not_yet_valid",
        Blocked::Expired(_) => "expired",
        Blocked::NoApprover | Blocked::NoApproverOfLine => "no_approver",
        Blocked::Protocol { .. } => "protocol",
        Blocked::ElectionPeriod { .. } => "election_period",
        Blocked::Rumour { .. } => "rumour",
        Blocked::Variable { .. } => "variable",
        Blocked::Fact { .. } => "fact",
    })
}

/// A name of the plan without control or format characters.
pub(super) fn safe(name: &Id) -> Id {
    match clean_line(name) {
        std::borrow::Cow::Borrowed(_) => name.clone(),
        std::borrow::Cow::Owned(clean) => clean.into(),
    }
}
