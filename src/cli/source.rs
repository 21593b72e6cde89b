//! `frontdesk source`: what is read, and whether it can be.

mod add;
mod check;
mod import;
mod list;
mod sample;

use super::settings::Settings;
use super::{CliError, Context};
use crate::tr;

/// The arguments of `source`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the sources: how each is doing, how far behind, its last trouble and next try
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

/// Runs `source`.
pub(super) fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    match &args.command {
        Command::List { json } => list::run(&Settings::load(context)?, context, *json),
        Command::Check { json } => check::run(&Settings::load(context)?, context, *json),
        Command::Add(args) => add::run(args, &Settings::load(context)?, context),
        Command::Import(args) => import::run(args, context),
    }
}

fn none(settings: &Settings) -> String {
    tr!(settings.locale, "source-none", file = settings.paths.config.display().to_string())
}
