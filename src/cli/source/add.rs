//! `frontdesk source add`: asks what a new source needs, tries it, shows what it would bring, and writes its block.
//!
//! Nothing is written before everything is right: neither the configuration nor a typed secret is left behind when
//! something is wrong or the person gives up.

mod answers;
mod feeds;
mod file;
mod given;
mod person;
mod questions;
mod secret;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use super::{Settings, check};
use crate::cli::{CliError, Context, Exit, Output};
use crate::config::{Config, ConfigErrors, Guide, Secret};
use crate::run::HomeError;
use crate::sources::{Candidate, probe};
use crate::text::clean_line;
use crate::tr;

use answers::{Block, secret as kept_at};
use file::File;
use given::Given;
use person::{AtTerminal, Person};
use questions::Questions;
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
    /// Add all feeds of a list that another reader exported, but those that are configured already or do not answer
    #[arg(long, value_name = "FILE", conflicts_with_all = ["kind", "id"])]
    opml: Option<PathBuf>,
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
    let mut questions = Questions { person, asks, given: &args.given, locale: &settings.locale };
    let adding = Adding { args, settings, context };
    if let Some(opml) = &args.opml {
        return adding.list(opml, &mut questions);
    }
    let guide = questions.kind(args.kind.as_deref())?;
    if asks {
        questions.introduce(guide)?;
    }
    let mut answered = questions.keys(guide)?;
    adding.network(&mut answered.block);
    let mut new = New { secrets: answered.secrets, ..New::default() };
    for (suggested, mut block) in adding.named(guide, answered.block, &mut questions)? {
        let given = args.id.as_deref().filter(|_| new.blocks.is_empty());
        let is_taken = |id: &str| adding.is_taken(id) || new.blocks.iter().any(|(other, _)| other == id);
        let id = questions.id(given, &suggested, &is_taken)?;
        block.set("id", id.as_str().into());
        new.blocks.push((id, block));
    }
    adding.finish(new, &mut questions)
}

/// The word by which the host of an address is known, else the kind.
fn named_by_host(block: &Block) -> String {
    let host = block.text("url").and_then(|url| url::Url::parse(url).ok()?.host_str().map(str::to_owned));
    let label = host.as_deref().and_then(|host| {
        let mut labels = host.split('.').filter(|label| !matches!(*label, "www" | "feeds" | "feed" | "rss" | "blog"));
        labels.next().filter(|label| label.starts_with(|first: char| first.is_ascii_alphabetic()))
    });
    label.or_else(|| block.text("kind")).unwrap_or_default().to_owned()
}

/// `name`, with a number behind it when it is taken.
fn free(name: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

/// What is to be added.
#[derive(Debug, Default)]
struct New {
    blocks: Vec<(String, Block)>,
    /// Of the only block.
    secrets: Vec<(&'static str, Kept)>,
}

struct Adding<'a> {
    args: &'a Args,
    settings: &'a Settings,
    context: &'a Context,
}

impl Adding<'_> {
    fn is_taken(&self, id: &str) -> bool {
        self.settings.config.sources.iter().any(|source| &*source.id == id)
    }

    fn network(&self, block: &mut Block) {
        if let Some(network) = &self.args.network {
            block.set("network", network.as_str().into());
        }
    }

    /// The blocks to add, each with a name that is free: more than one where a page names several feeds.
    fn named(
        &self,
        guide: &Guide,
        block: Block,
        questions: &mut Questions<'_>,
    ) -> Result<Vec<(String, Block)>, CliError> {
        let is_taken = |id: &str| self.is_taken(id);
        let url = block.text("url").filter(|_| guide.kind == "feed");
        let Some(url) = url.map(str::to_owned) else {
            return Ok(vec![(free(guide.kind, &is_taken), block)]);
        };
        let feeds = if self.args.no_check {
            vec![Candidate { url, title: None }]
        } else {
            feeds::at(&url, questions, &self.context.clock)?
        };
        let feeds = feeds::unknown(feeds, self.settings, questions)?;
        if feeds.is_empty() {
            return Err(CliError { code: Exit::Problems, message: tr!(questions.locale, "source-add-stopped") });
        }
        Ok(feeds::blocks(feeds, &block, &is_taken))
    }

    /// Adds the feeds of an OPML file that answer.
    fn list(&self, opml: &Path, questions: &mut Questions<'_>) -> Result<Vec<String>, CliError> {
        let locale = &self.settings.locale;
        let feeds = feeds::listed(opml, self.settings, questions)?;
        let mut like = Block::new("feed");
        self.network(&mut like);
        let mut blocks = feeds::blocks(feeds, &like, &|id| self.is_taken(id));
        if !self.args.no_check {
            questions.say(&tr!(locale, "source-add-trying-many", count = blocks.len()))?;
            let text: String = blocks.iter().map(|(_, block)| block.toml()).collect();
            let config = File::read(&text, &self.settings.paths.config).map_err(|errors| self.broken(errors))?;
            let silent = feeds::silent(&config.sources, questions, &self.context.clock)?;
            blocks.retain(|(id, _)| !silent.contains(id));
        }
        if blocks.is_empty() {
            return Err(CliError { code: Exit::Problems, message: tr!(locale, "source-add-stopped") });
        }
        let agreed = tr!(locale, "source-add-agree-many", count = blocks.len());
        if questions.asks && !questions.agree(&agreed, true)? {
            return Err(CliError::usage(tr!(locale, "source-add-stopped")));
        }
        self.write(&New { blocks, ..New::default() }).map(|(told, _)| told)
    }

    /// Tries what is to be added and writes it.
    fn finish(&self, mut new: New, questions: &mut Questions<'_>) -> Result<Vec<String>, CliError> {
        let (base, locale) = (File::base(&self.settings.paths.config), &self.settings.locale);
        let mut written = Written::default();
        let mut kept = Vec::new();
        for (key, secret) in std::mem::take(&mut new.secrets) {
            let (Kept::Typed(secret), Some((id, block))) = (secret, new.blocks.first_mut()) else { continue };
            let file = written.write(base, &format!("{id}.{key}"), &secret);
            let file = file.map_err(|error| self.failed(&error))?;
            block.set(key, kept_at(&Secret::File(file.clone())));
            let file = base.join(file).display().to_string();
            kept.push(clean_line(&tr!(locale, "source-add-secret-kept", key = key, file = file)).into_owned());
        }
        let text: String = new.blocks.iter().map(|(_, block)| block.toml()).collect();
        let config = File::read(&text, &self.settings.paths.config).map_err(|errors| self.broken(errors))?;
        if !self.is_wanted(&config, questions)? {
            return Err(CliError::usage(tr!(locale, "source-add-stopped")));
        }
        let (mut told, is_written) = self.write(&new)?;
        if is_written {
            written.keep();
            told.extend(kept);
        }
        Ok(told)
    }

    /// Writes the blocks, or only shows them; answers with what to say, and whether they are in the file.
    fn write(&self, new: &New) -> Result<(Vec<String>, bool), CliError> {
        let (path, locale) = (&self.settings.paths.config, &self.settings.locale);
        let file = File::open(path).map_err(|error| self.failed(&error))?;
        let blocks: Vec<String> = new.blocks.iter().map(|(_, block)| block.toml()).collect();
        let text = file.with(&blocks);
        File::read(&text, path).map_err(|errors| self.broken(errors))?;
        if self.args.dry_run {
            let shown: Vec<String> = new.blocks.iter().map(|(_, block)| block.shown()).collect();
            return Ok((shown.join("\n").lines().map(str::to_owned).collect(), false));
        }
        if !file.replace(&text).map_err(|error| self.failed(&error))? {
            let message = tr!(locale, "source-add-changed", file = path.display().to_string());
            return Err(CliError { code: Exit::Io, message });
        }
        let ids: Vec<&str> = new.blocks.iter().map(|(id, _)| id.as_str()).collect();
        let (ids, file) = (ids.join(", "), path.display().to_string());
        Ok((vec![clean_line(&tr!(locale, "source-add-done", id = ids, file = file)).into_owned()], true))
    }

    /// Tries the sources of `config`, shows what they would bring and asks whether they are to be added.
    fn is_wanted(&self, config: &Config, questions: &mut Questions<'_>) -> Result<bool, CliError> {
        if self.args.no_check {
            return Ok(true);
        }
        let (locale, clock) = (&self.settings.locale, &self.context.clock);
        if questions.asks {
            questions.say(&tr!(locale, "source-add-trying"))?;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let plan = check::plan_for(&config.sources, &self.settings.config.plan);
        let mut is_ok = true;
        for source in &config.sources {
            let found = runtime.block_on(probe(source, clock, plan.as_ref()));
            questions.say(&format!("{}: {}", source.id, check::told(&found, locale)))?;
            for sample in check::samples(&found) {
                questions.say(&sample.line(clock.now(), locale))?;
            }
            is_ok &= check::is_ok(&found);
        }
        match (questions.asks, is_ok) {
            (true, true) => questions.agree(&tr!(locale, "source-add-agree"), true),
            (true, false) => questions.agree(&tr!(locale, "source-add-all-the-same"), false),
            (false, true) => Ok(true),
            (false, false) => Err(CliError { code: Exit::Problems, message: tr!(locale, "source-add-does-not-work") }),
        }
    }

    fn broken(&self, errors: ConfigErrors) -> CliError {
        CliError::usage(HomeError::Config(errors).text(&self.settings.locale))
    }

    fn failed(&self, error: &io::Error) -> CliError {
        let (path, cause) = (self.settings.paths.config.display().to_string(), error.to_string());
        CliError::io(clean_line(&tr!(self.settings.locale, "cli-home-io", path = path, cause = cause)))
    }
}

#[cfg(test)]
mod tests;
