//! The filter bar: what is typed, the query in force, and how many match.

use std::sync::Arc;

use chrono_tz::Tz;

use super::text_line::TextLine;
use crate::query::{Query, QueryError, Stage};

/// How many mentions match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// As far as was looked.
    pub found: u64,
    /// True when everything was looked at.
    pub exact: bool,
}

/// The bar. While what is typed cannot be understood, the last query that could stays in force.
#[derive(Debug, Clone, Default)]
pub struct FilterBar {
    line: TextLine,
    query: Option<Arc<Query>>,
    problems: Vec<QueryError>,
    count: Option<Count>,
}

impl FilterBar {
    /// What is typed.
    pub fn line(&self) -> &TextLine {
        &self.line
    }

    /// For typing; call [`FilterBar::read`] after a change.
    pub fn line_mut(&mut self) -> &mut TextLine {
        &mut self.line
    }

    /// The query in force.
    pub fn query(&self) -> Option<&Arc<Query>> {
        self.query.as_ref()
    }

    /// Why what is typed is not in force.
    pub fn problems(&self) -> &[QueryError] {
        &self.problems
    }

    /// How many match, once that is known.
    pub fn count(&self) -> Option<Count> {
        self.count
    }

    /// Takes a count of the query in force.
    pub fn counted(&mut self, count: Count) {
        self.count = Some(count);
    }

    /// Reads what is typed, its dates meant in `zone`. True when another query is in force now.
    pub fn read(&mut self, zone: Tz) -> bool {
        self.problems.clear();
        let text = self.line.text().trim();
        if text.is_empty() {
            self.count = None;
            return self.query.take().is_some();
        }
        match Query::parse(text, Stage::Desk) {
            Ok(query) => {
                self.count = None;
                self.query = Some(Arc::new(query.in_zone(zone)));
                true
            }
            Err(problems) => {
                self.problems = problems;
                false
            }
        }
    }

    /// Empties the bar. True when a query was in force.
    pub fn clear(&mut self) -> bool {
        let was = self.query.is_some();
        *self = Self::default();
        was
    }
}
