//! Puts the rules of places where a query names them, so that a match rule can ask for a place.
//!
//! What enters: a query, and what each place's id stands for. What leaves: a query without `place:`, or every id that
//! stands for nothing, with its place in the text. A query never grows beyond [`MAX_TERMS`].

use std::collections::HashMap;
use std::ops::Range;

use crate::query::ast::{Expr, group};
use crate::query::error::{QueryError, QueryErrorKind};
use crate::query::field::Test;
use crate::query::{MAX_TERMS, Query};

/// A place that a query names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRef {
    /// Its id as written.
    pub id: String,
    /// The bytes of the query where it stands.
    pub span: Range<usize>,
}

/// See [`Query::expand_places`].
pub(super) fn expand(query: &Query, resolve: &dyn Fn(&str) -> Option<Expr>) -> Result<Expr, Vec<QueryError>> {
    // Each place is asked for once, and counted before anything is built: a short rule may name a large place many times.
    let mut sizes: HashMap<&str, Option<usize>> = HashMap::new();
    let (mut errors, mut terms) = (Vec::new(), query.expr.terms());
    for place in &query.places {
        let size = *sizes.entry(&place.id).or_insert_with(|| resolve(&place.id).map(|expr| expr.terms()));
        let Some(size) = size else {
            let kind = QueryErrorKind::UnknownPlace { id: place.id.clone() };
            errors.push(QueryError { span: place.span.clone(), kind, suggestion: None });
            continue;
        };
        terms += size;
        if terms > MAX_TERMS {
            let kind = QueryErrorKind::TooManyTerms { limit: MAX_TERMS };
            return Err(vec![QueryError { span: place.span.clone(), kind, suggestion: None }]);
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(with_places(&query.expr, resolve))
}

fn with_places(expr: &Expr, resolve: &dyn Fn(&str) -> Option<Expr>) -> Expr {
    let all = |parts: &[Expr], and| {
        let parts = parts.iter().map(|part| with_places(part, resolve)).collect();
        group(parts, and).unwrap_or_else(|| expr.clone())
    };
    match expr {
        Expr::And(parts) => all(parts, true),
        Expr::Or(parts) => all(parts, false),
        Expr::Not(inner) => Expr::Not(Box::new(with_places(inner, resolve))),
        Expr::Field(Test::Place(pattern)) => resolve(&pattern.id).unwrap_or_else(|| expr.clone()),
        _ => expr.clone(),
    }
}
