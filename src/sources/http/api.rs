//! A server's API: JSON in, JSON out, let in by a bearer's secret.
//!
//! What enters: a base address and requests below it. What leaves: whole answers of any status, and their usual failures
//! as errors. The secret goes to the base's own host only, and not in the clear unless that host is this machine or its
//! network. Bodies of errors may be of any shape: JSON, HTML, nothing.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Method, Response};
use serde::de::DeserializeOwned;
use url::Url;

use super::super::{Cause, SourceError};
use super::client::{Clients, body, broken, forbidden, is_public};
use super::{Quota, literal, redacted, redirect_target, retry};
use crate::config::Revealed;

/// Who refuses us may change their mind, or a person has to act: asked again, but rarely.
const AFTER_REFUSAL: Duration = Duration::from_mins(15);

/// The most characters of a server's own words that are kept.
const MAX_SAID: usize = 200;

/// One server.
#[derive(Debug, Clone)]
pub(in super::super) struct Api {
    base: Url,
    clients: Arc<Clients>,
}

/// One request.
#[derive(Debug, Clone)]
pub(in super::super) struct Request<'a> {
    method: Method,
    /// Below the base, or an address of the same server.
    path: &'a str,
    query: Vec<(&'a str, String)>,
    bearer: Option<&'a Revealed>,
    body: Option<serde_json::Value>,
    accept: &'static str,
}

/// A whole answer.
#[derive(Debug)]
pub(in super::super) struct Reply {
    pub(in super::super) status: u16,
    pub(in super::super) headers: HeaderMap,
    pub(in super::super) body: Vec<u8>,
    /// Safe to show.
    pub(in super::super) url: String,
    /// The secrets that were sent, which an answer may repeat.
    pub(in super::super) sent: Vec<Revealed>,
}

impl<'a> Request<'a> {
    pub(in super::super) fn get(path: &'a str) -> Self {
        Self { method: Method::GET, path, query: Vec::new(), bearer: None, body: None, accept: "application/json" }
    }

    pub(in super::super) fn post(path: &'a str, body: Option<serde_json::Value>) -> Self {
        Self { method: Method::POST, body, ..Self::get(path) }
    }

    pub(in super::super) fn query(mut self, name: &'a str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    /// Which type of answer is wanted, where it is not JSON.
    pub(in super::super) fn accept(self, accept: &'static str) -> Self {
        Self { accept, ..self }
    }

    pub(in super::super) fn bearer(self, secret: &'a Revealed) -> Self {
        Self { bearer: Some(secret), ..self }
    }

    /// What must not be shown of it, in whatever place the other side repeats it.
    fn secrets(&self) -> Vec<Revealed> {
        let is_secret = |name: &str| ["password", "token", "secret"].iter().any(|word| name.contains(word));
        let query = self.query.iter().filter(|(name, _)| is_secret(name)).map(|(_, value)| value.as_str());
        let body = self.body.as_ref().and_then(serde_json::Value::as_object).into_iter().flatten();
        let body = body.filter(|(name, _)| is_secret(name)).filter_map(|(_, value)| value.as_str());
        self.bearer.map(Revealed::expose).into_iter().chain(query).chain(body).map(Revealed::new).collect()
    }
}

impl Api {
    /// The server at `base`. Paths of requests are appended to the base's own.
    pub(in super::super) fn new(base: &str, clients: Arc<Clients>) -> Result<Self, SourceError> {
        let mut parsed = Url::parse(base).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        if let Some(url) = &mut parsed
            && !url.path().ends_with('/')
        {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        let unusable = || Cause::Unreachable { url: redacted(base), error: "not an address".to_owned() };
        let base = parsed.ok_or_else(|| SourceError::permanent(unusable()))?;
        Ok(Self { base, clients })
    }

    /// Where it is.
    pub(in super::super) fn base(&self) -> &Url {
        &self.base
    }

    /// Asks, follows redirects of a GET on the same host, and reads the whole answer, whatever its status.
    pub(in super::super) async fn ask(&self, request: &Request<'_>) -> Result<Reply, SourceError> {
        let asked = self.in_time(async {
            let (response, url) = self.follow(request).await?;
            self.reply(response, &url, request).await
        });
        asked.await
    }

    /// What takes longer than an exchange may is not waited for.
    pub(super) async fn in_time<T>(
        &self,
        exchange: impl Future<Output = Result<T, SourceError>>,
    ) -> Result<T, SourceError> {
        let asked = tokio::time::timeout(self.clients.limits.time, exchange).await;
        let timed_out = || SourceError::retryable(Cause::TimedOut { url: redacted(self.base.as_str()) });
        asked.unwrap_or_else(|_| Err(timed_out()))
    }

    /// Asks; an answer that is not a success is the error it means.
    pub(in super::super) async fn get_well(
        &self,
        request: &Request<'_>,
        now: DateTime<Utc>,
    ) -> Result<Reply, SourceError> {
        let reply = self.ask(request).await?;
        if (200..300).contains(&reply.status) { Ok(reply) } else { Err(reply.error(now)) }
    }

    /// Asks and follows; the answer's body is not read yet.
    pub(super) async fn follow(&self, request: &Request<'_>) -> Result<(Response, Url), SourceError> {
        let mut url = self.address(request)?;
        if request.bearer.is_some() && url.scheme() == "http" && is_public(&url).await {
            return Err(SourceError::permanent(Cause::InTheClear { url: redacted(url.as_str()) }));
        }
        for _ in 0..=self.clients.limits.redirects {
            let response = self.send(&url, request).await?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) || request.method != Method::GET {
                return Ok((response, url));
            }
            let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
            match redirect_target(&url, location).filter(|next| is_same_server(&url, next)) {
                Some(next) => url = next,
                None => return Err(SourceError::retryable(forbidden(&url, location))),
            }
        }
        Err(SourceError::retryable(Cause::TooManyRedirects { url: redacted(self.base.as_str()) }))
    }

    fn address(&self, request: &Request<'_>) -> Result<Url, SourceError> {
        let mut url = self.base.join(request.path.trim_start_matches('/')).unwrap_or_else(|_| self.base.clone());
        if !is_same_server(&self.base, &url) {
            return Err(SourceError::retryable(forbidden(&self.base, request.path)));
        }
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        Ok(url)
    }

    async fn send(&self, url: &Url, request: &Request<'_>) -> Result<Response, SourceError> {
        let client = self.clients.configured(url).await?;
        let mut building = client.request(request.method.clone(), url.clone()).header("accept", request.accept);
        if let Some(secret) = request.bearer {
            building = building.bearer_auth(secret.expose());
        }
        if let Some(body) = &request.body {
            building = building.header("content-type", "application/json").body(body.to_string());
        }
        building.send().await.map_err(|error| SourceError::retryable(broken(url, error)))
    }

    /// The whole answer.
    pub(super) async fn reply(
        &self,
        response: Response,
        url: &Url,
        request: &Request<'_>,
    ) -> Result<Reply, SourceError> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = body(response, url, self.clients.limits).await?;
        Ok(Reply { status, headers, body, url: redacted(url.as_str()), sent: request.secrets() })
    }
}

impl Reply {
    /// The body as JSON of the expected shape. What is not UTF-8 in it reads as replacement characters: one bad byte in one
    /// post must not keep all others away.
    pub(in super::super) fn json<T: DeserializeOwned>(&self) -> Result<T, SourceError> {
        let bad = |error: serde_json::Error| Cause::BadAnswer {
            url: self.url.clone(),
            error: self.without_secrets(&error.to_string()),
        };
        let text = String::from_utf8_lossy(&self.body);
        serde_json::from_str(&text).map_err(|error| SourceError::retryable(bad(error)))
    }

    /// What is left of what may be asked.
    pub(in super::super) fn quota(&self, now: DateTime<Utc>) -> Option<Quota> {
        retry::quota(&self.headers, now)
    }

    /// What the server says went wrong, in its own words; they are hostile, and secrets they repeat are left out.
    pub(in super::super) fn said(&self) -> Option<String> {
        let json: serde_json::Value = serde_json::from_slice(&self.body).ok()?;
        // Some list their errors: the first one says what matters.
        let json = json.as_array().and_then(|errors| errors.first()).unwrap_or(&json);
        let texts =
            ["error_description", "message", "error", "description"].iter().filter_map(|key| match &json[*key] {
                serde_json::Value::String(text) => Some(text.as_str()),
                serde_json::Value::Object(inner) => inner.get("message")?.as_str(),
                _ => None,
            });
        let text = texts.map(str::trim).find(|text| !text.is_empty())?;
        Some(self.without_secrets(text).chars().take(MAX_SAID).collect())
    }

    fn without_secrets(&self, text: &str) -> String {
        self.sent.iter().fold(text.to_owned(), |text, secret| secret.hidden_in(&text))
    }

    /// The error that an answer of this status is.
    pub(in super::super) fn error(&self, now: DateTime<Utc>) -> SourceError {
        let cause = Cause::Answered { url: self.url.clone(), status: self.status, said: self.said() };
        let asked = retry::wait(&self.headers, now);
        let usual = matches!(self.status, 401 | 403).then_some(AFTER_REFUSAL);
        SourceError::retryable_after(cause, asked.or(usual))
    }
}

/// The same host and port, encrypted or about to be.
fn is_same_server(from: &Url, to: &Url) -> bool {
    let is_same_port = from.port_or_known_default() == to.port_or_known_default();
    let is_upgrade = from.scheme() == "http" && to.scheme() == "https" && literal(from).is_none();
    from.host_str() == to.host_str() && (from.scheme() == to.scheme() && is_same_port || is_upgrade)
}

#[cfg(test)]
mod tests;
