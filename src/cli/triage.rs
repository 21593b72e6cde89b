//! `frontdesk triage`: mentions in, assessments out, one line of JSON each, in the same order.
//!
//! What enters: a plan and a file or a pipe of NDJSON. What leaves: one line for every line that is a mention; the others are
//! told on stderr with file, line and cause, and passed over. Needs no terminal, no configuration and no
//! network, keeps nothing, and writes what is ready before it waits for more.

pub(in crate::cli) mod lines;
mod replies;
mod shape;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::plan::{load_for_use, moment};
use super::{CliError, Context, Output};
use crate::locale::Locale;
use crate::mention::wire::{MAX_LINE_BYTES, WireError, WireItem};
use crate::mention::{Id, Kind, Mention};
use crate::pipeline::{Assessed, Assessor, History, tidy};
use crate::plan::Plan;
use crate::text::clean_line;
use crate::tr;
use lines::{Line, Lines};
use replies::Replies;

/// The name of standard input, on the command line and in diagnostics.
const STDIN: &str = "-";

/// What the command line asks for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The response plan: a folder of TOML files, or one file
    #[arg(long, value_name = "DIR")]
    plan: PathBuf,

    /// The mentions, one JSON object a line; `-` is standard input
    #[arg(value_name = "FILE", default_value = STDIN)]
    file: PathBuf,

    /// Exit with 3 when a line had to be skipped
    #[arg(long)]
    strict: bool,

    /// Assess as of this moment: 2026-11-20, 2026-11-20T09:00 (the plan's zone) or 2026-11-20T09:00:00-08:00
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let (plan, _) = load_for_use(&args.plan, context)?;
    let now = match &args.at {
        Some(at) => moment(at, plan.organization.hours.time_zone)
            .ok_or_else(|| CliError::usage(tr!(context.locale, "plan-bad-at", value = at)))?,
        None => context.clock.now(),
    };
    let name = clean_line(&args.file.to_string_lossy()).into_owned();
    let input = open(&args.file, &name, &context.locale)?;
    let mut triage = Triage::new(&plan, now, &name, &context.locale);
    let mut output = Output::stdout();
    triage.pass(input, &mut output)?;
    output.finish()?;
    if args.strict && triage.skipped > 0 {
        return Err(CliError::io(tr!(context.locale, "triage-strict", count = triage.skipped)));
    }
    Ok(())
}

/// The file or the pipe that holds mentions.
pub(super) fn open(path: &Path, name: &str, locale: &Locale) -> Result<Box<dyn Read>, CliError> {
    if path.as_os_str() == STDIN {
        return Ok(Box::new(io::stdin().lock()));
    }
    match File::open(path) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => Err(CliError::io(tr!(locale, "triage-no-file", file = name, cause = error.to_string()))),
    }
}

/// Why a line is no mention.
pub(super) fn reason(error: &WireError, locale: &Locale) -> String {
    match error {
        WireError::TooLong => tr!(locale, "triage-too-long", limit = MAX_LINE_BYTES),
        WireError::NotJson { column, cause } => {
            tr!(locale, "triage-not-json", column = *column, cause = clean_line(cause).into_owned())
        }
        WireError::NotAnObject => tr!(locale, "triage-not-an-object"),
        WireError::NoText => tr!(locale, "triage-no-text"),
    }
}

/// The mention of a line, with the id under which it is told: the given one, else the line's number.
pub(super) fn mention_of(
    item: WireItem<'_>,
    number: usize,
    source: &Id,
    received_at: DateTime<Utc>,
) -> (String, Mention) {
    let id = item.id.as_deref().map_or_else(|| format!("line-{number}"), |id| clean_line(id).into_owned());
    let kind = item.kind.unwrap_or(Kind::Post);
    let mut raw = item.into_raw(source.clone(), received_at);
    raw.native_id = Some(id.clone());
    raw.kind = kind;
    (id, tidy(raw))
}

/// One run over one input.
struct Triage<'p> {
    plan: &'p Plan,
    now: DateTime<Utc>,
    name: &'p str,
    locale: &'p Locale,
    source: Id,
    assessor: Assessor,
    history: History,
    replies: Replies,
    skipped: usize,
}

impl<'p> Triage<'p> {
    fn new(plan: &'p Plan, now: DateTime<Utc>, name: &'p str, locale: &'p Locale) -> Self {
        let (assessor, history, replies) = (Assessor::new(), History::of_record(), Replies::default());
        Self { plan, now, name, locale, source: "triage".into(), assessor, history, replies, skipped: 0 }
    }

    fn pass(&mut self, input: impl Read, output: &mut Output) -> Result<(), CliError> {
        let mut lines = Lines::new(input);
        let mut written = Vec::new();
        loop {
            if lines.must_wait() {
                output.flush()?;
            }
            match lines.next().map_err(|error| self.unreadable(&error))? {
                Line::End => return Ok(()),
                Line::TooLong(number) => self.skip(number, &WireError::TooLong),
                Line::Text(number, line) => match WireItem::parse(line) {
                    Ok(item) => {
                        written.clear();
                        self.answer(number, item, &mut written).map_err(io::Error::from)?;
                        output.write_all(&written)?;
                    }
                    Err(error) => self.skip(number, &error),
                },
            }
        }
    }

    /// Appends the line that answers one mention.
    fn answer(&mut self, number: usize, item: WireItem<'_>, line: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let (id, mention) = mention_of(item, number, &self.source, self.now);
        let assessment = self.assessor.assess(&mention, self.plan, &self.history);
        self.history.observe(&mention, &assessment, self.assessor.trace());
        let assessed = Assessed { mention, assessment };
        let replies = self.replies.of(&assessed, self.plan, self.now);
        serde_json::to_writer(&mut *line, &shape::Answer::new(&id, &assessed, &replies))?;
        line.push(b'\n');
        Ok(())
    }

    /// Tells of a line that is no mention.
    fn skip(&mut self, number: usize, error: &WireError) {
        self.skipped += 1;
        let reason = reason(error, self.locale);
        // Nobody can be told that stderr is gone.
        let _ = writeln!(io::stderr().lock(), "{}:{number}: {reason}", self.name);
    }

    fn unreadable(&self, error: &io::Error) -> CliError {
        CliError::io(tr!(self.locale, "triage-no-file", file = self.name, cause = error.to_string()))
    }
}
