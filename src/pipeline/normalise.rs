//! From what a source saw to what can be shown: every string cleaned, every link checked, every id bounded.
//!
//! What enters: a [`RawItem`], hostile in every part. What leaves: a [`Mention`] whose strings hold no control or
//! invisible character, whose links are http or https, and whose text is the one all spans refer to. The
//! text as it came is kept beside it when it differs. Nothing is refused here: a source decides what is an item.

use std::borrow::Cow;

use crate::mention::{Author, Extras, Id, Identity, Media, Mention, MentionId, Network, RawAuthor, RawItem, TextForm};
use crate::text::{clean, clean_line, html_to_text, links};

use super::identify;

/// Longer names, handles, ids and tokens are cut: no network has them, and rows must be drawn.
const MAX_NAME_BYTES: usize = 512;
/// A longer extra is cut: it is shown beside the mention, not instead of it.
const MAX_EXTRA_BYTES: usize = 1_024;
/// A longer native id is replaced by its hash.
const MAX_ID_BYTES: usize = 256;
/// The longest language tag of RFC 5646's own examples is shorter.
const MAX_TAG_BYTES: usize = 35;

/// The clean mention with its identity: what goes to the store.
pub fn normalise(item: RawItem) -> Mention {
    let mut mention = tidy(item);
    mention.identity = identify::keys(&mention);
    mention
}

/// The clean mention without the keys by which a store tells new from known: enough to assess it once.
pub fn tidy(item: RawItem) -> Mention {
    let network =
        item.network.as_deref().map_or(Network::Unknown, |token| Network::from_token(&short(clean_line(token))));
    let (text, original) = clean_text(item.text, item.form);
    let mut mention = Mention {
        id: MentionId::new(""),
        seen_by: Vec::new(),
        version: 1,
        source: item.source,
        network,
        kind: item.kind,
        author: clean_author(item.author),
        audience: item.audience,
        text,
        original,
        url: item.url.and_then(checked_link),
        posted_at: item.posted_at,
        received_at: item.received_at,
        lang: item.lang.filter(|tag| is_language_tag(tag)),
        reply_to: item.reply_to.map(clean_name),
        thread: item.thread.map(clean_name),
        metrics: item.metrics,
        media: item.media.into_iter().map(clean_media).collect(),
        extras: clean_extras(item.extras),
        backlog: item.backlog,
        captured_by: item.captured_by.map(clean_name),
        author_deleted_at: item.deleted.then_some(item.received_at),
        identity: Identity::default(),
    };
    mention.id = mention_id(&mention.source, item.native_id, &mention);
    mention.seen_by = vec![mention.id.clone()];
    mention
}

fn mention_id(source: &Id, native: Option<String>, mention: &Mention) -> MentionId {
    match native.map(clean_own_line) {
        Some(native) if native.trim().is_empty() => identify::hashed_id(mention),
        Some(native) if native.len() > MAX_ID_BYTES => identify::long_id(source, &native),
        Some(native) => MentionId::from_parts(source, &native),
        None => identify::hashed_id(mention),
    }
}

/// The text that is shown, and the text as it came when that differs.
fn clean_text(raw: String, form: TextForm) -> (String, Option<String>) {
    let plain = match form {
        TextForm::Plain => Cow::Borrowed(raw.as_str()),
        TextForm::Html => Cow::Owned(html_to_text(&raw)),
    };
    let text = match clean(&plain) {
        Cow::Owned(text) => text,
        Cow::Borrowed(_) => match plain {
            Cow::Borrowed(_) => return (raw, None),
            Cow::Owned(plain) => plain,
        },
    };
    if text == raw { (text, None) } else { (text, Some(raw)) }
}

fn clean_author(author: RawAuthor) -> Author {
    let handle = author.handle.map(|handle| {
        let mut handle = clean_name(handle);
        let signs = handle.len() - handle.trim_start_matches('@').len();
        handle.drain(..signs);
        handle
    });
    Author {
        handle: handle.filter(|handle| !handle.is_empty()),
        name: author.name.map(clean_name).filter(|name| !name.is_empty()),
        followers: author.followers,
        bot: author.bot,
    }
}

fn clean_media(media: Media) -> Media {
    let alt = media.alt.map(|alt| clean_text(alt, TextForm::Plain).0);
    Media { kind: media.kind.map(clean_name), alt, url: media.url.and_then(checked_link) }
}

/// Names on one line, values as texts, both bounded.
fn clean_extras(extras: Extras) -> Extras {
    let clean = |(name, value): (String, String)| {
        let (mut value, _) = clean_text(value, TextForm::Plain);
        value.truncate(value.floor_char_boundary(MAX_EXTRA_BYTES));
        (clean_name(name), value)
    };
    extras.into_iter().map(clean).filter(|(name, value)| !name.is_empty() && !value.trim().is_empty()).collect()
}

fn clean_own_line(line: String) -> String {
    match clean_line(&line) {
        Cow::Borrowed(_) => line,
        Cow::Owned(clean) => clean,
    }
}

/// One clean line of bounded length without space around it.
fn clean_name(name: String) -> String {
    let mut name = clean_own_line(name);
    if name.len() > MAX_NAME_BYTES {
        name.truncate(short(Cow::Borrowed(&name)).len());
    }
    if name.starts_with(char::is_whitespace) || name.ends_with(char::is_whitespace) {
        name = name.trim().to_owned();
    }
    name
}

fn short(name: Cow<'_, str>) -> Cow<'_, str> {
    if name.len() <= MAX_NAME_BYTES {
        return name;
    }
    let end = (0..=MAX_NAME_BYTES).rev().find(|&end| name.is_char_boundary(end)).unwrap_or(0);
    Cow::Owned(name[..end].to_owned())
}

fn checked_link(url: String) -> Option<String> {
    if links::is_plain(&url) { Some(url) } else { links::openable(&url) }
}

pub(super) fn is_language_tag(tag: &str) -> bool {
    let fits = (1..=MAX_TAG_BYTES).contains(&tag.len());
    fits && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    fn item(text: &str) -> RawItem {
        RawItem::new("inbox".into(), text, DateTime::from_timestamp(1_795_194_764, 0).expect("a moment"))
    }

    #[test]
    fn every_string_is_cleaned() {
        let mut raw = item("<p>Is it\u{202E} safe&#x1b;?</p>");
        raw.form = TextForm::Html;
        raw.native_id = Some("m\x1b-1".into());
        raw.network = Some("X\x07".into());
        raw.author =
            RawAuthor { handle: Some("@@ana\u{200B}".into()), name: Some(" A\r\nna ".into()), ..RawAuthor::default() };
        raw.url = Some("javascript:alert(1)".into());
        raw.lang = Some("en\x1b".into());
        raw.thread = Some("t\t1".into());
        raw.media = vec![Media { kind: None, alt: Some("\u{2066}brown".into()), url: Some("file:///x".into()) }];
        let mention = tidy(raw);
        assert_eq!(mention.text, "Is it⟨U+202E⟩ safe␛?");
        assert_eq!(mention.original.as_deref(), Some("<p>Is it\u{202E} safe&#x1b;?</p>"));
        assert_eq!(mention.id.as_str(), "inbox:m␛-1");
        assert_eq!(mention.network.token(), "x␇");
        assert_eq!(mention.author.handle.as_deref(), Some("ana⟨U+200B⟩"));
        assert_eq!(mention.author.name.as_deref(), Some("A na"));
        assert_eq!((mention.url, mention.lang), (None, None));
        assert_eq!(mention.thread.as_deref(), Some("t 1"));
        assert_eq!(mention.media[0].alt.as_deref(), Some("⟨U+2066⟩brown"));
        assert_eq!(mention.media[0].url, None);
    }

    #[test]
    fn clean_text_keeps_no_second_copy() {
        let mention = tidy(item("Is the water safe?\nNo."));
        assert_eq!((mention.text.as_str(), mention.original), ("Is the water safe?\nNo.", None));
    }

    #[test]
    fn a_long_id_or_name_is_bounded() {
        let mut raw = item("a");
        raw.native_id = Some("é".repeat(5_000));
        raw.author.name = Some("é".repeat(5_000));
        let mention = tidy(raw);
        assert!(mention.id.native().starts_with("h-") && mention.id.as_str().len() < 40);
        assert_eq!(mention.author.name.map(|name| name.len()), Some(512));
    }

    proptest! {
        #[test]
        fn normalising_what_is_normal_changes_nothing(text in any::<String>(), handle in any::<String>(), id in any::<String>()) {
            let mut raw = item(&text);
            raw.author.handle = Some(handle);
            raw.native_id = Some(id);
            let once = normalise(raw);
            let mut again = item(&once.text);
            again.author.handle = once.author.handle.clone();
            again.native_id = Some(once.id.native().to_owned());
            let twice = normalise(again);
            prop_assert_eq!(&twice.text, &once.text);
            prop_assert_eq!(&twice.id, &once.id);
            prop_assert_eq!(&twice.author, &once.author);
            prop_assert_eq!(&twice.identity.content, &once.identity.content);
        }
    }
}
