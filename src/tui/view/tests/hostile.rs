//! What other people write never steers the terminal and never moves a column.

use super::check;
use super::town;
use crate::locale::Lang;
use crate::tui::command::Command;
use crate::tui::theme::ColourDepth;
use crate::tui::view::Manner;

/// One mention for each way to misbehave: its author's name does the same as its text.
fn lines() -> Vec<String> {
    let texts = [
        "water \u{202E}gnirb\u{202C} bidi override",
        "water \u{2066}isolated\u{2069} \u{61C}\u{200E}\u{200F}",
        "water \u{1b}[31mred\u{1b}]0;title\u{7}\u{9b}2J",
        "water wa\u{200B}ter\u{FEFF}\u{2060} zero width",
        "water 👨‍👩‍👧‍👦👩🏽‍🚒🏴󠁧󠁢󠁳󠁣󠁴󠁿🇨🇦🇨 1️⃣ ❤️‍🔥 families and flags",
        "water Z̵̢̛̠a̷̡͝l̸̰͠g̶͔̾o̴ ế̂̃̄ many marks",
        "water 水道水が茶色い ﾊﾟﾋﾟﾌﾟ half width",
        "water العربية עברית right to left",
        "water\r\nline\r\nfeeds\tand\ttabs\u{2028}and\u{2029}more",
        "water \u{200D}\u{FE0F} joiners alone \u{E0041}\u{E007F} tags alone",
    ];
    let line = |(place, text): (usize, &&str)| {
        serde_json::json!({
            "id": format!("h-{place}"), "network": "x", "text": text, "url": "https://x.example/1",
            "author": { "handle": text, "name": text, "followers": 7 },
            "posted_at": "2026-11-20T16:12:00-08:00",
            "media": [{ "type": text, "alt": text }],
        })
        .to_string()
    };
    texts.iter().enumerate().map(line).collect()
}

#[test]
fn hostile_text_is_shown_and_harmless() {
    let lines = lines();
    let mentions = town::assess(lines.iter().map(String::as_str));
    let mut town = town::desk(mentions, Lang::En, "dark", ColourDepth::True);
    town.desk.press(Command::ViewAll);
    for _ in 0..lines.len() {
        for (columns, rows) in [(200, 60), (120, 40), (80, 24), (60, 20), (37, 13), (20, 9)] {
            for manner in [Manner { ascii: false, demo: false }, Manner { ascii: true, demo: true }] {
                check(&town.desk.draw(columns, rows, manner));
            }
        }
        town.desk.press(Command::FeedNext);
    }
    for command in [Command::CaseNotRelevant, Command::ReplyCompose] {
        town.desk.press(command);
        check(&town.desk.draw(120, 40, Manner::default()));
    }
}
