//! Sessions at the sources' screen.

use chrono::{DateTime, TimeDelta, Utc};

use super::runner::{Runner, noon};
use crate::sources::{BadCause, BadItem, BadItems, News, Order, Phase, Position, Vitals};
use crate::tui::event::{Elsewhere, Event};
use crate::tui::redraw::next_change;
use crate::tui::state::mode::Mode;

fn vitals(source: &str, phase: Phase) -> Vitals {
    let bare = serde_json::json!({ "source": source, "kind": "feed", "state": "live" });
    Vitals { phase, ..serde_json::from_value(bare).expect("vitals") }
}

async fn desk(sources: Vec<Vitals>) -> Runner {
    let mut desk = Runner::new(Vec::new()).await;
    desk.event(Event::VitalsTold { sources, elsewhere: None }).await;
    desk
}

fn backing_off(next_try: DateTime<Utc>) -> Vec<Vitals> {
    vec![
        vitals("inbox", Phase::Live),
        vitals("sentinel", Phase::BackingOff { next_try }),
        vitals("press", Phase::Paused),
    ]
}

#[tokio::test(start_paused = true)]
async fn a_source_is_paused_resumed_and_tried_by_one_key() {
    let mut desk = desk(backing_off(noon() + TimeDelta::seconds(40))).await;
    desk.keys("S").await;
    assert!(desk.screen().contains("next try in 40"), "{}", desk.screen());
    desk.keys("r p j p r k k p").await;
    let (sentinel, press, inbox) = ("sentinel".into(), "press".into(), "inbox".into());
    let expected = [
        (sentinel, Order::Retry),
        ("sentinel".into(), Order::Pause),
        (press, Order::Resume),
        ("press".into(), Order::Resume),
        (inbox, Order::Pause),
    ];
    assert_eq!(desk.outside().steered, expected, "it begins at what is in trouble");
    desk.keys("esc").await;
    assert!(matches!(desk.app().mode, Mode::Browse));
}

#[tokio::test(start_paused = true)]
async fn a_try_is_counted_down_only_while_it_is_looked_at() {
    let mut desk = desk(backing_off(noon() + TimeDelta::milliseconds(40_500))).await;
    assert!(next_change(desk.app()) > TimeDelta::seconds(1));
    desk.keys("S").await;
    assert!(next_change(desk.app()) <= TimeDelta::milliseconds(501));
    desk.event(Event::VitalsTold { sources: backing_off(noon() + TimeDelta::seconds(150)), elsewhere: None }).await;
    assert!(next_change(desk.app()) > TimeDelta::seconds(29), "whole minutes");
    assert!(desk.screen().contains("next try in 3m"), "{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn a_silence_longer_than_usual_is_an_alert() {
    let news = News { last_hour: 0, last: Some(noon() - TimeDelta::hours(6)), expected_by: Some(noon()) };
    let mut desk = desk(vec![Vitals { news, ..vitals("sentinel", Phase::Live) }]).await;
    assert!(!desk.screen().contains("sentinel"), "{}", desk.screen());
    desk.clock().advance(TimeDelta::minutes(1));
    desk.keys("S").await;
    assert!(desk.screen().contains("silent for 6h, longer than usual"), "{}", desk.screen());
    desk.keys("esc").await;
    assert!(desk.screen().contains("‼ sentinel 6h silent"), "{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn bad_items_are_looked_at_copied_and_set_aside_after_a_question() {
    let mut desk = desk(vec![Vitals { bad: 2, ..vitals("inbox", Phase::Live) }]).await;
    assert_eq!(desk.app().health.bad_items(), 2);
    desk.keys("S enter").await;
    let bad = |line, data: &str| BadItem {
        at: noon() - TimeDelta::minutes(line as i64),
        position: Some(Position::Line { line, offset: 0 }),
        cause: Some(BadCause::NoText),
        data: data.to_owned(),
    };
    let read = BadItems { items: vec![bad(7, "{\"id\":7}"), bad(9, "{\"id\":9}")], more: false };
    desk.event(Event::QuarantineRead { source: "inbox".into(), read: Ok(read) }).await;
    desk.keys("j y").await;
    let copied = desk.outside().copied.last().cloned().expect("copied");
    assert!(copied.contains("line 9") && copied.ends_with("{\"id\":9}\n"), "{copied}");
    desk.keys("enter X esc").await;
    assert!(desk.outside().aside.is_empty(), "nothing without the question, nothing against the answer");
    desk.keys("X enter").await;
    assert_eq!(desk.outside().aside, ["inbox".into()]);
    assert_eq!(desk.app().health.bad_items(), 0, "they were dealt with");
    desk.keys("esc esc").await;
    assert!(matches!(desk.app().mode, Mode::Browse));
}

#[tokio::test(start_paused = true)]
async fn what_another_process_tells_is_said_to_be_its() {
    let mut desk = desk(Vec::new()).await;
    desk.keys("S").await;
    assert!(desk.screen().contains("No source is configured"), "{}", desk.screen());
    let elsewhere = |is_current| Some(Elsewhere { at: noon(), is_current });
    let sources = || vec![vitals("inbox", Phase::Live)];
    desk.event(Event::VitalsTold { sources: sources(), elsewhere: elsewhere(true) }).await;
    assert!(desk.screen().contains("Another process reads them"), "{}", desk.screen());
    desk.event(Event::VitalsTold { sources: sources(), elsewhere: elsewhere(false) }).await;
    assert!(desk.screen().contains("No process reads them now"), "{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn a_captured_post_is_understood_before_it_is_kept() {
    let mut desk = desk(Vec::new()).await;
    desk.keys("n").await;
    let pasted = "https://www.facebook.com/alder/1\ndate: 2026-11-20 09:12\nby: J. Doe\nIs it safe?";
    desk.send(ratatui::crossterm::event::Event::Paste(pasted.to_owned()));
    desk.rest().await;
    for words in ["Facebook", "said 09:12", "brought by J. Doe"] {
        assert!(desk.screen().contains(words), "{words}\n{}", desk.screen());
    }
    desk.keys("ctrl-s").await;
    desk.event(Event::CaptureFailed("photo.jpg: not there".to_owned())).await;
    desk.keys("n").await;
    assert!(matches!(&desk.app().mode, Mode::Composer(composer) if composer.text() == pasted), "it is not lost");
}
