use serde_json::json;
use tokio::sync::watch;

use super::super::test_desk::{Desk, instant};
use super::super::test_server::{Asked, Reply, Server};
use super::super::{Cause, Health, State, supervise};
use super::*;

const JSON: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/open311/requests.json"));
const XML: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/open311/requests.xml"));

fn settings(server: &Server) -> config::Open311 {
    config::Open311 {
        url: server.url("/v2/"),
        jurisdiction: Some("city.example".to_owned()),
        // Shorter than any that is configured: tests wait on sockets, and not for a minute.
        every: Duration::from_millis(1),
    }
}

fn start(desk: &Desk, server: &Server) -> watch::Receiver<Health> {
    let (context, health) = desk.seat(desk.cursor.clone());
    tokio::spawn(supervise(Open311::new(settings(server)), context, desk.cancel()));
    health
}

fn requests(numbers: impl IntoIterator<Item = u64>) -> Reply {
    let one = |number: u64| {
        let at = instant("2026-11-20T00:00:00Z") + TimeDelta::seconds(number as i64);
        json!({ "service_request_id": number, "service_name": "Water", "description": format!("no. {number}"),
                "requested_datetime": at.to_rfc3339() })
    };
    Reply::with("200 OK", "", json!(numbers.into_iter().map(one).collect::<Vec<_>>()).to_string().as_bytes())
}

#[tokio::test]
async fn the_first_look_is_backlog_and_later_only_what_is_new_comes() {
    let mut desk = Desk::new();
    let closed = String::from_utf8_lossy(JSON)
        .replace("\"open\", \"service_name\": \"S", "\"closed\", \"service_name\": \"S")
        .replace("Autre\",\n", "Autre, encore\",\n");
    let server = Server::start([Reply::with("200 OK", "", JSON), Reply::with("200 OK", "", closed.as_bytes())]).await;
    let health = start(&desk, &server);
    let first = desk.batch().await;
    assert!(first.items.len() == 3 && first.items.iter().all(|item| item.backlog));
    first.ack.send(()).expect("the source waits");
    let second = desk.batch().await;
    // Neither a status nor a note of the city is a new text.
    assert_eq!(second.items.iter().map(|item| item.native_id.as_deref()).collect::<Vec<_>>(), [Some("638350")]);
    assert!(!second.items[0].backlog);
    second.ack.send(()).expect("the source waits");
    desk.until(health, |health| health.items == 4 && health.bad == 1 && health.state == State::Live).await;
    let asked = server.requests();
    assert!(
        asked[0].starts_with("get /v2/requests.json?jurisdiction_id=city.example&start_date=2026-10-21t17%3a00%3a00z"),
        "{}",
        asked[0]
    );
    assert!(asked[1].contains("start_date=2026-11-12t08%3a03%3a00z"), "a week before the newest: {}", asked[1]);
}

#[tokio::test]
async fn a_server_without_json_is_asked_for_xml() {
    let mut desk = Desk::new();
    let answer = |asked: &Asked| match asked.path() {
        "/v2/requests.xml" => Reply::with("200 OK", "content-type: text/xml\r\n", XML),
        _ => Reply::with("406 Not Acceptable", "", b""),
    };
    let server = Server::answering(answer).await;
    let health = start(&desk, &server);
    assert_eq!(desk.texts(3).await.len(), 3);
    desk.until(health, |health| health.state == State::Live && health.bad == 1).await;
}

#[tokio::test]
async fn a_full_answer_is_asked_on_from_its_oldest() {
    let mut desk = Desk::new();
    let answer = |asked: &Asked| match asked.query("end_date") {
        None => requests(500..1500),
        Some(_) => requests(0..501),
    };
    let server = Server::answering(answer).await;
    let _health = start(&desk, &server);
    let texts = desk.texts(1500).await;
    assert!(texts[0].contains("no. 0") && texts[1499].contains("no. 1499"), "the oldest first");
    assert!(server.requests()[1].contains("end_date=2026-11-20t00%3a08%3a20z"));
}

#[tokio::test]
async fn a_run_that_ends_between_batches_gets_the_rest() {
    let mut desk = Desk::new();
    let server = Server::answering(|_| requests(0..400)).await;
    let health = start(&desk, &server);
    let first = desk.batch().await;
    assert!(first.cursor.0["newest"].is_null(), "the window has not moved");
    desk.cursor = Some(first.cursor.clone());
    let mut known: Vec<_> = first.items.into_iter().map(|item| item.native_id).collect();
    desk.cancel().cancel();
    desk.stopped(health).await;
    desk.renew();
    let _health = start(&desk, &server);
    let rest = desk.batch().await;
    assert!(rest.items.iter().all(|item| item.backlog && !known.contains(&item.native_id)));
    known.extend(rest.items.into_iter().map(|item| item.native_id));
    assert_eq!(known.len(), 400);
}

#[tokio::test]
async fn the_citys_own_words_are_told() {
    let desk = Desk::new();
    let refusal = br#"[{"code":400,"description":"jurisdiction_id was not provided"}]"#;
    let server = Server::start([Reply::with("400 Bad Request", "", refusal)]).await;
    let health = start(&desk, &server);
    let told = desk.until(health, |health| health.last_error.is_some()).await;
    let (_, error) = told.last_error.expect("it was waited for");
    let said = Some("jurisdiction_id was not provided".to_owned());
    assert!(matches!(error.cause, Cause::Answered { status: 400, said: ref told, .. } if *told == said), "{error:?}");
}

#[tokio::test]
async fn a_try_shows_what_would_come() {
    let server = Server::start([Reply::with("200 OK", "", JSON)]).await;
    let (source, now) = ("city".into(), instant("2026-11-20T17:00:00Z"));
    let probe = try_once(&settings(&server), &Receipt { source: &source, network: None, now }).await;
    assert!(matches!(probe, Ok(Probe::Answers { items: 3, bad: 1, .. })), "{probe:?}");
}
