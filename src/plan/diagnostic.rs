//! A problem or a finding, worded and made safe to show: the form in which people and scripts read it.
//!
//! What enters: a typed problem or finding and a language. What leaves: lines for a person, with the source line and
//! its mark, or an object for JSON. Plan files come from other people: whatever of them is
//! shown has its control and format characters made visible here.

use std::fmt::Write;

use serde::Serialize;

use crate::locale::Locale;
use crate::text::clean_line;
use crate::text::width::width;
use crate::tr;

use super::finding::Finding;
use super::problem::{Place, Problem};
use super::source::Sources;
use super::wording;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The plan cannot be used.
    Error,
    /// The plan can be used and should be looked at.
    Warning,
}

/// One line of what `plan check` says. Serialises to `file, line, column, code, severity, subject, message, suggestion,
/// allowed, reason`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnostic {
    /// The file, relative to the plan folder.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// The stable code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What a finding is about, as an `[[allow]]` names it; an error has none.
    pub subject: Option<String>,
    /// One sentence.
    pub message: String,
    /// What was probably meant, to be put in the marked place.
    pub suggestion: Option<String>,
    /// The plan says that it may stay.
    pub allowed: bool,
    /// Why it may stay.
    pub reason: Option<String>,
    /// The source line with what is meant, for [`Diagnostic::render`].
    #[serde(skip)]
    source: Option<Marked>,
}

/// A source line, safe to show, and the columns to mark.
#[derive(Debug, Clone, PartialEq)]
struct Marked {
    line: String,
    before: usize,
    columns: usize,
}

impl Diagnostic {
    /// Words a problem.
    pub fn of_problem(problem: &Problem, locale: &Locale) -> Self {
        let (code, message) = (problem.kind.code(), wording::problem(&problem.kind, locale));
        Self::new(Severity::Error, code, &message, &problem.place, problem.suggestion.as_deref())
    }

    /// Words a finding; `sources` are those of its plan.
    pub fn of_finding(finding: &Finding, sources: &Sources, locale: &Locale) -> Self {
        let (code, message) = (finding.kind.code(), wording::finding(&finding.kind, locale));
        let place = sources.place(&finding.at);
        let told = Self::new(Severity::Warning, code, &message, &place, finding.kind.suggestion());
        Self {
            subject: Some(clean_line(&finding.kind.subject()).into_owned()),
            allowed: finding.allowed.is_some(),
            reason: finding.allowed.as_deref().map(|reason| clean_line(reason).into_owned()),
            ..told
        }
    }

    fn new(severity: Severity, code: &'static str, message: &str, place: &Place, suggestion: Option<&str>) -> Self {
        let mark = |place: &Place| {
            let before = clean_line(place.excerpt.get(..place.mark.start).unwrap_or_default()).into_owned();
            let meant = clean_line(place.excerpt.get(place.mark.clone()).unwrap_or_default()).into_owned();
            let after = clean_line(place.excerpt.get(place.mark.end..).unwrap_or_default()).into_owned();
            let (before_columns, columns) = (width(&before), width(&meant).max(1));
            Marked { line: format!("{before}{meant}{after}"), before: before_columns, columns }
        };
        Self {
            file: clean_line(&place.file).into_owned(),
            line: place.line,
            column: place.column,
            code,
            severity,
            subject: None,
            message: clean_line(message).into_owned(),
            suggestion: suggestion.map(|suggestion| clean_line(suggestion).into_owned()),
            allowed: false,
            reason: None,
            source: (!place.excerpt.trim().is_empty()).then(|| mark(place)),
        }
    }

    /// The lines a person reads, without a newline at the end:
    ///
    /// ```text
    /// initiatives.toml:4:1: error FD002: unknown key "mach" in [[initiative]]
    ///   4 | mach = "water"
    ///     | ^^^^
    ///     = did you mean: match
    /// ```
    pub fn render(&self, locale: &Locale) -> String {
        let place = format!("{}:{}:{}", self.file, self.line, self.column);
        let mut text = match self.severity {
            Severity::Error => tr!(locale, "plan-error", place = place, code = self.code, message = &self.message),
            Severity::Warning => tr!(locale, "plan-warning", place = place, code = self.code, message = &self.message),
        };
        let number = self.line.to_string();
        let gutter = " ".repeat(number.len());
        // Writing to a string cannot fail.
        if let Some(Marked { line, before, columns }) = &self.source {
            let _ = write!(text, "\n  {number} | {line}\n  {gutter} | {}{}", " ".repeat(*before), "^".repeat(*columns));
        }
        if let Some(suggestion) = &self.suggestion {
            let help = tr!(locale, "plan-help", suggestion = suggestion);
            let _ = write!(text, "\n  {gutter} = {help}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::plan::problem::ProblemKind;
    use crate::plan::source::SourceFile;

    fn hostile() -> Problem {
        let file = SourceFile::new("plan.toml", "\tna\u{202e}me\u{1b}[31m = 1\n");
        let kind = ProblemKind::UnknownKey { key: "na\u{202e}me\u{1b}[31m".to_owned(), table: "[organization]" };
        Problem { kind, place: file.place(&(1..14)), suggestion: Some("na\u{200b}me".to_owned()) }
    }

    #[test]
    fn control_and_bidi_characters_are_visible() {
        let locale = Locale::new(Lang::En);
        let diagnostic = Diagnostic::of_problem(&hostile(), &locale);
        let json = serde_json::to_string(&diagnostic).expect("serialises");
        for text in [diagnostic.render(&locale), json] {
            assert!(!text.contains(['\u{202e}', '\u{1b}', '\u{200b}', '\t']), "{text:?}");
            assert!(text.contains("U+202E"), "{text:?}");
        }
    }

    #[test]
    fn the_mark_stands_under_wide_characters() {
        let locale = Locale::new(Lang::En);
        let file = SourceFile::new("plan.toml", "水 = 1\n");
        let kind = ProblemKind::LevelOrder;
        let problem = Problem { kind, place: file.place(&(6..7)), suggestion: None };
        let text = Diagnostic::of_problem(&problem, &locale).render(&locale);
        assert!(text.ends_with("  1 | 水 = 1\n    |      ^"), "{text}");
    }
}
