//! Links, handles and hashtags in a text, and the one spelling of a permalink.
//!
//! What enters: normalised text, or a URL a source gave. What leaves: byte ranges in the text, or a canonical form under
//! which the same post's links compare equal. Only http and https count; nothing is ever opened or looked up here.

use std::borrow::Cow;

use url::Url;

use crate::mention::Span;

/// Query parameters that say how a reader came to a page, not which page it is.
const TRACKING: [&str; 14] = [
    "fbclid", "gclid", "dclid", "msclkid", "twclid", "ttclid", "igsh", "igshid", "mc_cid", "mc_eid", "ref_src",
    "ref_url", "mibextid", "__tn__",
];
/// Hosts' prefixes for small screens and old habits.
const SHOWN_ELSEWHERE: [&str; 6] = ["www.", "m.", "mobile.", "mbasic.", "touch.", "old."];
/// Domains with a second name.
const SAME_SITE: [(&str, &str); 3] = [("twitter.com", "x.com"), ("fb.com", "facebook.com"), ("youtu.be", "youtu.be")];
/// Endings under which a bare domain is taken for a link.
const TOP_LEVEL: [&str; 24] = [
    "ca", "com", "org", "net", "gov", "edu", "info", "io", "app", "dev", "news", "town", "city", "quebec", "us", "uk",
    "fr", "be", "ch", "eu", "me", "ly", "co", "biz",
];

/// The links of a text, in order: from `http://`, `https://` or `www.` up to white space, without the
/// punctuation that closes the sentence around them.
pub fn find(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = next_start(text, from) {
        let end = link_end(text, start);
        if end > start + scheme_length(&text[start..]) {
            found.push(start..end);
        }
        from = end.max(start + 1);
    }
    found
}

/// The handles (`@ana.bsky.social`, `@town@mastodon.example`) of a text, each with its sign.
pub fn handles(text: &str) -> Vec<Span> {
    signed(text, '@', |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '@'))
}

/// The hashtags of a text, each with its sign. A tag of digits only is none.
pub fn hashtags(text: &str) -> Vec<Span> {
    let mut tags = signed(text, '#', |c| c.is_alphanumeric() || c == '_');
    tags.retain(|span| text[span.start + 1..span.end].chars().any(|c| !c.is_ascii_digit()));
    tags
}

/// The links X makes of words without a scheme: `alderbay.ca/water`.
pub(super) fn bare_domains(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (start, word) in words(text) {
        let host_end = word.find(['/', '?', '#', ':']).unwrap_or(word.len());
        let host = word[..host_end].trim_end_matches(['.', ',', ';', '!', ')', '…']);
        let ending = host.rsplit_once('.').filter(|(name, _)| !name.is_empty() && !name.starts_with('.'));
        let known = ending.is_some_and(|(_, ending)| TOP_LEVEL.iter().any(|known| ending.eq_ignore_ascii_case(known)));
        if known && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')) {
            let end = if host_end == host.len() { link_end(text, start) } else { start + host.len() };
            found.push(start..end);
        }
    }
    found
}

/// True for a link that is spelled as a parser would spell it, without parsing: a web scheme, a plain host with a
/// dot in it, a path of ordinary characters.
pub fn is_plain(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else { return false };
    let Some((host, path)) = rest.split_once('/') else { return false };
    let named =
        host.contains('.') && !host.starts_with('.') && !host.ends_with(|c: char| c == '.' || c.is_ascii_digit());
    named
        && host.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_~@:=&?+,;%!*.".contains(&byte))
        && !path.contains("..")
}

/// The permalink as it is safe to keep and to open: http or https, parsed and spelled by the URL standard.
/// `None` for anything else.
pub fn openable(url: &str) -> Option<String> {
    let url = Url::parse(url.trim()).ok()?;
    (is_web(&url) && url.has_host()).then(|| url.into())
}

/// The form under which two links to the same post are equal: https, host in lower case without `www.` or a mobile
/// prefix, no user, no fragment, no tracking parameters, no trailing slash. `None` for what is no web link.
/// It serves as a key and is never opened.
pub fn canonical(url: &str) -> Option<String> {
    let url = Url::parse(url.trim()).ok().filter(is_web)?;
    let mut out = String::with_capacity(url.as_str().len());
    out.push_str("https://");
    out.push_str(&canonical_host(url.host_str()?));
    if let Some(port) = url.port() {
        out.push(':');
        out.push_str(&port.to_string());
    }
    out.push_str(url.path().trim_end_matches('/'));
    let mut sign = '?';
    for parameter in url.query().unwrap_or_default().split('&').filter(|parameter| !is_tracking(parameter)) {
        out.push(sign);
        out.push_str(parameter);
        sign = '&';
    }
    Some(out)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

fn canonical_host(host: &str) -> Cow<'_, str> {
    let mut host = host.trim_end_matches('.');
    for prefix in SHOWN_ELSEWHERE {
        if let Some(rest) = host.strip_prefix(prefix)
            && rest.contains('.')
        {
            host = rest;
        }
    }
    SAME_SITE.iter().find(|(other, _)| *other == host).map_or(Cow::Borrowed(host), |(_, site)| Cow::Borrowed(site))
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default();
    name.is_empty() || name.starts_with("utm_") || TRACKING.contains(&name)
}

/// Where the next link begins, at a word's beginning only.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text.get(at..)?.find(['h', 'H', 'w', 'W'])?;
        let inside_word = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if !inside_word && scheme_length(&text[at..]) > 0 {
            return Some(at);
        }
        at += 1;
    }
}

fn scheme_length(text: &str) -> usize {
    let begins = |prefix: &str| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    ["https://", "http://", "www."].into_iter().find(|prefix| begins(prefix)).map_or(0, str::len)
}

fn link_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let stops = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '«' | '»' | '“' | '”' | '⟨');
    let link = &rest[..rest.find(stops).unwrap_or(rest.len())];
    let mut end = link.len();
    while let Some(last) = link[..end].chars().next_back() {
        let closes_own = last == ')' && link[..end].matches('(').count() >= link[..end].matches(')').count();
        let punctuation = matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '…' | '\'' | '’' | '*');
        if closes_own || !punctuation {
            break;
        }
        end -= last.len_utf8();
    }
    start + end
}

/// The pieces between white space and brackets, with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let apart = |c: char| c.is_whitespace() || matches!(c, '(' | '"' | '<' | '>' | '«' | '»' | '“' | '”');
    let base = text.as_ptr() as usize;
    text.split(apart).filter(|word| !word.is_empty()).map(move |word| (word.as_ptr() as usize - base, word))
}

fn signed(text: &str, sign: char, belongs: impl Fn(char) -> bool) -> Vec<Span> {
    let links = find(text);
    let mut found = Vec::new();
    let mut end = 0;
    for (start, _) in text.match_indices(sign) {
        let in_word =
            text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '#' | '&' | '/'));
        if start < end || in_word || links.iter().any(|link| link.contains(&start)) {
            continue;
        }
        let rest = &text[start + 1..];
        let name = &rest[..rest.find(|c| !belongs(c)).unwrap_or(rest.len())];
        let name = name.trim_end_matches(['.', '-', '@']);
        if name.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            end = start + 1 + name.len();
            found.push(start..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn cut(text: &str, spans: Vec<Span>) -> Vec<&str> {
        spans.into_iter().map(|span| &text[span]).collect()
    }

    #[rstest]
    #[case::plain("see https://example.org/a?b=c#d now", &["https://example.org/a?b=c#d"])]
    #[case::sentence("(see http://example.org/a).", &["http://example.org/a"])]
    #[case::own_brackets("https://example.org/a_(b)", &["https://example.org/a_(b)"])]
    #[case::upper_case("HTTPS://EXAMPLE.ORG", &["HTTPS://EXAMPLE.ORG"])]
    #[case::www("www.example.org, www.", &["www.example.org"])]
    #[case::french("«\u{A0}https://example.org/é\u{A0}»", &["https://example.org/é"])]
    #[case::two("http://a.ca http://b.ca", &["http://a.ca", "http://b.ca"])]
    #[case::other_schemes("javascript:alert(1) ftp://x.org xhttp://x.org https://", &[])]
    fn links(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(cut(text, find(text)), expected);
    }

    #[rstest]
    #[case("@alderbay and @ana.bsky.social, @town@m.example.", &["@alderbay", "@ana.bsky.social", "@town@m.example"])]
    #[case("a@b.ca @ @@ https://x.ca/@ana", &[])]
    fn accounts(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(cut(text, handles(text)), expected);
    }

    #[rstest]
    #[case("#WaterMain #eau_brune2 (#Égoût)", &["#WaterMain", "#eau_brune2", "#Égoût"])]
    #[case("#1 C# https://x.ca/#top &#39;", &[])]
    fn tags(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(cut(text, hashtags(text)), expected);
    }

    #[rstest]
    #[case("see alderbay.ca/water, ok", &["alderbay.ca/water"])]
    #[case("mail ana@alderbay.ca v1.2 end.Then e.g. 6.8", &[])]
    fn domains(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(cut(text, bare_domains(text)), expected);
    }

    #[rstest]
    #[case::host_and_scheme("HTTP://WWW.Example.ORG/A/", "https://example.org/A")]
    #[case::fragment("https://example.org/a#c", "https://example.org/a")]
    #[case::tracking("https://example.org/a?utm_source=x&id=3&fbclid=9", "https://example.org/a?id=3")]
    #[case::only_tracking("https://example.org/?utm_source=x", "https://example.org")]
    #[case::mobile("https://mobile.twitter.com/ana/status/1", "https://x.com/ana/status/1")]
    #[case::facebook("https://m.facebook.com/p/1", "https://facebook.com/p/1")]
    #[case::default_port("https://example.org:443/a", "https://example.org/a")]
    #[case::other_port("https://example.org:8443/a", "https://example.org:8443/a")]
    #[case::user("https://user:pw@example.org/a", "https://example.org/a")]
    #[case::short_host("https://m.ca/a", "https://m.ca/a")]
    fn permalinks(#[case] url: &str, #[case] expected: &str) {
        assert_eq!(canonical(url).as_deref(), Some(expected));
    }

    #[rstest]
    #[case("https://example.org/p/1?a=b", true)]
    #[case("https://example.org", false)]
    #[case("https://127.0.0.1/", false)]
    #[case("https://example.org/a b", false)]
    #[case("https://user@example.org/", false)]
    #[case("javascript://example.org/", false)]
    fn plain_links_need_no_parser(#[case] url: &str, #[case] plain: bool) {
        assert_eq!(is_plain(url), plain);
        if plain {
            assert_eq!(openable(url).as_deref(), Some(url));
        }
    }

    #[rstest]
    #[case("javascript:alert(1)")]
    #[case("file:///etc/passwd")]
    #[case("not a link")]
    #[case("https://")]
    fn what_is_no_web_link_is_refused(#[case] url: &str) {
        assert_eq!((openable(url), canonical(url)), (None, None));
    }
}
