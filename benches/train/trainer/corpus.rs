//! The examples of every head, with the features of their texts taken once.
//!
//! What enters: what the recipes say of which text. What leaves: examples by head, and sparse vectors by text. Data sets are
//! tab-separated files in a folder; nothing of them is kept but numbers.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use crate::pipeline::model::{Features, GRAM_ROWS, Head};
use crate::pipeline::signals::Signals;
use crate::text::tokens::Tokens;

use super::Settings;

/// What the three sums weigh against each other before anything is learned.
pub const WORDS: f32 = 1.0;
/// See [`WORDS`].
pub const LETTERS: f32 = 0.7;
/// The value of a mark.
pub const MARKS: f32 = 0.2;

/// What an example is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Weights are learned from it.
    Train,
    /// Bias and calibration are fitted on it; then weights are learned from it too.
    Gauge,
    /// It is only ever scored.
    Held,
}

/// What a recipe says of a text.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The text's number in the corpus.
    pub text: u32,
    /// Whether the head should say yes.
    pub target: bool,
    /// How much an error counts.
    pub weight: f32,
    /// What it is for.
    pub role: Role,
    /// The data set, for the report.
    pub set: &'static str,
}

/// All examples and the features of their texts.
#[derive(Default)]
pub struct Corpus {
    numbers: HashMap<u64, u32>,
    vectors: Vec<Vec<(u32, f32)>>,
    rows: Vec<Features>,
    examples: BTreeMap<Head, Vec<Example>>,
    settings: BTreeMap<Head, Settings>,
    signals: Signals,
    tokens: Tokens,
}

impl Corpus {
    /// Says how a head is trained. A head without settings is left as it was.
    pub fn head(&mut self, head: Head, settings: Settings) {
        self.settings.insert(head, settings);
        self.examples.entry(head).or_default();
    }

    /// Adds an example.
    #[expect(clippy::too_many_arguments, reason = "a recipe says all of it in one line, each thing of its own type")]
    pub fn add(&mut self, head: Head, text: &str, target: bool, weight: f32, role: Role, set: &'static str) {
        let text = self.intern(text);
        self.examples.entry(head).or_default().push(Example { text, target, weight, role, set });
    }

    /// The heads that have settings.
    pub fn heads(&self) -> impl Iterator<Item = Head> + '_ {
        self.settings.keys().copied()
    }

    /// How `head` is trained.
    pub fn settings(&self, head: Head) -> &Settings {
        &self.settings[&head]
    }

    /// The examples of `head` in the order they were added.
    pub fn examples(&self, head: Head) -> &[Example] {
        self.examples.get(&head).map_or(&[], Vec::as_slice)
    }

    /// A text as the solver sees it.
    pub fn features(&self, text: u32) -> &[(u32, f32)] {
        &self.vectors[text as usize]
    }

    /// A text as the model sees it.
    pub fn rows(&self, text: u32) -> &Features {
        &self.rows[text as usize]
    }

    fn intern(&mut self, raw: &str) -> u32 {
        let key = fnv1a(raw);
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let text = readable(raw);
        self.tokens.fill(&text);
        self.signals.fill(&text, &self.tokens);
        let features = self.signals.features().clone();
        let number = self.vectors.len() as u32;
        self.vectors.push(vector(&features));
        self.rows.push(features);
        self.numbers.insert(key, number);
        number
    }
}

/// The sparse vector whose product with a head's weights is its score.
fn vector(features: &Features) -> Vec<(u32, f32)> {
    let share = |rows: &[u16], value: f32| value / (rows.len().max(1) as f32).sqrt();
    let parts = [
        (features.words(), 0, share(features.words(), WORDS)),
        (features.letters(), 0, share(features.letters(), LETTERS)),
        (features.marks(), GRAM_ROWS as u32, MARKS),
    ];
    let mut all: Vec<(u32, f32)> = Vec::new();
    for (rows, offset, value) in parts {
        all.extend(rows.iter().map(|row| (u32::from(*row) + offset, value)));
    }
    summed(all)
}

/// Rows in their order, the values of one that comes several times added up.
pub fn summed(mut all: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    all.sort_unstable_by_key(|(at, _)| *at);
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    all
}

/// The hash by which texts are split and named: FNV-1a of 64 bits.
pub fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

/// True for a key that is never trained on.
pub fn is_held(key: &str) -> bool {
    (fnv1a(key) >> 32).is_multiple_of(5)
}

/// What a text with `key` is for: a fifth is held out, an eighth of the rest is for the gauge where there should be one.
pub fn role(key: &str, gauge: bool) -> Role {
    let hash = fnv1a(key) >> 32;
    match hash {
        _ if hash.is_multiple_of(5) => Role::Held,
        _ if gauge && (hash / 5).is_multiple_of(4) => Role::Gauge,
        _ => Role::Train,
    }
}

/// The text of a data set as a network would have given it: what was escaped for the file is written out.
pub fn readable(raw: &str) -> String {
    let mut text = units(raw);
    for (escaped, plain) in
        [("\\n", "\n"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    {
        if text.contains(escaped) {
            text = text.replace(escaped, plain);
        }
    }
    numbered(&text)
}

/// `\u2019` and the like written out, two halves of a character together.
fn units(raw: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find("\\u") {
        units.extend(rest[..at].encode_utf16());
        let unit = rest.get(at + 2..at + 6).and_then(|digits| u16::from_str_radix(digits, 16).ok());
        let taken = if unit.is_some() { 6 } else { 2 };
        match unit {
            Some(unit) => units.push(unit),
            None => units.extend("\\u".encode_utf16()),
        }
        rest = &rest[at + taken..];
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units)
}

/// `&#128514;` and the like written out.
fn numbered(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        out.push_str(&rest[..at]);
        rest = &rest[at + 2..];
        let written = rest.split_once(';').and_then(|(digits, after)| {
            let c = digits.parse().ok().and_then(char::from_u32)?;
            Some((c, after))
        });
        match written {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => out.push_str("&#"),
        }
    }
    out + rest
}

/// Where data sets lie.
pub struct Data {
    /// The folder of the data sets of others.
    pub sets: PathBuf,
    /// The folder of the project's own texts.
    pub texts: PathBuf,
}

impl Data {
    /// The rows of a data set, each split at tabs, without its header; empty with a warning when there is no such file.
    pub fn set(&self, name: &str) -> Vec<Vec<String>> {
        rows(&self.sets.join(name))
    }

    /// The rows of an own text file, without its header.
    pub fn own(&self, name: &str) -> Vec<Vec<String>> {
        rows(&self.texts.join(name))
    }

    /// The rows of a file of labels for texts of the sets, each with its text, found by the hash in the first column.
    pub fn labelled(&self, name: &str) -> Vec<(String, Vec<String>)> {
        let mut labels: HashMap<u64, Vec<String>> = HashMap::new();
        for row in self.own(name) {
            if let Some(Ok(hash)) = row.first().map(|hash| u64::from_str_radix(hash, 16)) {
                labels.insert(hash, row);
            }
        }
        let texts = LABELLED.iter().flat_map(|set| self.set(set)).filter_map(|mut row| row.pop());
        texts.filter_map(|text| labels.remove(&fnv1a(&text)).map(|row| (text, row))).collect()
    }
}

/// The sets whose texts, in their last column, the project has labels of its own for.
const LABELLED: [&str; 6] = [
    "crisislex_t26_dev.tsv",
    "crisislex_t6_dev.tsv",
    "vader_tweets_gt.tsv",
    "davidson_en.tsv",
    "mlma_en_dev.tsv",
    "goemotions_en_dev.tsv",
];

fn rows(path: &Path) -> Vec<Vec<String>> {
    let Ok(content) = fs::read_to_string(path) else {
        super::report::say(&format!("missing: {}", path.display()));
        return Vec::new();
    };
    content.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}
