//! A Jetstream of the first version as a server of the suite speaks it: an upgrade, then a frame a post, then the end.

use std::path::Path;

use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::super::test_server::{Asked, Reply};
use super::Post;
use super::web::Subject;
use crate::config::{self, SourceKind};

pub(super) struct Jetstream;

impl Subject for Jetstream {
    fn kind(&self, base: &str, _folder: &Path) -> SourceKind {
        SourceKind::Jetstream(config::Jetstream { url: format!("{base}/subscribe"), query: None })
    }

    fn answer(&self, asked: &Asked, posts: &[Post]) -> Reply {
        let key = derive_accept_key(asked.header("sec-websocket-key").unwrap_or_default().as_bytes());
        let mut bytes = format!(
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: {key}\r\n\r\n"
        )
        .into_bytes();
        for (number, post) in posts.iter().enumerate() {
            bytes.extend(frame(&event(number, post)));
        }
        Reply::Bytes(bytes)
    }
}

/// An event of the first version. The server's own clock has nothing to do with the author's.
fn event(number: usize, post: &Post) -> String {
    let moment = super::noon().timestamp_micros() + number as i64;
    let record = serde_json::json!({ "$type": "app.bsky.feed.post", "text": post.text, "createdAt": post.at });
    let commit = serde_json::json!({
        "rev": format!("{}-{}", post.id, post.text.len()), "operation": "create", "collection": "app.bsky.feed.post",
        "rkey": post.id, "record": record,
    });
    serde_json::json!({ "did": "did:plc:ana", "time_us": moment, "kind": "commit", "commit": commit }).to_string()
}

/// A whole text frame, as servers send it.
fn frame(text: &str) -> Vec<u8> {
    let length = match text.len() {
        length @ 0..=125 => vec![length as u8],
        length @ 126..=0xFFFF => [&[126], &(length as u16).to_be_bytes()[..]].concat(),
        length => [&[127], &(length as u64).to_be_bytes()[..]].concat(),
    };
    [&[0x81], &length[..], text.as_bytes()].concat()
}
