//! Where something was said, from what a column or an address tells.

use url::Url;

use crate::mention::Network;

/// Hosts whose posts belong to a network; their subdomains too.
const HOSTS: &[(&str, &str)] = &[
    ("x.com", "x"),
    ("twitter.com", "x"),
    ("bsky.app", "bluesky"),
    ("facebook.com", "facebook"),
    ("fb.com", "facebook"),
    ("instagram.com", "instagram"),
    ("threads.net", "threads"),
    ("threads.com", "threads"),
    ("linkedin.com", "linkedin"),
    ("youtube.com", "youtube"),
    ("youtu.be", "youtube"),
    ("tiktok.com", "tiktok"),
    ("reddit.com", "reddit"),
    ("nextdoor.com", "nextdoor"),
    ("nextdoor.ca", "nextdoor"),
];

/// Words of exports for the open web.
const WEB: &[&str] = &["news", "blog", "blogs", "forum", "forums", "web", "website", "online", "magazine", "newspaper"];

/// The network whose address this is; `web` for any other site, `None` for what is no web address.
pub fn network_of(address: &str) -> Option<&'static str> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    let known = HOSTS
        .iter()
        .find(|(name, _)| host == *name || host.strip_suffix(name).is_some_and(|before| before.ends_with('.')));
    Some(known.map_or("web", |(_, network)| network))
}

/// The token of a network: its address tells best, then the column, then what the profile or the source says.
pub(super) fn guess(column: Option<&str>, url: Option<&str>, fallback: Option<&Network>) -> Option<String> {
    let address = url.and_then(network_of);
    let named = || column.and_then(named);
    let token = address.filter(|token| *token != "web").map(str::to_owned).or_else(named);
    token.or_else(|| fallback.map(|network| network.token().to_owned())).or_else(|| address.map(str::to_owned))
}

/// The network that a column's words name: `Twitter`, `SOCIALMEDIA,SOCIALMEDIA_TWITTER`, `Facebook Public`.
fn named(column: &str) -> Option<String> {
    let mut words = column.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.find_map(|word| match Network::from_token(word) {
        Network::Unknown => None,
        Network::Other(word) => WEB.contains(&&*word).then(|| "web".to_owned()),
        network => Some(network.token().to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::the_address_tells_best(Some("news"), Some("https://mobile.twitter.com/a/status/1"), Some("x"))]
    #[case::a_column(Some("SOCIALMEDIA,SOCIALMEDIA_TWITTER"), None, Some("x"))]
    #[case::a_mastodon_server(Some("Mastodon"), Some("https://town.example/@a/1"), Some("mastodon"))]
    #[case::the_open_web(Some("Online News"), Some("https://paper.example/1"), Some("web"))]
    #[case::another_word(Some("CKAB Radio"), Some("https://ckab.example/1"), Some("web"))]
    #[case::a_lookalike(None, Some("https://notx.com/1"), Some("web"))]
    #[case::no_web_address(None, Some("javascript:alert(1)"), None)]
    fn networks_are_guessed(#[case] column: Option<&str>, #[case] url: Option<&str>, #[case] network: Option<&str>) {
        assert_eq!(guess(column, url, None).as_deref(), network);
    }

    #[test]
    fn what_the_source_says_beats_only_the_open_web() {
        let facebook = Some(&Network::Facebook);
        assert_eq!(guess(None, Some("https://paper.example/1"), facebook).as_deref(), Some("facebook"));
        assert_eq!(guess(None, Some("https://x.com/1"), facebook).as_deref(), Some("x"));
    }
}
