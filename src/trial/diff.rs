//! What a change of the plan does to mentions: counts, and the examples that matter most.
//!
//! What enters: an old plan, a new one, and mentions one after the other. What leaves: an [`Impact`]. Nothing is kept of a
//! mention but its counts, unless it is one of the few examples: P1 gained or lost come first, then what became
//! relevant or no longer is, then other levels, then the rest, the earliest of each. Rules are looked at again
//! only for examples.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::mention::{Id, Level, Mention, MentionId};
use crate::pipeline::Assessment;
use crate::plan::{Part, Plan};
use crate::text::clean_line;

use super::cause::{Cause, Ground, cap, floor, gathered, points};
use super::examine::{Examined, Examiner};
use super::expect::{came, token, without};

/// So many examples are kept unless another number is asked for.
pub const EXAMPLES: usize = 10;

/// What is compared, in the order in which it is told.
pub const COMPARED: [Part; 15] = [
    Part::Priority,
    Part::Relevant,
    Part::Protocols,
    Part::Dangers,
    Part::Hostility,
    Part::Tone,
    Part::Initiatives,
    Part::Stakeholders,
    Part::Messages,
    Part::Holdings,
    Part::Templates,
    Part::Places,
    Part::Rumours,
    Part::Clauses,
    Part::Suggested,
];

/// What the change does to the mentions that were looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Impact {
    /// How many were looked at.
    pub mentions: usize,
    /// How many of them come out differently in a part that is compared.
    pub changed: usize,
    /// How many became P1 and how many no longer are.
    pub urgent: Moves,
    /// How many became relevant and how many no longer are.
    pub relevant: Moves,
    /// Mentions by their level before, then after; P1 first.
    pub levels: [[usize; 4]; 4],
    /// How many mentions change in each part, by its key.
    pub parts: BTreeMap<&'static str, usize>,
    /// Mentions gained and lost, by part and then id: initiatives, groups, messages, outcomes…
    pub moves: BTreeMap<&'static str, BTreeMap<Id, Moves>>,
    /// The mentions that matter most, the most urgent change first.
    pub examples: Vec<Example>,
}

/// So many more, so many fewer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Moves {
    /// More.
    pub gained: usize,
    /// Fewer.
    pub lost: usize,
}

/// A mention that comes out differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    /// Which.
    pub id: MentionId,
    /// Its normalised text.
    pub text: String,
    /// What differs.
    pub changes: Vec<Change>,
    #[serde(skip)]
    rank: u8,
}

/// A part that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Which.
    #[serde(serialize_with = "token")]
    pub part: Part,
    /// What the old plan says.
    pub before: Vec<Id>,
    /// What the new plan says.
    pub after: Vec<Id>,
    /// What made it: reasons that only one of the plans gives.
    pub made_by: Vec<Maker>,
}

/// A reason that only one of the plans gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Maker {
    /// Which plan.
    pub side: Side,
    /// The reason.
    #[serde(flatten)]
    pub why: Cause,
}

/// Which plan says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The old one.
    Before,
    /// The new one.
    After,
}

/// Compares two plans on mentions one after the other, in memory that does not grow with their number.
#[derive(Debug)]
pub struct Comparison<'p> {
    old: &'p Plan,
    new: &'p Plan,
    limit: usize,
    examiner: Examiner,
    impact: Impact,
}

/// What the new plan does to `mentions`, with [`EXAMPLES`] examples at most.
pub fn impact<'m>(old: &Plan, new: &Plan, mentions: impl IntoIterator<Item = &'m Mention>) -> Impact {
    let mut comparison = Comparison::new(old, new, EXAMPLES);
    for mention in mentions {
        comparison.add(mention);
    }
    comparison.finish()
}

impl<'p> Comparison<'p> {
    /// Keeps at most `limit` examples.
    pub fn new(old: &'p Plan, new: &'p Plan, limit: usize) -> Self {
        Self { old, new, limit, examiner: Examiner::default(), impact: Impact::default() }
    }

    /// Assesses a mention under both plans and counts what differs.
    pub fn add(&mut self, mention: &Mention) {
        let before = self.examiner.assess(mention, self.old);
        let after = self.examiner.assess(mention, self.new);
        let changes = changes(&before, &after);
        self.impact.count(&before, &after, &changes);
        if changes.is_empty() {
            return;
        }
        let rank = rank(&before, &after);
        let place = self.impact.examples.partition_point(|kept| kept.rank <= rank);
        if place < self.limit {
            let example = self.example(mention, (before, after), changes, rank);
            self.impact.examples.insert(place, example);
            self.impact.examples.truncate(self.limit);
        }
    }

    /// What was found.
    pub fn finish(self) -> Impact {
        self.impact
    }

    fn example(
        &mut self,
        mention: &Mention,
        (before, after): (Assessment, Assessment),
        mut changes: Vec<Change>,
        rank: u8,
    ) -> Example {
        let before = self.examiner.examine_more(mention, self.old, before);
        let after = self.examiner.examine_more(mention, self.new, after);
        for change in &mut changes {
            change.made_by = made_by(mention, &before, &after, change);
        }
        let text = clean_line(&mention.text).into_owned();
        Example { id: mention.id.clone(), text, changes, rank }
    }
}

impl Impact {
    fn count(&mut self, before: &Assessment, after: &Assessment, changes: &[Change]) {
        self.mentions += 1;
        self.changed += usize::from(!changes.is_empty());
        let (old, new) = (before.priority.level, after.priority.level);
        self.levels[old as usize][new as usize] += 1;
        self.urgent.count(old == Level::P1, new == Level::P1);
        self.relevant.count(before.relevant, after.relevant);
        for change in changes {
            *self.parts.entry(change.part.token()).or_default() += 1;
            if matches!(change.part, Part::Priority | Part::Relevant) {
                continue;
            }
            let moves = self.moves.entry(change.part.token()).or_default();
            for id in without(&change.after, &change.before) {
                moves.entry(id).or_default().gained += 1;
            }
            for id in without(&change.before, &change.after) {
                moves.entry(id).or_default().lost += 1;
            }
        }
    }

    /// True when no mention comes out differently.
    pub fn is_none(&self) -> bool {
        self.changed == 0
    }
}

impl Moves {
    fn count(&mut self, before: bool, after: bool) {
        self.gained += usize::from(after && !before);
        self.lost += usize::from(before && !after);
    }
}

/// The parts that differ, without what made them. The order of a list is no difference, but for the outcome's.
fn changes(before: &Assessment, after: &Assessment) -> Vec<Change> {
    let compare = |part: Part| {
        let (before, after) = (came(part, before), came(part, after));
        let same = before.len() == after.len() && without(&before, &after).is_empty();
        (!same).then_some(Change { part, before, after, made_by: Vec::new() })
    };
    COMPARED.into_iter().filter_map(compare).collect()
}

/// How much it matters, 0 the most.
fn rank(before: &Assessment, after: &Assessment) -> u8 {
    match (before.priority.level, after.priority.level) {
        (old, Level::P1) if old != Level::P1 => 0,
        (Level::P1, new) if new != Level::P1 => 1,
        _ if before.relevant != after.relevant => 2,
        (old, new) if old != new => 3,
        _ => 4,
    }
}

/// The reasons for `change` that one plan gives and the other does not.
fn made_by(mention: &Mention, before: &Examined<'_>, after: &Examined<'_>, change: &Change) -> Vec<Maker> {
    let [old, new] = [before, after].map(|found| Ground { mention, found, replies: &[] });
    let (lost, gained) = match change.part {
        Part::Priority => (counted(&before.assessment), counted(&after.assessment)),
        Part::Relevant => (old.relevance(), new.relevance()),
        Part::Suggested => where_they_part(old.walk(), new.walk()),
        part => {
            let there = |ground: Ground<'_>, ids: Vec<Id>| -> Vec<Cause> {
                gathered(ids.iter().flat_map(|id| ground.presence(part, id)))
            };
            let mut gained = there(new, without(&change.after, &change.before));
            if after.assessment.relevant != before.assessment.relevant {
                gained.extend(new.objections());
            }
            (there(old, without(&change.before, &change.after)), gained)
        }
    };
    let only = |side: Side, these: &[Cause], those: &[Cause]| -> Vec<Maker> {
        let alone = these.iter().filter(|why| !those.iter().any(|other| alike(why, other)));
        alone.map(|why| Maker { side, why: why.clone() }).collect()
    };
    let mut made = only(Side::Before, &lost, &gained);
    made.extend(only(Side::After, &gained, &lost));
    made
}

/// The first step of each walk that the other does not take: the rest follows from it.
fn where_they_part(old: Vec<Cause>, new: Vec<Cause>) -> (Vec<Cause>, Vec<Cause>) {
    let same = old.iter().zip(&new).take_while(|(old, new)| alike(old, new)).count();
    (old.into_iter().skip(same).take(1).collect(), new.into_iter().skip(same).take(1).collect())
}

fn counted(assessment: &Assessment) -> Vec<Cause> {
    let priority = &assessment.priority;
    let bounds = priority.cap.iter().map(cap).chain(priority.floor.iter().map(floor));
    points(assessment).filter(|why| !matches!(why, Cause::Points { points: 0, .. })).chain(bounds).collect()
}

/// The same reason, wherever it stands: a rule that only moved to another line made nothing.
fn alike(a: &Cause, b: &Cause) -> bool {
    match (a, b) {
        (Cause::Held { rule: a, .. }, Cause::Held { rule: b, .. })
        | (Cause::Against { rule: a, .. }, Cause::Against { rule: b, .. })
        | (Cause::Account { id: a, .. }, Cause::Account { id: b, .. }) => a == b,
        (Cause::Points { name: a, points: old, .. }, Cause::Points { name: b, points: new, .. }) => {
            (a, old) == (b, new)
        }
        (Cause::Floor { name: a, level: old, .. }, Cause::Floor { name: b, level: new, .. })
        | (Cause::Cap { name: a, level: old, .. }, Cause::Cap { name: b, level: new, .. }) => (a, old) == (b, new),
        (Cause::Answer { step: a, yes: old, .. }, Cause::Answer { step: b, yes: new, .. }) => (a, old) == (b, new),
        _ => a == b,
    }
}
