//! The program against recordings of a Mastodon 4.7, said again by a server that hangs up, refuses and cuts.

#[expect(dead_code, reason = "the faults of streams use the rest of it")]
mod replay;

use tokio::runtime::Runtime;

use super::server::Watch;
use crate::cli::support::{Home, stderr, stdout, wait_until};
use replay::{Door, Replay, TAG, TOKEN, answer};

/// The server with the runtime it lives in.
struct Site {
    runtime: Runtime,
    replay: Replay,
}

impl Site {
    fn start() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let replay = runtime.block_on(Replay::start());
        Self { runtime, replay }
    }

    /// A home that reads the account, let in with `token`.
    fn home(&self, token: &str) -> Home {
        let keys = format!(
            "kind = \"mastodon\"\nserver = \"{}\"\ntoken = {{ file = \"token\" }}\nhashtags = [\"#{TAG}\"]\nevery = \"30s\"",
            self.replay.base
        );
        let home = Home::with_source(&keys);
        home.write("token", token);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::Permissions::from_mode(0o600);
            std::fs::set_permissions(home.file("token"), mode).expect("its mode is set");
        }
        home
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // The connections of its server hold tasks that wait for ever.
        let runtime = std::mem::replace(&mut self.runtime, Runtime::new().expect("a runtime"));
        runtime.shutdown_background();
    }
}

/// Everything in the store, as JSON lines.
fn listed(home: &Home) -> Vec<String> {
    stdout(&home.run(&["list", "--json"])).lines().map(str::to_owned).collect()
}

fn count(home: &Home, words: &str) -> usize {
    listed(home).iter().filter(|line| line.contains(words)).count()
}

#[test]
fn nothing_is_lost_or_doubled_by_hang_ups_and_kills() {
    let site = Site::start();
    let (replay, home) = (&site.replay, site.home(TOKEN));
    replay.mention("before1x the water is brown");
    let mut watch = Watch::start(&home);
    watch.until("the first mention", || count(&home, "before1x") == 1);
    watch.until("the stream", || replay.opened() >= 1);
    replay.tagged("streamed1x water");
    let edited = replay.mention("streamed2x water");
    watch.until("what is streamed", || listed(&home).len() == 3);
    replay.edit(&edited, "streamed2x water, and it smells");
    watch.until("the later text", || count(&home, "and it smells") == 1);
    replay.quiet(true);
    for number in 0..7 {
        replay.mention(&format!("missed{number}x water"));
    }
    replay.quiet(false);
    let before = replay.opened();
    replay.hang_up();
    watch.until("what was missed", || listed(&home).len() == 10);
    watch.until("the stream again", || replay.opened() > before);
    watch.kill();
    replay.mention("killed1x water");
    let deleted = replay.tagged("killed2x water");
    let before = replay.opened();
    let mut watch = Watch::start(&home);
    watch.until("what was missed while it was dead", || listed(&home).len() == 12);
    watch.until("the stream once more", || replay.opened() > before);
    replay.delete(&deleted);
    watch.until("the deletion", || {
        stdout(&home.run(&["list", "--json"]))
            .lines()
            .any(|line| line.contains("killed2x") && !line.contains("\"author_deleted_at\":null"))
    });
    let (code, said) = watch.stop();
    assert_eq!(code, Some(0), "{said}");
    let all = listed(&home);
    assert_eq!(all.len(), 12, "{all:#?}");
    for words in (0..7).map(|number| format!("missed{number}x")).chain(["killed1x".to_owned(), "streamed2x".to_owned()])
    {
        assert_eq!(all.iter().filter(|line| line.contains(&words)).count(), 1, "{words}");
    }
    assert!(!said.contains(TOKEN) && !all.concat().contains(TOKEN));
}

#[test]
fn it_takes_server_sent_events_where_no_web_socket_opens() {
    let site = Site::start();
    let (replay, home) = (&site.replay, site.home(TOKEN));
    replay.doors(Door::Shut(answer("404 Not Found", "", "<html>404</html>")), Door::Open);
    replay.cut_streams(11);
    let mut watch = Watch::start(&home);
    watch.until("both streams", || replay.opened() >= 2);
    replay.mention("streamed1x é 🚱 water");
    watch.until("what is streamed", || count(&home, "é 🚱 water") == 1);
    assert_eq!(watch.stop().0, Some(0));
}

#[test]
fn a_check_shows_the_newest_mentions_and_what_stands_in_the_way() {
    let site = Site::start();
    let home = site.home(TOKEN);
    for number in 0..4 {
        site.replay.mention(&format!("number{number}x water"));
    }
    let checked = home.run(&["source", "check"]);
    assert!(checked.status.success(), "{}", stderr(&checked));
    let shown = stdout(&checked);
    assert!(shown.contains("number3x") && shown.contains("number1x") && !shown.contains("number0x"), "{shown}");
    assert!(listed(&home).is_empty(), "a check keeps nothing");
    let refused = site.home("hush-wrong");
    let checked = refused.run(&["source", "check"]);
    assert_eq!(checked.status.code(), Some(1));
    let shown = stdout(&checked) + &stderr(&checked);
    assert!(shown.contains("The access token is invalid") && !shown.contains("hush-wrong"), "{shown}");
    wait_until("every request to be kept", || site.replay.asked().len() > 3);
}
