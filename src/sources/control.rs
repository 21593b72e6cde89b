//! A running source steered from outside: paused, resumed, tried again at once.
//!
//! What enters: a person's orders. What leaves: nothing but the wake-up of the source's supervisor, which looks at what is wanted
//! now; orders that come faster than it looks fold into one. An order never waits and never fails: of a source that is
//! gone it changes nothing.

use tokio::sync::watch;

use super::Health;

/// What a person can ask of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Reads nothing until it is resumed. What it had sent is committed; the rest is read then.
    Pause,
    /// Goes on where it was.
    Resume,
    /// Is run anew from its last cursor, whatever it does now: it reads, waits, backs off, has ended or failed for good.
    Retry,
}

/// The two ends of a running source: how it is doing, and its steering.
#[derive(Debug, Clone)]
pub struct Handle {
    /// How it is doing.
    pub health: watch::Receiver<Health>,
    wanted: watch::Sender<Wanted>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wanted {
    paused: bool,
    /// Counts the tries that were asked for.
    tries: u64,
}

impl Handle {
    /// The steering of a source whose health is seen here, and the supervisor's end of it.
    pub(super) fn new(health: watch::Receiver<Health>) -> (Self, Orders) {
        let (wanted, orders) = watch::channel(Wanted::default());
        (Self { health, wanted }, Orders(orders))
    }

    /// Gives an order. Before the source's task runs, it holds from its beginning.
    pub fn order(&self, order: Order) {
        self.wanted.send_if_modified(|wanted| {
            let before = *wanted;
            match order {
                Order::Pause => wanted.paused = true,
                Order::Resume => wanted.paused = false,
                Order::Retry => wanted.tries = wanted.tries.wrapping_add(1),
            }
            *wanted != before
        });
    }

    /// True while it is to read nothing.
    pub fn is_paused(&self) -> bool {
        self.wanted.borrow().paused
    }
}

/// The supervisor's end.
#[derive(Debug, Clone)]
pub(super) struct Orders(watch::Receiver<Wanted>);

impl Orders {
    /// True while the source is to read nothing. What was ordered so far is looked at by this.
    pub(super) fn is_paused(&mut self) -> bool {
        self.0.borrow_and_update().paused
    }

    /// Returns at the next order; never where nobody can give one any more.
    pub(super) async fn next(&mut self) {
        if !self.next_if_any().await {
            std::future::pending::<()>().await;
        }
    }

    /// True at the next order, false once nobody can give one any more.
    pub(super) async fn next_if_any(&mut self) -> bool {
        self.0.changed().await.is_ok()
    }
}
