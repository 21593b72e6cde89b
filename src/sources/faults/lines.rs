//! The faults of what is read line by line.

use std::collections::BTreeSet;
use std::path::Path;

use rstest::rstest;

use super::office::Mishap;
use super::{Office, Post, dated, files, hostile, marker, post, posts};
use crate::config::SourceKind;

/// A kind of source that reads NDJSON, and the way lines come to it.
pub(super) trait Subject {
    /// Its configuration; `folder` is its home.
    fn kind(&self, folder: &Path) -> SourceKind;

    /// Brings whole lines, or a part of one; `number` counts deliveries.
    fn deliver(&self, folder: &Path, number: usize, bytes: &[u8]);
}

/// The subjects; each kind that reads lines has its line here and in the table below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    Ndjson,
    Folder,
    Command,
}

impl Lines {
    fn subject(self) -> Box<dyn Subject> {
        match self {
            Self::Ndjson => Box::new(files::Ndjson),
            Self::Folder => Box::new(files::Folder),
            Self::Command => Box::new(files::Command),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    KilledAfterCommit,
    KilledBeforeCommit,
    Refused,
    Duplicates,
    OutOfOrder,
    Dates,
    LongLine,
    InvalidUtf8,
    Nonsense,
    Hostile,
    Edited,
}

impl Fault {
    fn posts(self) -> Vec<Post> {
        match self {
            Self::Dates => dated(),
            Self::Hostile => hostile(),
            Self::OutOfOrder => posts(5).into_iter().rev().collect(),
            Self::Duplicates => [posts(5), posts(5)].concat(),
            Self::Edited => {
                let mut posts = [posts(5), vec![post(1, "The water is brown again, and it smells")]].concat();
                posts[5].at = posts[1].at;
                posts
            }
            _ => posts(5),
        }
    }

    fn mishap(self) -> Mishap {
        match self {
            Self::KilledAfterCommit => Mishap::KilledAfterCommit(1),
            Self::KilledBeforeCommit => Mishap::KilledBeforeCommit(1),
            Self::Refused => Mishap::Refuses(1),
            _ => Mishap::None,
        }
    }

    /// What stands between the good lines.
    fn bad_line(self) -> Option<Vec<u8>> {
        match self {
            Self::LongLine => Some([&b"{\"id\":\"x\",\"text\":\""[..], &vec![b'y'; 2 << 20], b"\"}\n"].concat()),
            Self::InvalidUtf8 => Some(b"{\"id\":\"x\",\"text\":\"caf\xe9\"}\n".to_vec()),
            Self::Nonsense => Some(b"Traceback (most recent call last):\n".to_vec()),
            _ => None,
        }
    }
}

/// True when a bad line is good after all: exports of old programs are read in their old encoding.
fn is_read(source: Lines, fault: Fault) -> bool {
    (source, fault) == (Lines::Folder, Fault::InvalidUtf8)
}

fn line(post: &Post) -> Vec<u8> {
    let value = serde_json::json!({ "id": post.id, "text": post.text, "posted_at": post.at.to_rfc3339() });
    format!("{value}\n").into_bytes()
}

#[rstest]
#[tokio::test]
async fn lines(
    #[values(Lines::Ndjson, Lines::Folder, Lines::Command)] source: Lines,
    #[values(
        Fault::None,
        Fault::KilledAfterCommit,
        Fault::KilledBeforeCommit,
        Fault::Refused,
        Fault::Duplicates,
        Fault::OutOfOrder,
        Fault::Dates,
        Fault::LongLine,
        Fault::InvalidUtf8,
        Fault::Nonsense,
        Fault::Hostile,
        Fault::Edited
    )]
    fault: Fault,
) {
    let (subject, mut office) = (source.subject(), Office::new());
    let told = fault.posts();
    let known: BTreeSet<&String> = told.iter().map(|post| &post.id).collect();
    let count = known.len() + usize::from(is_read(source, fault));
    let (first, later) = told.split_at(2);
    let mut early = first.iter().flat_map(line).collect::<Vec<u8>>();
    early.extend(fault.bad_line().unwrap_or_default());
    subject.deliver(office.folder.path(), 0, &early);
    let kind = subject.kind(office.folder.path());
    office.start(kind.clone(), fault.mishap());
    if matches!(fault, Fault::KilledAfterCommit | Fault::KilledBeforeCommit) {
        office.until_killed().await;
        office.start(kind, Mishap::None);
    }
    subject.deliver(office.folder.path(), 1, &later.iter().flat_map(line).collect::<Vec<u8>>());
    let edits = usize::from(fault == Fault::Edited);
    office
        .until(|cases| cases.len() >= count && cases.iter().map(|case| case.versions.len()).sum::<usize>() >= edits)
        .await;
    if fault.bad_line().is_some() && !is_read(source, fault) {
        office.until_told(|health| health.bad > 0).await;
    }
    if fault == Fault::Refused {
        office.until_told(|health| health.last_error.is_some()).await;
    }
    office.stop().await;
    check(&office, source, fault, count);
}

fn check(office: &Office, source: Lines, fault: Fault, count: usize) {
    let (cases, texts) = (office.cases(), office.texts());
    assert_eq!(cases.len(), count, "{texts:#?}");
    for number in 0..count - usize::from(is_read(source, fault)) {
        assert_eq!(
            texts.iter().filter(|text| text.contains(&marker(number))).count(),
            1,
            "post {number} of {texts:#?}"
        );
    }
    let edits: usize = cases.iter().map(|case| case.versions.len()).sum();
    // A program that prints its first text again after the second has changed it again, and again.
    let is_repeated = fault == Fault::Edited && source != Lines::Ndjson && source != Lines::Folder;
    assert!(is_repeated || edits == usize::from(fault == Fault::Edited), "{edits} changes");
    for case in &cases {
        assert!(case.row.at <= office.now(), "its age counts from {}", case.row.at);
        let text = &case.assessed.mention.text;
        assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
        assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{200b}']), "{text:?}");
    }
    office.assert_discreet();
}
