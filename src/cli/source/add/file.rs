//! The configuration's file with blocks added at its end: comments and layout stay as they are.
//!
//! The whole is read as the desk would read it before it takes the old file's place in one step; a file that somebody
//! changed in between is left alone.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::config::{Config, ConfigErrors, private_dir, private_file};

/// A configuration and where it stands.
#[derive(Debug)]
pub(super) struct File {
    path: PathBuf,
    /// `None`: it is not there yet.
    text: Option<String>,
}

impl File {
    /// Reads it; a link is followed, so that it stays one.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Self { path: fs::canonicalize(path)?, text: Some(text) }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self { path: path.to_owned(), text: None }),
            Err(error) => Err(error),
        }
    }

    /// The folder that its relative paths begin at.
    pub(super) fn base(path: &Path) -> &Path {
        path.parent().unwrap_or(Path::new(""))
    }

    /// The text with `blocks` at its end, each after an empty line, in the file's own line ends.
    pub(super) fn with(&self, blocks: &[String]) -> String {
        let mut text = self.text.clone().unwrap_or_default();
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        for block in blocks {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push_str(end);
            }
            if !text.trim_start_matches('\u{feff}').is_empty() {
                text.push_str(end);
            }
            block.lines().for_each(|line| text.extend([line, end]));
        }
        text
    }

    /// Reads a text as this file's would be; its relative paths begin at `base`.
    pub(super) fn read(text: &str, path: &Path) -> Result<Config, ConfigErrors> {
        let mut config = Config::parse(text.trim_start_matches('\u{feff}'), path)?;
        config.resolve(Self::base(path));
        Ok(config)
    }

    /// Puts `text` into its place: whole or not at all. Answers `false` when it was changed since it was read.
    pub(super) fn replace(&self, text: &str) -> io::Result<bool> {
        let Some(before) = &self.text else { return self.create(text) };
        let beside = self.beside();
        let written = (|| {
            let mut file = private_file(&beside, OpenOptions::new().write(true).create_new(true))?;
            file.write_all(text.as_bytes())?;
            fs::set_permissions(&beside, fs::metadata(&self.path)?.permissions())?;
            file.sync_all()?;
            if fs::read_to_string(&self.path)? != *before {
                return Ok(false);
            }
            fs::rename(&beside, &self.path)?;
            Ok(true)
        })();
        if !matches!(written, Ok(true)) {
            // What is left beside it is private and does no harm.
            let _ = fs::remove_file(&beside);
        }
        written
    }

    fn create(&self, text: &str) -> io::Result<bool> {
        private_dir(Self::base(&self.path))?;
        let beside = self.beside();
        let written = private_file(&beside, OpenOptions::new().write(true).create_new(true)).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            // Fails where somebody made the file in the meantime.
            match fs::hard_link(&beside, &self.path) {
                Ok(()) => Ok(true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                Err(_) if !self.path.exists() => fs::rename(&beside, &self.path).map(|()| true),
                Err(error) => Err(error),
            }
        });
        // After a rename there is none.
        let _ = fs::remove_file(&beside);
        written
    }

    fn beside(&self) -> PathBuf {
        let random = getrandom::u64().unwrap_or_default();
        self.path.with_file_name(format!(".config-{random:016x}.toml"))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const BLOCK: &str = "[[source]]\nid = \"a\"\nkind = \"stdin\"\n";

    #[rstest]
    #[case::new(None, "[[source]]\nid = \"a\"\nkind = \"stdin\"\n")]
    #[case::empty(Some(""), "[[source]]\nid = \"a\"\nkind = \"stdin\"\n")]
    #[case::comments(Some("# ours\n[demo]\n"), "# ours\n[demo]\n\n[[source]]\nid = \"a\"\nkind = \"stdin\"\n")]
    #[case::no_end(Some("ascii = true"), "ascii = true\n\n[[source]]\nid = \"a\"\nkind = \"stdin\"\n")]
    #[case::windows(Some("# a\r\n"), "# a\r\n\r\n[[source]]\r\nid = \"a\"\r\nkind = \"stdin\"\r\n")]
    #[case::mark(Some("\u{feff}# a\n"), "\u{feff}# a\n\n[[source]]\nid = \"a\"\nkind = \"stdin\"\n")]
    fn a_block_comes_last_and_all_else_stays(#[case] before: Option<&str>, #[case] after: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/config.toml");
        if let Some(before) = before {
            private_dir(File::base(&path)).expect("made");
            fs::write(&path, before).expect("written");
        }
        let file = File::open(&path).expect("it reads");
        let text = file.with(&[BLOCK.to_owned()]);
        assert_eq!(text, after);
        assert_eq!(File::read(&text, &path).expect("it is right").sources.len(), 1);
        assert!(file.replace(&text).expect("it is replaced"));
        assert_eq!(fs::read_to_string(&path).expect("it reads"), after);
        assert_eq!(fs::read_dir(File::base(&path)).expect("a folder").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_file_that_changed_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        let missing = File::open(&path).expect("it is not there");
        fs::write(&path, "ascii = true\n").expect("written");
        assert!(!missing.replace(BLOCK).expect("looked at"));
        let file = File::open(&path).expect("it reads");
        fs::write(&path, "ascii = false\n").expect("written");
        assert!(!file.replace(BLOCK).expect("looked at"));
        assert_eq!(fs::read_to_string(&path).expect("it reads"), "ascii = false\n");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn mode_and_link_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let (path, real) = (folder.path().join("config.toml"), folder.path().join("real.toml"));
        fs::write(&real, "").expect("written");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
        std::os::unix::fs::symlink(&real, &path).expect("linked");
        let file = File::open(&path).expect("it reads");
        assert!(file.replace(BLOCK).expect("replaced"));
        assert!(fs::symlink_metadata(&path).expect("there").is_symlink());
        assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_to_string(&real).expect("it reads"), BLOCK);
    }
}
