//! Keeps one source alive: runs it, catches its failures and panics, waits, runs it again, and tells.
//!
//! What enters: a source and its seat. What leaves: its batches and a health that is never silent: whatever ends a run
//! shows as backing off or stopped. It does nothing else.

use std::any::Any;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::backoff::Backoff;
use super::command::Command;
use super::feed::Feed;
use super::folder::Folder;
use super::ndjson::Ndjson;
use super::replay::Replay;
use super::stdin::Stdin;
use super::{Cause, Context, Cursor, Health, Retry, Source, SourceError, Wiring};
use crate::config::{SourceConfig, SourceKind};

/// The supervised task of one configured source, to be spawned by the composition root, and the end from which its health is
/// seen. `resume` is the cursor the store holds for it. The task ends when the source ends or `wiring.cancel` is cancelled;
/// it never panics.
pub fn attend(
    config: &SourceConfig,
    wiring: &Wiring,
    resume: Option<Cursor>,
) -> (BoxFuture<'static, ()>, watch::Receiver<Health>) {
    let (context, look) = Context::new(config, wiring, resume);
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
        SourceKind::Feed { url, every } => supervise(Feed::new(url, *every), context, cancel).boxed(),
    };
    (task, look)
}

/// Runs `source` until it ends, fails for good, or `cancel` is cancelled.
pub async fn supervise<S: Source>(mut source: S, mut context: Context, cancel: CancellationToken) {
    let mut backoff = Backoff::default();
    loop {
        let ended = tokio::select! {
            biased;
            () = cancel.cancelled() => None,
            ended = AssertUnwindSafe(source.run(&mut context)).catch_unwind() => Some(ended),
        };
        let ended = match ended {
            None => return context.health.stopped(None),
            Some(Ok(ended)) => ended,
            Some(Err(panic)) => Err(SourceError::retryable(Cause::Panicked(panic_text(&*panic)))),
        };
        // What is on its way is committed or not before another run asks for its cursor.
        let settled = tokio::select! {
            biased;
            () = cancel.cancelled() => return context.health.stopped(None),
            settled = context.settle() => settled,
        };
        let Err(error) = ended.and(settled) else { return context.health.stopped(None) };
        tracing::warn!(source = %context.source, ?error, "a source failed");
        let Retry::After { at_least } = error.retry else { return context.health.stopped(Some(error)) };
        if context.health.take_heard() {
            backoff.reset();
        }
        let wait = backoff.next(at_least);
        context.health.backing_off(error, context.clock.now() + wait);
        tokio::select! {
            biased;
            () = cancel.cancelled() => return context.health.stopped(None),
            () = context.rest_deaf(wait) => {}
        }
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
