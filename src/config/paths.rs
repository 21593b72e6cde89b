//! Where everything is kept.
//!
//! What enters: a home folder, or the operating system's own places. What leaves: the path of every file
//! and folder the program uses. Folders are made 0700 and files 0600; nothing is made before it is asked for.

use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The files and folders of one home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The one folder of a portable home; `None` when the operating system's places are used.
    pub home: Option<PathBuf>,
    /// `config.toml`.
    pub config: PathBuf,
    /// The plan's folder when the configuration names none.
    pub plan: PathBuf,
    /// `keys.toml`.
    pub keys: PathBuf,
    /// The person's own themes.
    pub themes: PathBuf,
    /// The person's own profiles of exports.
    pub profiles: PathBuf,
    /// The folder of store and response log.
    pub data: PathBuf,
    /// The store.
    pub db: PathBuf,
    /// The folder of the response log's months.
    pub log_dir: PathBuf,
    /// The folder of what may be lost: own log, drafts, quarantine, last copy.
    pub state: PathBuf,
    /// Unfinished replies and notes.
    pub drafts: PathBuf,
    /// What could not be read, kept for looking at.
    pub quarantine: PathBuf,
}

impl Paths {
    /// Everything under one folder.
    pub fn under(home: impl Into<PathBuf>) -> Self {
        let home = home.into();
        let (data, state) = (home.join("data"), home.join("state"));
        Self { home: Some(home.clone()), ..Self::in_places(&home, data, state) }
    }

    /// The operating system's places for this program; `None` when it names none (no home folder).
    pub fn of_user() -> Option<Self> {
        let places = directories::ProjectDirs::from("", "", "frontdesk")?;
        let data = places.data_local_dir().to_owned();
        let state = places.state_dir().map_or_else(|| data.join("state"), Path::to_owned);
        Some(Self::in_places(places.config_dir(), data, state))
    }

    /// `flag` (`--home`), else `variable` (`FRONTDESK_HOME`, empty counts as unset), else the user's places.
    pub fn resolve(flag: Option<&Path>, variable: Option<OsString>) -> Option<Self> {
        let variable = variable.filter(|value| !value.is_empty()).map(PathBuf::from);
        match flag.map(Path::to_owned).or(variable) {
            Some(home) => Some(Self::under(std::path::absolute(&home).unwrap_or(home))),
            None => Self::of_user(),
        }
    }

    fn in_places(config: &Path, data: PathBuf, state: PathBuf) -> Self {
        Self {
            home: None,
            config: config.join("config.toml"),
            plan: config.join("plan"),
            keys: config.join("keys.toml"),
            themes: config.join("themes"),
            profiles: config.join("profiles"),
            db: data.join("mentions.db"),
            log_dir: data.join("response-log"),
            drafts: state.join("drafts"),
            quarantine: state.join("quarantine"),
            data,
            state,
        }
    }

    /// Makes the folders the program writes to. Folders that exist keep their mode.
    pub fn create(&self) -> io::Result<()> {
        for folder in [&self.data, &self.log_dir, &self.state, &self.drafts, &self.quarantine] {
            private_dir(folder)?;
        }
        Ok(())
    }

    /// The program's own trace log.
    pub fn trace_log(&self) -> PathBuf {
        self.state.join("frontdesk.log")
    }

    /// The folder of what programs asked to be handed back at their next start.
    pub fn handed_back(&self) -> PathBuf {
        self.state.join("sources")
    }

    /// How the sources are doing, as the ingesting process last told.
    pub fn vitals(&self) -> PathBuf {
        self.state.join("sources.json")
    }

    /// What a person wants of the sources.
    pub fn orders(&self) -> PathBuf {
        self.state.join("orders").join("sources.json")
    }

    /// The text that was copied last.
    pub fn last_copy(&self) -> PathBuf {
        self.state.join("last-copy.txt")
    }
}

/// Makes a folder and those above it, each new one readable by its owner only.
pub fn private_dir(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Opens a file as `options` say; where that makes it, it is readable by its owner only.
pub fn private_file(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.open(path)
}

/// Replaces a file as a whole with one readable by its owner only: whoever reads it sees the old or the new one, never a part.
/// Its folder is made. Neither the mode of an old file counts nor what a link in its place leads to.
pub fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    if let Some(folder) = path.parent() {
        private_dir(folder)?;
    }
    match std::fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private_file(&beside, OpenOptions::new().write(true).create_new(true))?;
    file.write_all(bytes)?;
    drop(file);
    std::fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_holds_everything() {
        let paths = Paths::under("/desk");
        assert_eq!(paths.config, Path::new("/desk/config.toml"));
        assert_eq!(paths.plan, Path::new("/desk/plan"));
        assert_eq!(paths.keys, Path::new("/desk/keys.toml"));
        assert_eq!(paths.themes, Path::new("/desk/themes"));
        assert_eq!(paths.db, Path::new("/desk/data/mentions.db"));
        assert_eq!(paths.log_dir, Path::new("/desk/data/response-log"));
        assert_eq!(paths.quarantine, Path::new("/desk/state/quarantine"));
    }

    #[test]
    fn the_flag_beats_the_variable_and_an_empty_variable_is_unset() {
        let both = Paths::resolve(Some(Path::new("/a")), Some("/b".into())).expect("a home was named");
        assert_eq!(both.home.as_deref(), Some(Path::new("/a")));
        let variable = Paths::resolve(None, Some("/b".into())).expect("a home was named");
        assert_eq!(variable.home.as_deref(), Some(Path::new("/b")));
        assert_eq!(Paths::resolve(None, Some(OsString::new())), Paths::of_user());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_made_is_private() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().expect("a scratch folder");
        let paths = Paths::under(folder.path().join("home"));
        paths.create().expect("the folders are made");
        let mode = |path: &Path| std::fs::metadata(path).expect("it exists").permissions().mode() & 0o777;
        for made in [&paths.data, &paths.log_dir, &paths.state, &paths.drafts, &paths.quarantine] {
            assert_eq!(mode(made), 0o700, "{}", made.display());
        }
        let file = paths.trace_log();
        private_file(&file, OpenOptions::new().create(true).append(true)).expect("the file is made");
        assert_eq!(mode(&file), 0o600);
        std::fs::write(paths.last_copy(), "mine").expect("written");
        std::os::unix::fs::symlink(paths.last_copy(), paths.vitals()).expect("a link");
        for text in ["one", "two"] {
            replace_private(&paths.vitals(), text.as_bytes()).expect("it is replaced");
        }
        assert_eq!(mode(&paths.vitals()), 0o600);
        assert_eq!(std::fs::read_to_string(paths.vitals()).expect("it reads"), "two");
        assert_eq!(std::fs::read_to_string(paths.last_copy()).expect("it reads"), "mine");
    }
}
