use std::io::Write;

use rstest::rstest;
use tokio::sync::watch;

use super::super::http::{Clients, Limits};
use super::super::test_desk::{Desk, instant};
use super::super::test_server::{Reply, Server};
use super::super::{Cause, Health, Retry, State, supervise};
use super::*;

const RSS: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/feeds/rss.xml"));
/// Shorter than any that is configured, so that a test waits for the next poll on real sockets and not for a minute.
const SOON: Duration = Duration::from_millis(1);

fn start(desk: &Desk, url: &str) -> watch::Receiver<Health> {
    let (context, health) = desk.seat(desk.cursor.clone());
    tokio::spawn(supervise(Feed::new(url, SOON), context, desk.cancel()));
    health
}

fn clients(bytes: usize, time: Duration) -> Clients {
    Clients::new(Limits { time, bytes, ..Limits::default() })
}

async fn fetch(url: &str) -> Result<(Answer, Option<String>), SourceError> {
    let ask = Ask { url, ..Ask::default() };
    let clients = clients(64 << 10, Duration::from_secs(20));
    Fetcher { clients: &clients }.fetch(&ask, instant("2026-11-20T17:00:00Z")).await
}

async fn failure(url: &str) -> SourceError {
    fetch(url).await.map(|(answer, _)| format!("{answer:?}")).expect_err("it fails")
}

#[tokio::test]
async fn the_first_answer_is_backlog_and_later_only_what_is_new_comes() {
    let mut desk = Desk::new();
    let newer = String::from_utf8(RSS.to_vec()).expect("UTF-8").replace(
        "<item><title>Pothole on Main St #2",
        "<item><title>New</title><guid>tag:elmtown,2026:3</guid></item><item><title>Pothole on Main St #2",
    );
    let server = Server::start([
        Reply::with("200 OK", "etag: W/\"6b03-54a\"\r\nlast-modified: Sun, 22 Nov 2026 18:55:34 GMT\r\n", RSS),
        Reply::with("304 Not Modified", "", b""),
        Reply::with("200 OK", "content-type: text/html\r\n", newer.as_bytes()),
        Reply::with("304 Not Modified", "", b""),
    ])
    .await;
    let health = start(&desk, &server.url("/rss"));
    let first = desk.batch().await;
    assert_eq!(first.items.len(), 3);
    assert!(first.items.iter().all(|item| item.backlog));
    first.ack.send(()).expect("the source waits");
    let second = desk.batch().await;
    assert_eq!(second.items.len(), 1);
    assert_eq!((second.items[0].text.as_str(), second.items[0].backlog), ("New", false));
    second.ack.send(()).expect("the source waits");
    desk.until(health, |health| health.items == 4 && health.state == State::Live).await;
    let requests = server.requests();
    assert!(!requests[0].contains("if-none-match"));
    for request in &requests[1..3] {
        assert!(request.contains("if-none-match: w/\"6b03-54a\"\r\n"), "{request}");
        assert!(request.contains("if-modified-since: sun, 22 nov 2026 18:55:34 gmt\r\n"), "{request}");
    }
}

#[tokio::test]
async fn a_restart_asks_with_the_stored_validators_and_repeats_nothing() {
    let mut desk = Desk::new();
    let server =
        Server::start([Reply::with("200 OK", "etag: \"one\"\r\n", RSS), Reply::with("304 Not Modified", "", b"")])
            .await;
    let health = start(&desk, &server.url("/rss"));
    desk.texts(3).await;
    desk.cancel().cancel();
    desk.stopped(health).await;
    desk.renew();
    let asked = server.requests().len();
    let health = start(&desk, &server.url("/rss"));
    desk.until(health, |health| health.state == State::Live).await;
    assert!(server.requests()[asked..].iter().all(|request| request.contains("if-none-match: \"one\"")));
}

#[tokio::test]
async fn a_batch_that_was_refused_comes_again_as_backlog() {
    let mut desk = Desk::new();
    let server = Server::start([Reply::with("200 OK", "etag: \"one\"\r\n", RSS)]).await;
    start(&desk, &server.url("/rss"));
    drop(desk.batch().await);
    let again = desk.batch().await;
    assert!(again.items.len() == 3 && again.items.iter().all(|item| item.backlog));
}

#[tokio::test]
async fn more_entries_than_a_batch_come_in_several_and_the_validators_with_the_last() {
    let mut desk = Desk::new();
    let entry = |number| format!("<item><title>{number}</title><guid>{number}</guid></item>");
    let entries = (0..300).map(entry).collect::<Vec<_>>().concat();
    let body = format!("<rss version=\"2.0\"><channel>{entries}</channel></rss>");
    let server = Server::start([Reply::with("200 OK", "etag: \"one\"\r\n", body.as_bytes())]).await;
    start(&desk, &server.url("/rss"));
    let (first, last) = (desk.batch().await, desk.batch().await);
    assert_eq!((first.items.len(), last.items.len()), (MAX_BATCH, 300 - MAX_BATCH));
    assert_eq!(first.cursor.read::<At>().expect("a feed's cursor").etag, None);
    let at = last.cursor.read::<At>().expect("a feed's cursor");
    assert_eq!((at.etag.as_deref(), at.seen.len(), at.complete), (Some("\"one\""), 300, true));
}

#[tokio::test]
async fn a_permanent_move_is_kept_and_a_passing_one_is_not() {
    let mut desk = Desk::new();
    let server = Server::start([
        Reply::redirect("301 Moved Permanently", "/new"),
        Reply::redirect("302 Found", "/passing"),
        Reply::with("200 OK", "", RSS),
        Reply::with("304 Not Modified", "", b""),
    ])
    .await;
    start(&desk, &server.url("/old"));
    desk.texts(3).await;
    let at = desk.cursor.as_ref().and_then(Cursor::read::<At>).expect("a feed's cursor");
    assert_eq!(at.moved, Some(server.url("/new")));
    let paths: Vec<_> =
        server.requests().iter().take(3).filter_map(|request| request.split(' ').nth(1).map(str::to_owned)).collect();
    assert_eq!(paths, ["/old", "/new", "/passing"]);
}

#[tokio::test]
async fn a_circle_of_redirects_ends() {
    let server = Server::start([Reply::redirect("301 Moved Permanently", "/rss?key=hush")]).await;
    let error = failure(&server.url("/rss?key=hush")).await;
    assert!(matches!(error.cause, Cause::TooManyRedirects { .. }), "{error:?}");
    assert_eq!(server.requests().len(), 6);
    assert!(!format!("{error:?}").contains("hush"), "{error:?}");
}

#[rstest]
#[case::file("file:///etc/passwd")]
#[case::script("javascript:alert(1)")]
#[case::nothing("")]
#[tokio::test]
async fn a_redirect_out_of_the_web_is_refused(#[case] location: &str) {
    let reply = match location {
        "" => Reply::with("302 Found", "location: http://\r\n", b""),
        _ => Reply::redirect("302 Found", location),
    };
    let server = Server::start([reply]).await;
    let error = failure(&server.url("/rss")).await;
    assert!(matches!(error.cause, Cause::ForbiddenRedirect { .. }), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[rstest]
#[case::gone("410 Gone", "", Retry::Never)]
#[case::too_often("429 Too Many Requests", "retry-after: 120\r\n", Retry::After { at_least: Some(Duration::from_mins(2)) })]
#[case::busy("503 Service Unavailable", "retry-after: Fri, 20 Nov 2026 17:00:30 GMT\r\n", Retry::After { at_least: Some(Duration::from_secs(30)) })]
#[case::broken("500 Internal Server Error", "", Retry::After { at_least: None })]
#[case::missing("404 Not Found", "", Retry::After { at_least: None })]
#[tokio::test]
async fn a_refusal_says_when_to_try_again(#[case] status: &str, #[case] headers: &str, #[case] retry: Retry) {
    let server = Server::start([Reply::with(status, headers, b"no")]).await;
    let error = failure(&server.url("/rss?key=hush")).await;
    assert_eq!(error.retry, retry);
    assert!(!format!("{error:?}").contains("hush"), "{error:?}");
}

#[tokio::test]
async fn a_feed_that_is_gone_stops_and_says_so() {
    let desk = Desk::new();
    let server = Server::start([Reply::with("410 Gone", "", b"")]).await;
    let health = desk.stopped(start(&desk, &server.url("/rss"))).await;
    assert!(
        matches!(health.state, State::Stopped { why: Some(SourceError { cause: Cause::Gone { .. }, .. }) }),
        "{health:?}"
    );
}

#[tokio::test]
async fn a_stalled_body_times_out() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n<rss".to_vec();
    let server = Server::start([Reply::Stall(head)]).await;
    let url = server.url("/rss");
    let ask = Ask { url: &url, ..Ask::default() };
    let clients = clients(1 << 20, Duration::from_millis(300));
    let fetched = Fetcher { clients: &clients }.fetch(&ask, instant("2026-11-20T17:00:00Z")).await;
    assert!(matches!(fetched, Err(SourceError { cause: Cause::TimedOut { .. }, .. })), "{fetched:?}");
}

#[tokio::test]
async fn a_cut_body_is_an_error_and_not_a_short_feed() {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", RSS.len());
    let server = Server::start([Reply::Bytes([head.as_bytes(), &RSS[..RSS.len() / 2]].concat())]).await;
    let error = failure(&server.url("/rss")).await;
    assert!(matches!(error.cause, Cause::Unreachable { .. }), "{error:?}");
}

#[tokio::test]
async fn a_huge_body_is_not_read_to_its_end() {
    let server = Server::start([Reply::with("200 OK", "", &vec![b'x'; 1 << 20])]).await;
    let error = failure(&server.url("/rss")).await;
    assert!(matches!(error.cause, Cause::TooLarge { limit: 65_536, .. }), "{error:?}");
}

#[tokio::test]
async fn a_compressed_bomb_is_measured_after_decompression() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![b' '; 16 << 20]).expect("it is compressed");
    let bomb = bomb.finish().expect("it is compressed");
    assert!(bomb.len() < 64 << 10);
    let server = Server::start([Reply::with("200 OK", "content-encoding: gzip\r\n", &bomb)]).await;
    let error = failure(&server.url("/rss")).await;
    assert!(matches!(error.cause, Cause::TooLarge { .. }), "{error:?}");
}

#[tokio::test]
async fn a_compressed_feed_is_read() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(RSS).expect("it is compressed");
    let packed = packed.finish().expect("it is compressed");
    let server = Server::start([Reply::with("200 OK", "content-encoding: gzip\r\n", &packed)]).await;
    let (answer, moved) = fetch(&server.url("/rss")).await.expect("it answers");
    assert!(matches!(answer, Answer::Document(document) if document.body == RSS));
    assert_eq!(moved, None);
}

#[tokio::test]
async fn what_is_no_feed_is_told_and_tried_again_later() {
    let desk = Desk::new();
    let page = Reply::with("200 OK", "content-type: text/html\r\n", b"<html><body>Sign in</body></html>");
    let server = Server::start([page]).await;
    let health = start(&desk, &server.url("/rss"));
    let health = desk.until(health, |health| matches!(health.state, State::BackingOff { .. })).await;
    let (_, error) = health.last_error.expect("it was told");
    assert!(matches!(error.cause, Cause::APage { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_without_the_secret() {
    let unused = tokio::net::TcpListener::bind("127.0.0.1:0").await.and_then(|port| port.local_addr()).expect("a port");
    let error = failure(&format!("http://{unused}/rss?key=hush")).await;
    assert!(matches!(error.cause, Cause::Unreachable { .. }), "{error:?}");
    assert!(!format!("{error:?}").contains("hush"), "{error:?}");
}

#[tokio::test]
async fn an_entry_without_text_is_set_aside_once() {
    let mut desk = Desk::new();
    let body =
        b"<rss version=\"2.0\"><channel><item><guid>1</guid></item><item><title>Good</title></item></channel></rss>";
    let server = Server::start([Reply::with("200 OK", "", body)]).await;
    let health = start(&desk, &server.url("/rss"));
    assert_eq!(desk.texts(1).await, ["Good"]);
    // Two more answers are the same: nothing new, nothing set aside again.
    for _ in 0..2 {
        let same = desk.batch().await;
        assert!(same.items.is_empty());
        same.ack.send(()).expect("the source waits");
    }
    assert_eq!(desk.until(health, |health| health.items == 1).await.bad, 1);
    assert_eq!(desk.quarantined()[0]["position"]["item"], "1");
}
