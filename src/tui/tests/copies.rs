//! Near-copies as one row: it unfolds and folds, nothing new moves the cursor, and one decision is for all of them.

use super::runner::{Runner, item};
use crate::mention::{Level, MentionId};
use crate::pipeline::{Assessed, Memory};
use crate::store::{Commit, Store as _};
use crate::tui::event::Event;
use crate::tui::state::mode::Mode;

/// So many copies of one text, the first of which is `copy-0`.
fn copies(from: usize, to: usize) -> Vec<Assessed> {
    (from..to).map(|n| item(&format!("copy-{n}"), "Stop the bike lane now", Level::P2, 90 - n as i64)).collect()
}

/// They arrive as a campaign.
async fn campaign(desk: &mut Runner, items: Vec<Assessed>) {
    let first = MentionId::new("inbox:copy-0");
    let memory = |item: &Assessed| Memory {
        key: item.mention.id.as_str().bytes().fold(7_u64, |key, byte| key.wrapping_mul(31).wrapping_add(byte.into())),
        of: if item.mention.id == first { Ok(Vec::new()) } else { Err(first.clone()) },
        counted: Vec::new(),
    };
    let memories = items.iter().map(memory).collect();
    let mut levels = [0; 4];
    levels[Level::P2 as usize] = items.len() as u64;
    desk.outside().store.commit(&Commit { items, memories, cursor: None }).expect("the mentions are kept");
    desk.event(Event::Arrived { levels, changed: Vec::new() }).await;
}

/// Something urgent, a campaign of 37, and something else.
async fn storm() -> Runner {
    let mut desk =
        Runner::new(vec![item("a", "Is the water safe?", Level::P1, 5), item("b", "What a mess", Level::P2, 3)]).await;
    campaign(&mut desk, copies(0, 37)).await;
    desk
}

#[tokio::test(start_paused = true)]
async fn a_campaign_is_one_row_that_unfolds_and_folds() {
    let mut desk = storm().await;
    assert_eq!(desk.feed(), ["a", "copy-0", "b"]);
    assert!(desk.screen().contains("▸×37"), "{}", desk.screen());
    desk.keys("j").await;
    desk.keys("right").await;
    assert_eq!((desk.feed().len(), desk.selected()), (39, "copy-0".to_owned()));
    assert!(desk.screen().contains("▾×37"), "{}", desk.screen());
    desk.keys("j j").await;
    assert_eq!(desk.selected(), "copy-35", "the newest comes first");
    desk.keys("left").await;
    assert_eq!((desk.feed().len(), desk.selected()), (3, "copy-0".to_owned()));
    desk.keys("k right").await;
    assert_eq!(desk.feed().len(), 3);
    assert!(desk.screen().contains("no near-copies"), "{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn two_keys_decide_all_of_them_with_one_record_each_and_one_undo_takes_all_back() {
    let mut desk = storm().await;
    desk.keys("j l").await;
    assert!(desk.recorded().is_empty() && desk.screen().contains("37 mentions"), "{}", desk.screen());
    desk.keys("enter").await;
    assert_eq!(desk.recorded(), vec!["decided"; 37]);
    assert_eq!((desk.feed(), desk.selected()), (vec!["a".to_owned(), "b".to_owned()], "b".to_owned()));
    desk.keys("u").await;
    assert_eq!(desk.feed().len(), 3, "one undo brings the campaign back");
    assert_eq!(desk.app().counts.expect("counted").open_total(), 39);
}

#[tokio::test(start_paused = true)]
async fn keys_that_are_quicker_than_the_store_are_for_all_of_them_too() {
    let mut desk = storm().await;
    for key in ["j", "x", "enter"] {
        desk.press(key);
    }
    desk.rest().await;
    assert_eq!(desk.recorded().len(), 37);
}

#[tokio::test(start_paused = true)]
async fn a_menu_is_for_all_of_them_and_esc_is_for_none() {
    let mut desk = storm().await;
    desk.keys("j l esc").await;
    assert!(desk.recorded().is_empty() && matches!(desk.app().mode, Mode::Browse));
    desk.keys("d").await;
    assert!(desk.screen().contains("37 mentions"), "{}", desk.screen());
    desk.types("spam").await;
    desk.keys("enter enter enter").await;
    assert_eq!(desk.recorded(), vec!["decided"; 37]);
}

#[tokio::test(start_paused = true)]
async fn one_of_them_can_be_decided_by_itself() {
    let mut desk = storm().await;
    desk.keys("j").await;
    desk.keys("right").await;
    desk.keys("j l").await;
    assert_eq!(desk.recorded(), ["decided"]);
    assert_eq!(desk.selected(), "copy-35", "the next one under the row");
    assert_eq!(desk.feed().len(), 38);
    desk.keys("left l enter").await;
    assert_eq!(desk.recorded().len(), 37);
}

#[tokio::test(start_paused = true)]
async fn a_reply_is_for_the_one_that_is_seen() {
    let mut desk = storm().await;
    desk.keys("j t").await;
    desk.types("seen").await;
    desk.keys("enter").await;
    assert_eq!(desk.recorded(), vec!["noted"; 37], "a note is for all");
    desk.keys("o").await;
    assert_eq!(desk.outside().opened, ["https://example.org/copy-0"]);
}

#[tokio::test(start_paused = true)]
async fn a_copy_that_arrives_moves_nothing() {
    let mut desk = storm().await;
    desk.keys("j").await;
    desk.keys("right").await;
    desk.keys("j").await;
    assert_eq!(desk.selected(), "copy-36");
    campaign(&mut desk, copies(37, 40)).await;
    assert_eq!(desk.selected(), "copy-36");
    assert!(desk.screen().contains("▾×40"), "{}", desk.screen());
    desk.keys("left").await;
    assert_eq!((desk.selected(), desk.feed().len()), ("copy-0".to_owned(), 3));
    assert!(desk.screen().contains("▸×40"), "{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn a_filter_shows_each_by_itself() {
    let mut desk = storm().await;
    desk.keys("2 /").await;
    desk.types("cluster>10").await;
    desk.keys("enter").await;
    assert_eq!(desk.feed().len(), 37);
    desk.keys("l").await;
    assert_eq!(desk.recorded(), ["decided"], "and each is decided by itself");
}
