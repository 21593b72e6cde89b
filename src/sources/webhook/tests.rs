use std::net::SocketAddr;

use rstest::rstest;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::super::test_desk::Desk;
use super::super::{Health, Refusal, State, supervise};
use super::*;
use crate::config::{Revealed, Secret, Signature};

const PATH: &str = "/hush-hush-hush-hush";
const TOKEN: &str = "0123456789abcdef";
const BEARER: &str = "authorization: Bearer 0123456789abcdef\r\n";

/// A receiver that listens, with the end of its supervised task.
struct Running {
    address: SocketAddr,
    health: watch::Receiver<Health>,
    task: JoinHandle<()>,
}

fn secret(text: &str) -> Secret {
    Secret::Command(vec!["printf".to_owned(), "%s".to_owned(), text.to_owned()])
}

fn settings(signature: Signature) -> config::Webhook {
    config::Webhook {
        listen: "127.0.0.1:0".parse().expect("an address"),
        path: Revealed::new(PATH),
        signature,
        secret: secret(TOKEN),
        verify_token: (signature == Signature::Meta).then(|| secret("verify-me")),
        profile: None,
        profiles: "/nowhere".into(),
    }
}

async fn start_with(desk: &Desk, settings: config::Webhook, limits: Limits) -> Running {
    let (context, health) = desk.seat(desk.cursor.clone());
    let task = tokio::spawn(supervise(Webhook::with_limits(settings, limits), context, desk.cancel()));
    let listening = desk.until(health.clone(), |health| health.listening_on.is_some()).await;
    Running { address: listening.listening_on.expect("it was waited for"), health, task }
}

async fn start(desk: &Desk) -> Running {
    start_with(desk, settings(Signature::Bearer), Limits::default()).await
}

/// Sends these bytes and reads the answer to its end.
async fn exchange(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("somebody listens");
    stream.write_all(request).await.expect("it is taken");
    let mut answer = Vec::new();
    // A connection that is reset after the answer gave it all the same.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).expect("UTF-8")
}

fn request(method: &str, path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
        .into_bytes()
}

fn post(address: SocketAddr, body: &str) -> JoinHandle<String> {
    let request = request("POST", PATH, BEARER, body);
    tokio::spawn(async move { exchange(address, &request).await })
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("an answer")
}

#[tokio::test]
async fn a_sender_hears_200_once_its_delivery_is_stored() {
    let mut desk = Desk::new();
    let running = start(&desk).await;
    let answer = post(running.address, r#"[{"id":"1","text":"a"},{"id":"2"},{"id":"3","text":"b"}]"#);
    let batch = desk.batch().await;
    assert!(!answer.is_finished(), "nothing is stored yet");
    assert_eq!(batch.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    batch.ack.send(()).expect("the source waits");
    let answer = answer.await.expect("no panic");
    assert_eq!(status(&answer), 200);
    assert!(answer.ends_with("{\"kept\":2,\"bad\":1}\n"), "{answer}");
    let health = desk.until(running.health, |health| health.items == 2).await;
    assert_eq!((health.bad, health.state, health.notes), (1, State::Live, Vec::new()));
    assert_eq!(desk.quarantined().len(), 1);
}

#[tokio::test]
async fn what_is_not_stored_is_to_come_again_and_is_then_taken() {
    let mut desk = Desk::new();
    let running = start(&desk).await;
    let first = post(running.address, r#"{"id":"1","text":"a"}"#);
    drop(desk.batch().await.ack);
    let answer = first.await.expect("no panic");
    assert_eq!(status(&answer), 503);
    assert!(answer.contains("retry-after: 30"), "{answer}");
    let again = post(running.address, r#"{"id":"1","text":"a"}"#);
    assert_eq!(desk.texts(1).await, ["a"]);
    assert_eq!(status(&again.await.expect("no panic")), 200);
}

#[tokio::test]
async fn a_store_that_is_behind_is_answered_for_and_the_door_stays_open() {
    let mut desk = Desk::new();
    let limits = Limits { store: Duration::from_millis(20), ..Limits::default() };
    let running = start_with(&desk, settings(Signature::Bearer), limits).await;
    // Nobody takes batches: the first delivery is held, then the queue fills.
    for _ in 0..3 {
        assert_eq!(status(&post(running.address, r#"{"id":"1","text":"a"}"#).await.expect("no panic")), 503);
    }
    let held = desk.batch().await;
    assert_eq!(held.items.len(), 1);
    held.ack.send(()).expect("the source waits");
    assert_eq!(desk.texts(2).await, ["a", "a"]);
}

#[tokio::test]
async fn a_delivery_that_comes_again_is_answered_well_and_not_taken() {
    let mut desk = Desk::new();
    let mut hook = settings(Signature::Github);
    hook.secret = secret(TOKEN);
    let body = r#"{"type":"mention.created","data":{"text":"hé"}}"#;
    let headers = "x-github-delivery: d-1\r\n\
                   x-hub-signature-256: sha256=0a7ebb705cdb93dbacd7acb3e03817bd077ca7377e2201a0649ad975d9ba7445\r\n";
    let send = |address, headers: &str| {
        let request = request("POST", PATH, headers, body);
        tokio::spawn(async move { exchange(address, &request).await })
    };
    let running = start_with(&desk, hook.clone(), Limits::default()).await;
    let first = send(running.address, headers);
    assert_eq!(desk.texts(1).await, ["hé"]);
    assert_eq!(status(&first.await.expect("no panic")), 200);
    let again = send(running.address, headers).await.expect("no panic");
    assert!(status(&again) == 200 && again.ends_with("{\"seen_before\":true}\n"), "{again}");
    // Nor after a restart: its mark is in the cursor.
    desk.cancel().cancel();
    running.task.await.expect("no panic");
    desk.renew();
    let running = start_with(&desk, hook, Limits::default()).await;
    let again = send(running.address, headers).await.expect("no panic");
    assert!(again.ends_with("{\"seen_before\":true}\n"), "{again}");
}

#[tokio::test]
async fn a_large_delivery_is_known_again_only_when_all_of_it_is_stored() {
    let mut desk = Desk::new();
    let running = start_with(&desk, settings(Signature::Meta), Limits::default()).await;
    let change = r#"{"field":"feed","value":{"item":"post","verb":"add","post_id":"1_2","message":"a"}}"#;
    let changes = vec![change; MAX_BATCH + 1].join(",");
    let body = format!(r#"{{"object":"page","entry":[{{"changes":[{changes}]}}]}}"#);
    let tag = hub_tag(&body);
    let request = request("POST", PATH, &format!("x-hub-signature-256: sha256={tag}\r\n"), &body);
    let address = running.address;
    let answer = tokio::spawn(async move { exchange(address, &request).await });
    let first = desk.batch().await;
    assert_eq!((first.items.len(), first.cursor.0["seen"].as_array().map(Vec::len)), (MAX_BATCH, Some(0)));
    first.ack.send(()).expect("the source waits");
    let second = desk.batch().await;
    assert_eq!((second.items.len(), second.cursor.0["seen"].as_array().map(Vec::len)), (1, Some(1)));
    second.ack.send(()).expect("the source waits");
    assert_eq!(status(&answer.await.expect("no panic")), 200);
}

fn hub_tag(body: &str) -> String {
    use hmac::{KeyInit, Mac};
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(TOKEN.as_bytes()).expect("any key will do");
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[tokio::test]
async fn who_is_not_known_gets_nowhere_and_is_counted() {
    let desk = Desk::new();
    let running = start(&desk).await;
    let wrong = request("POST", PATH, "authorization: Bearer 0123456789abcdeF\r\n", r#"{"text":"a"}"#);
    let answer = exchange(running.address, &wrong).await;
    assert_eq!(status(&answer), 401);
    assert!(answer.ends_with("\r\n\r\nUnauthorized\n") && answer.contains("connection: close"), "{answer}");
    let unsigned = request("POST", PATH, "", r#"{"text":"a"}"#);
    assert_eq!(status(&exchange(running.address, &unsigned).await), 401);
    let two = |health: &Health| matches!(health.notes[..], [Note::Refused(Refused { count: 2, .. })]);
    let health = desk.until(running.health, two).await;
    assert!(matches!(health.notes[0], Note::Refused(Refused { why: Refusal::NotSigned, .. })));
    let locale = crate::locale::Locale::new(crate::locale::Lang::En);
    assert!(health.trouble(&locale).is_some_and(|told| told.contains("2 deliveries were refused")));
    assert!(desk.quarantined().is_empty(), "nothing of a stranger is kept");
}

#[rstest]
#[case::another_path("POST", "/hush-hush-hush-hus", BEARER, "{}", 404)]
#[case::root("GET", "/", "", "", 404)]
#[case::method("PUT", PATH, BEARER, "{}", 405)]
#[case::get("GET", PATH, BEARER, "", 405)]
#[case::form("POST", PATH, "content-type: application/x-www-form-urlencoded\r\n", "a=b", 415)]
#[case::gzip("POST", PATH, "content-encoding: gzip\r\n", "{}", 415)]
#[case::nothing_usable("POST", PATH, BEARER, "hello", 422)]
#[case::no_mention("POST", PATH, BEARER, r#"{"type":"contact.created","data":{"id":3}}"#, 422)]
#[case::nothing("POST", PATH, BEARER, "[]", 200)]
#[tokio::test]
async fn other_requests_are_turned_away(
    #[case] method: &str,
    #[case] path: &str,
    #[case] headers: &str,
    #[case] body: &str,
    #[case] expected: u16,
) {
    let desk = Desk::new();
    let running = start(&desk).await;
    let answer = exchange(running.address, &request(method, path, headers, body)).await;
    assert_eq!(status(&answer), expected, "{answer}");
    let (_, said) = answer.split_once("\r\n\r\n").expect("a head");
    assert!(said.len() < 40 && !answer.to_lowercase().contains("frontdesk"), "{answer}");
}

#[tokio::test]
async fn what_is_too_large_is_refused_and_the_answer_is_read() {
    let desk = Desk::new();
    let limits = Limits { body: 1024, ..Limits::default() };
    let running = start_with(&desk, settings(Signature::Bearer), limits).await;
    let large = format!("{{\"text\":\"{}\"}}", "x".repeat(2 << 20));
    assert_eq!(status(&exchange(running.address, &request("POST", PATH, BEARER, &large)).await), 413);
    let patient = format!("expect: 100-continue\r\n{BEARER}");
    let head = format!("POST {PATH} HTTP/1.1\r\nhost: a\r\ncontent-length: 9999999999\r\n{patient}\r\n");
    assert_eq!(status(&exchange(running.address, head.as_bytes()).await), 413);
    let chunk = format!("{:x}\r\n{}\r\n", 4096, "x".repeat(4096));
    let chunked =
        format!("POST {PATH} HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n{BEARER}\r\n{chunk}0\r\n\r\n");
    assert_eq!(status(&exchange(running.address, chunked.as_bytes()).await), 413);
    let many = format!("[{}]", vec!["{\"text\":\"a\"}"; 1_001].join(","));
    let running = start(&desk).await;
    assert_eq!(status(&exchange(running.address, &request("POST", PATH, BEARER, &many)).await), 413);
    let long = format!("/{}", "a".repeat(3_000));
    assert_eq!(status(&exchange(running.address, &request("POST", &long, BEARER, "{}")).await), 414);
    let heavy = format!("x-a: {}\r\n{BEARER}", "a".repeat(20_000));
    assert_eq!(status(&exchange(running.address, &request("POST", PATH, &heavy, "{}")).await), 431);
}

#[tokio::test]
async fn who_is_slow_holds_nobody_up() {
    let desk = Desk::new();
    let limits = Limits { receive: Duration::from_millis(20), connections: 1, ..Limits::default() };
    let running = start_with(&desk, settings(Signature::Bearer), limits).await;
    let slow = format!("POST {PATH} HTTP/1.1\r\nhost: a\r\ncontent-length: 99\r\n{BEARER}\r\n{{\"te");
    assert_eq!(status(&exchange(running.address, slow.as_bytes()).await), 408);
    // Who never finishes the head is cut off without an answer, and the only seat is free for the next one.
    let limits = Limits { connection: Duration::from_millis(20), connections: 1, ..Limits::default() };
    let running = start_with(&desk, settings(Signature::Bearer), limits).await;
    assert_eq!(exchange(running.address, b"POST /hush").await, "");
    let mut answer = String::new();
    while answer.is_empty() {
        // On a busy machine even a quick request may be cut off.
        answer = exchange(running.address, &request("PUT", PATH, "", "")).await;
    }
    assert_eq!(status(&answer), 405);
}

#[tokio::test]
async fn meta_is_told_its_challenge() {
    let desk = Desk::new();
    let running = start_with(&desk, settings(Signature::Meta), Limits::default()).await;
    let ask = |token: &str| format!("{PATH}?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1158201444");
    let answer = exchange(running.address, &request("GET", &ask("verify-me"), "", "")).await;
    assert!(status(&answer) == 200 && answer.ends_with("\r\n\r\n1158201444"), "{answer}");
    assert!(answer.contains("text/plain"), "{answer}");
    assert_eq!(status(&exchange(running.address, &request("GET", &ask("verify-you"), "", "")).await), 403);
}

#[tokio::test]
async fn at_the_end_those_inside_get_an_answer() {
    let mut desk = Desk::new();
    let running = start(&desk).await;
    let answer = post(running.address, r#"{"id":"1","text":"a"}"#);
    let batch = desk.batch().await;
    desk.cancel().cancel();
    batch.ack.send(()).expect("the source still waits");
    assert_eq!(status(&answer.await.expect("no panic")), 200);
    running.task.await.expect("no panic");
    assert!(TcpStream::connect(running.address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn a_port_in_use_is_told_and_tried_again() {
    let desk = Desk::new();
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let mut hook = settings(Signature::Bearer);
    hook.listen = taken.local_addr().expect("an address");
    let (context, health) = desk.seat(None);
    tokio::spawn(supervise(Webhook::new(hook.clone()), context, desk.cancel()));
    let waits = |health: &Health| matches!(health.state, State::BackingOff { .. });
    let told = desk.until(health.clone(), waits).await;
    assert!(matches!(told.last_error, Some((_, SourceError { cause: Cause::PortTaken { .. }, .. }))), "{told:?}");
    assert!(matches!(try_once(&hook).await, Err(SourceError { cause: Cause::PortTaken { .. }, .. })));
    drop(taken);
    desk.until(health, |health| health.listening_on.is_some()).await;
}

#[tokio::test]
async fn a_look_tells_where_it_would_listen_and_whether_it_can() {
    use super::super::Probe;
    let desk = Desk::new();
    let mut hook = settings(Signature::Bearer);
    assert!(matches!(try_once(&hook).await, Ok(Probe::Listens { is_running: false, is_open: false, .. })));
    hook.listen = start(&desk).await.address;
    assert!(matches!(try_once(&hook).await, Ok(Probe::Listens { is_running: true, .. })));
    hook.secret = secret("short");
    assert!(matches!(try_once(&hook).await, Err(SourceError { cause: Cause::ShortSecret, .. })));
    hook.signature = Signature::Standard;
    hook.secret = secret("whsec_?");
    assert!(matches!(try_once(&hook).await, Err(SourceError { cause: Cause::NotBase64, .. })));
    hook.profile = Some("none".to_owned());
    assert!(matches!(try_once(&hook).await, Err(SourceError { cause: Cause::Profile(_), .. })));
}
