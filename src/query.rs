//! The query language: one way to say what is looked for, in plan rules, the filter bar and searches.
//!
//! What enters: a line a person wrote, and later a [`Subject`] to test it on. What leaves: a [`Query`] or
//! all its typed errors with their places; then whether it matches and where. Many queries compile into
//! one [`Engine`] that reads a text once, whatever their number. Nothing here reads a file or a
//! clock, and nothing words a sentence but [`wording`].
//!
//! ```text
//! water main          both words                 "water main"     one after the other
//! a OR b · a AND b · NOT a · -a · ( )            NEAR binds before NOT, NOT before AND, AND before OR
//! brown NEAR/4 water  at most 4 words on, either order: `brown water` is 1 on;  NEAR/4f in that order
//! "a b c"~4  ~4f      each word at its own position, the first and the last at most 4 apart
//! flood* *way wat?r   begins so, ends so, one letter      {BC Transit}  this case and these accents
//! #WaterMain  @mayor  #Water*                             hashtag, handle
//! author: network:… followers>1000 posted>2026-11-01      fields, each from its stage on
//! ```
//!
//! Case and accents do not matter outside braces, words match whole. Words are split as in [`crate::text::tokens`], so
//! `d'eau` is the phrase `"d eau"`, and a hashtag matches its words too. [`page()`] is the whole grammar.

mod ast;
mod candidates;
mod closest;
mod compile;
mod engine;
mod error;
mod evaluate;
mod explain;
mod field;
mod glance;
mod lexer;
mod literals;
mod page;
mod parser;
mod pattern;
mod places;
mod print;
mod scratch;
mod subject;
mod within;
pub mod wording;

use std::fmt;
use std::sync::{Arc, OnceLock};

use chrono_tz::Tz;

use crate::mention::Span;

pub use ast::{Expr, Form, Part, Phrase};
pub use candidates::{Candidates, FtsExpr};
pub use closest::closest;
pub(crate) use compile::is_common;
pub use engine::Engine;
pub use error::{Expected, QueryError, QueryErrorKind, Warning, WarningKind};
pub use explain::{Lack, LackKind, Lacking, keeping, lacking, may_touch};
pub use field::{Comparison, FIELDS, Field, Has, IdPattern, Is, Metric, Moment, StatusTest, Test};
pub use glance::Glance;
pub use page::page;
pub use places::PlaceRef;
pub use scratch::EngineScratch;
pub use subject::{DeskSubject, Subject, VerdictSubject};

/// A query may be this many bytes long.
pub const MAX_LENGTH: usize = 64 * 1024;
/// Parentheses and `NOT`s may nest this deep.
pub const MAX_DEPTH: usize = 100;
/// Words, hashtags, handles and fields of one query, the words of its phrases counted one by one.
pub const MAX_TERMS: usize = 5_000;
/// Words with a wildcard of one query.
pub const MAX_WILDCARDS: usize = 500;
/// Words of one phrase.
pub const MAX_PHRASE_WORDS: usize = 100;
/// Words of one phrase with `~`.
pub const MAX_WITHIN_WORDS: usize = 10;
/// The largest distance of `NEAR` and `~`.
pub const MAX_DISTANCE: u32 = 100;

/// Where a query is used; each stage knows the fields of the stages before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Rules that match a mention: initiatives, stakeholder groups, criteria.
    Match,
    /// Rules on what was found out about it: priority, floors, caps, the road map, escalation.
    Verdict,
    /// The desk's filter and search.
    Desk,
}

impl Stage {
    /// The token by which the locale words it.
    pub fn token(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Verdict => "verdict",
            Self::Desk => "desk",
        }
    }
}

/// A parsed query. `Display` prints it in canonical form, which parses to an equal query.
#[derive(Clone)]
pub struct Query {
    expr: Expr,
    stage: Stage,
    warnings: Vec<Warning>,
    places: Vec<PlaceRef>,
    zone: Tz,
    single: OnceLock<Arc<Engine>>,
}

impl Query {
    /// Reads a query; every error that can be found in one run is returned, in the order of the text.
    pub fn parse(text: &str, stage: Stage) -> Result<Self, Vec<QueryError>> {
        let parser::Parsed { expr, warnings, places } = parser::parse(text, stage)?;
        Ok(Self { expr, stage, warnings, places, zone: Tz::UTC, single: OnceLock::new() })
    }

    /// The same query with its dates meant in `zone`; before that they are meant in UTC.
    #[must_use]
    pub fn in_zone(self, zone: Tz) -> Self {
        Self { zone, ..self }
    }

    /// The time zone its dates are meant in, for whoever makes the subject.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The places a match rule names, in the order of its text; empty for queries of later stages, which ask the
    /// verdict, and once they are expanded.
    pub fn places(&self) -> &[PlaceRef] {
        &self.places
    }

    /// This query with what `resolve` gives for an id in place of each `place:`; until then those hold for nothing.
    /// Every id that `resolve` does not know is an error, and so is a query that grows beyond [`MAX_TERMS`].
    pub fn expand_places(&self, resolve: &dyn Fn(&str) -> Option<Expr>) -> Result<Self, Vec<QueryError>> {
        let expr = places::expand(self, resolve)?;
        Ok(Self { expr, places: Vec::new(), single: OnceLock::new(), ..self.clone() })
    }

    /// A query that asks for one thing of another one.
    fn of(expr: Expr, stage: Stage) -> Self {
        Self { expr, stage, warnings: Vec::new(), places: Vec::new(), zone: Tz::UTC, single: OnceLock::new() }
    }

    /// What it asks for.
    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// The stage it was read for.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// What is allowed but probably not meant.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// True when `subject` matches. For many subjects or many queries use an [`Engine`] and its scratch.
    pub fn matches<S: Subject + ?Sized>(&self, subject: &S) -> bool {
        let mut found = false;
        self.engine().run(subject, &mut EngineScratch::new(), |_, _| found = true);
        found
    }

    /// Where `subject` matches, sorted and merged; empty when it matches without words; `None` when it does not match.
    pub fn spans<S: Subject + ?Sized>(&self, subject: &S) -> Option<Vec<Span>> {
        let mut found = None;
        self.engine().run(subject, &mut EngineScratch::new(), |_, spans| found = Some(spans.to_vec()));
        found
    }

    /// What a full-text index can be asked for: every text that matches is among the answers.
    pub fn candidates(&self) -> Candidates {
        candidates::of(&self.expr)
    }

    fn engine(&self) -> &Engine {
        self.single.get_or_init(|| Arc::new(Engine::new([self])))
    }
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.expr == other.expr && self.stage == other.stage
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expr.fmt(f)
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Query").field("expr", &self.expr).field("stage", &self.stage).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
