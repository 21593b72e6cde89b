//! What can be wrong with a query, as data: [`super::wording`] says it in words.

use std::ops::Range;

use crate::query::Stage;

/// Something that keeps a query from being understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The bytes of the query it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub kind: QueryErrorKind,
    /// What could stand in place of the span.
    pub suggestion: Option<String>,
}

/// The kinds of errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryErrorKind {
    /// Nothing is asked for.
    Empty,
    /// Longer than a query may be.
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// Nested deeper than a query may be.
    TooDeep {
        /// The limit in levels.
        limit: usize,
    },
    /// A quote begins and never ends.
    UnclosedQuote,
    /// A brace opens and never closes.
    UnclosedBrace,
    /// A parenthesis opens and never closes.
    UnclosedParenthesis,
    /// A parenthesis closes that never opened.
    UnmatchedParenthesis,
    /// Nothing stands between parentheses.
    EmptyParentheses,
    /// More words, marks and fields than a query may have, the places it names included.
    TooManyTerms {
        /// The limit.
        limit: usize,
    },
    /// An operator misses what it works on.
    MissingOperand {
        /// The operator as written.
        operator: String,
    },
    /// Signs that mean nothing here.
    Unexpected {
        /// The signs.
        found: String,
    },
    /// Nothing in it is a letter, a digit or an emoji.
    NoWords {
        /// What stands there.
        found: String,
    },
    /// The letters of a link are not words.
    Link,
    /// A handle inside a phrase.
    HandleInPhrase,
    /// A `*` that is at neither end of a word, or at both, or a `?` that is no letter's place.
    Wildcard,
    /// A wildcard in a hashtag or handle, but for a `*` at its end.
    MarkWildcard,
    /// A `*` between braces.
    ExactWildcard,
    /// Too little before a `*`.
    PrefixTooShort {
        /// How many letters it takes.
        least: usize,
    },
    /// Too little after a `*`, or beside a `?`.
    WildcardTooBroad {
        /// How many letters it takes.
        least: usize,
    },
    /// A word with `?` of which neither the first nor the last letter is told.
    WildcardBothEnds,
    /// More words with wildcards than a query may have.
    TooManyWildcards {
        /// The limit.
        limit: usize,
    },
    /// More words than a phrase may have.
    TooManyWords {
        /// The limit.
        limit: usize,
    },
    /// `~` without a distance that it understands.
    WithinDistance {
        /// The largest distance.
        largest: u32,
    },
    /// `~` stands behind anything but a phrase of several words.
    WithinOperand,
    /// So many words cannot stand so near each other.
    WithinTooNear {
        /// How many words the phrase has.
        words: usize,
        /// The least distance for them.
        least: u32,
    },
    /// `NEAR` without a distance that it understands.
    NearDistance {
        /// The largest distance.
        largest: u32,
    },
    /// Beside `NEAR` stands something without a place in the text.
    NearOperand,
    /// No field has this name.
    UnknownField {
        /// The name as written.
        name: String,
    },
    /// The field is not known yet at this stage.
    FieldStage {
        /// The field.
        field: &'static str,
        /// The first stage where it works.
        works_in: Stage,
    },
    /// Nothing follows the field.
    MissingValue {
        /// The field.
        field: &'static str,
    },
    /// No place of the plan has this id.
    UnknownPlace {
        /// The id as written.
        id: String,
    },
    /// The value is none that the field can have.
    BadValue {
        /// The field.
        field: &'static str,
        /// The value as written.
        found: String,
        /// What it can have.
        expected: Expected,
    },
    /// The field cannot be compared like this.
    BadComparison {
        /// The field.
        field: &'static str,
        /// The comparison as written.
        found: String,
    },
}

/// What values a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// One of these tokens.
    OneOf(Vec<&'static str>),
    /// A whole number.
    Number,
    /// `15m`, `4h`, `2d`.
    Duration,
    /// `2026-11-01`, `2026-11-01T09:30`.
    Date,
    /// A whole number from 0 on.
    Level {
        /// The largest.
        most: u8,
    },
    /// `en`, `fr-CA`.
    Language,
    /// An identifier, possibly with `*` at its end.
    Id,
}

/// Something that is allowed but probably not meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The bytes of the query it is about.
    pub span: Range<usize>,
    /// What is odd.
    pub kind: WarningKind,
    /// What could stand in place of the span.
    pub suggestion: Option<String>,
}

/// The kinds of warnings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WarningKind {
    /// `or`, `and`, `not`, `ou`, `et` between words: read as a word to find.
    LowercaseOperator {
        /// The word as written.
        word: String,
    },
    /// A `?` at a word's end: read as punctuation.
    QuestionMark {
        /// The word as written.
        word: String,
    },
}
