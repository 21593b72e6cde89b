//! Posts and rules for the benches: made, never collected; the same in every run.
//!
//! The vocabulary follows Zipf's law, half English, half French with its accents and elisions; posts carry
//! hashtags, handles, emoji, links and a few near copies.

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
const SYLLABLES: [&str; 24] = [
    "ba", "ren", "tor", "mil", "va", "con", "der", "lis", "po", "ter", "ma", "shi", "cro", "ple", "gan", "fou", "dré",
    "né", "lou", "ché", "sto", "win", "bri", "que",
];
const EMOJI: [&str; 5] = ["🔥", "😡", "👍🏽", "❤️", "🚰"];

/// Words by rank: real ones first, then made ones.
pub fn vocabulary(size: usize) -> Vec<String> {
    let mut numbers = Numbers::new(7);
    let real = ENGLISH.split_whitespace().zip(FRENCH.split_whitespace().cycle()).flat_map(|(en, fr)| [en, fr]);
    let mut words: Vec<String> = real.map(str::to_owned).collect();
    while words.len() < size {
        let count = 2 + numbers.below(3);
        words.push((0..count).map(|_| SYLLABLES[numbers.below(SYLLABLES.len())]).collect());
    }
    words
}

/// `count` posts of about 140 bytes.
pub fn posts(count: usize, words: &[String]) -> Vec<String> {
    let mut numbers = Numbers::new(11);
    let mut posts: Vec<String> = Vec::with_capacity(count);
    while posts.len() < count {
        if posts.len() > 10 && numbers.chance(5) {
            let copy = posts[posts.len() - 1 - numbers.below(10)].clone();
            posts.push(copy + " !!");
        } else {
            posts.push(post(&mut numbers, words));
        }
    }
    posts
}

fn post(numbers: &mut Numbers, words: &[String]) -> String {
    let mut post = String::new();
    for index in 0..12 + numbers.below(14) {
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

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `count` rules as plans have them; the words are rarer the more rules there are, so that about a third of the
/// posts match some rule whatever the count.
pub fn rules(count: usize, words: &[String]) -> Vec<String> {
    let mut numbers = Numbers::new(13);
    let from = (count * 4).clamp(90, words.len() / 2);
    let span = (count * 20).clamp(110, words.len() - from);
    let rare = |numbers: &mut Numbers| words[from + numbers.below(span)].replace('\'', "");
    // Large plans are about more narrow things, small ones about fewer wide ones.
    let (first, many) = if count > 2_000 { (200, 8_000) } else { (20, 180) };
    let common = |numbers: &mut Numbers| words[first + numbers.below(many)].replace('\'', "");
    (0..count)
        .map(|_| match numbers.below(10) {
            0 if count <= 2_000 => rare(&mut numbers),
            1 | 2 => format!("\"{} {}\"", common(&mut numbers), rare(&mut numbers)),
            3 | 4 => format!("({} OR {}) {}", rare(&mut numbers), rare(&mut numbers), common(&mut numbers)),
            5 => format!("{} NEAR/6 {}", common(&mut numbers), rare(&mut numbers)),
            6 => format!("#{}*", rare(&mut numbers)),
            7 => format!("{} {} -{}", common(&mut numbers), rare(&mut numbers), common(&mut numbers)),
            8 => format!("{}* {}", rare(&mut numbers), common(&mut numbers)),
            _ => format!(
                "\"{} {}\" OR \"{} {}\"",
                common(&mut numbers),
                common(&mut numbers),
                rare(&mut numbers),
                common(&mut numbers)
            ),
        })
        .collect()
}
