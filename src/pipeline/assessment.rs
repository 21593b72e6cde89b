//! The values an assessment consists of. They are kept as JSON by the store, so every field reads back as it was written.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::mention::{Danger, Id, Intent, Labels, Level, Mention, Posture, Span};
use crate::plan::{At, PlanHash};

mod kept;
mod labels;

pub use kept::Kept;
pub use labels::{ClusterRef, DangerHit, Hostility, IntentHit, LanguageGuess, SurgeHit, ToneGuess, TypeGuess, Urgency};

/// A mention and what the plan says about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assessed {
    /// What was said.
    pub mention: Mention,
    /// What the plan says about it.
    pub assessment: Assessment,
}

/// Everything the pipeline found out about one mention under one plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// True when it is about this organization: an initiative or a criterion says so, and no other criterion objects.
    pub relevant: bool,
    /// The criteria that matched, for and against.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relevance: Vec<Hit>,
    /// The initiatives that matched, the best match first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub initiatives: Vec<Hit>,
    /// The stakeholder groups that matched, the heaviest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stakeholders: Vec<Hit>,
    /// The key messages that answer it, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Id>,
    /// The facts those messages rest on, in the messages' order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Id>,
    /// The holding statements whose own scenario it is, the gravest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holdings: Vec<Id>,
    /// The places it speaks of, here and elsewhere, in the plan's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PlaceHit>,
    /// The rumours it repeats, those still open first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rumours: Vec<Hit>,
    /// The plan's labels that hold: what they say stands in the place of what was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Hit>,
    /// The language it is written in.
    pub language: LanguageGuess,
    /// How it feels about its subject.
    #[serde(default)]
    pub tone: ToneGuess,
    /// How hostile it is, and towards whom; criticism is not.
    #[serde(default)]
    pub hostility: Hostility,
    /// The dangers somebody may be in, each sort once, the surest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dangers: Vec<DangerHit>,
    /// What its author wants, each intent once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intents: Vec<IntentHit>,
    /// The type of post the road map's model would call it; `None` where nothing speaks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_type: Option<TypeGuess>,
    /// How soon its words ask for somebody, whatever the plan thinks of it.
    #[serde(default)]
    pub urgency: Urgency,
    /// The near-copies it stood among when it arrived; `None` when it was alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<ClusterRef>,
    /// What it was part of the rise of when it arrived.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub surges: Vec<SurgeHit>,
    /// The safety protocols that hold, the most urgent first. They are found before everything below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protocols: Vec<Hit>,
    /// The moderation clauses it may fall under, in the plan's order; nothing acts on them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Hit>,
    /// The reply templates that are offered, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Id>,
    /// The election period it was said in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub election: Option<Election>,
    /// How urgent it is, and why.
    pub priority: Priority,
    /// The road map's steps that were answered yes, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Id>,
    /// The road map's outcome at the end of that walk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested: Option<Id>,
    /// When an answer is due.
    #[serde(default)]
    pub clocks: Clocks,
    /// What a person said in the place of what was found.
    #[serde(default, skip_serializing_if = "Labels::is_empty")]
    pub said: Labels,
    /// The plan that said all this.
    pub plan: PlanHash,
}

impl Assessment {
    /// What stands in its place while a mention waits to be assessed: nothing was found out yet.
    pub fn pending() -> Self {
        Self {
            relevant: false,
            relevance: Vec::new(),
            initiatives: Vec::new(),
            stakeholders: Vec::new(),
            messages: Vec::new(),
            facts: Vec::new(),
            holdings: Vec::new(),
            places: Vec::new(),
            rumours: Vec::new(),
            labels: Vec::new(),
            language: LanguageGuess::default(),
            tone: ToneGuess::default(),
            hostility: Hostility::default(),
            dangers: Vec::new(),
            intents: Vec::new(),
            post_type: None,
            urgency: Urgency::default(),
            cluster: None,
            surges: Vec::new(),
            protocols: Vec::new(),
            clauses: Vec::new(),
            templates: Vec::new(),
            election: None,
            priority: Priority {
                level: Level::P4,
                score: 0,
                reasons: Vec::new(),
                floor: None,
                cap: None,
                by_plan: None,
            },
            path: Vec::new(),
            suggested: None,
            clocks: Clocks::default(),
            said: Labels::default(),
            plan: PlanHash(Id::from("")),
        }
    }

    /// True while no plan has said anything about the mention.
    pub fn is_pending(&self) -> bool {
        self.plan.0.is_empty()
    }

    /// True when this intent was found.
    pub fn has_intent(&self, intent: Intent) -> bool {
        self.intents.iter().any(|hit| hit.intent == intent)
    }

    /// True when this danger was found.
    pub fn has_danger(&self, danger: Danger) -> bool {
        self.dangers.iter().any(|hit| hit.danger == danger)
    }

    /// Where `text`, its mention's, can hurt a reader: the words that show abuse or are offensive, and those that threaten. All
    /// of it where abuse or a threat is there and nothing tells which words those are.
    pub fn hurtful(&self, text: &str) -> Vec<Span> {
        let Hostility { level, offensive, spans, .. } = &self.hostility;
        let is_told = *level >= Hostility::ABUSIVE || *offensive && !spans.is_empty();
        let abuse = is_told.then_some(spans);
        let threats = self.dangers.iter().filter(|hit| hit.danger == Danger::Threat).map(|hit| &hit.spans);
        let mut spans = Vec::new();
        for evidence in abuse.into_iter().chain(threats) {
            if evidence.is_empty() {
                return vec![0..text.len()];
            }
            spans.extend(evidence.iter().cloned());
        }
        super::merge_spans(&mut spans);
        spans
    }

    /// Every span that matched anything, sorted and merged, for highlighting.
    pub fn spans(&self) -> Vec<Span> {
        let lists =
            [&self.relevance, &self.initiatives, &self.stakeholders, &self.rumours, &self.protocols, &self.clauses];
        let places = self.places.iter().flat_map(|place| std::iter::once(&place.hit).chain(&place.elsewhere));
        let hits = lists.into_iter().flatten().chain(places);
        let mut spans: Vec<Span> = hits.flat_map(|hit| hit.spans.iter().cloned()).collect();
        spans.extend(self.election.iter().flat_map(|election| election.spans.iter().cloned()));
        spans.extend(self.intents.iter().flat_map(|hit| hit.spans.iter().cloned()));
        super::merge_spans(&mut spans);
        spans
    }
}

/// A rule of the plan that matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// The initiative, stakeholder group, criterion, place, rumour, protocol or clause.
    pub id: Id,
    /// The rule's name, such as `water.match`.
    pub rule: Id,
    /// Where the rule stands in the plan.
    pub at: At,
    /// What in the text it matched, sorted; empty when it matched something else, such as the author.
    #[serde(with = "pairs", default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

/// A place that a mention speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceHit {
    /// The place and the rule that found it.
    #[serde(flatten)]
    pub hit: Hit,
    /// The negative context that matched as well: another place of that name is meant. `None` is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Hit>,
}

impl PlaceHit {
    /// True when nothing says that another place of that name is meant.
    pub fn is_here(&self) -> bool {
        self.elsewhere.is_none()
    }
}

/// An election period and what it has to do with a mention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Election {
    /// The period.
    pub id: Id,
    /// True when the mention names a candidate or comes from one.
    #[serde(default)]
    pub candidate: bool,
    /// Where it names one, sorted.
    #[serde(with = "pairs", default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

/// How urgent a mention is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Priority {
    /// The result: the score's level, moved by the cap and the floor.
    pub level: Level,
    /// The sum of the reasons' points.
    pub score: i32,
    /// Why, in the order in which the plan counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// The rule below which the level may not fall, when one matched; it beats a cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Bound>,
    /// The rule above which the level may not rise, when one matched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Bound>,
    /// The level the plan gives, where a person set another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_plan: Option<Level>,
}

/// One contribution to the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What gave the points.
    pub why: Why,
    /// How many; negative where a limit took some away.
    pub points: i32,
    /// Where the plan says so; `None` where a built-in rule does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Reason {
    /// The reason's name as the NDJSON output and the log spell it; screens word [`Reason::why`] instead.
    pub fn name(&self) -> Cow<'_, str> {
        match &self.why {
            Why::Contribution { name } => Cow::Borrowed(name),
            Why::Stakeholder { id } => Cow::Owned(format!("stakeholder {id}")),
            Why::Posture { initiative, posture } => Cow::Owned(format!("posture {posture} {initiative}")),
            Why::Initiative { id } => Cow::Owned(format!("initiative {id}")),
            Why::Reach { .. } => Cow::Borrowed("reach"),
            Why::ReachUnknown => Cow::Borrowed("reach unknown"),
            Why::Velocity { .. } => Cow::Borrowed("velocity"),
            Why::VelocityUnknown => Cow::Borrowed("velocity unknown"),
            Why::Limit => Cow::Borrowed("limit"),
        }
    }
}

/// What can give or take points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A contribution of `priority.toml`.
    Contribution {
        /// Its name in the plan.
        name: Id,
    },
    /// The weight of the heaviest stakeholder group that matched.
    Stakeholder {
        /// The group.
        id: Id,
    },
    /// The posture of the tensest active initiative that matched.
    Posture {
        /// The initiative.
        initiative: Id,
        /// Its posture.
        posture: Posture,
    },
    /// The base priority of the first initiative.
    Initiative {
        /// The initiative.
        id: Id,
    },
    /// The author's followers.
    Reach {
        /// How many there are.
        followers: u64,
    },
    /// The source did not tell the author's followers: 0 points.
    ReachUnknown,
    /// How fast it is shared.
    Velocity {
        /// Likes, reposts and replies an hour since it was posted.
        per_hour: u64,
    },
    /// The source told neither reactions nor when it was posted, and no copies are known: 0 points.
    VelocityUnknown,
    /// The sum is limited to 100: what was above is taken back.
    Limit,
}

/// A floor or a cap that matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// Its name in the plan.
    pub name: Id,
    /// The level it holds.
    pub level: Level,
    /// Where it stands.
    pub at: At,
}

/// The service-level clocks; none for a backlog item, and none the plan does not set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    /// A first act is due by then; breached when now is later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledge_by: Option<DateTime<Utc>>,
    /// An answer of substance is due by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub substance_by: Option<DateTime<Utc>>,
}

/// Spans as `[[start,end],…]`, the form of the NDJSON output.
mod pairs {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::mention::Span;

    pub(super) fn serialize<S: Serializer>(spans: &[Span], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(spans.iter().map(|span| [span.start, span.end]))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Span>, D::Error> {
        let pairs = Vec::<[usize; 2]>::deserialize(deserializer)?;
        Ok(pairs.into_iter().map(|[start, end]| start..end).collect())
    }
}
