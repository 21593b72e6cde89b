//! Mastodon as a server of the suite speaks it: notifications page by page, a hashtag, and, where it streams, server-sent
//! events.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::test_server::{Asked, Reply};
use super::web::Subject;
use super::{Office, Post};
use crate::config::{MastodonAccount, SourceKind, Streaming};

/// How many posts stand on a page: few, so that there are several.
const PAGE: usize = 2;

pub(super) struct Mastodon {
    pub(super) streaming: Streaming,
}

impl Subject for Mastodon {
    fn kind(&self, base: &str, folder: &Path) -> SourceKind {
        SourceKind::Mastodon(MastodonAccount {
            server: base.to_owned(),
            token: Office::secret(folder),
            notifications: true,
            hashtags: vec!["water".to_owned()],
            streaming: self.streaming,
            every: Duration::from_mins(1),
        })
    }

    /// A server that is only asked does not tell of older posts again; its stream does.
    fn tells_edits(&self) -> bool {
        self.streaming != Streaming::Off
    }

    fn answer(&self, asked: &Asked, posts: &[Post]) -> Reply {
        let json =
            |value: &Value| Reply::with("200 OK", "content-type: application/json\r\n", value.to_string().as_bytes());
        match asked.path() {
            "/api/v1/accounts/verify_credentials" => json(&json!({ "id": "1", "acct": "town" })),
            "/api/v2/instance" => json(&json!({ "domain": "town.example" })),
            "/api/v1/notifications" => page(asked, posts, notification),
            // The later half is under the hashtag too: what comes twice counts once.
            "/api/v1/timelines/tag/water" => page(asked, &posts[posts.len() / 2..], status),
            "/api/v1/streaming/user" if self.streaming == Streaming::Sse => stream(posts, "notification", notification),
            "/api/v1/streaming/hashtag" if self.streaming == Streaming::Sse => stream(posts, "status.update", status),
            _ => Reply::with("404 Not Found", "", br#"{"error":"Record not found"}"#),
        }
    }
}

fn status(post: &Post) -> Value {
    let text = post.text.replace('&', "&amp;").replace('<', "&lt;");
    json!({
        "id": post.id, "uri": format!("https://town.example/{}", post.id), "created_at": post.at, "visibility": "public",
        "content": format!("<p>{text}</p>"), "account": { "id": "2", "acct": "ana" }
    })
}

fn notification(post: &Post) -> Value {
    json!({ "id": post.id, "type": "mention", "status": status(post) })
}

/// The newest first; from an id on towards the newer ones, or the newest of all.
fn page(asked: &Asked, posts: &[Post], dressed: fn(&Post) -> Value) -> Reply {
    let place = |id: &str| posts.iter().rposition(|post| post.id == id);
    let (from, to) = match (asked.query("min_id"), asked.query("max_id")) {
        (Some(id), _) => {
            let from = place(&id).map_or(0, |at| at + 1);
            (from, (from + PAGE).min(posts.len()))
        }
        (None, Some(id)) => {
            let to = place(&id).unwrap_or(0);
            (to.saturating_sub(PAGE), to)
        }
        // The first page of all is as long as the suite's posts are: what is older than that is nobody's business.
        (None, None) => (0, posts.len()),
    };
    let shown = &posts[from..to];
    let links = match (shown.first(), shown.last()) {
        (Some(oldest), Some(newest)) => format!(
            "link: <http://h/x?max_id={}>; rel=\"next\", <http://h/x?min_id={}>; rel=\"prev\"\r\n",
            oldest.id, newest.id
        ),
        _ => String::new(),
    };
    let body = Value::Array(shown.iter().rev().map(dressed).collect()).to_string();
    Reply::with("200 OK", &format!("content-type: application/json\r\n{links}"), body.as_bytes())
}

fn stream(posts: &[Post], event: &str, dressed: fn(&Post) -> Value) -> Reply {
    let events: String = posts
        .iter()
        .fold(String::new(), |events, post| events + &format!("event: {event}\ndata: {}\n\n", dressed(post)));
    Reply::with("200 OK", "content-type: text/event-stream\r\n", format!(":)\n\n{events}:thump\n\n").as_bytes())
}
