//! What a person says of a mention's words, against what the program found.

use serde::{Deserialize, Serialize};

use super::{Danger, Intent, Language, Level, PostType, Target, Tone};

/// A person's labels; what is `None` is left to the program. They stand until the same person or another says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// How it feels about its subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tone: Option<Tone>,
    /// How hostile it is, 0 to [`super::MAX_HOSTILITY`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hostility: Option<u8>,
    /// At whom or what the hostility is aimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// All dangers it speaks of; an empty list is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dangers: Option<Vec<Danger>>,
    /// Everything its author wants; an empty list is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intents: Option<Vec<Intent>>,
    /// The type of post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_type: Option<PostType>,
    /// The language it is written in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// How soon it asks for somebody, 0 to [`super::MAX_URGENCY`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<u8>,
    /// The level of its priority, whatever the plan's points say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
}

impl Labels {
    /// True when nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes over what `later` says; what it leaves open stays.
    pub fn merge(&mut self, later: &Self) {
        let Self { tone, hostility, target, dangers, intents, post_type, language, urgency, level } = later.clone();
        self.tone = tone.or(self.tone);
        self.hostility = hostility.or(self.hostility);
        self.target = target.or(self.target);
        self.dangers = dangers.or(self.dangers.take());
        self.intents = intents.or(self.intents.take());
        self.post_type = post_type.or(self.post_type);
        self.language = language.or(self.language);
        self.urgency = urgency.or(self.urgency);
        self.level = level.or(self.level);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_word_counts_and_the_earlier_one_stands_where_it_is_silent() {
        let mut labels = Labels { hostility: Some(2), tone: Some(Tone::Negative), ..Labels::default() };
        labels.merge(&Labels { hostility: Some(0), dangers: Some(Vec::new()), ..Labels::default() });
        let expected =
            Labels { hostility: Some(0), tone: Some(Tone::Negative), dangers: Some(Vec::new()), ..Labels::default() };
        assert_eq!(labels, expected);
        let json = serde_json::to_string(&labels).expect("serialises");
        assert_eq!(json, r#"{"tone":"negative","hostility":0,"dangers":[]}"#);
        assert_eq!(serde_json::from_str::<Labels>(&json).ok(), Some(labels));
    }
}
