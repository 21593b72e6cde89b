//! Mentions in through `watch`, out through `list` and `search`, decided by `decide`.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use frontdesk::store::{SqliteStore, Store};

use super::support::{Home, frontdesk, stderr, stdout, wait_until};

/// A home into which these lines came by the standard input.
fn piped(lines: &[&str]) -> Home {
    let home = Home::with_source("kind = \"stdin\"");
    pipe(&home, lines);
    home
}

fn pipe(home: &Home, lines: &[&str]) {
    let mut child = frontdesk(home.path())
        .arg("watch")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    for line in lines {
        writeln!(stdin, "{line}").expect("the program reads");
    }
    drop(stdin);
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!((stdout(&output), stderr(&output)), (String::new(), String::new()), "quiet without a terminal");
}

const WATER: &str = r#"{"id":"m-1","text":"Is the water safe?","author":{"handle":"ana"},"network":"bluesky"}"#;
const PARK: &str = r#"{"id":"m-2","text":"Lovely park \u001b[31mtoday\u202e"}"#;

#[test]
fn what_came_in_is_listed_newest_first_and_clean() {
    let home = piped(&[WATER, PARK]);
    let table = home.done(&["list"]);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains("inbox:m-2") && lines[1].contains("inbox:m-1") && lines[1].contains("water"), "{table}");
    assert!(!table.contains(['\u{1b}', '\u{202e}']), "{table:?}");
    assert_eq!(home.done(&["list", "--limit", "1"]).lines().count(), 1);
    assert_eq!(home.done(&["search", "initiative:water"]).lines().count(), 1);
    let json: serde_json::Value = serde_json::from_str(&home.done(&["search", "safe", "--json"])).expect("one object");
    assert_eq!((&json["id"], &json["status"]), (&"inbox:m-1".into(), &"new".into()));
    assert_eq!(json["initiatives"], serde_json::json!(["water"]));
}

#[test]
fn the_same_lines_again_change_nothing_and_another_text_is_a_version() {
    let home = piped(&[WATER]);
    pipe(&home, &[WATER, &WATER.replace("safe", "brown")]);
    let json: serde_json::Value = serde_json::from_str(&home.done(&["list", "--json"])).expect("one object");
    assert_eq!((&json["version"], &json["text"]), (&2.into(), &"Is the water brown?".into()));
}

#[test]
fn a_decision_is_recorded_once_and_shown() {
    let home = piped(&[WATER, PARK]);
    let record = home.done(&["decide", "m-1", "let_stand", "--reason", "opinion_only", "--note", "Nothing to add"]);
    assert!(record.trim().ends_with(":1"), "{record}");
    assert!(home.done(&["log", "show"]).contains("inbox:m-1"));
    assert_eq!(home.run(&["log", "verify"]).status.code(), Some(0));
    assert_eq!(home.done(&["list", "status:closed"]).lines().count(), 1);
    let json: serde_json::Value =
        serde_json::from_str(&home.done(&["list", "status:closed", "--json"])).expect("one object");
    assert_eq!((&json["reason"], &json["disposition"]), (&"opinion_only".into(), &"let_stand".into()));
    let again = home.run(&["decide", "inbox:m-1", "let_stand"]);
    assert_eq!((again.status.code(), stdout(&again)), (Some(1), String::new()));
    assert!(stderr(&again).contains("already decided"), "{}", stderr(&again));
}

#[test]
fn recorded_moderation_cites_a_clause_of_the_plan_and_its_series_is_kept() {
    let home = piped(&[WATER]);
    let part = r#"
[[clause]]
id = "C-1"
title = "Insults"
text = "No insults."
[[records_series]]
id = "1400-20"
title = "Comments"
keep = "7y"
"#;
    fs::write(home.path().join("plan/moderation.toml"), part).expect("the plan grows");
    let refused = home.run(&["decide", "m-1", "moderation_recorded"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("C-1 (Insults)"), "it lists them: {}", stderr(&refused));
    let unknown = home.run(&["decide", "m-1", "moderation_recorded", "--clause", "C-9"]);
    assert!(stderr(&unknown).contains("C-9") && stderr(&unknown).contains("C-1 (Insults)"), "{}", stderr(&unknown));
    home.done(&["decide", "m-1", "moderation_recorded", "--clause", "C-1"]);
    let shown = home.done(&["log", "show"]);
    assert!(shown.contains("moderation recorded: clause C-1: series 1400-20"), "{shown}");
    let record: serde_json::Value = serde_json::from_str(&home.done(&["log", "show", "--json"])).expect("one record");
    assert_eq!((&record["clause"], &record["series"]), (&"C-1".into(), &"1400-20".into()));
    let csv = home.done(&["log", "export", "--format", "csv"]);
    assert!(csv.contains("\"clause\",\"series\",\"plan\"") && csv.contains("\"C-1\",\"1400-20\""), "{csv}");
    home.done(&["log", "verify"]);
}

#[test]
fn ids_that_name_none_or_several_are_refused_with_advice() {
    let home = piped(&[WATER]);
    let unknown = home.run(&["decide", "m-9", "spam"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("m-9"), "{}", stderr(&unknown));
    let config = fs::read_to_string(home.file("config.toml")).expect("reads").replace("\"inbox\"", "\"other\"");
    home.write("config.toml", &config);
    pipe(&home, &[WATER]);
    let several = home.run(&["decide", "m-1", "spam"]);
    assert_eq!(several.status.code(), Some(2));
    assert!(stderr(&several).contains("inbox:m-1") && stderr(&several).contains("other:m-1"), "{}", stderr(&several));
}

#[test]
fn without_the_database_the_decisions_come_back_from_the_log() {
    let home = piped(&[WATER, PARK]);
    home.done(&["decide", "m-1", "let_stand"]);
    for name in ["mentions.db", "mentions.db-wal", "mentions.db-shm"] {
        let _ = fs::remove_file(home.file("data").join(name));
    }
    let table = home.done(&["list"]);
    assert!(table.contains("inbox:m-1") && !table.contains("inbox:m-2"), "{table}");
    assert_eq!(home.done(&["list", "status:closed"]).lines().count(), 1);
    pipe(&home, &[WATER, PARK]);
    assert_eq!(home.done(&["list"]).lines().count(), 2);
}

#[test]
fn a_torn_last_line_is_set_aside_and_told() {
    let home = piped(&[WATER, PARK]);
    home.done(&["decide", "m-1", "let_stand"]);
    home.done(&["decide", "m-2", "spam"]);
    let folder = fs::read_dir(home.file("data/response-log")).expect("the log");
    let file = folder.map(|entry| entry.expect("an entry").path()).next().expect("a month");
    let text = fs::read_to_string(&file).expect("reads");
    fs::write(&file, &text[..text.len() - 20]).expect("torn");
    let again = home.run(&["decide", "m-2", "spam"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    assert!(stderr(&again).contains("was set aside in") && stderr(&again).contains(".torn"), "{}", stderr(&again));
    assert_eq!(home.run(&["log", "verify"]).status.code(), Some(0));
    assert_eq!(stderr(&home.run(&["decide", "m-2", "let_stand"])), "", "told once");
}

#[test]
fn bad_lines_are_kept_with_place_and_cause_and_counted() {
    let home = piped(&[WATER, "not json", r#"{"id":"m-9"}"#, PARK]);
    assert_eq!(home.done(&["list"]).lines().count(), 2, "the rest goes on");
    let kept = fs::read_to_string(home.file("state/quarantine/inbox.ndjson")).expect("kept");
    let kept: Vec<serde_json::Value> =
        kept.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    assert_eq!((&kept[0]["position"]["line"]["line"], &kept[1]["cause"]), (&2.into(), &"no_text".into()));
    assert_eq!(kept[0]["data"], "not json");
    let listed = home.done(&["source", "list"]);
    assert!(listed.contains("2 bad items kept in") && listed.contains("inbox.ndjson"), "{listed}");
}

#[test]
fn a_home_without_anything_is_told_what_to_do() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    for arguments in [&["watch"][..], &["list"], &["decide", "m-1", "spam"]] {
        let output = frontdesk(folder.path()).args(arguments).output().expect("runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains("frontdesk plan new"), "{arguments:?}: {}", stderr(&output));
    }
    assert_eq!(fs::read_dir(folder.path()).expect("reads").count(), 0, "nothing was made");
}

#[test]
fn a_wrong_query_and_a_broken_plan_exit_2() {
    let home = piped(&[WATER]);
    let output = home.run(&["search", "status:nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nowhere"), "{}", stderr(&output));
    home.write("plan/initiatives.toml", "[[initiative]]\nid = \"water\"\nmatch = '('\n");
    let output = home.run(&["list"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("initiatives.toml"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn sigterm_ends_a_watch_cleanly_and_only_one_may_run() {
    let home = Home::with_mentions(50);
    let mut first = frontdesk(home.path()).arg("watch").spawn().expect("starts");
    let database = home.file("data/mentions.db");
    wait_until("fifty mentions", || {
        database.exists()
            && SqliteStore::open(&database, "test".into())
                .is_ok_and(|mut store| store.counts(chrono::DateTime::UNIX_EPOCH).is_ok_and(|counts| counts.all == 50))
    });
    let second = home.run(&["watch"]);
    assert_eq!(second.status.code(), Some(3));
    assert!(stderr(&second).contains("another process"), "{}", stderr(&second));
    let pid = rustix::process::Pid::from_child(&first);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("it runs");
    assert_eq!(first.wait().expect("ends").code(), Some(0));
}
