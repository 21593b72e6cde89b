//! The list of feeds that another reader exports: OPML.
//!
//! What enters: a file of at most 4 MiB, groups in groups however deep. What leaves: the feeds in the file's order, each
//! once, and how many lines named no address of the web. Nothing is fetched.

use std::collections::BTreeSet;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use super::http::redacted;

/// Of a file.
const MAX_BYTES: usize = 4 << 20;
/// More than anybody reads.
const MAX_FEEDS: usize = 2000;

/// A file's feeds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opml {
    /// Each once, in the file's order.
    pub feeds: Vec<Subscription>,
    /// Feeds without an address of the web, and those beyond the two thousandth.
    pub left_out: usize,
}

/// One feed.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    /// What the other reader called it; as hostile as it came.
    pub title: Option<String>,
    /// Where it is; it may hold a secret, so show it only redacted.
    pub url: String,
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscription").field("title", &self.title).field("url", &redacted(&self.url)).finish()
    }
}

/// Why a file holds no list of feeds; [`OpmlError::words`] words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpmlError {
    /// Larger than this many bytes.
    TooLarge {
        /// The most that is read.
        limit: usize,
    },
    /// Not XML from end to end; the parser's own words.
    Malformed(String),
    /// XML, but no OPML.
    NotOpml,
    /// No feed in it.
    Empty,
}

impl Opml {
    /// Reads a file's bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, OpmlError> {
        if bytes.len() > MAX_BYTES {
            return Err(OpmlError::TooLarge { limit: MAX_BYTES });
        }
        let text = decoded(bytes);
        let mut reader = Reader::from_str(&text);
        let (mut opml, mut seen, mut is_opml) = (Self::default(), BTreeSet::new(), false);
        loop {
            let event = reader.read_event().map_err(|error| OpmlError::Malformed(error.to_string()))?;
            match event {
                Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                    "opml" => is_opml = true,
                    "outline" if is_opml => opml.take(&element, &mut seen),
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        match (is_opml, opml.feeds.is_empty()) {
            (false, _) => Err(OpmlError::NotOpml),
            (true, true) => Err(OpmlError::Empty),
            (true, false) => Ok(opml),
        }
    }

    /// A line of the list: a feed, or a group without an address of its own.
    fn take(&mut self, element: &BytesStart<'_>, seen: &mut BTreeSet<String>) {
        let value = |name: &str| {
            let is_it = |key: &str| key.eq_ignore_ascii_case(name);
            let found = element.attributes().flatten().find(|attribute| is_it(attribute.key.as_ref()))?;
            let text = unescape(&found.value).map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned);
            Some(text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let Some(address) = value("xmlUrl") else { return };
        let address = match address.strip_prefix("feed://") {
            Some(rest) => format!("http://{rest}"),
            None => address.strip_prefix("feed:").map(str::to_owned).unwrap_or(address),
        };
        let is_web = Url::parse(&address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if !is_web || self.feeds.len() == MAX_FEEDS {
            self.left_out += 1;
        } else if seen.insert(address.clone()) {
            self.feeds.push(Subscription { title: value("title").or_else(|| value("text")), url: address });
        }
    }
}

/// The text, by its byte order mark, else by what the declaration says, else as UTF-8.
fn decoded(bytes: &[u8]) -> String {
    let declared = || {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
        let rest = head.split_once("encoding=")?.1;
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        Encoding::for_label(rest[1..].split(quote).next()?.as_bytes())
    };
    let encoding = declared().unwrap_or(UTF_8);
    encoding.decode(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const LIST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- exported -->
<opml version="2.0">
  <head><title>My feeds</title></head>
  <body>
    <outline text="Town" title="Town">
      <outline type="rss" text="Sentinel &amp; Post" xmlUrl="https://sentinel.example/rss?a=1&amp;b=2" htmlUrl="https://sentinel.example/"/>
      <outline text="Deep"><outline TYPE="rss" text="t" title="Radio &#233;" XMLURL="feed://ckab.example/rss"></outline></outline>
    </outline>
    <outline text="Again" xmlUrl="https://sentinel.example/rss?a=1&amp;b=2"/>
    <outline text="Local" xmlUrl="file:///etc/passwd"/>
    <outline xmlUrl=" feed:https://blog.example/atom "/>
  </body>
</opml>"#;

    #[test]
    fn feeds_come_in_order_each_once_out_of_groups() {
        let opml = Opml::read(LIST.as_bytes()).expect("a list");
        let feeds: Vec<_> = opml.feeds.iter().map(|feed| (feed.title.as_deref(), feed.url.as_str())).collect();
        assert_eq!(
            feeds,
            [
                (Some("Sentinel & Post"), "https://sentinel.example/rss?a=1&b=2"),
                (Some("Radio é"), "http://ckab.example/rss"),
                (None, "https://blog.example/atom"),
            ]
        );
        assert_eq!(opml.left_out, 1);
        assert!(!format!("{opml:?}").contains("b=2"), "{opml:?}");
    }

    #[test]
    fn other_encodings_are_read() {
        let old = LIST.replace("UTF-8", "ISO-8859-1").replace("&#233;", "é");
        let (old, ..) = encoding_rs::WINDOWS_1252.encode(&old);
        assert_eq!(Opml::read(&old).expect("a list").feeds[1].title.as_deref(), Some("Radio é"));
        let mut wide = vec![0xff, 0xfe];
        wide.extend(LIST.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(Opml::read(&wide).expect("a list").feeds.len(), 3);
    }

    #[rstest]
    #[case::a_feed("<rss version=\"2.0\"><channel/></rss>", OpmlError::NotOpml)]
    #[case::nothing("", OpmlError::NotOpml)]
    #[case::only_groups("<opml><body><outline text=\"a\"/></body></opml>", OpmlError::Empty)]
    fn what_holds_no_feeds_says_so(#[case] text: &str, #[case] expected: OpmlError) {
        assert_eq!(Opml::read(text.as_bytes()), Err(expected));
    }

    #[test]
    fn limits_hold() {
        assert!(matches!(Opml::read(b"<opml><body></outline></body></opml>"), Err(OpmlError::Malformed(_))));
        assert_eq!(Opml::read(&vec![b' '; MAX_BYTES + 1]), Err(OpmlError::TooLarge { limit: MAX_BYTES }));
        let deep = format!("<opml>{}", "<outline>".repeat(100_000));
        assert!(Opml::read(deep.as_bytes()).is_err());
        let feed = |number| format!("<outline xmlUrl=\"http://a.example/{number}\"/>");
        let many = (0..MAX_FEEDS + 3).map(feed).collect::<Vec<_>>().concat();
        let opml = Opml::read(format!("<opml><body>{many}</body></opml>").as_bytes()).expect("a list");
        assert_eq!((opml.feeds.len(), opml.left_out), (MAX_FEEDS, 3));
    }
}
