//! The secrets of a new source: where one is kept, and the file of one that was typed.
//!
//! What is typed goes into a file of its owner's beside the configuration, and nowhere else. Files of a source that is not
//! added in the end are taken away again.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::config::{Revealed, Secret, private_dir, private_file};

/// The folder of typed secrets, beside `config.toml`.
const FOLDER: &str = "secrets";
/// How many names are tried for a file: names of sources that were removed may still be taken.
const NAMES: usize = 100;

/// Where the secret of a key comes from.
#[derive(Debug, Clone)]
pub(super) enum Kept {
    /// Where the person keeps it.
    Elsewhere(Secret),
    /// In a file that is still to be written.
    Typed(Revealed),
}

/// The files that were written; those of a source that is not added go when this is dropped.
#[derive(Debug, Default)]
pub(super) struct Written {
    files: Vec<PathBuf>,
}

impl Written {
    /// Writes a secret into a new file below `base`; the answer is relative to it.
    pub(super) fn write(&mut self, base: &Path, name: &str, secret: &Revealed) -> io::Result<PathBuf> {
        private_dir(&base.join(FOLDER))?;
        for number in 1..=NAMES {
            let file = if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
            let path = Path::new(FOLDER).join(file);
            match private_file(&base.join(&path), OpenOptions::new().write(true).create_new(true)) {
                Ok(mut file) => {
                    self.files.push(base.join(&path));
                    writeln!(file, "{}", secret.expose())?;
                    file.sync_all()?;
                    return Ok(path);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Leaves them where they are.
    pub(super) fn keep(mut self) {
        self.files.clear();
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        for file in &self.files {
            // What cannot be taken away is in a folder that only its owner can read.
            let _ = fs::remove_file(file);
        }
    }
}

/// A secret that nobody guesses, in the form of Standard Webhooks: `whsec_` and the base64 of 24 bytes.
pub(super) fn made_up() -> io::Result<Revealed> {
    use base64::Engine as _;
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(Revealed::new(format!("whsec_{}", base64::engine::general_purpose::STANDARD.encode(bytes))))
}

/// A path that nobody guesses.
pub(super) fn unguessable() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().fold("/".to_owned(), |path, byte| path + &format!("{byte:02x}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_private_new_and_gone_unless_kept() {
        let home = tempfile::tempdir().expect("a folder");
        let secret = Revealed::new("hush");
        let mut written = Written::default();
        let path = written.write(home.path(), "town.password", &secret).expect("written");
        assert_eq!(path, Path::new("secrets/town.password"));
        let kept = Secret::File(home.path().join(&path));
        assert_eq!(kept.reveal(), Ok(secret.clone()), "it is readable by its owner only");
        written.keep();
        let mut other = Written::default();
        let second = other.write(home.path(), "town.password", &Revealed::new("psst")).expect("written");
        assert_eq!(second, Path::new("secrets/town.password-2"));
        drop(other);
        assert!(!home.path().join(second).exists());
        assert_eq!(kept.reveal(), Ok(secret));
    }

    #[test]
    fn what_is_made_up_differs_each_time() {
        let (one, two) = (made_up().expect("random"), made_up().expect("random"));
        assert!(one != two && one.expose().starts_with("whsec_") && one.expose().len() == 38);
        assert!(unguessable().expect("random").len() == 33);
    }
}
