//! `frontdesk report`: the situation and the hand-over, from store and log.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::{CliError, Context, Output};
use crate::config::private_file;
use crate::report::{self, Format, Frame, Report};

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// The last 24 hours: volumes, questions, groups, what is open and late, what was answered
    Situation(Form),
    /// The last 12 hours: what the next person has to know and to do
    Handover(Form),
}

/// How the report is written.
#[derive(Debug, clap::Args)]
struct Form {
    /// How it is marked up
    #[arg(long, value_enum, default_value_t = Markup::Text)]
    format: Markup,
    /// Write it to this file instead of the standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Markup {
    /// Plain text
    Text,
    /// Markdown
    Markdown,
}

impl From<Markup> for Format {
    fn from(markup: Markup) -> Self {
        match markup {
            Markup::Text => Self::Text,
            Markup::Markdown => Self::Markdown,
        }
    }
}

/// Writes the report.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let (home, locale) = context.open_home()?;
    let (report, form) = match &args.which {
        Which::Situation(form) => (Report::Situation, form),
        Which::Handover(form) => (Report::Handover, form),
    };
    let (mut store, _) = home.current_store().map_err(|error| CliError::of_home(&error, &locale))?;
    let frame = Frame { plan: &home.plan, locale: &locale, now: context.clock.now(), format: form.format.into() };
    let text = report::write(report, &mut store, frame).map_err(CliError::io)?;
    match &form.out {
        None => {
            let mut out = Output::stdout();
            for line in text.lines() {
                out.line(line)?;
            }
            out.finish()
        }
        Some(path) => {
            let mut options = std::fs::OpenOptions::new();
            private_file(path, options.write(true).create(true).truncate(true))
                .and_then(|mut file| file.write_all(text.as_bytes()))
                .map_err(|error| CliError::io(format!("{}: {error}", path.display())))
        }
    }
}
