//! A page of headings, lists and tables, as plain text or Markdown.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

/// How a report is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For a terminal or an e-mail.
    #[default]
    Text,
    /// For a document or a chat that renders it.
    Markdown,
}

/// A page under way.
#[derive(Debug)]
pub(super) struct Page {
    format: Format,
    text: String,
}

impl Page {
    pub(super) fn new(format: Format, title: &str) -> Self {
        let mut page = Self { format, text: String::new() };
        match format {
            Format::Markdown => page.line(&format!("# {}", escape(title))),
            Format::Text => {
                page.line(title);
                page.line(&"=".repeat(title.width()));
            }
        }
        page
    }

    pub(super) fn heading(&mut self, title: &str) {
        self.text.push('\n');
        match self.format {
            Format::Markdown => self.line(&format!("## {}\n", escape(title))),
            Format::Text => {
                self.line(title);
                self.line(&"-".repeat(title.width()));
            }
        }
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.text.push('\n');
        let line = self.escaped(text);
        self.line(&line);
    }

    pub(super) fn item(&mut self, text: &str) {
        let line = format!("- {}", self.escaped(text));
        self.line(&line);
    }

    /// Rows under column names; the first column is text, the others are set to the right.
    pub(super) fn table(&mut self, columns: &[String], rows: &[Vec<String>]) {
        match self.format {
            Format::Markdown => self.markdown_table(columns, rows),
            Format::Text => self.text_table(columns, rows),
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn escaped(&self, text: &str) -> String {
        match self.format {
            Format::Markdown => escape(text),
            Format::Text => text.to_owned(),
        }
    }

    fn markdown_table(&mut self, columns: &[String], rows: &[Vec<String>]) {
        let join = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
            format!("| {} |", cells.join(" | "))
        };
        self.line(&join(columns));
        let rules: Vec<&str> = (0..columns.len()).map(|index| if index == 0 { "---" } else { "---:" }).collect();
        self.line(&format!("| {} |", rules.join(" | ")));
        for row in rows {
            self.line(&join(row));
        }
    }

    fn text_table(&mut self, columns: &[String], rows: &[Vec<String>]) {
        let widths: Vec<usize> = (0..columns.len())
            .map(|index| {
                let cells = rows.iter().filter_map(|row| row.get(index));
                cells.chain(columns.get(index)).map(|cell| cell.width()).max().unwrap_or(0)
            })
            .collect();
        for row in std::iter::once(columns).chain(rows.iter().map(Vec::as_slice)) {
            let mut line = String::new();
            for (index, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let padding = " ".repeat(width.saturating_sub(cell.width()));
                let _ = if index == 0 { write!(line, "{cell}{padding}") } else { write!(line, "  {padding}{cell}") };
            }
            self.line(line.trim_end());
        }
    }
}

/// What residents wrote must not become markup, nor a link that leads somewhere else.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!') {
            escaped.push('\\');
        }
        escaped.push(if character == '\n' { ' ' } else { character });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_written_by_residents_stays_text() {
        let mut page = Page::new(Format::Markdown, "Situation");
        page.item("[click](https://evil.example) <b>|x|");
        let text = page.finish();
        assert!(text.contains(r"\[click\](https://evil.example) \<b\>\|x\|"), "{text}");
    }

    #[test]
    fn columns_line_up() {
        let mut page = Page::new(Format::Text, "T");
        page.table(&["a".into(), "n".into()], &[vec!["水道".into(), "7".into()], vec!["b".into(), "12".into()]]);
        assert_eq!(page.finish(), "T\n=\na      n\n水道   7\nb     12\n");
    }
}
