//! What an assessment takes over from the one before it.

use super::{Assessment, ClusterRef, DangerHit, Hostility, IntentHit, SurgeHit, ToneGuess, TypeGuess};
use crate::mention::{Confidence, Labels, Tone};

/// A person is sure.
const SAID: Confidence = Confidence::percent(100);

/// What another plan does not change: what stood around the mention when it arrived, and what a person said of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// What a person said against what the program found.
    pub said: Labels,
    /// The near-copies it stood among.
    pub cluster: Option<ClusterRef>,
    /// What it was part of the rise of.
    pub surges: Vec<SurgeHit>,
}

impl Assessment {
    /// What a new assessment of the same mention takes over.
    pub fn kept(&self) -> Kept {
        Kept { said: self.said.clone(), cluster: self.cluster.clone(), surges: self.surges.clone() }
    }

    /// What is said now of everything that `asked` says something of.
    pub fn labels_asked(&self, asked: &Labels) -> Labels {
        let Labels { tone, hostility, target, dangers, intents, post_type, language, urgency, level } = asked;
        let target = target.and(self.hostility.target);
        Labels {
            tone: tone.map(|_| self.tone.label),
            hostility: hostility.map(|_| self.hostility.level),
            target,
            dangers: dangers.as_ref().map(|_| self.dangers.iter().map(|hit| hit.danger).collect()),
            intents: intents.as_ref().map(|_| self.intents.iter().map(|hit| hit.intent).collect()),
            post_type: post_type.and(self.post_type.map(|guess| guess.label)),
            language: language.map(|_| self.language.code),
            urgency: urgency.map(|_| self.urgency.level),
            level: level.map(|_| self.priority.level),
        }
    }

    /// Puts the word of a person, or of the plan, in the place of what was found, before any rule on what was found out asks
    /// for it. The level comes last, with the priority.
    pub(in crate::pipeline) fn amend(&mut self, said: &Labels) {
        if let Some(label) = said.tone {
            let score = match label {
                Tone::Negative => -100,
                Tone::Positive => 100,
                Tone::Neutral | Tone::Unsure => 0,
            };
            self.tone = ToneGuess { label, leaning: label, score, confidence: SAID, spans: Vec::new() };
        }
        self.amend_hostility(said);
        if let Some(dangers) = &said.dangers {
            let found = std::mem::take(&mut self.dangers);
            let spans = |danger| found.iter().find(|hit| hit.danger == danger).map(|hit| hit.spans.clone());
            let hit = |&danger| DangerHit { danger, confidence: SAID, spans: spans(danger).unwrap_or_default() };
            self.dangers = dangers.iter().map(hit).collect();
        }
        if let Some(intents) = &said.intents {
            let found = std::mem::take(&mut self.intents);
            let spans = |intent| found.iter().find(|hit| hit.intent == intent).map(|hit| hit.spans.clone());
            let hit = |&intent| IntentHit { intent, confidence: SAID, spans: spans(intent).unwrap_or_default() };
            self.intents = intents.iter().map(hit).collect();
        }
        if let Some(label) = said.post_type {
            self.post_type = Some(TypeGuess { label, confidence: SAID });
        }
        if let Some(code) = said.language {
            (self.language.code, self.language.confidence) = (code, SAID);
        }
        if let Some(level) = said.urgency {
            (self.urgency.level, self.urgency.confidence) = (level, SAID);
        }
    }

    fn amend_hostility(&mut self, said: &Labels) {
        if let Some(level) = said.hostility {
            let found = std::mem::take(&mut self.hostility);
            let kept = if level > 0 { (found.target, found.spans) } else { (None, Vec::new()) };
            let (target, spans) = kept;
            self.hostility = Hostility { level, offensive: found.offensive, target, confidence: SAID, spans };
        }
        if let Some(target) = said.target {
            self.hostility.target = Some(target);
        }
    }
}
