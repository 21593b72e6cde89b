//! The faults of what others deliver: senders that come again until they hear that all is well, and some that never behave.

use std::net::SocketAddr;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{KeyInit as _, Mac as _};
use rstest::rstest;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::super::{Note, Refusal, Refused};
use super::office::Mishap;
use super::{Office, Post, SECRET, dated, hostile, marker, post, posts};
use crate::config::{Revealed, Secret, Signature, SourceKind, Webhook};

const PATH: &str = "/hush-hush-hush-hush";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    KilledAfterCommit,
    KilledBeforeCommit,
    Refused,
    Duplicates,
    OutOfOrder,
    Dates,
    /// The sender's clock is an hour fast at first.
    ClockSkew,
    Unauthorized,
    /// Cut off at odd places.
    Cut,
    /// Half of a delivery, then silence.
    Stalled,
    HalfClosed,
    /// A delivery larger than any may be.
    TooLarge,
    LongPost,
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
            Self::LongPost => [posts(3), vec![post(3, &"long ".repeat(180_000))]].concat(),
            Self::Edited => [posts(5), vec![post(1, "The water is brown again, and it smells")]].concat(),
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
}

/// Who delivers.
#[derive(Debug, Clone, Copy)]
struct Sender {
    address: SocketAddr,
    /// By its own clock.
    now: i64,
}

fn key() -> String {
    format!("{SECRET}-{SECRET}")
}

fn kind(folder: &Path, listen: SocketAddr) -> SourceKind {
    let Secret::File(path) = Office::secret(folder) else { unreachable!("it is kept in a file") };
    std::fs::write(&path, format!("whsec_{}", STANDARD.encode(key()))).expect("it is written");
    SourceKind::Webhook(Webhook {
        listen,
        path: Revealed::new(PATH),
        signature: Signature::Standard,
        secret: Secret::File(path),
        verify_token: None,
        profile: None,
        profiles: folder.join("profiles"),
    })
}

fn body(post: &Post) -> Vec<u8> {
    serde_json::json!({ "id": post.id, "text": post.text, "posted_at": post.at.to_rfc3339() }).to_string().into_bytes()
}

impl Sender {
    fn request(self, id: &str, key: &str, body: &[u8]) -> Vec<u8> {
        let at = self.now;
        let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(key.as_bytes()).expect("any key will do");
        mac.update(format!("{id}.{at}.").as_bytes());
        mac.update(body);
        let tag = STANDARD.encode(mac.finalize().into_bytes());
        let length = body.len();
        let head = format!(
            "POST {PATH} HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\nwebhook-id: {id}\r\n\
             webhook-timestamp: {at}\r\nwebhook-signature: v1,{tag}\r\n\r\n"
        );
        [head.as_bytes(), body].concat()
    }

    /// What comes back; nothing when nobody listens or the connection breaks.
    async fn send(self, request: &[u8]) -> Option<u16> {
        let mut stream = TcpStream::connect(self.address).await.ok()?;
        stream.write_all(request).await.ok()?;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).split(' ').nth(1)?.parse().ok()
    }

    /// Delivers until it is taken, as every good sender does.
    async fn deliver(self, id: &str, body: &[u8]) {
        while self.send(&self.request(id, &key(), body)).await != Some(200) {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
    }
}

/// Where nobody listens at this moment.
async fn free_address() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("an address")
}

/// What goes wrong before the good deliveries; whoever is still connected then stays so.
async fn misbehave(fault: Fault, sender: Sender, office: &Office) -> Vec<TcpStream> {
    let request = sender.request("odd", &key(), &body(&post(9, "never to be seen")));
    let mut held = Vec::new();
    match fault {
        Fault::ClockSkew => {
            let fast = Sender { now: sender.now + 3600, ..sender };
            assert_eq!(fast.send(&fast.request("odd", &key(), b"{}")).await, Some(401));
        }
        Fault::Unauthorized => {
            assert_eq!(sender.send(&sender.request("odd", "another secret, as long", b"{}")).await, Some(401));
        }
        Fault::Cut => {
            for at in [0, 1, 20, request.len() - 60, request.len() - 1] {
                let mut stream = TcpStream::connect(sender.address).await.expect("it listens");
                stream.write_all(&request[..at]).await.expect("it is sent");
            }
        }
        Fault::Stalled | Fault::HalfClosed => {
            for at in [20, request.len() - 1] {
                let mut stream = TcpStream::connect(sender.address).await.expect("it listens");
                stream.write_all(&request[..at]).await.expect("it is sent");
                if fault == Fault::HalfClosed {
                    stream.shutdown().await.expect("it is closed");
                }
                held.push(stream);
            }
        }
        Fault::TooLarge => {
            let large = body(&post(9, &"never ".repeat(300_000)));
            assert_eq!(sender.send(&sender.request("odd", &key(), &large)).await, Some(413));
        }
        Fault::Nonsense => assert_eq!(sender.send(&sender.request("odd", &key(), b"\x00{[<nonsense")).await, Some(422)),
        Fault::InvalidUtf8 => {
            let lines = [&body(&post(0, "The water is brown again"))[..], b"\n{\"text\":\"caf\xe9\"}\n"].concat();
            sender.deliver("lines", &lines).await;
            office.until_told(|health| health.bad == 1).await;
        }
        _ => {}
    }
    held
}

async fn is_told(fault: Fault, office: &Office) {
    let refused = |wanted: fn(Refusal) -> bool| {
        move |health: &super::super::Health| {
            health.notes.iter().any(|note| matches!(note, Note::Refused(Refused { why, .. }) if wanted(*why)))
        }
    };
    match fault {
        Fault::ClockSkew => office.until_told(refused(|why| matches!(why, Refusal::OutOfTime { .. }))).await,
        Fault::Unauthorized => office.until_told(refused(|why| why == Refusal::WrongSignature)).await,
        Fault::Nonsense | Fault::InvalidUtf8 => office.until_told(|health| health.bad == 1).await,
        Fault::Refused => office.until_told(|health| health.last_error.is_some()).await,
        _ => {}
    }
}

#[rstest]
#[tokio::test]
async fn push(
    #[values(
        Fault::None,
        Fault::KilledAfterCommit,
        Fault::KilledBeforeCommit,
        Fault::Refused,
        Fault::Duplicates,
        Fault::OutOfOrder,
        Fault::Dates,
        Fault::ClockSkew,
        Fault::Unauthorized,
        Fault::Cut,
        Fault::Stalled,
        Fault::HalfClosed,
        Fault::TooLarge,
        Fault::LongPost,
        Fault::InvalidUtf8,
        Fault::Nonsense,
        Fault::Hostile,
        Fault::Edited
    )]
    fault: Fault,
) {
    let (mut office, address) = (Office::new(), free_address().await);
    let kind = kind(office.folder.path(), address);
    office.start(kind.clone(), fault.mishap());
    office.until_told(|health| health.listening_on.is_some()).await;
    let sender = Sender { address, now: office.now().timestamp() };
    let _held = misbehave(fault, sender, &office).await;
    if fault != Fault::Refused {
        is_told(fault, &office).await;
    }
    let told = fault.posts();
    let delivering = {
        let told = told.clone();
        tokio::spawn(async move {
            for (number, post) in told.iter().enumerate() {
                // What comes again comes under its old name.
                let name = if fault == Fault::Duplicates { post.id.clone() } else { format!("d-{number}") };
                sender.deliver(&name, &body(post)).await;
            }
        })
    };
    if matches!(fault, Fault::KilledAfterCommit | Fault::KilledBeforeCommit) {
        office.until_killed().await;
        office.start(kind, Mishap::None);
    }
    tokio::time::timeout(std::time::Duration::from_mins(1), delivering).await.expect("in time").expect("no panic");
    if fault == Fault::Refused {
        is_told(fault, &office).await;
    }
    office.stop().await;
    let (cases, texts) = (office.cases(), office.texts());
    let known: std::collections::BTreeSet<_> = told.iter().map(|post| &post.id).collect();
    assert_eq!(cases.len(), known.len(), "{texts:#?}");
    for number in 0..known.len() {
        assert_eq!(
            texts.iter().filter(|text| text.contains(&marker(number))).count(),
            1,
            "post {number} of {texts:#?}"
        );
    }
    let edits: usize = cases.iter().map(|case| case.versions.len()).sum();
    assert_eq!(edits, usize::from(fault == Fault::Edited), "{edits} changes");
    for case in &cases {
        assert!(case.row.at <= office.now(), "its age counts from {}", case.row.at);
        let text = &case.assessed.mention.text;
        assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
        assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{200b}']), "{text:?}");
    }
    office.assert_discreet();
}
