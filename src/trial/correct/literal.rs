//! Changes a query inside its TOML string, and nothing else in the file.
//!
//! What enters: a file, the place of a rule in it, a term. What leaves: the file with the term in the rule; as it was
//! where the string cannot be found. Comments, order and line breaks stay.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::plan::toml_string;
use crate::query::{Expr, Query};

use super::patch::Files;
use super::{How, Target};

/// Adds or excludes `term`; false when the string could not be found, and then nothing is changed.
pub(super) fn change(files: &mut Files, target: &Target<'_>, term: &str) -> bool {
    let Some(text) = files.text(&target.rule.at.file) else { return false };
    let Some(place) = find(text, target) else { return false };
    let Some(changed) = changed(&text[place.clone()], target, term) else { return false };
    let whole = format!("{}{changed}{}", &text[..place.start], &text[place.end..]);
    files.replace(&target.rule.at.file, whole);
    true
}

/// The bytes of the string that holds the rule's query, its quotes included.
fn find(text: &str, target: &Target<'_>) -> Option<Range<usize>> {
    let key = target.rule.name.rsplit_once('.')?.1;
    let file = DeTable::parse(text).ok()?;
    let mut found = Vec::new();
    in_table(file.get_ref(), key, &mut found);
    let line = |offset: usize| 1 + text[..offset].bytes().filter(|byte| *byte == b'\n').count() as u32;
    found.retain(|(key_start, ..)| line(*key_start) == target.rule.at.line);
    if found.len() > 1 {
        let stage = target.rule.query.stage();
        found.retain(|(_, query, _)| Query::parse(query, stage).is_ok_and(|query| query == target.rule.query));
    }
    found.into_iter().next().map(|(.., place)| place)
}

/// Where a key begins, the text of its value, and the value's bytes.
type Found = (usize, String, Range<usize>);

fn in_table(table: &DeTable<'_>, key: &str, found: &mut Vec<Found>) {
    for (name, value) in table {
        match value.get_ref() {
            DeValue::String(text) if name.get_ref() == key => {
                found.push((name.span().start, text.to_string(), value.span()));
            }
            other => in_value(other, key, found),
        }
    }
}

fn in_value(value: &DeValue<'_>, key: &str, found: &mut Vec<Found>) {
    match value {
        DeValue::Table(table) => in_table(table, key, found),
        DeValue::Array(items) => items.iter().for_each(|item| in_value(item.get_ref(), key, found)),
        _ => {}
    }
}

/// The string with its query changed; its quotes, line breaks and words stay as they are. A string that cannot hold the
/// term becomes one that can.
fn changed(raw: &str, target: &Target<'_>, term: &str) -> Option<String> {
    let quote =
        ["'''", "\"\"\"", "'", "\""].into_iter().find(|quote| raw.starts_with(quote) && raw.ends_with(quote))?;
    let inside = raw.get(quote.len()..raw.len().checked_sub(quote.len())?)?;
    match quote {
        // Between single quotes nothing is escaped: what holds one has to stand between double ones.
        "'" if term.contains('\'') => Some(toml_string(&edited(inside, target, term))),
        // In a string of one line with double quotes the term's own quotes are escaped.
        "\"" => Some(format!("\"{}\"", edited(inside, target, &term.replace('"', "\\\"")))),
        "\"\"\"" => {
            let (query, joined) = without_joined_end(inside);
            Some(format!("\"\"\"{}{joined}\"\"\"", edited(query, target, term)))
        }
        _ => Some(format!("{quote}{}{quote}", edited(inside, target, term))),
    }
}

/// Parts a string that ends with a line joined to nothing: the backslash and the blanks it takes away stay behind.
fn without_joined_end(inside: &str) -> (&str, &str) {
    let end = inside.trim_end();
    let joined = inside[end.len()..].trim_start_matches([' ', '\t', '\r']).starts_with('\n');
    // Two backslashes are a letter.
    let backslashes = end.len() - end.trim_end_matches('\\').len();
    inside.split_at(if joined && backslashes % 2 == 1 { end.len() - 1 } else { inside.len() })
}

/// The query with the term, the blanks around it where they were.
fn edited(inside: &str, target: &Target<'_>, term: &str) -> String {
    let query = inside.trim();
    let (head, tail) = (inside.len() - inside.trim_start().len(), inside.trim_end().len());
    let (head, tail) = (&inside[..head.min(tail)], &inside[tail..]);
    let query = match target.how {
        // `OR` binds less than anything else.
        How::Add => format!("{query} OR {term}"),
        How::Exclude if matches!(target.rule.query.expr(), Expr::Or(_)) => format!("({query}) -{term}"),
        How::Exclude => format!("{query} -{term}"),
    };
    format!("{head}{query}{tail}")
}
