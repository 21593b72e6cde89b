//! The mention that a `[[test]]` describes.

use chrono::{DateTime, Utc};

use crate::mention::{Mention, RawAuthor, RawItem};
use crate::pipeline::tidy;
use crate::plan::TrialCase;

/// What brings a test's mention when the test names no source.
const SOURCE: &str = "test";

/// The mention, cleaned like any other. A test with an instant of its own is said and judged then, the others at `now`.
pub(super) fn mention_of(case: &TrialCase, now: DateTime<Utc>) -> Mention {
    let source = case.source.clone().unwrap_or_else(|| SOURCE.into());
    let mut item = RawItem::new(source, case.text.clone(), case.posted_at.unwrap_or(now));
    item.native_id = Some(case.at.to_string());
    item.posted_at = case.posted_at;
    item.network.clone_from(&case.network);
    item.lang.clone_from(&case.lang);
    let author = &case.author;
    item.author = RawAuthor {
        handle: author.handle.clone(),
        name: author.name.clone(),
        followers: author.followers,
        bot: author.bot,
    };
    (item.metrics.likes, item.metrics.reposts) = (case.likes, case.reposts);
    tidy(item)
}
