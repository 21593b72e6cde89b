//! Which records count, and which of them a person may take back.
//!
//! What enters: the entries of one case in the order of the log. What leaves: which are live, and the records an
//! undo or a redo has to name. Nothing is ever removed: an undo is one more record, a redo an undo of that record.

use std::collections::HashSet;

use super::{CaseState, Context, Entry, Event, RecordId, Refusal};

/// Tells for each entry whether it counts: one named by a later `undone` that itself counts does not.
///
/// Only earlier records can be taken back, so one pass from the end settles it.
pub fn live(entries: &[Entry]) -> Vec<bool> {
    let mut dead: HashSet<&RecordId> = HashSet::new();
    let mut counts = vec![true; entries.len()];
    for (entry, counts) in entries.iter().zip(&mut counts).rev() {
        *counts = !dead.contains(&entry.id);
        if *counts && let Event::Undone { undoes } = &entry.event {
            dead.extend(undoes);
        }
    }
    counts
}

/// The records that taking back the actor's last act has to name: this case's and its companions', in order.
pub(super) fn undo(case: &CaseState, context: &Context<'_>) -> Result<Vec<RecordId>, Refusal> {
    let last = last_act(case).ok_or(Refusal::NothingToUndo)?;
    if last.actor != *context.actor {
        let own = acts(case).any(|entry| entry.actor == *context.actor);
        return Err(if own { Refusal::LaterActStands { by: last.actor.clone() } } else { Refusal::NothingToUndo });
    }
    let Some(batch) = &last.batch else {
        return if is_final(last) { Err(Refusal::CannotBeUndone) } else { Ok(vec![last.id.clone()]) };
    };
    let mut named = Vec::new();
    for member in std::iter::once(case).chain(context.companions.iter().copied()) {
        for entry in acts(member) {
            if entry.batch.as_ref() != Some(batch) {
                continue;
            }
            if is_final(entry) {
                return Err(Refusal::CannotBeUndone);
            }
            named.push(entry.id.clone());
        }
        if let Some(later) = last_act(member)
            && later.batch.as_ref() != Some(batch)
        {
            return Err(Refusal::LaterActStands { by: later.actor.clone() });
        }
    }
    named.sort();
    named.dedup();
    Ok(named)
}

/// The undo record that a redo has to name.
pub(super) fn redo(case: &CaseState, context: &Context<'_>) -> Result<RecordId, Refusal> {
    let last = last_undo(case).map_err(|_| Refusal::NothingToRedo)?;
    if last.actor != *context.actor {
        return Err(Refusal::NothingToRedo);
    }
    for companion in context.companions {
        match last_undo(companion) {
            Ok(entry) if entry.id == last.id => {}
            Ok(entry) | Err(Some(entry)) => return Err(Refusal::LaterActStands { by: entry.actor.clone() }),
            Err(None) => {}
        }
    }
    Ok(last.id.clone())
}

/// The live entries that are acts, not undos, in order.
fn acts(case: &CaseState) -> impl DoubleEndedIterator<Item = &Entry> {
    let history = case.history();
    history
        .iter()
        .zip(live(history))
        .filter(|(entry, live)| *live && !matches!(entry.event, Event::Undone { .. }))
        .map(|(entry, _)| entry)
}

fn last_act(case: &CaseState) -> Option<&Entry> {
    acts(case).next_back()
}

/// The last live undo that no new act followed; else the act that stands in the way, if any.
fn last_undo(case: &CaseState) -> Result<&Entry, Option<&Entry>> {
    let history = case.history();
    let undo_ids: HashSet<&RecordId> =
        history.iter().filter(|e| matches!(e.event, Event::Undone { .. })).map(|e| &e.id).collect();
    for (entry, live) in history.iter().zip(live(history)).rev() {
        match &entry.event {
            _ if !live => {}
            // A redo names an undo; it is not itself redone.
            Event::Undone { undoes } if undoes.iter().any(|id| undo_ids.contains(id)) => {}
            Event::Undone { .. } => return Ok(entry),
            _ => return Err(Some(entry)),
        }
    }
    Err(None)
}

/// Facts of the outside world, which no undo can take back.
fn is_final(entry: &Entry) -> bool {
    matches!(entry.event, Event::Posted { .. } | Event::Captured)
}
