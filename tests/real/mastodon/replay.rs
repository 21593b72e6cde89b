//! A Mastodon server made of recordings: what a real 4.7.3 said, said again.
//!
//! Its answers, their headers, its posts and its streams are those of `tests/fixtures/mastodon`, with other ids, other words and
//! its own address in them. It streams by WebSocket and by server-sent events, and it misbehaves as told: it cuts answers
//! and streams at odd places, stalls, hangs up, refuses. It ends with the runtime it was started in.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

/// What lets a client in.
pub const TOKEN: &str = "hush-masto-9c1e";
/// The hashtag it knows.
pub const TAG: &str = "hoot";
/// How many elements a page has.
const PAGE: usize = 3;

/// The server.
#[derive(Debug, Clone)]
pub struct Replay {
    /// Its address.
    pub base: String,
    state: Arc<Mutex<State>>,
    events: broadcast::Sender<Sent>,
}

/// What happens to one answer.
#[derive(Debug, Clone)]
pub enum Fault {
    /// Only so many bytes of it come, then the connection ends.
    Cut(usize),
    /// Half of it comes, then nothing.
    Stall,
    /// This comes instead, head and body.
    Instead(String),
}

/// A way to stream.
#[derive(Debug, Clone, Default)]
pub enum Door {
    /// It opens.
    #[default]
    Open,
    /// This comes instead, head and body.
    Shut(String),
    /// It opens, says this as it was recorded, and hangs up.
    Recites(Vec<u8>),
}

#[derive(Debug, Default)]
struct State {
    /// Notifications, the oldest first.
    mentions: Vec<Value>,
    /// Posts under the hashtag, the oldest first.
    tagged: Vec<Value>,
    made: u64,
    quiet: bool,
    faults: VecDeque<(String, Fault)>,
    socket: Door,
    flow: Door,
    /// Server-sent events are cut into chunks of so many bytes; 0: not at all.
    chunk: usize,
    asked: Vec<String>,
    opened: usize,
}

#[derive(Debug, Clone)]
enum Sent {
    Event { hashtag: bool, name: &'static str, payload: String },
    HangUp,
}

/// The lines of a recording.
pub fn recorded(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mastodon").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// An answer whose body is this.
pub fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
}

impl Replay {
    /// Starts it, with nothing posted yet.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let replay = Self { base, state: Arc::default(), events: broadcast::channel(1024).0 };
        let serving = replay.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = serving.clone();
                tokio::spawn(async move { serving.serve(stream).await });
            }
        });
        replay
    }

    /// Somebody mentions the account; the post's id.
    pub fn mention(&self, text: &str) -> String {
        let mut notification = recorded_body("notifications_types.jsonl", 2)[0].clone();
        let number = self.next();
        let status = self.reworded(notification["status"].take(), number, text);
        let id = status["id"].as_str().unwrap_or_default().to_owned();
        notification["id"] = json!((23 + number).to_string());
        notification["status"] = status;
        self.state().mentions.push(notification.clone());
        self.publish(false, "notification", notification.to_string());
        id
    }

    /// Somebody posts under the hashtag; the post's id.
    pub fn tagged(&self, text: &str) -> String {
        let number = self.next();
        let status = self.reworded(recorded_body("hashtag_tl.jsonl", 2)[0].clone(), number, text);
        let id = status["id"].as_str().unwrap_or_default().to_owned();
        self.state().tagged.push(status.clone());
        self.publish(true, "update", status.to_string());
        id
    }

    /// The author changes a post.
    pub fn edit(&self, id: &str, text: &str) {
        let mut edited = None;
        for status in self.state().statuses() {
            if status["id"] == id {
                status["content"] = json!(format!("<p>{text}</p>"));
                status["edited_at"] = json!("2026-10-14T19:30:00.000Z");
                edited = Some(status.to_string());
            }
        }
        let payload = edited.expect("there is such a post");
        self.publish(false, "status.update", payload.clone());
        self.publish(true, "status.update", payload);
    }

    /// The author deletes a post.
    pub fn delete(&self, id: &str) {
        let mut state = self.state();
        state.mentions.retain(|notification| notification["status"]["id"] != id);
        state.tagged.retain(|status| status["id"] != id);
        drop(state);
        self.publish(false, "delete", id.to_owned());
        self.publish(true, "delete", id.to_owned());
    }

    /// From now on nothing that happens is streamed, or all of it is again.
    pub fn quiet(&self, quiet: bool) {
        self.state().quiet = quiet;
    }

    /// Ends every stream.
    pub fn hang_up(&self) {
        // Nobody may be listening.
        let _ = self.events.send(Sent::HangUp);
    }

    /// The next answer to a path that begins so is spoilt.
    pub fn spoil(&self, path: &str, fault: Fault) {
        self.state().faults.push_back((path.to_owned(), fault));
    }

    /// How sockets and server-sent events are opened from now on.
    pub fn doors(&self, socket: Door, flow: Door) {
        let mut state = self.state();
        (state.socket, state.flow) = (socket, flow);
    }

    /// Cuts server-sent events into chunks of so many bytes.
    pub fn cut_streams(&self, bytes: usize) {
        self.state().chunk = bytes;
    }

    /// `GET /path?query` of every request so far, and what was subscribed.
    pub fn asked(&self) -> Vec<String> {
        self.state().asked.clone()
    }

    /// How many streams were opened so far and hear everything from then on.
    pub fn opened(&self) -> usize {
        self.state().opened
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> u64 {
        let mut state = self.state();
        state.made += 1;
        state.made
    }

    /// A recorded post with another id and other words.
    fn reworded(&self, mut status: Value, number: u64, text: &str) -> Value {
        let old = status["id"].as_str().unwrap_or_default().to_owned();
        let new = (117_440_900_000_000_000 + number).to_string();
        let words = status.to_string().replace(&old, &new).replace("http://localhost:3000", &self.base);
        status = serde_json::from_str(&words).expect("still JSON");
        status["content"] = json!(format!("<p>{text}</p>"));
        status
    }

    fn publish(&self, hashtag: bool, name: &'static str, payload: String) {
        if !self.state().quiet {
            // Nobody may be listening.
            let _ = self.events.send(Sent::Event { hashtag, name, payload });
        }
    }

    async fn serve(&self, mut stream: TcpStream) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let target = head.split_whitespace().nth(1).unwrap_or_default().to_owned();
        self.state().asked.push(format!("GET {target}"));
        let path = target.split('?').next().unwrap_or_default();
        let is_let_in = header(&head, "authorization").is_some_and(|value| value == format!("Bearer {TOKEN}"));
        let spoilt = {
            let mut state = self.state();
            let place = state.faults.iter().position(|(begins, _)| path.starts_with(begins.as_str()));
            place.and_then(|place| state.faults.remove(place)).map(|(_, fault)| fault)
        };
        if spoilt.is_none() && path.starts_with("/api/v1/streaming") && is_let_in {
            return self.stream(stream, &head, path).await;
        }
        let well = if is_let_in { self.rest(&target) } else { refused() };
        let bytes = match spoilt {
            None => well.into_bytes(),
            Some(Fault::Cut(at)) => well.into_bytes().into_iter().take(at).collect(),
            Some(Fault::Instead(instead)) => instead.into_bytes(),
            Some(Fault::Stall) => {
                let _ = stream.write_all(&well.as_bytes()[..well.len() / 2]).await;
                return std::future::pending().await;
            }
        };
        // The other side may have hung up.
        let _ = stream.write_all(&bytes).await;
        let _ = stream.shutdown().await;
    }

    fn rest(&self, target: &str) -> String {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let state = self.state();
        match path.trim_end_matches('/') {
            "/api/v1/accounts/verify_credentials" => self.again("stream_user_local.jsonl", 0),
            "/api/v2/instance" => self.again("instance.jsonl", 0),
            "/api/v1/instance" => self.again("instance_v1.jsonl", 0),
            "/api/v1/notifications" => page(&state.mentions, path, query),
            path if path == format!("/api/v1/timelines/tag/{TAG}") => page(&state.tagged, path, query),
            path => {
                let mut state = state;
                let found = path
                    .strip_prefix("/api/v1/statuses/")
                    .and_then(|id| state.statuses().find(|status| status["id"] == id).map(|status| status.to_string()));
                match found {
                    Some(status) => answer("200 OK", "content-type: application/json\r\n", &status),
                    None => {
                        answer("404 Not Found", "content-type: application/json\r\n", r#"{"error":"Record not found"}"#)
                    }
                }
            }
        }
    }

    /// A recorded answer with all its headers and this server's address.
    fn again(&self, name: &str, line: usize) -> String {
        let recording = &recorded(name)[line];
        let body = recording["body"].as_str().unwrap_or_default();
        let ws = self.base.replacen("http", "ws", 1);
        let body = body.replace("ws://localhost:4000", &ws).replace("http://localhost:3000", &self.base);
        // The recording is the administrator's, whose posts are the ones that mention us.
        let body = body.replace("117440810233042393", "117440810532227399");
        answer("200 OK", &headers(recording), &body)
    }

    async fn stream(&self, mut stream: TcpStream, head: &str, path: &str) {
        let key = header(head, "sec-websocket-key");
        let door = if key.is_some() { self.state().socket.clone() } else { self.state().flow.clone() };
        if let Door::Shut(instead) = &door {
            let _ = stream.write_all(instead.as_bytes()).await;
            let _ = stream.shutdown().await;
            return;
        }
        // Whoever is let in hears everything from here on.
        let events = self.events.subscribe();
        match key {
            Some(key) => self.socket(stream, key, events, door).await,
            None => self.flow(stream, path.ends_with("/hashtag"), events, door).await,
        }
    }

    async fn socket(&self, mut stream: TcpStream, key: &str, mut events: broadcast::Receiver<Sent>, door: Door) {
        let accept = derive_accept_key(key.as_bytes());
        let upgrade = format!(
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: {accept}\r\n\r\n"
        );
        if stream.write_all(upgrade.as_bytes()).await.is_err() {
            return;
        }
        let mut socket = WebSocketStream::from_raw_socket(stream, Role::Server, None).await;
        let (mut user, mut tag) = (false, None::<String>);
        loop {
            tokio::select! {
                message = socket.next() => {
                    let Some(Ok(message)) = message else { return };
                    let Message::Text(text) = message else { continue };
                    self.state().asked.push(text.to_string());
                    let asked: Value = serde_json::from_str(&text).expect("a subscription");
                    match asked["stream"].as_str() {
                        Some("user") => user = true,
                        Some("hashtag") => tag = asked["tag"].as_str().map(str::to_owned),
                        _ => {
                            let error = recorded("stream_websocket_subscription_error.ws.jsonl")[2]["receive"].to_string();
                            let _ = socket.send(Message::text(error)).await;
                        }
                    }
                    if !(user && tag.is_some()) {
                        continue;
                    }
                    self.state().opened += 1;
                    if let Door::Recites(said) = &door {
                        for frame in String::from_utf8_lossy(said).lines() {
                            let _ = socket.send(Message::text(frame.to_owned())).await;
                        }
                        let _ = socket.close(None).await;
                        return;
                    }
                }
                event = events.recv() => {
                    let Ok(Sent::Event { hashtag, name, payload }) = event else { return };
                    let names = match (hashtag, &tag) {
                        (true, Some(tag)) => json!(["hashtag", tag]),
                        (false, _) if user => json!(["user"]),
                        _ => continue,
                    };
                    let frame = json!({ "stream": names, "event": name, "payload": payload }).to_string();
                    if socket.send(Message::text(frame)).await.is_err() {
                        return;
                    }
                }
            }
        }
    }

    async fn flow(&self, mut stream: TcpStream, tag: bool, mut events: broadcast::Receiver<Sent>, door: Door) {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
        let size = self.state().chunk;
        if stream.write_all(head.as_bytes()).await.is_err() || !chunked(&mut stream, b":)\n", size).await {
            return;
        }
        self.state().opened += 1;
        if let Door::Recites(said) = door {
            // What was recorded of the account's own stream; it is hung up on in the middle of a chunk.
            let said = if tag { Vec::new() } else { said };
            let _ = chunked(&mut stream, &said, size).await;
            return;
        }
        while let Ok(Sent::Event { hashtag, name, payload }) = events.recv().await {
            let text = format!("event: {name}\ndata: {payload}\n\n:thump\n");
            if hashtag == tag && !chunked(&mut stream, text.as_bytes(), size).await {
                return;
            }
        }
    }
}

impl State {
    fn statuses(&mut self) -> impl Iterator<Item = &mut Value> {
        self.mentions.iter_mut().map(|notification| &mut notification["status"]).chain(&mut self.tagged)
    }
}

fn recorded_body(name: &str, line: usize) -> Value {
    serde_json::from_str(recorded(name)[line]["body"].as_str().unwrap_or_default()).expect("a body of JSON")
}

/// The recorded headers, without those that belong to a connection.
fn headers(recording: &Value) -> String {
    let of_the_connection = ["content-length", "transfer-encoding", "connection", "link"];
    let all = recording["headers"].as_object().into_iter().flatten();
    all.filter(|(name, _)| !of_the_connection.contains(&name.as_str())).fold(String::new(), |lines, (name, value)| {
        lines + &format!("{name}: {}\r\n", value.as_str().unwrap_or_default())
    })
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
}

fn refused() -> String {
    answer("401 Unauthorized", "content-type: application/json\r\n", r#"{"error":"The access token is invalid"}"#)
}

/// A page with the recorded headers of one, the newest first whichever way it is asked for.
fn page(all: &[Value], path: &str, query: &str) -> String {
    let asked = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let number = |value: &Value| value["id"].as_str().and_then(|id| id.parse::<u64>().ok()).unwrap_or(0);
    let shown: Vec<&Value> = match (asked("min_id"), asked("max_id")) {
        (Some(id), _) => {
            let id = id.parse().unwrap_or(0);
            all.iter().filter(|element| number(element) > id).take(PAGE).collect()
        }
        (None, Some(id)) => {
            let id = id.parse().unwrap_or(u64::MAX);
            let older: Vec<&Value> = all.iter().filter(|element| number(element) < id).collect();
            older[older.len().saturating_sub(PAGE)..].to_vec()
        }
        (None, None) => all[all.len().saturating_sub(PAGE)..].iter().collect(),
    };
    let mut headers = headers(&recorded("notifications_types.jsonl")[2]);
    if let (Some(oldest), Some(newest)) = (shown.first(), shown.last()) {
        let (oldest, newest) = (number(oldest), number(newest));
        let link = format!(
            "link: <http://h{path}?max_id={oldest}&types%5B%5D=mention>; rel=\"next\", <http://h{path}?min_id={newest}>; rel=\"prev\"\r\n"
        );
        headers += &link;
    }
    let shown: Vec<&Value> = shown.into_iter().rev().collect();
    answer("200 OK", &headers, &json!(shown).to_string())
}

/// Writes bytes as chunks of `size`; false when nobody reads them.
async fn chunked(stream: &mut TcpStream, bytes: &[u8], size: usize) -> bool {
    let size = if size == 0 { bytes.len().max(1) } else { size };
    for piece in bytes.chunks(size) {
        let framed = [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat();
        if stream.write_all(&framed).await.is_err() {
            return false;
        }
    }
    stream.flush().await.is_ok()
}
