//! `frontdesk plan check DIR`: every problem and finding, with its place.

mod sarif;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::cli::{CliError, Context, Output};
use crate::locale::Locale;
use crate::plan::diagnostic::Severity;
use crate::plan::service_level::resolve_local;
use crate::plan::{self, Diagnostic};
use crate::tr;

use super::PlanPath;

/// Arguments of `plan check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanPath,
    /// Print one JSON object a line: file, line, column, code, severity, subject, message, suggestion, allowed, reason
    #[arg(long)]
    json: bool,
    /// Print a SARIF 2.1.0 log, for code hosts that show findings beside the lines
    #[arg(long, conflicts_with = "json")]
    sarif: bool,
    /// Exit 1 for warnings too, but for those the plan allows
    #[arg(long)]
    strict: bool,
    /// Judge dates as of this moment: 2026-11-20, 2026-11-20T09:00 (the plan's zone) or 2026-11-20T09:00:00-08:00
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

/// Prints what there is to say; errors, and with `--strict` warnings that the plan does not allow, make a failure.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    if let Some(at) = &args.at
        && moment(at, Tz::UTC).is_none()
    {
        return Err(CliError::usage(tr!(context.locale, "plan-bad-at", value = at)));
    }
    let (diagnostics, fatal) = match plan::load(&args.plan.path) {
        Ok((plan, _)) => {
            let zone = plan.organization.hours.time_zone;
            let now = args.at.as_deref().and_then(|at| moment(at, zone)).unwrap_or_else(|| context.clock.now());
            let findings = plan::check(&plan, now);
            let of = |finding| Diagnostic::of_finding(finding, &plan.sources, &context.locale);
            (findings.iter().map(of).collect::<Vec<_>>(), None)
        }
        Err(errors) => {
            let of = |problem| Diagnostic::of_problem(problem, &context.locale);
            (errors.0.iter().map(of).collect(), Some(errors))
        }
    };
    if let Some(errors) = &fatal
        && (errors.is_absent() || errors.is_io())
    {
        let lines: Vec<String> = diagnostics.iter().map(|line| line.render(&context.locale)).collect();
        return Err(super::failure(errors, lines.join("\n")));
    }
    print(&diagnostics, args, context)?;
    let failed = fatal.is_some() || args.strict && diagnostics.iter().any(|diagnostic| !diagnostic.allowed);
    if failed { Err(CliError::problems()) } else { Ok(()) }
}

fn print(diagnostics: &[Diagnostic], args: &Args, context: &Context) -> Result<(), CliError> {
    let mut out = Output::stdout();
    if args.sarif {
        out.json(&sarif::log(&args.plan.path, diagnostics, &context.locale))?;
        return out.finish();
    }
    if args.json {
        for diagnostic in diagnostics {
            out.json(diagnostic)?;
        }
        return out.finish();
    }
    let (allowed, told): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|diagnostic| diagnostic.allowed);
    for diagnostic in &told {
        out.line(&diagnostic.render(&context.locale))?;
    }
    out.line(&total(&told, allowed.len(), &context.locale))?;
    if let Some(first) = told.first() {
        out.line(&tr!(context.locale, "plan-explain-hint", code = first.code))?;
    }
    out.finish()
}

/// `2 warnings, 3 allowed`.
fn total(told: &[&Diagnostic], allowed: usize, locale: &Locale) -> String {
    let errors = told.iter().filter(|line| line.severity == Severity::Error).count();
    let mut total = match (errors, told.len() - errors) {
        (0, 0) => tr!(locale, "plan-fine"),
        (0, warnings) => tr!(locale, "plan-count-warnings", count = warnings),
        (errors, _) => tr!(locale, "plan-count-errors", count = errors),
    };
    if allowed > 0 {
        total.push_str(", ");
        total.push_str(&tr!(locale, "plan-count-allowed", count = allowed));
    }
    total
}

/// An instant as a person writes it; without an offset it is in `zone`, a day alone is its noon.
pub fn moment(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.with_timezone(&Utc));
    }
    let local = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let noon =
        || text.parse::<NaiveDate>().ok().zip(NaiveTime::from_hms_opt(12, 0, 0)).map(|(day, time)| day.and_time(time));
    local.or_else(noon).map(|local| resolve_local(zone, local))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("2026-11-20T09:00:00-08:00", Some("2026-11-20T17:00:00Z"))]
    #[case("2026-11-20T09:00", Some("2026-11-20T17:00:00Z"))]
    #[case("2026-11-20 09:00", Some("2026-11-20T17:00:00Z"))]
    #[case("2026-11-20", Some("2026-11-20T20:00:00Z"))]
    #[case("tomorrow", None)]
    fn moments(#[case] text: &str, #[case] expected: Option<&str>) {
        let expected = expected.map(|text| text.parse().expect("an instant"));
        assert_eq!(moment(text, chrono_tz::America::Vancouver), expected);
    }
}
