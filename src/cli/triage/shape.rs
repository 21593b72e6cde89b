//! The JSON of one assessment, as the public contract spells it. Fields of what is not assessed are left out, and so are the
//! lists of parts that few plans have, where they are empty.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::mention::{Confidence, Id, Intent, Level, Span, Target, Tone};
use crate::pipeline::{
    Assessed, Bound, ClusterRef, DangerHit, Election, Hit, Hostility, IntentHit, LanguageGuess, PlaceHit, Priority,
    Reason, SurgeHit, ToneGuess, TypeGuess,
};
use crate::plan::At;

use super::replies::Reply;

/// One line of output.
#[derive(Serialize)]
pub(super) struct Answer<'a> {
    id: &'a str,
    text: &'a str,
    relevant: bool,
    #[serde(serialize_with = "hits")]
    initiatives: &'a [Hit],
    #[serde(serialize_with = "ids")]
    stakeholders: &'a [Hit],
    key_messages: &'a [Id],
    facts: &'a [Id],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    places: &'a [PlaceHit],
    #[serde(serialize_with = "hits", skip_serializing_if = "<[_]>::is_empty")]
    rumours: &'a [Hit],
    language: LanguageGuess,
    tone: ToneShape<'a>,
    hostility: HostilityShape<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    dangers: &'a [DangerHit],
    #[serde(serialize_with = "intents")]
    intents: &'a [IntentHit],
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    post_type: Option<TypeGuess>,
    urgency: u8,
    cluster: ClusterShape<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    surges: &'a [SurgeHit],
    #[serde(serialize_with = "hits", skip_serializing_if = "<[_]>::is_empty")]
    protocols: &'a [Hit],
    #[serde(serialize_with = "hits", skip_serializing_if = "<[_]>::is_empty")]
    clauses: &'a [Hit],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    templates: &'a [Id],
    #[serde(skip_serializing_if = "Option::is_none")]
    election: Option<&'a Election>,
    priority: PriorityShape<'a>,
    path: &'a [Id],
    suggested: Option<&'a str>,
    replies: &'a [Reply],
}

impl<'a> Answer<'a> {
    pub(super) fn new(id: &'a str, assessed: &'a Assessed, replies: &'a [Reply]) -> Self {
        let found = &assessed.assessment;
        Self {
            id,
            text: &assessed.mention.text,
            relevant: found.relevant,
            initiatives: &found.initiatives,
            stakeholders: &found.stakeholders,
            key_messages: &found.messages,
            facts: &found.facts,
            places: &found.places,
            rumours: &found.rumours,
            language: found.language,
            tone: ToneShape::new(&found.tone),
            hostility: HostilityShape::new(&found.hostility),
            dangers: &found.dangers,
            intents: &found.intents,
            post_type: found.post_type,
            urgency: found.urgency.level,
            cluster: ClusterShape::new(id, found.cluster.as_ref()),
            surges: &found.surges,
            protocols: &found.protocols,
            clauses: &found.clauses,
            templates: &found.templates,
            election: found.election.as_ref(),
            priority: PriorityShape::new(&found.priority),
            path: &found.path,
            suggested: found.suggested.as_deref(),
            replies,
        }
    }
}

/// The cluster by the id under which its first mention was told; a mention alone is a cluster of one.
#[derive(Serialize)]
struct ClusterShape<'a> {
    id: &'a str,
    size: u32,
}

impl<'a> ClusterShape<'a> {
    fn new(own: &'a str, cluster: Option<&'a ClusterRef>) -> Self {
        cluster.map_or(Self { id: own, size: 1 }, |cluster| Self { id: cluster.id.native(), size: cluster.size })
    }
}

#[derive(Serialize)]
struct ToneShape<'a> {
    label: Tone,
    score: f32,
    confidence: Confidence,
    evidence: Pairs<'a>,
}

impl<'a> ToneShape<'a> {
    fn new(tone: &'a ToneGuess) -> Self {
        let score = f32::from(tone.score) / 100.0;
        Self { label: tone.label, score, confidence: tone.confidence, evidence: Pairs(&tone.spans) }
    }
}

#[derive(Serialize)]
struct HostilityShape<'a> {
    level: u8,
    label: &'static str,
    target: Option<Target>,
    confidence: Confidence,
    evidence: Pairs<'a>,
}

impl<'a> HostilityShape<'a> {
    fn new(hostility: &'a Hostility) -> Self {
        let Hostility { level, target, confidence, ref spans, .. } = *hostility;
        Self { level, label: hostility.token(), target, confidence, evidence: Pairs(spans) }
    }
}

#[derive(Serialize)]
struct PriorityShape<'a> {
    level: Level,
    score: i32,
    #[serde(serialize_with = "reasons")]
    reasons: &'a [Reason],
    #[serde(skip_serializing_if = "Option::is_none")]
    floor: Option<&'a Bound>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cap: Option<&'a Bound>,
}

impl<'a> PriorityShape<'a> {
    fn new(priority: &'a Priority) -> Self {
        Self {
            level: priority.level,
            score: priority.score,
            reasons: &priority.reasons,
            floor: priority.floor.as_ref(),
            cap: priority.cap.as_ref(),
        }
    }
}

/// Spans as `[[start,end],…]`.
struct Pairs<'a>(&'a [Span]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|span| [span.start, span.end]))
    }
}

fn hits<S: Serializer>(hits: &&[Hit], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Shape<'a> {
        id: &'a str,
        rule: &'a str,
        at: &'a At,
        spans: Pairs<'a>,
    }

    let shapes = hits.iter().map(|Hit { id, rule, at, spans }| Shape { id, rule, at, spans: Pairs(spans) });
    serializer.collect_seq(shapes)
}

fn ids<S: Serializer>(hits: &&[Hit], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(hits.iter().map(|hit| &*hit.id))
}

fn intents<S: Serializer>(hits: &&[IntentHit], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(hits.iter().map(|hit| Intent::token(hit.intent)))
}

fn reasons<S: Serializer>(reasons: &&[Reason], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Shape<'a> {
        name: Cow<'a, str>,
        points: i32,
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<&'a At>,
    }

    serializer.collect_seq(reasons.iter().map(|reason| Shape {
        name: reason.name(),
        points: reason.points,
        at: reason.at.as_ref(),
    }))
}
