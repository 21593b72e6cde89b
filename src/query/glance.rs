//! What can be told of a query before a subject is read whole: a look at the few things a list keeps of it.
//!
//! What enters: a query, and a [`Glance`] that knows some of its fields. What leaves: yes, no, or not to be told so. An
//! answer is the query's own: whoever gets one needs not ask again.

use crate::query::Query;
use crate::query::ast::Expr;
use crate::query::field::Test;

/// Something of which not everything is at hand.
pub trait Glance {
    /// Whether the test holds, where that can be told; it must then say what the whole subject would.
    fn holds(&self, test: &Test) -> Option<bool>;
}

impl Query {
    /// Whether a subject matches, where a glance at it tells.
    pub fn glance(&self, at: &impl Glance) -> Option<bool> {
        holds(self.expr(), at)
    }
}

fn holds(expr: &Expr, at: &impl Glance) -> Option<bool> {
    match expr {
        Expr::And(parts) => all(parts, at, true),
        Expr::Or(parts) => all(parts, at, false),
        Expr::Not(inner) => holds(inner, at).map(|holds| !holds),
        Expr::Field(test) => at.holds(test),
        _ => None,
    }
}

/// `usual` where all parts are so, the contrary where one is, else unknown.
fn all(parts: &[Expr], at: &impl Glance, usual: bool) -> Option<bool> {
    let mut known = true;
    for part in parts {
        match holds(part, at) {
            Some(found) if found != usual => return Some(!usual),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(usual)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::query::{Is, Stage};

    /// Knows that it is a question, and no thanks.
    struct Question;

    impl Glance for Question {
        fn holds(&self, test: &Test) -> Option<bool> {
            match test {
                Test::Is(Is::Question) => Some(true),
                Test::Is(Is::Thanks) => Some(false),
                _ => None,
            }
        }
    }

    #[rstest]
    #[case::yes("is:question", Some(true))]
    #[case::no("is:thanks", Some(false))]
    #[case::words_are_not_told("water", None)]
    #[case::one_no_is_enough("water is:thanks", Some(false))]
    #[case::one_yes_is_enough("water OR is:question", Some(true))]
    #[case::the_rest_decides("water is:question", None)]
    #[case::the_rest_decides_too("water OR is:thanks", None)]
    #[case::not("-is:thanks NOT is:claim is:question", None)]
    #[case::not_known("-is:question", Some(false))]
    fn a_glance_tells_what_is_sure(#[case] query: &str, #[case] expected: Option<bool>) {
        let query = Query::parse(query, Stage::Desk).expect("a query");
        assert_eq!(query.glance(&Question), expected);
    }
}
