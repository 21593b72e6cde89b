//! The lexicon of tone: what a word's valence is in English and in French, and which words change that of others.
//!
//! What enters: the key of a word, a pair of words or a sign. What leaves: an [`Entry`]. The table is part of the program
//! (`lexicon.bin`, made by `benches/train` from VADER's list, `vaderSentiment_fr`'s and the project's own): a power of two of slots,
//! looked through from where the key points. A key is known by 16 of its bits; a wrong guess costs a word's valence.

use std::sync::LazyLock;

/// The first bytes of the file.
pub const MAGIC: [u8; 8] = *b"FDTONE01";

/// A slot: the key's tag, the English sense, the French sense.
const SLOT: usize = 4;
/// How many slots there are.
pub const SLOTS: usize = 1 << 15;

static BYTES: &[u8] = include_bytes!("lexicon.bin");

static SHARED: LazyLock<Lexicon<'static>> = LazyLock::new(|| {
    let lexicon = Lexicon::parse(BYTES);
    debug_assert!(lexicon.is_some(), "lexicon.bin has another format");
    lexicon.unwrap_or_default()
});

/// What a word is to tone in one language: a valence, or a role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sense(pub i8);

impl Sense {
    /// The language does not know it.
    pub const NONE: Self = Self(0);
    /// The language knows it, and it carries no valence.
    pub const PLAIN: Self = Self(-128);
    /// Turns what follows.
    pub const NOT: Self = Self(120);
    /// Lifts what follows.
    pub const MORE: Self = Self(119);
    /// Dampens what follows.
    pub const LESS: Self = Self(118);
    /// Shifts the weight to what follows.
    pub const BUT: Self = Self(117);
    /// A small word that only tells the language.
    pub const SMALL: Self = Self(116);

    /// True for a valence or [`Sense::PLAIN`].
    pub fn is_valence(self) -> bool {
        self != Self::NONE && self.0 <= 100
    }

    /// The valence, −100 to 100; `None` where the language does not know the word.
    pub fn valence(self) -> Option<i32> {
        match self {
            Self::NONE => None,
            Self(value @ -100..=100) => Some(i32::from(value)),
            _ => Some(0),
        }
    }
}

/// The senses of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Entry {
    /// In English.
    pub english: Sense,
    /// In French.
    pub french: Sense,
}

impl Entry {
    /// What neither language knows.
    pub const NONE: Self = Self { english: Sense::NONE, french: Sense::NONE };
}

/// A table of senses that borrows its bytes; empty by default.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lexicon<'a> {
    slots: &'a [[u8; SLOT]],
}

impl Lexicon<'static> {
    /// The lexicon the program has.
    pub fn shared() -> &'static Self {
        &SHARED
    }
}

impl<'a> Lexicon<'a> {
    /// The lexicon in `bytes`; `None` when they have another format.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let slots = bytes.strip_prefix(&MAGIC)?.as_chunks::<SLOT>();
        (slots.1.is_empty() && slots.0.len() == SLOTS).then_some(Self { slots: slots.0 })
    }

    /// The bytes of a lexicon with these entries, by key; `None` when they do not fit.
    pub fn to_bytes(entries: &[(u64, Entry)]) -> Option<Vec<u8>> {
        let mut slots = vec![[0_u8; SLOT]; SLOTS];
        for (key, entry) in entries {
            let tag = tag(*key).to_le_bytes();
            let free = probe(*key).find(|slot| slots[*slot][..2] == [0, 0] || slots[*slot][..2] == tag)?;
            slots[free] = [tag[0], tag[1], entry.english.0 as u8, entry.french.0 as u8];
        }
        Some(MAGIC.into_iter().chain(slots.into_iter().flatten()).collect())
    }

    /// The senses of what `key` is the key of.
    pub fn get(&self, key: u64) -> Entry {
        if key == 0 || self.slots.is_empty() {
            return Entry::NONE;
        }
        let tag = tag(key).to_le_bytes();
        for slot in probe(key) {
            match self.slots[slot] {
                [0, 0, ..] => return Entry::NONE,
                [low, high, english, french] if [low, high] == tag => {
                    return Entry { english: Sense(english as i8), french: Sense(french as i8) };
                }
                _ => {}
            }
        }
        Entry::NONE
    }
}

/// Never zero: that is a free slot.
fn tag(key: u64) -> u16 {
    (mixed(key) as u16) | 1
}

/// The slots in which a key may lie, the first one first.
fn probe(key: u64) -> impl Iterator<Item = usize> {
    let first = (mixed(key) >> 32) as usize;
    (0..SLOTS).map(move |step| (first + step) % SLOTS)
}

fn mixed(key: u64) -> u64 {
    let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lexicon_parses() {
        assert!(Lexicon::parse(BYTES).is_some());
        assert!(Lexicon::parse(&BYTES[1..]).is_none() && Lexicon::parse(&BYTES[..BYTES.len() - 4]).is_none());
    }

    #[test]
    fn what_was_written_is_found() {
        let entry = |english, french| Entry { english: Sense(english), french: Sense(french) };
        let entries: Vec<(u64, Entry)> =
            (1..2_000_u64).map(|key| (key << 20, entry((key % 90) as i8 + 1, 0))).collect();
        let bytes = Lexicon::to_bytes(&entries).expect("they fit");
        let lexicon = Lexicon::parse(&bytes).expect("a lexicon");
        let lost = entries.iter().filter(|(key, entry)| lexicon.get(*key) != *entry).count();
        assert!(lost < 10, "{lost} of 2,000 keys share a tag with another near them");
        assert_eq!(lexicon.get(0), Entry::NONE);
    }
}
