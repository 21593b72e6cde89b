//! One try of a program: started, read until its first lines, ended.
//!
//! What enters: a source of this kind. What leaves: what it printed first, or why it failed. It finds an empty state in a
//! file of its own that is gone afterwards; nothing is stored.

use std::path::PathBuf;
use std::time::Duration;

use super::super::probe::Tally;
use super::super::{Probe, SourceError};
use super::message::{self, Message};
use super::process::Running;
use super::{GRACE, how_ended, state};
use crate::clock::SharedClock;
use crate::config::{Program, SourceConfig};
use crate::sources::Cause;

/// How long it is listened to.
const PATIENCE: Duration = Duration::from_secs(5);

/// Removes its file when it is dropped.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // A file that is left in the system's own scratch folder is empty and does no harm.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Runs `program` until its first lines.
pub(in super::super) async fn try_once(
    config: &SourceConfig,
    program: &Program,
    clock: &SharedClock,
) -> Result<Probe, SourceError> {
    let name = format!("frontdesk-{:016x}.state", getrandom::u64().unwrap_or_default());
    let scratch = Scratch(std::env::temp_dir().join(name));
    state::put(&scratch.0, "").map_err(|error| SourceError::file(&scratch.0, &error))?;
    let mut running = Running::start(program, &config.id, &scratch.0, GRACE).await?;
    let mut found = Tally::default();
    let ended = listen(&mut running, config, clock, &mut found).await;
    running.ends.stop().await;
    let none = found.items == 0 && found.bad == 0;
    match ended.and_then(|status| status) {
        Some(status) if none && !status.success() => {
            let cause = Cause::Ended { program: program.name(), how: how_ended(status), said: running.said.last };
            Err(SourceError::retryable(cause))
        }
        None if none => Ok(Probe::Quiet { program: program.name() }),
        _ => Ok(found.answers()),
    }
}

/// Listens until there are lines, the program's end (its status) or the end of patience (`None`).
async fn listen(
    running: &mut Running,
    config: &SourceConfig,
    clock: &SharedClock,
    found: &mut Tally,
) -> Option<Option<std::process::ExitStatus>> {
    let Running { output, ends, said, signal } = running;
    let mut has_more_to_say = true;
    let mut reading = std::pin::pin!(async {
        while found.items == 0 && found.bad == 0 {
            if !output.more(ends).await {
                let status = ends.end().await;
                output.lines.finish().into_iter().for_each(|line| take(found, &line, config, clock));
                return Some(status);
            }
            while let Some(line) = output.lines.next() {
                take(found, &line, config, clock);
            }
        }
        None
    });
    let mut saying = std::pin::pin!(said.listen(&config.id));
    let mut asking = std::pin::pin!(signal.ask());
    let mut patience = std::pin::pin!(tokio::time::sleep(PATIENCE));
    let ended = loop {
        tokio::select! {
            biased;
            () = &mut saying, if has_more_to_say => has_more_to_say = false,
            ended = &mut reading => break ended,
            () = &mut patience => break None,
            () = &mut asking => {}
        }
    };
    if ended.is_some() && has_more_to_say {
        let _ = tokio::time::timeout(GRACE, saying).await;
    }
    ended
}

fn take(found: &mut Tally, line: &super::super::lines::Line<'_>, config: &SourceConfig, clock: &SharedClock) {
    match message::read(line, &config.id, config.network.as_ref(), clock.now()) {
        Ok(Some(Message::Item(item))) => found.item(*item),
        Ok(_) => {}
        Err(cause) => found.bad(line.position(), cause),
    }
}
