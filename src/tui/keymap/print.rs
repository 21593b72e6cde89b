//! Writes the default `keys.toml`, one line for each binding, from the table of commands.

use std::fmt::Write;

use strum::IntoEnumIterator;

use super::Keymap;
use crate::locale::Locale;
use crate::tui::command::Layer;

/// The commented file; loading it gives the defaults again.
pub(super) fn default_file(locale: &Locale) -> String {
    let mut text = String::new();
    for line in locale.text("desk-keys-header").lines() {
        let _ = writeln!(text, "# {line}");
    }
    let keymap = Keymap::defaults();
    for layer in Layer::iter() {
        let _ = writeln!(text, "\n# {}\n[{}]\nkeys = [", layer.title(locale), layer.name());
        for binding in keymap.layer(layer) {
            let on = toml::Value::String(binding.shown());
            let desc = toml::Value::String(binding.run.title(locale));
            let _ = writeln!(text, "  {{ on = {on}, run = \"{}\", desc = {desc} }},", binding.run);
        }
        text.push_str("]\n");
    }
    text
}
