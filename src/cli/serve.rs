//! `frontdesk serve`: `watch` for a machine that others deliver to. It says where it listens and how it is reached.
//!
//! It reads every source, not only those that are delivered to: whoever reads a home reads all of it, or nobody would read the
//! rest. While a desk is open, the desk is delivered to, and this waits for its end.

use std::collections::BTreeSet;

use super::watch::{Manner, attend};
use super::{CliError, Context, report};
use crate::config::SourceKind;
use crate::locale::Locale;
use crate::mention::Id;
use crate::run::Watching;
use crate::tr;

/// Arguments of `serve`: none.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// What was told already.
#[derive(Default)]
struct Serving {
    told: BTreeSet<Id>,
}

impl Manner for Serving {
    fn looked(&mut self, watching: &Watching, locale: &Locale) {
        let before = self.told.len();
        for health in &watching.health {
            let Some(address) = health.listening_on.filter(|_| self.told.insert(health.source.clone())) else {
                continue;
            };
            let (source, address) = (health.source.to_string(), address.to_string());
            report(&tr!(locale, "cli-serve-listens", source = source, address = address));
        }
        if before == 0 && !self.told.is_empty() {
            report(&tr!(locale, "cli-serve-reach"));
        }
    }

    fn when_taken(&self, locale: &Locale) -> Option<String> {
        Some(tr!(locale, "cli-serve-waits"))
    }
}

/// Runs until it is told to stop.
pub fn run(_args: &Args, context: &Context) -> Result<(), CliError> {
    let (home, locale) = context.open_home()?;
    if !home.config.sources.iter().any(|source| source.enabled && matches!(source.kind, SourceKind::Webhook(_))) {
        return Err(CliError::usage(tr!(locale, "cli-serve-none", path = home.paths.config.display().to_string())));
    }
    attend(&home, &locale, context, Serving::default())
}
