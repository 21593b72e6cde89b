//! What a query asks a text for, in the form in which two such things are compared.

use crate::query::{Expr, Part};
use crate::text::tokens::MarkKind;

/// Where a term is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Space {
    Text,
    Tag,
    Handle,
    Author,
}

/// A word as the engine compares it; `prefix` stands for every word that begins so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Word<'e> {
    pub(super) folded: &'e str,
    pub(super) prefix: bool,
}

/// A word, a phrase, a hashtag, a handle or an author's words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Term<'e> {
    pub(super) space: Space,
    pub(super) words: Vec<Word<'e>>,
}

/// The term that `expr` is, if it is one and stands for itself alone.
pub(super) fn of(expr: &Expr) -> Option<Term<'_>> {
    let (space, parts) = match expr {
        Expr::Words(phrase) => (Space::Text, phrase.parts.as_slice()),
        Expr::Author(phrase) => (Space::Author, phrase.parts.as_slice()),
        Expr::Mark { kind: MarkKind::Tag, part, .. } => (Space::Tag, std::slice::from_ref(part)),
        Expr::Mark { kind: MarkKind::Handle, part, .. } => (Space::Handle, std::slice::from_ref(part)),
        _ => return None,
    };
    let words = parts.iter().map(word).collect::<Option<Vec<_>>>()?;
    Some(Term { space, words })
}

/// `None` for what is not compared as one folded word.
fn word(part: &Part) -> Option<Word<'_>> {
    Some(Word { folded: &part.folded, prefix: part.prefix })
}
