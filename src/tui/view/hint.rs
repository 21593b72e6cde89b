//! A key with what it does, for the footer, the reply box and the frames of popups: from keymap and table of commands.

use ratatui::text::Span;

use super::context::Context;
use crate::text::width;
use crate::tui::command::{Command, Layer};
use crate::tui::theme::Meaning;

/// One key and its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hint {
    keys: String,
    title: String,
}

/// The first keys of a command in these layers; `None` when a person has taken them all away.
pub(super) fn of(command: Command, layers: &[Layer], context: &Context<'_>) -> Option<Hint> {
    let keys = named(&context.keymap.keys_for(command, layers)?, context);
    Some(Hint { keys, title: command.title(context.locale) })
}

/// Keys as a keyboard of this language has them written: `enter` is `entrée` in French. The key file keeps its own names.
pub(super) fn named(keys: &str, context: &Context<'_>) -> String {
    let names: Vec<String> = keys.split(' ').map(|key| context.locale.word("key", key)).collect();
    names.join(" ")
}

impl Hint {
    /// How wide it is.
    pub(super) fn columns(&self) -> usize {
        width::width(&self.keys) + 1 + width::width(&self.title)
    }

    /// The keys alone.
    pub(super) fn keys(&self) -> &str {
        &self.keys
    }

    /// Key and title in their styles.
    pub(super) fn spans<'a>(self, context: &Context<'a>) -> [Span<'a>; 3] {
        [
            Span::styled(self.keys, context.style(Meaning::Key)),
            Span::raw(" "),
            Span::styled(self.title, context.style(Meaning::Muted)),
        ]
    }
}
