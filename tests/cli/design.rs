//! Every example of the public contract, run by the real binary: the plan and its tests, the configuration, a mention
//! in, an assessment out, a line of the response log.

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::support::{frontdesk, stderr, stdout};

const AT: &str = "2026-11-22T10:00:00-08:00";

const CONFIG: &str = r#"
plan = "plan"                    # folder, relative to this file
[[source]]
id = "inbox"                     # names the source everywhere
kind = "ndjson"                  # a file that is tailed
path = "mentions.jsonl"
[[source]]
id = "sentinel"
kind = "feed"                    # RSS, Atom or JSON Feed
url = "https://example.org/rss"
every = "2m"
"#;

const MENTION: &str = r#"{"id":"m-1","source":"bluesky","network":"bluesky","author":{"handle":"ana.bsky.social","name":"Ana","followers":120}, "text":"Is the water on Elm St safe? #WaterMain","url":"https://…","posted_at":"2026-11-20T09:12:44-08:00","lang":"en", "reply_to":null,"thread":null,"kind":"post","metrics":{"likes":3,"reposts":1,"replies":2},"media":[{"type":"image","alt":"brown water"}]}"#;

/// The fields of an assessment, in the contract's order, without those of stages that are not built.
const ASSESSMENT: [&str; 17] = [
    "id",
    "text",
    "relevant",
    "initiatives",
    "stakeholders",
    "key_messages",
    "facts",
    "language",
    "tone",
    "hostility",
    "intents",
    "urgency",
    "cluster",
    "priority",
    "path",
    "suggested",
    "replies",
];
/// The fields of a record, in the contract's order.
const RECORD: [&str; 20] = [
    "v",
    "desk",
    "seq",
    "at",
    "actor",
    "act",
    "base",
    "batch",
    "mention",
    "disposition",
    "reason",
    "path",
    "reply",
    "purpose",
    "authorized_by",
    "undoes",
    "plan",
    "app",
    "prev",
    "hash",
];

/// The plan's examples, as the plan's own tests have them.
fn plan() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/plan/tests/design")
}

fn triage(home: &Path, line: &str) -> String {
    let mut child = frontdesk(home)
        .args(["triage", "--at", AT, "--strict", "--plan"])
        .arg(plan())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    writeln!(child.stdin.take().expect("piped"), "{line}").expect("the program reads");
    let output = child.wait_with_output().expect("ends");
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    stdout(&output)
}

/// The places of the top-level `keys` in a line of JSON, which must come in that order.
fn in_order(line: &str, keys: &[&str]) {
    // Each key is looked for after the one before it, behind its comma or brace: nested keys of the same name come too
    // early or too late to make a wrong order right.
    let value: serde_json::Map<String, Value> = serde_json::from_str(line).expect("an object");
    let mut rest = line;
    for key in keys.iter().filter(|key| value.contains_key(**key)) {
        let at = rest.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} is out of order in {line}"));
        rest = &rest[at + key.len()..];
    }
}

fn ids(value: &Value) -> Vec<&str> {
    let id = |item: &'static str, value: &'_ Value| value.get(item).is_some();
    let list = value.as_array().expect("a list");
    list.iter().map(|item| if id("id", item) { item["id"].as_str() } else { item.as_str() }.expect("an id")).collect()
}

#[test]
fn the_plan_checks_and_answers_its_own_tests() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let checked =
        frontdesk(home.path()).args(["plan", "check", "--strict", "--at", AT]).arg(plan()).output().expect("runs");
    assert_eq!(checked.status.code(), Some(0), "{}", stdout(&checked));

    let tests: toml::Table = fs::read_to_string(plan().join("tests.toml")).expect("reads").parse().expect("TOML");
    let mut run = 0;
    for test in serde_json::to_value(&tests["test"]).expect("JSON").as_array().expect("a list") {
        let answer: Value =
            serde_json::from_str(&triage(home.path(), &serde_json::json!({"text": test["text"]}).to_string()))
                .expect("an answer");
        let expect = &test["expect"];
        assert_eq!(ids(&answer["initiatives"]), ids(&expect["initiatives"]));
        assert_eq!(ids(&answer["key_messages"]), ids(&expect["messages"]));
        assert_eq!(answer["intents"], expect["intents"]);
        assert_eq!(answer["priority"]["level"], expect["priority"], "{answer:#}");
        run += 1;
    }
    assert_eq!(run, 1);
}

#[test]
fn the_configuration_names_its_sources() {
    let home = tempfile::tempdir().expect("a scratch folder");
    fs::write(home.path().join("config.toml"), CONFIG).expect("written");
    let listed = frontdesk(home.path()).args(["source", "list", "--json"]).output().expect("runs");
    let sources: Vec<Value> =
        stdout(&listed).lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let of = |index: usize, key: &str| sources[index][key].clone();
    assert_eq!((of(0, "id"), of(0, "kind"), of(0, "bad")), ("inbox".into(), "ndjson".into(), 0.into()));
    assert_eq!(of(0, "reads"), home.path().join("mentions.jsonl").to_str().expect("UTF-8"));
    assert_eq!((of(1, "id"), of(1, "kind"), of(1, "every_seconds")), ("sentinel".into(), "feed".into(), 120.into()));
    assert_eq!(of(1, "reads"), "https://example.org/rss");
}

#[test]
fn the_mention_is_answered_as_the_contract_spells_it() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let line = triage(home.path(), MENTION);
    assert_eq!(line.lines().count(), 1);
    in_order(line.trim_end(), &ASSESSMENT);
    let answer: Value = serde_json::from_str(&line).expect("JSON");
    let keys: std::collections::BTreeSet<&str> =
        answer.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, ASSESSMENT.into_iter().collect());
    assert_eq!((&answer["id"], &answer["relevant"]), (&"m-1".into(), &true.into()));
    let water = &answer["initiatives"][0];
    assert_eq!((&water["rule"], &water["spans"]), (&"water.match".into(), &serde_json::json!([[29, 39]])));
    assert_eq!(water["at"], "initiatives.toml:6");
    assert_eq!((&answer["intents"], &answer["language"]["code"]), (&serde_json::json!(["question"]), &"en".into()));
    assert_eq!((&answer["priority"]["level"], &answer["suggested"]), (&"P2".into(), &"respond".into()));
    assert_eq!(answer["path"], serde_json::json!(["relevant", "worthwhile", "question"]));
    assert_eq!(
        (&answer["key_messages"], &answer["facts"]),
        (&serde_json::json!(["KM-2"]), &serde_json::json!(["F-7"]))
    );
    let reply = &answer["replies"][0];
    assert_eq!((&reply["message"], &reply["lang"], &reply["fits"]), (&"KM-2".into(), &"en".into(), &true.into()));
}

#[test]
fn a_record_of_the_log_is_spelt_and_hashed_as_the_contract_says() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let config = CONFIG.replace("kind = \"feed\"", "enabled = false\nkind = \"feed\"");
    fs::write(
        home.path().join("config.toml"),
        format!("actor = \"mchan\"\n{config}").replace("ndjson", "stdin").replace("path = \"mentions.jsonl\"\n", ""),
    )
    .expect("written");
    fs::create_dir(home.path().join("plan")).expect("a folder");
    for file in fs::read_dir(plan()).expect("the examples") {
        let file = file.expect("a file");
        fs::copy(file.path(), home.path().join("plan").join(file.file_name())).expect("copied");
    }
    let mut watch = frontdesk(home.path()).arg("watch").stdin(Stdio::piped()).spawn().expect("starts");
    writeln!(watch.stdin.take().expect("piped"), "{MENTION}").expect("the program reads");
    assert_eq!(watch.wait().expect("ends").code(), Some(0));
    let run = |arguments: &[&str]| frontdesk(home.path()).args(arguments).output().expect("runs");
    let decided = run(&["decide", "inbox:m-1", "let_stand", "--reason", "rant_or_satire"]);
    assert_eq!(decided.status.code(), Some(0), "{}", stderr(&decided));
    let log = stdout(&run(&["log", "show", "--json"]));
    let line = log.trim_end();
    in_order(line, &RECORD);
    let record: Value = serde_json::from_str(line).expect("JSON");
    assert_eq!((&record["v"], &record["seq"], &record["act"]), (&1.into(), &1.into(), &"decided".into()));
    assert_eq!((&record["actor"], &record["disposition"]), (&"mchan".into(), &"let_stand".into()));
    assert_eq!((&record["reason"], &record["prev"]), (&"rant_or_satire".into(), &"0".repeat(64).into()));
    assert_eq!(record["mention"]["seen_by"], serde_json::json!(["inbox:m-1"]));
    assert_eq!(record["path"], serde_json::json!(["relevant", "worthwhile", "question"]));
    assert!(
        record["at"].as_str().expect("a moment").ends_with("-08:00")
            || record["at"].as_str().expect("a moment").ends_with("-07:00")
    );
    let body = &line[..line.rfind(",\"hash\":").expect("a hash")];
    let mut hash = String::new();
    for byte in Sha256::digest(body.as_bytes()) {
        write!(hash, "{byte:02x}").expect("a string takes it");
    }
    assert_eq!(record["hash"], hash);
}
