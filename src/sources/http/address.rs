//! Addresses: what may be shown of one, and where a redirect may lead.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// The address without what may be a secret: user name and password, the values of its query, its fragment.
pub fn redacted(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return "<not an address>".to_owned() };
    let names: Vec<String> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    // An address that cannot hold these has none to remove.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    let mut text = url.to_string();
    for (index, name) in names.iter().enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        text.extend(url::form_urlencoded::byte_serialize(name.as_bytes()));
        text.push_str("=…");
    }
    text
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
