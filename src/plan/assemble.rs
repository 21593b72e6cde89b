//! From files to a plan: parses each, reads every table, resolves what refers to what.
//!
//! What enters: the files' names and words. What leaves: a [`Plan`], or every problem of every file. A file that is
//! not TOML is reported and the others are still checked. Pure.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::allow::Allow;
use super::clause::Clause;
use super::collector::Collector;
use super::criterion::Criterion;
use super::election::ElectionPeriod;
use super::escalation::Tier;
use super::fact::Fact;
use super::holding::Holding;
use super::initiative::Initiative;
use super::label::Label;
use super::message::Message;
use super::named::{HasId, Named};
use super::organization::Organization;
use super::place;
use super::priority::{Bound, Contribution, Levels, PosturePoints, Priority, ReachStep, VelocityStep};
use super::problem::{Place, PlanErrors, Problem, ProblemKind, TableKind};
use super::protocol::Protocol;
use super::reader::Reader;
use super::records::RecordsSeries;
use super::road_map::{Outcome, RoadMap, RoadMapFault, StepDraft};
use super::roster::Member;
use super::rules::RuleSet;
use super::rumour::Rumour;
use super::service_level::{ServiceLevel, ServiceLevels};
use super::source::{SourceFile, Sources};
use super::stakeholder::Stakeholder;
use super::template::Template;
use super::trial_case::TrialCase;
use super::variables::Variables;
use super::{Plan, handle_index};

/// The keys of priorities: a plan that has none of them gets the built-in ones.
const PRIORITY_KEYS: [&str; 8] =
    ["levels", "posture", "reach", "velocity", "contribution", "floor", "cap", "service_levels"];
/// The same for the road map.
const ROAD_MAP_KEYS: [&str; 3] = ["start", "step", "outcome"];
/// Everything else that stands outside of tables.
const OTHER_KEYS: [&str; 20] = [
    "organization",
    "criterion",
    "initiative",
    "stakeholder",
    "message",
    "fact",
    "holding",
    "tier",
    "test",
    "template",
    "variables",
    "rumour",
    "place",
    "clause",
    "label",
    "protocol",
    "election_period",
    "records_series",
    "member",
    "allow",
];

/// The built-in priorities and road map, read like any file of a plan.
const DEFAULT_PRIORITY: &str = include_str!("defaults/priority.toml");
const DEFAULT_ROAD_MAP: &str = include_str!("defaults/road_map.toml");

/// A file as parsed.
struct Document<'a> {
    file: &'a SourceFile,
    root: DeTable<'a>,
}

impl<'a> Document<'a> {
    /// Parses as far as possible; what is not TOML is noted, and such a file contributes nothing more.
    fn parse(file: &'a SourceFile, sink: &mut Collector) -> Option<Self> {
        let (root, errors) = DeTable::parse_recoverable(file.text());
        for error in &errors {
            let end = file.text().len();
            let span = error.span().unwrap_or(end..end);
            sink.error(file, &span, ProblemKind::Syntax { detail: error.message().to_owned() });
        }
        errors.is_empty().then(|| Self { file, root: Spanned::into_inner(root) })
    }

    fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.root.contains_key(*key))
    }

    fn reader<'r>(&'r self, sink: &'r mut Collector) -> Reader<'r> {
        Reader::new(sink, self.file, &self.root, "", 0..0)
    }

    /// Notes keys that mean nothing outside of tables.
    fn refuse_unknown(&self, sink: &mut Collector) {
        let mut reader = self.reader(sink);
        for key in OTHER_KEYS.into_iter().chain(PRIORITY_KEYS).chain(ROAD_MAP_KEYS) {
            reader.field(key);
        }
        reader.finish();
    }
}

/// The plan's files and the built-in ones, while they are read.
struct Assembly<'a, 'd> {
    sink: &'a mut Collector,
    documents: &'a [Document<'d>],
    default_priority: &'a [Document<'d>],
    default_road_map: &'a [Document<'d>],
}

/// Builds the plan of `files`; `problems` are those met while the files were read.
pub(super) fn assemble(files: Vec<SourceFile>, problems: Vec<Problem>) -> Result<Plan, PlanErrors> {
    let sources = Sources::new(files);
    let defaults = [
        SourceFile::new("built-in/priority.toml", DEFAULT_PRIORITY),
        SourceFile::new("built-in/road_map.toml", DEFAULT_ROAD_MAP),
    ];
    let mut sink = Collector::new(problems);
    let documents: Vec<Document<'_>> =
        sources.files().iter().filter_map(|file| Document::parse(file, &mut sink)).collect();
    let built_in = defaults.each_ref().map(|file| Document::parse(file, &mut sink));
    for document in &documents {
        document.refuse_unknown(&mut sink);
    }
    // A file that could not be read may hold what is missed in the others: then its own problem is enough.
    let complete = documents.len() == sources.files().len();
    let [default_priority, default_road_map] = &built_in;
    let mut assembly = Assembly {
        sink: &mut sink,
        documents: &documents,
        default_priority: default_priority.as_slice(),
        default_road_map: default_road_map.as_slice(),
    };
    let plan = assembly.plan(complete, &sources);
    let problems = sink.finish(&sources.files().iter().chain(&defaults).collect::<Vec<_>>());
    let problems = if complete { problems } else { without_echoes(problems) };
    drop(documents);
    match plan {
        Some(plan) if problems.is_empty() => finished(plan, sources, defaults),
        _ => Err(PlanErrors(problems)),
    }
}

/// Leaves out what a file that could not be read makes of the others: references into it.
fn without_echoes(mut problems: Vec<Problem>) -> Vec<Problem> {
    let echo =
        |kind: &ProblemKind| matches!(kind, ProblemKind::MissingReference { .. } | ProblemKind::UnknownVariable { .. });
    problems.retain(|problem| !echo(&problem.kind));
    problems
}

/// Adds what needs the whole: hash, words, places within rules, compiled rules.
fn finished(mut plan: Plan, sources: Sources, defaults: [SourceFile; 2]) -> Result<Plan, PlanErrors> {
    if let Some((at, kind)) = place::expand(&mut plan) {
        let problem = Problem { kind, place: sources.place(&at), suggestion: None };
        return Err(PlanErrors(vec![problem]));
    }
    plan.hash = sources.hash();
    plan.sources = Sources::new(sources.into_files().into_iter().chain(defaults).collect());
    plan.match_rules = RuleSet::matching(&plan);
    plan.protocol_rules = RuleSet::of_protocols(&plan);
    plan.verdict_rules = RuleSet::of_verdicts(&plan);
    Ok(plan)
}

impl Assembly<'_, '_> {
    fn plan(&mut self, complete: bool, sources: &Sources) -> Option<Plan> {
        // First: it sets the zone in which the dates of the other tables are read.
        let organization = self.organization(complete, sources);
        let criteria = self.list(TableKind::Criterion, Criterion::read);
        let initiatives = self.list(TableKind::Initiative, Initiative::read);
        let stakeholders = self.list(TableKind::Stakeholder, Stakeholder::read);
        let messages = self.list(TableKind::Message, Message::read);
        let facts = self.list(TableKind::Fact, Fact::read);
        let holdings = self.list(TableKind::Holding, Holding::read);
        let priority = self.priority();
        let road_map = self.road_map();
        let mut tiers = self.list(TableKind::Tier, Tier::read);
        tiers.sort_by_key(|tier| tier.level);
        let tests = self.list(TableKind::Test, TrialCase::read);
        let variables = self.table(self.documents, "variables", Variables::read).unwrap_or_default();
        Some(Plan {
            organization: organization?,
            criteria: Named::new(criteria),
            initiatives: Named::new(initiatives),
            handles: handle_index(&stakeholders),
            stakeholders: Named::new(stakeholders),
            messages: Named::new(messages),
            facts: Named::new(facts),
            holdings: Named::new(holdings),
            templates: self.named(TableKind::Template, Template::read),
            variables,
            rumours: self.named(TableKind::Rumour, Rumour::read),
            places: self.named(TableKind::Place, place::Place::read),
            clauses: self.named(TableKind::Clause, Clause::read),
            labels: self.named(TableKind::Label, Label::read),
            protocols: self.named(TableKind::Protocol, Protocol::read),
            elections: self.named(TableKind::ElectionPeriod, ElectionPeriod::read),
            records: self.named(TableKind::RecordsSeries, RecordsSeries::read),
            roster: self.named(TableKind::Member, Member::read),
            allows: self.list(TableKind::Allow, Allow::read),
            priority: priority?,
            road_map: road_map?,
            tiers,
            tests,
            match_rules: RuleSet::empty(),
            protocol_rules: RuleSet::empty(),
            verdict_rules: RuleSet::empty(),
            hash: Sources::default().hash(),
            sources: Sources::default(),
        })
    }

    /// Every table of a kind, over all files in name order.
    fn list<T>(&mut self, kind: TableKind, read: fn(&mut Reader<'_>) -> Option<T>) -> Vec<T> {
        self.list_in(self.documents, kind, read)
    }

    fn list_in<T>(
        &mut self,
        documents: &[Document<'_>],
        kind: TableKind,
        read: fn(&mut Reader<'_>) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for document in documents {
            found.extend(document.reader(self.sink).children(kind.key(), kind.header(), read));
        }
        found
    }

    fn named<T: HasId>(&mut self, kind: TableKind, read: fn(&mut Reader<'_>) -> Option<T>) -> Named<T> {
        Named::new(self.list(kind, read))
    }

    /// The one value of `key` over `documents`; a second one is a problem.
    fn single<'x>(
        &mut self,
        documents: &'x [Document<'_>],
        key: &'static str,
    ) -> Option<(&'x Document<'x>, Range<usize>)> {
        let mut found: Option<(&'x Document<'x>, Range<usize>)> = None;
        for document in documents {
            let Some(field) = document.reader(self.sink).field(key) else { continue };
            let span = field.key_span();
            match &found {
                None => found = Some((document, span)),
                Some((first, at)) => {
                    let first = first.file.at(at.start);
                    let kind = ProblemKind::DuplicateTable { table: key.to_owned(), first };
                    self.sink.error(document.file, &span, kind);
                }
            }
        }
        found
    }

    /// Reads the one table `key` over `documents`.
    fn table<T>(
        &mut self,
        documents: &[Document<'_>],
        key: &'static str,
        read: impl FnOnce(&mut Reader<'_>) -> T,
    ) -> Option<T> {
        let (document, _) = self.single(documents, key)?;
        let mut root = document.reader(self.sink);
        let head = if key == "organization" { "[organization]" } else { key };
        let mut table = root.child(key, head)?;
        let value = read(&mut table);
        table.finish();
        Some(value)
    }

    fn organization(&mut self, complete: bool, sources: &Sources) -> Option<Organization> {
        if complete && !self.documents.iter().any(|document| document.has_any(&["organization"])) {
            let files = sources.files();
            let file = files.iter().find(|file| &**file.name() == "plan.toml").or(files.first());
            let place = file.map_or_else(|| Place::file("plan.toml"), |file| file.place(&(0..0)));
            let suggestion = Some("[organization]".to_owned());
            self.sink.push(Problem { kind: ProblemKind::NoOrganization, place, suggestion });
        }
        self.table(self.documents, "organization", Organization::read)?
    }

    /// What the plan says, table by table; what it leaves out comes from the built-in priorities. Lists (contributions,
    /// floors, caps) do so only together with everything else.
    fn priority(&mut self) -> Option<Priority> {
        let own = self.documents.iter().any(|document| document.has_any(&PRIORITY_KEYS));
        let (documents, defaults) = (self.documents, self.default_priority);
        let lists = if own { documents } else { defaults };
        let written = |key: &str| documents.iter().any(|document| document.has_any(&[key]));
        let reach_in = if written("reach") { documents } else { defaults };
        let velocity_in = if written("velocity") { documents } else { defaults };
        let levels = self.table(documents, "levels", Levels::read);
        let levels = levels.unwrap_or_else(|| self.table(defaults, "levels", Levels::read).flatten());
        let posture = self.table(documents, "posture", PosturePoints::read);
        let posture = posture.unwrap_or_else(|| self.table(defaults, "posture", PosturePoints::read).flatten());
        let reach_at = self.single(reach_in, "reach").map(|(document, span)| document.file.at(span.start));
        let mut reach = Vec::new();
        for document in reach_in {
            reach.extend(document.reader(self.sink).children("reach", "reach", ReachStep::read));
        }
        reach.sort_by_key(|step| step.followers);
        let velocity_at = self.single(velocity_in, "velocity").map(|(document, span)| document.file.at(span.start));
        let mut velocity = Vec::new();
        for document in velocity_in {
            velocity.extend(document.reader(self.sink).children("velocity", "velocity", VelocityStep::read));
        }
        velocity.sort_by_key(|step| step.per_hour);
        let contributions = self.list_in(lists, TableKind::Contribution, Contribution::read);
        let floors = self.list_in(lists, TableKind::Floor, Bound::read_floor);
        let caps = self.list_in(lists, TableKind::Cap, Bound::read_cap);
        let service_levels = self.service_levels();
        Some(Priority {
            levels: levels?,
            posture: posture?,
            reach,
            reach_at: reach_at?,
            velocity,
            velocity_at: velocity_at?,
            contributions,
            floors,
            caps,
            service_levels: service_levels?,
        })
    }

    fn service_levels(&mut self) -> Option<ServiceLevels> {
        fn read(table: &mut Reader<'_>) -> [Option<ServiceLevel>; 4] {
            ["P1", "P2", "P3", "P4"].map(|key| {
                let mut level = table.child(key, "service_levels")?;
                let value = ServiceLevel::read(&mut level);
                level.finish();
                Some(value)
            })
        }
        let own = self.table(self.documents, "service_levels", read).unwrap_or_default();
        let built_in = self.table(self.default_priority, "service_levels", read).unwrap_or_default();
        let [p1, p2, p3, p4] = own;
        let [d1, d2, d3, d4] = built_in;
        Some(ServiceLevels { by_level: [p1.or(d1)?, p2.or(d2)?, p3.or(d3)?, p4.or(d4)?] })
    }

    fn road_map(&mut self) -> Option<RoadMap> {
        let own = self.documents.iter().any(|document| document.has_any(&ROAD_MAP_KEYS));
        let documents = if own { self.documents } else { self.default_road_map };
        let drafts = self.list_in(documents, TableKind::Step, StepDraft::read);
        let outcomes = self.list_in(documents, TableKind::Outcome, Outcome::read);
        let start = self.start(documents, &drafts);
        for (kind, missing) in [(TableKind::Step, drafts.is_empty()), (TableKind::Outcome, outcomes.is_empty())] {
            if missing && !documents.iter().any(|document| document.has_any(&[kind.key()])) {
                let place =
                    documents.first().map_or_else(|| Place::file("road_map.toml"), |first| first.file.place(&(0..0)));
                self.sink.push(Problem { kind: ProblemKind::NoRoadMap { kind }, place, suggestion: None });
            }
        }
        match RoadMap::build(&start?, &drafts, outcomes) {
            Ok(road_map) => Some(road_map),
            Err(RoadMapFault::Loop(steps, at, span)) => {
                let document = documents.iter().find(|document| *document.file.name() == at.file)?;
                self.sink.error(document.file, &span, ProblemKind::Loop { steps });
                None
            }
            Err(RoadMapFault::Unresolved) => None,
        }
    }

    /// The id under `start`, else that of the first step.
    fn start(&mut self, documents: &[Document<'_>], drafts: &[StepDraft]) -> Option<crate::mention::Id> {
        match self.single(documents, "start") {
            Some((document, _)) => {
                document.reader(self.sink).reference("start", &[TableKind::Step, TableKind::Outcome])
            }
            None => drafts.first().map(StepDraft::id),
        }
    }
}
