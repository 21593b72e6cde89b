//! `frontdesk plan diff OLD NEW`: what differs between two plans, and what that does to mentions.
//!
//! What enters: two plans, and mentions from a file, a pipe or the store of the home. What leaves: the differences, counts,
//! and the few examples that matter most. Mentions pass one after the other; nothing is kept or changed anywhere. A line that
//! is no mention is told on stderr and passed over.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::cli::triage::lines::{Line, Lines};
use crate::cli::triage::{mention_of, open, reason};
use crate::cli::{CliError, Context, Output};
use crate::locale::Locale;
use crate::mention::wire::{WireError, WireItem};
use crate::mention::{Id, MentionId};
use crate::plan::Plan;
use crate::run::Home;
use crate::store::{Anchor, PageRequest, SqliteStore, Store, StoreError, View};
use crate::text::clean_line;
use crate::text::width::truncate;
use crate::tr;
use crate::trial::{Comparison, Example, Impact, PlanChange, plan_changes, wording};

/// So many mentions of the store are tried when no number is given.
const LAST: usize = 500;
/// Columns of an example's text where stdout is no terminal.
const COLUMNS: usize = 120;

/// Arguments of `plan diff`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The plan as it is: a folder, or one file
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The plan as it would be
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Try both on the mentions of this file, one JSON object a line; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "last")]
    against: Option<PathBuf>,
    /// Try both on the last N mentions of the home's store; without this and --against, on 500 where there is a store
    #[arg(long, value_name = "N")]
    last: Option<usize>,
    /// Show at most N examples
    #[arg(long, value_name = "N", default_value_t = crate::trial::diff::EXAMPLES)]
    limit: usize,
    /// When the mentions of a file were received: 2026-11-20, 2026-11-20T09:00 (the new plan's zone) or
    /// 2026-11-20T09:00:00-08:00
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Exit with 3 when a line of the file had to be skipped
    #[arg(long)]
    strict: bool,
    /// Print one JSON object for each difference between the plans, and one for what they do
    #[arg(long)]
    json: bool,
}

/// Compares; whatever differs, it is done when it could be compared.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let locale = &context.locale;
    let (old, _) = super::load_for_use(&args.old, context)?;
    let (new, _) = super::load_for_use(&args.new, context)?;
    let now = moment(args, new.organization.hours.time_zone, context)?;
    let changes = plan_changes(&old, &new);
    let mut against = Against { comparison: Comparison::new(&old, &new, args.limit), now, skipped: 0, locale };
    let tried = match &args.against {
        Some(file) => against.file(file).map(|()| true)?,
        None => against.store(args.last, context)?,
    };
    let (impact, skipped) = (against.comparison.finish(), against.skipped);
    let mut out = Output::stdout();
    if args.json {
        json(&mut out, &changes, tried.then_some(&impact))?;
    } else {
        differences(&mut out, (&old, &new), &changes, locale)?;
        if tried {
            effects(&mut out, &impact, locale)?;
        } else {
            out.line(&tr!(locale, "trial-diff-no-mentions"))?;
        }
    }
    out.finish()?;
    if args.strict && skipped > 0 {
        return Err(CliError::io(tr!(locale, "triage-strict", count = skipped)));
    }
    Ok(())
}

fn moment(args: &Args, zone: Tz, context: &Context) -> Result<DateTime<Utc>, CliError> {
    let Some(at) = &args.at else { return Ok(context.clock.now()) };
    super::moment(at, zone).ok_or_else(|| CliError::usage(tr!(context.locale, "plan-bad-at", value = at)))
}

/// The mentions that both plans are tried on.
struct Against<'p> {
    comparison: Comparison<'p>,
    now: DateTime<Utc>,
    skipped: usize,
    locale: &'p Locale,
}

impl Against<'_> {
    fn file(&mut self, path: &Path) -> Result<(), CliError> {
        let name = clean_line(&path.to_string_lossy()).into_owned();
        let source = Id::from("triage");
        let mut lines = Lines::new(open(path, &name, self.locale)?);
        loop {
            let line = lines.next().map_err(|error| {
                CliError::io(tr!(self.locale, "triage-no-file", file = &name, cause = error.to_string()))
            })?;
            match line {
                Line::End => return Ok(()),
                Line::TooLong(number) => self.skip(&name, number, &WireError::TooLong),
                Line::Text(number, line) => match WireItem::parse(line) {
                    Ok(item) => {
                        let (id, mut mention) = mention_of(item, number, &source, self.now);
                        mention.id = MentionId::new(id);
                        self.comparison.add(&mention);
                    }
                    Err(error) => self.skip(&name, number, &error),
                },
            }
        }
    }

    fn skip(&mut self, name: &str, number: usize, error: &WireError) {
        self.skipped += 1;
        // Nobody can be told that stderr is gone.
        let _ = writeln!(io::stderr().lock(), "{name}:{number}: {}", reason(error, self.locale));
    }

    /// The newest mentions of the home; false where none are kept and none were asked for.
    fn store(&mut self, last: Option<usize>, context: &Context) -> Result<bool, CliError> {
        let failed = |error: StoreError| CliError::of_home(&error.into(), &context.locale);
        let paths = Home::locate(context.home.as_deref());
        let paths = match (paths, last) {
            (Ok(paths), _) if paths.db.is_file() => paths,
            (_, None) => return Ok(false),
            (Ok(paths), Some(_)) => {
                let path = clean_line(&paths.data.to_string_lossy()).into_owned();
                return Err(CliError::usage(tr!(self.locale, "trial-diff-no-store", path = path)));
            }
            (Err(error), Some(_)) => return Err(CliError::of_home(&error, &context.locale)),
        };
        let mut store = SqliteStore::open(&paths.db, Id::from("")).map_err(failed)?;
        let (mut anchor, mut left) = (Anchor::Top, last.unwrap_or(LAST));
        while left > 0 {
            let request = PageRequest { view: View::All, anchor, limit: left.min(PageRequest::MOST), folded: false };
            let page = store.page(&request, self.now).map_err(failed)?;
            for row in &page.rows {
                if let Some(case) = store.case(&row.id, self.now).map_err(failed)? {
                    self.comparison.add(&case.assessed.mention);
                }
            }
            left -= page.rows.len();
            match page.rows.last() {
                Some(row) if page.more_after => anchor = Anchor::After(row.position),
                _ => break,
            }
        }
        Ok(true)
    }
}

fn json(out: &mut Output, changes: &[PlanChange], impact: Option<&Impact>) -> Result<(), CliError> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Line<'a> {
        Plan(&'a PlanChange),
        Impact(&'a Impact),
    }

    for change in changes {
        out.json(&Line::Plan(change))?;
    }
    impact.map_or(Ok(()), |impact| out.json(&Line::Impact(impact)))
}

fn differences(
    out: &mut Output,
    (old, new): (&Plan, &Plan),
    changes: &[PlanChange],
    locale: &Locale,
) -> Result<(), CliError> {
    let head = match changes.len() {
        0 if old.hash == new.hash => tr!(locale, "trial-diff-identical"),
        0 => tr!(locale, "trial-diff-same"),
        count => tr!(locale, "trial-diff-plan", count = count),
    };
    out.line(&head)?;
    for line in changes.iter().flat_map(|change| wording::plan_change(change, locale)) {
        out.line(&line)?;
    }
    Ok(())
}

fn effects(out: &mut Output, impact: &Impact, locale: &Locale) -> Result<(), CliError> {
    for line in wording::impact(impact, locale) {
        out.line(&line)?;
    }
    let columns = Output::columns().map_or(COLUMNS, usize::from);
    for example in &impact.examples {
        out.line(&truncate(&head(example), columns).0)?;
        for line in wording::example(example, locale) {
            out.line(&line)?;
        }
    }
    Ok(())
}

/// `inbox:m-1  the first words`.
fn head(example: &Example) -> String {
    format!("{}  {}", example.id, example.text)
}
