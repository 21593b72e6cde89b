//! Whether a text is rude or abusive, and to whom. Criticism is not hostility, and neither is an oath at nobody.
//!
//! What enters: a text's tokens, then what the model makes of it. What leaves: a `Hostility` with its evidence, and whether the
//! text is offensive. Three axes are kept apart: how strong a word is (`hostility/*.words`), whom it strikes (`aim`), and what
//! the whole text sounds like (the model, which is told what was counted here).

mod aim;
mod disguise;
mod judge;
mod scene;
mod words;

use aim::{Aim, Struck, View};
use scene::{Scene, Spot};
use words::{Kinds, Tongue};

use crate::mention::Span;
use crate::text::tokens::Tokens;

use super::model::{Features, Slots};

/// The sorts of words that are counted, with the steps a count is marked in.
const SORTS: [(Kinds, u16); 20] = [
    (Kinds::OATH, 4),
    (Kinds::MILD_OATH, 2),
    (Kinds::VULGAR, 2),
    (Kinds::INSULT, 2),
    (Kinds::DEGRADING, 2),
    (Kinds::BANTER, 2),
    (Kinds::ACCUSATION, 2),
    (Kinds::SCORN, 2),
    (Kinds::MILD_SCORN, 2),
    (Kinds::TINGE, 2),
    (Kinds::SLUR, 2),
    (Kinds::DOUBTFUL_SLUR, 1),
    (Kinds::BRUTE, 2),
    (Kinds::ATTACK, 2),
    (Kinds::ABUSE, 1),
    (Kinds::HATE, 1),
    (Kinds::IDENTITY, 2),
    (Kinds::GROUP, 1),
    (Kinds::YOU, 2),
    (Kinds::QUOTE, 1),
];

/// All of [`SORTS`]: most words are none of them.
const COUNTED: Kinds = Kinds::HOT.or(Kinds::IDENTITY).or(Kinds::GROUP).or(Kinds::YOU).or(Kinds::QUOTE).or(Kinds::TINGE);

/// The sorts of words that can strike, each marked where it does.
const STRIKING: [Kinds; 10] = [
    Kinds::ATTACK.or(Kinds::ABUSE),
    Kinds::INSULT,
    Kinds::DEGRADING,
    Kinds::SLUR,
    Kinds::ACCUSATION,
    Kinds::SCORN.or(Kinds::MILD_SCORN),
    Kinds::BANTER,
    Kinds::BRUTE,
    Kinds::OATH,
    Kinds::HATE,
];

/// Words that say what the author thinks of somebody.
const NAMING: Kinds = Kinds::NAMES.or(Kinds::SCORN).or(Kinds::ATTACK).or(Kinds::ABUSE).or(Kinds::DOUBTFUL_SLUR);

/// The marks of a French text begin here, so that the model weighs each language's words by themselves.
const FRENCH: u16 = 80;

/// One thing said that strikes somebody.
#[derive(Debug, Clone, Copy)]
struct Strike {
    spot: Spot,
    struck: Struck,
    weight: u8,
}

/// What the rules found, the strongest first. The less there is, the surer the model has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// Somebody is degraded: a slur, abuse, hatred.
    Struck,
    /// Somebody is insulted.
    Hit,
    /// Somebody is mocked or accused.
    Touched,
    /// What would have struck is denied, quoted or said of the author.
    Spared,
    /// Insults that strike nobody.
    Named,
    /// Oaths at nobody.
    Sworn,
    /// Words with an edge that are mostly plain.
    Coloured,
    /// Nothing, but a group is spoken of that is often attacked.
    People,
    /// Nothing.
    Plain,
}

/// What the rules see in a text. It is scratch: filled again and again, it stops allocating.
#[derive(Debug, Default)]
pub struct AbuseReading {
    scene: Scene,
    counts: [u8; SORTS.len()],
    strikes: Vec<Strike>,
    /// Words that would have struck, had they not been denied, quoted or said of the author.
    spared: u8,
}

impl AbuseReading {
    /// Replaces what was there by what is seen in `text`.
    pub fn fill(&mut self, text: &str, tokens: &Tokens) {
        self.scene.fill(text, tokens);
        self.strikes.clear();
        self.spared = 0;
        self.count();
        let view = View { text, tokens, scene: &self.scene };
        for &spot in self.scene.spots() {
            match view.aim(spot) {
                Aim::At(struck) => {
                    let weight = weight(spot.kinds, struck);
                    self.strikes.push(Strike { spot, struck, weight });
                }
                Aim::Author | Aim::Denied | Aim::Quoted => self.spared = self.spared.saturating_add(1),
                Aim::Nobody => {}
            }
        }
    }

    fn count(&mut self) {
        self.counts = [0; SORTS.len()];
        for kinds in self.scene.all().iter().filter(|kinds| kinds.any(COUNTED)) {
            for (count, (kind, _)) in self.counts.iter_mut().zip(SORTS) {
                *count = count.saturating_add(u8::from(kinds.any(kind)));
            }
        }
    }

    fn heaviest(&self) -> u8 {
        self.strikes.iter().map(|strike| strike.weight).max().unwrap_or(0)
    }

    fn sum(&self) -> u8 {
        self.strikes.iter().fold(0, |sum: u8, strike| sum.saturating_add(strike.weight))
    }

    /// Marks what was counted, for the model.
    pub(super) fn mark(&self, features: &mut Features) {
        let base = if self.scene.tongue() == Tongue::French { FRENCH } else { 0 };
        let mut at = base;
        let mut steps = |count: u8, steps: u16| {
            features.mark_steps(Slots::ABUSE, at, u16::from(count).min(steps));
            at += steps;
        };
        for (count, (_, most)) in self.counts.iter().zip(SORTS) {
            steps(*count, most);
        }
        steps(self.strikes.len().min(255) as u8, 4);
        steps(self.heaviest(), 4);
        steps(self.sum(), 7);
        steps(self.spared, 1);
        let hot = self.scene.spots();
        let seen = self.scene.seen();
        let any = |kind: Kinds| seen.any(kind);
        let struck = |is: &dyn Fn(Struck) -> bool| self.strikes.iter().any(|strike| is(strike.struck));
        let facts = [
            struck(&|struck| struck == Struck::You),
            struck(&|struck| struck == Struck::Them),
            struck(&|struck| matches!(struck, Struck::People(kinds) if kinds.any(Kinds::IDENTITY))),
            struck(&|struck| matches!(struck, Struck::People(kinds) if !kinds.any(Kinds::IDENTITY))),
            struck(&|struck| matches!(struck, Struck::Name | Struck::Handle)),
            struck(&|struck| struck == Struck::Somebody),
            self.strikes.is_empty() && any(Kinds::OATH),
            self.strikes.is_empty() && any(Kinds::NAMES),
            any(Kinds::IDENTITY) && any(Kinds::OATH.or(Kinds::SCORN).or(Kinds::BRUTE)),
            any(Kinds::IDENTITY) && hot.is_empty(),
            any(Kinds::YOU) && !self.strikes.is_empty(),
            hot.is_empty(),
            self.scene.tongue() == Tongue::Both,
        ];
        for fact in facts {
            steps(u8::from(fact), 1);
        }
        for kinds in STRIKING {
            steps(u8::from(self.strikes.iter().any(|strike| strike.spot.kinds.any(kinds))), 1);
        }
    }

    /// The words that strike.
    pub fn spans(&self, tokens: &Tokens) -> Vec<Span> {
        let words = tokens.words();
        let span = |spot: Spot| Some(words.get(spot.at)?.span().start..words.get(spot.at + spot.len - 1)?.span().end);
        self.strikes.iter().filter_map(|strike| span(strike.spot)).collect()
    }

    /// What kind of reason there is to call the text hostile.
    pub fn ground(&self) -> Ground {
        let seen = self.scene.seen();
        let any = |kind: Kinds| seen.any(kind);
        match self.heaviest() {
            4.. => Ground::Struck,
            2.. => Ground::Hit,
            1 => Ground::Touched,
            0 if self.spared > 0 => Ground::Spared,
            0 if any(NAMING) => Ground::Named,
            0 if any(Kinds::OATH) => Ground::Sworn,
            0 if any(Kinds::HOT) => Ground::Coloured,
            0 if any(Kinds::IDENTITY) => Ground::People,
            0 => Ground::Plain,
        }
    }
}

/// How heavily a spot of these kinds strikes.
fn weight(kinds: Kinds, struck: Struck) -> u8 {
    let group = matches!(struck, Struck::People(kinds) if kinds.any(Kinds::IDENTITY));
    if kinds.any(Kinds::SLUR.or(Kinds::ABUSE).or(Kinds::DEGRADING).or(Kinds::DOUBTFUL_SLUR)) {
        return 4;
    }
    let hatred = Kinds::HATE.or(Kinds::BRUTE).or(Kinds::SCORN).or(Kinds::OATH).or(Kinds::NAMES).or(Kinds::MILD_SCORN);
    if group && kinds.any(hatred) || kinds.any(Kinds::BRUTE) && !kinds.any(Kinds::BANTER) {
        return 4;
    }
    let heavy = Kinds::INSULT.or(Kinds::ATTACK).or(Kinds::BRUTE).or(Kinds::SCORN).or(Kinds::OATH).or(Kinds::HATE);
    if kinds.any(heavy) { 2 } else { 1 }
}

#[cfg(test)]
mod tests;
