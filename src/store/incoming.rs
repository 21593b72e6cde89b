//! A mention on its way into the store that is assessed later.
//!
//! What enters: a normalised mention. What leaves: the same with all that the store keeps of it worked out, so that the one
//! thread that writes only writes. Pure: it can be made on any thread.

use crate::mention::{Mention, Span};
use crate::text::tokens::Tokens;

use super::StoreError;

/// How much of a text a row shows.
const EXCERPT: usize = 200;

/// A mention and what is kept of it beside itself.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub(super) mention: Mention,
    /// The mention as JSON.
    pub(super) json: String,
    /// The folded words of its text.
    pub(super) terms: String,
    pub(super) excerpt: String,
}

impl Incoming {
    /// Works out what is kept. `tokens` is scratch. Fails only when the mention cannot be written as JSON.
    pub fn new(mut mention: Mention, tokens: &mut Tokens) -> Result<Self, StoreError> {
        mention.version = 1;
        if mention.seen_by.is_empty() {
            mention.seen_by.push(mention.id.clone());
        }
        let json = serde_json::to_string(&mention)
            .map_err(|error| StoreError::Value { what: "a new value".to_owned(), cause: error.to_string() })?;
        let mut terms = String::with_capacity(mention.text.len() + 16);
        tokens.fill(&mention.text);
        tokens.index_terms(&mut terms);
        let excerpt = excerpt(&mention.text);
        Ok(Self { mention, json, terms, excerpt })
    }

    /// The mention.
    pub fn mention(&self) -> &Mention {
        &self.mention
    }
}

/// The same account on the same network; `None` for an unknown one.
pub(super) fn author_key(mention: &Mention) -> Option<String> {
    let handle = mention.author.handle.as_deref()?;
    Some(format!("{}:{}", mention.network.token(), handle.to_lowercase()))
}

/// The first words on one line; cut between characters, at a space where there is one.
pub(super) fn excerpt(text: &str) -> String {
    let mut short = String::with_capacity(EXCERPT.min(text.len()));
    for (word, at) in excerpt_words(text) {
        if at > short.len() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

/// Where sorted spans of `text` stand in its excerpt, as far as they do; each word apart.
pub(super) fn excerpt_spans(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    for (word, at) in excerpt_words(text) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let end = start + word.len();
        for span in spans.iter().filter(|span| span.start < end && span.end > start) {
            found.push(at + span.start.max(start) - start..at + span.end.min(end) - start);
        }
    }
    found
}

/// The words of the excerpt, each with its place in it.
fn excerpt_words(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut end = 0;
    text.split_whitespace().map_while(move |word| {
        let at = if end == 0 { 0 } else { end + 1 };
        if at > 0 && end + word.len() >= EXCERPT {
            return None;
        }
        let word = &word[..word.floor_char_boundary(EXCERPT)];
        end = at + word.len();
        Some((word, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_text_is_found_again_in_the_excerpt() {
        let text = "You  are\n\nall complete idiots, all of you";
        let spans = ["are\n\nall", "complete idiots"].map(|part| {
            let start = text.find(part).expect("a part of it");
            start..start + part.len()
        });
        let short = excerpt(text);
        let found: Vec<&str> = excerpt_spans(text, &spans).into_iter().map(|span| &short[span]).collect();
        assert_eq!(found, ["are", "all", "complete", "idiots"]);
        let long = "word ".repeat(99);
        assert!(excerpt_spans(&long, &[long.len() - 3..long.len()]).is_empty(), "beyond the excerpt");
    }

    #[test]
    fn an_excerpt_is_one_short_line_of_whole_characters() {
        assert_eq!(excerpt("Is the\n\n water  safe?"), "Is the water safe?");
        assert_eq!(excerpt(&"é".repeat(300)).chars().count(), 100);
        let long = excerpt(&"word ".repeat(100));
        assert!(long.len() <= EXCERPT && long.ends_with("word"), "{long}");
    }
}
