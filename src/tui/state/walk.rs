//! The road map as questions to a person: which way a mention goes, question by question.
//!
//! What enters: the plan's road map, what its rules answer for the mention, and yes or no from the person. What leaves:
//! the way as it stands, and at its end the command that records it. The plan's own answers are shown, not asked again;
//! a person may still say otherwise, and then has to say why.

use crate::mention::{Id, MentionId};
use crate::plan::{RoadMap, Target};
use crate::triage::Answer;

/// Who answered a question of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A rule of the plan.
    Plan,
    /// The person, where the plan leaves it to one.
    Person,
    /// The person, against the plan's rule.
    Against,
}

/// A question on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// Its position in [`RoadMap::steps`].
    pub step: usize,
    /// The answer and whose it is; none for the question that is open.
    pub answer: Option<(bool, By)>,
}

/// The way as it stands: it ends at an outcome, or at the first question that nobody has answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// The questions met, in order.
    pub stops: Vec<Stop>,
    /// The outcome at its end, a position in [`RoadMap::outcomes`].
    pub outcome: Option<usize>,
}

/// A walk that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    mention: MentionId,
    /// What the plan's rules say, by step; none for the questions left to a person.
    rules: Vec<Option<bool>>,
    /// What the person said, by step.
    given: Vec<Option<bool>>,
    cursor: usize,
}

impl Walk {
    /// Begins at the first open question. `rules` has an entry for each step; `before` is what a person answered in an
    /// earlier walk.
    pub fn new(mention: MentionId, rules: Vec<Option<bool>>, before: &[Answer], map: &RoadMap) -> Self {
        let mut given = vec![None; rules.len()];
        for answer in before {
            if let Some(place) = map.steps.position(&answer.step).and_then(|step| given.get_mut(step)) {
                *place = Some(answer.yes);
            }
        }
        let mut walk = Self { mention, rules, given, cursor: 0 };
        let stops = walk.way(map).stops;
        let open = stops.iter().position(|stop| stop.answer.is_none());
        // Where nothing is open, the first question that was a person's to answer, else the end.
        let person = || stops.iter().position(|stop| walk.rules.get(stop.step).is_some_and(Option::is_none));
        walk.cursor = open.or_else(person).unwrap_or(stops.len());
        walk
    }

    /// The mention that is walked.
    pub fn mention(&self) -> &MentionId {
        &self.mention
    }

    /// The place of the cursor among the stops; past the last one it is on the outcome.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The way from the start as it stands. A road map has no circles, so it meets each step once at most.
    pub fn way(&self, map: &RoadMap) -> Way {
        let mut way = Way::default();
        let mut target = map.start;
        loop {
            match target {
                Target::Outcome(position) => {
                    way.outcome = Some(position);
                    return way;
                }
                Target::Step(position) => {
                    let Some(step) = map.steps.get(position).filter(|_| way.stops.len() < map.steps.len()) else {
                        return way;
                    };
                    let answer = self.answered(position);
                    way.stops.push(Stop { step: position, answer });
                    let Some((yes, _)) = answer else { return way };
                    target = if yes { step.yes } else { step.no };
                }
            }
        }
    }

    fn answered(&self, step: usize) -> Option<(bool, By)> {
        let rule = self.rules.get(step).copied().flatten();
        match (self.given.get(step).copied().flatten(), rule) {
            (Some(yes), None) => Some((yes, By::Person)),
            (Some(yes), Some(rule)) if yes != rule => Some((yes, By::Against)),
            (_, rule) => rule.map(|yes| (yes, By::Plan)),
        }
    }

    /// Answers the question under the cursor; the cursor goes to the next open one, else to the outcome.
    pub fn answer(&mut self, map: &RoadMap, yes: bool) {
        let Some(stop) = self.way(map).stops.get(self.cursor).copied() else { return };
        if let Some(given) = self.given.get_mut(stop.step) {
            *given = Some(yes);
        }
        let way = self.way(map);
        let open = way.stops.iter().position(|stop| stop.answer.is_none());
        self.cursor = open.unwrap_or(way.stops.len());
    }

    /// Moves the cursor along the way.
    pub fn by(&mut self, map: &RoadMap, step: isize) {
        let way = self.way(map);
        let last = if way.outcome.is_some() { way.stops.len() } else { way.stops.len().saturating_sub(1) };
        self.cursor = self.cursor.saturating_add_signed(step).min(last);
    }

    /// The walk as it is recorded: outcome, path and the person's own answers. `None` while a question is open.
    pub fn walked(&self, map: &RoadMap) -> Option<Walked> {
        let way = self.way(map);
        let outcome = map.outcomes.get(way.outcome?)?.id.clone();
        let (mut path, mut answers) = (Vec::new(), Vec::new());
        for Stop { step, answer } in way.stops {
            let ((yes, by), step) = (answer?, map.steps.get(step)?.id.clone());
            if yes {
                path.push(step.clone());
            }
            if by != By::Plan {
                answers.push(Answer { step, yes, against: by == By::Against });
            }
        }
        Some(Walked { outcome, path, answers })
    }
}

/// A walk that came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walked {
    /// Where it ended.
    pub outcome: Id,
    /// The steps answered yes, in order.
    pub path: Vec<Id>,
    /// What the person answered, in order.
    pub answers: Vec<Answer>,
}

impl Walked {
    /// True where a rule of the plan was overruled: that needs a reason.
    pub fn overrules(&self) -> bool {
        self.answers.iter().any(|answer| answer.against)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::fixtures;

    /// `relevant` by rule, then `rant` and `worth` by a person.
    fn map() -> RoadMap {
        let plan = r#"
start = "relevant"
[organization]
name = "Alder Bay"
[[step]]
id = "relevant"
question = "About us?"
match = "is:relevant"
yes = "rant"
no = "none"
[[step]]
id = "rant"
question = "A rant?"
yes = "stand"
no = "worth"
[[step]]
id = "worth"
question = "Worth it?"
yes = "answer"
no = "stand"
[[outcome]]
id = "none"
title = "Not ours"
disposition = "not_relevant"
[[outcome]]
id = "stand"
title = "Let it stand"
disposition = "let_stand"
[[outcome]]
id = "answer"
title = "Answer"
disposition = "responded_public"
"#;
        fixtures::plan(plan).road_map
    }

    fn walk(map: &RoadMap, before: &[Answer]) -> Walk {
        Walk::new(MentionId::new("inbox:a"), vec![Some(true), None, None], before, map)
    }

    fn said(step: &str, yes: bool, against: bool) -> Answer {
        Answer { step: step.into(), yes, against }
    }

    #[test]
    fn it_begins_at_the_open_question_and_ends_at_an_outcome() {
        let map = map();
        let mut walk = walk(&map, &[]);
        assert_eq!((walk.cursor(), walk.walked(&map)), (1, None));
        walk.answer(&map, false);
        assert_eq!(walk.cursor(), 2, "the next open question");
        walk.answer(&map, true);
        let walked = walk.walked(&map).expect("at its end");
        assert_eq!((&*walked.outcome, walked.overrules()), ("answer", false));
        assert_eq!(walked.path.iter().map(|id| &**id).collect::<Vec<_>>(), ["relevant", "worth"]);
        assert_eq!(walked.answers, [said("rant", false, false), said("worth", true, false)]);
    }

    #[test]
    fn an_answer_against_the_plan_is_told_apart_and_taken_back() {
        let map = map();
        let mut walk = walk(&map, &[]);
        walk.by(&map, -1);
        walk.answer(&map, false);
        let walked = walk.walked(&map).expect("at its end");
        assert_eq!((&*walked.outcome, walked.overrules()), ("none", true));
        walk.by(&map, -1);
        walk.answer(&map, true);
        assert_eq!(walk.way(&map).stops[0].answer, Some((true, By::Plan)), "the plan says so itself");
        assert_eq!(walk.walked(&map), None);
    }

    #[test]
    fn what_was_answered_before_is_there_again() {
        let map = map();
        let mut walk = walk(&map, &[said("rant", true, false), said("gone", true, false)]);
        assert_eq!(walk.walked(&map).map(|walked| walked.outcome), Some("stand".into()));
        assert_eq!(walk.cursor(), 1, "it can be answered otherwise");
        walk.by(&map, 9);
        assert_eq!(walk.cursor(), 2);
    }
}
