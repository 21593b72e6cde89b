//! Secrets are in no output: not on the screen, in no list, error, log, record or quarantine, whatever the other side
//! repeats of them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::pages::{Answer, Pages};
use super::support::{Home, frontdesk, wait_until};
use crate::support::terminal::Terminal;

/// In every secret of this test, and in nothing else.
const MARK: &str = "hush";

/// Answers a sign-in, and everything else with what was sent.
fn repeats(head: &[String]) -> Answer {
    let first = head.first().map(String::as_str).unwrap_or_default();
    let said = head.join(" ").replace('\\', "/").replace('"', "'");
    if first.contains("createSession") && !said.contains("hush-wrong") {
        let session = "{\"did\":\"did:plc:alder\",\"handle\":\"town.test\",\"accessJwt\":\"hush-access\",\
                       \"refreshJwt\":\"hush-refresh\",\"active\":true}";
        return (200, "Content-Type: application/json\r\n", session.to_owned());
    }
    let name = if first.contains("xrpc") { "Forbidden".to_owned() } else { said.clone() };
    let body = format!("{{\"error\":\"{name}\",\"message\":\"{said}\",\"error_description\":\"{said}\"}}");
    (403, "Content-Type: application/json\r\n", body)
}

fn config(base: &str) -> String {
    let guarded = base.replace("http://", "http://town:hush-user@");
    format!(
        r#"
plan = "plan"
[[source]]
id = "bluesky"
kind = "bluesky"
handle = "town.test"
server = "{base}"
password = {{ env = "BLUESKY" }}
search = ["water"]
[[source]]
id = "wrong"
kind = "bluesky"
handle = "town.test"
server = "{base}/"
password = {{ command = ["printf", "hush-wrong\n"] }}
[[source]]
id = "mastodon"
kind = "mastodon"
server = "{base}"
token = {{ file = "secrets/mastodon" }}
hashtags = ["alderbay"]
[[source]]
id = "reddit"
kind = "reddit"
url = "{base}"
subreddits = ["alderbay"]
user = "town"
token = {{ command = ["sh", "-c", "echo hush-reddit"] }}
[[source]]
id = "facebook"
kind = "facebook"
url = "{base}"
page = "alderbay"
token = {{ env = "BLUESKY" }}
[[source]]
id = "open311"
kind = "open311"
url = "{base}/v2?api_key=hush-311"
[[source]]
id = "feed"
kind = "feed"
url = "{base}/rss?key=hush-feed"
[[source]]
id = "guarded"
kind = "feed"
url = "{guarded}/rss"
[[source]]
id = "webhook"
kind = "webhook"
listen = "127.0.0.1:0"
path = "/hush-path-hush-path"
signature = "bearer"
secret = {{ file = "secrets/webhook" }}
[[source]]
id = "program"
kind = "command"
command = ["sh", "fails.sh", "hush-argument"]
env = {{ TOKEN = {{ env = "BLUESKY" }}, TEXT = "hush-text" }}
restart_delay = "1h"
[[source]]
id = "open"
kind = "mastodon"
server = "{base}"
token = {{ file = "secrets/open" }}
"#
    )
}

fn home(base: &str) -> Home {
    let home = Home::with_source("kind = \"stdin\"");
    home.write("config.toml", &config(base));
    fs::create_dir(home.file("secrets")).expect("made");
    for (name, mode) in [("mastodon", 0o600), ("webhook", 0o600), ("open", 0o644)] {
        let file = home.file("secrets").join(name);
        fs::write(&file, format!("hush-{name}\n")).expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("set");
    }
    home.write("fails.sh", "echo 'E! no mailbox' >&2\nexit 3\n");
    home
}

/// Every file of the home but the settings, the kept secrets and the kept sessions.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let is_kept = path.ends_with("config.toml") || path.extension().is_some_and(|end| end == "session");
        if path.is_dir() && !path.ends_with("secrets") {
            files(&path, found);
        } else if path.is_file() && !is_kept {
            found.push(path);
        }
    }
}

#[track_caller]
fn tells_nothing(what: &str, text: &[u8]) {
    let text = String::from_utf8_lossy(text);
    // A database holds texts as they are, a log escapes at most quotation marks: the mark would be seen in any of them.
    let line = text.lines().find(|line| line.contains(MARK));
    assert!(line.is_none(), "{what}: {}", line.unwrap_or_default());
}

fn run(home: &Home, arguments: &[&str]) -> Output {
    let mut command = frontdesk(home.path());
    let output = command.args(arguments).env("BLUESKY", "hush-bluesky").env("FRONTDESK_LOG", "trace").output();
    let output = output.expect("runs");
    tells_nothing(&format!("{arguments:?}"), &output.stdout);
    tells_nothing(&format!("{arguments:?}"), &output.stderr);
    output
}

#[test]
fn no_command_shows_a_secret() {
    let pages = Pages::serve(repeats);
    let home = home(&pages.base);
    let checked = run(&home, &["source", "check"]);
    let told = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(told.contains("chmod 600") && told.contains("no mailbox"), "{told}");
    assert!(told.lines().count() >= 11, "every source is told of: {told}");
    let feed = format!("{}/rss?key=hush-feed", pages.base);
    for arguments in [
        &["source", "check", "--json"][..],
        &["source", "list"],
        &["source", "list", "--json"],
        &["source", "add", "feed", "--url", &feed],
        &["source", "add", "feed", "--url", &feed, "--no-check", "--dry-run"],
        &["source", "add", "mastodon", "--server", &pages.base, "--token-file", "secrets/mastodon"],
        &["source", "add", "bluesky", "--handle", "a.test", "--server", &pages.base, "--password-env", "BLUESKY"],
        &["source", "add", "webhook", "--path", "/hush-path-hush-path", "--no-check", "--dry-run"],
        &["print", "config"],
        &["report", "situation"],
        &["list", "--json"],
    ] {
        run(&home, arguments);
    }
    for broken in
        ["token = \"hush-token\"", "token = { evn = \"hush-token\" }", "url = \"ftp://a:hush-user@b/?k=hush\""]
    {
        let kind = if broken.starts_with("url") { "feed" } else { "mastodon" };
        home.write("config.toml", &format!("[[source]]\nid = \"a\"\nkind = \"{kind}\"\n{broken}\n"));
        assert_eq!(run(&home, &["source", "list"]).status.code(), Some(2), "{broken}");
    }
    let mut found = Vec::new();
    files(home.path(), &mut found);
    for file in &found {
        tells_nothing(&file.display().to_string(), &fs::read(file).expect("it reads"));
    }
}

#[test]
fn a_desk_that_traces_everything_shows_no_secret() {
    let pages = Pages::serve(repeats);
    let home = home(&pages.base);
    let folder = home.path().to_string_lossy().into_owned();
    let variables = [("BLUESKY", "hush-bluesky"), ("FRONTDESK_LOG", "trace")];
    let program = Path::new(env!("CARGO_BIN_EXE_frontdesk"));
    let mut terminal = Terminal::start_with(program, &["--home", &folder, "--lang", "en"], &variables, (40, 120));
    let troubled =
        ["bluesky", "wrong", "mastodon", "reddit", "facebook", "open311", "feed", "guarded", "program", "open"];
    wait_until("every source's trouble", || {
        let told: serde_json::Value = fs::read(home.file("state/sources.json"))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        let sources = told["sources"].as_array().cloned().unwrap_or_default();
        let is_troubled = |id: &str| sources.iter().any(|one| one["source"] == id && !one["trouble"].is_null());
        troubled.iter().all(|id| is_troubled(id))
    });
    tells_nothing("the desk", terminal.text().as_bytes());
    run(&home, &["source", "list"]);
    run(&home, &["source", "list", "--json"]);
    terminal.send("\u{1b}q");
    let mut found = Vec::new();
    files(home.path(), &mut found);
    assert!(found.iter().any(|file| file.ends_with("state/frontdesk.log")), "{found:?}");
    for file in &found {
        tells_nothing(&file.display().to_string(), &fs::read(file).expect("it reads"));
    }
    drop(terminal);
}
