//! A home with a large store and its response log, always the same for the same size.
//!
//! The mentions are generated: a few thousand words used as unevenly as words are, several networks, authors who come
//! back. All but the last ones are closed by records, as in an office that keeps up.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::mention::{
    Audience, Author, Confidence, Disposition, Extras, Id, Identity, Kind, Language, Level, Mention, MentionId,
    Metrics, Network, NoResponseReason,
};
use frontdesk::pipeline::{Assessed, Assessment, Clocks, Hit, LanguageGuess, Priority, Reason, Why};
use frontdesk::plan::{At, PlanHash};
use frontdesk::response_log::{Draft, Log, LogPaths};
use frontdesk::store::{Commit, Origin, SqliteStore, Store};
use frontdesk::triage::{Context, Event};

/// Mentions a transaction, as a busy source would bring them.
const BATCH: usize = 1_000;

/// Every generated author's name begins with this.
pub const AUTHOR_MARK: &str = "Author";

/// Who decided all the closed ones, and whose desk the measured one is.
pub const ACTOR: &str = "bench";

/// How much a home holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Mentions in all.
    pub mentions: usize,
    /// How many of them are open.
    pub open: usize,
}

/// The file that the home's only source tails.
pub fn feed_path(home: &Path) -> PathBuf {
    home.join("feed.ndjson")
}

/// One line of that file.
pub fn line(native: &str, number: u64) -> String {
    let word = rare_word(usize::try_from(number).unwrap_or(0));
    format!(
        "{{\"id\":\"{native}\",\"network\":\"bluesky\",\"author\":{{\"handle\":\"f{number}\",\"name\":\"Author {number}\"}},\"text\":\"is the water on elm street safe {word} brown again today\"}}\n"
    )
}

/// A word that a few hundred of the stored mentions hold; another for each `round`.
pub fn rare_word(round: usize) -> String {
    format!("w{}", 10_007 + round * 37 % 9_000)
}

/// Makes the home unless it is there already with this size.
pub fn ensure(home: &Path, size: Size) {
    let stamp = format!("{size:?}");
    if fs::read_to_string(home.join("made")).is_ok_and(|made| made == stamp) {
        return;
    }
    let _ = fs::remove_dir_all(home);
    build(home, size).expect("the home is made");
    fs::write(home.join("made"), stamp).expect("the home is made");
}

/// Where the copy of `home` is.
pub fn copy_of(home: &Path) -> PathBuf {
    home.with_extension("copy")
}

/// A copy beside `home`, for what adds to it; an older copy goes away.
pub fn copied(home: &Path) -> PathBuf {
    let copy = copy_of(home);
    remove(&copy);
    copy_folder(home, &copy).expect("the home is copied");
    copy
}

/// Takes a copy away.
pub fn remove(copy: &Path) {
    let _ = fs::remove_dir_all(copy);
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// Makes the home. Fails when the folder holds one already that cannot be added to.
pub fn build(home: &Path, size: Size) -> Result<(), Box<dyn std::error::Error>> {
    let (data, state) = (home.join("data"), home.join("state"));
    fs::create_dir_all(&data)?;
    fs::create_dir_all(&state)?;
    lay_plan(home)?;
    let mut store = SqliteStore::open(&data.join("mentions.db"), ACTOR.into())?;
    let (mut log, _) = Log::open(LogPaths::under(&data, &state), chrono_tz::America::Vancouver)?;
    let start: DateTime<Utc> = "2026-01-01T00:00:00Z".parse()?;
    let mut numbers = Numbers(42);
    for batch in 0..size.mentions.div_ceil(BATCH) {
        let items: Vec<Assessed> = (batch * BATCH..size.mentions.min((batch + 1) * BATCH))
            .map(|number| {
                assessed(&mut numbers, number, start + TimeDelta::seconds(i64::try_from(number).unwrap_or(0) * 20))
            })
            .collect();
        let closed = size.mentions.saturating_sub(size.open).saturating_sub(batch * BATCH).min(items.len());
        let drafts: Vec<Draft> = items[..closed].iter().map(|item| draft(&item.mention)).collect();
        store.commit(&Commit { items, ..Commit::default() })?;
        if drafts.is_empty() {
            continue;
        }
        let records = log.append(&drafts)?;
        store.apply(&records, Origin::Log, &mut |_, _| assessed(&mut Numbers(1), 0, start).assessment)?;
    }
    Ok(())
}

/// The demo town's plan, and one source: an empty file.
fn lay_plan(home: &Path) -> std::io::Result<()> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo-data/plan");
    let to = home.join("plan");
    fs::create_dir_all(&to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    fs::write(feed_path(home), "")?;
    let config = format!(
        "plan = \"plan\"\nactor = \"{ACTOR}\"\n\n[[source]]\nid = \"feed\"\nkind = \"ndjson\"\npath = \"feed.ndjson\"\n"
    );
    fs::write(home.join("config.toml"), config)
}

fn draft(mention: &Mention) -> Draft {
    let actor: Id = ACTOR.into();
    let context = Context::new(&actor, mention.received_at + TimeDelta::minutes(5), None);
    let event = Event::Decided {
        disposition: Disposition::LetStand,
        reason: Some(NoResponseReason::OpinionOnly),
        note: None,
        clause: None,
    };
    Draft::new(Arc::new(mention.clone()), event, &context)
}

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
            name: Some(format!("{AUTHOR_MARK} {author}")),
            followers: Some(120),
            bot: false,
        },
        audience: Audience::default(),
        original: None,
        url: Some(format!("https://social.example/@a{author}/{number}")),
        posted_at: Some(at),
        received_at: at,
        lang: Some("en".to_owned()),
        reply_to: None,
        thread: None,
        metrics: Metrics { likes: Some(3), reposts: Some(1), replies: None, views: None },
        media: Vec::new(),
        extras: Extras::default(),
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
        initiatives: vec![Hit {
            id: initiative.into(),
            rule: format!("{initiative}.match").into(),
            at: place(8),
            spans: vec![0..3, 5..9],
        }],
        messages: vec!["KM-2".into()],
        facts: vec!["F-7".into()],
        language: LanguageGuess { code: Language::En, confidence: Confidence::percent(90), mixed: false },
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
            by_plan: None,
        },
        path: vec!["relevant".into(), "worthwhile".into()],
        suggested: Some("respond".into()),
        clocks: Clocks { acknowledge_by: Some(at + TimeDelta::hours(4)), substance_by: Some(at + TimeDelta::days(1)) },
        plan: PlanHash("0".repeat(64).into()),
        ..Assessment::pending()
    }
}
