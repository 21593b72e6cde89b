//! A query taken apart for a reader who does not write queries.

use crate::query::{Expr, Query};

use super::document::Rule;

impl Rule {
    /// The groups of a query as groups, everything else in the words of the query language.
    pub(super) fn of(query: &Query) -> Self {
        Self::of_expr(query.expr())
    }

    fn of_expr(expr: &Expr) -> Self {
        match expr {
            Expr::And(parts) => Self::All(parts.iter().map(Self::of_expr).collect()),
            Expr::Or(parts) => Self::Any(parts.iter().map(Self::of_expr).collect()),
            Expr::Not(inner) => Self::Not(Box::new(Self::of_expr(inner))),
            term => Self::Term(term.to_string()),
        }
    }

    /// The single terms among the parts of a group, which fit on a line, and the others; the order of parts means
    /// nothing.
    pub(super) fn split(parts: &[Rule]) -> (Vec<&str>, Vec<&Rule>) {
        let (mut terms, mut others) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Self::Term(term) => terms.push(term.as_str()),
                other => others.push(other),
            }
        }
        (terms, others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Stage;

    #[test]
    fn groups_are_taken_apart_and_terms_stay_as_they_are_written() {
        let query = Query::parse("(brown NEAR/4 water OR \"eau brune\" OR flood*) -rafting", Stage::Match);
        let rule = Rule::of(&query.expect("parses"));
        let term = |text: &str| Rule::Term(text.to_owned());
        let any = vec![term("brown NEAR/4 water"), term("\"eau brune\""), term("flood*")];
        assert_eq!(rule, Rule::All(vec![Rule::Any(any), Rule::Not(Box::new(term("rafting")))]));
        let parts = [term("a"), Rule::Not(Box::new(term("b"))), term("c")];
        assert_eq!(Rule::split(&parts), (vec!["a", "c"], vec![&parts[1]]));
    }
}
