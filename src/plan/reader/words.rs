//! Texts that go out: their variables are known ones, and a network may have words of its own.

use std::collections::BTreeMap;

use toml::de::DeValue;

use crate::mention::{Disposition, Network};
use crate::plan::localized::Localized;
use crate::plan::problem::{Form, ProblemKind};
use crate::plan::records::Retention;
use crate::plan::variables::{self, Piece};

use super::{Field, Reader};

impl Reader<'_> {
    /// A text for people outside, whose `{variables}` must be known ones.
    pub(in crate::plan) fn wording(&mut self, key: &'static str) -> Option<Localized> {
        let field = self.field(key)?;
        self.wording_of(field)
    }

    fn wording_of(&mut self, field: Field<'_>) -> Option<Localized> {
        let text = self.localized_of(field)?;
        match field.value {
            DeValue::Table(table) => {
                for value in table.values() {
                    let (start, end) = (value.span().start, value.span().end);
                    self.note_variables(Field { value: value.get_ref(), start, end, ..field });
                }
            }
            _ => self.note_variables(field),
        }
        Some(text)
    }

    /// Words for networks: the keys are their tokens; any word may name a network that has none of its own here.
    pub(in crate::plan) fn variants(&mut self, key: &'static str) -> BTreeMap<String, Localized> {
        let Some(mut table) = self.child(key, key) else { return BTreeMap::new() };
        let mut variants = BTreeMap::new();
        for field in table.all_fields() {
            if let Some(text) = table.wording_of(field) {
                variants.insert(Network::from_token(field.key).token().to_owned(), text);
            }
        }
        variants
    }

    /// Notes the variables of a text, to be resolved when the whole plan is read.
    fn note_variables(&mut self, field: Field<'_>) {
        let DeValue::String(text) = field.value else { return };
        for piece in variables::pieces(text) {
            match piece {
                Piece::Text(_) => {}
                Piece::Variable(name, at) => {
                    let span = self.span_in(field, &at);
                    self.sink.use_variable(name, self.file, &span);
                }
                Piece::Stray(at) => {
                    let span = self.span_in(field, &(at..at + 1));
                    self.fail_with(&span, ProblemKind::StrayBrace, Some("{{".to_owned()));
                }
            }
        }
    }

    /// How long a record is kept.
    pub(in crate::plan) fn retention(&mut self, key: &'static str) -> Option<Retention> {
        let field = self.field(key)?;
        let text = self.text_of(field)?;
        let retention = text.parse().ok();
        if retention.is_none() {
            self.bad_form(&field.span(), &text, Form::Retention);
        }
        retention
    }

    /// The decisions a records series is for; none, or an absent key, makes it the series of all others.
    pub(in crate::plan) fn claimed_dispositions(&mut self, key: &'static str) -> Vec<Disposition> {
        let dispositions: Vec<Disposition> = self.tokens(key).unwrap_or_default();
        let items = self.find(key).and_then(|field| field.value.as_array());
        for item in items.into_iter().flat_map(|items| items.iter()) {
            if let Some(disposition) = item.get_ref().as_str().and_then(|text| text.parse().ok()) {
                self.sink.claim(Some(disposition), self.file, &item.span());
            }
        }
        if items.is_none_or(|items| items.is_empty()) {
            let span = self.head_span();
            self.sink.claim(None, self.file, &span);
        }
        dispositions
    }
}
