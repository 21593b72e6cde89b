//! The rules of a table: queries inside strings, whose errors point into the string, and the rules made of hashtags.

use std::ops::Range;

use toml::de::DeValue;

use crate::mention::Id;
use crate::plan::problem::{Form, ProblemKind, TableKind, ValueType};
use crate::plan::rules::Rule;
use crate::plan::string_map::raw_offset;
use crate::query::{Query, QueryError, Stage};

use super::{Field, Reader};

/// So many bytes of a query are marked at most: more of it is never shown, and counting them takes its time.
const MOST_MARKED: usize = 1024;

impl Reader<'_> {
    /// The query under `key`, as the rule `<owner>.<key>`.
    pub(in crate::plan) fn rule(&mut self, key: &'static str, owner: &str, stage: Stage) -> Option<Rule> {
        let field = self.field(key)?;
        let DeValue::String(source) = field.value else {
            self.wrong_type(field, ValueType::Text);
            return None;
        };
        self.sink.count_rule(self.file, &field.span());
        let name: Id = format!("{owner}.{key}").into();
        match Query::parse(source, stage) {
            Ok(query) => {
                self.refer_to_places(field, &query);
                Some(Rule { name, at: self.file.at(field.key_span().start), query })
            }
            Err(errors) => {
                self.query_errors(field, &name, errors);
                None
            }
        }
    }

    /// The bytes of the file in which a range of a string's value is written.
    pub(super) fn span_in(&self, field: Field<'_>, inner: &Range<usize>) -> Range<usize> {
        let raw = self.file.text().get(field.span()).unwrap_or_default();
        let start = field.span().start;
        let end = inner.end.min(inner.start + MOST_MARKED);
        start + raw_offset(raw, inner.start)..start + raw_offset(raw, end)
    }

    /// Exact tags as written, and the rule `<owner>.<key>` that finds any of them.
    pub(in crate::plan) fn hashtags(&mut self, key: &'static str, owner: &str) -> (Vec<String>, Option<Rule>) {
        let mut tags = Vec::new();
        for (text, span) in self.spanned_texts(key) {
            let tag = if text.starts_with('#') { text.clone() } else { format!("#{text}") };
            let plain = tag[1..].chars().all(|c| c.is_alphanumeric() || c == '_') && tag.len() > 1;
            if plain && Query::parse(&tag, Stage::Match).is_ok() {
                tags.push(tag);
            } else {
                self.bad_form(&span, &text, Form::Hashtag);
            }
        }
        let at = self.at_key(key);
        let query = if tags.is_empty() { None } else { Query::parse(&tags.join(" OR "), Stage::Match).ok() };
        let rule = query.map(|query| Rule { name: format!("{owner}.{key}").into(), at, query });
        (tags, rule)
    }

    /// Entries as written, and the rule `<owner>.<key>` that holds when any of them does. `query` makes a query of an
    /// entry, in parentheses where it needs them.
    pub(in crate::plan) fn any_of(
        &mut self,
        key: &'static str,
        owner: &str,
        query: fn(&str) -> String,
    ) -> (Vec<String>, Option<Rule>) {
        let name: Id = format!("{owner}.{key}").into();
        let at = self.at_key(key);
        let (mut entries, mut queries) = (Vec::new(), Vec::new());
        let fields = self.field(key).map(|field| self.items(field)).unwrap_or_default();
        for field in fields {
            let Some(entry) = self.text_of(field) else { continue };
            let made = query(&entry);
            // The entry itself is read first, so that errors point into it.
            match Query::parse(if made.contains(&format!("({entry})")) { &entry } else { &made }, Stage::Match) {
                Ok(query) => {
                    self.refer_to_places(field, &query);
                    queries.push(made);
                    entries.push(entry);
                }
                Err(errors) => self.query_errors(field, &name, errors),
            }
        }
        let rule = if queries.is_empty() { None } else { Query::parse(&queries.join(" OR "), Stage::Match).ok() };
        (entries, rule.map(|query| Rule { name, at, query }))
    }

    /// The places a query names must be in the plan.
    fn refer_to_places(&mut self, field: Field<'_>, query: &Query) {
        for place in query.places() {
            let span = self.span_in(field, &place.span);
            self.sink.refer(&[TableKind::Place], &Id::from(place.id.as_str()), self.file, &span);
        }
    }

    fn query_errors(&mut self, field: Field<'_>, rule: &Id, errors: Vec<QueryError>) {
        for error in errors {
            let span = self.span_in(field, &error.span);
            let suggestion = error.suggestion.clone();
            self.fail_with(&span, ProblemKind::Query { rule: rule.clone(), error }, suggestion);
        }
    }

    /// Accounts as written: `@name`, `name.example`, `@name@host.example`.
    pub(in crate::plan) fn handles(&mut self, key: &'static str) -> Vec<String> {
        let mut handles = Vec::new();
        for (text, span) in self.spanned_texts(key) {
            let bare = text.strip_prefix('@').unwrap_or(&text);
            let good = |c: char| c.is_alphanumeric() || "_.-@".contains(c);
            if !bare.is_empty() && bare.len() <= 256 && !bare.starts_with('@') && bare.chars().all(good) {
                handles.push(text);
            } else {
                self.bad_form(&span, &text, Form::Handle);
            }
        }
        handles
    }
}
