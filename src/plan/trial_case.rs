//! Examples in the plan that must stay right whenever somebody edits it.
//!
//! What enters: a `[[test]]` table. What leaves: what is said, by whom, where and when, and what the plan must make of it.
//! Every id named here must be in the plan: a misspelt one is a problem of loading, with the id that was probably
//! meant. Nothing is run here; `trial` does that.

use chrono::{DateTime, Utc};
use strum::{AsRefStr, EnumIter, IntoStaticStr};

use crate::mention::{Author, Id, Intent, Labels, Language, Level, PostType, Target, Tone};

use super::at::At;
use super::label::read_labels;
use super::problem::TableKind;
use super::reader::{Edge, Reader};

/// What can be copied as a reply.
const REPLIES: &[TableKind] = &[TableKind::Message, TableKind::Template, TableKind::Rumour, TableKind::Holding];

/// `[[test]]`: a mention and what the plan must make of it.
#[derive(Debug, Clone)]
pub struct TrialCase {
    /// What is said.
    pub text: String,
    /// Who says it: a handle, or a table with handle, name and followers.
    pub author: Author,
    /// Where, by its token.
    pub network: Option<String>,
    /// The id of the source that brings it.
    pub source: Option<Id>,
    /// The language tag as a source would give it.
    pub lang: Option<String>,
    /// When it is posted, and the moment it is judged at.
    pub posted_at: Option<DateTime<Utc>>,
    /// Likes it has.
    pub likes: Option<u64>,
    /// Reposts it has.
    pub reposts: Option<u64>,
    /// What must hold.
    pub expect: Expectation,
    /// What must not hold: none of the listed ids, not that level, not that outcome.
    pub unexpected: Expectation,
    /// Where the table stands.
    pub at: At,
}

/// What is said of an assessment; `None` says nothing. A list asks that all of it is there, whatever else is; with
/// [`Expectation::only`] nothing else may be there, and an empty list asks for nothing at all to be there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expectation {
    /// About the organization.
    pub relevant: Option<bool>,
    /// Initiatives, in any order.
    pub initiatives: Option<Vec<Id>>,
    /// The initiative that ranks first.
    pub top: Option<Id>,
    /// Stakeholder groups, in any order.
    pub stakeholders: Option<Vec<Id>>,
    /// Key messages, in any order.
    pub messages: Option<Vec<Id>>,
    /// Holding statements, in any order.
    pub holdings: Option<Vec<Id>>,
    /// Reply templates that are offered, in any order.
    pub templates: Option<Vec<Id>>,
    /// Places that are here, in any order.
    pub places: Option<Vec<Id>>,
    /// Rumours, in any order.
    pub rumours: Option<Vec<Id>>,
    /// Safety protocols, in any order.
    pub protocols: Option<Vec<Id>>,
    /// Moderation clauses, in any order.
    pub clauses: Option<Vec<Id>>,
    /// The level.
    pub priority: Option<Level>,
    /// Intents, in any order.
    pub intents: Option<Vec<Intent>>,
    /// Steps answered yes, in this order.
    pub path: Option<Vec<Id>>,
    /// The outcome of the road map.
    pub suggested: Option<Id>,
    /// Key messages, templates, rumours with their lines and holding statements that may be copied at the moment of the
    /// test, in any order.
    pub replies: Option<Vec<Id>>,
    /// The language.
    pub language: Option<Language>,
    /// Tone, hostility, its target, dangers, type and urgency; the other labels have keys of their own above.
    pub labels: Labels,
    /// The lists above are exact.
    pub only: bool,
}

/// A part of an assessment that a test can ask about; its token is the key in `expect`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, AsRefStr, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "each is the key of that name")]
pub enum Part {
    Relevant,
    Initiatives,
    Top,
    Stakeholders,
    Messages,
    Holdings,
    Templates,
    Places,
    Rumours,
    Protocols,
    Clauses,
    Language,
    Intents,
    Tone,
    Hostility,
    Target,
    Dangers,
    Type,
    Urgency,
    Priority,
    Path,
    Suggested,
    Replies,
}

impl Part {
    /// The key in `expect`.
    pub fn token(self) -> &'static str {
        self.into()
    }

    /// True for a list of things, false for one value.
    pub fn is_list(self) -> bool {
        let one = [Self::Relevant, Self::Top, Self::Language, Self::Priority, Self::Suggested];
        let label = [Self::Tone, Self::Hostility, Self::Target, Self::Type, Self::Urgency];
        !one.contains(&self) && !label.contains(&self)
    }
}

impl Expectation {
    /// What is asked of `part`, as the tokens and ids the plan spells; `None` when nothing is.
    pub fn of(&self, part: Part) -> Option<Vec<Id>> {
        let one = |token: Option<&str>| token.map(|token| vec![Id::from(token)]);
        let level = |level: u8| vec![Id::from(level.to_string())];
        match part {
            Part::Relevant => one(self.relevant.map(|relevant| if relevant { "true" } else { "false" })),
            Part::Initiatives => self.initiatives.clone(),
            Part::Top => one(self.top.as_deref()),
            Part::Stakeholders => self.stakeholders.clone(),
            Part::Messages => self.messages.clone(),
            Part::Holdings => self.holdings.clone(),
            Part::Templates => self.templates.clone(),
            Part::Places => self.places.clone(),
            Part::Rumours => self.rumours.clone(),
            Part::Protocols => self.protocols.clone(),
            Part::Clauses => self.clauses.clone(),
            Part::Language => one(self.language.map(Language::token)),
            Part::Intents => {
                self.intents.as_ref().map(|intents| intents.iter().map(|intent| intent.token().into()).collect())
            }
            Part::Tone => one(self.labels.tone.map(Tone::token)),
            Part::Hostility => self.labels.hostility.map(level),
            Part::Target => one(self.labels.target.map(Target::token)),
            Part::Dangers => {
                self.labels.dangers.as_ref().map(|dangers| dangers.iter().map(|danger| danger.token().into()).collect())
            }
            Part::Type => one(self.labels.post_type.map(PostType::token)),
            Part::Urgency => self.labels.urgency.map(level),
            Part::Priority => one(self.priority.map(Level::token)),
            Part::Path => self.path.clone(),
            Part::Suggested => one(self.suggested.as_deref()),
            Part::Replies => self.replies.clone(),
        }
    }
}

impl TrialCase {
    /// Reads a `[[test]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.require("text");
        reader.require("expect");
        let text = reader.text("text");
        let author = Self::read_author(reader);
        let (network, source) = (reader.text("network"), reader.text("source").map(Id::from));
        let lang = reader.text("lang");
        let posted_at = reader.moment("at", Edge::Start);
        let (likes, reposts) = (read_count(reader, "likes"), read_count(reader, "reposts"));
        let (mut expect, mut unexpected) = (Expectation::default(), Expectation::default());
        if let Some(mut table) = reader.child("expect", "expect") {
            expect = Expectation::read(&mut table);
            expect.only = table.boolean("only").unwrap_or_default();
            if let Some(mut table) = table.child("not", "not") {
                unexpected = Expectation::read(&mut table);
                table.finish();
            }
            table.finish();
        }
        let at = reader.at();
        Some(Self { text: text?, author, network, source, lang, posted_at, likes, reposts, expect, unexpected, at })
    }

    fn read_author(reader: &mut Reader<'_>) -> Author {
        let bare = |handle: String| handle.trim_start_matches('@').to_owned();
        if reader.is_text("author") {
            return Author { handle: reader.text("author").map(bare), ..Author::default() };
        }
        let Some(mut table) = reader.child("author", "author") else { return Author::default() };
        let followers = read_count(&mut table, "followers");
        let author = Author { handle: table.text("handle").map(bare), name: table.text("name"), followers, bot: false };
        table.finish();
        author
    }
}

fn read_count(reader: &mut Reader<'_>, key: &'static str) -> Option<u64> {
    reader.integer(key, 0..=1_000_000_000_000).and_then(|count| u64::try_from(count).ok())
}

impl Expectation {
    /// Reads `expect` or its `not`; the caller finishes the table.
    fn read(table: &mut Reader<'_>) -> Self {
        let mut list =
            |key: &'static str, kinds: &'static [TableKind]| table.field(key).map(|_| table.references(key, kinds));
        let initiatives = list("initiatives", &[TableKind::Initiative]);
        let stakeholders = list("stakeholders", &[TableKind::Stakeholder]);
        let messages = list("messages", &[TableKind::Message]);
        let holdings = list("holdings", &[TableKind::Holding]);
        let templates = list("templates", &[TableKind::Template]);
        let places = list("places", &[TableKind::Place]);
        let rumours = list("rumours", &[TableKind::Rumour]);
        let protocols = list("protocols", &[TableKind::Protocol]);
        let clauses = list("clauses", &[TableKind::Clause]);
        let replies = list("replies", REPLIES);
        let path = list("path", &[TableKind::Step]);
        let labels = read_labels(table);
        Self {
            relevant: table.boolean("relevant"),
            initiatives,
            top: table.reference("top", &[TableKind::Initiative]),
            stakeholders,
            messages,
            holdings,
            templates,
            places,
            rumours,
            protocols,
            clauses,
            priority: table.token("priority"),
            intents: labels.intents.clone(),
            path,
            suggested: table.reference("suggested", &[TableKind::Outcome]),
            replies,
            language: labels.language,
            labels: Labels { intents: None, language: None, ..labels },
            only: false,
        }
    }
}
