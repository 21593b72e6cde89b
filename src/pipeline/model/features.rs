//! What the model sees of a text: rows of the table, taken in one pass over its words.
//!
//! What enters: a text and its tokens. What leaves: three lists of rows: words (with their pairs, negated copies, signs such as
//! `!!` and `:)`, hashtags), letter sequences inside words, and marks, which are features that somebody counted and sorted into
//! steps: capitals, lengths, the lexicon's valence. It is scratch: filled again and again, it stops allocating.

use crate::text::tokens::{MarkKind, Tokens, Word};

use super::grams::{Role, Spelling, pair_row, row};

/// Rows for marks.
pub(super) const SLOT_ROWS: usize = 1 << 10;

/// A negation reaches so many words.
const NEGATION: usize = 4;

/// A range of rows for the marks of one owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slots {
    first: u16,
    count: u16,
}

impl Slots {
    /// Punctuation, capitals, lengths.
    pub(super) const SHAPE: Self = Self { first: 0, count: 96 };
    /// The lexicon of tone.
    pub const TONE: Self = Self { first: 96, count: 160 };
    /// Profanity, insults, slurs, and at whom.
    pub const ABUSE: Self = Self { first: 256, count: 160 };
    /// What the rules of danger found.
    pub const DANGER: Self = Self { first: 416, count: 96 };
    /// What the rules of intent found.
    pub const INTENT: Self = Self { first: 512, count: 128 };
    /// What urgency is told by.
    pub const URGENCY: Self = Self { first: 640, count: 128 };

    fn row(self, index: u16) -> u16 {
        self.first + index.min(self.count - 1)
    }
}

/// Signs that stand together, such as `:)` and `!!`; a letter that they touch belongs to them: `:D`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// Tells signs apart, as [`Features::spellings`] do words.
    pub key: u64,
    /// Where they begin in the text.
    pub start: u32,
    /// Where they end.
    pub end: u32,
}

/// Where the features of one word end in the lists.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    words: u32,
    letters: u32,
}

/// The features of one text.
#[derive(Debug, Clone, Default)]
pub struct Features {
    words: Vec<u16>,
    letters: Vec<u16>,
    marks: Vec<u16>,
    ends: Vec<Ends>,
    spellings: Vec<u64>,
    stretched: Vec<(u32, u64)>,
    signs: Vec<Sign>,
}

impl Features {
    /// Replaces what was there by the words, letter sequences and shape of `text`; other marks are added after it.
    pub fn fill(&mut self, text: &str, tokens: &Tokens) {
        self.words.clear();
        self.letters.clear();
        self.marks.clear();
        self.ends.clear();
        self.spellings.clear();
        self.stretched.clear();
        self.signs.clear();
        let mut pass = Pass::default();
        for word in tokens.words() {
            self.read_signs(text, &mut pass, word.span().start);
            self.word(text, tokens, word, &mut pass);
            pass.from = word.span().end.max(pass.from);
            self.ends.push(Ends { words: self.words.len() as u32, letters: self.letters.len() as u32 });
        }
        self.read_signs(text, &mut pass, text.len());
        for mark in tokens.marks() {
            if mark.kind == MarkKind::Tag {
                pass.shape.tags += 1;
                let spelling = Spelling::of(tokens.folded(&mark.name).as_bytes());
                self.words.push(row(spelling.hash(), Role::Tag));
            }
        }
        pass.shape.links = tokens.links().count();
        pass.shape.mark(self);
    }

    /// Adds a mark: the `index`-th of its owner's, the last one for any index beyond.
    pub fn mark(&mut self, slots: Slots, index: u16) {
        self.marks.push(slots.row(index));
    }

    /// Adds marks `base` to `base + steps - 1`, of which there are `steps` for a count that is so large or larger: at two of
    /// four, the first two.
    pub fn mark_steps(&mut self, slots: Slots, base: u16, steps: u16) {
        self.marks.extend((0..steps).map(|step| slots.row(base + step)));
    }

    /// The rows of words, pairs, signs and hashtags.
    pub fn words(&self) -> &[u16] {
        &self.words
    }

    /// The rows of letter sequences.
    pub fn letters(&self) -> &[u16] {
        &self.letters
    }

    /// The rows of marks, counted from the first row after [`super::GRAM_ROWS`].
    pub fn marks(&self) -> &[u16] {
        &self.marks
    }

    /// One key a word, the same for spellings that count as the same; zero for a link or a handle.
    pub fn spellings(&self) -> &[u64] {
        &self.spellings
    }

    /// Words with a stretched letter, and the key of each without it: "greeeat" as "great".
    pub fn stretched(&self) -> &[(u32, u64)] {
        &self.stretched
    }

    /// The signs between words, in the order of the text.
    pub fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// The rows a word gave: words and letter sequences.
    pub(super) fn of_word(&self, word: usize) -> (&[u16], &[u16]) {
        let end = self.ends.get(word).copied().unwrap_or_default();
        let begin = word.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let words = self.words.get(begin.words as usize..end.words as usize);
        let letters = self.letters.get(begin.letters as usize..end.letters as usize);
        (words.unwrap_or_default(), letters.unwrap_or_default())
    }

    fn word(&mut self, text: &str, tokens: &Tokens, word: &Word, pass: &mut Pass) {
        if word.is_gap() {
            pass.last = None;
            self.spellings.push(0);
            if text[word.span()].starts_with(['@', '＠']) {
                pass.shape.handles += 1;
            }
            return;
        }
        let folded = tokens.folded(word).as_bytes();
        let spelling = Spelling::of(folded);
        if let Some(single) = spelling.single() {
            self.stretched.push((self.spellings.len() as u32, single));
        }
        self.spellings.push(spelling.hash());
        self.letter_of_signs(text, word);
        let hash = spelling.hash();
        self.words.push(row(hash, Role::Word));
        if let Some(last) = pass.last {
            self.words.push(pair_row(last, hash));
        }
        if pass.negated > 0 {
            pass.negated -= 1;
            self.words.push(row(hash, Role::Negated));
        }
        if is_negation(folded) && (folded != b"t" || pass.may_contract) {
            pass.negated = NEGATION;
        }
        pass.may_contract = folded.last() == Some(&b'n');
        spelling.letters(&mut self.letters);
        pass.last = Some(hash);
        pass.shape.word(&text.as_bytes()[word.span()], &spelling);
    }

    /// Adds a single letter or digit to the signs right before it: `:D`, `<3`.
    fn letter_of_signs(&mut self, text: &str, word: &Word) {
        let span = word.span();
        if let Some(sign) = self.signs.last()
            && span.len() == 1
            && sign.end as usize == span.start
        {
            let (start, end) = (sign.start, span.end as u32);
            let key = Spelling::of(&text.as_bytes()[start as usize..span.end]).hash();
            self.words.push(row(key, Role::Sign));
            self.signs.push(Sign { key, start, end });
        }
    }

    /// The signs from the last word up to `to`.
    fn read_signs(&mut self, text: &str, pass: &mut Pass, to: usize) {
        let between = text.as_bytes().get(pass.from..to).unwrap_or_default();
        if between.is_empty() || between == b" " {
            return;
        }
        let mut next = pass.from;
        for signs in between.split(u8::is_ascii_whitespace) {
            let start = next;
            next += signs.len() + 1;
            if signs.is_empty() {
                continue;
            }
            pass.shape.signs(signs);
            if signs.iter().any(|sign| matches!(sign, b'.' | b'!' | b'?' | b',' | b';' | b':')) {
                pass.negated = 0;
            }
            if !matches!(signs, b"." | b"," | b"'" | b"-" | b"#" | b"@") {
                let key = Spelling::of(signs).hash();
                self.words.push(row(key, Role::Sign));
                self.signs.push(Sign { key, start: start as u32, end: (start + signs.len()) as u32 });
            }
        }
    }
}

/// What one pass remembers from word to word.
#[derive(Debug, Default)]
struct Pass {
    from: usize,
    last: Option<u64>,
    negated: usize,
    /// The last word ends as "don" does before "'t".
    may_contract: bool,
    shape: Shape,
}

/// What is counted on the way.
#[derive(Debug, Default)]
struct Shape {
    words: usize,
    capitals: usize,
    emoji: usize,
    stretched: usize,
    exclamations: usize,
    questions: usize,
    dots: usize,
    quotes: usize,
    tags: usize,
    handles: usize,
    links: usize,
}

/// The marks a count can give.
const STEPS: u16 = 6;

impl Shape {
    fn word(&mut self, original: &[u8], spelling: &Spelling) {
        self.words += 1;
        self.stretched += usize::from(spelling.is_stretched());
        self.emoji += usize::from(original.first().is_some_and(|byte| *byte >= 0xE2));
        let shouted = spelling.len() > 1 && original.iter().all(u8::is_ascii_uppercase);
        self.capitals += usize::from(shouted);
    }

    fn signs(&mut self, signs: &[u8]) {
        for sign in signs {
            match sign {
                b'!' => self.exclamations += 1,
                b'?' => self.questions += 1,
                b'.' => self.dots += 1,
                b'"' => self.quotes += 1,
                _ => {}
            }
        }
        // The ellipsis as one character.
        self.dots += 3 * usize::from(signs.windows(3).any(|three| three == "…".as_bytes()));
    }

    fn mark(&self, features: &mut Features) {
        let shouting = (self.capitals * 5).checked_div(self.words).unwrap_or(0);
        let counts = [
            self.words.div_ceil(6),
            self.capitals,
            shouting,
            self.emoji,
            self.stretched,
            self.exclamations,
            self.questions,
            self.dots / 2,
            self.quotes,
            self.tags,
            self.handles,
            self.links,
        ];
        for (kind, count) in counts.into_iter().enumerate() {
            features.mark_steps(Slots::SHAPE, kind as u16 * STEPS, (count as u16).min(STEPS));
        }
    }
}

/// Words that turn what follows into its opposite, folded.
const NEGATIONS: [&[u8]; 36] = [
    b"not",
    b"no",
    b"never",
    b"t",
    b"dont",
    b"cant",
    b"wont",
    b"isnt",
    b"aint",
    b"doesnt",
    b"didnt",
    b"wasnt",
    b"arent",
    b"couldnt",
    b"wouldnt",
    b"shouldnt",
    b"havent",
    b"hasnt",
    b"cannot",
    b"without",
    b"nobody",
    b"nothing",
    b"neither",
    b"nor",
    b"hardly",
    b"barely",
    b"pas",
    b"jamais",
    b"rien",
    b"aucun",
    b"aucune",
    b"sans",
    b"ni",
    b"pu",
    b"guere",
    b"nullement",
];

fn is_negation(folded: &[u8]) -> bool {
    matches!(
        folded.first(),
        Some(b'n' | b't' | b'd' | b'c' | b'w' | b'i' | b'a' | b's' | b'h' | b'b' | b'p' | b'j' | b'r' | b'g')
    ) && folded.len() <= 9
        && NEGATIONS.contains(&folded)
}
