//! Links of feeds: where they really lead.

use url::Url;

/// The address a Google Alerts link leads to; other links as they are.
pub(super) fn unwrapped(link: &str) -> String {
    let inner = || {
        let url = Url::parse(link).ok()?;
        let host = url.host_str()?;
        let google = host.strip_prefix("www.").unwrap_or(host).starts_with("google.");
        if !google || url.path() != "/url" {
            return None;
        }
        let target = url.query_pairs().find(|(name, _)| name == "url" || name == "q")?.1.into_owned();
        Url::parse(&target).ok().filter(|url| matches!(url.scheme(), "http" | "https")).map(|_| target)
    };
    inner().unwrap_or_else(|| link.to_owned())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::alert(
        "https://www.google.com/url?rct=j&sa=t&url=https://news.example/a%3Fb%3D1&ct=ga&usg=x",
        "https://news.example/a?b=1"
    )]
    #[case::country("https://www.google.ca/url?q=https://news.example/", "https://news.example/")]
    #[case::script(
        "https://www.google.com/url?url=javascript:alert(1)",
        "https://www.google.com/url?url=javascript:alert(1)"
    )]
    #[case::other("https://news.example/url?url=https://x.example/", "https://news.example/url?url=https://x.example/")]
    fn alert_links_are_unwrapped(#[case] link: &str, #[case] expected: &str) {
        assert_eq!(unwrapped(link), expected);
    }
}
