//! The parts of a plan that many plans do without: each with its own heading and a line for each thing, left out where the
//! plan has none. Words for their kinds are those of the whole page.

use chrono::{DateTime, Utc};

use crate::locale::Locale;
use crate::plan::{Place, Plan, Retention, Template};
use crate::tr;

use super::{heading, line, standing};

/// Appends every part the plan has; times are judged at `now`.
pub(super) fn write(plan: &Plan, now: DateTime<Utc>, locale: &Locale, text: &mut String) {
    for (name, lines) in words(plan, now, locale).into_iter().chain(duties(plan, now, locale)) {
        if lines.is_empty() {
            continue;
        }
        heading(text, &format!("{} ({})", locale.text(name), lines.len()));
        for words in lines {
            line(text, &format!("  {words}"));
        }
    }
}

/// A part: the name of its heading, and its lines.
type Part = (&'static str, Vec<String>);

/// What is talked about, and what is said.
fn words(plan: &Plan, now: DateTime<Utc>, locale: &Locale) -> [Part; 5] {
    let lang = locale.lang();
    let rumours = plan.rumours.iter().map(|rumour| {
        let status = locale.word("plan-page-rumour", rumour.status.as_ref());
        format!("{} · {status} · {}", rumour.id, rumour.claim.get(lang))
    });
    let variables = plan.variables.iter().map(|(name, variable)| format!("{{{name}}} · {}", variable.value.get(lang)));
    [
        ("plan-page-places", plan.places.iter().map(|found| place(found, locale)).collect()),
        ("plan-page-rumours", rumours.collect()),
        ("plan-page-templates", plan.templates.iter().map(|found| template(found, now, locale)).collect()),
        (
            "plan-page-labels",
            plan.labels.iter().map(|label| format!("{} · {}", label.id, locale.labels(&label.says))).collect(),
        ),
        ("plan-show-variables", variables.collect()),
    ]
}

/// What is to be done and kept, and by whom.
fn duties(plan: &Plan, now: DateTime<Utc>, locale: &Locale) -> [Part; 6] {
    let (lang, today) = (locale.lang(), plan.organization.hours.local_day(now));
    let protocols = plan.protocols.iter().map(|protocol| {
        let kind = locale.word("plan-page-protocol", protocol.kind.as_ref());
        format!("{} · {} · {kind} · {}", protocol.id, protocol.level.token(), protocol.title.get(lang))
    });
    let clauses = plan.clauses.iter().map(|clause| format!("{} · {}", clause.id, clause.title.get(lang)));
    let elections = plan.elections.iter().map(|period| {
        let state = locale.text(if period.contains(today) { "plan-show-now" } else { "plan-show-inactive" });
        format!("{} · {} – {} · {state} · {}", period.id, period.start, period.end, period.title.get(lang))
    });
    let records = plan
        .records
        .iter()
        .map(|series| format!("{} · {} · {}", series.id, retention(series.keep, locale), series.title.get(lang)));
    let roster = plan.roster.iter().map(|member| {
        let backup = member.backup.as_ref().and_then(|id| plan.roster.by_id(id)).map_or("–", |backup| &backup.name);
        format!("{} · {} · {} → {backup}", member.id, member.name, member.role)
    });
    let allows = plan.allows.iter().map(|allow| {
        let about = allow.id.as_ref().map(|id| format!(" · {id}")).unwrap_or_default();
        format!("{}{about} · {}", allow.code, allow.reason)
    });
    [
        ("plan-page-protocols", protocols.collect()),
        ("plan-page-clauses", clauses.collect()),
        ("plan-page-elections", elections.collect()),
        ("plan-page-records", records.collect()),
        ("plan-page-roster", roster.collect()),
        ("plan-page-allows", allows.collect()),
    ]
}

fn place(place: &Place, locale: &Locale) -> String {
    let name = place.name.get(locale.lang());
    match &place.not {
        Some(_) => format!("{} · {name} · {}", place.id, tr!(locale, "plan-show-negative-context")),
        None => format!("{} · {name}", place.id),
    }
}

fn template(template: &Template, now: DateTime<Utc>, locale: &Locale) -> String {
    let state = standing(&template.approval, now, locale);
    format!("{} · {state} · {}", template.id, template.title.get(locale.lang()))
}

fn retention(keep: Retention, locale: &Locale) -> String {
    match keep {
        Retention::Days(days) => tr!(locale, "plan-page-days-long", count = days),
        Retention::Years(years) => tr!(locale, "plan-page-years-long", count = years),
        Retention::Permanent => tr!(locale, "plan-page-permanent"),
    }
}
