//! Which column of a table, or which field of a JSON object, becomes which part of a mention.
//!
//! What enters: a [`Mapping`] (a profile), the names of the columns and one row. What leaves: a raw item, or why the row is
//! none. A missing or unreadable date, count or link loses itself, never the row; what no part takes is kept
//! beside the item as extras. Cells are data: nothing in them is ever evaluated.

mod dates;
mod field;
mod json;
mod network;
mod profile;

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::BadCause;
use crate::mention::{Extras, Id, Kind, Network, RawItem};

pub use field::Field;
pub use json::{JsonRow, names};
pub use network::network_of;
pub use profile::{Mapping, ProfileError, Profiles, comparable};

pub(super) use dates::Dates;

/// One row: its cells by the place of their column.
pub trait Cells {
    /// The text of a cell; `None` where the row has none.
    fn cell(&self, column: usize) -> Option<Cow<'_, str>>;
}

impl Cells for [&str] {
    fn cell(&self, column: usize) -> Option<Cow<'_, str>> {
        self.get(column).map(|cell| Cow::Borrowed(*cell))
    }
}

/// Of whom the items are, and since when they are here.
#[derive(Debug, Clone, Copy)]
pub struct Receipt<'a> {
    /// The source that brings them.
    pub source: &'a Id,
    /// The network of items that do not name theirs.
    pub network: Option<&'a Network>,
    /// When they are read.
    pub now: DateTime<Utc>,
}

/// A mapping bound to the columns that are there.
#[derive(Debug, Clone)]
pub struct Layout {
    header: Vec<String>,
    /// For each field that is mapped, the places of its columns, the strongest first.
    columns: Vec<(Field, Vec<usize>)>,
    /// The places of the columns that no field takes.
    rest: Vec<usize>,
    network: Option<Network>,
    short_ids: bool,
    dates: Dates,
}

impl Layout {
    /// Binds `mapping` to `header`. `None` when none of its columns holds a text. `zone` counts for dates without one
    /// where the mapping names none.
    pub fn bind(mapping: &Mapping, header: Vec<String>, zone: Tz) -> Option<Self> {
        let names: Vec<String> = header.iter().map(|name| comparable(name)).collect();
        let place = |wanted: &String| names.iter().position(|name| *name == comparable(wanted) && !name.is_empty());
        let columns: Vec<(Field, Vec<usize>)> = mapping
            .columns
            .iter()
            .map(|(field, wanted)| (*field, wanted.iter().filter_map(place).collect::<Vec<_>>()))
            .filter(|(_, places)| !places.is_empty())
            .collect();
        if !columns.iter().any(|(field, _)| matches!(field, Field::Text | Field::Title)) {
            return None;
        }
        let taken = |place: &usize| columns.iter().any(|(_, places)| places.contains(place));
        let rest = (0..header.len()).filter(|place| !taken(place)).collect();
        let dates = Dates::new(mapping.dates.clone(), mapping.zone.unwrap_or(zone), mapping.day_first);
        Some(Self { header, columns, rest, network: mapping.network.clone(), short_ids: mapping.short_ids, dates })
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Every column with the field that takes it.
    pub fn taken(&self) -> impl Iterator<Item = (&str, Option<Field>)> {
        self.header.iter().enumerate().map(|(place, name)| {
            let field = self.columns.iter().find(|(_, places)| places.contains(&place)).map(|(field, _)| *field);
            (name.as_str(), field)
        })
    }

    /// For every column the field that takes it, with its rank among the columns of that field.
    pub fn ranks(&self) -> Vec<Option<(Field, usize)>> {
        // An address may be the id too, where there is no other: it counts as what it is first of all.
        let rank = |place: usize| {
            let taken = self.columns.iter().filter_map(|(field, places)| {
                places.iter().position(|taken| *taken == place).map(|rank| (*field, rank))
            });
            taken.min_by_key(|(_, rank)| *rank)
        };
        (0..self.header.len()).map(rank).collect()
    }

    /// The zone of dates that name none.
    pub fn zone(&self) -> Tz {
        self.dates.zone()
    }

    /// Learns from a row of the sample whether the day or the month stands first in a date such as `20/11/2026`.
    pub fn learn(&mut self, row: &(impl Cells + ?Sized)) {
        let date = self.first(row, Field::Date).map(Cow::into_owned);
        if let Some(date) = date {
            self.dates.learn(&date);
        }
    }

    /// The item of one row.
    pub fn item(&self, row: &(impl Cells + ?Sized), receipt: &Receipt<'_>) -> Result<RawItem, BadCause> {
        let get = |field| self.first(row, field).map(|cell| cell.trim().to_owned());
        let count = |field| self.first(row, field).and_then(|cell| count(&cell));
        let title = get(Field::Title);
        let text = said(title.as_deref(), get(Field::Text).as_deref(), get(Field::More).as_deref());
        let text = text.ok_or(BadCause::NoText)?;
        let mut item = RawItem::new(receipt.source.clone(), text, receipt.now);
        item.native_id = get(Field::Id).filter(|id| self.short_ids || !is_row_number(id));
        item.url = get(Field::Url);
        item.reply_to = get(Field::ReplyTo);
        item.thread = get(Field::Thread);
        item.lang = get(Field::Lang);
        item.posted_at = self.posted_at(row);
        (item.author.handle, item.author.name) = author(get(Field::Handle), get(Field::Name), get(Field::Author));
        item.author.followers = count(Field::Followers);
        item.metrics.likes = count(Field::Likes);
        item.metrics.reposts = count(Field::Reposts);
        item.metrics.replies = count(Field::Replies);
        item.metrics.views = count(Field::Views);
        let column = get(Field::Network);
        let fallback = self.network.as_ref().or(receipt.network);
        item.network = network::guess(column.as_deref(), item.url.as_deref(), fallback);
        item.kind = kind(get(Field::Kind).as_deref(), title.is_some(), item.reply_to.is_some());
        item.extras = self.rest_of(row);
        Ok(item)
    }

    /// The first of a field's columns that holds something.
    fn first<'a>(&self, row: &'a (impl Cells + ?Sized), field: Field) -> Option<Cow<'a, str>> {
        let (_, places) = self.columns.iter().find(|(mapped, _)| *mapped == field)?;
        places.iter().filter_map(|place| row.cell(*place)).find(|cell| !cell.trim().is_empty())
    }

    fn posted_at(&self, row: &(impl Cells + ?Sized)) -> Option<DateTime<Utc>> {
        let date = self.first(row, Field::Date)?;
        match self.first(row, Field::Time) {
            Some(time) => self.dates.read_with_time(&date, &time),
            None => self.dates.read(&date),
        }
    }

    /// What no field takes, by the names of the columns; empty cells are left out.
    fn rest_of(&self, row: &(impl Cells + ?Sized)) -> Extras {
        let cells = self.rest.iter().filter_map(|place| Some((*place, row.cell(*place)?)));
        cells
            .filter(|(place, cell)| !cell.trim().is_empty() && !self.header[*place].trim().is_empty())
            .map(|(place, cell)| (self.header[place].clone(), cell.into_owned()))
            .collect()
    }
}

/// Title, text and what else was said, without what one repeats of another; `None` when there is nothing.
fn said(title: Option<&str>, text: Option<&str>, more: Option<&str>) -> Option<String> {
    let mut whole = String::new();
    let text = text.unwrap_or_default();
    let start = |title: &str| title.trim_end_matches(['…', '.', ' ']).to_owned();
    for part in [title.filter(|title| !text.starts_with(&start(title))), Some(text), more].into_iter().flatten() {
        if !part.is_empty() && !whole.contains(part) {
            if !whole.is_empty() {
                whole.push_str("\n\n");
            }
            whole.push_str(part);
        }
    }
    (!whole.is_empty()).then_some(whole)
}

/// Handle and displayed name; a column that may hold either is a name when there is a space in it.
fn author(handle: Option<String>, name: Option<String>, either: Option<String>) -> (Option<String>, Option<String>) {
    match either {
        Some(either) if handle.is_none() && !either.contains(char::is_whitespace) => (Some(either), name),
        either => (handle, name.or(either)),
    }
}

fn is_row_number(id: &str) -> bool {
    id.len() < 7 && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number of things: `1200`, `1,200`, `1 200`, `1200.0`.
fn count(cell: &str) -> Option<u64> {
    let cell = cell.trim();
    let cell = cell.strip_suffix(".0").unwrap_or(cell);
    let digits: String = cell.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}')).collect();
    digits.parse().ok()
}

/// What sort of item a column's words mean.
fn kind(column: Option<&str>, has_title: bool, is_reply: bool) -> Kind {
    const WORDS: &[(&str, Kind)] = &[
        ("reply", Kind::Reply),
        ("comment", Kind::Comment),
        ("quote", Kind::Quote),
        ("repost", Kind::Repost),
        ("retweet", Kind::Repost),
        ("share", Kind::Repost),
        ("review", Kind::Review),
        ("message", Kind::Message),
        ("article", Kind::Article),
        ("news", Kind::Article),
        ("blog", Kind::Article),
        ("post", Kind::Post),
    ];
    let lower = column.unwrap_or_default().to_lowercase();
    let named = WORDS.iter().find(|(word, _)| lower.contains(word)).map(|(_, kind)| *kind);
    match named {
        Some(Kind::Post) | None if is_reply => Kind::Reply,
        Some(kind) => kind,
        None if has_title => Kind::Article,
        None => Kind::Post,
    }
}

#[cfg(test)]
mod tests;
