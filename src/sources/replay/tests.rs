use std::time::Duration as StdDuration;

use super::super::test_desk::{Desk, instant};
use super::super::{State, supervise};
use super::*;

const RECORDING: &str = "\
{\"id\":\"late\",\"text\":\"late\",\"posted_at\":\"2026-11-20T17:10:00Z\"}
{\"id\":\"early\",\"text\":\"early\",\"posted_at\":\"2026-11-20T16:00:00Z\"}
nonsense
{\"id\":\"soon\",\"text\":\"soon\",\"posted_at\":\"2026-11-20T17:05:00Z\"}
";

fn recorded(desk: &Desk) -> PathBuf {
    let path = desk.folder.path().join("storm.jsonl");
    std::fs::write(&path, RECORDING).expect("it is written");
    path
}

#[tokio::test(start_paused = true)]
async fn the_past_comes_at_once_and_the_rest_when_its_time_comes() {
    let mut desk = Desk::new();
    let (context, health) = desk.seat(None);
    tokio::spawn(supervise(Replay::new(recorded(&desk), 1.0), context, desk.cancel()));
    let first = desk.batch().await;
    assert_eq!(first.items[0].text, "early");
    assert_eq!(first.items[0].received_at, instant("2026-11-20T16:00:00Z"));
    first.ack.send(()).expect("the source waits");
    desk.clock.advance(TimeDelta::minutes(5));
    let second = desk.batch().await;
    assert_eq!((second.items.len(), second.items[0].text.as_str()), (1, "soon"));
    assert_eq!(second.items[0].received_at, instant("2026-11-20T17:05:00Z"));
    second.ack.send(()).expect("the source waits");
    desk.clock.advance(TimeDelta::hours(1));
    assert_eq!(desk.texts(1).await, ["late"]);
    let ended = desk.stopped(health).await;
    assert_eq!((ended.state, ended.items, ended.bad), (State::Stopped { why: None }, 3, 1));
}

#[tokio::test(start_paused = true)]
async fn nothing_comes_before_its_time() {
    let mut desk = Desk::new();
    let (context, _health) = desk.seat(None);
    tokio::spawn(supervise(Replay::new(recorded(&desk), 1.0), context, desk.cancel()));
    assert_eq!(desk.texts(1).await, ["early"]);
    desk.clock.advance(TimeDelta::minutes(5) - TimeDelta::milliseconds(1));
    assert!(tokio::time::timeout(StdDuration::from_mins(1), desk.batch()).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_speed_shortens_the_future_only() {
    let mut desk = Desk::new();
    let (context, _health) = desk.seat(None);
    tokio::spawn(supervise(Replay::new(recorded(&desk), 10.0), context, desk.cancel()));
    assert_eq!(desk.texts(1).await, ["early"]);
    desk.clock.advance(TimeDelta::seconds(60));
    let both = desk.texts(2).await;
    assert_eq!(both, ["soon", "late"]);
}

#[tokio::test(start_paused = true)]
async fn a_restart_goes_on_where_it_was() {
    let mut desk = Desk::new();
    let path = recorded(&desk);
    let (context, health) = desk.seat(None);
    tokio::spawn(supervise(Replay::new(path.clone(), 1.0), context, desk.cancel()));
    assert_eq!(desk.texts(1).await, ["early"]);
    desk.cancel().cancel();
    desk.stopped(health).await;
    desk.renew();
    desk.clock.advance(TimeDelta::minutes(20));
    let (context, health) = desk.seat(desk.cursor.clone());
    tokio::spawn(supervise(Replay::new(path, 1.0), context, desk.cancel()));
    assert_eq!(desk.texts(2).await, ["soon", "late"]);
    assert_eq!(desk.stopped(health).await.bad, 0);
}

#[tokio::test(start_paused = true)]
async fn a_missing_recording_is_an_error() {
    let desk = Desk::new();
    let (context, health) = desk.seat(None);
    tokio::spawn(supervise(Replay::new(desk.folder.path().join("none"), 1.0), context, desk.cancel()));
    desk.until(health, |health| matches!(health.state, State::BackingOff { .. })).await;
}
