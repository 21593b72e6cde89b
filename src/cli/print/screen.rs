//! `frontdesk print screen`: the demo town's desk as a picture or as text, for documents and for looking at themes.

use std::path::Path;

use crate::cli::{CliError, Context, Output};
use crate::run::picture::{Desk, Town};
use crate::tui::command::Command;
use crate::tui::svg::{self, Paper};
use crate::tui::theme::{ColourDepth, Theme};
use crate::tui::view::Manner;

/// Arguments of `print screen`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Draw an SVG picture; without it, the screen's text
    #[arg(long)]
    svg: bool,
    /// Columns and lines
    #[arg(long, value_name = "COLUMNSxLINES", default_value = "120x40", value_parser = size)]
    size: (u16, u16),
    /// One of the themes of `print theme`
    #[arg(long, default_value = "dark")]
    theme: String,
    /// Draw the desk's own signs in ASCII
    #[arg(long)]
    ascii: bool,
    /// Commands to carry out first, by the ids of `print keys`
    #[arg(long, value_name = "COMMAND", value_parser = command, num_args = 1..)]
    press: Vec<Command>,
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let parsed = text.split_once('x').and_then(|(columns, lines)| Some((columns.parse().ok()?, lines.parse().ok()?)));
    parsed
        .filter(|(columns, lines)| (1..=400).contains(columns) && (1..=200).contains(lines))
        .ok_or_else(|| "expected columns and lines such as 120x40, up to 400x200".to_owned())
}

fn command(text: &str) -> Result<Command, String> {
    Command::from_id(text).ok_or_else(|| format!("there is no command {text}; `frontdesk print keys` lists them"))
}

/// Draws it on stdout.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let folder = Scratch::make().map_err(CliError::io)?;
    let theme = Theme::load(&args.theme, Path::new(""), ColourDepth::True).map_err(CliError::usage)?;
    let mut desk = open(&folder.0, theme, context).map_err(CliError::io)?;
    let manner = Manner { ascii: args.ascii, demo: true };
    // The first frame tells the desk how many rows it has: what is pressed then moves as on a real screen.
    desk.draw(args.size.0, args.size.1, manner);
    for command in &args.press {
        desk.press(*command);
    }
    let buffer = desk.draw(args.size.0, args.size.1, manner);
    let mut out = Output::stdout();
    if args.svg {
        let paper = if args.theme == "light" { Paper::Light } else { Paper::Dark };
        for line in svg::render(&buffer, paper, "frontdesk").lines() {
            out.line(line)?;
        }
    } else {
        for line in svg::text(&buffer).lines() {
            out.line(line)?;
        }
    }
    out.finish()
}

fn open(folder: &Path, theme: Theme, context: &Context) -> anyhow::Result<Desk> {
    let town = Town::load()?;
    town.desk(folder, town.mentions()?, context.locale.lang(), theme)
}

/// A folder for the desk's store and log that goes with the picture.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn make() -> std::io::Result<Self> {
        crate::run::demo::scratch().map(Self)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Whatever is left is the system's temporary folder's to clear.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
