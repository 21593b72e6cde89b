//! Surges as a person meets them: told once, in the status bar, in the feed, and in a view of their own.

use std::sync::Arc;

use super::runner::{Runner, item};
use crate::mention::Level;
use crate::pipeline::{Assessed, SurgeHit};
use crate::tui::event::Event;
use crate::tui::state::surges::tests::surge;

fn rising(native: &str, minutes_ago: i64, level: u8) -> Assessed {
    let mut item = item(native, "Brown water on Elm", Level::P2, minutes_ago);
    item.assessment.surges.push(SurgeHit { initiative: Some("water".into()), level });
    item
}

#[tokio::test(start_paused = true)]
async fn a_surge_is_told_when_it_begins_and_when_it_is_over() {
    let mut desk = Runner::new(vec![rising("a", 5, 1), item("b", "What a mess", Level::P1, 3)]).await;
    desk.event(Event::Surging(Arc::new(vec![surge(Some("water"), 3, &["brown", "elm"])]))).await;
    assert!(desk.screen().contains("Surge, exceptional: Water: brown, elm"), "{}", desk.screen());
    desk.keys("j").await;
    let screen = desk.screen();
    assert!(screen.contains("⇈ exceptional surge since 11:42: Water"), "{screen}");
    assert_eq!(screen.matches('⇈').count(), 2, "the status bar and the one row that is part of it:\n{screen}");
    desk.event(Event::Surging(Arc::default())).await;
    assert!(desk.screen().contains("No longer surging: Water"), "{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn the_view_of_surges_has_the_strongest_first_and_what_rose() {
    let mut desk = Runner::new(vec![
        rising("weak", 9, 1),
        rising("strong", 8, 3),
        rising("newer", 7, 1),
        item("other", "What a mess", Level::P1, 3),
    ])
    .await;
    desk.event(Event::Surging(Arc::new(vec![surge(Some("water"), 3, &["brown", "elm"])]))).await;
    desk.keys("7").await;
    assert_eq!(desk.feed(), ["strong", "newer", "weak"]);
    assert!(desk.screen().contains("24 posts in 30 min, usually 2.1 · brown, elm"), "{}", desk.screen());
    desk.keys("l").await;
    assert_eq!(desk.feed(), ["newer", "weak"]);
}
