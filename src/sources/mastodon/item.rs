//! From a post on the wire to a raw item.
//!
//! What enters: a [`Status`] and where it came from. What leaves: the item, its text as HTML for normalisation to read:
//! the content warning above it, the answers of a poll and the post it quotes below it. Who may read it is kept. Nothing is
//! cleaned here; a post with nothing to read in it is none.

use chrono::{DateTime, Utc};

use super::wire::{Account, Quote, Status};
use crate::mention::{Audience, Id, Kind, Media, Metrics, Network, RawAuthor, RawItem, TextForm};

/// The most bytes of a text: a mention is not a book.
const MAX_TEXT: usize = 64 << 10;
const MAX_MEDIA: usize = 16;
const MAX_CHOICES: usize = 20;

/// Where posts come from.
#[derive(Debug, Clone)]
pub(super) struct Origin<'a> {
    pub(super) source: &'a Id,
    pub(super) network: Option<&'a Network>,
    /// The server's own name: an account's name is whole with it, and the same on every server.
    pub(super) domain: &'a str,
    pub(super) now: DateTime<Utc>,
}

/// The item that a post is; `None` when there is nothing to read in it.
pub(super) fn item(status: &Status, origin: &Origin<'_>) -> Option<RawItem> {
    let text = text(status, origin)?;
    let mut item = RawItem::new(origin.source.clone(), cut(text), origin.now);
    item.form = TextForm::Html;
    item.native_id = Some(status.id.clone());
    item.network = Some(origin.network.unwrap_or(&Network::Mastodon).token().to_owned());
    item.audience = audience(status.visibility.as_deref());
    item.kind = kind(status, item.audience);
    item.author = RawAuthor {
        handle: Some(whole(&status.account, origin.domain)).filter(|handle| !handle.is_empty()),
        name: Some(status.account.display_name.clone()).filter(|name| !name.trim().is_empty()),
        followers: status.account.followers_count,
        bot: status.account.bot,
    };
    // The address of the page, which every server gives alike for one post; a server without pages has the post's own.
    item.url = status.url.clone().or_else(|| status.uri.clone());
    item.posted_at = status.created_at;
    item.lang.clone_from(&status.language);
    item.reply_to.clone_from(&status.in_reply_to_id);
    item.metrics = Metrics {
        likes: status.favourites_count,
        reposts: status.reblogs_count,
        replies: status.replies_count,
        views: None,
    };
    let media = status.media_attachments.iter().take(MAX_MEDIA);
    item.media = media
        .map(|media| Media { kind: media.kind.clone(), alt: media.description.clone(), url: media.url.clone() })
        .collect();
    Some(item)
}

/// What a reader sees, in the order in which they see it.
fn text(status: &Status, origin: &Origin<'_>) -> Option<String> {
    let mut html = String::new();
    let warning = status.spoiler_text.trim();
    if !warning.is_empty() {
        html.extend(["<p>CW: ", &escaped(warning), "</p>\n"]);
    }
    html.push_str(&status.content);
    for choice in status.poll.iter().flat_map(|poll| &poll.options).take(MAX_CHOICES) {
        html.extend(["\n<li>", &escaped(&choice.title), "</li>"]);
    }
    if let Some((account, content)) = status.quote.as_deref().and_then(quoted) {
        let name = escaped(&whole(account, origin.domain));
        html.extend(["\n<blockquote><p>@", &name, ":</p>", content, "</blockquote>"]);
    }
    if !html.trim().is_empty() {
        return Some(html);
    }
    // A picture alone says what its author says of it.
    let described = status.media_attachments.iter().filter_map(|media| media.description.as_deref());
    let described: Vec<String> = described.map(|text| format!("<p>{}</p>", escaped(text))).collect();
    (!described.is_empty()).then(|| described.join("\n"))
}

fn quoted(quote: &Quote) -> Option<(&Account, &str)> {
    let (account, content) = match &quote.quoted_status {
        Some(status) => (&status.account, status.content.as_str()),
        None => (&quote.account, quote.content.as_str()),
    };
    (!content.trim().is_empty()).then_some((account, content))
}

fn kind(status: &Status, audience: Audience) -> Kind {
    if audience == Audience::Named {
        Kind::Message
    } else if status.in_reply_to_id.is_some() {
        Kind::Reply
    } else if status.quote.as_deref().and_then(quoted).is_some() {
        Kind::Quote
    } else {
        Kind::Post
    }
}

/// A word this program does not know is taken for the stricter: some servers have narrower audiences of their own.
fn audience(visibility: Option<&str>) -> Audience {
    match visibility {
        None | Some("public" | "unlisted" | "local") => Audience::Public,
        Some("direct") => Audience::Named,
        Some(_) => Audience::Followers,
    }
}

/// `name@server`, for the server's own accounts too.
fn whole(account: &Account, domain: &str) -> String {
    let name = account.acct.trim().trim_start_matches('@');
    if name.is_empty() || name.contains('@') || domain.is_empty() {
        name.to_owned()
    } else {
        format!("{name}@{domain}")
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn cut(mut text: String) -> String {
    if text.len() > MAX_TEXT {
        let end = (0..=MAX_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;
    use crate::pipeline::normalise;

    fn read(status: Value) -> Option<RawItem> {
        let source = Id::from("masto");
        let now = "2026-11-20T17:00:00Z".parse().expect("an instant");
        let origin = Origin { source: &source, network: None, domain: "town.example", now };
        item(&serde_json::from_value(status).expect("a status"), &origin)
    }

    fn shown(status: Value) -> String {
        normalise(read(status).expect("something to read")).text
    }

    #[rstest]
    #[case::plain(json!({"content": "<p>Is it <b>safe</b>?<br>Really&nbsp;?</p>"}), "Is it safe?\nReally\u{A0}?")]
    #[case::warning(json!({"content": "<p>brown</p>", "spoiler_text": "water <3"}), "CW: water <3\n\nbrown")]
    #[case::warning_only(json!({"content": "", "spoiler_text": "water"}), "CW: water")]
    #[case::poll(
        json!({"content": "<p>Safe?</p>", "poll": {"options": [{"title": "yes", "votes_count": 3}, {"title": "<no>"}]}}),
        "Safe?\n\n- yes\n- <no>"
    )]
    #[case::quote(
        json!({"content": "<p>Look</p>", "quote": {"state": "accepted", "quoted_status":
            {"id": "1", "content": "<p>It is brown</p>", "account": {"acct": "ana"}}}}),
        "Look\n\n@ana@town.example:\n\nIt is brown"
    )]
    #[case::quote_of_old(
        json!({"content": "<p>Look</p>", "quote": {"id": "1", "content": "It is brown", "account": {"acct": "bob@b.example"}}}),
        "Look\n\n@bob@b.example:\n\nIt is brown"
    )]
    #[case::withheld_quote(json!({"content": "<p>Look</p>", "quote": {"state": "revoked", "quoted_status": null}}), "Look")]
    #[case::picture_alone(json!({"content": "", "media_attachments": [{"type": "image", "description": "brown & cold"}]}), "brown & cold")]
    #[case::long_link(
        json!({"content": "<p>See <a href=\"https://example.org/very/long\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">example.org/ver</span><span class=\"invisible\">y/long</span></a></p>"}),
        "See https://example.org/very/long"
    )]
    fn a_text_holds_what_a_reader_sees(#[case] mut status: Value, #[case] expected: &str) {
        status["id"] = json!("7");
        assert_eq!(shown(status), expected);
    }

    #[rstest]
    #[case::nothing(json!({"id": "7", "content": " "}))]
    #[case::picture_without_words(json!({"id": "7", "content": "", "media_attachments": [{"type": "image"}]}))]
    fn nothing_to_read_is_no_item(#[case] status: Value) {
        assert!(read(status).is_none());
    }

    #[rstest]
    #[case::public("public", Audience::Public, Kind::Post)]
    #[case::unlisted("unlisted", Audience::Public, Kind::Post)]
    #[case::followers("private", Audience::Followers, Kind::Post)]
    #[case::direct("direct", Audience::Named, Kind::Message)]
    #[case::circle("mutuals_only", Audience::Followers, Kind::Post)]
    fn who_may_read_it_is_kept(#[case] visibility: &str, #[case] audience: Audience, #[case] kind: Kind) {
        let item = read(json!({"id": "7", "content": "a", "visibility": visibility})).expect("something to read");
        assert_eq!((item.audience, item.kind), (audience, kind));
    }

    #[test]
    fn the_rest_is_carried_over() {
        let item = read(json!({
            "id": "7", "uri": "https://town.example/users/ana/statuses/7", "url": "https://town.example/@ana/7",
            "created_at": "2026-11-20T09:00:00.5Z", "language": "fr", "content": "<p>a</p>", "in_reply_to_id": "5",
            "favourites_count": 3, "reblogs_count": 2, "replies_count": 1,
            "account": {"acct": "ana", "display_name": "Ana", "bot": true, "followers_count": 12},
            "media_attachments": [{"type": "image", "url": "https://town.example/x.png", "description": "brown"}]
        }));
        let item = item.expect("something to read");
        assert_eq!((item.native_id.as_deref(), item.kind), (Some("7"), Kind::Reply));
        assert_eq!((item.reply_to.as_deref(), item.lang.as_deref()), (Some("5"), Some("fr")));
        assert_eq!(item.author.handle.as_deref(), Some("ana@town.example"));
        assert_eq!((item.author.followers, item.author.bot), (Some(12), true));
        assert_eq!((item.metrics.likes, item.metrics.reposts, item.metrics.replies), (Some(3), Some(2), Some(1)));
        assert_eq!(item.media[0].alt.as_deref(), Some("brown"));
        assert_eq!(item.url.as_deref(), Some("https://town.example/@ana/7"));
    }

    #[test]
    fn one_post_seen_through_two_servers_is_one_mention() {
        let post = |id: &str, acct: &str| {
            let url = "https://b.example/@bob/9";
            let uri = "https://b.example/users/bob/statuses/9";
            json!({"id": id, "url": url, "uri": uri, "content": "<p>a</p>", "account": {"acct": acct}})
        };
        let here = normalise(read(post("700", "bob@b.example")).expect("something to read"));
        let source = Id::from("other");
        let origin = Origin { source: &source, network: None, domain: "b.example", now: here.received_at };
        let there: Status = serde_json::from_value(post("9", "bob")).expect("a status");
        let there = normalise(item(&there, &origin).expect("something to read"));
        assert_ne!(here.id, there.id);
        assert!(here.identity.permalink.is_some() && here.identity.permalink == there.identity.permalink);
    }
}
