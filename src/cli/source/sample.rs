//! The first mentions that a source would bring, as a person or a script is shown them.
//!
//! What enters: raw items, hostile in every part. What leaves: what normalisation makes of them, one line each.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::cli::Output;
use crate::locale::Locale;
use crate::mention::{Author, Mention, Network, RawItem};
use crate::pipeline::normalise;
use crate::text::clean_line;
use crate::text::width::{truncate, width};

/// The columns a line may take where no terminal says otherwise.
const COLUMNS: usize = 80;

/// One mention, cleaned.
#[derive(Debug, Serialize)]
pub(super) struct Sample {
    network: Network,
    author: Author,
    posted_at: Option<String>,
    /// The first line with something in it.
    text: String,
    url: Option<String>,
    #[serde(skip)]
    at: Option<DateTime<Utc>>,
}

impl Sample {
    /// What would be kept of `item`.
    pub(super) fn of(item: &RawItem) -> Self {
        let Mention { network, author, text, url, posted_at, .. } = normalise(item.clone());
        let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        Self {
            network,
            author,
            posted_at: posted_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
            text: clean_line(line.trim()).into_owned(),
            url,
            at: posted_at,
        }
    }

    /// `  3h    bluesky    @ana.bsky.social    the first words`, as wide as the terminal.
    pub(super) fn line(&self, now: DateTime<Utc>, locale: &Locale) -> String {
        let age = self.at.map_or_else(|| "?".to_owned(), |at| locale.short_span(now - at));
        let handle = self.author.handle.as_ref().map(|handle| format!("@{handle}"));
        let author = handle.as_deref().or(self.author.name.as_deref()).unwrap_or("?");
        let network = if self.network == Network::Unknown { "?" } else { self.network.token() };
        let mut line = String::from("  ");
        for (text, columns) in [(age.as_str(), 4), (network, 9), (author, 18)] {
            let (shown, used) = truncate(text, columns);
            line.push_str(&shown);
            line.extend(std::iter::repeat_n(' ', columns - used + 2));
        }
        let left = Output::columns().map_or(COLUMNS, usize::from).saturating_sub(width(&line));
        line.push_str(&truncate(&self.text, left.max(20)).0);
        clean_line(line.trim_end()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::mention::{Id, TextForm};

    #[test]
    fn a_line_is_clean_and_fits() {
        let now = DateTime::from_timestamp(1_000_000, 0).expect("an instant");
        let mut item = RawItem::new(Id::from("inbox"), "<p>\u{1b}[2JThe <b>water</b> is brown<p>again", now);
        item.form = TextForm::Html;
        item.network = Some("mastodon".to_owned());
        item.author.handle = Some("@ana\u{202e}@town.example".to_owned());
        item.posted_at = Some(now - chrono::TimeDelta::hours(3));
        let (locale, sample) = (Locale::new(Lang::En), Sample::of(&item));
        assert_eq!(sample.line(now, &locale), "  3h    mastodon   @ana⟨U+202E⟩@town…  ␛[2JThe water is brown");
        let json = serde_json::to_value(&sample).expect("serializes");
        assert_eq!(json["posted_at"], "1970-01-12T10:46:40Z");
        item.text = "🚱 brown water ".repeat(20);
        item.posted_at = None;
        assert!(width(&Sample::of(&item).line(now, &locale)) <= COLUMNS);
    }
}
