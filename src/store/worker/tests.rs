use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};

use super::*;
use crate::clock::FakeClock;
use crate::mention::Level;
use crate::query::{Query, Stage};
use crate::store::sqlite::samples::{assessment, item, noon};
use crate::store::{Anchor, SqliteStore};

type Answers = Receiver<(RequestId, Result<Answer, StoreError>)>;

/// Both threads on a fresh store, and what they answer.
fn desk() -> (tempfile::TempDir, Desk, Threads, Answers) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let writer = SqliteStore::open(&folder.path().join("mentions.db"), "mchan".into()).expect("opens");
    let reader = writer.another().expect("opens");
    let (send, answers) = sync_channel(1_024);
    let send = Mutex::new(send);
    let on_answer: OnAnswer = Arc::new(move |id, answer| {
        let _ = send.lock().expect("not poisoned").send((id, answer));
    });
    let assessor: Assessor = Box::new(|_, _| assessment(Level::P3, "one"));
    let setup = Setup { assessor, clock: Arc::new(FakeClock::new(noon())), log: folder.path().join("response-log") };
    let (desk, threads) = Desk::spawn((writer, reader), setup, on_answer).expect("starts");
    (folder, desk, threads, answers)
}

fn committed(desk: &Desk, count: usize) {
    let items = (0..count).map(|n| item(&n.to_string(), &format!("Water {n}"), Level::P2)).collect();
    let (send, done) = sync_channel(1);
    let commit = Commit { items, ..Commit::default() };
    desk.tell_waiting(0, Tell::Commit(commit, Box::new(move |outcomes| drop(send.send(outcomes))))).expect("runs");
    assert_eq!(done.recv().expect("answers").expect("commits").len(), count);
}

fn search(query: &str) -> Ask {
    let query = Arc::new(Query::parse(query, Stage::Desk).expect("a query"));
    Ask::Search(Search { view: View::All, query, limit: 10, after: None })
}

#[test]
fn answers_carry_the_id_of_their_request() {
    let (_folder, desk, threads, answers) = desk();
    committed(&desk, 3);
    desk.ask(7, Ask::Page(PageRequest { view: View::Open, anchor: Anchor::Top, limit: 2, folded: false }))
        .expect("taken");
    desk.ask(8, Ask::Counts).expect("taken");
    let Ok((7, Ok(Answer::Page(page)))) = answers.recv() else { panic!("the page comes first") };
    assert_eq!((page.rows.len(), page.more_after), (2, true));
    let Ok((8, Ok(Answer::Counts(counts)))) = answers.recv() else { panic!("then the counts") };
    assert_eq!(counts.open, [0, 3, 0, 0]);
    drop(desk);
    threads.join().expect("both end");
}

#[test]
fn a_search_streams_rows_then_counts_and_a_newer_one_ends_it() {
    let (_folder, desk, threads, answers) = desk();
    committed(&desk, 300);
    desk.ask(1, search("nowhere")).expect("taken");
    desk.ask(2, search("water")).expect("taken");
    let (mut rows, mut counts) = (0, Vec::new());
    while counts.last() != Some(&(300, true)) {
        match answers.recv().expect("answers") {
            (2, Ok(Answer::Found { rows: more, .. })) => rows += more.len(),
            (2, Ok(Answer::Counted { count, exact })) => counts.push((count, exact)),
            // The first search may have ended before the second came.
            (1, Ok(Answer::Found { .. } | Answer::Counted { .. })) => {}
            other => panic!("unexpected {other:?}"),
        }
    }
    assert_eq!(rows, 10);
    assert!(counts.is_sorted());
    drop(desk);
    threads.join().expect("both end");
}

#[test]
fn a_new_plan_is_applied_in_slices_with_progress() {
    let (_folder, desk, threads, answers) = desk();
    committed(&desk, 150);
    let assessor: Assessor = Box::new(|_, _| assessment(Level::P1, "two"));
    let request = Reassess { plan: PlanHash("two".into()), assessor, visible: Vec::new() };
    desk.tell(3, Tell::Reassess(request)).expect("taken");
    let mut progress = Vec::new();
    while progress.last() != Some(&(150, 150)) {
        let Ok((3, Ok(Answer::Reassessed { done, total }))) = answers.recv() else { panic!("progress") };
        progress.push((done, total));
    }
    assert!(progress.len() > 2 && progress.is_sorted());
    desk.ask(4, Ask::Counts).expect("taken");
    let Ok((4, Ok(Answer::Counts(counts)))) = answers.recv() else { panic!("the counts") };
    assert_eq!(counts.open, [150, 0, 0, 0]);
    drop(desk);
    threads.join().expect("both end");
}

#[test]
fn what_others_appended_is_caught_up_with() {
    let (_folder, desk, threads, answers) = desk();
    desk.tell(5, Tell::CatchUp).expect("taken");
    let Ok((5, Ok(Answer::Applied(caught_up)))) = answers.recv() else { panic!("an answer") };
    assert_eq!(caught_up, CaughtUp::default(), "no log, nothing to project");
    drop(desk);
    threads.join().expect("both end");
}
