//! `plan test` and `plan diff`: what is printed where, and the exit codes.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use rstest::rstest;
use serde_json::Value;

use super::support::{Home, frontdesk, stderr, stdout};

const PLAN: &str = "[organization]\nname = \"Alder Bay\"\n\
    [[initiative]]\nid = \"water\"\ntitle = \"Water mains\"\nmatch = 'water'\n\
    [[floor]]\nname = \"danger\"\nlevel = \"P1\"\nmatch = 'gas'\n";
const GOOD: &str = "[[test]]\ntext = \"brown water\"\nexpect = { initiatives = [\"water\"] }\n";
const BAD: &str = "[[test]]\ntext = \"smell of gas\"\nexpect = { initiatives = [\"water\"], priority = \"P2\" }\n";

fn run(home: &Path, arguments: &[&str]) -> Output {
    frontdesk(home).arg("plan").args(arguments).current_dir(home).stdin(Stdio::null()).output().expect("runs")
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a scratch folder");
    for (name, text) in files {
        fs::write(home.path().join(name), text).expect("written");
    }
    home
}

fn lines(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
}

#[test]
fn the_demo_plan_passes_its_own_tests() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo-data/plan");
    let output = run(home.path(), &["test", &plan.to_string_lossy(), "--at", "2026-11-22T10:00"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
}

#[test]
fn a_failing_test_is_data_and_exits_1() {
    let home = folder(&[("plan.toml", &format!("{PLAN}{GOOD}{BAD}"))]);
    let output = run(home.path(), &["test", "plan.toml"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), ""));
    let told = stdout(&output);
    assert!(
        told.starts_with("plan.toml:14: FAILED: “smell of gas”\n  initiatives: expected water; came nothing\n"),
        "{told}"
    );
    assert!(told.contains("floor danger: no lower than P1 (plan.toml:"), "{told}");
    assert!(told.ends_with("2 tests: 1 passed, 1 failed\n"), "{told}");
    let json = lines(&run(home.path(), &["test", "plan.toml", "--json", "--cover"]));
    assert_eq!((&json[0]["passed"], &json[1]["passed"]), (&true.into(), &false.into()));
    assert_eq!(json[1]["failures"][0]["missing"][0], "water");
    assert_eq!(json[1]["failures"][0]["why"][0]["lacks"][0], "water");
    assert!(json[2]["cover"]["rules"]["of"].is_u64(), "{}", json[2]);
    let one = run(home.path(), &["test", "plan.toml", "BROWN"]);
    assert_eq!((one.status.code(), stdout(&one).as_str()), (Some(0), "1 test passed\n"));
}

#[test]
fn a_plan_without_tests_says_how_to_write_one() {
    let home = folder(&[("plan.toml", PLAN)]);
    let output = run(home.path(), &["test", "plan.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = stdout(&output);
    let example: String =
        told.lines().skip_while(|line| *line != "[[test]]").take(3).flat_map(|line| [line, "\n"]).collect();
    fs::write(home.path().join("tried.toml"), format!("{PLAN}{example}")).expect("written");
    let tried = run(home.path(), &["test", "tried.toml"]);
    assert_eq!(tried.status.code(), Some(1), "the example loads and asks for too much: {}", stderr(&tried));
}

#[rstest]
#[case::no_plan(&["test", "nowhere"], "nowhere")]
#[case::no_such_test(&["test", "plan.toml", "snow"], "snow")]
#[case::a_bad_moment(&["test", "plan.toml", "--at", "soon"], "soon")]
#[case::no_new_plan(&["diff", "plan.toml", "nowhere"], "nowhere")]
#[case::no_store(&["diff", "plan.toml", "plan.toml", "--last", "5"], "--against")]
#[case::an_unknown_id(&["test", "odd.toml"], "did you mean: water")]
fn what_cannot_be_done_is_said(#[case] arguments: &[&str], #[case] named: &str) {
    let odd = format!("{PLAN}{}", GOOD.replace("\"water\"", "\"watre\""));
    let home = folder(&[("plan.toml", &format!("{PLAN}{GOOD}")), ("odd.toml", &odd)]);
    let output = run(home.path(), arguments);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{arguments:?}");
    assert!(stderr(&output).contains(named), "{}", stderr(&output));
}

#[rstest]
#[case::lenient(&[], 0)]
#[case::strict(&["--strict"], 3)]
fn a_changed_plan_is_tried_on_a_file_and_bad_lines_are_told(#[case] more: &[&str], #[case] code: i32) {
    let mentions = "{\"id\":\"m-1\",\"text\":\"smell of \\u202epropane\\u001b[31m\"}\nnot json\n\n{\"text\":\"brown water\"}\n{\"id\":\"x\"}\n";
    let home =
        folder(&[("old.toml", PLAN), ("new.toml", &PLAN.replace("'gas'", "'gas OR propane'")), ("m.ndjson", mentions)]);
    let output = run(home.path(), &[&["diff", "old.toml", "new.toml", "--against", "m.ndjson"], more].concat());
    assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
    let (told, skipped) = (stdout(&output), stderr(&output));
    assert!(skipped.starts_with("m.ndjson:2: not JSON") && skipped.contains("m.ndjson:5: no text"), "{skipped}");
    assert!(told.contains("~ floor danger (new.toml:7)\n      match: \"gas\" → \"gas OR propane\"\n"), "{told}");
    assert!(told.contains("Tried on 2 mentions.") && told.contains("P1: 1 gained, 0 lost"), "{told}");
    assert!(told.contains("m-1  smell of ⟨U+202E⟩propane␛[31m\n  priority: P4 → P1\n    + floor danger"), "{told}");
    assert!(!told.contains(['\u{202e}', '\u{1b}']));
    let json = lines(&run(home.path(), &["diff", "old.toml", "new.toml", "--against", "m.ndjson", "--json"]));
    assert_eq!((&json[0]["plan"]["id"], &json[0]["plan"]["keys"][0]["key"]), (&"danger".into(), &"match".into()));
    let impact = &json[1]["impact"];
    assert_eq!((&impact["urgent"]["gained"], &impact["examples"][0]["id"]), (&1.into(), &"m-1".into()));
}

#[test]
fn the_same_plan_changes_nothing() {
    let home = folder(&[("old.toml", PLAN), ("new.toml", &format!("# a word\n{PLAN}"))]);
    let output = run(home.path(), &["diff", "old.toml", "new.toml"]);
    let told = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(told.starts_with("The plans say the same") && told.contains("--against"), "{told}");
}

#[test]
fn the_store_of_the_home_is_tried_when_nothing_else_is_named() {
    let home = Home::with_source("kind = \"stdin\"");
    let mut watch = frontdesk(home.path()).arg("watch").stdin(Stdio::piped()).spawn().expect("starts");
    let mut input = watch.stdin.take().expect("piped");
    for number in 0..30 {
        writeln!(input, "{{\"id\":\"m-{number}\",\"text\":\"brown water {number}\"}}").expect("the program reads");
    }
    drop(input);
    assert!(watch.wait().expect("it ends").success());
    home.write("new.toml", &PLAN.replace("'water'", "'flood'"));
    let told =
        home.done(&["plan", "diff", &home.file("plan").to_string_lossy(), &home.file("new.toml").to_string_lossy()]);
    assert!(told.contains("Tried on 30 mentions.") && told.contains("relevant: 0 newly, 30 no longer"), "{told}");
    assert!(told.contains("10 examples") && told.contains("inbox:m-"), "{told}");
    let few = home.done(&[
        "plan",
        "diff",
        &home.file("plan").to_string_lossy(),
        &home.file("new.toml").to_string_lossy(),
        "--last",
        "7",
        "--limit",
        "2",
    ]);
    assert!(few.contains("Tried on 7 mentions.") && few.contains("2 examples"), "{few}");
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let many: String = (0..2_000).map(|number| BAD.replace("gas", &format!("gas {number}"))).collect();
    let home = folder(&[("plan.toml", &format!("{PLAN}{many}"))]);
    let mut child = frontdesk(home.path())
        .args(["plan", "test", "plan.toml"])
        .current_dir(home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}
