//! A post seen elsewhere and entered by hand, as a raw item like any source's.

use chrono::{DateTime, Utc};
use url::Url;

use crate::mention::{Id, RawItem};
use crate::sources::network_of;

/// The source that captured posts come from.
pub const SOURCE: &str = "desk";

/// Reads what was pasted: a line with `@handle` and a line with an address may come first, in either order; the rest
/// is the post. The network is guessed from the address.
pub fn raw_item(pasted: &str, actor: &Id, now: DateTime<Utc>) -> RawItem {
    let mut item = RawItem::new(SOURCE.into(), "", now);
    item.captured_by = Some(actor.to_string());
    let mut lines = pasted.trim().lines().peekable();
    while let Some(line) = lines.peek().map(|line| line.trim()) {
        if item.author.handle.is_none() && is_handle(line) {
            item.author.handle = Some(line.trim_start_matches('@').to_owned());
        } else if item.url.is_none() && is_address(line) {
            item.url = Some(line.to_owned());
            item.network = network_of(line).map(str::to_owned);
        } else {
            break;
        }
        lines.next();
    }
    lines.collect::<Vec<_>>().join("\n").trim().clone_into(&mut item.text);
    item
}

fn is_handle(line: &str) -> bool {
    line.len() > 1 && line.starts_with('@') && !line.contains(char::is_whitespace)
}

fn is_address(line: &str) -> bool {
    !line.contains(char::is_whitespace) && Url::parse(line).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::all("@ana\nhttps://www.facebook.com/p/1\nIs it safe?", Some("ana"), Some("facebook"), "Is it safe?")]
    #[case::text_only("Is it safe?\n@ana said so", None, None, "Is it safe?\n@ana said so")]
    #[case::unknown_site("https://forum.example/1\n\nhello", None, Some("web"), "hello")]
    #[case::lookalike("https://notx.com/1\nhello", None, Some("web"), "hello")]
    #[case::no_web_address("javascript:alert(1)\nhello", None, None, "javascript:alert(1)\nhello")]
    fn what_was_pasted_is_told_apart(
        #[case] pasted: &str,
        #[case] handle: Option<&str>,
        #[case] network: Option<&str>,
        #[case] text: &str,
    ) {
        let item = raw_item(pasted, &"mchan".into(), DateTime::UNIX_EPOCH);
        assert_eq!(item.author.handle.as_deref(), handle);
        assert_eq!(item.network.as_deref(), network);
        assert_eq!(item.text, text);
        assert_eq!(item.captured_by.as_deref(), Some("mchan"));
    }
}
