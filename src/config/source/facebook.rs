//! `kind = "facebook"`: posts and comments on a Facebook Page, asked for.

use std::time::Duration;

use super::super::table::{Faults, Table};
use super::super::{DEFAULT_EVERY, Secret, SourceKind};
use super::{Row, address, every};

/// Where Meta's Graph API is when `url` is not given; it speaks the oldest version that the app may use.
const GRAPH: &str = "https://graph.facebook.com";
/// A page's quota is small.
const LEAST: Duration = Duration::from_mins(1);

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facebook {
    /// Its id, or the name in its address.
    pub page: String,
    /// A page access token.
    pub token: Secret,
    /// The Graph API; a version may stand at its end.
    pub url: String,
    /// How often it is asked.
    pub every: Duration,
}

/// The kind.
pub(super) const ROW: Row =
    Row { token: "facebook", keys: &["page", "token", "url", "every"], required: &["page", "token"], read };

fn read(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    let every = every(table, DEFAULT_EVERY, LEAST, faults);
    let url = address(table, "url", faults).unwrap_or(GRAPH).to_owned();
    let page = table.read("page", super::Expected::Page, faults, |value| value.as_str().filter(|page| is_page(page)));
    let token = table.secret("token", faults);
    Some(SourceKind::Facebook(Facebook { page: page?.to_owned(), token: token?, url, every }))
}

/// It becomes a part of an address.
fn is_page(page: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    !page.is_empty() && page.len() <= 100 && page != ".." && page.chars().all(is_plain)
}
