//! Reads a plan from disk. The only part of the plan that touches files, and it only reads.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Plan;
use super::assemble::assemble;
use super::finding::{self, Finding};
use super::limits::{Budget, MAX_ENTRIES, MAX_FILES, too_large};
use super::problem::{Place, PlanErrors, Problem, ProblemKind};
use super::source::SourceFile;

/// Loads the plan in `path`, a folder (every `*.toml` directly in it, hidden ones left out) or one file that holds
/// everything. Answers with the plan and what was odd in it, or with every problem of every file. Changes nothing, so
/// that the caller can keep its last good plan.
pub fn load(path: &Path) -> Result<(Plan, Vec<Finding>), PlanErrors> {
    let mut problems = Vec::new();
    let files = read_all(path, &mut problems);
    finish(files, problems)
}

/// The pure half of [`load`]: builds a plan from the names and words of its files.
pub fn from_files(files: Vec<(String, String)>) -> Result<(Plan, Vec<Finding>), PlanErrors> {
    let (mut budget, mut problems) = (Budget::new(), Vec::new());
    let mut admitted = Vec::with_capacity(files.len());
    for (name, text) in files {
        match budget.admit(&name, text) {
            Ok(file) => admitted.push(file),
            Err(problem) => problems.push(*problem),
        }
    }
    finish(admitted, problems)
}

/// A plan that is too large in any way is refused before the rest of it is looked at.
fn finish(files: Vec<SourceFile>, problems: Vec<Problem>) -> Result<(Plan, Vec<Finding>), PlanErrors> {
    if !problems.is_empty() && (files.is_empty() || problems.iter().any(|problem| problem.kind.is_limit())) {
        return Err(PlanErrors(problems));
    }
    let plan = assemble(files, problems)?;
    let findings = finding::of_loading(&plan);
    Ok((plan, findings))
}

fn read_all(path: &Path, problems: &mut Vec<Problem>) -> Vec<SourceFile> {
    let paths = match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => folder(path, problems),
        Ok(_) => vec![path.to_owned()],
        Err(error) => {
            problems.push(of_io(&shown(path), &error));
            Vec::new()
        }
    };
    let mut budget = Budget::new();
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let name = path.file_name().map_or_else(|| shown(&path), |name| shown(Path::new(name)));
        match read_one(&path, &name, &budget).and_then(|text| budget.admit(&name, text)) {
            Ok(file) => files.push(file),
            Err(problem) => {
                let over = problem.kind.is_limit();
                problems.push(*problem);
                if over {
                    break;
                }
            }
        }
    }
    files
}

/// The plan's files in name order.
fn folder(path: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(of_io(&shown(path), &error));
            return paths;
        }
    };
    for (index, entry) in entries.enumerate() {
        if index == MAX_ENTRIES {
            problems.push(plain(&shown(path), ProblemKind::TooMany { what: "*", limit: MAX_ENTRIES }));
            return Vec::new();
        }
        match entry {
            Ok(entry) if is_plan_file(&entry.path()) => paths.push(entry.path()),
            Ok(_) => {}
            Err(error) => {
                problems.push(of_io(&shown(path), &error));
                return Vec::new();
            }
        }
        if paths.len() > MAX_FILES {
            problems.push(plain(&shown(path), ProblemKind::TooMany { what: "*.toml", limit: MAX_FILES }));
            return Vec::new();
        }
    }
    paths.sort();
    if !paths.iter().any(|path| path.file_name().is_some_and(|name| name == "plan.toml")) {
        problems.push(plain(&shown(path), ProblemKind::NoPlanFile));
        return Vec::new();
    }
    paths
}

/// By its name alone: what bears a plan file's name and is none is a problem, not to be overlooked.
fn is_plan_file(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    !hidden && path.extension().is_some_and(|extension| extension == "toml")
}

/// Reads a file whose size allows it.
fn read_one(path: &Path, name: &str, budget: &Budget) -> Result<String, Box<Problem>> {
    let io = |error: io::Error| Box::new(of_io(name, &error));
    let left = budget.bytes_left();
    let file = open(path).map_err(io)?;
    let metadata = file.metadata().map_err(io)?;
    if !metadata.is_file() {
        return Err(Box::new(plain(name, ProblemKind::NotAFile)));
    }
    if metadata.len() > left {
        return Err(Box::new(too_large(name)));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    // The size may be out of date or untrue: one byte more than is allowed is enough to know.
    file.take(left + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > left {
        return Err(Box::new(too_large(name)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let valid = String::from_utf8_lossy(&error.as_bytes()[..offset]).into_owned();
        let place = SourceFile::new(name, valid).place(&(offset..offset));
        Box::new(Problem { kind: ProblemKind::NotUtf8 { offset }, place, suggestion: None })
    })
}

/// Opens for reading without waiting for the other end of a pipe.
fn open(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    options.open(path)
}

/// A path as it may be shown: control and format characters visible.
fn shown(path: &Path) -> String {
    crate::text::clean_line(&path.to_string_lossy()).into_owned()
}

fn plain(name: &str, kind: ProblemKind) -> Problem {
    Problem { kind, place: Place::file(name), suggestion: None }
}

fn of_io(name: &str, error: &io::Error) -> Problem {
    let kind = match error.kind() {
        io::ErrorKind::NotFound => ProblemKind::NotFound,
        _ => ProblemKind::Unreadable { detail: error.to_string() },
    };
    plain(name, kind)
}
