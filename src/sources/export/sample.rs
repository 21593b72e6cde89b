//! A look at an export before it is imported: its columns, its first rows, and which column is taken for what.
//!
//! What enters: a file and the profiles. What leaves: a [`Sample`], also of a table in which no column is known for the text.
//! Only the first rows are read; nothing is kept.

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use zip::ZipArchive;

use super::super::mapping::{Cells, Field, JsonRow, Profiles, comparable};
use super::delimited::Delimited;
use super::json::Elements;
use super::sheet::Broken;
use super::{Asked, Export, ExportError, Form, Reading, broken, lines};

/// How many rows are looked at.
const ROWS: usize = 20;
/// How much of a cell is kept.
const CELL: usize = 400;

/// What a file holds, as far as its beginning tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The file.
    pub path: PathBuf,
    /// `csv`, `tsv`, `ndjson`, `json` or `xlsx`.
    pub form: &'static str,
    /// The names of its columns; empty for objects of this program's own form, which need no mapping.
    pub columns: Vec<String>,
    /// What each column is taken for, with its rank among the columns of that part, 0 for the strongest.
    pub fields: Vec<Option<(Field, usize)>>,
    /// The first rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
    /// The tool's profile that knows the header, or `frontdesk` for this program's own form; none for any other table.
    pub known_as: Option<String>,
    /// The names of all profiles.
    pub profiles: Vec<String>,
    /// The zone of dates that name none.
    pub zone: Tz,
}

impl Sample {
    /// Looks at a file.
    pub fn of(path: &Path, profiles: &Profiles, zone: Tz) -> Result<Self, ExportError> {
        let (export, is_guess) = match Export::open(path, profiles, &Asked { profile: None, map: &[], zone }) {
            Ok(export) => (export, false),
            // Any column makes it a table that can be looked at; which one is the text, the person says.
            Err(ExportError::NoText { columns, profile }) => {
                let known: Vec<String> =
                    profiles.generic()?.columns.values().flatten().map(|column| comparable(column)).collect();
                let named = |column: &&String| !column.trim().is_empty();
                let free = |column: &&String| named(column) && !known.contains(&comparable(column));
                let any = columns.iter().find(free).or_else(|| columns.iter().find(named)).cloned();
                let Some(any) = any else { return Err(ExportError::NoText { columns, profile }) };
                let map = [(Field::Text, any)];
                (Export::open(path, profiles, &Asked { profile: None, map: &map, zone })?, true)
            }
            Err(error) => return Err(error),
        };
        let known = export.profile().to_owned();
        let known_as = (!is_guess && known != Profiles::GENERIC).then_some(known);
        let (columns, mut fields) = match export.layout() {
            None => (Vec::new(), Vec::new()),
            Some(layout) => (layout.header().to_vec(), layout.ranks()),
        };
        if is_guess {
            fields.iter_mut().filter(|field| matches!(field, Some((Field::Text, _)))).for_each(|field| *field = None);
        }
        let rows = export.first_rows()?;
        let (path, form) = (path.to_owned(), export.form());
        Ok(Self { path, form, columns, fields, rows, known_as, profiles: profiles.names(), zone })
    }
}

impl Export {
    /// The cells of the first rows behind the header.
    fn first_rows(&self) -> Result<Vec<Vec<String>>, ExportError> {
        let Reading::Mapped(layout) = &self.reading else { return Ok(Vec::new()) };
        let failed = |error: std::io::Error| ExportError::File { path: self.path.clone(), error: error.to_string() };
        let mut file: &File = &self.file;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let (header, mut rows) = (layout.header(), Vec::new());
        let mut keep = |row: &dyn Cells| {
            let cell = |place| row.cell(place).unwrap_or_default().chars().take(CELL).collect();
            rows.push((0..header.len()).map(cell).collect());
            if rows.len() < ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let mut object = |bytes: &[u8]| match serde_json::from_slice::<serde_json::Value>(bytes) {
            Ok(object) => keep(&JsonRow { header, object: &object }),
            Err(_) => ControlFlow::Continue(()),
        };
        match &self.form {
            Form::Lines { encoding } => lines(encoding.reader(file), |_, bytes, _| object(bytes)).map_err(failed)?,
            Form::Array { encoding } => {
                let mut elements = Elements::new(encoding.reader(file));
                while let Some(element) = elements.next().map_err(failed)? {
                    if object(element.bytes).is_break() {
                        break;
                    }
                }
            }
            Form::Delimited { encoding, delimiter } => {
                let mut table = Delimited::new(encoding.reader(file), *delimiter);
                while let Some(row) = table.next().map_err(failed)? {
                    if row.number > self.header
                        && let Ok(cells) = &row.cells
                        && keep(cells).is_break()
                    {
                        break;
                    }
                }
            }
            Form::Sheet { book, index } => {
                let mut archive =
                    ZipArchive::new(BufReader::new(file)).map_err(|error| broken(Broken(error.to_string())))?;
                let mut each = |row: super::Row<'_>| match &row.cells {
                    Ok(cells) if row.number > self.header => keep(cells),
                    _ => ControlFlow::Continue(()),
                };
                book.rows(&mut archive, *index, &mut each).map_err(broken)?;
            }
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(name: &str, text: &str) -> Sample {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        Sample::of(&path, &Profiles::embedded(), Tz::UTC).expect("is a table")
    }

    #[test]
    fn a_table_without_a_known_text_is_looked_at_all_the_same() {
        let found = sample("calls.csv", "Remark,Created,Ward\nIs it safe?,2026-11-20,4\nNo,,5\n");
        assert_eq!((found.form, found.known_as.as_deref()), ("csv", None));
        assert_eq!(found.columns, ["Remark", "Created", "Ward"]);
        assert_eq!(found.fields, [None, Some((Field::Date, 0)), None]);
        assert_eq!(found.rows, [["Is it safe?", "2026-11-20", "4"], ["No", "", "5"]]);
    }

    #[test]
    fn a_known_tools_table_says_whose_it_is_and_own_objects_need_no_mapping() {
        let found =
            sample("b.csv", "Query Id,Query Name,Page Type,Resource Id,Snippet,Full Text\n1,q,x,r,Is…,Is it?\n");
        assert_eq!(found.known_as.as_deref(), Some("brandwatch"));
        assert_eq!(found.fields[4..], [Some((Field::Text, 1)), Some((Field::Text, 0))]);
        let own = sample("own.ndjson", "{\"text\":\"hello\"}\n");
        assert_eq!((own.known_as.as_deref(), own.columns.len()), (Some("frontdesk"), 0));
        let objects = sample("o.json", "[{\"Remark\":\"a\"},{\"Remark\":\"b\"}]");
        assert_eq!(objects.rows, [["a"], ["b"]]);
    }
}
