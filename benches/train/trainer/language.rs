//! The table of languages: word and letter sequences against eight answers.
//!
//! What enters: texts whose language is known, and English, Spanish, Italian and other tweets of the crisis sets, of which the
//! crate `whichlang` says what they are. What leaves: the bytes of `language/weights.bin`. A perceptron with a margin, averaged;
//! of texts in the languages with few texts, random pieces are learned from as well, so that short texts are told, too.

use std::collections::HashSet;

use crate::pipeline::language::{ROWS, TONGUES, Table, Tongue, rows};
use crate::text::tokens::Tokens;

use super::corpus::{Data, fnv1a, is_held, readable};

/// Rounds over all examples.
const ROUNDS: usize = 6;
/// The step of the first round; later rounds step less far.
const STEP: f32 = 0.5;
/// By so much the right answer is to be ahead of the next: further for those with fewer texts.
fn margin(tongue: Tongue) -> f32 {
    match tongue {
        Tongue::En => 1.0,
        Tongue::Fr => 1.25,
        _ => 1.5,
    }
}

/// One in so many weights, the heaviest, is cut off when they are rounded.
const CUT: usize = 2000;

/// The crisis sets' events whose tweets are often in a language `whichlang` does not know.
const UNCLEAR: [&str; 5] = [
    "2012_Philipinnes_floods",
    "2013_Bohol_earthquake",
    "2013_Manila_floods",
    "2013_Singapore_haze",
    "2013_Typhoon_Yolanda",
];
/// Events that are held out whole.
const HELD_EVENTS: [&str; 4] =
    ["2013_NY_train_crash", "2012_Typhoon_Pablo", "2013_Queensland_floods", "2013_West_Texas_explosion"];

struct Example {
    tongue: Tongue,
    rows: Vec<u16>,
}

/// The examples, and the dice by which some are chosen: always the same.
struct Lessons {
    examples: Vec<Example>,
    tokens: Tokens,
    dice: u64,
}

impl Lessons {
    fn throw(&mut self, sides: usize) -> usize {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.dice >> 33) as usize % sides
    }

    fn add(&mut self, tongue: Tongue, text: &str) {
        self.tokens.fill(text);
        let mut found = Vec::new();
        for word in self.tokens.words().iter().filter(|word| !word.is_gap()) {
            rows(text, &self.tokens, word, |row| found.push(row));
        }
        if !found.is_empty() {
            self.examples.push(Example { tongue, rows: found });
        }
    }

    /// The whole text and `pieces` pieces of two to ten words.
    fn add_with_pieces(&mut self, tongue: Tongue, text: &str, pieces: usize) {
        self.add(tongue, text);
        let words: Vec<&str> = text.split_whitespace().collect();
        for _ in 0..pieces {
            if words.len() < 4 {
                break;
            }
            let len = 2 + self.throw(words.len().min(9) - 1);
            if len < words.len() {
                let at = self.throw(words.len() - len);
                self.add(tongue, &words[at..at + len].join(" "));
            }
        }
    }
}

/// The bytes of the table.
pub fn train(data: &Data) -> Vec<u8> {
    let mut lessons = Lessons { examples: Vec::new(), tokens: Tokens::new(), dice: 12_345 };
    english(data, &mut lessons);
    french(data, &mut lessons);
    own(data, &mut lessons);
    crises(data, &mut lessons);
    let weights = solve(&mut lessons);
    let bytes = rounded(&weights);
    debug_assert!(Table::parse(&bytes).is_some());
    bytes
}

fn english(data: &Data, lessons: &mut Lessons) {
    let sets = [("vader_tweets_gt.tsv", 2, 1), ("davidson_en.tsv", 4, 3), ("mlma_en_dev.tsv", 4, 1)];
    for (set, column, one_in) in sets {
        for row in data.set(set) {
            let Some(text) = row.get(column).filter(|text| !is_held(text)) else { continue };
            if lessons.throw(one_in) == 0 {
                lessons.add_with_pieces(Tongue::En, &readable(text), 1);
            }
        }
    }
    for row in data.set("goemotions_en_dev.tsv") {
        let [split, _, text] = &row[..] else { continue };
        if split != "dev" && lessons.throw(2) == 0 {
            lessons.add_with_pieces(Tongue::En, &readable(text), 1);
        }
    }
}

fn french(data: &Data, lessons: &mut Lessons) {
    for row in data.set("mlma_fr_dev.tsv") {
        if let Some(text) = row.get(4).filter(|text| !is_held(text)) {
            lessons.add_with_pieces(Tongue::Fr, &readable(text), 2);
        }
    }
    for row in data.set("hatecheck_fr_dev.tsv") {
        let [_, kind, _, template, text] = &row[..] else { continue };
        let key = format!("{template}{kind}");
        if !is_held(&key) && fnv1a(&key).is_multiple_of(4) {
            lessons.add(Tongue::Fr, text);
        }
    }
    let words = |set| -> Vec<String> { data.set(set).into_iter().filter_map(|row| row.into_iter().next()).collect() };
    // The French list has English words, too.
    let english: HashSet<String> = words("vader_lexicon_en.txt").into_iter().collect();
    let words = words("vader_lexicon_fr.txt");
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic))
        .filter(|word| !is_held(word) && !english.contains(*word))
        .collect();
    for five in words.chunks(5) {
        lessons.add(Tongue::Fr, &five.join(" "));
    }
}

/// The project's own texts.
fn own(data: &Data, lessons: &mut Lessons) {
    for (file, pieces) in [("own_fr.tsv", 2), ("town.tsv", 1)] {
        for row in data.own(file) {
            let (Some(tongue), Some(text)) = (row.first().and_then(|tag| ours(tag)), row.get(7)) else { continue };
            if !is_held(text) {
                lessons.add_with_pieces(tongue, text, pieces);
            }
        }
    }
    for row in data.own("languages.tsv") {
        let [tag, text] = &row[..] else { continue };
        if !is_held(text) {
            lessons.add_with_pieces(of_tag(tag), text, 15);
        }
    }
}

fn crises(data: &Data, lessons: &mut Lessons) {
    for row in data.set("crisislex_t26_dev.tsv") {
        let [event, _, _, _, _, text] = &row[..] else { continue };
        if !HELD_EVENTS.contains(&event.as_str()) {
            crisis(lessons, event, text);
        }
    }
    for row in data.set("crisislex_t6_dev.tsv") {
        let [event, _, text] = &row[..] else { continue };
        if lessons.throw(2) == 0 {
            crisis(lessons, event, text);
        }
    }
}

/// A tweet whose language nobody noted down; short ones are left out, and so are the answers that are often wrong.
fn crisis(lessons: &mut Lessons, event: &str, text: &str) {
    use whichlang::Lang;

    let text = readable(text);
    let plain: Vec<&str> =
        text.split_whitespace().filter(|word| !word.starts_with(['@', '#']) && !word.starts_with("http")).collect();
    let plain = plain.join(" ");
    if plain.chars().filter(|c| c.is_alphabetic()).count() < 40 {
        return;
    }
    let tongue = match whichlang::detect_language(&plain) {
        Lang::Eng => Tongue::En,
        Lang::Spa => Tongue::Es,
        Lang::Ita => Tongue::It,
        Lang::Fra | Lang::Por | Lang::Deu | Lang::Nld => return,
        _ => Tongue::Xx,
    };
    if tongue == Tongue::En || !UNCLEAR.contains(&event) {
        lessons.add_with_pieces(tongue, &text, usize::from(tongue != Tongue::En));
    }
}

fn ours(tag: &str) -> Option<Tongue> {
    match tag {
        "en" => Some(Tongue::En),
        "fr" => Some(Tongue::Fr),
        _ => None,
    }
}

fn of_tag(tag: &str) -> Tongue {
    match tag {
        "es" => Tongue::Es,
        "pt" => Tongue::Pt,
        "it" => Tongue::It,
        "de" => Tongue::De,
        "nl" => Tongue::Nl,
        _ => ours(tag).unwrap_or(Tongue::Xx),
    }
}

type Weights = Vec<[f32; TONGUES]>;

/// Averages over all steps are kept as a sum of steps by when they were taken.
fn solve(lessons: &mut Lessons) -> Weights {
    let (mut weights, mut late): (Weights, Weights) = (vec![[0.0; TONGUES]; ROWS], vec![[0.0; TONGUES]; ROWS]);
    let examples = std::mem::take(&mut lessons.examples);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut now = 1.0_f32;
    for round in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            order.swap(at, lessons.throw(at + 1));
        }
        for &at in &order {
            let Example { tongue, rows } = &examples[at];
            let share = 1.0 / (rows.len() as f32).sqrt();
            let (right, best) = (*tongue as usize, rival(&weights, rows, *tongue as usize));
            let wrong = best.0;
            let loss = margin(*tongue) - best.1 * share;
            if loss > 0.0 {
                let step = STEP / (1.0 + round as f32) * share * loss.min(1.0);
                for &row in rows {
                    let row = usize::from(row);
                    weights[row][right] += step;
                    weights[row][wrong] -= step;
                    late[row][right] += now * step;
                    late[row][wrong] -= now * step;
                }
            }
            now += 1.0 / 1024.0;
        }
    }
    for (row, late) in weights.iter_mut().zip(&late) {
        for (weight, late) in row.iter_mut().zip(late) {
            *weight -= late / now;
        }
    }
    weights
}

/// The strongest wrong answer and how far the right one is ahead of it.
fn rival(weights: &Weights, rows: &[u16], right: usize) -> (usize, f32) {
    let mut sums = [0.0_f32; TONGUES];
    for &row in rows {
        for (sum, weight) in sums.iter_mut().zip(weights[usize::from(row)]) {
            *sum += weight;
        }
    }
    let mut best = usize::from(right == 0);
    for at in 0..TONGUES {
        if at != right && sums[at] > sums[best] {
            best = at;
        }
    }
    (best, sums[right] - sums[best])
}

fn rounded(weights: &Weights) -> Vec<u8> {
    let mut sizes: Vec<f32> = weights.iter().flatten().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let most = sizes.get(sizes.len() / CUT).copied().unwrap_or(1.0);
    weights.iter().flatten().map(|weight| (weight / most * 127.0).round().clamp(-127.0, 127.0) as i8 as u8).collect()
}
