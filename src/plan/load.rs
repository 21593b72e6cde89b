//! Reads a plan from disk. The only part of the plan that touches files, and it only reads.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Plan;
use super::assemble::assemble;
use super::finding::{self, Finding};
use super::problem::{Place, PlanErrors, Problem, ProblemKind};
use super::source::SourceFile;

/// All files of a plan together have at most so many bytes.
const MAX_BYTES: u64 = 8 * 1024 * 1024;
/// A plan has at most so many files.
const MAX_FILES: usize = 200;

/// Loads the plan in `path`, a folder (every `*.toml` directly in it, hidden ones left out) or one file that holds
/// everything. Answers with the plan and what was odd in it, or with every problem of every file. Changes nothing, so
/// that the caller can keep its last good plan.
pub fn load(path: &Path) -> Result<(Plan, Vec<Finding>), PlanErrors> {
    let mut problems = Vec::new();
    let files = read_all(path, &mut problems);
    if files.is_empty() && !problems.is_empty() {
        return Err(PlanErrors(problems));
    }
    let plan = assemble(files, problems)?;
    let findings = finding::of_loading(&plan);
    Ok((plan, findings))
}

/// The pure half of [`load`]: builds a plan from the names and words of its files.
pub fn from_files(files: Vec<(String, String)>) -> Result<(Plan, Vec<Finding>), PlanErrors> {
    let total: usize = files.iter().map(|(_, text)| text.len()).sum();
    if total as u64 > MAX_BYTES {
        return Err(PlanErrors(vec![too_large("plan.toml")]));
    }
    let files = files.into_iter().map(|(name, text)| SourceFile::new(name, text)).collect();
    let plan = assemble(files, Vec::new())?;
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
    let mut left = MAX_BYTES;
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let name = path.file_name().map_or_else(|| shown(&path), |name| shown(Path::new(name)));
        match read_one(&path, &name, &mut left) {
            Ok(file) => files.push(file),
            Err(problem) => problems.push(*problem),
        }
    }
    files
}

/// The plan's files in name order.
fn folder(path: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let entries = match fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(of_io(&shown(path), &error));
            return Vec::new();
        }
    };
    let mut paths: Vec<PathBuf> =
        entries.into_iter().map(|entry| entry.path()).filter(|path| is_plan_file(path)).collect();
    paths.sort();
    if !paths.iter().any(|path| path.file_name().is_some_and(|name| name == "plan.toml")) {
        problems.push(plain(&shown(path), ProblemKind::NoPlanFile));
        return Vec::new();
    }
    if paths.len() > MAX_FILES {
        problems.push(plain(&shown(path), ProblemKind::TooMany { what: "*.toml", limit: MAX_FILES }));
        return Vec::new();
    }
    paths
}

fn is_plan_file(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    !hidden && path.extension().is_some_and(|extension| extension == "toml") && path.is_file()
}

fn read_one(path: &Path, name: &str, left: &mut u64) -> Result<SourceFile, Box<Problem>> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| Box::new(of_io(name, &error)))?;
    // One byte more than is allowed tells a full plan from one that is too large.
    file.take(*left + 1).read_to_end(&mut bytes).map_err(|error| Box::new(of_io(name, &error)))?;
    if bytes.len() as u64 > *left {
        return Err(Box::new(too_large(name)));
    }
    *left -= bytes.len() as u64;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(name, text)),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let valid = String::from_utf8_lossy(&error.as_bytes()[..offset]).into_owned();
            let place = SourceFile::new(name, valid).place(&(offset..offset));
            Err(Box::new(Problem { kind: ProblemKind::NotUtf8 { offset }, place, suggestion: None }))
        }
    }
}

/// A path as it may be shown: control and format characters visible.
fn shown(path: &Path) -> String {
    crate::text::clean_line(&path.to_string_lossy()).into_owned()
}

fn plain(name: &str, kind: ProblemKind) -> Problem {
    Problem { kind, place: Place::file(name), suggestion: None }
}

fn too_large(name: &str) -> Problem {
    plain(name, ProblemKind::TooLarge { megabytes: (MAX_BYTES / 1024 / 1024) as usize })
}

fn of_io(name: &str, error: &io::Error) -> Problem {
    let kind = match error.kind() {
        io::ErrorKind::NotFound => ProblemKind::NotFound,
        _ => ProblemKind::Unreadable { detail: error.to_string() },
    };
    plain(name, kind)
}
