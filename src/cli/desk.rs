//! `frontdesk` without a subcommand: the desk on the configured plan and sources.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CliError, Context, demo, plan, report};
use crate::clock::SharedClock;
use crate::config::Paths;
use crate::locale::Locale;
use crate::run::{self, Home, HomeError, Opening};
use crate::tr;
use crate::tui::keymap::Keymap;
use crate::tui::state::first_run::Begin;

/// Opens the desk; where nothing was set up yet, asks first how to begin.
pub fn run(context: &Context) -> Result<(), CliError> {
    require_terminal(context)?;
    match context.open_home() {
        Ok((home, _)) => open(home, context.clock.clone(), context),
        Err(error) => match located(context)? {
            paths if paths.config.exists() || paths.plan.exists() => Err(error),
            paths => begin(&paths, context),
        },
    }
}

fn located(context: &Context) -> Result<Paths, CliError> {
    Home::locate(context.home.as_deref()).map_err(|error| CliError::of_home(&error, &context.locale))
}

/// Nothing was set up yet: asks how to begin, and begins.
fn begin(paths: &Paths, context: &Context) -> Result<(), CliError> {
    let locale = &context.locale;
    match run::begin(locale, |path| refused(path, locale)).map_err(CliError::io)? {
        Begin::Leave => return Ok(()),
        // The town lives in a folder of its own: a person's home is not for play.
        Begin::Demo => {
            let (locale, clock) = (Arc::clone(locale), context.clock.clone());
            return demo::open(&Context { home: None, lang: context.lang, locale, clock });
        }
        Begin::Plan => plan::new::make(paths.plan.clone(), context)?,
        Begin::File(path) => {
            let file = typed(&path);
            let file = std::path::absolute(&file).unwrap_or(file);
            run::set_up_for_file(paths, &file, &plan::new::defaults(locale)).map_err(CliError::io)?;
            report(&tr!(locale, "cli-file-set-up", path = paths.config.display().to_string()));
        }
    }
    let (home, _) = context.open_home()?;
    open(home, context.clock.clone(), context)
}

/// A path as a person types it: `~` is their own folder.
fn typed(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(path),
    }
}

/// What keeps a path from being read, in words.
fn refused(path: &str, locale: &Locale) -> Option<String> {
    let opened = std::fs::File::open(typed(path)).and_then(|file| file.metadata());
    match opened {
        Ok(about) if about.is_dir() => Some(tr!(locale, "cli-file-is-folder")),
        Ok(_) => None,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(tr!(locale, "cli-file-missing")),
        Err(error) => Some(error.to_string()),
    }
}

/// Opens the desk on a home, by a clock.
pub(super) fn open(home: Home, clock: SharedClock, context: &Context) -> Result<(), CliError> {
    let locale = context.words_of(&home);
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
