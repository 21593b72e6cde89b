//! Snapshots of whole screens.

use std::sync::Arc;

use chrono::TimeDelta;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use rstest::rstest;

use super::town::{self, Town};
use super::{check, dump};
use crate::locale::Lang;
use crate::sources::{BadCause, BadItem, BadItems, News, Phase, Position, Quota, Trouble, Vitals};
use crate::tui::command::Command;
use crate::tui::event::Event;
use crate::tui::state::import::tests::sample;
use crate::tui::state::mode::Mode;
use crate::tui::state::surges::tests::surge;
use crate::tui::theme::ColourDepth;
use crate::tui::view::Manner;

/// The desk after some work: a person in danger was escalated, a question answered, the next one marked.
fn at_work(lang: Lang, theme: &str, depth: ColourDepth) -> Town {
    let mut town = town::desk(town::mentions(), lang, theme, depth);
    town.desk.draw(120, 40, DEMO);
    let safety = [Command::CaseEscalate, Command::MenuChoose, Command::CaseEscalate, Command::MenuChoose];
    let answer = [Command::ReplyCopy, Command::CaseConfirm, Command::FeedMark];
    for command in safety.into_iter().chain([Command::FeedNext; 7]).chain(answer) {
        town.desk.press(command);
    }
    town
}

const DEMO: Manner = Manner { ascii: false, demo: true };

#[rstest]
#[case::dark_60x20(Lang::En, "dark", (60, 20))]
#[case::dark_80x24(Lang::En, "dark", (80, 24))]
#[case::dark_120x40(Lang::En, "dark", (120, 40))]
#[case::french_120x40(Lang::Fr, "dark", (120, 40))]
#[case::mono_80x24(Lang::En, "mono", (80, 24))]
fn the_desk(#[case] lang: Lang, #[case] theme: &str, #[case] (columns, lines): (u16, u16)) {
    let mut town = at_work(lang, theme, ColourDepth::True);
    let buffer = town.desk.draw(columns, lines, DEMO);
    check(&buffer);
    insta::assert_snapshot!(format!("{}_{theme}_{columns}x{lines}", lang.code()), dump(&buffer));
}

/// A bad hour with a surge under way.
fn bad_hour(lang: Lang, theme: &str, depth: ColourDepth) -> Town {
    let mut town = town::desk(town::bad_hour(), lang, theme, depth);
    let rises = vec![surge(Some("water"), 3, &["brown", "elm", "#watermain"]), surge(None, 1, &["water"])];
    town.desk.tell(Event::Surging(Arc::new(rises)));
    // A key was pressed since: the notice has been read.
    town.desk.app.notices.read_line();
    town
}

#[rstest]
#[case::dark_60x20(Lang::En, "dark", (60, 20))]
#[case::dark_80x24(Lang::En, "dark", (80, 24))]
#[case::dark_120x40(Lang::En, "dark", (120, 40))]
#[case::dark_200x60(Lang::En, "dark", (200, 60))]
#[case::french_80x24(Lang::Fr, "dark", (80, 24))]
#[case::french_120x40(Lang::Fr, "high-contrast", (120, 40))]
#[case::mono_120x40(Lang::En, "mono", (120, 40))]
fn what_is_said_of_a_mentions_words(#[case] lang: Lang, #[case] theme: &str, #[case] (columns, lines): (u16, u16)) {
    let mut town = bad_hour(lang, theme, ColourDepth::True);
    town.desk.draw(columns, lines, DEMO);
    for command in [Command::ViewOpen, Command::FeedBottom] {
        town.desk.press(command);
    }
    let buffer = town.desk.draw(columns, lines, DEMO);
    check(&buffer);
    insta::assert_snapshot!(format!("labels_{}_{theme}_{columns}x{lines}", lang.code()), dump(&buffer));
}

#[rstest]
#[case::unfolded("unfolded", (120, 40), &[Command::ViewOpen, Command::FeedTop, Command::FeedUnfold])]
#[case::unfolded_small("unfolded", (60, 20), &[Command::ViewOpen, Command::FeedTop, Command::FeedUnfold])]
#[case::asked("asked", (80, 24), &[Command::ViewOpen, Command::FeedTop, Command::CaseLetStand])]
#[case::revealed("revealed", (80, 24), &[Command::ViewOpen, Command::FeedBottom, Command::ShieldReveal])]
#[case::lowered("lowered", (80, 24), &[Command::ShieldToggle])]
#[case::surging_60x20("surging", (60, 20), &[Command::ViewSurging])]
#[case::surging_80x24("surging", (80, 24), &[Command::ViewSurging])]
#[case::surging_120x40("surging", (120, 40), &[Command::ViewSurging])]
#[case::surging_200x60("surging", (200, 60), &[Command::ViewSurging])]
fn a_bad_hour(#[case] name: &str, #[case] (columns, lines): (u16, u16), #[case] commands: &[Command]) {
    let mut town = bad_hour(Lang::En, "dark", ColourDepth::True);
    town.desk.draw(columns, lines, DEMO);
    for command in commands {
        town.desk.press(*command);
        town.desk.draw(columns, lines, DEMO);
    }
    let buffer = town.desk.draw(columns, lines, DEMO);
    check(&buffer);
    insta::assert_snapshot!(format!("hour_{name}_{columns}x{lines}"), dump(&buffer));
}

#[test]
fn a_bad_hour_in_ascii_and_in_french() {
    let mut town = bad_hour(Lang::En, "mono", ColourDepth::None);
    town.desk.draw(80, 24, DEMO);
    for command in [Command::ViewOpen, Command::FeedTop, Command::FeedUnfold] {
        town.desk.press(command);
    }
    let buffer = town.desk.draw(80, 24, Manner { ascii: true, demo: true });
    check(&buffer);
    insta::assert_snapshot!("hour_ascii_80x24", dump(&buffer));
    let mut town = bad_hour(Lang::Fr, "dark", ColourDepth::True);
    town.desk.draw(120, 40, DEMO);
    town.desk.press(Command::ViewSurging);
    town.desk.press(Command::ShieldToggle);
    let buffer = town.desk.draw(120, 40, DEMO);
    check(&buffer);
    insta::assert_snapshot!("hour_surging_fr_120x40", dump(&buffer));
}

#[rstest]
#[case::decide("decide", &[Command::CaseDecide])]
#[case::palette("palette", &[Command::AppPalette])]
#[case::help("help", &[Command::AppHelp])]
#[case::composer("composer", &[Command::ReplyCompose])]
#[case::note("note", &[Command::CaseNote])]
#[case::walk("walk", &[Command::CaseWalk, Command::WalkYes])]
#[case::ascii("ascii", &[])]
fn what_lies_over_the_panes(#[case] name: &str, #[case] commands: &[Command]) {
    let mut town = at_work(Lang::En, "mono", ColourDepth::None);
    for command in commands {
        town.desk.press(*command);
    }
    let buffer = town.desk.draw(80, 24, Manner { ascii: name == "ascii", demo: true });
    check(&buffer);
    insta::assert_snapshot!(format!("over_{name}"), dump(&buffer));
}

#[rstest]
#[case::english_80x24(Lang::En, (80, 24))]
#[case::english_120x40(Lang::En, (120, 40))]
#[case::french_80x24(Lang::Fr, (80, 24))]
#[case::french_120x40(Lang::Fr, (120, 40))]
fn why_a_mention_is_judged_so(#[case] lang: Lang, #[case] (columns, lines): (u16, u16)) {
    let mut town = town::desk(town::mentions(), lang, "mono", ColourDepth::None);
    town.desk.draw(columns, lines, DEMO);
    for command in [Command::FeedNext, Command::CaseWhy] {
        town.desk.press(command);
    }
    let buffer = town.desk.draw(columns, lines, DEMO);
    check(&buffer);
    insta::assert_snapshot!(format!("why_{}_{columns}x{lines}", lang.code()), dump(&buffer));
}

/// Sources in every state, some minutes after things went wrong.
fn troubled(town: &mut Town) {
    let now = town.desk.app.now();
    let ago = |minutes| now - TimeDelta::minutes(minutes);
    let live = town.desk.app.health.sources[0].clone();
    let one = |source: &str, kind: &str, reads: &str, phase| Vitals {
        source: source.into(),
        kind: kind.to_owned(),
        reads: reads.to_owned(),
        phase,
        last_seen: Some(ago(4)),
        ..live.clone()
    };
    let failure = |words: &str, since| {
        let (en, fr) = (words.to_owned(), words.to_owned());
        serde_json::from_value::<Trouble>(serde_json::json!({ "since": ago(since), "at": ago(1), "en": en, "fr": fr }))
            .ok()
    };
    let quota = Some(Quota { remaining: 12, limit: Some(300), resets_at: Some(now + TimeDelta::minutes(9)) });
    let news = |last_hour, last, by| News { last_hour, last: Some(ago(last)), expected_by: Some(ago(by)) };
    let sources = vec![
        Vitals {
            news: news(12, 2, -90),
            items: 1_204,
            ..one("inbox", "ndjson", "/home/desk/mentions.jsonl", Phase::Live)
        },
        Vitals {
            trouble: failure(
                "the server of https://sentinel.example/feed?key=… is in trouble (503); it is tried again",
                22,
            ),
            last_seen: Some(ago(25)),
            quota,
            bad: 3,
            ..one(
                "sentinel",
                "feed",
                "https://sentinel.example/feed?key=…",
                Phase::BackingOff { next_try: now + TimeDelta::seconds(40) },
            )
        },
        Vitals { news: news(0, 380, 15), ..one("alder.social", "mastodon", "https://alder.social", Phase::Live) },
        one("press", "folder", "/home/desk/exports", Phase::Paused),
        Vitals {
            trouble: failure("https://old.example/rss is gone for good (410)", 90),
            ..one("council", "feed", "https://old.example/rss", Phase::Failed)
        },
    ];
    town.desk.tell(Event::VitalsTold { sources, elsewhere: None });
}

#[rstest]
#[case::smallest(Lang::En, "mono", (60, 20))]
#[case::small(Lang::En, "dark", (80, 24))]
#[case::small_french(Lang::Fr, "high-contrast", (80, 24))]
#[case::usual(Lang::En, "light", (120, 40))]
#[case::usual_french(Lang::Fr, "dark", (120, 40))]
#[case::large(Lang::En, "dark", (200, 60))]
fn how_the_sources_are_doing(#[case] lang: Lang, #[case] theme: &str, #[case] (columns, lines): (u16, u16)) {
    let mut town = town::desk(town::mentions(), lang, theme, ColourDepth::True);
    troubled(&mut town);
    town.desk.press(Command::SourcesOpen);
    let buffer = town.desk.draw(columns, lines, DEMO);
    check(&buffer);
    insta::assert_snapshot!(format!("sources_{}_{columns}x{lines}", lang.code()), dump(&buffer));
}

/// What was kept of a feed that went wrong.
fn bad_items(town: &Town) -> BadItems {
    let at = town.desk.app.now() - TimeDelta::minutes(8);
    let item = |position, cause, data: &str| BadItem {
        at,
        position: Some(position),
        cause: Some(cause),
        data: data.to_owned(),
    };
    let long =
        r#"{"id":"m-7","text":"\\xff\\u{202e}","author":{"name":"Ana"},"url":"https://example.org/7"} "#.repeat(9);
    BadItems {
        items: vec![
            item(
                Position::Line { line: 12, offset: 2_000 },
                BadCause::Malformed("expected `,` or `}` at line 1 column 40".into()),
                &long,
            ),
            item(Position::Item("tag:sentinel.example,2026:9".into()), BadCause::NoText, "tag:sentinel.example,2026:9"),
            item(Position::Row { file: "export.csv".into(), row: 7 }, BadCause::NotUtf8, r"a\xff\u{1b}[2J"),
        ],
        more: true,
    }
}

#[rstest]
#[case::smallest(Lang::En, "mono", (60, 20), false)]
#[case::asked(Lang::Fr, "dark", (80, 24), true)]
#[case::usual(Lang::En, "dark", (120, 40), false)]
fn what_could_not_be_read(
    #[case] lang: Lang,
    #[case] theme: &str,
    #[case] (columns, lines): (u16, u16),
    #[case] asks: bool,
) {
    let mut town = town::desk(town::mentions(), lang, theme, ColourDepth::True);
    troubled(&mut town);
    town.desk.press(Command::SourcesOpen);
    town.desk.press(Command::SourcesQuarantine);
    let read = Ok(bad_items(&town));
    town.desk.tell(Event::QuarantineRead { source: "sentinel".into(), read });
    if asks {
        town.desk.press(Command::QuarantineClear);
    }
    let buffer = town.desk.draw(columns, lines, DEMO);
    check(&buffer);
    insta::assert_snapshot!(format!("quarantine_{}_{columns}x{lines}", lang.code()), dump(&buffer));
}

#[rstest]
#[case::refused("brown NEAR5 water", "Did you mean NEAR/5?")]
#[case::probably_not_meant("water or sewer", "Did you mean OR?")]
fn the_filter_bar_says_its_advice_whole(#[case] query: &str, #[case] suggestion: &str) {
    let mut town = town::desk(town::mentions(), Lang::En, "mono", ColourDepth::None);
    town.desk.draw(120, 40, DEMO);
    town.desk.press(Command::FilterEdit);
    let bar = &mut town.desk.app.filter;
    bar.line_mut().insert(query);
    bar.read(chrono_tz::Tz::UTC);
    let buffer = town.desk.draw(120, 40, DEMO);
    check(&buffer);
    let screen = dump(&buffer);
    assert!(screen.contains(query) && screen.contains(suggestion), "{screen}");
}

#[test]
fn a_failure_and_a_sequence_of_keys_are_seen() {
    let mut town = at_work(Lang::En, "mono", ColourDepth::None);
    town.desk.tell(Event::LogDamaged("2026-11.jsonl, line 3: the hash does not match".to_owned()));
    let app = &mut town.desk.app;
    let layers = app.mode.layers(app.focus);
    app.resolver.resolve(&KeyEvent::from(KeyCode::Char('R')), &app.settings.keymap, layers);
    let buffer = town.desk.draw(80, 24, DEMO);
    check(&buffer);
    insta::assert_snapshot!("over_banner_and_keys", dump(&buffer));
}

#[rstest]
#[case::english_80x24(Lang::En, "high-contrast", (80, 24))]
#[case::french_120x40(Lang::Fr, "dark", (120, 40))]
fn a_mention_under_a_protocol(#[case] lang: Lang, #[case] theme: &str, #[case] (columns, lines): (u16, u16)) {
    let mut town = town::desk(town::mentions(), lang, theme, ColourDepth::True);
    let buffer = town.desk.draw(columns, lines, DEMO);
    check(&buffer);
    insta::assert_snapshot!(format!("protocol_{}_{columns}x{lines}", lang.code()), dump(&buffer));
}

#[test]
fn what_decides_stands_in_the_first_screen() {
    let mut town = town::desk(town::mentions(), Lang::En, "dark", ColourDepth::True);
    let protocols = |town: &Town| {
        let case = town.desk.app.selected_case().expect("the case has been read");
        case.assessed.assessment.protocols.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>()
    };
    // Of one under a safety protocol the steps are what decides.
    town.desk.draw(80, 24, DEMO);
    while protocols(&town).is_empty() {
        town.desk.press(Command::FeedNext);
    }
    let text = dump(&town.desk.draw(80, 24, DEMO));
    let protocol = town.desk.app.settings.plan.protocols.by_id(&protocols(&town)[0]).expect("a protocol of the plan");
    let steps: Vec<&str> = protocol.steps.iter().filter_map(|step| step.get(Lang::En).get(..24)).collect();
    assert!(steps.iter().all(|step| text.contains(step)), "{steps:?}\n{text}");
    while !protocols(&town).is_empty() {
        town.desk.press(Command::FeedNext);
    }
    let text = dump(&town.desk.draw(80, 24, DEMO));
    let reply = town.desk.app.suggestions.shown().expect("it has a suggestion");
    let first: String = reply.text.chars().take(24).collect();
    assert!(reply.is_copyable() && text.contains(&first), "{first}\n{text}");
}

/// The dialog of an export that no profile knows; nothing is assigned yet, or the text is.
fn importing(lang: Lang, columns: (u16, u16), commands: &[Command]) -> Town {
    let mut town = town::desk(town::mentions(), lang, "mono", ColourDepth::None);
    town.desk.draw(columns.0, columns.1, DEMO);
    town.desk.press(Command::ImportFile);
    if let Mode::Import(dialog) = &mut town.desk.app.mode {
        dialog.paste("/exports/Calls 2026-11.csv");
    }
    if !commands.is_empty() {
        town.desk.press(Command::PromptAccept);
        town.desk.tell(Event::ExportSeen("/exports/Calls 2026-11.csv".into(), Ok(sample())));
    }
    for command in commands {
        town.desk.press(*command);
    }
    town
}

#[rstest]
#[case::path(Lang::En, (80, 24), "path", &[])]
#[case::nothing_assigned(Lang::En, (60, 20), "columns", &[Command::ImportPrevious])]
#[case::assigned_60x20(Lang::En, (60, 20), "mention", &[Command::ImportText])]
#[case::assigned(Lang::En, (120, 40), "mention", &[Command::ImportText])]
#[case::french(Lang::Fr, (80, 24), "mention", &[Command::ImportText])]
#[case::french_60x20(Lang::Fr, (60, 20), "mention", &[Command::ImportText])]
#[case::name(Lang::Fr, (80, 24), "name", &[Command::ImportText, Command::ImportAccept])]
fn an_export_is_imported(
    #[case] lang: Lang,
    #[case] (columns, lines): (u16, u16),
    #[case] name: &str,
    #[case] commands: &[Command],
) {
    let mut town = importing(lang, (columns, lines), commands);
    let buffer = town.desk.draw(columns, lines, DEMO);
    check(&buffer);
    insta::assert_snapshot!(format!("import_{name}_{}_{columns}x{lines}", lang.code()), dump(&buffer));
}

#[test]
fn the_import_dialog_fits_every_size() {
    let mut town = importing(Lang::Fr, (80, 24), &[Command::ImportText]);
    for columns in [1, 2, 5, 14, 27, 40, 60, 80, 120, 200] {
        for lines in [1, 2, 3, 5, 8, 12, 20, 40] {
            check(&town.desk.draw(columns, lines, DEMO));
        }
    }
}

#[test]
fn no_size_is_too_small_or_too_large() {
    let mut town = at_work(Lang::Fr, "dark", ColourDepth::True);
    troubled(&mut town);
    let over = [
        None,
        Some(Command::CaseDecide),
        Some(Command::MenuClose),
        Some(Command::CaseWhy),
        Some(Command::AppHelp),
        Some(Command::SourcesOpen),
        Some(Command::SourcesQuarantine),
        Some(Command::QuarantineClear),
    ];
    for command in over {
        if let Some(command) = command {
            town.desk.press(command);
            if command == Command::SourcesQuarantine {
                let read = Ok(bad_items(&town));
                town.desk.tell(Event::QuarantineRead { source: "sentinel".into(), read });
            }
        }
        for columns in [1, 2, 3, 5, 9, 14, 20, 27, 33, 40, 59, 60, 79, 80, 109, 110, 159, 160, 200] {
            for lines in [1, 2, 3, 4, 5, 6, 8, 9, 12, 16, 20, 24, 40, 60] {
                check(&town.desk.draw(columns, lines, DEMO));
            }
        }
    }
}
