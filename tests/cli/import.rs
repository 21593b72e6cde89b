//! `frontdesk source import`: files of other tools, their columns, a second import, an import that is killed.

use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;

use super::support::{Home, frontdesk, stderr, stdout, wait_until};

const ROWS: usize = 20_000;

fn home() -> Home {
    Home::with_source("kind = \"stdin\"")
}

fn table(rows: usize) -> String {
    let mut text = "Posted,Message,From,Link\n".to_owned();
    for row in 0..rows {
        let _ = writeln!(text, "2026-11-20 09:12:44,\"Brown water, house {row}\",Ana,https://facebook.com/p/{row}");
    }
    text
}

#[test]
fn a_second_import_of_a_file_changes_nothing() {
    let home = home();
    home.write("export.csv", &format!("{}bad row\n", table(12)));
    let file = home.file("export.csv").display().to_string();
    let out = home.done(&["source", "import", &file]);
    assert!(out.contains("export.csv: 12 new, 1 bad (profile generic, source generic)"), "{out}");
    assert!(out.contains("row 14 of export.csv: 1 cell in a table of 4 columns"), "{out}");
    assert!(home.file("state/quarantine/generic.ndjson").exists());
    let again = home.done(&["source", "import", &file, "--json"]);
    let told: serde_json::Value = serde_json::from_str(&again).expect("JSON");
    assert_eq!((told["new"].as_u64(), told["seen"].as_u64(), told["bad"].as_u64()), (Some(0), Some(12), Some(1)));
    assert_eq!(home.done(&["list", "--json"]).lines().count(), 12);
    assert_eq!(home.done(&["search", "network:facebook water", "--json"]).lines().count(), 12);
}

#[test]
fn a_dry_run_shows_columns_and_mentions_and_stores_nothing() {
    let home = home();
    home.write("export.csv", "Report\n\nWhen,Remark,Who\n20/11/2026 9:12,=1+1\u{1b}[2J brown,Ana Roy\n");
    let file = home.file("export.csv").display().to_string();
    let refused = home.run(&["source", "import", &file]);
    assert_eq!(refused.status.code(), Some(2));
    let told = stderr(&refused);
    assert!(told.contains("--map text=COLUMN") && told.contains("\"Remark\""), "{told}");
    let arguments = ["source", "import", &file, "--dry-run", "--map", "text=Remark,date=When,author=who"];
    let out = home.done(&arguments);
    assert!(out.contains("date       When") && out.contains("text       Remark"), "{out}");
    assert!(out.contains("2026-11-20T17:12:00Z") && out.contains("Ana Roy  =1+1␛[2J brown"), "{out}");
    assert!(!home.file("data/mentions.db").exists());
    let json = home.done(&[&arguments[..], &["--json"]].concat());
    let told: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(told["columns"][1]["field"].as_str(), Some("text"));
}

#[test]
fn a_profile_of_the_home_reads_a_tool_of_its_own() {
    let home = home();
    home.write("calls.tsv", "Ref\tNotes\tCaller\n00017\tBrown water\tAna\n");
    fs::create_dir(home.file("profiles")).expect("made");
    home.write(
        "profiles/calls.toml",
        "recognised_by = [\"Ref\", \"Caller\"]\n[columns]\nid = \"Ref\"\ntext = \"Notes\"\nname = \"Caller\"\n",
    );
    let file = home.file("calls.tsv").display().to_string();
    assert!(home.done(&["source", "import", &file]).contains("1 new (profile calls, source calls)"));
    assert!(home.done(&["list", "--json"]).contains("\"id\":\"calls:00017\""));
    home.write("profiles/calls.toml", "colums = 1\n");
    let refused = home.run(&["source", "import", &file]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("calls.toml"), "{}", stderr(&refused));
}

#[test]
fn a_file_that_is_not_there_or_no_table_is_told() {
    let home = home();
    home.write("broken.xlsx", "PK\u{3}\u{4}broken");
    for (file, words) in [("none.csv", "cannot be read"), ("broken.xlsx", "not a workbook"), ("plan", "cannot be read")]
    {
        let output = home.run(&["--lang", "en", "source", "import", &home.file(file).display().to_string()]);
        assert_eq!(output.status.code(), Some(3), "{}", stdout(&output));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
}

#[test]
fn an_import_that_is_killed_between_batches_loses_and_doubles_nothing() {
    let home = home();
    home.write("export.csv", &table(ROWS));
    let file = home.file("export.csv").display().to_string();
    let database = home.file("data/mentions.db");
    let stored = || {
        let store = frontdesk::store::SqliteStore::open(&database, "test".into());
        let counted =
            store.and_then(|mut store| frontdesk::store::Store::counts(&mut store, chrono::DateTime::UNIX_EPOCH));
        counted.map_or(0, |counts| counts.all)
    };
    for goal in [1, 4_000] {
        let mut child = frontdesk(home.path())
            .args(["source", "import", &file])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        wait_until("some mentions", || database.exists() && stored() >= goal);
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
    }
    // What was kept and not assessed is in every list, marked, and found.
    let listed = home.done(&["list", "--json", "--limit", "3"]);
    assert_eq!(listed.matches("\"assessed\":false").count(), 3, "the kill came before the assessment: {listed}");
    assert!(home.done(&["list", "--limit", "3"]).contains("P?"));
    let out = home.done(&["source", "import", &file, "--json"]);
    let told: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let (new, seen) = (told["new"].as_u64().unwrap_or(0), told["seen"].as_u64().unwrap_or(0));
    assert_eq!((new + seen, stored()), (ROWS as u64, ROWS as u64));
    assert!(seen >= 4_000, "{out}");
    let listed = home.done(&["list", "--json", "--limit", "2000"]);
    assert_eq!(listed.matches("\"assessed\":true").count(), 2_000, "the command assesses what was left");
}

#[test]
fn a_folder_is_listed_tried_and_watched() {
    let home = Home::with_source("kind = \"folder\"\npath = \"exports\"");
    assert!(home.done(&["source", "list"]).contains("exports"));
    assert!(home.done(&["source", "check"]).contains("not there yet"));
    fs::create_dir(home.file("exports")).expect("made");
    home.write("exports/one.csv", &table(3));
    assert!(home.done(&["source", "check"]).contains("inbox: OK, 3 items"));
    let mut child = frontdesk(home.path()).arg("watch").stderr(Stdio::null()).spawn().expect("starts");
    wait_until("three mentions", || {
        let listed = home.run(&["list", "--json"]);
        stdout(&listed).lines().count() == 3
    });
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    home.write("exports/two.csv", "Message,From\nshort\n");
    let tried = home.run(&["source", "check"]);
    assert_eq!(tried.status.code(), Some(1));
    assert!(stdout(&tried).contains("row 2 of two.csv"), "{}", stdout(&tried));
}
