//! Themes name meanings; views name styles by meaning and never a colour.
//!
//! What enters: a theme file (the person's folder first, then the embedded ones) and what the terminal can show.
//! What leaves: one ratatui style a meaning. Urgency is never told by colour alone: the views put a
//! glyph and a word beside every coloured level, so that the mono theme loses nothing.

mod depth;
mod file;

use std::path::Path;

use ratatui::style::Style;
use strum::{EnumCount, EnumIter, IntoEnumIterator, IntoStaticStr};

use crate::locale::Lang;
use crate::mention::Level;

pub use depth::ColourDepth;
pub use file::ThemeError;

/// What a piece of the screen says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumCount, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Meaning {
    /// Running text.
    Text,
    /// Text of lesser weight.
    Muted,
    /// Frames and rules.
    Border,
    /// The frame that has the keys.
    Focus,
    /// Headings.
    Title,
    /// The row under the cursor.
    Selection,
    /// Rows selected for a bulk act.
    Marked,
    /// Level P1.
    Urgent,
    /// Level P2.
    High,
    /// Level P3.
    Normal,
    /// Level P4.
    Low,
    /// Done, recorded, live.
    Good,
    /// Soon late, lagging, blocked.
    Warning,
    /// Failed, late.
    Error,
    /// Words that a rule of the plan matched.
    Match,
    /// Addresses.
    Link,
    /// A key to press.
    Key,
    /// Somebody may be in danger.
    Danger,
    /// Abuse.
    Hostile,
    /// Against its subject, or heated.
    Negative,
    /// For its subject.
    Positive,
    /// Talked about more than usual.
    Surge,
    /// Words that are covered.
    Masked,
}

impl From<Level> for Meaning {
    fn from(level: Level) -> Self {
        match level {
            Level::P1 => Self::Urgent,
            Level::P2 => Self::High,
            Level::P3 => Self::Normal,
            Level::P4 => Self::Low,
        }
    }
}

/// The themes that are part of the program, in the order in which they are offered.
const EMBEDDED: &[(&str, &str)] = &[
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    ("high-contrast", include_str!("../../themes/high-contrast.toml")),
    ("colour-blind-safe", include_str!("../../themes/colour-blind-safe.toml")),
    ("mono", include_str!("../../themes/mono.toml")),
];

/// A theme made ready for one terminal.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    name: String,
    title: (String, String),
    styles: [Style; Meaning::COUNT],
}

impl Theme {
    /// The names of the embedded themes.
    pub fn embedded_names() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(name, _)| *name)
    }

    /// The text of an embedded theme, for `print theme`.
    pub fn embedded_source(name: &str) -> Option<&'static str> {
        EMBEDDED.iter().find(|(known, _)| *known == name).map(|(_, source)| *source)
    }

    /// Reads a theme's text. Fails with the place of the first problem.
    pub fn parse(source: &str, depth: ColourDepth) -> Result<Self, ThemeError> {
        let file = file::ThemeFile::parse(source)?;
        let mut styles = [Style::default(); Meaning::COUNT];
        for meaning in Meaning::iter() {
            styles[meaning as usize] = file.style(meaning, depth);
        }
        Ok(Self { name: file.name.clone(), title: file.titles(), styles })
    }

    /// Loads `name`: `folder/name.toml` if it exists, else the embedded theme.
    /// Fails when neither exists, or when the file has a problem; the caller then keeps the theme it has.
    pub fn load(name: &str, folder: &Path, depth: ColourDepth) -> Result<Self, ThemeError> {
        let plain_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let path = folder.join(format!("{name}.toml"));
        if plain_name && path.is_file() {
            let source = std::fs::read_to_string(&path)
                .map_err(|error| ThemeError::Unreadable { path: path.clone(), error: error.to_string() })?;
            return Self::parse(&source, depth);
        }
        let source = Self::embedded_source(name)
            .ok_or_else(|| ThemeError::Unknown { name: name.to_owned(), known: Self::available(folder).join(", ") })?;
        Self::parse(source, depth)
    }

    /// Every name that can be loaded: the embedded ones, then those that stand only in `folder`.
    pub fn available(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = Self::embedded_names().map(str::to_owned).collect();
        let mut own: Vec<String> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let name = entry.ok()?.file_name().into_string().ok()?;
                name.strip_suffix(".toml").map(str::to_owned)
            })
            .filter(|name| !names.contains(name))
            .collect();
        own.sort();
        names.extend(own);
        names
    }

    /// The default theme.
    pub fn dark(depth: ColourDepth) -> Self {
        Self::parse(EMBEDDED[0].1, depth).unwrap_or_else(|_| Self {
            name: EMBEDDED[0].0.to_owned(),
            title: (String::new(), String::new()),
            styles: [Style::default(); Meaning::COUNT],
        })
    }

    /// The name by which it is loaded.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The title a person reads.
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.title.0,
            Lang::Fr => &self.title.1,
        }
    }

    /// The style that says `meaning`.
    pub fn style(&self, meaning: Meaning) -> Style {
        self.styles[meaning as usize]
    }

    /// The style of a level.
    pub fn level(&self, level: Level) -> Style {
        self.style(level.into())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;
    use rstest::rstest;

    use super::*;

    #[test]
    fn every_embedded_theme_names_every_meaning_at_every_depth() {
        for name in Theme::embedded_names() {
            for depth in [ColourDepth::None, ColourDepth::Sixteen, ColourDepth::Indexed, ColourDepth::True] {
                let source = Theme::embedded_source(name).expect("an embedded theme");
                let theme = Theme::parse(source, depth).unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(theme.name(), name);
            }
        }
    }

    #[test]
    fn without_colour_only_modifiers_remain() {
        for name in Theme::embedded_names() {
            let source = Theme::embedded_source(name).expect("an embedded theme");
            let theme = Theme::parse(source, ColourDepth::None).expect("it parses");
            for meaning in Meaning::iter() {
                let style = theme.style(meaning);
                assert_eq!((style.fg, style.bg), (None, None), "{name}: {meaning:?}");
            }
            assert!(
                !theme.style(Meaning::Selection).add_modifier.is_empty(),
                "{name}: the selection must be seen without colour"
            );
        }
    }

    #[test]
    fn sixteen_colours_never_use_true_colour() {
        for name in Theme::embedded_names() {
            let source = Theme::embedded_source(name).expect("an embedded theme");
            let theme = Theme::parse(source, ColourDepth::Sixteen).expect("it parses");
            for meaning in Meaning::iter() {
                let style = theme.style(meaning);
                for colour in [style.fg, style.bg].into_iter().flatten() {
                    assert!(!matches!(colour, Color::Rgb(..) | Color::Indexed(_)), "{name}: {meaning:?} {colour:?}");
                }
            }
        }
    }

    #[rstest]
    #[case::unknown_key("name = \"a\"\ncolour = 1\n[meaning]\n", "colour")]
    #[case::unknown_meaning("name = \"a\"\n[meaning]\nurgnt = {}\n", "urgnt")]
    #[case::bad_rgb("name = \"a\"\n[meaning]\ntext = { rgb = \"red\" }\n", "red")]
    fn a_bad_theme_says_where(#[case] source: &str, #[case] names: &str) {
        let error = Theme::parse(source, ColourDepth::True).expect_err("it has a problem").to_string();
        assert!(error.contains(names) && error.contains("line"), "{error}");
    }

    #[test]
    fn the_persons_folder_comes_first() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("dark.toml"), "name = \"dark\"\n[meaning]\ntext = { ansi = \"red\" }\n")
            .expect("it writes");
        let theme = Theme::load("dark", folder.path(), ColourDepth::Sixteen).expect("it loads");
        assert_eq!(theme.style(Meaning::Text).fg, Some(Color::Red));
        assert!(Theme::load("../dark", folder.path(), ColourDepth::True).is_err());
    }
}
