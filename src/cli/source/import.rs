//! `frontdesk source import`: exports of other tools into the store, or a look at what they would bring.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use crate::cli::watch::stopped;
use crate::cli::{CliError, Context, Exit, Output};
use crate::config::Paths;
use crate::locale::{Locale, number};
use crate::mention::{Id, Mention, RawItem};
use crate::pipeline::normalise;
use crate::run::{Home, ImportError, Imported, Importing, assess_waiting, import};
use crate::sources::{Asked, Export, ExportError, Field, Profiles, Quarantine, Receipt};
use crate::text::clean_line;
use crate::text::width::truncate;
use crate::tr;

/// How often progress is told.
const EVERY: TimeDelta = TimeDelta::milliseconds(200);
/// The steps of a bar.
const BAR: u64 = 10;
/// How many mentions a dry run shows.
const SHOWN: usize = 3;

/// The arguments of `source import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// CSV, TSV, NDJSON, JSON or Excel files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Read them by this profile; without it, by the one that knows the header
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Take fields from these columns, such as `text=Message,author=From`
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',', value_parser = mapped)]
    map: Vec<(Field, String)>,
    /// The zone of dates that name none; the plan's without it
    #[arg(long, value_name = "ZONE")]
    zone: Option<Tz>,
    /// Keep the mentions under this source; under the profile's name without it
    #[arg(long, value_name = "ID", value_parser = source_id)]
    source: Option<String>,
    /// Show the columns, what they become and the first three mentions; store nothing
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a file
    #[arg(long)]
    json: bool,
}

/// What came of one file, for scripts.
#[derive(Serialize)]
struct Told<'a> {
    file: String,
    form: &'a str,
    profile: &'a str,
    source: &'a str,
    new: u64,
    changed: u64,
    seen: u64,
    bad: u64,
    stopped: bool,
}

/// What one file would bring, for scripts.
#[derive(Serialize)]
struct Preview<'a> {
    file: String,
    form: &'a str,
    profile: &'a str,
    columns: Vec<Column<'a>>,
    mentions: Vec<Mention>,
}

#[derive(Serialize)]
struct Column<'a> {
    name: &'a str,
    field: Option<&'static str>,
}

fn mapped(text: &str) -> Result<(Field, String), String> {
    let (field, column) = text.split_once('=').ok_or("expected FIELD=COLUMN")?;
    let field = field.trim().parse().map_err(|_| format!("no such field; there are {}", Field::TOKENS.join(", ")))?;
    Ok((field, column.trim().to_owned()))
}

fn source_id(text: &str) -> Result<String, String> {
    let fits = text.len() <= 64 && text.starts_with(|first: char| first.is_ascii_alphanumeric());
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
    if fits && plain { Ok(text.to_owned()) } else { Err("takes letters, digits, `_`, `.` and `-`".to_owned()) }
}

/// Runs `source import`.
pub(super) fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let (home, locale) = context.open_home()?;
    let profiles = profiles(&home.paths).map_err(|error| CliError::usage(error.words(&locale)))?;
    let asked =
        Asked { profile: args.profile.as_deref(), map: &args.map, zone: args.zone.unwrap_or_else(|| home.zone()) };
    let mut output = Output::stdout();
    let stop = Stop::new(&locale)?;
    let desk = Desk { home: &home, context, locale: &locale, stop: &stop.flag };
    for path in &args.files {
        let export = Export::open(path, &profiles, &asked).map_err(|error| of_export(path, &error, &locale))?;
        if args.dry_run {
            preview(&export, path, args.json, (context, &locale), &mut output)?;
        } else {
            desk.import(&export, path, args, &mut output)?;
        }
    }
    if !args.dry_run {
        desk.assess(args.json, &mut output)?;
    }
    output.finish()
}

/// Where files are imported to.
struct Desk<'a> {
    home: &'a Home,
    context: &'a Context,
    locale: &'a Locale,
    stop: &'a AtomicBool,
}

impl Desk<'_> {
    fn import(&self, export: &Export, path: &Path, args: &Args, output: &mut Output) -> Result<(), CliError> {
        let (locale, clock) = (self.locale, &self.context.clock);
        let source = Id::from(args.source.as_deref().unwrap_or(export.profile()));
        let file = Path::new(path.file_name().unwrap_or(path.as_os_str())).display().to_string();
        let importing = Importing { export, name: &file, source: &source, clock, stop: self.stop };
        let mut progress = Progress::new(export, self.context, locale);
        let done = import(self.home, &importing, &mut |imported| progress.tell(imported));
        progress.line.clear();
        let done = done.map_err(|error| match &error {
            ImportError::Export(error) => of_export(path, error, locale),
            ImportError::Home(error) => CliError::of_home(error, locale),
            ImportError::Quarantine(error) => CliError::io(tr!(locale, "cli-import-quarantine", error = error)),
        })?;
        let (form, profile) = (export.form(), export.profile());
        let Imported { new, versions: changed, seen, bad, stopped, .. } = done;
        let told = Told { file, form, profile, source: &source, new, changed, seen, bad, stopped };
        if args.json {
            output.json(&told)?;
        } else {
            output.line(&clean_line(&sentence(&told, locale)))?;
        }
        if let Some((position, cause)) = done.first_bad.as_ref().filter(|_| !args.json) {
            let kept = Quarantine::new(&self.home.paths.quarantine, source.clone(), clock.clone());
            let (place, cause) = (position.words(locale), cause.words(locale));
            let kept = kept.file().display().to_string();
            output.line(&clean_line(&tr!(
                locale,
                "cli-import-first-bad",
                place = place,
                cause = cause,
                file = kept
            )))?;
        }
        if stopped {
            output.flush()?;
            return Err(CliError { code: Exit::Problems, message: tr!(locale, "cli-import-stopped") });
        }
        Ok(())
    }
}

impl Desk<'_> {
    /// What was kept is assessed here, unless a desk or `watch` runs, which does it; what is left then is told.
    fn assess(&self, json: bool, output: &mut Output) -> Result<(), CliError> {
        output.flush()?;
        let mut line = StatusLine::new(self.context);
        let left = assess_waiting(self.home, self.stop, &mut |done, of| {
            line.tell(|seconds| {
                let rate = (done as f64 / seconds) as u64;
                let left = of.saturating_sub(done).checked_div(rate.max(1)).unwrap_or(0);
                tr!(
                    self.locale,
                    "cli-import-assessing",
                    done = number(self.locale.lang(), done),
                    of = number(self.locale.lang(), of),
                    bar = bar(done, of),
                    rate = number(self.locale.lang(), rate),
                    left = clock_face(left)
                )
            });
        });
        line.clear();
        let left = left.map_err(|error| CliError::of_home(&error, self.locale))?;
        let told = match left {
            Some(0) => return Ok(()),
            Some(left) => {
                tr!(self.locale, "cli-import-unassessed", count = left, shown = number(self.locale.lang(), left))
            }
            None => tr!(self.locale, "cli-import-elsewhere"),
        };
        if json { Ok(()) } else { output.line(&told) }
    }
}

/// The profiles of a home.
fn profiles(paths: &Paths) -> Result<Profiles, crate::sources::ProfileError> {
    Profiles::load(&paths.profiles)
}

fn of_export(path: &Path, error: &ExportError, locale: &Locale) -> CliError {
    let code = match error {
        ExportError::File { .. } | ExportError::Broken(_) | ExportError::Empty => Exit::Io,
        ExportError::Profile(_) | ExportError::NoText { .. } | ExportError::UnknownColumn { .. } => Exit::Usage,
    };
    let message = format!("{}: {}", path.display(), error.words(locale));
    CliError { code, message: clean_line(&message).into_owned() }
}

fn sentence(told: &Told<'_>, locale: &Locale) -> String {
    let count = |count| number(locale.lang(), count);
    let counts = [
        Some(tr!(locale, "cli-import-new", count = told.new, shown = count(told.new))),
        (told.changed > 0)
            .then(|| tr!(locale, "cli-import-changed", count = told.changed, shown = count(told.changed))),
        (told.seen > 0).then(|| tr!(locale, "cli-import-seen", count = told.seen, shown = count(told.seen))),
        (told.bad > 0).then(|| tr!(locale, "cli-import-bad", count = told.bad, shown = count(told.bad))),
    ];
    let counts = counts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    tr!(locale, "cli-import-done", file = &*told.file, counts = counts, profile = told.profile, source = told.source)
}

/// Shows what a file would bring.
fn preview(
    export: &Export,
    path: &Path,
    json: bool,
    (context, locale): (&Context, &Locale),
    output: &mut Output,
) -> Result<(), CliError> {
    let mentions = first(export, context).map_err(|error| of_export(path, &error, locale))?;
    let columns: Vec<Column<'_>> = export.layout().map_or_else(Vec::new, |layout| {
        layout.taken().map(|(name, field)| Column { name, field: field.map(Field::token) }).collect()
    });
    let file = path.display().to_string();
    if json {
        return output.json(&Preview { file, form: export.form(), profile: export.profile(), columns, mentions });
    }
    let zone = export.layout().map_or_else(|| "UTC".to_owned(), |layout| layout.zone().to_string());
    let head =
        tr!(locale, "cli-import-head", file = file, form = export.form(), profile = export.profile(), zone = zone);
    output.line(&clean_line(&head))?;
    for column in columns {
        let field = column.field.map_or_else(|| tr!(locale, "cli-import-extra"), str::to_owned);
        output.line(&format!("  {field:10} {}", clean_line(column.name)))?;
    }
    for mention in mentions {
        let at = mention
            .posted_at
            .map_or_else(|| "?".to_owned(), |at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
        let who = mention.author.display().unwrap_or("?");
        let text: String = mention.text.chars().take(120).collect();
        output.line(&clean_line(&format!("{at}  {}  {who}  {text}", mention.network.token())))?;
    }
    Ok(())
}

/// The first good rows, as they would be kept.
fn first(export: &Export, context: &Context) -> Result<Vec<Mention>, ExportError> {
    let source = Id::from(export.profile());
    let mut items: Vec<RawItem> = Vec::new();
    let receipt = Receipt { source: &source, network: None, now: context.clock.now() };
    export.read(&receipt, &mut |found| {
        items.extend(found.item.ok());
        if items.len() < SHOWN { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(items.into_iter().map(normalise).collect())
}

/// Tells how far an import is.
struct Progress<'a> {
    line: StatusLine<'a>,
    locale: &'a Locale,
    length: u64,
}

impl<'a> Progress<'a> {
    fn new(export: &Export, context: &'a Context, locale: &'a Locale) -> Self {
        Self { line: StatusLine::new(context), locale, length: export.length() }
    }

    fn tell(&mut self, imported: &Imported) {
        let (locale, length) = (self.locale, self.length);
        self.line.tell(|seconds| {
            let rate = (imported.rows() as f64 / seconds) as u64;
            let unread = length.saturating_sub(imported.read) as f64;
            let left = (seconds * unread / imported.read.max(1) as f64).ceil() as u64;
            let count = |count| number(locale.lang(), count);
            let percent = (imported.read * 100).checked_div(length).unwrap_or(100);
            tr!(
                locale,
                "cli-import-progress",
                rows = count(imported.rows()),
                bar = bar(imported.read, length),
                percent = percent,
                rate = count(rate),
                left = clock_face(left)
            )
        });
    }
}

/// One line on stderr, where that is a terminal, written anew now and then.
struct StatusLine<'a> {
    clock: &'a crate::clock::SharedClock,
    begun: DateTime<Utc>,
    told: DateTime<Utc>,
    shown: bool,
    wanted: bool,
}

impl<'a> StatusLine<'a> {
    fn new(context: &'a Context) -> Self {
        let now = context.clock.now();
        Self { clock: &context.clock, begun: now, told: now, shown: false, wanted: io::stderr().is_terminal() }
    }

    /// `words` is asked only when it is time, with the seconds since it began.
    fn tell(&mut self, words: impl FnOnce(f64) -> String) {
        let now = self.clock.now();
        if !self.wanted || now - self.told < EVERY {
            return;
        }
        (self.told, self.shown) = (now, true);
        let line = words((now - self.begun).num_milliseconds().max(1) as f64 / 1000.0);
        let line =
            Output::columns().map_or_else(|| line.clone(), |columns| truncate(&line, columns.into()).0.into_owned());
        // A terminal that went away is told nothing more.
        let _ = write!(io::stderr().lock(), "\r{line}\x1b[K");
    }

    /// Leaves the line empty for what comes next.
    fn clear(&self) {
        if self.shown {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

/// `▰▰▰▱▱▱▱▱▱▱`.
fn bar(done: u64, of: u64) -> String {
    let filled = (done * BAR).checked_div(of).unwrap_or(BAR).min(BAR) as usize;
    format!("{}{}", "▰".repeat(filled), "▱".repeat(BAR as usize - filled))
}

/// Minutes and seconds.
fn clock_face(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A flag that is up once the process is asked to end.
struct Stop {
    flag: Arc<AtomicBool>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Stop {
    fn new(locale: &Locale) -> Result<Self, CliError> {
        let failed = |error: io::Error| CliError::io(tr!(locale, "cli-watch-runtime", cause = error.to_string()));
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(failed)?;
        let flag = Arc::new(AtomicBool::new(false));
        let raised = flag.clone();
        let asked = {
            let _guard = runtime.enter();
            stopped().map_err(failed)?
        };
        runtime.spawn(async move {
            asked.await;
            raised.store(true, Ordering::Relaxed);
        });
        Ok(Self { flag, runtime: Some(runtime) })
    }
}

impl Drop for Stop {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
