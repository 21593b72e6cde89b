//! The settings a subcommand runs on: paths, configuration, language, from flags, environment and file.

use super::{CliError, Context, environment_language};
use crate::config::{Config, ConfigErrors, Overrides, Paths};
use crate::locale::{Lang, Locale};
use crate::mention::Language;
use crate::run::{Home, HomeError};

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
        let unusable = |error: HomeError| CliError::usage(error.text(&context.locale));
        let broken = |errors: ConfigErrors| unusable(HomeError::Config(errors));
        let paths = Home::locate(context.home.as_deref()).map_err(unusable)?;
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
