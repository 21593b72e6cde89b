//! `frontdesk source`: what is read, and whether it can be.

mod import;

use futures_util::future::join_all;
use serde::Serialize;

use super::settings::Settings;
use super::{CliError, Context, Output};
use crate::config::{SourceConfig, SourceKind};
use crate::locale::Locale;
use crate::mention::Network;
use crate::sources::{Probe, Quarantine, SourceError, probe, redacted};
use crate::text::clean_line;
use crate::tr;

/// The arguments of `source`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the configured sources
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Import exports of other tools, once; importing a file again changes nothing
    Import(import::Args),
    /// Try every source once and show its first problem; nothing is stored
    Check {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// One line of `list --json`.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    kind: &'static str,
    reads: String,
    network: Option<&'a str>,
    every_seconds: Option<u64>,
    enabled: bool,
    /// How many bad items are kept in the quarantine.
    bad: usize,
}

/// One line of `check --json`.
#[derive(Serialize)]
struct Checked<'a> {
    id: &'a str,
    kind: &'static str,
    ok: bool,
    items: Option<usize>,
    bad: Option<usize>,
    message: &'a str,
}

/// Runs `source`.
pub(super) fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    match &args.command {
        Command::List { json } => list(&Settings::load(context)?, context, *json),
        Command::Check { json } => check(&Settings::load(context)?, context, *json),
        Command::Import(args) => import::run(args, context),
    }
}

fn list(settings: &Settings, context: &Context, json: bool) -> Result<(), CliError> {
    let (sources, locale) = (&settings.config.sources, &settings.locale);
    let mut output = Output::stdout();
    if sources.is_empty() && !json {
        output.line(&none(settings))?;
    }
    let width = sources.iter().map(|source| source.id.len()).max().unwrap_or_default();
    let kinds = sources.iter().map(|source| source.kind.token().len()).max().unwrap_or_default();
    for source in sources {
        let reads = reads(source);
        let quarantine = Quarantine::new(&settings.paths.quarantine, source.id.clone(), context.clock.clone());
        let bad = quarantine.kept();
        if json {
            output.json(&Listed {
                id: &source.id,
                kind: source.kind.token(),
                reads,
                network: source.network.as_ref().map(Network::token),
                every_seconds: match &source.kind {
                    SourceKind::Feed { every, .. } => Some(every.as_secs()),
                    SourceKind::Command(program) => program.signal.map(|every| every.as_secs()),
                    _ => None,
                },
                enabled: source.enabled,
                bad,
            })?;
        } else {
            let mut line = format!("{:width$}  {:kinds$}  {reads}", source.id, source.kind.token());
            if !source.enabled {
                line = format!("{line}  ({})", tr!(locale, "source-disabled"));
            }
            if bad > 0 {
                let file = quarantine.file().display().to_string();
                line = format!("{line}  ({})", tr!(locale, "source-kept-bad", count = bad, file = file));
            }
            output.line(&clean_line(&line))?;
        }
    }
    output.finish()
}

fn check(settings: &Settings, context: &Context, json: bool) -> Result<(), CliError> {
    let (sources, locale) = (&settings.config.sources, &settings.locale);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let found = runtime.block_on(join_all(sources.iter().map(|source| probe(source, &context.clock))));
    let mut output = Output::stdout();
    if sources.is_empty() && !json {
        output.line(&none(settings))?;
    }
    let mut all_ok = true;
    for (source, found) in sources.iter().zip(&found) {
        let ok = matches!(
            found,
            Ok(Probe::Answers { bad: 0, .. }
                | Probe::Quiet { .. }
                | Probe::NotThereYet
                | Probe::NotTried
                | Probe::Disabled)
        );
        all_ok &= ok;
        let message = told(found, locale);
        let (items, bad) = match found {
            Ok(Probe::Answers { items, bad, .. }) => (Some(*items), Some(*bad)),
            _ => (None, None),
        };
        if json {
            output.json(&Checked { id: &source.id, kind: source.kind.token(), ok, items, bad, message: &message })?;
        } else {
            output.line(&format!("{}: {message}", source.id))?;
        }
    }
    output.finish()?;
    if all_ok { Ok(()) } else { Err(CliError::problems()) }
}

fn told(found: &Result<Probe, SourceError>, locale: &Locale) -> String {
    let text = match found {
        Err(error) => error.words(locale),
        Ok(Probe::Disabled) => tr!(locale, "source-disabled"),
        Ok(Probe::NotTried) => tr!(locale, "source-check-not-tried"),
        Ok(Probe::Quiet { program }) => tr!(locale, "source-check-quiet", program = program),
        Ok(Probe::NotThereYet) => tr!(locale, "source-check-not-there-yet"),
        Ok(Probe::Answers { items, first_bad: None, .. }) => tr!(locale, "source-check-ok", count = *items),
        Ok(Probe::Answers { items, bad, first_bad: Some((position, cause)) }) => {
            let good = tr!(locale, "source-check-ok", count = *items);
            let (place, cause) = (position.words(locale), cause.words(locale));
            let bad = tr!(locale, "source-check-bad", count = *bad, place = place, cause = cause);
            format!("{good}; {bad}")
        }
    };
    clean_line(&text).into_owned()
}

fn none(settings: &Settings) -> String {
    tr!(settings.locale, "source-none", file = settings.paths.config.display().to_string())
}

/// What a source reads, safe to show.
fn reads(source: &SourceConfig) -> String {
    let text = match &source.kind {
        SourceKind::Ndjson { path } | SourceKind::Replay { path, .. } | SourceKind::Folder { path, .. } => {
            path.display().to_string()
        }
        SourceKind::Stdin => "-".to_owned(),
        SourceKind::Feed { url, .. } => redacted(url),
        SourceKind::Command(program) => program.name(),
    };
    clean_line(&text).into_owned()
}
