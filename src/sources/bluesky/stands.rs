//! Whether posts still stand as they were.
//!
//! What enters: addresses of posts, from the store or from notifications. What leaves: the posts as they are now, and notices for
//! those whose authors took them down. A server leaves a post out of its answer for many reasons (its author blocked us,
//! somebody hid it): gone is only what the record's own place says is not there.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::super::http::Request;
use super::super::{Cause, SourceError};
use super::post::Post;
use super::session::Session;
use crate::clock::SharedClock;
use crate::mention::{Id, RawItem};

/// The most posts that a server gives at a time.
const AT_A_TIME: usize = 25;
/// The collection of posts.
const POSTS: &str = "app.bsky.feed.post";

/// What a look found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Posts as they are, and notices of deletion.
    pub(super) items: Vec<RawItem>,
    /// The ids that are sure.
    pub(super) looked_at: Vec<String>,
}

#[derive(Deserialize)]
struct Posts {
    posts: Vec<Value>,
}

/// Looks at the posts of these ids; what is no address of a post is left out.
pub(super) async fn look(
    ids: &[String],
    session: &mut Session,
    source: &Id,
    clock: &SharedClock,
) -> Result<Found, SourceError> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).filter(|id| parts(id).is_some()).collect();
    let mut found = Found::default();
    let posts = posts(&ids, session).await?;
    for id in ids {
        if let Some(post) = posts.get(id) {
            found.items.push(post.item(source, clock.now()));
        } else if is_gone(id, session).await? {
            found.items.push(RawItem::deletion(source.clone(), id, clock.now()));
        } else {
            continue;
        }
        found.looked_at.push(id.to_owned());
    }
    Ok(found)
}

/// Fills in what notifications leave out. A server that does not do it now does not hold the notifications up; one that cannot
/// be reached, or is asked too often, does.
pub(super) async fn complete(notified: &mut [Post], session: &mut Session) -> Result<(), SourceError> {
    let uris: Vec<&str> = notified.iter().map(|post| post.uri.as_str()).filter(|uri| parts(uri).is_some()).collect();
    let mut whole = match posts(&uris, session).await {
        Ok(whole) => whole,
        Err(SourceError { cause: Cause::BadAnswer { .. }, .. }) => return Ok(()),
        Err(SourceError { cause: Cause::Answered { status, .. }, .. }) if status != 429 => return Ok(()),
        Err(error) => return Err(error),
    };
    for post in notified {
        if let Some(found) = whole.remove(&post.uri) {
            *post = found;
        }
    }
    Ok(())
}

/// The posts that the server shows, by their addresses.
async fn posts(uris: &[&str], session: &mut Session) -> Result<BTreeMap<String, Post>, SourceError> {
    let mut shown = BTreeMap::new();
    for some in uris.chunks(AT_A_TIME) {
        let request =
            some.iter().fold(Request::get("xrpc/app.bsky.feed.getPosts"), |request, uri| request.query("uris", *uri));
        let posts: Posts = session.call(&request).await?.json()?;
        let read = posts.posts.iter().take(AT_A_TIME).filter_map(|post| Post::read(post).ok());
        shown.extend(read.map(|post| (post.uri.clone(), post)));
    }
    Ok(shown)
}

/// True when the place of the record says that it is not there.
async fn is_gone(uri: &str, session: &mut Session) -> Result<bool, SourceError> {
    let Some((repo, key)) = parts(uri) else { return Ok(false) };
    let request = Request::get("xrpc/com.atproto.repo.getRecord")
        .query("repo", repo)
        .query("collection", POSTS)
        .query("rkey", key);
    match session.try_call(&request).await? {
        Ok(_) => Ok(false),
        Err(refused) => Ok(refused.is_not_there()),
    }
}

/// Account and key of a post's address.
fn parts(uri: &str) -> Option<(&str, &str)> {
    let (repo, rest) = uri.strip_prefix("at://")?.split_once('/')?;
    let key = rest.strip_prefix(POSTS)?.strip_prefix('/')?;
    let is_plain = |part: &str| !part.is_empty() && !part.contains(['/', '?', '#', '&', ' ']);
    (repo.starts_with("did:") && is_plain(repo) && is_plain(key)).then_some((repo, key))
}
