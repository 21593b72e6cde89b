//! Addresses: what may be shown of one, and where a redirect may lead.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Names in queries whose values say which feed is meant and are public.
const PUBLIC_NAMES: &[&str] = &["channel_id", "playlist_id"];

/// The fewest letters of a key in a path.
const SHORTEST_KEY: usize = 16;

/// The address without what may be a secret: user name and password, the parts of its path that look like a key, the
/// values of its query, its fragment.
pub fn redacted(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return "<not an address>".to_owned() };
    let Some(host) = url.host_str() else { return format!("{}:…", url.scheme()) };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let mut text = format!("{}://{host}{port}", url.scheme());
    // An alert's address is all it takes to read it: a person's number and the alert's.
    let is_alert = url.path().starts_with("/alerts/feeds/");
    for (place, segment) in url.path_segments().into_iter().flatten().enumerate() {
        let is_hidden = is_key(segment) || (is_alert && place >= 2);
        text.push('/');
        text.push_str(if is_hidden { "…" } else { segment });
    }
    for (place, (name, value)) in url.query_pairs().enumerate() {
        let is_shown = PUBLIC_NAMES.contains(&&*name) && value.chars().all(is_plain);
        text.push(if place == 0 { '?' } else { '&' });
        text.extend(url::form_urlencoded::byte_serialize(name.as_bytes()));
        text.push('=');
        text.push_str(if is_shown { &value } else { "…" });
    }
    text
}

/// True for what a machine made up: a long number, letters and digits without a break, a UUID. Titles of stories have
/// breaks between words, methods and files have no digits.
fn is_key(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default();
    let (mut digits, mut lower, mut upper, mut breaks) = (0, 0, 0, 0);
    for letter in stem.chars() {
        match letter {
            '0'..='9' => digits += 1,
            'a'..='z' => lower += 1,
            'A'..='Z' => upper += 1,
            '-' | '_' | '~' | '=' => breaks += 1,
            _ => return false,
        }
    }
    let is_hexadecimal = stem.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-');
    let is_unbroken = breaks == 0 || is_hexadecimal || (lower > 0 && upper > 0);
    stem.len() >= SHORTEST_KEY && digits > 0 && is_unbroken
}

fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')
}

/// The next address after a redirect; `None` when it is no address or not http or https.
pub(in super::super) fn redirect_target(from: &Url, location: &str) -> Option<Url> {
    from.join(location).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// The address's host when it is an IP address.
pub(in super::super) fn literal(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Ipv4(ip) => Some(IpAddr::V4(ip)),
        Host::Ipv6(ip) => Some(IpAddr::V6(ip)),
        Host::Domain(_) => None,
    }
}

/// True for addresses that the open web has no business to send a reader to: this machine, its networks, and what is
/// neither.
pub(in super::super) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => match embedded_v4(ip) {
            Some(v4) => is_private_v4(v4),
            None => {
                ip.is_loopback()
                    || ip.is_unspecified()
                    || ip.is_multicast()
                    || ip.is_unique_local()
                    || ip.is_unicast_link_local()
            }
        },
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_unspecified()
        || ip.is_broadcast()
        || ip.is_multicast()
        || a == 0
        // Carrier-grade NAT, and benchmarking.
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || a >= 240
}

/// `::ffff:a.b.c.d`, and the NAT64 form `64:ff9b::a.b.c.d`.
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = ip.segments();
    let last = Ipv4Addr::from((u32::from(segments[6]) << 16) | u32::from(segments[7]));
    let nat64 = segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
    ip.to_ipv4_mapped().or(nat64.then_some(last))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::token("https://a.example/feed?token=hush&x=1#top", "https://a.example/feed?token=…&x=…")]
    #[case::password("https://me:hush@a.example/feed", "https://a.example/feed")]
    #[case::plain("http://a.example:8080/rss", "http://a.example:8080/rss")]
    #[case::broken("hush", "<not an address>")]
    #[case::no_host("data:text/plain,hush", "data:…")]
    #[case::alert(
        "https://www.google.com/alerts/feeds/01662123773360489091/17860385030804394525",
        "https://www.google.com/alerts/feeds/…/…"
    )]
    #[case::short_alert("https://www.google.com/alerts/feeds/1/2", "https://www.google.com/alerts/feeds/…/…")]
    #[case::key_in_the_path("https://a.example/feed/9f86d081884c7d659a2f.xml", "https://a.example/feed/…")]
    #[case::uuid("https://a.example/6ba7b810-9dad-11d1-80b4-00c04fd430c8/rss", "https://a.example/…/rss")]
    #[case::mixed("https://a.example/hook/AbCdEf12-hKl_xYz09", "https://a.example/hook/…")]
    #[case::story(
        "https://a.example/2026/11/council-votes-on-2027-budget/",
        "https://a.example/2026/11/council-votes-on-2027-budget/"
    )]
    #[case::method(
        "https://a.example/xrpc/app.bsky.notification.listNotifications",
        "https://a.example/xrpc/app.bsky.notification.listNotifications"
    )]
    #[case::channel(
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCab12",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCab12"
    )]
    fn secrets_are_left_out(#[case] address: &str, #[case] expected: &str) {
        assert_eq!(redacted(address), expected);
    }

    #[rstest]
    #[case::this_machine("127.0.0.1", true)]
    #[case::home("192.168.1.1", true)]
    #[case::cloud_metadata("169.254.169.254", true)]
    #[case::carrier("100.64.0.1", true)]
    #[case::zero("0.0.0.0", true)]
    #[case::v6_this_machine("::1", true)]
    #[case::v6_local("fd00::1", true)]
    #[case::v6_link("fe80::1", true)]
    #[case::mapped("::ffff:10.0.0.1", true)]
    #[case::nat64("64:ff9b::7f00:1", true)]
    #[case::public("93.184.216.34", false)]
    #[case::v6_public("2606:2800:220:1::1", false)]
    fn private_addresses_are_known(#[case] ip: &str, #[case] expected: bool) {
        assert_eq!(is_private(ip.parse().expect("an address")), expected);
    }

    #[rstest]
    #[case::relative("/new", Some("http://a.example/new"))]
    #[case::other_scheme("file:///etc/passwd", None)]
    #[case::script("javascript:alert(1)", None)]
    #[case::https("https://b.example/", Some("https://b.example/"))]
    fn redirects_lead_to_the_web_only(#[case] location: &str, #[case] expected: Option<&str>) {
        let from = Url::parse("http://a.example/old").expect("an address");
        assert_eq!(redirect_target(&from, location).as_ref().map(Url::as_str), expected);
    }
}
