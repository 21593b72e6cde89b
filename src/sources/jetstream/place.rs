//! Where reading goes on, and the address that asks for it.
//!
//! What enters: the configured address, and what was read last. What leaves: the address to connect to, and the cursor. By
//! time a server is asked for a few seconds more than were missed, because its events are only roughly in order; what was
//! kept in those seconds is remembered, so that nothing comes twice. A number counts for the server that gave it alone.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::frame::POSTS;
use super::reader::Seen;

/// How far back the reading begins again, in microseconds.
const OVERLAP: u64 = 5_000_000;
/// The network is never silent for so long: what lies between was missed. In microseconds.
const GAP: u64 = 600_000_000;
/// The most revisions that are remembered; more are kept in [`OVERLAP`] only in a flood.
const MOST: usize = 1_024;

/// A server's address.
#[derive(Debug)]
pub(super) struct Endpoint {
    url: Url,
    is_second: bool,
}

/// How a server is asked to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// By the server's own numbers where they are known, else by time.
    Number,
    /// By time, which a server that does not go back so far makes the best of.
    Time,
}

/// The cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// When the server saw the last event, in microseconds since 1970; 0 before the first.
    time_us: u64,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
    /// The server whose number it is: host, port and path.
    #[serde(default)]
    instance: String,
    /// The moments and hashes of the revisions kept lately, the oldest first.
    #[serde(default, skip_serializing_if = "VecDeque::is_empty")]
    kept: VecDeque<(u64, u64)>,
}

impl Endpoint {
    /// Reads the configured address; `None` when it is none.
    pub(super) fn new(url: &str) -> Option<Self> {
        let mut url = Url::parse(url).ok()?;
        url.host_str()?;
        if url.path().trim_matches('/').is_empty() {
            url.set_path("/subscribe");
        }
        let is_second = url.path().ends_with("subscribeEvents");
        Some(Self { url, is_second })
    }

    /// What the protocol calls itself at the upgrade.
    pub(super) fn subprotocol(&self) -> Option<&'static str> {
        self.is_second.then_some("xrpc.v1.json")
    }

    fn instance(&self) -> String {
        let port = self.url.port().map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}{port}{}", self.url.host_str().unwrap_or_default(), self.url.path())
    }

    /// The address of the posts from `place` on; without one, from now on.
    pub(super) fn address(&self, place: Option<&Place>, by: By) -> String {
        let mut url = self.url.clone();
        let asked: Vec<(String, String)> = url.query_pairs().into_owned().filter(|(key, _)| key != "cursor").collect();
        let usual: &[(&str, &str)] = if self.is_second {
            &[("kinds", "commit"), ("collections", POSTS)]
        } else {
            &[("wantedCollections", POSTS)]
        };
        let cursor = place.filter(|place| place.time_us > 0).map(|place| self.cursor(place, by).to_string());
        {
            let mut query = url.query_pairs_mut();
            query.clear().extend_pairs(&asked);
            let is_asked = |name: &str| asked.iter().any(|(key, _)| key == name);
            query.extend_pairs(usual.iter().filter(|(name, _)| !is_asked(name)));
            query.extend_pairs(cursor.map(|cursor| ("cursor", cursor)));
        }
        url.into()
    }

    /// A number is told from a moment by its size.
    fn cursor(&self, place: &Place, by: By) -> u64 {
        let number = place.seq.filter(|_| self.is_second && by == By::Number && place.instance == self.instance());
        number.unwrap_or(place.time_us.saturating_sub(OVERLAP))
    }
}

impl Place {
    /// From now on, numbers are those of `endpoint`.
    pub(super) fn begin(&mut self, endpoint: &Endpoint) {
        let instance = endpoint.instance();
        if self.instance != instance {
            self.instance = instance;
            self.seq = None;
        }
    }

    /// Takes note of an event that was read.
    pub(super) fn pass(&mut self, seen: &Seen) {
        self.time_us = seen.time_us.unwrap_or(self.time_us);
        self.seq = seen.seq.or(self.seq);
    }

    /// This place, but with what was kept by then at `later`.
    pub(super) fn with_kept_of(&self, later: &Self) -> Self {
        Self { kept: later.kept.clone(), ..self.clone() }
    }

    /// True when this revision was not kept yet; it is from now on.
    pub(super) fn keep(&mut self, revision: u64) -> bool {
        if self.kept.iter().any(|(_, kept)| *kept == revision) {
            return false;
        }
        self.kept.push_back((self.time_us, revision));
        // Twice the overlap: events are only roughly in order.
        let oldest = self.time_us.saturating_sub(2 * OVERLAP);
        while self.kept.len() > MOST || self.kept.front().is_some_and(|(at, _)| *at < oldest) {
            self.kept.pop_front();
        }
        true
    }

    /// How much of the stream is missing between this place and the first event read after it.
    pub(super) fn gap(&self, first: &Seen) -> Option<Duration> {
        let gap = first.time_us?.checked_sub(self.time_us)?;
        (self.time_us > 0 && gap > GAP).then_some(Duration::from_micros(gap))
    }

    /// When the server saw the last event.
    pub(super) fn time_us(&self) -> Option<u64> {
        Some(self.time_us).filter(|time| *time > 0)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::reader::Caught;
    use super::*;

    const NOW: u64 = 1_779_719_009_132_431;

    fn seen(time_us: u64, seq: Option<u64>) -> Seen {
        Seen { time_us: Some(time_us), seq, caught: Caught::Nothing }
    }

    fn read(url: &str) -> (Endpoint, Place) {
        let endpoint = Endpoint::new(url).expect("an address");
        let mut place = Place::default();
        place.begin(&endpoint);
        place.pass(&seen(NOW, Some(42)));
        (endpoint, place)
    }

    #[rstest]
    #[case::host_alone("wss://a.example", "wss://a.example/subscribe?wantedCollections=app.bsky.feed.post")]
    #[case::first("ws://a.example:8/subscribe", "ws://a.example:8/subscribe?wantedCollections=app.bsky.feed.post")]
    #[case::own_wishes(
        "wss://a.example/subscribe?wantedCollections=x.y&wantedDids=did:plc:a&cursor=5",
        "wss://a.example/subscribe?wantedCollections=x.y&wantedDids=did%3Aplc%3Aa"
    )]
    #[case::second(
        "wss://a.example/xrpc/network.bsky.jetstream.subscribeEvents",
        "wss://a.example/xrpc/network.bsky.jetstream.subscribeEvents?kinds=commit&collections=app.bsky.feed.post"
    )]
    fn posts_are_asked_for(#[case] url: &str, #[case] address: &str) {
        let endpoint = Endpoint::new(url).expect("an address");
        for place in [None, Some(&Place::default())] {
            assert_eq!(endpoint.address(place, By::Number), address);
        }
    }

    #[rstest]
    #[case::first("wss://a.example", By::Number, "cursor=1779719004132431")]
    #[case::second("wss://a.example/x.subscribeEvents", By::Number, "cursor=42")]
    #[case::second_by_time("wss://a.example/x.subscribeEvents", By::Time, "cursor=1779719004132431")]
    fn reading_goes_on(#[case] url: &str, #[case] by: By, #[case] cursor: &str) {
        let (endpoint, place) = read(url);
        let place: Place = serde_json::from_value(serde_json::to_value(&place).expect("JSON")).expect("a place");
        assert!(endpoint.address(Some(&place), by).ends_with(cursor));
    }

    #[test]
    fn a_number_is_of_one_server_alone() {
        let (_, place) = read("wss://a.example/x.subscribeEvents");
        for elsewhere in ["wss://b.example/x.subscribeEvents", "wss://a.example:444/x.subscribeEvents"] {
            let elsewhere = Endpoint::new(elsewhere).expect("an address");
            assert!(elsewhere.address(Some(&place), By::Number).ends_with("cursor=1779719004132431"));
            let mut place = place.clone();
            place.begin(&elsewhere);
            assert_eq!((place.time_us(), place.seq), (Some(NOW), None));
        }
    }

    #[test]
    fn what_was_kept_lately_is_not_kept_again() {
        let (_, mut place) = read("wss://a.example");
        assert!(place.keep(7) && !place.keep(7) && place.keep(8));
        place.pass(&seen(NOW + 3 * OVERLAP, None));
        assert!(place.keep(9) && place.keep(7));
        for revision in 0..5_000 {
            place.keep(revision);
        }
        assert_eq!(place.kept.len(), MOST);
    }

    #[rstest]
    #[case::none(OVERLAP, None)]
    #[case::long(3_600_000_000, Some(Duration::from_hours(1)))]
    fn a_gap_is_noticed(#[case] later: u64, #[case] span: Option<Duration>) {
        let (_, place) = read("wss://a.example");
        assert_eq!(place.gap(&seen(NOW + later, None)), span);
        assert_eq!(place.gap(&seen(NOW - later, None)), None);
        assert_eq!(Place::default().gap(&seen(NOW, None)), None);
    }
}
