//! Reads `keys.toml`: a table for each layer, in it `keys = [{ on = "R s", run = "report.situation", desc = "…" }]`.

use std::collections::BTreeMap;

use serde::Deserialize;
use strum::IntoEnumIterator;
use toml::Spanned;

use super::{Key, KeymapError, Problem, key, overlap};
use crate::config::nearest;
use crate::tui::command::{Command, Layer};

/// One line of the file, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The table it stands in.
    pub(super) layer: Layer,
    /// Its keys.
    pub(super) on: Vec<Key>,
    /// Its command; `None` for `run = "none"`.
    pub(super) run: Option<Command>,
    /// The person's own words.
    pub(super) desc: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    keys: Vec<Spanned<RawLine>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    on: String,
    run: String,
    desc: Option<String>,
}

/// Every line, or every error.
pub(super) fn parse(text: &str) -> Result<Vec<Line>, Vec<KeymapError>> {
    let tables: BTreeMap<Spanned<String>, Table> = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        vec![KeymapError { line, problem: Problem::Shape(error.message().to_owned()) }]
    })?;
    let mut errors = Vec::new();
    let mut lines: Vec<(usize, Line)> = Vec::new();
    for (name, table) in tables {
        let Some(layer) = Layer::from_name(name.get_ref()) else {
            let nearest = nearest(name.get_ref(), Layer::iter().map(Layer::name)).map(str::to_owned);
            let problem = Problem::UnknownLayer { name: name.get_ref().clone(), nearest };
            errors.push(KeymapError { line: line_of(text, name.span().start), problem });
            continue;
        };
        for raw in table.keys {
            let at = line_of(text, raw.span().start);
            match understand(layer, raw.into_inner()).and_then(|line| no_conflict(&lines, line)) {
                Ok(line) => lines.push((at, line)),
                Err(problem) => errors.push(KeymapError { line: at, problem }),
            }
        }
    }
    errors.sort_by_key(|error| error.line);
    if errors.is_empty() { Ok(lines.into_iter().map(|(_, line)| line).collect()) } else { Err(errors) }
}

fn understand(layer: Layer, raw: RawLine) -> Result<Line, Problem> {
    let on = key::parse_sequence(&raw.on).map_err(Problem::UnknownKey)?;
    if layer.takes_text() && on[0].is_plain_character() {
        return Err(Problem::TakesText(raw.on));
    }
    let run = match raw.run.as_str() {
        "none" => None,
        id => Some(Command::from_id(id).ok_or_else(|| Problem::UnknownCommand {
            name: id.to_owned(),
            nearest: nearest(id, Command::iter().map(Command::id)).map(str::to_owned),
        })?),
    };
    if let Some(command) = run.filter(|command| !command.works_in(layer)) {
        let works_in = command.defaults().iter().map(|(layer, _)| layer.name()).collect();
        return Err(Problem::NotAllowed { command: raw.run, works_in });
    }
    Ok(Line { layer, on, run, desc: raw.desc })
}

fn no_conflict(lines: &[(usize, Line)], line: Line) -> Result<Line, Problem> {
    let Some((first, other)) =
        lines.iter().find(|(_, other)| other.layer == line.layer && overlap(&other.on, &line.on))
    else {
        return Ok(line);
    };
    let keys = key::show_sequence(&line.on);
    Err(if other.on == line.on {
        Problem::Duplicate { keys, first: *first }
    } else {
        Problem::Ambiguous { keys, other: key::show_sequence(&other.on), first: *first }
    })
}

fn line_of(text: &str, offset: usize) -> usize {
    memchr::memchr_iter(b'\n', &text.as_bytes()[..offset.min(text.len())]).count() + 1
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::syntax("[feed\n", 1, "Shape")]
    #[case::unknown_field("[feed]\nkeys = [{ on = \"j\", runs = \"feed.next\" }]", 2, "Shape")]
    #[case::unknown_layer("\n[fed]\nkeys = []", 2, "nearest: Some(\"feed\")")]
    #[case::unknown_command("[feed]\nkeys = [\n{ on = \"j\", run = \"feed.nxt\" }]", 3, "nearest: Some(\"feed.next\")")]
    #[case::not_allowed("[feed]\nkeys = [{ on = \"j\", run = \"menu.close\" }]", 2, "NotAllowed")]
    #[case::unknown_key("[feed]\nkeys = [{ on = \"entr\", run = \"feed.next\" }]", 2, "UnknownKey")]
    #[case::takes_text("[menu]\nkeys = [{ on = \"j\", run = \"menu.next\" }]", 2, "TakesText")]
    #[case::duplicate(
        "[feed]\nkeys = [\n{ on = \"j\", run = \"feed.next\" },\n{ on = \"j\", run = \"feed.top\" }]",
        4,
        "Duplicate"
    )]
    #[case::ambiguous(
        "[feed]\nkeys = [\n{ on = \"g\", run = \"feed.next\" },\n{ on = \"g g\", run = \"feed.top\" }]",
        4,
        "Ambiguous"
    )]
    fn a_bad_line_is_named(#[case] text: &str, #[case] line: usize, #[case] says: &str) {
        let errors = parse(text).expect_err("the file is bad");
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0].line, line);
        assert!(format!("{:?}", errors[0].problem).contains(says), "{errors:?}");
    }

    #[test]
    fn all_errors_come_at_once() {
        let errors = parse("[feed]\nkeys = [{ on = \"j\", run = \"x.y\" },\n{ on = \"qq\", run = \"feed.next\" }]");
        assert_eq!(errors.expect_err("both lines are bad").len(), 2);
    }
}
