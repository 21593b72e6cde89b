//! One JSON value read without insisting on its type.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::time;

/// A value as it stood; lists, objects and null are [`Scalar::Absent`].
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scalar<'a> {
    Text(Cow<'a, str>),
    Whole(i64),
    Count(u64),
    Fraction(f64),
    Truth(bool),
    Absent,
}

impl<'a> Scalar<'a> {
    /// A string and nothing else.
    pub(super) fn into_string(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A string, or a whole number spelt out: many networks number their posts. Empty is absent.
    pub(super) fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => (!text.is_empty()).then_some(text),
            Self::Whole(number) => Some(Cow::Owned(number.to_string())),
            Self::Count(number) => Some(Cow::Owned(number.to_string())),
            _ => None,
        }
    }

    /// Whatever it is, in words; empty is absent.
    pub(super) fn into_words(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Fraction(number) => Some(Cow::Owned(number.to_string())),
            Self::Truth(truth) => Some(Cow::Borrowed(if truth { "true" } else { "false" })),
            other => other.into_text(),
        }
    }

    /// A number of things; a negative one is no count.
    pub(super) fn into_count(self) -> Option<u64> {
        match self {
            Self::Count(number) => Some(number),
            Self::Whole(number) => u64::try_from(number).ok(),
            Self::Fraction(number) if number >= 0.0 => Some(number as u64),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// A moment: a date in words, or seconds or milliseconds since 1970.
    pub(super) fn into_time(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Text(text) => time::parse(&text),
            Self::Count(number) => i64::try_from(number).ok().and_then(time::from_unix),
            Self::Whole(number) => time::from_unix(number),
            Self::Fraction(seconds) => time::from_unix(seconds as i64),
            Self::Truth(_) | Self::Absent => None,
        }
    }

    pub(super) fn is_true(&self) -> bool {
        *self == Self::Truth(true)
    }
}

impl<'de> Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyShape)
    }
}

struct AnyShape;

impl<'de> Visitor<'de> for AnyShape {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(text)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Scalar::Count(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Whole(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Fraction(number))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Truth(truth))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Absent)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Absent)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Absent)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Absent)
    }
}
