//! Sentences for the trainer: how each sounds, and whether it ended with a question mark.

use crate::text::tokens::Tokens;

use super::{IntentFinder, Reading, Sounds};
use crate::pipeline::phrasing::Ending;

/// The scratch of the trainer.
#[derive(Debug, Default)]
pub struct Practice {
    tokens: Tokens,
    reading: Reading,
    finder: IntentFinder,
}

/// One sentence that was heard.
#[derive(Debug)]
pub struct Heard<'a> {
    /// A question mark ended it.
    pub asks: bool,
    /// Another sign that ended it.
    pub ending: Ending,
    /// How many words it has.
    pub words: usize,
    /// How it sounds.
    pub sounds: &'a Sounds,
}

impl Practice {
    /// Calls `hear` with every sentence of `text` that has words.
    pub fn sentences(&mut self, text: &str, french: bool, mut hear: impl FnMut(Heard<'_>)) {
        self.tokens.fill(text);
        self.reading.fill(&self.tokens);
        self.finder.phrasing.fill(text, &self.tokens);
        for at in 0..self.finder.phrasing.sentences().len() {
            let sentence = self.finder.phrasing.sentences()[at].clone();
            let words = self.tokens.words()[sentence.words.clone()].iter().filter(|word| !word.is_gap()).count();
            if words == 0 {
                continue;
            }
            let finding = self.finder.read(&sentence, &self.tokens, &self.reading);
            self.finder.hear(&sentence, &self.tokens, &self.reading, finding.cues(french, sentence.ending));
            hear(Heard { asks: sentence.asks.is_some(), ending: sentence.ending, words, sounds: &self.finder.sounds });
        }
        self.finder.found.iter_mut().for_each(Vec::clear);
    }
}
