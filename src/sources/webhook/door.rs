//! The door at which deliveries are handed in.
//!
//! What enters: connections of whoever can reach the address. What leaves: deliveries whose sender was checked, on a bounded queue,
//! and to each sender an answer: 200 only once everything in it is stored or kept in quarantine, 503 with `Retry-After`
//! when that cannot be had in time. Every connection carries one request, has a seat among a few, and an end in time.
//! Answers to who is not known say nothing about what is here.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HeaderValue, RETRY_AFTER,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use futures_util::StreamExt as _;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::super::mapping::Receipt;
use super::super::{Refusal, Refused};
use super::body::{Found, How};
use super::seat::Seats;
use super::signature::Keys;
use super::{body, meta};
use crate::clock::SharedClock;
use crate::config::Signature;
use crate::mention::{Id, Network};

/// What one sender, and all of them together, may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Of a body, in bytes.
    pub(super) body: usize,
    /// Until a body is here.
    pub(super) receive: Duration,
    /// Until it is stored.
    pub(super) store: Duration,
    /// From a connection's first byte to its last.
    pub(super) connection: Duration,
    /// At a time.
    pub(super) connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 1 << 20,
            receive: Duration::from_secs(10),
            store: Duration::from_secs(10),
            connection: Duration::from_secs(45),
            connections: 64,
        }
    }
}

/// Deliveries that wait for the source to take them. A full queue is answered with 503: the sender comes again.
const WAITING: usize = 32;
/// The longest request target and head.
const MAX_TARGET: usize = 2 << 10;
const MAX_HEAD: usize = 16 << 10;
/// How much of a body that is too large is still thrown away, so that its sender reads the answer.
const MAX_DISCARDED: usize = 4 << 20;
/// When a sender is asked to come again, in seconds.
const COME_AGAIN: HeaderValue = HeaderValue::from_static("30");

/// What was handed in and waits to be stored.
#[derive(Debug)]
pub(super) struct Delivery {
    pub(super) mark: Option<String>,
    pub(super) found: Found,
    /// Dropped unanswered, it tells the sender to come again.
    pub(super) answer: oneshot::Sender<Taken>,
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) kept: usize,
    pub(super) bad: usize,
    pub(super) seen_before: bool,
}

/// What the door knows of its source.
pub(super) struct Rules {
    pub(super) keys: Keys,
    pub(super) how: How,
    pub(super) signature: Signature,
    pub(super) source: Id,
    pub(super) network: Option<Network>,
    pub(super) clock: SharedClock,
    pub(super) limits: Limits,
}

/// An open door. It closes when this is dropped; whoever is inside gets an answer.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) address: SocketAddr,
    pub(super) deliveries: mpsc::Receiver<Delivery>,
    pub(super) refused: watch::Receiver<Option<Refused>>,
    serving: JoinHandle<()>,
    _closes: DropGuard,
}

struct Door {
    rules: Rules,
    deliveries: mpsc::Sender<Delivery>,
    refused: watch::Sender<Option<Refused>>,
}

/// Why a request is answered otherwise than with 200.
enum Turned {
    /// By its status alone.
    Away(StatusCode),
    /// Not from who may deliver.
    Refused(Refusal),
    /// The body is larger than its limit, or holds too much.
    TooLarge,
    /// It cannot be stored now.
    Later,
}

/// Opens the door at `listen`. The serving is a task of its own: senders are answered while the source waits for the store.
pub(super) async fn open(listen: SocketAddr, rules: Rules) -> io::Result<Open> {
    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    let seats = Seats::new(listener, rules.limits.connections, rules.limits.connection);
    let (deliveries, received) = mpsc::channel(WAITING);
    let (refused, refusals) = watch::channel(None);
    let door = Arc::new(Door { rules, deliveries, refused });
    let router = Router::new().fallback(answer).with_state(door);
    let closing = CancellationToken::new();
    let told = closing.clone().cancelled_owned();
    let serving = tokio::spawn(async move {
        // It ends without an error, when it is closed.
        let _ = axum::serve(seats, router).with_graceful_shutdown(told).await;
    });
    let guard = closing.drop_guard();
    Ok(Open { address, deliveries: received, refused: refusals, serving, _closes: guard })
}

impl Open {
    /// Lets nobody in any more; what waits was not taken and is answered so.
    pub(super) fn close(self) -> JoinHandle<()> {
        self.serving
    }
}

async fn answer(State(door): State<Arc<Door>>, request: Request) -> Response {
    let mut response = door.attend(request).await;
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

impl Door {
    async fn attend(&self, request: Request) -> Response {
        match self.hand_in(request).await {
            Ok(response) => response,
            Err(Turned::Refused(why)) => {
                self.count(why);
                said(StatusCode::UNAUTHORIZED)
            }
            Err(Turned::TooLarge) => said(StatusCode::PAYLOAD_TOO_LARGE),
            Err(Turned::Away(StatusCode::METHOD_NOT_ALLOWED)) => {
                with(said(StatusCode::METHOD_NOT_ALLOWED), ALLOW, HeaderValue::from_static("POST"))
            }
            Err(Turned::Away(status)) => said(status),
            Err(Turned::Later) => with(said(StatusCode::SERVICE_UNAVAILABLE), RETRY_AFTER, COME_AGAIN),
        }
    }

    async fn hand_in(&self, request: Request) -> Result<Response, Turned> {
        let Rules { keys, clock, limits, signature, .. } = &self.rules;
        check_size_of_head(&request)?;
        if !keys.is_path(request.uri().path()) {
            return Err(Turned::Away(StatusCode::NOT_FOUND));
        }
        if request.method() == Method::GET && *signature == Signature::Meta {
            let challenge = keys.challenge(request.uri().query().unwrap_or_default());
            return challenge.map(|text| plain(StatusCode::OK, text)).ok_or(Turned::Away(StatusCode::FORBIDDEN));
        }
        check_form(request.method(), request.headers())?;
        let (head, body) = request.into_parts();
        keys.check_head(&head.headers, clock.now()).map_err(Turned::Refused)?;
        if head.headers.contains_key(EXPECT) && announced(&head.headers) > limits.body {
            return Err(Turned::TooLarge);
        }
        let received = tokio::time::timeout(limits.receive, receive(body, limits.body));
        let bytes = received.await.map_err(|_| Turned::Away(StatusCode::REQUEST_TIMEOUT))??;
        let mark = keys.check(&head.headers, &bytes, clock.now()).map_err(Turned::Refused)?;
        let found = self.read(&bytes).ok_or(Turned::TooLarge)?;
        self.deliver(mark, found).await
    }

    fn read(&self, bytes: &[u8]) -> Option<Found> {
        let Rules { source, network, clock, how, signature, .. } = &self.rules;
        let receipt = Receipt { source, network: network.as_ref(), now: clock.now() };
        match signature {
            Signature::Meta => meta::read(bytes, &receipt),
            _ => body::read(bytes, how, &receipt),
        }
    }

    async fn deliver(&self, mark: Option<String>, found: Found) -> Result<Response, Turned> {
        let (answer, taken) = oneshot::channel();
        self.deliveries.try_send(Delivery { mark, found, answer }).map_err(|_| Turned::Later)?;
        let taken = tokio::time::timeout(self.rules.limits.store, taken).await;
        let Ok(Ok(Taken { kept, bad, seen_before })) = taken else { return Err(Turned::Later) };
        let status = if kept == 0 && bad > 0 { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let text = if seen_before {
            "{\"seen_before\":true}\n".to_owned()
        } else {
            format!("{{\"kept\":{kept},\"bad\":{bad}}}\n")
        };
        Ok(with(plain(status, text), CONTENT_TYPE, HeaderValue::from_static("application/json")))
    }

    fn count(&self, why: Refusal) {
        let last = self.rules.clock.now();
        self.refused.send_modify(|refused| {
            let count = refused.map_or(0, |refused| refused.count) + 1;
            *refused = Some(Refused { count, last, why });
        });
    }
}

fn check_size_of_head(request: &Request) -> Result<(), Turned> {
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    let head: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    match () {
        () if target > MAX_TARGET => Err(Turned::Away(StatusCode::URI_TOO_LONG)),
        () if head > MAX_HEAD => Err(Turned::Away(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)),
        () => Ok(()),
    }
}

/// What is taken in: JSON or NDJSON, posted as it is.
fn check_form(method: &Method, headers: &HeaderMap) -> Result<(), Turned> {
    if method != Method::POST {
        return Err(Turned::Away(StatusCode::METHOD_NOT_ALLOWED));
    }
    let form = headers.get(CONTENT_TYPE).map(|form| form.to_str().unwrap_or_default().to_ascii_lowercase());
    let form = form.as_deref().map(|form| form.split(';').next().unwrap_or_default().trim());
    let is_json = form.is_none_or(|form| {
        let name = form.rsplit(['/', '+']).next().unwrap_or_default();
        matches!(name, "json" | "ndjson" | "x-ndjson" | "jsonl" | "jsonlines" | "plain")
    });
    let is_as_it_is = headers.get(CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
    if is_json && is_as_it_is { Ok(()) } else { Err(Turned::Away(StatusCode::UNSUPPORTED_MEDIA_TYPE)) }
}

/// How long the body is to be, as its sender says.
fn announced(headers: &HeaderMap) -> usize {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    length.unwrap_or_default()
}

/// The whole body. Of one that is too large a part is thrown away first: who still writes does not read the answer.
async fn receive(body: Body, limit: usize) -> Result<Vec<u8>, Turned> {
    let (mut chunks, mut bytes, mut discarded) = (body.into_data_stream(), Vec::new(), 0);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Turned::Away(StatusCode::BAD_REQUEST))?;
        if discarded == 0 && bytes.len() + chunk.len() <= limit {
            bytes.extend_from_slice(&chunk);
            continue;
        }
        bytes = Vec::new();
        discarded += chunk.len();
        if discarded > MAX_DISCARDED {
            break;
        }
    }
    if discarded > 0 { Err(Turned::TooLarge) } else { Ok(bytes) }
}

/// A status in its own words.
fn said(status: StatusCode) -> Response {
    plain(status, format!("{}\n", status.canonical_reason().unwrap_or_default()))
}

fn plain(status: StatusCode, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let response = with(response, CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    with(response, X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))
}

fn with(mut response: Response, name: axum::http::HeaderName, value: HeaderValue) -> Response {
    response.headers_mut().insert(name, value);
    response
}
