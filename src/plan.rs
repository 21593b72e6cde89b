//! The response plan: what the organization expects, may say, and does about a mention.
//!
//! What enters: a folder of TOML files, or one file that holds everything. What leaves: a [`Plan`], in which every
//! reference exists and every rule is compiled, or all the problems of the files at once, each with its place.
//! Nothing here reads a clock, changes a file or remembers an earlier plan: whoever loads keeps the last good one.

pub mod allow;
pub mod approval;
mod assemble;
pub mod at;
pub mod check;
pub mod clause;
mod collector;
pub mod criterion;
pub mod diagnostic;
pub mod election;
pub mod escalation;
pub mod explain;
pub mod fact;
pub mod finding;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod holding;
pub mod initiative;
mod label;
mod limits;
pub mod load;
pub mod localized;
pub mod message;
pub mod named;
pub mod organization;
pub mod place;
pub mod priority;
pub mod problem;
pub mod protocol;
mod reader;
pub mod records;
pub mod road_map;
pub mod roster;
pub mod rules;
pub mod rumour;
pub mod service_level;
pub mod source;
pub mod stakeholder;
pub mod starter;
mod string_map;
pub mod template;
mod toml_string;
pub mod trial_case;
pub mod variables;
pub mod wording;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::query::Expr;

pub use allow::Allow;
pub use approval::{Approval, ApprovalStatus, Validity};
pub use at::{At, PlanHash};
pub use check::check;
pub use clause::Clause;
pub use criterion::{Criterion, CriterionVerdict};
pub use diagnostic::Diagnostic;
pub use election::ElectionPeriod;
pub use escalation::Tier;
pub use fact::{Fact, FactState};
pub use finding::{Finding, FindingKind};
pub use holding::Holding;
pub use initiative::Initiative;
pub use label::Label;
pub use load::{from_files, load};
pub use localized::Localized;
pub use message::Message;
pub use named::{HasId, Named};
pub use organization::Organization;
pub use place::Place;
pub use priority::{Bound, Contribution, Levels, PosturePoints, Priority, ReachStep, VelocityStep};
pub use problem::{PlanErrors, Problem, ProblemKind};
pub use protocol::{Contact, Protocol};
pub use records::{RecordsSeries, Retention};
pub use road_map::{Outcome, RoadMap, Step, Target, Walk};
pub use roster::Member;
pub use rules::{Rule, RuleKind, RuleRef, RuleSet};
pub use rumour::{Rumour, RumourStatus};
pub use service_level::{Hours, LevelClock, Opening, Period, ServiceLevel, ServiceLevels, business_deadline};
pub use source::{SourceFile, Sources};
pub use stakeholder::Stakeholder;
pub use starter::{StarterAnswers, starter};
pub use template::Template;
pub use toml_string::toml_string;
pub use trial_case::{Expectation, Part, TrialCase};
pub use variables::{Variable, Variables};

/// A response plan that loaded without errors.
#[derive(Debug)]
pub struct Plan {
    /// Whose plan it is.
    pub organization: Organization,
    /// What is relevant.
    pub criteria: Named<Criterion>,
    /// Subjects.
    pub initiatives: Named<Initiative>,
    /// Groups.
    pub stakeholders: Named<Stakeholder>,
    /// Key messages.
    pub messages: Named<Message>,
    /// Facts.
    pub facts: Named<Fact>,
    /// Holding statements.
    pub holdings: Named<Holding>,
    /// Reply templates.
    pub templates: Named<Template>,
    /// The plan's own variables.
    pub variables: Variables,
    /// Claims that go round.
    pub rumours: Named<Rumour>,
    /// Places.
    pub places: Named<Place>,
    /// Moderation clauses.
    pub clauses: Named<Clause>,
    /// What certain words mean here.
    pub labels: Named<Label>,
    /// Safety protocols.
    pub protocols: Named<Protocol>,
    /// Election periods.
    pub elections: Named<ElectionPeriod>,
    /// Records series.
    pub records: Named<RecordsSeries>,
    /// The people who answer.
    pub roster: Named<Member>,
    /// Findings that are accepted.
    pub allows: Vec<Allow>,
    /// Points, floors, caps, service levels.
    pub priority: Priority,
    /// The decision tree.
    pub road_map: RoadMap,
    /// The escalation matrix, lowest level first.
    pub tiers: Vec<Tier>,
    /// Examples.
    pub tests: Vec<TrialCase>,
    /// Rules on what a mention says and who says it.
    pub match_rules: RuleSet,
    /// Rules on what was found out about it that run before the others: the safety protocols.
    pub protocol_rules: RuleSet,
    /// Rules on what was found out about it, the protocols that hold included.
    pub verdict_rules: RuleSet,
    /// Which plan it is.
    pub hash: PlanHash,
    /// The files as they were read, and the built-in ones.
    pub sources: Sources,
    handles: HashMap<String, Vec<usize>>,
}

impl Plan {
    /// Positions of the stakeholder groups that name this account among their handles. The whole handle must be the
    /// same, but for case and a leading `@`: anyone may take a name that only begins like another's.
    pub fn groups_of_handle(&self, handle: &str) -> &[usize] {
        self.handles.get(&folded_handle(handle)).map_or(&[], Vec::as_slice)
    }

    /// The election period that `day`, a day of the plan's zone, lies in; of several the first.
    pub fn election_on(&self, day: NaiveDate) -> Option<&ElectionPeriod> {
        self.elections.iter().find(|period| period.contains(day))
    }

    /// What `place:ID` stands for in a match rule; `None` when the plan has no such place.
    pub fn place_expr(&self, id: &str) -> Option<Expr> {
        self.places.by_id(id).map(Place::expr)
    }

    /// True when some criterion says what is relevant; else initiatives alone decide.
    pub fn has_relevant_criteria(&self) -> bool {
        self.criteria.iter().any(|criterion| criterion.verdict == CriterionVerdict::Relevant)
    }
}

fn folded_handle(handle: &str) -> String {
    handle.trim_start_matches('@').to_lowercase()
}

fn handle_index(groups: &[Stakeholder]) -> HashMap<String, Vec<usize>> {
    let mut index: HashMap<String, Vec<usize>> = HashMap::new();
    for (position, group) in groups.iter().enumerate() {
        for handle in &group.handles {
            let positions = index.entry(folded_handle(handle)).or_default();
            if positions.last() != Some(&position) {
                positions.push(position);
            }
        }
    }
    index
}

#[cfg(test)]
mod tests;
