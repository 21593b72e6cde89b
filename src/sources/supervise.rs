//! Keeps one source alive: runs it, catches its failures and panics, waits, runs it again, and tells.
//!
//! What enters: a source, its seat, and a person's orders. What leaves: its batches and a health that is never silent: whatever
//! ends a run shows as backing off, paused or stopped. It does nothing else.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use super::backoff::Backoff;
use super::bluesky::Bluesky;
use super::command::Command;
use super::control::Orders;
use super::facebook::Facebook;
use super::feed::Feed;
use super::folder::Folder;
use super::jetstream::Jetstream;
use super::mastodon::Mastodon;
use super::ndjson::Ndjson;
use super::open311::Open311;
use super::reddit::Reddit;
use super::replay::Replay;
use super::stdin::Stdin;
use super::webhook::Webhook;
use super::{Cause, Context, Cursor, Handle, Retry, Source, SourceError, Wiring};
use crate::config::{SourceConfig, SourceKind};

/// The supervised task of one configured source, to be spawned by the composition root, and the handle it is looked at and
/// steered by. `resume` is the cursor the store holds for it. The task ends when `wiring.cancel` is cancelled, or once the source
/// has ended and every handle is gone; it never panics.
pub fn attend(config: &SourceConfig, wiring: &Wiring, resume: Option<Cursor>) -> (BoxFuture<'static, ()>, Handle) {
    let (context, handle) = Context::new(config, wiring, resume);
    let cancel = wiring.cancel.clone();
    let task = match &config.kind {
        SourceKind::Ndjson { path } => supervise(Ndjson::new(path.clone()), context, cancel).boxed(),
        SourceKind::Folder { path, profile, profiles } => {
            let folder = Folder::new(path.clone(), profile.clone(), profiles.clone());
            supervise(folder, context, cancel).boxed()
        }
        SourceKind::Stdin => supervise(Stdin::new(std::io::stdin()), context, cancel).boxed(),
        SourceKind::Replay { path, speed } => supervise(Replay::new(path.clone(), *speed), context, cancel).boxed(),
        SourceKind::Command(program) => supervise(Command::new(program.clone()), context, cancel).boxed(),
        SourceKind::Open311(settings) => supervise(Open311::new(settings.clone()), context, cancel).boxed(),
        SourceKind::Facebook(settings) => supervise(Facebook::new(settings.clone()), context, cancel).boxed(),
        SourceKind::Webhook(settings) => supervise(Webhook::new(settings.clone()), context, cancel).boxed(),
        SourceKind::Mastodon(account) => supervise(Mastodon::new(account.clone()), context, cancel).boxed(),
        SourceKind::Jetstream(stream) => supervise(Jetstream::new(stream.clone()), context, cancel).boxed(),
        SourceKind::Bluesky(account) => supervise(Bluesky::new(account.clone()), context, cancel).boxed(),
        SourceKind::Reddit(settings) => supervise(Reddit::new(settings.clone()), context, cancel).boxed(),
        SourceKind::Feed { url, every } => supervise(Feed::new(url, *every), context, cancel).boxed(),
    };
    (task, handle)
}

/// Runs `source` until `cancel` is cancelled, or until it ends or fails for good and nobody is left who could start it anew.
pub async fn supervise<S: Source>(mut source: S, context: Context, cancel: CancellationToken) {
    let orders = context.orders();
    let mut supervisor = Supervisor { context, orders, cancel, backoff: Backoff::default() };
    while supervisor.may_begin(&mut source).await {
        let ended = supervisor.run(&mut source).await;
        if supervisor.after(ended).await == Next::Over {
            return;
        }
    }
    supervisor.context.health.stopped(None);
}

struct Supervisor {
    context: Context,
    orders: Orders,
    cancel: CancellationToken,
    backoff: Backoff,
}

/// How a run ended.
enum Ended {
    /// The program ends.
    Cancelled,
    /// A person wants something else now.
    Ordered,
    /// By itself.
    Itself(Result<(), SourceError>),
}

/// What comes after a run.
#[derive(PartialEq, Eq)]
enum Next {
    Again,
    Over,
}

impl Supervisor {
    /// Waits while it is paused. False when the program ends.
    async fn may_begin<S: Source>(&mut self, source: &mut S) -> bool {
        if self.orders.is_paused() {
            source.close(&mut self.context).await;
            while self.orders.is_paused() {
                self.context.health.paused();
                if !self.ordered().await {
                    return false;
                }
            }
            self.context.health.starting();
        }
        !self.cancel.is_cancelled()
    }

    /// Runs it once. An order cuts the run off, which every source allows at any await.
    async fn run<S: Source>(&mut self, source: &mut S) -> Ended {
        let (ended, is_over) = tokio::select! {
            biased;
            () = self.cancel.cancelled() => (None, true),
            () = self.orders.next() => (None, false),
            ended = AssertUnwindSafe(source.run(&mut self.context)).catch_unwind() => (Some(ended), false),
        };
        if ended.is_none() {
            source.close(&mut self.context).await;
        }
        if is_over {
            return Ended::Cancelled;
        }
        // What is on its way is committed or not before another run asks for its cursor.
        let settled = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Ended::Cancelled,
            settled = self.context.settle() => settled,
        };
        match ended {
            None => {
                // What was about to be sent went with the run that was cut off, and is read again.
                self.context.health.nothing_pending();
                Ended::Ordered
            }
            Some(Ok(ended)) => Ended::Itself(ended.and(settled)),
            Some(Err(panic)) => {
                let panicked = SourceError::retryable(Cause::Panicked(panic_text(&*panic)));
                Ended::Itself(Err(panicked))
            }
        }
    }

    /// Tells how it ended, and waits until it is run again: for its time to come, or for a person who wants it now.
    async fn after(&mut self, ended: Ended) -> Next {
        let ordered = match ended {
            Ended::Cancelled => {
                self.context.health.stopped(None);
                return Next::Over;
            }
            Ended::Ordered => true,
            Ended::Itself(Ok(())) => return self.stopped(None).await,
            Ended::Itself(Err(error)) => match error.retry {
                Retry::Never => return self.stopped(Some(error)).await,
                Retry::After { at_least } => match self.back_off(error, at_least).await {
                    Some(ordered) => ordered,
                    None => return Next::Over,
                },
            },
        };
        if ordered {
            self.begin_anew();
        }
        Next::Again
    }

    /// True when an order ended the wait, `None` when the program ends.
    async fn back_off(&mut self, error: SourceError, at_least: Option<Duration>) -> Option<bool> {
        tracing::warn!(source = %self.context.source, ?error, "a source failed");
        if self.context.health.take_heard() {
            self.backoff.reset();
        }
        let wait = self.backoff.next(at_least);
        self.context.health.backing_off(error, self.context.clock.now() + wait);
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => {
                self.context.health.stopped(None);
                None
            }
            () = self.orders.next() => Some(true),
            () = self.context.rest_deaf(wait) => Some(false),
        }
    }

    /// It is over, unless a person starts it anew.
    async fn stopped(&mut self, why: Option<SourceError>) -> Next {
        if let Some(error) = &why {
            tracing::warn!(source = %self.context.source, ?error, "a source failed for good");
        }
        self.context.health.stopped(why);
        if !self.ordered().await {
            return Next::Over;
        }
        self.begin_anew();
        Next::Again
    }

    /// Waits for the next order while nothing runs. False when it is over: nobody can give one any more, or the program ends.
    async fn ordered(&mut self) -> bool {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => false,
            ordered = self.orders.next_if_any() => ordered,
            never = self.context.deaf() => match never {},
        }
    }

    fn begin_anew(&mut self) {
        self.context.health.starting();
        self.backoff.reset();
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
