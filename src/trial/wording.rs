//! Says in a person's language what a test, the cover or a comparison found; the only place of this module with words.
//!
//! What enters: typed findings and a language. What leaves: lines without a newline, safe to show: ids, rules and places stand
//! as the plan writes them.

use std::collections::BTreeMap;
use std::fmt::Write;

use strum::IntoEnumIterator;

use crate::locale::{Arg, Locale};
use crate::mention::{Id, Level};
use crate::plan::{At, Part, Plan};
use crate::query;
use crate::text::clean_line;
use crate::tr;

use super::cause::Cause;
use super::changes::{Changed, PlanChange};
use super::cover::{CoverReport, Share};
use super::diff::{COMPARED, Change, Example, Impact, Maker, Moves, Side};
use super::expect::{Ask, Failure};
use super::run::Trial;

/// So much room is before a cause.
const INDENT: &str = "    ";
/// Of the ids that moved so many are named.
const MAX_MOVED: usize = 6;

/// A failing test: where it stands with its text, what did not come, and why.
pub fn failed(trial: &Trial<'_>, locale: &Locale) -> Vec<String> {
    let text = clean_line(&trial.mention.text).into_owned();
    let mut lines = vec![tr!(locale, "trial-failed", place = trial.case.at.to_string(), text = text)];
    let mut told: Vec<&Cause> = Vec::new();
    for failure in &trial.failures {
        lines.push(format!("  {}", failure_line(failure, locale)));
        for why in failure.why.iter().filter(|why| !matches!(why, Cause::Points { points: 0, .. })) {
            // What explains one key often explains the next: once is enough for a person.
            if !told.contains(&why) {
                told.push(why);
                lines.push(format!("{INDENT}{}", cause(why, &trial.mention.text, locale)));
            }
        }
    }
    lines
}

fn failure_line(failure: &Failure, locale: &Locale) -> String {
    let (part, came) = (failure.part.token(), ids(&failure.came, locale));
    let (expected, unexpected) = (ids(&failure.expected, locale), ids(&failure.unexpected, locale));
    match failure.ask {
        Ask::Only if failure.part.is_list() && !failure.expected.is_empty() => {
            tr!(locale, "trial-expected-only", part = part, expected = expected, came = came)
        }
        Ask::All | Ask::Only => tr!(locale, "trial-expected", part = part, expected = expected, came = came),
        Ask::Not => tr!(locale, "trial-unexpected", part = part, unexpected = unexpected),
    }
}

fn ids(ids: &[Id], locale: &Locale) -> String {
    if ids.is_empty() { tr!(locale, "trial-nothing") } else { ids.join(", ") }
}

/// The first of many ids.
fn few(ids: &[Id], locale: &Locale) -> String {
    let more = ids.len().saturating_sub(MAX_MOVED);
    let told = self::ids(&ids[..ids.len() - more], locale);
    if more == 0 { told } else { format!("{told}, {}", tr!(locale, "trial-diff-more", count = more)) }
}

/// One cause, in a line; `text` is the mention's.
pub fn cause(cause: &Cause, text: &str, locale: &Locale) -> String {
    match cause {
        Cause::Silent { rule, at, lacks } if lacks.is_empty() => {
            tr!(locale, "trial-cause-silent", rule = &**rule, place = at.to_string())
        }
        Cause::Silent { rule, at, lacks } => {
            let lacks = clean_line(&query::wording::lacking(lacks, text, locale)).into_owned();
            tr!(locale, "trial-cause-lacks", rule = &**rule, place = at.to_string(), lacks = lacks)
        }
        Cause::Held { rule, at, words } => match quoted(words, locale) {
            Some(words) => tr!(locale, "trial-cause-held", rule = &**rule, place = at.to_string(), words = words),
            None => tr!(locale, "trial-cause-held-otherwise", rule = &**rule, place = at.to_string()),
        },
        Cause::Against { rule, at, words } => {
            let words = quoted(words, locale).unwrap_or_else(|| tr!(locale, "trial-nothing"));
            tr!(locale, "trial-cause-against", rule = &**rule, place = at.to_string(), words = words)
        }
        Cause::NothingSpeaks => tr!(locale, "trial-cause-nothing-speaks"),
        Cause::Account { id, there: true, at } => {
            tr!(locale, "trial-cause-account", id = &**id, place = at.to_string())
        }
        Cause::Account { id, there: false, at } => {
            tr!(locale, "trial-cause-no-account", id = &**id, place = at.to_string())
        }
        Cause::NoRule { id, at } => tr!(locale, "trial-cause-no-rule", id = &**id, place = at.to_string()),
        Cause::Through { ids, initiative, there: true } => {
            tr!(locale, "trial-cause-through", ids = few(ids, locale), initiative = &**initiative)
        }
        Cause::Through { ids, initiative, there: false } => {
            tr!(locale, "trial-cause-not-through", ids = few(ids, locale), initiative = &**initiative)
        }
        Cause::Blocked { id, zone, reason } => {
            let reason = clean_line(&reason.text(locale, *zone)).into_owned();
            tr!(locale, "trial-cause-blocked", id = &**id, reason = reason)
        }
        Cause::NotOffered { id, level } => {
            tr!(locale, "trial-cause-not-offered", id = &**id, level = level.token())
        }
        Cause::Retired { id, at } => tr!(locale, "trial-cause-retired", id = &**id, place = at.to_string()),
        _ => judged(cause, locale),
    }
}

/// Causes of a level, a branch, a language, an intent.
fn judged(cause: &Cause, locale: &Locale) -> String {
    match cause {
        Cause::Score { score, level } => {
            // A number of points is one number, not a count of things.
            tr!(locale, "trial-cause-score", score = score.to_string(), level = level.token())
        }
        Cause::Points { name, points, at } => {
            let points = format!("{points:+}");
            match at {
                Some(at) => tr!(locale, "trial-cause-points", name = name, points = points, place = at.to_string()),
                None => tr!(locale, "trial-cause-points-built-in", name = name, points = points),
            }
        }
        Cause::Floor { name, level, at } => {
            tr!(locale, "trial-cause-floor", name = &**name, level = level.token(), place = at.to_string())
        }
        Cause::Cap { name, level, at } => {
            tr!(locale, "trial-cause-cap", name = &**name, level = level.token(), place = at.to_string())
        }
        Cause::Answer { step, yes, assumed, at } => {
            let (step, place) = (&**step, at.to_string());
            match (yes, assumed) {
                (true, false) => tr!(locale, "trial-cause-yes", step = step, place = place),
                (false, false) => tr!(locale, "trial-cause-no", step = step, place = place),
                (true, true) => tr!(locale, "trial-cause-yes-assumed", step = step, place = place),
                (false, true) => tr!(locale, "trial-cause-no-assumed", step = step, place = place),
            }
        }
        Cause::Language { code, confidence } => {
            let percent = confidence.as_percent().to_string();
            tr!(locale, "trial-cause-language", language = code.token(), percent = percent)
        }
        Cause::Evidence { intent, words } => {
            let words = quoted(words, locale).unwrap_or_else(|| tr!(locale, "trial-nothing"));
            tr!(locale, "trial-cause-evidence", intent = *intent, words = words)
        }
        Cause::NoEvidence { intent } => tr!(locale, "trial-cause-no-evidence", intent = &**intent),
        _ => String::new(),
    }
}

fn quoted(words: &[String], locale: &Locale) -> Option<String> {
    let quoted: Vec<String> = words.iter().map(|words| tr!(locale, "trial-quote", words = words)).collect();
    (!quoted.is_empty()).then(|| quoted.join(", "))
}

/// How many tests passed and failed.
pub fn summary(passed: usize, failed: usize, locale: &Locale) -> String {
    let total = passed + failed;
    if failed == 0 {
        return tr!(locale, "trial-all-passed", total = total);
    }
    tr!(locale, "trial-some-failed", total = total, passed = passed, failed = failed)
}

/// For a plan without tests: how to write one, about the first initiative of the plan.
pub fn no_tests(plan: &Plan, locale: &Locale) -> Vec<String> {
    let initiative = plan.initiatives.first().map_or("water", |initiative| &*initiative.id);
    let text = tr!(locale, "trial-none-text");
    vec![
        tr!(locale, "trial-none"),
        String::new(),
        "[[test]]".to_owned(),
        format!("text = \"{text}\""),
        format!("expect = {{ initiatives = [\"{initiative}\"], priority = \"P3\", intents = [\"question\"] }}"),
        String::new(),
        tr!(locale, "trial-none-keys"),
    ]
}

/// What the tests reach: counts for each kind, then each rule, outcome and answer that none does.
pub fn cover(report: &CoverReport, locale: &Locale) -> Vec<String> {
    let share = |what: String, Share { touched, of }: Share| {
        tr!(locale, "trial-cover-share", what = what, touched = touched, of = of)
    };
    let mut lines = vec![share(tr!(locale, "trial-cover-rules"), report.rules)];
    let kinds = report.kinds.iter();
    lines.extend(kinds.map(|kind| format!("  {}", share(locale.word("rule-kind", kind.kind), kind.share))));
    let rule = |rule: &super::cover::Untouched| {
        let kind = locale.word("rule-kind", rule.kind);
        tr!(locale, "trial-cover-untouched", kind = kind, rule = &*rule.rule, place = rule.at.to_string())
    };
    listed(&mut lines, tr!(locale, "trial-cover-untouched-head"), report.untouched.iter().map(rule));
    lines.push(share(tr!(locale, "trial-cover-outcomes"), report.outcomes));
    let outcome = |outcome: &super::cover::Unreached| stands(&outcome.id, &outcome.at);
    listed(&mut lines, tr!(locale, "trial-cover-unreached-head"), report.unreached.iter().map(outcome));
    lines.push(share(tr!(locale, "trial-cover-branches"), report.branches));
    let branch = |branch: &super::cover::Branch| {
        let (step, place) = (&*branch.step, branch.at.to_string());
        if branch.yes {
            tr!(locale, "trial-cover-untaken-yes", step = step, place = place)
        } else {
            tr!(locale, "trial-cover-untaken-no", step = step, place = place)
        }
    };
    listed(&mut lines, tr!(locale, "trial-cover-untaken-head"), report.untaken.iter().map(branch));
    lines
}

fn listed(lines: &mut Vec<String>, head: String, items: impl Iterator<Item = String>) {
    let mut items = items.map(|item| format!("  {item}")).peekable();
    if items.peek().is_some() {
        lines.push(head);
        lines.extend(items);
    }
}

fn stands(id: &str, at: &At) -> String {
    format!("{id} ({at})")
}

/// A table of the plan that differs, and under it each key that does.
pub fn plan_change(change: &PlanChange, locale: &Locale) -> Vec<String> {
    let PlanChange { table, id, at, what } = change;
    let name = if id.is_empty() { table.clone() } else { format!("{table} {id}") };
    let mark = match what {
        Changed::Added => '+',
        Changed::Removed => '-',
        Changed::Changed { .. } => '~',
    };
    let mut lines = vec![format!("  {mark} {}", stands(&name, at))];
    if let Changed::Changed { keys } = what {
        for key in keys {
            let value = |value: &Option<String>| value.clone().unwrap_or_else(|| tr!(locale, "trial-diff-absent"));
            let (before, after) = (value(&key.before), value(&key.after));
            let line = tr!(locale, "trial-diff-change", part = key.key.as_str(), before = before, after = after);
            lines.push(format!("      {line}"));
        }
    }
    lines
}

/// An example of a mention that comes out differently: each part with what made it. The text is the caller's to show.
pub fn example(example: &Example, locale: &Locale) -> Vec<String> {
    let mut lines = Vec::new();
    let mut told: Vec<&Maker> = Vec::new();
    for Change { part, before, after, made_by } in &example.changes {
        let (before, after) = (few(before, locale), few(after, locale));
        lines.push(format!(
            "  {}",
            tr!(locale, "trial-diff-change", part = part.token(), before = before, after = after)
        ));
        for maker in made_by {
            if told.contains(&maker) {
                continue;
            }
            told.push(maker);
            let mark = match maker.side {
                Side::Before => '-',
                Side::After => '+',
            };
            lines.push(format!("    {mark} {}", cause(&maker.why, &example.text, locale)));
        }
    }
    lines
}

/// What a changed plan does to the mentions it was tried on, in numbers; the examples follow after it.
pub fn impact(impact: &Impact, locale: &Locale) -> Vec<String> {
    let mut lines = vec![tr!(locale, "trial-diff-mentions", count = impact.mentions)];
    if impact.is_none() {
        lines.extend((impact.mentions > 0).then(|| tr!(locale, "trial-diff-none")));
        return lines;
    }
    lines.push(tr!(locale, "trial-diff-changed", count = impact.changed));
    for (name, moves) in [("trial-diff-urgent", impact.urgent), ("trial-diff-relevant", impact.relevant)] {
        if moves != Moves::default() {
            let moves = [("gained", Arg::from(moves.gained)), ("lost", Arg::from(moves.lost))];
            lines.push(format!("  {}", locale.text_with(name, &moves)));
        }
    }
    for part in COMPARED.map(Part::token) {
        let Some(count) = impact.parts.get(part) else { continue };
        let line = match impact.moves.get(part) {
            Some(moves) => {
                tr!(locale, "trial-diff-part-moves", part = part, count = *count, moves = moved(moves, locale))
            }
            None => tr!(locale, "trial-diff-part", part = part, count = *count),
        };
        lines.push(format!("  {line}"));
        if part == Part::Priority.token() {
            lines.extend(matrix(&impact.levels).into_iter().map(|line| format!("{INDENT}{line}")));
        }
    }
    lines.push(tr!(locale, "trial-diff-examples", count = impact.examples.len()));
    lines
}

/// The ids that moved most.
fn moved(moves: &BTreeMap<Id, Moves>, locale: &Locale) -> String {
    let mut most: Vec<(&Id, &Moves)> = moves.iter().collect();
    most.sort_by_key(|(_, moves)| std::cmp::Reverse(moves.gained + moves.lost));
    let told = most.iter().take(MAX_MOVED).map(|(id, Moves { gained, lost })| match (gained, lost) {
        (gained, 0) => format!("{id} +{gained}"),
        (0, lost) => format!("{id} −{lost}"),
        (gained, lost) => format!("{id} +{gained} −{lost}"),
    });
    let mut told: Vec<String> = told.collect();
    let more = most.len().saturating_sub(MAX_MOVED);
    told.extend((more > 0).then(|| tr!(locale, "trial-diff-more", count = more)));
    told.join(", ")
}

/// Levels before, a row each, by levels after, a column each; what stays is in the diagonal.
///
/// ```text
///      → P1  P2  P3  P4
/// P1      3   1   0   0
/// P2      0   9   0   2
/// ```
fn matrix(levels: &[[usize; 4]; 4]) -> Vec<String> {
    let columns = levels.iter().flatten().map(|count| count.to_string().len()).max().unwrap_or(1).max(2) + 2;
    let row = |cells: &[String]| {
        let mut row = String::new();
        for cell in cells {
            // Writing to a string cannot fail.
            let _ = write!(row, "{cell:>columns$}");
        }
        row
    };
    let levels_after: Vec<String> = Level::iter().map(|level| level.token().to_owned()).collect();
    let mut lines = vec![format!("  →{}", row(&levels_after))];
    for (level, counts) in Level::iter().zip(levels) {
        lines.push(format!("{} {}", level.token(), row(&counts.map(|count| count.to_string()))));
    }
    lines
}
