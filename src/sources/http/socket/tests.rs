use rstest::rstest;
use tokio::net::TcpListener;
use tokio_tungstenite::accept_async;

use super::super::super::Retry;
use super::super::super::test_server::{Reply, Server};
use super::*;

fn now() -> chrono::DateTime<chrono::Utc> {
    "2026-11-20T17:00:00Z".parse().expect("an instant")
}

/// A server that sends these messages and closes; what it is sent comes back first.
async fn server(messages: Vec<Message>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("ws://{}/stream?access_token=hush", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("somebody comes");
        let mut socket = accept_async(stream).await.expect("the upgrade");
        let echoed = socket.next().await.expect("something is sent").expect("a message");
        for message in [vec![echoed], messages].concat() {
            if socket.send(message).await.is_err() {
                return;
            }
        }
        let _ = socket.close(None).await;
    });
    url
}

async fn open(url: &str) -> Result<Socket, SourceError> {
    Socket::open(url, Handshake::default(), now()).await
}

#[tokio::test]
async fn messages_come_in_order_until_the_other_side_closes() {
    let url = server(vec![Message::Ping("p".into()), Message::binary(vec![1, 2])]).await;
    let mut socket = open(&url).await.expect("it opens");
    socket.send("subscribe é".to_owned()).await.expect("it is sent");
    assert_eq!(socket.next().await, Ok(Some(Frame::Text("subscribe é".into()))));
    assert_eq!(socket.next().await, Ok(Some(Frame::Alive)));
    assert_eq!(socket.next().await, Ok(Some(Frame::Binary(vec![1, 2].into()))));
    assert_eq!(socket.next().await, Ok(None));
    assert!(!format!("{socket:?}").contains("hush"));
}

#[tokio::test]
async fn a_message_beyond_the_limit_ends_the_connection() {
    let url = server(vec![Message::text("x".repeat(MAX_MESSAGE + 1))]).await;
    let mut socket = open(&url).await.expect("it opens");
    socket.send("x".to_owned()).await.expect("it is sent");
    socket.next().await.expect("the echo");
    let error = socket.next().await.expect_err("too large");
    assert!(matches!(error.cause, Cause::TooLarge { .. }), "{error:?}");
}

#[rstest]
#[case::token("401 Unauthorized", "x-error-message: The access token is invalid\r\n", 401, Some(AFTER_REFUSAL))]
#[case::busy("429 Too Many Requests", "retry-after: 30\r\n", 429, Some(Duration::from_secs(30)))]
#[case::proxy("502 Bad Gateway", "", 502, None)]
#[tokio::test]
async fn a_refused_upgrade_tells_why(
    #[case] status: &str,
    #[case] headers: &str,
    #[case] code: u16,
    #[case] at_least: Option<Duration>,
) {
    let server = Server::start([Reply::with(status, headers, b"<html>no</html>")]).await;
    let error = open(&server.url("/stream")).await.expect_err("refused");
    let Cause::Answered { status, said, .. } = error.cause else { panic!("{error:?}") };
    assert_eq!((status, said.is_some()), (code, headers.starts_with("x-error")));
    assert_eq!(error.retry, Retry::After { at_least });
}

#[tokio::test]
async fn the_secret_goes_to_the_upgrade_and_not_over_the_open_net_in_the_clear() {
    let server = Server::start([Reply::with("401 Unauthorized", "", b"")]).await;
    let secret = Revealed::new("hush");
    let handshake = Handshake { bearer: Some(&secret), subprotocol: Some("xrpc.v1.json") };
    Socket::open(&server.url("/stream"), handshake, now()).await.expect_err("refused");
    let head = &server.requests()[0];
    assert!(head.contains("authorization: bearer hush\r\n"), "{head}");
    assert!(head.contains("sec-websocket-protocol: xrpc.v1.json\r\n"), "{head}");
    let error = Socket::open("ws://93.184.216.34/", handshake, now()).await.expect_err("in the clear");
    assert!(matches!(error.cause, Cause::InTheClear { .. }), "{error:?}");
}

#[rstest]
#[case::file("file:///etc/passwd")]
#[case::nothing("")]
#[case::no_host("ws://")]
#[tokio::test]
async fn what_is_no_address_is_not_tried_again(#[case] url: &str) {
    assert_eq!(open(url).await.expect_err("no address").retry, Retry::Never);
}

#[tokio::test]
async fn what_does_not_encrypt_is_not_spoken_with() {
    let server = Server::start([Reply::with("200 OK", "", b"")]).await;
    let error = open(&server.url("/").replace("http://", "wss://")).await.expect_err("no encryption");
    assert!(matches!(error.cause, Cause::Unreachable { .. } | Cause::NoTls(_) | Cause::TimedOut { .. }), "{error:?}");
}
