//! Tables of labelled texts, as people keep them: TSV, without quoting.
//!
//! What enters: a file's words. What leaves: the columns that hold the text and the label, found by their names or
//! given, and a row for each line that has both. A first line that names a text column is a header; without one the first column is
//! the label and the last one the text. Escapes that such files commonly carry (`\u2019`, `&amp;`, doubled quotes around a field)
//! are undone, since a post never came with them.

use std::borrow::Cow;

/// What the column of the text is called.
const TEXT: [&str; 8] = ["text", "tweet", "post", "comment", "sentence", "message", "content", "texte"];
/// What columns of posts are called that have no text but a time.
const TIMED: [&str; 2] = ["topic", "burst"];
/// What the column of the label is called, where the task's own name is not a column.
const LABEL: [&str; 8] = ["label", "labels", "label_gold", "gold", "class", "functionality", "gold_group", "group"];

/// A table with its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<'a> {
    header: Vec<String>,
    lines: Vec<(usize, Vec<&'a str>)>,
}

/// Why a table cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No line has two columns.
    #[error("no line has a label, a tab and a text")]
    Empty,
    /// A column that was asked for is not there.
    #[error("there is no column {name}: there are {}", there.join(", "))]
    NoColumn {
        /// What was asked for.
        name: String,
        /// What there is.
        there: Vec<String>,
    },
}

/// One labelled text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled<'a> {
    /// The line in the file, from 1.
    pub line: usize,
    /// As written.
    pub label: &'a str,
    /// With its escapes undone.
    pub text: Cow<'a, str>,
}

impl<'a> Table<'a> {
    /// Reads what a file holds.
    pub fn read(file: &'a str) -> Result<Self, TableError> {
        let lines = file.lines().enumerate().map(|(index, line)| (index + 1, line.split('\t').collect::<Vec<_>>()));
        let mut lines: Vec<_> = lines.filter(|(_, cells)| cells.len() > 1).collect();
        let Some((_, first)) = lines.first() else { return Err(TableError::Empty) };
        let named = |cell: &&str| TEXT.iter().chain(&TIMED).any(|name| cell.trim().eq_ignore_ascii_case(name));
        let header = if first.iter().any(named) { lines.remove(0).1 } else { Vec::new() };
        Ok(Self { header: header.iter().map(|name| name.trim().to_lowercase()).collect(), lines })
    }

    /// True when no line names the columns.
    pub fn is_bare(&self) -> bool {
        self.header.is_empty()
    }

    /// The position of the column called one of `names`, the first name that is there.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.header.iter().position(|column| column.eq_ignore_ascii_case(name)))
    }

    /// The position of the column a person named, by its name or its number from 1.
    pub fn named(&self, name: &str) -> Result<usize, TableError> {
        let by_number = || name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        self.column(&[name]).or_else(by_number).filter(|&at| at < self.width()).ok_or_else(|| TableError::NoColumn {
            name: name.to_owned(),
            there: if self.header.is_empty() {
                (1..=self.width()).map(|number| number.to_string()).collect()
            } else {
                self.header.clone()
            },
        })
    }

    /// The column of the text.
    pub fn text_column(&self) -> usize {
        self.column(&TEXT).unwrap_or_else(|| self.width().saturating_sub(1))
    }

    /// The column of the label of the task called `task`: the one that begins so, or a usual name, or the first.
    pub fn label_column(&self, task: &str) -> usize {
        let begins = |column: &String| column.starts_with(task) || column.starts_with("class_");
        self.header.iter().position(begins).or_else(|| self.column(&LABEL)).unwrap_or(0)
    }

    /// The lines that have both columns.
    pub fn labelled(&self, label: usize, text: usize) -> Vec<Labelled<'a>> {
        let rows = self.lines.iter().filter_map(|(line, cells)| {
            let (label, text) = (cells.get(label)?.trim(), plain(cells.get(text)?));
            (!text.is_empty()).then_some(Labelled { line: *line, label, text })
        });
        rows.collect()
    }

    /// The cells of one column, each with its line; a line without it has an empty one.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = (usize, &'a str)> {
        self.lines.iter().map(move |(line, cells)| (*line, cells.get(column).map_or("", |cell| cell.trim())))
    }

    fn width(&self) -> usize {
        self.lines.first().map_or(self.header.len(), |(_, cells)| cells.len().max(self.header.len()))
    }
}

/// A field without what the file put into it.
pub fn plain(field: &str) -> Cow<'_, str> {
    let trimmed = field.trim();
    let unquoted = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|inner| {
        // Only a field that was quoted as a whole: its own quotation marks are doubled.
        !inner.replace("\"\"", "").contains('"')
    });
    let mut text = match unquoted {
        Some(inner) => Cow::Owned(inner.replace("\"\"", "\"")),
        None => Cow::Borrowed(trimmed),
    };
    if text.contains("\\u") {
        text = Cow::Owned(without_escapes(&text));
    }
    for (entity, meant) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        if text.contains(entity) {
            text = Cow::Owned(text.replace(entity, meant));
        }
    }
    text
}

/// `\u2019` becomes the character it means; pairs that mean one character together too.
fn without_escapes(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        units.extend(rest[..at].encode_utf16());
        let hex = rest.get(at + 2..at + 6).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if let Some(unit) = hex.and_then(|hex| u16::from_str_radix(hex, 16).ok()) {
            units.push(unit);
            rest = &rest[at + 6..];
        } else {
            units.extend("\\u".encode_utf16());
            rest = &rest[at + 2..];
        }
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::quoted("\"He said \"\"no\"\"\"", "He said \"no\"")]
    #[case::speech("\"yes\" and \"no\"", "\"yes\" and \"no\"")]
    #[case::escaped("it\\u2019s \\ud83d\\ude00", "it’s 😀")]
    #[case::no_escape("C:\\users", "C:\\users")]
    #[case::entities("a &amp;&amp; b &lt;3", "a && b <3")]
    fn fields_lose_what_the_file_put_into_them(#[case] field: &str, #[case] text: &str) {
        assert_eq!(plain(field), text);
    }

    #[test]
    fn columns_are_found_by_their_names() {
        let table = Table::read("id\tsentiment\ttext\n7\tneg\tBad.\n\n8\tpos\n").expect("a table");
        assert_eq!((table.label_column("sentiment"), table.text_column()), (1, 2));
        let rows = table.labelled(1, 2);
        assert_eq!(rows, [Labelled { line: 2, label: "neg", text: "Bad.".into() }]);
        assert_eq!(table.named("2"), Ok(1));
        assert_eq!(table.named("tone").map_err(|error| error.to_string()).unwrap_err().find("tone"), Some(19));
    }

    #[test]
    fn without_a_header_the_label_comes_first() {
        let table = Table::read("0\tBad.\r\n2\tGood.\r\n").expect("a table");
        let rows = table.labelled(table.label_column("sentiment"), table.text_column());
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[1].label, &*rows[1].text), ("2", "Good."));
        assert_eq!(Table::read("no tabs here\n"), Err(TableError::Empty));
    }
}
