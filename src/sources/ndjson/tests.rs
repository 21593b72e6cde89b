use std::fs::{self, OpenOptions};
use std::io::Write;

use proptest::prelude::*;
use tokio::sync::watch;

use super::super::test_desk::Desk;
use super::super::{Health, State, supervise};
use super::*;

fn line(text: &str) -> String {
    format!("{{\"text\":\"{text}\"}}\n")
}

fn path(desk: &Desk) -> PathBuf {
    desk.folder.path().join("mentions.jsonl")
}

fn append(path: &Path, bytes: impl AsRef<[u8]>) {
    let mut file = OpenOptions::new().create(true).append(true).open(path).expect("it opens");
    file.write_all(bytes.as_ref()).expect("it is written");
}

fn start(desk: &Desk) -> watch::Receiver<Health> {
    let (context, health) = desk.seat(desk.cursor.clone());
    tokio::spawn(supervise(Ndjson::new(path(desk)), context, desk.cancel()));
    health
}

/// Stops the source that runs and starts another at the last cursor committed.
async fn restart(desk: &mut Desk, health: watch::Receiver<Health>) -> watch::Receiver<Health> {
    desk.cancel().cancel();
    desk.stopped(health).await;
    desk.renew();
    start(desk)
}

#[tokio::test(start_paused = true)]
async fn a_file_is_read_from_the_start_and_then_as_it_grows() {
    let mut desk = Desk::new();
    append(&path(&desk), line("one") + "\n" + &line("two"));
    start(&desk);
    assert_eq!(desk.texts(2).await, ["one", "two"]);
    append(&path(&desk), line("three"));
    assert_eq!(desk.texts(1).await, ["three"]);
}

#[tokio::test(start_paused = true)]
async fn a_line_counts_when_its_newline_is_there() {
    let mut desk = Desk::new();
    append(&path(&desk), line("one") + "{\"text\":");
    let health = start(&desk);
    assert_eq!(desk.texts(1).await, ["one"]);
    desk.until(health, |health| health.state == State::Live && health.lag.is_none()).await;
    append(&path(&desk), "\"two\"}");
    append(&path(&desk), "\n");
    assert_eq!(desk.texts(1).await, ["two"]);
    assert!(desk.quarantined().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_missing_file_is_waited_for() {
    let mut desk = Desk::new();
    let health = start(&desk);
    let waiting = desk.until(health, |health| health.state == State::Waiting).await;
    assert_eq!(waiting.last_error, None);
    append(&path(&desk), line("one"));
    assert_eq!(desk.texts(1).await, ["one"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_a_file_is_an_error_that_is_tried_again() {
    let mut desk = Desk::new();
    fs::create_dir(path(&desk)).expect("a folder");
    let health = start(&desk);
    desk.until(health, |health| matches!(health.state, State::BackingOff { .. })).await;
    fs::remove_dir(path(&desk)).expect("the folder goes");
    append(&path(&desk), line("one"));
    assert_eq!(desk.texts(1).await, ["one"]);
}

#[tokio::test(start_paused = true)]
async fn a_rotated_file_is_read_to_its_end_and_then_the_new_one() {
    let mut desk = Desk::new();
    append(&path(&desk), line("one"));
    let health = start(&desk);
    assert_eq!(desk.texts(1).await, ["one"]);
    let rotated = desk.folder.path().join("mentions.jsonl.1");
    fs::rename(path(&desk), &rotated).expect("it is renamed");
    append(&rotated, line("two") + "{\"unfin");
    assert_eq!(desk.texts(1).await, ["two"]);
    append(&path(&desk), line("three"));
    assert_eq!(desk.texts(1).await, ["three"]);
    assert_eq!(desk.until(health, |health| health.bad == 1).await.last_error, None);
    assert_eq!(desk.quarantined()[0]["cause"], "unfinished");
}

#[tokio::test(start_paused = true)]
async fn a_truncated_file_is_read_from_the_start() {
    let mut desk = Desk::new();
    append(&path(&desk), line("one") + &line("two"));
    start(&desk);
    assert_eq!(desk.texts(2).await, ["one", "two"]);
    fs::write(path(&desk), line("3")).expect("it is written anew");
    assert_eq!(desk.texts(1).await, ["3"]);
}

#[tokio::test(start_paused = true)]
async fn a_file_written_anew_with_another_beginning_is_read_from_the_start() {
    let mut desk = Desk::new();
    append(&path(&desk), line("one"));
    let health = start(&desk);
    assert_eq!(desk.texts(1).await, ["one"]);
    let written = line("another") + &line("and another");
    desk.cancel().cancel();
    desk.stopped(health.clone()).await;
    let file = OpenOptions::new().write(true).open(path(&desk)).expect("it opens");
    (&file).write_all(written.as_bytes()).expect("the same inode, longer than before");
    restart(&mut desk, health).await;
    assert_eq!(desk.texts(2).await, ["another", "and another"]);
}

#[tokio::test(start_paused = true)]
async fn a_restart_goes_on_after_the_last_line_committed() {
    let mut desk = Desk::new();
    append(&path(&desk), line("one") + &line("two"));
    let health = start(&desk);
    assert_eq!(desk.texts(2).await, ["one", "two"]);
    append(&path(&desk), line("three"));
    let health = restart(&mut desk, health).await;
    assert_eq!(desk.texts(1).await, ["three"]);
    // Rotated while nobody looked: the rest of the old file first, then the new one.
    desk.cancel().cancel();
    desk.stopped(health.clone()).await;
    append(&path(&desk), line("four"));
    fs::rename(path(&desk), desk.folder.path().join("old.jsonl")).expect("it is renamed");
    append(&path(&desk), line("five"));
    restart(&mut desk, health).await;
    assert_eq!(desk.texts(2).await, ["four", "five"]);
}

#[tokio::test(start_paused = true)]
async fn bad_lines_are_set_aside_and_the_rest_goes_on() {
    let mut desk = Desk::new();
    append(&path(&desk), line("one"));
    append(&path(&desk), b"{\"text\":\"\xff\"}\n");
    append(&path(&desk), [vec![b'x'; (1 << 20) + 1], b"\n".to_vec()].concat());
    append(&path(&desk), "[1]\n{\"text\":\" \"}\n");
    append(&path(&desk), line("two"));
    let health = start(&desk);
    assert_eq!(desk.texts(2).await, ["one", "two"]);
    assert_eq!(desk.until(health, |health| health.items == 2).await.bad, 4);
    let kept = desk.quarantined();
    let causes: Vec<_> = kept.iter().map(|entry| entry["cause"].clone()).collect();
    assert_eq!(causes[0], "not_utf8");
    assert_eq!(causes[1], "too_long");
    assert!(causes[2]["malformed"].is_string());
    assert_eq!(causes[3], "no_text");
    assert_eq!(kept[1]["position"]["line"]["line"], 3);
}

#[tokio::test(start_paused = true)]
async fn batches_are_small_and_in_order() {
    let mut desk = Desk::new();
    let texts: Vec<String> = (0..1000).map(|number| number.to_string()).collect();
    append(&path(&desk), texts.iter().map(|text| line(text)).collect::<String>());
    start(&desk);
    let mut found = Vec::new();
    while found.len() < texts.len() {
        let batch = desk.batch().await;
        assert!(batch.items.len() <= MAX_BATCH);
        found.extend(batch.items.into_iter().map(|item| item.text));
        batch.ack.send(()).expect("the source waits");
    }
    assert_eq!(found, texts);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the lines, wherever the writer's writes are cut and whenever the program is killed: from any cursor that was
    /// committed, each line comes exactly once.
    #[test]
    fn every_line_comes_exactly_once_from_any_committed_cursor(
        lengths in prop::collection::vec(0usize..40, 1..700),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        kills in prop::collection::vec(1usize..3, 0..4),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().expect("a runtime");
        runtime.block_on(async {
            let mut desk = Desk::new();
            let texts: Vec<String> =
                lengths.iter().enumerate().map(|(number, length)| format!("{number}{}", "é".repeat(*length))).collect();
            let whole: String = texts.iter().map(|text| line(text)).collect();
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(whole.len())).chain([0, whole.len()]).collect();
            cuts.sort_unstable();
            let mut writes = cuts.windows(2).map(|cut| &whole.as_bytes()[cut[0]..cut[1]]);
            let (mut found, mut kills) = (Vec::new(), kills.into_iter());
            let mut health = start(&desk);
            append(&path(&desk), writes.next().expect("one write at least"));
            let mut until_kill = kills.next();
            while found.len() < texts.len() {
                let Some(batch) = desk.batch_unless_idle(&health).await else {
                    append(&path(&desk), writes.next().expect("lines are missing although all was written"));
                    continue;
                };
                if until_kill == Some(0) {
                    // Killed before this batch was committed.
                    drop(batch);
                    health = restart(&mut desk, health).await;
                    until_kill = kills.next();
                    continue;
                }
                until_kill = until_kill.map(|left| left - 1);
                found.extend(batch.items.iter().map(|item| item.text.clone()));
                desk.cursor = Some(batch.cursor);
                let _ = batch.ack.send(());
            }
            assert_eq!(found, texts);
        });
    }
}
