//! What a query asks a text for, in the form in which two such things are compared.
//!
//! What enters: a part of a query. What leaves: where it looks and for which folded words, so that `Eau` and `eau` are
//! one term and `#eau` is another. Nothing is judged here.

use crate::query::{Expr, Form, Part};
use crate::text::tokens::MarkKind;

/// Where a term is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Space {
    Text,
    Tag,
    Handle,
    Author,
    Url,
}

/// A word as the engine compares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Word<'e> {
    pub(super) folded: &'e str,
    pub(super) form: WordForm<'e>,
}

/// Which words of a text it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum WordForm<'e> {
    Whole,
    Beginning,
    Ending,
    Pattern,
    Spelled(&'e str),
}

impl Word<'_> {
    /// True when a text that has it has the folded word.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.form, WordForm::Whole | WordForm::Spelled(_))
    }
}

/// A word, a phrase, a hashtag, a handle, or words of the author or of a link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Term<'e> {
    pub(super) space: Space,
    pub(super) words: Vec<Word<'e>>,
}

/// The term that `expr` is, if it is one and stands for itself alone.
pub(super) fn of(expr: &Expr) -> Option<Term<'_>> {
    let (space, parts) = match expr {
        Expr::Words(phrase) => (Space::Text, phrase.parts.as_slice()),
        Expr::Url(phrase) => (Space::Url, phrase.parts.as_slice()),
        Expr::Author(phrase) => (Space::Author, phrase.parts.as_slice()),
        Expr::Mark { kind: MarkKind::Tag, part, .. } => (Space::Tag, std::slice::from_ref(part)),
        Expr::Mark { kind: MarkKind::Handle, part, .. } => (Space::Handle, std::slice::from_ref(part)),
        _ => return None,
    };
    Some(Term { space, words: parts.iter().map(word).collect() })
}

/// A part of a phrase by itself.
pub(super) fn word(part: &Part) -> Word<'_> {
    let form = match &part.form {
        Form::Word => WordForm::Whole,
        Form::Prefix => WordForm::Beginning,
        Form::Suffix => WordForm::Ending,
        Form::Pattern => WordForm::Pattern,
        Form::Exact(spelling) => WordForm::Spelled(spelling),
    };
    Word { folded: &part.folded, form }
}
