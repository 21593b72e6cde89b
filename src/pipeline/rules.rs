//! Rules over words, kept in text files beside the code that uses them: how they are written, found and tried.
//!
//! What enters: rule files, and what a text's words are. What leaves: whether a rule matches around a word, and from where
//! to where. A rule is filed under the words it insists on (its anchor), so that words no rule insists on cost one look-up.
//! The files are part of the program: a test reads every line, and a line that did not parse would simply not be there.
//!
//! ```text
//! set NAME = a b {other}        words by name, folded (no accents, lower case; apostrophes and hyphens split words)
//! seq NAME = a {b} / c ~1 d     alternatives, each a sequence; further lines with the same name add to it
//! verbs NAME en|er|ir|re = …    all forms of verbs as sets: NAME.base, NAME.past … (see `forms`)
//! KIND: a|b {set} _ ~3          a rule: one of these words, one of the set, any word, up to three words
//!   <seq>     one of the alternatives        ^  $   start of a sentence or clause, its end
//!   ?a|{set}  ?<seq>   may be there          !a|b   the next word is none of these
//!   -a        joined to the word before by a hyphen         =a|{set}   the anchor, when it is not the first word
//!   *s *A *@ *# *x    among words: any plural, name, handle, number, word    *ez  any other word that ends so
//! ```

mod forms;
mod read;
mod words;

use std::ops::Range;

#[cfg(test)]
pub(in crate::pipeline) use read::unmatchable;
use words::{Sets, Words};
pub(in crate::pipeline) use words::{Shapes, UNKNOWN, Vocabulary};

/// Stands in rules for any other word that ends like a French request: "posez", "réparez".
pub(in crate::pipeline) const IMPERATIVE: &str = "*ez";

/// What rules see of a text's words.
pub(in crate::pipeline) trait View {
    /// The word's number in the vocabulary, or [`UNKNOWN`].
    fn number(&self, word: usize) -> u16;
    /// What the word looks like.
    fn shapes(&self, _word: usize) -> Shapes {
        Shapes::default()
    }
    /// True where a sentence or clause begins, not counting what may stand before one.
    fn begins(&self, word: usize) -> bool;
    /// True when a hyphen joins the word to the one before it.
    fn joined(&self, word: usize) -> bool;
}

/// One step of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    /// The next word must begin a sentence or a clause.
    Start,
    /// The next word must be joined to the one before it by a hyphen.
    Joined,
    /// One word of a set.
    Word(u16),
    /// One word of a set, and it is the one by which the rule was found.
    Anchor(u16),
    /// One word of a set, or nothing.
    Maybe(u16),
    /// The next word is none of a set, or there is none.
    Not(u16),
    /// One of the alternatives.
    Seq(u16),
    /// One of the alternatives, or nothing.
    MaybeSeq(u16),
    /// Any word.
    Any,
    /// Up to so many words.
    Gap(u8),
    /// The sentence is over.
    End,
}

/// One line of a rule file that says something.
#[derive(Debug, Clone)]
pub(in crate::pipeline) struct Rule<S> {
    /// What it says when it matches.
    pub(in crate::pipeline) says: S,
    elements: Vec<Element>,
}

/// A rule under one of the words it insists on.
#[derive(Debug, Clone, Copy)]
struct Filed {
    rule: u16,
    /// The fewest and the most words before the anchor.
    before: (u8, u8),
    /// Where the rule insists on certain words right after the anchor: those. Most rules fail here.
    second: Option<u16>,
}

/// Alternatives.
#[derive(Debug, Default)]
struct Seq {
    alternatives: Vec<Vec<Element>>,
    /// The fewest and the most words they take.
    width: (u8, u8),
    /// Every word one of them can begin with; `None` when that is any.
    first: Option<u16>,
}

/// Rules of one kind of finding, over words of a shared vocabulary.
#[derive(Debug)]
pub(in crate::pipeline) struct Book<S> {
    rules: Vec<Rule<S>>,
    sets: Sets,
    seqs: Vec<Seq>,
    /// By word number.
    by_anchor: Vec<Vec<Filed>>,
}

impl<S> Default for Book<S> {
    fn default() -> Self {
        Self { rules: Vec::new(), sets: Sets::default(), seqs: Vec::new(), by_anchor: Vec::new() }
    }
}

/// What is left to match: some elements, then what stood behind the alternatives they are of.
struct Rest<'a> {
    elements: &'a [Element],
    behind: Option<&'a Rest<'a>>,
}

/// One attempt to match a rule.
struct Attempt<'a, S, V> {
    book: &'a Book<S>,
    view: &'a V,
    anchor: usize,
    end: usize,
}

impl<S> Book<S> {
    /// True when some rule is filed under the word with this number.
    #[inline]
    pub(in crate::pipeline) fn has_anchor(&self, number: u16) -> bool {
        self.by_anchor.get(usize::from(number)).is_some_and(|filed| !filed.is_empty())
    }

    /// Calls `found` with every rule that matches around the word at `anchor` inside the sentence, in the order of the
    /// files, and the words it matches; rules for which `wanted` says no are not tried.
    pub(in crate::pipeline) fn around<V: View>(
        &self,
        anchor: usize,
        sentence: &Range<usize>,
        view: &V,
        wanted: impl Fn(&S) -> bool,
        mut found: impl FnMut(&S, Range<usize>),
    ) {
        let Some(filed) = self.by_anchor.get(usize::from(view.number(anchor))) else { return };
        let next = if anchor + 1 < sentence.end { view.number(anchor + 1) } else { UNKNOWN };
        let attempt = Attempt { book: self, view, anchor, end: sentence.end };
        for filed in filed {
            if filed.second.is_some_and(|second| !self.sets.get(second).contains(next)) {
                continue;
            }
            let rule = &self.rules[usize::from(filed.rule)];
            if !wanted(&rule.says) {
                continue;
            }
            let (fewest, most) = filed.before;
            let Some(last) = anchor.checked_sub(usize::from(fewest)).filter(|at| *at >= sentence.start) else {
                continue;
            };
            let first = anchor.saturating_sub(usize::from(most)).max(sentence.start);
            // The nearest beginning wins: the evidence is no longer than it has to be.
            let rest = Rest { elements: &rule.elements, behind: None };
            let mut starts = (first..=last).rev();
            if let Some(words) = starts.find_map(|at| attempt.step(&rest, at).map(|end| at..end)) {
                found(&rule.says, words);
            }
        }
    }
}

impl<S, V: View> Attempt<'_, S, V> {
    /// The position after the last word of what is left, when it matches from `at` on.
    fn step(&self, rest: &Rest<'_>, at: usize) -> Option<usize> {
        let Some((element, others)) = rest.elements.split_first() else {
            return rest.behind.map_or(Some(at), |behind| self.step(behind, at));
        };
        let others = Rest { elements: others, behind: rest.behind };
        match *element {
            Element::Start => (at < self.end && self.view.begins(at)).then(|| self.step(&others, at))?,
            Element::Joined => (at < self.end && self.view.joined(at)).then(|| self.step(&others, at))?,
            Element::Word(set) => self.holds(set, at).then(|| self.step(&others, at + 1))?,
            Element::Anchor(set) => (at == self.anchor && self.holds(set, at)).then(|| self.step(&others, at + 1))?,
            Element::Maybe(set) => {
                let taken = if self.holds(set, at) { self.step(&others, at + 1) } else { None };
                taken.or_else(|| self.step(&others, at))
            }
            Element::Not(set) => (!self.holds(set, at)).then(|| self.step(&others, at))?,
            Element::Seq(seq) => self.alternatives(seq, &others, at),
            Element::MaybeSeq(seq) => self.alternatives(seq, &others, at).or_else(|| self.step(&others, at)),
            Element::Any => (at < self.end).then(|| self.step(&others, at + 1))?,
            Element::End => (at == self.end).then(|| self.step(&others, at))?,
            // The nearest continuation wins; gaps are short and few, so this stays cheap.
            Element::Gap(most) => {
                let last = (at + usize::from(most)).min(self.end);
                (at..=last).find_map(|next| self.step(&others, next))
            }
        }
    }

    fn alternatives(&self, seq: u16, others: &Rest<'_>, at: usize) -> Option<usize> {
        let seq = &self.book.seqs[usize::from(seq)];
        if seq.first.is_some_and(|first| !self.holds(first, at)) {
            return None;
        }
        seq.alternatives.iter().find_map(|elements| self.step(&Rest { elements, behind: Some(others) }, at))
    }

    #[inline]
    fn holds(&self, set: u16, at: usize) -> bool {
        if at >= self.end {
            return false;
        }
        let set: &Words = self.book.sets.get(set);
        set.contains(self.view.number(at)) || (!set.shapes.is_empty() && set.shapes.meets(self.view.shapes(at)))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::text::tokens::Tokens;

    /// The words of a text, with the numbers they have in a vocabulary.
    struct Plain<'a> {
        tokens: &'a Tokens,
        numbers: Vec<u16>,
    }

    impl View for Plain<'_> {
        fn number(&self, word: usize) -> u16 {
            self.numbers[word]
        }

        fn shapes(&self, word: usize) -> Shapes {
            let folded = self.tokens.folded(&self.tokens.words()[word]);
            if folded.ends_with('s') { Shapes::PLURAL.and(Shapes::WORD) } else { Shapes::WORD }
        }

        fn begins(&self, word: usize) -> bool {
            word == 0
        }

        fn joined(&self, _: usize) -> bool {
            false
        }
    }

    const FILE: &str = "\
set animal = cat dog
set pet = {animal} hamster
seq will = i|we will / i m ?really going to
verbs v.kill en = kill stab+
first: feed my {pet}
middle: <will> ~2 ={v.kill.base} !it _
plural: all =these *s $
start: ^ ?please go
maybe: end ?<will> now
";

    fn book() -> (Book<String>, Vocabulary) {
        let (mut book, mut vocabulary) = (Book::default(), Vocabulary::default());
        let bad = book.read(&[FILE], &mut vocabulary, |says| Some(says.to_owned()));
        assert_eq!(bad, Vec::<&str>::new());
        (book, vocabulary)
    }

    fn found(text: &str) -> Vec<(String, String)> {
        let (book, vocabulary) = book();
        let tokens = Tokens::of(text);
        let numbers = tokens.words().iter().map(|word| vocabulary.known(word.hash)).collect();
        let (view, mut found) = (Plain { tokens: &tokens, numbers }, Vec::new());
        for at in 0..tokens.words().len() {
            book.around(
                at,
                &(0..tokens.words().len()),
                &view,
                |_| true,
                |says, words| {
                    let words = &tokens.words()[words];
                    let span = words[0].span().start..words[words.len() - 1].span().end;
                    found.push((says.clone(), text[span].to_owned()));
                },
            );
        }
        found
    }

    #[rstest]
    #[case::first_word("please feed my hamster today", "first", "feed my hamster")]
    #[case::anchor_in_the_middle("so i will just go kill him", "middle", "i will just go kill him")]
    #[case::second_alternative("i'm really going to stab him", "middle", "i'm really going to stab him")]
    #[case::optional_word_left_out("i'm going to stab him", "middle", "i'm going to stab him")]
    #[case::shape("all these widgets", "plural", "all these widgets")]
    #[case::optional_word_first("please go away", "start", "please go")]
    #[case::optional_sequence("end we will now", "maybe", "end we will now")]
    #[case::optional_sequence_left_out("the end now", "maybe", "end now")]
    fn matches(#[case] text: &str, #[case] says: &str, #[case] evidence: &str) {
        assert_eq!(found(text), [(says.to_owned(), evidence.to_owned())]);
    }

    #[rstest]
    #[case::too_far("i will go out and then kill him")]
    #[case::excluded("i will kill it now")]
    #[case::nothing_follows("i will kill")]
    #[case::another_form("i will killed him")]
    #[case::not_at_the_end("all these widgets here")]
    #[case::not_a_plural("all these widget")]
    #[case::not_at_the_start("please do go")]
    fn matches_nothing(#[case] text: &str) {
        assert_eq!(found(text), [], "{text}");
    }

    #[test]
    fn a_line_that_says_nothing_is_reported() {
        let mut book = Book::default();
        let file = "question: ^ ~2 a\nwish: a\nquestion: {none}\nseq s = <none>\nverbs v oir = a\nnothing\n# fine\n";
        let bad = book.read(&[file], &mut Vocabulary::default(), |says| (says == "question").then_some(()));
        assert_eq!(bad.len(), 6, "{bad:?}");
    }
}
