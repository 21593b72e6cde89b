//! What can be wrong with a plan's files: typed, with its place; the locale words it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use strum::{AsRefStr, EnumDiscriminants, EnumIter, IntoStaticStr};

use crate::mention::{Disposition, Id};
use crate::query::QueryError;

use super::at::At;

/// A place in a file with the line a person is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, relative to the plan folder.
    pub file: Arc<str>,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// The line, cut if it is very long; empty where there is none to show.
    pub excerpt: String,
    /// The bytes of `excerpt` that are meant.
    pub mark: Range<usize>,
}

impl Place {
    /// The file as a whole.
    pub fn file(name: impl Into<Arc<str>>) -> Self {
        Self { file: name.into(), line: 1, column: 1, excerpt: String::new(), mark: 0..0 }
    }
}

/// The kinds of tables a plan lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the table of that name")]
pub enum TableKind {
    Criterion,
    Initiative,
    Stakeholder,
    Message,
    Fact,
    Holding,
    Rumour,
    Place,
    Template,
    Clause,
    Label,
    Protocol,
    ElectionPeriod,
    RecordsSeries,
    Member,
    Allow,
    Contribution,
    Floor,
    Cap,
    Step,
    Outcome,
    Tier,
    Test,
}

impl TableKind {
    /// The key under which its tables stand.
    pub fn key(self) -> &'static str {
        self.header().trim_matches(['[', ']'])
    }

    /// The table's head as it is written.
    pub fn header(self) -> &'static str {
        match self {
            Self::Criterion => "[[criterion]]",
            Self::Initiative => "[[initiative]]",
            Self::Stakeholder => "[[stakeholder]]",
            Self::Message => "[[message]]",
            Self::Fact => "[[fact]]",
            Self::Holding => "[[holding]]",
            Self::Rumour => "[[rumour]]",
            Self::Place => "[[place]]",
            Self::Template => "[[template]]",
            Self::Clause => "[[clause]]",
            Self::Label => "[[label]]",
            Self::Protocol => "[[protocol]]",
            Self::ElectionPeriod => "[[election_period]]",
            Self::RecordsSeries => "[[records_series]]",
            Self::Member => "[[member]]",
            Self::Allow => "[[allow]]",
            Self::Contribution => "[[contribution]]",
            Self::Floor => "[[floor]]",
            Self::Cap => "[[cap]]",
            Self::Step => "[[step]]",
            Self::Outcome => "[[outcome]]",
            Self::Tier => "[[tier]]",
            Self::Test => "[[test]]",
        }
    }
}

/// The sorts of values TOML has, as expected or as found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsRefStr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ValueType {
    /// A text.
    Text,
    /// A text, or one for each language.
    Localized,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A day.
    Date,
    /// A day with a time.
    Moment,
    /// A time of day.
    Time,
    /// A list.
    List,
    /// A table.
    Table,
    /// Tables in double brackets.
    Tables,
}

/// Forms that a text must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsRefStr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Form {
    /// Letters, digits, `_`, `.`, `-`; a letter or digit first.
    Id,
    /// `2026-12-25`.
    Date,
    /// `America/Vancouver`.
    TimeZone,
    /// `mon`, `mon-fri`.
    Weekdays,
    /// `09:00-17:00`.
    Opening,
    /// `15m`, `4h`, `2d`.
    Period,
    /// `#WaterMain`.
    Hashtag,
    /// `@name`.
    Handle,
    /// `https://…`.
    WebAddress,
    /// `7y`, `90d`, `permanent`.
    Retention,
    /// `next_meeting`.
    Variable,
    /// `FD057`.
    Code,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, EnumDiscriminants)]
#[strum_discriminants(name(ProblemName), derive(EnumIter), doc = "The kinds of problems without what they hold.")]
pub enum ProblemKind {
    /// Not TOML; `detail` is the parser's.
    Syntax {
        /// The parser's words.
        detail: String,
    },
    /// A key that means nothing there.
    UnknownKey {
        /// The key.
        key: String,
        /// The table it stands in, as written.
        table: &'static str,
    },
    /// A key that must be there.
    MissingKey {
        /// The key.
        key: &'static str,
        /// The table it belongs to.
        table: &'static str,
    },
    /// Another sort of value.
    WrongType {
        /// The key.
        key: String,
        /// What it should be.
        expected: ValueType,
        /// What it is.
        found: ValueType,
    },
    /// A word that is not in the list.
    UnknownToken {
        /// The key.
        key: String,
        /// The word.
        value: String,
        /// The list.
        allowed: String,
    },
    /// An id or name that is taken.
    DuplicateId {
        /// Of which kind.
        kind: TableKind,
        /// The id.
        id: String,
        /// Where it stands first.
        first: At,
    },
    /// An id that nothing has.
    MissingReference {
        /// The kinds it could be of.
        kinds: &'static [TableKind],
        /// The id.
        id: String,
    },
    /// A text that is not of its form.
    BadForm {
        /// The text.
        value: String,
        /// The form.
        form: Form,
    },
    /// A number outside its range.
    OutOfRange {
        /// The key.
        key: String,
        /// Lowest.
        min: i64,
        /// Highest.
        max: i64,
    },
    /// Nothing where something must stand.
    Empty {
        /// The key.
        key: String,
    },
    /// A query that cannot be read.
    Query {
        /// Name of the rule.
        rule: Id,
        /// What is wrong.
        error: QueryError,
    },
    /// A road map that comes back to a step.
    Loop {
        /// The steps met, the first one again at the end.
        steps: Vec<Id>,
    },
    /// Openings of one day that overlap.
    Overlap {
        /// The weekday's key.
        day: &'static str,
    },
    /// A table that stands twice.
    DuplicateTable {
        /// Its key.
        table: String,
        /// Where it stands first.
        first: At,
    },
    /// No `[organization]` in any file.
    NoOrganization,
    /// A road map without steps or outcomes.
    NoRoadMap {
        /// What is missing.
        kind: TableKind,
    },
    /// An end before its start.
    DateOrder {
        /// The earlier key.
        start: &'static str,
        /// The later key.
        end: &'static str,
    },
    /// Levels that do not fall from P1 to P3.
    LevelOrder,
    /// A group that nothing can tell.
    NoSignal,
    /// A blank that stands for nothing.
    UnknownVariable {
        /// Its name.
        name: String,
    },
    /// A brace that opens no blank.
    StrayBrace,
    /// A variable of the plan's own that is called like one of the program's.
    ReservedVariable {
        /// Its name.
        name: String,
    },
    /// A second records series for the same decision, or for all others.
    SeriesTaken {
        /// The decision; `None` is all others.
        disposition: Option<Disposition>,
        /// Where the first series says so.
        first: At,
    },
    /// A query that asks for what it decides itself.
    AsksForItself {
        /// The field it uses.
        field: &'static str,
    },
    /// More bytes than a plan may have.
    TooLarge {
        /// The limit in megabytes.
        megabytes: usize,
    },
    /// More of something than a plan may have.
    TooMany {
        /// Of what, as written in the file.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// Brackets or dotted keys inside one another.
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// More keys, texts, list items and lines than a plan may have.
    TooManyParts {
        /// The limit.
        limit: usize,
    },
    /// A folder, a pipe or a device in a file's place.
    NotAFile,
    /// More problems than are worth reading.
    TooManyProblems {
        /// The limit.
        limit: usize,
    },
    /// Bytes that are not UTF-8.
    NotUtf8 {
        /// The first bad byte, from 0.
        offset: usize,
    },
    /// A file or folder that cannot be read; `detail` is the system's.
    Unreadable {
        /// The system's words.
        detail: String,
    },
    /// No such file or folder.
    NotFound,
    /// A folder without `plan.toml`.
    NoPlanFile,
}

impl ProblemKind {
    /// A stable code, so that a problem can be looked up.
    pub fn code(&self) -> &'static str {
        ProblemName::from(self).code()
    }
}

impl ProblemName {
    /// The code of every problem of this kind.
    pub fn code(self) -> &'static str {
        match self {
            Self::Syntax => "FD001",
            Self::UnknownKey => "FD002",
            Self::MissingKey => "FD003",
            Self::WrongType => "FD004",
            Self::UnknownToken => "FD005",
            Self::DuplicateId => "FD006",
            Self::MissingReference => "FD007",
            Self::BadForm => "FD008",
            Self::OutOfRange => "FD009",
            Self::Empty => "FD010",
            Self::Query => "FD011",
            Self::Loop => "FD012",
            Self::Overlap => "FD013",
            Self::DuplicateTable => "FD014",
            Self::NoOrganization => "FD015",
            Self::NoRoadMap => "FD016",
            Self::DateOrder => "FD017",
            Self::LevelOrder => "FD018",
            Self::NoSignal => "FD019",
            Self::TooLarge => "FD020",
            Self::TooMany => "FD021",
            Self::TooManyProblems => "FD022",
            Self::NotUtf8 => "FD023",
            Self::Unreadable => "FD024",
            Self::NotFound => "FD025",
            Self::NoPlanFile => "FD026",
            Self::UnknownVariable { .. } => "FD027",
            Self::StrayBrace => "FD028",
            Self::ReservedVariable { .. } => "FD029",
            Self::SeriesTaken { .. } => "FD030",
            Self::AsksForItself { .. } => "FD031",
            Self::TooDeep { .. } => "FD040",
            Self::TooManyParts { .. } => "FD041",
            Self::NotAFile => "FD042",
        }
    }
}

impl ProblemKind {
    /// True when the plan is refused for its size or shape, before it is understood.
    pub fn is_limit(&self) -> bool {
        matches!(self, Self::TooLarge { .. } | Self::TooDeep { .. } | Self::TooManyParts { .. } | Self::TooMany { .. })
    }
}

/// A problem that keeps a plan from loading.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where.
    pub place: Place,
    /// What was probably meant, to be put in its place.
    pub suggestion: Option<String>,
}

/// Everything that keeps a plan from loading, in the order of files and lines; never empty.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub struct PlanErrors(pub Vec<Problem>);

impl PlanErrors {
    /// True when there is no plan at all, rather than a broken one.
    pub fn is_absent(&self) -> bool {
        self.0.iter().any(|problem| matches!(problem.kind, ProblemKind::NotFound | ProblemKind::NoPlanFile))
    }

    /// True when the system refused to read something.
    pub fn is_io(&self) -> bool {
        self.0.iter().any(|problem| matches!(problem.kind, ProblemKind::Unreadable { .. }))
    }
}

impl fmt::Display for PlanErrors {
    /// Codes and places only: `wording` has the sentences.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().take(8).enumerate() {
            let place = &problem.place;
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{}:{}:{} {}", place.file, place.line, place.column, problem.kind.code())?;
        }
        Ok(())
    }
}
