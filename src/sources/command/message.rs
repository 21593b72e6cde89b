//! What a line of a program says: a mention, a deletion, a state, something for the log.
//!
//! What enters: one line. What leaves: its [`Message`], nothing (a blank line), or why it is bad. An object without a
//! `type` is a mention.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;
use tracing::Level;

use super::super::BadCause;
use super::super::lines::Line;
use super::said;
use crate::mention::wire::WireItem;
use crate::mention::{Id, Network, RawItem};

/// The largest state: it is written with every batch.
const MAX_STATE: usize = 64 << 10;

/// One line of a program.
#[derive(Debug)]
pub(super) enum Message {
    /// A mention, or the notice that one was deleted.
    Item(Box<RawItem>),
    /// What it wants to be handed back, as JSON on one line.
    State(String),
    /// For the program's own log.
    Log(Level, String),
}

#[derive(Deserialize)]
struct Typed<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct State<'a> {
    #[serde(borrow)]
    value: &'a RawValue,
}

#[derive(Deserialize)]
struct Log<'a> {
    #[serde(borrow, default)]
    level: Option<Cow<'a, str>>,
    #[serde(borrow, default, alias = "message")]
    text: Option<Cow<'a, str>>,
}

/// Reads one line.
pub(super) fn read(
    line: &Line<'_>,
    source: &Id,
    network: Option<&Network>,
    now: DateTime<Utc>,
) -> Result<Option<Message>, BadCause> {
    let text = if line.too_long { None } else { std::str::from_utf8(line.bytes).ok().filter(|text| is_object(text)) };
    let Some(text) = text.map(|text| text.trim_start_matches('\u{feff}')) else {
        // Blank, or bad in a way that every kind of line can be.
        return Ok(line.item(source, network, now)?.map(|item| Message::Item(Box::new(item))));
    };
    match parse::<Typed<'_>>(text)?.kind.as_deref() {
        None | Some("mention") => Ok(line.item(source, network, now)?.map(|item| Message::Item(Box::new(item)))),
        Some("delete") => {
            let id = parse::<WireItem<'_>>(text)?.id.filter(|id| !id.trim().is_empty()).ok_or(BadCause::NoId)?;
            Ok(Some(Message::Item(Box::new(RawItem::deletion(source.clone(), id, now)))))
        }
        Some("state") => {
            let value = parse::<State<'_>>(text)?.value.get();
            if value.len() > MAX_STATE { Err(BadCause::LargeState) } else { Ok(Some(Message::State(value.to_owned()))) }
        }
        Some("log") => {
            let log: Log<'_> = parse(text)?;
            let level = log.level.as_deref().and_then(said::level).unwrap_or(Level::INFO);
            Ok(log.text.map(|text| Message::Log(level, text.into_owned())))
        }
        Some(other) => Err(BadCause::UnknownType(other.to_owned())),
    }
}

fn is_object(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, BadCause> {
    serde_json::from_str(text).map_err(|error| BadCause::Malformed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::super::lines::Lines;
    use super::*;

    fn said(text: &[u8]) -> Result<Option<Message>, BadCause> {
        let mut lines = Lines::new(0);
        lines.push(text);
        let line = lines.finish().expect("a line");
        read(&line, &Id::from("mail"), Some(&Network::Web), DateTime::UNIX_EPOCH)
    }

    fn item(text: &str) -> RawItem {
        match said(text.as_bytes()) {
            Ok(Some(Message::Item(item))) => *item,
            other => panic!("no item: {other:?}"),
        }
    }

    #[test]
    fn a_mention_is_one_with_its_type_and_without() {
        let typed = item(
            r#"{"type":"mention","id":7,"text":"Brown water","author":{"name":"Ana","handle":"ana","id":"x"},
               "created_at":"2026-11-20T09:00:00Z","parent_id":"6","extra":{"a":1}}"#,
        );
        assert_eq!((typed.native_id.as_deref(), typed.reply_to.as_deref()), (Some("7"), Some("6")));
        assert!(typed.posted_at.is_some() && typed.raw.is_some_and(|raw| raw.contains("extra")));
        let bare = item("\u{feff}{\"text\":\"Brown water\",\"type\":null}");
        assert_eq!((bare.text.as_str(), bare.network.as_deref()), ("Brown water", Some("web")));
    }

    #[rstest]
    #[case::text(r#"{"type":"delete","id":"m-1"}"#, "m-1")]
    #[case::number(r#"{"id":17,"type":"delete","text":"gone"}"#, "17")]
    fn a_deletion_says_of_what(#[case] line: &str, #[case] id: &str) {
        let item = item(line);
        assert_eq!((item.native_id.as_deref(), item.deleted, item.text.as_str()), (Some(id), true, ""));
    }

    #[rstest]
    #[case::object(r#"{"type":"state","value":{"since": 1.50}}"#, r#"{"since": 1.50}"#)]
    #[case::large_number(
        r#"{"value":123456789012345678901234567890,"type":"state"}"#,
        "123456789012345678901234567890"
    )]
    #[case::null(r#"{"type":"state","value":null}"#, "null")]
    fn a_state_is_kept_to_the_letter(#[case] line: &str, #[case] kept: &str) {
        assert!(matches!(said(line.as_bytes()), Ok(Some(Message::State(state))) if state == kept));
    }

    #[rstest]
    #[case::word(r#"{"type":"log","level":"warning","text":"slow"}"#, Level::WARN)]
    #[case::letter(r#"{"type":"log","level":"E","message":"slow"}"#, Level::ERROR)]
    #[case::none(r#"{"type":"log","text":"slow"}"#, Level::INFO)]
    fn a_log_line_has_a_level(#[case] line: &str, #[case] level: Level) {
        assert!(
            matches!(said(line.as_bytes()), Ok(Some(Message::Log(found, text))) if found == level && text == "slow")
        );
    }

    #[rstest]
    #[case::blank(b" \r", None)]
    #[case::not_utf8(b"{\"text\":\"\xff\"}", Some(BadCause::NotUtf8))]
    #[case::no_text(b"{\"type\":\"mention\",\"id\":1}", Some(BadCause::NoText))]
    #[case::no_id(b"{\"type\":\"delete\"}", Some(BadCause::NoId))]
    #[case::blank_id(b"{\"type\":\"delete\",\"id\":\" \"}", Some(BadCause::NoId))]
    #[case::unknown(b"{\"type\":\"post\",\"text\":\"a\"}", Some(BadCause::UnknownType("post".to_owned())))]
    fn a_bad_line_has_its_cause(#[case] line: &[u8], #[case] bad: Option<BadCause>) {
        match said(line) {
            Ok(message) => assert!(message.is_none() && bad.is_none(), "{message:?}"),
            Err(cause) => assert_eq!(Some(cause), bad),
        }
    }

    #[rstest]
    #[case::no_json(b"water")]
    #[case::a_list(b"[\"state\"]")]
    #[case::a_number(b"5")]
    #[case::type_of_another_kind(b"{\"type\":5,\"text\":\"a\"}")]
    #[case::no_value(b"{\"type\":\"state\"}")]
    #[case::torn(b"{\"type\":\"mention\",\"te")]
    fn what_is_no_message_is_malformed(#[case] line: &[u8]) {
        assert!(matches!(said(line), Err(BadCause::Malformed(_))));
    }

    #[test]
    fn a_state_has_a_limit_and_nesting_does_no_harm() {
        let large = format!(r#"{{"type":"state","value":"{}"}}"#, "x".repeat(MAX_STATE));
        assert!(matches!(said(large.as_bytes()), Err(BadCause::LargeState)));
        let deep = format!(r#"{{"text":"a","extra":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(item(&deep).text, "a");
    }
}
