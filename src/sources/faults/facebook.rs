//! A Facebook Page as a server of the suite speaks for it.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::test_server::{Asked, Reply};
use super::web::Subject;
use super::{Office, Post};
use crate::config::{self, SourceKind};

pub(super) struct Facebook;

impl Subject for Facebook {
    fn kind(&self, base: &str, folder: &Path) -> SourceKind {
        SourceKind::Facebook(config::Facebook {
            page: "elmtown".to_owned(),
            token: Office::secret(folder),
            url: base.to_owned(),
            every: Duration::from_mins(5),
        })
    }

    /// The posts are comments under one post of the page's own, which says nothing.
    fn answer(&self, asked: &Asked, posts: &[Post]) -> Reply {
        let comment = |post: &Post| json!({ "id": post.id, "message": post.text, "created_time": post.at.to_rfc3339(), "from": { "id": "7" } });
        let data = if asked.path().ends_with("/tagged") {
            json!([])
        } else {
            let comments: Vec<Value> = posts.iter().rev().map(comment).collect();
            json!([{ "comments": { "data": comments } }])
        };
        Reply::with("200 OK", "", json!({ "data": data }).to_string().as_bytes())
    }
}
