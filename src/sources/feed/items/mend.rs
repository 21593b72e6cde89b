//! A document without what makes the parser refuse the whole of it: texts that are empty or of a type nobody knows, and
//! authors whose address stands beside a letter it cuts in two.
//!
//! What enters: a document that was refused. What leaves: it without those elements, or nothing when it is no XML.

use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

/// Elements that the parser wants to be full.
const TEXTS: &[&str] = &["title", "subtitle", "summary", "content", "rights"];
/// Elements in which it looks for an address.
const PERSONS: &[&str] = &["author", "creator", "managingEditor", "webMaster"];
/// The types it knows by a single word.
const TYPES: &[&str] = &["text", "html", "xhtml"];

/// The document without them.
pub(super) fn mended(body: &str) -> Option<Vec<u8>> {
    let mut reader = Reader::from_str(body);
    let mut writer = Writer::new(Vec::with_capacity(body.len()));
    // A start that was read and not written yet, with the text after it.
    let mut held: Option<(BytesStart<'_>, String)> = None;
    loop {
        let event = reader.read_event().ok()?;
        match (held.take(), &event) {
            (Some((start, text)), Event::End(_)) if is_unreadable(&start, &text) => continue,
            (Some((start, text)), Event::Text(more)) => {
                held = Some((start, text + more));
                continue;
            }
            (Some((start, text)), Event::CData(more)) if more.trim().is_empty() => {
                held = Some((start, text));
                continue;
            }
            (Some((start, text)), _) => {
                writer.write_event(Event::Start(start)).ok()?;
                writer.write_event(Event::Text(BytesText::from_escaped(text))).ok()?;
            }
            (None, _) => {}
        }
        match event {
            Event::Start(start) => held = Some((known(start), String::new())),
            Event::Empty(element) if TEXTS.contains(&element.local_name().as_ref()) => {}
            Event::Eof => break,
            other => writer.write_event(other).ok()?,
        }
    }
    Some(writer.into_inner())
}

fn is_unreadable(start: &BytesStart<'_>, text: &str) -> bool {
    let name = start.local_name();
    let (is_empty, has_address) = (text.trim().is_empty(), text.contains('@'));
    TEXTS.contains(&name.as_ref()) && is_empty || PERSONS.contains(&name.as_ref()) && has_address
}

/// The element with a type the parser knows.
fn known(start: BytesStart<'_>) -> BytesStart<'_> {
    let declared = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == "type");
    let Some(declared) = declared.map(|attribute| attribute.value.into_owned()) else { return start };
    if !TEXTS.contains(&start.local_name().as_ref()) || declared.contains('/') || TYPES.contains(&&*declared) {
        return start;
    }
    let lower = declared.to_ascii_lowercase();
    let name = start.name().as_ref().to_owned();
    let mut known = BytesStart::new(name);
    known.push_attribute(("type", if TYPES.contains(&&*lower) { &*lower } else { "html" }));
    known
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::empty(
        "<entry><title/><summary></summary><content type=\"html\"> </content><id>1</id></entry>",
        "<entry><id>1</id></entry>"
    )]
    #[case::empty_data(
        "<item><title><![CDATA[ ]]></title><title><![CDATA[a]]></title></item>",
        "<item><title><![CDATA[a]]></title></item>"
    )]
    #[case::type_in_capitals(
        "<content type=\"HTML\">a &amp; b</content>",
        "<content type=\"html\">a &amp; b</content>"
    )]
    #[case::type_unknown("<content type=\"rich\">a</content>", "<content type=\"html\">a</content>")]
    #[case::author("<item><author>a@b.example—é</author><guid>1</guid></item>", "<item><guid>1</guid></item>")]
    #[case::nested(
        "<author><name>é</name><email>a@b.example</email></author>",
        "<author><name>é</name><email>a@b.example</email></author>"
    )]
    fn what_the_parser_refuses_is_left_out(#[case] body: &str, #[case] expected: &str) {
        let mended = mended(body).and_then(|body| String::from_utf8(body).ok());
        assert_eq!(mended.as_deref(), Some(expected));
    }

    #[test]
    fn what_is_no_xml_stays_refused() {
        assert_eq!(mended("<rss></item>"), None);
    }
}
