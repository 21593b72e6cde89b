//! Values kept as JSON in the `body` table, and the errors of SQLite in the store's words.

use rusqlite::{Connection, ErrorCode, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::pipeline::Assessed;
use crate::store::StoreError;

/// A value as it is kept.
pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Value { what: "a new value".to_owned(), cause: error.to_string() })
}

/// A kept value, or an error that names the row.
pub(super) fn parse<T: DeserializeOwned>(row: i64, json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json)
        .map_err(|error| StoreError::Value { what: format!("row {row}"), cause: error.to_string() })
}

/// The mention and its assessment of a row that must be there.
pub(super) fn assessed(connection: &Connection, row: i64) -> Result<Assessed, StoreError> {
    let mut statement = connection.prepare_cached("SELECT mention, assessment FROM body WHERE row = ?1")?;
    let found =
        statement.query_row([row], |sql| Ok((sql.get::<_, String>(0)?, sql.get::<_, String>(1)?))).optional()?;
    let (mention, assessment) = found
        .ok_or_else(|| StoreError::Value { what: format!("row {row}"), cause: "its text is missing".to_owned() })?;
    Ok(Assessed { mention: parse(row, &mention)?, assessment: parse(row, &assessment)? })
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            _ => Self::Failed(error.to_string()),
        }
    }
}
