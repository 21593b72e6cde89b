//! The text of a piece of HTML, as a reader of the page would see it.
//!
//! What enters: HTML of other people, however broken. What leaves: plain text, not yet cleaned: blocks on lines of
//! their own, entities resolved, scripts, styles and comments gone, the target of a link beside its words unless
//! the words already show it. Nothing is fetched and nothing is nested here: depth costs no stack.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};

/// Elements whose content no reader sees.
const UNSEEN: [&[u8]; 9] =
    [b"script", b"style", b"head", b"template", b"noscript", b"iframe", b"object", b"svg", b"select"];
/// Elements with a blank line around them.
const PARAGRAPHS: [&[u8]; 11] =
    [b"p", b"blockquote", b"pre", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"table", b"figure"];
/// Elements that begin and end a line.
const LINES: [&[u8]; 21] = [
    b"div",
    b"li",
    b"ul",
    b"ol",
    b"tr",
    b"dl",
    b"dt",
    b"dd",
    b"section",
    b"article",
    b"aside",
    b"header",
    b"footer",
    b"main",
    b"nav",
    b"form",
    b"hr",
    b"address",
    b"figcaption",
    b"details",
    b"summary",
];

/// Deeper spans of a link are not told apart.
const MAX_SPANS: usize = 32;

/// The text of `html`.
pub fn html_to_text(html: &str) -> String {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page { out: String::with_capacity(html.len() / 2), ..Page::default() };
    for token in Tokenizer::new_with_emitter(html, emitter) {
        // Reading from memory cannot fail, and the tokenizer reports no text it could not read.
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => page.open(&tag),
            Token::EndTag(tag) => page.close(&tag.name),
            Token::String(text) => page.text(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    page.finish()
}

#[derive(Default)]
struct Page {
    out: String,
    /// Line breaks that are due before the next word: none, one, or two for a blank line.
    breaks: usize,
    /// A space is due before the next word.
    space: bool,
    /// The element that hides what follows, and how many of its kind are open.
    hidden: Option<(HtmlString, usize)>,
    preformatted: usize,
    /// The open link.
    link: Option<Link>,
}

/// A link whose words are being read.
struct Link {
    href: String,
    /// Where its words begin.
    start: usize,
    /// The open spans in it; true for one that no reader sees. Mastodon hides the ends of long addresses so.
    spans: Vec<bool>,
    /// Its words are cut, so that a reader sees less than they say.
    cut: bool,
}

impl Link {
    fn open_span(&mut self, class: &str) {
        let has = |name| class.split_ascii_whitespace().any(|word| word == name);
        let is_hidden = has("invisible");
        self.cut |= is_hidden || has("ellipsis");
        if self.spans.len() < MAX_SPANS {
            self.spans.push(is_hidden);
        }
    }

    fn hides(&self) -> bool {
        self.spans.contains(&true)
    }
}

impl Page {
    fn open(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        if let Some((hider, depth)) = &mut self.hidden {
            if **hider == *name && !tag.self_closing {
                *depth += 1;
            }
            return;
        }
        if UNSEEN.contains(&name) {
            if !tag.self_closing {
                self.hidden = Some((tag.name.clone(), 1));
            }
            return;
        }
        self.break_for(name);
        match name {
            b"br" => self.line_break(),
            b"pre" => self.preformatted += 1,
            b"li" => self.words("- "),
            b"td" | b"th" => self.space = true,
            b"a" => self.open_link(tag),
            b"span" if !tag.self_closing => {
                if let Some(link) = &mut self.link {
                    link.open_span(&attribute(tag, b"class").unwrap_or_default());
                }
            }
            b"img" => {
                if let Some(alt) = attribute(tag, b"alt") {
                    self.text(&alt);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &HtmlString) {
        if let Some((hider, depth)) = &mut self.hidden {
            if hider == name {
                *depth -= 1;
                if *depth == 0 {
                    self.hidden = None;
                }
            }
            return;
        }
        let name: &[u8] = name;
        match name {
            b"a" => self.close_link(),
            b"span" => {
                if let Some(link) = &mut self.link {
                    link.spans.pop();
                }
            }
            b"pre" => self.preformatted = self.preformatted.saturating_sub(1),
            _ => {}
        }
        self.break_for(name);
    }

    fn break_for(&mut self, name: &[u8]) {
        if PARAGRAPHS.contains(&name) {
            self.breaks = self.breaks.max(2);
        } else if LINES.contains(&name) {
            self.breaks = self.breaks.max(1);
        }
    }

    /// `<br>` asks for one more line, up to a blank one.
    fn line_break(&mut self) {
        self.breaks = (self.breaks + 1).min(2);
    }

    fn text(&mut self, text: &str) {
        if self.hidden.is_some() || self.link.as_ref().is_some_and(Link::hides) {
            return;
        }
        if self.preformatted > 0 {
            self.preformatted_text(text);
            return;
        }
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C');
        for (index, word) in text.split(is_space).enumerate() {
            self.space |= index > 0;
            if !word.is_empty() {
                self.words(word);
            }
        }
    }

    fn preformatted_text(&mut self, text: &str) {
        let text = if self.breaks > 0 { text.trim_start_matches(['\r', '\n']) } else { text };
        if !text.is_empty() {
            self.words(text);
        }
    }

    /// Writes words, with the break or the space that is due before them.
    fn words(&mut self, words: &str) {
        if self.out.is_empty() {
            // Nothing stands above the first line.
        } else if self.breaks > 0 {
            self.trim_end();
            self.out.extend(std::iter::repeat_n('\n', self.breaks));
        } else if self.space && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        self.breaks = 0;
        self.space = false;
        self.out.push_str(words);
    }

    fn trim_end(&mut self) {
        let len = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(len);
    }

    fn open_link(&mut self, tag: &StartTag<()>) {
        self.close_link();
        if let Some(href) = attribute(tag, b"href") {
            self.link = Some(Link { href, start: self.out.len(), spans: Vec::new(), cut: false });
        }
    }

    /// Adds the target unless the words show it already, or name an account or a hashtag.
    fn close_link(&mut self) {
        let Some(Link { href, start, cut, .. }) = self.link.take() else { return };
        let href = href.trim();
        let lower = href.get(..8).unwrap_or(href).to_ascii_lowercase();
        if !(lower.starts_with("http://") || lower.starts_with("https://")) {
            return;
        }
        let shown = self.out.get(start..).unwrap_or_default().trim();
        if shown.starts_with(['@', '#']) || (!cut && bare(shown) == bare(href)) {
            return;
        }
        if shown.is_empty() {
            self.words(href);
            return;
        }
        let cut_short = shown.strip_suffix('…').or_else(|| shown.strip_suffix("..."));
        let whole = cut.then_some(shown);
        if let Some(beginning) = cut_short.or(whole)
            && (cut || beginning.len() > "http://".len())
            && bare(href).starts_with(bare(beginning))
        {
            let shown_at = self.out.len() - shown.len();
            self.out.truncate(shown_at);
            self.out.push_str(href);
            return;
        }
        self.out.push_str(" (");
        self.out.push_str(href);
        self.out.push(')');
    }

    fn finish(mut self) -> String {
        self.close_link();
        self.trim_end();
        self.out
    }
}

/// A link without what people leave out when they write it.
fn bare(link: &str) -> &str {
    let link = link.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    link.trim_end_matches('/')
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    let value = tag.attributes.get(name)?;
    Some(String::from_utf8_lossy(value).into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("Is the water safe?", "Is the water safe?")]
    #[case::entities("Caf&eacute; &amp; th&#233; &lt;b&gt; &nbsp;x", "Café & thé <b> \u{A0}x")]
    #[case::paragraphs("<p>One</p>\n<p>Two<br>three</p>", "One\n\nTwo\nthree")]
    #[case::spaces("  a \n <b> b</b>  c ", "a b c")]
    #[case::list("<ul><li>one</li><li>two</li></ul>after", "- one\n- two\nafter")]
    #[case::script("a<script>if (1 < 2) alert('<p>')</script>b<style>p{}</style>c", "abc")]
    #[case::comment("a<!-- hidden -->b", "ab")]
    #[case::quote("<blockquote><p>said</p></blockquote><p>so</p>", "said\n\nso")]
    #[case::broken("<p>open <b>never closed <a href=", "open never closed")]
    #[case::link(r#"<a href="https://example.org/x">the notice</a> is up"#, "the notice (https://example.org/x) is up")]
    #[case::shown_link(r#"<a href="https://example.org/">example.org</a>"#, "example.org")]
    #[case::other_scheme(r#"<a href="javascript:alert(1)">click</a>"#, "click")]
    #[case::cut_link(
        r#"<a href="https://example.org/long/path">example.org/lon…</a>!"#,
        "https://example.org/long/path!"
    )]
    #[case::mastodon_link(
        r#"<p>See <a href="https://example.org/very/long"><span class="invisible">https://</span><span class="ellipsis">example.org/ver</span><span class="invisible">y/long</span></a></p>"#,
        "See https://example.org/very/long"
    )]
    #[case::mastodon_short_link(
        r#"<a href="https://example.org/x"><span class="invisible">https://</span><span class="">example.org/x</span><span class="invisible"></span></a>!"#,
        "https://example.org/x!"
    )]
    #[case::mastodon_link_that_lies(
        r#"<a href="https://evil.example/"><span class="invisible">https://</span><span class="ellipsis">town.example/wat</span><span class="invisible">er</span></a>"#,
        "town.example/wat (https://evil.example/)"
    )]
    #[case::hidden_outside_a_link(r#"<span class="invisible">brown</span> water"#, "brown water")]
    #[case::hidden_and_never_closed(
        r#"<a href="https://x.example/"><span class="invisible">x.example</a> seen"#,
        "https://x.example/ seen"
    )]
    #[case::mastodon_mention(
        r#"<span class="h-card"><a href="https://m.example/@town" class="u-url mention">@<span>town</span></a></span> hi"#,
        "@town hi"
    )]
    #[case::image(r#"<img src="x.png" alt="brown water"> here"#, "brown water here")]
    #[case::pre("<pre>a\n  b</pre>c", "a\n  b\n\nc")]
    #[case::nested_hidden("a<svg><svg>x</svg>y</svg>b", "ab")]
    fn reads(#[case] html: &str, #[case] expected: &str) {
        assert_eq!(html_to_text(html), expected);
    }

    #[test]
    fn depth_costs_nothing() {
        let html = format!("{}deep{}", "<div><svg></svg>".repeat(20_000), "</div>".repeat(20_000));
        assert_eq!(html_to_text(&html), "deep");
    }

    proptest! {
        #[test]
        fn no_html_panics(html in "(<[a-z/!]{0,3}[a-z =\"'>&;#0-9é]{0,9}|[ -~é…]{0,9}){0,12}") {
            html_to_text(&html);
        }
    }
}
