//! The feeds of services that have a shape of their own, told by what their entries hold and not by the feed's address:
//! a copy or a proxy of such a feed reads the same.

use feed_rs::model::{Entry, Feed};
use url::Url;

use super::super::super::network_of;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// An article of a site, or anything else.
    Story,
    /// A find of Google Alerts.
    Alert,
    /// A video of `YouTube`.
    Video,
    /// A post or a comment on Reddit.
    Reddit,
    /// A post on a server of the fediverse.
    Status,
    /// A comment under a story.
    Comment,
}

impl Shape {
    /// `link` is the entry's page; `has_answer` that it says what it answers.
    pub(super) fn of(entry: &Entry, feed: &Feed, link: Option<&str>, has_answer: bool) -> Self {
        let id = entry.id.trim();
        let page = link.and_then(|link| Url::parse(link).ok());
        let fragment = page.as_ref().and_then(Url::fragment).unwrap_or_default();
        let generator = feed.generator.as_ref().map(|generator| generator.content.as_str()).unwrap_or_default();
        let is_untitled = entry.title.as_ref().is_none_or(|title| title.content.trim().is_empty());
        if id.starts_with("yt:video:") {
            Self::Video
        } else if id.starts_with("tag:google.com,2013:googlealerts/") {
            Self::Alert
        } else if (id.starts_with("t3_") || id.starts_with("t1_")) && link.and_then(network_of) == Some("reddit") {
            Self::Reddit
        } else if generator.starts_with("Mastodon") || (is_untitled && link.and_then(status_author).is_some()) {
            Self::Status
        } else if has_answer || is_comment(fragment) {
            Self::Comment
        } else {
            Self::Story
        }
    }

    /// The network's token, where the shape tells it.
    pub(super) fn network(self) -> Option<&'static str> {
        match self {
            Self::Video => Some("youtube"),
            Self::Reddit => Some("reddit"),
            Self::Status => Some("mastodon"),
            Self::Story | Self::Alert | Self::Comment => None,
        }
    }

    /// The conversation that the entry's address names.
    pub(super) fn thread(self, link: Option<&str>) -> Option<String> {
        if self != Self::Reddit {
            return None;
        }
        let page = Url::parse(link?).ok()?;
        let mut segments = page.path_segments()?;
        segments.find(|segment| *segment == "comments")?;
        segments.next().filter(|id| !id.is_empty()).map(|id| format!("t3_{id}"))
    }

    /// What a person wrote, out of what the service puts around it.
    pub(super) fn inside(self, html: &str) -> String {
        if self != Self::Reddit {
            return html.to_owned();
        }
        // A post of a link has nothing else to say than its title and where it leads.
        let written = || html.split_once("<!-- SC_OFF -->")?.1.split_once("<!-- SC_ON -->").map(|(text, _)| text);
        let leads_to = || {
            let before = html.split_once("\">[link]</a>")?.0;
            let target = before.rsplit_once("href=\"")?.1;
            let is_away = !target.contains(['<', '"']) && network_of(target).is_some_and(|token| token != "reddit");
            is_away.then(|| format!("<p><a href=\"{target}\">{target}</a></p>"))
        };
        written().map(str::to_owned).or_else(leads_to).unwrap_or_default()
    }
}

/// `comment-12`, as `WordPress` and those who follow it mark a comment on its page.
fn is_comment(fragment: &str) -> bool {
    let number = fragment.strip_prefix("comment-").unwrap_or_default();
    !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
}

/// The author that the address of a fediverse post names: `https://town.example/@ana/1165…` or `/@ana@other.example/1165…`.
pub(super) fn status_author(link: &str) -> Option<String> {
    let url = Url::parse(link).ok()?;
    let mut segments = url.path_segments()?;
    let name = segments.next()?.strip_prefix('@').filter(|name| !name.is_empty())?;
    let is_number = |id: &str| id.len() >= 10 && id.bytes().all(|digit| digit.is_ascii_digit());
    segments.next().filter(|id| is_number(id))?;
    Some(if name.contains('@') { name.to_owned() } else { format!("{name}@{}", url.host_str()?) })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::local("https://town.example/@ana/116594285000000000", Some("ana@town.example"))]
    #[case::remote("https://town.example/@bob@other.example/116594285000000001", Some("bob@other.example"))]
    #[case::a_blog("https://medium.example/@ana/brown-water-again", None)]
    #[case::a_page("https://town.example/@ana", None)]
    #[case::nobody("https://town.example/@/116594285000000000", None)]
    fn authors_are_read_from_addresses(#[case] link: &str, #[case] author: Option<&str>) {
        assert_eq!(status_author(link).as_deref(), author);
    }

    #[rstest]
    #[case::a_text(
        "<!-- SC_OFF --><div class=\"md\"><p>Brown water</p></div><!-- SC_ON --> submitted by <a href=\"https://www.reddit.com/user/ana\"> /u/ana </a>",
        "<div class=\"md\"><p>Brown water</p></div>"
    )]
    #[case::a_link(
        "submitted by <a href=\"https://www.reddit.com/user/ana\"> /u/ana </a> <br/> <span><a href=\"https://sentinel.example/1?a=b\">[link]</a></span>",
        "<p><a href=\"https://sentinel.example/1?a=b\">https://sentinel.example/1?a=b</a></p>"
    )]
    #[case::a_picture("<span><a href=\"https://www.reddit.com/gallery/1\">[link]</a></span>", "")]
    #[case::torn("<!-- SC_OFF -->", "")]
    #[case::nothing("", "")]
    fn what_reddit_puts_around_a_post_is_taken_off(#[case] html: &str, #[case] expected: &str) {
        assert_eq!(Shape::Reddit.inside(html), expected);
    }
}
