//! `frontdesk decide`: one decision from a script or a shell, by the same path as the desk's keys.

use std::str::FromStr;

use clap::builder::PossibleValuesParser;
use strum::IntoEnumIterator;

use super::{CliError, Context, Exit, Output, report};
use crate::locale::Locale;
use crate::mention::{Disposition, Id, NoResponseReason};
use crate::run::{NotDecided, decide, found_words};
use crate::text::clean_line;
use crate::tr;
use crate::triage::Command;

/// Arguments of `decide`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The mention, as `list` prints it; the part after the colon is enough where only one source has it
    id: String,
    /// What becomes of it
    #[arg(value_parser = PossibleValuesParser::new(Disposition::iter().map(Disposition::token)))]
    disposition: String,
    /// Why no response is given
    #[arg(long, value_parser = PossibleValuesParser::new(NoResponseReason::iter().map(NoResponseReason::token)))]
    reason: Option<String>,
    /// A remark that goes into the record
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The moderation clause it cites, as the plan names it
    #[arg(long, value_name = "CLAUSE")]
    clause: Option<String>,
}

/// Records the decision and prints the record's id.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let (home, locale) = context.open_home()?;
    // The parser has let nothing else through.
    let disposition = Disposition::from_str(&args.disposition).map_err(CliError::usage)?;
    let reason = args.reason.as_deref().map(NoResponseReason::from_str).transpose().map_err(CliError::usage)?;
    let clause = args.clause.as_deref().map(Id::from);
    let command = Command::Decide { disposition, reason, note: args.note.clone(), clause };
    let decided =
        decide(&home, &args.id, &command, context.clock.now()).map_err(|error| refused(&error, &args.id, &locale))?;
    for sentence in found_words(Ok(decided.found), &locale) {
        report(&sentence);
    }
    if let Some(error) = decided.store_behind {
        report(&tr!(locale, "cli-decide-store-behind", cause = error.to_string()));
    }
    let mut out = Output::stdout();
    for record in decided.records {
        out.line(&record.to_string())?;
    }
    out.finish()
}

fn refused(error: &NotDecided, id: &str, locale: &Locale) -> CliError {
    let id = clean_line(id).into_owned();
    match error {
        NotDecided::Home(error) => CliError::of_home(error, locale),
        NotDecided::Unknown => CliError::usage(tr!(locale, "cli-decide-unknown", id = id)),
        NotDecided::Ambiguous(ids) => {
            let ids = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            CliError::usage(tr!(locale, "cli-decide-ambiguous", id = id, ids = ids))
        }
        NotDecided::Refused(refusal) => CliError { code: Exit::Problems, message: refusal.text(locale) },
    }
}
