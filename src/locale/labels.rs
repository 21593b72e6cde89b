//! Labels in words, the same on the desk, in the log pane and in reports.

use super::Locale;
use crate::mention::{Labels, hostility_token};
use crate::tr;

impl Locale {
    /// What a person said of a mention's words: `hostility: not hostile, tone: neutral`.
    pub fn labels(&self, labels: &Labels) -> String {
        let Labels { tone, hostility, target, dangers, intents, post_type, language, urgency, level } = labels;
        let list = |family: &str, tokens: Vec<&str>| match tokens[..] {
            [] => self.text("label-nothing"),
            _ => tokens.iter().map(|token| self.word(family, token)).collect::<Vec<_>>().join(" + "),
        };
        let dangers = dangers.as_ref().map(|all| list("danger", all.iter().map(|danger| danger.token()).collect()));
        let intents = intents.as_ref().map(|all| list("intent", all.iter().map(|intent| intent.token()).collect()));
        let parts = [
            ("tone", tone.map(|tone| self.word("tone", tone.token()))),
            ("hostility", hostility.map(|level| self.word("hostility", hostility_token(level)))),
            ("target", target.map(|target| self.word("target", target.token()))),
            ("danger", dangers),
            ("intents", intents),
            ("type", post_type.map(|found| self.word("post-type", found.token()))),
            ("language", language.map(|language| self.word("language", language.token()))),
            ("urgency", urgency.map(|level| level.to_string())),
            ("priority", level.map(|level| level.token().to_owned())),
        ];
        let told = parts.into_iter().filter_map(|(name, word)| Some((self.text(&format!("label-{name}")), word?)));
        told.map(|(name, word)| tr!(self, "label", name = name, word = word)).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::mention::{Intent, Level};

    #[test]
    fn labels_are_told_in_both_languages() {
        let labels = Labels {
            hostility: Some(0),
            dangers: Some(Vec::new()),
            intents: Some(vec![Intent::Question, Intent::Complaint]),
            level: Some(Level::P2),
            ..Labels::default()
        };
        let said = |lang| Locale::new(lang).labels(&labels);
        assert!(
            said(Lang::En).ends_with("danger: none, intents: question + complaint, priority: P2"),
            "{}",
            said(Lang::En)
        );
        assert!(said(Lang::Fr).contains("danger : rien"), "{}", said(Lang::Fr));
    }
}
