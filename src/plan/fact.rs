//! Facts that key messages rest on.

use chrono::{DateTime, NaiveDate, Utc};

use crate::mention::Id;

use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::TableKind;
use super::reader::{Edge, Reader};

/// `[[fact]]`: a statement somebody checked.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Unique among facts.
    pub id: Id,
    /// The statement.
    pub statement: Localized,
    /// Where it can be checked.
    pub source_url: Option<String>,
    /// Whose fact it is: who to ask when it is in doubt.
    pub owner: Option<String>,
    /// The day it was checked; absent means nobody did yet.
    pub verified_at: Option<NaiveDate>,
    /// Not to be relied on after.
    pub expires_at: Option<DateTime<Utc>>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Fact);

/// Whether a fact can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactState {
    /// Checked and in date.
    Verified,
    /// Nobody checked it.
    Unverified,
    /// Checked once, but too long ago.
    Expired(DateTime<Utc>),
}

impl Fact {
    /// Whether it can be relied on at `now`. An expired fact is expired whether or not it was ever verified.
    pub fn state(&self, now: DateTime<Utc>) -> FactState {
        match self.expires_at {
            Some(until) if now > until => FactState::Expired(until),
            _ if self.verified_at.is_none() => FactState::Unverified,
            _ => FactState::Verified,
        }
    }
}

impl Fact {
    /// Reads a `[[fact]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Fact);
        reader.require("statement");
        let statement = reader.localized("statement");
        let fact = Self {
            source_url: reader.web_address("source_url"),
            owner: reader.text("owner"),
            verified_at: reader.date("verified_at"),
            expires_at: reader.moment("expires_at", Edge::End),
            at: reader.at(),
            id: id?,
            statement: statement?,
        };
        Some(fact)
    }
}
