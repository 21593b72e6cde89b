//! What a Mastodon server sends, read with patience.
//!
//! What enters: JSON of Mastodon, or of one of the many servers that speak its protocol and leave out, rename or retype
//! things. What leaves: the fields that matter here. Only a status's id is needed; a field of the wrong type counts as
//! absent, and one bad element of a list is left out. Everything in it is hostile text.

use chrono::{DateTime, Utc};
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A post.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Status {
    /// The server's own id: opaque, and another one on every server.
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    /// The same on every server.
    #[serde(deserialize_with = "lenient")]
    pub(super) uri: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) url: Option<String>,
    #[serde(deserialize_with = "instant")]
    pub(super) created_at: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "lenient")]
    pub(super) edited_at: Option<String>,
    #[serde(deserialize_with = "maybe_id")]
    pub(super) in_reply_to_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) visibility: Option<String>,
    /// The content warning.
    #[serde(deserialize_with = "lenient")]
    pub(super) spoiler_text: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) language: Option<String>,
    /// HTML.
    #[serde(deserialize_with = "lenient")]
    pub(super) content: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) account: Account,
    #[serde(deserialize_with = "list")]
    pub(super) mentions: Vec<Named>,
    #[serde(deserialize_with = "list")]
    pub(super) media_attachments: Vec<Attachment>,
    #[serde(deserialize_with = "present")]
    pub(super) reblog: bool,
    #[serde(deserialize_with = "lenient")]
    pub(super) poll: Option<Poll>,
    #[serde(deserialize_with = "lenient")]
    pub(super) quote: Option<Box<Quote>>,
    #[serde(deserialize_with = "lenient")]
    pub(super) replies_count: Option<u64>,
    #[serde(deserialize_with = "lenient")]
    pub(super) reblogs_count: Option<u64>,
    #[serde(deserialize_with = "lenient")]
    pub(super) favourites_count: Option<u64>,
}

/// An account.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Account {
    #[serde(deserialize_with = "maybe_id")]
    pub(super) id: Option<String>,
    /// `name` for an account of this server, `name@server` for others.
    #[serde(deserialize_with = "lenient")]
    pub(super) acct: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) display_name: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) bot: bool,
    #[serde(deserialize_with = "lenient")]
    pub(super) followers_count: Option<u64>,
}

/// An account that a post names.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Named {
    #[serde(deserialize_with = "maybe_id")]
    pub(super) id: Option<String>,
}

/// A picture, film or sound.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Attachment {
    #[serde(rename = "type", deserialize_with = "lenient")]
    pub(super) kind: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) url: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) description: Option<String>,
}

/// A poll. Its votes are left out: every vote would make another version of the post.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Poll {
    #[serde(deserialize_with = "list")]
    pub(super) options: Vec<Choice>,
}

/// One answer of a poll.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Choice {
    #[serde(deserialize_with = "lenient")]
    pub(super) title: String,
}

/// The post that a post quotes: beside its state, or, on older servers, by itself.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Quote {
    #[serde(deserialize_with = "lenient")]
    pub(super) quoted_status: Option<Box<Status>>,
    #[serde(deserialize_with = "lenient")]
    pub(super) content: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) account: Account,
}

/// A notice that something concerns the account.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Notification {
    /// Of another sequence than the ids of posts.
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(rename = "type", deserialize_with = "lenient")]
    pub(super) kind: String,
    pub(super) status: Option<Status>,
}

/// The server, as `/api/v2/instance` and `/api/v1/instance` describe it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct Instance {
    /// Version 2.
    #[serde(deserialize_with = "lenient")]
    domain: Option<String>,
    /// Version 1: its name, or on some servers its address.
    #[serde(deserialize_with = "lenient")]
    uri: Option<String>,
    #[serde(deserialize_with = "lenient")]
    urls: Urls,
    /// Version 1 of Pleroma and its kin.
    #[serde(deserialize_with = "lenient")]
    max_toot_chars: Option<usize>,
    #[serde(deserialize_with = "lenient")]
    configuration: Configuration,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Urls {
    /// Version 2.
    #[serde(deserialize_with = "lenient")]
    streaming: Option<String>,
    /// Version 1.
    #[serde(deserialize_with = "lenient")]
    streaming_api: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Configuration {
    #[serde(deserialize_with = "lenient")]
    urls: Urls,
    #[serde(deserialize_with = "lenient")]
    statuses: Statuses,
    #[serde(deserialize_with = "lenient")]
    timelines_access: Access,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Statuses {
    #[serde(deserialize_with = "lenient")]
    max_characters: Option<usize>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Access {
    #[serde(deserialize_with = "lenient")]
    hashtag_feeds: Feeds,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Feeds {
    #[serde(deserialize_with = "lenient")]
    local: Option<String>,
    #[serde(deserialize_with = "lenient")]
    remote: Option<String>,
}

impl Instance {
    /// The server's own name, without which an account's name is not whole.
    pub(super) fn domain(&self) -> Option<&str> {
        let name = self.domain.as_deref().or(self.uri.as_deref())?;
        let name = name.trim().trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        (!name.is_empty() && !name.contains(['/', '@', ' '])).then_some(name)
    }

    /// Where its streams are.
    pub(super) fn streaming(&self) -> Option<&str> {
        let both = [&self.configuration.urls, &self.urls];
        both.iter().find_map(|urls| urls.streaming.as_deref().or(urls.streaming_api.as_deref()))
    }

    /// How long a post may be.
    pub(super) fn max_characters(&self) -> Option<usize> {
        self.configuration.statuses.max_characters.or(self.max_toot_chars).filter(|most| *most > 0)
    }

    /// True when it says that it shows hashtags to nobody.
    pub(super) fn hides_hashtags(&self) -> bool {
        let feeds = &self.configuration.timelines_access.hashtag_feeds;
        [&feeds.local, &feeds.remote].iter().any(|access| access.as_deref() == Some("disabled"))
    }
}

/// The value, or its default where it has another shape.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(T::deserialize(Value::deserialize(deserializer)?).unwrap_or_default())
}

/// The elements that have the right shape.
fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let Value::Array(all) = Value::deserialize(deserializer)? else { return Ok(Vec::new()) };
    Ok(all.into_iter().filter_map(|element| T::deserialize(element).ok()).collect())
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(deserializer)?.is_object())
}

/// An id is text; some servers write a number.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    as_id(&Value::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("no id"))
}

fn maybe_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(as_id(&Value::deserialize(deserializer)?))
}

/// The id that a value is.
pub(super) fn as_id(value: &Value) -> Option<String> {
    let id = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!id.is_empty()).then_some(id)
}

fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok()).map(|instant| instant.to_utc()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_field_of_the_wrong_type_costs_nothing_else() {
        let odd = json!({
            "id": 12, "uri": 3, "created_at": "yesterday", "content": "<p>brown</p>", "account": {"acct": "ana", "bot": "no"},
            "mentions": [{"id": 7}, "x"], "media_attachments": {"no": "list"}, "poll": 3, "quote": 1, "favourites_count": -1
        });
        let status: Status = serde_json::from_value(odd).expect("it has an id");
        assert_eq!((status.id.as_str(), status.content.as_str(), status.created_at), ("12", "<p>brown</p>", None));
        assert_eq!((status.account.acct.as_str(), status.account.bot), ("ana", false));
        assert_eq!(status.mentions, [Named { id: Some("7".to_owned()) }]);
        assert_eq!((status.favourites_count, status.poll, status.quote), (None, None, None));
    }

    #[rstest]
    #[case::absent(json!({"content": "a"}))]
    #[case::null(json!({"id": null}))]
    #[case::empty(json!({"id": " "}))]
    fn a_status_without_an_id_is_none(#[case] status: Value) {
        // `default` lets an absent field through: who reads a status asks for its id.
        let read = serde_json::from_value::<Status>(status);
        assert!(read.is_err() || read.is_ok_and(|status| status.id.is_empty()));
    }

    #[rstest]
    #[case::version_2(
        json!({"domain": "town.example", "configuration": {"urls": {"streaming": "wss://s.town.example"}, "statuses": {"max_characters": 700}}}),
        Some("town.example"), Some("wss://s.town.example"), Some(700)
    )]
    #[case::version_1(
        json!({"uri": "town.example", "urls": {"streaming_api": "wss://town.example"}, "configuration": {"statuses": {"max_characters": 500}}}),
        Some("town.example"), Some("wss://town.example"), Some(500)
    )]
    #[case::pleroma(json!({"uri": "https://town.example/", "max_toot_chars": 5000}), Some("town.example"), None, Some(5000))]
    #[case::nonsense(json!({"uri": ["x"], "urls": 3, "configuration": "none"}), None, None, None)]
    fn instances_are_read(
        #[case] instance: Value,
        #[case] domain: Option<&str>,
        #[case] streaming: Option<&str>,
        #[case] most: Option<usize>,
    ) {
        let instance: Instance = serde_json::from_value(instance).expect("any object will do");
        assert_eq!((instance.domain(), instance.streaming(), instance.max_characters()), (domain, streaming, most));
        assert!(!instance.hides_hashtags());
    }

    #[test]
    fn closed_hashtags_are_told() {
        let closed = json!({"configuration": {"timelines_access": {"hashtag_feeds": {"local": "public", "remote": "disabled"}}}});
        assert!(serde_json::from_value::<Instance>(closed).expect("an object").hides_hashtags());
    }
}
