//! `kind = "reddit"`: the newest posts of subreddits, by the private feed that every account of Reddit has.

use std::time::Duration;

use super::super::error::Expected;
use super::super::table::{Faults, Table};
use super::super::{Secret, SourceKind};
use super::{Row, address, every};

/// Reddit refuses who asks more often.
const LEAST: Duration = Duration::from_mins(10);

/// Where it is when `url` is not given.
const SERVER: &str = "https://www.reddit.com";

/// The most subreddits of one source: they stand together in one address.
const MOST: usize = 50;

/// Subreddits and the account by which they are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reddit {
    /// Their names, without `r/`.
    pub subreddits: Vec<String>,
    /// The account's name, without `u/`.
    pub user: String,
    /// The token of the account's private feeds.
    pub token: Secret,
    /// How often it is asked.
    pub every: Duration,
    /// Where it is.
    pub url: String,
}

/// The kind.
pub(super) const ROW: Row = Row {
    token: "reddit",
    keys: &["subreddits", "user", "token", "every", "url"],
    required: &["subreddits", "user", "token"],
    read,
};

fn read(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    let subreddits = table.read("subreddits", Expected::Subreddits, faults, |value| {
        let names = value.as_array()?.iter().map(|name| named(name.get_ref().as_str()?, "r/"));
        names.collect::<Option<Vec<_>>>().filter(|names| (1..=MOST).contains(&names.len()))
    });
    let user = table.read("user", Expected::RedditUser, faults, |value| named(value.as_str()?, "u/"));
    let token = table.secret("token", faults);
    let every = every(table, LEAST, LEAST, faults);
    let url = address(table, "url", faults).unwrap_or(SERVER).to_owned();
    Some(SourceKind::Reddit(Reddit { subreddits: subreddits?, user: user?, token: token?, every, url }))
}

/// A name of letters, digits and lines, with or without what people write before it.
fn named(text: &str, prefix: &str) -> Option<String> {
    let name = text.trim().trim_start_matches('/');
    let name = name.strip_prefix(prefix).unwrap_or(name).trim_end_matches('/');
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let is_name = (2..=24).contains(&name.len()) && name.chars().all(is_plain);
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rstest::rstest;

    use super::super::super::{Config, ConfigErrors};
    use super::*;

    fn config(keys: &str) -> Result<Reddit, ConfigErrors> {
        let text = format!("[[source]]\nid = \"town\"\nkind = \"reddit\"\n{keys}\n");
        Config::parse(&text, Path::new("config.toml")).map(|config| match &config.sources[0].kind {
            SourceKind::Reddit(reddit) => reddit.clone(),
            other => panic!("another kind: {other:?}"),
        })
    }

    #[test]
    fn names_are_read_as_people_write_them() {
        let read = config("subreddits = [\"r/AlderBay\", \"/r/bc/\"]\nuser = \"u/town_desk\"\ntoken = { env = \"T\" }");
        let reddit = read.expect("all is right");
        assert_eq!(
            (reddit.subreddits.as_slice(), reddit.user.as_str()),
            (&["AlderBay".to_owned(), "bc".to_owned()][..], "town_desk")
        );
        assert_eq!((reddit.every, reddit.url.as_str()), (LEAST, SERVER));
    }

    #[rstest]
    #[case::often("subreddits = [\"ab\"]\nuser = \"me\"\ntoken = { env = \"T\" }\nevery = \"5m\"", "source.every")]
    #[case::none("subreddits = []\nuser = \"me\"\ntoken = { env = \"T\" }", "source.subreddits")]
    #[case::path("subreddits = [\"../hush\"]\nuser = \"me\"\ntoken = { env = \"T\" }", "source.subreddits")]
    #[case::user("subreddits = [\"ab\"]\nuser = \"m&feed=x\"\ntoken = { env = \"T\" }", "source.user")]
    #[case::in_the_clear("subreddits = [\"ab\"]\nuser = \"me\"\ntoken = \"hush\"", "source.token")]
    #[case::no_token("subreddits = [\"ab\"]\nuser = \"me\"", "source.token")]
    fn a_fault_names_its_key_and_no_secret(#[case] keys: &str, #[case] key: &str) {
        let errors = config(keys).expect_err("it is wrong").0;
        assert_eq!((errors.len(), errors[0].key.as_str()), (1, key), "{errors:?}");
        assert!(key != "source.token" || !format!("{errors:?}").contains("hush"));
    }
}
