//! The document as GitHub's Markdown.
//!
//! What enters: a document. What leaves: Markdown in which the plan's words are words: whatever could be markup,
//! an entity or an element is escaped, and what cannot be seen is visible.

use std::fmt::Write;

use crate::locale::Locale;
use crate::mention::Language;
use crate::text::clean_line;
use crate::tr;

use super::document::{Block, Document, Entry, Fact, Node, Piece, Rule, Table, Words};
use super::html::is_web;

/// Headings inside of sections begin at this level.
const FIRST_LEVEL: usize = 3;

/// Writes the page.
pub(super) fn page(document: &Document, locale: &Locale) -> String {
    let mut page = Markdown { text: String::with_capacity(32 * 1024), locale };
    page.document(document);
    page.text
}

struct Markdown<'a> {
    text: String,
    locale: &'a Locale,
}

impl Markdown<'_> {
    fn document(&mut self, document: &Document) {
        let title = self.words(&document.title);
        self.line(&format!("# {} {title}\n", self.label(&tr!(self.locale, "plan-page-title"))));
        self.facts(&document.facts);
        self.line(&format!("*{}*\n", escaped(&document.legend)));
        self.line(&format!("## {}\n", escaped(&tr!(self.locale, "plan-page-contents"))));
        for section in &document.sections {
            self.line(&format!("- [{}](#{})", escaped(&section.title), section.id));
        }
        for section in &document.sections {
            self.line(&format!("\n<a id=\"{}\"></a>\n\n## {}\n", section.id, escaped(&section.title)));
            if !section.note.is_empty() {
                self.line(&format!("*{}*\n", escaped(&section.note)));
            }
            self.blocks(&section.blocks, FIRST_LEVEL);
        }
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.text.push('\n');
    }

    /// A name before its value, with the language's colon.
    fn label(&self, name: &str) -> String {
        escaped(&tr!(self.locale, "plan-page-label", label = name))
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn blocks(&mut self, blocks: &[Block], level: usize) {
        for block in blocks {
            match block {
                Block::Entry(entry) => self.entry(entry, level),
                Block::Facts(facts) => self.facts(facts),
                Block::Quote(words) => {
                    let words = self.words(words);
                    self.line(&format!("> {words}\n"));
                }
                Block::Steps(steps) => {
                    for (index, step) in steps.iter().enumerate() {
                        let words = self.words(step);
                        self.line(&format!("{}. {words}", index + 1));
                    }
                    self.line("");
                }
                Block::Table(table) => self.table(table),
                Block::Tree(node) => {
                    self.node(None, node, 0);
                    self.line("");
                }
            }
        }
    }

    fn entry(&mut self, entry: &Entry, level: usize) {
        if let Some(anchor) = &entry.anchor {
            self.line(&format!("<a id=\"{}\"></a>\n", html_attribute(anchor)));
        }
        let title = std::iter::once(self.words(&entry.title));
        let title: Vec<String> = title.chain(entry.marks.iter().map(|mark| escaped(&mark.text))).collect();
        self.line(&format!("{} {}\n", "#".repeat(level.min(6)), title.join(" · ")));
        self.blocks(&entry.blocks, level + 1);
    }

    fn facts(&mut self, facts: &[Fact]) {
        for fact in facts {
            let label = format!("**{}**", self.label(&fact.label));
            match fact.values.as_slice() {
                [Words(pieces)] if matches!(pieces.as_slice(), [Piece::Rule(_)]) => {
                    let [Piece::Rule(rule)] = pieces.as_slice() else { continue };
                    self.rule(&format!("{label} "), rule, 0);
                }
                [one] => {
                    let words = self.words(one);
                    self.line(&format!("- {label} {words}"));
                }
                many => {
                    self.line(&format!("- {label}"));
                    for words in many {
                        let words = self.words(words);
                        self.line(&format!("  - {words}"));
                    }
                }
            }
        }
        if !facts.is_empty() {
            self.line("");
        }
    }

    fn table(&mut self, table: &Table) {
        let columns: Vec<String> = table.columns.iter().map(|column| escaped(column)).collect();
        self.line(&format!("| {} |", columns.join(" | ")));
        self.line(&format!("| {} |", vec!["---"; columns.len()].join(" | ")));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|cell| self.words(cell)).collect();
            self.line(&format!("| {} |", cells.join(" | ")));
        }
        self.line("");
    }

    fn node(&mut self, answer: Option<&str>, node: &Node, depth: usize) {
        let indent = "  ".repeat(depth);
        let answer = answer.map(|answer| format!("**{}** → ", escaped(answer))).unwrap_or_default();
        match node {
            Node::Step { anchor, question, how, yes, no } => {
                let anchor = html_attribute(anchor);
                let (question, how) = (self.words(question), self.words(how));
                self.line(&format!("{indent}- {answer}<a id=\"{anchor}\"></a>**{question}** ({how})"));
                let (on_yes, on_no) = (tr!(self.locale, "plan-page-yes"), tr!(self.locale, "plan-page-no"));
                self.node(Some(&on_yes), yes, depth + 1);
                self.node(Some(&on_no), no, depth + 1);
            }
            Node::Outcome(words) | Node::Elsewhere(words) => {
                let words = self.words(words);
                self.line(&format!("{indent}- {answer}{words}"));
            }
        }
    }

    /// Groups of groups as nested items, a group of single terms on one line.
    fn rule(&mut self, before: &str, rule: &Rule, depth: usize) {
        let indent = "  ".repeat(depth);
        let (name, parts) = group(rule);
        let (terms, others) = Rule::split(parts);
        let Some(name) = name.filter(|_| !others.is_empty()) else {
            let words = self.rule_line(rule);
            return self.line(&format!("{indent}- {before}{words}"));
        };
        self.line(&format!("{indent}- {before}{}", escaped(&self.locale.word("plan-page-rule", name))));
        if !terms.is_empty() {
            let terms: Vec<String> = terms.into_iter().map(code).collect();
            self.line(&format!("{indent}  - {}", terms.join(" · ")));
        }
        for part in others {
            self.rule("", part, depth + 1);
        }
    }

    fn rule_line(&self, rule: &Rule) -> String {
        let (name, parts) = group(rule);
        let Some(name) = name else {
            return parts
                .iter()
                .map(|part| if let Rule::Term(term) = part { code(term) } else { String::new() })
                .collect();
        };
        let parts: Vec<String> = parts
            .iter()
            .map(|part| {
                if matches!(part, Rule::Term(_)) { self.rule_line(part) } else { format!("({})", self.rule_line(part)) }
            })
            .collect();
        format!("{} {}", escaped(&self.locale.word("plan-page-rule", name)), parts.join(" · "))
    }

    fn words(&self, words: &Words) -> String {
        let mut text = String::new();
        for piece in &words.0 {
            match piece {
                Piece::Code(words) => text.push_str(&code(words)),
                Piece::Link(url) if is_web(url) => {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "<{}>", address(url));
                }
                Piece::Plain(words) | Piece::Link(words) => text.push_str(&escaped(words)),
                Piece::Reference(words, anchor) => {
                    let _ = write!(text, "[{}](#{})", escaped(words), address(anchor));
                }
                Piece::Said(texts) => text.push_str(&self.said(texts)),
                Piece::Rule(rule) => text.push_str(&self.rule_line(rule)),
                Piece::Mark(mark) => {
                    let _ = write!(text, "**{}**", escaped(&mark.text));
                }
            }
        }
        text
    }

    /// The languages one after the other, each with its code where there are several.
    fn said(&self, texts: &[(Language, Option<String>)]) -> String {
        let said: Vec<String> = texts
            .iter()
            .map(|(language, text)| match text {
                Some(text) if texts.len() == 1 => escaped(text),
                Some(text) => format!("{} <sup>{}</sup>", escaped(text), language.token()),
                None => {
                    let name = self.locale.word("language", language.token());
                    format!("**{}**", escaped(&tr!(self.locale, "plan-page-missing", language = name)))
                }
            })
            .collect();
        said.join(" / ")
    }
}

/// The name of a group and its parts; a single term has no name.
fn group(rule: &Rule) -> (Option<&'static str>, &[Rule]) {
    match rule {
        Rule::Term(_) => (None, std::slice::from_ref(rule)),
        Rule::Any(parts) => (Some("any"), parts),
        Rule::All(parts) => (Some("all"), parts),
        Rule::Not(inner) => match &**inner {
            Rule::Any(parts) => (Some("none"), parts),
            Rule::All(parts) => (Some("not-all"), parts),
            one => (Some("none"), std::slice::from_ref(one)),
        },
    }
}

/// Words on one line in which nothing is markup.
fn escaped(text: &str) -> String {
    let text = clean_line(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        // What makes a list, a heading or a rule does so at the beginning of a line only.
        let begins = at == 0 && matches!(c, '-' | '+' | '=' | '#' | '~');
        let number = matches!(c, '.' | ')') && at > 0 && text[..at].bytes().all(|byte| byte.is_ascii_digit());
        if begins || number || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '!' | '&' | '~' | '$')
        {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Exact characters between as many backticks as it takes. A pipe would end a table's cell even there.
fn code(text: &str) -> String {
    let text = clean_line(text);
    let text = text.trim();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", text.replace('|', "\\|"))
}

/// An address in which no character ends the link.
fn address(url: &str) -> String {
    let mut address = String::with_capacity(url.len());
    for c in clean_line(url).chars() {
        match c {
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            '(' => address.push_str("%28"),
            ')' => address.push_str("%29"),
            '|' => address.push_str("%7C"),
            '\\' => address.push_str("%5C"),
            ' ' => address.push_str("%20"),
            c => address.push(c),
        }
    }
    address
}

/// An anchor inside of an element's attribute: ids of the plan have only harmless characters, others are left out.
fn html_attribute(anchor: &str) -> String {
    anchor.chars().filter(|c| c.is_ascii_alphanumeric() || "_.-".contains(*c)).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::element("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>")]
    #[case::link("[a](javascript:x)", "\\[a\\](javascript:x)")]
    #[case::entity("&lt;b&gt;", "\\&lt;b\\&gt;")]
    #[case::lines("a\n# b", "a # b")]
    #[case::list("- a", "\\- a")]
    #[case::number("1. a", "1\\. a")]
    #[case::cell("a | b", "a \\| b")]
    #[case::bidi("a\u{202e}b", "a⟨U+202E⟩b")]
    fn words_are_never_markup(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(escaped(text), expected);
    }

    #[rstest]
    #[case("a OR b", "`a OR b`")]
    #[case("a `b` c", "``a `b` c``")]
    #[case("`a|b`", "`` `a\\|b` ``")]
    fn exact_characters_stay_inside_their_fence(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(code(text), expected);
    }

    #[test]
    fn no_character_of_an_address_ends_its_link() {
        assert_eq!(address("https://a.example/(b)> |\\"), "https://a.example/%28b%29%3E%20%7C%5C");
    }
}
