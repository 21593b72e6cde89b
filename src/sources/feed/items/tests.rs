use super::*;

fn read(body: &[u8]) -> Parsed {
    let now = "2026-11-20T17:00:00Z".parse().expect("an instant");
    parse(body, "https://feed.example/rss?key=hush", &Id::from("press"), None, now).expect("it is a feed")
}

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/feeds/", $name))
    };
}

fn items(parsed: &Parsed) -> Vec<&RawItem> {
    parsed.entries.iter().map(|entry| &entry.item).collect()
}

#[test]
fn rss_and_atom_give_the_same_entries_oldest_first() {
    for body in [&fixture!("rss.xml")[..], &fixture!("atom.xml")[..]] {
        let parsed = read(body);
        let items = items(&parsed);
        let ids: Vec<_> = items.iter().map(|item| item.native_id.as_deref()).collect();
        assert_eq!(ids, [Some("tag:elmtown,2026:0"), Some("tag:elmtown,2026:1"), Some("tag:elmtown,2026:2")]);
        let newest = items[2];
        assert_eq!(newest.text, "<p>Pothole on Main St #2 é</p>\n<p>Water &amp; roads</p>");
        assert_eq!((newest.form, newest.kind), (TextForm::Html, Kind::Article));
        assert_eq!(newest.url.as_deref(), Some("http://localhost:18080/a/2"));
        assert_eq!(newest.posted_at, "2026-11-22T12:02:00Z".parse().ok());
        assert_eq!(newest.network.as_deref(), Some("web"));
        assert!(parsed.bad.is_empty());
    }
}

#[test]
fn an_alert_leads_to_the_article() {
    let parsed = read(fixture!("alerts.xml"));
    let item = &parsed.entries[0].item;
    assert_eq!(item.url.as_deref(), Some("https://sentinel.example/pool?page=2"));
    assert_eq!(item.native_id.as_deref(), Some("tag:google.com,2013:googlealerts/feed:77"));
    assert_eq!(item.text, "<p><b>Alder Bay</b> council votes on pool</p>\nThe <b>pool</b> stays open.");
    assert_eq!(item.author.name.as_deref(), Some("Google Alert - Alder Bay"));
}

#[test]
fn json_feed_is_read_and_an_entry_without_text_is_set_aside() {
    let parsed = read(fixture!("feed.json"));
    let items = items(&parsed);
    assert_eq!(items.len(), 2);
    assert_eq!(items[0].text, "<p>Pont</p>\n<p>Le <em>pont</em> est fermé</p>");
    assert_eq!((items[1].text.as_str(), items[1].kind), ("1 &lt; 2 &amp; l'eau est brune", Kind::Post));
    assert_eq!(items[1].author.name.as_deref(), Some("Ana"));
    assert_eq!(items[1].lang.as_deref(), Some("fr"));
    assert_eq!((parsed.bad.len(), &parsed.bad[0].cause, parsed.bad[0].name.as_str()), (1, &BadCause::NoText, "3"));
}

#[test]
fn odd_dates_ids_and_letters_do_not_lose_an_entry() {
    let parsed = read(fixture!("odd.xml"));
    let items = items(&parsed);
    assert_eq!(items.len(), 4);
    assert_eq!(parsed.bad.len(), 1);
    let truth = items[3];
    assert_eq!(truth.text, "Vérité");
    assert_eq!(truth.native_id.as_deref(), Some("https://phare.example/a"));
    assert_eq!(items[2].posted_at, None, "a date that cannot be read is no date");
    assert_eq!((items[1].native_id.as_deref(), items[1].url.as_deref()), (None, None));
    assert_eq!(items[0].native_id.as_deref(), Some("https://phare.example/c"));
}

#[test]
fn marks_are_the_same_in_every_run_and_change_with_the_text() {
    let body = String::from_utf8(fixture!("rss.xml").to_vec()).expect("UTF-8");
    let marks = |body: &str| read(body.as_bytes()).entries.into_iter().map(|entry| entry.mark).collect::<Vec<_>>();
    assert_eq!(marks(&body), marks(&body));
    let changed = marks(&body.replacen("#1 é", "#1 è", 1));
    assert_eq!(marks(&body).iter().filter(|mark| !changed.contains(mark)).count(), 1);
}

#[test]
fn an_error_does_not_repeat_a_secret_and_says_what_is_wrong() {
    let now = "2026-11-20T17:00:00Z".parse().expect("an instant");
    for body in [&b"<html><body>Sign in</body></html>"[..], b"{\"a\":1}", b"", b"<rss><channel><item>", b"\xff\xfe"] {
        let error = parse(body, "https://feed.example/rss?key=hush", &Id::from("press"), None, now);
        let error = error.expect_err("it is no feed");
        assert!(matches!(error.cause, Cause::NotAFeed { .. }), "{error:?}");
        assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    }
}

#[test]
fn a_flood_of_entries_is_cut_and_told() {
    let entries = "<item><title>x</title></item>".repeat(MAX_ENTRIES + 5);
    let parsed = read(format!("<rss version=\"2.0\"><channel>{entries}</channel></rss>").as_bytes());
    assert_eq!(parsed.entries.len(), MAX_ENTRIES);
    assert_eq!((&parsed.bad[0].cause, parsed.bad[0].name.as_str()), (&BadCause::TooMany, "2001…2005"));
}
