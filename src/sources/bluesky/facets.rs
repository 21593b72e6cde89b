//! What a post's text says once its hidden addresses are written out.
//!
//! What enters: a text and its facets, whose positions count UTF-8 bytes and are as hostile as anything else. What leaves: a text
//! in which a shortened address is whole, and in which words that are a link are followed by where they lead. Facets that
//! do not lie in the text, cut a character or overlap an earlier one are left out; the text itself is never lost.

use std::ops::Range;

use serde::Deserialize;
use serde_json::Value;

/// More facets than anybody writes in 300 graphemes.
const MAX_FACETS: usize = 100;
/// A longer address is not written out.
const MAX_ADDRESS: usize = 2_048;

#[derive(Debug, Deserialize)]
struct Facet {
    index: Index,
    #[serde(default)]
    features: Vec<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Index {
    byte_start: usize,
    byte_end: usize,
}

/// A link of a text.
struct Link {
    span: Range<usize>,
    address: String,
}

/// The text with its links written out.
pub(super) fn written_out(text: &str, facets: &[Value]) -> String {
    let links = links(text, facets);
    let mut whole = String::with_capacity(text.len());
    let mut at = 0;
    for Link { span, address } in links {
        whole.push_str(&text[at..span.start]);
        let shown = &text[span.clone()];
        match how(shown, &address) {
            Shown::AsItIs => whole.push_str(shown),
            Shown::Shortened => whole.push_str(&address),
            Shown::OtherWords => {
                whole.push_str(shown);
                whole.push_str(" (");
                whole.push_str(&address);
                whole.push(')');
            }
        }
        at = span.end;
    }
    whole.push_str(&text[at..]);
    whole
}

/// How a link's words stand to its address.
enum Shown {
    AsItIs,
    Shortened,
    OtherWords,
}

fn how(shown: &str, address: &str) -> Shown {
    let bare = |text: &str| {
        let text = text.split_once("://").map_or(text, |(_, rest)| rest);
        text.strip_prefix("www.").unwrap_or(text).trim_end_matches('/').to_lowercase()
    };
    let (words, whole) = (bare(shown), bare(address));
    let beginning = words.trim_end_matches('…').trim_end_matches("...");
    if words == whole {
        Shown::AsItIs
    } else if beginning.len() < words.len() && !beginning.is_empty() && whole.starts_with(beginning) {
        Shown::Shortened
    } else {
        Shown::OtherWords
    }
}

/// The links in the text's order, apart from each other.
fn links(text: &str, facets: &[Value]) -> Vec<Link> {
    let mut links: Vec<Link> = facets.iter().take(MAX_FACETS).filter_map(|facet| link(text, facet)).collect();
    links.sort_by_key(|link| (link.span.start, link.span.end));
    let mut end = 0;
    links.retain(|link| {
        let apart = link.span.start >= end;
        if apart {
            end = link.span.end;
        }
        apart
    });
    links
}

fn link(text: &str, facet: &Value) -> Option<Link> {
    let facet = Facet::deserialize(facet).ok()?;
    let span = facet.index.byte_start..facet.index.byte_end;
    if span.is_empty() || text.get(span.clone()).is_none() {
        return None;
    }
    let address = facet.features.iter().find_map(|feature| {
        let is_link = feature.get("$type")?.as_str()? == "app.bsky.richtext.facet#link";
        feature.get("uri")?.as_str().filter(|_| is_link)
    })?;
    let is_web = address.len() <= MAX_ADDRESS
        && (address.starts_with("https://") || address.starts_with("http://"))
        && !address.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    is_web.then(|| Link { span, address: address.to_owned() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn facet(start: i64, end: i64, uri: &str) -> Value {
        json!({
            "index": { "byteStart": start, "byteEnd": end },
            "features": [{ "$type": "app.bsky.richtext.facet#link", "uri": uri }]
        })
    }

    fn over(text: &str, part: &str, uri: &str) -> Value {
        let start = text.find(part).expect("a part") as i64;
        facet(start, start + part.len() as i64, uri)
    }

    #[rstest]
    #[case::as_it_is(
        "🚱 see https://a.example/x",
        "https://a.example/x",
        "https://a.example/x",
        "🚱 see https://a.example/x"
    )]
    #[case::bare("🚱 see a.example/x", "a.example/x", "https://www.a.example/x/", "🚱 see a.example/x")]
    #[case::shortened(
        "é a.example/wat… ?",
        "a.example/wat…",
        "https://a.example/water?x=1",
        "é https://a.example/water?x=1 ?"
    )]
    #[case::dots("a.example/wat...", "a.example/wat...", "https://a.example/water", "https://a.example/water")]
    #[case::words("read 👩‍👩‍👧 more", "more", "https://a.example/", "read 👩‍👩‍👧 more (https://a.example/)")]
    #[case::elsewhere(
        "https://town.example",
        "https://town.example",
        "https://evil.example",
        "https://town.example (https://evil.example)"
    )]
    #[case::not_the_web("more", "more", "javascript:alert(1)", "more")]
    #[case::two_lines("more", "more", "https://a.example/\nx", "more")]
    fn links_are_written_out(#[case] text: &str, #[case] part: &str, #[case] uri: &str, #[case] expected: &str) {
        assert_eq!(written_out(text, &[over(text, part, uri)]), expected);
    }

    #[rstest]
    #[case::beyond(facet(0, 99, "https://a.example/"))]
    #[case::behind(facet(4, 2, "https://a.example/"))]
    #[case::empty(facet(2, 2, "https://a.example/"))]
    #[case::negative(facet(-1, 2, "https://a.example/"))]
    #[case::cuts_a_character(facet(0, 1, "https://a.example/"))]
    #[case::huge(facet(0, i64::MAX, "https://a.example/"))]
    #[case::a_mention(json!({ "index": { "byteStart": 0, "byteEnd": 2 }, "features": [{ "$type": "app.bsky.richtext.facet#mention", "did": "did:plc:a" }] }))]
    #[case::no_address(json!({ "index": { "byteStart": 0, "byteEnd": 2 }, "features": [{ "$type": "app.bsky.richtext.facet#link" }] }))]
    #[case::nothing(json!(null))]
    #[case::words(json!({ "index": "all", "features": "none" }))]
    fn a_hostile_facet_is_left_out(#[case] facet: Value) {
        assert_eq!(written_out("é water", &[facet]), "é water");
    }

    #[test]
    fn of_facets_that_overlap_the_first_counts() {
        let text = "one two three";
        let facets = [facet(4, 13, "https://b.example/"), facet(0, 7, "https://a.example/")];
        assert_eq!(written_out(text, &facets), "one two (https://a.example/) three");
    }

    proptest! {
        #[test]
        fn nothing_of_the_text_is_lost(text in "\\PC{0,40}", spans in prop::collection::vec((0..60_i64, 0..60_i64), 0..6)) {
            let facets: Vec<Value> =
                spans.into_iter().map(|(start, end)| facet(start, end, "https://a.example/")).collect();
            let whole = written_out(&text, &facets);
            prop_assert_eq!(whole.replace(" (https://a.example/)", ""), text);
        }
    }
}
