//! The fields of the language: their names, the stage each begins to work in, their values.
//!
//! What enters: a field's name, comparison and value as written. What leaves: a [`Test`], or the typed
//! error with the values that would do. [`Test::holds`] asks a subject.

use std::cmp::Ordering;
use std::str::FromStr;

use strum::IntoEnumIterator;

use crate::mention::{Intent, Kind, Level, Network, Status};
use crate::query::closest::closest;
use crate::query::error::{Expected, QueryErrorKind};
use crate::query::{Stage, Subject};

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
    /// `is:question`
    Is(Is),
    /// `status:closed`
    Status(StatusTest),
    /// `priority<=P2`: P1 is the least number and the most urgent.
    Priority(Comparison, Level),
    /// `age<2h`, in seconds.
    Age(Comparison, u64),
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
    fn holds(&self, id: &str) -> bool {
        let head = if self.prefix { id.get(..self.id.len()) } else { Some(id) };
        head.is_some_and(|head| head.eq_ignore_ascii_case(&self.id))
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
    /// A question.
    Question,
    /// A request for service.
    Request,
    /// About this town.
    Relevant,
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

    fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match left.cmp(right) {
            Ordering::Less => matches!(self, Self::Less | Self::LessOrEqual),
            Ordering::Equal => matches!(self, Self::LessOrEqual | Self::Equal | Self::GreaterOrEqual),
            Ordering::Greater => matches!(self, Self::GreaterOrEqual | Self::Greater),
        }
    }
}

/// Every field with the first stage it works in and whether it can be compared.
const FIELDS: [(&str, Stage, bool); 16] = [
    ("author", Stage::Match, false),
    ("network", Stage::Match, false),
    ("source", Stage::Match, false),
    ("lang", Stage::Match, false),
    ("kind", Stage::Match, false),
    ("has", Stage::Match, false),
    ("followers", Stage::Match, true),
    ("likes", Stage::Match, true),
    ("reposts", Stage::Match, true),
    ("initiative", Stage::Verdict, false),
    ("stakeholder", Stage::Verdict, false),
    ("message", Stage::Verdict, false),
    ("is", Stage::Verdict, false),
    ("status", Stage::Desk, false),
    ("priority", Stage::Desk, true),
    ("age", Stage::Desk, true),
];

/// The field called `name`, for a query of `stage` that holds it against a value with `sign`. Otherwise what is
/// wrong, and the name that was perhaps meant.
pub(super) fn find(
    name: &str,
    stage: Stage,
    sign: &str,
) -> Result<&'static str, (QueryErrorKind, Option<&'static str>)> {
    let found = FIELDS.iter().find(|(field, ..)| field.eq_ignore_ascii_case(name));
    let Some(&(field, works_in, comparable)) = found else {
        let usable = FIELDS.iter().filter(|(_, works_in, _)| *works_in <= stage).map(|(field, ..)| *field);
        return Err((QueryErrorKind::UnknownField { name: name.to_owned() }, closest(name, usable)));
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

/// The test of a field that [`find`] gave, but for `author`, which is about words.
pub(super) fn test(field: &'static str, sign: &str, value: &str) -> Result<Test, BadValue> {
    let comparison = Comparison::from_sign(sign);
    Ok(match field {
        "network" => Test::Network(Network::from_token(&id(value)?)),
        "source" => Test::Source(pattern(value)?),
        "initiative" => Test::Initiative(pattern(value)?),
        "stakeholder" => Test::Stakeholder(pattern(value)?),
        "message" => Test::Message(pattern(value)?),
        "lang" => Test::Lang(language(value)?),
        "kind" => Test::Kind(token(value, Kind::iter().map(Kind::token))?),
        "has" => Test::Has(token(value, Has::iter().map(Into::into))?),
        "is" => Test::Is(token(value, Is::iter().map(Into::into))?),
        "status" if value.eq_ignore_ascii_case("open") => Test::Status(StatusTest::Open),
        "status" => {
            let tokens = std::iter::once("open").chain(Status::iter().map(Status::token));
            Test::Status(StatusTest::Is(token(value, tokens)?))
        }
        "priority" => {
            let upper = value.to_ascii_uppercase();
            Test::Priority(comparison, token(&upper, Level::iter().map(Level::token))?)
        }
        "age" => Test::Age(comparison, duration(value).ok_or((Expected::Duration, None))?),
        "followers" => Test::Metric(Metric::Followers, comparison, number(value)?),
        "likes" => Test::Metric(Metric::Likes, comparison, number(value)?),
        _ => Test::Metric(Metric::Reposts, comparison, number(value)?),
    })
}

/// One of a closed list; the error names the list and the nearest token.
fn token<T: FromStr>(value: &str, tokens: impl Iterator<Item = &'static str>) -> Result<T, BadValue> {
    let tokens: Vec<&'static str> = tokens.collect();
    let known = tokens.iter().find(|token| token.eq_ignore_ascii_case(value));
    known.and_then(|token| token.parse().ok()).ok_or_else(|| {
        let near = closest(value, tokens.iter().copied()).map(str::to_owned);
        (Expected::OneOf(tokens), near)
    })
}

fn id(value: &str) -> Result<String, BadValue> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !value.is_empty() && value.chars().all(plain) { Ok(value.to_owned()) } else { Err((Expected::Id, None)) }
}

fn pattern(value: &str) -> Result<IdPattern, BadValue> {
    // `*` alone is any id.
    if value == "*" {
        return Ok(IdPattern { id: String::new(), prefix: true });
    }
    let (head, prefix) = value.strip_suffix('*').map_or((value, false), |head| (head, true));
    Ok(IdPattern { id: id(head)?, prefix })
}

fn language(value: &str) -> Result<String, BadValue> {
    let subtag = |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let value = value.replace('_', "-").to_ascii_lowercase();
    let primary = value.split('-').next().unwrap_or_default();
    let good = primary.len() >= 2 && primary.bytes().all(|b| b.is_ascii_alphabetic()) && value.split('-').all(subtag);
    if good { Ok(value) } else { Err((Expected::Language, None)) }
}

fn number(value: &str) -> Result<u64, BadValue> {
    value.replace(['_', ','], "").parse().map_err(|_| (Expected::Number, None))
}

/// `90s`, `15m`, `4h`, `2d`, `1w` in seconds; at most a thousand years.
fn duration(value: &str) -> Option<u64> {
    let unit = value.chars().next_back()?;
    let seconds = match unit.to_ascii_lowercase() {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        _ => return None,
    };
    let count: u64 = value[..value.len() - unit.len_utf8()].parse().ok()?;
    count.checked_mul(seconds).filter(|total| *total <= 1_000 * 366 * 86_400)
}

impl Test {
    /// Asks `subject`; what it does not know does not hold.
    pub fn holds<S: Subject + ?Sized>(&self, subject: &S) -> bool {
        match self {
            Self::Network(network) => subject.network() == network.token(),
            Self::Source(pattern) => pattern.holds(subject.source()),
            Self::Lang(wanted) => {
                let found = subject.verdict().and_then(|verdict| verdict.language()).or_else(|| subject.lang());
                found.is_some_and(|found| language_fits(wanted, found))
            }
            Self::Kind(kind) => subject.kind() == *kind,
            Self::Has(Has::Link) => subject.has_link(),
            Self::Has(Has::Media) => subject.has_media(),
            Self::Metric(metric, comparison, value) => {
                let known = match metric {
                    Metric::Followers => subject.followers(),
                    Metric::Likes => subject.likes(),
                    Metric::Reposts => subject.reposts(),
                };
                known.is_some_and(|known| comparison.holds(&known, value))
            }
            Self::Initiative(_) | Self::Stakeholder(_) | Self::Message(_) | Self::Is(_) => self.holds_verdict(subject),
            Self::Status(_) | Self::Priority(..) | Self::Age(..) => self.holds_desk(subject),
        }
    }

    fn holds_verdict<S: Subject + ?Sized>(&self, subject: &S) -> bool {
        let Some(verdict) = subject.verdict() else { return false };
        match self {
            Self::Initiative(pattern) => verdict.any_initiative(&mut |id| pattern.holds(id)),
            Self::Stakeholder(pattern) => verdict.any_stakeholder(&mut |id| pattern.holds(id)),
            Self::Message(pattern) => verdict.any_message(&mut |id| pattern.holds(id)),
            Self::Is(Is::Question) => verdict.has_intent(Intent::Question),
            Self::Is(Is::Request) => verdict.has_intent(Intent::ServiceRequest),
            Self::Is(Is::Relevant) => verdict.relevant(),
            _ => false,
        }
    }

    fn holds_desk<S: Subject + ?Sized>(&self, subject: &S) -> bool {
        let Some(desk) = subject.desk() else { return false };
        match self {
            Self::Status(StatusTest::Open) => desk.status().is_open(),
            Self::Status(StatusTest::Is(status)) => desk.status() == *status,
            Self::Priority(comparison, level) => desk.level().is_some_and(|found| comparison.holds(&found, level)),
            Self::Age(comparison, seconds) => {
                comparison.holds(&desk.age().num_seconds(), &i64::try_from(*seconds).unwrap_or(i64::MAX))
            }
            _ => false,
        }
    }
}

/// `fr` fits `fr-CA`; `fr-CA` fits only itself.
fn language_fits(wanted: &str, found: &str) -> bool {
    let same = |a: &str, b: &str| {
        a.len() == b.len()
            && a.bytes().zip(b.bytes()).all(|(a, b)| a == b.to_ascii_lowercase() || (a == b'-' && b == b'_'))
    };
    let primary = found.split(['-', '_']).next().unwrap_or_default();
    same(wanted, found) || same(wanted, primary)
}
