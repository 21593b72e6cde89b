//! What is looked for in words: bare words, phrases, hashtags, handles, and the wildcards in them.
//!
//! What enters: what stands between spaces, quotes or braces. What leaves: the words as the tokeniser splits and
//! folds them, so that query and text always agree on what a word is; or an error for what is no word.

use std::ops::Range;

use super::Parser;
use crate::query::ast::{Expr, Form, Part, Phrase};
use crate::query::error::{QueryErrorKind, WarningKind};
use crate::query::{MAX_DISTANCE, MAX_PHRASE_WORDS, MAX_WILDCARDS, MAX_WITHIN_WORDS, lexer, pattern};
use crate::text::fold::{Class, class, spelling};
use crate::text::tokens::{Mark, Tokens, Word};

/// Letters a `*` needs before it, so that one rule does not wake on every text.
pub(in crate::query) const SHORTEST_PREFIX: usize = 3;
/// Letters that a suffix or a word with `?` tells at least.
pub(in crate::query) const FEWEST_LETTERS: usize = 3;

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    Text,
    /// An author's names, or links.
    Name,
}

/// A word of a query before its wildcards at the ends are known.
struct Draft {
    /// Folded, with a `?` for each one character.
    folded: String,
    /// A character that is a word by itself.
    single: bool,
}

impl Parser<'_> {
    /// A bare word: what stands between two spaces.
    pub(super) fn bare(&mut self, text: &str, span: Range<usize>) -> Option<Expr> {
        self.warn_lowercase(text, &span);
        if lexer::has_tilde(text) {
            self.fail(span, QueryErrorKind::WithinOperand);
            return None;
        }
        if let Some(word) = text.strip_suffix('?')
            && word.ends_with(char::is_alphanumeric)
        {
            let kind = WarningKind::QuestionMark { word: text.to_owned() };
            self.warn(span.clone(), kind, format!("{word}*"));
        }
        self.term(text, span.start, span)
    }

    /// A word, a phrase, a hashtag or a handle; `offset` is where `text` begins in the query.
    pub(super) fn term(&mut self, text: &str, offset: usize, span: Range<usize>) -> Option<Expr> {
        let trimmed = text.trim();
        if is_mark(trimmed) {
            return self.mark(trimmed, offset + text.len() - text.trim_start().len(), span);
        }
        self.phrase(text, &span, In::Text).map(Expr::Words)
    }

    /// What stands between braces: exactly this case and these accents.
    pub(super) fn exact(&mut self, text: &str, offset: usize, span: Range<usize>) -> Option<Expr> {
        let trimmed = text.trim();
        if is_mark(trimmed) {
            let found = self.mark(trimmed, offset + text.len() - text.trim_start().len(), span.clone())?;
            let Expr::Mark { kind, name, mut part } = found else { return Some(found) };
            if part.form != Form::Word {
                self.fail(span, QueryErrorKind::ExactWildcard);
                return None;
            }
            part.form = Form::Exact(spelling(&name).collect());
            return Some(Expr::Mark { kind, name, part });
        }
        if text.contains('*') {
            self.fail(span, QueryErrorKind::ExactWildcard);
            return None;
        }
        let (mut words, mut parts) = (Vec::new(), Vec::new());
        for piece in text.split_whitespace() {
            self.tokens.fill(piece);
            if !self.check_words(&span) {
                return None;
            }
            words.push(piece);
            parts.extend(self.tokens.words().iter().map(|word| {
                let spelled = piece.get(word.span()).unwrap_or_default();
                Part { folded: self.tokens.folded(word).to_owned(), form: Form::Exact(spelling(spelled).collect()) }
            }));
        }
        self.checked(Phrase { text: words.join(" "), parts }, &span).map(Expr::Words)
    }

    /// The `~4` behind a phrase.
    pub(super) fn within(
        &mut self,
        phrase: Option<Expr>,
        at: &Range<usize>,
        tilde: &lexer::Lexeme<'_>,
    ) -> Option<Expr> {
        let lexer::LexemeKind::Within { distance, ordered, good } = tilde.kind else { return phrase };
        let written = |distance: u32| format!("~{distance}{}", if ordered { "f" } else { "" });
        if !good {
            let kind = QueryErrorKind::WithinDistance { largest: MAX_DISTANCE };
            self.report(tilde.span.clone(), kind, Some(written(distance)));
        }
        let phrase = match phrase? {
            Expr::Words(phrase) if phrase.parts.len() > 1 => phrase,
            _ => {
                self.fail(at.start..tilde.span.end, QueryErrorKind::WithinOperand);
                return None;
            }
        };
        let words = phrase.parts.len();
        if words > MAX_WITHIN_WORDS {
            self.fail(at.clone(), QueryErrorKind::TooManyWords { limit: MAX_WITHIN_WORDS });
            return None;
        }
        let least = words as u32 - 1;
        if distance < least {
            let kind = QueryErrorKind::WithinTooNear { words, least };
            self.report(tilde.span.clone(), kind, Some(written(least)));
            return None;
        }
        Some(Expr::Within { phrase, distance, ordered })
    }

    fn mark(&mut self, text: &str, offset: usize, span: Range<usize>) -> Option<Expr> {
        let (name, prefix) = text.strip_suffix('*').map_or((text, false), |name| (name, true));
        if name.contains('*') || !single_characters(name, false).is_empty() {
            self.fail(span, QueryErrorKind::MarkWildcard);
            return None;
        }
        self.tokens.fill(name);
        // A handle with a domain is two marks at the same place; the whole one comes last.
        let found: Option<Mark> = self.tokens.marks().iter().rfind(|mark| mark.name.span().start == 0).copied();
        let Some(mark) = found else {
            self.fail(span, QueryErrorKind::NoWords { found: text.to_owned() });
            return None;
        };
        let end = mark.name.span().end;
        if name[end..].chars().any(|c| !matches!(class(c), Class::Dropped)) {
            let kind = QueryErrorKind::Unexpected { found: name[end..].to_owned() };
            self.report(offset + end..offset + name.len(), kind, None);
            return None;
        }
        let form = if prefix { Form::Prefix } else { Form::Word };
        let part = Part { folded: self.tokens.folded(&mark.name).to_owned(), form };
        let sign = name.chars().next().map_or(1, char::len_utf8);
        let written = name[sign..end].to_owned();
        self.check_part(&part, &span).then_some(Expr::Mark { kind: mark.kind, name: written, part })
    }

    /// Words at successive positions; each piece between spaces may have wildcards.
    pub(super) fn phrase(&mut self, text: &str, span: &Range<usize>, looked_in: In) -> Option<Phrase> {
        let mut phrase = Phrase { text: String::new(), parts: Vec::new() };
        let errors = self.errors.len();
        for piece in text.split(|c: char| c.is_whitespace() || c == '"').filter(|piece| !piece.is_empty()) {
            if !phrase.text.is_empty() {
                phrase.text.push(' ');
            }
            phrase.text.push_str(piece);
            phrase.parts.extend(self.piece(piece, span, looked_in).into_iter().flatten());
        }
        if self.errors.len() > errors { None } else { self.checked(phrase, span) }
    }

    /// The phrase when it has words, and not too many.
    fn checked(&mut self, phrase: Phrase, span: &Range<usize>) -> Option<Phrase> {
        if phrase.parts.is_empty() {
            self.fail(span.clone(), QueryErrorKind::NoWords { found: phrase.text });
            return None;
        }
        if phrase.parts.len() > MAX_PHRASE_WORDS {
            self.fail(span.clone(), QueryErrorKind::TooManyWords { limit: MAX_PHRASE_WORDS });
            return None;
        }
        Some(phrase)
    }

    /// The words of what stands between two spaces.
    fn piece(&mut self, piece: &str, span: &Range<usize>, looked_in: In) -> Option<Vec<Part>> {
        let (rest, leads) = piece.strip_prefix('*').map_or((piece, false), |rest| (rest, true));
        let (core, trails) = rest.strip_suffix('*').map_or((rest, false), |core| (core, true));
        if core.contains('*') || (leads && trails) || ((leads || trails) && !core.contains(char::is_alphanumeric)) {
            let meant = without_stars(piece);
            self.report(span.clone(), QueryErrorKind::Wildcard, meant);
            return None;
        }
        let (drafts, touches) = self.drafts(core, span, looked_in, trails)?;
        if (leads && !touches.0) || (trails && !touches.1) {
            self.fail(span.clone(), QueryErrorKind::Wildcard);
            return None;
        }
        let last = drafts.len().saturating_sub(1);
        let parts = drafts.into_iter().enumerate().map(|(index, draft)| {
            let (leads, trails) = (leads && index == 0, trails && index == last);
            let (star_before, star_after) = (if leads { "*" } else { "" }, if trails { "*" } else { "" });
            if draft.folded.contains('?') {
                let folded = format!("{star_before}{}{star_after}", draft.folded);
                return Part { folded, form: Form::Pattern };
            }
            let form = if leads && !draft.single {
                Form::Suffix
            } else if trails {
                Form::Prefix
            } else {
                Form::Word
            };
            Part { folded: draft.folded, form }
        });
        let parts: Vec<Part> = parts.collect();
        parts.iter().all(|part| self.check_part(part, span)).then_some(parts)
    }

    /// The words of a piece without its stars, a `?` in them for each one character; and whether the first word
    /// begins where the piece does, and the last one ends where it does.
    fn drafts(
        &mut self,
        core: &str,
        span: &Range<usize>,
        looked_in: In,
        trails: bool,
    ) -> Option<(Vec<Draft>, (bool, bool))> {
        let mut drafts: Vec<Draft> = Vec::new();
        let (mut touches_start, mut touches_end) = (false, false);
        let mut start = 0;
        let singles = single_characters(core, trails);
        for end in singles.iter().copied().chain([core.len()]) {
            let fragment = &core[start..end];
            self.fill(fragment, looked_in);
            if !self.check_words(span) {
                return None;
            }
            let words = self.tokens.words();
            if start > 0 {
                // A `?` stands before this fragment: it joins the words that it touches.
                match drafts.last_mut().filter(|_| touches_end) {
                    Some(draft) if draft.single => {
                        self.fail(span.clone(), QueryErrorKind::Wildcard);
                        return None;
                    }
                    Some(draft) => draft.folded.push('?'),
                    None => drafts.push(Draft { folded: "?".to_owned(), single: false }),
                }
                touches_end = fragment.is_empty();
            }
            for word in words {
                let draft =
                    Draft { folded: self.tokens.folded(word).to_owned(), single: is_single(&self.tokens, word) };
                match drafts.last_mut() {
                    Some(before) if start > 0 && is_nothing(&fragment[..word.span().start]) => {
                        if draft.single || before.single {
                            self.fail(span.clone(), QueryErrorKind::Wildcard);
                            return None;
                        }
                        before.folded.push_str(&draft.folded);
                    }
                    _ => drafts.push(draft),
                }
            }
            let begins = |word: &Word| is_nothing(&fragment[..word.span().start]);
            touches_start |= start == 0 && (words.first().is_some_and(begins) || end == 0);
            touches_end |= words.last().is_some_and(|word| is_nothing(&fragment[word.span().end..]));
            start = end + 1;
        }
        Some((drafts, (touches_start, touches_end)))
    }

    fn fill(&mut self, text: &str, looked_in: In) {
        match looked_in {
            In::Text => self.tokens.fill(text),
            In::Name => self.tokens.fill_name(text),
        }
    }

    /// False when a link or a handle stands among the words that were just read.
    fn check_words(&mut self, span: &Range<usize>) -> bool {
        let kind = if self.tokens.has_link() {
            QueryErrorKind::Link
        } else if self.tokens.words().iter().any(Word::is_gap) {
            QueryErrorKind::HandleInPhrase
        } else {
            return true;
        };
        self.fail(span.clone(), kind);
        false
    }

    /// False when too little of the word is told, or there are too many wildcards.
    fn check_part(&mut self, part: &Part, span: &Range<usize>) -> bool {
        let single = part.folded.chars().next().is_some_and(|c| matches!(class(c), Class::Ideograph | Class::Emoji));
        let letters = pattern::letters(&part.folded);
        let kind = match part.form {
            Form::Prefix if !single && letters < SHORTEST_PREFIX => {
                QueryErrorKind::PrefixTooShort { least: SHORTEST_PREFIX }
            }
            Form::Suffix | Form::Pattern if letters < FEWEST_LETTERS => {
                QueryErrorKind::WildcardTooBroad { least: FEWEST_LETTERS }
            }
            Form::Pattern if pattern::anchor(&part.folded).is_none() => QueryErrorKind::WildcardBothEnds,
            _ => {
                self.wildcards += usize::from(part.is_wild());
                if self.wildcards == MAX_WILDCARDS + 1 {
                    self.stop(span.clone(), QueryErrorKind::TooManyWildcards { limit: MAX_WILDCARDS });
                }
                return self.wildcards <= MAX_WILDCARDS;
            }
        };
        self.fail(span.clone(), kind);
        false
    }
}

/// A hashtag or a handle, by its sign.
fn is_mark(text: &str) -> bool {
    text.starts_with(['#', '@', '＃', '＠']) && !text.contains(char::is_whitespace)
}

/// Where a `?` stands for one character: inside a word, at its beginning, or before the `*` at its end. At the end of a
/// word it is punctuation.
fn single_characters(core: &str, trails: bool) -> Vec<usize> {
    let mut singles = Vec::new();
    let mut follows = trails;
    for (at, c) in core.char_indices().rev() {
        match c {
            '?' if follows => singles.push(at),
            '?' => {}
            _ => follows = c.is_alphanumeric(),
        }
    }
    singles.reverse();
    singles
}

/// True when nothing that shows stands there.
fn is_nothing(text: &str) -> bool {
    text.chars().all(|c| class(c) == Class::Dropped)
}

fn is_single(tokens: &Tokens, word: &Word) -> bool {
    let first = tokens.folded(word).chars().next();
    first.is_some_and(|c| matches!(class(c), Class::Ideograph | Class::Emoji))
}

/// `flood**` and `flo*od` were perhaps meant to be `flood*` and `flo*`.
fn without_stars(piece: &str) -> Option<String> {
    let head = piece.split('*').next().unwrap_or_default();
    let plain = head.chars().count() >= SHORTEST_PREFIX && head.chars().all(char::is_alphanumeric);
    plain.then(|| format!("{head}*"))
}
