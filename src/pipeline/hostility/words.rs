//! The words hostility is told by, read once from the two word files.
//!
//! What enters: the files' text, then words by their hash. What leaves: the [`Kinds`] of a word in each language, and the
//! phrases that begin with it. The files are part of the program; a test reads every line. Words are known by their hash
//! alone: a text made to collide could at most be called rude, or miss being called so.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::tokens::{Word, hash};

/// What a word can be, several at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kinds(u32);

impl Kinds {
    pub(super) const NONE: Self = Self(0);
    pub(super) const OATH: Self = Self(1);
    pub(super) const MILD_OATH: Self = Self(1 << 1);
    pub(super) const VULGAR: Self = Self(1 << 2);
    pub(super) const BANTER: Self = Self(1 << 3);
    pub(super) const INSULT: Self = Self(1 << 4);
    pub(super) const DEGRADING: Self = Self(1 << 5);
    pub(super) const ACCUSATION: Self = Self(1 << 6);
    pub(super) const MILD_SCORN: Self = Self(1 << 7);
    pub(super) const SCORN: Self = Self(1 << 8);
    pub(super) const SLUR: Self = Self(1 << 9);
    pub(super) const DOUBTFUL_SLUR: Self = Self(1 << 10);
    pub(super) const BRUTE: Self = Self(1 << 11);
    pub(super) const ATTACK: Self = Self(1 << 12);
    pub(super) const ABUSE: Self = Self(1 << 13);
    pub(super) const HATE: Self = Self(1 << 14);
    pub(super) const IDENTITY: Self = Self(1 << 15);
    pub(super) const GROUP: Self = Self(1 << 16);
    pub(super) const ELECTED: Self = Self(1 << 17);
    pub(super) const STAFF: Self = Self(1 << 18);
    pub(super) const SERVICE: Self = Self(1 << 19);
    pub(super) const POLICY: Self = Self(1 << 20);
    pub(super) const RESIDENT: Self = Self(1 << 21);
    pub(super) const YOU: Self = Self(1 << 22);
    pub(super) const THEY: Self = Self(1 << 23);
    pub(super) const ME: Self = Self(1 << 24);
    pub(super) const BE: Self = Self(1 << 25);
    pub(super) const NOT: Self = Self(1 << 26);
    pub(super) const HEAP: Self = Self(1 << 27);
    pub(super) const STRESS: Self = Self(1 << 28);
    pub(super) const QUOTE: Self = Self(1 << 29);
    pub(super) const SMALL: Self = Self(1 << 30);
    pub(super) const TINGE: Self = Self(1 << 31);

    /// Names for people that say what their author thinks of them.
    pub(super) const NAMES: Self = Self(Self::INSULT.0 | Self::DEGRADING.0 | Self::SLUR.0);
    /// What makes a text worth a second look.
    pub(super) const HOT: Self = Self((Self::HATE.0 << 1) - 1);
    /// What one language's words say in a text of the other: only what cannot be a plain word there.
    const ABROAD: Self =
        Self(Self::OATH.0 | Self::INSULT.0 | Self::DEGRADING.0 | Self::SLUR.0 | Self::ATTACK.0 | Self::ABUSE.0);
    /// What tells the language.
    pub(super) const GRAMMAR: Self =
        Self(Self::YOU.0 | Self::THEY.0 | Self::ME.0 | Self::BE.0 | Self::NOT.0 | Self::STRESS.0 | Self::SMALL.0);
    /// People.
    pub(super) const PEOPLE: Self =
        Self(Self::IDENTITY.0 | Self::GROUP.0 | Self::ELECTED.0 | Self::STAFF.0 | Self::RESIDENT.0);

    /// True when it is any of `other`.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "oath" => Self::OATH,
            "oath1" => Self::MILD_OATH,
            "vulgar" => Self::VULGAR,
            "insult1" => Self::BANTER,
            "insult2" => Self::INSULT,
            "insult3" => Self::DEGRADING,
            "accuse" => Self::ACCUSATION,
            "scorn1" => Self::MILD_SCORN,
            "scorn2" => Self::SCORN,
            "slur" => Self::SLUR,
            "slur1" => Self::DOUBTFUL_SLUR,
            "brute" => Self::BRUTE,
            "attack1" => Self::ATTACK,
            "attack2" => Self::ABUSE,
            "hate" => Self::HATE,
            "identity" => Self::IDENTITY,
            "group" => Self::GROUP,
            "elected" => Self::ELECTED,
            "staff" => Self::STAFF,
            "service" => Self::SERVICE,
            "policy" => Self::POLICY,
            "resident" => Self::RESIDENT,
            "you" => Self::YOU,
            "they" => Self::THEY,
            "me" => Self::ME,
            "be" => Self::BE,
            "not" => Self::NOT,
            "heap" => Self::HEAP,
            "stress" => Self::STRESS,
            "quote" => Self::QUOTE,
            "small" => Self::SMALL,
            "tinge" => Self::TINGE,
            _ => return None,
        })
    }
}

/// The language whose words count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Tongue {
    /// English.
    English,
    /// French.
    French,
    /// Both, mixed or not known.
    #[default]
    Both,
}

impl Tongue {
    /// The language told by how many small words of each there are.
    pub(super) fn by_count(english: usize, french: usize) -> Self {
        if english > 2 * french {
            Self::English
        } else if french > 2 * english {
            Self::French
        } else {
            Self::Both
        }
    }
}

/// What is known of a word by language, and where the phrases stand that begin with it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    english: Kinds,
    french: Kinds,
    /// Counts only in a text of its own language.
    local: bool,
    phrases: (u16, u16),
}

impl Entry {
    /// What it is in a text of this language.
    pub(super) fn kinds(&self, tongue: Tongue) -> Kinds {
        let abroad = |kinds: Kinds| if self.local { Kinds::NONE } else { kinds.and(Kinds::ABROAD) };
        match tongue {
            Tongue::English => self.english.or(abroad(self.french)),
            Tongue::French => self.french.or(abroad(self.english)),
            Tongue::Both => self.english.or(self.french),
        }
    }

    /// The one language whose grammar it belongs to.
    pub(super) fn speaks(&self) -> Option<Tongue> {
        match (self.english.any(Kinds::GRAMMAR), self.french.any(Kinds::GRAMMAR)) {
            (true, false) => Some(Tongue::English),
            (false, true) => Some(Tongue::French),
            _ => None,
        }
    }

    /// True for a word no file has.
    pub(super) fn is_empty(&self) -> bool {
        self.phrases.0 == self.phrases.1 && self.english == Kinds::NONE && self.french == Kinds::NONE
    }
}

/// Words in a row that mean something together.
#[derive(Debug, Clone)]
struct Phrase {
    /// The hashes after the first.
    rest: Vec<u64>,
    entry: Entry,
}

/// All words and phrases of both languages.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    entries: HashMap<u64, Entry, foldhash::fast::FixedState>,
    phrases: Vec<Phrase>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let (vocabulary, bad) = Vocabulary::read(include_str!("en.words"), include_str!("fr.words"));
    debug_assert!(bad.is_empty(), "lines that do not parse: {bad:?}");
    vocabulary
});

impl Vocabulary {
    /// The vocabulary the program has.
    pub(super) fn shared() -> &'static Self {
        &VOCABULARY
    }

    /// What the word with this hash is, if it is known.
    pub(super) fn kinds(&self, word: u64, tongue: Tongue) -> Option<Kinds> {
        self.entries.get(&word).map(|entry| entry.kinds(tongue))
    }

    /// What is known of the word with this hash; empty when nothing is.
    pub(super) fn entry(&self, word: u64) -> Entry {
        self.entries.get(&word).copied().unwrap_or_default()
    }

    /// The kinds and length of the longest phrase that begins with the first of `words`, of which `entry` is known.
    pub(super) fn phrase(&self, entry: Entry, words: &[Word], tongue: Tongue) -> Option<(Kinds, usize)> {
        let (from, to) = entry.phrases;
        // The longest stands first.
        self.phrases.get(usize::from(from)..usize::from(to))?.iter().find_map(|phrase| {
            let kinds = phrase.entry.kinds(tongue);
            let stands = words.len() > phrase.rest.len()
                && phrase.rest.iter().zip(&words[1..]).all(|(hash, word)| *hash == word.hash);
            (stands && kinds != Kinds::NONE).then_some((kinds, phrase.rest.len() + 1))
        })
    }

    /// The two files' words, and the lines that do not parse.
    fn read<'a>(english: &'a str, french: &'a str) -> (Self, Vec<&'a str>) {
        let mut words: HashMap<Vec<u64>, Entry, foldhash::fast::FixedState> = HashMap::default();
        let mut bad = Vec::new();
        for (file, tongue) in [(english, Tongue::English), (french, Tongue::French)] {
            for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                let Some((name, list)) = line.split_once(": ") else {
                    bad.push(line);
                    continue;
                };
                let kind = Kinds::named(name);
                if kind.is_none() && name != "local" {
                    bad.push(line);
                }
                for form in list.split_whitespace().flat_map(forms) {
                    let hashes: Vec<u64> = form.split('_').map(hash).collect();
                    let entry = words.entry(hashes).or_default();
                    let Some(kind) = kind else {
                        entry.local = true;
                        continue;
                    };
                    let kinds = if tongue == Tongue::English { &mut entry.english } else { &mut entry.french };
                    *kinds = kinds.or(kind);
                }
            }
        }
        (Self::of(words), bad)
    }

    fn of(words: HashMap<Vec<u64>, Entry, foldhash::fast::FixedState>) -> Self {
        let mut vocabulary = Self::default();
        let mut phrases: Vec<(u64, Phrase)> = Vec::new();
        for (hashes, entry) in words {
            match hashes.as_slice() {
                [one] => drop(vocabulary.entries.insert(*one, entry)),
                [first, rest @ ..] => phrases.push((*first, Phrase { rest: rest.to_vec(), entry })),
                [] => {}
            }
        }
        phrases
            .sort_by(|(a, left), (b, right)| (a, right.rest.len(), &left.rest).cmp(&(b, left.rest.len(), &right.rest)));
        let mut at = 0;
        for group in phrases.chunk_by(|(a, _), (b, _)| a == b) {
            let end = at + group.len() as u16;
            vocabulary.entries.entry(group[0].0).or_default().phrases = (at, end);
            at = end;
        }
        vocabulary.phrases = phrases.into_iter().map(|(_, phrase)| phrase).collect();
        vocabulary
    }
}

/// The spellings an item of the files stands for.
fn forms(item: &str) -> Vec<String> {
    if let Some(stem) = item.strip_suffix('~') {
        return vec![stem.to_owned(), format!("{stem}s")];
    }
    if let Some(stem) = item.strip_suffix('=') {
        return ["", "e", "s", "es"].map(|ending| format!("{stem}{ending}")).to_vec();
    }
    vec![item.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::Tokens;

    const FILES: [&str; 2] = [include_str!("en.words"), include_str!("fr.words")];

    #[test]
    fn every_line_of_the_word_files_parses() {
        let (vocabulary, bad) = Vocabulary::read(FILES[0], FILES[1]);
        assert_eq!(bad, Vec::<&str>::new());
        assert!(vocabulary.entries.len() > 2000 && vocabulary.phrases.len() > 300);
    }

    #[test]
    fn every_word_of_the_files_is_what_the_tokeniser_makes_of_it() {
        for line in FILES.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#')) {
            let (_, list) = line.split_once(": ").unwrap_or_default();
            for form in list.split_whitespace().flat_map(forms) {
                let tokens = Tokens::of(&form.replace('_', " "));
                let folded: Vec<&str> = tokens.words().iter().map(|word| tokens.folded(word)).collect();
                assert_eq!(folded.join("_"), form, "in {line:?}");
            }
        }
    }

    #[test]
    fn a_word_of_one_language_is_not_one_of_the_other() {
        let vocabulary = Vocabulary::shared();
        let kinds = |word: &str, tongue| vocabulary.kinds(hash(word), tongue).unwrap_or_default();
        assert!(kinds("sale", Tongue::French).any(Kinds::TINGE));
        assert!(!kinds("sale", Tongue::English).any(Kinds::HOT));
        assert!(kinds("tabarnak", Tongue::English).any(Kinds::OATH));
    }
}
