//! `frontdesk plan show DIR`: an overview of a plan as plain text, or the whole of it as a page for people.

mod parts;

use std::fmt::Write;
use std::io::Write as _;

use chrono::{DateTime, Utc};

use crate::cli::{CliError, Context, Output};
use crate::locale::Locale;
use crate::mention::Level;
use crate::plan::{Approval, Plan, Validity};
use crate::report::{Markup, PlanPage};
use crate::text::clean_line;
use crate::tr;

use super::{PlanPath, moment};

/// Arguments of `plan show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanPath,
    /// Print the whole plan as one web page, in the organization's languages or only in that of --lang
    #[arg(long)]
    html: bool,
    /// Print the whole plan as Markdown, in the organization's languages or only in that of --lang
    #[arg(long, visible_alias = "md", conflicts_with = "html")]
    markdown: bool,
    /// Tell approvals, expiries and findings as of this moment, written as for plan check
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

/// Prints the overview or the page.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let (plan, _) = super::load_for_use(&args.plan.path, context)?;
    let now = match &args.at {
        None => context.clock.now(),
        Some(at) => moment(at, plan.organization.hours.time_zone)
            .ok_or_else(|| CliError::usage(tr!(context.locale, "plan-bad-at", value = at)))?,
    };
    let markup = match (args.html, args.markdown) {
        (true, _) => Some(Markup::Html),
        (_, true) => Some(Markup::Markdown),
        _ => None,
    };
    let mut out = Output::stdout();
    if let Some(markup) = markup {
        let only = context.lang.map(Into::into);
        let page = PlanPage { plan: &plan, locale: &context.locale, only, now }.write(markup);
        out.write_all(page.as_bytes())?;
        return out.finish();
    }
    for line in overview(&plan, now, &context.locale).lines() {
        out.line(&clean_line(line))?;
    }
    out.finish()
}

/// The overview, a heading for each part and a line for each thing.
fn overview(plan: &Plan, now: DateTime<Utc>, locale: &Locale) -> String {
    let mut text = String::new();
    let lang = locale.lang();
    let organization = &plan.organization;
    let languages: Vec<String> =
        organization.languages.iter().map(|code| locale.word("language", code.token())).collect();
    line(&mut text, organization.name.get(lang));
    let zone = organization.hours.time_zone.name();
    line(&mut text, &format!("  {zone} · {} · {}", languages.join(", "), &plan.hash.as_str()[..12]));
    initiatives(plan, now, locale, &mut text);
    heading(&mut text, &tr!(locale, "plan-show-stakeholders", count = plan.stakeholders.len()));
    for group in &plan.stakeholders {
        let kind = locale.word("stakeholder", group.kind.token());
        line(&mut text, &format!("  {} · {} · {kind} · {:+}", group.id, group.name.get(lang), group.weight));
    }
    messages(plan, now, locale, &mut text);
    heading(&mut text, &tr!(locale, "plan-show-levels"));
    for level in [Level::P1, Level::P2, Level::P3, Level::P4] {
        let service = plan.priority.service_levels.of(level);
        let period = |period: Option<crate::plan::Period>| period.map_or("–".to_owned(), |period| period.to_string());
        let clock: &str = service.clock.into();
        let (acknowledge, substance) = (period(service.acknowledge), period(service.substance));
        let clock = locale.word("plan-clock", clock);
        line(&mut text, &format!("  {} · {acknowledge} / {substance} · {clock}", level.token()));
    }
    heading(&mut text, &tr!(locale, "plan-show-tiers", count = plan.tiers.len()));
    for tier in &plan.tiers {
        let whom = [&tier.role, &tier.name].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        line(&mut text, &format!("  {} · {} · {whom}", tier.level, tier.title.get(lang)));
    }
    parts::write(plan, now, locale, &mut text);
    text
}

fn initiatives(plan: &Plan, now: DateTime<Utc>, locale: &Locale, text: &mut String) {
    let today = plan.organization.hours.local_day(now);
    heading(text, &tr!(locale, "plan-show-initiatives", count = plan.initiatives.len()));
    for initiative in &plan.initiatives {
        let posture = locale.word("posture", initiative.posture.token());
        let state = if initiative.is_active(today) { posture } else { tr!(locale, "plan-show-inactive") };
        line(text, &format!("  {} · {} · {state}", initiative.id, initiative.title.get(locale.lang())));
    }
}

fn messages(plan: &Plan, now: DateTime<Utc>, locale: &Locale, text: &mut String) {
    heading(text, &tr!(locale, "plan-show-messages", count = plan.messages.len()));
    for message in &plan.messages {
        let state = standing(&message.approval, now, locale);
        line(text, &format!("  {} · {state} · {}", message.id, message.text.get(locale.lang())));
    }
}

/// How far a text has come, and before that whether its dates keep it back; what is retired has none that count.
fn standing(approval: &Approval, now: DateTime<Utc>, locale: &Locale) -> String {
    match approval.validity(now) {
        Validity::NotYet(_) if !approval.is_retired() => tr!(locale, "plan-message-not-yet"),
        Validity::Expired(_) if !approval.is_retired() => tr!(locale, "plan-message-over"),
        _ => locale.word("plan-message", approval.status.as_ref()),
    }
}

fn heading(text: &mut String, words: &str) {
    text.push('\n');
    line(text, words);
}

/// One line, whatever the words hold: a plan's text may have newlines.
fn line(text: &mut String, words: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}", words.replace(['\n', '\r'], " "));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    #[test]
    fn an_overview_names_every_part() {
        let plan = "[organization]\nname = \"Alder Bay\"\ntime_zone = \"America/Vancouver\"\n\
                    [[initiative]]\nid = \"water\"\ntitle = { en = \"Water\", fr = \"Eau\" }\nmatch = \"water\"\nend = 2026-01-01\n\
                    [[message]]\nid = \"KM\"\ntext = \"\"\"Boil\nit\"\"\"\n\
                    [[tier]]\nlevel = 3\ntitle = \"Crisis\"\nrole = \"CAO\"\n";
        let plan = crate::plan::fixtures::plan(plan);
        let now = "2026-11-20T00:00:00Z".parse().expect("an instant");
        insta::assert_snapshot!("overview", overview(&plan, now, &Locale::new(Lang::En)));
        insta::assert_snapshot!("overview_fr", overview(&plan, now, &Locale::new(Lang::Fr)));
    }

    #[test]
    fn the_demo_towns_overview_has_the_other_parts_too() {
        let files = crate::run::demo::files()
            .iter()
            .filter_map(|(name, text)| Some((name.strip_prefix("plan/")?.to_owned(), (*text).to_owned())));
        let (plan, _) = crate::plan::from_files(files.collect()).expect("loads");
        let now = "2027-02-10T00:00:00Z".parse().expect("an instant");
        let parts = |lang| {
            let mut text = String::new();
            parts::write(&plan, now, &Locale::new(lang), &mut text);
            text
        };
        insta::assert_snapshot!("parts", parts(Lang::En));
        insta::assert_snapshot!("parts_fr", parts(Lang::Fr));
    }
}
