//! `frontdesk plan explain [CODE]`: what a code means, why it matters, how to mend it.

use serde::Serialize;

use crate::cli::{CliError, Context, Output};
use crate::locale::Locale;
use crate::plan::explain::{self, Code};
use crate::text::clean_line;
use crate::text::width::width;
use crate::tr;

/// Lines are at most so wide, and no wider than the terminal.
const WIDEST: usize = 100;

/// Arguments of `plan explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A code as "plan check" tells it, such as FD069; without one, all of them are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
    /// Print one JSON object a line: code, severity, what, why, mend, told, mended
    #[arg(long)]
    json: bool,
}

/// Prints one explanation in full, or one line for each code.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let locale = &*context.locale;
    let codes = match args.code.as_deref().map(explain::find) {
        None => explain::codes(),
        Some(Ok(code)) => vec![code],
        Some(Err(near)) => return Err(unknown(args.code.as_deref().unwrap_or_default(), near, locale)),
    };
    let mut out = Output::stdout();
    if args.json {
        for code in codes {
            out.json(&Entry::of(code, locale))?;
        }
    } else if let ([code], true) = (codes.as_slice(), args.code.is_some()) {
        one(*code, locale, &mut out)?;
    } else {
        all(&codes, locale, &mut out)?;
    }
    out.finish()
}

fn unknown(written: &str, near: Option<Code>, locale: &Locale) -> CliError {
    let written = clean_line(written).into_owned();
    CliError::usage(match near {
        Some(near) => tr!(locale, "explain-unknown-near", code = written, near = near.code),
        None => tr!(locale, "explain-unknown", code = written),
    })
}

/// A code for scripts.
#[derive(Serialize)]
struct Entry {
    code: &'static str,
    severity: &'static str,
    what: String,
    why: String,
    mend: String,
    told: Option<&'static str>,
    mended: Option<&'static str>,
}

impl Entry {
    fn of(code: Code, locale: &Locale) -> Self {
        let example = code.example();
        Self {
            code: code.code,
            severity: if code.is_error { "error" } else { "warning" },
            what: code.what(locale),
            why: code.why(locale),
            mend: code.mend(locale),
            told: example.map(|example| example.told),
            mended: example.map(|example| example.mended),
        }
    }
}

fn all(codes: &[Code], locale: &Locale, out: &mut Output) -> Result<(), CliError> {
    for (head, errors) in [("explain-list-errors", true), ("explain-list-findings", false)] {
        out.line(&tr!(locale, head))?;
        for code in codes.iter().filter(|code| code.is_error == errors) {
            out.line(&format!("  {}  {}", code.code, code.what(locale)))?;
        }
        out.line("")?;
    }
    out.line(&tr!(locale, "explain-list-more"))
}

fn one(code: Code, locale: &Locale, out: &mut Output) -> Result<(), CliError> {
    out.line(&format!("{}  {}", code.code, code.what(locale)))?;
    let kind = if code.is_error { "explain-error" } else { "explain-finding" };
    out.line(&format!("{:1$}{2}", "", code.code.len() + 2, tr!(locale, kind)))?;
    for (head, text) in [("explain-why", code.why(locale)), ("explain-mend", code.mend(locale))] {
        out.line("")?;
        out.line(&tr!(locale, head))?;
        wrapped(&text, out)?;
    }
    if let Some(example) = code.example() {
        for (head, piece) in [("explain-wrong", example.told), ("explain-right", example.mended)] {
            out.line("")?;
            out.line(&tr!(locale, head))?;
            indented(piece, out)?;
        }
    }
    if code.can_be_allowed() {
        out.line("")?;
        out.line(&tr!(locale, "explain-allow"))?;
        let reason = tr!(locale, "explain-allow-reason");
        indented(&format!("[[allow]]\ncode = \"{}\"\nreason = \"{reason}\"", code.code), out)?;
    }
    Ok(())
}

fn indented(lines: &str, out: &mut Output) -> Result<(), CliError> {
    for line in lines.lines() {
        out.line(format!("    {line}").trim_end())?;
    }
    Ok(())
}

/// The text in lines that end between words.
fn wrapped(text: &str, out: &mut Output) -> Result<(), CliError> {
    let columns = Output::columns().map_or(WIDEST, usize::from).min(WIDEST).saturating_sub(4);
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && width(&line) + 1 + width(word) > columns {
            indented(&std::mem::take(&mut line), out)?;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    indented(&line, out)
}
