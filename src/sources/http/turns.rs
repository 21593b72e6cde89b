//! One at a time: many feeds of one host are asked for one after the other.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

/// Beyond so many hosts, those that nobody waits for are forgotten.
const REMEMBERED: usize = 1024;

/// The right to ask a host; given back when it is dropped.
pub(in super::super) type Turn = OwnedSemaphorePermit;

/// Whose turn it is at each host.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<String, Arc<Semaphore>>>);

impl Turns {
    /// Waits for the turn at the host of `url`. `None`, at once, for an address without a host.
    pub(super) async fn take(&self, url: &Url) -> Option<Turn> {
        let host = format!("{}:{}", url.host_str()?, url.port_or_known_default().unwrap_or_default());
        let semaphore = {
            let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if hosts.len() > REMEMBERED {
                hosts.retain(|_, semaphore| Arc::strong_count(semaphore) > 1);
            }
            hosts.entry(host).or_insert_with(|| Arc::new(Semaphore::new(1))).clone()
        };
        // It is never closed.
        semaphore.acquire_owned().await.ok()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn a_host_is_asked_by_one_at_a_time() {
        let turns = Turns::default();
        let url = |text: &str| Url::parse(text).expect("an address");
        let take = |text: &str| turns.take(&url(text)).now_or_never().flatten();
        let first = take("https://a.example/1");
        assert!(first.is_some());
        assert!(take("https://a.example/2").is_none(), "it waits");
        assert!(take("https://b.example/1").is_some(), "another host does not");
        drop(first);
        assert!(take("https://a.example/2").is_some());
    }

    #[test]
    fn hosts_nobody_waits_for_are_forgotten() {
        let turns = Turns::default();
        let held = turns.take(&Url::parse("http://held.example/").expect("an address")).now_or_never();
        for number in 0..REMEMBERED + 10 {
            let url = Url::parse(&format!("http://a{number}.example/")).expect("an address");
            assert!(turns.take(&url).now_or_never().flatten().is_some());
        }
        let hosts = turns.0.lock().expect("no test panicked");
        assert!(hosts.len() < 20 && hosts.contains_key("held.example:80"), "{}", hosts.len());
        drop(held);
    }
}
