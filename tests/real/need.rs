//! What a test needs from the machine: there, or said to be missing.

use std::path::{Path, PathBuf};

/// Where Debian puts servers that are on no ordinary person's path.
const MORE: &[&str] = &["/usr/sbin", "/usr/local/sbin"];

/// The program `name`. `None` skips the test, which was told; it is a failure where real servers are required.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .chain(MORE.iter().map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|file| file.is_file());
    there(name, found)
}

/// A Python that has the packages of `requirements.txt`.
pub fn python() -> Option<PathBuf> {
    there("Python with tests/real/requirements.txt", installed("python/bin/python3"))
}

/// The folder `node_modules` in which the package `name` of `package.json` stands.
pub fn npm(name: &str) -> Option<PathBuf> {
    there(&format!("npm's {name}"), installed(&format!("node/node_modules/{name}/package.json")))?;
    installed("node/node_modules")
}

/// A program of Debian's `PostgreSQL`, which stands on nobody's path.
pub fn postgres(name: &str) -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let found = versions.map(|version| version.path().join("bin").join(name)).find(|file| file.is_file());
    there(&format!("PostgreSQL's {name}"), found)
}

/// What `.ci/real` put below the target folder.
fn installed(name: &str) -> Option<PathBuf> {
    Some(Path::new(env!("CARGO_TARGET_TMPDIR")).join("real").join(name)).filter(|path| path.exists())
}

#[expect(clippy::print_stderr, reason = "whoever runs the tests is told what was not tried")]
fn there(what: &str, found: Option<PathBuf>) -> Option<PathBuf> {
    if found.is_none() {
        let required = std::env::var_os("FRONTDESK_REAL").is_some_and(|asked| asked == "required");
        assert!(!required, "{what} is missing, and FRONTDESK_REAL=required: run .ci/real");
        eprintln!("skipped: {what} is not installed; .ci/real installs it");
    }
    found
}
