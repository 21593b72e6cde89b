//! `frontdesk watch`: the sources into the store, without a screen, until SIGTERM or an interrupt.

use std::io::{self, IsTerminal};

use super::{CliError, Context, Exit, report};
use crate::locale::{Locale, number};
use crate::run::{Watching, watch};
use crate::tr;

/// Arguments of `watch`: none.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs until it is told to stop, or until every source has come to its end.
pub fn run(_args: &Args, context: &Context) -> Result<(), CliError> {
    let (home, locale) = context.open_home()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| CliError::io(tr!(locale, "cli-watch-runtime", cause = error.to_string())))?;
    let is_terminal = io::stderr().is_terminal();
    let (mut troubles, mut sources) = (Vec::new(), 0);
    let watched = runtime.block_on(async {
        let stop =
            stopped().map_err(|error| CliError::io(tr!(locale, "cli-watch-runtime", cause = error.to_string())))?;
        let tell = |watching: &Watching| {
            if is_terminal {
                report(&status(watching, &locale));
            }
            sources = watching.health.len();
            troubles = watching.failed().filter_map(|health| health.trouble(&locale)).collect();
        };
        watch(&home, context.clock.clone(), stop, tell).await.map_err(|error| CliError::of_home(&error, &locale))
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
