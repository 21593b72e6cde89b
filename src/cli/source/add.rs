//! `frontdesk source add`: asks what a new source needs, tries it, shows what it would bring, and writes its block.
//!
//! Nothing is written before everything is right: neither the configuration nor a typed secret is left behind when
//! something is wrong or the person gives up.

mod answers;
mod file;
mod given;
mod person;
mod questions;
mod secret;

use std::io::{self, IsTerminal};
use std::path::Path;

use super::{Settings, check};
use crate::cli::{CliError, Context, Exit, Output};
use crate::config::{Config, Secret};
use crate::run::HomeError;
use crate::sources::probe;
use crate::text::clean_line;
use crate::tr;

use answers::{Block, secret as kept_at};
use file::File;
use given::Given;
use person::{AtTerminal, Person};
use questions::{Answered, Questions};
use secret::{Kept, Written};

/// The arguments of `source add`. What is given is not asked.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What sort of source; `source add` without one lists them
    #[arg(value_name = "KIND")]
    kind: Option<String>,
    /// Its name on the desk
    #[arg(long)]
    id: Option<String>,
    /// The network of mentions that do not name theirs
    #[arg(long)]
    network: Option<String>,
    /// Ask nothing, and take the defaults of what is not given
    #[arg(long, short)]
    yes: bool,
    /// Do not try whether it works
    #[arg(long)]
    no_check: bool,
    /// Try it and print the block; write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    given: Given,
}

/// Runs `source add`.
pub(super) fn run(args: &Args, settings: &Settings, context: &Context) -> Result<(), CliError> {
    let asks = !args.yes && io::stdin().is_terminal() && io::stderr().is_terminal();
    let mut output = Output::stdout();
    for line in add(args, settings, context, (&mut AtTerminal, asks))? {
        output.line(&line)?;
    }
    output.finish()
}

/// Adds a source and answers with what there is to say of it.
fn add(
    args: &Args,
    settings: &Settings,
    context: &Context,
    (person, asks): (&mut dyn Person, bool),
) -> Result<Vec<String>, CliError> {
    let locale = &settings.locale;
    let mut questions = Questions { person, asks, given: &args.given, locale };
    let guide = questions.kind(args.kind.as_deref())?;
    if asks {
        questions.introduce(guide)?;
    }
    let mut answered = questions.keys(guide)?;
    if let Some(network) = &args.network {
        answered.block.set("network", network.as_str().into());
    }
    let is_taken = |id: &str| settings.config.sources.iter().any(|source| &*source.id == id);
    let suggested = suggested(&answered.block, guide.kind, &is_taken);
    let id = questions.id(args.id.as_deref(), &suggested, &is_taken)?;
    answered.block.set("id", id.as_str().into());
    let adding = Adding { args, settings, context };
    adding.finish(&id, answered, &mut questions)
}

/// A name that is not taken: the host's of an address, else the kind's.
fn suggested(block: &Block, kind: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
    let host = block.text("url").and_then(|url| url::Url::parse(url).ok()?.host_str().map(str::to_owned));
    let label = host.as_deref().and_then(|host| {
        let labels = host.split('.').filter(|label| !matches!(*label, "www" | "feeds" | "feed" | "rss" | "blog"));
        labels.take(1).find(|label| label.starts_with(|first: char| first.is_ascii_alphabetic()))
    });
    let name = label.unwrap_or(kind);
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

struct Adding<'a> {
    args: &'a Args,
    settings: &'a Settings,
    context: &'a Context,
}

impl Adding<'_> {
    /// Tries the source and writes it.
    fn finish(&self, id: &str, answered: Answered, questions: &mut Questions<'_>) -> Result<Vec<String>, CliError> {
        let (path, locale) = (&self.settings.paths.config, &self.settings.locale);
        let Answered { mut block, secrets } = answered;
        let mut written = Written::default();
        let mut told = Vec::new();
        for (key, kept) in secrets {
            let Kept::Typed(secret) = kept else { continue };
            let file = written.write(File::base(path), &format!("{id}.{key}"), &secret);
            let file = file.map_err(|error| self.failed(path, &error))?;
            block.set(key, kept_at(&Secret::File(file.clone())));
            let file = File::base(path).join(file).display().to_string();
            told.push(clean_line(&tr!(locale, "source-add-secret-kept", key = key, file = file)).into_owned());
        }
        let file = File::open(path).map_err(|error| self.failed(path, &error))?;
        let text = file.with(&[block.toml()]);
        let config =
            File::read(&text, path).map_err(|errors| CliError::usage(HomeError::Config(errors).text(locale)))?;
        if !self.is_wanted(&config, questions)? {
            return Err(CliError::usage(tr!(locale, "source-add-stopped")));
        }
        if self.args.dry_run {
            return Ok(block.shown().lines().map(str::to_owned).collect());
        }
        if !file.replace(&text).map_err(|error| self.failed(path, &error))? {
            let message = tr!(locale, "source-add-changed", file = path.display().to_string());
            return Err(CliError { code: Exit::Io, message });
        }
        written.keep();
        let file = path.display().to_string();
        told.insert(0, clean_line(&tr!(locale, "source-add-done", id = id, file = file)).into_owned());
        Ok(told)
    }

    /// Tries the last source of `config`, shows what it would bring and asks whether it is to be added.
    fn is_wanted(&self, config: &Config, questions: &mut Questions<'_>) -> Result<bool, CliError> {
        let (locale, clock) = (&self.settings.locale, &self.context.clock);
        let Some(source) = config.sources.last().filter(|_| !self.args.no_check) else { return Ok(true) };
        if questions.asks {
            questions.say(&tr!(locale, "source-add-trying"))?;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let plan = check::plan_for(std::slice::from_ref(source), &self.settings.config.plan);
        let found = runtime.block_on(probe(source, clock, plan.as_ref()));
        questions.say(&format!("{}: {}", source.id, check::told(&found, locale)))?;
        for sample in check::samples(&found) {
            questions.say(&sample.line(clock.now(), locale))?;
        }
        let is_ok = check::is_ok(&found);
        match (questions.asks, is_ok) {
            (true, true) => questions.agree(&tr!(locale, "source-add-agree"), true),
            (true, false) => questions.agree(&tr!(locale, "source-add-all-the-same"), false),
            (false, true) => Ok(true),
            (false, false) => Err(CliError { code: Exit::Problems, message: tr!(locale, "source-add-does-not-work") }),
        }
    }

    fn failed(&self, path: &Path, error: &io::Error) -> CliError {
        let (path, cause) = (path.display().to_string(), error.to_string());
        CliError::io(clean_line(&tr!(self.settings.locale, "cli-home-io", path = path, cause = cause)))
    }
}

#[cfg(test)]
mod tests;
