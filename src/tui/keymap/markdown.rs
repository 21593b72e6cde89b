//! Writes the keys as Markdown tables, one for each layer: the README's own section of them.
//!
//! What enters: a keymap and the words of a language. What leaves: text that ends with a line break, in the order of
//! the table of commands. A command without keys in a layer is left out of it.

use std::fmt::Write;

use strum::IntoEnumIterator;

use super::{Binding, Keymap};
use crate::locale::Locale;
use crate::tui::command::{Command, Layer};

/// Every layer that has keys: its title, and a table of keys, command id and what it does.
pub(super) fn tables(keymap: &Keymap, locale: &Locale) -> String {
    let [keys, command, does] =
        ["desk-keys-column-keys", "desk-keys-column-command", "desk-keys-column-does"].map(|name| locale.text(name));
    let mut text = String::new();
    for layer in Layer::iter().filter(|layer| keymap.layer(*layer).next().is_some()) {
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "### {}\n\n| {keys} | {command} | {does} |\n|---|---|---|", layer.title(locale));
        for command in Command::iter() {
            let bound: Vec<String> = keymap.layer(layer).filter(|binding| binding.run == command).map(code).collect();
            if !bound.is_empty() {
                let _ = writeln!(text, "| {} | `{command}` | {} |", bound.join(", "), cell(&command.help(locale)));
            }
        }
    }
    text
}

/// The keys as code; two backticks where one of them is a backtick.
fn code(binding: &Binding) -> String {
    let keys = cell(&binding.shown());
    if keys.contains('`') { format!("`` {keys} ``") } else { format!("`{keys}`") }
}

/// Text that cannot end its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    #[test]
    fn every_binding_stands_in_its_layer() {
        let locale = Locale::new(Lang::Fr);
        let text = Keymap::defaults().markdown(&locale);
        let bound =
            Layer::iter().flat_map(|layer| Keymap::defaults().layer(layer).cloned().collect::<Vec<_>>()).count();
        let shown: usize = text
            .lines()
            .filter_map(|line| line.strip_prefix("| `"))
            .filter_map(|row| row.split(" | ").next())
            .map(|keys| keys.split("`, `").count())
            .sum();
        assert_eq!(shown, bound);
        assert!(text.contains("\n| `R s` | `report.situation` | "));
    }

    #[test]
    fn signs_of_markdown_are_keys_too() {
        let keymap =
            Keymap::load("[case]\nkeys = [{ on = \"|\", run = \"case.note\" }, { on = \"`\", run = \"case.claim\" }]")
                .expect("a good file");
        let text = keymap.markdown(&Locale::new(Lang::En));
        assert!(text.contains("| `t`, `\\|` | `case.note` |"), "{text}");
        assert!(text.contains("| `c`, `` ` `` | `case.claim` |"), "{text}");
    }
}
