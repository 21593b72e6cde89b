//! A theme file: one line a meaning, unknown keys refused with their place.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use strum::IntoEnumIterator;
use thiserror::Error;

use super::{ColourDepth, Meaning};

/// Why a theme cannot be used.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum ThemeError {
    /// Neither a file nor an embedded theme has this name.
    #[error("no theme named {name:?}; there are: {known}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The file cannot be read.
    #[error("{}: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: String,
    },
    /// The file's text has a problem; the message names line and column.
    #[error("{0}")]
    Invalid(String),
}

/// One meaning's line.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the file, and any of them may be set with any other"
)]
struct Line {
    rgb: Option<Rgb>,
    on: Option<Rgb>,
    ansi: Option<Ansi>,
    ansi_on: Option<Ansi>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reverse: bool,
}

/// `#rrggbb`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Rgb((u8, u8, u8));

impl TryFrom<String> for Rgb {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let expected = || format!("{text:?} is not a colour: write \"#rrggbb\"");
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(expected)?;
        let value = u32::from_str_radix(digits, 16).map_err(|_| expected())?;
        Ok(Self(((value >> 16) as u8, (value >> 8) as u8, value as u8)))
    }
}

/// One of the sixteen, by name.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Ansi(Color);

impl TryFrom<String> for Ansi {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Ok(Self(match text.as_str() {
            "default" => Color::Reset,
            "black" => Color::Black,
            "red" => Color::Red,
            "green" => Color::Green,
            "yellow" => Color::Yellow,
            "blue" => Color::Blue,
            "magenta" => Color::Magenta,
            "cyan" => Color::Cyan,
            "white" => Color::Gray,
            "bright-black" => Color::DarkGray,
            "bright-red" => Color::LightRed,
            "bright-green" => Color::LightGreen,
            "bright-yellow" => Color::LightYellow,
            "bright-blue" => Color::LightBlue,
            "bright-magenta" => Color::LightMagenta,
            "bright-cyan" => Color::LightCyan,
            "bright-white" => Color::White,
            _ => {
                return Err(format!(
                    "{text:?} is not one of the sixteen: default, black, red, green, yellow, blue, magenta, cyan, \
                     white, or bright-… of these"
                ));
            }
        }))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Title {
    en: String,
    fr: String,
}

/// The file as it stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ThemeFile {
    pub(super) name: String,
    title: Option<Title>,
    #[serde(default)]
    meaning: BTreeMap<String, Line>,
}

impl ThemeFile {
    pub(super) fn parse(source: &str) -> Result<Self, ThemeError> {
        let file: Self = toml::from_str(source).map_err(|error| ThemeError::Invalid(error.to_string()))?;
        let known = |name: &str| Meaning::iter().any(|meaning| <&str>::from(meaning) == name);
        if let Some(unknown) = file.meaning.keys().find(|name| !known(name)) {
            let line =
                source.lines().position(|line| line.trim_start().starts_with(unknown.as_str())).map_or(0, |at| at + 1);
            let names: Vec<&str> = Meaning::iter().map(<&str>::from).collect();
            return Err(ThemeError::Invalid(format!(
                "line {line}: no meaning is named {unknown:?}; there are: {}",
                names.join(", ")
            )));
        }
        Ok(file)
    }

    pub(super) fn titles(&self) -> (String, String) {
        match &self.title {
            Some(title) => (title.en.clone(), title.fr.clone()),
            None => (self.name.clone(), self.name.clone()),
        }
    }

    /// A meaning the file leaves out falls back to running text, so that an old theme goes on working.
    pub(super) fn style(&self, meaning: Meaning, depth: ColourDepth) -> Style {
        let fallback = Line::default();
        let line = self
            .meaning
            .get(<&str>::from(meaning))
            .or_else(|| self.meaning.get(<&str>::from(Meaning::Text)))
            .unwrap_or(&fallback);
        let mut style = Style {
            fg: depth.colour(line.rgb.map(|rgb| rgb.0), line.ansi.map(|ansi| ansi.0)),
            bg: depth.colour(line.on.map(|rgb| rgb.0), line.ansi_on.map(|ansi| ansi.0)),
            ..Style::default()
        };
        let modifiers = [
            (line.bold, Modifier::BOLD),
            (line.dim, Modifier::DIM),
            (line.italic, Modifier::ITALIC),
            (line.underline, Modifier::UNDERLINED),
            (line.reverse, Modifier::REVERSED),
        ];
        for (set, modifier) in modifiers {
            if set {
                style = style.add_modifier(modifier);
            }
        }
        // Without colour a coloured ground would vanish, and the selection with it.
        if depth == ColourDepth::None && line.on.is_some() {
            style = style.add_modifier(Modifier::REVERSED);
        }
        style
    }
}
