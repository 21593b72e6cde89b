//! `kind = "bluesky"`: an account's notifications and the searches it makes.

use std::time::Duration;

use super::super::SourceKind;
use super::super::error::{Expected, Problem};
use super::super::secret::Secret;
use super::super::table::{Faults, Table};
use super::{Row, address, every, texts};

/// The kind.
pub(super) const ROW: Row = Row {
    token: "bluesky",
    keys: &["handle", "password", "server", "notifications", "search", "every"],
    required: &["handle", "password"],
    read,
};

/// Where most accounts sign in.
const SERVER: &str = "https://bsky.social";
/// How often it is asked when `every` is not given.
const EVERY: Duration = Duration::from_mins(1);
/// Searches are dear to those who run the network.
const LEAST: Duration = Duration::from_secs(30);
/// Each search is asked every time.
const MOST_SEARCHES: usize = 10;

/// An account on Bluesky, or on another server of its network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bluesky {
    /// Its name, without `@`; its identifier or its e-mail address do as well.
    pub handle: String,
    /// An app password.
    pub password: Secret,
    /// Where it signs in.
    pub server: String,
    /// Whether mentions, replies and quotes of the account are read.
    pub notifications: bool,
    /// What is searched for in all public posts.
    pub search: Vec<String>,
    /// How often it is asked.
    pub every: Duration,
}

fn read(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    let handle = table.read("handle", Expected::Handle, faults, |value| value.as_str().and_then(handle));
    let password = table.secret("password", faults);
    let server = address(table, "server", faults).unwrap_or(SERVER).to_owned();
    let notifications = table.flag("notifications", faults).unwrap_or(true);
    let search = texts(table, "search", faults);
    let every = every(table, EVERY, LEAST, faults);
    if search.len() > MOST_SEARCHES
        && let Some(entry) = table.get("search")
    {
        faults.add(entry.span(), table.path("search"), Problem::TooMany { most: MOST_SEARCHES });
    }
    if !notifications && table.get("search").is_none() {
        // It would read nothing.
        faults.add(table.span(), table.path("search"), Problem::Missing);
    }
    let (handle, password) = (handle?.to_owned(), password?);
    Some(SourceKind::Bluesky(Bluesky { handle, password, server, notifications, search, every }))
}

/// A name with a dot in it, an identifier or an e-mail address, as people write them.
fn handle(text: &str) -> Option<&str> {
    let handle = text.trim().trim_start_matches('@');
    let is_plain = !handle.chars().any(|letter| letter.is_whitespace() || letter.is_control() || letter == '/');
    (is_plain && handle.len() <= 253 && (handle.starts_with("did:") || handle.contains('.'))).then_some(handle)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rstest::rstest;

    use super::super::super::{Config, ConfigError};
    use super::*;

    fn account(keys: &str) -> Result<Bluesky, Vec<ConfigError>> {
        let text = format!("[[source]]\nid = \"town\"\nkind = \"bluesky\"\n{keys}\n");
        let config = Config::parse(&text, Path::new("config.toml")).map_err(|errors| errors.0)?;
        match &config.sources[0].kind {
            SourceKind::Bluesky(account) => Ok(account.clone()),
            other => panic!("another kind: {other:?}"),
        }
    }

    #[test]
    fn a_handle_and_a_password_are_enough() {
        let read = account("handle = \"@town.bsky.social\"\npassword = { env = \"TOWN\" }").expect("enough");
        let password = Secret::Env("TOWN".to_owned());
        let handle = "town.bsky.social".to_owned();
        let (server, search) = (SERVER.to_owned(), Vec::new());
        assert_eq!(read, Bluesky { handle, password, server, notifications: true, search, every: EVERY });
    }

    #[rstest]
    #[case::no_password("handle = \"a.example\"", 1, "config-missing", "source.password")]
    #[case::in_the_clear("handle = \"a.example\"\npassword = \"hush\"", 5, "config-expected-secret", "source.password")]
    #[case::handle("handle = \"town\"\npassword = { env = \"A\" }", 4, "config-expected-handle", "source.handle")]
    #[case::often(
        "handle = \"a.example\"\npassword = { env = \"A\" }\nevery = \"10s\"",
        6,
        "config-too-often",
        "source.every"
    )]
    #[case::server(
        "handle = \"a.example\"\npassword = { env = \"A\" }\nserver = \"bsky.social\"",
        6,
        "config-expected-url",
        "source.server"
    )]
    #[case::nothing_to_read(
        "handle = \"a.example\"\npassword = { env = \"A\" }\nnotifications = false",
        1,
        "config-missing",
        "source.search"
    )]
    #[case::searches(
        "handle = \"a.example\"\npassword = { env = \"A\" }\nsearch = [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\"]",
        6,
        "config-too-many",
        "source.search"
    )]
    fn a_fault_is_told_with_its_place_and_without_a_secret(
        #[case] keys: &str,
        #[case] line: u32,
        #[case] message: &str,
        #[case] key: &str,
    ) {
        let errors = account(keys).expect_err("it is wrong");
        assert_eq!(errors.len(), 1, "{errors:?}");
        let super::super::super::Place::File { line: at, .. } = &errors[0].place else { panic!("it is in the file") };
        assert_eq!((*at, errors[0].words().0.as_str(), errors[0].key.as_str()), (line, message, key));
        assert!(!format!("{errors:?}").contains("hush"), "{errors:?}");
    }
}
