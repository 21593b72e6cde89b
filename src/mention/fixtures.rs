//! A mention for the tests of any module: as little in it as a test can do with.

use chrono::{DateTime, Utc};

use super::{Audience, Author, Extras, Identity, Kind, Mention, MentionId, Metrics, Network};

/// A post by Ana, received at `at`; a test names what else it needs with `..mention(…)`.
pub(crate) fn mention(source: &str, native: &str, text: &str, at: DateTime<Utc>) -> Mention {
    let id = MentionId::from_parts(source, native);
    Mention {
        seen_by: vec![id.clone()],
        id,
        version: 1,
        source: source.into(),
        network: Network::Bluesky,
        kind: Kind::Post,
        author: Author { handle: Some("ana".to_owned()), name: Some("Ana".to_owned()), followers: None, bot: false },
        audience: Audience::default(),
        text: text.to_owned(),
        original: None,
        url: None,
        posted_at: None,
        received_at: at,
        lang: None,
        reply_to: None,
        thread: None,
        metrics: Metrics::default(),
        media: Vec::new(),
        extras: Extras::default(),
        backlog: false,
        captured_by: None,
        author_deleted_at: None,
        identity: Identity { permalink: None, content: text.to_lowercase() },
    }
}
