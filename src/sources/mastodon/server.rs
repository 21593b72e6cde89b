//! One server, asked with the account's token.
//!
//! What enters: where it is and what lets us in. What leaves: who we are there, what the server says of itself, pages of its
//! timelines, single posts. A server that knows the second version of a call and one that knows only the first are alike
//! from here on; one that knows neither is taken at its address.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use url::Url;

use super::super::http::{Api, Clients, Quota, Reply, Request, is_public, redacted};
use super::super::{Cause, Retry, SourceError};
use super::timeline::Timeline;
use super::wire::{Account, Instance, Status};
use crate::config::{MastodonAccount, Revealed};

/// The most posts of a page; more than 40 are given for notifications only.
const LIMIT: usize = 40;

/// A server that let us in.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) api: Api,
    pub(super) token: Revealed,
    /// The account's id there.
    pub(super) own: Option<String>,
    /// The server's name in the names of its accounts.
    pub(super) domain: String,
    /// Where its streams are.
    pub(super) streaming: Url,
    /// How long a post may be, where it says so.
    pub(super) post_length: Option<usize>,
    /// It says that it shows hashtags to nobody.
    pub(super) hides_hashtags: bool,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy)]
pub(super) enum From<'a> {
    /// The newest.
    Newest,
    /// Right after this id, towards the newer ones.
    After(&'a str),
    /// Right before this id, towards the older ones.
    Before(&'a str),
}

/// A page, the newest first whichever way it was asked for.
#[derive(Debug)]
pub(super) struct Page {
    /// Its elements, each as it came.
    pub(super) elements: Vec<Box<RawValue>>,
    /// From where the newer ones follow, where the server says so.
    pub(super) newer: Option<String>,
    /// From where the older ones follow, where the server says so.
    pub(super) older: Option<String>,
    pub(super) quota: Option<Quota>,
}

impl Server {
    /// Asks who we are and what the server is.
    pub(super) async fn greet(
        account: &MastodonAccount,
        token: Revealed,
        http: Arc<Clients>,
        now: DateTime<Utc>,
    ) -> Result<Self, SourceError> {
        let api = Api::new(&account.server, http)?;
        let own: Account = get(&api, &token, &Request::get("api/v1/accounts/verify_credentials"), now).await?.json()?;
        let instance = instance(&api, &token, now).await?;
        let streaming = streaming(api.base(), instance.streaming()).await;
        let host = api.base().host_str().unwrap_or_default();
        let address = api.base().port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let domain = instance.domain().map_or(address, str::to_owned);
        let (post_length, hides_hashtags) = (instance.max_characters(), instance.hides_hashtags());
        Ok(Self { own: own.id, token, domain, streaming, post_length, hides_hashtags, api })
    }

    /// One page of a timeline.
    pub(super) async fn page(
        &self,
        timeline: &Timeline,
        from: From<'_>,
        now: DateTime<Utc>,
    ) -> Result<Page, SourceError> {
        let path = timeline.path();
        let mut request = Request::get(&path).query("limit", LIMIT.to_string());
        if *timeline == Timeline::Mentions {
            request = request.query("types[]", "mention");
        }
        request = match from {
            From::Newest => request,
            From::After(id) => request.query("min_id", id),
            From::Before(id) => request.query("max_id", id),
        };
        let reply = get(&self.api, &self.token, &request, now).await?;
        let (newer, older) = (linked(&reply, "prev", "min_id"), linked(&reply, "next", "max_id"));
        Ok(Page { elements: reply.json()?, newer, older, quota: reply.quota(now) })
    }

    /// Fails when the token is no longer good.
    pub(super) async fn still_lets_us_in(&self, now: DateTime<Utc>) -> Result<(), SourceError> {
        get(&self.api, &self.token, &Request::get("api/v1/accounts/verify_credentials"), now).await.map(drop)
    }

    /// Where its streams are, safe to show.
    pub(super) fn shown_streaming(&self) -> String {
        redacted(self.streaming.as_str())
    }

    /// A post as it is now; `None` when it is gone, or no longer shown to us.
    pub(super) async fn post(&self, id: &str, now: DateTime<Utc>) -> Result<Option<Status>, SourceError> {
        let path = format!("api/v1/statuses/{id}");
        let reply = self.api.ask(&Request::get(&path).bearer(&self.token)).await?;
        match reply.status {
            200 => reply.json().map(Some),
            404 | 410 => Ok(None),
            _ => Err(reply.error(now)),
        }
    }
}

/// An answer that is whole: `206` means that the server is still gathering it.
async fn get(api: &Api, token: &Revealed, request: &Request<'_>, now: DateTime<Utc>) -> Result<Reply, SourceError> {
    let reply = api.get_well(&request.clone().bearer(token), now).await?;
    if reply.status == 206 { Err(reply.error(now)) } else { Ok(reply) }
}

/// The second version, else the first, else nothing: some servers answer the second with 500 (Takahe), some know neither.
async fn instance(api: &Api, token: &Revealed, now: DateTime<Utc>) -> Result<Instance, SourceError> {
    for path in ["api/v2/instance", "api/v1/instance"] {
        let read = match get(api, token, &Request::get(path), now).await {
            Ok(reply) => reply.json(),
            Err(error) => Err(error),
        };
        match read {
            Ok(instance) => return Ok(instance),
            Err(error) if is_about_the_answer(&error) => {
                tracing::debug!(?error, path, "the server does not describe itself");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Instance::default())
}

/// The server was reached and said something, other than that it is asked too often.
pub(super) fn is_about_the_answer(error: &SourceError) -> bool {
    match error.cause {
        Cause::Answered { status, .. } => status != 429,
        Cause::BadAnswer { .. } => true,
        _ => false,
    }
}

/// How long to wait when the server is asked too often: as long as it says, else `usual`.
pub(super) fn asked_too_often(error: &SourceError, usual: Duration) -> Option<Duration> {
    match (&error.cause, error.retry) {
        (Cause::Answered { status: 429, .. }, Retry::After { at_least }) => Some(at_least.unwrap_or(usual)),
        _ => None,
    }
}

/// The base of the streams' addresses. The token goes there, so that it is encrypted where the server is, and on the open
/// web where the server is; what the server says against that is not followed.
async fn streaming(server: &Url, told: Option<&str>) -> Url {
    let told = told.and_then(|told| {
        let (scheme, rest) = told.split_once("://")?;
        let scheme = match scheme {
            "ws" | "http" => "http",
            "wss" | "https" => "https",
            _ => return None,
        };
        Url::parse(&format!("{scheme}://{rest}")).ok().filter(Url::has_host)
    });
    match told {
        Some(told) if told.host_str() == server.host_str() || !is_public(server).await || is_public(&told).await => {
            if server.scheme() == "https" && told.scheme() != "https" {
                server.clone()
            } else {
                told
            }
        }
        _ => server.clone(),
    }
}

/// The parameter `name` of the link with the relation `relation`: where the next page begins, in the server's own words.
fn linked(reply: &Reply, relation: &str, name: &str) -> Option<String> {
    let links = reply.headers.get_all("link").iter().filter_map(|value| value.to_str().ok());
    for link in links.flat_map(|value| value.split('<').skip(1)) {
        let (address, rest) = link.split_once('>')?;
        let is_meant = rest.split(';').any(|part| {
            let part = part.trim().trim_end_matches(',').trim();
            part.strip_prefix("rel=").is_some_and(|value| value.trim_matches('"') == relation)
        });
        if is_meant {
            let address = Url::parse(address).or_else(|_| Url::parse("http://a.invalid/")?.join(address)).ok()?;
            let found = address.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
            return found.filter(|id| !id.is_empty());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderValue};
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::recorded(
        r#"<http://h/api/v1/notifications?max_id=21&types%5B%5D=mention>; rel="next", <http://h/api/v1/notifications?min_id=22&types%5B%5D=mention>; rel="prev""#,
        Some("22"),
        Some("21")
    )]
    #[case::next_only(r#"<https://h/x?max_id=21>; rel="next""#, None, Some("21"))]
    #[case::relative("</x?min_id=a%2Fb>; rel=prev", Some("a/b"), None)]
    #[case::other_parameter(r#"<https://h/x?since_id=3>; rel="prev""#, None, None)]
    #[case::empty(r#"<https://h/x?min_id=>; rel="prev""#, None, None)]
    #[case::broken(r#"<https://h/x?min_id=3; rel="prev""#, None, None)]
    #[case::none("", None, None)]
    fn links_are_read(#[case] header: &str, #[case] newer: Option<&str>, #[case] older: Option<&str>) {
        let headers =
            HeaderMap::from_iter([("link".parse().expect("a name"), HeaderValue::from_str(header).expect("a value"))]);
        let reply = Reply { status: 200, headers, body: Vec::new(), url: String::new(), sent: Vec::new() };
        assert_eq!(linked(&reply, "prev", "min_id").as_deref(), newer);
        assert_eq!(linked(&reply, "next", "max_id").as_deref(), older);
    }

    #[rstest]
    #[case::elsewhere("https://93.184.216.34/", Some("wss://93.184.216.35"), "https://93.184.216.35/")]
    #[case::in_the_clear("https://93.184.216.34/", Some("ws://93.184.216.34"), "https://93.184.216.34/")]
    #[case::this_machine("https://93.184.216.34/", Some("wss://127.0.0.1:4000"), "https://93.184.216.34/")]
    #[case::for_a_test("http://127.0.0.1:3000/", Some("ws://127.0.0.1:4000"), "http://127.0.0.1:4000/")]
    #[case::nonsense("https://93.184.216.34/", Some("file:///etc/passwd"), "https://93.184.216.34/")]
    #[case::not_told("https://93.184.216.34/", None, "https://93.184.216.34/")]
    #[tokio::test]
    async fn streams_are_where_the_token_may_go(
        #[case] server: &str,
        #[case] told: Option<&str>,
        #[case] expected: &str,
    ) {
        let server = Url::parse(server).expect("an address");
        assert_eq!(streaming(&server, told).await.as_str(), expected);
    }
}
