//! Why a home cannot be worked in, and the words for it.

use std::path::PathBuf;

use thiserror::Error;

use crate::config::{ConfigError, ConfigErrors, Place};
use crate::locale::Locale;
use crate::plan::{Diagnostic, PlanErrors};
use crate::response_log::LogError;
use crate::store::StoreError;
use crate::text::clean;
use crate::tr;

/// What stands in the way.
#[derive(Debug, Error)]
pub enum HomeError {
    /// Neither a folder was named nor does the operating system name one.
    #[error("no home folder")]
    NoPlace,
    /// There is no configuration and no plan: nothing was set up yet.
    #[error("{}: not set up", config.display())]
    NotSetUp {
        /// Where the configuration would be.
        config: PathBuf,
    },
    /// No source is configured.
    #[error("{}: no source", config.display())]
    NoSource {
        /// The configuration.
        config: PathBuf,
    },
    /// The configuration is wrong.
    #[error("{0}")]
    Config(ConfigErrors),
    /// The plan cannot be loaded.
    #[error("the plan cannot be loaded")]
    Plan(PlanErrors),
    /// The store failed.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The log failed.
    #[error("{0}")]
    Log(#[from] LogError),
    /// Another process reads the sources of this home.
    #[error("{}: another process reads the sources", data.display())]
    Taken {
        /// The folder both work in.
        data: PathBuf,
    },
    /// A folder or a file cannot be made, or a thread cannot be started.
    #[error("{}: {cause}", path.display())]
    Io {
        /// What was being made.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

impl HomeError {
    /// True for what a person sets right by a setting or another plan; the rest is the machine's.
    pub fn is_configuration(&self) -> bool {
        match self {
            Self::NoPlace | Self::NotSetUp { .. } | Self::NoSource { .. } | Self::Config(_) | Self::Plan(_) => true,
            Self::Store(_) | Self::Log(_) | Self::Taken { .. } | Self::Io { .. } => false,
        }
    }

    /// Where, what, and what to do. May span lines.
    pub fn text(&self, locale: &Locale) -> String {
        match self {
            Self::NoPlace => tr!(locale, "cli-home-none"),
            Self::NotSetUp { config } => tr!(locale, "cli-home-not-set-up", path = config.display().to_string()),
            Self::NoSource { config } => tr!(locale, "cli-home-no-source", path = config.display().to_string()),
            Self::Config(errors) => config(errors, locale),
            Self::Plan(errors) => {
                let problems = errors.0.iter().map(|problem| Diagnostic::of_problem(problem, locale).render(locale));
                problems.collect::<Vec<_>>().join("\n")
            }
            Self::Store(error) => tr!(locale, "cli-home-store", cause = error.to_string()),
            Self::Log(error) => error.text(locale),
            Self::Taken { data } => tr!(locale, "cli-home-taken", path = data.display().to_string()),
            Self::Io { path, cause } => {
                tr!(locale, "cli-home-io", path = path.display().to_string(), cause = cause.to_string())
            }
        }
    }
}

/// All faults, each as place and sentence, with the line it stands in and a caret under it.
fn config(errors: &ConfigErrors, locale: &Locale) -> String {
    errors.0.iter().map(|error| fault(error, locale)).collect::<Vec<_>>().join("\n")
}

fn fault(error: &ConfigError, locale: &Locale) -> String {
    let (name, arguments) = error.words();
    let arguments: Vec<_> = arguments.iter().map(|(key, value)| (*key, value.into())).collect();
    let told = format!("{}: {}", error.place, locale.text_with(&name, &arguments));
    let text = match &error.place {
        // An address may hold a key: its line is not repeated on a screen.
        Place::File { line, column, source, .. } if *line > 0 && !source.is_empty() && !source.contains("://") => {
            let caret = " ".repeat((*column as usize).saturating_sub(1));
            format!("{told}\n  {source}\n  {caret}^")
        }
        _ => told,
    };
    clean(&text).into_owned()
}
