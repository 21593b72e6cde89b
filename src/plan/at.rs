//! Where in the plan something stands, and which plan it was.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A place in the plan; written `initiatives.toml:8` on screens, in the log and in NDJSON.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct At {
    /// The file, relative to the plan folder; defaults built into the program stand in `built-in/…`.
    pub file: Arc<str>,
    /// The line, counted from 1.
    pub line: u32,
}

impl At {
    /// The place `file:line`.
    pub fn new(file: impl Into<Arc<str>>, line: u32) -> Self {
        Self { file: file.into(), line }
    }

    /// Whether it stands in a file that is built into the program, which no person can change.
    pub fn is_built_in(&self) -> bool {
        is_built_in(&self.file)
    }
}

/// Whether a plan's file of this name is built into the program.
pub(super) fn is_built_in(file: &str) -> bool {
    file.starts_with("built-in/")
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl FromStr for At {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let place = text.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
        place.map(|(file, line)| Self::new(file, line)).ok_or_else(|| format!("{text:?} is not file:line"))
    }
}

impl From<At> for String {
    fn from(at: At) -> Self {
        at.to_string()
    }
}

impl TryFrom<String> for At {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// Identifies the exact words of a plan: SHA-256, in hex, over its files' names and contents in name order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlanHash(pub Arc<str>);

impl PlanHash {
    /// The 64 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlanHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_as_itself() {
        let at = At::new("odd:name.toml", 8);
        let json = serde_json::to_string(&at).expect("a place serialises");
        assert_eq!(json, "\"odd:name.toml:8\"");
        assert_eq!(serde_json::from_str::<At>(&json).expect("and reads back"), at);
        assert!("nowhere".parse::<At>().is_err());
    }
}
