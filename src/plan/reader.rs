//! Reads one table of the plan strictly, and goes on after every problem.
//!
//! What enters: a table as parsed, with the places of its keys and values. What leaves: typed values, `None` or a
//! default where something was wrong, and the problem itself in the collector. A key that nobody asked
//! for is a problem when the table is finished, so each key is named in one place only.

mod query;
mod values;
mod words;

use std::ops::Range;

use chrono_tz::Tz;
use toml::de::{DeTable, DeValue};

use crate::mention::Id;
use crate::query::closest;

use super::at::At;
use super::collector::Collector;
use super::problem::{Form, Problem, ProblemKind, TableKind, ValueType};
use super::source::SourceFile;

pub(super) use values::Edge;

/// A file has at most so many tables of a kind.
const MAX_TABLES: usize = 20_000;

/// A key with its value.
#[derive(Clone, Copy)]
pub(super) struct Field<'r> {
    pub(super) key: &'r str,
    key_start: usize,
    key_end: usize,
    pub(super) value: &'r DeValue<'r>,
    start: usize,
    end: usize,
}

impl Field<'_> {
    pub(super) fn key_span(&self) -> Range<usize> {
        self.key_start..self.key_end
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// One table being read.
pub(super) struct Reader<'r> {
    sink: &'r mut Collector,
    file: &'r SourceFile,
    table: &'r DeTable<'r>,
    head: &'static str,
    span: Range<usize>,
    known: Vec<&'static str>,
    /// Its keys are data: none of them is unknown.
    keys_are_data: bool,
}

impl<'r> Reader<'r> {
    /// Reads `table`, whose head is written `head` and stands at `span`.
    pub(super) fn new(
        sink: &'r mut Collector,
        file: &'r SourceFile,
        table: &'r DeTable<'r>,
        head: &'static str,
        span: Range<usize>,
    ) -> Self {
        Self { sink, file, table, head, span, known: Vec::new(), keys_are_data: false }
    }

    /// Where the table stands.
    pub(super) fn at(&self) -> At {
        self.file.at(self.span.start)
    }

    /// The bytes of the file that hold the table, or its head.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Dates without a zone are in `zone` from now on.
    pub(super) fn set_zone(&mut self, zone: Tz) {
        self.sink.zone = zone;
    }

    /// The zone of dates without one.
    pub(super) fn zone(&self) -> Tz {
        self.sink.zone
    }

    /// Where `key` stands, else the table.
    pub(super) fn at_key(&self, key: &str) -> At {
        self.find(key).map_or_else(|| self.at(), |field| self.file.at(field.key_start))
    }

    /// The key and its value, if it is there. From now on the key is a known one.
    pub(super) fn field(&mut self, key: &'static str) -> Option<Field<'r>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.find(key)
    }

    fn find(&self, key: &str) -> Option<Field<'r>> {
        let (found, value) = self.table.get_key_value(key)?;
        Some(Field {
            key: found.get_ref(),
            key_start: found.span().start,
            key_end: found.span().end,
            value: value.get_ref(),
            start: value.span().start,
            end: value.span().end,
        })
    }

    /// Every key with its value, all of them known from now on: for tables whose keys are data.
    pub(super) fn all_fields(&mut self) -> Vec<Field<'r>> {
        self.keys_are_data = true;
        let keys: Vec<&'r str> = self.table.keys().map(|key| &**key.get_ref()).collect();
        keys.into_iter().filter_map(|key| self.find(key)).collect()
    }

    /// Notes a problem with the table as a whole.
    pub(super) fn fail(&mut self, kind: ProblemKind) {
        if self.sink.is_full() {
            return;
        }
        let span = self.head_span();
        self.sink.error(self.file, &span, kind);
    }

    /// Notes a problem at a range of the file.
    pub(super) fn fail_at(&mut self, span: &Range<usize>, kind: ProblemKind) {
        self.sink.error(self.file, span, kind);
    }

    fn fail_with(&mut self, span: &Range<usize>, kind: ProblemKind, suggestion: Option<String>) {
        if self.sink.is_full() {
            return;
        }
        self.sink.push(Problem { kind, place: self.file.place(span), suggestion });
    }

    /// The first line of the table.
    fn head_span(&self) -> Range<usize> {
        let rest = &self.file.text()[self.span.start.min(self.file.text().len())..];
        let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
        self.span.start..(self.span.start + line).min(self.span.end.max(self.span.start + 1))
    }

    /// Notes that `key` must be there and is not.
    pub(super) fn missing(&mut self, key: &'static str) {
        let kind = ProblemKind::MissingKey { key, table: self.head };
        self.fail(kind);
    }

    /// Notes `key` missing when it is not there.
    pub(super) fn require(&mut self, key: &'static str) {
        if self.field(key).is_none() {
            self.missing(key);
        }
    }

    /// True when `key` holds a text.
    pub(super) fn is_text(&self, key: &str) -> bool {
        self.find(key).is_some_and(|field| field.value.is_str())
    }

    pub(super) fn wrong_type(&mut self, field: Field<'_>, expected: ValueType) {
        let found = values::type_of(field.value);
        let kind = ProblemKind::WrongType { key: field.key.to_owned(), expected, found };
        self.fail_with(&field.span(), kind, values::other_spelling(field.value, expected));
    }

    pub(super) fn bad_form(&mut self, span: &Range<usize>, value: &str, form: Form) {
        self.fail_at(span, ProblemKind::BadForm { value: value.to_owned(), form });
    }

    /// Notes a text that is not of its form, with the nearest of the texts that are.
    pub(super) fn unknown_of<'a>(
        &mut self,
        field: Field<'_>,
        value: &str,
        form: Form,
        known: impl Iterator<Item = &'a str>,
    ) {
        let suggestion = closest(value, known).map(str::to_owned);
        self.fail_with(&field.span(), ProblemKind::BadForm { value: value.to_owned(), form }, suggestion);
    }

    /// Notes a variable of the plan's own.
    pub(super) fn own_variable(&mut self, name: &str) {
        self.sink.own_variable(name);
    }

    /// The table's own id: its form is checked, it is unique among `kind`.
    pub(super) fn own_id(&mut self, kind: TableKind) -> Option<Id> {
        let field = self.field("id");
        self.require("id");
        let id = self.id("id")?;
        if let Some(field) = field {
            self.sink.declare(kind, &id, self.file, &field.span());
        }
        Some(id)
    }

    /// The table's own name: any text, unique among `kind`.
    pub(super) fn own_name(&mut self, kind: TableKind) -> Option<Id> {
        let field = self.field("name");
        self.require("name");
        let name: Id = self.text("name")?.into();
        if let Some(field) = field {
            self.sink.declare(kind, &name, self.file, &field.span());
        }
        Some(name)
    }

    /// An id in the right form.
    pub(super) fn id(&mut self, key: &'static str) -> Option<Id> {
        let field = self.field(key)?;
        let text = self.text(key)?;
        self.checked_id(&text, &field.span())
    }

    fn checked_id(&mut self, text: &str, span: &Range<usize>) -> Option<Id> {
        let mut bytes = text.bytes();
        let good = bytes.next().is_some_and(|first| first.is_ascii_alphanumeric())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
            && text.len() <= 128;
        if good {
            return Some(text.into());
        }
        self.bad_form(span, text, Form::Id);
        None
    }

    /// An id that something of `kinds` must have.
    pub(super) fn reference(&mut self, key: &'static str, kinds: &'static [TableKind]) -> Option<Id> {
        let field = self.field(key)?;
        let id = self.id(key)?;
        self.sink.refer(kinds, &id, self.file, &field.span());
        Some(id)
    }

    /// A list of ids that something of `kinds` must have; empty when the key is absent.
    pub(super) fn references(&mut self, key: &'static str, kinds: &'static [TableKind]) -> Vec<Id> {
        let texts = self.spanned_texts(key);
        let mut ids = Vec::with_capacity(texts.len());
        for (text, span) in texts {
            if let Some(id) = self.checked_id(&text, &span) {
                self.sink.refer(kinds, &id, self.file, &span);
                ids.push(id);
            }
        }
        ids
    }

    /// A table under `key`, to be finished by the caller.
    pub(super) fn child(&mut self, key: &'static str, head: &'static str) -> Option<Reader<'_>> {
        let field = self.field(key)?;
        let DeValue::Table(table) = field.value else {
            self.wrong_type(field, ValueType::Table);
            return None;
        };
        Some(Reader::new(self.sink, self.file, table, head, field.span()))
    }

    /// Reads each table of a list by `read`; what is no table is a problem.
    pub(super) fn children<T>(
        &mut self,
        key: &'static str,
        head: &'static str,
        mut read: impl FnMut(&mut Reader<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(field) = self.field(key) else { return Vec::new() };
        let DeValue::Array(items) = field.value else {
            self.wrong_type(field, ValueType::Tables);
            return Vec::new();
        };
        if items.len() > MAX_TABLES {
            self.fail_at(&field.key_span(), ProblemKind::TooMany { what: head, limit: MAX_TABLES });
            return Vec::new();
        }
        let mut found = Vec::with_capacity(items.len());
        for item in items {
            let DeValue::Table(table) = item.get_ref() else {
                let field = Field { value: item.get_ref(), start: item.span().start, end: item.span().end, ..field };
                self.wrong_type(field, ValueType::Table);
                continue;
            };
            let mut reader = Reader::new(self.sink, self.file, table, head, item.span());
            found.extend(read(&mut reader));
            reader.finish();
        }
        found
    }

    /// Ends the table: every key nobody asked for is a problem.
    pub(super) fn finish(self) {
        let Self { sink, file, table, head, known, keys_are_data, .. } = self;
        if keys_are_data {
            return;
        }
        for key in table.keys() {
            let name: &str = key.get_ref();
            if known.contains(&name) || sink.is_full() {
                continue;
            }
            let kind = ProblemKind::UnknownKey { key: name.to_owned(), table: head };
            sink.push(Problem {
                kind,
                place: file.place(&key.span()),
                suggestion: closest(name, known.iter().copied()).map(str::to_owned),
            });
        }
    }
}
