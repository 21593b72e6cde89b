//! What is said of a mention's words: shown as signs and words, and covered where it hurts.

use super::runner::{Runner, item};
use crate::mention::{Confidence, Danger, Level, Tone};
use crate::pipeline::{Assessed, DangerHit, Hostility, ToneGuess};

/// A mention whose words `evidence` are abuse.
pub(super) fn abusive(native: &str, text: &str, evidence: &str, minutes_ago: i64) -> Assessed {
    let mut item = item(native, text, Level::P1, minutes_ago);
    let start = text.find(evidence).expect("the evidence is in the text");
    item.assessment.hostility = Hostility {
        level: 2,
        confidence: Confidence::percent(90),
        spans: vec![start..start + evidence.len()],
        ..Hostility::default()
    };
    item.assessment.tone =
        ToneGuess { label: Tone::Negative, leaning: Tone::Negative, score: -80, ..ToneGuess::default() };
    item
}

fn two() -> Vec<Assessed> {
    let mut threat = item("b", "I will find you tonight", Level::P2, 3);
    threat.assessment.dangers =
        vec![DangerHit { danger: Danger::Threat, confidence: Confidence::percent(50), spans: Vec::from([2..14]) }];
    vec![abusive("a", "You absolute morons broke the water main", "absolute morons", 5), threat]
}

#[tokio::test(start_paused = true)]
async fn abuse_is_covered_until_it_is_asked_for_and_each_look_is_counted() {
    let mut desk = Runner::new(two()).await;
    let screen = desk.screen();
    assert!(!screen.contains("morons") && !screen.contains("find you"), "{screen}");
    assert!(screen.contains("abusive") && screen.contains("threat?"), "that it is there is never hidden:\n{screen}");
    assert!(screen.contains("You ▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒ broke the"), "{screen}");
    desk.keys("V").await;
    assert_eq!(desk.screen().matches("absolute morons").count(), 3, "in feed, text and evidence:\n{}", desk.screen());
    assert!(desk.screen().contains("1 exposure this shift"), "{}", desk.screen());
    desk.keys("V").await;
    assert!(!desk.screen().contains("morons"));
    desk.keys("V j k").await;
    assert!(!desk.screen().contains("morons"), "leaving covers it again");
    assert!(desk.screen().contains("2 exposures this shift"), "{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn what_is_recorded_or_copied_has_every_letter() {
    let mut desk = Runner::new(two()).await;
    desk.keys("e 2").await;
    let record = desk.app().log.records().next().cloned().expect("a record");
    let mention = record.mention.as_ref().expect("its mention");
    assert_eq!(mention.text, "You absolute morons broke the water main");
    assert!(desk.outside().copied[0].contains("absolute morons"), "{:?}", desk.outside().copied);
    assert!(!desk.screen().contains("morons"), "nor does the log pane show it:\n{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn a_lowered_shield_shows_everything_and_counts_it() {
    let mut desk = Runner::new(two()).await;
    desk.keys(":").await;
    desk.types("shield").await;
    desk.keys("enter").await;
    desk.keys("j").await;
    assert!(desk.screen().contains("absolute morons") && desk.screen().contains("will find you"), "{}", desk.screen());
    assert!(desk.screen().contains("shield lowered · 2 exposures this shift"), "{}", desk.screen());
    desk.keys("V").await;
    assert_eq!(desk.app().shield.exposures(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_quote_above_a_reply_is_covered_too() {
    let mut desk = Runner::new(two()).await;
    desk.keys("i").await;
    assert!(desk.screen().contains("You ▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒ broke"), "{}", desk.screen());
    assert!(!desk.screen().contains("morons"));
}

#[tokio::test(start_paused = true)]
async fn the_account_of_a_judgement_shows_no_more_than_the_desk() {
    let mut desk = Runner::new(two()).await;
    desk.keys("w").await;
    assert!(!desk.screen().contains("morons"), "{}", desk.screen());
    desk.keys("y").await;
    let copied = desk.outside().copied.last().cloned().expect("it was copied");
    assert!(!copied.contains('▒'), "{copied}");
}
