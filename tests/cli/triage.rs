//! `frontdesk triage` as a filter: exit codes, diagnostics, order, a reader that goes away.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use rstest::rstest;

use super::support::{frontdesk, stderr, stdout};

fn triage(home: &Path, arguments: &[&str], input: &str) -> Output {
    let plan = home.join("plan.toml");
    fs::write(&plan, "[organization]\nname = \"Alder Bay\"\n").expect("the plan is written");
    fs::write(home.join("in.ndjson"), input).expect("the mentions are written");
    let mut command = frontdesk(home);
    command.arg("triage").args(arguments).current_dir(home);
    if !arguments.contains(&"--plan") {
        command.arg("--plan").arg(&plan);
    }
    command.output().expect("it runs")
}

const TWO_GOOD_ONE_BAD: &str = "{\"id\":\"b\",\"text\":\"one\"}\n\n{\"id\":\"a\"}\n{\"text\":\"two\"}";

#[rstest]
#[case::lenient(&["in.ndjson"], 0)]
#[case::strict(&["in.ndjson", "--strict"], 3)]
fn a_bad_line_is_told_and_passed_over(#[case] arguments: &[&str], #[case] code: i32) {
    let home = tempfile::tempdir().expect("a folder");
    let output = triage(home.path(), arguments, TWO_GOOD_ONE_BAD);
    assert_eq!(output.status.code(), Some(code));
    assert!(stderr(&output).starts_with("in.ndjson:3: no text"), "{}", stderr(&output));
    let out = stdout(&output);
    let ids: Vec<&str> = out.lines().filter_map(|line| line.split('"').nth(3)).collect();
    assert_eq!(ids, ["b", "line-4"]);
}

#[rstest]
#[case::no_file(&["missing.ndjson"], 3, "missing.ndjson")]
#[case::bad_moment(&["in.ndjson", "--at", "soon"], 2, "soon")]
#[case::missing_plan(&["in.ndjson", "--plan", "missing"], 2, "missing")]
fn what_cannot_be_done_is_said(#[case] arguments: &[&str], #[case] code: i32, #[case] named: &str) {
    let home = tempfile::tempdir().expect("a folder");
    let output = triage(home.path(), arguments, "");
    assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
    assert!(stderr(&output).contains(named) && stdout(&output).is_empty(), "{}", stderr(&output));
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let home = tempfile::tempdir().expect("a folder");
    triage(home.path(), &["in.ndjson"], "");
    let mut child = frontdesk(home.path())
        .arg("triage")
        .arg("--plan")
        .arg(home.path().join("plan.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("a pipe");
    // The program ends at its first write, so that ours may fail as well.
    let _ = input.write_all("{\"text\":\"one\"}\n".repeat(1_000).as_bytes());
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}
