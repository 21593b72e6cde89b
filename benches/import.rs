//! An export of a monitoring tool into a fresh home: how fast it is read, kept and assessed, and in how much memory.
//!
//! `FRONTDESK_IMPORT_ROWS` sets the rows, 1,000,000 for the figures that count. The file is made here, the same in every run: the
//! columns of Brandwatch, texts of 8 to 32 words, ids that come in no order, 50,000 authors.

#![expect(clippy::print_stdout, reason = "a measurement prints what it found")]
#![expect(clippy::disallowed_methods, reason = "a measurement reads the machine's clock")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::clock::{SharedClock, SystemClock};
use frontdesk::config::{Overrides, Paths};
use frontdesk::mention::Id;
use frontdesk::run::{Home, Importing, assess_waiting, import};
use frontdesk::sources::{Asked, Export, Profiles, Receipt};
use frontdesk::store::Store;

const COLUMNS: &str = "Query Id,Query Name,Date,Title,Snippet,Url,Domain,Sentiment,Page Type,Language,Country Code,Added,\
    Assignment,Author,Avatar,Category Details,Checked,City,Full Name,Full Text,Hashtags,Impact,Impressions,Likes,Priority,\
    Resource Id,Starred,Status,Thread Id,Updated,Reach (new)";
const COMMON: &[&str] = &[
    "the", "water", "is", "on", "street", "park", "bus", "bike", "lane", "council", "road", "eau", "rue", "dans",
    "les", "pour", "library", "main", "closed", "again", "today", "please", "thanks", "merci", "brown", "snow", "plow",
    "permit", "noise", "tax",
];

fn main() {
    let rows = std::env::var("FRONTDESK_IMPORT_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("export.csv");
    write(&file, rows).expect("the export is written");
    let home = home(folder.path());
    let clock: SharedClock = Arc::new(SystemClock);
    let (profiles, zone) = (Profiles::embedded(), home.zone());
    let export = Export::open(&file, &profiles, &Asked { profile: None, map: &[], zone }).expect("the export opens");
    let source = Id::from("brandwatch");

    let begun = Instant::now();
    let receipt = Receipt { source: &source, network: None, now: Utc::now() };
    let mut read = 0;
    let mut each = |_| {
        read += 1;
        ControlFlow::Continue(())
    };
    export.read(&receipt, &mut each).expect("the export reads");
    told("read and mapped", read, begun);

    let (stop, mut most) = (AtomicBool::new(false), 0);
    let importing = Importing { export: &export, name: "export.csv", source: &source, clock: &clock, stop: &stop };
    let begun = Instant::now();
    let done = import(&home, &importing, &mut |_| most = most.max(memory())).expect("the export is imported");
    told("kept and searchable", done.new, begun);

    let begun = Instant::now();
    let mut assessed = 0;
    let left = assess_waiting(&home, &stop, &mut |done, _| {
        assessed = done;
        most = most.max(memory());
    });
    told("assessed", assessed, begun);
    println!("most memory of its own: {} MiB", most / 1024);

    let begun = Instant::now();
    let again = import(&home, &importing, &mut |_| {}).expect("the export is imported again");
    told("seen again", again.seen, begun);
    let all = home.store().and_then(|mut store| Ok(store.counts(Utc::now())?.all)).expect("the store counts");
    assert_eq!((all, left.expect("is assessed"), again.new), (rows, Some(0), 0));
}

fn told(what: &str, rows: u64, begun: Instant) {
    let seconds = begun.elapsed().as_secs_f64();
    println!("{what:20} {rows:>9} rows {seconds:>8.1} s {:>9.0} rows/s", rows as f64 / seconds);
}

/// The process's own memory in KiB; 0 where the system does not tell.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

/// The demo town's plan in a home without sources.
fn home(folder: &Path) -> Home {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo-data/plan");
    let home = folder.join("home");
    std::fs::create_dir_all(&home).expect("the home is made");
    std::fs::write(home.join("config.toml"), format!("plan = {:?}\nactor = \"bench\"\n", plan.display().to_string()))
        .expect("the settings are written");
    Home::open(Paths::under(&home), &Overrides::default()).expect("the home opens")
}

/// Numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 ^ (self.0 >> 29)
    }

    fn below(&mut self, limit: u64) -> u64 {
        (self.next() >> 33) % limit
    }

    fn text(&mut self) -> String {
        let words = (0..8 + self.below(25)).map(|_| match self.below(2) {
            0 => COMMON[self.below(COMMON.len() as u64) as usize].to_owned(),
            _ => format!("w{}", self.below(142).pow(2) + self.below(283)),
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

fn write(path: &Path, rows: u64) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "{COLUMNS}")?;
    let mut numbers = Numbers(42);
    let mut at: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().unwrap_or_default();
    for row in 0..rows {
        at -= TimeDelta::seconds(numbers.below(40) as i64);
        let (date, author, text) = (at.format("%Y-%m-%d %H:%M:%S.0"), numbers.below(50_000), numbers.text());
        let (snippet, id) = (&text[..text.floor_char_boundary(60)], (numbers.next(), numbers.next()));
        writeln!(
            file,
            "2000212,Alder Bay,{date},,{snippet},https://social.example/@a{author}/{row},social.example,neutral,twitter,en,\
             CAN,{date},,a{author},https://img.example/{author}.png,,false,Alder Bay,Author {author},{text},#water,12.3,\
             {},{},,{:016x}{:016x},false,,t{},{date},{}",
            numbers.below(5_000),
            numbers.below(40),
            id.0,
            id.1,
            row / 3,
            numbers.below(9_000)
        )?;
    }
    file.flush()
}
