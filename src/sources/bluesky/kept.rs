//! The file in which a session outlives the program, so that signing in stays rare: servers allow it a few times a day.
//!
//! What enters and leaves: the tokens of one account at one server. The file is its owner's alone, and is replaced as a whole
//! each time, because both tokens change together: a crash leaves the old pair or the new one. A file that others could
//! read or that belongs to another account is none. Losing it costs one sign-in.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::config::{Revealed, replace_private};

/// A larger file is not ours.
const LARGEST: u64 = 64 << 10;

/// The tokens of a session, and what they are good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tokens {
    /// Whose: the configured server and handle.
    pub(super) account: Account,
    /// The account's identifier.
    pub(super) did: String,
    /// The account's own server: every call goes there.
    pub(super) pds: String,
    pub(super) access: Revealed,
    pub(super) refresh: Revealed,
    /// By this machine's clock; `None` where the token does not say.
    pub(super) renew_at: Option<DateTime<Utc>>,
}

/// An account as it is configured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Account {
    pub(super) server: String,
    pub(super) handle: String,
}

/// The file's form. No `Debug`: it holds the tokens in the clear.
#[derive(Serialize, Deserialize)]
struct Form {
    #[serde(flatten)]
    account: Account,
    did: String,
    pds: String,
    access: String,
    refresh: String,
    renew_at: Option<DateTime<Utc>>,
}

/// Where the session of a source is kept.
pub(super) fn path(folder: &Path, source: &str) -> PathBuf {
    folder.join(format!("{source}.session"))
}

/// The kept tokens of this account, if there are any that nobody else could read.
pub(super) fn read(path: &Path, account: &Account) -> Option<Tokens> {
    let file = File::open(path).ok()?;
    if !is_private(&file) {
        tracing::warn!(path = %path.display(), "a kept session that others can read is not used");
        return None;
    }
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).ok()?;
    let form: Form = serde_json::from_slice(&bytes).ok()?;
    let Form { account: of, did, pds, access, refresh, renew_at } = form;
    let tokens =
        Tokens { account: of, did, pds, access: Revealed::new(access), refresh: Revealed::new(refresh), renew_at };
    (tokens.account == *account).then_some(tokens)
}

/// Keeps the tokens in place of the earlier ones.
pub(super) fn write(path: &Path, tokens: &Tokens) -> io::Result<()> {
    let form = Form {
        account: tokens.account.clone(),
        did: tokens.did.clone(),
        pds: tokens.pds.clone(),
        access: tokens.access.expose().to_owned(),
        refresh: tokens.refresh.expose().to_owned(),
        renew_at: tokens.renew_at,
    };
    replace_private(path, &serde_json::to_vec(&form)?)
}

#[cfg(unix)]
fn is_private(file: &File) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    file.metadata().is_ok_and(|metadata| metadata.permissions().mode().trailing_zeros() >= 6)
}

#[cfg(not(unix))]
fn is_private(_: &File) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn account(handle: &str) -> Account {
        Account { server: "https://bsky.example".to_owned(), handle: handle.to_owned() }
    }

    fn tokens(access: &str) -> Tokens {
        Tokens {
            account: account("town.example"),
            did: "did:plc:a".to_owned(),
            pds: "https://pds.example".to_owned(),
            access: Revealed::new(access),
            refresh: Revealed::new("hush-refresh"),
            renew_at: None,
        }
    }

    #[test]
    fn a_session_is_kept_for_its_account_only() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = path(&folder.path().join("sources"), "town");
        assert_eq!(read(&path, &account("town.example")), None);
        write(&path, &tokens("hush-1")).expect("it is kept");
        write(&path, &tokens("hush-2")).expect("it is replaced");
        assert_eq!(read(&path, &account("town.example")), Some(tokens("hush-2")));
        assert_eq!(read(&path, &account("other.example")), None);
        assert_eq!(fs::read_dir(path.parent().expect("a folder")).expect("it lists").count(), 1);
        assert!(!format!("{:?}", tokens("hush-1")).contains("hush"));
    }

    #[test]
    fn a_torn_file_is_none() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = path(folder.path(), "town");
        write(&path, &tokens("hush")).expect("it is kept");
        let whole = fs::read(&path).expect("it reads");
        for cut in 0..whole.len() {
            fs::write(&path, &whole[..cut]).expect("it is written");
            assert_eq!(read(&path, &account("town.example")), None, "{cut}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_its_owners_alone_and_refused_otherwise() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (path, other) = (path(folder.path(), "town"), folder.path().join("other"));
        fs::write(&other, "mine").expect("written");
        std::os::unix::fs::symlink(&other, &path).expect("a link");
        write(&path, &tokens("hush")).expect("it is kept");
        assert_eq!(fs::read_to_string(&other).expect("it reads"), "mine");
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("its mode is set");
        assert_eq!(read(&path, &account("town.example")), None);
    }
}
