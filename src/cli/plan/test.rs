//! `frontdesk plan test DIR`: the plan's own tests, what failed and why, and what no test reaches.

use chrono_tz::Tz;
use strum::IntoEnumIterator;

use crate::cli::{CliError, Context, Output};
use crate::plan::{Part, Plan, TrialCase};
use crate::text::{clean_line, comparable};
use crate::tr;
use crate::trial::{Cover, CoverReport, Failure, Trial, Trials, wording};

use super::PlanPath;

/// Arguments of `plan test`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanPath,
    /// Only the tests whose text, expected ids or place (tests.toml:12) contain this
    #[arg(value_name = "FILTER")]
    filter: Option<String>,
    /// Judge tests without a time of their own as of this moment: 2026-11-20, 2026-11-20T09:00 (the plan's zone) or
    /// 2026-11-20T09:00:00-08:00
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// List the rules and the branches of the road map that no test touches
    #[arg(long)]
    cover: bool,
    /// Print one JSON object a test, and one for the cover
    #[arg(long)]
    json: bool,
}

/// A test as a line of JSON.
#[derive(serde::Serialize)]
struct Line<'a> {
    at: &'a crate::plan::At,
    text: &'a str,
    passed: bool,
    failures: &'a [Failure],
}

/// The cover as a line of JSON.
#[derive(serde::Serialize)]
struct CoverLine {
    cover: CoverReport,
}

/// Runs the tests; one that fails makes exit 1.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let locale = &context.locale;
    let bad_at = || CliError::usage(tr!(locale, "plan-bad-at", value = args.at.as_deref().unwrap_or_default()));
    if args.at.as_deref().is_some_and(|at| super::moment(at, Tz::UTC).is_none()) {
        return Err(bad_at());
    }
    let (plan, _) = super::load_for_use(&args.plan.path, context)?;
    let now = match args.at.as_deref() {
        Some(at) => super::moment(at, plan.organization.hours.time_zone).ok_or_else(bad_at)?,
        None => context.clock.now(),
    };
    let cases = chosen(&plan, args, context)?;
    let mut run = Run { out: Output::stdout(), trials: Trials::new(&plan, now), cover: Cover::default(), failed: 0 };
    for case in &cases {
        run.one(case, args.json, context)?;
    }
    run.end(&plan, cases.len(), args, context)
}

/// The tests to run: all, or those the filter finds. A filter that finds none is a mistake.
fn chosen<'p>(plan: &'p Plan, args: &Args, context: &Context) -> Result<Vec<&'p TrialCase>, CliError> {
    let Some(filter) = &args.filter else { return Ok(plan.tests.iter().collect()) };
    let cases: Vec<&TrialCase> = plan.tests.iter().filter(|case| is_found(case, filter)).collect();
    if cases.is_empty() && !plan.tests.is_empty() {
        let filter = clean_line(filter).into_owned();
        return Err(CliError::usage(tr!(context.locale, "trial-no-match", filter = filter)));
    }
    Ok(cases)
}

fn is_found(case: &TrialCase, filter: &str) -> bool {
    let expected = Part::iter().filter_map(|part| case.expect.of(part)).flatten();
    let folded = |text: &str| {
        let mut folded = String::new();
        comparable(text, &mut folded);
        folded
    };
    case.at.to_string().contains(filter)
        || folded(&case.text).contains(&folded(filter))
        || expected.into_iter().any(|id| &*id == filter)
}

struct Run<'p> {
    out: Output,
    trials: Trials<'p>,
    cover: Cover,
    failed: usize,
}

impl<'p> Run<'p> {
    fn one(&mut self, case: &'p TrialCase, json: bool, context: &Context) -> Result<(), CliError> {
        let trial: Trial<'p> = self.trials.run(case);
        self.cover.add(&trial);
        self.failed += usize::from(!trial.passed());
        if json {
            let (passed, failures) = (trial.passed(), &trial.failures[..]);
            return self.out.json(&Line { at: &case.at, text: &trial.mention.text, passed, failures });
        }
        if !trial.passed() {
            for line in wording::failed(&trial, &context.locale) {
                self.out.line(&line)?;
            }
        }
        Ok(())
    }

    fn end(mut self, plan: &Plan, total: usize, args: &Args, context: &Context) -> Result<(), CliError> {
        let mut lines = Vec::new();
        if plan.tests.is_empty() {
            lines.extend(wording::no_tests(plan, &context.locale));
        } else {
            lines.push(wording::summary(total - self.failed, self.failed, &context.locale));
        }
        if args.cover {
            let cover = self.cover.report(plan);
            lines.extend(wording::cover(&cover, &context.locale));
            if args.json {
                self.out.json(&CoverLine { cover })?;
            }
        }
        if !args.json {
            for line in &lines {
                self.out.line(line)?;
            }
        }
        self.out.finish()?;
        if self.failed > 0 { Err(CliError::problems()) } else { Ok(()) }
    }
}
