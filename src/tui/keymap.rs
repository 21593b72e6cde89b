//! Keys to commands, through layers, to a typed result.
//!
//! What enters: key events and the layers in force. What leaves: a [`Resolution`]: a command, a pending sequence with
//! its candidates (the which-key popup), or nothing. The defaults come from the table of
//! commands; `keys.toml` replaces single bindings. A bad file never loads halfway: every error in it is returned.

mod error;
mod file;
mod key;
mod markdown;
mod print;
mod resolver;

use strum::IntoEnumIterator;

use super::command::{Command, Layer};

pub use error::{KeymapError, Problem};
pub use key::Key;
pub use resolver::{Candidate, Resolution, Resolver};

/// One sequence of keys that runs one command in one layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// One key or a sequence.
    pub on: Vec<Key>,
    /// What it runs.
    pub run: Command,
    /// The person's own words for it, shown instead of the command's title.
    pub desc: Option<String>,
}

/// Every binding in force, layer by layer, in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<(Layer, Binding)>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::defaults()
    }
}

impl Keymap {
    /// The bindings of the table of commands.
    pub fn defaults() -> Self {
        let mut bindings = Vec::new();
        for layer in Layer::iter() {
            for command in Command::iter() {
                for (_, keys) in command.defaults().iter().filter(|(home, _)| *home == layer) {
                    bindings.extend(keys.iter().map(|keys| {
                        let on = key::parse_sequence(keys).unwrap_or_default();
                        debug_assert!(!on.is_empty(), "default key {keys:?} of {command}");
                        (layer, Binding { on, run: command, desc: None })
                    }));
                }
            }
        }
        Self { bindings }
    }

    /// The defaults with the lines of `keys.toml` laid over them. A line replaces what stood on its keys in its layer,
    /// and what those keys now hide or are hidden by; `run = "none"` only takes the keys away.
    pub fn load(text: &str) -> Result<Self, Vec<KeymapError>> {
        let mut keymap = Self::defaults();
        for line in file::parse(text)? {
            keymap.bindings.retain(|(layer, binding)| *layer != line.layer || !overlap(&binding.on, &line.on));
            if let Some(run) = line.run {
                keymap.bindings.push((line.layer, Binding { on: line.on, run, desc: line.desc }));
            }
        }
        Ok(keymap)
    }

    /// The commented file that says the defaults again.
    pub fn print(locale: &crate::locale::Locale) -> String {
        print::default_file(locale)
    }

    /// The bindings as Markdown tables, a layer each, in the words of `locale`.
    pub fn markdown(&self, locale: &crate::locale::Locale) -> String {
        markdown::tables(self, locale)
    }

    /// The bindings of one layer, in order.
    pub fn layer(&self, layer: Layer) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |(home, _)| *home == layer).map(|(_, binding)| binding)
    }

    /// The first keys that run `command` in one of `layers`, as they are shown; `None` when it is not bound there.
    pub fn keys_for(&self, command: Command, layers: &[Layer]) -> Option<String> {
        layers.iter().find_map(|layer| self.layer(*layer).find(|binding| binding.run == command)).map(Binding::shown)
    }

    /// Every sequence that runs `command` anywhere, as shown, without repetition.
    pub fn all_keys_for(&self, command: Command) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for (_, binding) in self.bindings.iter().filter(|(_, binding)| binding.run == command) {
            let shown = binding.shown();
            if !all.contains(&shown) {
                all.push(shown);
            }
        }
        all
    }
}

impl Binding {
    /// The keys as they are written and shown: `R s`.
    pub fn shown(&self) -> String {
        key::show_sequence(&self.on)
    }
}

/// True when one sequence is the other or begins it.
fn overlap(one: &[Key], other: &[Key]) -> bool {
    one.iter().zip(other).all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::locale::{Lang, Locale};

    #[test]
    fn no_default_hides_another() {
        let keymap = Keymap::defaults();
        for layer in Layer::iter() {
            let all: Vec<&Binding> = keymap.layer(layer).collect();
            for (index, one) in all.iter().enumerate() {
                for other in &all[index + 1..] {
                    assert!(!overlap(&one.on, &other.on), "{}: {} and {}", layer.name(), one.run, other.run);
                }
            }
        }
    }

    #[test]
    fn layers_that_are_in_force_together_do_not_compete_unseen() {
        // Where the focus has its own meaning for a key, the inner layer wins; only these may overlap on purpose.
        let meant: BTreeSet<&str> = BTreeSet::from(["enter"]);
        let keymap = Keymap::defaults();
        for stack in [[Layer::Feed, Layer::Case, Layer::Desk], [Layer::Detail, Layer::Case, Layer::Desk]] {
            for (index, layer) in stack.iter().enumerate() {
                for below in &stack[index + 1..] {
                    for one in keymap.layer(*layer) {
                        for other in keymap.layer(*below) {
                            assert!(
                                !overlap(&one.on, &other.on) || meant.contains(one.shown().as_str()),
                                "{} is {} and {}",
                                one.shown(),
                                one.run,
                                other.run
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_printed_file_says_the_defaults() {
        for lang in [Lang::En, Lang::Fr] {
            let printed = Keymap::print(&Locale::new(lang));
            let loaded = Keymap::load(&printed).expect("the printed file is good");
            for layer in Layer::iter() {
                let bindings =
                    |keymap: &Keymap| keymap.layer(layer).map(|b| (b.shown(), b.run)).collect::<BTreeSet<_>>();
                assert_eq!(bindings(&loaded), bindings(&Keymap::defaults()), "{}", layer.name());
            }
        }
    }

    #[test]
    fn a_line_replaces_what_stood_on_its_keys() {
        let keymap = Keymap::load(
            "[case]\nkeys = [\n { on = \"l\", run = \"case.monitor\", desc = \"Watch\" },\n { on = \"m\", run = \"none\" },\n]\n",
        )
        .expect("a good file");
        assert_eq!(keymap.keys_for(Command::CaseMonitor, &[Layer::Case]).as_deref(), Some("l"));
        assert_eq!(keymap.keys_for(Command::CaseLetStand, &[Layer::Case]), None);
    }
}
