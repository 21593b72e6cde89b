//! Deliveries signed by the library of Standard Webhooks' makers and by openssl, sent by curl.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::need;
use super::server::{Guard, free_port, is_open};
use crate::cli::support::{Home, frontdesk, stderr, wait_until};

const PATH: &str = "/hooks/4f1c9c0e8d7b4a52";
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A home with one receiver, and the program that serves it.
struct Desk {
    home: Home,
    port: u16,
    serving: Guard,
    curl: PathBuf,
}

fn write_secret(home: &Home, name: &str, text: &str) {
    home.write(name, text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(home.file(name), fs::Permissions::from_mode(0o600)).expect("its mode is set");
    }
}

fn serve(home: &Home) -> Guard {
    let mut command = frontdesk(home.path());
    command.arg("serve");
    Guard::start(command, &home.file("said"))
}

impl Desk {
    /// `None`: something is not installed, and the test skipped.
    fn start(signature: &str) -> Option<Self> {
        let (curl, port) = (need::program("curl")?, free_port());
        let home = Home::with_source(&format!(
            "kind = \"webhook\"\nlisten = \"127.0.0.1:{port}\"\npath = \"{PATH}\"\n{signature}\n\
             secret = {{ file = \"secret\" }}"
        ));
        write_secret(&home, "secret", SECRET);
        let mut desk = Self { serving: serve(&home), home, port, curl };
        desk.wait();
        Some(desk)
    }

    fn wait(&mut self) {
        wait_until("somebody who listens", || {
            assert!(self.serving.ended().is_none(), "serve ended: {}", self.serving.said());
            is_open(self.port)
        });
    }

    /// What curl gets: the status and the body.
    fn curl(&self, arguments: &[&str], input: &str) -> (u16, String) {
        let mut curl = Command::new(&self.curl);
        curl.args(["-sS", "-w", "\n%{http_code}", "-H", "Content-Type: application/json"]).args(arguments);
        curl.arg(format!("http://127.0.0.1:{}{PATH}", self.port));
        let curl = curl.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut curl = curl.expect("curl runs");
        let mut pipe = curl.stdin.take().expect("a pipe");
        // Who is refused early does not read to the end.
        let _ = pipe.write_all(input.as_bytes());
        drop(pipe);
        let output = curl.wait_with_output().expect("curl ends");
        let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
        let (body, status) = text.rsplit_once('\n').expect("a status");
        (status.parse().unwrap_or_else(|_| panic!("{text}: {}", stderr(&output))), body.trim_end().to_owned())
    }

    fn post(&self, headers: &[String], body: &str) -> (u16, String) {
        let mut arguments: Vec<&str> = headers.iter().flat_map(|header| ["-H", header.as_str()]).collect();
        arguments.extend(["--data-binary", "@-"]);
        self.curl(&arguments, body)
    }

    fn listed(&self) -> Vec<String> {
        let listed = self.home.done(&["list", "--json"]);
        let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("an object a line");
        listed.lines().map(|line| value(line)["id"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// The three headers as the makers' library signs them.
fn signed(python: &Path, id: &str, ago: u32, body: &str) -> Vec<String> {
    let output = Command::new(python)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/sign.py"))
        .args([SECRET, id, &ago.to_string(), body])
        .output()
        .expect("Python runs");
    assert!(output.status.success(), "{}", stderr(&output));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let (at, signature) = text.trim().split_once(' ').expect("two words");
    vec![format!("webhook-id: {id}"), format!("webhook-timestamp: {at}"), format!("webhook-signature: {signature}")]
}

#[test]
fn what_the_makers_library_signed_is_taken_once_and_outlives_a_kill() {
    let Some(python) = need::python() else { return };
    let Some(mut desk) = Desk::start("signature = \"standard\"") else { return };
    let body = "{\"type\":\"mention.created\",\"data\":{\"id\":\"m-1\",\"text\":\"L’eau est-elle sûre? 🚱\"}}";
    let headers = signed(&python, "msg_1", 0, body);
    assert_eq!(desk.post(&headers, body), (200, "{\"kept\":1,\"bad\":0}".to_owned()));
    // What was answered well is on the disk at that moment.
    desk.serving.kill();
    assert_eq!(desk.listed(), ["inbox:m-1"]);
    desk.serving = serve(&desk.home);
    desk.wait();
    assert_eq!(desk.post(&headers, body), (200, "{\"seen_before\":true}".to_owned()));
    let both = headers[2].replacen("v1,", "v1,bm90aGluZw== v1a,bm90aGluZw== v1,", 1);
    let second = "{\"id\":\"m-2\",\"text\":\"again\"}";
    let other = signed(&python, "msg_2", 0, second);
    assert_eq!(desk.post(&[other[0].clone(), other[1].clone(), both], second).0, 401, "another body's signature");
    let rotated = other[2].replacen("v1,", "v1,bm90aGluZw== v1a,bm90aGluZw== v1,", 1);
    assert_eq!(desk.post(&[other[0].clone(), other[1].clone(), rotated], second).0, 200);
    assert_eq!(desk.post(&signed(&python, "msg_3", 600, second), second).0, 401, "ten minutes old");
    assert_eq!(desk.post(&headers, &body.replace("sûre", "sure")).0, 401, "changed on its way");
    assert_eq!(desk.listed().len(), 2);
    assert_eq!(desk.serving.stop().code(), Some(0));
    let said = desk.serving.said();
    assert!(said.contains(&format!("inbox listens on http://127.0.0.1:{}", desk.port)), "{said}");
    let secrets = [SECRET, PATH, "MfKQ9r8G"];
    for file in ["said", "state/frontdesk.log"].map(|name| fs::read_to_string(desk.home.file(name)).unwrap_or_default())
    {
        assert!(secrets.iter().all(|secret| !file.contains(secret)), "{file}");
    }
}

/// `sha256=` and what openssl makes of it.
fn hub(body: &str) -> Vec<String> {
    let mut openssl = Command::new("openssl")
        .args(["dgst", "-sha256", "-r", "-hmac", SECRET])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("openssl runs");
    openssl.stdin.take().expect("a pipe").write_all(body.as_bytes()).expect("it reads");
    let text = String::from_utf8(openssl.wait_with_output().expect("it ends").stdout).expect("UTF-8");
    vec![format!("X-Hub-Signature-256: sha256={}", text.split(' ').next().unwrap_or_default())]
}

#[test]
fn what_openssl_signed_for_a_facebook_page_is_taken_edited_and_removed() {
    if need::program("openssl").is_none() {
        return;
    }
    let Some(desk) = Desk::start("signature = \"meta\"\nverify_token = { file = \"secret\" }") else { return };
    let change = |verb: &str, message: &str| {
        format!(
            "{{\"object\":\"page\",\"entry\":[{{\"id\":\"1\",\"time\":1763658000,\"changes\":[{{\"field\":\"feed\",\"value\":\
             {{\"item\":\"comment\",\"verb\":\"{verb}\",\"post_id\":\"1_2\",\"comment_id\":\"2_3\",\"parent_id\":\"1_2\",\
             \"from\":{{\"id\":\"9\",\"name\":\"Ana\"}},\"message\":\"{message}\"}}}}]}}]}}"
        )
    };
    // Meta escapes what is not ASCII and signs that.
    let added = change("add", "L\\u2019eau brune");
    assert_eq!(desk.post(&hub(&added), &added).0, 200);
    assert_eq!(
        desk.post(&hub(&added), &added.replace("\\u2019", "’")).0,
        401,
        "the same to a reader, not to a signature"
    );
    let edited = change("edited", "L\\u2019eau claire");
    assert_eq!(desk.post(&hub(&edited), &edited).0, 200);
    let removed = change("remove", "");
    assert_eq!(desk.post(&hub(&removed), &removed), (200, "{\"kept\":1,\"bad\":0}".to_owned()));
    let listed = desk.home.done(&["list", "--json"]);
    assert!(listed.lines().count() == 1 && listed.contains("inbox:2_3") && listed.contains("claire"), "{listed}");
    let asked = format!("hub.mode=subscribe&hub.verify_token={SECRET}&hub.challenge=1158201444");
    let pairs: Vec<&str> = asked.split('&').flat_map(|pair| ["--data-urlencode", pair]).collect();
    assert_eq!(desk.curl(&[&["-G"], pairs.as_slice()].concat(), ""), (200, "1158201444".to_owned()));
}

#[test]
fn chunked_large_and_slow_bodies_are_taken_or_turned_away() {
    let Some(desk) = Desk::start("signature = \"bearer\"") else { return };
    let bearer = format!("Authorization: Bearer {SECRET}");
    let chunked = ["-H", "Transfer-Encoding: chunked", "-H", &bearer, "--data-binary", "@-"];
    let lines: Vec<String> =
        (0..500).map(|number| format!("{{\"id\":\"c-{number:07}\",\"text\":\"water\"}}\n")).collect();
    let lines = lines.concat();
    assert_eq!(desk.curl(&chunked, &lines), (200, "{\"kept\":500,\"bad\":0}".to_owned()));
    assert_eq!(desk.listed().len(), 500);
    let large = format!("{{\"text\":\"{}\"}}", "x".repeat(3 << 20));
    assert_eq!(desk.curl(&chunked, &large).0, 413);
    let announced = ["-H", "Expect: 100-continue", "-H", &bearer, "--data-binary", "@-"];
    assert_eq!(desk.curl(&announced, &large).0, 413);
    let at_once = ["-H", "Expect:", "-H", &bearer, "--data-binary", "@-"];
    assert_eq!(desk.curl(&at_once, &large).0, 413);
    let zipped = ["-H", "Content-Encoding: gzip", "-H", &bearer, "--data-binary", "@-"];
    assert_eq!(desk.curl(&zipped, "{}").0, 415);
    // One byte a second: cut off while others are served.
    let slow = ["-H", &bearer, "--limit-rate", "1", "--data-binary", "@-"];
    std::thread::scope(|scope| {
        let held = scope.spawn(|| desk.curl(&slow, &"x".repeat(200_000)).0);
        assert_eq!(desk.curl(&chunked, "{\"id\":\"d-1\",\"text\":\"water\"}").0, 200);
        assert_eq!(held.join().expect("no panic"), 408);
    });
}

#[test]
fn serve_waits_for_the_end_of_another_reader_and_takes_over() {
    let Some(mut desk) = Desk::start("signature = \"bearer\"") else { return };
    let said = desk.home.file("said-too");
    let mut command = frontdesk(desk.home.path());
    command.arg("serve");
    let mut second = Guard::start(command, &said);
    wait_until("the second to wait", || {
        assert!(second.ended().is_none(), "{}", second.said());
        second.said().contains("another frontdesk reads this home")
    });
    let checked = desk.home.done(&["source", "check"]);
    assert!(checked.contains("a running frontdesk listens on"), "{checked}");
    assert_eq!(desk.serving.stop().code(), Some(0));
    wait_until("the second to listen", || second.said().contains("inbox listens on"));
    let bearer = format!("Authorization: Bearer {SECRET}");
    assert_eq!(desk.post(&[bearer], "{\"id\":\"m-1\",\"text\":\"water\"}").0, 200);
    assert_eq!(second.stop().code(), Some(0));
}

/// The blocks of one language under a heading of the README.
fn blocks(language: &str) -> Vec<String> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("a README");
    let part = readme.split("\n## ").find(|part| part.starts_with("Receiving webhooks")).expect("its heading");
    let begins = format!("```{language}\n");
    part.split(&begins).skip(1).filter_map(|rest| Some(rest.split_once("```")?.0.to_owned())).collect()
}

#[test]
fn what_the_readme_says_works_as_it_stands() {
    if need::program("openssl").is_none() || need::program("curl").is_none() {
        return;
    }
    let (bearer, standard) = (free_port(), free_port());
    let ported = |text: &str| text.replace("8787", &bearer.to_string()).replace("8788", &standard.to_string());
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let home = Home::with_source("kind = \"stdin\"\nenabled = false");
    std::os::unix::fs::symlink(home.path(), scratch.path().join("desk")).expect("a link");
    let config = blocks("toml").remove(0);
    let signed = config
        .replace("alerts", "signed")
        .replace("\"bearer\"", "\"standard\"")
        .replace("4f1c9c0e8d7b4a52", "1d0b6f6a2c9e4c11");
    let config = format!("{config}listen = \"127.0.0.1:8787\"\n{signed}listen = \"127.0.0.1:8788\"\n");
    home.write("config.toml", &ported(&config));
    write_secret(&home, "signed.secret", SECRET);
    let bin = Path::new(env!("CARGO_BIN_EXE_frontdesk")).parent().expect("a folder").display().to_string();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap_or_default());
    let sh = |script: &str| {
        let mut sh = Command::new("sh");
        sh.args(["-ec", &ported(script)]).env("HOME", scratch.path()).env("PATH", &path).env("LC_ALL", "C");
        let output = sh.env_remove("FRONTDESK_HOME").output().expect("a shell");
        assert!(output.status.success(), "{script}: {}", stderr(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let scripts = blocks("sh");
    let checked = sh(&scripts[0]);
    assert!(checked.contains("alerts: OK, would listen on") && checked.contains("signed: OK"), "{checked}");
    let mut serving = serve(&home);
    wait_until("both doors", || {
        assert!(serving.ended().is_none(), "{}", serving.said());
        is_open(bearer) && is_open(standard)
    });
    for script in &scripts[1..] {
        assert_eq!(sh(script), "{\"kept\":1,\"bad\":0}\n");
    }
    let listed = home.done(&["list", "--json"]);
    assert!(listed.contains("alerts:a-1") && listed.contains("signed:a-2"), "{listed}");
    assert_eq!(serving.stop().code(), Some(0));
}
