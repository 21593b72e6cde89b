use super::*;
use crate::mention::{Kind, TextForm};

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
    assert_eq!(item.author.name.as_deref(), Some("sentinel.example"));
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
    for body in [&b"<map><body>Sign in</body></map>"[..], b"{\"a\":1}", b"", b"<rss><channel><item>", b"\xff\xfe"] {
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

/// What a reader of the page would see.
fn text(item: &RawItem) -> String {
    crate::text::html_to_text(&item.text)
}

#[test]
fn a_video_brings_its_description_and_its_counts() {
    let parsed = read(fixture!("youtube.xml"));
    let item = &parsed.entries[0].item;
    assert_eq!((item.native_id.as_deref(), item.network.as_deref()), (Some("yt:video:dQ8alderBay"), Some("youtube")));
    assert_eq!(item.url.as_deref(), Some("https://www.youtube.com/watch?v=dQ8alderBay"));
    assert_eq!(item.author.name.as_deref(), Some("CKAB News"));
    assert!(text(item).starts_with("Council meeting: water main renewal\n\nResidents ask: is it safe to drink <now>?"));
    assert_eq!((item.metrics.views, item.metrics.likes), (Some(1204), Some(31)));
    assert_eq!(item.posted_at, "2026-11-20T02:00:00Z".parse().ok(), "not when it was last counted");
}

#[test]
fn a_comment_tells_what_it_answers_and_who_wrote_it() {
    let parsed = read(fixture!("comments.xml"));
    let items = items(&parsed);
    let (first, answer) = (items[0], items[1]);
    assert_eq!((first.kind, answer.kind), (Kind::Comment, Kind::Comment));
    assert_eq!((text(first).as_str(), first.author.name.as_deref()), ("Who decided this?", Some("Bob")));
    assert_eq!(first.reply_to.as_deref(), Some("https://sentinel.example/?p=5"), "the story");
    assert_eq!(
        text(answer),
        "Comment on Pool to close in January by Jane Doe\n\nIt never was safe & we all knew.",
        "the story's name is kept, whom it answers is not among its words"
    );
    assert_eq!(answer.author.name.as_deref(), Some("Jane Doe"));
    assert_eq!(answer.reply_to, first.native_id);
    assert_eq!(
        (answer.thread.as_deref(), answer.thread.as_ref()),
        (Some("https://sentinel.example/?p=5"), first.thread.as_ref())
    );
    assert_eq!(answer.url.as_deref(), Some("https://sentinel.example/2026/11/pool/#comment-12"));
}

#[test]
fn a_threaded_entry_answers_another() {
    let parsed = read(fixture!("threads.xml"));
    let item = &parsed.entries[0].item;
    assert_eq!(
        (item.kind, text(item).as_str()),
        (Kind::Comment, "The hydrant on Elm leaks again. Has anybody called?")
    );
    assert_eq!(item.reply_to.as_deref(), Some("tag:blogger.com,1999:blog-7.post-40"));
    assert_eq!(item.thread, item.reply_to);
}

#[test]
fn a_post_of_the_fediverse_names_its_author() {
    let parsed = read(fixture!("mastodon-tag.rss"));
    let item = &parsed.entries[0].item;
    assert_eq!((item.kind, item.network.as_deref()), (Kind::Post, Some("mastodon")));
    assert_eq!((item.author.handle.as_deref(), item.author.name.as_deref()), (Some("bob@other.example"), None));
    assert!(text(item).starts_with("Brown water on Main again #elmtown"), "{}", text(item));
    assert_eq!(item.media[0].alt.as_deref(), Some("A glass of brown water"));
}

#[test]
fn a_reddit_post_is_what_its_author_wrote() {
    let parsed = read(fixture!("reddit.xml"));
    let items = items(&parsed);
    let (linked, written) = (items[0], items[1]);
    assert_eq!(text(written), "Brown water on Elm\n\nIs it safe to drink?");
    assert_eq!((written.kind, written.network.as_deref()), (Kind::Post, Some("reddit")));
    assert_eq!((written.author.handle.as_deref(), written.native_id.as_deref()), (Some("ana_b"), Some("t3_1abc2d")));
    assert_eq!(written.thread, written.native_id);
    assert_eq!(text(linked), "Pool to close\n\nhttps://sentinel.example/pool");
    assert!(parsed.entries.iter().all(|entry| !format!("{entry:?}").contains("hush")));
}

#[test]
fn what_the_parser_refuses_costs_only_itself() {
    let entry = |inner: &str| format!("<entry><id>{}</id>{inner}</entry>", inner.len());
    let good = entry("<title>Good</title>");
    for bad in ["<title/><content type=\"html\"></content>", "<title>Odd</title><content type=\"RICH\">text</content>"]
    {
        let parsed =
            read(format!("<feed xmlns=\"http://www.w3.org/2005/Atom\">{}{good}</feed>", entry(bad)).as_bytes());
        assert_eq!(items(&parsed)[0].text, "Good", "{bad}");
    }
    let author = "<item><title>A</title><author>René—rene@b.example</author></item>";
    let parsed = read(format!("<rss version=\"2.0\"><channel>{author}</channel></rss>").as_bytes());
    assert_eq!(items(&parsed)[0].text, "A");
}

#[test]
fn a_name_in_brackets_and_html_that_calls_itself_plain_are_read_as_meant() {
    let parsed = read(
        b"<rss version=\"2.0\"><channel><item><title>A</title><author>rita@a.example (Rita Moreau)</author></item></channel></rss>",
    );
    assert_eq!(parsed.entries[0].item.author.name.as_deref(), Some("Rita Moreau"));
    let parsed = read(
        b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>1</id><content>&lt;p&gt;Roads &amp;amp; water&lt;/p&gt;</content></entry></feed>",
    );
    assert_eq!(text(&parsed.entries[0].item), "Roads & water");
}
