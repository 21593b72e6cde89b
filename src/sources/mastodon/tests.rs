//! Posts looked at again, and streams that fall silent; the rest is held against recordings in the suite of faults.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use super::super::test_desk::Desk;
use super::super::test_server::{Asked, Reply, Server as TestServer};
use super::super::{State, supervise};
use super::*;
use crate::config::{Secret, SourceConfig, SourceKind};
use crate::mention::{Id, MentionId};

fn account(desk: &Desk, server: &TestServer, streaming: Streaming) -> MastodonAccount {
    let path = desk.folder.path().join("token");
    std::fs::write(&path, "hush").expect("it is written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("its mode is set");
    }
    MastodonAccount {
        server: server.base.clone(),
        token: Secret::File(path),
        notifications: true,
        hashtags: Vec::new(),
        streaming,
        every: Duration::from_mins(1),
    }
}

fn config(account: &MastodonAccount) -> SourceConfig {
    let kind = SourceKind::Mastodon(account.clone());
    SourceConfig { id: Id::from("inbox"), kind, network: None, enabled: true }
}

fn status(id: &str, text: &str) -> serde_json::Value {
    json!({ "id": id, "content": format!("<p>{text}</p>"), "account": { "id": "2", "acct": "ana" } })
}

fn told(value: &serde_json::Value) -> Reply {
    Reply::with("200 OK", "content-type: application/json\r\n", value.to_string().as_bytes())
}

/// A server with two mentions; one is changed and one is gone when they are looked at again.
fn server(asked: &Asked) -> Reply {
    let notification =
        |id: &str, text: &str| json!({ "id": format!("9{id}"), "type": "mention", "status": status(id, text) });
    match asked.path() {
        "/api/v1/accounts/verify_credentials" => told(&json!({ "id": "1" })),
        "/api/v1/notifications" if asked.query("min_id").is_none() => {
            told(&json!([notification("2", "two"), notification("1", "one")]))
        }
        "/api/v1/notifications" => told(&json!([])),
        "/api/v1/statuses/1" => told(&status("1", "one, changed")),
        "/api/v1/statuses/3" => Reply::with("503 Busy", "", b"<html>"),
        "/api/v1/streaming/user" => {
            Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n:)\n\n".to_vec())
        }
        _ => Reply::with("404 Not Found", "", br#"{"error":"Record not found"}"#),
    }
}

#[tokio::test]
async fn posts_are_looked_at_again_before_they_are_answered() {
    let (mut desk, server) = (Desk::new(), TestServer::answering(server).await);
    let account = account(&desk, &server, Streaming::Off);
    let (context, _health) = desk.seat_of(&config(&account), None);
    let running = tokio::spawn(supervise(Mastodon::new(account), context, desk.cancel()));
    assert_eq!(desk.texts(2).await, ["<p>one</p>", "<p>two</p>"]);
    let (_, rechecker, _) = desk.rechecks().of(&[MentionId::new("inbox:1")]).expect("it can");
    let ids = ["1", "2", "3", "../accounts/verify_credentials"].map(str::to_owned).to_vec();
    let mut asked = std::pin::pin!(rechecker.ask(ids));
    let mut found = Vec::new();
    let answer = loop {
        tokio::select! {
            answer = &mut asked => break answer.expect("it is looked at"),
            batch = desk.batch() => {
                found.extend(batch.items.into_iter().map(|item| (item.native_id.unwrap_or_default(), item.text, item.deleted)));
                // A source that was stopped no longer listens.
                let _ = batch.ack.send(());
            }
        }
    };
    assert_eq!(answer.looked_at, ["1", "2"], "what was not answered was not looked at");
    let expected = [("1", "<p>one, changed</p>", false), ("2", "", true)];
    assert_eq!(found, expected.map(|(id, text, deleted)| (id.to_owned(), text.to_owned(), deleted)));
    assert_eq!(server.requests().iter().filter(|head| head.contains("verify_credentials")).count(), 1);
    desk.cancel().cancel();
    running.await.expect("it ends");
}

#[tokio::test]
async fn a_stream_that_falls_silent_is_over() {
    let silent = Arc::new(AtomicBool::new(false));
    let seen = silent.clone();
    let server = TestServer::answering(move |asked| {
        seen.fetch_or(asked.path().starts_with("/api/v1/streaming/user"), Ordering::SeqCst);
        server(asked)
    });
    let (mut desk, server) = (Desk::new(), server.await);
    let account = account(&desk, &server, Streaming::Sse);
    let (context, mut health) = desk.seat_of(&config(&account), None);
    let source = Mastodon::with_silence(account, Duration::from_millis(300));
    let running = tokio::spawn(supervise(source, context, desk.cancel()));
    desk.texts(2).await;
    let told = loop {
        tokio::select! {
            batch = desk.batch() => drop(batch.ack.send(())),
            told = health.wait_for(|health| matches!(health.state, State::BackingOff { .. })) => {
                break told.expect("the source is alive").clone();
            }
        }
    };
    let error = told.last_error.expect("it is told").1;
    assert!(matches!(&error.cause, Cause::TimedOut { url } if url.contains("streaming")), "{error:?}");
    assert!(silent.load(Ordering::SeqCst));
    desk.cancel().cancel();
    running.await.expect("it ends");
}
