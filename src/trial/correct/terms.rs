//! Words of a text that could be added to a rule or excluded from it.

use crate::mention::Span;
use crate::query::{Query, Stage};
use crate::text::tokens::{MarkKind, Tokens};

use super::How;

/// So many are offered.
const MOST: usize = 8;
/// A name has so many words at most.
const LONGEST_NAME: usize = 3;

/// Terms of `text` for a rule that holds at `spans`, as a query spells them, the likeliest first. To exclude: names beside
/// what matched, then what matched with its neighbours. To add: hashtags, names, pairs of words, long words.
pub fn terms(text: &str, spans: &[Span], how: How) -> Vec<String> {
    let tokens = Tokens::of(text);
    let words = Words { text, tokens: &tokens };
    let mut found = match how {
        How::Exclude => [words.names(spans), words.neighbours(spans), words.tags(), words.long(spans)],
        How::Add => [words.tags(), words.names(spans), words.pairs(), words.long(spans)],
    }
    .concat();
    let mut kept: Vec<String> = Vec::new();
    found.retain(|term| Query::parse(term, Stage::Match).is_ok_and(|query| query.warnings().is_empty()));
    for term in found {
        if !kept.iter().any(|known| known.eq_ignore_ascii_case(&term)) {
            kept.push(term);
        }
    }
    kept.truncate(MOST);
    kept
}

struct Words<'a> {
    text: &'a str,
    tokens: &'a Tokens,
}

impl Words<'_> {
    fn span(&self, at: usize) -> Span {
        self.tokens.words()[at].span()
    }

    fn written(&self, at: usize) -> &str {
        self.text.get(self.span(at)).unwrap_or_default()
    }

    fn count(&self) -> usize {
        self.tokens.words().len()
    }

    /// A word that says something: no gap, not a frequent one, three letters at least.
    fn says_something(&self, at: usize) -> bool {
        let word = self.tokens.folded(&self.tokens.words()[at]);
        word.chars().count() >= 3 && !crate::query::is_common(word)
    }

    fn matched(&self, at: usize, spans: &[Span]) -> bool {
        let own = self.span(at);
        spans.iter().any(|span| span.start < own.end && own.start < span.end)
    }

    /// Only blanks stand between a word and the next one.
    fn joined(&self, at: usize) -> bool {
        let between = self.text.get(self.span(at).end..self.span(at + 1).start).unwrap_or_default();
        between.chars().all(|c| c == ' ') && !between.is_empty()
    }

    /// Some words in a row, as a query spells them.
    fn term(&self, first: usize, last: usize) -> String {
        let words: Vec<&str> = (first..=last).map(|at| self.written(at)).collect();
        if first == last { words.concat() } else { format!("\"{}\"", words.join(" ")) }
    }

    fn capital(&self, at: usize) -> bool {
        self.written(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Capitalised words in a row that nothing matched yet, such as a town with its state. One at the beginning of the
    /// text is a name only with a second word.
    fn names(&self, spans: &[Span]) -> Vec<String> {
        let mut names = Vec::new();
        let mut at = 0;
        while at < self.count() {
            let mut last = at;
            while self.capital(at)
                && last + 1 < self.count()
                && last - at + 1 < LONGEST_NAME
                && self.joined(last)
                && self.capital(last + 1)
            {
                last += 1;
            }
            let all_matched = (at..=last).all(|at| self.matched(at, spans));
            let alone_at_start = last == at && (at == 0 || !self.says_something(at));
            if self.capital(at) && !all_matched && !alone_at_start {
                names.push(self.term(at, last));
            }
            at = last + 1;
        }
        names
    }

    /// What matched with the word before or after it.
    fn neighbours(&self, spans: &[Span]) -> Vec<String> {
        let pairs = (1..self.count())
            .filter(|&at| self.joined(at - 1) && self.matched(at - 1, spans) != self.matched(at, spans));
        let pairs = pairs.filter(|&at| {
            let beside = if self.matched(at, spans) { at - 1 } else { at };
            self.says_something(beside)
        });
        pairs.map(|at| self.term(at - 1, at)).collect()
    }

    fn tags(&self) -> Vec<String> {
        let tags = self.tokens.marks().iter().filter(|mark| mark.kind == MarkKind::Tag);
        tags.filter_map(|mark| self.text.get(mark.name.span())).map(str::to_owned).collect()
    }

    fn pairs(&self) -> Vec<String> {
        let pairs = (1..self.count())
            .filter(|&at| self.joined(at - 1) && self.says_something(at - 1) && self.says_something(at));
        pairs.map(|at| self.term(at - 1, at)).collect()
    }

    /// The longest first.
    fn long(&self, spans: &[Span]) -> Vec<String> {
        let mut long: Vec<&str> = (0..self.count())
            .filter(|&at| self.says_something(at) && !self.matched(at, spans))
            .map(|at| self.written(at))
            .filter(|word| word.chars().count() >= 5)
            .collect();
        long.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        long.into_iter().map(str::to_owned).collect()
    }
}
