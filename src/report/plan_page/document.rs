//! What the page says, before anybody decides how it is marked up.
//!
//! Strings here are raw: they may hold anything a plan may hold, and only a renderer makes them safe.

use crate::mention::Language;

/// The page.
#[derive(Debug)]
pub(super) struct Document {
    /// Whose plan it is.
    pub title: Words,
    /// Which plan it is and as of when it is told.
    pub facts: Vec<Fact>,
    /// How to read a rule.
    pub legend: String,
    /// Its parts in reading order, none of them empty.
    pub sections: Vec<Section>,
}

/// A part of the plan with its place in the contents.
#[derive(Debug)]
pub(super) struct Section {
    /// Unique on the page; letters and `-` only.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// One or two sentences on what it is for.
    pub note: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug)]
pub(super) enum Block {
    /// Something with a heading of its own.
    Entry(Entry),
    /// Names with what stands under them.
    Facts(Vec<Fact>),
    /// The exact words that may be said.
    Quote(Words),
    /// Steps to be taken in order.
    Steps(Vec<Words>),
    /// Rows under column names.
    Table(Table),
    /// A decision tree, or a piece of one.
    Tree(Node),
}

/// A heading with what belongs to it.
#[derive(Debug)]
pub(super) struct Entry {
    /// What others refer to it by: a kind and an id of the plan.
    pub anchor: Option<String>,
    /// The heading.
    pub title: Words,
    /// Its states in a word each, shown beside the heading.
    pub marks: Vec<Mark>,
    /// What belongs to it.
    pub blocks: Vec<Block>,
}

/// A state in a word.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// The word.
    pub text: String,
    /// How it is to be taken.
    pub tone: Tone,
}

/// How a state is to be taken; the word says it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// As it should be.
    Good,
    /// Neither good nor bad.
    Plain,
    /// To be looked at.
    Bad,
}

/// A name with what stands under it.
#[derive(Debug)]
pub(super) struct Fact {
    /// The name.
    pub label: String,
    /// One value or several.
    pub values: Vec<Words>,
}

/// Rows under column names.
#[derive(Debug)]
pub(super) struct Table {
    /// The names.
    pub columns: Vec<String>,
    /// As many cells in each row as there are columns.
    pub rows: Vec<Vec<Words>>,
}

/// A stretch of text.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(pub Vec<Piece>);

/// A piece of text.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// Words as they are.
    Plain(String),
    /// An id, an account, a tag: exact characters.
    Code(String),
    /// A page elsewhere.
    Link(String),
    /// Another entry of this page: what it is called and its anchor.
    Reference(String, String),
    /// The same in several languages; `None` where the plan lacks one.
    Said(Vec<(Language, Option<String>)>),
    /// When something holds.
    Rule(Rule),
    /// A state in a word.
    Mark(Mark),
}

/// A query taken apart for a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rule {
    /// One thing asked for, in the words of the query language.
    Term(String),
    /// One of them is enough.
    Any(Vec<Rule>),
    /// Each must hold.
    All(Vec<Rule>),
    /// It must not hold.
    Not(Box<Rule>),
}

/// A step of the decision tree, or what ends a way through it.
#[derive(Debug)]
pub(super) enum Node {
    /// A question with what follows each answer.
    Step {
        /// What others refer to it by.
        anchor: String,
        /// The question.
        question: Words,
        /// Who or what answers it.
        how: Words,
        /// What follows yes.
        yes: Box<Node>,
        /// What follows no.
        no: Box<Node>,
    },
    /// What is done.
    Outcome(Words),
    /// A step that is told elsewhere.
    Elsewhere(Words),
}

impl Words {
    /// Words as they are.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self(vec![Piece::Plain(text.into())])
    }

    /// Exact characters.
    pub(super) fn code(text: impl Into<String>) -> Self {
        Self(vec![Piece::Code(text.into())])
    }

    /// A page elsewhere.
    pub(super) fn link(url: impl Into<String>) -> Self {
        Self(vec![Piece::Link(url.into())])
    }

    /// A state in a word.
    pub(super) fn mark(mark: Mark) -> Self {
        Self(vec![Piece::Mark(mark)])
    }

    /// These words and then others.
    pub(super) fn then(mut self, other: impl Into<Words>) -> Self {
        self.0.extend(other.into().0);
        self
    }

    /// Several with `separator` between them.
    pub(super) fn joined(all: impl IntoIterator<Item = Words>, separator: &str) -> Self {
        let mut joined = Self::default();
        for (index, words) in all.into_iter().enumerate() {
            if index > 0 {
                joined.0.push(Piece::Plain(separator.to_owned()));
            }
            joined.0.extend(words.0);
        }
        joined
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl Mark {
    pub(super) fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}
