//! A program of the office's own that prints NDJSON: how anything else is connected.
//!
//! What enters: a command (never a shell line) and what it prints. What leaves: its mentions and deletions in batches, its
//! state as their cursor, its standard error in the program's own log. A flood is pushed back through the pipe. A
//! program that ends well begins again after its delay, one that fails is backed off from. Whatever it started is ended
//! with it. Nothing it prints reaches the screen uncleaned.

mod group;
mod message;
mod process;
mod said;
mod state;
mod try_once;

use std::process::ExitStatus;
use std::time::Duration;

use super::held::{At, Held};
use super::lines::Lines;
use super::{BadCause, Cause, Context, Cursor, HowEnded, MAX_BATCH, Source, SourceError};
use crate::config::Program;
use crate::mention::RawItem;
use message::Message;
use process::{Ends, Output, Running};
pub(super) use try_once::try_once;

/// How long a program that was asked to end may take before it is killed.
const GRACE: Duration = Duration::from_secs(5);

/// One program.
#[derive(Debug)]
pub(super) struct Command {
    program: Program,
    grace: Duration,
    /// Lives on while the store is in trouble: what it prints meanwhile waits in its pipe.
    running: Option<Running>,
    intake: Intake,
}

/// What was read of it and is not committed yet.
#[derive(Debug)]
struct Intake {
    items: Vec<RawItem>,
    /// The last state it told, as JSON.
    state: Option<String>,
    /// True when `state` was not sent yet.
    is_news: bool,
    held: Held,
}

impl Command {
    pub(super) fn new(program: Program) -> Self {
        Self::with_grace(program, GRACE)
    }

    fn with_grace(program: Program, grace: Duration) -> Self {
        let intake = Intake { items: Vec::new(), state: None, is_news: false, held: Held::new() };
        Self { program, grace, running: None, intake }
    }

    /// Starts the program with the state that was committed last.
    async fn start(&mut self, context: &Context) -> Result<Running, SourceError> {
        self.intake.state = context.resume().and_then(Cursor::read::<At>).and_then(|at| at.state);
        let file = state::write(&context.handed_back, &context.source, self.intake.state.as_deref())?;
        let running = Running::start(&self.program, &context.source, &file, self.grace).await;
        running.map_err(|error| self.later(error.cause))
    }

    /// Reads until the program has ended, and says how it ended.
    async fn follow(&mut self, context: &mut Context) -> Result<Option<ExitStatus>, SourceError> {
        let Some(Running { output, ends, said, signal }) = &mut self.running else { return Ok(None) };
        let source = context.source.clone();
        let status = {
            let mut listening = std::pin::pin!(said.listen(&source));
            let mut asking = std::pin::pin!(signal.ask());
            let mut reading = std::pin::pin!(read(output, ends, &mut self.intake, context));
            let mut has_more_to_say = true;
            let status = loop {
                tokio::select! {
                    biased;
                    () = &mut listening, if has_more_to_say => has_more_to_say = false,
                    status = &mut reading => break status?,
                    () = &mut asking => {}
                }
            };
            if has_more_to_say {
                // A process that left the group may hold the pipe open for ever.
                let _ = tokio::time::timeout(self.grace, &mut listening).await;
            }
            status
        };
        let ended_well = status.is_none_or(|status| status.success());
        self.intake.finish(&mut output.lines, ended_well, context).await?;
        Ok(status)
    }

    fn later(&self, cause: Cause) -> SourceError {
        SourceError::retryable_after(cause, Some(self.program.restart_delay))
    }

    /// Why an end is a failure; `None` when it is none.
    fn failure(&mut self, status: Option<ExitStatus>) -> Option<SourceError> {
        let said = self.running.take().and_then(|running| running.said.last);
        let how = how_ended(status.filter(|status| !status.success())?);
        Some(self.later(Cause::Ended { program: self.program.name(), how, said }))
    }
}

impl Source for Command {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        self.intake.held.send_again(context).await?;
        loop {
            context.settle().await?;
            if self.running.is_none() {
                self.running = Some(self.start(context).await?);
                context.health.listening();
            }
            let status = self.follow(context).await?;
            if let Some(failure) = self.failure(status) {
                return Err(failure);
            }
            context.settle().await?;
            context.health.resting(context.clock.now() + self.program.restart_delay);
            context.rest(self.program.restart_delay).await;
        }
    }
}

/// Takes what is printed until the output is at its end and the program and all it started have ended. `None`: it
/// closed its output and had to be ended.
async fn read(
    output: &mut Output,
    ends: &mut Ends,
    intake: &mut Intake,
    context: &mut Context,
) -> Result<Option<ExitStatus>, SourceError> {
    intake.drain(&mut output.lines, context).await?;
    while more(output, ends, context).await? {
        context.health.live();
        intake.drain(&mut output.lines, context).await?;
    }
    Ok(ends.end().await)
}

/// Waits for more to be printed. What is on its way to the store is watched meanwhile: a quiet program must not hide that
/// it was not committed.
async fn more(output: &mut Output, ends: &mut Ends, context: &mut Context) -> Result<bool, SourceError> {
    let mut printed = std::pin::pin!(output.more(ends));
    loop {
        tokio::select! {
            biased;
            more = &mut printed => return Ok(more),
            settled = context.settle(), if !context.is_settled() => settled?,
        }
    }
}

impl Intake {
    /// Takes the whole lines.
    async fn drain(&mut self, lines: &mut Lines, context: &mut Context) -> Result<(), SourceError> {
        while let Some(line) = lines.next() {
            let now = context.clock.now();
            match message::read(&line, &context.source, context.network.as_ref(), now) {
                Ok(message) => self.take(message, context),
                Err(cause) => context.quarantine(&line.position(), &cause, line.bytes)?,
            }
            if self.items.len() == MAX_BATCH {
                self.send(context).await?;
            }
        }
        self.send(context).await
    }

    /// Takes what stands after the last newline when the program has ended: a whole line only if it ended well.
    async fn finish(&mut self, lines: &mut Lines, ended_well: bool, context: &mut Context) -> Result<(), SourceError> {
        if let Some(line) = lines.finish() {
            let now = context.clock.now();
            match message::read(&line, &context.source, context.network.as_ref(), now) {
                Ok(message) if ended_well => self.take(message, context),
                Ok(None) => {}
                Err(cause @ BadCause::TooLong) => context.quarantine(&line.position(), &cause, line.bytes)?,
                _ => context.quarantine(&line.position(), &BadCause::Torn, line.bytes)?,
            }
        }
        self.send(context).await
    }

    fn take(&mut self, message: Option<Message>, context: &Context) {
        match message {
            None => {}
            Some(Message::Item(item)) => self.items.push(*item),
            Some(Message::State(state)) => {
                self.is_news |= self.state.as_ref() != Some(&state);
                self.state = Some(state);
            }
            Some(Message::Log(level, text)) => said::log(&context.source, level, &text),
        }
    }

    /// Sends what was taken. Mentions that came after the last state travel with it: it claims only those before.
    async fn send(&mut self, context: &mut Context) -> Result<(), SourceError> {
        if self.items.is_empty() && !self.is_news {
            return Ok(());
        }
        self.is_news = false;
        self.held.send(std::mem::take(&mut self.items), self.state.clone(), context).await
    }
}

fn how_ended(status: ExitStatus) -> HowEnded {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return HowEnded::Signal(signal);
    }
    HowEnded::Code(status.code().unwrap_or(-1))
}

#[cfg(all(test, unix))]
mod tests;
