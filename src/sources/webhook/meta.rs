//! What Meta says of a Facebook page: comments and posts that were added, edited, removed, and where the page was mentioned.
//!
//! What enters: the body of a delivery, its signature checked. What leaves: items and deletions in their order, and what is
//! bad. Reactions, and what the page itself hid or showed again, are no mentions: they are passed over. Built from Meta's
//! documents; not tried against the live service.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::BadCause;
use super::super::mapping::Receipt;
use super::body::{Bad, Found, MOST};
use crate::mention::{Kind, Media, RawItem};

#[derive(Deserialize)]
struct Delivery<'a> {
    #[serde(borrow, default)]
    entry: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    changes: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Change {
    field: String,
    value: Value,
}

/// What happened to what. Other fields are of no interest here; they are kept beside the item.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Value {
    item: Option<String>,
    verb: Option<String>,
    post_id: Option<String>,
    comment_id: Option<String>,
    parent_id: Option<String>,
    from: From,
    sender_id: Option<Text>,
    sender_name: Option<String>,
    message: Option<String>,
    created_time: Option<i64>,
    permalink_url: Option<String>,
    link: Option<String>,
    photo: Option<String>,
    video: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct From {
    id: Option<Text>,
    name: Option<String>,
}

/// Ids are texts, and once in a while numbers.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Text(String),
    Number(u64),
}

impl Text {
    fn into_string(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Reads a body. One with more changes than [`MOST`] is none: `None`.
pub(super) fn read(body: &[u8], receipt: &Receipt<'_>) -> Option<Found> {
    let mut found = Found::default();
    let delivery: Delivery<'_> = match serde_json::from_slice(body) {
        Ok(delivery) => delivery,
        Err(error) => {
            let cause = BadCause::Malformed(error.to_string());
            found.bad.push(Bad { number: 1, cause, data: body.to_vec() });
            return Some(found);
        }
    };
    let changes: Vec<&RawValue> = delivery.entry.into_iter().flat_map(|entry| entry.changes).collect();
    if changes.len() > MOST {
        return None;
    }
    for (index, change) in changes.into_iter().enumerate() {
        match serde_json::from_str(change.get()) {
            Ok(read) => found.items.extend(item(read, change.get(), receipt)),
            Err(error) => {
                let cause = BadCause::Malformed(error.to_string());
                found.bad.push(Bad { number: index + 1, cause, data: change.get().as_bytes().to_vec() });
            }
        }
    }
    Some(found)
}

/// The item of one change; `None` for what is no mention.
fn item(change: Change, raw: &str, receipt: &Receipt<'_>) -> Option<RawItem> {
    let Change { field, value } = change;
    let is_comment = value.item.as_deref() == Some("comment") || value.comment_id.is_some();
    let said = ["comment", "post", "status", "photo", "video", "share", "link", "note", "album"];
    if !matches!(field.as_str(), "feed" | "mention") || !said.contains(&value.item.as_deref().unwrap_or("post")) {
        return None;
    }
    let id = if is_comment { value.comment_id } else { value.post_id.clone() }?;
    match value.verb.as_deref() {
        Some("remove" | "delete") => {
            return Some(RawItem::deletion(receipt.source.clone(), id, receipt.now));
        }
        Some("add" | "edit" | "edited" | "update") | None => {}
        Some(_) => return None,
    }
    let media = [("image", value.photo), ("video", value.video), ("link", value.link)];
    let media: Vec<Media> = media
        .into_iter()
        .filter_map(|(kind, url)| Some(Media { kind: Some(kind.to_owned()), alt: None, url: Some(url?) }))
        .collect();
    let url = value.permalink_url.unwrap_or_else(|| format!("https://www.facebook.com/{id}"));
    let message = value.message.filter(|message| !message.trim().is_empty());
    // Without a word, and without the permission to read it, what can be seen is its address.
    let text = message.or_else(|| media.first()?.url.clone()).unwrap_or_else(|| url.clone());
    let parent = value.parent_id.filter(|_| is_comment);
    let mut item = RawItem::new(receipt.source.clone(), text, receipt.now);
    item.native_id = Some(id);
    item.network = Some("facebook".to_owned());
    item.kind = match &parent {
        Some(parent) if Some(parent) != value.post_id.as_ref() => Kind::Reply,
        _ if is_comment => Kind::Comment,
        _ => Kind::Post,
    };
    item.reply_to = parent.or_else(|| value.post_id.clone().filter(|_| is_comment));
    item.thread = value.post_id;
    item.author.name = value.from.name.or(value.sender_name);
    item.author.handle = value.from.id.or(value.sender_id).map(Text::into_string);
    item.posted_at = value.created_time.and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0));
    item.url = Some(url);
    item.media = media;
    item.raw = Some(raw.to_owned());
    Some(item)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::mention::Id;

    fn found(body: &str) -> Found {
        let source = Id::from("page");
        let now = "2026-11-20T17:00:00Z".parse().expect("an instant");
        read(body.as_bytes(), &Receipt { source: &source, network: None, now }).expect("not too many")
    }

    fn change(field: &str, value: &str) -> String {
        let change = format!(r#"{{"field":"{field}","value":{{{value}}}}}"#);
        format!(r#"{{"object":"page","entry":[{{"id":"1","time":1763658000,"changes":[{change}]}}]}}"#)
    }

    #[test]
    fn a_comment_is_an_item() {
        let body = change(
            "feed",
            r#""item":"comment","verb":"add","post_id":"1_2","comment_id":"2_3","parent_id":"1_2",
               "from":{"id":"99","name":"Ana Roy"},"message":"L\u2019eau est-elle potable?","created_time":1763658000"#,
        );
        let item = found(&body).items.pop().expect("one");
        assert_eq!((item.native_id.as_deref(), item.text.as_str()), (Some("2_3"), "L’eau est-elle potable?"));
        assert_eq!(
            (item.kind, item.reply_to.as_deref(), item.thread.as_deref()),
            (Kind::Comment, Some("1_2"), Some("1_2"))
        );
        assert_eq!((item.author.name.as_deref(), item.network.as_deref()), (Some("Ana Roy"), Some("facebook")));
        assert_eq!(item.posted_at.map(|at| at.timestamp()), Some(1_763_658_000));
        assert_eq!(item.url.as_deref(), Some("https://www.facebook.com/2_3"));
    }

    #[rstest]
    #[case::answer(
        r#""item":"comment","verb":"add","post_id":"1_2","comment_id":"2_4","parent_id":"2_3","message":"a""#,
        Kind::Reply,
        "2_4",
        "a"
    )]
    #[case::edited(
        r#""item":"comment","verb":"edited","post_id":"1_2","comment_id":"2_3","message":"b""#,
        Kind::Comment,
        "2_3",
        "b"
    )]
    #[case::post(
        r#""item":"status","verb":"add","post_id":"1_2","message":"c","from":{"id":99}"#,
        Kind::Post,
        "1_2",
        "c"
    )]
    #[case::photo(
        r#""item":"photo","verb":"add","post_id":"1_2","link":"https://cdn.example/a.jpg""#,
        Kind::Post,
        "1_2",
        "https://cdn.example/a.jpg"
    )]
    #[case::nothing_said(
        r#""item":"post","verb":"add","post_id":"1_2""#,
        Kind::Post,
        "1_2",
        "https://www.facebook.com/1_2"
    )]
    fn what_was_said_is_an_item(#[case] value: &str, #[case] kind: Kind, #[case] id: &str, #[case] text: &str) {
        let item = found(&change("feed", value)).items.pop().expect("one");
        assert_eq!((item.kind, item.native_id.as_deref(), item.text.as_str()), (kind, Some(id), text));
    }

    #[test]
    fn a_mention_elsewhere_is_an_item() {
        let value = r#""item":"comment","verb":"add","post_id":"7_8","comment_id":"8_9","sender_name":"Ben","message":"@Town?""#;
        let item = found(&change("mention", value)).items.pop().expect("one");
        assert_eq!((item.native_id.as_deref(), item.author.name.as_deref()), (Some("8_9"), Some("Ben")));
    }

    #[rstest]
    #[case::comment(r#""item":"comment","verb":"remove","post_id":"1_2","comment_id":"2_3""#, "2_3")]
    #[case::post(r#""item":"post","verb":"remove","post_id":"1_2""#, "1_2")]
    fn what_was_removed_is_a_deletion(#[case] value: &str, #[case] id: &str) {
        let item = found(&change("feed", value)).items.pop().expect("one");
        assert_eq!((item.native_id.as_deref(), item.deleted), (Some(id), true));
    }

    #[rstest]
    #[case::reaction("feed", r#""item":"reaction","verb":"add","post_id":"1_2","reaction_type":"like""#)]
    #[case::hidden("feed", r#""item":"comment","verb":"hide","post_id":"1_2","comment_id":"2_3""#)]
    #[case::another_field("ratings", r#""item":"rating","verb":"add","post_id":"1_2""#)]
    #[case::no_id("feed", r#""item":"comment","verb":"add","post_id":"1_2""#)]
    fn what_is_no_mention_is_passed_over(#[case] field: &str, #[case] value: &str) {
        let found = found(&change(field, value));
        assert!(found.items.is_empty() && found.bad.is_empty());
    }

    #[test]
    fn a_bad_change_costs_no_other() {
        let good = r#"{"field":"feed","value":{"item":"post","verb":"add","post_id":"1_2","message":"a"}}"#;
        let body =
            format!(r#"{{"object":"page","entry":[{{"changes":[{{"field":3}},{good}]}},{{"changes":[{good}]}}]}}"#);
        let found = found(&body);
        assert_eq!((found.items.len(), found.bad.len(), found.bad[0].number), (2, 1, 1));
        assert_eq!(super::tests::found("{\"entry\":[").bad.len(), 1);
    }
}
