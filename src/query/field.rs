//! The fields of the language: their names, the stage each begins to work in, their values.
//!
//! What enters: a field's name, comparison and value as written. What leaves: a [`Test`], or the typed
//! error with the values that would do. [`Test::holds`] asks a subject.

mod holds;
mod values;

use std::cmp::Ordering;

use chrono::{NaiveDate, NaiveDateTime};

use crate::mention::{Danger, Intent, Kind, Level, Network, PostType, Status, Target, Tone};
use crate::query::Stage;
use crate::query::closest::closest;
use crate::query::error::{Expected, QueryErrorKind};

pub(super) use values::{test, values};

/// A test that looks at a field, not at words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `network:x`
    Network(Network),
    /// `source:inbox`
    Source(IdPattern),
    /// `lang:fr`, lower case; `fr` holds for `fr-CA` too.
    Lang(String),
    /// `kind:reply`
    Kind(Kind),
    /// `has:link`
    Has(Has),
    /// `followers>1000`
    Metric(Metric, Comparison, u64),
    /// `initiative:water`
    Initiative(IdPattern),
    /// `stakeholder:media`
    Stakeholder(IdPattern),
    /// `message:KM-2`
    Message(IdPattern),
    /// `place:harbour`
    Place(IdPattern),
    /// `rumour:fluoride`
    Rumour(IdPattern),
    /// `protocol:threat`
    Protocol(IdPattern),
    /// `criterion:local`
    Criterion(IdPattern),
    /// `clause:personal-attack`
    Clause(IdPattern),
    /// `tone:negative`
    Tone(Tone),
    /// `hostility>=2`
    Hostility(Comparison, u8),
    /// `target:staff`
    Target(Target),
    /// `danger:threat`
    Danger(Danger),
    /// `type:rager`
    Type(PostType),
    /// `urgency>=2`
    Urgency(Comparison, u8),
    /// `cluster>10`
    Cluster(Comparison, u64),
    /// `surge:water`; `surge:*` is any, everything together included.
    Surge(IdPattern),
    /// `is:question`
    Is(Is),
    /// `status:closed`
    Status(StatusTest),
    /// `priority<=P2`: P1 is the least number and the most urgent.
    Priority(Comparison, Level),
    /// `age<2h`, in seconds.
    Age(Comparison, u64),
    /// `posted>2026-11-01`
    Posted(Comparison, Moment),
}

/// A day, or a minute of one, in the plan's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// `2026-11-01`: the whole day is equal to it.
    Day(NaiveDate),
    /// `2026-11-01T09:30`: the whole minute is equal to it.
    Minute(NaiveDateTime),
}

/// An id, or the ids that begin so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdPattern {
    /// As written, without `*`; case does not matter.
    pub id: String,
    /// Any id that begins so.
    pub prefix: bool,
}

impl IdPattern {
    /// Whether it means this id.
    pub fn holds(&self, id: &str) -> bool {
        let head = if self.prefix { id.get(..self.id.len()) } else { Some(id) };
        head.is_some_and(|head| head.eq_ignore_ascii_case(&self.id))
    }
}

impl Test {
    /// The first stage it works in, and the field with what of its value decides that.
    pub(super) fn works_in(&self) -> Option<(&'static str, Stage)> {
        match self {
            Self::Is(is) => Some((is.written(), is.works_in())),
            _ => None,
        }
    }
}

/// What `has:` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Has {
    /// A link.
    Link,
    /// A picture, film or sound.
    Media,
}

/// What `is:` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Is {
    /// Others reposted it.
    Reposted,
    /// A question.
    Question,
    /// A request for service.
    Request,
    /// Says that something is wrong.
    Complaint,
    /// Asserts what can be checked.
    Claim,
    /// Thanks.
    Thanks,
    /// A journalist asks.
    Media,
    /// About this town.
    Relevant,
}

impl Is {
    /// It with its field, as it is written.
    pub fn written(self) -> &'static str {
        match self {
            Self::Reposted => "is:reposted",
            Self::Question => "is:question",
            Self::Request => "is:request",
            Self::Complaint => "is:complaint",
            Self::Claim => "is:claim",
            Self::Thanks => "is:thanks",
            Self::Media => "is:media",
            Self::Relevant => "is:relevant",
        }
    }

    /// The first stage that knows.
    pub fn works_in(self) -> Stage {
        match self {
            Self::Reposted => Stage::Match,
            _ => Stage::Verdict,
        }
    }

    /// The intent it asks for, where it asks for one.
    pub fn intent(self) -> Option<Intent> {
        match self {
            Self::Question => Some(Intent::Question),
            Self::Request => Some(Intent::ServiceRequest),
            Self::Complaint => Some(Intent::Complaint),
            Self::Claim => Some(Intent::Claim),
            Self::Thanks => Some(Intent::Thanks),
            Self::Media => Some(Intent::MediaInquiry),
            Self::Reposted | Self::Relevant => None,
        }
    }
}

/// Numbers the network gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// The author's followers.
    Followers,
    /// Likes.
    Likes,
    /// Reposts.
    Reposts,
}

/// What `status:` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusTest {
    /// Anything but closed.
    Open,
    /// Exactly this.
    Is(Status),
}

/// How a field is held against its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `=` or `:`
    Equal,
    /// `>=`
    GreaterOrEqual,
    /// `>`
    Greater,
}

impl Comparison {
    /// The sign as printed.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Equal => "=",
            Self::GreaterOrEqual => ">=",
            Self::Greater => ">",
        }
    }

    fn from_sign(sign: &str) -> Self {
        match sign {
            "<" => Self::Less,
            "<=" => Self::LessOrEqual,
            ">" => Self::Greater,
            ">=" => Self::GreaterOrEqual,
            _ => Self::Equal,
        }
    }

    /// Whether `left` stands so to `right`.
    pub fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match left.cmp(right) {
            Ordering::Less => matches!(self, Self::Less | Self::LessOrEqual),
            Ordering::Equal => matches!(self, Self::LessOrEqual | Self::Equal | Self::GreaterOrEqual),
            Ordering::Greater => matches!(self, Self::GreaterOrEqual | Self::Greater),
        }
    }
}

/// A field of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name, lower case.
    pub name: &'static str,
    /// The first stage it works in.
    pub works_in: Stage,
    /// It takes `<`, `<=`, `>` and `>=` besides `:` and `=`.
    pub comparable: bool,
    /// A query that asks for it.
    pub example: &'static str,
}

const fn field(name: &'static str, works_in: Stage, example: &'static str) -> Field {
    Field { name, works_in, comparable: false, example }
}

const fn compared(name: &'static str, works_in: Stage, example: &'static str) -> Field {
    Field { comparable: true, ..field(name, works_in, example) }
}

/// Every field, those that work everywhere first.
pub const FIELDS: [Field; 31] = [
    field("author", Stage::Match, "author:\"@sentinel*\""),
    field("url", Stage::Match, "url:sentinel.example"),
    field("network", Stage::Match, "network:bluesky"),
    field("source", Stage::Match, "source:inbox"),
    field("lang", Stage::Match, "lang:fr"),
    field("kind", Stage::Match, "kind:reply"),
    field("place", Stage::Match, "place:harbour"),
    field("has", Stage::Match, "has:link"),
    field("is", Stage::Match, "is:reposted"),
    compared("followers", Stage::Match, "followers>1000"),
    compared("likes", Stage::Match, "likes>=5"),
    compared("reposts", Stage::Match, "reposts>0"),
    field("initiative", Stage::Verdict, "initiative:water"),
    field("stakeholder", Stage::Verdict, "stakeholder:media"),
    field("message", Stage::Verdict, "message:KM-2"),
    field("rumour", Stage::Verdict, "rumour:fluoride"),
    field("protocol", Stage::Verdict, "protocol:threat"),
    field("criterion", Stage::Verdict, "criterion:local"),
    field("tone", Stage::Verdict, "tone:negative"),
    compared("hostility", Stage::Verdict, "hostility>=2"),
    field("target", Stage::Verdict, "target:staff"),
    field("danger", Stage::Verdict, "danger:threat"),
    field("type", Stage::Verdict, "type:rager"),
    compared("urgency", Stage::Verdict, "urgency>=2"),
    compared("cluster", Stage::Verdict, "cluster>10"),
    field("surge", Stage::Verdict, "surge:water"),
    field("clause", Stage::Desk, "clause:insults"),
    field("status", Stage::Desk, "status:open"),
    compared("priority", Stage::Desk, "priority<=P2"),
    compared("age", Stage::Desk, "age<2h"),
    compared("posted", Stage::Desk, "posted>2026-11-01"),
];

/// What fields are called elsewhere.
const ALIASES: [(&str, &str); 23] = [
    ("by", "author"),
    ("channel", "network"),
    ("date", "posted"),
    ("domain", "url"),
    ("fans", "followers"),
    ("favorites", "likes"),
    ("from", "author"),
    ("handle", "author"),
    ("host", "url"),
    ("language", "lang"),
    ("link", "url"),
    ("location", "place"),
    ("platform", "network"),
    ("reach", "followers"),
    ("retweets", "reposts"),
    ("sentiment", "tone"),
    ("shares", "reposts"),
    ("since", "posted"),
    ("site", "url"),
    ("topic", "initiative"),
    ("threat", "danger"),
    ("trend", "surge"),
    ("user", "author"),
];

/// The field called `name`, for a query of `stage` that holds it against a value with `sign`. Otherwise what is
/// wrong, and the name that was perhaps meant.
pub(super) fn find(
    name: &str,
    stage: Stage,
    sign: &str,
) -> Result<&'static str, (QueryErrorKind, Option<&'static str>)> {
    let found = FIELDS.iter().find(|field| field.name.eq_ignore_ascii_case(name));
    let Some(&Field { name: field, works_in, comparable, .. }) = found else {
        let is_usable = |name: &&str| FIELDS.iter().any(|field| field.name == *name && field.works_in <= stage);
        let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name)).map(|(_, field)| *field);
        let near = || closest(name, FIELDS.iter().map(|field| field.name).filter(is_usable));
        let kind = QueryErrorKind::UnknownField { name: name.to_owned() };
        return Err((kind, alias.filter(is_usable).or_else(near)));
    };
    if works_in > stage {
        return Err((QueryErrorKind::FieldStage { field, works_in }, None));
    }
    if !comparable && sign != ":" && sign != "=" {
        return Err((QueryErrorKind::BadComparison { field, found: sign.to_owned() }, None));
    }
    Ok(field)
}

/// A value that will not do: what would, and the nearest to what was written.
pub(super) type BadValue = (Expected, Option<String>);
