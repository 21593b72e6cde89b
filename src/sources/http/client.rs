//! The connections of all sources: one pool for each set of rules, set up at its first use.

use std::error::Error;
use std::io;
use std::sync::Once;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Response, redirect};
use tokio::sync::OnceCell;
use url::Url;

use super::super::{Cause, SourceError};
use super::address::{is_private, literal};
use super::turns::{Turn, Turns};
use super::{Limits, redacted};

/// The pools.
#[derive(Debug, Default)]
pub(in super::super) struct Clients {
    /// What an exchange with any of them may cost.
    pub(in super::super) limits: Limits,
    /// For this machine, past any proxy.
    local: OnceCell<Client>,
    /// For unencrypted addresses; it works on a machine without any certificates too.
    plain: OnceCell<Client>,
    /// For configured addresses, wherever they are.
    open: OnceCell<Client>,
    /// For where the open web redirects to: names that lead to private addresses do not resolve.
    guarded: OnceCell<Client>,
    turns: Turns,
}

impl Clients {
    #[cfg(test)]
    pub(in super::super) fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// For an address that a person configured.
    pub(in super::super) async fn configured(&self, url: &Url) -> Result<&Client, SourceError> {
        let is_local = literal(url).is_some_and(|ip| ip.is_loopback()) || url.host_str() == Some("localhost");
        match (is_local, url.scheme()) {
            (true, _) => built(&self.local, reqwest::ClientBuilder::no_proxy).await,
            (false, "http") => built(&self.plain, |builder| builder).await,
            (false, _) => built(&self.open, |builder| builder).await,
        }
    }

    /// Waits until nobody else asks the address's host for a feed; others wait until the turn is dropped.
    pub(in super::super) async fn turn(&self, url: &Url) -> Option<Turn> {
        self.turns.take(url).await
    }

    /// For an address that the open web named.
    pub(in super::super) async fn guarded(&self) -> Result<&Client, SourceError> {
        built(&self.guarded, |builder| builder.dns_resolver(PublicOnly)).await
    }
}

async fn built(
    slot: &OnceCell<Client>,
    rules: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
) -> Result<&Client, SourceError> {
    slot.get_or_try_init(|| async move {
        // Reading the machine's certificates blocks.
        let built = tokio::task::spawn_blocking(move || build(&rules)).await;
        let built = built.map_err(|ended| ended.to_string()).and_then(|built| built.map_err(|error| innermost(&error)));
        built.map_err(|error| SourceError::retryable(Cause::NoTls(error)))
    })
    .await
}

/// Certificates are checked by the operating system's verifier. A machine without any can still read plain http; then no
/// certificate is trusted at all, and what is encrypted says so.
fn build(rules: &dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> reqwest::Result<Client> {
    install_crypto();
    let builder = || {
        rules(Client::builder())
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(Duration::from_secs(10))
            .pool_max_idle_per_host(1)
    };
    builder().build().or_else(|_| builder().tls_certs_only([]).build())
}

/// What this program calls itself.
pub(super) const USER_AGENT: &str = concat!("frontdesk/", env!("CARGO_PKG_VERSION"));

/// Chooses the one implementation of cryptography for the whole program.
pub(super) fn install_crypto() {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that one is installed already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
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
pub(in super::super) async fn is_public(url: &Url) -> bool {
    if let Some(ip) = literal(url) {
        return !is_private(ip);
    }
    let host = url.host_str().unwrap_or_default();
    match tokio::net::lookup_host((host, 0)).await {
        Ok(mut found) => !found.all(|address: std::net::SocketAddr| is_private(address.ip())),
        Err(_) => true,
    }
}

/// The whole body; nothing is read beyond the limit, compressed or not.
pub(in super::super) async fn body(mut response: Response, url: &Url, limits: Limits) -> Result<Vec<u8>, SourceError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| SourceError::retryable(broken(url, error)))? {
        if body.len() + chunk.len() > limits.bytes {
            let cause = Cause::TooLarge { what: redacted(url.as_str()), limit: limits.bytes as u64 };
            return Err(SourceError::retryable(cause));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

pub(in super::super) fn forbidden(from: &Url, target: &str) -> Cause {
    let target = if Url::parse(target).is_ok() { redacted(target) } else { "<not an address>".to_owned() };
    Cause::ForbiddenRedirect { url: redacted(from.as_str()), target }
}

/// The library's error without its address, which may hold a secret.
pub(in super::super) fn broken(url: &Url, error: reqwest::Error) -> Cause {
    let error = innermost(&error.without_url());
    Cause::Unreachable { url: redacted(url.as_str()), error }
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
    use super::*;

    #[tokio::test]
    async fn names_of_private_addresses_do_not_resolve_for_the_open_web() {
        let name: Name = "localhost".parse().expect("a name");
        assert!(PublicOnly.resolve(name).await.is_err());
    }
}
