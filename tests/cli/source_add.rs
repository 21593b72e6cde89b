//! `frontdesk source add`: feeds of a page and of a list, and secrets typed at a terminal.

use std::fs;
use std::path::Path;

use super::pages::{Answer, Pages};
use super::support::{frontdesk, stderr, stdout};
#[cfg(unix)]
use crate::support::terminal::Terminal;

const PAGE: &str = "<!doctype html><html><head>\
    <link rel=alternate type=application/rss+xml title='Alder Bay Sentinel' href='/news.xml?key=hush'>\
    <link rel=alternate type=application/rss+xml title='Comments' href='/comments.xml'></head></html>";

fn feed(title: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>{title}</title><link>http://a.example/</link><item><guid>{title}-1</guid>\
         <title>Brown water on Front Street</title></item></channel></rss>"
    )
}

fn press(head: &[String]) -> Answer {
    match head.first().and_then(|line| line.split(' ').nth(1)) {
        Some("/") => (200, "Content-Type: text/html\r\n", PAGE.to_owned()),
        Some("/news.xml?key=hush") => (200, "", feed("Sentinel")),
        Some("/comments.xml") => (200, "", feed("Comments")),
        Some("/bare") => (200, "Content-Type: text/html\r\n", "<!doctype html><html></html>".to_owned()),
        _ => (404, "", String::new()),
    }
}

fn run(home: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = frontdesk(home).args(["source", "add"]).args(arguments).output().expect("runs");
    (output.status.code().expect("an exit code"), stdout(&output), stderr(&output))
}

#[test]
fn a_page_leads_to_its_feeds() {
    let (home, pages) = (tempfile::tempdir().expect("a folder"), Pages::serve(press));
    let page = format!("{}/", pages.base);
    let (code, _, err) = run(home.path(), &["feed", "--url", &page]);
    assert_eq!(code, 2, "{err}");
    let named = format!("{0}/news.xml?key=…, {0}/comments.xml", pages.base);
    assert!(err.contains(&named) && !err.contains("hush"), "{err}");
    let (code, _, err) = run(home.path(), &["feed", "--url", &format!("{}/bare", pages.base)]);
    assert!(code == 2 && err.contains("names no feed"), "{err}");
    assert!(!home.path().join("config.toml").exists());
    let comments = format!("{}/comments.xml", pages.base);
    let (code, out, err) = run(home.path(), &["feed", "--url", &comments]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("Added comments to ") && err.contains("Brown water on Front Street"), "{out}{err}");
    let (code, _, err) = run(home.path(), &["feed", "--url", &comments]);
    assert!(code == 1 && err.contains("comments.xml is configured already, as comments"), "{err}");
}

#[test]
fn a_list_brings_what_answers_and_is_not_there_yet() {
    let (home, pages) = (tempfile::tempdir().expect("a folder"), Pages::serve(press));
    let comments = format!("{}/comments.xml", pages.base);
    assert_eq!(run(home.path(), &["feed", "--url", &comments, "--id", "sentinel"]).0, 0);
    let line = |title: &str, path: &str| format!("<outline text=\"{title}\" xmlUrl=\"{}{path}\"/>", pages.base);
    let lines = [line("Sentinel", "/news.xml?key=hush"), line("Gone", "/gone.xml"), line("Comments", "/comments.xml")];
    let opml = home.path().join("reader.opml");
    fs::write(&opml, format!("<opml version=\"2.0\"><body>{}</body></opml>", lines.concat())).expect("written");
    let (code, out, err) = run(home.path(), &["--opml", &opml.to_string_lossy()]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("Added sentinel-2 to "), "{out}");
    assert!(err.contains("comments.xml is configured already, as sentinel") && err.contains("gone: "), "{err}");
    assert!(!format!("{out}{err}").contains("hush"));
    let config = fs::read_to_string(home.path().join("config.toml")).expect("written");
    assert!(config.contains("/news.xml?key=hush") && config.matches("[[source]]").count() == 2, "{config}");
    let (code, _, err) = run(home.path(), &["--opml", &opml.to_string_lossy()]);
    assert!(code == 1 && err.contains("nothing was added"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_secret_is_typed_unseen_and_kept_where_its_owner_alone_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().to_string_lossy().into_owned();
    let arguments = ["--home", &folder, "--lang", "en", "source", "add", "webhook", "--no-check"];
    let program = Path::new(env!("CARGO_BIN_EXE_frontdesk"));
    let mut terminal = Terminal::start_with(program, &arguments, &[], (30, 100));
    for (shown, typed) in [
        ("How the other side proves", "\r"),
        ("Number [1]", "2\r"),
        ("nothing is shown", "hush-hush-hush\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\r"),
        ("The path below your address", "\r"),
        ("Where this machine listens", "\r"),
        ("Its name on the desk", "alerts\r"),
    ] {
        terminal.expect(shown, |text| text.contains(shown));
        terminal.send(typed);
    }
    terminal.expect("the end", |text| text.contains("Added alerts to"));
    assert!(terminal.expect_end().success());
    assert!(!terminal.text().contains("hush"), "{}", terminal.text());
    let file = home.path().join("secrets/alerts.secret");
    assert_eq!(fs::read_to_string(&file).expect("it is kept"), "hush-hush\n");
    assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o600);
    let config = fs::read_to_string(home.path().join("config.toml")).expect("written");
    assert!(config.contains("secret = { file = \"secrets/alerts.secret\" }") && !config.contains("hush"), "{config}");
}
