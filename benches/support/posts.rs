//! Posts and rules for the benches: made, never collected; the same in every run.
//!
//! The vocabulary follows Zipf's law, half English, half French with its accents and elisions; posts carry
//! hashtags, handles, emoji, links and a few near copies.

use std::collections::HashSet;

/// A small deterministic generator of numbers (splitmix64).
pub struct Numbers(u64);

impl Numbers {
    /// The same seed gives the same numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A rank below `limit`, rank r about as often as 1/(r+3).
    fn rank(&mut self, limit: usize) -> usize {
        let unit = self.below(1 << 24) as f64 / f64::from(1 << 24);
        let spread = (limit as f64 / 3.0 + 1.0).powf(unit);
        (((spread - 1.0) * 3.0) as usize).min(limit - 1)
    }
}

const ENGLISH: &str = "the to and of a in is it for on you that we this are be have not with at they but my what was our \
    just so all if there from city no when or out about can your do get will has up one me by council people more how \
    water road why town who today again please time tax new street fix need still mayor week back know public school";
const FRENCH: &str = "de la le les et à l'eau est pas des en que un une pour on qui dans c'est ça du sur plus avec ce au \
    nous vous ils mais fait tout ville j'ai rue très où été même encore maire égouts taxe école hôtel d'ici quand être \
    jamais déneigement problème coûts près réponse voilà français déjà";
const SYLLABLES: [&str; 48] = [
    "ba", "ren", "tor", "mil", "va", "con", "der", "lis", "po", "ter", "ma", "shi", "cro", "ple", "gan", "fou", "dré",
    "né", "lou", "ché", "sto", "win", "bri", "que", "al", "bor", "cam", "dun", "el", "far", "gil", "hor", "im", "jas",
    "kel", "lar", "mon", "nor", "os", "pra", "quin", "rou", "sal", "tam", "ul", "ver", "wes", "yar",
];
const EMOJI: [&str; 5] = ["🔥", "😡", "👍🏽", "❤️", "🚰"];

/// Words by rank, each once: real ones first, then made ones, the short ones before the long.
pub fn vocabulary(size: usize) -> Vec<String> {
    let mut numbers = Numbers::new(7);
    let real = ENGLISH.split_whitespace().zip(FRENCH.split_whitespace().cycle()).flat_map(|(en, fr)| [en, fr]);
    let mut known = HashSet::new();
    let mut words: Vec<String> = real.filter(|word| known.insert((*word).to_owned())).map(str::to_owned).collect();
    while words.len() < size {
        let count = 2 + usize::from(words.len() > 2_000) + usize::from(words.len() > 60_000) + numbers.below(2);
        let word: String = (0..count).map(|_| SYLLABLES[numbers.below(SYLLABLES.len())]).collect();
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// `count` posts of about 140 bytes. Six in ten speak of something the vocabulary has a fixed phrase for.
pub fn posts(count: usize, words: &[String]) -> Vec<String> {
    let mut numbers = Numbers::new(11);
    let phrases = phrases(words);
    let mut posts: Vec<String> = Vec::with_capacity(count);
    while posts.len() < count {
        if posts.len() > 10 && numbers.chance(5) {
            let copy = posts[posts.len() - 1 - numbers.below(10)].clone();
            posts.push(copy + " !!");
        } else {
            posts.push(post(&mut numbers, words, &phrases));
        }
    }
    posts
}

fn post(numbers: &mut Numbers, words: &[String], phrases: &[[usize; 2]]) -> String {
    let mut post = String::new();
    let length = 12 + numbers.below(14);
    let phrase_at = if numbers.chance(60) { numbers.below(length) } else { length };
    for index in 0..length {
        if index == phrase_at {
            let [first, second] = phrases[numbers.rank(phrases.len())].map(|rank| words[rank].as_str());
            match numbers.below(10) {
                0 => post.extend(["#", &capital(first), &capital(second), " "]),
                1 => post.extend([second, " ", &words[numbers.rank(words.len())], " ", first, " "]),
                _ => post.extend([first, " ", second, " "]),
            }
        }
        let word = &words[numbers.rank(words.len())];
        match numbers.below(100) {
            0 => post.extend(["#", &capital(word), &capital(&words[numbers.rank(words.len())])]),
            1 => post.extend(["@", &word.replace('\'', "")]),
            2 => post.push_str(EMOJI[numbers.below(EMOJI.len())]),
            _ if index == 0 || numbers.chance(4) => post.push_str(&capital(word)),
            _ => post.push_str(word),
        }
        post.push_str(match numbers.below(20) {
            0 => ", ",
            1 => ". ",
            _ => " ",
        });
    }
    if numbers.chance(10) {
        post.push_str("https://example.org/a/b?c=1");
    }
    post
}

/// Pairs of ranks that stand together more often than chance would have it, the frequent first: "water main".
fn phrases(words: &[String]) -> Vec<[usize; 2]> {
    let mut numbers = Numbers::new(17);
    let reach = words.len() / 2;
    (0..reach)
        .map(|rank| {
            let wide = 60 + numbers.below(400 + rank / 4);
            let narrow = (200 + rank / 2 + numbers.below(2_000)).min(words.len() - 1);
            if numbers.chance(50) { [wide, narrow] } else { [narrow, wide] }
        })
        .collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `count` rules as plans have them. They speak of words and phrases of rank `from` and rarer: the higher it is, the
/// fewer posts match.
pub fn rules(count: usize, from: usize, words: &[String]) -> Vec<String> {
    let mut numbers = Numbers::new(13);
    let phrases = phrases(words);
    // A plan of many rules speaks of many things, each as rare as the others are.
    let span = (count * 2).max(20).min(words.len() - from);
    let plain = |rank: usize| words[rank].replace('\'', "");
    let subject = |numbers: &mut Numbers| plain(from + numbers.below(span));
    let phrase = |numbers: &mut Numbers| phrases[(from + numbers.below(span)).min(phrases.len() - 1)].map(plain);
    let rare = |numbers: &mut Numbers| plain(words.len() / 4 + numbers.below(words.len() / 2));
    (0..count)
        .map(|index| {
            let ([a, b], [c, d]) = (phrase(&mut numbers), phrase(&mut numbers));
            match index % 12 {
                0 => subject(&mut numbers),
                1 => format!("{} -{a}", subject(&mut numbers)),
                2 => format!("\"{a} {b}\" OR {}", subject(&mut numbers)),
                3 => format!("\"{a} {b}\" OR \"{c} {d}\""),
                4 => format!("({a} OR {}) {b}", rare(&mut numbers)),
                5 | 6 => format!("{a} NEAR/6 {b}"),
                7 => format!("#{}* OR \"{a} {b}\"", capital(&format!("{c}{d}"))),
                8 => format!("{a} {b} -{c}"),
                9 => format!("{} OR ({a} {}{b}*)", rare(&mut numbers), &"xxx"[b.len().min(3)..]),
                10 => format!("(\"{a} {b}\" OR {}) -\"{c} {d}\"", rare(&mut numbers)),
                _ => {
                    let more: Vec<String> = (0..6).map(|_| rare(&mut numbers)).collect();
                    format!("({a} NEAR/4f {b}) OR {}", more.join(" OR "))
                }
            }
        })
        .collect()
}
