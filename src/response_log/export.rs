//! The log for other programs: a spreadsheet, or the lines as they are.
//!
//! What enters: the log's folder. What leaves: CSV that opens in a spreadsheet as text only, or JSON lines byte for byte.

use std::io::{self, Write};
use std::path::Path;

use super::error::LogError;
use super::files;
use super::lines::Lines;
use super::read::read_all;
use super::record::Record;
use crate::triage::RecordId;

const COLUMNS: [&str; 31] = [
    "desk",
    "seq",
    "at",
    "actor",
    "act",
    "mention",
    "network",
    "author",
    "handle",
    "posted_at",
    "url",
    "text",
    "disposition",
    "reason",
    "path",
    "reply",
    "reply_lang",
    "message",
    "edited",
    "authorized_by",
    "purpose",
    "note",
    "permalink",
    "tier",
    "to",
    "until",
    "undoes",
    "clause",
    "series",
    "plan",
    "hash",
];

/// Writes every record as CSV: UTF-8 with a byte order mark, CRLF, every cell quoted, no cell a formula.
pub fn csv(folder: &Path, out: &mut dyn Write) -> Result<u64, ExportError> {
    out.write_all("\u{feff}".as_bytes())?;
    row(out, COLUMNS.iter().map(|name| (*name).to_owned()))?;
    let mut count = 0;
    let mut failed = None;
    read_all(folder, |record| {
        if failed.is_none() {
            failed = row(out, cells(&record).into_iter()).err();
            count += 1;
        }
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(count),
    }
}

/// Writes every complete line as it stands in the log.
pub fn jsonl(folder: &Path, out: &mut dyn Write) -> Result<u64, ExportError> {
    let mut count = 0;
    for path in files::months(folder)? {
        let mut lines = Lines::open(&path, 0)?;
        while let Some(line) = lines.next()? {
            if line.complete {
                out.write_all(&line.bytes)?;
                out.write_all(b"\n")?;
                count += 1;
            }
        }
    }
    Ok(count)
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The export could not be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

fn row(out: &mut dyn Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let mut line = String::new();
    for (index, text) in cells.enumerate() {
        if index > 0 {
            line.push(',');
        }
        cell(&mut line, &text);
    }
    line.push_str("\r\n");
    out.write_all(line.as_bytes())
}

/// Adds a quoted cell; what a spreadsheet could take for a formula gets an apostrophe before it.
fn cell(line: &mut String, text: &str) {
    line.push('"');
    if is_formula(text) {
        line.push('\'');
    }
    for c in text.chars() {
        match c {
            '"' => line.push_str("\"\""),
            '\n' => line.push(c),
            // A control would act on whoever prints the file; a format character would turn its text around.
            c if super::escape::is_unsafe(c) => line.push('\u{fffd}'),
            c => line.push(c),
        }
    }
    line.push('"');
}

/// True for a text whose first character that counts begins a formula, in any width a spreadsheet understands.
fn is_formula(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let ignored = |c: char| c.is_whitespace() || super::escape::is_unsafe(c) || c == '"' || c == '\'';
    text.trim_start_matches(ignored).starts_with([
        '=', '+', '-', '@', '|', '%', '\u{2212}', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{fe62}',
        '\u{fe63}', '\u{fe66}', '\u{fe6b}',
    ])
}

fn cells(record: &Record) -> Vec<String> {
    let mention = record.mention.as_deref();
    let of_mention = |get: fn(&crate::mention::Mention) -> Option<String>| mention.and_then(get).unwrap_or_default();
    let reply = record.reply.as_ref();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        record.desk.to_string(),
        record.seq.to_string(),
        record.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, false),
        record.actor.to_string(),
        record.act.to_string(),
        of_mention(|m| Some(m.id.to_string())),
        of_mention(|m| Some(m.network.token().to_owned())),
        of_mention(|m| m.author.name.clone()),
        of_mention(|m| m.author.handle.clone()),
        of_mention(|m| m.posted_at.map(|at| at.to_rfc3339())),
        of_mention(|m| m.url.clone()),
        of_mention(|m| Some(m.text.clone())),
        record.disposition.map(|d| d.token().to_owned()).unwrap_or_default(),
        record.reason.map(|r| r.token().to_owned()).unwrap_or_default(),
        record.path.as_deref().unwrap_or_default().join(" > "),
        reply.map(|r| r.text.clone()).unwrap_or_default(),
        reply.map(|r| r.lang.token().to_owned()).unwrap_or_default(),
        reply.and_then(|r| r.message.as_ref()).map(ToString::to_string).unwrap_or_default(),
        reply.map(|r| r.edited.to_string()).unwrap_or_default(),
        text(&record.authorized_by),
        text(&record.purpose),
        text(&record.note),
        text(&record.permalink),
        record.tier.map(|tier| tier.to_string()).unwrap_or_default(),
        text(&record.to),
        record.until.map(|at| at.to_rfc3339()).unwrap_or_default(),
        record.undoes.iter().flatten().map(RecordId::to_string).collect::<Vec<_>>().join(" "),
        record.clause.as_deref().unwrap_or_default().to_owned(),
        record.series.as_deref().unwrap_or_default().to_owned(),
        record.plan.as_deref().unwrap_or_default().to_owned(),
        record.hash.to_string(),
    ]
}

#[cfg(test)]
mod tests;
