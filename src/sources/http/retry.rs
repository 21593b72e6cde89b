//! How often the other side lets itself be asked, in all the dialects servers speak.
//!
//! `Retry-After` holds seconds or an HTTP date (RFC 9110 §10.2.3). The headers of rate limits hold their reset as seconds to
//! go (Reddit, with decimals; the IETF draft), as a unix time (Bluesky) or as an instant with its zone (Mastodon).
//! Instants are counted from the server's own `Date`: a wrong clock on this machine waits no longer for it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// Numbers from here on are unix times; no server asks for a wait of thirty years.
const UNIX_SECONDS: f64 = 1e9;
const UNIX_MILLISECONDS: f64 = 1e12;

/// What is left of what may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Quota {
    /// Requests left until then.
    pub remaining: u64,
    /// Of how many, where the server says so.
    pub limit: Option<u64>,
    /// When all of them are there again, by this machine's clock.
    pub resets_at: Option<DateTime<Utc>>,
}

/// What the headers say of a rate limit; `None` when they say nothing.
pub(in super::super) fn quota(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Quota> {
    let either = |name: &str| {
        let dialects = [format!("ratelimit-{name}"), format!("x-ratelimit-{name}")];
        dialects.iter().find_map(|name| headers.get(name.as_str())?.to_str().ok()).map(str::trim)
    };
    let number = |text: &str| text.parse().ok().filter(|number: &f64| *number >= 0.0).map(|number| number as u64);
    let remaining = either("remaining").and_then(number)?;
    let resets_in = either("reset").and_then(|text| until(text, headers, now));
    let resets_at = resets_in.and_then(|wait| now.checked_add_signed(chrono::TimeDelta::from_std(wait).ok()?));
    Some(Quota { remaining, limit: either("limit").and_then(number), resets_at })
}

/// How long the server asks to be left alone: `Retry-After`, else until a used-up limit is there again.
pub(in super::super) fn wait(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let asked = headers.get(RETRY_AFTER).and_then(|value| until(value.to_str().ok()?, headers, now));
    let used_up = || {
        let quota = quota(headers, now).filter(|quota| quota.remaining == 0)?;
        (quota.resets_at? - now).to_std().ok()
    };
    asked.or_else(used_up)
}

/// The time to go until what `text` names in any dialect; `None` when that is past or none of them.
fn until(text: &str, headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = text.trim();
    let server_now = headers.get(DATE).and_then(|date| DateTime::parse_from_rfc2822(date.to_str().ok()?).ok());
    let server_now = server_now.map_or(now, |date| date.to_utc());
    let from_server = |instant: DateTime<Utc>| (instant - server_now).to_std().ok();
    if let Ok(number) = text.parse::<f64>() {
        return match number {
            number if !number.is_finite() || number < 0.0 => None,
            number if number >= UNIX_MILLISECONDS => from_server(DateTime::from_timestamp_millis(number as i64)?),
            number if number >= UNIX_SECONDS => from_server(DateTime::from_timestamp(number as i64, 0)?),
            number => Some(Duration::from_secs_f64(number)),
        };
    }
    let instant = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text)).ok()?;
    from_server(instant.to_utc())
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};
    use rstest::rstest;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-20T17:00:00Z".parse().expect("an instant")
    }

    fn headers(lines: &str) -> HeaderMap {
        let pair = |line: &str| {
            let (name, value) = line.split_once(": ").expect("a header");
            let name: HeaderName = name.parse().expect("a header's name");
            (name, HeaderValue::from_str(value).expect("a header's value"))
        };
        lines.lines().map(pair).collect()
    }

    #[rstest]
    #[case::seconds("retry-after: 120", Some(120.0))]
    #[case::date("retry-after: Fri, 20 Nov 2026 17:01:30 GMT", Some(90.0))]
    #[case::past("retry-after: Fri, 20 Nov 2026 16:00:00 GMT", None)]
    #[case::nonsense("retry-after: soon", None)]
    #[case::negative("retry-after: -5", None)]
    #[case::not_a_number("retry-after: NaN", None)]
    #[case::infinite("retry-after: inf", None)]
    #[case::unix("ratelimit-remaining: 0\nratelimit-reset: 1795194060", Some(60.0))]
    #[case::instant("x-ratelimit-remaining: 0\nx-ratelimit-reset: 2026-11-20T17:05:00.123456Z", Some(300.123_456))]
    #[case::to_go("x-ratelimit-remaining: 0.0\nx-ratelimit-reset: 12.5", Some(12.5))]
    #[case::not_used_up("x-ratelimit-remaining: 3\nx-ratelimit-reset: 12.5", None)]
    #[case::retry_after_wins("retry-after: 7\nratelimit-remaining: 0\nratelimit-reset: 1795194060", Some(7.0))]
    #[case::by_the_servers_clock(
        "date: Fri, 20 Nov 2026 19:00:00 GMT\nratelimit-remaining: 0\nratelimit-reset: 1795201230",
        Some(30.0)
    )]
    #[case::silent("content-type: text/html", None)]
    fn the_wait_is_read_in_every_dialect(#[case] lines: &str, #[case] seconds: Option<f64>) {
        assert_eq!(wait(&headers(lines), now()), seconds.map(Duration::from_secs_f64));
    }

    #[test]
    fn what_is_left_is_told() {
        let told = quota(&headers("ratelimit-limit: 3000\nratelimit-remaining: 2999\nratelimit-reset: 60"), now());
        let resets_at = Some("2026-11-20T17:01:00Z".parse().expect("an instant"));
        assert_eq!(told, Some(Quota { remaining: 2999, limit: Some(3000), resets_at }));
        assert_eq!(quota(&headers("ratelimit-limit: 3000"), now()), None);
    }
}
