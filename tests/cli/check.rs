//! `plan check` and `plan explain` for scripts: exit codes, JSON, SARIF, what a plan allows.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;

use super::support::{frontdesk, stderr, stdout};

const TWO_TIERS: &str = "[organization]\nname = \"A\"\n\n[[tier]]\nlevel = 2\ntitle = \"Escalating\"\n\n\
                         [[tier]]\nlevel = 3\ntitle = \"Crisis\"\n";
const ALLOWED: &str = "\n[[allow]]\ncode = \"FD064\"\nid = \"tier-2\"\nreason = \"We are two people.\"\n";

fn run(home: &Path, arguments: &[&str]) -> Output {
    frontdesk(home).arg("plan").args(arguments).current_dir(home).stdin(Stdio::null()).output().expect("runs")
}

fn plan(text: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a scratch folder");
    fs::create_dir(home.path().join("my plan")).expect("made");
    fs::write(home.path().join("my plan/plan.toml"), text).expect("written");
    home
}

#[test]
fn strict_counts_what_is_not_allowed() {
    let home = plan(&format!("{TWO_TIERS}{ALLOWED}"));
    let checked = run(home.path(), &["check", "my plan"]);
    assert_eq!(checked.status.code(), Some(0));
    let told = stdout(&checked);
    assert!(told.contains("1 warning, 1 allowed") && told.contains("tier 3") && !told.contains("tier 2"), "{told}");
    assert!(told.contains("frontdesk plan explain FD064"), "{told}");
    assert_eq!(run(home.path(), &["check", "my plan", "--strict"]).status.code(), Some(1));
    let both = plan(&format!("{TWO_TIERS}\n[[allow]]\ncode = \"FD064\"\nreason = \"We are two people.\"\n"));
    let checked = run(both.path(), &["check", "my plan", "--strict", "--lang", "fr"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stdout(&checked));
    assert_eq!(stdout(&checked), "rien à signaler, 2 admis\n");
}

#[test]
fn an_allow_needs_a_reason_and_a_finding() {
    let home = plan(&format!("{TWO_TIERS}\n[[allow]]\ncode = \"FD064\"\nreason = \"\"\n"));
    let checked = run(home.path(), &["check", "my plan"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(stdout(&checked).contains("error FD010"), "{}", stdout(&checked));
    let home = plan(&format!("{TWO_TIERS}{}", ALLOWED.replace("tier-2", "tier-4")));
    let checked = run(home.path(), &["check", "my plan"]);
    assert!(stdout(&checked).contains("plan.toml:12:1: warning FD089"), "{}", stdout(&checked));
}

#[test]
fn json_lists_the_allowed_with_their_reason() {
    let home = plan(&format!("{TWO_TIERS}{ALLOWED}"));
    let checked = run(home.path(), &["check", "my plan", "--json", "--strict"]);
    assert_eq!(checked.status.code(), Some(1));
    let lines: Vec<Value> =
        stdout(&checked).lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    let of = |key: &str| lines.iter().map(|line| line[key].clone()).collect::<Vec<_>>();
    assert_eq!(of("subject"), ["tier-2", "tier-3"]);
    assert_eq!(of("allowed"), [true, false]);
    assert_eq!(of("reason"), [Value::from("We are two people."), Value::Null]);
    assert_eq!(of("line"), [4, 8]);
    let keys: Vec<&str> = lines[0].as_object().expect("an object").keys().map(String::as_str).collect();
    let mut expected =
        ["file", "line", "column", "code", "severity", "subject", "message", "suggestion", "allowed", "reason"];
    let mut keys = keys;
    keys.sort_unstable();
    expected.sort_unstable();
    assert_eq!(keys, expected);
}

#[test]
fn sarif_names_rules_places_and_reasons() {
    let home = plan(&format!("{TWO_TIERS}{ALLOWED}"));
    let checked = run(home.path(), &["check", "my plan", "--sarif"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
    let log: Value = serde_json::from_str(&stdout(&checked)).expect("one object");
    assert_eq!(log["version"], "2.1.0");
    let run_of = &log["runs"][0];
    assert_eq!(run_of["tool"]["driver"]["name"], "frontdesk");
    let rules = run_of["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.iter().map(|rule| &rule["id"]).collect::<Vec<_>>(), ["FD064"], "each rule once");
    assert!(rules[0]["shortDescription"]["text"].as_str().is_some_and(|text| text.contains("tier")));
    let results = run_of["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    assert_eq!(results[0]["suppressions"][0]["justification"], "We are two people.");
    assert_eq!(results[1]["suppressions"], Value::Null);
    let place = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "my%20plan/plan.toml");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&8.into(), &1.into()));
    let broken = plan("name = 1\n");
    let checked = run(broken.path(), &["check", "my plan", "--sarif"]);
    let log: Value = serde_json::from_str(&stdout(&checked)).expect("one object");
    assert_eq!((checked.status.code(), &log["runs"][0]["results"][0]["level"]), (Some(1), &"error".into()));
    let both = run(home.path(), &["check", "my plan", "--sarif", "--json"]);
    assert_eq!(both.status.code(), Some(2), "one form at a time");
}

#[test]
fn codes_are_explained() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let one = run(home.path(), &["explain", "fd12"]);
    assert_eq!(one.status.code(), Some(0), "{}", stderr(&one));
    for part in ["FD012  ", "Why it matters", "How to mend it", "[[step]]"] {
        assert!(stdout(&one).contains(part), "{part}: {}", stdout(&one));
    }
    assert!(!stdout(&one).contains("[[allow]]"), "an error cannot be allowed");
    let french = run(home.path(), &["explain", "FD057", "--lang", "fr"]);
    assert!(stdout(&french).contains("27 mots") && stdout(&french).contains("[[allow]]"), "{}", stdout(&french));
    let all = run(home.path(), &["explain"]);
    assert!(stdout(&all).contains("  FD001  ") && stdout(&all).contains("  FD091  "), "{}", stdout(&all));
    let json = run(home.path(), &["explain", "--json"]);
    for line in stdout(&json).lines() {
        let entry: Value = serde_json::from_str(line).expect("an object a line");
        assert!(entry["why"].as_str().is_some_and(|why| !why.is_empty()), "{line}");
    }
    let unknown = run(home.path(), &["explain", "FDO12"]);
    assert_eq!((unknown.status.code(), stdout(&unknown).as_str()), (Some(2), ""));
    assert!(stderr(&unknown).contains("FD012"), "{}", stderr(&unknown));
}
