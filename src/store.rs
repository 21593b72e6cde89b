//! What is kept and found again: mentions, their versions, and where each case stands.
//!
//! What enters: assessed mentions with their source's cursor, and the records of the response log. What leaves: pages
//! of light rows, whole cases, counts, search results. The response log is the truth for decisions; the store
//! keeps a projection of it that can be rebuilt. No SQL stands outside `store/sqlite`, nothing here
//! assumes that one process has the store for itself, and no answer grows with what is kept.

mod incoming;
mod replay;
mod search;
mod sqlite;
mod subject;
mod types;
mod worker;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::mention::{Id, Mention, MentionId};
use crate::pipeline::{Assessment, Kept, Memories};
use crate::plan::PlanHash;
use crate::response_log::{self, Record};

pub use incoming::Incoming;
pub use replay::{CaughtUp, catch_up};
pub use search::{SEARCH_SLICE, Search, SearchStep, Step, search_all};
pub use sqlite::SqliteStore;
pub use subject::CaseSubject;
pub use types::{
    Anchor, Applied, AuthorHistory, Case, Commit, Counts, Located, MOST_MEMBERS, Origin, Outcome, Page, PageRequest,
    Position, Row, StoreError, Version, View,
};
pub use worker::{Answer, Ask, Assessor, Busy, Desk, OnAnswer, Reassess, RequestId, Setup, Tell, Threads};

/// Instants by source, in no order.
pub type Heard = BTreeMap<Id, Vec<DateTime<Utc>>>;

/// Assesses a mention under the plan that is in force.
pub type Assess<'a> = dyn FnMut(&Mention, &Kept) -> Assessment + Send + 'a;

/// Gives the next mentions to be kept, until there are none.
pub type Supply<'a> = dyn FnMut() -> Option<Vec<Incoming>> + 'a;

/// One handle to the store. A handle is used by one thread; several handles, also of several processes, see one
/// another's commits at their next request.
pub trait Store: Send {
    /// Commits a batch and its cursor in one transaction; one outcome an item, in their order.
    fn commit(&mut self, batch: &Commit) -> Result<Vec<Outcome>, StoreError>;

    /// Where a source goes on; `None` before its first commit.
    fn cursor(&mut self, source: &str) -> Result<Option<serde_json::Value>, StoreError>;

    /// Projects records; those already applied change nothing. Live records that do not follow what was applied are
    /// left out, and [`Applied::gap`] says that the log has to be read again.
    fn apply(&mut self, records: &[Record], origin: Origin, assess: &mut Assess<'_>) -> Result<Applied, StoreError>;

    /// The last record applied of each chain.
    fn last_applied(&mut self) -> Result<Vec<response_log::Applied>, StoreError>;

    /// Forgets all records, so that the log can be applied from its beginning; mentions stay.
    fn forget_records(&mut self) -> Result<(), StoreError>;

    /// Marks mentions as opened by a person.
    fn mark_seen(&mut self, ids: &[MentionId]) -> Result<(), StoreError>;

    /// Brings back what was put off until `now`; answers with how many came back.
    fn wake(&mut self, now: DateTime<Utc>) -> Result<usize, StoreError>;

    /// What is not closed and was assessed by another plan (what waits for its first assessment was by none), in the order in which it is to be assessed anew: `visible`
    /// first, then the urgent, then the newest.
    fn stale(&mut self, plan: &PlanHash, visible: &[MentionId]) -> Result<Vec<Position>, StoreError>;

    /// Assesses these anew, in one transaction; closed ones are left alone.
    fn reassess(&mut self, stale: &[Position], assess: &mut Assess<'_>) -> Result<(), StoreError>;

    /// Commits mentions that are assessed later, all that `supply` gives in one transaction; one outcome an item, in
    /// their order. They are searchable at once. A known one whose text is another is assessed here.
    fn take_in(&mut self, supply: &mut Supply<'_>, assess: &mut Assess<'_>) -> Result<Vec<Outcome>, StoreError>;

    /// Those that wait to be assessed, the newest first, so many at most; for [`Store::reassess`].
    fn pending(&mut self, limit: usize) -> Result<Vec<Position>, StoreError>;

    /// How many wait to be assessed.
    fn waiting(&mut self) -> Result<u64, StoreError>;

    /// Rows of a view.
    fn page(&mut self, request: &PageRequest, now: DateTime<Utc>) -> Result<Page, StoreError>;

    /// The rows of these mentions as they are now, without those the store has not.
    fn rows(&mut self, ids: &[MentionId], now: DateTime<Utc>) -> Result<Vec<Row>, StoreError>;

    /// The near-copies of a mention that are in a view, itself included, in the view's order; itself alone when it has none. At
    /// most [`MOST_MEMBERS`], the first.
    fn members(&mut self, id: &MentionId, view: View, now: DateTime<Utc>) -> Result<Vec<Row>, StoreError>;

    /// What history is rebuilt from.
    fn memories(&mut self) -> Result<Memories, StoreError>;

    /// Where a mention stands in a view; `None` when it is not in it.
    fn locate(&mut self, view: View, id: &MentionId) -> Result<Option<Located>, StoreError>;

    /// A mention whole.
    fn case(&mut self, id: &MentionId, now: DateTime<Utc>) -> Result<Option<Case>, StoreError>;

    /// What the same account said before, `limit` mentions at most.
    fn author(&mut self, id: &MentionId, limit: usize, now: DateTime<Utc>) -> Result<AuthorHistory, StoreError>;

    /// When the mentions of each source count from, since `since` and the newest `most` at the most; and of each of `sources` of
    /// which that tells little, `most` at the most of all it ever brought.
    fn heard(&mut self, sources: &[Id], since: DateTime<Utc>, most: usize) -> Result<Heard, StoreError>;

    /// The numbers of the status bar.
    fn counts(&mut self, now: DateTime<Utc>) -> Result<Counts, StoreError>;

    /// The mentions a person may mean by a whole id or a bare native id.
    fn resolve(&mut self, text: &str) -> Result<Vec<MentionId>, StoreError>;

    /// One bounded step of a search in a view, newest first.
    fn search(&mut self, search: &Search, step: Step, now: DateTime<Utc>) -> Result<SearchStep, StoreError>;

    /// True when another handle committed since this was last asked.
    fn changed(&mut self) -> Result<bool, StoreError>;
}
