//! `frontdesk eval TASK FILE`: how right the labels are, on texts that somebody else has labelled.
//!
//! What enters: a task and a table of labels and texts, or labelled mentions. What leaves: figures, for a person or as JSON.
//! Needs no home, keeps nothing, and prints no text of the file unless mistakes are asked for.

mod tell;

use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use strum::{EnumIter, EnumString, IntoEnumIterator, IntoStaticStr};

use super::plan::load_for_use;
use super::{CliError, Context, Output};
use crate::plan::Plan;
use crate::text::clean_line;
use crate::tr;
use crate::trial::eval::labels::{self, Task};
use crate::trial::eval::order::Graded;
use crate::trial::eval::table::{Labelled, Table, TableError};
use crate::trial::eval::{bursts, copies, gold, order, silent_plan};

/// The name of standard input.
const STDIN: &str = "-";

/// What the command line asks for.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Args {
    /// What to judge
    #[arg(value_name = "TASK", value_parser = clap::builder::PossibleValuesParser::new(tasks()))]
    task: String,

    /// Labels and texts, tab-separated, or mentions with labels as JSON lines for `gold`; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The response plan to judge under; `gold` needs one, `order` takes one
    #[arg(long, value_name = "DIR")]
    plan: Option<PathBuf>,

    /// The column of the label, by name or number
    #[arg(long, value_name = "COLUMN")]
    label: Option<String>,

    /// The column of the text, by name or number
    #[arg(long, value_name = "COLUMN")]
    text: Option<String>,

    /// The labels that mean yes, where the file's own are none of the task's; all others mean no
    #[arg(long, value_name = "LABEL", value_delimiter = ',')]
    positive: Vec<String>,

    /// Show that many of the mistakes, the surest first
    #[arg(long, value_name = "N", default_value_t = 0)]
    mistakes: usize,

    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

const AFTER: &str = "\
A first line that names a column `text` is a header; without one the first column is the label and the last the text.
Labels are words (negative, threat, yes …) or the numbers of published sets (0, 1, 2).

  sentiment    negative | neutral | positive, or 0 1 2, or -1 0 1
  offensive    not | offensive: unacceptable language or an insult
  hostility    0 none, 1 heated, 2 abusive, 3 threat; or hostile at all: yes | no, normal | toxic
  threat       no | threat
  danger       none | threat | self_harm | doxxing | child_safety
  language     en | fr | other
  question     no | question; the text may have lost its question mark
  request, complaint, claim, thanks, media     no | yes
  near_copies  columns `group` and `text`: the posts of one group are copies of one another
  surges       columns `topic`, `time` (RFC 3339 or seconds), `burst` (`-` for none), and `author`, `thread` if known
  order        columns `event`, `gain` (or `info_type` and `informativeness`) and `text`
  gold         JSON lines: mentions with `labels`, judged under --plan";

/// The tasks that are not about one label a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
enum Whole {
    NearCopies,
    Surges,
    Order,
    Gold,
}

fn tasks() -> Vec<&'static str> {
    Task::iter().map(Task::token).chain(Whole::iter().map(Into::into)).collect()
}

/// Runs the command.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let name = clean_line(&args.file.to_string_lossy()).into_owned();
    let file = read(args, &name, context)?;
    let plan = plan(args, context)?;
    let judge = Judge { args, context, name: &name, plan: &plan, at: context.clock.now() };
    match args.task.parse::<Task>() {
        Ok(task) => judge.labels(task, &file),
        Err(_) => match args.task.parse::<Whole>() {
            Ok(Whole::NearCopies) => judge.copies(&file),
            Ok(Whole::Surges) => judge.surges(&file),
            Ok(Whole::Order) => judge.order(&file),
            _ => judge.gold(&file),
        },
    }
}

/// The plan that was asked for, else one that says nothing.
fn plan(args: &Args, context: &Context) -> Result<Plan, CliError> {
    match &args.plan {
        Some(path) => Ok(load_for_use(path, context)?.0),
        None if args.task == "gold" => Err(CliError::usage(tr!(context.locale, "eval-no-plan"))),
        None => silent_plan().map_err(|errors| CliError::usage(errors.to_string())),
    }
}

fn read(args: &Args, name: &str, context: &Context) -> Result<String, CliError> {
    let bytes = if args.file.as_os_str() == STDIN {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(&args.file)
    };
    let failed = |error: io::Error| tr!(context.locale, "triage-no-file", file = name, cause = error.to_string());
    let bytes = bytes.map_err(|error| CliError::io(failed(error)))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// One evaluation.
struct Judge<'a> {
    args: &'a Args,
    context: &'a Context,
    name: &'a str,
    plan: &'a Plan,
    at: DateTime<Utc>,
}

impl Judge<'_> {
    fn labels(&self, task: Task, file: &str) -> Result<(), CliError> {
        let table = self.table(file)?;
        let rows = self.rows(&table, task.token())?;
        let (scores, mut wrong) = labels::evaluate(task, &rows, &self.args.positive, (self.plan, self.at))
            .map_err(|error| self.bad_label(&error))?;
        wrong.sort_by_key(|mistake| std::cmp::Reverse(mistake.confidence));
        wrong.truncate(self.args.mistakes);
        let mut out = Output::stdout();
        if self.args.json {
            out.json(&tell::LabelsShape::new(task.token(), &scores, &wrong))?;
        } else {
            for line in tell::labels(task.token(), &scores, &wrong, &self.context.locale) {
                out.line(&line)?;
            }
        }
        out.finish()
    }

    fn copies(&self, file: &str) -> Result<(), CliError> {
        let table = self.table(file)?;
        let rows = self.rows(&table, "group")?;
        let copies = copies::evaluate(&rows, self.plan, self.at);
        self.print(&tell::CopiesShape::new(&copies), || tell::copies(&copies, &self.context.locale))
    }

    fn surges(&self, file: &str) -> Result<(), CliError> {
        let table = self.table(file)?;
        let posts = bursts::posts(&table).map_err(|bursts::BadTime { line, found }| {
            let cause = tr!(self.context.locale, "eval-bad-time", found = clean_line(&found).into_owned());
            CliError::usage(tr!(self.context.locale, "eval-bad-line", file = self.name, line = line, cause = cause))
        })?;
        let figures = [bursts::evaluate(&posts, 1.0), bursts::at_most(&posts, bursts::FALSE_RATE)];
        self.print(&tell::BurstsShape::new(&figures), || tell::bursts(&figures, &self.context.locale))
    }

    fn order(&self, file: &str) -> Result<(), CliError> {
        let table = self.table(file)?;
        let posts = self.graded(&table)?;
        let events = order::evaluate(&posts, self.plan, self.at);
        self.print(&tell::OrderShape::new(&events), || tell::order(&events, &self.context.locale))
    }

    fn gold(&self, file: &str) -> Result<(), CliError> {
        let gold = gold::Gold::of(file, self.plan, self.at).map_err(|error| {
            let (line, cause) = (error.line, clean_line(&error.cause).into_owned());
            CliError::usage(tr!(self.context.locale, "eval-bad-line", file = self.name, line = line, cause = cause))
        })?;
        self.print(&tell::GoldShape::new(&gold), || tell::gold(&gold, &self.context.locale))
    }

    fn print(&self, shape: &impl serde::Serialize, lines: impl FnOnce() -> Vec<String>) -> Result<(), CliError> {
        let mut out = Output::stdout();
        if self.args.json {
            out.json(shape)?;
        } else {
            for line in lines() {
                out.line(&line)?;
            }
        }
        out.finish()
    }

    fn table<'f>(&self, file: &'f str) -> Result<Table<'f>, CliError> {
        Table::read(file).map_err(|error| self.bad_table(&error))
    }

    fn rows<'f>(&self, table: &Table<'f>, task: &str) -> Result<Vec<Labelled<'f>>, CliError> {
        let named = |name: &String| table.named(name).map_err(|error| self.bad_table(&error));
        let label = self.args.label.as_ref().map_or_else(|| Ok(table.label_column(task)), named)?;
        let text = self.args.text.as_ref().map_or_else(|| Ok(table.text_column()), named)?;
        Ok(table.labelled(label, text))
    }

    /// Posts with their gains: written in the table, or told by the two labels of `CrisisLex`.
    fn graded<'f>(&self, table: &Table<'f>) -> Result<Vec<Graded<'f>>, CliError> {
        let column = |name: &str| table.column(&[name]);
        let cells = |at: Option<usize>| -> Vec<&'f str> {
            at.map_or_else(Vec::new, |at| table.cells(at).map(|(_, cell)| cell).collect())
        };
        let (events, gains) = (cells(column("event")), cells(column("gain")));
        let (types, informative) = (cells(column("info_type")), cells(column("informativeness")));
        if gains.is_empty() && types.is_empty() {
            return Err(self.bad_table(&table.named("gain").err().unwrap_or(TableError::Empty)));
        }
        let lines: Vec<(usize, &'f str)> = table.cells(table.text_column()).collect();
        let cell = |cells: &[&'f str], at: usize| cells.get(at).copied().unwrap_or_default();
        let posts = lines.iter().enumerate().map(|(at, &(line, text))| {
            let gain = match cell(&gains, at) {
                "" => Ok(order::crisislex_gain(cell(&types, at), cell(&informative, at))),
                gain => gain.parse().map_err(|_| self.bad_gain(line, gain)),
            };
            Ok(Graded { line, event: cell(&events, at), gain: gain?, text: crate::trial::eval::table::plain(text) })
        });
        posts.collect()
    }

    fn bad_gain(&self, line: usize, gain: &str) -> CliError {
        let cause = tr!(self.context.locale, "eval-bad-gain", gain = clean_line(gain).into_owned());
        CliError::usage(tr!(self.context.locale, "eval-bad-line", file = self.name, line = line, cause = cause))
    }

    fn bad_label(&self, error: &labels::UnknownLabel) -> CliError {
        let (label, known) = (clean_line(&error.label).into_owned(), error.known.join(", "));
        let cause = tr!(self.context.locale, "eval-unknown-label", label = label, known = known);
        CliError::usage(tr!(self.context.locale, "eval-bad-line", file = self.name, line = error.line, cause = cause))
    }

    fn bad_table(&self, error: &TableError) -> CliError {
        let locale = &self.context.locale;
        CliError::usage(match error {
            TableError::Empty => tr!(locale, "eval-empty", file = self.name),
            TableError::NoColumn { name, there } => {
                let (column, there) = (clean_line(name).into_owned(), clean_line(&there.join(", ")).into_owned());
                tr!(locale, "eval-no-column", file = self.name, column = column, there = there)
            }
        })
    }
}
