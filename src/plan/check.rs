//! What is unwise in a plan at a given moment.
//!
//! What enters: a plan that loaded, and an instant. What leaves: findings in the order of files and lines, those that
//! the plan accepts marked with the reason. Each rule of good practice is one function of a file below, so that a
//! new one is one more. Each looks at the plan once: what is sought again and again is put in a table first.

mod content;
mod contradiction;
mod dates;
mod overlap;
mod parts;
mod people;
mod queries;
mod terms;

use chrono::{DateTime, Utc};

use crate::query::closest;

use super::Plan;
use super::allow;
use super::at::At;
use super::finding::{self, Finding, FindingKind};

/// So many names that the plan does not have get a suggestion.
const SUGGESTED: usize = 100;

/// Everything unwise about `plan` at `now`, what its queries warn of and what the plan accepts included.
pub fn check(plan: &Plan, now: DateTime<Utc>) -> Vec<Finding> {
    let mut findings = Findings { plan, found: finding::of_loading(plan), suggested: 0 };
    content::languages(plan, &mut findings);
    content::lengths(plan, &mut findings);
    content::reading(plan, &mut findings);
    content::networks(plan, &mut findings);
    content::message_maps(plan, &mut findings);
    dates::texts(plan, now, &mut findings);
    dates::facts(plan, now, &mut findings);
    dates::initiatives(plan, now, &mut findings);
    parts::road_map(plan, &mut findings);
    parts::bounds(plan, &mut findings);
    parts::places(plan, &mut findings);
    parts::rumours(plan, now, &mut findings);
    parts::templates(plan, &mut findings);
    parts::elections(plan, now, &mut findings);
    parts::records(plan, &mut findings);
    parts::protocols(plan, &mut findings);
    parts::crises(plan, now, &mut findings);
    people::backups(plan, &mut findings);
    people::roster(plan, &mut findings);
    people::accounts(plan, &mut findings);
    queries::duplicates(plan, &mut findings);
    queries::unknown_ids(plan, &mut findings);
    contradiction::never_matching(plan, &mut findings);
    contradiction::nearly_all(plan, &mut findings);
    overlap::shared_terms(plan, &mut findings);
    let mut findings = findings.found;
    allow::apply(&plan.allows, &mut findings);
    findings.sort_by(|a, b| (&a.at, a.kind.code()).cmp(&(&b.at, b.kind.code())));
    findings
}

/// Where the checks put what they find.
struct Findings<'p> {
    plan: &'p Plan,
    found: Vec<Finding>,
    suggested: usize,
}

impl Findings<'_> {
    fn add(&mut self, at: &At, kind: FindingKind) {
        // What is built into the program is not the plan's to change.
        if !at.is_built_in() {
            self.found.push(Finding::new(kind, at));
        }
    }

    /// What was probably meant by `word`. Each suggestion costs a look at every candidate, and nobody reads hundreds.
    fn near<'c>(&mut self, word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
        self.suggested += 1;
        if self.suggested > SUGGESTED {
            return None;
        }
        closest(word, candidates).map(str::to_owned)
    }

    /// Adds a finding at the line of `key` in the table at `at`, or at the table's head where the key is not written.
    fn add_at_key(&mut self, at: &At, key: &str, kind: FindingKind) {
        let at = self.plan.sources.key_line(at, key);
        self.add(&at, kind);
    }
}

#[cfg(test)]
mod tests;
