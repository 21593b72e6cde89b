//! A city's Open311 service as a server of the suite speaks it.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::test_server::{Asked, Reply};
use super::Post;
use super::web::Subject;
use crate::config::{self, SourceKind};

pub(super) struct Open311;

impl Subject for Open311 {
    fn kind(&self, base: &str, _folder: &Path) -> SourceKind {
        let url = format!("{base}/v2");
        SourceKind::Open311(config::Open311 { url, jurisdiction: None, every: Duration::from_mins(10) })
    }

    fn answer(&self, _asked: &Asked, posts: &[Post]) -> Reply {
        let request = |post: &Post| {
            json!({ "service_request_id": post.id, "service_name": "Water", "status": "open", "description": post.text,
                    "requested_datetime": post.at.to_rfc3339() })
        };
        let body: Value = posts.iter().rev().map(request).collect();
        Reply::with("200 OK", "content-type: application/json\r\n", body.to_string().as_bytes())
    }
}
