//! Covered words: letters and digits give way to blocks of the same width, so that the length is seen and no letter is.
//!
//! What enters: a text and where of it is hurtful, or which of its phrases are. What leaves: a text of the same width.
//! Spaces and punctuation stay. Nothing here decides what is covered: the shield and the assessment do.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;

use super::context::Context;
use crate::mention::{Mention, MentionId, Span};
use crate::pipeline::{self, Assessed};
use crate::text::width;

/// What stands for a covered column.
const BLOCK: &str = "▒";

/// `text` with these sorted spans covered; spans that are not of this text are passed over.
pub(super) fn cover<'t>(text: &'t str, spans: &[Span]) -> Cow<'t, str> {
    let mut covered = String::new();
    let mut at = 0;
    for span in spans {
        let start = span.start.max(at);
        let Some(part) = text.get(start..span.end) else { continue };
        covered.push_str(&text[at..start]);
        blocks(&mut covered, part);
        at = span.end;
    }
    if at == 0 {
        return Cow::Borrowed(text);
    }
    covered.push_str(&text[at..]);
    Cow::Owned(covered)
}

/// A text that is covered as a whole.
pub(super) fn blocked(text: &str) -> String {
    let mut covered = String::with_capacity(text.len());
    blocks(&mut covered, text);
    covered
}

/// `text` with every occurrence of these phrases covered, whatever their case.
pub(super) fn cover_phrases<'t>(text: &'t str, phrases: &[String]) -> Cow<'t, str> {
    if phrases.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut spans: Vec<Span> = Vec::new();
    for phrase in phrases {
        spans.extend(places(text, phrase));
    }
    spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    cover(text, &spans)
}

/// Where a phrase stands in a text, whatever the case of its letters and whatever spaces are between its words.
fn places<'t>(text: &'t str, phrase: &'t str) -> impl Iterator<Item = Span> + 't {
    let begins = text.char_indices().map(|(at, _)| at);
    let mut after = 0;
    begins.filter_map(move |at| {
        if at < after {
            return None;
        }
        let end = at + matching(&text[at..], phrase)?;
        after = end;
        Some(at..end)
    })
}

/// How many bytes of the beginning of `text` say `phrase`.
fn matching(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = text.char_indices();
    let mut end = 0;
    for wanted in phrase.chars() {
        let (at, found) = rest.next()?;
        let same = found == wanted
            || (found.is_whitespace() && wanted.is_whitespace())
            || found.to_lowercase().eq(wanted.to_lowercase());
        if !same {
            return None;
        }
        end = at + found.len_utf8();
    }
    (end > 0).then_some(end)
}

fn blocks(covered: &mut String, part: &str) {
    for cluster in part.graphemes(true) {
        let speaks = !cluster.chars().all(|character| character.is_whitespace() || character.is_ascii_punctuation());
        if speaks {
            (0..width::cluster_width(cluster)).for_each(|_| covered.push_str(BLOCK));
        } else {
            covered.push_str(cluster);
        }
    }
}

impl Context<'_> {
    /// Where the text of an assessed mention is covered at this moment.
    pub(super) fn covered(&self, assessed: &Assessed) -> Vec<Span> {
        if !self.shield.covers(&assessed.mention.id) {
            return Vec::new();
        }
        assessed.assessment.hurtful(&assessed.mention.text)
    }

    /// What of a mention is covered at this moment, as phrases: for words that quote it.
    pub(super) fn covered_phrases(&self, assessed: &Assessed) -> Vec<String> {
        phrases(&assessed.mention.text, &self.covered(assessed))
    }

    /// The row's words, covered where they have to be.
    pub(super) fn shielded<'t>(&self, id: &MentionId, text: &'t str, hurtful: &[Span]) -> Cow<'t, str> {
        if self.shield.covers(id) { cover(text, hurtful) } else { Cow::Borrowed(text) }
    }

    /// Another text of the same mention, an older one: it is judged by itself.
    pub(super) fn covered_text<'t>(&self, mention: &Mention, text: &'t str) -> Cow<'t, str> {
        if !self.shield.covers(&mention.id) {
            return Cow::Borrowed(text);
        }
        let other = Mention { text: text.to_owned(), ..mention.clone() };
        cover(text, &pipeline::assess(&other, self.plan).hurtful(text))
    }
}

/// The words at these places.
pub(super) fn phrases(text: &str, spans: &[Span]) -> Vec<String> {
    spans.iter().filter_map(|span| text.get(span.clone())).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::words("you utter idiots!", &[4..17], "you ▒▒▒▒▒ ▒▒▒▒▒▒!")]
    #[case::wide("水道 bad", &[0..6], "▒▒▒▒ bad")]
    #[case::marks("é\u{301}a b", &[0..5], "▒▒ b")]
    #[case::of_another_text("short", &[3..99], "short")]
    #[case::nothing("calm", &[], "calm")]
    fn a_covered_text_keeps_its_width(#[case] text: &str, #[case] spans: &[Span], #[case] expected: &str) {
        let covered = cover(text, spans);
        assert_eq!(covered, expected);
        assert_eq!(width::width(&covered), width::width(text));
    }

    #[test]
    fn phrases_are_found_whatever_their_case() {
        let phrases = ["you idiots".to_owned(), "idiots".to_owned()];
        assert_eq!(cover_phrases("“You\nIDIOTS”, idiots", &phrases), "“▒▒▒\n▒▒▒▒▒▒”, ▒▒▒▒▒▒");
        assert_eq!(cover_phrases("É", &["é".to_owned()]), "▒");
    }
}
