use std::collections::VecDeque;
use std::time::Duration;

use super::super::test_desk::Desk;
use super::super::{Lag, State};
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
