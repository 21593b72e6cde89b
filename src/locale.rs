//! Every word the program shows a person, in English and French.
//!
//! What enters: a message's name and its arguments. What leaves: text in the person's language. The words
//! stand in Fluent files beside this module, one file an area, embedded in the program; a test
//! fails when a name or an argument stands in one language and not in the other. Nothing else in the
//! program words a sentence for the screen.

mod format;
mod labels;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

pub use format::{Clock24, number, tenths};

/// An interface language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English, with Canadian spelling.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// `en` or `fr`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// Reads a POSIX locale such as `fr_CA.UTF-8` or a language tag; anything but French is English.
    pub fn from_locale(tag: &str) -> Self {
        if tag.trim().to_ascii_lowercase().starts_with("fr") { Self::Fr } else { Self::En }
    }

    fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::En => EN,
            Self::Fr => FR,
        }
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(token: &str) -> Result<Self, String> {
        match token {
            "en" => Ok(Self::En),
            "fr" => Ok(Self::Fr),
            other => Err(format!("unknown language {other:?}: expected en or fr")),
        }
    }
}

/// Lists the areas once for both languages, so that a file cannot be embedded in one only.
macro_rules! areas {
    ($($area:literal),+ $(,)?) => {
        const EN: &[(&str, &str)] = &[$(($area, include_str!(concat!("locale/en/", $area, ".ftl")))),+];
        const FR: &[(&str, &str)] = &[$(($area, include_str!(concat!("locale/fr/", $area, ".ftl")))),+];
    };
}

areas![
    "words",
    "plan",
    "query",
    "explain",
    "plan_page",
    "eval",
    "trial",
    "why",
    "desk",
    "commands",
    "sources",
    "source_add",
    "report",
    "cli"
];

/// The words of one language.
pub struct Locale {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Locale").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl Locale {
    /// Loads the embedded words of `lang`.
    pub fn new(lang: Lang) -> Self {
        let tag = match lang {
            Lang::En => unic_langid::langid!("en-CA"),
            Lang::Fr => unic_langid::langid!("fr-CA"),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolates are invisible format characters: they must never reach a screen, a file or a clipboard.
        bundle.set_use_isolating(false);
        for (area, source) in lang.files() {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) => resource,
                Err((partial, errors)) => {
                    debug_assert!(errors.is_empty(), "locale file {}/{area}.ftl: {errors:?}", lang.code());
                    partial
                }
            };
            if let Err(errors) = bundle.add_resource(resource) {
                debug_assert!(errors.is_empty(), "locale file {}/{area}.ftl: {errors:?}", lang.code());
            }
        }
        Self { lang, bundle }
    }

    /// The language of these words.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The message `name` without arguments. An unknown name shows itself, so that a gap is seen and never hides a fact.
    pub fn text(&self, name: &str) -> String {
        self.format(name, None)
    }

    /// The message `name` with arguments.
    pub fn text_with(&self, name: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (key, value) in args {
            fluent.set(*key, value.fluent());
        }
        self.format(name, Some(&fluent))
    }

    /// The word for a token of the vocabulary: `word("disposition", "let_stand")` reads `disposition-let-stand`.
    pub fn word(&self, family: &str, token: &str) -> String {
        let name = format!("{family}-{}", token.replace('_', "-").to_ascii_lowercase());
        if self.bundle.has_message(&name) { self.text(&name) } else { token.to_owned() }
    }

    fn format(&self, name: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(name).and_then(|message| message.value()) else {
            debug_assert!(false, "no message named {name} in {}", self.lang.code());
            return name.to_owned();
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        debug_assert!(errors.is_empty(), "message {name}: {errors:?}");
        text.into_owned()
    }
}

/// An argument of a message.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// Text put in as it is.
    Text(Cow<'a, str>),
    /// A count: chooses the plural form and is written the language's way.
    Count(i64),
}

impl Arg<'_> {
    fn fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::from(text.as_ref()),
            Self::Count(count) => FluentValue::from(*count),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Arg<'_> {
    fn from(count: u64) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Arg<'_> {
    fn from(count: u32) -> Self {
        Self::Count(i64::from(count))
    }
}

impl From<i64> for Arg<'_> {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<i32> for Arg<'_> {
    fn from(count: i32) -> Self {
        Self::Count(i64::from(count))
    }
}

/// Words a message: `tr!(locale, "desk-new-rows", count = 3)`.
#[macro_export]
macro_rules! tr {
    ($locale:expr, $name:expr) => { $locale.text($name) };
    ($locale:expr, $name:expr, $($key:ident = $value:expr),+ $(,)?) => {
        $locale.text_with($name, &[$((stringify!($key), $crate::locale::Arg::from($value))),+])
    };
}

#[cfg(test)]
mod tests;
