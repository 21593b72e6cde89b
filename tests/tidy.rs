//! The house rules that no compiler checks: layering, sizes, purity, banned calls, words in both languages, documents
//! in step with the code.

mod documents;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules from left to right; a module imports only from those before it. Modules in one row are
/// siblings and do not import each other.
const LAYERS: &[&[&str]] = &[
    &["clock"],
    &["mention"],
    &["text"],
    &["locale"],
    &["config"],
    &["query"],
    &["plan"],
    &["pipeline"],
    &["triage", "reply"],
    &["trial"],
    &["response_log"],
    &["store"],
    &["sources"],
    &["report"],
    &["tui"],
    &["run"],
    &["cli"],
    &["main", "lib"],
];

/// Pure modules, with the files that are allowed to touch the outside.
const PURE: &[(&str, &[&str])] = &[
    ("mention", &[]),
    ("text", &[]),
    ("query", &[]),
    ("plan", &["plan/load.rs", "plan/load/", "plan/starter.rs"]),
    ("pipeline", &["pipeline/worker.rs", "pipeline/worker/"]),
    ("triage", &[]),
    ("reply", &[]),
    ("trial", &[]),
];

const IMPURE_NAMES: &[&str] =
    &["std::fs", "std::net", "std::process", "std::thread", "tokio::", "ratatui", "rusqlite", "reqwest"];

/// Calls that have one home, with that home.
const BANNED: &[(&str, &[&str])] = &[
    ("unbounded_channel(", &[]),
    ("mpsc::channel()", &[]),
    ("process::exit(", &[]),
    ("Utc::now(", &["clock.rs"]),
    ("Local::now(", &["clock.rs"]),
    ("SystemTime::now(", &["clock.rs"]),
    ("Instant::now(", &["clock.rs"]),
    ("dbg!(", &[]),
    ("todo!(", &[]),
    ("unimplemented!(", &[]),
    ("#[allow(", &[]),
];

const LONGEST_FILE: usize = 600;

struct SourceFile {
    /// Relative to `src`, with forward slashes.
    path: String,
    text: String,
}

impl SourceFile {
    /// The first component of the module path: `plan` for `plan.rs` and `plan/load.rs`.
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }

    /// The lines before the tests at the end of the file, comments left out.
    fn production_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test_file = self.path.ends_with("tests.rs") || self.path.contains("/tests/");
        let end = if is_test_file {
            0
        } else {
            self.text.lines().position(|line| line.starts_with("#[cfg(test)]")).unwrap_or(usize::MAX)
        };
        self.text
            .lines()
            .enumerate()
            .take(end)
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder reads").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<SourceFile> {
    let folder = root().join("src");
    let mut paths = Vec::new();
    rust_files(&folder, &mut paths);
    paths
        .into_iter()
        .map(|path| SourceFile {
            path: path.strip_prefix(&folder).expect("below src").to_string_lossy().replace('\\', "/"),
            text: fs::read_to_string(&path).expect("the file reads"),
        })
        .collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// Every `crate::name` (and `frontdesk::name` in the binary) of a line.
fn imported_modules(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for prefix in ["crate::", "frontdesk::"] {
        for piece in line.split(prefix).skip(1) {
            if let Some(list) = piece.strip_prefix('{') {
                found.extend(list.split(',').map(|name| leading_name(name.trim())));
            } else {
                found.push(leading_name(piece));
            }
        }
    }
    found.retain(|name| layer(name).is_some());
    found
}

fn leading_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

#[test]
fn a_module_imports_only_from_its_left() {
    let mut problems = Vec::new();
    for file in sources() {
        let module = file.module().to_owned();
        let own =
            layer(&module).unwrap_or_else(|| panic!("src/{}: module {module} has no place in the layers", file.path));
        for (number, line) in file.production_lines() {
            for name in imported_modules(line) {
                if name != module && layer(&name).is_some_and(|other| other >= own) {
                    problems.push(format!(
                        "src/{}:{number}: {module} imports {name}, which stands to its right",
                        file.path
                    ));
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn the_heart_touches_neither_files_nor_networks_nor_screens() {
    let mut problems = Vec::new();
    for file in sources() {
        let Some((_, exceptions)) = PURE.iter().find(|(module, _)| *module == file.module()) else { continue };
        if exceptions.iter().any(|exception| file.path.starts_with(exception)) {
            continue;
        }
        for (number, line) in file.production_lines() {
            for name in IMPURE_NAMES.iter().filter(|name| line.contains(**name)) {
                problems.push(format!("src/{}:{number}: {name} in a pure module", file.path));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn no_banned_calls() {
    let mut problems = Vec::new();
    for file in sources() {
        for (number, line) in file.production_lines() {
            for (call, homes) in BANNED {
                if line.contains(call) && !homes.contains(&file.path.as_str()) {
                    problems.push(format!("src/{}:{number}: {call}", file.path));
                }
            }
            if line.contains(".unwrap()") {
                problems.push(format!("src/{}:{number}: unwrap", file.path));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn files_keep_their_size_and_their_shape() {
    let mut problems = Vec::new();
    for file in sources() {
        let lines = file.production_lines().count();
        if lines > LONGEST_FILE {
            problems.push(format!("src/{}: {lines} lines, more than {LONGEST_FILE}", file.path));
        }
        if file.path.ends_with("mod.rs") {
            problems.push(format!("src/{}: write foo.rs beside foo/", file.path));
        }
        let is_test_file = file.path.ends_with("tests.rs") || file.path.contains("/tests/");
        if !is_test_file && !file.text.starts_with("//!") {
            problems.push(format!("src/{}: no module header", file.path));
        }
        if file.text.lines().any(|line| line.trim() == "///" && !line.contains("/// ")) && has_empty_doc(&file.text) {
            problems.push(format!("src/{}: an empty doc comment", file.path));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// A `///` that has no text on the line before nor after it.
fn has_empty_doc(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.iter().enumerate().any(|(index, line)| {
        *line == "///"
            && !index.checked_sub(1).and_then(|before| lines.get(before)).is_some_and(|line| line.starts_with("/// "))
            && !lines.get(index + 1).is_some_and(|line| line.starts_with("/// "))
    })
}

/// Every message that the code asks for by a literal name stands in the locale's files.
#[test]
fn every_message_the_code_names_exists() {
    let mut known = BTreeSet::new();
    for entry in fs::read_dir(root().join("src/locale/en")).expect("the locale's folder") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a locale file");
        known.extend(
            text.lines()
                .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
                .filter_map(|line| line.split_once('=').map(|(name, _)| name.trim().to_owned())),
        );
    }
    let mut problems = Vec::new();
    for file in sources().iter().filter(|file| file.module() != "locale") {
        for (number, line) in file.production_lines() {
            for name in literal_message_names(line) {
                if !known.contains(name) {
                    problems.push(format!("src/{}:{number}: no message named {name}", file.path));
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The literal second argument of `tr!(…, "name"` and the first of `.text("name")`.
fn literal_message_names(line: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for piece in line.split("tr!(").skip(1) {
        let Some((_, rest)) = piece.split_once(", \"") else { continue };
        names.extend(rest.split('"').next());
    }
    for opening in ["locale.text(\"", "locale.text_with(\""] {
        for piece in line.split(opening).skip(1) {
            names.extend(piece.split('"').next());
        }
    }
    names
}

#[test]
fn the_lock_file_stays_light() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock file");
    let packages = lock.lines().filter(|line| *line == "[[package]]").count();
    assert!(packages < 400, "{packages} packages in Cargo.lock, 400 is too many");
    let crossterms = lock.lines().filter(|line| *line == "name = \"crossterm\"").count();
    assert_eq!(crossterms, 1, "one version of crossterm only");
}
