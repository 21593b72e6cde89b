//! Reddit's private feeds as a server of the suite speaks them.

use std::path::Path;
use std::time::Duration;

use super::super::test_server::{Asked, Reply};
use super::office::Office;
use super::web::Subject;
use super::{Post, SECRET};
use crate::config::{self, SourceKind};

pub(super) struct Reddit;

impl Subject for Reddit {
    fn kind(&self, base: &str, folder: &Path) -> SourceKind {
        SourceKind::Reddit(config::Reddit {
            subreddits: vec!["AlderBay".to_owned()],
            user: "town".to_owned(),
            token: Office::secret(folder),
            every: Duration::from_mins(10),
            url: base.to_owned(),
        })
    }

    fn answer(&self, asked: &Asked, posts: &[Post]) -> Reply {
        assert!(asked.head.contains(&format!("feed={SECRET}")), "{}", asked.head);
        let entries: String = posts.iter().rev().map(entry).collect();
        let feed = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>/r/AlderBay/new/.rss?feed={SECRET}</id>{entries}</feed>"
        );
        Reply::with("200 OK", "content-type: application/atom+xml; charset=UTF-8\r\n", feed.as_bytes())
    }
}

fn entry(post: &Post) -> String {
    // XML has no way to write most control characters: a server that wants to send them cannot.
    let text: String = post.text.chars().filter(|c| !c.is_control()).collect();
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let written =
        format!("<!-- SC_OFF --><div class=\"md\"><p>{}</p></div><!-- SC_ON --> submitted by", escaped(&text));
    let (id, at, content) = (&post.id, post.at.to_rfc3339(), escaped(&written));
    format!(
        "<entry><author><name>/u/ana</name></author><content type=\"html\">{content}</content><id>t3_{id}</id>\
         <link href=\"https://www.reddit.com/r/AlderBay/comments/{id}/x/\"/><published>{at}</published><title>Water</title></entry>"
    )
}
