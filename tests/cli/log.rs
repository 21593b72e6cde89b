//! `frontdesk log`, on logs that are empty, sound and damaged.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use frontdesk::mention::{Disposition, Mention};
use frontdesk::response_log::{Base, Draft, Log, LogPaths};
use frontdesk::triage::Event;

use super::support::{frontdesk, stderr, stdout};

fn record(home: &Path, text: &str) {
    let at: DateTime<Utc> = "2026-11-22T18:04:05Z".parse().expect("an instant");
    let mention: Mention = serde_json::from_value(serde_json::json!({
        "id": "inbox:m-1", "seen_by": ["inbox:m-1"], "version": 1, "source": "inbox", "network": "x", "kind": "post",
        "author": {}, "text": text, "received_at": at,
    }))
    .expect("a mention");
    let paths = LogPaths::under(&home.join("data"), &home.join("state"));
    let (mut log, _) = Log::open(paths, chrono_tz::America::Vancouver).expect("opens");
    let event = Event::Decided { disposition: Disposition::LetStand, reason: None, note: None, clause: None };
    let draft = Draft {
        at,
        actor: "mchan".into(),
        mention: Arc::new(mention),
        event,
        base: Base::Seen(None),
        also: Vec::new(),
        path: Vec::new(),
        purpose: None,
        series: None,
        plan: None,
    };
    log.append(&[draft]).expect("recorded");
}

fn run(home: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = frontdesk(home).arg("log").args(arguments).output().expect("runs");
    (output.status.code().expect("an exit code"), stdout(&output), stderr(&output))
}

#[test]
fn an_empty_log_is_sound_and_shows_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    assert_eq!(run(home.path(), &["show"]), (0, String::new(), String::new()));
    let (code, told, _) = run(home.path(), &["verify"]);
    assert_eq!(code, 0, "{told}");
    assert!(!home.path().join("data").exists(), "looking makes nothing");
}

#[test]
fn a_record_is_shown_checked_and_exported_and_damage_exits_1() {
    let home = tempfile::tempdir().expect("a folder");
    record(home.path(), "=HYPERLINK(1) \u{1b}[2J");
    let (code, shown, _) = run(home.path(), &["show", "--limit", "5"]);
    assert_eq!(code, 0);
    assert!(shown.starts_with("2026-11-22 10:04  mchan  decided: let stand  inbox:m-1  =HYPERLINK"), "{shown}");
    assert!(!shown.contains('\u{1b}'));
    let file = home.path().join("data/response-log/2026-11.jsonl");
    let line = fs::read_to_string(&file).expect("the month's file");
    assert_eq!(run(home.path(), &["show", "--json"]).1, line);
    assert_eq!(run(home.path(), &["export", "--format", "jsonl"]).1, line);
    let target = home.path().join("out.csv");
    let arguments = ["export", "--format", "csv", "--out", target.to_str().expect("UTF-8")];
    assert_eq!(run(home.path(), &arguments), (0, String::new(), String::new()));
    let csv = fs::read_to_string(&target).expect("the export");
    assert!(csv.starts_with('\u{feff}') && csv.contains("\"'=HYPERLINK(1)"), "{csv}");
    fs::write(&file, line.replace("let_stand", "corrected")).expect("changed");
    let (code, told, diagnostics) = run(home.path(), &["verify"]);
    assert_eq!((code, diagnostics.as_str()), (1, ""));
    assert!(told.contains("2026-11.jsonl:1"), "{told}");
    let report: serde_json::Value = serde_json::from_str(&run(home.path(), &["verify", "--json"]).1).expect("JSON");
    assert_eq!(report["problems"][0]["damage"], "hash_mismatch");
}

#[test]
fn an_export_that_cannot_be_written_exits_3() {
    let home = tempfile::tempdir().expect("a folder");
    let nowhere = home.path().join("no/such/folder/out.csv");
    let (code, _, told) = run(home.path(), &["export", "--format", "csv", "--out", nowhere.to_str().expect("UTF-8")]);
    assert_eq!(code, 3);
    assert!(told.contains("out.csv"), "{told}");
}
