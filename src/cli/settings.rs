//! The settings a subcommand runs on: paths, configuration, language, from flags, environment and file.

use super::{CliError, Context, environment_language};
use crate::config::{Config, ConfigError, ConfigErrors, Overrides, Paths, Place};
use crate::locale::{Arg, Lang, Locale};
use crate::mention::Language;
use crate::tr;

/// Everything the layers of settings say.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) paths: Paths,
    pub(super) config: Config,
    /// The words of the language that was chosen: by flag, else variable, else file, else the machine's.
    pub(super) locale: Locale,
}

impl Settings {
    /// Reads them all; a broken configuration is told whole, each fault with its line.
    pub(super) fn load(context: &Context) -> Result<Self, CliError> {
        let paths = Paths::resolve(context.home.as_deref(), None)
            .ok_or_else(|| CliError::usage(tr!(context.locale, "log-no-home")))?;
        let broken = |errors: ConfigErrors| CliError::usage(told(&errors, &context.locale));
        let environment = Overrides::from_environment(|name| std::env::var(name).ok()).map_err(broken)?;
        let flags = Overrides { lang: context.lang.map(language), ..Overrides::default() };
        let config = Config::load(&paths, &flags, &environment).map_err(broken)?;
        let lang = config.lang.map_or_else(environment_language, |lang| Lang::from_locale(lang.token()));
        Ok(Self { paths, config, locale: Locale::new(lang) })
    }
}

fn language(lang: Lang) -> Language {
    match lang {
        Lang::En => Language::En,
        Lang::Fr => Language::Fr,
    }
}

/// All faults, each as place and sentence, with the line it stands in and a caret under it.
fn told(errors: &ConfigErrors, locale: &Locale) -> String {
    errors.0.iter().map(|error| one(error, locale)).collect::<Vec<_>>().join("\n")
}

fn one(error: &ConfigError, locale: &Locale) -> String {
    let (name, arguments) = error.words();
    let arguments: Vec<(&str, Arg<'_>)> = arguments.iter().map(|(key, value)| (*key, Arg::from(value))).collect();
    let sentence = locale.text_with(&name, &arguments);
    let told = format!("{}: {sentence}", error.place);
    let text = match &error.place {
        Place::File { line, column, source, .. } if *line > 0 && !hides_a_secret(source) => {
            let caret = " ".repeat((*column as usize).saturating_sub(1));
            format!("{told}\n  {source}\n  {caret}^")
        }
        _ => told,
    };
    crate::text::clean(&text).into_owned()
}

/// An address in the file may hold a key: its line is not repeated on a screen.
fn hides_a_secret(line: &str) -> bool {
    line.contains("://")
}
