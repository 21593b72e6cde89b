//! Which mentions are the same one, and which text is a new version of it.
//!
//! What enters: a clean mention. What leaves: its keys, the same on every machine and in every run: where a
//! source gives no id, an id made of source, link, author, moment and folded text; the key under which two sources' views
//! of one post meet; the key of the text. Equal text alone never makes two mentions one.

use sha2::{Digest, Sha256};

use crate::mention::{Identity, Mention, MentionId};
use crate::text::{comparable, links};

/// Hex digits of a key.
const DIGITS: usize = 16;

/// The keys the store compares.
pub(super) fn keys(mention: &Mention) -> Identity {
    Identity { permalink: permalink_key(mention), content: key(&[&folded(&mention.text)]) }
}

/// The id of a mention whose source gave none.
pub(super) fn hashed_id(mention: &Mention) -> MentionId {
    let posted_at = mention.posted_at.map(|at| at.timestamp_millis().to_string()).unwrap_or_default();
    let url = mention.url.as_deref().unwrap_or_default();
    let digits = key(&[&mention.source, url, &author_key(mention), &posted_at, &folded(&mention.text)]);
    MentionId::from_parts(&mention.source, &format!("h-{digits}"))
}

/// The id that stands for a native one too long to keep.
pub(super) fn long_id(source: &str, native: &str) -> MentionId {
    MentionId::from_parts(source, &format!("h-{}", key(&[source, native])))
}

/// Same network, same canonical link, same author: the same post, whoever brought it.
fn permalink_key(mention: &Mention) -> Option<String> {
    let link = links::canonical(mention.url.as_deref()?)?;
    Some(key(&[mention.network.token(), &link, &author_key(mention)]))
}

fn author_key(mention: &Mention) -> String {
    let author = &mention.author;
    author.handle.as_deref().or(author.name.as_deref()).map(folded).unwrap_or_default()
}

fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    comparable(text, &mut out);
    out
}

/// The first digits of a SHA-256 over the parts, each with its length before it, so that no two lists of parts
/// run together.
fn key(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut digits = String::with_capacity(DIGITS);
    for byte in hasher.finalize().iter().take(DIGITS / 2) {
        for half in [byte >> 4, byte & 15] {
            digits.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;
    use rstest::rstest;

    use super::super::normalise::normalise;
    use super::*;
    use crate::mention::RawItem;

    fn item(text: &str) -> RawItem {
        let at = DateTime::from_timestamp(1_795_194_764, 0).expect("a moment");
        let mut item = RawItem::new("inbox".into(), text, at);
        item.posted_at = Some(at);
        item
    }

    fn posted(source: &str, network: &str, url: &str, handle: &str) -> Mention {
        let mut item = item("Is the water safe?");
        item.source = source.into();
        item.network = Some(network.into());
        item.url = Some(url.into());
        item.author.handle = Some(handle.into());
        normalise(item)
    }

    #[test]
    fn an_id_without_a_native_one_never_changes() {
        // Kept in stores and logs: another value here would make every such mention a new one.
        let mention = normalise(item("Is the water safe?"));
        assert_eq!(mention.id.as_str(), "inbox:h-e2d828d318aa9933");
        assert_eq!(normalise(item("is the  WATER safe?")).id, mention.id);
        assert_ne!(normalise(item("Is the water safe")).id, mention.id);
    }

    #[rstest]
    #[case::same_post("feed", "bluesky", "http://www.example.org/p/1/?utm_source=rss", "@Ana", true)]
    #[case::other_author("feed", "bluesky", "https://example.org/p/1", "bob", false)]
    #[case::other_network("feed", "web", "https://example.org/p/1", "ana", false)]
    #[case::other_page("feed", "bluesky", "https://example.org/p/2", "ana", false)]
    fn one_post_seen_by_two_sources(
        #[case] source: &str,
        #[case] network: &str,
        #[case] url: &str,
        #[case] handle: &str,
        #[case] same: bool,
    ) {
        let one = posted("inbox", "bluesky", "https://example.org/p/1", "ana");
        let other = posted(source, network, url, handle);
        assert_eq!(one.identity.permalink == other.identity.permalink, same);
        assert_ne!(one.id, other.id);
    }

    #[test]
    fn equal_text_is_no_identity() {
        let (one, other) = (normalise(item("again???")), {
            let mut other = item("again???");
            other.author.handle = Some("ana".into());
            normalise(other)
        });
        assert_ne!(one.id, other.id);
        assert_eq!(one.identity.content, other.identity.content);
        assert_eq!(one.identity.permalink, None);
    }

    proptest! {
        #[test]
        fn ids_do_not_depend_on_the_order_of_arrival(texts in prop::collection::vec("[a-cé ]{0,6}", 1..8)) {
            let ids = |texts: &[String]| {
                let mut ids: Vec<MentionId> = texts.iter().map(|text| normalise(item(text)).id).collect();
                ids.sort();
                ids
            };
            let mut reversed = texts.clone();
            reversed.reverse();
            prop_assert_eq!(ids(&texts), ids(&reversed));
        }
    }
}
