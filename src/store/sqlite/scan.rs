//! A bounded step of a search: candidates, newest first, each decided by the query itself.
//!
//! Two streams of row numbers are walked side by side, both falling: what the full-text index offers, and what
//! is in the view. A row in both is read whole and put to the query. Where the index cannot help there is only
//! the second stream, where the view is nearly everything only the first; the answer is the same.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Rows, Statement};

use super::rows::{self, COLUMNS};
use super::value;
use crate::pipeline::{Assessment, ClusterRef};
use crate::query::{Candidates, FtsExpr};
use crate::store::{CaseSubject, Position, Row, Search, SearchStep, Step, StoreError, View};
use crate::text::tokens::Tokens;

/// Reading a row whole and testing it costs about as much as so many moves of a stream.
const READ: usize = 32;
/// So much does it cost where the columns of the list have told already.
const GLANCE: usize = 4;

/// Looks at up to `step.budget` mentions.
pub(super) fn step(
    connection: &Connection,
    search: &Search,
    step: Step,
    (actor, now): (&str, DateTime<Utc>),
) -> Result<SearchStep, StoreError> {
    let below = step.after.map_or(i64::MAX, |Position(_, _, place)| -place);
    let mut offered = offered(connection, search, below)?;
    let mut members = members(connection, search.view, offered.is_some(), actor, below)?;
    let mut both = Both::new(offered.as_mut(), members.as_mut())?;
    let mut tester = Tester::new(connection, search, actor, now)?;
    let (mut found, mut effort) = (SearchStep::default(), step.budget.max(1) * READ);
    while let Some(row) = both.next(&mut effort)? {
        let (passed, cost) = tester.test(row)?;
        effort = effort.saturating_sub(cost);
        if let Some(row) = passed {
            found.matched += 1;
            if step.rows > 0 {
                found.rows.push(row);
            }
        }
        if effort == 0 || (step.rows > 0 && found.rows.len() == step.rows) {
            found.next = Some(Position(0, 0, -row));
            return Ok(found);
        }
    }
    found.next = both.unfinished().map(|below| Position(0, 0, -below));
    Ok(found)
}

/// The rows the full-text index offers; `None` where it cannot help.
fn offered<'c>(
    connection: &'c Connection,
    search: &Search,
    below: i64,
) -> Result<Option<rusqlite::CachedStatement<'c>>, StoreError> {
    let Candidates::Fts(expr) = search.query.candidates() else { return Ok(None) };
    let Some(terms) = match_expression(&expr) else { return Ok(None) };
    let mut statement =
        connection.prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC")?;
    statement.raw_bind_parameter(1, terms)?;
    statement.raw_bind_parameter(2, below)?;
    Ok(Some(statement))
}

/// The rows of the view; `None` where the index leads and the view is nearly everything.
fn members<'c>(
    connection: &'c Connection,
    view: View,
    is_led: bool,
    actor: &str,
    below: i64,
) -> Result<Option<rusqlite::CachedStatement<'c>>, StoreError> {
    let from = match view {
        View::All | View::Closed if is_led => return Ok(None),
        View::All | View::Closed => "mention WHERE row < ?1",
        View::Urgent | View::Open => "mention INDEXED BY mention_open WHERE lane = 0 AND row < ?1",
        View::Surging => "mention INDEXED BY mention_surge WHERE lane = 0 AND surge > 0 AND row < ?1",
        View::Mine => "mention INDEXED BY mention_claimed WHERE claimed = ?2 AND lane <> 2 AND row < ?1",
        View::Snoozed => "mention INDEXED BY mention_snoozed WHERE lane = 1 AND row < ?1",
    };
    let mut statement = connection.prepare_cached(&format!("SELECT row FROM {from} ORDER BY row DESC"))?;
    statement.raw_bind_parameter(1, below)?;
    if view == View::Mine {
        statement.raw_bind_parameter(2, actor)?;
    }
    Ok(Some(statement))
}

/// The index's own spelling. Terms consist of letters, digits and `_` only. A prefix of one letter is in nearly every
/// text: walking the newest finds some sooner than the index can gather all.
fn match_expression(expr: &FtsExpr) -> Option<String> {
    match expr {
        FtsExpr::Term(term) => Some(format!("\"{term}\"")),
        FtsExpr::Prefix(start) if start.len() < 2 => None,
        FtsExpr::Prefix(start) => Some(format!("\"{start}\"*")),
        FtsExpr::And(parts) => {
            let parts: Vec<String> = parts.iter().filter_map(match_expression).collect();
            (!parts.is_empty()).then(|| format!("({})", parts.join(" AND ")))
        }
        FtsExpr::Or(parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(match_expression).collect();
            Some(format!("({})", parts?.join(" OR ")))
        }
    }
}

/// A falling stream of row numbers with the one it stands at.
struct Stream<'s> {
    rows: Rows<'s>,
    at: Option<i64>,
}

impl<'s> Stream<'s> {
    fn new(statement: &'s mut Statement<'_>) -> rusqlite::Result<Self> {
        let mut stream = Self { rows: statement.raw_query(), at: None };
        stream.advance()?;
        Ok(stream)
    }

    fn advance(&mut self) -> rusqlite::Result<()> {
        self.at = self.rows.next()?.map(|sql| sql.get(0)).transpose()?;
        Ok(())
    }
}

/// The rows that are in every stream there is.
struct Both<'s> {
    leader: Option<Stream<'s>>,
    follower: Option<Stream<'s>>,
}

impl<'s> Both<'s> {
    fn new(
        offered: Option<&'s mut rusqlite::CachedStatement<'_>>,
        members: Option<&'s mut rusqlite::CachedStatement<'_>>,
    ) -> rusqlite::Result<Self> {
        let leader = offered.map(|statement| Stream::new(statement)).transpose()?;
        let follower = members.map(|statement| Stream::new(statement)).transpose()?;
        Ok(Self { leader, follower })
    }

    /// The next row of both; `None` at the end of either, or when the effort is spent.
    fn next(&mut self, effort: &mut usize) -> rusqlite::Result<Option<i64>> {
        loop {
            let (Some(row), other) = self.heads() else { return Ok(None) };
            if other.is_none_or(|other| other == row) {
                for stream in [&mut self.leader, &mut self.follower].into_iter().flatten() {
                    stream.advance()?;
                }
                return Ok(Some(row));
            }
            if *effort == 0 {
                return Ok(None);
            }
            *effort -= 1;
            for stream in [&mut self.leader, &mut self.follower].into_iter().flatten() {
                if stream.at.max(other) == stream.at {
                    stream.advance()?;
                }
            }
        }
    }

    /// The smaller and the greater head of two streams, or the head of the only one; no head when a stream has ended.
    fn heads(&self) -> (Option<i64>, Option<i64>) {
        match (&self.leader, &self.follower) {
            (Some(leader), Some(follower)) => match (leader.at, follower.at) {
                (Some(one), Some(two)) => (Some(one.min(two)), Some(one.max(two))),
                _ => (None, None),
            },
            (Some(only), None) | (None, Some(only)) => (only.at, None),
            (None, None) => (None, None),
        }
    }

    /// Where to go on after the effort was spent between two rows: everything from here up was looked at.
    fn unfinished(&self) -> Option<i64> {
        let (low, high) = self.heads();
        low.map(|low| high.unwrap_or(low) + 1)
    }
}

/// Reads a row whole and puts it to the query.
struct Tester<'a> {
    statement: rusqlite::CachedStatement<'a>,
    search: &'a Search,
    tokens: Tokens,
    now: DateTime<Utc>,
}

impl<'a> Tester<'a> {
    fn new(
        connection: &'a Connection,
        search: &'a Search,
        actor: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, b.mention, b.assessment FROM mention m JOIN body b ON b.row = m.row \
             WHERE m.row = :row AND {}",
            search.view.filter()
        );
        let mut statement = connection.prepare_cached(&sql)?;
        if let Some(index) = statement.parameter_index(":actor")? {
            statement.raw_bind_parameter(index, actor)?;
        }
        Ok(Self { statement, search, tokens: Tokens::new(), now })
    }

    /// The row when it is in the view and matches, and what it cost to tell.
    fn test(&mut self, number: i64) -> Result<(Option<Row>, usize), StoreError> {
        if let Some(index) = self.statement.parameter_index(":row")? {
            self.statement.raw_bind_parameter(index, number)?;
        }
        let mut sql_rows = self.statement.raw_query();
        let Some(sql) = sql_rows.next()? else { return Ok((None, GLANCE)) };
        let row = rows::read(sql, View::All, self.now)?;
        if let Some(matches) = self.search.query.glance(&row) {
            return Ok((matches.then_some(row), GLANCE));
        }
        let text = |column: usize| -> Result<&str, StoreError> {
            Ok(sql.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?)
        };
        let mention: crate::mention::Mention = value::parse(number, text(rows::WIDTH)?)?;
        let mut assessment: Assessment = value::parse(number, text(rows::WIDTH + 1)?)?;
        // A person asks how many there are now.
        assessment.cluster = row.cluster.clone().map(|id| ClusterRef { id, size: row.copies });
        self.tokens.fill(&mention.text);
        let subject = CaseSubject {
            mention: &mention,
            assessment: &assessment,
            tokens: &self.tokens,
            status: row.status,
            copies: row.copies,
            at: row.at,
            now: self.now,
            zone: self.search.query.zone(),
        };
        Ok((self.search.query.matches(&subject).then_some(row), READ))
    }
}
