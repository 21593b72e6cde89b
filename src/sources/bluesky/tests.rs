mod pds;

use std::time::Duration;

use chrono::TimeDelta;
use rstest::rstest;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::super::test_desk::{Desk, instant};
use super::super::{Cause, Health, Retry, State, probe, supervise};
use super::*;
use crate::config::{Secret, SourceKind};
use crate::mention::Id;
use pds::{OWN, PASSWORD, Pds, post};

const NOTIFICATIONS: &str = "app.bsky.notification.listNotifications";
const SEARCH: &str = "app.bsky.feed.searchPosts";
const POSTS: &str = "app.bsky.feed.getPosts";
const SIGN_IN: &str = "com.atproto.server.createSession";
const RENEW: &str = "com.atproto.server.refreshSession";

fn configured(pds: &Pds, password: &str, search: &[&str]) -> SourceConfig {
    let account = config::Bluesky {
        handle: "town.example".to_owned(),
        password: Secret::Command(["printf", "%s", password].map(str::to_owned).to_vec()),
        server: pds.base.clone(),
        notifications: true,
        search: search.iter().map(|text| (*text).to_owned()).collect(),
        // Shorter than any that is configured: a test does not wait for the next look.
        every: Duration::from_millis(1),
    };
    SourceConfig { id: Id::from("inbox"), kind: SourceKind::Bluesky(account), network: None, enabled: true }
}

fn run(desk: &Desk, config: &SourceConfig) -> watch::Receiver<Health> {
    let SourceKind::Bluesky(account) = &config.kind else { panic!("another kind") };
    let (context, health) = desk.seat_of(config, desk.cursor.clone());
    tokio::spawn(supervise(Bluesky::new(account.clone()), context, desk.cancel()));
    health
}

fn start(desk: &Desk, pds: &Pds) -> watch::Receiver<Health> {
    run(desk, &configured(pds, PASSWORD, &[]))
}

/// Returns when a method was called so often.
async fn called(pds: &Pds, method: &str, times: usize) {
    while pds.calls(method) < times {
        tokio::task::yield_now().await;
    }
}

async fn failed(desk: &Desk, health: &watch::Receiver<Health>) -> SourceError {
    let health = desk.until(health.clone(), |health| health.last_error.is_some()).await;
    assert!(!format!("{health:?}").contains("hush"), "{health:?}");
    health.last_error.expect("it failed").1
}

#[tokio::test]
async fn the_first_look_is_backlog_and_then_only_what_is_new_comes_on_one_sign_in() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    pds.mention("1", "Is the water safe?");
    pds.mention("2", "Still brown");
    let health = start(&desk, &pds);
    let batch = desk.batch().await;
    let told: Vec<_> = batch.items.iter().map(|item| (item.text.as_str(), item.backlog)).collect();
    assert_eq!(told, [("Is the water safe?", true), ("Still brown", true)]);
    assert_eq!(batch.items[0].metrics.reposts, Some(3), "counts come with the whole post");
    batch.ack.send(()).expect("the source waits");
    pds.mention("3", "Thanks");
    let batch = desk.batch().await;
    assert_eq!((batch.items.len(), batch.items[0].text.as_str(), batch.items[0].backlog), (1, "Thanks", false));
    batch.ack.send(()).expect("the source waits");
    let looks = pds.calls(NOTIFICATIONS);
    called(&pds, NOTIFICATIONS, looks + 3).await;
    let health = desk.until(health, |health| health.items == 3 && health.state == State::Live).await;
    let quota = health.quota.expect("the server tells it");
    assert_eq!((quota.remaining, quota.limit), (2990, Some(3000)));
    assert_eq!(pds.calls(SIGN_IN), 1);
    let asked = pds.state().asked.iter().find(|asked| asked.starts_with(NOTIFICATIONS)).cloned();
    assert_eq!(asked, Some(format!("{NOTIFICATIONS}?reasons=mention&reasons=reply&reasons=quote&limit=100")));
}

#[tokio::test]
async fn a_restart_goes_on_with_the_kept_session_and_repeats_nothing() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    pds.mention("1", "Is the water safe?");
    let health = start(&desk, &pds);
    desk.texts(1).await;
    desk.cancel().cancel();
    desk.stopped(health).await;
    desk.renew();
    pds.mention("2", "Still brown");
    start(&desk, &pds);
    assert_eq!(desk.texts(1).await, ["Still brown"]);
    assert_eq!(pds.calls(SIGN_IN), 1);
    let file = desk.folder.path().join("sources/inbox.session");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).expect("it is kept").permissions().mode() & 0o777, 0o600);
    }
    assert!(file.exists());
}

#[tokio::test]
async fn what_was_not_committed_comes_again() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    pds.mention("1", "Is the water safe?");
    start(&desk, &pds);
    drop(desk.batch().await);
    let again = desk.batch().await;
    assert!(again.items.len() == 1 && again.items[0].backlog);
    again.ack.send(()).expect("the source waits");
    assert_eq!(pds.calls(SIGN_IN), 1);
}

#[tokio::test]
async fn an_expired_token_is_renewed_and_the_call_made_again() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    pds.mention("1", "Is the water safe?");
    start(&desk, &pds);
    desk.texts(1).await;
    pds.script(NOTIFICATIONS, [(400, "", json!({ "error": "ExpiredToken", "message": "Token has expired" }))]);
    pds.mention("2", "Still brown");
    assert_eq!(desk.texts(1).await, ["Still brown"]);
    assert_eq!((pds.calls(RENEW), pds.calls(SIGN_IN)), (1, 1));
    let kept = std::fs::read_to_string(desk.folder.path().join("sources/inbox.session")).expect("it is kept");
    assert!(kept.contains("hush-refresh-2"), "both tokens are the new ones");
}

#[tokio::test]
async fn a_token_is_renewed_before_it_runs_out() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    pds.mention("1", "Is the water safe?");
    let health = start(&desk, &pds);
    desk.texts(1).await;
    desk.clock.advance(TimeDelta::minutes(116));
    called(&pds, RENEW, 1).await;
    let looks = pds.calls(NOTIFICATIONS);
    called(&pds, NOTIFICATIONS, looks + 3).await;
    assert_eq!((pds.calls(RENEW), pds.calls(SIGN_IN)), (1, 1));
    assert_eq!(health.borrow().last_error, None);
}

#[tokio::test]
async fn a_session_that_the_server_forgot_is_made_anew_with_the_password() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    pds.mention("1", "Is the water safe?");
    start(&desk, &pds);
    desk.texts(1).await;
    pds.state().tokens += 100;
    pds.mention("2", "Still brown");
    assert_eq!(desk.texts(1).await, ["Still brown"]);
    assert_eq!((pds.calls(RENEW), pds.calls(SIGN_IN)), (1, 2));
}

#[tokio::test]
async fn a_renewal_that_fails_for_now_costs_no_sign_in() {
    let mut desk = Desk::hurried();
    let pds = Pds::start().await;
    pds.mention("1", "Is the water safe?");
    let health = start(&desk, &pds);
    desk.texts(1).await;
    pds.script(NOTIFICATIONS, [(400, "", json!({ "error": "ExpiredToken" }))]);
    pds.script(RENEW, [(500, "", json!("<html>")), (502, "", json!({ "error": "UpstreamFailure" }))]);
    pds.mention("2", "Still brown");
    assert!(matches!(failed(&desk, &health).await.retry, Retry::After { at_least: None }));
    assert_eq!(desk.texts(1).await, ["Still brown"]);
    assert_eq!(pds.calls(SIGN_IN), 1);
}

#[tokio::test]
async fn a_session_that_is_refused_as_soon_as_it_is_made_is_not_made_again_at_once() {
    let desk = Desk::new();
    let pds = Pds::start().await;
    let refused = || (401, "", json!({ "error": "InvalidToken" }));
    pds.script(NOTIFICATIONS, (0..9).map(|_| refused()));
    let error = failed(&desk, &start(&desk, &pds)).await;
    assert_eq!(error.retry, Retry::After { at_least: Some(Duration::from_mins(15)) });
    assert_eq!(pds.calls(SIGN_IN), 1);
}

#[rstest]
#[case::password("AuthenticationRequired", |server, handle| Cause::WrongPassword { server, handle })]
#[case::second_factor("AuthFactorTokenRequired", |server, handle| Cause::SecondFactor { server, handle })]
#[case::taken_down("AccountTakedown", |server, handle| Cause::AccountClosed { server, handle })]
#[tokio::test]
async fn a_sign_in_that_a_person_must_mend_is_not_tried_again(
    #[case] name: &str,
    #[case] cause: fn(String, String) -> Cause,
) {
    let desk = Desk::new();
    let pds = Pds::start().await;
    pds.script(SIGN_IN, [(401, "", json!({ "error": name, "message": "hush-password is wrong" }))]);
    let health = desk.stopped(start(&desk, &pds)).await;
    let State::Stopped { why: Some(error) } = health.state else { panic!("{health:?}") };
    let expected = cause(format!("{}/xrpc/{SIGN_IN}", pds.base), "town.example".to_owned());
    assert_eq!(error, SourceError::permanent(expected));
    assert_eq!(pds.calls(SIGN_IN), 1);
}

#[tokio::test]
async fn a_password_that_is_wrong_is_told_without_it() {
    let desk = Desk::new();
    let pds = Pds::start().await;
    let health = desk.stopped(run(&desk, &configured(&pds, "hush-wrong", &[]))).await;
    assert!(matches!(&health.last_error, Some((_, SourceError { cause: Cause::WrongPassword { .. }, .. }))));
    assert!(!format!("{health:?}").contains("hush"), "{health:?}");
}

#[rstest]
#[case::its_own_words(
    "ratelimit-limit: 30\nratelimit-remaining: 0\nratelimit-reset: 90\nratelimit-policy: 30;w=300",
    90
)]
#[case::usual("retry-after: 7", 7)]
#[case::silent("", 60)]
#[tokio::test]
async fn a_limit_is_waited_for(#[case] headers: &'static str, #[case] seconds: u64) {
    let desk = Desk::new();
    let pds = Pds::start().await;
    pds.script(SIGN_IN, [(429, headers, json!({ "error": "RateLimitExceeded", "message": "Rate Limit Exceeded" }))]);
    let error = failed(&desk, &start(&desk, &pds)).await;
    assert_eq!(error.retry, Retry::After { at_least: Some(Duration::from_secs(seconds)) });
}

#[tokio::test]
async fn a_server_behind_the_server_that_is_down_is_tried_again() {
    let mut desk = Desk::hurried();
    let pds = Pds::start().await;
    pds.mention("1", "Is the water safe?");
    pds.script(NOTIFICATIONS, [(502, "", json!({ "error": "UpstreamFailure", "message": "unreachable" }))]);
    let health = start(&desk, &pds);
    assert!(matches!(failed(&desk, &health).await.cause, Cause::Answered { status: 502, .. }));
    assert_eq!(desk.texts(1).await, ["Is the water safe?"]);
    assert_eq!((pds.calls(SIGN_IN), pds.calls(RENEW)), (1, 0));
}

#[tokio::test]
async fn pages_are_read_until_what_is_known() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    pds.state().page = 2;
    pds.mention("0", "0");
    start(&desk, &pds);
    desk.texts(1).await;
    {
        // All at once, as after a night.
        let several: Vec<Value> = (1..8).rev().map(|n| post(&n.to_string(), &n.to_string())).collect();
        pds.state().notifications.splice(0..0, several);
    }
    let mut texts = desk.texts(7).await;
    texts.sort();
    assert_eq!(texts, ["1", "2", "3", "4", "5", "6", "7"]);
}

#[tokio::test]
async fn a_page_word_that_the_server_forgot_begins_the_walk_again() {
    let mut desk = Desk::hurried();
    let pds = Pds::start().await;
    pds.state().page = 1;
    for n in 0..3 {
        pds.mention(&n.to_string(), &n.to_string());
    }
    pds.script(
        NOTIFICATIONS,
        [
            (200, "", json!({ "notifications": [post("2", "2")], "cursor": "nonsense" })),
            (502, "", json!({ "error": "InternalServerError" })),
        ],
    );
    start(&desk, &pds);
    assert_eq!(desk.texts(1).await, ["2"]);
    let again = desk.texts(2).await;
    assert_eq!(again, ["2", "1"], "what was read twice is told apart by its id");
}

#[tokio::test]
async fn searches_find_what_nobody_was_notified_of() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    let mut own = post("own", "We are flushing");
    own["author"]["did"] = json!(OWN);
    pds.state().found = vec![own, post("9", "brown water")];
    let health = run(&desk, &configured(&pds, PASSWORD, &["brown water"]));
    // The notifications' first look commits that it was made.
    assert_eq!(desk.texts(1).await, ["brown water"]);
    let late = post("8", "brown water, too");
    pds.state().found.push(late);
    assert_eq!(desk.texts(1).await, ["brown water, too"]);
    let asked: Vec<_> = pds.state().asked.iter().filter(|asked| asked.starts_with(SEARCH)).cloned().collect();
    assert_eq!(asked[0], format!("{SEARCH}?q=brown+water&sort=latest&limit=100"));
    assert_eq!(asked[1], format!("{SEARCH}?q=brown+water&sort=latest&since=2026-11-20T16%3A45%3A00.000Z&limit=100"));
    desk.until(health, |health| health.items == 2).await;
}

#[tokio::test]
async fn a_search_that_is_not_understood_holds_up_nothing_else() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    pds.mention("1", "Is the water safe?");
    pds.state().found = vec![post("9", "brown water")];
    let bad = || (400, "", json!({ "error": "BadQueryString", "message": "unbalanced quotes" }));
    pds.script(SEARCH, [bad()]);
    let health = run(&desk, &configured(&pds, PASSWORD, &["\"brown", "water"]));
    let mut texts = desk.texts(2).await;
    texts.sort();
    assert_eq!(texts, ["Is the water safe?", "brown water"]);
    let Cause::Answered { said, .. } = failed(&desk, &health).await.cause else { panic!("the server said no") };
    assert_eq!(said.as_deref(), Some("unbalanced quotes"));
}

#[tokio::test]
async fn what_is_no_post_is_set_aside_once() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    pds.mention("1", "Is the water safe?");
    let bad =
        json!({ "uri": "at://did:plc:ana/x.y.z/1", "cid": "b", "author": { "did": "did:plc:ana" }, "record": {} });
    pds.state().notifications.extend([bad, json!(7)]);
    let health = start(&desk, &pds);
    desk.texts(1).await;
    let looks = pds.calls(NOTIFICATIONS);
    called(&pds, NOTIFICATIONS, looks + 3).await;
    assert_eq!(health.borrow().bad, 2);
    assert_eq!(desk.quarantined()[0]["position"]["item"], "at://did:plc:ana/x.y.z/1");
}

#[tokio::test]
async fn posts_are_looked_at_again_when_somebody_asks() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    let uris: Vec<String> = ["1", "2", "3", "4"].iter().map(|key| pds.mention(key, "Is the water safe?")).collect();
    let health = run(&desk, &configured(&pds, PASSWORD, &[]));
    desk.texts(4).await;
    {
        let mut state = pds.state();
        let edited = post("2", "Is the water safe now?");
        state.posts.insert(uris[1].clone(), edited);
        state.posts.remove(&uris[2]);
        state.posts.remove(&uris[3]);
        state.hidden.push(uris[3].clone());
    }
    let (_, rechecker, _) =
        desk.rechecks().of(&[crate::mention::MentionId::from_parts("inbox", &uris[0])]).expect("it can");
    let mut ids = uris.clone();
    ids.push("h-0123456789abcdef".to_owned());
    let asked = tokio::spawn(async move { rechecker.ask(ids).await });
    let batch = desk.batch().await;
    let told: Vec<_> = batch.items.iter().map(|item| (item.text.as_str(), item.deleted)).collect();
    assert_eq!(told, [("Is the water safe?", false), ("Is the water safe now?", false), ("", true)]);
    assert!(!asked.is_finished(), "an answer comes after the commit");
    batch.ack.send(()).expect("the source waits");
    let answer = asked.await.expect("it ends").expect("an answer");
    assert_eq!(answer.looked_at, uris[..3], "what is hidden from us may still stand");
    assert_eq!(answer.at, instant("2026-11-20T17:00:00Z"));
    assert_eq!(health.borrow().last_error, None);
}

#[tokio::test]
async fn who_asks_a_source_that_cannot_answer_hears_so_at_once() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    let uri = pds.mention("1", "Is the water safe?");
    let health = start(&desk, &pds);
    desk.texts(1).await;
    let (_, rechecker, id) =
        desk.rechecks().of(&[crate::mention::MentionId::from_parts("inbox", &uri)]).expect("it can");
    pds.script(NOTIFICATIONS, [(429, "retry-after: 3600", json!({ "error": "RateLimitExceeded" }))]);
    desk.until(health, |health| matches!(health.state, State::BackingOff { .. })).await;
    assert_eq!(rechecker.ask(vec![id]).await, None);
}

#[tokio::test]
async fn a_try_shows_the_newest_and_leaves_no_session_behind() {
    let desk = Desk::new();
    let pds = Pds::start().await;
    for n in 0..5 {
        let uri = pds.mention(&n.to_string(), &n.to_string());
        let mut state = pds.state();
        let posted = json!(format!("2026-11-20T16:0{n}:00Z"));
        state.posts.get_mut(&uri).expect("the post")["record"]["createdAt"] = posted;
        let found = state.posts[&uri].clone();
        state.found.push(found);
    }
    let config = configured(&pds, PASSWORD, &["water"]);
    let clock: SharedClock = desk.clock.clone();
    let Probe::Answers { items, bad: 0, first, .. } = probe(&config, &clock, None).await.expect("it answers") else {
        panic!("it answers")
    };
    assert_eq!(items, 5);
    assert_eq!(first.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["4", "3", "2"]);
    assert_eq!((pds.calls(SIGN_IN), pds.calls("com.atproto.server.deleteSession")), (1, 1));
    assert!(!desk.folder.path().join("sources").exists(), "nothing is kept");
}

#[tokio::test]
async fn nothing_is_written_to_the_network() {
    let mut desk = Desk::new();
    let pds = Pds::start().await;
    pds.mention("1", "Is the water safe?");
    start(&desk, &pds);
    desk.texts(1).await;
    called(&pds, NOTIFICATIONS, 3).await;
    let known = [NOTIFICATIONS, SEARCH, POSTS, SIGN_IN, RENEW];
    let asked = pds.state().asked.clone();
    assert!(asked.iter().all(|asked| known.iter().any(|known| asked.starts_with(known))), "{asked:?}");
}
