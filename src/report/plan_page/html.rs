//! The document as one web page that needs nothing else.
//!
//! What enters: a document. What leaves: HTML without script and without anything to load, which its own policy
//! forbids too. Every string of the plan passes [`Escaped`]; nothing else is written but the tags of this file.

use std::fmt::{self, Display, Formatter, Write};

use crate::locale::{Lang, Locale};
use crate::mention::Language;
use crate::text::clean;
use crate::tr;

use super::document::{Block, Document, Entry, Fact, Mark, Node, Piece, Rule, Table, Tone, Words};

const STYLE: &str = include_str!("style.css");
/// Headings inside of sections begin at this level.
const FIRST_LEVEL: usize = 3;

/// Text for an element or a quoted attribute: control and direction characters visible, markup as entities.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for c in clean(self.0).chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Writes the page.
pub(super) fn page(document: &Document, locale: &Locale) -> String {
    let mut html = Html { text: String::with_capacity(64 * 1024), locale };
    // Writing to a string cannot fail.
    let _ = html.document(document);
    html.text
}

struct Html<'a> {
    text: String,
    locale: &'a Locale,
}

impl Html<'_> {
    fn document(&mut self, document: &Document) -> fmt::Result {
        let lang = self.locale.lang().code();
        let heading = tr!(self.locale, "plan-page-title");
        let organization = plain(&document.title, self.locale.lang());
        write!(
            self.text,
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{} – {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<p class=\"kind\">{}</p>\n<h1>",
            Escaped(&heading),
            Escaped(&organization),
            Escaped(&heading),
        )?;
        self.words(&document.title)?;
        self.text.push_str("</h1>\n");
        self.facts(&document.facts)?;
        writeln!(self.text, "<p class=\"note\">{}</p>\n</header>", Escaped(&document.legend))?;
        self.contents(document)?;
        self.text.push_str("<main>\n");
        for section in &document.sections {
            let (id, title) = (section.id, Escaped(&section.title));
            write!(self.text, "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n")?;
            if !section.note.is_empty() {
                writeln!(self.text, "<p class=\"note\">{}</p>", Escaped(&section.note))?;
            }
            self.blocks(&section.blocks, FIRST_LEVEL)?;
            self.text.push_str("</section>\n");
        }
        self.text.push_str("</main>\n</body>\n</html>\n");
        Ok(())
    }

    fn contents(&mut self, document: &Document) -> fmt::Result {
        let title = tr!(self.locale, "plan-page-contents");
        write!(self.text, "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">{}</h2>\n<ol>\n", Escaped(&title))?;
        for section in &document.sections {
            writeln!(self.text, "<li><a href=\"#{}\">{}</a></li>", section.id, Escaped(&section.title))?;
        }
        self.text.push_str("</ol>\n</nav>\n");
        Ok(())
    }

    fn blocks(&mut self, blocks: &[Block], level: usize) -> fmt::Result {
        for block in blocks {
            match block {
                Block::Entry(entry) => self.entry(entry, level)?,
                Block::Facts(facts) => self.facts(facts)?,
                Block::Quote(words) => {
                    self.text.push_str("<blockquote>");
                    self.words(words)?;
                    self.text.push_str("</blockquote>\n");
                }
                Block::Steps(steps) => self.list("ol", steps)?,
                Block::Table(table) => self.table(table)?,
                Block::Tree(node) => {
                    self.text.push_str("<ul class=\"tree\">\n");
                    self.node(None, node)?;
                    self.text.push_str("</ul>\n");
                }
            }
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry, level: usize) -> fmt::Result {
        let heading = level.min(6);
        self.text.push_str("<article");
        self.anchor(entry.anchor.as_deref())?;
        write!(self.text, ">\n<h{heading}>")?;
        self.words(&entry.title)?;
        for mark in &entry.marks {
            self.text.push(' ');
            self.mark(mark)?;
        }
        writeln!(self.text, "</h{heading}>")?;
        self.blocks(&entry.blocks, level + 1)?;
        self.text.push_str("</article>\n");
        Ok(())
    }

    fn anchor(&mut self, anchor: Option<&str>) -> fmt::Result {
        match anchor {
            Some(anchor) => write!(self.text, " id=\"{}\"", Escaped(anchor)),
            None => Ok(()),
        }
    }

    fn facts(&mut self, facts: &[Fact]) -> fmt::Result {
        if facts.is_empty() {
            return Ok(());
        }
        self.text.push_str("<dl>\n");
        for fact in facts {
            write!(self.text, "<dt>{}</dt><dd>", Escaped(&fact.label))?;
            match fact.values.as_slice() {
                [one] => self.words(one)?,
                many => self.list("ul", many)?,
            }
            self.text.push_str("</dd>\n");
        }
        self.text.push_str("</dl>\n");
        Ok(())
    }

    fn list(&mut self, tag: &str, items: &[Words]) -> fmt::Result {
        writeln!(self.text, "<{tag}>")?;
        for item in items {
            self.text.push_str("<li>");
            self.words(item)?;
            self.text.push_str("</li>\n");
        }
        writeln!(self.text, "</{tag}>")
    }

    fn table(&mut self, table: &Table) -> fmt::Result {
        self.text.push_str("<table>\n<thead><tr>");
        for column in &table.columns {
            write!(self.text, "<th scope=\"col\">{}</th>", Escaped(column))?;
        }
        self.text.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.text.push_str("<tr>");
            for cell in row {
                self.text.push_str("<td>");
                self.words(cell)?;
                self.text.push_str("</td>");
            }
            self.text.push_str("</tr>\n");
        }
        self.text.push_str("</tbody>\n</table>\n");
        Ok(())
    }

    /// A step with what follows each answer; `answer` is the one that leads here.
    fn node(&mut self, answer: Option<&str>, node: &Node) -> fmt::Result {
        self.text.push_str("<li");
        if let Node::Step { anchor, .. } = node {
            self.anchor(Some(anchor))?;
        }
        self.text.push('>');
        if let Some(answer) = answer {
            write!(self.text, "<b class=\"answer\">{}</b> ", Escaped(answer))?;
        }
        match node {
            Node::Step { question, how, yes, no, .. } => {
                self.text.push_str("<span class=\"question\">");
                self.words(question)?;
                self.text.push_str("</span> <div class=\"how\">");
                self.words(how)?;
                self.text.push_str("</div>\n<ul>\n");
                let (on_yes, on_no) = (tr!(self.locale, "plan-page-yes"), tr!(self.locale, "plan-page-no"));
                self.node(Some(&on_yes), yes)?;
                self.node(Some(&on_no), no)?;
                self.text.push_str("</ul>\n");
            }
            Node::Outcome(words) => {
                self.text.push_str("<span class=\"outcome\">");
                self.words(words)?;
                self.text.push_str("</span>");
            }
            Node::Elsewhere(words) => self.words(words)?,
        }
        self.text.push_str("</li>\n");
        Ok(())
    }

    fn words(&mut self, words: &Words) -> fmt::Result {
        for piece in &words.0 {
            match piece {
                Piece::Code(text) => write!(self.text, "<code>{}</code>", Escaped(text))?,
                Piece::Link(url) if is_web(url) => {
                    write!(self.text, "<a href=\"{0}\" rel=\"noopener noreferrer\">{0}</a>", Escaped(url))?;
                }
                Piece::Plain(text) | Piece::Link(text) => write!(self.text, "{}", Escaped(text))?,
                Piece::Reference(text, anchor) => {
                    write!(self.text, "<a href=\"#{}\">{}</a>", Escaped(anchor), Escaped(text))?;
                }
                Piece::Said(texts) => self.said(texts)?,
                Piece::Rule(rule) => self.rule(rule)?,
                Piece::Mark(mark) => self.mark(mark)?,
            }
        }
        Ok(())
    }

    /// The languages side by side, each named for a reader's voice and hyphenation.
    fn said(&mut self, texts: &[(Language, Option<String>)]) -> fmt::Result {
        self.text.push_str("<span class=\"said\">");
        for (language, text) in texts {
            let code = language.token();
            if let Some(text) = text {
                write!(self.text, "<span lang=\"{code}\">{}</span>", Escaped(text))?;
            } else {
                let name = self.locale.word("language", code);
                let missing = tr!(self.locale, "plan-page-missing", language = name);
                write!(self.text, "<span class=\"bad\">{}</span>", Escaped(&missing))?;
            }
        }
        self.text.push_str("</span>");
        Ok(())
    }

    fn mark(&mut self, mark: &Mark) -> fmt::Result {
        let class = match mark.tone {
            Tone::Good => "good",
            Tone::Plain => "plain",
            Tone::Bad => "bad",
        };
        write!(self.text, "<span class=\"mark {class}\">{}</span>", Escaped(&mark.text))
    }

    fn rule(&mut self, rule: &Rule) -> fmt::Result {
        self.text.push_str("<div class=\"rule\">");
        self.rule_part(rule, false)?;
        self.text.push_str("</div>");
        Ok(())
    }

    fn rule_part(&mut self, rule: &Rule, denied: bool) -> fmt::Result {
        let (name, parts) = match (rule, denied) {
            (Rule::Term(term), false) => return write!(self.text, "<code>{}</code>", Escaped(term)),
            (Rule::Not(inner), false) => return self.rule_part(inner, true),
            (Rule::Any(parts), false) => ("any", parts.as_slice()),
            (Rule::All(parts), false) => ("all", parts.as_slice()),
            (Rule::Any(parts), true) => ("none", parts.as_slice()),
            (Rule::All(parts), true) => ("not-all", parts.as_slice()),
            (one, true) => ("none", std::slice::from_ref(one)),
        };
        let name = self.locale.word("plan-page-rule", name);
        write!(self.text, "<span class=\"group\">{}</span> ", Escaped(&name))?;
        let (terms, others) = Rule::split(parts);
        if others.is_empty() {
            return self.terms(&terms);
        }
        self.text.push_str("<ul>\n");
        if !terms.is_empty() {
            self.text.push_str("<li>");
            self.terms(&terms)?;
            self.text.push_str("</li>\n");
        }
        for part in others {
            self.text.push_str("<li>");
            self.rule_part(part, false)?;
            self.text.push_str("</li>\n");
        }
        self.text.push_str("</ul>");
        Ok(())
    }

    fn terms(&mut self, terms: &[&str]) -> fmt::Result {
        for (index, term) in terms.iter().enumerate() {
            let separator = if index == 0 { "" } else { " · " };
            write!(self.text, "{separator}<code>{}</code>", Escaped(term))?;
        }
        Ok(())
    }
}

/// Only such addresses become links.
pub(super) fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Words without markup, for a title: in the page's language where there is one.
pub(super) fn plain(words: &Words, lang: Lang) -> String {
    let mut text = String::new();
    for piece in &words.0 {
        match piece {
            Piece::Plain(words) | Piece::Code(words) | Piece::Link(words) | Piece::Reference(words, _) => {
                text.push_str(words);
            }
            Piece::Said(texts) => {
                let own = texts.iter().find(|(language, text)| text.is_some() && *language == Language::from(lang));
                let any = own.or_else(|| texts.iter().find(|(_, text)| text.is_some()));
                text.push_str(any.and_then(|(_, text)| text.as_deref()).unwrap_or_default());
            }
            Piece::Mark(mark) => text.push_str(&mark.text),
            Piece::Rule(_) => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_entities_and_what_cannot_be_seen_becomes_visible() {
        let hostile = "<script>alert(1)</script>\" onload='x' &amp; \u{202e}gnp.exe\u{200b}\u{1b}[2J\0";
        let escaped = Escaped(hostile).to_string();
        assert!(!escaped.contains(['<', '>', '"', '\'', '\u{202e}', '\u{200b}', '\u{1b}', '\0']), "{escaped}");
        assert!(escaped.starts_with("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp; "));
        assert!(escaped.contains("⟨U+202E⟩gnp.exe"), "{escaped}");
    }

    #[test]
    fn only_web_addresses_become_links() {
        let locale = Locale::new(Lang::En);
        for (url, linked) in
            [("https://a.example/?a=\"b", true), ("javascript:alert(1)", false), ("//a.example", false)]
        {
            let mut html = Html { text: String::new(), locale: &locale };
            html.words(&Words::link(url)).expect("written");
            assert_eq!(html.text.contains("href"), linked, "{}", html.text);
            assert!(!html.text.contains("\"b"), "{}", html.text);
        }
    }
}
