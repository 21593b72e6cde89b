//! How much was said of each initiative, hour by hour: what surges are told from after a restart.
//!
//! What enters: what each new mention counts for, in the transaction that adds it. What leaves: the sums of the last eight
//! weeks. Older hours are forgotten.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::mention::Id;
use crate::pipeline::Counted;
use crate::store::StoreError;

/// Hours that are kept: eight weeks.
const KEPT: i64 = 8 * 7 * 24;

/// Adds what new mentions count for.
pub(super) fn add<'c>(connection: &Connection, counted: impl Iterator<Item = &'c Counted>) -> Result<(), StoreError> {
    let mut sums: BTreeMap<(i64, &str), u32> = BTreeMap::new();
    for Counted { hour, initiative, quarters } in counted {
        let sum = sums.entry((*hour, initiative.as_deref().unwrap_or_default())).or_default();
        *sum = sum.saturating_add(*quarters);
    }
    let Some(((newest, _), _)) = sums.last_key_value() else { return Ok(()) };
    connection.prepare_cached("DELETE FROM hour WHERE hour < ?1")?.execute([newest - KEPT])?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO hour (hour, initiative, quarters) VALUES (?1, ?2, ?3) \
         ON CONFLICT DO UPDATE SET quarters = quarters + excluded.quarters",
    )?;
    for ((hour, initiative), quarters) in &sums {
        statement.execute(params![hour, initiative, quarters])?;
    }
    Ok(())
}

/// The sums, the oldest hour first, everything together first of each.
pub(super) fn all(connection: &Connection) -> Result<Vec<Counted>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT hour, initiative, quarters FROM hour ORDER BY hour, initiative")?;
    let counted = statement.query_map([], |sql| {
        let initiative: String = sql.get(1)?;
        let quarters = u32::try_from(sql.get::<_, i64>(2)?).unwrap_or(u32::MAX);
        Ok(Counted { hour: sql.get(0)?, initiative: (!initiative.is_empty()).then(|| Id::from(initiative)), quarters })
    })?;
    Ok(counted.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::schema;

    #[test]
    fn hours_are_added_up_in_order_and_old_ones_forgotten() {
        let mut connection = Connection::open_in_memory().expect("a database");
        schema::prepare(&mut connection).expect("tables");
        let counted =
            |hour, initiative: Option<&str>, quarters| Counted { hour, initiative: initiative.map(Id::from), quarters };
        let said = [counted(9000, Some("water"), 4), counted(9000, None, 4), counted(9000, Some("water"), 1)];
        add(&connection, said.iter()).expect("they are added");
        add(&connection, [counted(9000, None, 4)].iter()).expect("they are added");
        assert_eq!(all(&connection).expect("hours"), [counted(9000, None, 8), counted(9000, Some("water"), 5)]);
        let later = counted(9000 + KEPT + 1, None, 4);
        add(&connection, [later.clone()].iter()).expect("it is added");
        assert_eq!(all(&connection).expect("hours"), [later]);
    }
}
