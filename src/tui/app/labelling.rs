//! Saying otherwise of a mention's words than the program did: one key, one choice, one record for each mention.
//!
//! What enters: a choice of the menu. What leaves: the labels a person means for a mention, which depend on those it has: a
//! danger or an intent is added where it is missing and taken away where it is there.

use strum::IntoEnumIterator;

use super::App;
use crate::mention::{Danger, Intent, Labels, Language, Level, MAX_HOSTILITY, MAX_URGENCY, PostType, Target, Tone};
use crate::pipeline::Assessment;
use crate::triage;
use crate::tui::state::menu::{Choice, Item};

/// What a person says is otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relabelling {
    /// These labels.
    Set(Labels),
    /// The danger is there and was missed, or is not and was found.
    Danger(Danger),
    /// The same of an intent.
    Intent(Intent),
}

impl Relabelling {
    /// The labels a person means for what was found.
    fn labels(&self, found: &Assessment) -> Labels {
        fn toggled<T: Copy + PartialEq>(there: impl Iterator<Item = T>, one: T) -> Vec<T> {
            let mut all: Vec<T> = there.collect();
            if all.contains(&one) {
                all.retain(|other| *other != one);
            } else {
                all.push(one);
            }
            all
        }
        match self {
            Self::Set(labels) => labels.clone(),
            Self::Danger(danger) => {
                let dangers = Some(toggled(found.dangers.iter().map(|hit| hit.danger), *danger));
                Labels { dangers, ..Labels::default() }
            }
            Self::Intent(intent) => {
                let intents = Some(toggled(found.intents.iter().map(|hit| hit.intent), *intent));
                Labels { intents, ..Labels::default() }
            }
        }
    }

    /// The command it comes to for a mention that was assessed so.
    pub(super) fn command(&self, found: &Assessment) -> triage::Command {
        let labels = self.labels(found);
        let was = found.labels_asked(&labels);
        triage::Command::Relabel { labels, was, note: None }
    }
}

impl App {
    /// Everything that can be said of the words of the mention under the cursor; what is said already is told so.
    pub(super) fn label_items(&self) -> Vec<Item> {
        let locale = self.locale();
        let found = self.selected_case().map(|case| &case.assessed.assessment);
        let item = |relabelling: Relabelling| {
            let pending = Assessment::pending();
            let of = found.unwrap_or(&pending);
            let (label, is_so) = match &relabelling {
                Relabelling::Set(labels) => (locale.labels(labels), of.labels_asked(labels) == *labels),
                Relabelling::Danger(danger) => {
                    let labels = Labels { dangers: Some(vec![*danger]), ..Labels::default() };
                    (locale.labels(&labels), of.has_danger(*danger))
                }
                Relabelling::Intent(intent) => {
                    let labels = Labels { intents: Some(vec![*intent]), ..Labels::default() };
                    (locale.labels(&labels), of.has_intent(*intent))
                }
            };
            let toggles = !matches!(relabelling, Relabelling::Set(_));
            let detail = match (is_so, toggles) {
                (true, true) => locale.text("desk-label-take-away"),
                (true, false) => locale.text("desk-label-is-so"),
                (false, _) => String::new(),
            };
            Item { label, detail, quick: quick(&relabelling), choice: Choice::Label(relabelling) }
        };
        relabellings().map(item).collect()
    }
}

/// The key that takes a choice at once: the digits of hostility, and the signs of tone.
fn quick(relabelling: &Relabelling) -> Option<char> {
    match relabelling {
        Relabelling::Set(Labels { hostility: Some(level), .. }) => char::from_digit(u32::from(*level), 10),
        Relabelling::Set(Labels { tone: Some(tone), .. }) => match tone {
            Tone::Negative => Some('-'),
            Tone::Neutral => Some('='),
            Tone::Positive => Some('+'),
            Tone::Unsure => None,
        },
        _ => None,
    }
}

/// What can be said, what is most often wrong first.
fn relabellings() -> impl Iterator<Item = Relabelling> {
    let none = Labels::default;
    let hostility = (0..=MAX_HOSTILITY).map(move |level| Labels { hostility: Some(level), ..none() });
    let tones = [Tone::Negative, Tone::Neutral, Tone::Positive];
    let tones = tones.into_iter().map(move |tone| Labels { tone: Some(tone), ..none() });
    let levels = Level::iter().map(move |level| Labels { level: Some(level), ..none() });
    let urgency = (0..=MAX_URGENCY).map(move |level| Labels { urgency: Some(level), ..none() });
    let targets = Target::iter().map(move |target| Labels { target: Some(target), ..none() });
    let types = PostType::iter().map(move |found| Labels { post_type: Some(found), ..none() });
    let languages = Language::iter().map(move |language| Labels { language: Some(language), ..none() });
    let dangers = Danger::iter().filter(|danger| *danger != Danger::Other);
    let first = hostility.map(Relabelling::Set).chain(dangers.map(Relabelling::Danger));
    let second = tones.map(Relabelling::Set).chain(Intent::iter().map(Relabelling::Intent));
    first.chain(second).chain(levels.chain(urgency).chain(targets).chain(types).chain(languages).map(Relabelling::Set))
}
