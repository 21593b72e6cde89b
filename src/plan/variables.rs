//! Blanks in the plan's texts: which there are, where they stand, and how they are filled.
//!
//! What enters: a text with `{variables}`. What leaves: its pieces, or the text with every blank filled, or the names of
//! those that have no value. `{{` and `}}` are literal braces. What a variable stands for is known elsewhere; nothing
//! here looks at a mention.

use std::collections::BTreeMap;
use std::ops::Range;

use strum::{AsRefStr, EnumIter, EnumString, IntoEnumIterator, IntoStaticStr};

use super::at::At;
use super::localized::Localized;
use super::problem::{Form, ProblemKind};
use super::reader::Reader;

/// A name has at most so many bytes.
const MAX_NAME: usize = 64;

/// The variables whose values come with a mention and its moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsRefStr, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Variable {
    /// The author's shown name.
    Name,
    /// The author's handle.
    Handle,
    /// The organization's name.
    Organization,
    /// The title of the first initiative.
    Initiative,
    /// The page to point to.
    Link,
    /// The day on which the reply is written.
    Date,
    /// The time at which it is written.
    Time,
    /// The published hours.
    Hours,
    /// When the next update is promised.
    NextUpdate,
}

/// `[variables]`: the plan's own, by name.
#[derive(Debug, Clone, Default)]
pub struct Variables(BTreeMap<String, OwnVariable>);

/// One of the plan's own variables.
#[derive(Debug, Clone)]
pub struct OwnVariable {
    /// What it stands for.
    pub value: Localized,
    /// Where it stands.
    pub at: At,
}

impl Variables {
    /// What `name` stands for.
    pub fn get(&self, name: &str) -> Option<&Localized> {
        self.0.get(name).map(|variable| &variable.value)
    }

    /// All of them by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &OwnVariable)> {
        self.0.iter().map(|(name, variable)| (name.as_str(), variable))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads `[variables]`: its keys are names.
    pub(super) fn read(table: &mut Reader<'_>) -> Self {
        let mut own = BTreeMap::new();
        for field in table.all_fields() {
            let name = field.key;
            let at = table.at_key(name);
            let value = table.localized_of(field);
            if name.parse::<Variable>().is_ok() {
                table.fail_at(&field.key_span(), ProblemKind::ReservedVariable { name: name.to_owned() });
            } else if !is_name(name) {
                table.bad_form(&field.key_span(), name, Form::Variable);
            } else {
                table.own_variable(name);
                let Some(value) = value else { continue };
                own.insert(name.to_owned(), OwnVariable { value, at });
            }
        }
        Self(own)
    }
}

/// The names of [`Variable`].
pub fn built_in() -> impl Iterator<Item = &'static str> {
    Variable::iter().map(Into::into)
}

/// Small letters, digits and `_`, a letter first.
fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    name.len() <= MAX_NAME
        && bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words as they are.
    Text(&'t str),
    /// A blank: its name and the bytes of the text that it takes, braces included.
    Variable(&'t str, Range<usize>),
    /// A brace that opens no blank: its place.
    Stray(usize),
}

/// The pieces of `text` in order. A closing brace alone is text.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        let plain = memchr::memchr2(b'{', b'}', rest.as_bytes()).unwrap_or(rest.len());
        if plain > 0 {
            at += plain;
            return Some(Piece::Text(&rest[..plain]));
        }
        if rest.starts_with("{{") || rest.starts_with("}}") {
            at += 2;
            return Some(Piece::Text(&rest[..1]));
        }
        if rest.starts_with('}') {
            at += 1;
            return Some(Piece::Text(&rest[..1]));
        }
        // A name is short: what closes later closes something else.
        let end = rest.bytes().take(MAX_NAME + 2).position(|byte| byte == b'}');
        if let Some(name) = end.map(|end| &rest[1..end]).filter(|name| is_name(name)) {
            at += name.len() + 2;
            Some(Piece::Variable(name, start..at))
        } else {
            at += 1;
            Some(Piece::Stray(start))
        }
    })
}

/// `text` with every blank filled by `value`; else the names that have none, each once, in order.
pub fn fill(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> Result<String, Vec<String>> {
    let mut filled = String::with_capacity(text.len());
    let mut missing: Vec<String> = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Text(words) => filled.push_str(words),
            Piece::Stray(_) => filled.push('{'),
            Piece::Variable(name, _) => match value(name) {
                Some(value) => filled.push_str(&value),
                None if missing.iter().any(|known| known == name) => {}
                None => missing.push(name.to_owned()),
            },
        }
    }
    if missing.is_empty() { Ok(filled) } else { Err(missing) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::none("Boil it.", Ok("Boil it."))]
    #[case::one("Hello {name}!", Ok("Hello Ana!"))]
    #[case::twice("{name}{name}", Ok("AnaAna"))]
    #[case::literal("{{name}} {name}", Ok("{name} Ana"))]
    #[case::closing_alone("a } b", Ok("a } b"))]
    #[case::accents("é{name}é", Ok("éAnaé"))]
    #[case::missing("{phone} {name} {phone} {link}", Err(&["phone", "link"][..]))]
    fn blanks_are_filled(#[case] text: &str, #[case] expected: Result<&str, &[&str]>) {
        let filled = fill(text, |name| (name == "name").then(|| "Ana".to_owned()));
        let expected = expected.map(str::to_owned).map_err(|names| names.iter().map(ToString::to_string).collect());
        assert_eq!(filled, expected);
    }

    #[rstest]
    #[case::open("a {", 2)]
    #[case::spaces("a { name }", 2)]
    #[case::upper("{Name}", 0)]
    #[case::empty("é{}", 2)]
    fn a_brace_that_opens_nothing_is_told(#[case] text: &str, #[case] at: usize) {
        assert!(pieces(text).any(|piece| piece == Piece::Stray(at)), "{text}");
    }

    #[test]
    fn every_built_in_name_is_a_name() {
        assert!(built_in().all(is_name));
        assert_eq!(built_in().last(), Some("next_update"));
    }
}
