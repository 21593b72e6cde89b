//! Profiles: how the export of one tool is read, as TOML.
//!
//! What enters: the embedded profiles, and the files of the home's `profiles` folder, which stand before them. What leaves:
//! the mapping of a name, or the one that knows a header. A profile knows a header that has all columns of its
//! `recognised_by`; among several the one that finds more wins. Reading is strict: an unknown key is an error.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use serde::Deserialize;

use super::Field;
use crate::mention::Network;

/// The profile for whatever no other one knows.
pub(super) const GENERIC: &str = "generic";

/// The profiles that come with the program.
const EMBEDDED: &[(&str, &str)] = &[
    ("brandwatch", include_str!("profiles/brandwatch.toml")),
    ("meltwater", include_str!("profiles/meltwater.toml")),
    ("meltwater-2", include_str!("profiles/meltwater-2.toml")),
    ("meltwater-1", include_str!("profiles/meltwater-1.toml")),
    ("talkwalker", include_str!("profiles/talkwalker.toml")),
    ("determ", include_str!("profiles/determ.toml")),
    ("hootsuite-inbox", include_str!("profiles/hootsuite-inbox.toml")),
    (GENERIC, include_str!("profiles/generic.toml")),
];

/// A larger profile is none.
const MAX_FILE: u64 = 1 << 20;

/// How one kind of table is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// What it is called: the file's name without its ending.
    pub name: String,
    /// What it is for, in its author's words.
    pub title: Option<String>,
    /// A header that has all of these columns is this tool's. Empty: only by name.
    pub recognised_by: Vec<String>,
    /// The network of all items, unless an address or a column names another.
    pub network: Option<Network>,
    /// The zone of dates that name none.
    pub zone: Option<Tz>,
    /// Forms of dates in chrono's notation, tried before the usual ones.
    pub dates: Vec<String>,
    /// Whether the day stands before the month in `11/12/2026`.
    pub day_first: Option<bool>,
    /// False: an id of fewer than seven digits is a row's number, which the next file uses again, and no identity.
    pub short_ids: bool,
    /// For each field the columns that may hold it, the strongest first.
    pub columns: BTreeMap<Field, Vec<String>>,
}

/// Why a profile cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// A file or the folder cannot be read.
    #[error("{}: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// The system's own words.
        error: String,
    },
    /// Not what a profile is; the parser's own words, with line and column.
    #[error("{}: {error}", path.display())]
    Malformed {
        /// Which.
        path: PathBuf,
        /// What.
        error: String,
    },
    /// There is no profile of this name.
    #[error("no profile {name}")]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// Those that are there.
        known: Vec<String>,
    },
}

/// The file's own shape.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Option<String>,
    #[serde(default)]
    recognised_by: Vec<String>,
    network: Option<String>,
    zone: Option<Tz>,
    #[serde(default)]
    dates: Vec<String>,
    day_first: Option<bool>,
    #[serde(default = "yes")]
    short_ids: bool,
    columns: BTreeMap<Field, Columns>,
}

fn yes() -> bool {
    true
}

/// One column, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Columns {
    One(String),
    Several(Vec<String>),
}

impl Mapping {
    /// Reads the text of one profile; the error is in the parser's words.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        let columns: BTreeMap<Field, Vec<String>> = file
            .columns
            .into_iter()
            .map(|(field, columns)| match columns {
                Columns::One(column) => (field, vec![column]),
                Columns::Several(columns) => (field, columns),
            })
            .collect();
        if !columns.contains_key(&Field::Text) && !columns.contains_key(&Field::Title) {
            return Err("[columns] names no column for `text` or `title`".to_owned());
        }
        let wrong = file
            .dates
            .iter()
            .find(|form| chrono::format::StrftimeItems::new(form).any(|item| item == chrono::format::Item::Error));
        if let Some(form) = wrong {
            return Err(format!("`dates`: {form:?} is no form of a date"));
        }
        Ok(Self {
            name: name.to_owned(),
            title: file.title,
            recognised_by: file.recognised_by,
            network: file.network.as_deref().map(Network::from_token),
            zone: file.zone,
            dates: file.dates,
            day_first: file.day_first,
            short_ids: file.short_ids,
            columns,
        })
    }

    /// A profile of a person's own: these columns, strongest first, and known by `recognised_by`.
    pub fn own(name: &str, columns: BTreeMap<Field, Vec<String>>, recognised_by: Vec<String>) -> Self {
        Self {
            name: name.to_owned(),
            title: None,
            recognised_by,
            network: None,
            zone: None,
            dates: Vec::new(),
            day_first: None,
            short_ids: true,
            columns,
        }
    }

    /// The text that [`Mapping::parse`] reads back, of what a person's own profile holds.
    pub fn to_toml(&self) -> String {
        let list = |names: &[String]| {
            let names: Vec<String> = names.iter().map(|name| toml::Value::from(name.as_str()).to_string()).collect();
            format!("[{}]", names.join(", "))
        };
        let head = format!("recognised_by = {}\n\n[columns]\n", list(&self.recognised_by));
        self.columns
            .iter()
            .fold(head, |text, (field, columns)| text + &format!("{} = {}\n", field.token(), list(columns)))
    }

    /// The same, with these fields taken from these columns instead.
    #[must_use]
    pub fn with(mut self, columns: &[(Field, String)]) -> Self {
        for (field, column) in columns {
            // What a person names is not one guess among others.
            self.columns.insert(*field, vec![column.clone()]);
            self.short_ids |= *field == Field::Id;
        }
        self
    }

    /// How surely this header is this tool's: how many of the columns it knows are there; `None` when it is not.
    fn knows(&self, header: &[String]) -> Option<usize> {
        let has = |column: &String| header.contains(&comparable(column));
        let known = self.columns.values().flatten().filter(|column| has(column)).count();
        (!self.recognised_by.is_empty() && self.recognised_by.iter().all(has))
            .then_some(known + self.recognised_by.len())
    }
}

/// The profiles of a home and those that come with the program.
#[derive(Debug, Clone)]
pub struct Profiles(Vec<Mapping>);

impl Profiles {
    /// Those that come with the program.
    pub fn embedded() -> Self {
        // Each of them is parsed by a test: none is left out.
        Self(EMBEDDED.iter().filter_map(|(name, text)| Mapping::parse(name, text).ok()).collect())
    }

    /// Reads `folder`, which need not be there. A profile of the folder replaces the embedded one of its name.
    pub fn load(folder: &Path) -> Result<Self, ProfileError> {
        let unreadable = |path: &Path, error: std::io::Error| ProfileError::Unreadable {
            path: path.to_owned(),
            error: error.to_string(),
        };
        let mut own = Vec::new();
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::embedded()),
            Err(error) => return Err(unreadable(folder, error)),
        };
        let mut paths = Vec::new();
        for entry in entries {
            paths.push(entry.map_err(|error| unreadable(folder, error))?.path());
        }
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        paths.sort();
        for path in paths {
            own.push(read(&path)?);
        }
        let mut all = Self::embedded().0;
        all.retain(|profile| own.iter().all(|other: &Mapping| other.name != profile.name));
        own.extend(all);
        Ok(Self(own))
    }

    /// The profile of this name.
    pub fn named(&self, name: &str) -> Result<&Mapping, ProfileError> {
        self.0.iter().find(|profile| profile.name == name).ok_or_else(|| ProfileError::Unknown {
            name: name.to_owned(),
            known: self.0.iter().map(|profile| profile.name.clone()).collect(),
        })
    }

    /// The profile that knows this header best, with how much it knows; `None` when no tool's is.
    pub fn recognise(&self, header: &[String]) -> Option<(&Mapping, usize)> {
        let header: Vec<String> = header.iter().map(|name| comparable(name)).collect();
        let known = self.0.iter().filter_map(|profile| Some((profile, profile.knows(&header)?)));
        // The first of the best: the home's own stand first.
        known.fold(None, |best: Option<(&Mapping, usize)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        })
    }

    /// The name of the profile for any other table.
    pub const GENERIC: &'static str = GENERIC;

    /// The names of all.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|profile| profile.name.clone()).collect()
    }

    /// The profile for any other table.
    pub fn generic(&self) -> Result<&Mapping, ProfileError> {
        self.named(GENERIC)
    }
}

fn read(path: &Path) -> Result<Mapping, ProfileError> {
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let malformed = |error: String| ProfileError::Malformed { path: path.to_owned(), error };
    let unreadable =
        |error: std::io::Error| ProfileError::Unreadable { path: path.to_owned(), error: error.to_string() };
    if std::fs::metadata(path).map_err(unreadable)?.len() > MAX_FILE {
        return Err(malformed("larger than a profile can be".to_owned()));
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    Mapping::parse(&name, text.trim_start_matches('\u{feff}')).map_err(malformed)
}

/// A column's name without case, spaces, dots and underscores: tools write theirs in many ways.
pub fn comparable(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_profile_reads_back_as_it_was_made() {
        let columns = BTreeMap::from([
            (Field::Text, vec!["Message \"body\"".to_owned(), "Résumé\n".to_owned()]),
            (Field::Date, vec!["When".to_owned()]),
        ]);
        let made = Mapping::own("calls", columns, vec!["When".to_owned(), "Ward".to_owned()]);
        assert_eq!(Mapping::parse("calls", &made.to_toml()), Ok(made));
    }

    #[test]
    fn every_embedded_profile_is_sound() {
        for (name, text) in EMBEDDED {
            assert_eq!(Mapping::parse(name, text).map(|_| ()), Ok(()), "{name}");
        }
        assert_eq!(Profiles::embedded().0.len(), EMBEDDED.len());
    }

    #[test]
    fn a_homes_profile_stands_before_the_embedded_one_and_its_faults_have_a_place() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("determ.toml");
        std::fs::write(&path, "recognised_by = [\"Body\"]\n[columns]\ntext = \"Body\"\n").expect("written");
        let profiles = Profiles::load(folder.path()).expect("reads");
        assert_eq!(profiles.named("determ").map(|profile| profile.recognised_by.len()), Ok(1));
        assert_eq!(profiles.recognise(&["body".into()]).map(|(profile, _)| profile.name.as_str()), Some("determ"));
        std::fs::write(&path, "colums = 1\n[columns]\ntext = \"Body\"\n").expect("written");
        let error = Profiles::load(folder.path()).expect_err("is refused").to_string();
        assert!(error.contains("determ.toml") && error.contains("line 1") && error.contains("colums"), "{error}");
        std::fs::write(&path, "[columns]\nurl = \"Link\"\n").expect("written");
        assert!(Profiles::load(folder.path()).is_err_and(|error| error.to_string().contains("`text`")));
    }
}
