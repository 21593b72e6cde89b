//! The response plan: what the organization expects, may say, and does about a mention.
//!
//! What enters: a folder of TOML files, or one file that holds everything. What leaves: a [`Plan`], in which every
//! reference exists and every rule is compiled, or all the problems of the files at once, each with its place.
//! Nothing here reads a clock, changes a file or remembers an earlier plan: whoever loads keeps the last good one.

pub mod at;
pub mod criterion;
pub mod escalation;
pub mod fact;
pub mod holding;
pub mod initiative;
pub mod localized;
pub mod message;
pub mod named;
pub mod organization;
pub mod priority;
pub mod road_map;
pub mod rules;
pub mod service_level;
pub mod stakeholder;
pub mod trial_case;

pub use at::{At, PlanHash};
pub use criterion::{Criterion, CriterionVerdict};
pub use escalation::Tier;
pub use fact::{Fact, FactState};
pub use holding::Holding;
pub use initiative::Initiative;
pub use localized::Localized;
pub use message::{Message, MessageStatus, Validity};
pub use named::{HasId, Named};
pub use organization::Organization;
pub use priority::{Bound, Contribution, Levels, PosturePoints, Priority, ReachStep};
pub use road_map::{Outcome, RoadMap, Step, Target, Walk};
pub use rules::{Rule, RuleKind, RuleRef};
pub use service_level::{Hours, Period, ServiceLevel, ServiceLevels, business_deadline};
pub use stakeholder::Stakeholder;
pub use trial_case::{Expectation, TrialCase};

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
    /// Points, floors, caps, service levels.
    pub priority: Priority,
    /// The decision tree.
    pub road_map: RoadMap,
    /// The escalation matrix, lowest level first.
    pub tiers: Vec<Tier>,
    /// Examples.
    pub tests: Vec<TrialCase>,
    /// Every match rule, in the order of the engine that runs them.
    pub rules: Vec<RuleRef>,
    /// The words of this plan, in one number.
    pub hash: PlanHash,
}
