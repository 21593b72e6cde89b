//! A JSON object as a row: its fields by their paths, as if they were columns.

use std::borrow::Cow;

use serde_json::Value;

use super::Cells;

/// How deep objects are looked into, and how many names are looked at.
const DEEPEST: usize = 4;
const MOST_NAMES: usize = 1_000;

/// The names of an object's fields, those of inner objects with dots: `author.name`. Lists are left out.
pub fn names(object: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(object, "", 0, &mut found);
    found
}

fn collect(value: &Value, path: &str, depth: usize, found: &mut Vec<String>) {
    let Value::Object(fields) = value else { return };
    for (name, inner) in fields {
        if found.len() >= MOST_NAMES {
            return;
        }
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match inner {
            Value::Object(_) if depth + 1 < DEEPEST => collect(inner, &path, depth + 1, found),
            Value::Object(_) | Value::Array(_) => {}
            _ => found.push(path),
        }
    }
}

/// An object seen through the names that were found in the first ones.
#[derive(Debug, Clone, Copy)]
pub struct JsonRow<'a> {
    /// The names, in the order of the header.
    pub header: &'a [String],
    /// The object.
    pub object: &'a Value,
}

impl Cells for JsonRow<'_> {
    fn cell(&self, column: usize) -> Option<Cow<'_, str>> {
        match at(self.object, self.header.get(column)?)? {
            Value::String(text) => Some(Cow::Borrowed(text)),
            Value::Number(number) => Some(Cow::Owned(number.to_string())),
            Value::Bool(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }
}

/// The value under a name: a field of that whole name, else a path of fields.
fn at<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    if let Some(value) = object.get(name) {
        return Some(value);
    }
    name.match_indices('.').find_map(|(dot, _)| at(object.get(&name[..dot])?, &name[dot + 1..]))
}
