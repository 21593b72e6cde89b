//! The table of what may be done to a case in which status.

use super::{Awaits, CaseState, Command, Context, Event, Refusal, Reply, cites_clause, is_public, undo};
use crate::mention::Status::{self, Closed, InReview, New, Reopened};
use crate::mention::{Disposition, Id, NoResponseReason};

/// Decides a command: the events to record, in order, or why it is refused. Never changes the state.
pub fn decide(command: &Command, case: &CaseState, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    if case.last() != context.base {
        return Err(Refusal::StaleBase { last: case.last().cloned(), seen: context.base.cloned() });
    }
    let event = match (command, case.status_at(context.now)) {
        (Command::Decide { disposition, .. }, _) if context.closed && is_public(*disposition) => {
            return Err(Refusal::NotSaidInPublic(*disposition));
        }
        (Command::Decide { disposition, reason, note, clause }, status) => {
            let stands = status == Closed && case.disposition() == Some(*disposition);
            let adds = (reason.is_some() && *reason != case.reason()) || note.is_some();
            if stands && !adds && (clause.is_none() || clause.as_ref() == case.clause()) {
                return Err(Refusal::AlreadyDecided(*disposition));
            }
            let reason = reason.or_else(|| case.reason().filter(|_| stands));
            let clause = clause.as_ref().or_else(|| case.clause().filter(|_| stands));
            let clause = cited(*disposition, clause, context)?;
            Event::Decided { disposition: *disposition, reason, note: note.clone().filter(|n| !blank(n)), clause }
        }
        (Command::ChangeReason { reason }, _) => change_reason(case, *reason)?,
        (Command::Copy { reply, authorized_by }, _) => copy(reply, authorized_by.as_ref(), context)?,
        (Command::Post { permalink, disposition }, _) => post(case, permalink.as_ref(), *disposition, context)?,
        (Command::AddPermalink { permalink }, _) => match case.posted() {
            None => return Err(Refusal::NotPosted),
            Some(_) => Event::Linked { permalink: link(permalink)? },
        },
        (Command::Escalate { tier, .. }, _) if *tier > 3 => return Err(Refusal::NoSuchTier(*tier)),
        (Command::Escalate { tier, .. }, Status::Escalated) if case.escalation().is_some_and(|e| e.tier == *tier) => {
            return Err(Refusal::AlreadyEscalated(*tier));
        }
        (Command::Escalate { tier, to, brief, due }, _) => {
            Event::Escalated { tier: *tier, to: to.clone(), brief: brief.clone(), due: *due }
        }
        (Command::Snooze { .. } | Command::Await(_) | Command::Claim, Closed) => return Err(Refusal::Closed),
        (Command::Snooze { until }, _) if *until <= context.now => return Err(Refusal::SnoozeInThePast),
        (Command::Snooze { until }, _) => Event::Snoozed { until: *until },
        (Command::Await(awaits), status) if status == waiting(*awaits) => {
            return Err(Refusal::AlreadyAwaiting(*awaits));
        }
        (Command::Await(awaits), _) => Event::Awaited { awaits: *awaits },
        (Command::Note { text }, _) => Event::Noted { note: said(text)? },
        (Command::Claim, _) => match case.claimed_by() {
            Some(who) => return Err(Refusal::ClaimedBy(who.clone())),
            None => Event::Claimed,
        },
        (Command::Release, _) if case.claimed_by().is_none() => return Err(Refusal::NotClaimed),
        (Command::Release, _) => Event::Released,
        (Command::Capture, _) if case.last().is_some() => return Err(Refusal::AlreadyCaptured),
        (Command::Capture, _) => Event::Captured,
        (Command::OverrideBranch { outcome, path, answers, why }, _) => {
            let answered = !answers.is_empty() && !answers.iter().any(|answer| answer.against);
            let note = if answered && blank(why) { None } else { Some(said(why)?) };
            Event::Overridden { outcome: outcome.clone(), path: path.clone(), answers: answers.clone(), note }
        }
        (Command::Relabel { labels, was, note }, _) => {
            let mut after = was.clone();
            after.merge(labels);
            if after == *was {
                return Err(Refusal::SameLabels);
            }
            let note = note.clone().filter(|note| !blank(note));
            Event::Relabelled { labels: labels.clone(), was: was.clone(), note }
        }
        (Command::Reopen, New | InReview | Reopened) => return Err(Refusal::NotClosed),
        (Command::Reopen, _) => Event::Opened,
        (Command::Undo, _) => Event::Undone { undoes: undo::undo(case, context)? },
        (Command::Redo, _) => Event::Undone { undoes: vec![undo::redo(case, context)?] },
    };
    Ok(vec![event])
}

fn change_reason(case: &CaseState, reason: NoResponseReason) -> Result<Event, Refusal> {
    let disposition = case.disposition().ok_or(Refusal::NotDecided)?;
    if case.reason() == Some(reason) {
        return Err(Refusal::SameReason);
    }
    Ok(Event::Decided { disposition, reason: Some(reason), note: None, clause: case.clause().cloned() })
}

/// The clause that goes into the record. Recorded moderation cites one wherever the plan has any to cite.
fn cited(disposition: Disposition, clause: Option<&Id>, context: &Context<'_>) -> Result<Option<Id>, Refusal> {
    let clauses = context.clauses;
    match clause {
        Some(_) if !cites_clause(disposition) => Err(Refusal::CitesNoClause(disposition)),
        Some(cited) if clauses.iter().any(|(id, _)| id == cited) => Ok(Some(cited.clone())),
        Some(cited) => Err(Refusal::UnknownClause { clause: cited.clone(), clauses: clauses.to_vec() }),
        None if disposition == Disposition::ModerationRecorded && !clauses.is_empty() => {
            Err(Refusal::ClauseNeeded { clauses: clauses.to_vec() })
        }
        None => Ok(None),
    }
}

fn copy(reply: &Reply, authorized_by: Option<&String>, context: &Context<'_>) -> Result<Event, Refusal> {
    if blank(&reply.text) {
        return Err(Refusal::EmptyText);
    }
    if reply.edited && context.approve_edited {
        return Err(Refusal::EditedNeedsApproval);
    }
    // An approval covers the approved words, not what a person made of them.
    let authorized_by = authorized_by.filter(|_| !reply.edited).cloned();
    Ok(Event::Copied { reply: reply.clone(), authorized_by })
}

fn post(
    case: &CaseState,
    permalink: Option<&String>,
    disposition: Option<Disposition>,
    context: &Context<'_>,
) -> Result<Event, Refusal> {
    let Some(copied) = case.copied() else {
        return Err(if case.posted().is_some() { Refusal::AlreadyPosted } else { Refusal::NothingCopied });
    };
    let disposition = match disposition {
        _ if copied.reply.holding => Disposition::HoldingIssued,
        Some(disposition) if !(disposition.is_no_response() || context.closed && is_public(disposition)) => disposition,
        _ if context.closed => Disposition::RespondedPrivate,
        _ => Disposition::RespondedPublic,
    };
    Ok(Event::Posted {
        reply: copied.reply.clone(),
        authorized_by: copied.authorized_by.clone(),
        permalink: permalink.map(|address| link(address)).transpose()?,
        disposition,
    })
}

fn waiting(awaits: Awaits) -> Status {
    match awaits {
        Awaits::Fact => Status::PendingFact,
        Awaits::Approval => Status::PendingApproval,
        Awaits::Author => Status::PendingAuthor,
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn said(text: &str) -> Result<String, Refusal> {
    if blank(text) { Err(Refusal::EmptyText) } else { Ok(text.trim().to_owned()) }
}

/// An address that can be opened later; anything else is refused rather than kept.
fn link(address: &str) -> Result<String, Refusal> {
    let address = address.trim();
    match url::Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(address.to_owned()),
        _ => Err(Refusal::NotALink),
    }
}
