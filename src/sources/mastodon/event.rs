//! What a stream says, whichever way it came.
//!
//! What enters: a WebSocket's text, or the name and data of a server-sent event. What leaves: an [`Event`], or what is
//! wrong with it. The payload of a WebSocket is JSON inside JSON; that of a deletion is a bare id; some events have none.
//! What this program does not know is passed over: servers learn new words.

use serde::Deserialize;
use serde_json::Value;

use super::wire::{Notification, Status, as_id};

/// Where an event was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    /// The account's own stream: what concerns it, and the posts of those it follows.
    User,
    /// A hashtag's.
    Hashtag,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Event {
    /// A post.
    Posted(Channel, Box<Status>),
    /// A post has another text.
    Edited(Channel, Box<Status>),
    /// A post is gone; its id.
    Deleted(String),
    /// Something concerns the account.
    Notified(Box<Notification>),
    /// Notifications that were held back are shown now: they are older than others that were seen.
    Merged,
    /// The server refuses something, in its own words.
    Refused {
        /// As of an HTTP answer.
        status: u16,
        said: String,
    },
    /// What could not be read, and why in the parser's own words.
    Broken { cause: String, data: String },
    /// Nothing that matters here.
    Other,
}

/// A WebSocket's message.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Message {
    stream: Vec<Value>,
    event: String,
    payload: Value,
    error: Option<Value>,
    status: Option<u16>,
}

/// Reads a WebSocket's message; an error is the parser's own words.
pub(super) fn message(text: &str) -> Result<Event, String> {
    let message: Message = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if let Some(error) = message.error {
        let said = error.as_str().map_or_else(|| error.to_string(), str::to_owned);
        return Ok(Event::Refused { status: message.status.unwrap_or(400), said });
    }
    let is_hashtag = message.stream.first().and_then(Value::as_str).is_some_and(|name| name.starts_with("hashtag"));
    let channel = if is_hashtag { Channel::Hashtag } else { Channel::User };
    match message.payload {
        Value::String(payload) => sent(channel, &message.event, &payload),
        // Some servers write it once only.
        payload => event(channel, &message.event, payload),
    }
}

/// Reads an event by its name and the text of its payload.
pub(super) fn sent(channel: Channel, name: &str, payload: &str) -> Result<Event, String> {
    match name {
        "delete" => event(channel, name, Value::String(payload.to_owned())),
        "update" | "status.update" | "notification" => {
            let value = serde_json::from_str(payload).map_err(|error| error.to_string())?;
            event(channel, name, value)
        }
        _ => event(channel, name, Value::Null),
    }
}

fn event(channel: Channel, name: &str, payload: Value) -> Result<Event, String> {
    match name {
        "update" => Ok(Event::Posted(channel, Box::new(status(payload)?))),
        "status.update" => Ok(Event::Edited(channel, Box::new(status(payload)?))),
        "delete" => as_id(&payload).map(Event::Deleted).ok_or_else(|| "a deletion without an id".to_owned()),
        "notification" => {
            let notification = Notification::deserialize(payload).map_err(|error| error.to_string())?;
            Ok(Event::Notified(Box::new(notification)))
        }
        "notifications_merged" => Ok(Event::Merged),
        _ => Ok(Event::Other),
    }
}

fn status(payload: Value) -> Result<Status, String> {
    let status = Status::deserialize(payload).map_err(|error| error.to_string())?;
    if status.id.is_empty() { Err("a post without an id".to_owned()) } else { Ok(status) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn post(id: &str) -> Box<Status> {
        Box::new(Status { id: id.to_owned(), ..Status::default() })
    }

    #[rstest]
    #[case::parsed_twice(
        r#"{"stream":["hashtag","Elmtown"],"event":"update","payload":"{\"id\":\"7\"}"}"#,
        Event::Posted(Channel::Hashtag, post("7"))
    )]
    #[case::parsed_once(
        r#"{"stream":["user"],"event":"update","payload":{"id":7}}"#,
        Event::Posted(Channel::User, post("7"))
    )]
    #[case::edit(
        r#"{"stream":["user"],"event":"status.update","payload":"{\"id\":\"7\"}"}"#,
        Event::Edited(Channel::User, post("7"))
    )]
    #[case::deletion(r#"{"stream":["user"],"event":"delete","payload":"7"}"#, Event::Deleted("7".to_owned()))]
    #[case::deletion_by_number(r#"{"stream":["user"],"event":"delete","payload":7}"#, Event::Deleted("7".to_owned()))]
    #[case::no_payload(r#"{"stream":["user"],"event":"filters_changed"}"#, Event::Other)]
    #[case::merged(r#"{"stream":["user"],"event":"notifications_merged","payload":"1"}"#, Event::Merged)]
    #[case::unknown(r#"{"stream":["user"],"event":"conversation","payload":"{broken"}"#, Event::Other)]
    #[case::nothing("{}", Event::Other)]
    #[case::refused(
        r#"{"error":"Unknown stream type","status":400}"#,
        Event::Refused { status: 400, said: "Unknown stream type".to_owned() }
    )]
    fn messages_are_read(#[case] text: &str, #[case] expected: Event) {
        assert_eq!(message(text), Ok(expected));
    }

    #[rstest]
    #[case::not_json("{")]
    #[case::a_list("[1]")]
    #[case::broken_inside(r#"{"stream":["user"],"event":"update","payload":"{"}"#)]
    #[case::no_id(r#"{"stream":["user"],"event":"update","payload":"{}"}"#)]
    #[case::deletion_without_one(r#"{"stream":["user"],"event":"delete","payload":{}}"#)]
    fn what_is_broken_is_told(#[case] text: &str) {
        assert!(message(text).is_err());
    }

    #[test]
    fn a_notification_holds_its_post() {
        let read = sent(Channel::User, "notification", r#"{"id":8,"type":"mention","status":{"id":"7"}}"#);
        let Ok(Event::Notified(notification)) = read else { panic!("{read:?}") };
        assert_eq!((notification.id.as_str(), notification.kind.as_str()), ("8", "mention"));
        assert_eq!(notification.status, Some(*post("7")));
    }
}
