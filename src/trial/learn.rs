//! What the plan can learn from a person's corrections: words that mean something else here, and examples.
//!
//! What enters: a plan and lessons, each a mention with what a person said of it against the program. What leaves: a patch of the
//! plan's files for a person to read: `[[label]]`s for the words that misled, and a `[[test]]` for every lesson. A
//! label under which a test fails that held before is left out. Nothing is written here, and nothing is ever trained: what is
//! learnt stands in the plan, where everybody can read it and take it back.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::correct::example::Example;
use super::correct::patch::Files;
use super::correct::{How, terms};
use super::run::Trials;
use crate::mention::{Id, Labels, Mention, Span};
use crate::pipeline::{Assessment, Assessor};
use crate::plan::{Plan, from_files, toml_string};
use crate::query::{Query, Stage};

/// Where labels are kept when the plan has none.
const FILE: &str = "labels.toml";

/// One correction.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// What was said.
    pub mention: Mention,
    /// What a person said of it.
    pub labels: Labels,
    /// The outcome of the road map a person chose.
    pub outcome: Option<Id>,
}

/// What came of the lessons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learnt {
    /// The unified diff of all files that would change; empty when nothing would.
    pub patch: String,
    /// Lessons the plan agrees with already.
    pub known: usize,
    /// Labels the patch adds.
    pub labels: usize,
    /// Tests the patch adds.
    pub tests: usize,
    /// Lessons for which a test is added that fails: a person has to find the words, or the points.
    pub open: usize,
}

/// A lesson with what the plan says of it now.
struct Open<'l> {
    lesson: &'l Lesson,
    judged: Assessment,
    /// What of the lesson the plan says otherwise.
    labels: Labels,
}

/// What `plan` could take over from `lessons`, judged as of `now`.
pub fn learn(plan: &Plan, lessons: &[Lesson], now: DateTime<Utc>) -> Learnt {
    let mut assessor = Assessor::new();
    let opened = lessons.iter().map(|lesson| {
        let judged = assessor.assess_alone(&lesson.mention, plan);
        Open { lesson, labels: unsaid(&lesson.labels, &judged), judged }
    });
    let (open, known): (Vec<Open<'_>>, Vec<Open<'_>>) = opened.partition(Open::is_open);
    let mut files = Files::of(&plan.sources);
    let mut learnt = Learnt { known: known.len(), ..Learnt::default() };
    let holding = holding(plan, now);
    for (says, group) in by_labels(&open) {
        if let Some(label) = label(&says, &group, plan, learnt.labels) {
            let mut tried = files.clone();
            let file =
                plan.labels.iter().last().map_or_else(|| files.file_for(FILE), |label| label.at.file.to_string());
            tried.append(&file, &label);
            if still_holds(&tried, &holding, now) {
                (files, learnt.labels) = (tried, learnt.labels + 1);
            }
        }
    }
    learnt.open = open.iter().filter(|open| !open.is_answered(&files)).count();
    for open in &open {
        let example = Example { mention: &open.lesson.mention, plan, judged: &open.judged };
        example.add(&mut files, &open.expected());
        learnt.tests += 1;
    }
    learnt.patch = files.patch();
    learnt
}

impl Open<'_> {
    fn is_open(&self) -> bool {
        !self.labels.is_empty()
            || self.lesson.outcome.as_ref().is_some_and(|id| self.judged.suggested.as_ref() != Some(id))
    }

    /// True where the plan of `files` says what the person said.
    fn is_answered(&self, files: &Files) -> bool {
        let Ok((plan, _)) = from_files(files.all()) else { return false };
        let judged = Assessor::new().assess_alone(&self.lesson.mention, &plan);
        unsaid(&self.lesson.labels, &judged).is_empty()
            && self.lesson.outcome.as_ref().is_none_or(|id| judged.suggested.as_ref() == Some(id))
    }

    /// Where the words stand that misled; empty where nothing was found that should have been.
    fn evidence(&self) -> Vec<Span> {
        let Labels { tone, hostility, dangers, intents, urgency, .. } = &self.labels;
        let mut spans = Vec::new();
        if tone.is_some() {
            spans.extend_from_slice(&self.judged.tone.spans);
        }
        if hostility.is_some() {
            spans.extend_from_slice(&self.judged.hostility.spans);
        }
        if let Some(said) = dangers {
            let wrong = self.judged.dangers.iter().filter(|hit| !said.contains(&hit.danger));
            spans.extend(wrong.flat_map(|hit| hit.spans.clone()));
        }
        if let Some(said) = intents {
            let wrong = self.judged.intents.iter().filter(|hit| !said.contains(&hit.intent));
            spans.extend(wrong.flat_map(|hit| hit.spans.clone()));
        }
        if urgency.is_some() {
            spans.extend_from_slice(&self.judged.urgency.spans);
        }
        spans.sort_unstable_by_key(|span| (span.start, span.end));
        spans.dedup();
        spans
    }

    /// Terms that could tell it, the likeliest first.
    fn terms(&self) -> Vec<String> {
        let spans = self.evidence();
        let how = if spans.is_empty() { How::Add } else { How::Exclude };
        terms(&self.lesson.mention.text, &spans, how)
    }

    fn expected(&self) -> String {
        let mut keys = keys(&self.labels);
        keys.extend(self.labels.level.map(|level| format!("priority = {}", toml_string(level.token()))));
        keys.extend(self.lesson.outcome.as_ref().map(|id| format!("suggested = {}", toml_string(id))));
        format!("{{ {} }}", keys.join(", "))
    }
}

/// What of a person's labels an assessment says otherwise.
fn unsaid(said: &Labels, judged: &Assessment) -> Labels {
    let Labels { tone, hostility, target, dangers, intents, post_type, language, urgency, level } = said.clone();
    let same = |one: &[_], other: &mut dyn Iterator<Item = _>| {
        let mut other: Vec<&str> = other.collect();
        let mut one: Vec<&str> = one.to_vec();
        one.sort_unstable();
        other.sort_unstable();
        one == other
    };
    let dangers = dangers.filter(|said| {
        let said: Vec<&str> = said.iter().map(|danger| danger.token()).collect();
        !same(&said, &mut judged.dangers.iter().map(|hit| hit.danger.token()))
    });
    let intents = intents.filter(|said| {
        let said: Vec<&str> = said.iter().map(|intent| intent.token()).collect();
        !same(&said, &mut judged.intents.iter().map(|hit| hit.intent.token()))
    });
    Labels {
        tone: tone.filter(|tone| judged.tone.label != *tone),
        hostility: hostility.filter(|level| judged.hostility.level != *level),
        target: target.filter(|target| judged.hostility.target != Some(*target)),
        dangers,
        intents,
        post_type: post_type.filter(|found| judged.post_type.map(|guess| guess.label) != Some(*found)),
        language: language.filter(|code| judged.language.code != *code),
        urgency: urgency.filter(|level| judged.urgency.level != *level),
        level: level.filter(|level| judged.priority.level != *level),
    }
}

/// Lessons that say the same of their words; what is a matter of points says nothing of words.
fn by_labels<'o, 'l>(open: &'o [Open<'l>]) -> Vec<(Labels, Vec<&'o Open<'l>>)> {
    let mut groups: BTreeMap<String, (Labels, Vec<&'o Open<'l>>)> = BTreeMap::new();
    for one in open {
        let says = Labels { level: None, ..one.labels.clone() };
        if !says.is_empty() {
            groups.entry(keys(&says).join(", ")).or_insert_with(|| (says, Vec::new())).1.push(one);
        }
    }
    groups.into_values().collect()
}

/// The label of a group: the terms that tell most of its mentions, each term as often as it helps.
fn label(says: &Labels, group: &[&Open<'_>], plan: &Plan, number: usize) -> Option<String> {
    let candidates: Vec<Vec<String>> = group.iter().map(|open| open.terms()).collect();
    let mut left: Vec<usize> = (0..group.len()).collect();
    let mut chosen: Vec<String> = Vec::new();
    while !left.is_empty() {
        // The term that most of what is left holds; of two alike the one that was likelier.
        let told = |term: &str| left.iter().filter(|&&at| holds(term, &group[at].lesson.mention.text)).count();
        let ranked = left.iter().flat_map(|&at| candidates[at].iter().enumerate());
        let best = ranked.max_by_key(|(rank, term)| (told(term), std::cmp::Reverse(*rank)));
        let Some(term) = best.map(|(_, term)| term.clone()).filter(|term| told(term) > 0) else { break };
        left.retain(|&at| !holds(&term, &group[at].lesson.mention.text));
        chosen.push(term);
    }
    if chosen.is_empty() {
        return None;
    }
    let id = free_id(says, plan, number);
    let (rule, says) = (toml_string(&chosen.join(" OR ")), keys(says).join("\n"));
    Some(format!("[[label]]\nid = {}\nmatch = {rule}\n{says}\n", toml_string(&id)))
}

fn holds(term: &str, text: &str) -> bool {
    let mention = super::eval::mention_of(0, text, DateTime::UNIX_EPOCH);
    let tokens = crate::text::tokens::Tokens::of(&mention.text);
    let found = Assessment::pending();
    let seen = crate::pipeline::Seen::new(&mention, &tokens, &found);
    Query::parse(term, Stage::Match).is_ok_and(|query| query.matches(seen.subject(Stage::Match)))
}

/// An id that says what the label says and that the plan does not have.
fn free_id(says: &Labels, plan: &Plan, number: usize) -> String {
    let words = keys(says).join(" ");
    let parts: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let base = parts.join("-");
    let taken = |id: &str| plan.labels.by_id(id).is_some();
    let numbered = (number + 1..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or(base)
}

/// The labels as keys of a TOML table, but for the level.
fn keys(labels: &Labels) -> Vec<String> {
    let Labels { tone, hostility, target, dangers, intents, post_type, language, urgency, level: _ } = labels;
    let one = |key: &str, token: Option<&str>| token.map(|token| format!("{key} = {}", toml_string(token)));
    let list = |key: &str, tokens: Option<Vec<&str>>| {
        tokens.map(|tokens| {
            let mut list = String::new();
            for token in tokens {
                // Writing to a string cannot fail.
                let _ = write!(list, "{}{}", if list.is_empty() { "" } else { ", " }, toml_string(token));
            }
            format!("{key} = [{list}]")
        })
    };
    let dangers = dangers.as_ref().map(|all| all.iter().map(|danger| danger.token()).collect());
    let intents = intents.as_ref().map(|all| all.iter().map(|intent| intent.token()).collect());
    let keys = [
        one("tone", tone.map(crate::mention::Tone::token)),
        hostility.map(|level| format!("hostility = {level}")),
        one("target", target.map(crate::mention::Target::token)),
        list("dangers", dangers),
        list("intents", intents),
        one("type", post_type.map(crate::mention::PostType::token)),
        one("language", language.map(crate::mention::Language::token)),
        urgency.map(|level| format!("urgency = {level}")),
    ];
    keys.into_iter().flatten().collect()
}

/// The tests of the plan that hold, by their place.
fn holding(plan: &Plan, now: DateTime<Utc>) -> Vec<String> {
    let mut trials = Trials::new(plan, now);
    let holds = plan.tests.iter().filter(|case| trials.run(case).passed());
    holds.map(|case| case.at.to_string()).collect()
}

/// True when every test that held still does under the plan of `files`.
fn still_holds(files: &Files, before: &[String], now: DateTime<Utc>) -> bool {
    let Ok((plan, _)) = from_files(files.all()) else { return false };
    let after = holding(&plan, now);
    before.iter().all(|place| after.contains(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::{Intent, Level, PostType};
    use crate::plan::fixtures::plan_of;
    use crate::trial::eval::mention_of;

    const PLAN: &str = "[organization]\nname = \"Town\"\nlanguages = [\"en\", \"fr\"]\n\
        [[criterion]]\nid = \"town\"\nverdict = \"relevant\"\nmatch = 'town OR trail'\n";

    fn now() -> DateTime<Utc> {
        "2026-11-20T12:00:00Z".parse().expect("an instant")
    }

    fn lesson(number: usize, text: &str, labels: Labels) -> Lesson {
        Lesson { mention: mention_of(number, text, now()), labels, outcome: None }
    }

    fn asks_nothing() -> Labels {
        Labels { intents: Some(Vec::new()), ..Labels::default() }
    }

    #[test]
    fn words_that_misled_become_a_label_and_every_lesson_a_test() {
        let plan = plan_of(&[("plan.toml", PLAN), ("tests.toml", "")]);
        let lessons = [
            lesson(1, "Who's on First is playing at the town hall", asks_nothing()),
            lesson(2, "Tickets for Who's on First at the town hall", asks_nothing()),
            lesson(3, "The trail is open", asks_nothing()),
        ];
        let learnt = learn(&plan, &lessons, now());
        assert_eq!(learnt.known + learnt.tests, 3, "{learnt:?}");
        assert!(learnt.known >= 1, "the plan asks nothing of the trail: {learnt:?}");
        assert_eq!((learnt.labels, learnt.open), (1, 0), "{}", learnt.patch);
        assert!(learnt.patch.contains("+[[label]]") && learnt.patch.contains("+intents = []"), "{}", learnt.patch);
    }

    #[test]
    fn a_matter_of_points_is_left_to_a_person() {
        let plan = plan_of(&[("plan.toml", PLAN)]);
        let urgent = Labels { level: Some(Level::P1), ..Labels::default() };
        let learnt = learn(&plan, &[lesson(1, "The trail is open", urgent)], now());
        assert_eq!((learnt.labels, learnt.tests, learnt.open), (0, 1, 1));
        assert!(learnt.patch.contains("+expect = { priority = \"P1\" }"), "{}", learnt.patch);
    }

    #[test]
    fn a_label_that_breaks_a_test_is_left_out() {
        let tests = "[[test]]\ntext = \"Is the trail open?\"\nexpect = { intents = [\"question\"] }\n";
        let plan = plan_of(&[("plan.toml", PLAN), ("tests.toml", tests)]);
        let learnt = learn(&plan, &[lesson(1, "Is the trail open?", asks_nothing())], now());
        assert_eq!((learnt.labels, learnt.tests, learnt.open), (0, 1, 1), "{}", learnt.patch);
    }

    #[test]
    fn what_the_plan_says_already_is_not_learnt_again() {
        let plan = plan_of(&[("plan.toml", PLAN)]);
        let question = Labels { intents: Some(vec![Intent::Question]), ..Labels::default() };
        let learnt = learn(&plan, &[lesson(1, "Is the trail open?", question)], now());
        assert_eq!(learnt, Learnt { known: 1, ..Learnt::default() });
    }

    #[test]
    fn hostile_text_stays_a_string() {
        let plan = plan_of(&[("plan.toml", PLAN)]);
        let text = "Why? \"]]\n[[label]]\nid = 'x'";
        let otherwise = Labels { post_type: Some(PostType::Troll), level: Some(Level::P1), ..Labels::default() };
        let learnt = learn(&plan, &[lesson(1, text, otherwise)], now());
        let added: Vec<&str> = learnt.patch.lines().filter(|line| line.starts_with("+[[")).collect();
        assert!(added.iter().filter(|line| **line == "+[[label]]").count() <= 1, "{}", learnt.patch);
        assert_eq!(added.iter().filter(|line| **line == "+[[test]]").count(), 1, "{}", learnt.patch);
    }
}
