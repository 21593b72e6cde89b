use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::super::test_desk::{Desk, instant};
use super::super::test_server::{Asked, Reply, Server};
use super::super::{Cause, Health, Retry, State, supervise};
use super::*;
use crate::config::Secret;
use crate::mention::{Kind, RawItem};

const TOKEN: &str = "EAAhush";

fn settings(server: &Server) -> config::Facebook {
    config::Facebook {
        page: "elmtown".to_owned(),
        token: Secret::Command(vec!["printf".to_owned(), TOKEN.to_owned()]),
        url: server.url("/v23.0"),
        // Shorter than any that is configured: tests wait on sockets, and not for a minute.
        every: Duration::from_millis(1),
    }
}

fn start(desk: &Desk, server: &Server) -> watch::Receiver<Health> {
    let (context, health) = desk.seat(desk.cursor.clone());
    tokio::spawn(supervise(Facebook::new(settings(server)), context, desk.cancel()));
    health
}

fn well(body: &Value) -> Reply {
    Reply::with("200 OK", "", body.to_string().as_bytes())
}

fn comment(number: u32, parent: Option<&str>) -> Value {
    let parent = parent.map(|id| json!({ "id": id }));
    json!({ "id": format!("2_{number}"), "message": format!("comment {number}"), "created_time": "2026-11-20T12:05:00+0000",
            "from": { "id": "99", "name": "Ana Roy" }, "parent": parent })
}

fn post(comments: &Value) -> Value {
    json!({ "id": "1_2", "message": "The main on Elm St is being mended", "created_time": "2026-11-20T12:00:00+0000",
            "from": { "id": "1", "name": "Elmtown" }, "permalink_url": "https://www.facebook.com/elmtown/posts/2",
            "shares": { "count": 4 }, "reactions": { "data": [], "summary": { "total_count": 12 } }, "comments": comments })
}

/// What Meta's example of a list looks like.
fn answer(asked: &Asked) -> Reply {
    let more = json!({ "cursors": { "before": "a", "after": "b" }, "next": "https://graph.facebook.com/v23.0/1_2/comments?access_token=EAAhush&after=b" });
    match (asked.path(), asked.query("after").as_deref()) {
        ("/v23.0/elmtown/feed", None) => {
            let comments = json!({ "data": [comment(3, None), comment(4, Some("2_3"))], "paging": more });
            well(&json!({ "data": [post(&comments), { "id": "1_9", "created_time": "2026-11-19T12:00:00+0000" }] }))
        }
        ("/v23.0/1_2/comments", Some("b")) => well(&json!({ "data": [comment(5, None)] })),
        ("/v23.0/elmtown/tagged", None) => {
            well(&json!({ "data": [{ "id": "7_8", "message": "Thank you @Elmtown", "from": { "id": "7" } }] }))
        }
        _ => Reply::with("404 Not Found", "", b""),
    }
}

fn of<'a>(items: &'a [RawItem], id: &str) -> &'a RawItem {
    items.iter().find(|item| item.native_id.as_deref() == Some(id)).expect("it is there")
}

#[tokio::test]
async fn posts_their_comments_and_what_tags_the_page_come_once() {
    let mut desk = Desk::new();
    let server = Server::answering(answer).await;
    let health = start(&desk, &server);
    let first = desk.batch().await;
    let items = &first.items;
    assert_eq!(items.len(), 6);
    assert!(items.iter().all(|item| item.backlog && item.network.as_deref() == Some("facebook")));
    let post = of(items, "1_2");
    assert_eq!((post.kind, post.metrics.likes, post.metrics.reposts), (Kind::Post, Some(12), Some(4)));
    assert_eq!(post.posted_at, Some(instant("2026-11-20T12:00:00Z")));
    let reply = of(items, "2_4");
    assert_eq!(
        (reply.kind, reply.reply_to.as_deref(), reply.thread.as_deref()),
        (Kind::Reply, Some("2_3"), Some("1_2"))
    );
    assert_eq!((of(items, "2_5").kind, of(items, "2_5").reply_to.as_deref()), (Kind::Comment, Some("1_2")));
    assert_eq!(of(items, "1_9").text, "https://www.facebook.com/1_9");
    assert_eq!(of(items, "7_8").author.handle.as_deref(), Some("7"));
    first.ack.send(()).expect("the source waits");
    // Three lists a look; a known thread is not asked for again.
    desk.until(health, |health| health.items == 6 && health.state == State::Live).await;
    while server.requests().len() < 7 {
        tokio::task::yield_now().await;
    }
    for request in server.requests() {
        assert!(request.contains("authorization: bearer eaahush\r\n"), "{request}");
        assert!(!request.lines().next().is_some_and(|line| line.contains("hush")), "{request}");
    }
}

#[rstest]
#[case::token(190, 400, "", Some(900), 401)]
#[case::session(102, 400, "", Some(900), 401)]
#[case::permission(10, 403, "", Some(900), 403)]
#[case::permission_of_a_person(200, 400, "", Some(900), 403)]
#[case::app_limit(4, 403, "", Some(3600), 429)]
#[case::user_limit(17, 400, "", Some(3600), 429)]
#[case::page_limit(32, 403, "retry-after: 60\r\n", Some(60), 429)]
#[case::case_limit(
    613,
    400,
    "x-business-use-case-usage: {\"1\":[{\"call_count\":100,\"estimated_time_to_regain_access\":7}]}\r\n",
    Some(420),
    429
)]
#[case::trouble(2, 500, "", None, 500)]
#[case::other(100, 400, "", None, 400)]
#[tokio::test]
async fn metas_own_codes_say_what_is_wrong(
    #[case] code: i64,
    #[case] status: u16,
    #[case] headers: &str,
    #[case] wait: Option<u64>,
    #[case] told: u16,
) {
    let desk = Desk::new();
    let body = json!({ "error": { "message": "Meta's words", "type": "OAuthException", "code": code } }).to_string();
    let server = Server::start([Reply::with(&format!("{status} Error"), headers, body.as_bytes())]).await;
    let health = desk.until(start(&desk, &server), |health| health.last_error.is_some()).await;
    let (_, error) = health.last_error.expect("it was waited for");
    let said = Some("Meta's words".to_owned());
    assert!(
        matches!(error.cause, Cause::Answered { status, said: ref words, .. } if status == told && *words == said),
        "{error:?}"
    );
    assert_eq!(error.retry, Retry::After { at_least: wait.map(Duration::from_secs) });
}

#[tokio::test]
async fn what_an_app_may_not_read_is_told_and_costs_nothing_else() {
    let mut desk = Desk::new();
    let server = Server::answering(|asked| match asked.path() {
        "/v23.0/elmtown/tagged" => {
            let body = json!({ "error": { "message": "(#10) requires pages_read_user_content", "code": 10 } });
            Reply::with("403 Forbidden", "", body.to_string().as_bytes())
        }
        _ => answer(asked),
    })
    .await;
    let health = start(&desk, &server);
    assert_eq!(desk.texts(5).await.len(), 5);
    let closed = |health: &Health| matches!(health.notes[..], [Note::Closed { .. }]);
    desk.until(health, |health| health.state == State::Live && closed(health)).await;
}

#[tokio::test]
async fn one_odd_post_costs_no_other() {
    let mut desk = Desk::new();
    let server = Server::answering(|asked| match asked.path() {
        "/v23.0/elmtown/feed" => well(&json!({ "data": [7, { "id": 3 }, post(&Value::Null), { "message": "no id" }] })),
        _ => well(&json!({ "data": [] })),
    })
    .await;
    let health = start(&desk, &server);
    assert_eq!(desk.texts(1).await.len(), 1);
    desk.until(health, |health| health.bad == 2 && health.items == 1).await;
}

#[test]
fn what_is_used_of_the_limits_is_shown_and_slows_it_down() {
    let headers = |name: &'static str, value: &str| {
        let value = reqwest::header::HeaderValue::from_str(value).expect("a header's value");
        reqwest::header::HeaderMap::from_iter([(reqwest::header::HeaderName::from_static(name), value)])
    };
    let every = Duration::from_mins(5);
    let usage = |name, value: &str| {
        let mut usage = Usage::default();
        usage.take(&headers(name, value));
        usage
    };
    let some = usage("x-app-usage", r#"{"call_count":28,"total_time":25.5,"total_cputime":30}"#);
    let now = instant("2026-11-20T17:00:00Z");
    assert_eq!((some.quota(now).map(|quota| quota.remaining), some.unhurried(every)), (Some(70), every));
    let much = usage("x-page-usage", r#"{"call_count":80}"#);
    assert_eq!(much.unhurried(every), 4 * every);
    let all = usage(
        "x-business-use-case-usage",
        r#"{"1":[{"type":"pages","call_count":100,"estimated_time_to_regain_access":19}]}"#,
    );
    assert_eq!((all.quota(now).map(|quota| quota.remaining), all.unhurried(every)), (Some(0), Duration::from_mins(19)));
    for nonsense in ["", "{", "[]", r#"{"call_count":"many"}"#, r#"{"1":3}"#] {
        assert_eq!(usage("x-app-usage", nonsense).quota(now), None);
        assert_eq!(usage("x-business-use-case-usage", nonsense).unhurried(every), every);
    }
}
