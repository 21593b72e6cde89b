use rstest::rstest;

use super::wording::{lines, text};
use super::*;
use crate::locale::{Lang, Locale};
use crate::mention::{Id, RawItem};
use crate::pipeline::normalise;
use crate::plan::fixtures::plan_of;

const PLAN: &str = r#"
[organization]
name = "Alder Bay"
languages = ["en", "fr"]
time_zone = "America/Vancouver"
[[initiative]]
id = "water"
title = { en = "Water", fr = "Eau" }
match = '"water main" OR (brown NEAR/2 water)'
posture = "crisis"
[[initiative]]
id = "pool"
title = { en = "Pool", fr = "Piscine" }
match = '"lions pool"'
[[criterion]]
id = "elsewhere"
title = "Another town"
verdict = "not_relevant"
match = '"springfield illinois"'
[[stakeholder]]
id = "media"
kind = "media"
name = "Media"
handles = ["@sentinel"]
weight = 12
"#;

const PRIORITY: &str = r#"
levels = { P1 = 60, P2 = 35, P3 = 8 }
posture = { quiet = 0, heightened = 8, crisis = 15 }
reach = [{ followers = 1000, points = 3 }]
[[contribution]]
name = "danger"
points = 50
match = "gas OR fire"
[[contribution]]
name = "question"
points = 8
match = "is:question"
[[contribution]]
name = "thanks"
points = -10
match = "thanks"
[[floor]]
name = "hurt"
level = "P1"
match = "hurt AND child"
[[cap]]
name = "joke"
level = "P4"
match = "lol"
"#;

const ROAD_MAP: &str = r#"
start = "relevant"
[[step]]
id = "relevant"
question = "Is it ours?"
match = "is:relevant"
yes = "worth"
no = "leave"
[[step]]
id = "worth"
question = "Is it worth it?"
assume = true
yes = "answer"
no = "leave"
[[outcome]]
id = "answer"
title = "Answer"
disposition = "responded_public"
[[outcome]]
id = "leave"
title = "Leave it"
disposition = "let_stand"
"#;

fn the_plan() -> Plan {
    let files = [("plan.toml", PLAN), ("priority.toml", PRIORITY), ("road_map.toml", ROAD_MAP)];
    plan_of(&files.map(|(name, text)| (name, text.trim_start())))
}

fn now() -> DateTime<Utc> {
    "2026-11-20T20:00:00Z".parse().expect("an instant")
}

fn said(text: &str) -> Mention {
    let mut item = RawItem::new(Id::from("inbox"), text, now());
    item.author.followers = Some(10);
    normalise(item)
}

/// The account in English.
fn told(text_of_mention: &str) -> String {
    let (plan, mention) = (the_plan(), said(text_of_mention));
    let assessment = assess(&mention, &plan);
    text(&lines(&why(&mention, &assessment, &plan, now()), &Locale::new(Lang::En)))
}

#[rstest]
#[case::score("a water main broke, gas?", DecidedBy::Score)]
#[case::floor("hurt child", DecidedBy::Floor(Level::P4))]
#[case::cap("lol gas fire at the water main", DecidedBy::Cap(Level::P1))]
fn what_decided_the_level_is_told(#[case] text: &str, #[case] expected: DecidedBy) {
    let (plan, mention) = (the_plan(), said(text));
    let assessment = assess(&mention, &plan);
    assert_eq!(why(&mention, &assessment, &plan, now()).decided_by, expected);
}

#[test]
fn the_road_map_is_told_as_it_was_walked() {
    let (plan, mention) = (the_plan(), said("the water main broke"));
    let assessment = assess(&mention, &plan);
    let account = why(&mention, &assessment, &plan, now());
    let steps: Vec<(&str, bool, bool)> = account
        .walk
        .iter()
        .map(|visited| (&*visited.step.id, visited.yes, matches!(visited.by, AnsweredBy::Assumed)))
        .collect();
    assert_eq!(steps, [("relevant", true, false), ("worth", true, true)]);
    assert_eq!(account.outcome.map(|outcome| &*outcome.id), Some("answer"));
}

#[test]
fn an_initiative_that_is_set_aside_says_so() {
    let (plan, mention) = (the_plan(), said("the water main in Springfield Illinois"));
    let assessment = assess(&mention, &plan);
    let account = why(&mention, &assessment, &plan, now());
    assert_eq!(account.set_aside.iter().map(|hit| &*hit.id).collect::<Vec<_>>(), ["water"]);
    assert_eq!(account.criteria.len(), 1);
}

#[rstest]
#[case::phrase("the lions are in the pool", "pool.match")]
#[case::too_far("brown is the colour of our water", "water.match")]
fn the_nearest_silent_rule_comes_first(#[case] text: &str, #[case] rule: &str) {
    let (plan, mention) = (the_plan(), said(text));
    let assessment = assess(&mention, &plan);
    let account = why(&mention, &assessment, &plan, now());
    assert_eq!(account.near.first().map(|near| &*near.rule.name), Some(rule));
}

/// The ways to a level as `name+name`, in their order.
fn ways(text: &str, level: Level) -> Vec<String> {
    let (plan, mention) = (the_plan(), said(text));
    let assessment = assess(&mention, &plan);
    let account = why(&mention, &assessment, &plan, now());
    let Some(rise) = account.rises.iter().find(|rise| rise.level == level) else { return Vec::new() };
    let name = |change: &Change<'_>| match change.kind {
        ChangeKind::Floor(floor) => floor.name.to_string(),
        ChangeKind::Protocol(protocol) => protocol.id.to_string(),
        ChangeKind::NoCap(cap) => format!("no {}", cap.name),
        ChangeKind::Contribution(found) => found.name.to_string(),
        ChangeKind::NoContribution(found) => format!("no {}", found.name),
        ChangeKind::Stakeholder(group) => group.id.to_string(),
        ChangeKind::Initiative(found) => found.id.to_string(),
        ChangeKind::Reach(step) => step.followers.to_string(),
    };
    rise.ways.iter().map(|way| way.changes.iter().map(name).collect::<Vec<_>>().join("+")).collect()
}

#[rstest]
#[case::one_rule("the water main", Level::P1, &["danger", "hurt"])]
#[case::two_rules("nice day", Level::P1, &["hurt", "danger+water", "danger+media"])]
#[case::less_taken("thanks for the water main", Level::P3, &["no thanks", "question", "danger", "hurt"])]
#[case::a_cap_in_the_way("lol the water main", Level::P3, &["no joke", "hurt"])]
#[case::nothing_above_the_highest("hurt child", Level::P1, &[])]
fn the_fewest_changes_come_first(#[case] text: &str, #[case] level: Level, #[case] expected: &[&str]) {
    assert_eq!(ways(text, level), expected);
}

#[test]
fn every_way_raises_the_level() {
    // What a way changes is said as well: then the level is there.
    for (text, more) in [("the water main", " gas"), ("nice day", " hurt child"), ("brown water", " gas")] {
        let plan = the_plan();
        let level = assess(&said(&format!("{text}{more}")), &plan).priority.level;
        assert_eq!(level, Level::P1, "{text}");
    }
}

#[test]
fn an_account_reads_from_the_level_to_what_would_raise_it() {
    insta::assert_snapshot!("relevant", told("the water main by the lions is brown"));
    insta::assert_snapshot!("not_relevant", told("lol the water main in Springfield Illinois"));
}

#[test]
fn an_older_assessment_is_made_anew() {
    let (plan, mention) = (the_plan(), said("the water main"));
    let mut assessment = assess(&mention, &plan);
    assessment.plan = crate::plan::PlanHash("old".into());
    assessment.priority.score = 99;
    assert_ne!(why(&mention, &assessment, &plan, now()).assessment.priority.score, 99);
}
