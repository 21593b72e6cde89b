//! Whose plan it is: name, languages, published hours, own accounts.

use crate::mention::Language;

use super::at::At;
use super::localized::Localized;
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
