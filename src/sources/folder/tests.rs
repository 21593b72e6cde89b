use std::fs;

use tokio::sync::watch;

use super::super::test_desk::Desk;
use super::super::{Health, State, supervise};
use super::*;

fn folder(desk: &Desk) -> PathBuf {
    desk.folder.path().join("exports")
}

fn put(desk: &Desk, name: &str, text: &str) {
    fs::create_dir_all(folder(desk)).expect("made");
    fs::write(folder(desk).join(name), text).expect("written");
}

fn start(desk: &Desk, profile: Option<&str>) -> watch::Receiver<Health> {
    let (context, health) = desk.seat(desk.cursor.clone());
    let source = Folder::new(folder(desk), profile.map(str::to_owned), desk.folder.path().join("profiles"));
    tokio::spawn(supervise(source, context, desk.cancel()));
    health
}

async fn restart(desk: &mut Desk, health: watch::Receiver<Health>) -> watch::Receiver<Health> {
    desk.cancel().cancel();
    desk.stopped(health).await;
    desk.renew();
    start(desk, None)
}

fn rows(from: usize, to: usize) -> String {
    (from..to).fold("Text,From\n".to_owned(), |text, row| text + &format!("row {row},Ana\n"))
}

#[tokio::test(start_paused = true)]
async fn each_file_is_read_once_when_it_has_stopped_growing() {
    let mut desk = Desk::new();
    let health = start(&desk, None);
    desk.until(health.clone(), |health| health.state == State::Waiting).await;
    put(&desk, "one.csv", &rows(0, 2));
    put(&desk, ".hidden.csv", &rows(7, 8));
    put(&desk, "~$one.xlsx", "lock");
    put(&desk, "notes.pdf", "%PDF");
    assert_eq!(desk.texts(2).await, ["row 0", "row 1"]);
    // A copy holds nothing new; another file does.
    put(&desk, "copy.csv", &rows(0, 2));
    put(&desk, "two.csv", &rows(2, 3));
    assert_eq!(desk.texts(1).await, ["row 2"]);
}

#[tokio::test(start_paused = true)]
async fn after_a_restart_it_goes_on_behind_the_last_committed_row() {
    let mut desk = Desk::new();
    put(&desk, "big.csv", &rows(0, MAX_BATCH * 3));
    let health = start(&desk, None);
    let first = desk.texts(MAX_BATCH).await;
    assert_eq!(first.first().map(String::as_str), Some("row 0"));
    let _health = restart(&mut desk, health).await;
    let rest = desk.texts(MAX_BATCH * 2).await;
    assert_eq!(rest.first(), Some(&format!("row {MAX_BATCH}")));
}

#[tokio::test(start_paused = true)]
async fn bad_rows_and_files_are_quarantined_and_the_rest_goes_on() {
    let mut desk = Desk::new();
    put(&desk, "a.csv", "Text,From\none,two,three\n\u{202e}good,Ana\n");
    put(&desk, "b.csv", "nothing,known\n1,2\n");
    put(&desk, "c.csv", &rows(3, 4));
    start(&desk, None);
    let mut texts = desk.texts(2).await;
    texts.sort();
    assert_eq!(texts, ["row 3", "\u{202e}good"]);
    let kept: Vec<String> = desk.quarantined().iter().map(|entry| entry["position"].to_string()).collect();
    assert!(kept.iter().any(|place| place.contains(r#""file":"a.csv","row":2"#)), "{kept:?}");
    assert!(kept.iter().all(|place| place.contains("a.csv") || place.contains("b.csv")), "{kept:?}");
}

#[tokio::test(start_paused = true)]
async fn a_profile_that_is_not_there_stops_it_and_a_try_says_so() {
    let desk = Desk::new();
    put(&desk, "a.csv", &rows(0, 1));
    let health = start(&desk, Some("sprout"));
    let stopped = desk.stopped(health).await;
    assert!(matches!(stopped.state, State::Stopped { why: Some(SourceError { cause: Cause::Profile(_), .. }) }));
    let source = crate::mention::Id::from("inbox");
    let receipt = Receipt { source: &source, network: None, now: chrono::DateTime::UNIX_EPOCH };
    let profiles = desk.folder.path().join("profiles");
    assert!(probe(&folder(&desk), Some("sprout"), &profiles, &receipt).is_err());
    put(&desk, "b.csv", "Text,From\nshort\n");
    let Ok(Probe::Answers { items, bad, first_bad, first, .. }) = probe(&folder(&desk), None, &profiles, &receipt)
    else {
        panic!("it answers");
    };
    assert_eq!((items, bad, first.len()), (1, 1, 1));
    assert_eq!(first_bad.map(|(place, _)| place), Some(Position::Row { file: "b.csv".into(), row: 2 }));
}
