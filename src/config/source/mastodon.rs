//! `kind = "mastodon"`: an account on a Mastodon server, or on one that speaks its protocol.

use std::time::Duration;

use strum::EnumString;

use super::super::SourceKind;
use super::super::error::{Expected, Problem};
use super::super::secret::Secret;
use super::super::table::{Faults, Table};
use super::{Row, address, every};

/// How often the server is asked where it does not stream, when `every` is not given.
const USUALLY: Duration = Duration::from_mins(1);
/// A server lets itself be asked 300 times in five minutes, and every hashtag is asked for by itself.
const LEAST: Duration = Duration::from_secs(30);

const STREAMING: &[&str] = &["websocket", "sse", "off"];

/// The account, and what is read with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MastodonAccount {
    /// The server's address.
    pub server: String,
    /// The account's access token.
    pub token: Secret,
    /// Whether the posts that mention the account are read.
    pub notifications: bool,
    /// The hashtags that are read, without `#`, each once.
    pub hashtags: Vec<String>,
    /// Which way the server's stream is asked for first.
    pub streaming: Streaming,
    /// How often the server is asked where it does not stream.
    pub every: Duration,
}

/// The ways of a server's stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Streaming {
    /// One WebSocket for everything.
    WebSocket,
    /// A stream of server-sent events for each thing that is read.
    Sse,
    /// None: the server is asked now and then.
    Off,
}

/// The kind.
pub(super) const ROW: Row = Row {
    token: "mastodon",
    keys: &["server", "token", "notifications", "hashtags", "streaming", "every"],
    required: &["server", "token"],
    read,
};

fn read(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    let every = every(table, USUALLY, LEAST, faults);
    let notifications = table.flag("notifications", faults).unwrap_or(true);
    let streaming = table.word("streaming", STREAMING, faults).unwrap_or(Streaming::WebSocket);
    let hashtags = hashtags(table, faults);
    if !notifications && table.get("hashtags").is_none() {
        faults.add(table.span(), table.path("hashtags"), Problem::Missing);
    }
    let token = table.secret("token", faults);
    let server = address(table, "server", faults)?.to_owned();
    Some(SourceKind::Mastodon(MastodonAccount { server, token: token?, notifications, hashtags, streaming, every }))
}

/// Each hashtag once, whatever its case; no server tells them apart by it.
fn hashtags(table: Table<'_>, faults: &mut Faults<'_>) -> Vec<String> {
    let read = table.read("hashtags", Expected::Hashtags, faults, |value| {
        let tags = value.as_array()?.iter().map(|tag| tag.get_ref().as_str().and_then(hashtag));
        tags.collect::<Option<Vec<String>>>()
    });
    let mut kept: Vec<String> = Vec::new();
    for tag in read.unwrap_or_default() {
        if !kept.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
            kept.push(tag);
        }
    }
    kept
}

/// Letters, digits and what joins them, with or without its sign.
fn hashtag(text: &str) -> Option<String> {
    let tag = text.trim().trim_start_matches(['#', '＃']);
    let is_fit = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '·' | '・' | '\u{200C}');
    let is_long = tag.chars().count() > 100;
    (!tag.is_empty() && !is_long && tag.chars().all(is_fit)).then(|| tag.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rstest::rstest;

    use super::super::super::{Config, ConfigError};
    use super::*;

    fn source(keys: &str) -> Result<MastodonAccount, Vec<ConfigError>> {
        let text = format!("[[source]]\nid = \"masto\"\nkind = \"mastodon\"\n{keys}\n");
        let config = Config::parse(&text, Path::new("config.toml")).map_err(|errors| errors.0)?;
        match &config.sources[0].kind {
            SourceKind::Mastodon(source) => Ok(source.clone()),
            other => panic!("another kind: {other:?}"),
        }
    }

    #[test]
    fn all_keys_are_read() {
        let read = source(
            "server = \"https://town.example\"\ntoken = { env = \"MASTO\" }\nnotifications = false\n\
             hashtags = [\"#Elmtown\", \"elmtown\", \"Eau_potable\"]\nstreaming = \"sse\"\nevery = \"2m\"",
        );
        let read = read.expect("all is right");
        assert_eq!(read.hashtags, ["Elmtown", "Eau_potable"]);
        assert_eq!((read.streaming, read.every), (Streaming::Sse, Duration::from_mins(2)));
        assert_eq!((read.notifications, read.token), (false, Secret::Env("MASTO".to_owned())));
    }

    #[test]
    fn what_is_not_given_has_a_default() {
        let read = source("server = \"https://town.example\"\ntoken = { env = \"MASTO\" }").expect("enough");
        assert!(read.notifications && read.hashtags.is_empty());
        assert_eq!((read.streaming, read.every), (Streaming::WebSocket, USUALLY));
    }

    #[rstest]
    #[case::no_token("server = \"https://a.example\"", "source.token")]
    #[case::token_in_the_clear("server = \"https://a.example\"\ntoken = \"hush\"", "source.token")]
    #[case::no_server("token = { env = \"M\" }", "source.server")]
    #[case::not_an_address("server = \"town\"\ntoken = { env = \"M\" }", "source.server")]
    #[case::nothing_to_read(
        "server = \"https://a.example\"\ntoken = { env = \"M\" }\nnotifications = false",
        "source.hashtags"
    )]
    #[case::two_words(
        "server = \"https://a.example\"\ntoken = { env = \"M\" }\nhashtags = [\"a b\"]",
        "source.hashtags"
    )]
    #[case::a_path("server = \"https://a.example\"\ntoken = { env = \"M\" }\nhashtags = [\"../x\"]", "source.hashtags")]
    #[case::other_way(
        "server = \"https://a.example\"\ntoken = { env = \"M\" }\nstreaming = \"ws\"",
        "source.streaming"
    )]
    #[case::too_often("server = \"https://a.example\"\ntoken = { env = \"M\" }\nevery = \"1s\"", "source.every")]
    fn a_fault_names_its_key(#[case] keys: &str, #[case] key: &str) {
        let faults = source(keys).expect_err("a fault");
        assert!(faults.iter().any(|fault| fault.key == key), "{faults:?}");
        assert!(!format!("{faults:?}").contains("hush"), "{faults:?}");
    }
}
