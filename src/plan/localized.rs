//! Text of the plan that people read, in the organization's languages.

use crate::locale::Lang;
use crate::mention::Language;

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Fr => Self::Fr,
        }
    }
}

/// `{ en = "…", fr = "…" }`, or a bare string, which counts for every language. At least one is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Localized {
    /// The English text.
    pub en: Option<String>,
    /// The French text.
    pub fr: Option<String>,
}

impl Localized {
    /// One text for every language.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { en: Some(text.clone()), fr: Some(text) }
    }

    /// The text in `language` only; `None` when the plan does not have it.
    pub fn exact(&self, language: impl Into<Language>) -> Option<&str> {
        match language.into() {
            Language::En => self.en.as_deref(),
            Language::Fr => self.fr.as_deref(),
            Language::Other => None,
        }
    }

    /// The text in `language`, else in the other one: something to show, always.
    pub fn get(&self, language: impl Into<Language>) -> &str {
        self.exact(language).or(self.en.as_deref()).or(self.fr.as_deref()).unwrap_or_default()
    }

    /// Every text there is with its language, English first. A bare string comes twice.
    pub fn texts(&self) -> impl Iterator<Item = (Language, &str)> {
        let english = self.en.as_deref().map(|text| (Language::En, text));
        let french = self.fr.as_deref().map(|text| (Language::Fr, text));
        english.into_iter().chain(french)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_the_other() {
        let text = Localized { en: None, fr: Some("eau".to_owned()) };
        assert_eq!(text.get(Lang::En), "eau");
        assert_eq!(text.exact(Language::En), None);
        assert_eq!(text.get(Language::Other), "eau");
    }
}
