//! What entries say they answer, which the feed parser leaves out: `thr:in-reply-to` (RFC 4685).
//!
//! What enters: a document and how many entries the parser found in it. What leaves: for each entry in order the id of what
//! it answers, or nothing at all when the two do not agree on the entries. What is no XML has none.

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// The answers of the `entries` entries of `body`.
pub(super) fn of(body: &[u8], entries: usize) -> Vec<Option<String>> {
    // Most feeds have none: they are not read twice.
    if memmem::find(body, b"in-reply-to").is_none() {
        return Vec::new();
    }
    let Ok(text) = std::str::from_utf8(body) else { return Vec::new() };
    let mut reader = Reader::from_str(text);
    let mut answers = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) if matches!(element.local_name().as_ref(), "entry" | "item") => {
                answers.push(None);
            }
            Ok(Event::Start(element) | Event::Empty(element)) if element.local_name().as_ref() == "in-reply-to" => {
                if let Some(answer) = answers.last_mut() {
                    *answer = reference(&element);
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    if answers.len() == entries { answers } else { Vec::new() }
}

/// The other entry's id, else its address.
fn reference(element: &BytesStart<'_>) -> Option<String> {
    let value = |name: &str| {
        let found = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
        unescape(&found.value).ok().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    value("ref").or_else(|| value("href"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::named("<feed><entry/><entry><in-reply-to ref=\"x\"/></entry></feed>", 1, &[Some("x")])]
    #[case::with_its_space(
        "<feed><entry><a:in-reply-to ref=\"tag:1&amp;2\" href=\"http://a/\"></a:in-reply-to></entry><entry></entry></feed>",
        2,
        &[Some("tag:1&2"), None]
    )]
    #[case::by_address("<rss><item><thr:in-reply-to href=\"http://a/\"/></item></rss>", 1, &[Some("http://a/")])]
    #[case::another_count("<rss><item><thr:in-reply-to ref=\"x\"/></item></rss>", 2, &[])]
    #[case::outside("<feed><in-reply-to ref=\"x\"/><entry></entry></feed>", 1, &[None])]
    #[case::broken("<rss><item><in-reply-to ref=\"x\"/></other>", 1, &[Some("x")])]
    #[case::none("<rss><item></item></rss>", 1, &[])]
    fn answers_are_found(#[case] body: &str, #[case] entries: usize, #[case] expected: &[Option<&str>]) {
        let found = of(body.as_bytes(), entries);
        assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
    }
}
