//! The dialog in which an export is imported: its path, what each of its columns is, and the name of a new profile.
//!
//! What enters: keys, and the look that was taken at the file. What leaves: the job, once all of it is sound. The first mention is
//! made here as the import will make it, so that a person sees what comes of every choice. No file is touched.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use ratatui::crossterm::event::KeyEvent;
use strum::IntoEnumIterator;

use super::text_line::TextLine;
use crate::mention::{Id, Mention};
use crate::pipeline::normalise;
use crate::sources::{Field, Layout, Mapping, Receipt, Sample};
use crate::tui::effect::ImportJob;

/// So many columns at most make a profile known; more would make it miss the next export of the same tool.
const KNOWN_BY: usize = 8;
/// The longest name of a profile.
const LONGEST_NAME: usize = 64;

/// What is being asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The path of the file.
    Path,
    /// Nothing: the file is being looked at.
    Looking,
    /// What each column is.
    Columns,
    /// What the new profile is called.
    Name,
}

/// What stands in the way, or is to be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No column is the text.
    NoText,
    /// No row of the sample makes a mention.
    NoMention,
    /// Dates that cannot be read, of how many, and the first of them.
    Dates {
        /// How many.
        bad: usize,
        /// Of how many.
        of: usize,
        /// The first.
        first: String,
    },
}

/// The open dialog.
#[derive(Debug, Clone)]
pub struct ImportDialog {
    step: Step,
    line: TextLine,
    refused: Option<String>,
    sample: Option<Box<Sample>>,
    fields: Vec<Option<(Field, usize)>>,
    cursor: usize,
    changed: bool,
}

impl Default for ImportDialog {
    fn default() -> Self {
        Self {
            step: Step::Path,
            line: TextLine::default(),
            refused: None,
            sample: None,
            fields: Vec::new(),
            cursor: 0,
            changed: false,
        }
    }
}

impl ImportDialog {
    /// What is being asked.
    pub fn step(&self) -> &Step {
        &self.step
    }

    /// The line that is typed: the path, or the name.
    pub fn line(&self) -> &TextLine {
        &self.line
    }

    /// Why the last answer was not taken, worded.
    pub fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    /// What was found in the file.
    pub fn sample(&self) -> Option<&Sample> {
        self.sample.as_deref()
    }

    /// What a column is taken for.
    pub fn field(&self, column: usize) -> Option<Field> {
        self.fields.get(column).copied().flatten().map(|(field, _)| field)
    }

    /// The column under the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The known tool's profile, while nothing of it was changed.
    pub fn known_as(&self) -> Option<&str> {
        self.sample().and_then(|sample| sample.known_as.as_deref()).filter(|_| !self.changed)
    }

    /// True while plain characters are text.
    pub fn takes_text(&self) -> bool {
        matches!(self.step, Step::Path | Step::Name)
    }

    /// Types into the open line.
    pub fn edit(&mut self, key: &KeyEvent) {
        if self.takes_text() {
            self.refused = None;
            self.line.edit(key);
        }
    }

    /// A pasted or dropped text.
    pub fn paste(&mut self, text: &str) {
        if self.takes_text() {
            self.refused = None;
            self.line.insert(text.trim().trim_matches(['\'', '"']));
        }
    }

    /// The path that was typed, to be looked at.
    pub fn path(&mut self) -> Option<PathBuf> {
        let path = self.line.text().trim().to_owned();
        if self.step != Step::Path || path.is_empty() {
            return None;
        }
        self.step = Step::Looking;
        Some(PathBuf::from(path))
    }

    /// Takes what was found in the file; a late answer changes nothing.
    pub fn seen(&mut self, seen: Result<Box<Sample>, String>) {
        if self.step != Step::Looking {
            return;
        }
        match seen {
            Ok(sample) => {
                self.fields.clone_from(&sample.fields);
                (self.step, self.sample, self.changed) = (Step::Columns, Some(sample), false);
                self.cursor = if self.known_as().is_some() { 0 } else { self.likeliest_text() };
            }
            Err(words) => (self.step, self.refused) = (Step::Path, Some(words)),
        }
    }

    /// The free column in which most is written: where a person has to look first.
    fn likeliest_text(&self) -> usize {
        let Some(sample) = self.sample() else { return 0 };
        let written =
            |column: usize| sample.rows.iter().filter_map(|row| row.get(column)).map(String::len).sum::<usize>();
        let free = (0..self.fields.len()).filter(|column| self.fields[*column].is_none());
        free.max_by_key(|column| (written(*column), std::cmp::Reverse(*column))).unwrap_or(0)
    }

    /// Moves the cursor, around the ends.
    pub fn by(&mut self, step: isize) {
        let count = self.fields.len() as isize;
        if self.step == Step::Columns && count > 0 {
            self.cursor = (self.cursor as isize + step).rem_euclid(count) as usize;
        }
    }

    /// Puts the cursor on a column.
    pub fn point_at(&mut self, column: usize) {
        self.cursor = column.min(self.fields.len().saturating_sub(1));
    }

    /// Takes the column under the cursor for `field`; another column that was it no longer is. `None`: it is kept beside the
    /// mention.
    pub fn assign(&mut self, field: Option<Field>) {
        if self.step != Step::Columns || self.cursor >= self.fields.len() || self.field(self.cursor) == field {
            return;
        }
        self.changed = true;
        for taken in &mut self.fields {
            if field.is_some() && taken.map(|(taken, _)| taken) == field {
                *taken = None;
            }
        }
        self.fields[self.cursor] = field.map(|field| (field, 0));
    }

    /// The next field for the column under the cursor, or the one before; past the last it is none.
    pub fn cycle(&mut self, step: isize) {
        let all: Vec<Option<Field>> = std::iter::once(None).chain(Field::iter().map(Some)).collect();
        let place = all.iter().position(|field| *field == self.field(self.cursor)).unwrap_or(0);
        let next = (place as isize + step).rem_euclid(all.len() as isize) as usize;
        self.assign(all[next]);
    }

    /// The mapping as it stands, under a name.
    fn mapping(&self, name: &str) -> Option<Mapping> {
        let sample = self.sample()?;
        let mut taken: Vec<(Field, usize, &String)> = self
            .fields
            .iter()
            .zip(&sample.columns)
            .filter_map(|(field, column)| field.map(|(field, rank)| (field, rank, column)))
            .collect();
        taken.sort_by_key(|(field, rank, _)| (*field, *rank));
        let mut columns: BTreeMap<Field, Vec<String>> = BTreeMap::new();
        for (field, _, column) in &taken {
            columns.entry(*field).or_default().push((*column).clone());
        }
        let others = self.fields.iter().zip(&sample.columns).filter(|(field, _)| field.is_none()).map(|(_, name)| name);
        let known = taken.iter().map(|(_, _, column)| *column).chain(others).filter(|name| !name.trim().is_empty());
        Some(Mapping::own(name, columns, known.take(KNOWN_BY).cloned().collect()))
    }

    /// The first mention that comes of it, and what stands in the way of a good import. No mention without a text.
    pub fn preview(&self, now: DateTime<Utc>) -> (Option<Mention>, Vec<Problem>) {
        let (Some(sample), Some(mapping)) = (self.sample(), self.mapping("preview")) else { return (None, Vec::new()) };
        let Some(mut layout) = Layout::bind(&mapping, sample.columns.clone(), sample.zone) else {
            return (None, if sample.columns.is_empty() { Vec::new() } else { vec![Problem::NoText] });
        };
        let rows: Vec<Vec<&str>> = sample.rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        for row in &rows {
            layout.learn(row.as_slice());
        }
        let source = Id::from("preview");
        let receipt = Receipt { source: &source, network: None, now };
        let (mut first, mut bad, mut of) = (None, Vec::new(), 0);
        let date = |row: &[&str]| {
            let column = self.fields.iter().position(|field| matches!(field, Some((Field::Date, 0))))?;
            row.get(column).filter(|cell| !cell.trim().is_empty()).map(|cell| (*cell).to_owned())
        };
        for row in &rows {
            let Ok(item) = layout.item(row.as_slice(), &receipt) else { continue };
            if let Some(cell) = date(row) {
                of += 1;
                bad.extend(item.posted_at.is_none().then_some(cell));
            }
            first.get_or_insert(item);
        }
        let mut problems = Vec::new();
        if first.is_none() {
            problems.push(Problem::NoMention);
        }
        let unread = bad.len();
        problems.extend(bad.into_iter().next().map(|first| Problem::Dates { bad: unread, of, first }));
        (first.map(normalise), problems)
    }

    /// Goes on to the name, or answers with the job where a known profile reads the file as it stands.
    pub fn accept(&mut self, now: DateTime<Utc>) -> Option<ImportJob> {
        let sample = self.sample.as_deref().filter(|_| self.step == Step::Columns)?;
        if let Some(known) = self.known_as() {
            return Some(ImportJob { path: sample.path.clone(), profile: known.to_owned(), new_profile: None });
        }
        // Without a mention the problem stands in the dialog.
        self.preview(now).0?;
        let stem = sample.path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
        let plain: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let digits = |c: char| c == '-' || c.is_ascii_digit();
        let name = plain.trim_matches(digits);
        self.line = TextLine::new(if name.is_empty() { "export" } else { name });
        self.step = Step::Name;
        None
    }

    /// Takes the name; `Err` says what it must be: free, or of plain letters.
    pub fn name(&mut self) -> Result<ImportJob, NameProblem> {
        let name = self.line.text().trim().to_owned();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let fits = name.len() <= LONGEST_NAME && name.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !fits || !name.chars().all(plain) {
            return Err(NameProblem::Letters);
        }
        let sample = self.sample.as_deref().ok_or(NameProblem::Letters)?;
        if sample.profiles.contains(&name) || name == "frontdesk" {
            return Err(NameProblem::Taken(name));
        }
        let new_profile = self.mapping(&name);
        Ok(ImportJob { path: sample.path.clone(), profile: name, new_profile })
    }

    /// Says why an answer was not taken.
    pub fn refuse(&mut self, words: String) {
        self.refused = Some(words);
    }

    /// One step back; false when there is none.
    pub fn back(&mut self) -> bool {
        self.refused = None;
        match self.step {
            Step::Name => {
                self.step = Step::Columns;
                true
            }
            Step::Path | Step::Looking | Step::Columns => false,
        }
    }
}

/// Why a profile cannot be called so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameProblem {
    /// It takes plain letters and digits.
    Letters,
    /// There is one of that name.
    Taken(String),
}

#[cfg(test)]
pub(crate) mod tests {
    use chrono_tz::Tz;

    use super::*;

    pub(crate) fn sample() -> Box<Sample> {
        let rows =
            [["Is the water on Elm St safe?", "2026-11-20 09:12", "Ana Petit", "4"], ["No.", "yesterday", "", "5"]];
        Box::new(Sample {
            path: "/exports/Calls 2026-11.csv".into(),
            form: "csv",
            columns: ["Remark", "When", "Caller", "Ward"].map(str::to_owned).to_vec(),
            fields: vec![None, Some((Field::Date, 0)), None, None],
            rows: rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect(),
            known_as: None,
            profiles: vec!["brandwatch".to_owned()],
            zone: Tz::UTC,
        })
    }

    fn open() -> ImportDialog {
        let mut dialog = ImportDialog::default();
        dialog.paste("'/exports/Calls 2026-11.csv'");
        assert!(dialog.path().is_some_and(|path| path.ends_with("Calls 2026-11.csv")));
        dialog.seen(Ok(sample()));
        dialog
    }

    #[test]
    fn columns_are_assigned_and_the_first_mention_follows() {
        let mut dialog = open();
        let now = DateTime::UNIX_EPOCH;
        assert_eq!((dialog.cursor(), dialog.preview(now)), (0, (None, vec![Problem::NoText])));
        assert_eq!(dialog.accept(now), None, "nothing is imported without a text");
        assert_eq!(dialog.step(), &Step::Columns);
        dialog.assign(Some(Field::Text));
        let (mention, problems) = dialog.preview(now);
        let mention = mention.expect("a mention");
        assert_eq!(mention.text, "Is the water on Elm St safe?");
        assert_eq!(mention.extras.iter().collect::<Vec<_>>(), [("Caller", "Ana Petit"), ("Ward", "4")]);
        assert_eq!(problems, [Problem::Dates { bad: 1, of: 2, first: "yesterday".to_owned() }]);
        dialog.by(2);
        dialog.assign(Some(Field::Author));
        assert_eq!(dialog.preview(now).0.and_then(|mention| mention.author.name), Some("Ana Petit".to_owned()));
        dialog.by(1);
        dialog.assign(Some(Field::Author));
        assert_eq!((dialog.field(2), dialog.field(3)), (None, Some(Field::Author)), "one column is the author");
        dialog.cycle(-1);
        assert_eq!(dialog.field(3), Some(Field::Time));
    }

    #[test]
    fn a_new_profile_gets_a_free_name_and_knows_its_export() {
        let mut dialog = open();
        dialog.assign(Some(Field::Text));
        assert_eq!(dialog.accept(DateTime::UNIX_EPOCH), None);
        assert_eq!((dialog.step(), dialog.line().text()), (&Step::Name, "calls"));
        dialog.line = TextLine::new("brandwatch");
        assert_eq!(dialog.name(), Err(NameProblem::Taken("brandwatch".to_owned())));
        dialog.line = TextLine::new("../x");
        assert_eq!(dialog.name(), Err(NameProblem::Letters));
        dialog.line = TextLine::new("calls");
        let job = dialog.name().expect("a job");
        let mapping = job.new_profile.expect("a profile");
        assert_eq!(mapping.recognised_by.len(), 4);
        assert_eq!(mapping.columns[&Field::Text], ["Remark"]);
        assert!(dialog.back() && dialog.step() == &Step::Columns && !dialog.back());
    }

    #[test]
    fn a_known_tools_export_is_imported_as_it_is_and_a_broken_file_is_told() {
        let mut dialog = ImportDialog::default();
        dialog.paste("/exports/b.csv");
        assert!(dialog.path().is_some());
        dialog.seen(Err("no such file".to_owned()));
        assert_eq!((dialog.step(), dialog.refused()), (&Step::Path, Some("no such file")));
        assert!(dialog.path().is_some());
        dialog.seen(Ok(Box::new(Sample { known_as: Some("brandwatch".to_owned()), ..*sample() })));
        let job = dialog.accept(DateTime::UNIX_EPOCH).expect("a job");
        assert_eq!((job.profile.as_str(), job.new_profile), ("brandwatch", None));
        dialog.assign(Some(Field::Text));
        assert_eq!(dialog.known_as(), None, "what was changed is another profile");
    }
}
