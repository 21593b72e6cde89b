//! Fixtures run end to end: a plan and raw items through the real binary, against the assessments that are expected.
//!
//! A fixture is a TOML file in `tests/flow/`: `[plan]` with a text for each file name, `at`, and `[[item]]`s. An item's
//! `json` is the line as a source would write it; `expect` is a part of the answer: every field named there must be
//! answered so, lists must be equal, and fields not named may be anything.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde::Deserialize;
use serde_json::Value;

use crate::cli::support::{frontdesk, stderr, stdout};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    at: String,
    plan: toml::Table,
    item: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    json: String,
    expect: Option<toml::Table>,
    /// The end of the diagnostic, for a line that is no mention.
    skipped: Option<String>,
}

#[test]
fn every_fixture_is_assessed_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flow");
    let mut run = 0;
    for entry in fs::read_dir(folder).expect("the fixtures are there") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("the fixture reads");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let fixture: Fixture = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        check(&name, &fixture);
        run += 1;
    }
    assert!(run >= 4, "only {run} fixtures ran");
}

fn check(name: &str, fixture: &Fixture) {
    let home = tempfile::tempdir().expect("a folder");
    let plan = home.path().join("plan");
    fs::create_dir(&plan).expect("a folder");
    for (file, text) in &fixture.plan {
        fs::write(plan.join(file), text.as_str().expect("a file's text")).expect("the plan is written");
    }
    let mut child = frontdesk(home.path())
        .args(["triage", "--at", &fixture.at, "--plan"])
        .arg(&plan)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let lines: String = fixture.item.iter().map(|item| item.json.trim().replace('\n', " ") + "\n").collect();
    child.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("the items are read");
    let output = child.wait_with_output().expect("the program ends");
    assert!(output.status.success(), "{name}: {}", stderr(&output));

    let (out, errors) = (stdout(&output), stderr(&output));
    let (mut answers, mut told) = (out.lines(), errors.lines());
    for (number, item) in (1..).zip(&fixture.item) {
        if let Some(reason) = &item.skipped {
            let line = told.next().unwrap_or_default();
            assert!(
                line.starts_with(&format!("-:{number}: ")) && line.ends_with(reason),
                "{name}, line {number}: {line}"
            );
            continue;
        }
        let answer: Value = serde_json::from_str(answers.next().expect("an answer")).expect("JSON");
        let expected = serde_json::to_value(&item.expect).expect("JSON");
        if let Some(difference) = difference(&expected, &answer, "") {
            panic!("{name}, line {number}: {difference}\n{answer:#}");
        }
        points_add_up(name, &answer);
    }
    assert_eq!((answers.next(), told.next()), (None, None), "{name}: more was written than asked for");
}

fn points_add_up(name: &str, answer: &Value) {
    let reasons = answer["priority"]["reasons"].as_array().expect("reasons");
    let sum: i64 = reasons.iter().map(|reason| reason["points"].as_i64().expect("points")).sum();
    assert_eq!(answer["priority"]["score"], sum, "{name}: {answer:#}");
}

/// The first place where `answer` is not as `expected` says.
fn difference(expected: &Value, answer: &Value, path: &str) -> Option<String> {
    match (expected, answer) {
        (Value::Object(expected), Value::Object(answer)) => expected.iter().find_map(|(key, expected)| {
            let path = format!("{path}.{key}");
            match answer.get(key) {
                Some(answer) => difference(expected, answer, &path),
                None => Some(format!("{path} is missing")),
            }
        }),
        (Value::Array(expected), Value::Array(answer)) if expected.len() == answer.len() => {
            (0..).zip(expected.iter().zip(answer)).find_map(|(index, (expected, answer)): (usize, _)| {
                difference(expected, answer, &format!("{path}[{index}]"))
            })
        }
        _ if expected == answer => None,
        _ => Some(format!("{path} is {answer}, not {expected}")),
    }
}
