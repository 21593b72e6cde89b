//! The escalation brief: everything the person at that tier needs, ready to be pasted into a message.

use chrono::{DateTime, Utc};

use super::Suggestion;
use crate::locale::Locale;
use crate::pipeline::Assessed;
use crate::plan::service_level::{always_deadline, business_deadline};
use crate::plan::{Plan, Tier};
use crate::tr;

/// A brief and what goes with it into the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The words, several lines, without one at the end.
    pub text: String,
    /// Role and name it goes to.
    pub to: String,
    /// By when it is to be acknowledged.
    pub due: Option<DateTime<Utc>>,
}

/// Writes the brief of a mention for `tier`: what was said and where, why it matters, what is asked by when, and the
/// line the plan suggests. Tier 3 is called day and night; the others count published hours.
pub fn brief(
    assessed: &Assessed,
    plan: &Plan,
    tier: &Tier,
    suggestion: Option<&Suggestion>,
    now: DateTime<Utc>,
    locale: &Locale,
) -> Brief {
    let hours = &plan.organization.hours;
    let due = tier.acknowledge_within.map(|within| {
        if tier.level >= 3 { always_deadline(now, within) } else { business_deadline(now, within, hours) }
    });
    let to = whom(tier);
    let title = tier.title.get(locale.lang());
    let mut lines = vec![
        tr!(locale, "reply-brief-title", tier = u32::from(tier.level), title = title),
        tr!(locale, "reply-brief-to", to = if to.is_empty() { "—" } else { to.as_str() }),
    ];
    if let Some(channel) = &tier.channel {
        lines.push(tr!(locale, "reply-brief-channel", channel = channel));
    }
    lines.push(String::new());
    lines.extend(what_was_said(assessed, locale));
    lines.push(why(assessed, plan, locale));
    lines.push(match due {
        Some(due) => {
            let due = locale.date_time(&due.with_timezone(&hours.time_zone));
            tr!(locale, "reply-brief-ask-by", due = due)
        }
        None => tr!(locale, "reply-brief-ask"),
    });
    if let Some(suggestion) = suggestion {
        lines.push(tr!(locale, "reply-brief-suggested", message = &*suggestion.message, text = &suggestion.text));
        if let Some(blocked) = &suggestion.blocked {
            lines.push(tr!(locale, "reply-brief-blocked", why = blocked.text(locale, hours.time_zone)));
        }
    }
    Brief { text: lines.join("\n"), to, due }
}

fn whom(tier: &Tier) -> String {
    [&tier.role, &tier.name].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn what_was_said(assessed: &Assessed, locale: &Locale) -> Vec<String> {
    let mention = &assessed.mention;
    let who = mention.author.display().unwrap_or("—");
    let mut lines = vec![tr!(locale, "reply-brief-said", author = who, network = mention.network.token())];
    lines.extend(mention.text.lines().map(|line| format!("> {line}")));
    if let Some(url) = &mention.url {
        lines.push(url.clone());
    }
    lines.push(String::new());
    lines
}

/// The level with the reasons that gave points, and the initiatives by name.
fn why(assessed: &Assessed, plan: &Plan, locale: &Locale) -> String {
    let assessment = &assessed.assessment;
    let initiatives = assessment.initiatives.iter().filter_map(|hit| plan.initiatives.by_id(&hit.id));
    let titles = initiatives.map(|initiative| initiative.title.get(locale.lang()).to_owned());
    let bounds = assessment.priority.floor.iter().map(|floor| {
        let title = plan.floor_title(&floor.name);
        title.map_or_else(|| floor.name.to_string(), |title| title.get(locale.lang()).to_owned())
    });
    let points = assessment.priority.reasons.iter().filter(|reason| reason.points > 0);
    let points = points.map(|reason| reason.name().into_owned());
    let mut reasons: Vec<String> = Vec::new();
    for reason in titles.chain(bounds).chain(points) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let level = assessment.priority.level;
    tr!(
        locale,
        "reply-brief-why",
        level = level.token(),
        word = locale.word("level", level.token()),
        reasons = if reasons.is_empty() { "—".to_owned() } else { reasons.join(" · ") }
    )
}
