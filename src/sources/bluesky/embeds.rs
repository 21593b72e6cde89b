//! What came with a post: pictures, films, the page it links to, the post it quotes.
//!
//! What enters: the record's own embed, and the server's view of it, which knows the addresses of pictures and the words of
//! what is quoted. What leaves: media with the descriptions people wrote; nothing of it is fetched.

use serde_json::Value;

use super::post::permalink;
use crate::mention::Media;

/// A post holds four pictures; other servers' posts may hold more.
const MAX_MEDIA: usize = 10;
/// A longer description is cut.
const MAX_ALT: usize = 4 << 10;

/// The media of a post.
pub(super) fn media(record: &Value, view: &Value) -> Vec<Media> {
    // The view says more; a record says the same wherever it comes from.
    let mut media = Vec::new();
    gather(if view.is_object() { view } else { record }, &mut media);
    media.truncate(MAX_MEDIA);
    media
}

/// A post without words: the descriptions of what came with it, else what it is. It reads the record alone.
pub(super) fn in_words(record: &Value) -> String {
    let mut media = Vec::new();
    gather(record, &mut media);
    let described: Vec<&str> = media.iter().filter_map(|media| media.alt.as_deref()).collect();
    if !described.is_empty() {
        return described.join("\n");
    }
    media.first().and_then(|media| media.kind.as_deref()).map(|kind| format!("[{kind}]")).unwrap_or_default()
}

fn gather(embed: &Value, media: &mut Vec<Media>) {
    let kind = embed["$type"].as_str().unwrap_or_default();
    let Some(kind) = kind.strip_prefix("app.bsky.embed.") else { return };
    match kind.trim_end_matches("#view") {
        "images" => media.extend(list(&embed["images"]).map(image)),
        "video" => media.push(one("video", text(&embed["alt"]), text(&embed["playlist"]))),
        "external" => media.push(external(&embed["external"])),
        "record" => media.push(quoted(&embed["record"])),
        "recordWithMedia" => {
            gather_media_only(&embed["media"], media);
            // The quoted post stands one level deeper than alone.
            media.push(quoted(&embed["record"]["record"]));
        }
        _ => {}
    }
}

/// The pictures beside a quoted post; a quote in a quote's place is left out, so that nothing goes deeper.
fn gather_media_only(embed: &Value, media: &mut Vec<Media>) {
    let kind = embed["$type"].as_str().unwrap_or_default();
    if !kind.contains("record") {
        gather(embed, media);
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten().take(MAX_MEDIA)
}

fn image(image: &Value) -> Media {
    one("image", text(&image["alt"]), text(&image["fullsize"]))
}

fn external(page: &Value) -> Media {
    let words: Vec<String> = [&page["title"], &page["description"]].into_iter().filter_map(text).collect();
    one("link", Some(words.join(" — ")).filter(|words| !words.is_empty()), text(&page["uri"]))
}

/// A quoted post; what else can be quoted (a list, a feed) shows its name.
fn quoted(record: &Value) -> Media {
    let author = text(&record["author"]["handle"]);
    let words =
        text(&record["value"]["text"]).or_else(|| text(&record["displayName"])).or_else(|| text(&record["name"]));
    let alt = match (author, words) {
        (Some(author), Some(words)) => Some(format!("@{author}: {words}")),
        (author, words) => words.or(author),
    };
    one("quote", alt, text(&record["uri"]).as_deref().and_then(permalink))
}

fn one(kind: &str, alt: Option<String>, url: Option<String>) -> Media {
    Media { kind: Some(kind.to_owned()), alt, url }
}

/// A text with something in it, cut where it is too long.
fn text(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    let end = (0..=MAX_ALT.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    Some(text[..end].to_owned()).filter(|text| !text.is_empty())
}
