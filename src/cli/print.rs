//! `frontdesk print`: the defaults as commented files, always in step with the code.

mod screen;

use std::path::Path;

use clap::Subcommand;

use super::{CliError, Context, Output};
use crate::config;
use crate::query;
use crate::run::Home;
use crate::tui::keymap::Keymap;
use crate::tui::theme::{ColourDepth, Theme};

/// Arguments of `print`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every setting of config.toml with its default
    Config,
    /// Every key of keys.toml with its command
    Keys,
    /// A theme's file, to be changed and kept in the themes folder
    Theme {
        /// Which one; without a name, the names there are
        name: Option<String>,
    },
    /// The query language of rules, filter and search on one page
    Query,
    /// The demo town's desk, as it is drawn
    Screen(screen::Args),
}

/// Prints it.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let text = match &args.what {
        What::Config => config::TEMPLATE.to_owned(),
        What::Keys => Keymap::print(&context.locale),
        What::Theme { name: None } => themes_folder(context, |folder| Theme::available(folder).join("\n")),
        What::Theme { name: Some(name) } => theme(name, context)?,
        What::Query => query::page(&context.locale),
        What::Screen(args) => return screen::run(args, context),
    };
    let mut out = Output::stdout();
    for line in text.lines() {
        out.line(line)?;
    }
    out.finish()
}

fn theme(name: &str, context: &Context) -> Result<String, CliError> {
    if let Some(source) = Theme::embedded_source(name) {
        return Ok(source.to_owned());
    }
    // Loading words the error: the name is unknown, or the file has a problem.
    themes_folder(context, |folder| {
        Theme::load(name, folder, ColourDepth::True).map(|_| folder.join(format!("{name}.toml")))
    })
    .map_err(CliError::usage)
    .and_then(|path| {
        std::fs::read_to_string(&path).map_err(|error| CliError::io(format!("{}: {error}", path.display())))
    })
}

fn themes_folder<T>(context: &Context, look: impl FnOnce(&Path) -> T) -> T {
    match Home::locate(context.home.as_deref()) {
        Ok(paths) => look(&paths.themes),
        Err(_) => look(Path::new("")),
    }
}
