//! `frontdesk watch`: the sources into the store, without a screen, until SIGTERM or an interrupt.

use std::io::{self, IsTerminal};
use std::time::Duration;

use chrono::SecondsFormat;

use super::{CliError, Context, Exit, report};
use crate::locale::{Locale, number};
use crate::run::{Home, HomeError, Watching, watch};
use crate::sources::Vitals;
use crate::tr;

/// How often a process that reads the sources is looked at, by one that waits for its end.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// Arguments of `watch`: none.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// How the command differs from its sister.
pub(super) trait Manner {
    /// Hears of every look at the sources, at a terminal or not.
    fn looked(&mut self, _watching: &Watching, _locale: &Locale) {}

    /// What is told when another process reads the sources; then it is waited for. `None`: that is an error.
    fn when_taken(&self, _locale: &Locale) -> Option<String> {
        None
    }
}

struct Plain;

impl Manner for Plain {}

/// Runs until it is told to stop, or until every source has come to its end.
pub fn run(_args: &Args, context: &Context) -> Result<(), CliError> {
    let (home, locale) = context.open_home()?;
    attend(&home, &locale, context, Plain)
}

/// Reads the sources of `home` until the process is told to stop.
pub(super) fn attend(home: &Home, locale: &Locale, context: &Context, mut manner: impl Manner) -> Result<(), CliError> {
    let failed = |error: io::Error| CliError::io(tr!(locale, "cli-watch-runtime", cause = error.to_string()));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(failed)?;
    let is_terminal = io::stderr().is_terminal();
    let (mut troubles, mut sources) = (Vec::new(), 0);
    let watched = runtime.block_on(async {
        let mut stop = std::pin::pin!(stopped().map_err(failed)?);
        let mut was_told = false;
        loop {
            let tell = |watching: &Watching| {
                manner.looked(watching, locale);
                for source in &watching.silent {
                    report(&silence(source, locale));
                }
                if is_terminal && watching.silent.is_empty() {
                    report(&status(watching, locale));
                }
                sources = watching.health.len();
                troubles = watching.failed().filter_map(|health| health.trouble(locale)).collect();
            };
            let watched = watch(home, context.clock.clone(), stop.as_mut(), tell).await;
            let Err(error) = watched else { return Ok(()) };
            let (HomeError::Taken { .. }, Some(told)) = (&error, manner.when_taken(locale)) else {
                return Err(CliError::of_home(&error, locale));
            };
            if !std::mem::replace(&mut was_told, true) {
                report(&told);
            }
            tokio::select! {
                biased;
                () = stop.as_mut() => return Ok(()),
                () = tokio::time::sleep(TRY_AGAIN) => {}
            }
        }
    });
    // A thread that waits in a read of the standard input cannot be woken: it ends with the process.
    runtime.shutdown_background();
    watched?;
    match troubles.as_slice() {
        [] => Ok(()),
        all if all.len() < sources => {
            report(&all.join("\n"));
            Ok(())
        }
        all => Err(CliError { code: Exit::Io, message: all.join("\n") }),
    }
}

/// A source that is silent for longer than usual: an alert, wherever the diagnostics go.
fn silence(source: &Vitals, locale: &Locale) -> String {
    let last = source.news.last.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default();
    tr!(locale, "cli-watch-silent", source = &*source.source, last = last)
}

fn status(watching: &Watching, locale: &Locale) -> String {
    let count = |count: u64| number(locale.lang(), count);
    let mut line = tr!(
        locale,
        "cli-watch-status",
        new = count(watching.seen.new),
        versions = count(watching.seen.versions),
        sources = watching.health.len()
    );
    for trouble in watching.health.iter().filter_map(|health| health.trouble(locale)) {
        line.push_str("\n  ");
        line.push_str(&trouble);
    }
    line
}

/// Ready when the process is asked to end. The handlers stand when this returns.
#[cfg(unix)]
pub(in crate::cli) fn stopped() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hang_up.recv() => {}
        }
    })
}

/// Ready when the process is asked to end.
#[cfg(not(unix))]
pub(in crate::cli) fn stopped() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a handler only the system can end the process.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
