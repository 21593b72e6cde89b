//! What a delivery holds: one mention, a list of them, or NDJSON; in this program's own form or mapped like an export.
//!
//! What enters: a body that was checked to come from who may deliver. What leaves: its items in their order, and what is
//! bad with its number and cause; one bad item never costs the others. Objects that only wrap mentions (`data`, `items`) are
//! looked into once.

use chrono_tz::Tz;
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::BadCause;
use super::super::export::own;
use super::super::mapping::{JsonRow, Layout, Mapping, Receipt, names};
use crate::mention::RawItem;

/// The most items of one delivery.
pub(super) const MOST: usize = 1_000;
/// Fields under which others wrap a list of mentions.
const LISTS: &[&str] = &["data", "mentions", "items", "results", "posts", "documents"];
/// Fields under which others wrap one.
const WRAPS: &[&str] = &["data", "mention", "payload"];

/// How objects become items.
#[derive(Debug, Clone)]
pub(super) struct How {
    pub(super) mapping: Mapping,
    /// Objects of this program's own form are read as such; a person's profile is asked for everything.
    pub(super) knows_own_form: bool,
    /// Of dates that name none.
    pub(super) zone: Tz,
}

/// What was in it.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) items: Vec<RawItem>,
    pub(super) bad: Vec<Bad>,
}

/// What is bad.
#[derive(Debug)]
pub(super) struct Bad {
    /// From 1, within the delivery.
    pub(super) number: usize,
    pub(super) cause: BadCause,
    pub(super) data: Vec<u8>,
}

/// Reads a body. One with more than [`MOST`] items is none: `None`.
pub(super) fn read(body: &[u8], how: &How, receipt: &Receipt<'_>) -> Option<Found> {
    let parts = parts(body);
    if parts.len() > MOST {
        return None;
    }
    let mut found = Found::default();
    for (index, part) in parts.into_iter().enumerate() {
        let number = index + 1;
        match part {
            Ok(text) => {
                for item in object(text, how, receipt) {
                    match item {
                        Ok(item) => found.items.push(item),
                        Err((cause, data)) => found.bad.push(Bad { number, cause, data: data.into_bytes() }),
                    }
                }
            }
            Err(cause) => found.bad.push(Bad { number, cause, data: body.to_vec() }),
        }
    }
    (found.items.len() + found.bad.len() <= MOST).then_some(found)
}

/// The texts of the single objects, cut out of the body as they stand there.
fn parts(body: &[u8]) -> Vec<Result<&str, BadCause>> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    let malformed = |error: serde_json::Error| BadCause::Malformed(error.to_string());
    match body.first() {
        None => Vec::new(),
        Some(b'[') => match utf8(body).and_then(|text| serde_json::from_str(text).map_err(malformed)) {
            Ok(elements) => Vec::<&RawValue>::into_iter(elements).map(|element| Ok(element.get())).collect(),
            Err(cause) => vec![Err(cause)],
        },
        Some(_) if is_whole(body) => vec![utf8(body)],
        Some(_) => body.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).map(utf8).collect(),
    }
}

/// True for one JSON value, on one line or on several; what is not JSON at all is bad as a whole too.
fn is_whole(body: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(body) else { return !body.contains(&b'\n') };
    let first_line = text.lines().next().unwrap_or_default();
    serde_json::from_str::<&RawValue>(text).is_ok() || serde_json::from_str::<&RawValue>(first_line).is_err()
}

fn utf8(text: &[u8]) -> Result<&str, BadCause> {
    std::str::from_utf8(text).map_err(|_| BadCause::NotUtf8)
}

/// An item, or why there is none and the text it is missing from.
type Item = Result<RawItem, (BadCause, String)>;

/// The items of one object: its own, or those it wraps.
fn object(text: &str, how: &How, receipt: &Receipt<'_>) -> Vec<Item> {
    let whole = |item: Result<RawItem, BadCause>| vec![item.map_err(|cause| (cause, text.to_owned()))];
    let object: Value = match serde_json::from_str(text) {
        Ok(object) => object,
        Err(error) => return whole(Err(BadCause::Malformed(error.to_string()))),
    };
    if how.knows_own_form && is_own_form(&object) {
        // Read from the text as it came: that is the evidence.
        return whole(own(text.as_bytes(), receipt));
    }
    let lists = LISTS.iter().filter_map(|name| object.get(name)?.as_array());
    if let Some(list) = lists.into_iter().find(|list| list.iter().any(Value::is_object)) {
        let each = |inner: &Value| one(inner, how, receipt).map_err(|cause| (cause, inner.to_string()));
        return list.iter().map(each).collect();
    }
    let wrapped = WRAPS.iter().filter_map(|name| object.get(name)).find(|inner| inner.is_object());
    whole(match wrapped {
        Some(inner) if how.knows_own_form && is_deletion(&object) => deletion(inner, receipt),
        // What stands around a mention may itself look like one; it counts before what it wraps.
        Some(inner) => one(&object, how, receipt).or_else(|_| one(inner, how, receipt)),
        None => one(&object, how, receipt),
    })
}

/// The item of one object.
fn one(object: &Value, how: &How, receipt: &Receipt<'_>) -> Result<RawItem, BadCause> {
    if !object.is_object() {
        return Err(BadCause::Malformed("not an object".to_owned()));
    }
    if how.knows_own_form && is_deletion(object) {
        return deletion(object, receipt);
    }
    if how.knows_own_form && is_own_form(object) {
        return own(object.to_string().as_bytes(), receipt);
    }
    let layout = Layout::bind(&how.mapping, names(object), how.zone).ok_or(BadCause::NoText)?;
    layout.item(&JsonRow { header: layout.header(), object }, receipt)
}

fn is_own_form(object: &Value) -> bool {
    let has_text = object.get("text").is_some_and(Value::is_string);
    !is_deletion(object) && (has_text || object.get("deleted") == Some(&Value::Bool(true)))
}

/// `"type": "delete"`, or an event such as `mention.deleted`.
fn is_deletion(object: &Value) -> bool {
    let kind = object.get("type").and_then(Value::as_str).unwrap_or_default();
    kind.rsplit(['.', '_', ':']).next().is_some_and(|word| matches!(word, "delete" | "deleted" | "removed"))
}

fn deletion(object: &Value, receipt: &Receipt<'_>) -> Result<RawItem, BadCause> {
    let id = match object.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => String::new(),
    };
    if id.trim().is_empty() {
        return Err(BadCause::NoId);
    }
    Ok(RawItem::deletion(receipt.source.clone(), id, receipt.now))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::super::mapping::Profiles;
    use super::*;
    use crate::mention::{Id, Network};

    fn how() -> How {
        let mut mapping = Profiles::embedded().generic().expect("it is embedded").clone();
        mapping.short_ids = true;
        How { mapping, knows_own_form: true, zone: chrono_tz::UTC }
    }

    fn found(body: &[u8]) -> Found {
        let (source, network) = (Id::from("zapier"), Network::Web);
        let now = "2026-11-20T17:00:00Z".parse().expect("an instant");
        read(body, &how(), &Receipt { source: &source, network: Some(&network), now }).expect("not too many")
    }

    fn texts(body: &str) -> Vec<String> {
        found(body.as_bytes()).items.into_iter().map(|item| item.text).collect()
    }

    #[rstest]
    #[case::one(r#"{"text":"a"}"#, &["a"])]
    #[case::over_lines("{\n\"text\":\n\"a\"}\n", &["a"])]
    #[case::list(r#" [{"text":"a"},{"text":"b"}] "#, &["a", "b"])]
    #[case::lines("{\"text\":\"a\"}\r\n\n{\"text\":\"b\"}\n", &["a", "b"])]
    #[case::mark("\u{feff}{\"text\":\"a\"}", &["a"])]
    #[case::event(r#"{"type":"mention.created","data":{"text":"hé"}}"#, &["hé"])]
    #[case::event_of_several(r#"{"type":"batch","data":[{"text":"a"},{"text":"b"}]}"#, &["a", "b"])]
    #[case::items(r#"{"title":"Alert","items":[{"message":"a"}]}"#, &["a"])]
    #[case::empty_list("[]", &[])]
    #[case::empty("  \n", &[])]
    fn every_shape_of_a_delivery_is_read(#[case] body: &str, #[case] expected: &[&str]) {
        assert_eq!(texts(body), expected);
        assert!(found(body.as_bytes()).bad.is_empty());
    }

    #[test]
    fn a_flat_object_is_mapped_as_an_export_is() {
        let body = br#"{"Post ID":"77","Message":"Is the water safe?","Permalink":"https://x.com/a/status/77",
            "From":"ana","Created At":"2026-11-20 09:12","Campaign":"water","Likes":"1,200"}"#;
        let item = found(body).items.pop().expect("one");
        assert_eq!((item.text.as_str(), item.native_id.as_deref()), ("Is the water safe?", Some("77")));
        assert_eq!((item.author.handle.as_deref(), item.network.as_deref()), (Some("ana"), Some("x")));
        assert_eq!((item.metrics.likes, item.posted_at.is_some()), (Some(1200), true));
        assert!(item.extras.iter().any(|(_, value)| value.contains("water")), "{:?}", item.extras);
    }

    #[test]
    fn a_bad_item_costs_no_other() {
        let found = found(br#"[{"text":"a"},7,{"id":1},{"text":"b"}]"#);
        let bad: Vec<_> = found.bad.iter().map(|bad| (bad.number, bad.data.as_slice())).collect();
        assert_eq!(found.items.len(), 2);
        assert_eq!(bad, [(2, &b"7"[..]), (3, br#"{"id":1}"#)]);
        assert_eq!(found.bad[1].cause, BadCause::NoText);
        let lines = b"{\"text\":\"a\"}\n{\"text\":\xff\"}\n{\"te\n{\"text\":\"b\"}";
        let found = super::tests::found(lines);
        assert_eq!((found.items.len(), found.bad.len()), (2, 2));
        let wrapped = super::tests::found(br#"{"items":[{"id":1},{"text":"b"}]}"#);
        assert_eq!((wrapped.items.len(), wrapped.bad[0].data.as_slice()), (1, &br#"{"id":1}"#[..]));
    }

    #[rstest]
    #[case::no_json(b"hello\nthere", 1)]
    #[case::cut(b"[{\"text\":\"a\"},{\"te", 1)]
    #[case::not_utf8(b"{\"text\":\"\xff\"}", 1)]
    #[case::a_word(b"\"text\"", 1)]
    #[case::no_text(b"{\"type\":\"contact.created\",\"data\":{\"id\":3}}", 1)]
    fn what_holds_no_mention_is_bad_once(#[case] body: &[u8], #[case] bad: usize) {
        let found = found(body);
        assert_eq!((found.items.len(), found.bad.len()), (0, bad), "{:?}", found.bad);
    }

    #[rstest]
    #[case::own(r#"{"type":"delete","id":"m-1"}"#)]
    #[case::event(r#"{"type":"mention.deleted","data":{"id":"m-1","text":"gone"}}"#)]
    #[case::marked(r#"{"id":"m-1","deleted":true}"#)]
    fn deletions_are_told(#[case] body: &str) {
        let item = found(body.as_bytes()).items.pop().expect("one");
        assert_eq!((item.native_id.as_deref(), item.deleted), (Some("m-1"), true));
    }

    #[test]
    fn nesting_and_numbers_do_no_harm() {
        let deep = format!("{{\"text\":\"a\",\"x\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(found(deep.as_bytes()).bad.len(), 1);
        let many = format!("[{}]", vec!["{\"text\":\"a\"}"; MOST + 1].join(","));
        let (source, now) = (Id::from("zapier"), chrono::DateTime::UNIX_EPOCH);
        assert!(read(many.as_bytes(), &how(), &Receipt { source: &source, network: None, now }).is_none());
    }
}
