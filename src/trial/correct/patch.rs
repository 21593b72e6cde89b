//! A change of the plan's files as a unified diff: made here, read and edited by a person, applied here again.
//!
//! What enters: the files before and after, or a diff that a person may have edited. What leaves: the diff, or the
//! changed files in full. Only visible TOML files directly in the plan's folder can be named; nothing is written here.

use std::collections::BTreeMap;

use diffy::{DiffOptions, Patch};

use crate::plan::Sources;

/// The plan's files before and after a change.
#[derive(Debug, Clone, Default)]
pub(in crate::trial) struct Files {
    before: BTreeMap<String, String>,
    after: BTreeMap<String, String>,
}

impl Files {
    /// The files as they were read; what is built into the program is not among them.
    pub(in crate::trial) fn of(sources: &Sources) -> Self {
        let files = sources.files().iter().filter(|file| is_plan_file(file.name()));
        let before: BTreeMap<String, String> =
            files.map(|file| (file.name().to_string(), file.text().to_owned())).collect();
        Self { after: before.clone(), before }
    }

    /// A file's text as changed so far.
    pub(in crate::trial) fn text(&self, name: &str) -> Option<&str> {
        self.after.get(name).map(String::as_str)
    }

    /// Replaces a file's text, or adds the file.
    pub(in crate::trial) fn replace(&mut self, name: &str, text: String) {
        self.after.insert(name.to_owned(), text);
    }

    /// Adds tables at a file's end, an empty line before them.
    pub(in crate::trial) fn append(&mut self, name: &str, tables: &str) {
        let mut text = self.text(name).unwrap_or_default().to_owned();
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        text.push_str(tables);
        self.replace(name, text);
    }

    /// The files as changed so far, as a plan is loaded from them.
    pub(in crate::trial) fn all(&self) -> Vec<(String, String)> {
        self.after.iter().map(|(name, text)| (name.clone(), text.clone())).collect()
    }

    /// The file in which new tables of a kind go: `name`, unless the whole plan is one file.
    pub(in crate::trial) fn file_for(&self, name: &str) -> String {
        let mut names = self.before.keys();
        match (names.next(), names.next()) {
            (Some(only), None) => only.clone(),
            _ => name.to_owned(),
        }
    }

    /// The difference, a section for each changed file.
    pub(in crate::trial) fn patch(&self) -> String {
        let mut patch = String::new();
        for (name, after) in &self.after {
            let before = self.before.get(name).map_or("", String::as_str);
            if before != after {
                let mut options = DiffOptions::new();
                options.set_original_filename(name.clone()).set_modified_filename(name.clone());
                patch.push_str(&options.create_patch(before, after).to_string());
            }
        }
        patch
    }
}

/// A file of the plan with its new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patched {
    /// The file's name in the plan's folder.
    pub name: String,
    /// Its whole text.
    pub text: String,
}

/// Why a patch was not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatchError {
    /// Nothing is left of it.
    Empty,
    /// It is no unified diff.
    Unreadable,
    /// It names something that is no file of a plan.
    NotAPlanFile(String),
    /// The file is not what the patch expects.
    DoesNotApply(String),
}

/// Applies a patch that a person may have edited: lines before the first file, such as remarks, are passed over, and the
/// counts in the heads of hunks need not be right. `read` gives a file's text as it is now; one that does not exist is
/// empty. All files apply, or none does.
pub fn apply<E: From<PatchError>>(
    patch: &str,
    mut read: impl FnMut(&str) -> Result<String, E>,
) -> Result<Vec<Patched>, E> {
    let sections = sections(patch);
    if sections.is_empty() {
        let nothing = patch.lines().all(|line| line.trim().is_empty() || line.starts_with('#'));
        return Err(if nothing { PatchError::Empty } else { PatchError::Unreadable }.into());
    }
    let mut patched = Vec::new();
    for (name, section) in sections {
        if !is_plan_file(&name) {
            return Err(PatchError::NotAPlanFile(name).into());
        }
        let section = recounted(&section);
        let Ok(parsed) = Patch::from_str(&section) else { return Err(PatchError::Unreadable.into()) };
        // A file that is named twice is changed twice.
        let again = patched.iter().position(|patched: &Patched| patched.name == name);
        let before = match again {
            Some(at) => patched.swap_remove(at).text,
            None => read(&name)?,
        };
        let Ok(text) = diffy::apply(&before, &parsed) else { return Err(PatchError::DoesNotApply(name).into()) };
        patched.push(Patched { name, text });
    }
    Ok(patched)
}

/// A visible TOML file directly in the plan's folder.
fn is_plan_file(name: &str) -> bool {
    let plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']);
    plain && name.strip_suffix(".toml").is_some_and(|stem| !stem.is_empty())
}

/// The parts of a patch, a file each, with the name after `+++`.
fn sections(patch: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = patch.lines().collect();
    let begins =
        |at: usize| lines[at].starts_with("--- ") && lines.get(at + 1).is_some_and(|line| line.starts_with("+++ "));
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| begins(at)).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let section = |(start, end): (&usize, usize)| {
        let name = lines[start + 1].trim_start_matches("+++ ").trim().to_owned();
        let mut text = lines[*start..end].join("\n");
        text.push('\n');
        (name, text)
    };
    starts.iter().zip(ends).map(section).collect()
}

/// The section with the counts of each hunk as its lines are. Blank lines at its end are no part of it: editors add them.
fn recounted(section: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut hunk: Option<(usize, [usize; 2])> = None;
    let lines: Vec<&str> = section.trim_end_matches('\n').lines().collect();
    for line in lines {
        if line.starts_with("@@ ") {
            close(&mut out, hunk.take());
            hunk = Some((out.len(), [0, 0]));
            out.push(line.to_owned());
            continue;
        }
        if let Some((_, [old, new])) = &mut hunk {
            match line.as_bytes().first() {
                Some(b'-') => *old += 1,
                Some(b'+') => *new += 1,
                Some(b'\\') => {}
                _ => (*old, *new) = (*old + 1, *new + 1),
            }
        }
        // Some editors take the blank of an empty line away.
        out.push(if line.is_empty() && hunk.is_some() { " ".to_owned() } else { line.to_owned() });
    }
    close(&mut out, hunk);
    out.join("\n") + "\n"
}

/// Writes the counts into the hunk's head, whose starts stay.
fn close(out: &mut [String], hunk: Option<(usize, [usize; 2])>) {
    let Some((head, [old, new])) = hunk else { return };
    let start = |sign: char| {
        let range = out[head].split_whitespace().find_map(|word| word.strip_prefix(sign))?;
        range.split(',').next()?.parse::<usize>().ok()
    };
    if let (Some(from), Some(to)) = (start('-'), start('+')) {
        out[head] = format!("@@ -{from},{old} +{to},{new} @@");
    }
}
