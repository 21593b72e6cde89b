//! The faults of servers that are asked over HTTP.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeDelta;
use rstest::rstest;

use super::super::test_server::{Asked, Reply, Server};
use super::office::Mishap;
use super::{
    Office, Post, bluesky, dated, facebook, feed, hostile, jetstream, marker, mastodon, open311, post, posts, reddit,
};
use crate::config::{SourceKind, Streaming};

/// A kind of source that asks a server, and the server it asks.
pub(super) trait Subject: Send + Sync {
    /// Its configuration against the server at `base`; `folder` is its home.
    fn kind(&self, base: &str, folder: &Path) -> SourceKind;

    /// What the server answers when it is well and these are the posts it knows, in the order in which it tells them (the
    /// oldest first unless the fault says otherwise).
    fn answer(&self, asked: &Asked, posts: &[Post]) -> Reply;

    /// True when the protocol tells that a post was changed.
    fn tells_edits(&self) -> bool {
        true
    }
}

/// The subjects; each kind that asks a server has its line here and in the table below.
#[derive(Debug, Clone, Copy)]
enum Web {
    Feed,
    Reddit,
    Mastodon,
    MastodonStream,
    Jetstream,
    Open311,
    Facebook,
    Bluesky,
}

impl Web {
    fn subject(self) -> Arc<dyn Subject> {
        match self {
            Self::Feed => Arc::new(feed::Feed),
            Self::Open311 => Arc::new(open311::Open311),
            Self::Facebook => Arc::new(facebook::Facebook),
            Self::Reddit => Arc::new(reddit::Reddit),
            Self::Jetstream => Arc::new(jetstream::Jetstream),
            Self::Mastodon => Arc::new(mastodon::Mastodon { streaming: Streaming::Off }),
            Self::Bluesky => Arc::new(bluesky::Bluesky),
            Self::MastodonStream => Arc::new(mastodon::Mastodon { streaming: Streaming::Sse }),
        }
    }
}

/// In which words a server asks to be left alone.
#[derive(Debug, Clone, Copy)]
enum Dialect {
    RetryAfterSeconds,
    RetryAfterDate,
    UnixSeconds,
    Instant,
    SecondsToGo,
}

#[derive(Debug, Clone, Copy)]
enum Fault {
    None,
    KilledAfterCommit,
    KilledBeforeCommit,
    Refused,
    Duplicates,
    OutOfOrder,
    Dates,
    Limited(Dialect),
    Storm,
    Unauthorized,
    Cut,
    Stalled,
    HalfClosed,
    NameUnknown,
    RedirectLoop,
    RedirectToFile,
    GzipBomb,
    ZstdBomb,
    Nonsense,
    LongPost,
    InvalidUtf8,
    Hostile,
    Edited,
}

/// How long the server asks to be left alone.
const WAIT: i64 = 4000;

/// Stands in a post where the server sends a byte that is no UTF-8.
const BAD_BYTE: &str = "BADBYTE";

impl Dialect {
    fn headers(self) -> String {
        // One hour after noon is the clock of every test; the server's own clock is an hour fast.
        let date = "date: Fri, 20 Nov 2026 14:00:00 GMT\r\n";
        let at = super::noon() + TimeDelta::hours(2) + TimeDelta::seconds(WAIT);
        let used_up = |name: &str, reset: String| format!("{name}-remaining: 0\r\n{name}-reset: {reset}\r\n");
        let own = match self {
            Self::RetryAfterSeconds => format!("retry-after: {WAIT}\r\n"),
            Self::RetryAfterDate => format!("retry-after: {}\r\n", at.format("%a, %d %b %Y %H:%M:%S GMT")),
            Self::UnixSeconds => used_up("ratelimit", at.timestamp().to_string()),
            Self::Instant => used_up("x-ratelimit", at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)),
            Self::SecondsToGo => used_up("x-ratelimit", format!("{WAIT}.0")),
        };
        format!("{date}{own}")
    }
}

impl Fault {
    fn posts(self) -> Vec<Post> {
        match self {
            Self::Dates => dated(),
            Self::Hostile => hostile(),
            Self::OutOfOrder => {
                let mut posts = posts(5);
                posts.swap(0, 3);
                posts.swap(1, 4);
                posts
            }
            Self::Duplicates => [posts(5), posts(5)].concat(),
            Self::LongPost => [posts(3), vec![post(3, &"long ".repeat(200_000))]].concat(),
            Self::InvalidUtf8 => [posts(2), vec![post(2, BAD_BYTE), post(3, "after")]].concat(),
            _ => posts(5),
        }
    }

    fn mishap(self) -> Mishap {
        match self {
            Self::KilledAfterCommit => Mishap::KilledAfterCommit(1),
            Self::KilledBeforeCommit => Mishap::KilledBeforeCommit(1),
            Self::Refused => Mishap::Refuses(2),
            _ => Mishap::None,
        }
    }

    /// What the server does instead of its answer to the request of this number; `None` when it is well by then.
    fn spoil(self, number: usize, well: &Reply) -> Option<Reply> {
        let is_first = number == 0;
        let once = |reply: Reply| is_first.then_some(reply);
        match self {
            Self::Limited(dialect) => once(Reply::with("429 Too Many Requests", &dialect.headers(), b"slow down")),
            Self::Storm => {
                let statuses = ["500 Oops", "502 Bad Gateway", "503 Busy", "504 Late", "500 Oops", "503 Busy"];
                statuses.get(number).map(|status| Reply::with(status, "", b"<html>nginx</html>"))
            }
            Self::Unauthorized => once(Reply::with("401 Unauthorized", "", super::SECRET.as_bytes())),
            Self::Cut => cut(well, number),
            Self::Stalled => once(Reply::Stall(half(well))),
            Self::HalfClosed => once(Reply::HalfClosed(half(well))),
            Self::RedirectLoop => (number < 7).then(|| Reply::redirect("302 Found", "/round")),
            Self::RedirectToFile => once(Reply::redirect("302 Found", "file:///etc/passwd")),
            Self::GzipBomb => once(Reply::with("200 OK", "content-encoding: gzip\r\n", &gzip_bomb())),
            Self::ZstdBomb => once(Reply::with("200 OK", "content-encoding: zstd\r\n", &zstd_bomb())),
            Self::Nonsense => once(Reply::with("200 OK", "", b"\x00\xff{[<nonsense")),
            Self::InvalidUtf8 => Some(with_bad_byte(well)),
            _ => None,
        }
    }

    /// True when it is a fault that a person has to hear of.
    fn is_told(self) -> bool {
        !matches!(
            self,
            Self::None
                | Self::KilledAfterCommit
                | Self::KilledBeforeCommit
                | Self::Duplicates
                | Self::OutOfOrder
                | Self::Dates
                | Self::LongPost
                | Self::InvalidUtf8
                | Self::Hostile
                | Self::Edited
        )
    }
}

/// The answer cut at one more odd place at each request, until it is whole.
fn cut(well: &Reply, number: usize) -> Option<Reply> {
    let Reply::Bytes(bytes) = well else { return None };
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
    let body = bytes.len() - head;
    let places = [0, 1, 12, head - 2, head, head + 1, head + body / 3, head + body / 2, bytes.len() - 1];
    places.get(number).map(|at| Reply::Bytes(bytes[..*at.min(&(bytes.len() - 1))].to_vec()))
}

fn half(well: &Reply) -> Vec<u8> {
    let Reply::Bytes(bytes) = well else { return Vec::new() };
    bytes[..bytes.len() - bytes.len() / 4].to_vec()
}

fn gzip_bomb() -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    (0..64).for_each(|_| encoder.write_all(&zeros).expect("memory does not fail"));
    encoder.finish().expect("memory does not fail")
}

fn zstd_bomb() -> Vec<u8> {
    zstd::encode_all(std::io::Read::take(std::io::repeat(b' '), 64 << 20), 3).expect("memory does not fail")
}

/// The lengths stay as they are: the byte that is no UTF-8 stands for one that is.
fn with_bad_byte(well: &Reply) -> Reply {
    let Reply::Bytes(bytes) = well else { return well.clone() };
    let mut bytes = bytes.clone();
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(BAD_BYTE.as_bytes())).collect();
    for at in places {
        bytes[at] = 0xff;
    }
    Reply::Bytes(bytes)
}

/// Runs one cell: nothing lost, nothing doubled, the person told.
async fn run(subject: Arc<dyn Subject>, fault: Fault) {
    let told = fault.posts();
    let asked_of = Arc::new(AtomicUsize::new(0));
    let edited = Arc::new(AtomicUsize::new(0));
    let server = {
        let (subject, told, edited, asked_of) = (subject.clone(), told.clone(), edited.clone(), asked_of.clone());
        Server::answering(move |asked| {
            let mut told = told.clone();
            if edited.load(Ordering::SeqCst) > 0 {
                told[1].text.push_str(", and it smells");
            }
            asked_of.store(asked.number + 1, Ordering::SeqCst);
            let well = subject.answer(asked, &told);
            fault.spoil(asked.number, &well).unwrap_or(well)
        })
        .await
    };
    let mut office = Office::new();
    let count = told.iter().map(|post| &post.id).collect::<std::collections::BTreeSet<_>>().len();
    if matches!(fault, Fault::NameUnknown) {
        office.start(subject.kind("http://nowhere.invalid", office.folder.path()), Mishap::None);
        office.until_told(|health| health.last_error.is_some()).await;
        office.stop().await;
    }
    let kind = subject.kind(&server.base, office.folder.path());
    office.start(kind.clone(), fault.mishap());
    if matches!(fault, Fault::KilledAfterCommit | Fault::KilledBeforeCommit) {
        office.until_killed().await;
        office.start(kind, Mishap::None);
    }
    office.until(|cases| cases.len() >= count).await;
    if matches!(fault, Fault::Edited) && subject.tells_edits() {
        edited.store(1, Ordering::SeqCst);
        office.until(|cases| cases.iter().any(|case| !case.versions.is_empty())).await;
    }
    // What is asked again and again stays as it is.
    let so_far = asked_of.load(Ordering::SeqCst);
    office.until(|_| asked_of.load(Ordering::SeqCst) >= so_far + 3).await;
    office.stop().await;
    check(&office, fault, count);
}

fn check(office: &Office, fault: Fault, count: usize) {
    let cases = office.cases();
    let texts = office.texts();
    assert_eq!(cases.len(), count, "{texts:#?}");
    for number in 0..count {
        let of_it = texts.iter().filter(|text| text.contains(&marker(number))).count();
        assert_eq!(of_it, 1, "post {number} of {texts:#?}");
    }
    let edits: usize = cases.iter().map(|case| case.versions.len()).sum();
    assert!(edits == 0 || matches!(fault, Fault::Edited), "{edits} changes that nobody made");
    for case in &cases {
        assert!(case.row.at <= office.now(), "its age counts from {}", case.row.at);
        let text = &case.assessed.mention.text;
        assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
        assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{200b}']), "{text:?}");
    }
    if fault.is_told() {
        assert!(!office.words().is_empty(), "nobody was told");
    }
    if matches!(fault, Fault::Limited(_)) {
        let wait = office.longest_wait();
        assert!((TimeDelta::seconds(WAIT - 2)..=TimeDelta::seconds(WAIT)).contains(&wait), "it waits {wait}");
    }
    office.assert_discreet();
}

#[rstest]
#[tokio::test]
async fn web(
    #[values(Web::Feed, Web::Reddit, Web::Mastodon, Web::MastodonStream, Web::Open311, Web::Facebook, Web::Bluesky)]
    source: Web,
    #[values(
        Fault::None,
        Fault::KilledAfterCommit,
        Fault::KilledBeforeCommit,
        Fault::Refused,
        Fault::Duplicates,
        Fault::OutOfOrder,
        Fault::Dates,
        Fault::Limited(Dialect::RetryAfterSeconds),
        Fault::Limited(Dialect::RetryAfterDate),
        Fault::Limited(Dialect::UnixSeconds),
        Fault::Limited(Dialect::Instant),
        Fault::Limited(Dialect::SecondsToGo),
        Fault::Storm,
        Fault::Unauthorized,
        Fault::Cut,
        Fault::Stalled,
        Fault::HalfClosed,
        Fault::NameUnknown,
        Fault::RedirectLoop,
        Fault::RedirectToFile,
        Fault::GzipBomb,
        Fault::ZstdBomb,
        Fault::Nonsense,
        Fault::LongPost,
        Fault::InvalidUtf8,
        Fault::Hostile,
        Fault::Edited
    )]
    fault: Fault,
) {
    run(source.subject(), fault).await;
}

/// A stream's faults: an answer is an upgrade and what it sends until it breaks. What no WebSocket can carry ends the
/// connection before the source sees it.
#[rstest]
#[tokio::test]
async fn stream(
    #[values(Web::Jetstream)] source: Web,
    #[values(
        Fault::None,
        Fault::KilledAfterCommit,
        Fault::KilledBeforeCommit,
        Fault::Refused,
        Fault::Duplicates,
        Fault::OutOfOrder,
        Fault::Dates,
        Fault::Limited(Dialect::RetryAfterSeconds),
        Fault::Limited(Dialect::RetryAfterDate),
        Fault::Limited(Dialect::UnixSeconds),
        Fault::Limited(Dialect::Instant),
        Fault::Limited(Dialect::SecondsToGo),
        Fault::Storm,
        Fault::Unauthorized,
        Fault::Cut,
        Fault::Stalled,
        Fault::HalfClosed,
        Fault::NameUnknown,
        Fault::RedirectLoop,
        Fault::RedirectToFile,
        Fault::GzipBomb,
        Fault::ZstdBomb,
        Fault::Nonsense,
        Fault::LongPost,
        Fault::Hostile,
        Fault::Edited
    )]
    fault: Fault,
) {
    run(source.subject(), fault).await;
}
