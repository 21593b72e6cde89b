//! What a full-text index can be asked for, so that not every text has to be read.
//!
//! What enters: a query. What leaves: an expression over index terms that every matching text fulfils; texts that
//! do not match may fulfil it too. It knows terms and nothing of any index's own syntax.

use crate::query::ast::{Expr, Form, Part};
use crate::text::tokens::{MarkKind, index_term};

/// The texts among which all matches are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidates {
    /// An index cannot help: any text may match.
    All,
    /// The texts whose index terms fulfil this.
    Fts(FtsExpr),
}

/// A question to an index of [`crate::text::tokens::Tokens::index_terms`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FtsExpr {
    /// This term stands in the text.
    Term(String),
    /// A term that begins so stands in the text.
    Prefix(String),
    /// All hold; two at least.
    And(Vec<FtsExpr>),
    /// One holds; two at least.
    Or(Vec<FtsExpr>),
}

pub(super) fn of(expr: &Expr) -> Candidates {
    needed(expr).map_or(Candidates::All, Candidates::Fts)
}

/// `None`: nothing in particular is needed.
fn needed(expr: &Expr) -> Option<FtsExpr> {
    match expr {
        Expr::And(parts) => all(parts.iter().filter_map(needed)),
        Expr::Or(parts) => {
            let parts: Option<Vec<_>> = parts.iter().map(needed).collect();
            parts.and_then(|parts| join(parts, FtsExpr::Or))
        }
        Expr::Words(phrase) | Expr::Within { phrase, .. } => {
            all(phrase.parts.iter().filter_map(|part| term(None, part)))
        }
        Expr::Mark { kind, part, .. } => term(Some(*kind), part),
        Expr::Near { left, right, .. } => all([needed(left), needed(right)].into_iter().flatten()),
        Expr::Not(_) | Expr::Author(_) | Expr::Url(_) | Expr::Field(_) => None,
    }
}

fn all(parts: impl Iterator<Item = FtsExpr>) -> Option<FtsExpr> {
    join(parts.collect(), FtsExpr::And)
}

fn join(mut parts: Vec<FtsExpr>, many: fn(Vec<FtsExpr>) -> FtsExpr) -> Option<FtsExpr> {
    if parts.len() > 1 { Some(many(parts)) } else { parts.pop() }
}

/// `None` for a word of which no beginning is told.
fn term(kind: Option<MarkKind>, part: &Part) -> Option<FtsExpr> {
    let (begins, is_whole) = match part.form {
        Form::Word | Form::Exact(_) => (&*part.folded, true),
        Form::Prefix => (&*part.folded, false),
        Form::Suffix => return None,
        Form::Pattern => (part.folded.split(['?', '*']).next().unwrap_or_default(), false),
    };
    if begins.is_empty() {
        return None;
    }
    let mut spelling = String::new();
    index_term(kind, begins, &mut spelling);
    Some(if is_whole { FtsExpr::Term(spelling) } else { FtsExpr::Prefix(spelling) })
}
