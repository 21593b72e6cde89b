//! The database's tables, and how an older file becomes a current one.
//!
//! `mention` holds what lists, filters and orders read, small enough that a page of rows is a few disk pages;
//! `body` holds the JSON that only an opened case or a query needs. A row's number is the order of
//! arrival and the row's number in the full-text index. Nothing is ever deleted from these two.

use rusqlite::Connection;

/// The format this program writes.
pub(super) const FORMAT: i64 = 2;

/// A deadline that never comes; sorts after every instant.
pub(super) const NEVER: i64 = i64::MAX;

/// The `level` of what waits to be assessed. Its `due` counts down the instant it was posted, so that the index of open
/// levels and deadlines is the queue too, the newest first.
pub(super) const PENDING: i64 = 5;

/// Values of `mention.lane`: which of the exclusive views a mention is in.
pub(super) mod lane {
    pub(in crate::store::sqlite) const OPEN: i64 = 0;
    pub(in crate::store::sqlite) const SNOOZED: i64 = 1;
    pub(in crate::store::sqlite) const CLOSED: i64 = 2;
}

const TABLES: &str = r#"
CREATE TABLE mention (
  row INTEGER PRIMARY KEY,
  lane INTEGER NOT NULL,
  level INTEGER NOT NULL,
  score INTEGER NOT NULL,
  due INTEGER NOT NULL,
  at INTEGER NOT NULL,
  wake INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  unseen INTEGER NOT NULL,
  version INTEGER NOT NULL,
  decided INTEGER NOT NULL,
  reopened INTEGER NOT NULL,
  relevant INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  plan INTEGER NOT NULL,
  id TEXT NOT NULL,
  source TEXT NOT NULL,
  network TEXT NOT NULL,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  status TEXT NOT NULL,
  disposition TEXT,
  claimed TEXT,
  author TEXT,
  handle TEXT,
  name TEXT,
  initiatives TEXT NOT NULL,
  intents TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  permalink TEXT,
  content TEXT NOT NULL,
  tone TEXT NOT NULL DEFAULT 'unsure',
  hostility INTEGER NOT NULL DEFAULT 0,
  sure INTEGER NOT NULL DEFAULT 0,
  dangers TEXT NOT NULL DEFAULT '',
  surges TEXT NOT NULL DEFAULT '',
  hurtful TEXT NOT NULL DEFAULT '',
  surge INTEGER NOT NULL DEFAULT 0,
  cluster INTEGER NOT NULL DEFAULT 0,
  behind INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX mention_permalink ON mention(permalink) WHERE permalink IS NOT NULL;
CREATE INDEX mention_author ON mention(author) WHERE author IS NOT NULL;
CREATE INDEX mention_at ON mention(at);
CREATE INDEX mention_open ON mention(lane) WHERE lane = 0;
CREATE INDEX mention_level ON mention(level, due) WHERE lane = 0;
CREATE INDEX mention_plan ON mention(plan) WHERE lane <> 2;
CREATE INDEX mention_unseen ON mention(unseen) WHERE lane = 0 AND unseen = 1;
CREATE INDEX mention_surge ON mention(surge) WHERE lane = 0 AND surge > 0;
CREATE INDEX mention_snoozed ON mention(wake) WHERE lane = 1;
CREATE INDEX mention_closed ON mention(closed) WHERE lane = 2;
CREATE INDEX mention_claimed ON mention(claimed) WHERE claimed IS NOT NULL AND lane <> 2;

CREATE TABLE body (row INTEGER PRIMARY KEY, mention TEXT NOT NULL, assessment TEXT NOT NULL);
CREATE TABLE version (row INTEGER NOT NULL, number INTEGER NOT NULL, content TEXT NOT NULL, mention TEXT NOT NULL,
  PRIMARY KEY (row, number)) WITHOUT ROWID;
CREATE TABLE seen_by (id TEXT PRIMARY KEY, row INTEGER NOT NULL, content TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE initiative (id TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (id, row)) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, cursor TEXT) WITHOUT ROWID;
CREATE TABLE plan (number INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE);

CREATE TABLE record (number INTEGER PRIMARY KEY, desk TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL,
  version INTEGER NOT NULL, entry TEXT, UNIQUE (desk, seq));
CREATE TABLE record_of (row INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (row, number)) WITHOUT ROWID;
CREATE INDEX record_rows ON record_of(number);
CREATE TABLE applied (desk TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5(terms, content='', contentless_delete=1, detail='none', prefix='2 3 4',
  tokenize="ascii tokenchars '_'");
"#;

/// Clusters of near-copies. `mention.cluster` is the row of the cluster's first mention, 0 without near-copies; `behind` is 1
/// where another open member stands for it.
const CLUSTERS: &str = "
CREATE INDEX mention_cluster ON mention(cluster, lane, behind, level) WHERE cluster <> 0;
CREATE INDEX mention_front ON mention(lane) WHERE lane = 0 AND behind = 0;
CREATE TABLE cluster (first INTEGER PRIMARY KEY, id TEXT NOT NULL, size INTEGER NOT NULL);
CREATE TABLE memory (row INTEGER PRIMARY KEY, key INTEGER NOT NULL, first INTEGER NOT NULL, text BLOB);
";

/// How much was said of each initiative in each hour since 1970, in quarters of a post; '' is everything together.
const HOURS: &str = "
CREATE TABLE hour (hour INTEGER NOT NULL, initiative TEXT NOT NULL, quarters INTEGER NOT NULL, PRIMARY KEY (hour, initiative))
  WITHOUT ROWID;
";

/// Creates the tables in an empty file; answers with the format it found otherwise.
pub(super) fn prepare(connection: &mut Connection) -> rusqlite::Result<i64> {
    let found = format(connection)?;
    match found {
        0 => {}
        1 => {
            add_index(connection)?;
            add_labels(connection)?;
            return Ok(FORMAT);
        }
        other => return Ok(other),
    }
    // Two processes may meet a fresh home at once: the second finds the tables made.
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    if format(&transaction)? == 0 {
        transaction.execute_batch(TABLES)?;
        transaction.execute_batch(CLUSTERS)?;
        transaction.execute_batch(HOURS)?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
    }
    transaction.commit()?;
    Ok(FORMAT)
}

/// The first files of this format were made without this index; who has one with it needs not look for it.
fn add_index(connection: &Connection) -> rusqlite::Result<()> {
    let made =
        connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'mention_plan'")?.exists([])?;
    if !made {
        connection.execute_batch("CREATE INDEX IF NOT EXISTS mention_plan ON mention(plan) WHERE lane <> 2")?;
    }
    Ok(())
}

/// Format 2 knows what is said of a mention's words. What is open gets no plan, so that it is assessed anew and has it too.
fn add_labels(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    if format(&transaction)? == 1 {
        transaction.execute_batch(
            "ALTER TABLE mention ADD COLUMN tone TEXT NOT NULL DEFAULT 'unsure';
             ALTER TABLE mention ADD COLUMN hostility INTEGER NOT NULL DEFAULT 0;
             ALTER TABLE mention ADD COLUMN sure INTEGER NOT NULL DEFAULT 0;
             ALTER TABLE mention ADD COLUMN dangers TEXT NOT NULL DEFAULT '';
             ALTER TABLE mention ADD COLUMN surges TEXT NOT NULL DEFAULT '';
             ALTER TABLE mention ADD COLUMN hurtful TEXT NOT NULL DEFAULT '';
             ALTER TABLE mention ADD COLUMN surge INTEGER NOT NULL DEFAULT 0;
             CREATE INDEX mention_surge ON mention(surge) WHERE lane = 0 AND surge > 0;
             ALTER TABLE mention ADD COLUMN cluster INTEGER NOT NULL DEFAULT 0;
             ALTER TABLE mention ADD COLUMN behind INTEGER NOT NULL DEFAULT 0;
             UPDATE mention SET plan = 0 WHERE lane <> 2;",
        )?;
        transaction.execute_batch(CLUSTERS)?;
        transaction.execute_batch(HOURS)?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
    }
    transaction.commit()
}

fn format(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
