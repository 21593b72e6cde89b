//! The JSON of `plan why`: ids, points, places and spans; nothing is worded.

use serde_json::{Value, json};

use crate::mention::Span;
use crate::pipeline::Hit;
use crate::plan::Bound;
use crate::query::{Lack, LackKind, Lacking};
use crate::trial::account::{Account, AnsweredBy, Change, ChangeKind, DecidedBy, Rise, Visited};

/// One object.
pub(super) fn account(account: &Account<'_>) -> Value {
    let priority = &account.assessment.priority;
    let reasons = priority.reasons.iter().map(|reason| {
        let mut value = json!({ "name": reason.name(), "points": reason.points });
        if let Some(at) = &reason.at {
            value["at"] = json!(at);
        }
        value
    });
    let near = account.near.iter().map(|near| {
        let kind = near.kind.token();
        json!({ "kind": kind, "rule": near.rule.name, "at": near.at(), "lacks": lacks(&near.lacking) })
    });
    let criteria = account.criteria.iter().map(|(criterion, spans)| {
        let (id, verdict) = (&criterion.id, criterion.verdict.as_ref());
        json!({ "id": id, "verdict": verdict, "decisive": criterion.decisive, "at": criterion.rule.at, "spans": pairs(spans) })
    });
    json!({
        "id": account.mention.id,
        "text": account.mention.text,
        "level": priority.level,
        "score": priority.score,
        "decided_by": match account.decided_by {
            DecidedBy::Score => "score",
            DecidedBy::Floor(_) => "floor",
            DecidedBy::Cap(_) => "cap",
        },
        "reasons": reasons.collect::<Vec<_>>(),
        "floors": account.floors.iter().map(|floor| bound(floor)).collect::<Vec<_>>(),
        "caps": account.caps.iter().map(|cap| bound(cap)).collect::<Vec<_>>(),
        "protocols": account.assessment.protocols.iter().map(hit).collect::<Vec<_>>(),
        "clocks": account.assessment.clocks,
        "steps": account.walk.iter().map(visited).collect::<Vec<_>>(),
        "suggested": account.outcome.map(|outcome| &outcome.id),
        "chosen": account.chosen.map(|chosen| &chosen.outcome),
        "relevant": account.assessment.relevant,
        "criteria": criteria.collect::<Vec<_>>(),
        "initiatives": account.assessment.initiatives.iter().map(hit).collect::<Vec<_>>(),
        "set_aside": account.set_aside.iter().map(hit).collect::<Vec<_>>(),
        "stakeholders": account.assessment.stakeholders.iter().map(hit).collect::<Vec<_>>(),
        "near": near.collect::<Vec<_>>(),
        "rises": account.rises.iter().map(rise).collect::<Vec<_>>(),
    })
}

fn bound(bound: &Bound) -> Value {
    json!({ "name": bound.name, "level": bound.level, "at": bound.rule.at })
}

fn hit(hit: &Hit) -> Value {
    json!({ "id": hit.id, "rule": hit.rule, "at": hit.at, "spans": pairs(&hit.spans) })
}

fn visited(visited: &Visited<'_>) -> Value {
    let (step, answer) = (&visited.step.id, if visited.yes { "yes" } else { "no" });
    match &visited.by {
        AnsweredBy::Rule(at, spans) => {
            json!({ "step": step, "answer": answer, "by": "rule", "at": at, "spans": pairs(spans) })
        }
        AnsweredBy::Assumed => json!({ "step": step, "answer": answer, "by": "assumed", "at": visited.step.at }),
    }
}

fn rise(rise: &Rise<'_>) -> Value {
    let ways = rise.ways.iter().map(|way| way.changes.iter().map(change).collect::<Vec<_>>());
    json!({ "level": rise.level, "points": rise.points, "ways": ways.collect::<Vec<_>>() })
}

fn change(change: &Change<'_>) -> Value {
    let (kind, name) = match change.kind {
        ChangeKind::Floor(floor) => ("floor", floor.name.to_string()),
        ChangeKind::Protocol(protocol) => ("protocol", protocol.id.to_string()),
        ChangeKind::NoCap(cap) => ("without_cap", cap.name.to_string()),
        ChangeKind::Contribution(found) => ("contribution", found.name.to_string()),
        ChangeKind::NoContribution(found) => ("without_contribution", found.name.to_string()),
        ChangeKind::Stakeholder(group) => ("stakeholder", group.id.to_string()),
        ChangeKind::Initiative(found) => ("initiative", found.id.to_string()),
        ChangeKind::Reach(step) => ("followers", step.followers.to_string()),
    };
    let lacks = change.lacking.as_ref().map(lacks);
    json!({ "kind": kind, "name": name, "points": change.points, "at": change.at, "lacks": lacks })
}

fn lacks(lacking: &Lacking) -> Vec<Value> {
    lacking.lacks.iter().map(lack).collect()
}

fn lack(lack: &Lack) -> Value {
    let mut value =
        json!({ "asked": lack.asked.to_string(), "spans": pairs(lack.found.spans()), "others": lack.others });
    value["found"] = match &lack.found {
        LackKind::Absent => json!("absent"),
        LackKind::Partly { absent, .. } => {
            value["absent"] = json!(absent);
            json!("partly")
        }
        LackKind::Scattered { .. } => json!("scattered"),
        LackKind::Apart { distance, reversed, .. } => {
            value["distance"] = json!(distance);
            json!(if *reversed { "reversed" } else { "apart" })
        }
        LackKind::Present { .. } => json!("present"),
        LackKind::Value { found } => {
            value["value"] = json!(found);
            json!("value")
        }
    };
    value
}

fn pairs(spans: &[Span]) -> Vec<[usize; 2]> {
    spans.iter().map(|span| [span.start, span.end]).collect()
}
