//! From records back to cases: statuses rebuilt from the log alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::record::Record;
use crate::mention::{Mention, MentionId};
use crate::triage::CaseState;

/// What the log says about one mention.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FoldedCase {
    /// Where it stands.
    pub state: CaseState,
    /// The mention as the last record about it saw it: what is left of it if the store is lost.
    pub snapshot: Option<Arc<Mention>>,
}

/// Adds one record to the cases it touches. Records come in the order of the log; one that is there already
/// changes nothing.
pub fn evolve(cases: &mut BTreeMap<MentionId, FoldedCase>, record: &Record) {
    let Some(entry) = record.entry() else { return };
    for mention in record.touches() {
        cases.entry(mention.clone()).or_default().state.evolve(&entry);
    }
    if let Some(mention) = &record.mention
        && let Some(case) = cases.get_mut(&mention.id)
    {
        case.snapshot = Some(mention.clone());
    }
}

/// The cases of all `records`, in the order of the log.
pub fn fold<'a>(records: impl IntoIterator<Item = &'a Record>) -> BTreeMap<MentionId, FoldedCase> {
    let mut cases = BTreeMap::new();
    for record in records {
        evolve(&mut cases, record);
    }
    cases
}
