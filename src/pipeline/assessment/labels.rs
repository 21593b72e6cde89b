//! What is said of a mention's words: language, tone, hostility, dangers, intents; and of what stands around it.
//!
//! Every label carries its confidence and its evidence. Below its own threshold a label is shown as unsure:
//! `is_sure` answers that in one place for screens, queries and reports.

use serde::{Deserialize, Serialize};

use super::pairs;
use crate::mention::{
    Confidence, Danger, Id, Intent, Language, MentionId, PostType, Span, Target, Tone, hostility_token,
};

/// The language a mention seems to be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageGuess {
    /// The language, limited to the plan's.
    pub code: Language,
    /// Below [`LanguageGuess::SURE`] it is shown as unsure.
    pub confidence: Confidence,
    /// True when it changes between English and French; `code` is the one that carries it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mixed: bool,
}

impl LanguageGuess {
    /// From here on the guess is shown without "unsure".
    pub const SURE: Confidence = Confidence::percent(70);

    /// True when the guess needs no caveat.
    pub fn is_sure(self) -> bool {
        self.confidence >= Self::SURE
    }
}

impl Default for LanguageGuess {
    fn default() -> Self {
        Self { code: Language::Other, confidence: Confidence::NONE, mixed: false }
    }
}

/// How a mention feels about its subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToneGuess {
    /// [`Tone::Unsure`] where the signs are too few or speak against each other.
    pub label: Tone,
    /// The nearest of the three labels: what `label` is unless it is unsure.
    pub leaning: Tone,
    /// From -100, against, to 100, for.
    pub score: i8,
    /// How sure the leaning is.
    pub confidence: Confidence,
    /// The words that speak for the label, sorted.
    #[serde(with = "pairs", default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

impl Default for ToneGuess {
    fn default() -> Self {
        Self { label: Tone::Unsure, leaning: Tone::Neutral, score: 0, confidence: Confidence::NONE, spans: Vec::new() }
    }
}

/// How hostile a mention is, and towards whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hostility {
    /// 0 none, 1 heated or rude, 2 abusive, 3 a threat.
    pub level: u8,
    /// True for unacceptable language or an insult, whether it is aimed at somebody or not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub offensive: bool,
    /// At whom or what it is aimed, where that can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Below [`Hostility::SURE`] it is shown as unsure.
    pub confidence: Confidence,
    /// The words that show it, sorted.
    #[serde(with = "pairs", default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

impl Hostility {
    /// From this level on it is abuse.
    pub const ABUSIVE: u8 = 2;
    /// From here on the level is shown without "unsure".
    pub const SURE: Confidence = Confidence::percent(60);

    /// True when the level needs no caveat.
    pub fn is_sure(&self) -> bool {
        self.confidence >= Self::SURE
    }

    /// The level's name in files.
    pub fn token(&self) -> &'static str {
        hostility_token(self.level)
    }
}

/// A danger somebody may be in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DangerHit {
    /// Which sort.
    pub danger: Danger,
    /// Below [`DangerHit::SURE`] it is shown as possible; it counts all the same.
    pub confidence: Confidence,
    /// The words that show it, sorted.
    #[serde(with = "pairs", default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

impl DangerHit {
    /// From here on the danger is shown without "possible".
    pub const SURE: Confidence = Confidence::percent(70);

    /// True when it needs no caveat.
    pub fn is_sure(&self) -> bool {
        self.confidence >= Self::SURE
    }
}

/// An intent and the words that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntentHit {
    /// What the author wants.
    pub intent: Intent,
    /// Below [`IntentHit::SURE`] it is shown as unsure.
    #[serde(default)]
    pub confidence: Confidence,
    /// The evidence in the text, sorted.
    #[serde(with = "pairs", default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

impl IntentHit {
    /// From here on the intent is shown without "unsure".
    pub const SURE: Confidence = Confidence::percent(60);

    /// True when it needs no caveat.
    pub fn is_sure(&self) -> bool {
        self.confidence >= Self::SURE
    }
}

/// The type of a post, a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeGuess {
    /// Which.
    pub label: PostType,
    /// How sure.
    pub confidence: Confidence,
}

impl TypeGuess {
    /// From here on the type is shown without "unsure".
    pub const SURE: Confidence = Confidence::percent(60);

    /// True when it needs no caveat.
    pub fn is_sure(self) -> bool {
        self.confidence >= Self::SURE
    }
}

/// How soon a mention's words ask for somebody, whatever the plan thinks of its subject.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urgency {
    /// 0 nothing to do, 1 when convenient, 2 today, 3 now.
    pub level: u8,
    /// The higher, the sooner; only to put mentions in order.
    pub score: i32,
    /// How sure the level is.
    pub confidence: Confidence,
    /// The words that show it, sorted.
    #[serde(with = "pairs", default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

/// The near-copies a mention stands among.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterRef {
    /// The cluster: the id of its earliest member.
    pub id: MentionId,
    /// How many there were when this one arrived, itself included.
    pub size: u32,
}

/// A rise that a mention was part of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurgeHit {
    /// The initiative that is talked about more than usual; `None` is everything together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiative: Option<Id>,
    /// 1 noticeable, 2 strong, 3 exceptional.
    pub level: u8,
}
