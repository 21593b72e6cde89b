//! What the keys mean at this moment: which pane has them, or which popup lies over the panes.

use super::composer::Composer;
use super::import::ImportDialog;
use super::menu::Menu;
use super::page::Page;
use super::prompt::Prompt;
use super::sources::SourcesScreen;
use super::walk::Walk;
use crate::tui::command::Layer;

/// The pane that has the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list of mentions.
    #[default]
    Feed,
    /// The whole mention.
    Detail,
    /// The last decisions.
    Log,
}

impl Focus {
    /// The pane after this one, or before it.
    #[must_use]
    pub fn step(self, forward: bool) -> Self {
        match (self, forward) {
            (Self::Feed, true) | (Self::Log, false) => Self::Detail,
            (Self::Detail, true) | (Self::Feed, false) => Self::Log,
            (Self::Log, true) | (Self::Detail, false) => Self::Feed,
        }
    }
}

/// What is being done.
#[derive(Debug, Default)]
pub enum Mode {
    /// The panes have the keys.
    #[default]
    Browse,
    /// The filter bar is being edited.
    Filter,
    /// A menu or the palette is open.
    Menu(Menu),
    /// A one-line question is open.
    Prompt(Prompt),
    /// A reply or a captured post is being written.
    Composer(Box<Composer>),
    /// The road map is being walked.
    Walk(Walk),
    /// A file is to be imported.
    Import(Box<ImportDialog>),
    /// A page of text is open.
    Page(Page),
    /// The sources are shown.
    Sources(SourcesScreen),
}

impl Mode {
    /// The layers of keys in force, the innermost first.
    pub fn layers(&self, focus: Focus) -> &'static [Layer] {
        match (self, focus) {
            (Self::Browse, Focus::Feed) => &[Layer::Feed, Layer::Case, Layer::Desk],
            (Self::Browse, Focus::Detail) => &[Layer::Detail, Layer::Case, Layer::Desk],
            (Self::Browse, Focus::Log) => &[Layer::Log, Layer::Desk],
            (Self::Filter, _) => &[Layer::Filter],
            (Self::Menu(_), _) => &[Layer::Menu],
            (Self::Prompt(_), _) => &[Layer::Prompt],
            (Self::Composer(_), _) => &[Layer::Composer],
            (Self::Walk(_), _) => &[Layer::Walk],
            (Self::Import(dialog), _) if dialog.takes_text() => &[Layer::Prompt],
            (Self::Import(_), _) => &[Layer::Import],
            (Self::Page(_), _) => &[Layer::Page],
            (Self::Sources(screen), _) if screen.quarantine.is_some() => &[Layer::Quarantine],
            (Self::Sources(_), _) => &[Layer::Sources],
        }
    }

    /// True while nothing lies over the panes.
    pub fn is_browsing(&self) -> bool {
        matches!(self, Self::Browse)
    }
}
