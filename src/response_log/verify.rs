//! Checks the whole log: every hash, every link, every number.
//!
//! What enters: the log's folder. What leaves: counts, the end of each chain, and the problems with their places.
//! Nothing is changed, so a torn last line is told and left.

use std::collections::HashSet;
use std::path::Path;

use super::chain::{Chain, Damage, Envelope};
use super::error::LogError;
use super::files;
use super::lines::Lines;
use super::record::{Act, Hash};
use crate::mention::Id;
use crate::triage::RecordId;

/// How many problems are kept with their places; the others are counted.
const KEPT: usize = 100;

/// What a check of the log found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many month files there are.
    pub files: usize,
    /// How many readable records.
    pub records: u64,
    /// How many of them were redacted: their text cannot be checked, their place can.
    pub redacted: u64,
    /// How many tell of damage that was found earlier.
    pub chain_breaks: u64,
    /// Each desk's last record, by desk.
    pub heads: Vec<(Id, u64, Hash)>,
    /// The first problems, in the order of the log.
    pub problems: Vec<Problem>,
    /// How many problems there are.
    pub problem_count: u64,
}

impl Report {
    /// True when every record is what was written, where it was written.
    pub fn is_sound(&self) -> bool {
        self.problem_count == 0
    }
}

/// Something wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The month file, without its folder.
    pub file: String,
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong.
    pub damage: Damage,
}

/// Reads every line of the log in `folder`. A missing folder is an empty log.
pub fn verify(folder: &Path) -> Result<Report, LogError> {
    let mut check = Check {
        chain: Chain::from_the_start(),
        report: Report::default(),
        ids: HashSet::new(),
        redactions: Vec::new(),
    };
    let files = files::months(folder)?;
    check.report.files = files.len();
    for path in &files {
        let mut lines = Lines::open(path, 0)?;
        let name = files::short_name(path);
        while let Some(line) = lines.next()? {
            if line.complete {
                check.line(&name, line.number, &line.bytes);
            } else {
                check.problem(&name, line.number, Damage::TornTail);
            }
        }
    }
    Ok(check.finish())
}

struct Check {
    chain: Chain,
    report: Report,
    /// A redaction may be explained by a record before or after it.
    ids: HashSet<RecordId>,
    redactions: Vec<(String, u64, RecordId)>,
}

impl Check {
    fn line(&mut self, file: &str, number: u64, bytes: &[u8]) {
        let (envelope, damage) = self.chain.follow(bytes);
        if let Some(damage) = damage {
            self.problem(file, number, damage);
        }
        if let Some(envelope) = envelope {
            self.count(file, number, envelope);
        }
    }

    fn count(&mut self, file: &str, number: u64, envelope: Envelope) {
        self.report.records += 1;
        self.report.chain_breaks += u64::from(envelope.act == Act::ChainBreak);
        self.ids.insert(envelope.id());
        if let Some(explained_by) = envelope.redacted {
            self.report.redacted += 1;
            self.redactions.push((file.to_owned(), number, explained_by));
        }
    }

    fn problem(&mut self, file: &str, line: u64, damage: Damage) {
        self.report.problem_count += 1;
        if self.report.problems.len() < KEPT {
            self.report.problems.push(Problem { file: file.to_owned(), line, damage });
        }
    }

    fn finish(mut self) -> Report {
        for (file, line, explained_by) in std::mem::take(&mut self.redactions) {
            if !self.ids.contains(&explained_by) {
                self.problem(&file, line, Damage::RedactionUnexplained);
            }
        }
        self.report.problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        let mut heads: Vec<_> =
            self.chain.heads().map(|(desk, head)| (desk.clone(), head.seq, head.hash.clone())).collect();
        heads.sort_by(|a, b| a.0.cmp(&b.0));
        self.report.heads = heads;
        self.report
    }
}

#[cfg(test)]
mod tests;
