//! The file in which a program finds the state it told last.
//!
//! What enters: the state that was committed. What leaves: the path of a file only its owner can read, with that state as JSON,
//! or empty when there is none. The truth is the store's: the file is made anew at every start, and losing it loses nothing.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::super::SourceError;
use crate::config::{private_dir, private_file};

/// Writes `state` for the source `id` and answers with the path.
pub(super) fn write(folder: &Path, id: &str, state: Option<&str>) -> Result<PathBuf, SourceError> {
    // Programs run elsewhere, so that the path must stand by itself.
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let path = folder.join(format!("{id}.state"));
    let written = private_dir(&folder).and_then(|()| put(&path, state.unwrap_or_default()));
    written.map(|()| path.clone()).map_err(|error| SourceError::file(&path, &error))
}

/// Through a new file, so that neither the mode nor a link of an old one counts.
pub(super) fn put(path: &Path, state: &str) -> io::Result<()> {
    let new = path.with_extension("state.new");
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private_file(&new, OpenOptions::new().write(true).create_new(true))?;
    file.write_all(state.as_bytes())?;
    fs::rename(&new, path)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn the_file_is_private_whatever_stood_there() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (below, other) = (folder.path().join("sources"), folder.path().join("other"));
        fs::create_dir(&below).expect("a folder");
        fs::write(&other, "mine").expect("written");
        std::os::unix::fs::symlink(&other, below.join("mail.state")).expect("a link");
        let path = write(&below, "mail", Some("{\"since\":7}")).expect("it is written");
        assert_eq!(fs::read_to_string(&path).expect("it reads"), "{\"since\":7}");
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&other).expect("it reads"), "mine");
        let path = write(&below, "mail", None).expect("it is written again");
        assert_eq!(fs::read_to_string(&path).expect("it reads"), "");
    }
}
