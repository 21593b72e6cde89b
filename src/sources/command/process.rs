//! One run of a program: how it is started, read, asked and ended.
//!
//! What enters: a [`Program`] and the file with its state. What leaves: a [`Running`] whose parts are used apart. It is
//! the leader of a process group of its own; dropped at any moment, it is ended with all it started.

use std::ffi::OsString;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::super::context::reveal;
use super::super::lines::Lines;
use super::super::{Cause, SourceError};
use super::group::Group;
use super::said::Said;
use crate::config::{Program, Variable};

const CHUNK: usize = 64 * 1024;
/// The most that is read after the program has ended: no pipe holds more.
const MAX_REST: usize = 1 << 20;
/// What a program sees of this one's environment: enough to find itself and its language, and no secret.
const PASSED: &[&str] =
    &["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SYSTEMROOT", "TEMP"];

/// A program that runs.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) output: Output,
    pub(super) ends: Ends,
    pub(super) said: Said,
    pub(super) signal: Signal,
}

/// What it prints.
#[derive(Debug)]
pub(super) struct Output {
    /// `None` once it is at its end.
    pipe: Option<ChildStdout>,
    buffer: Vec<u8>,
    pub(super) lines: Lines,
    rest: usize,
}

/// Its end, and that of all it started.
#[derive(Debug)]
pub(super) struct Ends {
    child: Child,
    group: Group,
    grace: Duration,
    status: Option<ExitStatus>,
    /// True when it did not end by itself.
    was_ended: bool,
}

/// The newlines that ask it for more.
#[derive(Debug)]
pub(super) struct Signal {
    pipe: Option<ChildStdin>,
    every: Duration,
}

impl Running {
    /// Starts `program`, which finds its state in `state`; nothing of it is asked or read before the parts are used.
    pub(super) async fn start(
        program: &Program,
        source: &str,
        state: &Path,
        grace: Duration,
    ) -> Result<Self, SourceError> {
        let Some((first, arguments)) = program.command.split_first() else {
            return Err(not_started(program, String::new()));
        };
        let mut command = Command::new(first);
        command.args(arguments).current_dir(&program.cwd).env_clear().envs(environment(program).await?);
        command.env("FRONTDESK_STATE", state).env("FRONTDESK_SOURCE", source);
        command.stdin(if program.signal.is_some() { Stdio::piped() } else { Stdio::null() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        command.process_group(0);
        #[cfg(not(unix))]
        command.kill_on_drop(true);
        let mut child = command.spawn().map_err(|error| not_started(program, error.to_string()))?;
        let pipe = child.stdout.take();
        let output = Output { pipe, buffer: vec![0; CHUNK], lines: Lines::new(0), rest: MAX_REST };
        let said = Said::new(child.stderr.take());
        let signal = Signal { pipe: child.stdin.take(), every: program.signal.unwrap_or_default() };
        let group = Group::of(&child, grace);
        Ok(Self { output, ends: Ends { child, group, grace, status: None, was_ended: false }, said, signal })
    }
}

fn not_started(program: &Program, error: String) -> SourceError {
    SourceError::retryable(Cause::NotStarted { program: program.name(), error })
}

async fn environment(program: &Program) -> Result<Vec<(OsString, OsString)>, SourceError> {
    let passed = PASSED.iter().filter_map(|name| Some(((*name).into(), std::env::var_os(name)?)));
    let mut variables: Vec<(OsString, OsString)> = passed.collect();
    for (name, variable) in &program.env {
        let value = match variable {
            Variable::Text(text) => text.into(),
            Variable::Secret(secret) => reveal(secret).await?.expose().into(),
        };
        variables.push((name.into(), value));
    }
    Ok(variables)
}

impl Output {
    /// Reads more into the lines. False at the end: the pipe is closed, or the program and its group have ended and what
    /// the pipe held was read.
    pub(super) async fn more(&mut self, ends: &mut Ends) -> bool {
        loop {
            let Some(pipe) = &mut self.pipe else { return false };
            let read = if ends.status.is_none() {
                tokio::select! {
                    biased;
                    read = pipe.read(&mut self.buffer) => read,
                    () = ends.exited() => {
                        // What it started would hold the pipe open.
                        ends.end().await;
                        continue;
                    }
                }
            } else {
                // A process that left the group may hold the pipe open for ever, or flood it.
                let room = CHUNK.min(self.rest);
                let read = tokio::time::timeout(ends.grace, pipe.read(&mut self.buffer[..room])).await;
                self.rest -= read.as_ref().map_or(0, |read| *read.as_ref().unwrap_or(&0));
                read.unwrap_or(Ok(0))
            };
            let Ok(length @ 1..) = read else {
                self.pipe = None;
                return false;
            };
            self.lines.push(&self.buffer[..length]);
            return true;
        }
    }
}

impl Ends {
    /// Waits for the program's own end.
    async fn exited(&mut self) {
        match self.child.wait().await {
            Ok(status) => self.status = Some(status),
            // It cannot be waited for; its pipe tells of its end.
            Err(_) => std::future::pending().await,
        }
    }

    /// Sees to it that the program and all it started have ended; a program whose output is closed gets the grace to end by
    /// itself. Answers with the status with which it did; `None` when it had to be ended. May be called again.
    pub(super) async fn end(&mut self) -> Option<ExitStatus> {
        if self.status.is_none() && tokio::time::timeout(self.grace, self.exited()).await.is_err() {
            self.was_ended = true;
        }
        self.stop().await;
        self.status.filter(|_| !self.was_ended)
    }

    /// Asks it and all it started to end, and kills what is left after the grace.
    pub(super) async fn stop(&mut self) {
        self.group.ask_to_end();
        if self.status.is_none() && tokio::time::timeout(self.grace, self.exited()).await.is_err() {
            self.group.kill();
            let _ = tokio::time::timeout(self.grace, self.exited()).await;
        }
        self.group.ended(self.grace).await;
    }
}

impl Signal {
    /// Asks at once and then again and again; never returns.
    pub(super) async fn ask(&mut self) {
        while let Some(pipe) = &mut self.pipe {
            // A program that does not read is not asked twice: the pipe fills and this waits.
            if pipe.write_all(b"\n").await.is_err() {
                self.pipe = None;
                break;
            }
            tokio::time::sleep(self.every).await;
        }
        std::future::pending::<()>().await;
    }
}
