//! Feeds made by feedgen, served by nginx with compression, validators, moves, ends and a limit of requests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::need;
use super::server::{Server, Watch};
use crate::cli::support::{Home, stderr};

/// The site and what makes its feeds.
struct Site {
    server: Server,
    folder: tempfile::TempDir,
    python: PathBuf,
}

impl Site {
    /// `None`: something is not installed, and the test skipped.
    fn start() -> Option<Self> {
        let (nginx, python) = (need::program("nginx")?, need::python()?);
        let folder = tempfile::tempdir().expect("a scratch folder");
        fs::create_dir(folder.path().join("www")).expect("the folder is writable");
        let at = folder.path().to_owned();
        let server = Server::start(&at.join("said"), |port| {
            let conf = at.join("nginx.conf");
            fs::write(&conf, configuration(&at, port)).expect("the folder is writable");
            let mut command = Command::new(&nginx);
            command.arg("-e").arg(at.join("errors")).arg("-p").arg(&at).arg("-c").arg(conf);
            command
        });
        Some(Self { server, folder, python })
    }

    /// The site's feeds have so many entries now.
    fn publish(&self, entries: usize) {
        let made = Command::new(&self.python)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/feeds.py"))
            .arg(self.folder.path().join("www"))
            .arg(entries.to_string())
            .output()
            .expect("Python runs");
        assert!(made.status.success(), "{}", stderr(&made));
    }

    /// Another file of the site.
    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join("www").join(name), text).expect("the folder is writable");
    }

    /// `status path "if-none-match" "user-agent"` of every request for a feed so far.
    fn asked(&self) -> Vec<String> {
        let log = fs::read_to_string(self.folder.path().join("access")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }

    /// A home that reads these paths of the site; the sources are `s0`, `s1` and on.
    fn home(&self, paths: &[&str]) -> Home {
        let home = Home::with_source("kind = \"ndjson\"\npath = \"none.jsonl\"\nenabled = false");
        let source = |(number, path): (usize, &&str)| {
            let url = self.server.url(path);
            format!("[[source]]\nid = \"s{number}\"\nkind = \"feed\"\nurl = \"{url}\"\nevery = \"1m\"\n")
        };
        home.write("config.toml", &paths.iter().enumerate().map(source).collect::<String>());
        home
    }
}

fn configuration(folder: &Path, port: u16) -> String {
    let at = folder.display();
    format!(
        r#"daemon off; master_process off; worker_processes 1; pid {at}/pid;
events {{ worker_connections 256; }}
http {{
    log_format short '$status $request_uri "$http_if_none_match" "$http_user_agent"';
    access_log {at}/access short;
    client_body_temp_path {at}/body; proxy_temp_path {at}/proxy; fastcgi_temp_path {at}/fastcgi;
    uwsgi_temp_path {at}/uwsgi; scgi_temp_path {at}/scgi;
    types {{ text/html html; text/xml xml; application/feed+json json; }}
    gzip on; gzip_min_length 1; gzip_types text/xml application/feed+json;
    limit_req_zone $uri zone=seldom:1m rate=1r/m;
    limit_req_status 429;
    server {{
        listen 127.0.0.1:{port};
        root {at}/www;
        location = /moved {{ return 301 /moved/again; }}
        location = /moved/again {{ return 308 /rss.xml; }}
        location = /passing {{ return 302 /atom.xml; }}
        location = /circle {{ return 301 /circle; }}
        location = /file {{ return 301 file:///etc/passwd; }}
        location = /gone {{ return 410; }}
        location /seldom/ {{
            limit_req zone=seldom; alias {at}/www/; error_page 429 = @wait;
        }}
        location @wait {{ add_header Retry-After 3600 always; return 429; }}
    }}
}}
"#
    )
}

/// The ids the home holds; each is there once.
fn listed(home: &Home) -> BTreeSet<String> {
    let listed = home.done(&["list", "--json"]);
    let ids: Vec<String> = listed
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("an object a line")["id"].to_string())
        .collect();
    let once: BTreeSet<String> = ids.iter().cloned().collect();
    assert_eq!(ids.len(), once.len(), "nothing is doubled");
    once
}

fn count(asked: &[String], beginning: &str) -> usize {
    asked.iter().filter(|line| line.starts_with(beginning)).count()
}

#[test]
fn a_restart_asks_with_the_weak_validator_and_only_what_is_new_comes() {
    let Some(site) = Site::start() else { return };
    site.publish(12);
    let home = site.home(&["/rss.xml", "/atom.xml"]);
    let mut watch = Watch::start(&home);
    watch.until("both feeds", || count(&site.asked(), "200 ") == 2 && listed(&home).len() == 12);
    assert_eq!(watch.stop(), (Some(0), String::new()));

    let mut watch = Watch::start(&home);
    watch.until("two answers that nothing changed", || count(&site.asked(), "304 ") == 2);
    assert_eq!(watch.stop().0, Some(0));
    assert_eq!(listed(&home).len(), 12, "a story in two feeds is one mention");
    for again in site.asked().iter().filter(|line| line.starts_with("304 ")) {
        assert!(again.contains("\"W/\\x22") && again.contains("\"frontdesk/"), "the server's own words: {again}");
    }

    site.publish(13);
    let watch_and_kill = |wanted: usize| {
        let mut watch = Watch::start(&home);
        watch.until("the new entries", || listed(&home).len() == wanted);
        watch.kill();
    };
    watch_and_kill(13);
    site.publish(15);
    watch_and_kill(15);
    assert_eq!(listed(&home).len(), 15, "each entry once, whatever was killed");
}

#[test]
fn a_feed_that_moved_is_asked_where_it_is() {
    let Some(site) = Site::start() else { return };
    site.publish(3);
    let home = site.home(&["/moved", "/passing"]);
    let mut watch = Watch::start(&home);
    watch.until("both feeds", || count(&site.asked(), "200 ") == 2 && listed(&home).len() == 3);
    watch.stop();
    let before = site.asked().len();
    let mut watch = Watch::start(&home);
    watch.until("both asked again", || count(&site.asked()[before..], "304 ") == 2);
    watch.stop();
    let again = &site.asked()[before..];
    assert_eq!((count(again, "301 "), count(again, "308 ")), (0, 0), "moved for good: {again:?}");
    assert_eq!(count(again, "302 /passing"), 1, "moved for the moment: {again:?}");
}

#[test]
fn what_is_gone_is_told_and_not_asked_again() {
    let Some(site) = Site::start() else { return };
    let home = site.home(&["/gone"]);
    let (code, said) = Watch::start(&home).end();
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("/gone is gone for good (410)"), "{said}");
    assert_eq!(count(&site.asked(), "410 /gone"), 1);
}

#[test]
fn a_source_that_is_refused_says_why_and_holds_up_no_other() {
    let Some(site) = Site::start() else { return };
    site.publish(2);
    site.write("page.html", "<!doctype html><link rel=alternate type=application/rss+xml href=rss.xml>");
    let home = site.home(&["/seldom/rss.xml", "/missing.xml", "/circle", "/file", "/page.html", "/rss.xml"]);
    let first = home.run(&["source", "check"]);
    assert_eq!(first.status.code(), Some(1));
    // Once a minute is the limit: the second request is one too many.
    let told = String::from_utf8(home.run(&["source", "check"]).stdout).expect("UTF-8");
    let line = |id: &str| told.lines().find(|line| line.starts_with(&format!("{id}: "))).unwrap_or_default();
    assert!(line("s0").contains("asked too often (429)"), "{told}");
    assert!(line("s1").contains("there is nothing at"), "{told}");
    assert!(line("s2").contains("in a circle"), "{told}");
    assert!(line("s3").contains("file:…, where a public feed may not lead"), "{told}");
    let feed = site.server.url("/rss.xml");
    assert!(line("s4").contains(&format!("is a page, not a feed; its feeds are: {feed}.")), "{told}");
    let mut watch = Watch::start(&home);
    watch.until("the good feed", || listed(&home).len() == 2);
    assert_eq!(watch.stop().0, Some(0));
    assert_eq!(count(&site.asked(), "429 /seldom/rss.xml"), 2, "the hour the server asks for is kept");
}
