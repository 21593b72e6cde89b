//! A town's labelled posts, judged under the town's own plan.
//!
//! What enters: lines of JSON, each a mention with `labels` and the names of the labels that are `disputed`, which are left out. What
//! leaves: the figures a desk lives by: is hostility told from criticism, are threats found, is what asks for an answer
//! now near the top and what can be ignored out of the way.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::score::{Calibration, Tally};
use crate::mention::wire::{WireError, WireItem};
use crate::mention::{Danger, Id, Intent, Language, Level, MAX_HOSTILITY, MAX_URGENCY, Tone};
use crate::pipeline::{Assessment, Assessor, tidy};
use crate::plan::Plan;

/// The labels of one post.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Labels {
    relevant: bool,
    initiatives: Vec<String>,
    sentiment: String,
    hostility: u8,
    question: bool,
    request: bool,
    urgency: u8,
    lang: String,
}

#[derive(Debug, Deserialize)]
struct Line {
    labels: Labels,
    #[serde(default)]
    disputed: Vec<String>,
}

/// A line that is no labelled post.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {cause}")]
pub struct BadLine {
    /// Which.
    pub line: usize,
    /// What is wrong with it.
    pub cause: String,
}

/// A share, in counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many were right.
    pub right: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.of += 1;
        self.right += usize::from(right);
    }

    /// As a fraction; `None` of nothing.
    pub fn fraction(self) -> Option<f64> {
        super::score::share(self.right, self.of)
    }
}

/// The figures of a town's posts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gold {
    /// How many posts were judged.
    pub posts: usize,
    /// Hostility of 1 and more.
    pub hostility: Tally,
    /// Threats.
    pub threat: Tally,
    /// Questions and requests in English.
    pub asks_english: Tally,
    /// Questions and requests in French.
    pub asks_french: Tally,
    /// Initiatives, each of a post counted alone.
    pub initiatives: Tally,
    /// About this town.
    pub relevant: Tally,
    /// Negative, neutral or positive.
    pub sentiment: Share,
    /// English, French or another; what changes between the two may be called either.
    pub language: Share,
    /// Of what asks for an answer now, what is P1 or P2.
    pub now: Share,
    /// Of what can be ignored, what is neither.
    pub ignored: Share,
    /// Whether the confidence shown with tone, hostility, intents, dangers and language is deserved.
    pub calibration: Calibration,
}

impl Gold {
    /// Judges every line of `file`.
    pub fn of(file: &str, plan: &Plan, at: DateTime<Utc>) -> Result<Self, BadLine> {
        let (mut gold, mut assessor) = (Self::default(), Assessor::new());
        for (index, text) in file.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            let bad = |cause: String| BadLine { line: index + 1, cause };
            let line: Line = serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
            let item = WireItem::parse(text.as_bytes()).map_err(|error: WireError| bad(error.to_string()))?;
            let mut raw = item.into_raw(Id::from("eval"), at);
            raw.posted_at = raw.posted_at.or(Some(at));
            let found = assessor.assess_alone(&tidy(raw), plan);
            gold.add(&line, &found);
        }
        Ok(gold)
    }

    fn add(&mut self, line: &Line, found: &Assessment) {
        self.posts += 1;
        let labels = &line.labels;
        let agreed = |name: &str| !line.disputed.iter().any(|disputed| disputed == name);
        if agreed("hostility") {
            self.hostility.add(labels.hostility > 0, found.hostility.level > 0);
            self.threat.add(labels.hostility == MAX_HOSTILITY, found.has_danger(Danger::Threat));
            self.calibration.add(found.hostility.confidence, (labels.hostility > 0) == (found.hostility.level > 0));
        }
        if agreed("question") && agreed("request") {
            let asks = [Intent::Question, Intent::ServiceRequest].iter().any(|intent| found.has_intent(*intent));
            let tally = if labels.lang == "fr" { &mut self.asks_french } else { &mut self.asks_english };
            if labels.lang == "fr" || labels.lang == "en" {
                tally.add(labels.question || labels.request, asks);
            }
        }
        if agreed("initiatives") {
            self.add_initiatives(labels, found);
        }
        if agreed("relevant") {
            self.relevant.add(labels.relevant, found.relevant);
        }
        self.add_words(labels, found, agreed);
        if agreed("urgency") {
            let urgent = found.priority.level <= Level::P2;
            match labels.urgency {
                0 => self.ignored.add(!urgent),
                MAX_URGENCY => self.now.add(urgent),
                _ => {}
            }
        }
    }

    fn add_initiatives(&mut self, labels: &Labels, found: &Assessment) {
        let said = |id: &str| found.initiatives.iter().any(|hit| &*hit.id == id);
        for id in &labels.initiatives {
            self.initiatives.add(true, said(id));
        }
        for hit in &found.initiatives {
            if !labels.initiatives.iter().any(|id| **id == *hit.id) {
                self.initiatives.add(false, true);
            }
        }
    }

    fn add_words(&mut self, labels: &Labels, found: &Assessment, agreed: impl Fn(&str) -> bool) {
        if agreed("sentiment") {
            let expected = match labels.sentiment.as_str() {
                "neg" => Tone::Negative,
                "pos" => Tone::Positive,
                _ => Tone::Neutral,
            };
            self.sentiment.add(found.tone.leaning == expected);
            self.calibration.add(found.tone.confidence, found.tone.leaning == expected);
        }
        if agreed("lang") {
            let right = match labels.lang.as_str() {
                "en" => found.language.code == Language::En,
                "fr" => found.language.code == Language::Fr,
                "mixed" => found.language.code != Language::Other,
                _ => found.language.code == Language::Other,
            };
            self.language.add(right);
            self.calibration.add(found.language.confidence, right);
        }
        for hit in &found.intents {
            let (name, expected) = match hit.intent {
                Intent::Question => ("question", labels.question),
                Intent::ServiceRequest => ("request", labels.request),
                _ => continue,
            };
            if agreed(name) {
                self.calibration.add(hit.confidence, expected);
            }
        }
    }
}
