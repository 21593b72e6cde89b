//! Who was heard lately: what a post counts for among the others of the hour.
//!
//! What enters: who wrote a post, in which conversation, a copy of what. What leaves: quarters of a post. Kept in a table
//! of fixed size: where a storm fills it, the oldest give way, and what gave way counts as new.

use super::window::Quarters;

/// Places of the table; two for each hash.
const PLACES: usize = 1 << 15;
/// For so many seconds a voice is remembered.
const MEMORY: i64 = 3600;
/// Replies after the first post of a conversation that count a quarter: people answer each other in chains of two to
/// four. What goes on longer is talked about.
const CHAIN: u8 = 3;

/// What is known of a post beside its subject, as hashes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Voice {
    /// The post itself, whoever brought it.
    pub post: u64,
    /// Who wrote it; `None` for an unknown one, who is somebody else each time.
    pub author: Option<u64>,
    /// The conversation it stands in.
    pub thread: Option<u64>,
    /// The first of those it is a near-copy of, or itself.
    pub saying: Option<u64>,
}

/// In what a hash is remembered.
#[derive(Debug, Clone, Copy)]
enum In {
    Posts = 1,
    Authors = 2,
    Threads = 3,
    Sayings = 4,
}

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    tag: u32,
    /// Seconds since 1970; 0 is empty.
    last: u32,
    times: u8,
}

/// The table of what was heard in the last hour.
#[derive(Debug, Default)]
pub(super) struct Voices {
    /// Made with the first post.
    places: Vec<Place>,
}

impl Voices {
    /// What a post about the subject of that number counts for; `None` for one that was counted before.
    pub(super) fn worth(&self, subject: u32, voice: &Voice, at: i64) -> Option<Quarters> {
        let heard = |what: In, hash: u64| self.heard(key(subject, what, hash), at);
        if heard(In::Posts, voice.post) > 0 {
            return None;
        }
        let known = voice.author.is_some_and(|author| heard(In::Authors, author) > 0);
        let volume = if known { 0 } else { Quarters::ONE };
        let copied = voice.saying.is_some_and(|saying| heard(In::Sayings, saying) > 0);
        let answers = voice.thread.map_or(0, |thread| heard(In::Threads, thread));
        let organic = match (copied, answers) {
            (true, _) => 0,
            (false, 1..=CHAIN) => 1,
            _ => Quarters::ONE,
        };
        Some(Quarters { organic: organic.min(volume), volume })
    }

    /// Remembers the voice.
    pub(super) fn hear(&mut self, subject: u32, voice: &Voice, at: i64) {
        if self.places.is_empty() {
            self.places = vec![Place::default(); PLACES];
        }
        self.remember(key(subject, In::Posts, voice.post), at);
        for (what, hash) in [(In::Authors, voice.author), (In::Threads, voice.thread), (In::Sayings, voice.saying)] {
            if let Some(hash) = hash {
                self.remember(key(subject, what, hash), at);
            }
        }
    }

    /// How often it was heard within the hour, in either direction: posts may come late.
    fn heard(&self, key: u64, at: i64) -> u8 {
        let Some(pair) = self.places.get(pair(key)..pair(key) + 2) else { return 0 };
        let place = pair.iter().find(|place| place.tag == tag(key) && is_recent(place, at));
        place.map_or(0, |place| place.times)
    }

    fn remember(&mut self, key: u64, at: i64) {
        let first = pair(key);
        let Some([one, other]) = self.places.get_mut(first..first + 2) else { return };
        let (tag, now) = (tag(key), u32::try_from(at).unwrap_or_default());
        let other_is_better = other.tag == tag || (one.tag != tag && other.last < one.last);
        let place = if other_is_better { other } else { one };
        let times = if place.tag == tag && is_recent(place, at) { place.times.saturating_add(1) } else { 1 };
        *place = Place { tag, last: now.max(1), times };
    }
}

fn is_recent(place: &Place, at: i64) -> bool {
    place.last > 0 && (at - i64::from(place.last)).abs() < MEMORY
}

/// One hash of all that it is about.
fn key(subject: u32, what: In, hash: u64) -> u64 {
    let about = (u64::from(subject) << 3 | what as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let mixed = (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ about).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed ^ mixed >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The first of its two places.
fn pair(key: u64) -> usize {
    (usize::try_from(key >> 40).unwrap_or_default() % PLACES) & !1
}

/// What tells it from others in the same place.
fn tag(key: u64) -> u32 {
    u32::try_from(key & 0xFFFF_FFFF).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarters(voices: &mut Voices, voice: &Voice, at: i64) -> Option<(u32, u32)> {
        let worth = voices.worth(7, voice, at);
        voices.hear(7, voice, at);
        worth.map(|worth| (worth.organic, worth.volume))
    }

    fn voice(post: u64, author: u64, thread: u64, saying: u64) -> Voice {
        Voice { post, author: Some(author), thread: Some(thread), saying: Some(saying) }
    }

    #[test]
    fn an_author_a_chain_and_a_copy_count_less_and_the_same_post_not_at_all() {
        let mut voices = Voices::default();
        let mut at = |voice, second: i64| quarters(&mut voices, &voice, 1_000_000 + second);
        assert_eq!(at(voice(1, 1, 1, 1), 0), Some((4, 4)));
        assert_eq!(at(voice(1, 1, 1, 1), 5), None, "seen again");
        assert_eq!(at(voice(2, 1, 2, 2), 10), Some((0, 0)), "the same author");
        assert_eq!(at(voice(3, 3, 1, 3), 20), Some((1, 4)), "an answer");
        assert_eq!(at(voice(4, 4, 4, 1), 30), Some((0, 4)), "a copy");
        assert_eq!(at(voice(5, 5, 5, 5), 40), Some((4, 4)), "somebody else");
        assert_eq!(at(voice(6, 1, 6, 6), 9000), Some((4, 4)), "hours later");
    }

    #[test]
    fn a_long_conversation_counts_whole_again() {
        let mut voices = Voices::default();
        let worth: Vec<u32> = (0..6)
            .filter_map(|number| quarters(&mut voices, &voice(number, number, 9, number), 1_000_000 + 60))
            .map(|(organic, _)| organic)
            .collect();
        assert_eq!(worth, [4, 1, 1, 1, 4, 4]);
    }

    #[test]
    fn a_flood_of_voices_takes_no_more_memory() {
        let mut voices = Voices::default();
        for number in 0..200_000 {
            voices.hear(1, &voice(number, number, number, number), 1_000_000);
        }
        assert_eq!(voices.places.len(), PLACES);
    }
}
