//! How long a reply is on the network it goes to.
//!
//! What enters: a text, its network, and limits the settings may change. What leaves: what the network
//! counts, and its limit. The rules: X counts weights after NFC (most characters 1; CJK, and any emoji whatever its
//! sequence, 2; a link 23); Bluesky counts grapheme clusters and, beside them, bytes; Mastodon counts grapheme
//! clusters, a link as 23 and a handle without its server; the others count characters.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::{emoji, links};
use crate::mention::{Network, Span};

/// What every link counts on X and Mastodon, where links are shortened or cut.
const LINK: usize = 23;
/// Bluesky's second limit, in bytes of UTF-8.
const BLUESKY_BYTES: usize = 3_000;

/// The unit in which a length is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// X's weighted characters.
    Weighted,
    /// Grapheme clusters: what a reader takes for one character.
    Graphemes,
    /// Bytes of UTF-8.
    Bytes,
    /// Unicode characters.
    Characters,
}

/// A text's length against its network's limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// What the network counts.
    pub used: usize,
    /// The most it takes; `None` where no limit is known.
    pub limit: Option<usize>,
    /// What is counted.
    pub unit: Unit,
}

impl Length {
    /// True when the text can be posted.
    pub fn fits(self) -> bool {
        self.limit.is_none_or(|limit| self.used <= limit)
    }

    /// How much more may be written; negative when it is too long; `None` without a limit.
    pub fn left(self) -> Option<i64> {
        self.limit.map(|limit| limit as i64 - self.used as i64)
    }
}

/// Limits that differ from the built-in ones, by the network's token: a Mastodon server's own, or a paid X account's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// What a person set.
    set: BTreeMap<String, usize>,
    /// What a server said of itself.
    learnt: BTreeMap<String, usize>,
}

impl Limits {
    /// The given limits instead of the built-in ones.
    pub fn new(overrides: impl IntoIterator<Item = (String, usize)>) -> Self {
        Self { set: overrides.into_iter().collect(), learnt: BTreeMap::new() }
    }

    /// What servers say of themselves, in place of what they said before. What a person set stays; where several servers of
    /// a network speak, the shortest counts, because a reply must fit whichever it goes to.
    pub fn learn<'a>(&mut self, told: impl IntoIterator<Item = &'a (Network, usize)>) {
        self.learnt.clear();
        for (network, limit) in told {
            let known = self.learnt.entry(network.token().to_owned()).or_insert(*limit);
            *known = (*known).min(*limit);
        }
    }

    /// The limit in force.
    pub fn of(&self, network: &Network) -> Option<usize> {
        let token = network.token();
        self.set.get(token).or_else(|| self.learnt.get(token)).copied().or_else(|| built_in(network))
    }
}

fn built_in(network: &Network) -> Option<usize> {
    match network {
        Network::X => Some(280),
        Network::Bluesky => Some(300),
        Network::Mastodon | Network::Threads => Some(500),
        Network::Facebook => Some(8_000),
        Network::Instagram => Some(2_200),
        Network::Linkedin => Some(1_250),
        Network::Youtube => Some(10_000),
        Network::Tiktok => Some(150),
        Network::Reddit | Network::Nextdoor | Network::Web | Network::Unknown | Network::Other(_) => None,
    }
}

/// The length of `text` on `network`. On Bluesky the limit that is nearer, or exceeded, is the one told.
pub fn count(network: &Network, text: &str, limits: &Limits) -> Length {
    let limit = limits.of(network);
    match network {
        Network::X => Length { used: weighted(text), limit, unit: Unit::Weighted },
        Network::Bluesky => bluesky(text, limit),
        Network::Mastodon => Length { used: mastodon(text), limit, unit: Unit::Graphemes },
        _ => Length { used: text.chars().count(), limit, unit: Unit::Characters },
    }
}

fn bluesky(text: &str, limit: Option<usize>) -> Length {
    let clusters = Length { used: clusters(text), limit, unit: Unit::Graphemes };
    let bytes = Length { used: text.len(), limit: Some(BLUESKY_BYTES), unit: Unit::Bytes };
    if clusters.fits() && !bytes.fits() { bytes } else { clusters }
}

/// X's count, after the configuration its own library publishes.
fn weighted(text: &str) -> usize {
    let text: Cow<'_, str> = if is_simple(text) { text.into() } else { text.nfc().collect::<String>().into() };
    let mut spans = links::find(&text);
    let bare = links::bare_domains(&text);
    spans.extend(bare.into_iter().filter(|span| !links::handles(&text).iter().any(|handle| overlap(handle, span))));
    let (links, rest) = without(&text, spans);
    links * LINK + rest.into_iter().map(weight).sum::<usize>()
}

fn weight(piece: &str) -> usize {
    if is_simple(piece) {
        piece.chars().map(char_weight).sum()
    } else {
        piece.graphemes(true).map(cluster_weight).sum()
    }
}

/// How many characters a reader sees.
fn clusters(text: &str) -> usize {
    if is_simple(text) { text.chars().count() } else { text.graphemes(true).count() }
}

/// True when every character stands by itself, composed and no emoji: nearly all that is written in English and French.
fn is_simple(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c,
            '\n' | ' '..='~' | '\u{A0}'..='\u{A8}' | '\u{AA}'..='\u{AC}' | '\u{AF}'..='\u{2FF}'
            | '\u{2010}'..='\u{2027}')
    })
}

fn cluster_weight(cluster: &str) -> usize {
    if emoji::is_emoji_cluster(cluster) { 2 } else { cluster.chars().map(char_weight).sum() }
}

fn char_weight(c: char) -> usize {
    match u32::from(c) {
        0..=0x10FF | 0x2000..=0x200D | 0x2010..=0x201F | 0x2032..=0x2037 => 1,
        _ => 2,
    }
}

fn mastodon(text: &str) -> usize {
    let (links, rest) =
        without(text, links::find(text).into_iter().filter(|span| !text[span.clone()].starts_with("www.")).collect());
    let seen = |piece: &&str| {
        let servers: usize = links::handles(piece).into_iter().map(|handle| server_length(&piece[handle])).sum();
        clusters(piece) - servers
    };
    links * LINK + rest.iter().map(seen).sum::<usize>()
}

/// The part of `@name@server` that does not count; both are ASCII.
fn server_length(handle: &str) -> usize {
    handle[1..].find('@').map_or(0, |at| handle.len() - 1 - at)
}

/// How many spans there are, overlapping ones once, and the text between them.
fn without(text: &str, mut spans: Vec<Span>) -> (usize, Vec<&str>) {
    spans.sort_unstable_by_key(|span| span.start);
    let (mut count, mut from) = (0, 0);
    let mut rest = Vec::with_capacity(spans.len() + 1);
    for span in spans {
        if span.start < from {
            continue;
        }
        rest.push(&text[from..span.start]);
        from = span.end;
        count += 1;
    }
    rest.push(&text[from..]);
    (count, rest)
}

fn overlap(one: &Span, other: &Span) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::ascii("Boil water.", 11)]
    #[case::accents_composed("e\u{301}te\u{301}", 3)]
    #[case::cjk("水道", 4)]
    #[case::emoji("😀", 2)]
    #[case::family("👨‍👩‍👧‍👦", 2)]
    #[case::skin_tone("👍🏽", 2)]
    #[case::flag("🇨🇦", 2)]
    #[case::keycap("1️⃣", 2)]
    #[case::heart("❤️", 2)]
    #[case::curly_quotes("“a” ’ –", 7)]
    #[case::ellipsis("…", 2)]
    #[case::link("see https://example.org/a/very/long/path/indeed/it/is", 4 + 23)]
    #[case::short_link("http://a.ca.", 23 + 1)]
    #[case::bare_domain("alderbay.ca/eau", 23)]
    #[case::address_in_handle("@ana.ca hi", 10)]
    fn x_counts_weights(#[case] text: &str, #[case] used: usize) {
        assert_eq!(
            count(&Network::X, text, &Limits::default()),
            Length { used, limit: Some(280), unit: Unit::Weighted }
        );
    }

    #[rstest]
    #[case::graphemes("e\u{301}👨‍👩‍👧", 2, Unit::Graphemes, true)]
    #[case::bytes(&"👨‍👩‍👧‍👦".repeat(130), 130 * 25, Unit::Bytes, false)]
    #[case::both(&"a".repeat(3_100), 3_100, Unit::Graphemes, false)]
    fn bluesky_counts_graphemes_and_bytes(
        #[case] text: &str,
        #[case] used: usize,
        #[case] unit: Unit,
        #[case] fits: bool,
    ) {
        let length = count(&Network::Bluesky, text, &Limits::default());
        assert_eq!((length.used, length.unit, length.fits()), (used, unit, fits));
    }

    #[rstest]
    #[case::link("https://example.org/a/very/long/path/indeed", 23)]
    #[case::handle("@town@mastodon.example hello", 11)]
    #[case::local_handle("@town hello", 11)]
    #[case::emoji("👨‍👩‍👧", 1)]
    fn mastodon_counts_local_parts(#[case] text: &str, #[case] used: usize) {
        assert_eq!(count(&Network::Mastodon, text, &Limits::default()).used, used);
    }

    #[rstest]
    #[case(Network::Threads, Some(500))]
    #[case(Network::Facebook, Some(8_000))]
    #[case(Network::Instagram, Some(2_200))]
    #[case(Network::Linkedin, Some(1_250))]
    #[case(Network::Youtube, Some(10_000))]
    #[case(Network::Tiktok, Some(150))]
    #[case(Network::Web, None)]
    fn the_others_count_characters(#[case] network: Network, #[case] limit: Option<usize>) {
        let length = count(&network, "œuf 👍🏽", &Limits::default());
        assert_eq!(length, Length { used: 6, limit, unit: Unit::Characters });
    }

    #[test]
    fn a_simple_character_is_one_cluster_beside_any_other() {
        let simple: Vec<char> =
            (0..=0x2FFF).filter_map(char::from_u32).filter(|c| is_simple(c.encode_utf8(&mut [0; 4]))).collect();
        assert!(simple.len() > 600);
        for pair in simple.windows(2).chain(simple.chunks(2)) {
            let text: String = pair.iter().chain(pair.first()).collect();
            assert_eq!(text.graphemes(true).count(), text.chars().count(), "{text:?}");
            assert_eq!(text.graphemes(true).map(cluster_weight).sum::<usize>(), weight(&text), "{text:?}");
            assert!(text.nfc().eq(text.chars()), "{text:?}");
        }
    }

    #[test]
    fn what_a_server_says_counts_unless_a_person_set_it() {
        let told = [(Network::Mastodon, 1_000), (Network::Mastodon, 700), (Network::Bluesky, 400)];
        let mut limits = Limits::new([("bluesky".into(), 280)]);
        limits.learn(&told);
        assert_eq!((limits.of(&Network::Mastodon), limits.of(&Network::Bluesky)), (Some(700), Some(280)));
        limits.learn(&[]);
        assert_eq!(limits.of(&Network::Mastodon), Some(500));
    }

    #[test]
    fn limits_can_be_set() {
        let limits = Limits::new([("mastodon".into(), 5), ("forum".into(), 3)]);
        let length = count(&Network::Mastodon, "hello!", &limits);
        assert_eq!((length.fits(), length.left()), (false, Some(-1)));
        assert!(!count(&Network::from_token("forum"), "four", &limits).fits());
    }
}
