//! A mention as one JSON object: what files, pipes and webhooks hand in.
//!
//! What enters: one line of bytes. What leaves: a [`WireItem`] that borrows from the line, or a typed [`WireError`].
//! Only `text` is required. An unknown field is an extra, and a field of the wrong type counts as absent: a
//! feed with one odd field loses that field, never the mention. Nothing is cleaned here.

mod form;
mod scalar;
mod time;

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::de::{Deserialize, Deserializer, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::{Audience, Extras, Id, Kind, Media, Metrics, RawAuthor, RawItem, TextForm};
use scalar::Scalar;

/// The longest line that is read.
pub const MAX_LINE_BYTES: usize = 1 << 20;
/// More attachments than any network allows; the rest are dropped.
const MAX_MEDIA: usize = 64;

/// Why a line is no mention.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The line is longer than [`MAX_LINE_BYTES`].
    #[error("the line is longer than {MAX_LINE_BYTES} bytes")]
    TooLong,
    /// Not JSON, or not UTF-8; the column counts bytes from 1.
    #[error("not JSON at column {column}: {cause}")]
    NotJson {
        /// Where reading stopped.
        column: usize,
        /// The parser's words.
        cause: String,
    },
    /// JSON, but not an object.
    #[error("not a JSON object")]
    NotAnObject,
    /// No `text`, or nothing but space in it.
    #[error("no text")]
    NoText,
}

/// One mention as its line spells it, borrowed from that line where no escape forces a copy.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WireItem<'a> {
    /// The id the source uses.
    pub id: Option<Cow<'a, str>>,
    /// The source's own name; the reader's configuration decides whether it counts.
    pub source: Option<Cow<'a, str>>,
    /// The network's token.
    pub network: Option<Cow<'a, str>>,
    /// What sort of item it is.
    pub kind: Option<Kind>,
    /// Account name.
    pub handle: Option<Cow<'a, str>>,
    /// Displayed name.
    pub name: Option<Cow<'a, str>>,
    /// Unknown is `None`.
    pub followers: Option<u64>,
    /// What was said; empty only when [`WireItem::deleted`].
    pub text: Cow<'a, str>,
    /// How `text` is to be read: as the field `format` says, `html` or anything else; without it, HTML when it clearly is.
    pub form: TextForm,
    /// Where it stands.
    pub url: Option<Cow<'a, str>>,
    /// From `posted_at`, else `created_at`, `published` or `date`.
    pub posted_at: Option<DateTime<Utc>>,
    /// Language tag.
    pub lang: Option<Cow<'a, str>>,
    /// From `reply_to`, `in_reply_to` or `parent_id`.
    pub reply_to: Option<Cow<'a, str>>,
    /// The conversation.
    pub thread: Option<Cow<'a, str>>,
    /// Counts.
    pub metrics: Metrics,
    /// What came with it.
    pub media: Vec<Media>,
    /// Fields that no other one here is for, and those of `extra`; lists and objects are left out.
    pub extras: Extras,
    /// The author took it down.
    pub deleted: bool,
}

impl<'a> WireItem<'a> {
    /// Reads one line, without its newline.
    pub fn parse(line: &'a [u8]) -> Result<Self, WireError> {
        if line.len() > MAX_LINE_BYTES {
            return Err(WireError::TooLong);
        }
        match line.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{') => {}
            _ => return Err(Self::not_an_object(line)),
        }
        // Checked as a whole, so that the parser need not check each string.
        let line = std::str::from_utf8(line).map_err(|error| not_utf8(&error))?;
        let item: Self = serde_json::from_str(line).map_err(|error| not_json(&error))?;
        if item.text.trim().is_empty() && !(item.deleted && item.id.is_some()) {
            return Err(WireError::NoText);
        }
        Ok(item)
    }

    /// A scalar or a list is JSON of the wrong shape; anything else is no JSON at all.
    fn not_an_object(line: &[u8]) -> WireError {
        match serde_json::from_slice::<IgnoredAny>(line) {
            Ok(_) => WireError::NotAnObject,
            Err(error) => not_json(&error),
        }
    }

    /// The item a source hands on. `source` is the configured id: what the line calls its source is not trusted to name one.
    pub fn into_raw(self, source: Id, received_at: DateTime<Utc>) -> RawItem {
        RawItem {
            source,
            native_id: self.id.map(Cow::into_owned),
            network: self.network.map(Cow::into_owned),
            kind: self.kind.unwrap_or(if self.reply_to.is_some() { Kind::Reply } else { Kind::Post }),
            author: RawAuthor {
                handle: self.handle.map(Cow::into_owned),
                name: self.name.map(Cow::into_owned),
                followers: self.followers,
                bot: false,
            },
            audience: Audience::default(),
            text: self.text.into_owned(),
            form: self.form,
            url: self.url.map(Cow::into_owned),
            posted_at: self.posted_at,
            received_at,
            lang: self.lang.map(Cow::into_owned),
            reply_to: self.reply_to.map(Cow::into_owned),
            thread: self.thread.map(Cow::into_owned),
            metrics: self.metrics,
            media: self.media,
            backlog: false,
            captured_by: None,
            deleted: self.deleted,
            extras: self.extras,
            raw: None,
        }
    }
}

fn not_utf8(error: &std::str::Utf8Error) -> WireError {
    WireError::NotJson { column: error.valid_up_to() + 1, cause: "invalid UTF-8".to_owned() }
}

fn named_form(token: &str) -> TextForm {
    if token.eq_ignore_ascii_case("html") { TextForm::Html } else { TextForm::Plain }
}

fn not_json(error: &serde_json::Error) -> WireError {
    let mut cause = error.to_string();
    if let Some(end) = cause.rfind(" at line ") {
        cause.truncate(end);
    }
    WireError::NotJson { column: error.column(), cause }
}

/// The fields a mention can have.
#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Field {
    Id,
    Source,
    Network,
    Kind,
    Author,
    Text,
    Format,
    Url,
    PostedAt,
    CreatedAt,
    Published,
    Date,
    Lang,
    ReplyTo,
    InReplyTo,
    ParentId,
    Thread,
    Metrics,
    Media,
    Deleted,
    Extra,
    #[serde(other)]
    Unknown,
}

/// A field by what it is, or by its own name.
enum Key<'a> {
    Known(Field),
    Unknown(Cow<'a, str>),
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_borrowed_str<E: serde::de::Error>(self, name: &'de str) -> Result<Key<'de>, E> {
                match Field::deserialize(name.into_deserializer())? {
                    Field::Unknown => Ok(Key::Unknown(Cow::Borrowed(name))),
                    field => Ok(Key::Known(field)),
                }
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Key<'de>, E> {
                match Field::deserialize(name.into_deserializer())? {
                    Field::Unknown => Ok(Key::Unknown(Cow::Owned(name.to_owned()))),
                    field => Ok(Key::Known(field)),
                }
            }
        }

        deserializer.deserialize_str(Keys)
    }
}

impl<'de> Deserialize<'de> for WireItem<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items;

        impl<'de> Visitor<'de> for Items {
            type Value = WireItem<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mention")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut item = WireItem::default();
                let mut dates = Dates::default();
                let mut form = None;
                while let Some(key) = map.next_key::<Key<'_>>()? {
                    match key {
                        Key::Known(Field::Format) => {
                            form = map.next_value::<Scalar>()?.into_string().map(|token| named_form(&token));
                        }
                        Key::Known(field) => item.read(&field, &mut map, &mut dates)?,
                        Key::Unknown(name) => item.extra(&name, map.next_value::<Scalar>()?),
                    }
                }
                item.form = form.unwrap_or_else(|| form::guess(&item.text));
                item.posted_at = dates.best();
                Ok(item)
            }
        }

        deserializer.deserialize_map(Items)
    }
}

/// The moments a line may give, the strongest first.
#[derive(Default)]
struct Dates([Option<DateTime<Utc>>; 4]);

impl Dates {
    fn best(self) -> Option<DateTime<Utc>> {
        self.0.into_iter().flatten().next()
    }
}

impl<'de> WireItem<'de> {
    /// Takes the value of one field; a repeated field's last value counts.
    fn read<A: MapAccess<'de>>(&mut self, field: &Field, map: &mut A, dates: &mut Dates) -> Result<(), A::Error> {
        match field {
            Field::Id => self.id = map.next_value::<Scalar>()?.into_text(),
            Field::Source => self.source = map.next_value::<Scalar>()?.into_text(),
            Field::Network => self.network = map.next_value::<Scalar>()?.into_text(),
            Field::Kind => {
                self.kind = map.next_value::<Scalar>()?.into_text().map(|token| token.parse().unwrap_or(Kind::Other));
            }
            Field::Author => {
                let author: WireAuthor = map.next_value()?;
                (self.handle, self.name, self.followers) = (author.handle, author.name, author.followers);
            }
            Field::Text => self.text = map.next_value::<Scalar>()?.into_string().unwrap_or_default(),
            Field::Url => self.url = map.next_value::<Scalar>()?.into_string(),
            Field::PostedAt => dates.0[0] = map.next_value::<Scalar>()?.into_time(),
            Field::CreatedAt => dates.0[1] = map.next_value::<Scalar>()?.into_time(),
            Field::Published => dates.0[2] = map.next_value::<Scalar>()?.into_time(),
            Field::Date => dates.0[3] = map.next_value::<Scalar>()?.into_time(),
            Field::Lang => self.lang = map.next_value::<Scalar>()?.into_string(),
            Field::ReplyTo | Field::InReplyTo | Field::ParentId => {
                if let Some(id) = map.next_value::<Scalar>()?.into_text() {
                    self.reply_to = Some(id);
                }
            }
            Field::Thread => self.thread = map.next_value::<Scalar>()?.into_text(),
            Field::Metrics => self.metrics = map.next_value::<WireMetrics>()?.0,
            Field::Media => self.media = map.next_value::<WireMedia>()?.0,
            Field::Deleted => self.deleted = map.next_value::<Scalar>()?.is_true(),
            Field::Extra => {
                for (name, value) in map.next_value::<WireExtras>()?.0 {
                    self.extra(&name, value);
                }
            }
            Field::Format | Field::Unknown => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    /// Keeps a field that no other one is for. What tells how a line is to be read is none.
    fn extra(&mut self, name: &str, value: Scalar<'_>) {
        if let Some(text) = value.into_words()
            && name != "type"
        {
            self.extras.push(name.to_owned(), text.into_owned());
        }
    }
}

/// Implements a visitor that reads a map by the given closure-like body and takes every other shape as absent.
macro_rules! lenient {
    ($(#[$meta:meta])* $name:ident $(<$life:lifetime>)?, |$value:ident, $key:ident, $map:ident| $body:expr) => {
        impl<'de> Deserialize<'de> for $name $(<$life>)? {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Shape;

                impl<'de> Visitor<'de> for Shape {
                    type Value = $name $(<$life>)?;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut $map: A) -> Result<Self::Value, A::Error> {
                        let mut $value = Self::Value::default();
                        while let Some($key) = $map.next_key::<Scalar>()? {
                            let $key = $key.into_string().unwrap_or_default();
                            $body;
                        }
                        Ok($value)
                    }

                    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                        Ok(Self::Value::from_str(Cow::Borrowed(text)))
                    }

                    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                        Ok(Self::Value::from_str(Cow::Owned(text.to_owned())))
                    }

                    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                        Self::Value::from_seq(seq)
                    }

                    fn visit_unit<E>(self) -> Result<Self::Value, E> {
                        Ok(Self::Value::default())
                    }

                    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
                        Ok(Self::Value::default())
                    }

                    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
                        Ok(Self::Value::default())
                    }

                    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
                        Ok(Self::Value::default())
                    }

                    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
                        Ok(Self::Value::default())
                    }
                }

                deserializer.deserialize_any(Shape)
            }
        }
    };
}

/// What a value other than an object may still say.
trait OtherShapes<'de>: Default {
    fn from_str(_text: Cow<'de, str>) -> Self {
        Self::default()
    }

    fn from_seq<A: SeqAccess<'de>>(mut seq: A) -> Result<Self, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
}

#[derive(Default)]
struct WireExtras<'a>(Vec<(Cow<'a, str>, Scalar<'a>)>);

impl<'de> OtherShapes<'de> for WireExtras<'de> {}

lenient!(WireExtras<'de>, |extras, key, map| {
    let value = map.next_value::<Scalar>()?;
    if extras.0.len() < Extras::MOST {
        extras.0.push((key, value));
    }
});

#[derive(Default)]
struct WireAuthor<'a> {
    handle: Option<Cow<'a, str>>,
    name: Option<Cow<'a, str>>,
    followers: Option<u64>,
}

impl<'de> OtherShapes<'de> for WireAuthor<'de> {
    /// `"author": "ana"` is an account name.
    fn from_str(text: Cow<'de, str>) -> Self {
        Self { handle: Some(text), ..Self::default() }
    }
}

lenient!(WireAuthor<'de>, |author, key, map| match &*key {
    "handle" => author.handle = map.next_value::<Scalar>()?.into_text(),
    "name" => author.name = map.next_value::<Scalar>()?.into_text(),
    "followers" => author.followers = map.next_value::<Scalar>()?.into_count(),
    _ => drop(map.next_value::<IgnoredAny>()?),
});

#[derive(Default)]
struct WireMetrics(Metrics);

impl OtherShapes<'_> for WireMetrics {}

lenient!(WireMetrics, |metrics, key, map| match &*key {
    "likes" => metrics.0.likes = map.next_value::<Scalar>()?.into_count(),
    "reposts" => metrics.0.reposts = map.next_value::<Scalar>()?.into_count(),
    "replies" => metrics.0.replies = map.next_value::<Scalar>()?.into_count(),
    "views" => metrics.0.views = map.next_value::<Scalar>()?.into_count(),
    _ => drop(map.next_value::<IgnoredAny>()?),
});

#[derive(Default)]
struct WireMedium(Option<Media>);

impl OtherShapes<'_> for WireMedium {}

lenient!(WireMedium, |medium, key, map| {
    let media = medium.0.get_or_insert_default();
    let owned = |value: Scalar<'de>| value.into_string().map(Cow::into_owned);
    match &*key {
        "type" => media.kind = owned(map.next_value()?),
        "alt" => media.alt = owned(map.next_value()?),
        "url" => media.url = owned(map.next_value()?),
        _ => drop(map.next_value::<IgnoredAny>()?),
    }
});

#[derive(Default)]
struct WireMedia(Vec<Media>);

impl<'de> OtherShapes<'de> for WireMedia {
    fn from_seq<A: SeqAccess<'de>>(mut seq: A) -> Result<Self, A::Error> {
        let mut all = Vec::new();
        while let Some(WireMedium(medium)) = seq.next_element()? {
            if let Some(medium) = medium
                && all.len() < MAX_MEDIA
            {
                all.push(medium);
            }
        }
        Ok(Self(all))
    }
}

lenient!(WireMedia, |media, key, map| {
    // One attachment not wrapped in a list is passed over.
    let _ = (&mut media, &key);
    map.next_value::<IgnoredAny>()?
});

#[cfg(test)]
mod tests;
