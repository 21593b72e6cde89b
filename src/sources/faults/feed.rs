//! RSS as a server of the suite speaks it.

use std::path::Path;
use std::time::Duration;

use super::super::test_server::{Asked, Reply};
use super::Post;
use super::web::Subject;
use crate::config::SourceKind;

pub(super) struct Feed;

impl Subject for Feed {
    fn kind(&self, base: &str, _folder: &Path) -> SourceKind {
        SourceKind::Feed { url: format!("{base}/rss"), every: Duration::from_mins(5) }
    }

    fn answer(&self, _asked: &Asked, posts: &[Post]) -> Reply {
        let items: String = posts.iter().rev().map(item).collect();
        let body = format!("<rss version=\"2.0\"><channel><title>Town</title>{items}</channel></rss>");
        Reply::with("200 OK", "content-type: application/rss+xml\r\n", body.as_bytes())
    }
}

fn item(post: &Post) -> String {
    // XML has no way to write most control characters: a server that wants to send them cannot.
    let text: String = post.text.chars().filter(|c| !c.is_control()).collect();
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let date = post.at.to_rfc2822();
    format!("<item><guid>tag:{}</guid><title>{text}</title><pubDate>{date}</pubDate></item>", post.id)
}
