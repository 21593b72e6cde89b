//! One suite of faults, run against every kind of source.
//!
//! What enters: a kind of source, an other side that knows how to speak with it, a fault. What must come out, whatever the
//! fault: every post once in a real store, nothing of it twice, and a person who was told. Each cell of the table
//! source × fault is a test of its own: `cargo test --lib faults -- --list` prints the table.

mod bluesky;
mod facebook;
mod feed;
mod files;
mod jetstream;
mod lines;
mod mastodon;
mod office;
mod open311;
mod push;
mod reddit;
mod streams;
mod web;

use chrono::{DateTime, TimeDelta, Utc};

use super::test_desk::instant;
use office::Office;

/// A secret that must never be seen anywhere.
const SECRET: &str = "hush-7f3a";

/// What somebody said, before any protocol has dressed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Post {
    pub(super) id: String,
    /// Begins with a word that no other post has.
    pub(super) text: String,
    pub(super) at: DateTime<Utc>,
}

/// When the posts of a test were made.
fn noon() -> DateTime<Utc> {
    instant("2026-11-20T12:00:00Z")
}

/// The word a post's text begins with.
fn marker(number: usize) -> String {
    format!("marker{number}x")
}

fn post(number: usize, text: &str) -> Post {
    let at = noon() + TimeDelta::minutes(number as i64);
    Post { id: format!("{}", 1000 + number), text: format!("{} {text}", marker(number)), at }
}

/// `count` harmless posts, the oldest first.
fn posts(count: usize) -> Vec<Post> {
    (0..count).map(|number| post(number, "The water is brown again")).collect()
}

/// Texts that break what is careless: direction marks, zero-width and control characters, emoji, markup.
fn hostile() -> Vec<Post> {
    let texts = [
        "safe \u{202e}txt.exe\u{202c} \u{2066}x\u{2069}",
        "zero\u{200b}width\u{feff} \u{ad}soft",
        "bell\u{7} escape\u{1b}]0;title\u{7}\u{1b}[2J null\u{0} back\u{8}",
        "🧑‍🧑‍🧒‍🧒 🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u{301}\u{301}\u{301}\u{301} ﷽",
        "</p><script>alert(1)</script> &amp;lt; \"quote\" 'x' \\u0000 \\",
        "=cmd|' /C calc'!A0",
    ];
    texts.iter().enumerate().map(|(number, text)| post(number, text)).collect()
}

/// Clocks that are wrong: the beginning of time, its end, tomorrow.
fn dated() -> Vec<Post> {
    let dates = ["1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "2026-11-21T17:00:00Z", "0001-01-01T00:00:00Z"];
    let at = |(number, date): (usize, &&str)| Post { at: instant(date), ..post(number, "dated") };
    dates.iter().enumerate().map(at).collect()
}
