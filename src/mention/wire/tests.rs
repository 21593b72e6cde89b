use rstest::rstest;

use super::*;

/// The example of the public contract.
const EXAMPLE: &str = r#"{"id":"m-1","source":"bluesky","network":"bluesky","author":{"handle":"ana.bsky.social","name":"Ana","followers":120},
 "text":"Is the water on Elm St safe? #WaterMain","url":"https://example.org/p/1","posted_at":"2026-11-20T09:12:44-08:00","lang":"en",
 "reply_to":null,"thread":null,"kind":"post","metrics":{"likes":3,"reposts":1,"replies":2},"media":[{"type":"image","alt":"brown water"}]}"#;

#[test]
fn the_contracts_example_is_read_whole() {
    let item = WireItem::parse(EXAMPLE.as_bytes()).expect("reads");
    assert_eq!(item.id.as_deref(), Some("m-1"));
    assert!(matches!(item.text, Cow::Borrowed("Is the water on Elm St safe? #WaterMain")));
    assert_eq!(item.handle.as_deref(), Some("ana.bsky.social"));
    assert_eq!(item.followers, Some(120));
    assert_eq!(item.posted_at.map(|at| at.to_rfc3339()), Some("2026-11-20T17:12:44+00:00".into()));
    assert_eq!((item.metrics.likes, item.metrics.replies, item.metrics.views), (Some(3), Some(2), None));
    assert_eq!(item.media[0].alt.as_deref(), Some("brown water"));
    assert_eq!((item.kind, item.reply_to), (Some(Kind::Post), None));
}

#[rstest]
#[case::not_json("is the water safe", "not JSON at column 1: expected value")]
#[case::cut_short(r#"{"text":"a"#, "not JSON at column 10: EOF while parsing a string")]
#[case::trailing(r#"{"text":"a"} x"#, "not JSON at column 14: trailing characters")]
#[case::a_list("[1]", "not a JSON object")]
#[case::a_string(r#""text""#, "not a JSON object")]
#[case::no_text(r#"{"id":"m-1"}"#, "no text")]
#[case::null_text(r#"{"text":null}"#, "no text")]
#[case::number_text(r#"{"text":12}"#, "no text")]
#[case::blank_text(r#"{"text":" \n"}"#, "no text")]
fn a_line_that_is_no_mention_says_why(#[case] line: &str, #[case] reason: &str) {
    assert_eq!(WireItem::parse(line.as_bytes()).expect_err("is refused").to_string(), reason);
}

#[rstest]
#[case::created_at(r#""created_at":"2026-11-20T17:12:44Z""#)]
#[case::published(r#""published":"Fri, 20 Nov 2026 17:12:44 GMT""#)]
#[case::date(r#""date":"2026-11-20 17:12:44""#)]
#[case::seconds(r#""date":1795194764"#)]
#[case::milliseconds(r#""date":1795194764000"#)]
#[case::the_contracts_name_wins(r#""date":"2020-01-01","posted_at":"2026-11-20T17:12:44Z""#)]
#[case::an_unreadable_one_yields(r#""posted_at":"yesterday","created_at":"2026-11-20T17:12:44Z""#)]
fn moments_have_several_names_and_spellings(#[case] field: &str) {
    let line = format!(r#"{{"text":"a",{field}}}"#);
    let item = WireItem::parse(line.as_bytes()).expect("reads");
    assert_eq!(item.posted_at.map(|at| at.timestamp()), Some(1_795_194_764));
}

#[test]
fn a_field_of_the_wrong_type_loses_itself_not_the_mention() {
    let line = r#"{"text":"a","id":17,"author":"ana","metrics":[1],"media":{"type":"image"},"lang":{},"url":3,
        "kind":"story","extra":{"deep":[1,{"a":null}]},"posted_at":true,"in_reply_to":99}"#;
    let item = WireItem::parse(line.as_bytes()).expect("reads");
    assert_eq!((item.id.as_deref(), item.handle.as_deref()), (Some("17"), Some("ana")));
    assert_eq!((item.kind, item.reply_to.as_deref()), (Some(Kind::Other), Some("99")));
    assert_eq!((item.lang, item.url, item.posted_at), (None, None, None));
    assert_eq!(item.metrics, Metrics::default());
}

#[test]
fn a_deletion_needs_an_id_but_no_text() {
    assert!(WireItem::parse(br#"{"deleted":true,"id":"m-1"}"#).is_ok());
    assert_eq!(WireItem::parse(br#"{"deleted":true}"#), Err(WireError::NoText));
}

#[test]
fn a_line_that_is_not_utf8_says_where() {
    let error = WireItem::parse(b"{\"text\":\"a\xFFb\"}").expect_err("is refused");
    assert_eq!(error.to_string(), "not JSON at column 11: invalid UTF-8");
}

#[test]
fn a_line_that_is_too_long_is_not_parsed() {
    let line = vec![b'{'; MAX_LINE_BYTES + 1];
    assert_eq!(WireItem::parse(&line), Err(WireError::TooLong));
}

#[rstest]
#[case::as_it_looks(r#"{"text":"<p>Hello</p>"}"#, TextForm::Html)]
#[case::as_it_says(r#"{"format":"plain","text":"<p>Hello</p>"}"#, TextForm::Plain)]
#[case::whatever_it_looks_like(r#"{"text":"Tom &amp; Ana","format":"HTML"}"#, TextForm::Html)]
#[case::words(r#"{"text":"<3 this town","format":null}"#, TextForm::Plain)]
fn the_form_is_named_or_seen(#[case] line: &str, #[case] form: TextForm) {
    assert_eq!(WireItem::parse(line.as_bytes()).expect("reads").form, form);
}
