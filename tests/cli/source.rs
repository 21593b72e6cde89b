//! `frontdesk source`: what is listed, what a try finds, and how a broken configuration is told.

use std::fs;
use std::path::Path;

use super::support::{frontdesk, stderr, stdout};

fn run(home: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = frontdesk(home).arg("source").args(arguments).output().expect("runs");
    (output.status.code().expect("an exit code"), stdout(&output), stderr(&output))
}

fn home(config: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a scratch folder");
    fs::write(home.path().join("config.toml"), config).expect("written");
    home
}

const TWO: &str = r#"
[[source]]
id = "inbox"
kind = "ndjson"
path = "mentions.jsonl"
[[source]]
id = "press"
kind = "feed"
url = "https://feed.example/rss?key=hush"
enabled = false
"#;

#[test]
fn the_list_shows_every_source_and_no_secret() {
    let home = home(TWO);
    let (code, out, err) = run(home.path(), &["list"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("inbox  ndjson  not read  ") && out.contains("mentions.jsonl"), "{out}");
    assert!(out.contains("press  feed    disabled  https://feed.example/rss?key=…\n"), "{out}");
    let (_, json, _) = run(home.path(), &["list", "--json"]);
    let lines: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((lines[1]["enabled"].as_bool(), lines[1]["every_seconds"].as_u64()), (Some(false), Some(300)));
    assert!(!json.contains("hush"));
}

#[test]
fn a_try_counts_items_and_shows_the_first_problem() {
    let home = home(TWO);
    let (code, out, _) = run(home.path(), &["check"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("inbox: OK, the file is not there yet"), "{out}");
    fs::write(home.path().join("mentions.jsonl"), "{\"text\":\"a\"}\n\u{1b}[2J\n{\"text\":\"b\"}\n").expect("written");
    let (code, out, _) = run(home.path(), &["check"]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("inbox: OK, 2 items; 1 bad: line 2: "), "{out}");
    assert!(!home.path().join("state").exists(), "a try keeps nothing");
    let (_, json, _) = run(home.path(), &["check", "--json"]);
    let first: serde_json::Value = serde_json::from_str(json.lines().next().expect("a line")).expect("JSON");
    assert_eq!(
        (first["ok"].as_bool(), first["items"].as_u64(), first["bad"].as_u64()),
        (Some(false), Some(2), Some(1))
    );
}

#[test]
fn a_try_shows_the_first_mentions_clean() {
    let home = home("[[source]]\nid = \"inbox\"\nkind = \"ndjson\"\npath = \"mentions.jsonl\"\nnetwork = \"x\"\n");
    let mentions = "{\"text\":\"old\",\"posted_at\":\"2026-01-01T00:00:00Z\"}\n\
                    {\"text\":\"\u{202e}The tap\\u001b[2J\\nruns brown\",\"author\":{\"handle\":\"ana\"},\"posted_at\":\"2026-01-02T00:00:00Z\"}\n";
    fs::write(home.path().join("mentions.jsonl"), mentions).expect("written");
    let (code, out, _) = run(home.path(), &["check"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!((code, lines.len(), lines[0]), (0, 3, "inbox: OK, 2 items"), "{out}");
    assert!(
        lines[1].contains("  x          @ana                ⟨U+202E⟩The tap␛[2J") && lines[2].ends_with("  old"),
        "{out}"
    );
    let (_, json, _) = run(home.path(), &["check", "--json"]);
    let told: serde_json::Value = serde_json::from_str(json.trim()).expect("JSON");
    let first = &told["first"][0];
    assert_eq!((&first["network"], &first["author"]["handle"]), (&"x".into(), &"ana".into()), "{told}");
    assert_eq!(
        (&first["posted_at"], &first["text"]),
        (&"2026-01-02T00:00:00Z".into(), &"⟨U+202E⟩The tap␛[2J".into()),
        "{told}"
    );
}

#[test]
fn a_broken_configuration_is_told_whole_and_exits_2() {
    let home = home("thmee = \"dark\"\n[[source]]\nid = \"a\"\nkind = \"feed\"\nurl = \"ftp://a/?key=hush\"\n");
    let (code, out, err) = run(home.path(), &["list"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("config.toml:1:1: there is no setting named thmee; did you mean theme?"), "{err}");
    assert!(err.contains("  thmee = \"dark\"\n  ^"), "{err}");
    assert!(err.contains("config.toml:5:7: source.url takes an address"), "{err}");
    assert!(!err.contains("hush"), "{err}");
}

#[test]
fn without_a_source_it_says_what_to_do_in_the_language_of_the_file() {
    let home = home("lang = \"fr\"\n");
    let (code, out, _) = run(home.path(), &["list"]);
    assert_eq!(code, 0);
    assert!(out.contains("Aucune source n'est configurée"), "{out}");
}
