//! Examples in the plan that must stay right whenever somebody edits it.

use chrono::{DateTime, Utc};

use crate::mention::{Author, Id, Intent, Language, Level};

use super::at::At;
use super::problem::TableKind;
use super::reader::{Edge, Reader};

/// `[[test]]`: a mention and what the plan must make of it.
#[derive(Debug, Clone)]
pub struct TrialCase {
    /// What is said.
    pub text: String,
    /// Who says it: a handle, or a table with handle, name and followers.
    pub author: Author,
    /// Where, by its token.
    pub network: Option<String>,
    /// The language tag as a source would give it.
    pub lang: Option<String>,
    /// When it is posted.
    pub posted_at: Option<DateTime<Utc>>,
    /// What must hold.
    pub expect: Expectation,
    /// What must not hold: none of the listed ids, not that level, not that outcome.
    pub unexpected: Expectation,
    /// Where the table stands.
    pub at: At,
}

/// What is said of an assessment; `None` says nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expectation {
    /// About the organization.
    pub relevant: Option<bool>,
    /// Exactly these initiatives, in any order.
    pub initiatives: Option<Vec<Id>>,
    /// Exactly these groups, in any order.
    pub stakeholders: Option<Vec<Id>>,
    /// These messages first, in this order.
    pub messages: Option<Vec<Id>>,
    /// This level.
    pub priority: Option<Level>,
    /// Exactly these intents, in any order.
    pub intents: Option<Vec<Intent>>,
    /// The steps answered yes, in order.
    pub path: Option<Vec<Id>>,
    /// The outcome of the road map.
    pub suggested: Option<Id>,
    /// The language.
    pub language: Option<Language>,
}

impl TrialCase {
    /// Reads a `[[test]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.require("text");
        reader.require("expect");
        let text = reader.text("text");
        let author = Self::read_author(reader);
        let network = reader.text("network");
        let lang = reader.text("lang");
        let posted_at = reader.moment("at", Edge::Start);
        let (mut expect, mut unexpected) = (Expectation::default(), Expectation::default());
        if let Some(mut table) = reader.child("expect", "expect") {
            expect = Expectation::read(&mut table);
            if let Some(mut table) = table.child("not", "not") {
                unexpected = Expectation::read(&mut table);
                table.finish();
            }
            table.finish();
        }
        Some(Self { text: text?, author, network, lang, posted_at, expect, unexpected, at: reader.at() })
    }

    fn read_author(reader: &mut Reader<'_>) -> Author {
        let bare = |handle: String| handle.trim_start_matches('@').to_owned();
        if reader.is_text("author") {
            return Author { handle: reader.text("author").map(bare), ..Author::default() };
        }
        let Some(mut table) = reader.child("author", "author") else { return Author::default() };
        let followers = table.integer("followers", 0..=1_000_000_000_000).and_then(|count| u64::try_from(count).ok());
        let author = Author { handle: table.text("handle").map(bare), name: table.text("name"), followers };
        table.finish();
        author
    }
}

impl Expectation {
    /// Reads `expect` or its `not`; the caller finishes the table.
    fn read(table: &mut Reader<'_>) -> Self {
        let kinds: [(&'static str, &'static [TableKind]); 4] = [
            ("initiatives", &[TableKind::Initiative]),
            ("stakeholders", &[TableKind::Stakeholder]),
            ("messages", &[TableKind::Message]),
            ("path", &[TableKind::Step]),
        ];
        let [initiatives, stakeholders, messages, path] =
            kinds.map(|(key, kinds)| table.field(key).map(|_| table.references(key, kinds)));
        Self {
            relevant: table.boolean("relevant"),
            initiatives,
            stakeholders,
            messages,
            priority: table.token("priority"),
            intents: table.tokens("intents"),
            path,
            suggested: table.reference("suggested", &[TableKind::Outcome]),
            language: table.token("language"),
        }
    }
}
