//! A server of Bluesky's network as the suite speaks it: sessions, notifications page by page, and posts that are asked for.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::test_server::{Asked, Reply};
use super::web::Subject;
use super::{Office, Post};
use crate::config::{self, SourceKind};

/// How many posts stand on a page: few, so that there are several.
const PAGE: usize = 3;

pub(super) struct Bluesky;

impl Subject for Bluesky {
    fn kind(&self, base: &str, folder: &Path) -> SourceKind {
        SourceKind::Bluesky(config::Bluesky {
            handle: "town.example".to_owned(),
            password: Office::secret(folder),
            server: base.to_owned(),
            notifications: true,
            search: vec!["water".to_owned()],
            every: Duration::from_mins(1),
        })
    }

    /// Its lists say nothing of older posts: they are looked at again when somebody is about to answer.
    fn tells_edits(&self) -> bool {
        false
    }

    fn answer(&self, asked: &Asked, posts: &[Post]) -> Reply {
        let json =
            |value: &Value| Reply::with("200 OK", "content-type: application/json\r\n", value.to_string().as_bytes());
        match asked.path().trim_start_matches("/xrpc/") {
            "com.atproto.server.createSession" | "com.atproto.server.refreshSession" => json(&json!({
                "did": "did:plc:town", "accessJwt": format!("{}-a", super::SECRET), "refreshJwt": format!("{}-r", super::SECRET)
            })),
            "app.bsky.notification.listNotifications" => json(&page(asked, "notifications", posts)),
            // The later half is found too: what comes twice counts once.
            "app.bsky.feed.searchPosts" => json(&page(asked, "posts", &posts[posts.len() / 2..])),
            "app.bsky.feed.getPosts" => {
                let target = asked.target.replace("%3A", ":").replace("%2F", "/");
                let known = posts.iter().filter(|post| target.contains(&address(post)));
                json(&json!({ "posts": known.map(told).collect::<Vec<_>>() }))
            }
            _ => Reply::with("501 Not Implemented", "", br#"{"error":"MethodNotImplemented"}"#),
        }
    }
}

/// A page of the list, the newest first; cursors count from the end.
fn page(asked: &Asked, name: &str, posts: &[Post]) -> Value {
    let cursor = asked.target.split_once("cursor=").and_then(|(_, cursor)| cursor.split('&').next()?.parse().ok());
    let from_end: usize = cursor.unwrap_or(posts.len()).min(posts.len());
    let list: Vec<Value> = posts[..from_end].iter().rev().take(PAGE).map(told).collect();
    let left = from_end - list.len();
    let mut page = json!({ name: list });
    if left > 0 {
        page["cursor"] = json!(left.to_string());
    }
    page
}

fn address(post: &Post) -> String {
    format!("at://did:plc:ana/app.bsky.feed.post/{}", post.id)
}

/// The post; another text is another content identifier.
fn told(post: &Post) -> Value {
    json!({
        "uri": address(post), "cid": format!("bafy{}", post.text.len()), "reason": "mention",
        "author": { "did": "did:plc:ana", "handle": "ana.example" },
        "record": { "$type": "app.bsky.feed.post", "text": post.text, "createdAt": post.at },
        "indexedAt": super::noon()
    })
}
