//! The command line: what is asked, who does it, and the exit code.
//!
//! What enters: the arguments. What leaves: data on stdout, diagnostics on stderr, an [`Exit`] code. Each
//! subcommand is one thin file below that words nothing itself and decides nothing the library does not
//! decide for the desk too. A closed pipe ends any of them quietly.

mod completions;
mod decide;
mod demo;
mod desk;
mod error;
mod eval;
mod learn;
mod list;
mod log;
mod man;
mod output;
mod plan;
mod print;
mod report;
mod serve;
mod settings;
mod source;
mod triage;
mod watch;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, Parser, Subcommand};

use crate::clock::{SharedClock, SystemClock};
use crate::config::Overrides;
use crate::locale::{Lang, Locale};
use crate::mention::Language;
use crate::run::Home;

pub use error::{CliError, Exit};
pub use output::{Output, report};

/// A front desk for what a community says online about its local government.
#[derive(Debug, Parser)]
#[command(name = "frontdesk", version, about, max_term_width = 100)]
pub struct Cli {
    /// Keep everything under this folder: configuration, plan, data and log
    #[arg(long, global = true, value_name = "DIR", env = "FRONTDESK_HOME", hide_env_values = true)]
    pub home: Option<PathBuf>,

    /// Speak this language
    #[arg(long, global = true, value_name = "LANG", value_parser = ["en", "fr"])]
    pub lang: Option<String>,

    /// What to do; the desk opens when nothing is named
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands: one variant, one file.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Decide what becomes of a mention, and record it
    Decide(decide::Args),
    /// Open the desk on the fictional town of Alder Bay, offline, in a scratch folder
    Demo(demo::Args),
    /// Say how right the labels are, on texts that were labelled by somebody else
    Eval(eval::Args),
    /// Propose what the plan could take over from corrections in the response log
    Learn(learn::Args),
    /// List mentions of every status, newest first
    List(list::ListArgs),
    /// Show, check or export the response log
    Log(log::Args),
    /// Print the manual page
    Man(man::Args),
    /// Check, make or show a response plan
    Plan(plan::Args),
    /// List the sources, or try them
    Source(source::Args),
    /// Print the defaults: settings, keys, themes
    Print(print::Args),
    /// Write a report: where things stand, or what the next shift takes over
    Report(report::Args),
    /// Receive what other services deliver, and read the other sources, until stopped
    Serve(serve::Args),
    /// Assess mentions: NDJSON in, NDJSON out, no terminal needed
    Triage(triage::Args),
    /// List the mentions that match a query, newest first
    Search(list::SearchArgs),
    /// Read the sources into the store until stopped, without a screen
    Watch(watch::Args),
}

/// What every subcommand is handed.
#[derive(Debug)]
pub struct Context {
    /// The folder of `--home` or `FRONTDESK_HOME`; `None` means the project's usual folders.
    pub home: Option<PathBuf>,
    /// The language asked for with `--lang`, which beats the configuration's.
    pub lang: Option<Lang>,
    /// The words of that language, or of the environment's.
    pub locale: Arc<Locale>,
    /// The program's time.
    pub clock: SharedClock,
}

impl Context {
    fn new(cli: &Cli) -> Self {
        let lang = cli.lang.as_deref().and_then(|code| code.parse().ok());
        let locale = Arc::new(Locale::new(lang.unwrap_or_else(environment_language)));
        Self { home: cli.home.clone(), lang, locale, clock: Arc::new(SystemClock) }
    }

    /// The home with its settings and its plan, and the words of the language they ask for, unless `--lang` did.
    pub fn open_home(&self) -> Result<(Home, Arc<Locale>), CliError> {
        let home = Home::locate(self.home.as_deref()).and_then(|paths| Home::open(paths, &Overrides::default()));
        let home = home.map_err(|error| CliError::of_home(&error, &self.locale))?;
        let locale = self.words_of(&home);
        Ok((home, locale))
    }

    /// The words to speak in a home. Reading them takes a few milliseconds: those that are here already are taken.
    pub fn words_of(&self, home: &Home) -> Arc<Locale> {
        let lang = self.language_of(home);
        if lang == self.locale.lang() { Arc::clone(&self.locale) } else { Arc::new(Locale::new(lang)) }
    }

    /// The language to speak in a home: `--lang`, else its configuration, else the environment's.
    pub fn language_of(&self, home: &Home) -> Lang {
        let configured = match home.config.lang {
            Some(Language::Fr) => Some(Lang::Fr),
            Some(Language::En) => Some(Lang::En),
            _ => None,
        };
        self.lang.or(configured).unwrap_or_else(environment_language)
    }
}

/// Parses `arguments`, runs what they ask and answers with the exit code; every error has been told on stderr.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors and go to stdout; a closed pipe there is no failure either.
            let _ = error.print();
            return Exit::from_clap(&error).into();
        }
    };
    let context = Context::new(&cli);
    match run(cli.command, &context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if !error.message.is_empty() {
                report(&error.message);
            }
            error.code.into()
        }
    }
}

/// The whole command line's definition, for help, completions and the manual page.
pub fn definition() -> clap::Command {
    Cli::command()
}

fn run(command: Option<Command>, context: &Context) -> Result<(), CliError> {
    match command {
        None => desk::run(context),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Decide(args)) => decide::run(&args, context),
        Some(Command::Demo(args)) => demo::run(&args, context),
        Some(Command::Eval(args)) => eval::run(&args, context),
        Some(Command::Learn(args)) => learn::run(&args, context),
        Some(Command::List(args)) => list::list(&args, context),
        Some(Command::Log(args)) => log::run(&args, context),
        Some(Command::Man(args)) => man::run(&args),
        Some(Command::Plan(args)) => plan::run(&args, context),
        Some(Command::Print(args)) => print::run(&args, context),
        Some(Command::Report(args)) => report::run(&args, context),
        Some(Command::Search(args)) => list::search(&args, context),
        Some(Command::Source(args)) => source::run(&args, context),
        Some(Command::Triage(args)) => triage::run(&args, context),
        Some(Command::Serve(args)) => serve::run(&args, context),
        Some(Command::Watch(args)) => watch::run(&args, context),
    }
}

/// The language of the environment, by the variables POSIX names, the strongest first.
fn environment_language() -> Lang {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .map_or(Lang::En, |tag| Lang::from_locale(&tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        definition().debug_assert();
    }

    #[test]
    fn home_and_language_stand_before_or_after_the_subcommand() {
        for line in [["frontdesk", "--lang", "fr", "man"], ["frontdesk", "man", "--lang", "fr"]] {
            let cli = Cli::try_parse_from(line).expect("parses");
            assert_eq!(cli.lang.as_deref(), Some("fr"));
        }
    }
}
