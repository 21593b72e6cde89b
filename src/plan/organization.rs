//! Whose plan it is: name, languages, published hours, own accounts.

use chrono_tz::Tz;

use crate::mention::Language;

use super::at::At;
use super::localized::Localized;
use super::problem::Form;
use super::reader::Reader;
use super::service_level::Hours;

/// `[organization]`: the one table every plan has.
#[derive(Debug, Clone)]
pub struct Organization {
    /// The organization's name.
    pub name: Localized,
    /// The languages it answers in, first one first; `en` and `fr` only, never empty.
    pub languages: Vec<Language>,
    /// Published hours, holidays and time zone.
    pub hours: Hours,
    /// Its own handles as written, with their `@`.
    pub accounts: Vec<String>,
    /// Why it listens, for the reader of the record.
    pub purpose: Option<Localized>,
    /// True: a reply that a person edited needs an approval before it is copied.
    pub approve_edited: bool,
    /// Where the table stands.
    pub at: At,
}

impl Organization {
    /// True when replies are expected in `language`.
    pub fn speaks(&self, language: Language) -> bool {
        self.languages.contains(&language)
    }

    /// True when `handle`, with or without `@`, is one of its own accounts; case does not matter.
    pub fn owns_handle(&self, handle: &str) -> bool {
        let bare = handle.trim_start_matches('@');
        self.accounts.iter().any(|own| own.trim_start_matches('@').eq_ignore_ascii_case(bare))
    }
}

impl Organization {
    /// Reads `[organization]`. The time zone is known to `reader` from here on.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let time_zone = Self::read_time_zone(reader);
        reader.require("name");
        let name = reader.localized("name");
        let mut languages = reader.answered_languages("languages");
        if languages.is_empty() {
            languages.push(Language::En);
        }
        let organization = Self {
            languages,
            hours: Hours::read(reader, time_zone),
            accounts: reader.handles("accounts"),
            purpose: reader.localized("purpose"),
            approve_edited: reader.boolean("approve_edited").unwrap_or_default(),
            at: reader.at(),
            name: name?,
        };
        Some(organization)
    }

    fn read_time_zone(reader: &mut Reader<'_>) -> Tz {
        let Some(field) = reader.field("time_zone") else { return Tz::UTC };
        let Some(text) = reader.text_of(field) else { return Tz::UTC };
        let zone = text.parse().unwrap_or_else(|_| {
            reader.unknown_of(field, &text, Form::TimeZone, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
            Tz::UTC
        });
        reader.set_zone(zone);
        zone
    }
}
