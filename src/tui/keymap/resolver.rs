//! Turns one key after the other into a result; keeps only the keys of a sequence that has begun.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::{Key, Keymap};
use crate::tui::command::{Command, Layer};

/// What a key came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// The keys run this command.
    Matched(Command),
    /// The keys begin one or more sequences.
    Pending {
        /// How it can go on.
        candidates: Vec<Candidate>,
    },
    /// The key means nothing here; in a text field it is text.
    NotFound,
    /// The key ended a sequence that led nowhere; it is not looked up again.
    Cancelled,
}

/// One way a pending sequence can go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The keys still to be pressed, as shown.
    pub keys: String,
    /// What they run.
    pub command: Command,
}

/// The keys of a sequence that has begun.
#[derive(Debug, Clone, Default)]
pub struct Resolver {
    pressed: Vec<Key>,
    candidates: Vec<Candidate>,
}

impl Resolver {
    /// How the sequence that has begun can go on; empty when none has.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The keys pressed so far, as shown.
    pub fn pressed(&self) -> String {
        super::key::show_sequence(&self.pressed)
    }

    /// Forgets a sequence that has begun.
    pub fn reset(&mut self) {
        self.pressed.clear();
        self.candidates.clear();
    }

    /// Looks `event` up in `layers`, the first that knows the keys wins.
    pub fn resolve(&mut self, event: &KeyEvent, keymap: &Keymap, layers: &[Layer]) -> Resolution {
        if event.code == KeyCode::Esc && !self.pressed.is_empty() {
            self.reset();
            return Resolution::Cancelled;
        }
        self.pressed.push(Key::from_event(event));
        for layer in layers {
            if let Some(binding) = keymap.layer(*layer).find(|binding| binding.on == self.pressed) {
                let command = binding.run;
                self.reset();
                return Resolution::Matched(command);
            }
            // A prefix in an inner layer hides the outer layers, as a whole key does.
            let candidates: Vec<Candidate> = keymap
                .layer(*layer)
                .filter(|binding| binding.on.starts_with(&self.pressed))
                .map(|binding| Candidate {
                    keys: super::key::show_sequence(&binding.on[self.pressed.len()..]),
                    command: binding.run,
                })
                .collect();
            if !candidates.is_empty() {
                self.candidates.clone_from(&candidates);
                return Resolution::Pending { candidates };
            }
        }
        let was_sequence = self.pressed.len() > 1;
        self.reset();
        if was_sequence { Resolution::Cancelled } else { Resolution::NotFound }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::KeyModifiers;

    use super::*;

    fn press(resolver: &mut Resolver, character: char, layers: &[Layer]) -> Resolution {
        let event = KeyEvent::new(KeyCode::Char(character), KeyModifiers::empty());
        resolver.resolve(&event, &Keymap::defaults(), layers)
    }

    const FEED: &[Layer] = &[Layer::Feed, Layer::Case, Layer::Desk];

    #[test]
    fn a_single_key_matches_at_once() {
        assert_eq!(press(&mut Resolver::default(), 'l', FEED), Resolution::Matched(Command::CaseLetStand));
    }

    #[test]
    fn a_sequence_shows_its_candidates_then_matches() {
        let mut resolver = Resolver::default();
        let Resolution::Pending { candidates } = press(&mut resolver, 'R', FEED) else { panic!("R is a prefix") };
        assert_eq!(candidates.len(), 2);
        assert_eq!(candidates[0].keys, "s");
        assert_eq!(press(&mut resolver, 'h', FEED), Resolution::Matched(Command::ReportHandover));
        assert!(resolver.candidates().is_empty());
    }

    #[test]
    fn a_wrong_key_ends_a_sequence_and_does_nothing_else() {
        let mut resolver = Resolver::default();
        press(&mut resolver, 'R', FEED);
        assert_eq!(press(&mut resolver, 'x', FEED), Resolution::Cancelled);
        assert_eq!(press(&mut resolver, 'x', FEED), Resolution::Matched(Command::CaseNotRelevant));
    }

    #[test]
    fn a_text_layer_leaves_characters_alone() {
        assert_eq!(press(&mut Resolver::default(), 'l', &[Layer::Composer]), Resolution::NotFound);
    }
}
