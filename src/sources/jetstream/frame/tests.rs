use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::*;

const RECORDED: &str = include_str!("../../../../tests/fixtures/jetstream/events_v1.jsonl");

fn event(frame: &str) -> Event<'_> {
    match Frame::read(frame.as_bytes()) {
        Ok(Frame::Event(event)) => event,
        other => panic!("no event: {other:?}"),
    }
}

fn text(post: &Written<'_>) -> Option<String> {
    post.glance.text(&mut String::new()).map(str::to_owned)
}

/// An event of the first version as one of the second.
fn second_version(frame: &str) -> String {
    let old: serde_json::Value = serde_json::from_str(frame).expect("JSON");
    let kind = old["kind"].as_str().expect("a kind");
    let mut payload = old[kind].clone();
    let time = DateTime::from_timestamp_micros(old["time_us"].as_i64().expect("a moment")).expect("a moment");
    payload["$type"] = format!("network.bsky.jetstream.subscribeEvents#{kind}").into();
    payload["did"] = old["did"].clone();
    payload["seq"] = 7.into();
    payload["time"] = time.to_rfc3339().into();
    json!({ "$type": "message", "payload": payload }).to_string()
}

#[test]
fn both_versions_say_the_same_of_recorded_events() {
    for frame in RECORDED.lines() {
        let new = second_version(frame);
        let (old, new) = (event(frame), event(&new));
        assert_eq!(old.time_us, new.time_us, "{frame}");
        assert_eq!((old.seq, new.seq), (None, Some(7)));
        match (old.what, new.what) {
            (What::Written(old), What::Written(new)) => {
                assert_eq!((&old.key, &old.rev, text(&old)), (&new.key, &new.rev, text(&new)));
            }
            (What::Other, What::Other) => {}
            other => panic!("not the same: {other:?}"),
        }
    }
}

#[test]
fn of_the_recorded_events_one_is_a_post() {
    let posts: Vec<String> = RECORDED
        .lines()
        .filter_map(|frame| match event(frame).what {
            What::Written(post) => {
                assert!(post.glance.is_reply() && !post.glance.has_media());
                assert_eq!(post.glance.lang().as_deref(), Some("en"));
                Some(format!("{} {}", post.key.uri(), text(&post).expect("a text")))
            }
            _ => None,
        })
        .collect();
    let uri = "at://did:plc:q235v55g5unth4zjjdpacfdr/app.bsky.feed.post/3mmoojp4cd223";
    assert_eq!(posts, [format!("{uri} Try RSV for a good time !!")]);
}

#[rstest]
#[case::first(r#"{"did":"did:plc:a","time_us":5,"cursor":9,"kind":"commit","commit":{"rev":"r","operation":"delete","collection":"app.bsky.feed.post","rkey":"3k"}}"#)]
#[case::second(r#"{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#commit","seq":9,"did":"did:plc:a","time":"1970-01-01T00:00:00.000005Z","operation":"delete","collection":"app.bsky.feed.post","rkey":"3k"}}"#)]
fn a_deletion_names_its_post(#[case] frame: &str) {
    let event = event(frame);
    assert_eq!((event.time_us, event.seq), (Some(5), Some(9)));
    assert!(matches!(event.what, What::Deleted(key) if key.uri() == "at://did:plc:a/app.bsky.feed.post/3k"));
}

#[test]
fn the_server_says_what_it_does() {
    let info = br#"{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#info","name":"OutdatedCursor"}}"#;
    assert!(matches!(Frame::read(info), Ok(Frame::Info(name)) if name == "OutdatedCursor"));
    let error = br#"{"$type":"error","error":"ConsumerTooSlow","message":"faster"}"#;
    assert!(matches!(Frame::read(error), Ok(Frame::Error(name)) if name == "ConsumerTooSlow"));
}

fn commit(record: &str) -> String {
    format!(
        r#"{{"did":"did:plc:a","time_us":5,"kind":"commit","commit":{{"rev":"r","operation":"create","collection":"app.bsky.feed.post","rkey":"3k","record":{record}}}}}"#
    )
}

#[rstest]
#[case::escaped(r#"{"text":"a\nb \ud83d\udeb0"}"#, Some("a\nb 🚰"), None)]
#[case::no_text("{}", None, None)]
#[case::text_is_a_number(r#"{"text":5}"#, None, None)]
#[case::record_is_a_list("[1]", None, None)]
#[case::record_is_nothing("\"\"", None, None)]
#[case::langs_are_a_word(r#"{"text":"a","langs":"en"}"#, Some("a"), None)]
#[case::langs_are_numbers(r#"{"text":"a","langs":[1]}"#, Some("a"), None)]
#[case::no_langs(r#"{"text":"a","langs":[]}"#, Some("a"), None)]
#[case::the_first_counts(
    r#"{"text":"a","langs":["fr","en"],"reply":5,"embed":"x","facets":{}}"#,
    Some("a"),
    Some("fr")
)]
#[case::text_twice(r#"{"text":"a","text":"b"}"#, None, None)]
fn what_an_account_writes_amiss_is_left_out(
    #[case] record: &str,
    #[case] said: Option<&str>,
    #[case] lang: Option<&str>,
) {
    let frame = commit(record);
    let What::Written(post) = event(&frame).what else { panic!("a post") };
    assert_eq!(text(&post).as_deref(), said);
    assert_eq!(post.glance.lang().as_deref(), lang);
    assert!(!post.glance.is_reply() && !post.glance.has_media());
}

#[rstest]
#[case::not_utf8(b"{\"did\":\"\xff\"}".as_slice(), BadCause::NotUtf8)]
#[case::cut(br#"{"did":"did:plc:a","time_us":"#, BadCause::Malformed("EOF while parsing a value at line 1 column 29".into()))]
#[case::no_kind(b"{}", BadCause::Malformed("no kind of event".into()))]
#[case::no_account(
    br#"{"kind":"commit","commit":{"operation":"delete","collection":"app.bsky.feed.post","rkey":"3k"}}"#,
    BadCause::NoId
)]
#[case::no_record(
    br#"{"did":"d","kind":"commit","commit":{"operation":"update","collection":"app.bsky.feed.post","rkey":"3k"}}"#,
    BadCause::Malformed("a post without a record".into())
)]
fn a_malformed_frame_is_told(#[case] frame: &[u8], #[case] cause: BadCause) {
    assert_eq!(Frame::read(frame).expect_err("it is bad"), cause);
}

#[test]
fn a_deep_frame_is_no_danger() {
    let deep = commit(&format!(r#"{{"text":"a","embed":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000)));
    let _ = Frame::read(deep.as_bytes());
}

proptest! {
    #[test]
    fn whatever_is_cut_or_changed_does_not_panic(at in 0..4_000_usize, byte in any::<u8>(), cut in any::<bool>()) {
        let frame = RECORDED.lines().nth(at % 10).expect("a frame");
        let mut bytes = frame.as_bytes().to_vec();
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Ok(Frame::Event(Event { what: What::Written(post), .. })) = Frame::read(&bytes) {
            let _ = (text(&post), post.glance.lang(), post.key.uri());
        }
    }
}
