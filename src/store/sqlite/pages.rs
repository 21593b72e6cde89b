//! Pages of a view by keyset: every page starts from a place, never from a count of rows to skip.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::rows::{self, COLUMNS};
use crate::mention::MentionId;
use crate::store::{Anchor, Located, Page, PageRequest, Position, View};

/// How a view reads in SQL. `:a :b :c` are the key columns of a place, `:actor` is the desk's.
struct Keyset {
    filter: &'static str,
    after: &'static str,
    before: &'static str,
    order: &'static str,
    reverse: &'static str,
}

/// The arrival order, newest first; shared by three views.
const NEWEST: Keyset =
    Keyset { filter: "", after: "m.row < :c", before: "m.row > :c", order: "m.row DESC", reverse: "m.row ASC" };

/// What of a view is shown.
#[derive(Debug, Clone, Copy)]
struct Shown {
    view: View,
    /// Without what others stand for.
    folded: bool,
}

impl Shown {
    fn keyset(self) -> Keyset {
        let keyset = self.view.keyset();
        match self.view {
            View::Urgent if self.folded => Keyset { filter: "m.lane = 0 AND m.level <= 2 AND m.behind = 0", ..keyset },
            View::Open if self.folded => Keyset { filter: "m.lane = 0 AND m.behind = 0", ..keyset },
            _ => keyset,
        }
    }

    fn index(self) -> &'static str {
        if self.folded && self.view == View::Open { "INDEXED BY mention_front" } else { self.view.index() }
    }
}

impl View {
    fn keyset(self) -> Keyset {
        match self {
            Self::Urgent => Keyset {
                filter: "m.lane = 0 AND m.level <= 2",
                after: "(m.level, m.due, m.row) > (:a, :b, :c)",
                before: "(m.level, m.due, m.row) < (:a, :b, :c)",
                order: "m.level, m.due, m.row",
                reverse: "m.level DESC, m.due DESC, m.row DESC",
            },
            Self::Open => Keyset { filter: "m.lane = 0", ..NEWEST },
            Self::Surging => Keyset {
                filter: "m.lane = 0 AND m.surge > 0",
                after: "(m.surge, m.row) < (:a, :c)",
                before: "(m.surge, m.row) > (:a, :c)",
                order: "m.surge DESC, m.row DESC",
                reverse: "m.surge, m.row",
            },
            Self::Mine => Keyset { filter: "m.claimed = :actor AND m.lane <> 2", ..NEWEST },
            Self::Snoozed => Keyset {
                filter: "m.lane = 1",
                after: "(m.wake, m.row) > (:a, :c)",
                before: "(m.wake, m.row) < (:a, :c)",
                order: "m.wake, m.row",
                reverse: "m.wake DESC, m.row DESC",
            },
            Self::Closed => Keyset {
                filter: "m.lane = 2",
                after: "(m.closed, m.row) < (:a, :c)",
                before: "(m.closed, m.row) > (:a, :c)",
                order: "m.closed DESC, m.row DESC",
                reverse: "m.closed, m.row",
            },
            Self::All => Keyset { filter: "1", ..NEWEST },
        }
    }

    /// What makes a row of the table `m` one of the view's.
    pub(super) fn filter(self) -> &'static str {
        self.keyset().filter
    }

    /// The order of the view's rows, in the columns of the table `m`.
    pub(super) fn order(self) -> &'static str {
        self.keyset().order
    }

    /// The index that serves the view's order; named, because a wrong guess of the planner would sort the whole view.
    fn index(self) -> &'static str {
        match self {
            Self::Urgent => "INDEXED BY mention_level",
            Self::Open => "INDEXED BY mention_open",
            Self::Surging => "INDEXED BY mention_surge",
            Self::Mine => "INDEXED BY mention_claimed",
            Self::Snoozed => "INDEXED BY mention_snoozed",
            Self::Closed => "INDEXED BY mention_closed",
            Self::All => "NOT INDEXED",
        }
    }

    /// The key columns of a place, as the table holds them.
    fn key(self, position: Position) -> [i64; 3] {
        let Position(a, b, c) = position;
        match self {
            Self::Urgent | Self::Snoozed => [a, b, c],
            Self::Open | Self::Mine | Self::All => [0, 0, -c],
            Self::Closed | Self::Surging => [-a, 0, -c],
        }
    }
}

/// Rows from an anchor on. One row more than asked for is looked at, to know whether the view goes on.
pub(super) fn page(
    connection: &Connection,
    request: &PageRequest,
    actor: &str,
    now: DateTime<Utc>,
) -> rusqlite::Result<Page> {
    let limit = request.limit.min(PageRequest::MOST);
    let (place, backwards) = match &request.anchor {
        Anchor::Top => (None, false),
        Anchor::Bottom => (None, true),
        Anchor::After(position) => (Some(*position), false),
        Anchor::Before(position) => (Some(*position), true),
    };
    let shown = Shown { view: request.view, folded: request.folded };
    let mut rows = read(connection, shown, place, backwards, (limit + 1, actor, now))?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    if backwards {
        rows.reverse();
    }
    let other_side = match (place, backwards) {
        (None, _) => false,
        // The row at the anchor itself counts: it is shown by the page on the other side.
        (Some(place), true) => exists(connection, shown, place, false, actor)?,
        (Some(place), false) => exists(connection, shown, place, true, actor)?,
    };
    let (more_before, more_after) = if backwards { (more, other_side) } else { (other_side, more) };
    Ok(Page { rows, more_before, more_after })
}

type Rest<'a> = (usize, &'a str, DateTime<Utc>);

fn read(
    connection: &Connection,
    shown: Shown,
    place: Option<Position>,
    backwards: bool,
    (limit, actor, now): Rest<'_>,
) -> rusqlite::Result<Vec<crate::store::Row>> {
    let (view, keyset) = (shown.view, shown.keyset());
    let (order, beyond) = if backwards { (keyset.reverse, keyset.before) } else { (keyset.order, keyset.after) };
    let beyond = if place.is_some() { beyond } else { "1" };
    let sql = format!(
        "SELECT {COLUMNS} FROM mention m {} WHERE {} AND {beyond} ORDER BY {order} LIMIT {limit}",
        shown.index(),
        keyset.filter,
    );
    let mut statement = connection.prepare_cached(&sql)?;
    bind(&mut statement, view, place, actor)?;
    let mut found = Vec::with_capacity(limit.min(128));
    let mut sql_rows = statement.raw_query();
    while let Some(sql_row) = sql_rows.next()? {
        found.push(rows::read(sql_row, view, now)?);
    }
    Ok(found)
}

/// True when the view has a row at `place` or beyond it in the given direction.
fn exists(
    connection: &Connection,
    shown: Shown,
    place: Position,
    backwards: bool,
    actor: &str,
) -> rusqlite::Result<bool> {
    let keyset = shown.keyset();
    let beyond = if backwards { keyset.before } else { keyset.after };
    let inclusive = beyond.replace(" < ", " <= ").replace(" > ", " >= ");
    let sql = format!("SELECT 1 FROM mention m {} WHERE {} AND {inclusive} LIMIT 1", shown.index(), keyset.filter);
    let mut statement = connection.prepare_cached(&sql)?;
    bind(&mut statement, shown.view, Some(place), actor)?;
    Ok(statement.raw_query().next()?.is_some())
}

/// Binds the parameters a view's statement happens to have.
fn bind(
    statement: &mut rusqlite::Statement<'_>,
    view: View,
    place: Option<Position>,
    actor: &str,
) -> rusqlite::Result<()> {
    let [a, b, c] = place.map_or([0; 3], |place| view.key(place));
    for (name, value) in [(":a", a), (":b", b), (":c", c)] {
        if let Some(index) = statement.parameter_index(name)? {
            statement.raw_bind_parameter(index, value)?;
        }
    }
    if let Some(index) = statement.parameter_index(":actor")? {
        statement.raw_bind_parameter(index, actor)?;
    }
    Ok(())
}

/// Where a mention stands in a view; `None` when it is not in it.
pub(super) fn locate(
    connection: &Connection,
    view: View,
    id: &MentionId,
    actor: &str,
) -> rusqlite::Result<Option<Located>> {
    let keyset = view.keyset();
    let sql = format!(
        "SELECT m.row, m.level, m.due, m.wake, m.closed, m.surge FROM seen_by s JOIN mention m ON m.row = s.row \
         WHERE s.id = :id AND {}",
        keyset.filter
    );
    let mut statement = connection.prepare_cached(&sql)?;
    if let Some(index) = statement.parameter_index(":actor")? {
        statement.raw_bind_parameter(index, actor)?;
    }
    if let Some(index) = statement.parameter_index(":id")? {
        statement.raw_bind_parameter(index, id.as_str())?;
    }
    let mut found = statement.raw_query();
    let Some(sql) = found.next()? else { return Ok(None) };
    let position = rows::position(view, sql.get(0)?, [sql.get(1)?, sql.get(2)?, sql.get(3)?, sql.get(4)?, sql.get(5)?]);
    let before = rank(connection, view, position, actor)?;
    Ok(Some(Located { position, before }))
}

/// How many rows of the view stand before a place. Everything is numbered without gaps, so `All` needs no counting.
fn rank(connection: &Connection, view: View, place: Position, actor: &str) -> rusqlite::Result<u64> {
    if view == View::All {
        let last: i64 =
            connection.prepare_cached("SELECT coalesce(max(row), 0) FROM mention")?.query_row([], |row| row.get(0))?;
        return Ok(u64::try_from(last + place.2).unwrap_or(0));
    }
    let keyset = view.keyset();
    let sql = format!("SELECT count(*) FROM mention m {} WHERE {} AND {}", view.index(), keyset.filter, keyset.before);
    let mut statement = connection.prepare_cached(&sql)?;
    bind(&mut statement, view, Some(place), actor)?;
    statement.raw_query().next()?.map_or(Ok(0), |row| row.get(0))
}

/// The row number behind any id under which a mention was seen.
pub(super) fn row_of(connection: &Connection, id: &MentionId) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT row FROM seen_by WHERE id = :id")?
        .query_row(named_params! { ":id": id.as_str() }, |row| row.get(0))
        .optional()
}
