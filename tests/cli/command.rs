//! Programs as sources: the two that are shipped, and what becomes of them and their mentions in a real home.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::support::{Home, frontdesk, stderr, wait_until};

/// The folder of the shipped programs.
fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo-data/sources")
}

/// True when `program` runs here; a test without it says that it is skipped.
#[expect(clippy::print_stderr, reason = "whoever runs the tests is told what was not tried")]
fn is_there(program: &str) -> bool {
    let runs =
        Command::new(program).args(["-c", ""]).stdin(Stdio::null()).output().is_ok_and(|done| done.status.success());
    if !runs {
        eprintln!("skipped: {program} does not run on this machine");
    }
    runs
}

fn home(command: &[&str], keys: &str) -> Home {
    Home::with_source(&format!("kind = \"command\"\ncommand = {command:?}\n{keys}"))
}

fn watch(home: &Home) -> Child {
    frontdesk(home.path())
        .arg("watch")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts")
}

/// Stops it as a service manager does.
fn stop(child: Child) {
    let process = Pid::from_child(&child);
    kill_process(process, Signal::TERM).expect("it runs");
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

fn listed(home: &Home) -> Vec<serde_json::Value> {
    home.done(&["list", "--json"]).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn texts(home: &Home) -> Vec<String> {
    let mut texts: Vec<String> =
        listed(home).iter().map(|mention| mention["text"].as_str().expect("a text").to_owned()).collect();
    texts.sort();
    texts
}

/// What the program was handed back at its last start.
fn state(home: &Home) -> String {
    fs::read_to_string(home.file("state/sources/inbox.state")).unwrap_or_default()
}

fn is_alive(process: &str) -> bool {
    if let Ok(stat) = fs::read_to_string(format!("/proc/{process}/stat")) {
        return !stat.rsplit(") ").next().unwrap_or_default().starts_with(['Z', 'X']);
    }
    let process = process.parse().ok().and_then(Pid::from_raw).expect("a process");
    !Path::new("/proc/self/stat").exists() && rustix::process::test_kill_process(process).is_ok()
}

#[test]
fn the_weather_goes_on_where_it_was_and_takes_a_warning_back() {
    if !is_there("sh") {
        return;
    }
    let script = shipped().join("weather.sh");
    let home = home(
        &["sh", &script.to_string_lossy(), "warnings.txt"],
        "signal = \"stdin\"\nevery = \"1s\"\nrestart_delay = \"1s\"",
    );
    home.write("warnings.txt", "w-1|Wind \"warning\" \\ for Alder Bay\nw-2|Heavy rain\n");
    let check = home.done(&["source", "check"]);
    assert!(
        check.contains("inbox: OK, 1 item") || check.contains("inbox: OK, 2 items"),
        "as many as came first: {check}"
    );
    let child = watch(&home);
    wait_until("the warnings", || texts(&home).len() == 2);
    stop(child);
    assert_eq!(texts(&home), ["Heavy rain", "Wind \"warning\" \\ for Alder Bay"]);
    let child = watch(&home);
    wait_until("its state", || state(&home) == "2");
    home.write("warnings.txt", "w-1|Wind \"warning\" \\ for Alder Bay\nw-2|Heavy rain\nw-1|-\nw-3|Snow\n");
    wait_until("the new warning", || texts(&home).len() == 3);
    stop(child);
    let show = home.done(&["search", "rain", "--json"]);
    assert!(show.contains("Heavy rain"), "{show}");
    assert!(!home.done(&["source", "list"]).contains("bad"), "nothing it printed was bad");
}

#[test]
fn letters_come_once_and_later_ones_after_a_restart() {
    if !is_there("python3") {
        return;
    }
    let script = shipped().join("inbox.py");
    let home = home(&["python3", &script.to_string_lossy(), "Maildir"], "restart_delay = \"1s\"");
    for part in ["new", "cur", "tmp"] {
        fs::create_dir_all(home.file("Maildir").join(part)).expect("writable");
    }
    home.write(
        "Maildir/new/1.a",
        "From: =?utf-8?q?Zo=C3=A9?= <zoe@example.org>\nSubject: Eau brune\nMessage-ID: <1@x>\n\
         Date: Fri, 20 Nov 2026 09:00:00 -0800\nContent-Type: text/plain; charset=utf-8\n\nL'eau est brune, rue de l'Érable.\n",
    );
    let child = watch(&home);
    wait_until("the letter", || texts(&home).len() == 1);
    wait_until("its state", || state(&home).starts_with("{\"since\": "));
    home.write(
        "Maildir/cur/2.b:2,S",
        "Subject: Thanks\nMessage-ID: <2@x>\nContent-Type: text/html\n\n<p>Lovely park</p>\n",
    );
    wait_until("the other letter", || texts(&home).len() == 2);
    stop(child);
    let mentions = listed(&home);
    let ids: Vec<&str> = mentions.iter().filter_map(|mention| mention["id"].as_str()).collect();
    assert!(ids.contains(&"inbox:<1@x>") && ids.contains(&"inbox:<2@x>"), "{ids:?}");
    assert!(
        texts(&home)[0].contains("rue de l'Érable") && texts(&home)[1].contains("Lovely park"),
        "{:?}",
        texts(&home)
    );
}

#[test]
fn repeated_and_late_items_are_one_and_a_deletion_of_the_unknown_is_nothing() {
    let script = r#"echo '{"type":"delete","id":"9"}'; echo '{"id":"2","text":"two","created_at":"2099-01-01T00:00:00Z"}'
echo '{"id":"1","text":"one","created_at":"1970-01-01T00:00:00Z"}'; echo '{"id":"2","text":"two"}'; echo '{"type":"delete","id":"1"}'
echo '{"id":"1","text":"one"}'; echo '{"id":"3","text":"end"}'; echo 1 >>runs"#;
    let home = home(&["sh", "-c", script], "restart_delay = \"1s\"");
    let child = watch(&home);
    wait_until("two runs", || fs::read_to_string(home.file("runs")).is_ok_and(|runs| runs.lines().count() >= 2));
    wait_until("the end", || texts(&home).len() >= 3);
    stop(child);
    assert_eq!(texts(&home), ["end", "one", "two"]);
    assert!(listed(&home).iter().all(|mention| mention["version"] == 1), "nothing is a new version");
}

#[test]
fn a_killed_frontdesk_leaves_no_program_behind_and_loses_nothing() {
    let script = r#"seen=$(cat "$FRONTDESK_STATE"); seen=${seen:-0}; sleep 1000 & echo $! >other
while [ "$seen" -lt 300 ]; do seen=$((seen + 1)); printf '{"id":"%d","text":"Mention %d"}\n{"type":"state","value":%d}\n' $seen $seen $seen; done
echo $$ >pid; wait"#;
    let home = home(&["sh", "-c", script], "restart_delay = \"1s\"");
    for mentions in [1, 100, 300] {
        let mut child = watch(&home);
        wait_until("mentions", || home.file("data/mentions.db").exists() && texts(&home).len() >= mentions);
        wait_until("its helper", || fs::read_to_string(home.file("other")).is_ok_and(|text| text.ends_with('\n')));
        let left = fs::read_to_string(home.file("other")).expect("written");
        child.kill().expect("it can be killed");
        child.wait().expect("it is gone");
        wait_until("the end of what it started", || !is_alive(left.trim()));
    }
    let mut ids: Vec<u32> = listed(&home)
        .iter()
        .filter_map(|mention| mention["id"].as_str()?.strip_prefix("inbox:")?.parse().ok())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, (1..=300).collect::<Vec<u32>>());
}

#[test]
fn no_value_of_a_variable_is_shown_anywhere() {
    let script = r#"echo "E! the key is refused" >&2; exit 4"#;
    let home = home(&["sh", "-c", script, "argument-hush"], "env = { TOKEN = \"variable-hush\" }");
    let list = home.done(&["source", "list"]);
    assert!(list.contains("command  not read  sh …"), "{list}");
    let check = home.run(&["source", "check"]);
    assert_eq!(check.status.code(), Some(1));
    let told = String::from_utf8_lossy(&check.stdout).into_owned() + &stderr(&check) + &list;
    assert!(told.contains("inbox: sh … ended with code 4: the key is refused"), "{told}");
    assert!(!told.contains("hush"), "{told}");
    home.write(
        "config.toml",
        "[[source]]\nid = \"a\"\nkind = \"command\"\ncommand = [\"a\"]\nenv = { T = 5, U = \"hush\" }\n",
    );
    let broken = home.run(&["source", "list"]);
    assert_eq!(broken.status.code(), Some(2));
    let told = stderr(&broken);
    assert!(told.contains("config.toml:5:") && told.contains("source.env.T takes variables"), "{told}");
    assert!(!told.contains("hush"), "{told}");
}
