//! The demo town's desk in a folder of its own.

use std::sync::LazyLock;

use tempfile::TempDir;

use crate::locale::Lang;
use crate::pipeline::Assessed;
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
