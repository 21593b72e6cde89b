//! What must hold at one level of a query, what must not, and where the two meet.
//!
//! What enters: the parts of a level, and what the levels above say. What leaves: a clash, where no text could satisfy
//! both. Only what is certain is told: alternatives are levels of their own.

use std::collections::BTreeMap;

use crate::plan::check::terms::{self, Space, Term, WordForm};
use crate::plan::finding::Clash;
use crate::query::{Expr, Test};

use super::values::Values;

/// One level: the parts that stand together, with what the levels above say of single values. The maps are sorted, so that
/// of several clashes the same one is told each time.
#[derive(Default)]
pub(super) struct Scope<'e> {
    wanted: BTreeMap<Term<'e>, &'e Expr>,
    /// The words of what is wanted, whole ones and beginnings apart, for what bars a word or a beginning.
    words: BTreeMap<(Space, &'e str), &'e Expr>,
    beginnings: BTreeMap<(Space, &'e str), &'e Expr>,
    barred: BTreeMap<Term<'e>, &'e Expr>,
    barred_words: BTreeMap<(Space, &'e str), &'e Expr>,
    barred_beginnings: BTreeMap<(Space, &'e str), &'e Expr>,
    tests: BTreeMap<String, &'e Test>,
    barred_tests: BTreeMap<String, &'e Test>,
    values: Values,
}

impl<'e> Scope<'e> {
    /// An empty level below `above`.
    pub(super) fn below(above: Option<&Self>) -> Self {
        Self { values: above.map(|above| above.values.clone()).unwrap_or_default(), ..Self::default() }
    }

    /// Takes in a part; alternatives go to `groups`.
    pub(super) fn gather(&mut self, part: &'e Expr, groups: &mut Vec<&'e [Expr]>) {
        match part {
            Expr::And(parts) => parts.iter().for_each(|part| self.gather(part, groups)),
            Expr::Or(parts) => groups.push(parts),
            Expr::Near { left, right, .. } => {
                self.gather(left, groups);
                self.gather(right, groups);
            }
            Expr::Within { phrase, .. } => {
                for word in phrase.parts.iter().map(terms::word) {
                    self.want(Term { space: Space::Text, words: vec![word] }, part);
                }
            }
            Expr::Not(inner) => self.bar(inner, groups),
            Expr::Field(test) => drop(self.tests.insert(test.to_string(), test)),
            _ => {
                if let Some(term) = terms::of(part) {
                    self.want(term, part);
                }
            }
        }
    }

    fn want(&mut self, term: Term<'e>, part: &'e Expr) {
        for word in &term.words {
            let map = match word.form {
                WordForm::Beginning => &mut self.beginnings,
                _ if word.is_whole() => &mut self.words,
                _ => continue,
            };
            map.entry((term.space, word.folded)).or_insert(part);
        }
        self.wanted.entry(term).or_insert(part);
    }

    /// Takes in what must not hold. Of several things that must not hold together nothing is known of each.
    fn bar(&mut self, part: &'e Expr, groups: &mut Vec<&'e [Expr]>) {
        match part {
            Expr::Or(parts) => parts.iter().for_each(|part| self.bar(part, groups)),
            Expr::Not(inner) => self.gather(inner, groups),
            Expr::Field(test) => drop(self.barred_tests.insert(test.to_string(), test)),
            _ => {
                let Some(term) = terms::of(part) else { return };
                if let [word] = term.words[..] {
                    let map = match word.form {
                        WordForm::Whole => Some(&mut self.barred_words),
                        WordForm::Beginning => Some(&mut self.barred_beginnings),
                        _ => None,
                    };
                    map.map(|map| *map.entry((term.space, word.folded)).or_insert(part));
                }
                self.barred.entry(term).or_insert(part);
            }
        }
    }

    /// Where this level contradicts itself or one of those `above`.
    pub(super) fn clash(&mut self, above: &[Self]) -> Option<Clash> {
        let tests: Vec<&Test> = self.tests.values().copied().collect();
        if let Some(clash) = tests.into_iter().find_map(|test| self.values.add(test)) {
            return Some(clash);
        }
        let levels = || above.iter().chain(std::iter::once(&*self));
        for (term, wanted) in &self.wanted {
            if let Some(excluded) = levels().find_map(|level| level.bars(term)) {
                return Some(excludes(wanted, excluded));
            }
        }
        for (name, test) in &self.tests {
            if levels().any(|level| level.barred_tests.contains_key(name)) {
                return Some(excludes(test, test));
            }
        }
        for (term, excluded) in &self.barred {
            if let Some(wanted) = above.iter().find_map(|level| level.wants_what(term)) {
                return Some(excludes(wanted, excluded));
            }
        }
        let barred = self.barred_tests.iter();
        let mut met = barred.filter(|(name, _)| above.iter().any(|level| level.tests.contains_key(*name)));
        met.next().map(|(_, test)| excludes(test, test))
    }

    /// What bars `term` whenever it stands in a text.
    fn bars(&self, term: &Term<'e>) -> Option<&'e Expr> {
        if let Some(excluded) = self.barred.get(term) {
            return Some(excluded);
        }
        term.words.iter().find_map(|word| {
            if matches!(word.form, WordForm::Ending | WordForm::Pattern) {
                return None;
            }
            let whole = || self.barred_words.get(&(term.space, word.folded)).filter(|_| word.is_whole());
            let beginning = || {
                let mut ends = word.folded.char_indices().map(|(at, c)| at + c.len_utf8());
                ends.find_map(|end| self.barred_beginnings.get(&(term.space, &word.folded[..end])))
            };
            let begun = if self.barred_beginnings.is_empty() { None } else { beginning() };
            begun.or_else(whole).copied()
        })
    }

    /// What is wanted here and barred by `term`.
    fn wants_what(&self, term: &Term<'e>) -> Option<&'e Expr> {
        if let Some(wanted) = self.wanted.get(term) {
            return Some(wanted);
        }
        let [word] = term.words[..] else { return None };
        let key = (term.space, word.folded);
        match word.form {
            WordForm::Beginning => {}
            WordForm::Whole => return self.words.get(&key).copied(),
            _ => return None,
        }
        let begins = |map: &BTreeMap<(Space, &'e str), &'e Expr>| {
            let (next, part) = map.range(key..).next()?;
            (next.0 == term.space && next.1.starts_with(word.folded)).then_some(*part)
        };
        begins(&self.words).or_else(|| begins(&self.beginnings))
    }
}

fn excludes(wanted: &dyn ToString, excluded: &dyn ToString) -> Clash {
    Clash::Excluded { wanted: wanted.to_string(), excluded: excluded.to_string() }
}
