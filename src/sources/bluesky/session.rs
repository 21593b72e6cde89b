//! The session of one account: signed in once, renewed before it runs out and when the server says that it has.
//!
//! What enters: calls that need an account. What leaves: their replies. Signing in is rare (servers count every try, and allow
//! some tens a day): the tokens are kept on disk, a renewal changes both at once, and only when the server no longer knows
//! the session is the password fetched again. A crash between a renewal and its being kept costs one sign-in. Neither
//! password nor tokens leave this module but in a request to the account's own server.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::super::context::reveal;
use super::super::http::{Api, Clients, Quota, Reply, Request, is_public};
use super::super::{Cause, SourceError};
use super::kept::{self, Account, Tokens};
use super::xrpc::{self, Refused};
use crate::clock::SharedClock;
use crate::config::{Revealed, Secret};

/// A token is renewed so long before it runs out.
const EARLY: TimeDelta = TimeDelta::minutes(5);
/// No token is believed to hold for longer.
const LONGEST: TimeDelta = TimeDelta::days(30);
/// After sign-ins that servers keep failing, and after a session that is refused as soon as it is made: 96 tries a day, which
/// is fewer than any server allows.
const SELDOM: Duration = Duration::from_mins(15);
/// Failed sign-ins in a row that count as a passing trouble.
const PASSING: u32 = 3;
/// A longer token is none.
const MAX_TOKEN: usize = 16 << 10;

/// A session, or what one is made with.
#[derive(Debug)]
pub(super) struct Session {
    account: Account,
    password: Secret,
    /// `None`: it is not kept.
    file: Option<PathBuf>,
    clients: Arc<Clients>,
    clock: SharedClock,
    tokens: Option<Tokens>,
    /// Sign-ins that a server failed, in a row.
    failed: u32,
    quota: Option<Quota>,
}

/// Where the tokens at hand come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fresh {
    Kept,
    Renewed,
    SignedIn,
}

/// The answer to a sign-in or a renewal.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Granted {
    access_jwt: String,
    refresh_jwt: String,
    did: String,
    #[serde(default)]
    did_doc: Value,
}

#[derive(Deserialize)]
struct Claims {
    iat: i64,
    exp: i64,
}

impl Session {
    pub(super) fn new(
        account: Account,
        password: Secret,
        file: Option<PathBuf>,
        (clients, clock): (Arc<Clients>, SharedClock),
    ) -> Self {
        Self { account, password, file, clients, clock, tokens: None, failed: 0, quota: None }
    }

    /// The account's identifier; none before the first call.
    pub(super) fn did(&self) -> Option<&str> {
        self.tokens.as_ref().map(|tokens| tokens.did.as_str())
    }

    /// What the last reply said is left of what may be asked.
    pub(super) fn quota(&self) -> Option<Quota> {
        self.quota
    }

    /// Calls the account's server; a refusal is the error it means.
    pub(super) async fn call(&mut self, request: &Request<'_>) -> Result<Reply, SourceError> {
        let now = self.clock.now();
        self.try_call(request).await?.map_err(|refused| refused.error(now))
    }

    /// Calls the account's server, signed in; a token that is no good is renewed once, then made anew once.
    pub(super) async fn try_call(&mut self, request: &Request<'_>) -> Result<Result<Reply, Refused>, SourceError> {
        let mut fresh = self.ready().await?;
        loop {
            let answer = self.once(request).await?;
            let Err(refused) = &answer else { return Ok(answer) };
            match fresh {
                _ if !refused.is_of_token() => return Ok(answer),
                Fresh::Kept => fresh = self.renew().await?,
                Fresh::Renewed => fresh = self.sign_in().await?,
                Fresh::SignedIn => {
                    let error = refused.error(self.clock.now());
                    return Err(SourceError::retryable_after(error.cause, Some(SELDOM)));
                }
            }
        }
    }

    /// Ends the session at the server.
    pub(super) async fn leave(&mut self) -> Result<(), SourceError> {
        let Some(tokens) = self.tokens.take() else { return Ok(()) };
        let api = Api::new(&tokens.pds, self.clients.clone())?;
        let request = Request::post("xrpc/com.atproto.server.deleteSession", None).bearer(&tokens.refresh);
        // A session that could not be ended runs out by itself.
        xrpc::ask(&api, &request).await.map(drop)
    }

    /// Makes sure that there are tokens which should do.
    async fn ready(&mut self) -> Result<Fresh, SourceError> {
        if self.tokens.is_none() {
            self.tokens = self.file.as_deref().and_then(|file| kept::read(file, &self.account));
        }
        match &self.tokens {
            None => self.sign_in().await,
            Some(tokens) if tokens.renew_at.is_some_and(|at| at <= self.clock.now()) => self.renew().await,
            Some(_) => Ok(Fresh::Kept),
        }
    }

    async fn once(&mut self, request: &Request<'_>) -> Result<Result<Reply, Refused>, SourceError> {
        let Some(tokens) = &self.tokens else { return Err(SourceError::retryable(Cause::Closed)) };
        let api = Api::new(&tokens.pds, self.clients.clone())?;
        let answer = xrpc::ask(&api, &request.clone().bearer(&tokens.access)).await?;
        let reply = match &answer {
            Ok(reply) => reply,
            Err(refused) => refused.reply(),
        };
        self.quota = reply.quota(self.clock.now());
        Ok(answer)
    }

    /// Changes both tokens for new ones. A session that the server does not know any more is made anew; when the server cannot
    /// be reached or is busy, the old tokens stay.
    async fn renew(&mut self) -> Result<Fresh, SourceError> {
        let Some(tokens) = &self.tokens else { return self.sign_in().await };
        let (pds, did) = (tokens.pds.clone(), tokens.did.clone());
        let api = Api::new(&pds, self.clients.clone())?;
        let request = Request::post("xrpc/com.atproto.server.refreshSession", None).bearer(&tokens.refresh);
        match xrpc::ask(&api, &request).await? {
            Ok(reply) => {
                let granted: Granted = reply.json()?;
                if granted.did != did {
                    self.tokens = None;
                    return self.sign_in().await;
                }
                self.take(granted, &pds, &reply).await?;
                Ok(Fresh::Renewed)
            }
            Err(refused) if matches!(refused.reply().status, 400 | 401 | 403) => {
                self.tokens = None;
                self.sign_in().await
            }
            Err(refused) => Err(refused.error(self.clock.now())),
        }
    }

    /// Signs in with the password, at the configured server.
    async fn sign_in(&mut self) -> Result<Fresh, SourceError> {
        let server = self.account.server.clone();
        let api = Api::new(&server, self.clients.clone())?;
        if api.base().scheme() == "http" && is_public(api.base()).await {
            return Err(SourceError::permanent(Cause::InTheClear { url: server }));
        }
        let password = reveal(&self.password).await?;
        let body = json!({ "identifier": self.account.handle, "password": password.expose() });
        let request = Request::post("xrpc/com.atproto.server.createSession", Some(body));
        match xrpc::ask(&api, &request).await? {
            Ok(reply) => {
                let granted: Granted = reply.json()?;
                self.take(granted, &server, &reply).await?;
                self.failed = 0;
                Ok(Fresh::SignedIn)
            }
            Err(refused) => {
                self.failed = self.failed.saturating_add(1);
                let error = refused.of_sign_in(&self.account.handle, self.clock.now());
                Err(if self.failed > PASSING { error.no_sooner_than(SELDOM) } else { error })
            }
        }
    }

    /// Takes over what a server granted, and keeps it before it is used.
    async fn take(&mut self, granted: Granted, server: &str, reply: &Reply) -> Result<(), SourceError> {
        let is_token =
            |token: &str| (1..=MAX_TOKEN).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_token(&granted.access_jwt) || !is_token(&granted.refresh_jwt) || !granted.did.starts_with("did:") {
            let error = "no usable session".to_owned();
            return Err(SourceError::retryable(Cause::BadAnswer { url: reply.url.clone(), error }));
        }
        let pds = match named_server(&granted.did_doc) {
            Some(named) if may_lead(&self.account.server, &named).await => named.to_string(),
            _ => server.to_owned(),
        };
        let tokens = Tokens {
            account: self.account.clone(),
            did: granted.did,
            pds,
            renew_at: renew_at(&granted.access_jwt, self.clock.now()),
            access: Revealed::new(granted.access_jwt),
            refresh: Revealed::new(granted.refresh_jwt),
        };
        if let Some(file) = &self.file
            && let Err(error) = kept::write(file, &tokens)
        {
            // The session is good all the same; the next start signs in again.
            tracing::warn!(%error, path = %file.display(), "a session could not be kept");
        }
        self.tokens = Some(tokens);
        Ok(())
    }
}

/// The account's own server, as its identity document names it.
fn named_server(document: &Value) -> Option<Url> {
    let services = document["service"].as_array()?;
    let own = services.iter().take(100).find(|service| {
        service["id"].as_str().is_some_and(|id| id.ends_with("#atproto_pds"))
            && service["type"] == "AtprotoPersonalDataServer"
    })?;
    let url = Url::parse(own["serviceEndpoint"].as_str()?).ok()?;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    (is_plain && url.has_host() && matches!(url.scheme(), "http" | "https")).then_some(url)
}

/// The configured server may send us on: never to a less protected connection, and never from the open net into a private one.
async fn may_lead(from: &str, to: &Url) -> bool {
    let Ok(from) = Url::parse(from) else { return false };
    (to.scheme() == "https" || from.scheme() == "http") && (!is_public(&from).await || is_public(to).await)
}

/// When to renew a token, from how long it says it holds: by lengths of time only, so that a wrong clock does no harm.
fn renew_at(token: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let Claims { iat, exp } = serde_json::from_slice(&payload).ok()?;
    let holds = TimeDelta::try_seconds(exp.checked_sub(iat)?)?.clamp(TimeDelta::zero(), LONGEST);
    now.checked_add_signed(holds - EARLY.min(holds / 4))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn token(claims: &str) -> String {
        format!("e30.{}.x", URL_SAFE_NO_PAD.encode(claims))
    }

    #[rstest]
    #[case::two_hours(r#"{"iat":1000,"exp":8200}"#, Some(6_900))]
    #[case::a_clock_of_1970(r#"{"iat":-7200,"exp":0}"#, Some(6_900))]
    #[case::a_minute(r#"{"iat":0,"exp":60}"#, Some(45))]
    #[case::past(r#"{"iat":60,"exp":0}"#, Some(0))]
    #[case::for_ever(r#"{"iat":0,"exp":9223372036854775807}"#, None)]
    #[case::backwards(r#"{"iat":-9223372036854775807,"exp":9223372036854775807}"#, None)]
    #[case::silent(r#"{"exp":60}"#, None)]
    fn a_token_is_renewed_before_it_runs_out(#[case] claims: &str, #[case] seconds: Option<i64>) {
        let now: DateTime<Utc> = "2026-11-20T17:00:00Z".parse().expect("an instant");
        let renewed = renew_at(&token(claims), now).map(|at| (at - now).num_seconds());
        assert_eq!(renewed, seconds);
    }

    #[rstest]
    #[case::nothing("")]
    #[case::opaque("hush")]
    #[case::no_json("a.b.c")]
    fn a_token_that_does_not_say_is_used_until_it_is_refused(#[case] token: &str) {
        assert_eq!(renew_at(token, DateTime::UNIX_EPOCH), None);
    }

    #[rstest]
    #[case::its_own("#atproto_pds", "AtprotoPersonalDataServer", "https://pds.example/", Some("https://pds.example/"))]
    #[case::whole_id(
        "did:plc:a#atproto_pds",
        "AtprotoPersonalDataServer",
        "https://pds.example",
        Some("https://pds.example/")
    )]
    #[case::labeler("#atproto_labeler", "AtprotoLabeler", "https://mod.example", None)]
    #[case::other_type("#atproto_pds", "Other", "https://pds.example", None)]
    #[case::file("#atproto_pds", "AtprotoPersonalDataServer", "file:///etc/passwd", None)]
    #[case::password("#atproto_pds", "AtprotoPersonalDataServer", "https://a:b@pds.example", None)]
    fn the_accounts_own_server_is_read(
        #[case] id: &str,
        #[case] kind: &str,
        #[case] endpoint: &str,
        #[case] expected: Option<&str>,
    ) {
        let document = json!({ "service": [{ "id": id, "type": kind, "serviceEndpoint": endpoint }] });
        assert_eq!(named_server(&document).as_ref().map(Url::as_str), expected);
    }

    #[rstest]
    #[case::encrypted("https://93.184.216.34", "https://93.184.216.35", true)]
    #[case::in_the_clear("https://93.184.216.34", "http://93.184.216.35", false)]
    #[case::private("https://93.184.216.34", "https://10.0.0.1", false)]
    #[case::both_here("http://127.0.0.1:2583", "http://127.0.0.1:2584", true)]
    #[tokio::test]
    async fn a_server_leads_only_where_it_is_as_safe(#[case] from: &str, #[case] to: &str, #[case] expected: bool) {
        assert_eq!(may_lead(from, &Url::parse(to).expect("an address")).await, expected);
    }
}
