//! `frontdesk` without a subcommand: the desk on the configured plan and sources.

use std::io::{self, IsTerminal};

use super::{CliError, Context};
use crate::clock::SharedClock;
use crate::locale::Locale;
use crate::run::{self, Home, HomeError, Opening};
use crate::tr;
use crate::tui::keymap::Keymap;

/// Opens the desk.
pub fn run(context: &Context) -> Result<(), CliError> {
    require_terminal(context)?;
    let (home, _) = context.open_home()?;
    open(home, context.clock.clone(), context)
}

/// Opens the desk on a home, by a clock.
pub(super) fn open(home: Home, clock: SharedClock, context: &Context) -> Result<(), CliError> {
    let locale = Locale::new(context.language_of(&home));
    let keymap = keymap(&home, &locale)?;
    let _trace = trace(&home);
    run::desk(home, Opening { locale, keymap, clock })
        .map_err(|error: HomeError| CliError::of_home(&error, &context.locale))
}

/// Refuses where there is no terminal to draw on and to type at.
pub(super) fn require_terminal(context: &Context) -> Result<(), CliError> {
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        Ok(())
    } else {
        Err(CliError::usage(tr!(context.locale, "cli-no-terminal")))
    }
}

/// The person's keys over the defaults; every problem of the file with its line.
fn keymap(home: &Home, locale: &Locale) -> Result<Keymap, CliError> {
    let path = &home.paths.keys;
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Keymap::defaults()),
        Err(error) => return Err(CliError::usage(format!("{}: {error}", path.display()))),
    };
    Keymap::load(&text).map_err(|errors| {
        let lines: Vec<String> = errors
            .iter()
            .map(|error| format!("{}:{}: {}", path.display(), error.line, error.wording(locale)))
            .collect();
        CliError::usage(lines.join("\n"))
    })
}

/// The program's own trace goes to a file, never to the screen. Kept until the desk ends, so that its last lines are
/// written.
fn trace(home: &Home) -> Option<tracing_appender::non_blocking::WorkerGuard> {
    home.paths.create().ok()?;
    let path = home.paths.trace_log();
    let file = tracing_appender::rolling::never(path.parent()?, path.file_name()?);
    let (writer, guard) = tracing_appender::non_blocking(file);
    let filter = tracing_subscriber::EnvFilter::try_from_env("FRONTDESK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let subscriber = tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_env_filter(filter).finish();
    tracing::subscriber::set_global_default(subscriber).ok()?;
    Some(guard)
}
