//! The process is killed, again and again, at any instant: no recorded decision is lost, no mention is lost or doubled.
//!
//! `FRONTDESK_CRASH_ROUNDS` sets how often; the suite's own number keeps it to a few seconds.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::process::{Child, Stdio};

use frontdesk::store::{SqliteStore, Store};

use crate::cli::support::{Home, frontdesk, wait_until};

const MENTIONS: usize = 4_000;

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

fn rounds() -> usize {
    std::env::var("FRONTDESK_CRASH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(12)
}

fn stored(home: &Home) -> u64 {
    let database = home.file("data/mentions.db");
    if !database.exists() {
        return 0;
    }
    let store = SqliteStore::open(&database, "test".into());
    store.and_then(|mut store| store.counts(chrono::DateTime::UNIX_EPOCH)).map_or(0, |counts| counts.all)
}

fn watching(home: &Home) -> Child {
    let errors = File::create(home.file("watch-errors")).expect("a file");
    frontdesk(home.path()).arg("watch").stderr(errors).spawn().expect("starts")
}

fn kill(child: &mut Child) {
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
}

/// Starts a decision and kills it after so many looks, wherever it is then; the record's id if it was printed.
fn decide_and_kill(home: &Home, id: &str, looks: u64) -> Option<String> {
    let printed = home.file("printed");
    let out = File::create(&printed).expect("the folder is writable");
    let mut child = frontdesk(home.path())
        .args(["decide", id, "let_stand", "--reason", "bait"])
        .stdout(out)
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    for _ in 0..looks {
        if child.try_wait().expect("it can be asked").is_some() {
            break;
        }
        std::thread::yield_now();
    }
    kill(&mut child);
    let mut text = String::new();
    File::open(&printed).and_then(|mut file| file.read_to_string(&mut text)).expect("reads");
    text.ends_with('\n').then(|| text.trim().to_owned())
}

#[test]
fn nothing_is_lost_and_nothing_is_doubled() {
    let home = Home::with_mentions(MENTIONS);
    let rounds = rounds();
    let mut numbers = Numbers(2026);
    let mut recorded: Vec<(String, String)> = Vec::new();
    for round in 0..rounds {
        let mut child = watching(&home);
        let before = stored(&home);
        let goal = (before + 1 + numbers.below(600)).min(MENTIONS as u64);
        wait_until("some mentions", || {
            if let Some(status) = child.try_wait().expect("it can be asked") {
                let errors = std::fs::read_to_string(home.file("watch-errors")).unwrap_or_default();
                panic!("round {round}: watch ended with {status}: {errors}");
            }
            stored(&home) >= goal
        });
        let id = format!("inbox:m-{round:04}");
        if let Some(record) = decide_and_kill(&home, &id, numbers.below(60_000)) {
            recorded.push((id, record));
        }
        kill(&mut child);
    }
    let mut child = watching(&home);
    wait_until("all mentions", || stored(&home) >= MENTIONS as u64);
    kill(&mut child);
    // One whole decision more: the log goes on after whatever the last kill left behind.
    let id = format!("inbox:m-{rounds:04}");
    recorded.push((id.clone(), home.done(&["decide", &id, "let_stand"]).trim().to_owned()));

    let listed = home.done(&["list", "--json"]);
    let ids: BTreeSet<String> = listed.lines().map(|line| field(line, "id")).collect();
    assert_eq!((listed.lines().count(), ids.len()), (MENTIONS, MENTIONS), "each mention once");
    assert_eq!(home.run(&["log", "verify"]).status.code(), Some(0), "the chain is whole");
    let log = home.done(&["log", "show", "--json"]);
    let closed: BTreeSet<String> =
        home.done(&["list", "status:closed", "--json"]).lines().map(|line| field(line, "id")).collect();
    for (id, record) in &recorded {
        let lines = log.lines().filter(|line| line.contains(&format!("\"id\":\"{id}\""))).count();
        assert_eq!(lines, 1, "{record} about {id} is recorded once");
        assert!(closed.contains(id), "{id} was decided by {record}");
    }
}

fn field(line: &str, name: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(line).expect("a line is an object");
    value[name].as_str().expect("text").to_owned()
}
