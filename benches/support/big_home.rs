//! Makes a home with a large store, for measurements: `big_home DIR STORED OPEN`.
//!
//! The mentions are generated, always the same for the same numbers: a few thousand words used as unevenly as words are, two
//! languages, several networks, authors who come back. All but the last `OPEN` of them are closed by records.

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::mention::{Author, Identity, Kind, Language, Level, Mention, MentionId, Metrics, Network};
use frontdesk::pipeline::{Assessed, Assessment, Clocks, Hit, LanguageGuess, Priority, Reason, Why};
use frontdesk::plan::{At, PlanHash};
use frontdesk::response_log::Record;
use frontdesk::store::{Commit, Origin, SqliteStore, Store};

/// Mentions a transaction, as a busy source would bring them.
const BATCH: usize = 1_000;

const COMMON: &[&str] = &[
    "the", "water", "is", "on", "street", "park", "bus", "bike", "lane", "council", "road", "eau", "rue", "dans",
    "les", "pour", "library", "main", "closed", "again", "today", "please", "thanks", "merci", "brown", "snow", "plow",
    "permit", "noise", "tax",
];

/// A small generator of numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below.max(1)
    }

    /// A word: half of them common, the others out of twenty thousand.
    fn word(&mut self) -> String {
        if self.next(2) == 0 { COMMON[self.next(COMMON.len())].to_owned() } else { format!("w{}", self.next(20_000)) }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [home, stored, open] = arguments.as_slice() else { return Err("usage: big_home DIR STORED OPEN".into()) };
    let (home, stored, open) = (PathBuf::from(home), stored.parse::<usize>()?, open.parse::<usize>()?);
    let data = home.join("data");
    std::fs::create_dir_all(&data)?;
    let mut store = SqliteStore::open(&data.join("mentions.db"), "bench".into())?;
    let start: DateTime<Utc> = "2026-01-01T00:00:00Z".parse()?;
    let mut numbers = Numbers(42);
    let mut seq = 0;
    for batch in 0..stored.div_ceil(BATCH) {
        let items: Vec<Assessed> = (batch * BATCH..stored.min((batch + 1) * BATCH))
            .map(|number| {
                assessed(&mut numbers, number, start + TimeDelta::seconds(i64::try_from(number).unwrap_or(0) * 20))
            })
            .collect();
        let closed = stored.saturating_sub(open).saturating_sub(batch * BATCH).min(items.len());
        let records = items[..closed]
            .iter()
            .map(|item| {
                seq += 1;
                record(seq, &item.mention)
            })
            .collect::<Result<Vec<_>, _>>()?;
        store.commit(&Commit { items, cursor: None })?;
        store.apply(&records, Origin::Log, &mut |_| unreachable_assessment(start))?;
    }
    Ok(())
}

/// Every record's mention is in the store, so that this is never kept.
fn unreachable_assessment(at: DateTime<Utc>) -> Assessment {
    assessed(&mut Numbers(1), 0, at).assessment
}

fn record(seq: u64, mention: &Mention) -> serde_json::Result<Record> {
    serde_json::from_value(serde_json::json!({
        "v": 1, "desk": "k3f9", "seq": seq, "at": mention.received_at.fixed_offset(), "actor": "bench", "act": "decided",
        "base": null, "batch": null, "mention": mention, "disposition": "let_stand", "reason": "opinion_only", "path": null,
        "reply": null, "purpose": null, "authorized_by": null, "undoes": null, "plan": null, "app": "frontdesk", "prev": "0",
        "hash": format!("{seq:064}"),
    }))
}

fn assessed(numbers: &mut Numbers, number: usize, at: DateTime<Utc>) -> Assessed {
    let text = (0..8 + numbers.next(25)).map(|_| numbers.word()).collect::<Vec<_>>().join(" ");
    let id = MentionId::from_parts("inbox", &format!("m-{number}"));
    let author = numbers.next(50_000);
    let mention = Mention {
        seen_by: vec![id.clone()],
        id,
        version: 1,
        source: "inbox".into(),
        network: [Network::Bluesky, Network::X, Network::Mastodon, Network::Facebook][numbers.next(4)].clone(),
        kind: Kind::Post,
        author: Author {
            handle: Some(format!("a{author}.example")),
            name: Some(format!("Author {author}")),
            followers: Some(120),
        },
        original: None,
        url: Some(format!("https://social.example/@a{author}/{number}")),
        posted_at: Some(at),
        received_at: at,
        lang: Some("en".to_owned()),
        reply_to: None,
        thread: None,
        metrics: Metrics { likes: Some(3), reposts: Some(1), replies: None, views: None },
        media: Vec::new(),
        backlog: false,
        captured_by: None,
        author_deleted_at: None,
        identity: Identity { permalink: Some(format!("{number:016x}")), content: format!("{number:016x}") },
        text,
    };
    Assessed { assessment: assessment(numbers, at), mention }
}

fn assessment(numbers: &mut Numbers, at: DateTime<Utc>) -> Assessment {
    let place = |line| At { file: "initiatives.toml".into(), line };
    let initiative = ["water", "bikes", "budget", "parks"][numbers.next(4)];
    let score = i32::try_from(numbers.next(70)).unwrap_or(0);
    let level = match score {
        60.. => Level::P1,
        35.. => Level::P2,
        8.. => Level::P3,
        _ => Level::P4,
    };
    Assessment {
        relevant: true,
        relevance: Vec::new(),
        initiatives: vec![Hit {
            id: initiative.into(),
            rule: format!("{initiative}.match").into(),
            at: place(8),
            spans: vec![0..3, 5..9],
        }],
        stakeholders: Vec::new(),
        messages: vec!["KM-2".into()],
        facts: vec!["F-7".into()],
        language: LanguageGuess { code: Language::En, confidence: 0.9 },
        intents: Vec::new(),
        priority: Priority {
            level,
            score,
            reasons: vec![Reason {
                why: Why::Contribution { name: "direct question".into() },
                points: score,
                at: Some(place(9)),
            }],
            floor: None,
            cap: None,
        },
        path: vec!["relevant".into(), "worthwhile".into()],
        suggested: Some("respond".into()),
        clocks: Clocks { acknowledge_by: Some(at + TimeDelta::hours(4)), substance_by: Some(at + TimeDelta::days(1)) },
        plan: PlanHash("0".repeat(64).into()),
    }
}
