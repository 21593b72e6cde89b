//! Places, rumours, protocols, clauses, templates and election periods: what a plan that has them makes of a mention.

use super::*;
use crate::mention::{Danger, Labels, Tone};

const PARTS: &str = r#"
[organization]
name = "Alder Bay"
languages = ["en", "fr"]
time_zone = "America/Vancouver"

[[place]]
id = "town"
name = "Alder Bay"
match = '"alder bay" OR #AlderBay'
not = '"alder bay ns" OR "nova scotia"'
[[place]]
id = "elm"
name = "Elm Street"
match = '"elm st" OR "elm street"'
not = 'nightmare'

[[criterion]]
id = "in-town"
verdict = "relevant"
match = 'place:town AND NOT raffle'
[[criterion]]
id = "asked"
verdict = "relevant"
decisive = true
match = "@alderbay"

[[initiative]]
id = "roads"
title = "Roads"
match = "road* OR water"
[[initiative]]
id = "water"
title = "Water"
match = "water"
places = ["elm", "a place of words"]

[[rumour]]
id = "old"
claim = "It is old"
match = "old"
status = "resolved"
[[rumour]]
id = "lead"
claim = "There is lead in the water"
match = "lead AND place:elm"
status = "false"

[[protocol]]
id = "watch"
title = "Watch"
kind = "other"
match = "stranger AND initiative:water"
level = "P2"
steps = ["Look"]
[[protocol]]
id = "threat"
title = "Threat"
kind = "threat"
match = '"where you live"'
steps = ["Capture"]

[[contribution]]
name = "danger"
points = 30
match = "protocol:threat"
[[floor]]
name = "kids"
level = "P1"
match = "kid*"
[[floor]]
name = "dogs"
level = "P3"
match = "dog*"
[[cap]]
name = "lol"
level = "P4"
match = "lol"

[[clause]]
id = "C-1"
title = "No threats"
text = "No threats."
match = "protocol:*"
[[clause]]
id = "C-2"
title = "No advertising"
text = "No advertising."

[[template]]
id = "T-any"
title = "By hand"
text = "Hello"
[[template]]
id = "T-water"
title = "Water"
text = "Hello"
initiatives = ["water"]
[[template]]
id = "T-roads"
title = "Roads"
text = "Hello"
initiatives = ["roads"]
[[template]]
id = "T-retired"
title = "Retired"
text = "Hello"
initiatives = ["water"]
status = "retired"
[[template]]
id = "T-question"
title = "Question"
text = "Hello"
initiatives = ["water"]
match = "is:question"
[[template]]
id = "T-wrong-town"
title = "Wrong town"
text = "You may mean the other Alder Bay"
match = "-is:relevant where"

[[election_period]]
id = "E-1"
title = "By-election"
start = 2026-11-18
end = 2026-11-20
candidates = ["Ana Roy", "@anaroy OR #VoteRoy"]
"#;

fn the_plan_with_parts() -> Plan {
    plan(PARTS)
}

fn judged(text: &str) -> Assessment {
    assess(&normalise(said(text)), &the_plan_with_parts())
}

fn ids(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| &*hit.id).collect()
}

#[rstest]
#[case::here("Alder Bay is nice", true, Some(true))]
#[case::tag("#AlderBay is nice", true, Some(true))]
#[case::elsewhere("Alder Bay, NS is nice: water", false, Some(false))]
#[case::context_alone("Nova Scotia is nice: water", true, None)]
#[case::decisive("@alderbay I am in Alder Bay, Nova Scotia", true, Some(false))]
#[case::another_place_is_here("Alder Bay, NS is not Elm Street: water", true, Some(false))]
fn a_place_is_here_or_elsewhere(#[case] text: &str, #[case] relevant: bool, #[case] town_is_here: Option<bool>) {
    let found = judged(text);
    assert_eq!(found.relevant, relevant, "{found:?}");
    let town = found.places.iter().find(|place| &*place.hit.id == "town");
    assert_eq!(town.map(PlaceHit::is_here), town_is_here);
}

#[test]
fn what_is_elsewhere_shows_the_rule_that_says_so() {
    let found = judged("brown water in Alder Bay, NS");
    assert!(found.initiatives.is_empty() && found.messages.is_empty());
    let place = &found.places[0];
    let bounds = |hit: &Hit| hit.spans.iter().map(|span| (span.start, span.end)).collect::<Vec<_>>();
    assert_eq!((&*place.hit.rule, bounds(&place.hit)), ("town.match", vec![(15, 24)]));
    let elsewhere = place.elsewhere.as_ref().expect("the negative context");
    assert_eq!((&*elsewhere.rule, elsewhere.at.to_string().as_str()), ("town.not", "plan.toml:11"));
    assert_eq!(bounds(elsewhere), [(15, 28)]);
}

#[rstest]
#[case::without("a road and water pipes, water", &["roads", "water"])]
#[case::here("a road and water pipes, water, on Elm St", &["water", "roads"])]
#[case::elsewhere("road water: a nightmare on Elm Street, Alder Bay", &["roads", "water"])]
fn an_initiative_whose_place_is_here_ranks_first(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(ids(&judged(text).initiatives), expected);
}

#[rstest]
#[case::none("water is fine", &[])]
#[case::open_first("old lead water on elm street", &["lead", "old"])]
#[case::not_at_its_place("old lead water", &["old"])]
#[case::not_ours("old lead, a song", &[])]
fn rumours_are_found_where_it_is_about_us(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(ids(&judged(text).rumours), expected);
}

#[rstest]
#[case::highest_of_two("a stranger at the water knows where you live", &["threat", "watch"], Level::P1, Some("protocol threat"))]
#[case::floor_above_protocol("the kids like the water, says a stranger", &["watch"], Level::P1, Some("kids"))]
#[case::protocol_above_floor("a stranger near the water and dogs", &["watch"], Level::P2, Some("protocol watch"))]
#[case::of_two_alike_the_protocol("kids, I know where you live", &["threat"], Level::P1, Some("protocol threat"))]
#[case::beats_a_cap("lol I know where you live", &["threat"], Level::P1, Some("protocol threat"))]
#[case::none("lol dogs", &[], Level::P3, Some("dogs"))]
fn a_protocol_is_a_floor(
    #[case] text: &str,
    #[case] protocols: &[&str],
    #[case] level: Level,
    #[case] floor: Option<&str>,
) {
    let found = judged(text);
    assert_eq!(ids(&found.protocols), protocols);
    assert_eq!((found.priority.level, found.priority.floor.as_ref().map(|floor| &*floor.name)), (level, floor));
    // Other verdict rules may ask for it, and moderation clauses do.
    let threat = protocols.contains(&"threat");
    assert_eq!(found.priority.reasons.iter().any(|reason| reason.points == 30), threat);
    assert_eq!(ids(&found.clauses), if protocols.is_empty() { &[][..] } else { &["C-1"][..] });
}

#[rstest]
#[case::by_initiative("brown water", &["T-roads", "T-water"])]
#[case::own_rule_first("is the water safe?", &["T-question", "T-roads", "T-water"])]
#[case::other_initiative("is the road open?", &["T-roads"])]
#[case::nothing("hello", &[])]
#[case::not_ours("where is the fair?", &["T-wrong-town"])]
fn templates_are_offered(#[case] text: &str, #[case] expected: &[&str]) {
    let templates = judged(text).templates;
    assert_eq!(templates.iter().map(|id| &**id).collect::<Vec<_>>(), expected);
}

#[rstest]
#[case::first_day("2026-11-18T08:00:00Z", "Ana Roy was here", Some(true))]
#[case::day_before("2026-11-18T07:59:59Z", "Ana Roy was here", None)]
#[case::last_day("2026-11-21T07:59:59Z", "#VoteRoy", Some(true))]
#[case::day_after("2026-11-21T08:00:00Z", "#VoteRoy", None)]
#[case::nobody_named("2026-11-19T12:00:00Z", "Ana was here, Roy was not", Some(false))]
fn an_election_period_has_its_days(#[case] at: &str, #[case] text: &str, #[case] candidate: Option<bool>) {
    let mut item = said(text);
    (item.posted_at, item.received_at) = (Some(moment(at)), moment(at));
    let found = assess(&normalise(item), &the_plan_with_parts());
    assert_eq!(found.election.map(|election| election.candidate), candidate);
}

#[test]
fn a_candidate_is_told_by_the_account_too() {
    let mut item = said("Good morning");
    item.author.name = Some("Ana Roy".to_owned());
    let found = assess(&normalise(item), &the_plan_with_parts());
    let election = found.election.expect("within the period");
    assert_eq!((&*election.id, election.candidate, election.spans.len()), ("E-1", true, 0));
}

#[test]
fn an_assessment_reads_back_as_it_was_written() {
    let texts = [
        "a stranger at the water on Elm St says lead? I know where you live, Ana Roy",
        "Alder Bay, NS has water",
        "hello",
    ];
    for text in texts {
        let found = judged(text);
        let json = serde_json::to_string(&found).expect("serialises");
        assert_eq!(serde_json::from_str::<Assessment>(&json).expect("reads back"), found, "{json}");
    }
}

#[test]
fn an_assessment_from_before_there_were_such_parts_still_reads() {
    let json = r#"{"relevant":true,"initiatives":[{"id":"water","rule":"water.match","at":"plan.toml:8","spans":[[0,5]]}],
        "language":{"code":"en","confidence":0.9},"priority":{"level":"P3","score":20},"plan":"00"}"#;
    let found: Assessment = serde_json::from_str(json).expect("reads");
    assert!(found.places.is_empty() && found.rumours.is_empty() && found.protocols.is_empty());
    assert!(found.clauses.is_empty() && found.templates.is_empty() && found.election.is_none());
    assert_eq!(serde_json::to_value(&found).expect("serialises")["places"], serde_json::Value::Null);
}

#[test]
fn rules_are_told_once_more_from_the_assessment() {
    let plan = the_plan_with_parts();
    let mention = normalise(said("lol, a stranger at the water"));
    let tokens = crate::text::tokens::Tokens::of(&mention.text);
    let found = assess(&mention, &plan);
    let fired = Seen::new(&mention, &tokens, &found).fired(&plan, &mut crate::query::EngineScratch::new());
    let names: Vec<&str> = fired.iter().map(|fired| &*fired.rule.name).collect();
    let expected =
        ["roads.match", "water.match", "watch.match", "lol.match", "relevant.match", "rant.match", "C-1.match"];
    assert_eq!(names, expected);
}

#[test]
fn a_label_of_the_plan_stands_in_the_place_of_what_was_found_and_a_persons_above_it() {
    let plan = crate::plan::fixtures::plan(
        "[organization]\nname = \"Town\"\n[[label]]\nid = \"hangman\"\nmatch = '\"hangman trail\"'\nhostility = 0\n\
         dangers = []\ntone = \"neutral\"\nnote = \"a trail\"\n\
         [[floor]]\nname = \"danger\"\nlevel = \"P1\"\nmatch = 'danger:threat'\n",
    );
    let mention = crate::mention::fixtures::mention(
        "inbox",
        "1",
        "Hang them on the Hangman Trail",
        "2026-11-20T12:00:00Z".parse().expect("an instant"),
    );
    let mut assessor = Assessor::new();
    let found = assessor.assess_alone(&mention, &plan);
    assert_eq!((&*found.labels[0].id, &mention.text[found.labels[0].spans[0].clone()]), ("hangman", "Hangman Trail"));
    assert_eq!((found.hostility.level, found.dangers.len(), found.tone.label), (0, 0, Tone::Neutral));
    assert_eq!(found.priority.floor, None);
    let said = Labels { dangers: Some(vec![Danger::Threat]), ..Labels::default() };
    let kept = crate::pipeline::Kept { said, ..crate::pipeline::Kept::default() };
    let found = assessor.assess_again(&mention, &plan, &kept);
    assert!(found.has_danger(Danger::Threat) && found.priority.floor.is_some(), "a person has the last word");
    assert_eq!(found.priority.level, Level::P1);
}
