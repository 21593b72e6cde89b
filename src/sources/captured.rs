//! A post seen elsewhere and entered by hand: what a person pasted, told apart.
//!
//! ```text
//! @ana                                    who wrote it
//! https://www.facebook.com/alder/1        where it stands; the network is guessed from it
//! date: 2026-11-20 09:12                  when it was said, in the plan's time zone
//! by: J. Doe, 250 555 0100                who phoned it in
//! file: /home/desk/photo.jpg              what came with it
//! Is the water safe?                      the post: from the first line that is none of these
//! ```
//!
//! What enters: the pasted text. What leaves: its parts, each of them optional but the text, and the raw item of them. No file
//! is read here.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use url::Url;

use super::network_of;
use crate::mention::{Extras, Id, RawItem};
use crate::plan::service_level::resolve_local;

/// The source that captured posts come from.
pub const CAPTURED: &str = "desk";

/// What was told apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Captured {
    /// The author's account, without `@`.
    pub handle: Option<String>,
    /// Where it stands.
    pub url: Option<String>,
    /// The network's token, guessed from the address.
    pub network: Option<&'static str>,
    /// When it was said.
    pub posted_at: Option<DateTime<Utc>>,
    /// Who phoned it in, or brought it otherwise.
    pub brought_by: Option<String>,
    /// What came with it.
    pub attachment: Option<PathBuf>,
    /// The post.
    pub text: String,
}

impl Captured {
    /// Reads what was pasted. Dates without a zone are in `zone`.
    pub fn read(pasted: &str, zone: Tz) -> Self {
        let mut captured = Self::default();
        let mut lines = pasted.trim().lines().peekable();
        while lines.peek().is_some_and(|line| captured.takes(line.trim(), zone)) {
            lines.next();
        }
        lines.collect::<Vec<_>>().join("\n").trim().clone_into(&mut captured.text);
        captured
    }

    /// Takes a line that is no part of the post; false for the post's first line. What is there already is not taken twice.
    fn takes(&mut self, line: &str, zone: Tz) -> bool {
        if let Some((key, value)) = line.split_once(':').map(|(key, value)| (key.trim().to_lowercase(), value.trim()))
            && !value.is_empty()
        {
            match key.as_str() {
                "date" if self.posted_at.is_none() => {
                    self.posted_at = moment(value, zone);
                    return self.posted_at.is_some();
                }
                "by" | "par" if self.brought_by.is_none() => {
                    self.brought_by = Some(value.to_owned());
                    return true;
                }
                "file" | "fichier" if self.attachment.is_none() => {
                    self.attachment = Some(PathBuf::from(value));
                    return true;
                }
                _ => {}
            }
        }
        if self.handle.is_none() && is_handle(line) {
            self.handle = Some(line.trim_start_matches('@').to_owned());
        } else if self.url.is_none() && is_address(line) {
            self.url = Some(line.to_owned());
            self.network = network_of(line);
        } else {
            return false;
        }
        true
    }

    /// The raw item, entered by `actor` at `now`. `hash` is the SHA-256 of the attachment, in hex.
    pub fn into_item(self, actor: &Id, now: DateTime<Utc>, hash: Option<String>) -> RawItem {
        let attachment = self.attachment.map(|path| path.display().to_string());
        let extras = [("brought_by", self.brought_by), ("attachment", attachment), ("attachment_sha256", hash)];
        let mut item = RawItem {
            network: self.network.map(str::to_owned),
            url: self.url,
            posted_at: self.posted_at,
            captured_by: Some(actor.to_string()),
            extras: extras.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect::<Extras>(),
            ..RawItem::new(CAPTURED.into(), self.text, now)
        };
        item.author.handle = self.handle;
        item
    }
}

/// An instant with its zone, else a date with a time of day, or alone: then noon, so that its day is right.
fn moment(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.to_utc());
    }
    let forms = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %Hh%M", "%Y-%m-%d %H h %M"];
    let local = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let local = local.or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(12, 0, 0));
    local.map(|local| resolve_local(zone, local))
}

fn is_handle(line: &str) -> bool {
    line.len() > 1 && line.starts_with('@') && !line.contains(char::is_whitespace)
}

fn is_address(line: &str) -> bool {
    !line.contains(char::is_whitespace) && Url::parse(line).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Vancouver;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::all("@ana\nhttps://www.facebook.com/p/1\nIs it safe?", Some("ana"), Some("facebook"), "Is it safe?")]
    #[case::text_only("Is it safe?\n@ana said so", None, None, "Is it safe?\n@ana said so")]
    #[case::unknown_site("https://forum.example/1\n\nhello", None, Some("web"), "hello")]
    #[case::lookalike("https://notx.com/1\nhello", None, Some("web"), "hello")]
    #[case::no_web_address("javascript:alert(1)\nhello", None, None, "javascript:alert(1)\nhello")]
    #[case::a_posts_own_words("Note: the water is brown", None, None, "Note: the water is brown")]
    #[case::no_date("date: tomorrow\nhello", None, None, "date: tomorrow\nhello")]
    fn what_was_pasted_is_told_apart(
        #[case] pasted: &str,
        #[case] handle: Option<&str>,
        #[case] network: Option<&str>,
        #[case] text: &str,
    ) {
        let item = Captured::read(pasted, Vancouver).into_item(&"mchan".into(), DateTime::UNIX_EPOCH, None);
        assert_eq!(item.author.handle.as_deref(), handle);
        assert_eq!(item.network.as_deref(), network);
        assert_eq!(item.text, text);
        assert_eq!(item.captured_by.as_deref(), Some("mchan"));
        assert!(item.extras.is_empty());
    }

    #[test]
    fn who_brought_it_when_and_with_what_is_noted() {
        let pasted =
            "date: 2026-11-20 09:12\nby: J. Doe, 250 555 0100\nfile: /tmp/photo.jpg\n@ana\nIs it safe?\nby: me";
        let captured = Captured::read(pasted, Vancouver);
        assert_eq!(captured.posted_at, Some("2026-11-20T17:12:00Z".parse().expect("an instant")));
        assert_eq!(captured.text, "Is it safe?\nby: me");
        let item = captured.into_item(&"mchan".into(), DateTime::UNIX_EPOCH, Some("ab12".to_owned()));
        let extras: Vec<_> = item.extras.iter().collect();
        let expected =
            [("brought_by", "J. Doe, 250 555 0100"), ("attachment", "/tmp/photo.jpg"), ("attachment_sha256", "ab12")];
        assert_eq!(extras, expected);
    }

    #[rstest]
    #[case::instant("2026-11-20T09:12:00-08:00", Some("2026-11-20T17:12:00Z"))]
    #[case::day("2026-11-20", Some("2026-11-20T20:00:00Z"))]
    #[case::french("2026-11-20 9h05", Some("2026-11-20T17:05:00Z"))]
    #[case::which_is_the_month("11/12/2026", None)]
    fn a_date_is_understood_or_not_taken(#[case] text: &str, #[case] expected: Option<&str>) {
        let expected = expected.map(|expected| expected.parse::<DateTime<Utc>>().expect("an instant"));
        assert_eq!(moment(text, Vancouver), expected);
    }
}
