//! What is gathered while the plan's tables are read: problems, ids, and references to be resolved at the end.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use chrono_tz::Tz;

use crate::mention::{Disposition, Id};
use crate::query::closest;

use super::at::At;
use super::problem::{Place, Problem, ProblemKind, TableKind};
use super::source::SourceFile;
use super::variables;

/// More problems than these are not listed.
const MAX_PROBLEMS: usize = 1000;
/// A plan has at most so many rules, the built-in ones included; a large region is at home with 10,000 of its own.
const MAX_RULES: usize = 20_000;

/// An id that is named somewhere and must stand somewhere else.
struct Reference {
    kinds: &'static [TableKind],
    id: Id,
    file: Arc<str>,
    span: Range<usize>,
}

/// A blank of a text, whose name must turn out to be known.
struct VariableUse {
    name: String,
    file: Arc<str>,
    span: Range<usize>,
}

/// Gathers across all files of a plan.
pub(super) struct Collector {
    problems: Vec<Problem>,
    declared: HashMap<(TableKind, Id), At>,
    references: Vec<Reference>,
    variables: Vec<VariableUse>,
    own_variables: Vec<String>,
    claimed: HashMap<Option<Disposition>, At>,
    rules: usize,
    /// The plan's zone, for dates without one.
    pub(super) zone: Tz,
}

impl Collector {
    pub(super) fn new(problems: Vec<Problem>) -> Self {
        Self {
            problems,
            declared: HashMap::new(),
            references: Vec::new(),
            variables: Vec::new(),
            own_variables: Vec::new(),
            claimed: HashMap::new(),
            rules: 0,
            zone: Tz::UTC,
        }
    }

    /// Notes a problem; those beyond the limit are dropped, and the limit itself is reported as the last one.
    pub(super) fn push(&mut self, problem: Problem) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        } else if self.problems.len() == MAX_PROBLEMS {
            let kind = ProblemKind::TooManyProblems { limit: MAX_PROBLEMS };
            self.problems.push(Problem { kind, ..problem });
        }
    }

    /// True when no more problems are kept: finding out where the next one stands is not worth the time.
    pub(super) fn is_full(&self) -> bool {
        self.problems.len() > MAX_PROBLEMS
    }

    /// Notes a problem at a range of a file.
    pub(super) fn error(&mut self, file: &SourceFile, span: &Range<usize>, kind: ProblemKind) {
        if self.is_full() {
            return;
        }
        self.push(Problem { kind, place: file.place(span), suggestion: None });
    }

    /// Notes that `id` stands here; a second one of its kind is a problem.
    pub(super) fn declare(&mut self, kind: TableKind, id: &Id, file: &SourceFile, span: &Range<usize>) {
        let at = file.at(span.start);
        // Steps and outcomes are targets of the same keys, so they share one space of names.
        let taken = match kind {
            TableKind::Step => [kind, TableKind::Outcome],
            TableKind::Outcome => [kind, TableKind::Step],
            _ => [kind, kind],
        };
        let first = taken.iter().find_map(|kind| self.declared.get(&(*kind, id.clone())).cloned());
        match first {
            Some(first) => self.error(file, span, ProblemKind::DuplicateId { kind, id: id.to_string(), first }),
            None => drop(self.declared.insert((kind, id.clone()), at)),
        }
    }

    /// Notes that `id` must turn out to be one of `kinds`.
    pub(super) fn refer(&mut self, kinds: &'static [TableKind], id: &Id, file: &SourceFile, span: &Range<usize>) {
        let (id, file) = (id.clone(), file.name().clone());
        self.references.push(Reference { kinds, id, file, span: span.clone() });
    }

    /// Notes a variable of the plan's own.
    pub(super) fn own_variable(&mut self, name: &str) {
        self.own_variables.push(name.to_owned());
    }

    /// Notes that a text has a blank of this name.
    pub(super) fn use_variable(&mut self, name: &str, file: &SourceFile, span: &Range<usize>) {
        let (name, file) = (name.to_owned(), file.name().clone());
        self.variables.push(VariableUse { name, file, span: span.clone() });
    }

    /// Notes that a records series is for `disposition`, or for all that no other is for; two such are a problem.
    pub(super) fn claim(&mut self, disposition: Option<Disposition>, file: &SourceFile, span: &Range<usize>) {
        match self.claimed.get(&disposition).cloned() {
            Some(first) => self.error(file, span, ProblemKind::SeriesTaken { disposition, first }),
            None => drop(self.claimed.insert(disposition, file.at(span.start))),
        }
    }

    /// Counts a rule; the first beyond the limit is a problem.
    pub(super) fn count_rule(&mut self, file: &SourceFile, span: &Range<usize>) {
        self.rules += 1;
        if self.rules == MAX_RULES + 1 {
            self.error(file, span, ProblemKind::TooMany { what: "match", limit: MAX_RULES });
        }
    }

    /// Resolves the references and hands out all problems in the order of files and lines; `files` are those read.
    pub(super) fn finish(mut self, files: &[&SourceFile]) -> Vec<Problem> {
        for reference in std::mem::take(&mut self.references) {
            let kinds = reference.kinds;
            if kinds.iter().any(|kind| self.declared.contains_key(&(*kind, reference.id.clone()))) {
                continue;
            }
            if self.is_full() {
                break;
            }
            let suggestion = self.nearest(kinds, &reference.id);
            let kind = ProblemKind::MissingReference { kinds, id: reference.id.to_string() };
            let file = files.iter().find(|file| *file.name() == reference.file);
            let place = file.map_or_else(|| Place::file(reference.file.clone()), |file| file.place(&reference.span));
            self.push(Problem { kind, place, suggestion });
        }
        self.resolve_variables(files);
        let key = |problem: &Problem| (problem.place.file.clone(), problem.place.line, problem.place.column);
        self.problems.sort_by_key(key);
        self.problems
    }

    fn resolve_variables(&mut self, files: &[&SourceFile]) {
        let own: HashSet<String> = self.own_variables.drain(..).collect();
        for VariableUse { name, file, span } in std::mem::take(&mut self.variables) {
            if own.contains(&name) || variables::built_in().any(|known| known == name) {
                continue;
            }
            if self.is_full() {
                break;
            }
            let found = files.iter().find(|source| *source.name() == file);
            let place = found.map_or_else(|| Place::file(file), |source| source.place(&span));
            let suggestion = if self.problems.len() > MAX_PROBLEMS / 5 {
                None
            } else {
                let mut known: Vec<&str> = variables::built_in().collect();
                known.extend(own.iter().map(String::as_str).take(MAX_PROBLEMS));
                known.sort_unstable();
                closest(&name, known).map(|name| format!("{{{name}}}"))
            };
            self.push(Problem { kind: ProblemKind::UnknownVariable { name }, place, suggestion });
        }
    }

    /// The id of one of `kinds` that was probably meant. Not looked for among very many, nor for very many.
    fn nearest(&self, kinds: &[TableKind], id: &str) -> Option<String> {
        if self.problems.len() > MAX_PROBLEMS / 5 {
            return None;
        }
        let ids = self.declared.keys().filter(|(kind, _)| kinds.contains(kind)).map(|(_, id)| &**id);
        let mut known: Vec<&str> = ids.take(MAX_PROBLEMS).collect();
        known.sort_unstable();
        closest(id, known).map(str::to_owned)
    }
}
