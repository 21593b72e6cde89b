//! `kind = "open311"`: a city's service requests.

use std::time::Duration;

use super::super::SourceKind;
use super::super::table::{Faults, Table};
use super::{Row, address, every};

/// How often it is asked when `every` is not given; a city's requests wait longer than that.
const USUAL: Duration = Duration::from_mins(10);
const LEAST: Duration = Duration::from_mins(1);

/// A city's service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open311 {
    /// Where it is: what stands before `requests.json`.
    pub url: String,
    /// The city, where one server serves several.
    pub jurisdiction: Option<String>,
    /// How often it is asked.
    pub every: Duration,
}

/// The kind.
pub(super) const ROW: Row = Row { token: "open311", keys: &["url", "jurisdiction", "every"], required: &["url"], read };

fn read(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    let every = every(table, USUAL, LEAST, faults);
    let jurisdiction = table.text("jurisdiction", faults).map(str::to_owned);
    let url = address(table, "url", faults)?;
    // Whoever copies an address copies that of an answer.
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let url = ["requests.json", "requests.xml", "services.json", "services.xml"]
        .iter()
        .find_map(|name| url.strip_suffix(name))
        .unwrap_or(url);
    Some(SourceKind::Open311(Open311 { url: url.to_owned(), jurisdiction, every }))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::super::Config;
    use super::*;

    #[test]
    fn the_address_of_an_answer_is_that_of_its_service() {
        let text =
            "[[source]]\nid = \"city\"\nkind = \"open311\"\nurl = \"https://city.example/v2/requests.json?x=1\"\n";
        let config = Config::parse(text, Path::new("config.toml")).expect("it is right");
        let expected = Open311 { url: "https://city.example/v2/".to_owned(), jurisdiction: None, every: USUAL };
        assert_eq!(config.sources[0].kind, SourceKind::Open311(expected));
    }
}
