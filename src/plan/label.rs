//! What the organization says of certain words, against what the program would make of them.
//!
//! Every town has its own: a trail called Hangman's, a team called the Killers, a nickname that is no insult. A label names
//! the words and what is so of a mention that holds them; it is asked before every rule on what was found out, and the
//! screen tells that the plan says so and where.

use crate::mention::{Id, Labels, MAX_HOSTILITY, MAX_URGENCY};

use crate::query::Stage;

use super::at::At;
use super::named::has_id;
use super::problem::{ProblemKind, TableKind};
use super::reader::Reader;
use super::rules::Rule;

/// `[[label]]`: words and what is so of a mention that holds them.
#[derive(Debug, Clone)]
pub struct Label {
    /// Unique among labels.
    pub id: Id,
    /// When it holds (match stage); named `<id>.match`.
    pub rule: Rule,
    /// What is so then; never empty.
    pub says: Labels,
    /// Why, for who reads the plan.
    pub note: Option<String>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Label);

impl Label {
    /// Reads a `[[label]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Label);
        let owner = id.as_deref().unwrap_or("label").to_owned();
        reader.require("match");
        let rule = reader.rule("match", &owner, Stage::Match);
        let note = reader.text("note");
        let says = read_labels(reader);
        if says.is_empty() {
            reader.fail(ProblemKind::Empty { key: "label".to_owned() });
        }
        Some(Self { id: id?, rule: rule?, says, note, at: reader.at() })
    }
}

/// What is said of a mention's words: the keys that a label and the expectation of a test share. The level is no matter of words.
pub(super) fn read_labels(reader: &mut Reader<'_>) -> Labels {
    let mut level = |key: &'static str, most: u8| {
        reader.integer(key, 0..=i64::from(most)).and_then(|level| u8::try_from(level).ok())
    };
    let (hostility, urgency) = (level("hostility", MAX_HOSTILITY), level("urgency", MAX_URGENCY));
    Labels {
        tone: reader.token("tone"),
        hostility,
        target: reader.token("target"),
        dangers: reader.tokens("dangers"),
        intents: reader.tokens("intents"),
        post_type: reader.token("type"),
        language: reader.token("language"),
        urgency,
        level: None,
    }
}
