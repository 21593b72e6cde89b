//! Sessions: what is pressed, what happens meanwhile, and what then stands on the screen and on record.

use chrono::TimeDelta;
use ratatui::crossterm::event::{Event as TerminalEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::runner::{Runner, item, noon};
use crate::mention::{Level, Status};
use crate::store::{Commit, Store as _};
use crate::tui::event::Event;
use crate::tui::state::in_flight::Saving;
use crate::tui::state::mode::{Focus, Mode};
use crate::tui::state::notices::Notice;

fn three() -> Vec<crate::pipeline::Assessed> {
    vec![
        item("a", "Is the water safe?", Level::P1, 5),
        item("b", "Brown water again", Level::P2, 4),
        item("c", "What a mess", Level::P2, 3),
    ]
}

#[tokio::test(start_paused = true)]
async fn one_key_decides_and_the_next_open_mention_is_selected() {
    let mut desk = Runner::new(three()).await;
    assert_eq!(desk.selected(), "a");
    desk.keys("l").await;
    assert_eq!(desk.recorded(), ["decided"]);
    assert_ne!(desk.selected(), "a");
    assert!(!desk.feed().contains(&"a".to_owned()), "a decided mention leaves the urgent view: {:?}", desk.feed());
    assert_eq!(desk.app().counts.expect("counted").open_total(), 2);
}

#[tokio::test(start_paused = true)]
async fn undo_brings_the_mention_back_and_redo_takes_it_away() {
    let mut desk = Runner::new(three()).await;
    desk.keys("x").await;
    desk.keys("u").await;
    assert_eq!(desk.recorded(), ["decided", "undone"]);
    assert!(desk.feed().contains(&"a".to_owned()));
    assert_eq!(desk.selected(), "a", "the mention that came back is selected");
    desk.keys("U").await;
    assert_eq!(desk.recorded(), ["decided", "undone", "undone"]);
    assert!(!desk.feed().contains(&"a".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_reply_is_copied_with_one_key_and_confirmed_with_another() {
    let mut desk = Runner::new(three()).await;
    desk.keys("y").await;
    assert_eq!(desk.outside().copied, ["Boil water for one minute."]);
    assert_eq!(desk.recorded(), ["copied"]);
    assert_eq!(desk.selected(), "a", "copying is not yet answering");
    desk.keys("enter").await;
    assert_eq!(desk.recorded(), ["copied", "posted"]);
    assert_ne!(desk.selected(), "a");
}

#[tokio::test(start_paused = true)]
async fn keys_struck_faster_than_the_log_writes_keep_their_order() {
    let mut desk = Runner::new(three()).await;
    desk.outside().held = Some(std::collections::VecDeque::default());
    desk.keys("y enter l").await;
    assert_eq!(desk.app().acts.unrecorded(), 3);
    assert!(desk.recorded().is_empty());
    desk.release().await;
    assert_eq!(desk.app().acts.unrecorded(), 0);
    assert_eq!(desk.recorded(), ["copied", "posted", "decided"]);
}

#[tokio::test(start_paused = true)]
async fn enter_without_a_copied_reply_opens_the_detail() {
    let mut desk = Runner::new(three()).await;
    desk.keys("enter").await;
    assert_eq!(desk.app().focus, Focus::Detail);
    assert!(desk.recorded().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_failed_append_puts_the_mention_back_with_a_banner() {
    let mut desk = Runner::new(three()).await;
    desk.outside().log_fails = true;
    desk.keys("l").await;
    assert!(desk.recorded().is_empty());
    let id = crate::mention::MentionId::new("inbox:a");
    assert_eq!(desk.app().acts.saving(&id), Some(Saving::Failed));
    assert!(matches!(desk.app().notices.banner(), Some((Notice::NotRecorded { records: 1, .. }, 1))));
    assert!(desk.feed().contains(&"a".to_owned()));
    assert!(desk.app().feed.row(&id).is_some_and(|row| row.status == Status::New));
    desk.outside().log_fails = false;
    desk.keys("k k l").await;
    assert_eq!(desk.recorded(), ["decided"]);
}

#[tokio::test(start_paused = true)]
async fn several_are_marked_and_decided_as_one_act() {
    let mut desk = Runner::new(three()).await;
    desk.keys("space space m").await;
    assert_eq!(desk.recorded(), ["decided", "decided"]);
    assert!(desk.app().selection.is_empty());
    desk.keys("u").await;
    assert_eq!(desk.feed().len(), 3, "one undo brings the whole act back");
}

#[tokio::test(start_paused = true)]
async fn a_large_selection_asks_for_its_count() {
    let many = (0..30).map(|n| item(&format!("m{n:02}"), "noise", Level::P2, n)).collect();
    let mut desk = Runner::new(many).await;
    desk.keys("v").await;
    for _ in 0..24 {
        desk.press("j");
    }
    desk.keys("x").await;
    assert!(matches!(desk.app().mode, Mode::Prompt(_)));
    desk.types("24").await;
    desk.keys("enter").await;
    assert!(desk.recorded().is_empty(), "the wrong count does nothing");
    desk.keys("ctrl-u").await;
    desk.types("25").await;
    desk.keys("enter").await;
    assert_eq!(desk.recorded().len(), 25);
}

#[tokio::test(start_paused = true)]
async fn a_flood_moves_no_selection_and_waits_behind_a_badge() {
    let mut desk = Runner::new((0..60).map(|n| item(&format!("old{n}"), "old", Level::P2, 100 + n)).collect()).await;
    desk.keys("2").await;
    desk.keys("j j j").await;
    let (selected, feed) = (desk.selected(), desk.feed());
    for wave in 0..20 {
        let items = (0..50).map(|n| item(&format!("new{wave}-{n}"), "new", Level::P2, 1)).collect();
        desk.arrive(items).await;
    }
    assert_eq!(desk.selected(), selected);
    assert_eq!(desk.feed(), feed, "the rows on the screen stay");
    assert_eq!(desk.app().feed.waiting(), 1_000);
    desk.keys("g").await;
    assert!(desk.selected().starts_with("new"), "{}", desk.selected());
    assert_eq!(desk.app().feed.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_change_in_a_flood_does_not_empty_the_feed() {
    let mut desk = Runner::new((0..60).map(|n| item(&format!("old{n}"), "old", Level::P2, 100 + n)).collect()).await;
    desk.keys("2").await;
    desk.keys("j j j").await;
    let (selected, feed) = (desk.selected(), desk.feed());
    desk.arrive((0..1_200).map(|n| item(&format!("new{n}"), "new", Level::P2, 1)).collect()).await;
    let changed = vec![crate::mention::MentionId::new("inbox:old3")];
    desk.event(Event::Arrived { levels: [0; 4], changed }).await;
    assert_eq!(desk.selected(), selected);
    assert_eq!(desk.feed(), feed, "the rows on the screen stay");
}

#[tokio::test(start_paused = true)]
async fn the_filter_narrows_while_typing_and_esc_takes_it_away() {
    let mut desk = Runner::new(three()).await;
    desk.keys("2 /").await;
    desk.types("brown").await;
    assert_eq!(desk.feed(), ["b"]);
    desk.keys("enter l").await;
    assert_eq!(desk.recorded(), ["decided"]);
    assert!(desk.feed().is_empty(), "what was decided leaves the filtered view too");
    desk.keys("/").await;
    desk.keys("esc").await;
    assert_eq!(desk.feed().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_query_that_cannot_be_read_keeps_the_last_that_could() {
    let mut desk = Runner::new(three()).await;
    desk.keys("2 /").await;
    desk.types("water").await;
    assert_eq!(desk.feed().len(), 2);
    desk.types(" (").await;
    assert!(!desk.app().filter.problems().is_empty());
    assert_eq!(desk.feed().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_disposition_is_chosen_by_typing_ahead_then_reason_then_note() {
    let mut desk = Runner::new(three()).await;
    desk.keys("d").await;
    desk.types("let stand").await;
    desk.keys("enter").await;
    desk.types("bait").await;
    desk.keys("enter").await;
    desk.types("as agreed").await;
    desk.keys("enter").await;
    let record = desk.app().log.records().next().cloned().expect("a record");
    assert_eq!(record.disposition, Some(crate::mention::Disposition::LetStand));
    assert_eq!(record.reason, Some(crate::mention::NoResponseReason::Bait));
    assert_eq!(record.note.as_deref(), Some("as agreed"));
}

#[tokio::test(start_paused = true)]
async fn escalating_takes_three_keys_and_copies_a_brief() {
    let mut desk = Runner::new(three()).await;
    desk.keys("e 2").await;
    assert_eq!(desk.recorded(), ["escalated"]);
    assert!(desk.outside().copied[0].contains("Is the water safe?"), "{:?}", desk.outside().copied);
}

#[tokio::test(start_paused = true)]
async fn the_tier_whose_rule_speaks_is_the_one_enter_takes() {
    let mut desk = Runner::new(three()).await;
    desk.keys("e enter").await;
    let record = desk.app().log.records().next().cloned().expect("a record");
    assert_eq!(record.tier, Some(2), "the enquiry desk stands first in the plan, but not for this mention");
    desk.keys("e").await;
    assert!(!desk.screen().contains("(suggested by the plan)"), "nothing speaks for the next one:\n{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn a_snooze_says_when_and_the_mention_goes_to_the_snoozed_view() {
    let mut desk = Runner::new(three()).await;
    desk.keys("s").await;
    assert!(desk.screen().contains("Nov 20"), "the exact time is shown:\n{}", desk.screen());
    desk.keys("1").await;
    assert_eq!(desk.recorded(), ["snoozed"]);
    desk.keys("4").await;
    assert_eq!(desk.feed(), ["a"]);
}

#[tokio::test(start_paused = true)]
async fn esc_keeps_the_draft_and_the_composer_finds_it_again() {
    let mut desk = Runner::new(three()).await;
    desk.keys("i").await;
    desk.types(" Thank you.").await;
    desk.keys("esc").await;
    assert_eq!(desk.outside().saved_drafts, 11, "kept as typed");
    desk.keys("j k i").await;
    let Mode::Composer(composer) = &desk.app().mode else { panic!("the composer is open") };
    assert_eq!(composer.text(), "Boil water for one minute. Thank you.");
    desk.keys("ctrl-s").await;
    assert_eq!(desk.recorded(), ["copied"]);
    let record = desk.app().log.records().next().cloned().expect("a record");
    assert!(record.reply.as_ref().is_some_and(|reply| reply.edited));
    assert_eq!(record.authorized_by, None, "an edited text is nobody's approved words");
}

#[tokio::test(start_paused = true)]
async fn a_post_deleted_while_its_reply_is_written_is_told_and_gets_no_reply() {
    let mut desk = Runner::new(three()).await;
    desk.keys("i").await;
    let mut gone = item("a", "", Level::P4, 0);
    gone.mention.author_deleted_at = Some(noon());
    let changed = vec![gone.mention.id.clone()];
    desk.outside().store.commit(&Commit { items: vec![gone], ..Commit::default() }).expect("committed");
    desk.event(Event::Arrived { levels: [0; 4], changed }).await;
    let told = "Its author has deleted the mention: no public reply.";
    assert!(desk.screen().contains(told), "{}", desk.screen());
    desk.keys("ctrl-s").await;
    assert!(matches!(desk.app().mode, Mode::Composer(_)), "what was written is not lost");
    desk.keys("esc").await;
    assert!(desk.screen().contains("deleted by its author") && desk.screen().contains("Is the water safe?"));
    assert!(desk.recorded().is_empty(), "{:?}", desk.recorded());
}

#[tokio::test(start_paused = true)]
async fn whoever_writes_a_reply_learns_whether_the_post_still_stands() {
    let mut desk = Runner::new(three()).await;
    let id = desk.app().selected_id().expect("a mention");
    assert_eq!(desk.outside().looked_again, std::slice::from_ref(&id), "what is read is asked about once");
    desk.keys("i").await;
    let words = ["not looked at again since", "It still stood there at"];
    let told = |desk: &mut Runner| words.map(|words| desk.screen().contains(words));
    assert_eq!(told(&mut desk), [false, false], "nothing is said where no source can look");
    desk.event(Event::LookedAgain { mentions: vec![id.clone()], at: None }).await;
    assert_eq!(told(&mut desk), [true, false], "{}", desk.screen());
    desk.event(Event::LookedAgain { mentions: vec![id], at: Some(noon()) }).await;
    assert_eq!(told(&mut desk), [false, true], "{}", desk.screen());
}

#[tokio::test(start_paused = true)]
async fn nothing_destructive_happens_in_a_text_field() {
    let mut desk = Runner::new(three()).await;
    desk.keys("t").await;
    desk.types("xlmuq").await;
    assert!(desk.recorded().is_empty());
    assert!(matches!(desk.app().mode, Mode::Prompt(_)));
    desk.send(TerminalEvent::Paste("two\nlines".to_owned()));
    desk.keys("enter").await;
    let record = desk.app().log.records().next().cloned().expect("a record");
    assert_eq!(record.note.as_deref(), Some("xlmuqtwo lines"));
}

#[tokio::test(start_paused = true)]
async fn late_answers_change_nothing() {
    let mut desk = Runner::new(three()).await;
    let before = desk.feed();
    desk.event(Event::Answered(1, Ok(crate::store::Answer::Page(crate::store::Page::default())))).await;
    desk.event(Event::Answered(999, Ok(crate::store::Answer::Case(None)))).await;
    assert_eq!(desk.feed(), before);
}

#[tokio::test(start_paused = true)]
async fn a_desk_at_rest_asks_for_nothing() {
    let mut desk = Runner::new(three()).await;
    desk.rest().await;
    let asked = desk.outside().asked;
    desk.clock().advance(TimeDelta::seconds(1));
    desk.rest().await;
    assert_eq!(desk.outside().asked, asked);
}

#[tokio::test(start_paused = true)]
async fn where_nothing_is_urgent_the_desk_opens_on_what_is_open() {
    let desk = Runner::new(vec![item("a", "quiet", Level::P4, 5)]).await;
    assert_eq!(desk.selected(), "a");
    assert_eq!(desk.app().feed.view(), crate::store::View::Open);
}

#[tokio::test(start_paused = true)]
async fn the_end_and_the_beginning_of_a_long_feed_are_a_key_away() {
    let many = (0..1_500).map(|n| item(&format!("m{n:04}"), "noise", Level::P3, n)).collect();
    let mut desk = Runner::new(many).await;
    desk.keys("6").await;
    assert_eq!(desk.selected(), "m1499", "the last to arrive comes first");
    desk.keys("G").await;
    assert_eq!(desk.selected(), "m0000");
    desk.keys("k k").await;
    assert_eq!(desk.selected(), "m0002");
    for _ in 0..600 {
        desk.press("k");
    }
    desk.rest().await;
    assert!(desk.feed().len() <= 1_000, "the window is bounded");
    desk.keys("g").await;
    assert_eq!(desk.selected(), "m1499");
}

#[tokio::test(start_paused = true)]
async fn the_palette_finds_a_command_by_its_letters() {
    let mut desk = Runner::new(three()).await;
    desk.keys(":").await;
    desk.types("let st").await;
    desk.keys("enter").await;
    assert_eq!(desk.recorded(), ["decided"]);
}

#[tokio::test(start_paused = true)]
async fn a_click_selects_a_row_and_the_wheel_moves_on() {
    let mut desk = Runner::new(three()).await;
    let areas = desk.app().areas;
    let mouse = |kind, row| {
        TerminalEvent::Mouse(MouseEvent { kind, column: areas.feed.x + 1, row, modifiers: KeyModifiers::empty() })
    };
    desk.send(mouse(MouseEventKind::Down(MouseButton::Left), areas.feed.y + areas.feed_lines));
    desk.rest().await;
    assert_eq!(desk.app().feed.cursor(), 1);
    desk.send(mouse(MouseEventKind::ScrollDown, areas.feed.y));
    desk.rest().await;
    assert_eq!(desk.app().feed.cursor(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_foreign_act_on_the_selected_mention_is_told() {
    let mut desk = Runner::new(three()).await;
    desk.keys("l").await;
    let mut record = desk.app().log.records().next().expect("a record").as_ref().clone();
    (record.desk, record.seq, record.actor) = ("zz".into(), 1, "jroy".into());
    let id = desk.app().selected_id().expect("a mention");
    let mut mention = record.mention.as_deref().expect("a mention").clone();
    mention.id = id;
    record.mention = Some(std::sync::Arc::new(mention));
    desk.event(Event::RecordsSeen { records: vec![record], earlier: false }).await;
    assert!(matches!(desk.app().notices.banner(), Some((Notice::Foreign { actor }, 1)) if actor == "jroy"));
}

#[tokio::test(start_paused = true)]
async fn why_opens_a_page_that_is_scrolled_copied_and_closed() {
    let mut desk = Runner::new(three()).await;
    desk.keys("w").await;
    assert!(desk.screen().contains("Why P1"), "{}", desk.screen());
    desk.keys("y").await;
    assert!(desk.outside().copied.last().is_some_and(|text| text.contains("Why P1")));
    desk.keys("esc").await;
    assert!(desk.app().mode.is_browsing());
    assert!(desk.recorded().is_empty(), "looking is no act");
}

#[tokio::test(start_paused = true)]
async fn a_wrong_judgement_becomes_a_patch_for_the_editor() {
    let mut desk = Runner::new(three()).await;
    desk.keys("W p 3").await;
    let edited = desk.outside().edited.pop().expect("the editor was opened");
    assert!(edited.patch.starts_with("# The priority is P3."), "{}", edited.patch);
    assert!(edited.patch.contains("+text = \"Is the water safe?\""), "{}", edited.patch);
    assert!(edited.patch.contains("+expect = { priority = \"P3\" }"), "{}", edited.patch);
    assert!(desk.screen().contains("Test added."), "{}", desk.screen());
    assert!(desk.app().mode.is_browsing());
    assert!(desk.recorded().is_empty(), "a change of the plan is no decision");
}

#[tokio::test(start_paused = true)]
async fn what_is_not_saved_changes_nothing_and_the_desk_goes_on() {
    let mut desk = Runner::new(three()).await;
    desk.outside().saves = false;
    desk.keys("W p 3").await;
    assert!(desk.screen().contains("Nothing was saved."), "{}", desk.screen());
    desk.keys("l").await;
    assert_eq!(desk.recorded(), ["decided"]);
}

#[tokio::test(start_paused = true)]
async fn the_reload_of_a_corrected_plan_does_not_hide_what_became_of_it() {
    let mut desk = Runner::new(three()).await;
    desk.keys("W p 3").await;
    desk.event(Event::PlanLoaded(super::runner::plan(), 0)).await;
    assert!(desk.screen().contains("Test added."), "{}", desk.screen());
    desk.event(Event::PlanLoaded(super::runner::plan(), 0)).await;
    assert!(desk.screen().contains("The plan was loaded again."), "{}", desk.screen());
}
