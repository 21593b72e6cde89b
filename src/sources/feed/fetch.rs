//! One conditional GET, with every limit.
//!
//! What enters: an address and the validators of its last answer, sent back verbatim. What leaves: a document, "not
//! modified", or a typed error. Redirects are followed by hand, at most five, over http and https only, and never from the open
//! web into private addresses, by name or by number. Nothing is ever read beyond the size limit, compressed or not.

use std::error::Error;
use std::io;
use std::sync::Once;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ETAG, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER};
use reqwest::{Client, Response, redirect};
use tokio::sync::OnceCell;
use url::Url;

use super::super::{Cause, SourceError};
use super::address::{is_private, literal, redacted, redirect_target};

/// What a fetch may cost.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Limits {
    /// For everything, redirects and body included.
    pub(in super::super) time: Duration,
    /// Of the body, after decompression.
    pub(in super::super) bytes: usize,
    pub(in super::super) redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(20), bytes: 8 << 20, redirects: 5 }
    }
}

/// What is asked.
#[derive(Debug)]
pub(in super::super) struct Ask<'a> {
    pub(in super::super) url: &'a str,
    pub(in super::super) etag: Option<&'a str>,
    pub(in super::super) last_modified: Option<&'a str>,
}

/// What came.
#[derive(Debug)]
pub(in super::super) enum Answer {
    /// The same as last time.
    NotModified,
    /// A document.
    Document(Document),
}

/// A body and how to ask whether it changed.
#[derive(Debug)]
pub(in super::super) struct Document {
    pub(in super::super) body: Vec<u8>,
    /// Where it was found in the end.
    pub(in super::super) url: String,
    pub(in super::super) etag: Option<String>,
    pub(in super::super) last_modified: Option<String>,
}

/// Fetches; its connections are set up at the first use.
#[derive(Debug)]
pub(in super::super) struct Fetcher {
    limits: Limits,
    /// For the configured address, wherever it is.
    open: OnceCell<Client>,
    /// For where the open web redirects to: names that lead to private addresses do not resolve.
    guarded: OnceCell<Client>,
}

impl Fetcher {
    pub(in super::super) fn new(limits: Limits) -> Self {
        Self { limits, open: OnceCell::new(), guarded: OnceCell::new() }
    }

    /// Asks, and follows. The second value is the address it moved to for good, if it did.
    pub(in super::super) async fn fetch(
        &self,
        ask: &Ask<'_>,
        now: DateTime<Utc>,
    ) -> Result<(Answer, Option<String>), SourceError> {
        let fetched = tokio::time::timeout(self.limits.time, self.follow(ask, now)).await;
        fetched.unwrap_or_else(|_| Err(SourceError::retryable(Cause::TimedOut { url: redacted(ask.url) })))
    }

    async fn follow(&self, ask: &Ask<'_>, now: DateTime<Utc>) -> Result<(Answer, Option<String>), SourceError> {
        let Ok(first) = Url::parse(ask.url) else {
            return Err(SourceError::permanent(unreachable(ask.url, "not an address")));
        };
        let (mut url, mut moved, mut all_permanent) = (first.clone(), None, true);
        let mut client = self.client(&self.open, &first, false).await?;
        for _ in 0..=self.limits.redirects {
            let response = self.get(client, &url, ask).await?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return self.answer(response, &url, now).await.map(|answer| (answer, moved));
            }
            let location = header(response.headers(), &LOCATION).unwrap_or_default();
            let Some(next) = redirect_target(&url, &location) else {
                return Err(SourceError::retryable(forbidden(&url, &location)));
            };
            if is_public(&first).await {
                if literal(&next).is_some_and(is_private) {
                    return Err(SourceError::retryable(forbidden(&url, next.as_str())));
                }
                client = self.client(&self.guarded, &next, true).await?;
            }
            all_permanent &= matches!(status, 301 | 308);
            if all_permanent {
                moved = Some(next.to_string());
            }
            url = next;
        }
        Err(SourceError::retryable(Cause::TooManyRedirects { url: redacted(first.as_str()) }))
    }

    async fn get(&self, client: &Client, url: &Url, ask: &Ask<'_>) -> Result<Response, SourceError> {
        let accept =
            "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";
        let mut request = client.get(url.clone()).header("accept", accept);
        // A value the server itself sent; one that is no header value was never stored.
        if let Some(etag) = ask.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = ask.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        request.send().await.map_err(|error| SourceError::retryable(broken(url, error)))
    }

    async fn answer(&self, response: Response, url: &Url, now: DateTime<Utc>) -> Result<Answer, SourceError> {
        let status = response.status().as_u16();
        let shown = redacted(url.as_str());
        match status {
            200 => {}
            304 => return Ok(Answer::NotModified),
            410 => return Err(SourceError::permanent(Cause::Gone { url: shown })),
            _ => {
                let at_least = header(response.headers(), &RETRY_AFTER).and_then(|text| retry_after(&text, now));
                return Err(SourceError::retryable_after(Cause::Status { url: shown, status }, at_least));
            }
        }
        let etag = header(response.headers(), &ETAG);
        let last_modified = header(response.headers(), &LAST_MODIFIED);
        let body = self.body(response, url).await?;
        Ok(Answer::Document(Document { body, url: url.to_string(), etag, last_modified }))
    }

    async fn body(&self, mut response: Response, url: &Url) -> Result<Vec<u8>, SourceError> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| SourceError::retryable(broken(url, error)))? {
            if body.len() + chunk.len() > self.limits.bytes {
                let cause = Cause::TooLarge { what: redacted(url.as_str()), limit: self.limits.bytes as u64 };
                return Err(SourceError::retryable(cause));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    async fn client<'a>(
        &self,
        slot: &'a OnceCell<Client>,
        url: &Url,
        guarded: bool,
    ) -> Result<&'a Client, SourceError> {
        let local = literal(url).is_some_and(|ip| ip.is_loopback()) || url.host_str() == Some("localhost");
        let encrypted = url.scheme() == "https";
        slot.get_or_try_init(|| async move {
            // Reading the machine's certificates blocks.
            let built = tokio::task::spawn_blocking(move || build(local, encrypted, guarded)).await;
            let built =
                built.map_err(|ended| ended.to_string()).and_then(|built| built.map_err(|error| innermost(&error)));
            built.map_err(|error| SourceError::retryable(Cause::NoTls(error)))
        })
        .await
    }
}

fn build(local: bool, encrypted: bool, guarded: bool) -> reqwest::Result<Client> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that one is installed already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let builder = || {
        let builder = Client::builder()
            .user_agent(concat!("frontdesk/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(Duration::from_secs(10))
            .pool_max_idle_per_host(1);
        let builder = if local { builder.no_proxy() } else { builder };
        if guarded { builder.dns_resolver(PublicOnly) } else { builder }
    };
    // Certificates are checked by the operating system's verifier. A machine without any can still read plain http; then
    // no certificate is trusted at all.
    match builder().build() {
        Err(_) if !encrypted => builder().tls_certs_only([]).build(),
        built => built,
    }
}

/// Resolves names, and leaves out private addresses.
#[derive(Debug, Clone, Copy)]
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<_> = found.filter(|address| !is_private(address.ip())).collect();
            if public.is_empty() {
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "a private address").into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// True when the configured address is one of the open web; what does not resolve counts as public, which is the stricter.
async fn is_public(url: &Url) -> bool {
    if let Some(ip) = literal(url) {
        return !is_private(ip);
    }
    let host = url.host_str().unwrap_or_default();
    match tokio::net::lookup_host((host, 0)).await {
        Ok(mut found) => !found.all(|address: std::net::SocketAddr| is_private(address.ip())),
        Err(_) => true,
    }
}

/// Seconds, or an HTTP date.
fn retry_after(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = DateTime::parse_from_rfc2822(text).ok()?;
    (at.to_utc() - now).to_std().ok()
}

fn header(headers: &HeaderMap, name: &reqwest::header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

fn unreachable(url: &str, error: &str) -> Cause {
    Cause::Unreachable { url: redacted(url), error: error.to_owned() }
}

fn forbidden(from: &Url, target: &str) -> Cause {
    let target = if Url::parse(target).is_ok() { redacted(target) } else { "<not an address>".to_owned() };
    Cause::ForbiddenRedirect { url: redacted(from.as_str()), target }
}

/// The library's error without its address, which may hold a secret.
fn broken(url: &Url, error: reqwest::Error) -> Cause {
    let error = error.without_url();
    unreachable(url.as_str(), &innermost(&error))
}

/// The first cause, which is the one that says something.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::seconds("120", Some(120))]
    #[case::date("Fri, 20 Nov 2026 17:01:30 GMT", Some(90))]
    #[case::past("Fri, 20 Nov 2026 16:00:00 GMT", None)]
    #[case::nonsense("soon", None)]
    fn retry_after_is_read(#[case] text: &str, #[case] seconds: Option<u64>) {
        let now = "2026-11-20T17:00:00Z".parse().expect("an instant");
        assert_eq!(retry_after(text, now), seconds.map(Duration::from_secs));
    }

    #[tokio::test]
    async fn names_of_private_addresses_do_not_resolve_for_the_open_web() {
        let name: Name = "localhost".parse().expect("a name");
        assert!(PublicOnly.resolve(name).await.is_err());
    }
}
