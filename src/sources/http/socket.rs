//! A WebSocket, opened under the same rules as every other connection.
//!
//! What enters: an address, a secret for its upgrade. What leaves: whole messages, none larger than [`MAX_MESSAGE`]; a
//! larger one ends the connection. Pings are answered by reading. A proxy is not used.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::{Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use url::Url;

use super::super::{Cause, SourceError};
use super::client::{USER_AGENT, install_crypto, is_public};
use super::{redacted, retry};
use crate::config::Revealed;

/// The most bytes of a message.
pub(in super::super) const MAX_MESSAGE: usize = 1 << 20;

/// How long opening may take, name, encryption and upgrade included.
const TIME: Duration = Duration::from_secs(20);

/// What a server says at the upgrade is asked again no sooner than this when it refuses us.
const AFTER_REFUSAL: Duration = Duration::from_mins(15);

trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// How a socket is opened.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Handshake<'a> {
    /// Sent to the address's host, never in the clear over the open net.
    pub(in super::super) bearer: Option<&'a Revealed>,
    pub(in super::super) subprotocol: Option<&'a str>,
}

/// An open WebSocket.
pub(in super::super) struct Socket {
    stream: WebSocketStream<Box<dyn Wire>>,
    /// Safe to show.
    url: String,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Frame {
    /// Text, which is UTF-8.
    Text(tokio_tungstenite::tungstenite::Utf8Bytes),
    /// Bytes.
    Binary(tokio_tungstenite::tungstenite::Bytes),
    /// A sign of life: a ping or its answer.
    Alive,
}

impl std::fmt::Debug for Socket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Socket").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Socket {
    /// Opens `url`, whose scheme is `ws` or `wss` (`http` and `https` mean the same).
    pub(in super::super) async fn open(
        url: &str,
        handshake: Handshake<'_>,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<Self, SourceError> {
        let shown = redacted(url);
        let opened = tokio::time::timeout(TIME, connect(url, &shown, handshake, now)).await;
        let stream = opened.unwrap_or_else(|_| Err(SourceError::retryable(Cause::TimedOut { url: shown.clone() })))?;
        Ok(Self { stream, url: shown })
    }

    /// The next message; `None` when the other side closed.
    pub(in super::super) async fn next(&mut self) -> Result<Option<Frame>, SourceError> {
        loop {
            return match self.stream.next().await {
                None | Some(Ok(Message::Close(_)) | Err(Error::ConnectionClosed)) => Ok(None),
                Some(Ok(Message::Text(text))) => Ok(Some(Frame::Text(text))),
                Some(Ok(Message::Binary(bytes))) => Ok(Some(Frame::Binary(bytes))),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Some(Frame::Alive)),
                Some(Ok(Message::Frame(_))) => continue,
                Some(Err(Error::Capacity(_))) => {
                    let cause = Cause::TooLarge { what: self.url.clone(), limit: MAX_MESSAGE as u64 };
                    Err(SourceError::retryable(cause))
                }
                Some(Err(error)) => Err(unreachable(&self.url, &error)),
            };
        }
    }

    /// Sends a text.
    pub(in super::super) async fn send(&mut self, text: String) -> Result<(), SourceError> {
        self.stream.send(Message::text(text)).await.map_err(|error| unreachable(&self.url, &error))
    }
}

async fn connect(
    url: &str,
    shown: &str,
    handshake: Handshake<'_>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<WebSocketStream<Box<dyn Wire>>, SourceError> {
    let (url, host, port) = address(url).ok_or_else(|| SourceError::permanent(not_an_address(shown)))?;
    let is_encrypted = url.scheme() == "wss";
    if handshake.bearer.is_some() && !is_encrypted && is_public(&url).await {
        return Err(SourceError::permanent(Cause::InTheClear { url: shown.to_owned() }));
    }
    let bearer = handshake.bearer;
    let request = request(&url, handshake).ok_or_else(|| SourceError::permanent(not_an_address(shown)))?;
    let unreached = |error: std::io::Error| unreachable(shown, &Error::Io(error));
    let tcp = TcpStream::connect((host.trim_matches(['[', ']']), port)).await.map_err(unreached)?;
    // Small frames must not wait for each other; without it they only come a little later.
    let _ = tcp.set_nodelay(true);
    let wire: Box<dyn Wire> = if is_encrypted {
        let name = ServerName::try_from(host).map_err(|_| SourceError::permanent(not_an_address(shown)))?;
        let connector = TlsConnector::from(Arc::new(encryption().await?));
        Box::new(connector.connect(name, tcp).await.map_err(unreached)?)
    } else {
        Box::new(tcp)
    };
    let config = WebSocketConfig::default()
        .max_message_size(Some(MAX_MESSAGE))
        .max_frame_size(Some(MAX_MESSAGE))
        .read_buffer_size(64 << 10);
    match client_async_with_config(request, wire, Some(config)).await {
        Ok((stream, _)) => Ok(stream),
        Err(Error::Http(refusal)) => Err(refused(shown, &refusal, bearer, now)),
        Err(error) => Err(unreachable(shown, &error)),
    }
}

/// The address with its host and port.
fn address(url: &str) -> Option<(Url, String, u16)> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = match scheme {
        "http" | "ws" => "ws",
        "https" | "wss" => "wss",
        _ => return None,
    };
    let url = Url::parse(&format!("{scheme}://{rest}")).ok()?;
    let (host, port) = (url.host_str()?.to_owned(), url.port_or_known_default()?);
    Some((url, host, port))
}

fn request(url: &Url, handshake: Handshake<'_>) -> Option<Request> {
    let mut request = url.as_str().into_client_request().ok()?;
    let headers = request.headers_mut();
    headers.insert("user-agent", HeaderValue::from_static(USER_AGENT));
    if let Some(secret) = handshake.bearer {
        let mut value = HeaderValue::from_str(&format!("Bearer {}", secret.expose())).ok()?;
        value.set_sensitive(true);
        headers.insert("authorization", value);
    }
    if let Some(protocol) = handshake.subprotocol {
        headers.insert("sec-websocket-protocol", HeaderValue::from_str(protocol).ok()?);
    }
    Some(request)
}

/// Checked by the operating system's verifier.
async fn encryption() -> Result<ClientConfig, SourceError> {
    let prepare = || {
        install_crypto();
        Ok::<_, rustls::Error>(ClientConfig::builder().with_platform_verifier()?.with_no_client_auth())
    };
    // Reading the machine's certificates blocks.
    let built = tokio::task::spawn_blocking(prepare).await;
    let built = built.map_err(|ended| ended.to_string()).and_then(|built| built.map_err(|error| error.to_string()));
    built.map_err(|error| SourceError::retryable(Cause::NoTls(error)))
}

/// The upgrade was answered by something else. Mastodon gives its reason in a header.
fn refused(
    shown: &str,
    refusal: &Response,
    bearer: Option<&Revealed>,
    now: chrono::DateTime<chrono::Utc>,
) -> SourceError {
    let said = refusal.headers().get("x-error-message").and_then(|value| value.to_str().ok());
    let status = refusal.status().as_u16();
    let said = said.map(|text| bearer.map_or_else(|| text.to_owned(), |secret| secret.hidden_in(text)));
    let said = said.map(|text| text.chars().take(200).collect());
    let asked = retry::wait(refusal.headers(), now);
    let usual = matches!(status, 401 | 403).then_some(AFTER_REFUSAL);
    SourceError::retryable_after(Cause::Answered { url: shown.to_owned(), status, said }, asked.or(usual))
}

fn unreachable(shown: &str, error: &Error) -> SourceError {
    SourceError::retryable(Cause::Unreachable { url: shown.to_owned(), error: error.to_string() })
}

fn not_an_address(shown: &str) -> Cause {
    Cause::Unreachable { url: shown.to_owned(), error: "not an address".to_owned() }
}

#[cfg(test)]
mod tests;
