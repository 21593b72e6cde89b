//! The source against a server of scripted streams.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::StatusCode;

use super::super::test_desk::Desk;
use super::super::{Health, Lag, Note, State, supervise};
use super::*;
use crate::mention::RawItem;

/// The moment of the first event.
const BEGIN: u64 = 1_795_193_999_000_000;

/// What one connection gets.
enum Script {
    /// These frames, then nothing more.
    Hold(Vec<String>),
    /// These frames, then the end.
    End(Vec<String>),
    /// No upgrade, but this status.
    Refuse(u16),
}

struct Server {
    url: String,
    /// What was asked for, address and subprotocol.
    asked: Arc<Mutex<Vec<String>>>,
    /// How many messages were received.
    received: watch::Receiver<usize>,
}

impl Server {
    /// Plays the scripts in turn; then it is gone.
    async fn start(path: &str, scripts: Vec<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("ws://{}{path}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (count, received) = watch::channel(0);
        let kept = asked.clone();
        tokio::spawn(async move {
            for script in scripts {
                let (stream, _) = listener.accept().await.expect("a connection");
                tokio::spawn(play(stream, script, kept.clone(), count.clone()));
            }
        });
        Self { url, asked, received }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no test panicked").clone()
    }
}

#[expect(clippy::result_large_err, reason = "the callback's type is the library's")]
async fn play(stream: TcpStream, script: Script, asked: Arc<Mutex<Vec<String>>>, count: watch::Sender<usize>) {
    let refusal = match script {
        Script::Refuse(status) => Some(status),
        _ => None,
    };
    let upgrade = |request: &Request, mut response: Response| -> Result<Response, ErrorResponse> {
        let protocol = request.headers().get("sec-websocket-protocol").cloned();
        let named = protocol.as_ref().map(|value| format!(" {}", value.to_str().expect("text")));
        asked.lock().expect("no test panicked").push(format!("{}{}", request.uri(), named.unwrap_or_default()));
        if let Some(status) = refusal {
            let mut refusal = ErrorResponse::new(Some(r#"{"error":"CursorTooOld"}"#.to_owned()));
            *refusal.status_mut() = StatusCode::from_u16(status).expect("a status");
            return Err(refusal);
        }
        if let Some(protocol) = protocol {
            response.headers_mut().insert("sec-websocket-protocol", protocol);
        }
        Ok(response)
    };
    let Ok(mut socket) = accept_hdr_async(stream, upgrade).await else { return };
    let (frames, ends) = match script {
        Script::Hold(frames) => (frames, false),
        Script::End(frames) => (frames, true),
        Script::Refuse(_) => return,
    };
    for frame in frames {
        if socket.send(Message::text(frame)).await.is_err() {
            return;
        }
    }
    if ends {
        let _ = socket.close(None).await;
    }
    while let Some(Ok(message)) = socket.next().await {
        if message.is_text() || message.is_binary() {
            count.send_modify(|count| *count += 1);
        }
    }
}

/// An event of the first version, so many seconds after the beginning.
fn event(second: u64, operation: &str, rkey: &str, text: &str) -> String {
    let record = match operation {
        "delete" => String::new(),
        _ => format!(r#","record":{{"text":{},"createdAt":"2026-11-20T16:59:59Z","langs":["en"]}}"#, json(text)),
    };
    let time = BEGIN + second * 1_000_000;
    format!(
        r#"{{"did":"did:plc:ana","time_us":{time},"kind":"commit","commit":{{"rev":"{second}","operation":"{operation}","collection":"app.bsky.feed.post","rkey":"{rkey}"{record}}}}}"#
    )
}

/// The same of the second version.
fn numbered(seq: u64, operation: &str, rkey: &str, text: &str) -> String {
    let record = if operation == "delete" { String::new() } else { format!(r#","record":{{"text":{}}}"#, json(text)) };
    format!(
        r#"{{"$type":"message","payload":{{"$type":"network.bsky.jetstream.subscribeEvents#commit","seq":{seq},"did":"did:plc:ana","time":"2026-11-20T16:59:59.5Z","rev":"{seq}","operation":"{operation}","collection":"app.bsky.feed.post","rkey":"{rkey}"{record}}}}}"#
    )
}

fn json(text: &str) -> String {
    serde_json::to_string(text).expect("JSON")
}

fn start(desk: &Desk, url: &str) -> watch::Receiver<Health> {
    let settings = config::Jetstream { url: url.to_owned(), query: Some("water".to_owned()) };
    let (context, health) = desk.seat(desk.cursor.clone());
    tokio::spawn(supervise(Jetstream::new(settings), context, desk.cancel()));
    health
}

/// Commits batches until `count` items came: their keys and texts, deletions with a minus.
async fn items(desk: &mut Desk, count: usize) -> Vec<String> {
    let mut came = Vec::new();
    while came.len() < count {
        let batch = desk.batch().await;
        came.extend(desk.commit(batch).iter().map(told));
    }
    came
}

fn told(item: &RawItem) -> String {
    let key = item.native_id.as_deref().and_then(|id| id.rsplit('/').next()).unwrap_or_default();
    if item.deleted { format!("-{key}") } else { format!("{key} {}", item.text) }
}

/// Commits batches until the source has sent everything up to `second`.
async fn all_up_to(desk: &mut Desk, second: u64) -> Vec<String> {
    let mut came = Vec::new();
    let end = BEGIN + second * 1_000_000;
    while desk.cursor.as_ref().is_none_or(|cursor| cursor.0["time_us"] != end) {
        let batch = desk.batch().await;
        came.extend(desk.commit(batch).iter().map(told));
    }
    came
}

#[tokio::test]
async fn what_is_wanted_is_kept_and_what_is_gone_is_told() {
    let mut desk = Desk::hurried();
    let frames = vec![
        event(0, "create", "a", "the water"),
        event(1, "create", "b", "nothing for us"),
        event(1, "create", "c", "\u{1f6b0} \"water\"\nagain"),
        event(2, "update", "a", "the water is brown"),
        r#"{"did":"did:plc:x","time_us":5,"kind":"identity","identity":{}}"#.to_owned(),
        event(3, "delete", "c", ""),
        event(3, "delete", "d", ""),
        event(5, "create", "d", "written anew: water"),
    ];
    let server = Server::start("", vec![Script::Hold(frames)]).await;
    let health = start(&desk, &server.url);
    let mut came = items(&mut desk, 5).await;
    // Where a commit falls in between, the deletion comes before what was written after it.
    let gone = came.iter().position(|item| item == "-c").expect("a deletion");
    came.remove(gone);
    assert_eq!(came, ["a the water", "c 🚰 \"water\"\nagain", "a the water is brown", "d written anew: water"]);
    assert_eq!(server.asked(), ["/subscribe?wantedCollections=app.bsky.feed.post"]);
    assert!(desk.quarantined().is_empty());
    desk.until(health, |health| health.items == 5 && health.state == State::Live).await;
}

#[tokio::test]
async fn after_a_restart_nothing_is_missing_and_nothing_comes_twice() {
    let mut desk = Desk::hurried();
    let first = vec![event(10, "create", "a", "water"), event(12, "update", "a", "water, brown")];
    let second = [&first[..], &[event(12, "delete", "a", ""), event(14, "create", "b", "more water")]].concat();
    let server = Server::start("/subscribe", vec![Script::Hold(first), Script::Hold(second)]).await;
    start(&desk, &server.url);
    assert_eq!(all_up_to(&mut desk, 12).await, ["a water", "a water, brown"]);
    desk.cancel().cancel();
    desk.renew();
    start(&desk, &server.url);
    let mut came = all_up_to(&mut desk, 14).await;
    came.sort();
    assert_eq!(came, ["-a", "b more water"]);
    let cursor = BEGIN + 7_000_000;
    assert!(server.asked()[1].ends_with(&format!("&cursor={cursor}")), "{:?}", server.asked());
}

#[tokio::test]
async fn a_stream_that_ends_is_opened_again_at_its_place() {
    let mut desk = Desk::hurried();
    let path = "/xrpc/network.bsky.jetstream.subscribeEvents";
    let slow = r#"{"$type":"error","error":"ConsumerTooSlow"}"#.to_owned();
    let scripts = vec![
        Script::End(vec![numbered(7, "create", "a", "water"), slow]),
        Script::End(vec![numbered(7, "create", "a", "water"), numbered(8, "create", "b", "more water")]),
        Script::Hold(vec![numbered(9, "create", "c", "even more water")]),
    ];
    let server = Server::start(path, scripts).await;
    let mut health = start(&desk, &server.url);
    assert_eq!(items(&mut desk, 3).await, ["a water", "b more water", "c even more water"]);
    let asked = format!("{path}?kinds=commit&collections=app.bsky.feed.post");
    let asked: Vec<String> =
        ["", "&cursor=7", "&cursor=8"].iter().map(|cursor| format!("{asked}{cursor} xrpc.v1.json")).collect();
    assert_eq!(server.asked(), asked);
    let told = health.borrow_and_update().last_error.clone().map(|(_, error)| error.cause);
    assert!(matches!(told, Some(Cause::StreamEnded { .. })), "{told:?}");
}

#[tokio::test]
async fn a_number_that_is_too_old_is_asked_for_by_time_and_the_gap_is_told() {
    let mut desk = Desk::hurried();
    let path = "/xrpc/network.bsky.jetstream.subscribeEvents";
    desk.cursor = Some(Cursor(serde_json::json!({ "time_us": BEGIN - 7_200_000_000, "seq": 3, "instance": "" })));
    let info = r#"{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#info","name":"OutdatedCursor"}}"#;
    let scripts = vec![Script::Refuse(400), Script::Hold(vec![info.to_owned(), numbered(90, "create", "a", "water")])];
    let server = Server::start(path, scripts).await;
    let instance = server.url.trim_start_matches("ws://").to_owned();
    desk.cursor.as_mut().expect("a cursor").0["instance"] = instance.into();
    let health = start(&desk, &server.url);
    assert_eq!(items(&mut desk, 1).await, ["a water"]);
    let asked = server.asked();
    assert!(asked[0].contains("cursor=3 ") && asked[1].contains("cursor=1795186794000000 "), "{asked:?}");
    let health = desk.until(health, |health| !health.notes.is_empty()).await;
    assert!(matches!(health.notes[..], [Note::Missed { span }] if span.as_secs() == 7_200), "{:?}", health.notes);
}

#[tokio::test]
async fn malformed_frames_are_kept_aside_and_nothing_but_them_is_no_stream() {
    let mut desk = Desk::hurried();
    let bad = |count| vec!["{\"did\":".to_owned(); count];
    let some = [bad(3), vec![event(1, "create", "a", "water")]].concat();
    let server = Server::start("", vec![Script::End(some), Script::Hold(bad(100)), Script::Hold(Vec::new())]).await;
    let health = start(&desk, &server.url);
    assert_eq!(items(&mut desk, 1).await, ["a water"]);
    let is_told = |health: &Health| {
        health.last_error.as_ref().is_some_and(|(_, error)| matches!(error.cause, Cause::BadAnswer { .. }))
    };
    let health = desk.until(health, is_told).await;
    assert_eq!((health.bad, desk.quarantined().len()), (102, 102));
    assert_eq!(desk.quarantined()[0]["cause"]["malformed"], "EOF while parsing a value at line 1 column 7");
}

#[tokio::test]
async fn the_lag_is_told_and_nothing_is_ever_sent() {
    let mut desk = Desk::hurried();
    desk.clock.advance(TimeDelta::minutes(5));
    let server = Server::start("", vec![Script::Hold(vec![event(0, "create", "a", "water")])]).await;
    let health = start(&desk, &server.url);
    items(&mut desk, 1).await;
    let health = desk.until(health, |health| matches!(health.lag, Some(Lag::Seconds(_)))).await;
    assert_eq!(health.lag, Some(Lag::Seconds(301)));
    assert_eq!(*server.received.borrow(), 0);
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_told() {
    let desk = Desk::hurried();
    let settings = config::Jetstream { url: config::DEFAULT_JETSTREAM.to_owned(), query: Some("a OR".to_owned()) };
    let (context, health) = desk.seat(None);
    tokio::spawn(supervise(Jetstream::new(settings), context, desk.cancel()));
    let health = desk.stopped(health).await;
    let State::Stopped { why: Some(error) } = health.state else { panic!("it stopped for a reason") };
    assert!(matches!(error.cause, Cause::Query { error: Some(_), .. }), "{error:?}");
}

#[tokio::test]
async fn what_was_not_committed_is_read_again_and_not_jumped_over() {
    let mut desk = Desk::hurried();
    let frames = |from: u64| (from..from + 3).map(|key| event(key, "create", &format!("k{key}"), "water")).collect();
    let first: Vec<String> = frames(0);
    let all = [first.clone(), frames(3)].concat();
    let server = Server::start("", vec![Script::End(first), Script::Hold(all)]).await;
    start(&desk, &server.url);
    drop(desk.batch().await);
    let mut came = items(&mut desk, 6).await;
    came.sort();
    came.dedup();
    assert_eq!(came.len(), 6, "{came:?}");
}
