//! What differs between two plans, as their authors wrote them: tables that came, went or say something else.
//!
//! What enters: two plans. What leaves: one [`PlanChange`] a table, with the keys that differ. Tables are told apart by kind
//! and id, so that one that moved within a file or to another file is the same. The files' words are compared, not
//! what they come to: what a plan leaves to the built-in files is no change. Safe to show.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::plan::{At, Plan, SourceFile};
use crate::text::clean_line;
use crate::text::width::{truncate, width};

/// The keys that tell the tables of one kind apart, the first one there counts.
const NAMES: [&str; 5] = ["id", "name", "level", "code", "text"];
/// A value that takes more columns is cut where it is shown.
const MAX_COLUMNS: usize = 160;
/// So many bytes of what two long values share are shown before they part.
const BEFORE: usize = 40;
/// Names of tables are cut so.
const MAX_NAME_COLUMNS: usize = 60;

/// A table that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanChange {
    /// Its kind: the key it stands under, `initiative`.
    pub table: String,
    /// What tells it from others of its kind, cut when it is long; empty where a plan has one only.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Where it stands: in the new plan, or in the old one when it went.
    pub at: At,
    /// What became of it.
    #[serde(flatten)]
    pub what: Changed,
}

/// What became of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Changed {
    /// It came.
    Added,
    /// It went.
    Removed,
    /// It says something else.
    Changed {
        /// The keys that differ, in alphabetical order.
        keys: Vec<KeyChange>,
    },
}

/// A key that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyChange {
    /// The key.
    pub key: String,
    /// What it was, as TOML, cut when it is long; `None` where it was not there.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

/// Everything that differs, by kind and then id.
pub fn plan_changes(old: &Plan, new: &Plan) -> Vec<PlanChange> {
    let (old, new) = (tables(old), tables(new));
    let keys: BTreeSet<&(String, String)> = old.keys().chain(new.keys()).collect();
    keys.into_iter().filter_map(|key| change(key, old.get(key), new.get(key))).collect()
}

fn change(key: &(String, String), old: Option<&Entry>, new: Option<&Entry>) -> Option<PlanChange> {
    let (at, what) = match (old, new) {
        (Some(old), None) => (&old.at, Changed::Removed),
        (None, Some(new)) => (&new.at, Changed::Added),
        (Some(old), Some(new)) => {
            let names: BTreeSet<&String> = old.keys.keys().chain(new.keys.keys()).collect();
            let keys: Vec<KeyChange> = names
                .into_iter()
                .filter(|name| old.keys.get(*name) != new.keys.get(*name))
                .map(|name| key_change(name, old.keys.get(name), new.keys.get(name)))
                .collect();
            if keys.is_empty() {
                return None;
            }
            (&new.at, Changed::Changed { keys })
        }
        (None, None) => return None,
    };
    let (table, id) = (shown(&key.0), truncate(&clean_line(&key.1), MAX_NAME_COLUMNS).0.into_owned());
    Some(PlanChange { table, id, at: at.clone(), what })
}

fn key_change(key: &str, before: Option<&String>, after: Option<&String>) -> KeyChange {
    // Of two long values the place where they begin to differ is worth the room.
    let from = match (before, after) {
        (Some(before), Some(after)) => where_they_part(before, after),
        _ => 0,
    };
    let part = |value: &String| {
        let rest = value.get(from..).unwrap_or_default();
        if from == 0 { shown(rest) } else { shown(&format!("…{rest}")) }
    };
    KeyChange { key: shown(key), before: before.map(part), after: after.map(part) }
}

/// A little before the first difference, at the beginning of a word; 0 where both are short.
fn where_they_part(before: &str, after: &str) -> usize {
    if width(before).max(width(after)) <= MAX_COLUMNS {
        return 0;
    }
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let start = same.saturating_sub(BEFORE);
    let space = before.as_bytes()[start..same].iter().position(|byte| *byte == b' ');
    space.map_or(0, |at| if start == 0 { 0 } else { start + at + 1 })
}

fn shown(text: &str) -> String {
    truncate(&clean_line(text), MAX_COLUMNS).0.into_owned()
}

/// A table with its keys, each value in one spelling.
struct Entry {
    at: At,
    keys: BTreeMap<String, String>,
}

/// The tables of a plan by kind and id; a second one with the same id, which only tests can have, is `… #2`.
#[derive(Default)]
struct Tables {
    entries: BTreeMap<(String, String), Entry>,
    met: BTreeMap<(String, String), usize>,
}

fn tables(plan: &Plan) -> BTreeMap<(String, String), Entry> {
    let mut found = Tables::default();
    for file in plan.sources.files().iter().filter(|file| !file.is_built_in()) {
        // A plan that loaded parses.
        let Ok(root) = DeTable::parse(file.text()) else { continue };
        for (key, value) in root.get_ref() {
            found.add_value(file, key, value.get_ref());
        }
    }
    found.entries
}

impl Tables {
    fn add_value(&mut self, file: &SourceFile, key: &Spanned<Cow<'_, str>>, value: &DeValue<'_>) {
        let (name, at) = (key.get_ref(), file.at(key.span().start));
        match value {
            DeValue::Array(items) if !items.is_empty() && items.iter().all(|item| id_of(item.get_ref()).is_some()) => {
                for item in items {
                    let id = id_of(item.get_ref()).unwrap_or_default();
                    self.add(name, id, Entry { at: file.at(item.span().start), keys: keys_of(item.get_ref()) });
                }
            }
            DeValue::Table(_) => self.add(name, String::new(), Entry { at, keys: keys_of(value) }),
            other => {
                let keys = BTreeMap::from([(name.to_string(), spelled(other))]);
                self.add(name, String::new(), Entry { at, keys });
            }
        }
    }

    fn add(&mut self, table: &str, id: String, entry: Entry) {
        let times = self.met.entry((table.to_owned(), id.clone())).or_default();
        *times += 1;
        let id = if *times == 1 { id } else { format!("{id} #{times}") };
        self.entries.insert((table.to_owned(), id), entry);
    }
}

/// What tells a table from others of its kind.
fn id_of(value: &DeValue<'_>) -> Option<String> {
    let DeValue::Table(table) = value else { return None };
    NAMES.iter().find_map(|name| table.get(*name)).map(|value| match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        other => spelled(other),
    })
}

fn keys_of(value: &DeValue<'_>) -> BTreeMap<String, String> {
    let DeValue::Table(table) = value else { return BTreeMap::new() };
    table.iter().map(|(key, value)| (key.get_ref().to_string(), spelled(value.get_ref()))).collect()
}

/// A value in one spelling, however it was written.
fn spelled(value: &DeValue<'_>) -> String {
    let mut out = String::new();
    spell(value, &mut out);
    out
}

/// Writing to a string cannot fail.
fn spell(value: &DeValue<'_>, out: &mut String) {
    match value {
        DeValue::String(text) => {
            let _ = write!(out, "\"{text}\"");
        }
        DeValue::Integer(number) => out.push_str(number.as_str()),
        DeValue::Float(number) => out.push_str(number.as_str()),
        DeValue::Boolean(yes) => out.push_str(if *yes { "true" } else { "false" }),
        DeValue::Datetime(moment) => {
            let _ = write!(out, "{moment}");
        }
        DeValue::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                spell(item.get_ref(), out);
            }
            out.push(']');
        }
        DeValue::Table(table) => {
            let sorted: BTreeMap<&str, &DeValue<'_>> =
                table.iter().map(|(key, value)| (&**key.get_ref(), value.get_ref())).collect();
            out.push_str("{ ");
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                let _ = write!(out, "{}{key} = ", if index == 0 { "" } else { ", " });
                spell(value, out);
            }
            out.push_str(" }");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(rest: &str) -> Plan {
        crate::plan::fixtures::plan(&format!("[organization]\nname = \"Alder Bay\"\n{rest}"))
    }

    fn told(old: &str, new: &str) -> Vec<String> {
        let line = |change: PlanChange| {
            let what = match change.what {
                Changed::Added => "+".to_owned(),
                Changed::Removed => "-".to_owned(),
                Changed::Changed { keys } => {
                    let key = |key: &KeyChange| {
                        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
                        format!("{} {} → {}", key.key, value(&key.before), value(&key.after))
                    };
                    keys.iter().map(key).collect::<Vec<_>>().join("; ")
                }
            };
            format!("{} {} {}: {what}", change.table, change.id, change.at)
        };
        plan_changes(&plan(old), &plan(new)).into_iter().map(line).collect()
    }

    const WATER: &str = "[[initiative]]\nid = \"water\"\ntitle = \"Water\"\nmatch = \"water\"\n";
    const POOL: &str = "[[initiative]]\nid = \"pool\"\ntitle = { en = \"Pool\", fr = \"Piscine\" }\nmatch = \"pool\"\n";

    #[test]
    fn order_and_spelling_change_nothing() {
        let turned = "[[initiative]]\nmatch = 'pool'\ntitle = { fr = 'Piscine', en = 'Pool' }\nid = 'pool'\n";
        assert_eq!(told(&format!("{WATER}{POOL}"), &format!("# moved\n{turned}{WATER}")), Vec::<String>::new());
    }

    #[test]
    fn what_came_went_and_changed_is_named() {
        let wider = WATER.replace("match = \"water\"", "match = \"water OR eau\"\nowner = \"works\"");
        let found = told(&format!("{WATER}{POOL}"), &format!("{wider}{}", POOL.replace("\"pool\"\nt", "\"rink\"\nt")));
        let expected = [
            "initiative pool plan.toml:7: -",
            "initiative rink plan.toml:8: +",
            "initiative water plan.toml:3: match \"water\" → \"water OR eau\"; owner nothing → \"works\"",
        ];
        assert_eq!(found, expected);
        let found = told(WATER, &format!("{WATER}[levels]\nP1 = 60\nP2 = 35\nP3 = 8\n"));
        assert_eq!(found, ["levels  plan.toml:7: +"]);
    }

    #[test]
    fn of_long_values_the_difference_is_shown() {
        let long =
            |end: &str| WATER.replace("match = \"water\"", &format!("match = '{}{end}'", "water OR é OR ".repeat(40)));
        let found = told(&long("pool OR rink"), &long("pool OR ring"));
        let expected = "initiative water plan.toml:3: match …OR é OR water OR é OR pool OR rink\" → …OR é OR water OR é OR pool OR ring\"";
        assert_eq!(found, [expected]);
    }

    #[test]
    fn a_hostile_name_is_safe_to_show() {
        let group =
            |name: &str| format!("[[contribution]]\nname = \"x\\u202ey\\u001b\"\npoints = {name}\nmatch = \"x\"\n");
        let found = told(&group("1"), &group("2"));
        assert_eq!(found.len(), 1);
        assert!(!found[0].contains(['\u{202e}', '\u{1b}']) && found[0].contains("points 1 → 2"), "{found:?}");
    }
}
