//! A query as a tree. Nested groups of the same kind are one group, so that printing and parsing agree.

use crate::query::field::Test;
use crate::query::pattern;
use crate::text::tokens::MarkKind;

/// One question about a subject.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// All hold; two at least, none of them an `And`.
    And(Vec<Expr>),
    /// One holds; two at least, none of them an `Or`.
    Or(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// A word, or words one after the other.
    Words(Phrase),
    /// The words of a phrase, two at least, each at a position of its own, the first and the last at most `distance`
    /// positions apart.
    Within {
        /// The words.
        phrase: Phrase,
        /// At least one less than there are words.
        distance: u32,
        /// They come in the order of the phrase.
        ordered: bool,
    },
    /// A hashtag or a handle.
    Mark {
        /// Which of the two.
        kind: MarkKind,
        /// The name as it was written, without its sign and `*`.
        name: String,
        /// The name as the tokeniser folds it: [`Form::Word`], [`Form::Prefix`] or [`Form::Exact`].
        part: Part,
    },
    /// Two places at most `distance` positions apart.
    Near {
        /// Words, a mark, or an `Or` of these.
        left: Box<Expr>,
        /// The same.
        right: Box<Expr>,
        /// 1 is next to each other.
        distance: u32,
        /// The left one comes first.
        ordered: bool,
    },
    /// Words of the author's handle or name.
    Author(Phrase),
    /// Words of the mention's own link or of a link in its text.
    Url(Phrase),
    /// Anything else that is known of a subject.
    Field(Test),
}

impl Expr {
    /// True for what has places in the text, and so can stand beside `NEAR`.
    pub(super) fn has_places(&self) -> bool {
        match self {
            Self::Words(_) | Self::Mark { .. } => true,
            Self::Or(parts) => parts.iter().all(Self::has_places),
            _ => false,
        }
    }

    /// How many words, marks and fields it asks for.
    pub(super) fn terms(&self) -> usize {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::terms).sum(),
            Self::Not(inner) => inner.terms(),
            Self::Near { left, right, .. } => left.terms() + right.terms(),
            Self::Words(phrase) | Self::Within { phrase, .. } | Self::Author(phrase) | Self::Url(phrase) => {
                phrase.parts.len()
            }
            Self::Mark { .. } | Self::Field(_) => 1,
        }
    }
}

/// One part stays itself; parts of the same kind are taken apart into the group.
pub(super) fn group(parts: Vec<Expr>, and: bool) -> Option<Expr> {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Expr::And(inner) if and => flat.extend(inner),
            Expr::Or(inner) if !and => flat.extend(inner),
            other => flat.push(other),
        }
    }
    match flat.len() {
        0 => None,
        1 => flat.pop(),
        _ if and => Some(Expr::And(flat)),
        _ => Some(Expr::Or(flat)),
    }
}

/// A word or a phrase as it was written, and as the tokeniser sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The writing, single spaces, no quotes or braces around it.
    pub text: String,
    /// One or more words, at successive positions.
    pub parts: Vec<Part>,
}

impl Phrase {
    /// True when it was written in braces: exactly this case and these accents.
    pub fn is_exact(&self) -> bool {
        self.parts.iter().any(|part| matches!(part.form, Form::Exact(_)))
    }
}

/// One word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The folded word; of a prefix or suffix what is written of it, of a pattern also its `?` and its `*`.
    pub folded: String,
    /// Which words it stands for.
    pub form: Form,
}

/// Which words a [`Part`] stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// This word.
    Word,
    /// `flood*`: any word that begins so.
    Prefix,
    /// `*way`: any word that ends so.
    Suffix,
    /// `wat?r`, `colo?r*`, `*gh?ay`: any word that fits; `?` is one character.
    Pattern,
    /// `{Way}`: this word in this spelling, as [`crate::text::fold::spelling`] gives it.
    Exact(String),
}

impl Part {
    /// Whether it stands for a word that folds so; what is exact may still be spelled otherwise.
    pub(super) fn fits(&self, folded: &str) -> bool {
        match self.form {
            Form::Word | Form::Exact(_) => folded == self.folded,
            Form::Prefix => folded.starts_with(&self.folded),
            Form::Suffix => folded.ends_with(&self.folded),
            Form::Pattern => pattern::fits(&self.folded, folded.as_bytes()),
        }
    }

    /// It has a wildcard.
    pub(super) fn is_wild(&self) -> bool {
        matches!(self.form, Form::Prefix | Form::Suffix | Form::Pattern)
    }
}
