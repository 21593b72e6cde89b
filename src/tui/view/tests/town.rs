//! The demo town's desk in a folder of its own.

use std::sync::LazyLock;

use tempfile::TempDir;

use crate::locale::Lang;
use crate::mention::{Confidence, Danger, MentionId, Tone};
use crate::pipeline::{Assessed, ClusterRef, DangerHit, Hostility, SurgeHit, ToneGuess};
use crate::run::picture;
use crate::tui::theme::{ColourDepth, Theme};

/// A desk and the folder it lives in.
pub(super) struct Town {
    pub(super) desk: picture::Desk,
    _folder: TempDir,
}

static TOWN: LazyLock<picture::Town> = LazyLock::new(|| picture::Town::load().expect("the town loads"));

/// The town's mentions.
pub(super) fn mentions() -> Vec<Assessed> {
    TOWN.mentions().expect("the town's mentions read")
}

/// Lines of NDJSON, assessed by the town's plan.
pub(super) fn assess<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Assessed> {
    TOWN.assess(lines, "town").expect("good lines")
}

/// A desk on these mentions.
pub(super) fn desk(mentions: Vec<Assessed>, lang: Lang, theme: &str, depth: ColourDepth) -> Town {
    let folder = tempfile::tempdir().expect("a folder");
    let theme = Theme::load(theme, folder.path(), depth).expect("an embedded theme");
    let desk = TOWN.desk(folder.path(), mentions, lang, theme).expect("the desk opens");
    Town { desk, _folder: folder }
}

/// A bad hour: abuse, a threat, a campaign of near-copies, a rise. Every label is set by hand, so that the pictures show how
/// labels are drawn, not how they are found.
pub(super) fn bad_hour() -> Vec<Assessed> {
    let texts = [
        (
            "Terry M.",
            "Councillor Dhaliwal, enjoy your house while it stands. We know where you park, you spineless crook.",
        ),
        ("Ana Petit", "Is the water on Elm Street safe for my baby? It came out brown this morning."),
        ("J. Doe", "You absolute morons broke the water main AGAIN. Useless, every last one of you in that hall."),
        ("M. Roy", "Merci aux équipes dehors toute la nuit pour la conduite d'eau, bravo!"),
        ("Kit D.", "Tired of this. Third boil water notice since June and nobody picks up the phone at town hall."),
        ("Sam O.", "So the water is brown again. Whatever, I guess?"),
    ];
    let campaign = (0..9).map(|n| {
        let tail = ["", " #StopTheLane", " Share this!"][n % 3];
        (
            format!("Neighbour {n}"),
            format!("Town council wants to rip up Birch for a transit lane nobody asked for.{tail}"),
        )
    });
    let own = texts.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned()));
    let lines: Vec<String> = own.chain(campaign).enumerate().map(|(n, (name, text))| line(n, &name, &text)).collect();
    let mut items = assess(lines.iter().map(String::as_str));
    for (n, item) in items.iter_mut().enumerate() {
        label(n, item);
    }
    items
}

fn line(n: usize, name: &str, text: &str) -> String {
    serde_json::json!({
        "id": format!("bad-{n}"), "network": "facebook", "text": text, "author": { "name": name, "followers": 40 },
        "posted_at": format!("2026-11-20T16:{:02}:00-08:00", 10 + n),
    })
    .to_string()
}

/// The labels of the bad hour.
fn label(n: usize, Assessed { mention, assessment }: &mut Assessed) {
    let of = |part: &str| mention.text.find(part).map(|start| start..start + part.len());
    let spans = |parts: &[&str]| parts.iter().filter_map(|part| of(part)).collect::<Vec<_>>();
    let confidence = Confidence::percent(90);
    let (tone, level, sure) = match n {
        0 => (Tone::Negative, 3, true),
        2 => (Tone::Negative, 2, true),
        3 => (Tone::Positive, 0, true),
        4 => (Tone::Negative, 1, false),
        5 => (Tone::Unsure, 0, true),
        _ => (Tone::Neutral, 0, true),
    };
    assessment.tone = ToneGuess { label: tone, leaning: tone, confidence, ..ToneGuess::default() };
    assessment.hostility = Hostility {
        level,
        offensive: level > 1,
        target: None,
        confidence: Confidence::percent(if sure { 90 } else { 40 }),
        spans: spans(&["spineless crook", "absolute morons", "Useless, every last one of you"]),
    };
    assessment.dangers = match n {
        0 => vec![DangerHit { danger: Danger::Threat, confidence, spans: spans(&["We know where you park"]) }],
        _ => Vec::new(),
    };
    let rises = matches!(n, 1 | 2 | 4 | 5).then(|| SurgeHit { initiative: Some("water".into()), level: 3 });
    assessment.surges = rises.into_iter().collect();
    let copies = n.checked_sub(6).filter(|copies| *copies > 0);
    let size = copies.map(|copies| copies as u32 + 1);
    assessment.cluster = size.map(|size| ClusterRef { id: MentionId::new("town:bad-6"), size });
}
