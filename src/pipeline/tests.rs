//! What the pipeline makes of mentions under plans of each part.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::mention::{Id, Level, Mention, RawItem};
use crate::plan::Plan;
use crate::plan::fixtures::{plan, plan_of};

mod parts;

const PLAN: &str = r#"
levels = { P1 = 60, P2 = 35, P3 = 8 }
[organization]
name = "Alder Bay"
languages = ["en", "fr"]
time_zone = "America/Vancouver"
[[initiative]]
id = "water"
title = "Water"
match = "water OR eau"
posture = "crisis"
base_priority = 5
end = 2026-11-30
[[stakeholder]]
id = "media"
kind = "media"
name = "Media"
match = "author:sentinel*"
weight = 12
[[stakeholder]]
id = "board"
kind = "board"
name = "Board"
handles = ["@sentinel_board"]
weight = 20
[[contribution]]
name = "big"
points = 70
match = "fire"
[[contribution]]
name = "question"
points = 8
match = "is:question"
[[contribution]]
name = "calm"
points = -30
match = "thanks"
[[floor]]
name = "low floor"
level = "P3"
match = "kid*"
[[floor]]
name = "high floor"
level = "P1"
match = "gas"
[[cap]]
name = "cap"
level = "P4"
match = "lol"
"#;

fn the_plan() -> Plan {
    let (levels, rest) = PLAN.trim_start().split_once('\n').expect("two lines");
    plan_of(&[("plan.toml", rest), ("priority.toml", levels)])
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn said(text: &str) -> RawItem {
    let mut item = RawItem::new(Id::from("inbox"), text, moment("2026-11-20T20:00:00Z"));
    item.posted_at = Some(moment("2026-11-20T19:50:00Z"));
    item
}

fn assessed(item: RawItem) -> Assessment {
    assess(&normalise(item), &the_plan())
}

#[rstest]
#[case::nothing("hello", Level::P4, 0)]
#[case::initiative("brown water", Level::P3, 20)]
#[case::question("is the water safe?", Level::P3, 28)]
#[case::limited("fire in the water, is it safe? ", Level::P1, 98)]
#[case::negative("thanks", Level::P4, -30)]
#[case::floor("gas", Level::P1, 0)]
#[case::the_stronger_floor("kids smell gas", Level::P1, 0)]
#[case::cap("water lol", Level::P4, 20)]
#[case::floor_beats_cap("kids lol", Level::P3, 0)]
fn levels(#[case] text: &str, #[case] level: Level, #[case] score: i32) {
    let priority = assessed(said(text)).priority;
    assert_eq!((priority.level, priority.score), (level, score), "{priority:?}");
}

#[test]
fn the_heaviest_group_counts_once_and_the_sum_is_limited() {
    let mut item = said("fire! fire! is the water on?");
    item.author.handle = Some("Sentinel_Board".into());
    item.author.followers = Some(20_000);
    let assessment = assessed(item);
    let groups: Vec<&str> = assessment.stakeholders.iter().map(|hit| &*hit.id).collect();
    assert_eq!(groups, ["board", "media"]);
    let told: Vec<(String, i32)> =
        assessment.priority.reasons.iter().map(|reason| (reason.name().into_owned(), reason.points)).collect();
    let expected = [
        ("big", 70),
        ("question", 8),
        ("stakeholder board", 20),
        ("posture crisis water", 15),
        ("initiative water", 5),
        ("reach", 7),
        ("velocity unknown", 0),
        ("limit", -25),
    ];
    assert_eq!(told, expected.map(|(name, points)| (name.to_owned(), points)));
}

#[test]
fn an_initiative_past_its_end_adds_no_posture() {
    let mut item = said("water");
    item.received_at = moment("2026-12-01T12:00:00Z");
    item.posted_at = None;
    let priority = assessed(item).priority;
    assert!(!priority.reasons.iter().any(|reason| matches!(reason.why, Why::Posture { .. })), "{priority:?}");
}

#[test]
fn clocks_run_from_the_posting_and_not_for_backlog() {
    let assessment = assessed(said("gas"));
    assert_eq!(assessment.clocks.acknowledge_by, Some(moment("2026-11-20T20:05:00Z")));
    assert_eq!(assessment.clocks.substance_by, Some(moment("2026-11-20T20:50:00Z")));
    let mut old = said("gas");
    old.posted_at = Some(old.received_at - TimeDelta::hours(25));
    assert_eq!(assessed(old).clocks.acknowledge_by, Some(moment("2026-11-20T20:15:00Z")));
    let mut backlog = said("gas");
    backlog.backlog = true;
    assert_eq!(assessed(backlog).clocks, Clocks::default());
}

#[test]
fn an_assessment_reads_back_as_it_was_written() {
    let assessment = assessed(said("kids smell gas, is the water ok? lol"));
    let json = serde_json::to_string(&assessment).expect("serialises");
    let back: Assessment = serde_json::from_str(&json).expect("reads");
    assert_eq!(back, assessment);
}

fn mention(text: &str, handle: &str, followers: Option<u64>) -> Mention {
    let mut item = said(text);
    item.author.handle = Some(handle.to_owned());
    item.author.followers = followers;
    normalise(item)
}

proptest! {
    #[test]
    fn points_sum_to_the_score_and_the_score_never_exceeds_100(
        words in prop::collection::vec(prop::sample::select(vec!["fire", "water", "gas", "thanks", "lol", "kids", "is it", "?", "."]), 0..8),
        handle in prop::sample::select(vec!["sentinel", "sentinel_board", "bo"]),
        followers in prop::option::of(0u64..100_000),
    ) {
        let priority = assess(&mention(&words.join(" "), handle, followers), &the_plan()).priority;
        prop_assert_eq!(priority.reasons.iter().map(|reason| reason.points).sum::<i32>(), priority.score);
        prop_assert!(priority.score <= 100);
    }

    #[test]
    fn spans_lie_in_the_text_and_what_was_assessed_before_does_not_matter(texts in prop::collection::vec(any::<String>(), 1..4)) {
        let plan = the_plan();
        let mut assessor = Assessor::new();
        for text in texts {
            let mention = mention(&format!("{text} water? envoyez quelqu'un {text}"), "bo", None);
            let assessment = assessor.assess_alone(&mention, &plan);
            for span in assessment.spans() {
                prop_assert!(mention.text.get(span).is_some());
            }
            prop_assert_eq!(assessment, assess(&mention, &plan));
        }
    }
}

#[rstest]
#[case::unknown(None, None, Some("2026-11-20T17:00:00Z"), Some(("velocity unknown", 0)))]
#[case::no_time(Some(500), None, None, Some(("velocity unknown", 0)))]
#[case::slow(Some(3), Some(1), Some("2026-11-20T17:00:00Z"), None)]
#[case::fast(Some(250), Some(60), Some("2026-11-20T17:00:00Z"), Some(("velocity", 4)))]
fn velocity_is_known_or_said_to_be_unknown(
    #[case] likes: Option<u64>,
    #[case] reposts: Option<u64>,
    #[case] posted_at: Option<&str>,
    #[case] expected: Option<(&str, i32)>,
) {
    let mut item = said("water");
    item.received_at = moment("2026-11-20T19:00:00Z");
    item.posted_at = posted_at.map(moment);
    (item.metrics.likes, item.metrics.reposts) = (likes, reposts);
    let reasons = assessed(item).priority.reasons;
    let told = reasons.iter().find(|reason| reason.name().starts_with("velocity"));
    assert_eq!(
        told.map(|reason| (reason.name().into_owned(), reason.points)),
        expected.map(|(a, b)| (a.to_owned(), b))
    );
}
