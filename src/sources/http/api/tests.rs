use rstest::rstest;
use serde_json::json;

use super::super::super::test_server::{Reply as Scripted, Server};
use super::super::super::{Cause, Retry};
use super::super::Limits;
use super::*;

fn now() -> DateTime<Utc> {
    "2026-11-20T17:00:00Z".parse().expect("an instant")
}

fn api(base: &str) -> Api {
    let limits = Limits { time: Duration::from_secs(5), bytes: 1000, redirects: 2 };
    Api::new(base, Arc::new(Clients::new(limits))).expect("an address")
}

#[tokio::test]
async fn a_request_carries_its_query_its_bearer_and_its_body_below_the_base() {
    let server = Server::start([Scripted::with("200 OK", "", br#"{"ok":true}"#)]).await;
    let secret = Revealed::new("hush");
    let request = Request::post("statuses", Some(json!({ "text": "é" }))).query("q", "a b&c").bearer(&secret);
    let reply = api(&server.url("/api/v1")).ask(&request).await.expect("it answers");
    assert_eq!(reply.json::<serde_json::Value>().expect("JSON"), json!({ "ok": true }));
    let head = &server.requests()[0];
    assert!(head.starts_with("post /api/v1/statuses?q=a+b%26c http/1.1\r\n"), "{head}");
    assert!(head.contains("authorization: bearer hush\r\n"), "{head}");
    assert!(head.contains("content-type: application/json\r\n"), "{head}");
}

#[tokio::test]
async fn a_link_of_the_same_server_is_followed_and_of_another_is_not() {
    let server = Server::start([Scripted::with("200 OK", "", b"[]")]).await;
    let link = server.url("/api/v1/notifications?max_id=21&types%5B%5D=mention");
    api(&server.base).ask(&Request::get(&link)).await.expect("it answers");
    assert!(server.requests()[0].starts_with("get /api/v1/notifications?max_id=21&types%5b%5d=mention "));
    let elsewhere = api(&server.base).ask(&Request::get("http://other.example/api")).await;
    assert!(matches!(elsewhere.expect_err("it is refused").cause, Cause::ForbiddenRedirect { .. }));
}

#[tokio::test]
async fn a_secret_that_the_server_repeats_is_not_told() {
    let body = br#"{"error":"no hush-token here, nor hush-password"}"#;
    let server = Server::start([Scripted::with("403 Forbidden", "", body), Scripted::with("200 OK", "", body)]).await;
    let (api, secret) = (api(&server.base), Revealed::new("hush-token"));
    let request = Request::post("x", Some(json!({ "password": "hush-password", "identifier": "here" })));
    let reply = api.ask(&request.bearer(&secret)).await.expect("it answers");
    let told = format!("{:?}", reply.error(now()));
    assert!(told.contains("no … here, nor …") && !told.contains("hush"), "{told}");
    let reply = api.ask(&Request::get("x").query("access_token", "hush-token")).await.expect("it answers");
    let told = format!("{:?}", reply.json::<std::collections::BTreeMap<String, u8>>().expect_err("another shape"));
    assert!(told.contains("no … here") && !told.contains("hush-token"), "{told}");
}

#[rstest]
#[case::another_host("http://other.example/steal")]
#[case::file("file:///etc/passwd")]
#[case::another_port("http://127.0.0.1:9/steal")]
#[case::nothing("")]
#[tokio::test]
async fn a_secret_is_not_led_elsewhere(#[case] location: &str) {
    let server = Server::start([Scripted::redirect("302 Found", location), Scripted::with("200 OK", "", b"{}")]).await;
    let secret = Revealed::new("hush");
    let asked = api(&server.base).ask(&Request::get("x").bearer(&secret)).await;
    if location.is_empty() {
        assert!(asked.is_ok(), "it leads to itself");
    } else {
        assert!(matches!(asked.expect_err("refused").cause, Cause::ForbiddenRedirect { .. }));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let server = Server::start([Scripted::redirect("302 Found", "/again")]).await;
    let asked = api(&server.base).ask(&Request::get("x")).await;
    assert!(matches!(asked.expect_err("it ends").cause, Cause::TooManyRedirects { .. }));
    assert_eq!(server.requests().len(), 3);
}

#[rstest]
#[case::json(br#"{"error":"Validation failed"}"#, Some("Validation failed"))]
#[case::named(br#"{"error":"ExpiredToken","message":"Token has expired"}"#, Some("Token has expired"))]
#[case::graph(
    br#"{"error":{"message":"Invalid OAuth access token.","code":190}}"#,
    Some("Invalid OAuth access token.")
)]
#[case::text(b"Invalid Bearer token", None)]
#[case::html(b"<html>403</html>", None)]
#[case::empty(b"", None)]
#[case::list(b"[1]", None)]
#[tokio::test]
async fn an_error_tells_what_the_server_said(#[case] body: &[u8], #[case] said: Option<&str>) {
    let server = Server::start([Scripted::with("401 Unauthorized", "", body)]).await;
    let error = api(&server.base).get_well(&Request::get("x"), now()).await.expect_err("it is refused");
    let Cause::Answered { status, said: told, .. } = error.cause else { panic!("{error:?}") };
    assert_eq!((status, told.as_deref()), (401, said));
    assert_eq!(error.retry, Retry::After { at_least: Some(AFTER_REFUSAL) });
}

#[tokio::test]
async fn what_is_larger_than_its_limit_is_not_read() {
    let server = Server::start([Scripted::with("200 OK", "", &[b' '; 2000])]).await;
    let asked = api(&server.base).ask(&Request::get("x")).await;
    assert!(matches!(asked.expect_err("too large").cause, Cause::TooLarge { .. }));
}

#[tokio::test]
async fn a_secret_does_not_go_over_the_open_net_in_the_clear() {
    let secret = Revealed::new("hush");
    let asked = api("http://93.184.216.34/").ask(&Request::get("x").bearer(&secret)).await;
    let error = asked.expect_err("refused");
    assert!(matches!(error.cause, Cause::InTheClear { .. }));
    assert_eq!(error.retry, Retry::Never);
}

#[tokio::test]
async fn an_answer_that_is_no_json_says_so() {
    let server = Server::start([Scripted::with("200 OK", "", b"<html>")]).await;
    let reply = api(&server.base).ask(&Request::get("x")).await.expect("it answers");
    let error = reply.json::<serde_json::Value>().expect_err("no JSON");
    assert!(matches!(error.cause, Cause::BadAnswer { .. }));
}
