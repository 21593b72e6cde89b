//! What a person can ask of the desk: the one table of commands.
//!
//! Every command is declared once, with its dotted id, the layers it works in and its default keys. The key file,
//! the footer, the which-key popup, the palette, the help screen and the README are derived from
//! this table; titles and help texts stand in the locale under names derived from the id.
//! Nothing here changes state: that is [`App::apply`](super::app::App::apply).

use std::fmt;

use strum::{EnumCount, EnumIter, IntoEnumIterator};

use crate::locale::Locale;

/// A set of keys that is in force together; the desk's mode decides which layers are asked, in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumCount)]
pub enum Layer {
    /// Everywhere outside text fields and popups.
    Desk,
    /// The mention under the cursor, in the feed and in the detail.
    Case,
    /// The feed has the focus.
    Feed,
    /// The detail has the focus.
    Detail,
    /// The log pane has the focus.
    Log,
    /// A type-ahead menu or the palette is open: plain characters narrow it.
    Menu,
    /// A one-line question is open: plain characters are text.
    Prompt,
    /// The filter bar is being edited: plain characters are text.
    Filter,
    /// The composer is open: plain characters are text.
    Composer,
    /// The road map is being walked.
    Walk,
    /// The columns of an export are assigned.
    Import,
    /// A page of text is open: help, a report, a brief.
    Page,
    /// The sources are shown.
    Sources,
    /// The bad items of a source are shown.
    Quarantine,
}

impl Layer {
    /// The table's name in `keys.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Case => "case",
            Self::Feed => "feed",
            Self::Detail => "detail",
            Self::Log => "log",
            Self::Menu => "menu",
            Self::Prompt => "prompt",
            Self::Filter => "filter",
            Self::Composer => "composer",
            Self::Walk => "walk",
            Self::Import => "import",
            Self::Page => "page",
            Self::Sources => "sources",
            Self::Quarantine => "quarantine",
        }
    }

    /// Reads a table's name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::iter().find(|layer| layer.name() == name)
    }

    /// True where plain characters are text, so that no command may stand on one.
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Menu | Self::Prompt | Self::Filter | Self::Composer)
    }

    /// The heading of the layer in the help screen and the key file.
    pub fn title(self, locale: &Locale) -> String {
        locale.text(&format!("desk-layer-{}", self.name()))
    }
}

/// Declares the commands: variant, dotted id, and a list of `Layer: "key" "key"`. A trailing `hint` puts the
/// command into the footer of its layers.
macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal
        [$($layer:ident: $($key:literal)*),+] $($hint:ident)?;)+) => {
        /// A person's intent, as keys, mouse and palette can express it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter)]
        pub enum Command { $($(#[doc = $doc])+ $variant),+ }

        impl Command {
            /// The dotted id, as it is written in `keys.toml`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The layers it may be bound in, each with its default keys, in the order of the table.
            pub fn defaults(self) -> &'static [(Layer, &'static [&'static str])] {
                match self { $(Self::$variant => &[$((Layer::$layer, &[$($key),*])),+]),+ }
            }

            /// True for the commands the footer shows.
            pub fn is_hinted(self) -> bool {
                match self { $(Self::$variant => !stringify!($($hint)?).is_empty()),+ }
            }
        }
    };
}

commands! {
    /// Selects the next mention.
    FeedNext = "feed.next" [Feed: "j" "down", Filter: "down" "ctrl-n"] hint;
    /// Selects the previous mention.
    FeedPrevious = "feed.previous" [Feed: "k" "up", Filter: "up" "ctrl-p"] hint;
    /// Goes to the first mention and lets the waiting ones in.
    FeedTop = "feed.top" [Feed: "g" "home"];
    /// Goes to the last mention.
    FeedBottom = "feed.bottom" [Feed: "G" "end"];
    /// Half a page down.
    FeedHalfPageDown = "feed.half_page_down" [Feed: "ctrl-d" "pagedown", Filter: "pagedown"];
    /// Half a page up.
    FeedHalfPageUp = "feed.half_page_up" [Feed: "ctrl-u" "pageup", Filter: "pageup"];
    /// Selects the next mention nobody has looked at.
    FeedNextUnseen = "feed.next_unseen" [Feed: "N", Detail: "N"];
    /// Marks the mention for a bulk act, or takes the mark away.
    FeedMark = "feed.mark" [Feed: "space"] hint;
    /// Starts or ends marking everything the cursor passes.
    FeedMarkRange = "feed.mark_range" [Feed: "v"];
    /// Shows the near-copies that the row stands for.
    FeedUnfold = "feed.unfold" [Feed: "right" "+"];
    /// Leaves one row for all near-copies.
    FeedFold = "feed.fold" [Feed: "left" "-"];
    /// Copies the shown suggestion.
    ReplyCopy = "reply.copy" [Case: "y"] hint;
    /// Shows the previous suggestion.
    ReplyPrevious = "reply.previous" [Case: "["];
    /// Shows the next suggestion.
    ReplyNext = "reply.next" [Case: "]"] hint;
    /// Edits the shown suggestion in the composer.
    ReplyCompose = "reply.compose" [Case: "i"] hint;
    /// Confirms that the copied reply was posted; without one, opens the detail.
    CaseConfirm = "case.confirm" [Case: "enter"] hint;
    /// Adds the permalink of the posted reply.
    CasePermalink = "case.permalink" [Case: "p"];
    /// Chooses a disposition from all of them.
    CaseDecide = "case.decide" [Case: "d"] hint;
    /// Lets the mention stand.
    CaseLetStand = "case.let_stand" [Case: "l"] hint;
    /// Watches the mention only.
    CaseMonitor = "case.monitor" [Case: "m"] hint;
    /// Not relevant.
    CaseNotRelevant = "case.not_relevant" [Case: "x"] hint;
    /// Walks the road map: answers its open questions, or takes another branch.
    CaseWalk = "case.walk" [Case: "b"];
    /// Tells why the mention is judged as it is.
    CaseWhy = "case.why" [Case: "w"] hint;
    /// Says that the judgement is wrong.
    CaseWrong = "case.wrong" [Case: "W"];
    /// Corrects a label: hostility, tone, danger, intent, priority.
    CaseLabel = "case.label" [Case: "L"];
    /// Changes the reason of the decision.
    CaseReason = "case.reason" [Case: "r"];
    /// Escalates to a tier of the plan and copies the brief.
    CaseEscalate = "case.escalate" [Case: "e"] hint;
    /// Puts the mention off until a chosen time.
    CaseSnooze = "case.snooze" [Case: "s"] hint;
    /// Claims the mention, or gives it back.
    CaseClaim = "case.claim" [Case: "c"];
    /// Adds a note.
    CaseNote = "case.note" [Case: "t"];
    /// Opens the mention's page in the browser.
    CaseOpenUrl = "case.open_url" [Case: "o"];
    /// Shows the covered words of the mention or the page, or covers them again.
    ShieldReveal = "shield.reveal" [Case: "V", Page: "V"];
    /// Covers abuse and threats, or no longer, until the desk is closed.
    ShieldToggle = "shield.toggle" [Desk:];
    /// Takes the last act back.
    CaseUndo = "case.undo" [Desk: "u"] hint;
    /// Does the act taken back again.
    CaseRedo = "case.redo" [Desk: "U"];
    /// Enters a post seen elsewhere by hand.
    MentionCapture = "mention.capture" [Desk: "n"];
    /// Scrolls the detail down.
    DetailDown = "detail.down" [Desk: "J", Detail: "j" "down"];
    /// Scrolls the detail up.
    DetailUp = "detail.up" [Desk: "K", Detail: "k" "up"];
    /// Scrolls the detail half a page down.
    DetailHalfPageDown = "detail.half_page_down" [Detail: "ctrl-d" "pagedown"];
    /// Scrolls the detail half a page up.
    DetailHalfPageUp = "detail.half_page_up" [Detail: "ctrl-u" "pageup"];
    /// Scrolls the detail to its first line.
    DetailTop = "detail.top" [Detail: "g" "home"];
    /// Scrolls the detail to its last line.
    DetailBottom = "detail.bottom" [Detail: "G" "end"];
    /// Selects the next record.
    LogNext = "log.next" [Log: "j" "down"];
    /// Selects the previous record.
    LogPrevious = "log.previous" [Log: "k" "up"];
    /// Goes to the mention of the selected record.
    LogOpen = "log.open" [Log: "enter"] hint;
    /// Edits the filter.
    FilterEdit = "filter.edit" [Desk: "/"] hint;
    /// Keeps the filter and goes back to the feed.
    FilterKeep = "filter.keep" [Filter: "enter"] hint;
    /// Takes the filter away.
    FilterClear = "filter.clear" [Desk: "backspace", Filter: "esc"] hint;
    /// Shows what is urgent.
    ViewUrgent = "view.urgent" [Desk: "1"];
    /// Shows what is open.
    ViewOpen = "view.open" [Desk: "2"];
    /// Shows what I claimed.
    ViewMine = "view.mine" [Desk: "3"];
    /// Shows what is snoozed.
    ViewSnoozed = "view.snoozed" [Desk: "4"];
    /// Shows what is closed.
    ViewClosed = "view.closed" [Desk: "5"];
    /// Shows everything.
    ViewAll = "view.all" [Desk: "6"];
    /// Shows what is surging.
    ViewSurging = "view.surging" [Desk: "7"];
    /// Moves the focus to the next pane.
    FocusNext = "focus.next" [Desk: "tab"];
    /// Moves the focus to the previous pane.
    FocusPrevious = "focus.previous" [Desk: "shift-tab"];
    /// Imports a file of another tool: an export.
    ImportFile = "import.file" [Desk: "I"];
    /// Stops the import that runs; what is kept stays.
    ImportStop = "import.stop" [Desk:];
    /// Writes the situation report.
    ReportSituation = "report.situation" [Desk: "R s"];
    /// Writes the hand-over report.
    ReportHandover = "report.handover" [Desk: "R h"];
    /// Shows the sources and how they are doing.
    SourcesOpen = "sources.open" [Desk: "S"];
    /// Chooses another theme.
    AppTheme = "app.theme" [Desk: "T"];
    /// Finds a command by name.
    AppPalette = "app.palette" [Desk: ":"] hint;
    /// Shows every key.
    AppHelp = "app.help" [Desk: "?" "f1"] hint;
    /// Closes what is on top: a banner, the marks, the detail of a narrow screen.
    AppDismiss = "app.dismiss" [Desk: "esc"];
    /// Draws the whole screen again.
    AppRedraw = "app.redraw" [Desk: "ctrl-l"];
    /// Leaves the desk; nothing is lost.
    AppQuit = "app.quit" [Desk: "q" "ctrl-c", Menu: "ctrl-c", Prompt: "ctrl-c", Filter: "ctrl-c", Composer: "ctrl-c", Walk: "ctrl-c", Import: "ctrl-c", Page: "ctrl-c", Sources: "ctrl-c", Quarantine: "ctrl-c"] hint;
    /// Goes to the next choice.
    MenuNext = "menu.next" [Menu: "down" "ctrl-n" "tab"] hint;
    /// Goes to the previous choice.
    MenuPrevious = "menu.previous" [Menu: "up" "ctrl-p" "shift-tab"] hint;
    /// Takes the choice.
    MenuChoose = "menu.choose" [Menu: "enter"] hint;
    /// Closes the menu without choosing.
    MenuClose = "menu.close" [Menu: "esc"] hint;
    /// Takes the line as it stands.
    PromptAccept = "prompt.accept" [Prompt: "enter"] hint;
    /// Closes the question without answering.
    PromptClose = "prompt.close" [Prompt: "esc"] hint;
    /// Copies the edited reply, or keeps the captured post.
    ComposerAccept = "composer.accept" [Composer: "ctrl-s" "ctrl-y"] hint;
    /// Closes the composer; the draft stays.
    ComposerClose = "composer.close" [Composer: "esc"] hint;
    /// Answers the question yes.
    WalkYes = "walk.yes" [Walk: "y" "o"] hint;
    /// Answers the question no.
    WalkNo = "walk.no" [Walk: "n"] hint;
    /// Goes to the next question, at last to the outcome.
    WalkNext = "walk.next" [Walk: "j" "down" "tab"];
    /// Goes back to the question before.
    WalkPrevious = "walk.previous" [Walk: "k" "up" "shift-tab"] hint;
    /// Takes the outcome and records the walk.
    WalkAccept = "walk.accept" [Walk: "enter"] hint;
    /// Closes the walk; nothing changes.
    WalkClose = "walk.close" [Walk: "esc" "q"] hint;
    /// Goes to the next column.
    ImportNext = "import.next" [Import: "j" "down" "tab"];
    /// Goes to the previous column.
    ImportPrevious = "import.previous" [Import: "k" "up" "shift-tab"];
    /// Takes the column for the next part of a mention.
    ImportFieldNext = "import.field_next" [Import: "l" "right" "space"] hint;
    /// Takes the column for the part before.
    ImportFieldPrevious = "import.field_previous" [Import: "h" "left"];
    /// Takes the column for the text.
    ImportText = "import.text" [Import: "t"] hint;
    /// Takes the column for the date.
    ImportDate = "import.date" [Import: "d"] hint;
    /// Takes the column for the author.
    ImportAuthor = "import.author" [Import: "a"];
    /// Takes the column for the address.
    ImportUrl = "import.url" [Import: "u"];
    /// Takes the column for the id.
    ImportId = "import.id" [Import: "i"];
    /// Keeps the column beside the mention.
    ImportExtra = "import.extra" [Import: "x" "backspace"] hint;
    /// Imports the file, or asks for the new profile's name first.
    ImportAccept = "import.accept" [Import: "enter"] hint;
    /// Closes the dialog; nothing is imported.
    ImportClose = "import.close" [Import: "esc" "q"] hint;
    /// Scrolls the page down.
    PageDown = "page.down" [Page: "j" "down"] hint;
    /// Scrolls the page up.
    PageUp = "page.up" [Page: "k" "up"] hint;
    /// Scrolls the page half a page down.
    PageHalfDown = "page.half_down" [Page: "ctrl-d" "pagedown" "space"];
    /// Scrolls the page half a page up.
    PageHalfUp = "page.half_up" [Page: "ctrl-u" "pageup"];
    /// Copies the page's text.
    PageCopy = "page.copy" [Page: "y"] hint;
    /// Closes the page.
    PageClose = "page.close" [Page: "esc" "q" "enter" "?"] hint;
    /// Selects the next source.
    SourcesNext = "sources.next" [Sources: "j" "down"];
    /// Selects the previous source.
    SourcesPrevious = "sources.previous" [Sources: "k" "up"];
    /// Pauses the source, or resumes it.
    SourcesPause = "sources.pause" [Sources: "p"] hint;
    /// Tries the source now.
    SourcesRetry = "sources.retry" [Sources: "r"] hint;
    /// Shows what could not be read from the source.
    SourcesQuarantine = "sources.quarantine" [Sources: "enter" "b"] hint;
    /// Closes the sources.
    SourcesClose = "sources.close" [Sources: "esc" "q"] hint;
    /// Selects the next bad item.
    QuarantineNext = "quarantine.next" [Quarantine: "j" "down"];
    /// Selects the previous bad item.
    QuarantinePrevious = "quarantine.previous" [Quarantine: "k" "up"];
    /// Scrolls the data of the bad item down.
    QuarantineDown = "quarantine.down" [Quarantine: "J" "ctrl-d" "pagedown"];
    /// Scrolls the data of the bad item up.
    QuarantineUp = "quarantine.up" [Quarantine: "K" "ctrl-u" "pageup"];
    /// Copies the bad item.
    QuarantineCopy = "quarantine.copy" [Quarantine: "y"] hint;
    /// Asks whether all bad items of the source are to be set aside.
    QuarantineClear = "quarantine.clear" [Quarantine: "X"] hint;
    /// Sets them aside, once asked.
    QuarantineConfirm = "quarantine.confirm" [Quarantine: "enter"];
    /// Takes the question back, else goes back to the sources.
    QuarantineClose = "quarantine.close" [Quarantine: "esc" "q"] hint;
}

impl Command {
    /// Reads a dotted id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::iter().find(|command| command.id() == id)
    }

    /// True when it may be bound in `layer`.
    pub fn works_in(self, layer: Layer) -> bool {
        self.defaults().iter().any(|(home, _)| *home == layer)
    }

    /// A few words for footer, palette and key file.
    pub fn title(self, locale: &Locale) -> String {
        locale.text(&self.message_name())
    }

    /// One sentence for the help screen.
    pub fn help(self, locale: &Locale) -> String {
        locale.text(&format!("{}-help", self.message_name()))
    }

    fn message_name(self) -> String {
        format!("command-{}", self.id().replace(['.', '_'], "-"))
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::locale::Lang;

    #[test]
    fn ids_are_dotted_noun_first_and_unique() {
        let mut seen = BTreeSet::new();
        for command in Command::iter() {
            let id = command.id();
            assert!(seen.insert(id), "{id} stands twice");
            assert_eq!(id.matches('.').count(), 1, "{id}");
            assert!(id.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'_')), "{id}");
            assert_eq!(Command::from_id(id), Some(command));
        }
    }

    #[test]
    fn every_command_and_layer_has_words_in_both_languages() {
        for lang in [Lang::En, Lang::Fr] {
            let locale = Locale::new(lang);
            for command in Command::iter() {
                assert!(!command.title(&locale).is_empty());
                assert!(command.help(&locale).ends_with('.'), "{command}: a help text is a sentence");
            }
            for layer in Layer::iter() {
                assert!(!layer.title(&locale).is_empty());
            }
        }
    }
}
