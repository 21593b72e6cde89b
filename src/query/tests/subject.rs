//! A subject whose every answer a test can set.

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::mention::{Intent, Kind, Level, Status, Tone};
use crate::query::{DeskSubject, Subject, VerdictSubject};
use crate::text::tokens::Tokens;

#[derive(Debug, Default)]
pub struct Post {
    pub text: String,
    pub tokens: Tokens,
    pub url: Option<String>,
    pub handle: Option<String>,
    pub name: Option<String>,
    pub network: String,
    pub lang: Option<String>,
    pub followers: Option<u64>,
    pub reposts: Option<u64>,
    pub initiatives: Vec<String>,
    pub question: bool,
    /// Field and id of everything else that was found.
    pub ids: Vec<(&'static str, &'static str)>,
    /// Nothing was looked at yet: no tone, no date.
    pub unknown: bool,
    pub desk: Option<(Status, Level, i64)>,
}

impl Post {
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), tokens: Tokens::of(text), network: "unknown".to_owned(), ..Self::default() }
    }

    pub fn unknown(text: &str) -> Self {
        Self { unknown: true, ..Self::of(text) }
    }

    pub fn by(text: &str, handle: &str, name: &str) -> Self {
        Self { handle: Some(handle.to_owned()), name: Some(name.to_owned()), ..Self::of(text) }
    }
}

impl Post {
    fn any(&self, field: &str, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.ids.iter().any(|(found, id)| *found == field && test(id))
    }
}

impl Subject for Post {
    fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    fn text(&self) -> &str {
        &self.text
    }

    fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    fn author_handle(&self) -> Option<&str> {
        self.handle.as_deref()
    }

    fn author_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn network(&self) -> &str {
        &self.network
    }

    fn source(&self) -> &'static str {
        "inbox"
    }

    fn lang(&self) -> Option<&str> {
        self.lang.as_deref()
    }

    fn kind(&self) -> Kind {
        Kind::Reply
    }

    fn followers(&self) -> Option<u64> {
        self.followers
    }

    fn reposts(&self) -> Option<u64> {
        self.reposts
    }

    fn verdict(&self) -> Option<&dyn VerdictSubject> {
        Some(self)
    }

    fn desk(&self) -> Option<&dyn DeskSubject> {
        self.desk.as_ref().map(|_| self as &dyn DeskSubject)
    }
}

impl VerdictSubject for Post {
    fn any_initiative(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.initiatives.iter().any(|id| test(id))
    }

    fn any_stakeholder(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        test("media")
    }

    fn any_message(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        test("KM-2")
    }

    fn language(&self) -> Option<&str> {
        None
    }

    fn has_intent(&self, intent: Intent) -> bool {
        self.question && intent == Intent::Question
    }

    fn relevant(&self) -> bool {
        true
    }

    fn any_place(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.any("place", test)
    }

    fn any_rumour(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.any("rumour", test)
    }

    fn any_protocol(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.any("protocol", test)
    }

    fn any_criterion(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.any("criterion", test)
    }

    fn any_clause(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.any("clause", test)
    }

    fn tone(&self) -> Option<Tone> {
        (!self.unknown).then_some(Tone::Negative)
    }

    fn hostility(&self) -> Option<u8> {
        (!self.unknown).then_some(2)
    }
}

impl DeskSubject for Post {
    fn status(&self) -> Status {
        self.desk.map_or(Status::New, |(status, ..)| status)
    }

    fn level(&self) -> Option<Level> {
        self.desk.map(|(_, level, _)| level)
    }

    fn age(&self) -> TimeDelta {
        TimeDelta::minutes(self.desk.map_or(0, |(.., minutes)| minutes))
    }

    fn posted(&self) -> Option<DateTime<FixedOffset>> {
        DateTime::parse_from_rfc3339("2026-11-20T09:12:44-08:00").ok()
    }
}
