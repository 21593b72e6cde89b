//! `frontdesk learn FILE`: what the plan could take over from corrections that people made.
//!
//! What enters: records of the response log. What leaves: a patch of the plan's files on stdout, to be read and applied by a
//! person (`patch -d PLAN -p0`), and a summary on stderr. Nothing is written and nothing is trained.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::plan::load_for_use;
use super::{CliError, Context, Output, report};
use crate::locale::Locale;
use crate::mention::{Mention, MentionId};
use crate::response_log::{FoldedCase, Record, evolve};
use crate::text::clean_line;
use crate::tr;
use crate::trial::learn::{Learnt, Lesson, learn};

/// What the command line asks for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Month files of the response log, or the folder that holds them
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// The response plan that learns; the home's own when none is named
    #[arg(long, value_name = "DIR")]
    plan: Option<PathBuf>,

    /// Print one JSON object with the patch in it
    #[arg(long)]
    json: bool,
}

/// The summary and the patch as JSON.
#[derive(serde::Serialize)]
struct Shape<'a> {
    lessons: usize,
    known: usize,
    labels: usize,
    tests: usize,
    open: usize,
    patch: &'a str,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let plan = match &args.plan {
        Some(path) => load_for_use(path, context)?.0,
        None => load_for_use(&context.open_home()?.0.paths.plan, context)?.0,
    };
    let lessons = lessons(&args.files, &context.locale)?;
    let learnt = learn(&plan, &lessons, context.clock.now());
    let mut out = Output::stdout();
    if args.json {
        let Learnt { ref patch, known, labels, tests, open } = learnt;
        out.json(&Shape { lessons: lessons.len(), known, labels, tests, open, patch })?;
    } else {
        if !learnt.patch.is_empty() {
            out.line(learnt.patch.trim_end())?;
        }
        report(&summary(lessons.len(), &learnt, &context.locale));
    }
    out.finish()
}

fn summary(lessons: usize, learnt: &Learnt, locale: &Locale) -> String {
    if lessons == 0 {
        return tr!(locale, "learn-nothing");
    }
    let Learnt { known, labels, tests, open, .. } = *learnt;
    tr!(locale, "learn-summary", lessons = lessons, known = known, labels = labels, tests = tests, open = open)
}

/// The corrections that stand, one a mention, in the order of the mentions' ids.
fn lessons(files: &[PathBuf], locale: &Locale) -> Result<Vec<Lesson>, CliError> {
    let mut cases: BTreeMap<MentionId, FoldedCase> = BTreeMap::new();
    for path in files.iter().map(|path| months(path, locale)).collect::<Result<Vec<_>, _>>()?.concat() {
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error, locale))?;
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let record: Record = serde_json::from_str(line).map_err(|error| {
                let (file, cause) = (clean_line(&path.to_string_lossy()).into_owned(), error.to_string());
                CliError::usage(tr!(locale, "learn-bad-line", file = file, line = number + 1, cause = cause))
            })?;
            evolve(&mut cases, &record);
        }
    }
    let lesson = |case: FoldedCase| {
        let outcome = case.state.overridden().map(|chosen| chosen.outcome.clone());
        let (mention, labels) = (Mention::clone(&*case.snapshot?), case.state.labels().clone());
        (!labels.is_empty() || outcome.is_some()).then_some(Lesson { mention, labels, outcome })
    };
    Ok(cases.into_values().filter_map(lesson).collect())
}

/// A folder's month files in order, or the file itself.
fn months(path: &Path, locale: &Locale) -> Result<Vec<PathBuf>, CliError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).map_err(|error| unreadable(path, &error, locale))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    Ok(files)
}

fn unreadable(path: &Path, error: &std::io::Error, locale: &Locale) -> CliError {
    let file = clean_line(&path.to_string_lossy()).into_owned();
    CliError::io(tr!(locale, "triage-no-file", file = file, cause = error.to_string()))
}
