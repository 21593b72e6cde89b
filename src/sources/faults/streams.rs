//! The faults of a stream, against recordings of a Mastodon server: it breaks, it is cut, it does not open, it says things that
//! nobody understands. Nothing of what it left out is missing in the end.

use std::time::Duration;

use rstest::rstest;

use super::super::Note;
use super::Office;
use super::office::Mishap;
use crate::config::{MastodonAccount, Secret, SourceKind, Streaming};
use crate::mention::{Audience, Kind};
use crate::store::Case;

#[path = "../../../tests/real/mastodon/replay.rs"]
mod replay;

use replay::{Door, Fault, Replay, TAG, TOKEN, answer, recorded};

fn account(replay: &Replay, office: &Office, streaming: Streaming) -> SourceKind {
    let path = office.folder.path().join("secret");
    std::fs::write(&path, TOKEN).expect("it is written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("its mode is set");
    }
    SourceKind::Mastodon(MastodonAccount {
        server: replay.base.clone(),
        token: Secret::File(path),
        notifications: true,
        hashtags: vec![TAG.to_owned()],
        streaming,
        every: Duration::from_mins(1),
    })
}

/// Waits until so many streams were opened in all.
async fn opened(replay: &Replay, count: usize) {
    let wait = async {
        while replay.opened() < count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), wait).await.expect("the stream opens");
}

fn one<'a>(cases: &'a [Case], words: &str) -> Option<&'a Case> {
    let mut found = cases.iter().filter(|case| case.assessed.mention.text.contains(words));
    let first = found.next();
    assert!(found.next().is_none(), "{words} is there twice");
    first
}

#[rstest]
#[case::websocket(Streaming::WebSocket, 0, 1)]
#[case::events(Streaming::Sse, 0, 2)]
#[case::events_in_pieces(Streaming::Sse, 7, 2)]
#[case::events_byte_by_byte(Streaming::Sse, 1, 2)]
#[tokio::test]
async fn what_is_streamed_and_what_was_missed_are_there_once(
    #[case] streaming: Streaming,
    #[case] pieces: usize,
    #[case] streams: usize,
) {
    let (replay, mut office) = (Replay::start().await, Office::new());
    replay.cut_streams(pieces);
    for number in 0..5 {
        replay.mention(&format!("before{number}x the water is brown"));
    }
    office.start(account(&replay, &office, streaming), Mishap::None);
    // Of what was there before the first look, the newest page is brought, as backlog.
    office.until(|cases| cases.len() == 3).await;
    assert!(office.cases().iter().all(|case| case.assessed.mention.backlog));
    opened(&replay, streams).await;
    let edited = replay.mention("streamed1x water");
    let deleted = replay.tagged("streamed2x water");
    office.until(|cases| cases.len() == 5).await;
    replay.quiet(true);
    for number in 0..10 {
        replay.mention(&format!("missed{number}x water"));
        replay.tagged(&format!("under{number}x water"));
    }
    replay.quiet(false);
    let before = replay.opened();
    replay.hang_up();
    office.until(|cases| cases.len() == 25).await;
    opened(&replay, before + streams).await;
    replay.edit(&edited, "streamed1x water, and it smells");
    replay.delete(&deleted);
    office
        .until(|cases| {
            let versions = one(cases, "streamed1x").map_or(0, |case| case.versions.len());
            versions == 1 && one(cases, "streamed2x").is_some_and(|case| case.row.author_deleted)
        })
        .await;
    office.stop().await;
    let cases = office.cases();
    assert_eq!(cases.len(), 25, "{:#?}", office.texts());
    for number in 0..10 {
        assert!(
            one(&cases, &format!("missed{number}x")).is_some() && one(&cases, &format!("under{number}x")).is_some()
        );
    }
    assert!(replay.asked().iter().any(|asked| asked.contains("min_id=")), "it goes on from where it was");
}

#[tokio::test]
async fn a_deletion_that_is_not_committed_is_said_again() {
    let (replay, mut office) = (Replay::start().await, Office::new());
    let id = replay.mention("first1x water");
    office.start(account(&replay, &office, Streaming::WebSocket), Mishap::None);
    office.until(|cases| cases.len() == 1).await;
    office.stop().await;
    // The store refuses what comes next, which the stream says only once.
    let before = replay.opened();
    office.start(account(&replay, &office, Streaming::WebSocket), Mishap::Refuses(3));
    opened(&replay, before + 1).await;
    replay.delete(&id);
    office.until(|cases| cases.iter().all(|case| case.row.author_deleted)).await;
    office.stop().await;
}

#[rstest]
#[case::no_such_page("404 Not Found", "", "<html>404</html>", "404")]
#[case::refused("401 Unauthorized", "x-error-message: Invalid access token\r\n", "", "Invalid access token")]
#[case::not_a_stream("200 OK", "content-type: text/html\r\n", "<html>", "")]
#[tokio::test]
async fn another_way_is_taken_and_told(
    #[case] status: &str,
    #[case] headers: &str,
    #[case] body: &str,
    #[case] told: &str,
) {
    let (replay, mut office) = (Replay::start().await, Office::new());
    let shut = || Door::Shut(answer(status, headers, body));
    replay.doors(shut(), Door::Open);
    office.start(account(&replay, &office, Streaming::WebSocket), Mishap::None);
    let says = |note: &Note| note.words(&crate::locale::Locale::new(crate::locale::Lang::En)).contains(told);
    office
        .until_told(|health| health.notes.iter().any(|note| matches!(note, Note::OtherStream { .. }) && says(note)))
        .await;
    opened(&replay, 2).await;
    replay.mention("streamed1x water");
    office.until(|cases| cases.len() == 1).await;
    // Now neither opens: it asks now and then, and tries the streams again.
    replay.doors(shut(), shut());
    replay.hang_up();
    office.until_told(|health| health.notes.iter().any(|note| matches!(note, Note::Polled { .. }) && says(note))).await;
    replay.mention("asked1x water");
    office.until(|cases| cases.len() == 2).await;
    let before = replay.opened();
    replay.doors(Door::Open, Door::Open);
    opened(&replay, before + 1).await;
    office.stop().await;
    office.assert_discreet();
}

#[tokio::test]
async fn a_stream_that_breaks_again_and_again_is_left_alone_for_a_while() {
    let (replay, mut office) = (Replay::start().await, Office::new());
    replay.doors(Door::Recites(Vec::new()), Door::Recites(Vec::new()));
    office.start(account(&replay, &office, Streaming::WebSocket), Mishap::None);
    office.until_told(|health| health.notes.iter().any(|note| matches!(note, Note::Polled { .. }))).await;
    replay.mention("asked1x water");
    office.until(|cases| cases.len() == 1).await;
    office.stop().await;
}

/// The messages of a recorded conversation, as they came.
fn conversation(name: &str) -> Vec<u8> {
    let received: Vec<String> = recorded(name)
        .iter()
        .filter(|line| !line["receive"].is_null())
        .map(|line| line["receive"].to_string())
        .collect();
    received.join("\n").into_bytes()
}

#[tokio::test]
async fn recorded_conversations_are_understood() {
    let (replay, mut office) = (Replay::start().await, Office::new());
    replay.doors(Door::Recites(conversation("stream_websocket_user_direct.ws.jsonl")), Door::Open);
    office.start(account(&replay, &office, Streaming::WebSocket), Mishap::None);
    // A direct mention; the account's home timeline and the conversation are passed over.
    office.until(|cases| cases.len() == 1).await;
    let direct = office.cases().remove(0).assessed.mention;
    assert_eq!(direct.text, "@mastodonpy_test WebSocket direct stream test");
    assert_eq!((direct.audience, direct.kind), (Audience::Named, Kind::Message));
    assert_eq!(direct.author.handle.as_deref(), Some("admin@localhost:3000"));
    replay.doors(Door::Recites(conversation("stream_websocket_hashtag_True.ws.jsonl")), Door::Open);
    office.until(|cases| cases.len() == 3).await;
    let texts = office.texts();
    assert!(texts.iter().any(|text| text == "First hashtag stream test #MastodonPyStreamFirst"), "{texts:?}");
    office.stop().await;
}

#[tokio::test]
async fn what_nobody_understands_is_kept_aside_and_the_rest_goes_on() {
    let (replay, mut office) = (Replay::start().await, Office::new());
    let good = replay.mention("good1x water");
    let said = format!(
        "{{\"stream\":[\"user\"],\"event\":\"update\",\"payload\":\"{{broken\"}}\nnot json\n\
         {{\"stream\":[\"user\"],\"event\":\"new_in_5_0\",\"payload\":\"1\"}}\n\
         {{\"stream\":[\"user\"],\"event\":\"delete\",\"payload\":\"{good}\"}}"
    );
    replay.doors(Door::Recites(said.into_bytes()), Door::Open);
    office.start(account(&replay, &office, Streaming::WebSocket), Mishap::None);
    office.until(|cases| cases.iter().any(|case| case.row.author_deleted)).await;
    office.until_told(|health| health.bad == 2).await;
    office.stop().await;
}

#[rstest]
#[case::unauthorized(
    "401 Unauthorized",
    "",
    r#"{"error":"The access token is invalid"}"#,
    "The access token is invalid"
)]
#[case::without_a_word("401 Unauthorized", "", "", "401")]
#[case::invalid("422 Unprocessable Entity", "", r#"{"error":"Validation failed: no"}"#, "Validation failed: no")]
#[case::not_found("404 Not Found", "", r#"{"error":"Record not found"}"#, "Record not found")]
#[case::plain("400 Bad Request", "", "Invalid Bearer token", "400")]
#[case::a_page("503 Service Unavailable", "content-type: text/html\r\n", "<html>cloud</html>", "503")]
#[case::gathering("206 Partial Content", "", "[]", "206")]
#[case::not_json("200 OK", "", "<html>welcome</html>", "protocol")]
#[case::other_json("200 OK", "", r#"{"error":null}"#, "protocol")]
#[tokio::test]
async fn every_shape_of_error_is_told_and_got_over(
    #[case] status: &str,
    #[case] headers: &str,
    #[case] body: &str,
    #[case] told: &str,
) {
    let (replay, mut office) = (Replay::start().await, Office::new());
    replay.mention("good1x water");
    replay.spoil("/api/v1/notifications", Fault::Instead(answer(status, headers, body)));
    office.start(account(&replay, &office, Streaming::Off), Mishap::None);
    office.until(|cases| cases.len() == 1).await;
    office.stop().await;
    assert!(office.words().iter().any(|words| words.contains(told)), "{:?}", office.words());
    office.assert_discreet();
}

#[rstest]
#[case::takahe("500 Internal Server Error", "<html>500</html>")]
#[case::snac("404 Not Found", "")]
#[case::page("200 OK", "<html>")]
#[tokio::test]
async fn a_server_that_does_not_know_the_second_version_is_asked_the_first(#[case] status: &str, #[case] body: &str) {
    let (replay, mut office) = (Replay::start().await, Office::new());
    replay.mention("good1x water");
    replay.spoil("/api/v2/instance", Fault::Instead(answer(status, "", body)));
    office.start(account(&replay, &office, Streaming::WebSocket), Mishap::None);
    opened(&replay, 1).await;
    office.until(|cases| cases.len() == 1).await;
    office.until_told(|health| health.post_length.as_ref().is_some_and(|(_, most)| *most == 500)).await;
    office.stop().await;
    assert_eq!(office.words(), std::collections::BTreeSet::new());
}

#[rstest]
#[case::unauthorized("401 Unauthorized", r#"{"error":"This method requires an authenticated user"}"#)]
#[case::not_found("404 Not Found", "")]
#[tokio::test]
async fn a_hashtag_that_is_closed_to_us_is_told_and_the_rest_is_read(#[case] status: &str, #[case] body: &str) {
    let (replay, mut office) = (Replay::start().await, Office::new());
    replay.mention("good1x water");
    replay.spoil("/api/v1/timelines/tag", Fault::Instead(answer(status, "", body)));
    office.start(account(&replay, &office, Streaming::Off), Mishap::None);
    office.until(|cases| cases.len() == 1).await;
    let is_told = |note: &Note| matches!(note, Note::Closed { timeline, why: Some(_) } if timeline == "#hoot");
    office.until_told(|health| health.notes.iter().any(is_told)).await;
    // It opens again.
    office.until_told(|health| health.notes.is_empty() && health.last_seen.is_some()).await;
    replay.tagged("open1x water");
    office.until(|cases| cases.len() == 2).await;
    office.stop().await;
}

#[tokio::test]
async fn answers_that_are_cut_and_stalled_are_asked_for_again() {
    let (replay, mut office) = (Replay::start().await, Office::new());
    for number in 0..3 {
        replay.mention(&format!("good{number}x water"));
    }
    for at in [0, 1, 20, 600, 2_000] {
        replay.spoil("/api/v1/notifications", Fault::Cut(at));
    }
    replay.spoil("/api/v1/notifications", Fault::Stall);
    replay.spoil("/api/v1/streaming", Fault::Cut(30));
    office.start(account(&replay, &office, Streaming::WebSocket), Mishap::None);
    office.until(|cases| cases.len() == 3).await;
    opened(&replay, 1).await;
    office.stop().await;
    assert!(!office.words().is_empty());
}
