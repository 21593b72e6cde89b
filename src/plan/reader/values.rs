//! The plain values of a plan's tables: texts, numbers, dates, words of a closed list.

use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use strum::IntoEnumIterator;
use toml::de::{DeInteger, DeValue};
use toml::value::{Date, Datetime, Offset, Time};

use crate::mention::Language;
use crate::plan::localized::Localized;
use crate::plan::problem::{Form, ProblemKind, ValueType};
use crate::plan::service_level::{Period, resolve_local};
use crate::query::closest;

use super::{Field, Reader};

/// The languages of plans; a mention may be in others.
#[derive(Debug, Clone, Copy, strum::EnumIter, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
enum Answered {
    En,
    Fr,
}

/// Which end of a day is meant where a plan gives a day instead of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) enum Edge {
    /// Its first instant.
    Start,
    /// Its last second.
    End,
}

/// Text with the place of its value, quotes included.
pub(super) type SpannedText = (String, Range<usize>);

impl Reader<'_> {
    /// A text that is not blank.
    pub(in crate::plan) fn text(&mut self, key: &'static str) -> Option<String> {
        let field = self.field(key)?;
        self.text_of(field)
    }

    pub(in crate::plan) fn text_of(&mut self, field: Field<'_>) -> Option<String> {
        let DeValue::String(text) = field.value else {
            self.wrong_type(field, ValueType::Text);
            return None;
        };
        if text.trim().is_empty() {
            self.fail_at(&field.span(), ProblemKind::Empty { key: field.key.to_owned() });
            return None;
        }
        Some(text.to_string())
    }

    /// A list of texts with their places; empty when the key is absent.
    pub(in crate::plan) fn spanned_texts(&mut self, key: &'static str) -> Vec<SpannedText> {
        let Some(field) = self.field(key) else { return Vec::new() };
        self.items(field).into_iter().filter_map(|item| Some((self.text_of(item)?, item.span()))).collect()
    }

    /// A list of texts; empty when the key is absent.
    pub(in crate::plan) fn texts(&mut self, key: &'static str) -> Vec<String> {
        self.spanned_texts(key).into_iter().map(|(text, _)| text).collect()
    }

    /// The items of a list, each as a field of the same key.
    pub(in crate::plan) fn items<'f>(&mut self, field: Field<'f>) -> Vec<Field<'f>> {
        let DeValue::Array(items) = field.value else {
            self.wrong_type(field, ValueType::List);
            return Vec::new();
        };
        let item = |item: &'f toml::Spanned<DeValue<'f>>| Field {
            value: item.get_ref(),
            start: item.span().start,
            end: item.span().end,
            ..field
        };
        items.iter().map(item).collect()
    }

    /// A text for every language or one for each.
    pub(in crate::plan) fn localized(&mut self, key: &'static str) -> Option<Localized> {
        let field = self.field(key)?;
        self.localized_of(field)
    }

    /// A list of such texts; empty when the key is absent.
    pub(in crate::plan) fn localized_list(&mut self, key: &'static str) -> Vec<Localized> {
        let Some(field) = self.field(key) else { return Vec::new() };
        self.items(field).into_iter().filter_map(|item| self.localized_of(item)).collect()
    }

    pub(in crate::plan) fn localized_of(&mut self, field: Field<'_>) -> Option<Localized> {
        match field.value {
            DeValue::String(_) => self.text_of(field).map(Localized::same),
            DeValue::Table(table) => {
                let head = "{ en = …, fr = … }";
                let mut reader = Reader::new(self.sink, self.file, table, head, field.span());
                let text = Localized { en: reader.text("en"), fr: reader.text("fr") };
                let empty = reader.field("en").is_none() && reader.field("fr").is_none();
                reader.finish();
                if empty {
                    self.fail_at(&field.span(), ProblemKind::Empty { key: field.key.to_owned() });
                }
                Some(text)
            }
            _ => {
                self.wrong_type(field, ValueType::Localized);
                None
            }
        }
    }

    /// A whole number within `range`.
    pub(in crate::plan) fn integer(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let field = self.field(key)?;
        self.integer_of(field, range)
    }

    fn integer_of(&mut self, field: Field<'_>, range: RangeInclusive<i64>) -> Option<i64> {
        let DeValue::Integer(integer) = field.value else {
            self.wrong_type(field, ValueType::Integer);
            return None;
        };
        let number = number(integer).filter(|number| range.contains(number));
        if number.is_none() {
            let (min, max) = (*range.start(), *range.end());
            self.fail_at(&field.span(), ProblemKind::OutOfRange { key: field.key.to_owned(), min, max });
        }
        number
    }

    /// Points: what a rule adds to the score or takes from it.
    pub(in crate::plan) fn points(&mut self, key: &'static str) -> Option<i32> {
        self.integer(key, -1000..=1000).and_then(|points| i32::try_from(points).ok())
    }

    /// `true` or `false`.
    pub(in crate::plan) fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let field = self.field(key)?;
        let DeValue::Boolean(boolean) = field.value else {
            self.wrong_type(field, ValueType::Boolean);
            return None;
        };
        Some(*boolean)
    }

    /// A word of a closed list.
    pub(in crate::plan) fn token<T>(&mut self, key: &'static str) -> Option<T>
    where
        T: FromStr + IntoEnumIterator + Into<&'static str>,
    {
        let field = self.field(key)?;
        let text = self.text_of(field)?;
        self.token_of(field, &text)
    }

    /// A list of words of a closed list; `None` when the key is absent.
    pub(in crate::plan) fn tokens<T>(&mut self, key: &'static str) -> Option<Vec<T>>
    where
        T: FromStr + IntoEnumIterator + Into<&'static str>,
    {
        let field = self.field(key)?;
        let mut found = Vec::new();
        for item in self.items(field) {
            if let Some(text) = self.text_of(item) {
                found.extend(self.token_of(item, &text));
            }
        }
        Some(found)
    }

    fn token_of<T>(&mut self, field: Field<'_>, text: &str) -> Option<T>
    where
        T: FromStr + IntoEnumIterator + Into<&'static str>,
    {
        let token = text.parse().ok();
        if token.is_none() {
            let words: Vec<&'static str> = T::iter().map(Into::into).collect();
            let suggestion = closest(text, words.iter().copied()).map(str::to_owned);
            let (key, allowed) = (field.key.to_owned(), words.join(", "));
            let kind = ProblemKind::UnknownToken { key, value: text.to_owned(), allowed };
            self.fail_with(&field.span(), kind, suggestion);
        }
        token
    }

    /// The languages a plan may answer in, each once.
    pub(in crate::plan) fn answered_languages(&mut self, key: &'static str) -> Vec<Language> {
        let mut languages: Vec<Language> = Vec::new();
        for answered in self.tokens::<Answered>(key).unwrap_or_default() {
            let language = match answered {
                Answered::En => Language::En,
                Answered::Fr => Language::Fr,
            };
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        languages
    }

    /// A day.
    pub(in crate::plan) fn date(&mut self, key: &'static str) -> Option<NaiveDate> {
        let field = self.field(key)?;
        let day = match field.value {
            DeValue::Datetime(Datetime { date: Some(date), time: None, .. }) => naive_date(*date),
            _ => None,
        };
        if day.is_none() {
            self.wrong_type(field, ValueType::Date);
        }
        day
    }

    /// An instant. Without an offset it is in the plan's zone, without a time it is the `edge` of that day.
    pub(in crate::plan) fn moment(&mut self, key: &'static str, edge: Edge) -> Option<DateTime<Utc>> {
        let field = self.field(key)?;
        let instant = match field.value {
            DeValue::Datetime(datetime) => self.instant(datetime, edge),
            _ => None,
        };
        if instant.is_none() {
            self.wrong_type(field, ValueType::Moment);
        }
        instant
    }

    fn instant(&self, datetime: &Datetime, edge: Edge) -> Option<DateTime<Utc>> {
        let day = naive_date(datetime.date?)?;
        let Some(time) = datetime.time else {
            let midnight = |day: NaiveDate| resolve_local(self.sink.zone, day.and_time(NaiveTime::MIN));
            return match edge {
                Edge::Start => Some(midnight(day)),
                Edge::End => Some(midnight(day.checked_add_days(Days::new(1))?) - TimeDelta::seconds(1)),
            };
        };
        let local = day.and_time(naive_time(time)?);
        match datetime.offset {
            None => Some(resolve_local(self.sink.zone, local)),
            Some(Offset::Z) => Some(local.and_utc()),
            Some(Offset::Custom { minutes }) => {
                let offset = FixedOffset::east_opt(i32::from(minutes) * 60)?;
                Some(offset.from_local_datetime(&local).single()?.with_timezone(&Utc))
            }
        }
    }

    /// A length of time: `15m`, `4h`, `2d`.
    pub(in crate::plan) fn period(&mut self, key: &'static str) -> Option<Period> {
        let field = self.field(key)?;
        let text = self.text_of(field)?;
        let period = text.parse().ok();
        if period.is_none() {
            self.bad_form(&field.span(), &text, Form::Period);
        }
        period
    }

    /// An address that may be opened: http or https only.
    pub(in crate::plan) fn web_address(&mut self, key: &'static str) -> Option<String> {
        let field = self.field(key)?;
        let text = self.text_of(field)?;
        self.checked_address(text, &field.span())
    }

    /// A list of such addresses.
    pub(in crate::plan) fn web_addresses(&mut self, key: &'static str) -> Vec<String> {
        let texts = self.spanned_texts(key);
        texts.into_iter().filter_map(|(text, span)| self.checked_address(text, &span)).collect()
    }

    fn checked_address(&mut self, text: String, span: &Range<usize>) -> Option<String> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let plain = |c: char| !c.is_whitespace() && !c.is_control();
        let good = rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain));
        if !good {
            self.bad_form(span, &text, Form::WebAddress);
        }
        good.then_some(text)
    }
}

fn number(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn naive_date(date: Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

fn naive_time(time: Time) -> Option<NaiveTime> {
    // A leap second is no time of day to chrono; the second before it is near enough for a deadline.
    let second = u32::from(time.second.unwrap_or(0)).min(59);
    let nano = time.nanosecond.unwrap_or(0);
    NaiveTime::from_hms_nano_opt(u32::from(time.hour), u32::from(time.minute), second, nano)
}

/// What sort of value it is.
pub(super) fn type_of(value: &DeValue<'_>) -> ValueType {
    match value {
        DeValue::String(_) => ValueType::Text,
        DeValue::Integer(_) => ValueType::Integer,
        DeValue::Float(_) => ValueType::Float,
        DeValue::Boolean(_) => ValueType::Boolean,
        DeValue::Datetime(Datetime { date: None, .. }) => ValueType::Time,
        DeValue::Datetime(Datetime { time: None, .. }) => ValueType::Date,
        DeValue::Datetime(_) => ValueType::Moment,
        DeValue::Array(_) => ValueType::List,
        DeValue::Table(_) => ValueType::Table,
    }
}

/// The same value as it should be written, where a pair of quotes or brackets makes the difference.
pub(super) fn other_spelling(value: &DeValue<'_>, expected: ValueType) -> Option<String> {
    match (value, expected) {
        (DeValue::String(text), ValueType::List) if text.len() <= 60 => Some(format!("[{text:?}]")),
        (DeValue::String(text), ValueType::Integer) => text.trim().parse::<i64>().ok().map(|n| n.to_string()),
        (DeValue::String(text), ValueType::Boolean) => text.trim().parse::<bool>().ok().map(|b| b.to_string()),
        (DeValue::String(text), ValueType::Date) => text.trim().parse::<NaiveDate>().ok().map(|day| day.to_string()),
        (DeValue::String(text), ValueType::Moment) => {
            DateTime::parse_from_rfc3339(text.trim()).ok().map(|_| text.trim().to_owned())
        }
        (DeValue::Integer(integer), ValueType::Text | ValueType::Localized) => {
            number(integer).map(|number| format!("\"{number}\""))
        }
        (DeValue::Datetime(datetime), ValueType::Text | ValueType::Localized) => Some(format!("\"{datetime}\"")),
        (DeValue::Datetime(Datetime { date: Some(date), .. }), ValueType::Date) => Some(date.to_string()),
        _ => None,
    }
}
