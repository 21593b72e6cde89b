//! The language a mention is written in: English, French, or another one; and whether it changes between two.
//!
//! What enters: a text's tokens and the language tag its source gave. What leaves: a [`LanguageGuess`], limited
//! to the languages of the plan. A table of weights over words and letter sequences is heard first. Where it leaves a doubt
//! whether the text is English or French at all, a second model, of sixteen languages, has the last word. The source's
//! tag is weak evidence; a text without words takes it.
//!
//! Distances between answers are measured in shares of √rows, so that long and short texts compare. Everything that decides is
//! an integer. A text changes languages when the cheapest reading of its words, at a price for every change, has words of two.

mod table;

use whichlang::Lang;

use crate::mention::{Confidence, Language};
use crate::text::tokens::{Tokens, Word};

use super::assessment::LanguageGuess;

pub use table::{ROWS, Sums, TONGUES, Table, Tongue, is_telling, rows};

/// So many words are listened to: a language shows within a paragraph.
const MOST_WORDS: usize = 120;
/// The second model reads no further than this.
const SECOND_BYTES: usize = 600;
/// Another language must be ahead by so much to be believed at once.
const AHEAD: i64 = 6;
/// Behind by no more than this it is believed when the second model says so, too.
const BEHIND: i64 = 110;
/// What other languages are behind by before anything is said: the plan's two are more likely.
const RARE: i64 = 40;
/// With fewer rows the second model is believed less, in proportion.
const MANY_ROWS: i64 = 150;
/// What the source's tag adds.
const TAG: i64 = 8;
/// The confidence of a guess that rests on the tag alone.
const TAG_ONLY: u8 = 50;
/// The confidence that letters of another script are another language.
const FOREIGN: u8 = 95;

/// What a change of language costs a reading, and the most that one word can cost it.
const CHANGE: i32 = 100;
const WORD: i32 = 300;
/// A reading with two languages must be better than with one by so much; by twice as much where the text is neither English
/// nor French: the other languages' small words look like theirs.
const BETTER: i32 = 600;
/// And have so many words of each that belong there plainly. English is one of the two: French and Spanish, say, share too many
/// small words to be told apart word by word.
const PLAIN_WORDS: u32 = 2;

/// How often a guess is right, in percent, by its distance to the second best answer, as measured on short pieces of held-out
/// texts; straight lines between the points.
const CALIBRATION: [(i64, u8); 7] = [(0, 55), (5, 68), (10, 80), (20, 90), (40, 97), (80, 99), (160, 100)];

/// No surer than this by none, one, two… words: names and loan words are short texts of their own.
const FEW_WORDS: [u8; 5] = [50, 72, 85, 93, 97];

/// The three answers, as places in an array.
const ENGLISH: usize = 0;
const FRENCH: usize = 1;
const OTHER: usize = 2;

/// The scratch of the guess.
#[derive(Debug, Default)]
pub(super) struct LanguageFinder {
    words: Vec<Heard>,
    /// The text without links and handles, for the second model.
    plain: String,
}

/// What one word said.
#[derive(Debug, Clone, Copy)]
struct Heard {
    sums: [i16; TONGUES],
    /// Written like a name in the middle of a sentence: names belong to no language.
    name: bool,
}

/// What all words said together.
#[derive(Debug, Default)]
struct Tally {
    sums: Sums,
    rows: i64,
    foreign_letters: usize,
    latin_letters: usize,
}

impl LanguageFinder {
    /// Guesses the language of a text among `spoken`, the plan's languages; what is none of them is [`Language::Other`].
    pub(super) fn find(
        &mut self,
        text: &str,
        tokens: &Tokens,
        tag: Option<&str>,
        spoken: &[Language],
    ) -> LanguageGuess {
        let tally = self.listen(text, tokens);
        let guess = if tally.foreign_letters > tally.latin_letters && tally.foreign_letters >= 2 {
            told(Language::Other, FOREIGN)
        } else if tally.rows == 0 {
            tag.map_or_else(LanguageGuess::default, |tag| told(tagged(tag), TAG_ONLY))
        } else {
            self.decide(text, tokens, &tally, tag)
        };
        let code = if spoken.contains(&guess.code) { guess.code } else { Language::Other };
        LanguageGuess { code, ..guess }
    }

    fn listen(&mut self, text: &str, tokens: &Tokens) -> Tally {
        self.words.clear();
        let (mut tally, mut end) = (Tally::default(), None);
        let table = Table::shared();
        for word in tokens.words().iter().filter(|word| !word.is_gap()).take(MOST_WORDS) {
            let folded = tokens.folded(word);
            let name = is_name(text, word, end.replace(word.span().end));
            if !is_telling(folded.as_bytes()) {
                tally.foreign_letters += folded.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
                continue;
            }
            tally.latin_letters += folded.len();
            let (sums, rows) = table.word(text, tokens, word);
            for (all, sum) in tally.sums.iter_mut().zip(sums) {
                *all += i32::from(sum);
            }
            tally.rows += rows as i64;
            self.words.push(Heard { sums, name });
        }
        tally
    }

    fn decide(&mut self, text: &str, tokens: &Tokens, tally: &Tally, tag: Option<&str>) -> LanguageGuess {
        let root = (tally.rows as u64).isqrt().max(1) as i64;
        let (elsewhere, other) = best_of(&tally.sums[OTHER..]);
        let mut scores = [tally.sums[ENGLISH], tally.sums[FRENCH], other].map(i64::from);
        scores[OTHER] -= RARE;
        if let Some(tag) = tag {
            scores[place(tagged(tag))] += TAG * root;
        }
        let ours = usize::from(scores[FRENCH] > scores[ENGLISH]);
        let ahead = scores[OTHER] - scores[ours];
        let doubted = -ahead * MANY_ROWS < BEHIND * root * tally.rows.min(MANY_ROWS);
        let is_other = ahead > AHEAD * root || (doubted && !self.second_says_ours(text, tokens));
        let winner = if is_other { OTHER } else { ours };
        let second = (0..3).filter(|at| *at != winner).map(|at| scores[at]).max().unwrap_or_default();
        let distance = (scores[winner] - second) / root;
        // The second model's word counts for something when it overrules the table.
        let distance = if is_other { distance.max(AHEAD) } else { distance };
        let code = [Language::En, Language::Fr, Language::Other][winner];
        let better = if is_other { 2 * BETTER } else { BETTER };
        LanguageGuess {
            mixed: self.is_mixed(OTHER + elsewhere, better),
            ..told(code, percent(distance, self.words.len()))
        }
    }

    /// True when the second model takes the text for English or French.
    fn second_says_ours(&mut self, text: &str, tokens: &Tokens) -> bool {
        self.plain.clear();
        let mut from = 0;
        for gap in tokens.words().iter().filter(|word| word.is_gap()).map(Word::span) {
            self.plain.push_str(text.get(from..gap.start).unwrap_or_default());
            from = gap.end.max(from);
        }
        self.plain.push_str(text.get(from..).unwrap_or_default());
        let head = &self.plain[..self.plain.floor_char_boundary(SECOND_BYTES)];
        matches!(whichlang::detect_language(head), Lang::Eng | Lang::Fra)
    }

    /// The best reading of the words in English, French and `elsewhere` against the best in one of them (Viterbi, 1967).
    fn is_mixed(&self, elsewhere: usize, better: i32) -> bool {
        let mut one = [0_i32; 3];
        let mut many = [(0_i32, [0_u32; 3]); 3];
        for word in self.words.iter().filter(|word| !word.name) {
            let sums = [word.sums[ENGLISH], word.sums[FRENCH], word.sums[elsewhere]].map(i32::from);
            let most = sums[0].max(sums[1]).max(sums[2]);
            let costs = sums.map(|sum| (sum - most).max(-WORD));
            let plain = costs.iter().filter(|cost| **cost < -WORD / 2).count() == 2;
            let (best, counts) = many.iter().copied().reduce(|a, b| if b.0 > a.0 { b } else { a }).unwrap_or_default();
            for at in 0..3 {
                one[at] += costs[at];
                if best - CHANGE > many[at].0 {
                    many[at] = (best - CHANGE, counts);
                }
                many[at].0 += costs[at];
                many[at].1[at] += u32::from(plain && costs[at] == 0);
            }
        }
        let (best, counts) = many.into_iter().reduce(|a, b| if b.0 > a.0 { b } else { a }).unwrap_or_default();
        let both = counts[ENGLISH].min(counts[FRENCH].max(counts[OTHER]));
        both >= PLAIN_WORDS && best - one.into_iter().max().unwrap_or_default() >= better
    }
}

/// True for a capitalised word that follows another in the same clause; `before` is where that one ended.
fn is_name(text: &str, word: &Word, before: Option<usize>) -> bool {
    let span = word.span();
    let Some(between) = before.and_then(|end| text.get(end..span.start)) else { return false };
    let mut letters = text[span].chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().next().is_some()
        && letters.all(char::is_lowercase)
        && between.chars().all(|c| matches!(c, ' ' | '\'' | '’' | '-'))
}

fn best_of(sums: &[i32]) -> (usize, i32) {
    sums.iter().copied().enumerate().reduce(|a, b| if b.1 > a.1 { b } else { a }).unwrap_or_default()
}

fn told(code: Language, percent: u8) -> LanguageGuess {
    LanguageGuess { code, confidence: Confidence::percent(percent), mixed: false }
}

/// How often a guess at such a `distance` that rests on so many `words` is right.
fn percent(distance: i64, words: usize) -> u8 {
    let next = CALIBRATION.iter().position(|(at, _)| *at > distance).unwrap_or(CALIBRATION.len() - 1).max(1);
    let ((from, low), (to, high)) = (CALIBRATION[next - 1], CALIBRATION[next]);
    let (low, high) = (i64::from(low), i64::from(high));
    let percent = (low + (high - low) * (distance.clamp(from, to) - from) / (to - from)) as u8;
    percent.min(FEW_WORDS.get(words).copied().unwrap_or(100))
}

fn place(code: Language) -> usize {
    match code {
        Language::En => ENGLISH,
        Language::Fr => FRENCH,
        Language::Other => OTHER,
    }
}

/// The language of a tag such as `fr-CA`.
fn tagged(tag: &str) -> Language {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    if primary.eq_ignore_ascii_case("en") {
        Language::En
    } else if primary.eq_ignore_ascii_case("fr") {
        Language::Fr
    } else {
        Language::Other
    }
}

#[cfg(test)]
mod tests;
