//! `frontdesk source`: what is read, and whether it can be.

mod add;
mod check;
mod import;
mod sample;

use serde::Serialize;

use super::settings::Settings;
use super::{CliError, Context, Output};
use crate::config::SourceKind;
use crate::mention::Network;
use crate::sources::{Quarantine, reads};
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
    /// Add a source: asks what it needs, tries it, shows what it would bring, writes it into the settings
    Add(Box<add::Args>),
    /// Import exports of other tools, once; importing a file again changes nothing
    Import(import::Args),
    /// Try every source once and show the first mentions and problems; nothing is stored
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

/// Runs `source`.
pub(super) fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    match &args.command {
        Command::List { json } => list(&Settings::load(context)?, context, *json),
        Command::Check { json } => check::run(&Settings::load(context)?, context, *json),
        Command::Add(args) => add::run(args, &Settings::load(context)?, context),
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
                    SourceKind::Reddit(reddit) => Some(reddit.every.as_secs()),
                    SourceKind::Mastodon(account) => Some(account.every.as_secs()),
                    SourceKind::Command(program) => program.signal.map(|every| every.as_secs()),
                    SourceKind::Bluesky(account) => Some(account.every.as_secs()),
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

fn none(settings: &Settings) -> String {
    tr!(settings.locale, "source-none", file = settings.paths.config.display().to_string())
}
