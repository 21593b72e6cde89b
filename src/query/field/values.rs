//! The values of fields as people write them.
//!
//! What enters: the name of a field that is known, and what stands behind it. What leaves: the [`Test`], or
//! what would have been understood. Nothing is guessed.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use strum::IntoEnumIterator;

use super::{BadValue, Comparison, Has, IdPattern, Is, Metric, Moment, StatusTest, Test};
use crate::mention::{Danger, Kind, Level, MAX_HOSTILITY, MAX_URGENCY, Network, PostType, Status, Target, Tone};
use crate::query::Stage;
use crate::query::closest::closest;
use crate::query::error::Expected;

/// The test of a field that [`super::find`] gave, but for `author` and `url`, which are about words.
pub(in crate::query) fn test(field: &'static str, sign: &str, value: &str, stage: Stage) -> Result<Test, BadValue> {
    let comparison = Comparison::from_sign(sign);
    Ok(match field {
        "network" => Test::Network(Network::from_token(&id(value)?)),
        "source" => Test::Source(pattern(value)?),
        "initiative" => Test::Initiative(pattern(value)?),
        "stakeholder" => Test::Stakeholder(pattern(value)?),
        "message" => Test::Message(pattern(value)?),
        // A match rule takes in the rule of the place, so it has to be one.
        "place" if stage == Stage::Match => Test::Place(IdPattern { id: id(value)?, prefix: false }),
        "place" => Test::Place(pattern(value)?),
        "rumour" => Test::Rumour(pattern(value)?),
        "protocol" => Test::Protocol(pattern(value)?),
        "criterion" => Test::Criterion(pattern(value)?),
        "clause" => Test::Clause(pattern(value)?),
        "tone" => Test::Tone(token(value, field)?),
        "hostility" => Test::Hostility(comparison, level(value, MAX_HOSTILITY)?),
        "target" => Test::Target(token(value, field)?),
        "danger" => Test::Danger(token(value, field)?),
        "type" => Test::Type(token(value, field)?),
        "urgency" => Test::Urgency(comparison, level(value, MAX_URGENCY)?),
        "cluster" => Test::Cluster(comparison, number(value)?),
        "surge" => Test::Surge(pattern(value)?),
        "lang" => Test::Lang(language(value)?),
        "kind" => Test::Kind(token(value, field)?),
        "has" => Test::Has(token(value, field)?),
        "is" => Test::Is(token(value, field)?),
        "status" if value.eq_ignore_ascii_case("open") => Test::Status(StatusTest::Open),
        "status" => Test::Status(StatusTest::Is(token(value, field)?)),
        "priority" => Test::Priority(comparison, token(&value.to_ascii_uppercase(), field)?),
        "age" => Test::Age(comparison, duration(value).ok_or((Expected::Duration, None))?),
        "posted" => Test::Posted(comparison, moment(value).ok_or((Expected::Date, None))?),
        "followers" => Test::Metric(Metric::Followers, comparison, number(value)?),
        "likes" => Test::Metric(Metric::Likes, comparison, number(value)?),
        _ => Test::Metric(Metric::Reposts, comparison, number(value)?),
    })
}

/// The tokens a field can have, where that is a closed list.
pub(in crate::query) fn values(field: &str) -> Vec<&'static str> {
    match field {
        "kind" => Kind::iter().map(Kind::token).collect(),
        "has" => Has::iter().map(Into::into).collect(),
        "is" => Is::iter().map(Into::into).collect(),
        "target" => Target::iter().map(Target::token).collect(),
        "danger" => Danger::iter().map(Danger::token).collect(),
        "type" => PostType::iter().map(PostType::token).collect(),
        "tone" => Tone::iter().map(Tone::token).collect(),
        "status" => std::iter::once("open").chain(Status::iter().map(Status::token)).collect(),
        "priority" => Level::iter().map(Level::token).collect(),
        _ => Vec::new(),
    }
}

/// One of the field's closed list; the error names the list and the nearest token.
fn token<T: FromStr>(value: &str, field: &str) -> Result<T, BadValue> {
    let tokens = values(field);
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

fn level(value: &str, most: u8) -> Result<u8, BadValue> {
    value.parse().ok().filter(|level| *level <= most).ok_or((Expected::Level { most }, None))
}

/// `2026-11-01`, `2026-11-01T09:30`, or with a space between.
fn moment(value: &str) -> Option<Moment> {
    if let Ok(day) = NaiveDate::parse_from_str(value, "%Y-%m-%d") {
        return in_four_digits(day).then_some(Moment::Day(day));
    }
    let minute = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(value, format).ok())?;
    in_four_digits(minute.date()).then_some(Moment::Minute(minute))
}

fn in_four_digits(day: NaiveDate) -> bool {
    (0..=9_999).contains(&day.year())
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
