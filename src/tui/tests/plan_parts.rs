//! Sessions under a plan that has every part: protocols, clauses, variables, an election, questions for the person.

use std::sync::Arc;

use super::runner::{Runner, item};
use crate::mention::{Disposition, Intent, Level, NoResponseReason};
use crate::pipeline::{Assessed, Assessor};
use crate::plan::{Plan, fixtures};
use crate::response_log::Record;
use crate::triage::Refusal;
use crate::tui::state::mode::Mode;
use crate::tui::state::notices::Notice;

const PLAN: &str = r#"
start = "relevant"
[organization]
name = "Alder Bay"
time_zone = "America/Vancouver"
[[initiative]]
id = "water"
title = "Water"
match = "water"
messages = ["boil"]
[[message]]
id = "boil"
text = "Boil water for one minute."
status = "approved"
approved_by = "M. Chan"
[[template]]
id = "T-1"
title = "Thanks"
text = "Thank you, {name}."
match = "thanks"
status = "approved"
[[rumour]]
id = "R-1"
claim = "There is lead in the water"
match = "lead"
status = "false"
line = "No lead was found."
approved_by = "M. Chan"
[[place]]
id = "elm"
name = "Elm Street"
match = "elm"
not = "illinois"
[[clause]]
id = "C-1"
title = "Insults"
text = "No insults."
[[clause]]
id = "C-2"
title = "Private details"
text = "No private details."
match = "address"
[[protocol]]
id = "threat"
title = "Threat to staff"
kind = "threat"
match = "kill"
steps = ["Call the police", "Tell the manager"]
contacts = [{ role = "Manager", phone = "555-0180" }]
[[holding]]
id = "H-1"
scenario = "Threat"
text = "We have called the police."
severity = 3
match = "kill"
approver = "CAO"
[[records_series]]
id = "1400-20"
title = "Community comments"
keep = "7y"
[[step]]
id = "relevant"
question = "Is it about us?"
match = "is:relevant"
yes = "rant"
no = "none"
[[step]]
id = "rant"
question = "Is it a rant?"
yes = "stand"
no = "worth"
[[step]]
id = "worth"
question = "Is a reply worth it?"
assume = true
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
reason = "rant_or_satire"
[[outcome]]
id = "answer"
title = "Answer it"
disposition = "responded_public"
"#;

const ELECTION: &str = r#"
[[election_period]]
id = "E-1"
title = "Municipal election"
start = 2026-11-01
end = 2026-11-30
candidates = ["Joan Hart"]
allowed = ["H-1"]
"#;

fn plan(more: &str) -> Arc<Plan> {
    Arc::new(fixtures::plan(&format!("{PLAN}{more}")))
}

/// A mention as the plan judges it.
fn said(plan: &Plan, native: &str, text: &str, minutes_ago: i64) -> Assessed {
    let mention = item(native, text, Level::P3, minutes_ago).mention;
    Assessed { assessment: Assessor::new().assess_alone(&mention, plan), mention }
}

/// A desk on mentions of these texts, named `a`, `b`, …, all in sight, the first one under the cursor.
async fn desk_on(more: &str, texts: &[&str]) -> Runner {
    let plan = plan(more);
    let names = ["a", "b", "c", "d"];
    let mut items: Vec<Assessed> =
        texts.iter().zip(names).zip(1..).map(|((text, name), ago)| said(&plan, name, text, ago)).collect();
    // The last to arrive comes first.
    items.reverse();
    let mut desk = Runner::under(plan, items).await;
    desk.keys("6 g").await;
    assert_eq!(desk.selected(), "a");
    desk
}

fn last(desk: &Runner) -> Record {
    desk.app().log.records().next().expect("a record").as_ref().clone()
}

#[tokio::test(start_paused = true)]
async fn a_protocol_stands_above_everything_and_lets_only_its_holding_statement_out() {
    let mut desk = desk_on("", &["I will kill you over this water"]).await;
    let screen = desk.screen();
    for words in ["Threat to staff", "replies suspended", "1 Call the police", "Manager · 555-0180", "capture is kept"]
    {
        assert!(screen.contains(words), "{words}:\n{screen}");
    }
    desk.keys("] y").await;
    assert!(matches!(desk.app().notices.line(), Some(Notice::Blocked(why)) if why.contains("Threat to staff")));
    assert!(desk.outside().copied.is_empty() && desk.recorded().is_empty());
    desk.keys("[ y").await;
    assert_eq!(desk.outside().copied, ["We have called the police."]);
}

#[tokio::test(start_paused = true)]
async fn a_protocol_holds_back_own_words_and_bulk_replies_too() {
    let mut desk = desk_on("", &["is the water safe", "I will kill you over this water"]).await;
    desk.keys("space space g y").await;
    assert_eq!(desk.recorded(), ["copied"], "only the mention without a protocol gets the reply");
    assert!(matches!(
        desk.app().notices.line(),
        Some(
            Notice::RefusedSome { refused: 1, of: 2, first: Refusal::RepliesSuspended { .. } } | Notice::Copied { .. }
        )
    ));
    desk.keys("j i").await;
    desk.types(" Calm down.").await;
    desk.keys("ctrl-s").await;
    assert!(matches!(desk.app().mode, Mode::Composer(_)), "the words stay, and stay here");
    assert_eq!(desk.recorded(), ["copied"]);
}

#[tokio::test(start_paused = true)]
async fn recorded_moderation_asks_for_its_clause_and_suggests_what_fired() {
    let mut desk = desk_on("", &["her address is on Elm, water fools"]).await;
    desk.keys("d").await;
    desk.types("moderation").await;
    desk.keys("enter").await;
    assert!(desk.screen().contains("which clause?"), "{}", desk.screen());
    desk.keys("enter enter").await;
    let record = last(&desk);
    assert_eq!(record.disposition, Some(Disposition::ModerationRecorded));
    assert_eq!((record.clause.as_deref(), record.series.as_deref()), (Some("C-2"), Some("1400-20")));
    assert!(desk.screen().contains("C-2"), "the log pane names the clause:\n{}", desk.screen());
    desk.keys("d").await;
    desk.types("guidelines").await;
    desk.keys("enter down down enter enter").await;
    assert_eq!((last(&desk).disposition, last(&desk).clause), (Some(Disposition::GuidelinesReminder), None));
}

#[tokio::test(start_paused = true)]
async fn the_road_map_is_walked_and_the_decision_keeps_the_persons_way() {
    let mut desk = desk_on("", &["what a mess this water is"]).await;
    assert!(desk.screen().contains("→ Answer it"), "{}", desk.screen());
    assert!(desk.screen().contains("? Is it a rant? assumed no [b]"), "{}", desk.screen());
    desk.keys("b").await;
    assert!(matches!(desk.app().mode, Mode::Walk(_)));
    desk.keys("enter").await;
    assert_eq!(desk.app().notices.line(), Some(&Notice::WalkOpen));
    desk.keys("y").await;
    assert!(desk.screen().contains("→ Let it stand"), "{}", desk.screen());
    desk.keys("enter").await;
    let record = last(&desk);
    assert_eq!((record.act.as_ref(), record.outcome.as_deref(), record.note), ("overridden", Some("stand"), None));
    assert_eq!(record.answers.iter().map(|one| (&*one.step, one.yes)).collect::<Vec<_>>(), [("rant", true)]);
    assert!(desk.screen().contains("→ Let it stand"), "{}", desk.screen());
    assert!(desk.screen().contains("answered by mchan · rant: yes"), "{}", desk.screen());
    desk.keys("l").await;
    let decided = last(&desk);
    assert_eq!(decided.path.expect("a path").iter().map(|id| &**id).collect::<Vec<_>>(), ["relevant", "rant"]);
    assert_eq!(decided.reason, Some(NoResponseReason::RantOrSatire), "the reason of the branch the person walked");
    desk.keys("u u").await;
    assert!(desk.screen().contains("→ Answer it"), "a walk is undone like any act:\n{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn a_branch_against_the_plan_needs_a_reason() {
    let mut desk = desk_on("", &["what a mess this water is"]).await;
    desk.keys("b k n enter").await;
    assert!(matches!(desk.app().mode, Mode::Prompt(_)));
    desk.keys("enter").await;
    assert!(desk.recorded().is_empty(), "no reason, no record");
    desk.types("another Alder Bay").await;
    desk.keys("enter").await;
    let record = last(&desk);
    assert_eq!((record.outcome.as_deref(), record.note.as_deref()), (Some("none"), Some("another Alder Bay")));
    assert!(record.answers[0].against);
    desk.keys("b esc").await;
    assert_eq!(desk.recorded(), ["overridden"]);
}

#[tokio::test(start_paused = true)]
async fn a_variable_without_a_value_blocks_the_copy_and_a_filled_text_is_what_the_log_keeps() {
    let plan = plan("");
    let mut nameless = said(&plan, "b", "thanks for the cold water", 2);
    nameless.mention.author.name = None;
    let items = vec![nameless, said(&plan, "a", "thanks for the warm water", 1)];
    let mut desk = Runner::under(plan, items).await;
    desk.keys("6 g").await;
    desk.keys("] y").await;
    let screen = desk.screen();
    assert_eq!(desk.outside().copied, ["Thank you, Ana."], "{screen}");
    assert_eq!(last(&desk).reply.expect("a reply").text, "Thank you, Ana.");
    desk.keys("j").await;
    desk.keys("] y").await;
    assert!(matches!(desk.app().notices.line(), Some(Notice::Blocked(why)) if why.contains("{name}")));
    desk.keys("g space space g ] y").await;
    assert_eq!(desk.outside().copied.len(), 1, "two people have not one name");
    assert_eq!(desk.recorded(), ["copied"]);
}

#[tokio::test(start_paused = true)]
async fn an_election_period_holds_words_back_and_is_the_reason_for_silence() {
    let mut desk = desk_on(ELECTION, &["is the water safe", "Joan Hart and the water"]).await;
    let screen = desk.screen();
    assert!(screen.contains("Election period until Nov 30: Municipal election"), "{screen}");
    assert!(screen.contains("election period until Nov 30"), "the status bar tells it:\n{screen}");
    desk.keys("y").await;
    assert!(matches!(desk.app().notices.line(), Some(Notice::Blocked(why)) if why.contains("Municipal election")));
    desk.keys("l").await;
    assert_eq!(last(&desk).reason, Some(NoResponseReason::ElectionPeriod));
    desk.keys("g j").await;
    assert!(desk.screen().contains("names a"), "{}", desk.screen());
    desk.keys("d").await;
    desk.types("let stand").await;
    desk.keys("enter enter enter").await;
    assert_eq!(last(&desk).reason, Some(NoResponseReason::ElectionPeriod), "chosen beforehand in the menu");
}

#[tokio::test(start_paused = true)]
async fn what_the_text_brings_up_is_on_the_detail() {
    let texts = ["lead in the water on Elm, her address", "the water on Elm in Illinois"];
    let mut desk = desk_on("", &texts).await;
    let mut seen = desk.screen();
    for _ in 0..4 {
        desk.keys("J J J J J J").await;
        seen.push_str(&desk.screen());
    }
    let expected = [
        "✗ false There is lead in the water",
        "Response to the rumour",
        "Elm Street · here: “Elm”",
        "C-2 Private details",
        "records series 1400-20 Community comments, kept 7 years",
    ];
    for words in expected {
        assert!(seen.contains(words), "{words}:\n{seen}");
    }
    desk.keys("j").await;
    assert!(desk.screen().contains("Elm Street · elsewhere: “Illinois”"), "{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn a_wrong_label_is_corrected_with_one_key_and_one_choice_for_all_that_are_marked() {
    let mut desk = desk_on("", &["the water is warm", "the water is cold"]).await;
    desk.keys("L 2").await;
    let record = last(&desk);
    assert_eq!(record.act.as_ref(), "relabelled");
    assert_eq!(record.labels.and_then(|labels| labels.hostility), Some(2));
    assert_eq!(record.was.and_then(|labels| labels.hostility), Some(0));
    desk.keys("g space j space L").await;
    desk.types("question").await;
    desk.keys("enter").await;
    assert_eq!(desk.recorded(), ["relabelled", "relabelled", "relabelled"]);
    let record = last(&desk);
    assert!(record.batch.is_some_and(|batch| batch.size == 2));
    assert_eq!(record.labels.and_then(|labels| labels.intents), Some(vec![Intent::Question]));
}
