use std::collections::VecDeque;
use std::time::Duration;

use super::super::test_desk::Desk;
use tokio::sync::watch;

use super::super::{Health, Lag, Order, State};
use super::*;
use crate::mention::RawItem;

/// What a scripted source does in one run.
enum Act {
    /// Panics.
    Panic,
    /// Fails.
    Fail(SourceError),
    /// Hears from the other side, then fails.
    HearThenFail(SourceError),
    /// Sends one item, not waiting for its acknowledgement.
    Send(&'static str),
    /// Ends.
    End,
    /// Waits for ever.
    Hang,
}

struct Scripted(VecDeque<Act>);

impl Source for Scripted {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        loop {
            match self.0.pop_front().expect("the script goes on") {
                Act::Panic => panic!("on purpose"),
                Act::Fail(error) => return Err(error),
                Act::HearThenFail(error) => {
                    context.health.live();
                    return Err(error);
                }
                Act::Send(text) => {
                    let item = RawItem::new(context.source.clone(), text, context.clock.now());
                    context.send(vec![item], Cursor(text.into())).await?;
                }
                Act::End => return Ok(()),
                Act::Hang => std::future::pending().await,
            }
        }
    }
}

fn start(desk: &Desk, script: impl IntoIterator<Item = Act>) -> watch::Receiver<Health> {
    let (context, health) = desk.seat(None);
    tokio::spawn(supervise(Scripted(script.into_iter().collect()), context, desk.cancel()));
    health
}

fn offline() -> SourceError {
    SourceError::retryable(Cause::Input("offline".into()))
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_told_and_the_source_is_run_again() {
    let desk = Desk::new();
    let health = start(&desk, [Act::Panic, Act::End]);
    let failed = desk.until(health.clone(), |health| health.last_error.is_some()).await;
    assert!(matches!(failed.state, State::BackingOff { .. }), "{failed:?}");
    let (_, error) = failed.last_error.expect("it was told");
    assert_eq!(error.cause, Cause::Panicked("on purpose".into()));
    assert_eq!(desk.stopped(health).await.state, State::Stopped { why: None });
}

#[tokio::test(start_paused = true)]
async fn a_permanent_error_stops_and_says_why() {
    let desk = Desk::new();
    let gone = SourceError::permanent(Cause::Gone { url: "http://a.example/".into() });
    let health = start(&desk, [Act::Fail(gone.clone())]);
    assert_eq!(desk.stopped(health).await.state, State::Stopped { why: Some(gone) });
}

#[tokio::test(start_paused = true)]
async fn what_the_other_side_asks_for_is_waited() {
    let desk = Desk::new();
    let error = SourceError::retryable_after(Cause::Input("busy".into()), Some(Duration::from_mins(7)));
    let began = tokio::time::Instant::now();
    let health = start(&desk, [Act::Fail(error), Act::End]);
    let failed = desk.until(health.clone(), |health| matches!(health.state, State::BackingOff { .. })).await;
    let State::BackingOff { next_try } = failed.state else { panic!("it backs off") };
    assert!(next_try >= super::super::test_desk::instant("2026-11-20T17:07:00Z"));
    desk.stopped(health).await;
    assert!(began.elapsed() >= Duration::from_mins(7));
}

#[tokio::test(start_paused = true)]
async fn the_back_off_begins_anew_once_the_source_was_heard_from() {
    let desk = Desk::new();
    let failures = (0..20).map(|_| Act::HearThenFail(offline())).chain([Act::End]);
    let began = tokio::time::Instant::now();
    let health = start(&desk, failures);
    desk.stopped(health).await;
    assert!(began.elapsed() <= Duration::from_secs(21), "{:?}", began.elapsed());
}

/// Sends three items, and goes on at its cursor.
struct Repeats;

impl Source for Repeats {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        let from = context.resume().cloned();
        for text in ["one", "two", "three"] {
            if from != Some(Cursor("zero".into())) && text == "one" {
                continue;
            }
            let item = RawItem::new(context.source.clone(), text, context.clock.now());
            context.send(vec![item], Cursor(text.into())).await?;
        }
        context.settle().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_batch_begins_again_at_the_last_acknowledged_cursor() {
    let mut desk = Desk::new();
    let (context, health) = desk.seat(Some(Cursor("zero".into())));
    tokio::spawn(supervise(Repeats, context, desk.cancel()));
    assert_eq!(desk.texts(1).await, ["one"]);
    let (refused, later) = (desk.batch().await, desk.batch().await);
    drop(refused);
    // Committed, but behind a gap: it is read again, and the store knows it.
    later.ack.send(()).expect("the source waits");
    assert_eq!(desk.texts(2).await, ["two", "three"]);
    assert_eq!(desk.stopped(health).await.lag, None);
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_pushes_back_and_the_lag_shows() {
    let mut desk = Desk::new();
    let health = start(&desk, ["a", "b", "c", "d", "e", "f"].map(Act::Send).into_iter().chain([Act::End]));
    let behind = desk.until(health.clone(), |health| health.lag == Some(Lag::Items(2))).await;
    assert_eq!(behind.items, 0);
    assert_eq!(desk.texts(6).await, ["a", "b", "c", "d", "e", "f"]);
    let done = desk.stopped(health).await;
    assert_eq!((done.items, done.lag), (6, None));
}

#[tokio::test(start_paused = true)]
async fn cancelling_ends_a_source_that_hangs() {
    let desk = Desk::new();
    let health = start(&desk, [Act::Hang]);
    desk.cancel().cancel();
    assert_eq!(desk.stopped(health).await.state, State::Stopped { why: None });
}

#[tokio::test(start_paused = true)]
async fn a_desk_that_is_gone_stops_the_source() {
    let desk = Desk::new();
    let (context, mut health) = desk.seat(None);
    let cancel = desk.cancel();
    drop(desk);
    supervise(Scripted([Act::Send("a"), Act::End].into()), context, cancel).await;
    assert!(
        matches!(&health.borrow_and_update().state, State::Stopped { why: Some(error) } if error.cause == Cause::Closed)
    );
}

/// Counts its runs in what it sends, then waits for ever.
#[derive(Default)]
struct Counting(u32);

impl Source for Counting {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        self.0 += 1;
        let item = RawItem::new(context.source.clone(), format!("run {}", self.0), context.clock.now());
        context.send(vec![item], Cursor(self.0.into())).await?;
        context.settle().await?;
        context.health.live();
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_paused_source_reads_nothing_until_it_is_resumed() {
    let mut desk = Desk::new();
    let (context, handle) = desk.steered(None);
    handle.order(Order::Pause);
    tokio::spawn(supervise(Counting::default(), context, desk.cancel()));
    let paused = |health: &Health| health.state == State::Paused;
    desk.until(handle.health.clone(), paused).await;
    handle.order(Order::Resume);
    assert_eq!(desk.texts(1).await, ["run 1"]);
    desk.until(handle.health.clone(), |health| health.state == State::Live && health.lag.is_none()).await;
    handle.order(Order::Pause);
    desk.until(handle.health.clone(), paused).await;
    handle.order(Order::Retry);
    tokio::time::sleep(Duration::from_mins(10)).await;
    assert_eq!(handle.health.borrow().state, State::Paused, "a try does not resume");
    handle.order(Order::Resume);
    assert_eq!(desk.texts(1).await, ["run 2"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_cut_off_while_it_sends_loses_and_doubles_nothing() {
    let mut desk = Desk::new();
    let (context, handle) = desk.steered(Some(Cursor("zero".into())));
    tokio::spawn(supervise(Repeats, context, desk.cancel()));
    // One is in the channel, and the second waits for room in it.
    desk.until(handle.health.clone(), |health| health.lag == Some(Lag::Items(2))).await;
    handle.order(Order::Pause);
    assert_eq!(desk.texts(1).await, ["one"]);
    let paused = desk.until(handle.health.clone(), |health| health.state == State::Paused).await;
    assert_eq!((paused.items, paused.lag), (1, None));
    handle.order(Order::Resume);
    assert_eq!(desk.texts(2).await, ["two", "three"], "it reads again from its cursor");
}

#[tokio::test(start_paused = true)]
async fn what_waits_or_is_over_is_tried_at_once() {
    let desk = Desk::new();
    let (context, handle) = desk.steered(None);
    let busy = SourceError::retryable_after(Cause::Input("busy".into()), Some(Duration::from_hours(2)));
    let gone = SourceError::permanent(Cause::Input("gone".into()));
    let script = [Act::Fail(busy), Act::Fail(gone), Act::End, Act::HearThenFail(offline()), Act::Hang];
    let began = tokio::time::Instant::now();
    tokio::spawn(supervise(Scripted(script.into()), context, desk.cancel()));
    desk.until(handle.health.clone(), |health| matches!(health.state, State::BackingOff { .. })).await;
    handle.order(Order::Retry);
    desk.until(handle.health.clone(), |health| matches!(health.state, State::Stopped { why: Some(_) })).await;
    handle.order(Order::Retry);
    desk.until(handle.health.clone(), |health| health.state == State::Stopped { why: None }).await;
    assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
    handle.order(Order::Retry);
    let tried = desk.until(handle.health.clone(), |health| matches!(health.state, State::BackingOff { .. })).await;
    assert!(tried.last_seen.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_source_that_is_over_ends_once_nobody_can_start_it() {
    let desk = Desk::new();
    let (context, handle) = desk.steered(None);
    let task = tokio::spawn(supervise(Scripted([Act::End].into()), context, desk.cancel()));
    desk.stopped(handle.health.clone()).await;
    assert!(!task.is_finished());
    drop(handle);
    task.await.expect("it ends by itself");
}
