//! Whether an assessment is what a test expects.
//!
//! What enters: what a test asks and what came. What leaves: one [`Failure`] for each key of `expect`, or of its `not`, that
//! does not hold, without reasons yet: [`super::cause`] finds those.

use serde::{Serialize, Serializer};
use strum::IntoEnumIterator;

use crate::mention::Id;
use crate::pipeline::{Assessment, Hit};
use crate::plan::{Part, TrialCase};

use super::cause::Cause;

/// What a test asks of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// All of these, whatever else is there.
    All,
    /// These and nothing else.
    Only,
    /// None of these.
    Not,
}

/// A key of a test that does not hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    /// The key.
    #[serde(serialize_with = "token")]
    pub part: Part,
    /// How it is asked.
    pub ask: Ask,
    /// What is asked, as the plan spells it.
    pub expected: Vec<Id>,
    /// What came, in its own order.
    pub came: Vec<Id>,
    /// What of the expected did not come.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Id>,
    /// What came and must not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unexpected: Vec<Id>,
    /// Why it came so.
    pub why: Vec<Cause>,
}

/// A part is written as its key.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a field by reference")]
pub(super) fn token<S: Serializer>(part: &Part, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(part.token())
}

/// Everything of `case` that does not hold for `assessment`, in the order of [`Part`]; `not` after what must be. `replies` are
/// those that may be copied.
pub(super) fn failures(case: &TrialCase, assessment: &Assessment, replies: &[Id]) -> Vec<Failure> {
    let mut failures = Vec::new();
    let answer = |part| if part == Part::Replies { replies.to_vec() } else { came(part, assessment) };
    for part in Part::iter() {
        if let Some(expected) = case.expect.of(part) {
            let exact = case.expect.only || expected.is_empty() || !part.is_list();
            failures.extend(wanted(part, expected, answer(part), exact));
        }
        if let Some(expected) = case.unexpected.of(part) {
            failures.extend(unwanted(part, expected, answer(part)));
        }
    }
    failures
}

fn wanted(part: Part, expected: Vec<Id>, came: Vec<Id>, exact: bool) -> Option<Failure> {
    let missing = if part == Part::Path { out_of_order(&expected, &came) } else { without(&expected, &came) };
    let unexpected = if exact { without(&came, &expected) } else { Vec::new() };
    let ask = if exact { Ask::Only } else { Ask::All };
    (!missing.is_empty() || !unexpected.is_empty()).then(|| Failure {
        part,
        ask,
        expected,
        came,
        missing,
        unexpected,
        why: Vec::new(),
    })
}

fn unwanted(part: Part, expected: Vec<Id>, came: Vec<Id>) -> Option<Failure> {
    let unexpected: Vec<Id> = came.iter().filter(|id| expected.contains(id)).cloned().collect();
    let (missing, why) = (Vec::new(), Vec::new());
    (!unexpected.is_empty()).then_some(Failure { part, ask: Ask::Not, expected, came, missing, unexpected, why })
}

/// What of `ids` is not in `others`.
pub(super) fn without(ids: &[Id], others: &[Id]) -> Vec<Id> {
    ids.iter().filter(|id| !others.contains(id)).cloned().collect()
}

/// The expected steps that do not follow one another in what came.
fn out_of_order(expected: &[Id], came: &[Id]) -> Vec<Id> {
    let mut rest = came.iter();
    expected
        .iter()
        .filter(|step| !rest.clone().any(|met| met == *step) || !rest.any(|met| met == *step))
        .cloned()
        .collect()
}

/// What `assessment` says of `part`, spelled as the plan spells it, in the assessment's order. Of replies it says nothing:
/// what may be copied depends on the moment as well.
pub(super) fn came(part: Part, assessment: &Assessment) -> Vec<Id> {
    let ids = |hits: &[Hit]| hits.iter().map(|hit| hit.id.clone()).collect();
    let one = |token: &str| vec![Id::from(token)];
    match part {
        Part::Relevant => one(if assessment.relevant { "true" } else { "false" }),
        Part::Initiatives => ids(&assessment.initiatives),
        Part::Top => assessment.initiatives.iter().take(1).map(|hit| hit.id.clone()).collect(),
        Part::Stakeholders => ids(&assessment.stakeholders),
        Part::Messages => assessment.messages.clone(),
        Part::Holdings => assessment.holdings.clone(),
        Part::Templates => assessment.templates.clone(),
        Part::Places => {
            let here = assessment.places.iter().filter(|place| place.is_here());
            here.map(|place| place.hit.id.clone()).collect()
        }
        Part::Rumours => ids(&assessment.rumours),
        Part::Protocols => ids(&assessment.protocols),
        Part::Clauses => ids(&assessment.clauses),
        Part::Language => one(assessment.language.code.token()),
        Part::Intents => assessment.intents.iter().map(|hit| hit.intent.token().into()).collect(),
        Part::Tone => one(assessment.tone.label.token()),
        Part::Hostility => one(&assessment.hostility.level.to_string()),
        Part::Target => assessment.hostility.target.iter().map(|target| target.token().into()).collect(),
        Part::Dangers => assessment.dangers.iter().map(|hit| hit.danger.token().into()).collect(),
        Part::Type => assessment.post_type.iter().map(|guess| guess.label.token().into()).collect(),
        Part::Urgency => one(&assessment.urgency.level.to_string()),
        Part::Priority => one(assessment.priority.level.token()),
        Part::Path => assessment.path.clone(),
        Part::Suggested => assessment.suggested.iter().cloned().collect(),
        Part::Replies => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn ids(text: &str) -> Vec<Id> {
        text.split_whitespace().map(Id::from).collect()
    }

    #[rstest]
    #[case::all_there(Part::Initiatives, "a b", "b c a", false, None)]
    #[case::one_missing(Part::Initiatives, "a d", "b c a", false, Some(("d", "")))]
    #[case::exact(Part::Initiatives, "a b", "b c a", true, Some(("", "c")))]
    #[case::nothing_wanted(Part::Initiatives, "", "b", true, Some(("", "b")))]
    #[case::a_value(Part::Priority, "P1", "P3", true, Some(("P1", "P3")))]
    #[case::steps_in_order(Part::Path, "a c", "a b c", false, None)]
    #[case::steps_out_of_order(Part::Path, "c a", "a b c", false, Some(("a", "")))]
    #[case::a_step_missing(Part::Path, "a d c", "a b c", false, Some(("d", "")))]
    #[case::steps_exactly(Part::Path, "a c", "a b c", true, Some(("", "b")))]
    fn what_is_wanted(
        #[case] part: Part,
        #[case] expected: &str,
        #[case] came: &str,
        #[case] exact: bool,
        #[case] told: Option<(&str, &str)>,
    ) {
        let failure = wanted(part, ids(expected), ids(came), exact);
        let found = failure.map(|failure| (failure.missing, failure.unexpected));
        assert_eq!(found, told.map(|(missing, unexpected)| (ids(missing), ids(unexpected))));
    }

    #[test]
    fn what_must_not_be_is_named() {
        assert_eq!(unwanted(Part::Initiatives, ids("a"), ids("b")), None);
        let failure = unwanted(Part::Initiatives, ids("a x"), ids("b a")).expect("a failure");
        assert_eq!((failure.ask, failure.unexpected), (Ask::Not, ids("a")));
    }
}
