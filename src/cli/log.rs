//! `frontdesk log`: the response log for people and for scripts. Nothing here changes it.

use std::collections::VecDeque;
use std::fs::OpenOptions;
use std::io::{BufWriter, IntoInnerError, Write};
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use serde_json::json;

use super::{CliError, Context, Output};
use crate::config::{Paths, private_file};
use crate::locale::Locale;
use crate::response_log::export::{self, ExportError};
use crate::response_log::{Act, LogError, Record, Report, read_all, verify};
use crate::text::{clean_line, width};
use crate::tr;

/// Arguments of `log`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

/// What to do with the log.
#[derive(Debug, Subcommand)]
enum What {
    /// Print the records, oldest first
    Show {
        /// Only the last N
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Check every record and the chain; exits 1 if something is wrong
    Verify {
        /// Print the report as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write the whole log for another program
    Export {
        /// How to write it
        #[arg(long, value_enum)]
        format: Format,
        /// Write to this file instead of stdout
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// The formats of an export.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a spreadsheet
    Csv,
    /// The log's own lines
    Jsonl,
}

/// Does what is asked.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let paths = Paths::resolve(context.home.as_deref(), None)
        .ok_or_else(|| CliError::usage(tr!(context.locale, "log-no-home")))?;
    match &args.what {
        What::Show { limit, json } => show(&paths.log_dir, *limit, *json, &context.locale),
        What::Verify { json } => check(&paths.log_dir, *json, &context.locale),
        What::Export { format, out } => write(&paths.log_dir, *format, out.as_deref(), &context.locale),
    }
}

fn failed(error: &LogError, locale: &Locale) -> CliError {
    CliError::io(error.text(locale))
}

fn show(folder: &Path, limit: Option<usize>, json: bool, locale: &Locale) -> Result<(), CliError> {
    let mut out = Output::stdout();
    let mut last: VecDeque<Record> = VecDeque::new();
    let mut result = Ok(());
    read_all(folder, |record| {
        if result.is_err() {
            return;
        }
        let Some(limit) = limit else {
            result = print(&mut out, &record, json, locale);
            return;
        };
        last.push_back(record);
        if last.len() > limit {
            last.pop_front();
        }
    })
    .map_err(|error| failed(&error, locale))?;
    result?;
    for record in last {
        print(&mut out, &record, json, locale)?;
    }
    out.finish()
}

fn print(out: &mut Output, record: &Record, json: bool, locale: &Locale) -> Result<(), CliError> {
    if json {
        // With the hash it states: only `verify` judges.
        return out.line(&record.line().map_err(CliError::io)?);
    }
    let line = row(record, locale);
    match Output::columns() {
        Some(columns) => out.line(&width::truncate(&line, usize::from(columns)).0),
        None => out.line(&line),
    }
}

/// `2026-11-22 10:04  mchan  decided: let stand (rant or satire)  inbox:m-1  the first words`.
fn row(record: &Record, locale: &Locale) -> String {
    let mention = record.mention.as_deref();
    let columns = [
        record.at.format("%Y-%m-%d %H:%M").to_string(),
        record.actor.to_string(),
        deed(record, locale),
        mention.map(|mention| mention.id.to_string()).unwrap_or_default(),
        mention.map(|mention| mention.text.clone()).unwrap_or_default(),
    ];
    // The log may have been edited: what it says is as hostile as any text from outside.
    columns.iter().map(|text| clean_line(text)).collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

/// What was done, with what belongs to it.
fn deed(record: &Record, locale: &Locale) -> String {
    let mut text = locale.word("log-act", record.act.into());
    if let Some(disposition) = record.disposition {
        let detail = locale.word("disposition", disposition.token());
        text = tr!(locale, "cli-log-deed", deed = text, detail = detail);
    }
    if let Some(reason) = record.reason {
        text = format!("{text} ({})", locale.word("reason", reason.token()));
    }
    let cited = record.clause.as_ref().map(|clause| tr!(locale, "cli-log-clause", clause = &**clause));
    let outcome = record.outcome.as_ref().map(ToString::to_string);
    let series = record.series.as_ref().map(|series| tr!(locale, "cli-log-series", series = &**series));
    let tier = record.tier.map(|tier| format!("{tier} {}", record.to.as_deref().unwrap_or_default()));
    let until = record.until.map(|until| locale.date_time(&until.with_timezone(&record.at.timezone())));
    let damage = record.damage.as_ref().map(|damage| format!("{}:{}", damage.file, damage.line));
    let undone = (record.act == Act::Undone)
        .then(|| record.undoes.iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    let more = [cited, outcome, tier, until, damage, undone, record.permalink.clone(), record.note.clone(), series];
    for detail in more.into_iter().flatten() {
        text = tr!(locale, "cli-log-deed", deed = text, detail = detail.trim());
    }
    text
}

fn check(folder: &Path, json: bool, locale: &Locale) -> Result<(), CliError> {
    let report = verify(folder).map_err(|error| failed(&error, locale))?;
    let mut out = Output::stdout();
    if json {
        out.json(&as_json(&report))?;
    } else {
        tell(&mut out, &report, locale)?;
    }
    out.finish()?;
    if report.is_sound() { Ok(()) } else { Err(CliError::problems()) }
}

fn tell(out: &mut Output, report: &Report, locale: &Locale) -> Result<(), CliError> {
    for problem in &report.problems {
        let what = locale.word("log-damage", problem.damage.into());
        out.line(&format!("{}:{}: {what}", clean_line(&problem.file), problem.line))?;
    }
    out.line(&tr!(locale, "log-verify-counts", records = report.records, files = report.files))?;
    if report.redacted > 0 {
        out.line(&tr!(locale, "log-verify-redacted", count = report.redacted))?;
    }
    if report.chain_breaks > 0 {
        out.line(&tr!(locale, "log-verify-chain-breaks", count = report.chain_breaks))?;
    }
    for (desk, seq, hash) in &report.heads {
        let (desk, hash) = (clean_line(desk), clean_line(hash.as_str()));
        out.line(&tr!(locale, "log-verify-head", desk = &*desk, seq = seq.to_string(), hash = &*hash))?;
    }
    if report.is_sound() {
        out.line(&tr!(locale, "log-verify-sound"))
    } else {
        out.line(&tr!(locale, "log-verify-problems", count = report.problem_count))
    }
}

fn as_json(report: &Report) -> serde_json::Value {
    let problems = report
        .problems
        .iter()
        .map(|problem| json!({ "file": problem.file, "line": problem.line, "damage": problem.damage.to_string() }));
    let heads = report.heads.iter().map(|(desk, seq, hash)| json!({ "desk": desk, "seq": seq, "hash": hash }));
    json!({
        "sound": report.is_sound(),
        "files": report.files,
        "records": report.records,
        "redacted": report.redacted,
        "chain_breaks": report.chain_breaks,
        "heads": heads.collect::<Vec<_>>(),
        "problem_count": report.problem_count,
        "problems": problems.collect::<Vec<_>>(),
    })
}

fn write(folder: &Path, format: Format, target: Option<&Path>, locale: &Locale) -> Result<(), CliError> {
    let written = match target {
        None => {
            let mut out = Output::stdout();
            write_to(folder, format, &mut out).and_then(|()| Ok(Write::flush(&mut out)?))
        }
        Some(path) => {
            let options = &mut OpenOptions::new();
            let file = private_file(path, options.write(true).create(true).truncate(true));
            file.map_err(ExportError::Write).and_then(|file| {
                let mut out = BufWriter::new(file);
                write_to(folder, format, &mut out)?;
                out.into_inner().map_err(IntoInnerError::into_error)?.sync_all()?;
                Ok(())
            })
        }
    };
    written.map_err(|error| match (error, target) {
        (ExportError::Log(error), _) => failed(&error, locale),
        (ExportError::Write(error), None) => error.into(),
        (ExportError::Write(error), Some(path)) => {
            let path = path.display().to_string();
            CliError::io(tr!(locale, "log-export-failed", path = path, cause = error.to_string()))
        }
    })
}

fn write_to(folder: &Path, format: Format, out: &mut dyn Write) -> Result<(), ExportError> {
    match format {
        Format::Csv => export::csv(folder, out),
        Format::Jsonl => export::jsonl(folder, out),
    }
    .map(drop)
}
