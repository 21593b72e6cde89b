//! The words whose exchange makes another message, and those that say little: two short lists, English and French.

use std::sync::LazyLock;

use crate::text::tokens::hash;

/// What a word of the list tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    /// A number in letters.
    Number,
    /// "not", "lifted", "Monday".
    Turn,
    /// "street": the word before is a name.
    StreetAfter,
    /// "rue": the word after is a name.
    StreetBefore,
    /// "des": may stand between the two.
    Link,
    /// "RT": with a handle after it, what follows are somebody else's words.
    Repost,
}

/// The words of the list by their hashes.
struct List(Box<[(u64, Option<Telling>)]>);

/// Places of the list; more than four times as many as words.
const PLACES: usize = 2048;

impl List {
    fn place(&self, hash: u64) -> usize {
        let mut at = hash as usize % PLACES;
        while self.0[at].1.is_some() && self.0[at].0 != hash {
            at = (at + 1) % PLACES;
        }
        at
    }
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut list = List(vec![(0, None); PLACES].into_boxed_slice());
    for (name, words) in lines(include_str!("telling.txt")).filter_map(|line| line.split_once(':')) {
        let telling = match name {
            "number" => Telling::Number,
            "turn" => Telling::Turn,
            "street after" => Telling::StreetAfter,
            "street before" => Telling::StreetBefore,
            "repost" => Telling::Repost,
            _ => Telling::Link,
        };
        for word in words.split_whitespace() {
            let place = list.place(hash(word));
            list.0[place] = (hash(word), Some(telling));
        }
    }
    list
});

/// What the folded word with this hash tells.
pub(super) fn telling(hash: u64) -> Option<Telling> {
    let list = &*LIST;
    list.0[list.place(hash)].1
}

/// The folded words that most texts have: they say little about whether one is a copy of another.
pub(super) fn usual() -> impl Iterator<Item = &'static str> {
    lines(include_str!("usual.txt")).flat_map(str::split_whitespace)
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}
