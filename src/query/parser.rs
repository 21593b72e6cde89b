//! Recursive descent over the lexemes: NEAR binds before NOT, NOT before AND, AND before OR.
//!
//! What enters: the text and its stage. What leaves: the tree and the warnings, or every error. After an error
//! the parser goes on as if the damaged piece were not there; only depth and length end it at once.

mod words;

use std::ops::Range;

use crate::query::ast::{Expr, group};
use crate::query::error::{QueryError, QueryErrorKind, Warning, WarningKind};
use crate::query::field::Test;
use crate::query::lexer::{self, Lexeme, LexemeKind};
use crate::query::places::PlaceRef;
use crate::query::{MAX_DEPTH, MAX_DISTANCE, MAX_LENGTH, MAX_TERMS, Stage, field};
use crate::text::tokens::Tokens;
use words::In;

pub(super) use words::{FEWEST_LETTERS, SHORTEST_PREFIX};

/// After so many errors the rest is not read: whoever mends these sees the next ones.
const MAX_ERRORS: usize = 50;

/// What a text says.
pub(super) struct Parsed {
    pub(super) expr: Expr,
    pub(super) warnings: Vec<Warning>,
    pub(super) places: Vec<PlaceRef>,
}

/// Reads the whole text.
pub(super) fn parse(text: &str, stage: Stage) -> Result<Parsed, Vec<QueryError>> {
    if text.len() > MAX_LENGTH {
        return Err(vec![error(0..text.len(), QueryErrorKind::TooLong { limit: MAX_LENGTH }, None)]);
    }
    let lexemes = lexer::split(text);
    let mut parser = Parser {
        text,
        stage,
        lexemes: &lexemes,
        next: 0,
        depth: 0,
        wildcards: 0,
        is_stopped: false,
        errors: Vec::new(),
        warnings: Vec::new(),
        places: Vec::new(),
        tokens: Tokens::new(),
    };
    let expr = parser.whole();
    let Parser { mut errors, warnings, places, .. } = parser;
    match expr {
        Some(expr) if errors.is_empty() && expr.terms() > MAX_TERMS => {
            Err(vec![error(0..text.len(), QueryErrorKind::TooManyTerms { limit: MAX_TERMS }, None)])
        }
        Some(expr) if errors.is_empty() => Ok(Parsed { expr, warnings, places }),
        _ => {
            if errors.is_empty() {
                errors.push(error(0..text.len(), QueryErrorKind::Empty, None));
            }
            errors.sort_by_key(|error| error.span.start);
            Err(errors)
        }
    }
}

fn error(span: Range<usize>, kind: QueryErrorKind, suggestion: Option<String>) -> QueryError {
    QueryError { span, kind, suggestion }
}

struct Parser<'a> {
    text: &'a str,
    stage: Stage,
    lexemes: &'a [Lexeme<'a>],
    next: usize,
    depth: usize,
    wildcards: usize,
    /// A limit was met: nothing more is read.
    is_stopped: bool,
    errors: Vec<QueryError>,
    warnings: Vec<Warning>,
    places: Vec<PlaceRef>,
    tokens: Tokens,
}

impl<'a> Parser<'a> {
    fn whole(&mut self) -> Option<Expr> {
        let mut parts = Vec::new();
        while self.next < self.lexemes.len() {
            parts.extend(self.or());
            if let Some(close) = self.take(|kind| matches!(kind, LexemeKind::Close)) {
                self.fail(close.span.clone(), QueryErrorKind::UnmatchedParenthesis);
            }
        }
        group(parts, true)
    }

    fn or(&mut self) -> Option<Expr> {
        let mut parts: Vec<Expr> = Vec::new();
        let mut operator: Option<Range<usize>> = None;
        loop {
            let errors = self.errors.len();
            let part = self.and();
            if part.is_none() && self.errors.len() == errors {
                let or = operator.or_else(|| self.peek_or());
                if let Some(or) = or {
                    self.missing_operand(or);
                }
            }
            parts.extend(part);
            operator = self.take(|kind| matches!(kind, LexemeKind::Or)).map(|lexeme| lexeme.span.clone());
            if operator.is_none() {
                return group(parts, false);
            }
        }
    }

    fn peek_or(&self) -> Option<Range<usize>> {
        self.lexemes.get(self.next).filter(|lexeme| lexeme.kind == LexemeKind::Or).map(|lexeme| lexeme.span.clone())
    }

    fn and(&mut self) -> Option<Expr> {
        let mut parts = Vec::new();
        let mut operand_before = false;
        loop {
            match self.lexemes.get(self.next).map(|lexeme| &lexeme.kind) {
                None | Some(LexemeKind::Close | LexemeKind::Or) => return group(parts, true),
                Some(LexemeKind::And) => {
                    let span = self.lexemes[self.next].span.clone();
                    self.next += 1;
                    let follows = !matches!(
                        self.lexemes.get(self.next).map(|lexeme| &lexeme.kind),
                        None | Some(LexemeKind::Close | LexemeKind::Or | LexemeKind::And)
                    );
                    if !operand_before || !follows {
                        self.missing_operand(span);
                    }
                }
                Some(_) => {
                    parts.extend(self.not());
                    operand_before = true;
                }
            }
        }
    }

    fn not(&mut self) -> Option<Expr> {
        let Some(lexeme) = self.take(|kind| matches!(kind, LexemeKind::Not)) else { return self.near() };
        let span = lexeme.span.clone();
        if !self.descend(&span) {
            return None;
        }
        let follows = !matches!(
            self.lexemes.get(self.next).map(|lexeme| &lexeme.kind),
            None | Some(LexemeKind::Close | LexemeKind::Or | LexemeKind::And)
        );
        let inner = if follows {
            self.not()
        } else {
            self.missing_operand(span);
            None
        };
        self.depth -= 1;
        inner.map(|inner| Expr::Not(Box::new(inner)))
    }

    fn near(&mut self) -> Option<Expr> {
        let start = self.next;
        let mut left = self.primary();
        let mut left_span = self.span_from(start);
        while let Some(lexeme) = self.take(|kind| matches!(kind, LexemeKind::Near { .. })) {
            let LexemeKind::Near { distance, ordered, good } = lexeme.kind else { return left };
            let span = lexeme.span.clone();
            if !good {
                let meant = format!("NEAR/{distance}{}", if ordered { "f" } else { "" });
                let kind = QueryErrorKind::NearDistance { largest: MAX_DISTANCE };
                self.report(span.clone(), kind, Some(meant));
            }
            let start = self.next;
            let errors = self.errors.len();
            let right = if self.operand_follows() { self.primary() } else { None };
            let right_span = self.span_from(start);
            if (left.is_none() && left_span.is_empty()) || (right.is_none() && self.errors.len() == errors) {
                self.missing_operand(span);
            }
            left = match (left, right) {
                (Some(left), Some(right)) => {
                    let places = [(&left, &left_span), (&right, &right_span)];
                    for (_, span) in places.iter().filter(|(expr, _)| !expr.has_places()) {
                        self.fail((*span).clone(), QueryErrorKind::NearOperand);
                    }
                    Some(Expr::Near { left: Box::new(left), right: Box::new(right), distance, ordered })
                }
                _ => None,
            };
            left_span = left_span.start..right_span.end;
        }
        left
    }

    fn operand_follows(&self) -> bool {
        !matches!(
            self.lexemes.get(self.next).map(|lexeme| &lexeme.kind),
            None | Some(LexemeKind::Close | LexemeKind::Or | LexemeKind::And | LexemeKind::Not)
        )
    }

    /// The bytes from lexeme `start` to the last one taken; empty when none was.
    fn span_from(&self, start: usize) -> Range<usize> {
        let begin = self.lexemes.get(start).map_or(self.text.len(), |lexeme| lexeme.span.start);
        let end = if self.next > start { self.lexemes[self.next - 1].span.end } else { begin };
        begin..end
    }

    fn primary(&mut self) -> Option<Expr> {
        let lexeme = self.lexemes.get(self.next)?;
        let span = lexeme.span.clone();
        if matches!(lexeme.kind, LexemeKind::Near { .. }) {
            return None;
        }
        self.next += 1;
        match &lexeme.kind {
            LexemeKind::Open => self.parenthesis(span),
            LexemeKind::Quoted { text, closed } => {
                self.check_closed(*closed, span.start, QueryErrorKind::UnclosedQuote);
                let offset = text.as_ptr() as usize - self.text.as_ptr() as usize;
                let term = self.term(text, offset, span.clone());
                self.with_distance(term, &span)
            }
            LexemeKind::Braced { text, closed } => {
                self.check_closed(*closed, span.start, QueryErrorKind::UnclosedBrace);
                let term = self.exact(text, span.start + 1, span.clone());
                self.with_distance(term, &span)
            }
            LexemeKind::Bare(text) => self.bare(text, span),
            LexemeKind::Within { .. } => {
                self.fail(span, QueryErrorKind::WithinOperand);
                None
            }
            LexemeKind::Field { name, sign, value, closed } => {
                self.check_closed(*closed, span.start + name.len() + sign.len(), QueryErrorKind::UnclosedQuote);
                self.field(name, sign, value, span)
            }
            LexemeKind::Stray(meant) => {
                let kind = QueryErrorKind::Unexpected { found: self.text[span.clone()].to_owned() };
                self.report(span, kind, meant.map(str::to_owned));
                None
            }
            _ => None,
        }
    }

    fn parenthesis(&mut self, open: Range<usize>) -> Option<Expr> {
        if !self.descend(&open) {
            return None;
        }
        if let Some(close) = self.take(|kind| matches!(kind, LexemeKind::Close)) {
            self.depth -= 1;
            self.fail(open.start..close.span.end, QueryErrorKind::EmptyParentheses);
            return None;
        }
        let inner = self.or();
        self.depth = self.depth.saturating_sub(1);
        if self.take(|kind| matches!(kind, LexemeKind::Close)).is_none() && !self.is_stopped {
            self.fail(open, QueryErrorKind::UnclosedParenthesis);
        }
        inner
    }

    /// One level down; too deep, it reports that once and reads nothing more.
    fn descend(&mut self, span: &Range<usize>) -> bool {
        self.depth += 1;
        if self.depth <= MAX_DEPTH {
            return true;
        }
        self.depth -= 1;
        self.stop(span.clone(), QueryErrorKind::TooDeep { limit: MAX_DEPTH });
        false
    }

    /// Reports a limit and reads nothing more.
    fn stop(&mut self, span: Range<usize>, kind: QueryErrorKind) {
        self.next = self.lexemes.len();
        self.fail(span, kind);
        self.is_stopped = true;
    }

    fn field(&mut self, name: &str, sign: &str, value: &str, span: Range<usize>) -> Option<Expr> {
        let field = match field::find(name, self.stage, sign) {
            Ok(field) => field,
            Err((kind, near)) => {
                let rest = &self.text[span.start + name.len()..span.end];
                self.report(span, kind, near.map(|near| format!("{near}{rest}")));
                return None;
            }
        };
        let value = value.trim();
        if value.is_empty() {
            self.fail(span, QueryErrorKind::MissingValue { field });
            return None;
        }
        if field == "author" {
            let name = value.trim_start_matches(['@', '＠']);
            return self.phrase(name, &span, In::Name).map(Expr::Author);
        }
        if field == "url" {
            return self.phrase(without_scheme(value), &span, In::Name).map(Expr::Url);
        }
        match field::test(field, sign, value, self.stage) {
            Ok(test) => self.test(test, span),
            Err((expected, near)) => {
                let kind = QueryErrorKind::BadValue { field, found: value.to_owned(), expected };
                self.report(span, kind, near.map(|near| format!("{field}{sign}{near}")));
                None
            }
        }
    }

    fn test(&mut self, test: Test, span: Range<usize>) -> Option<Expr> {
        if let Some((field, works_in)) = test.works_in()
            && works_in > self.stage
        {
            self.fail(span, QueryErrorKind::FieldStage { field, works_in });
            return None;
        }
        if let Test::Place(place) = &test
            && self.stage == Stage::Match
        {
            self.places.push(PlaceRef { id: place.id.clone(), span });
        }
        Some(Expr::Field(test))
    }

    /// Takes the `~4` that stands right behind a phrase.
    fn with_distance(&mut self, phrase: Option<Expr>, span: &Range<usize>) -> Option<Expr> {
        let errors = self.errors.len();
        let follows = |lexeme: &&Lexeme<'_>| lexeme.span.start == span.end;
        let tilde = self.lexemes.get(self.next).filter(follows);
        match tilde.filter(|lexeme| matches!(lexeme.kind, LexemeKind::Within { .. })) {
            Some(tilde) => {
                self.next += 1;
                self.within(phrase, span, tilde).filter(|_| self.errors.len() == errors)
            }
            None => phrase,
        }
    }

    fn check_closed(&mut self, closed: bool, at: usize, kind: QueryErrorKind) {
        if !closed {
            self.fail(at..self.text.len(), kind);
        }
    }

    /// A lower-case operator with something on its other side was probably meant as one.
    fn warn_lowercase(&mut self, word: &str, span: &Range<usize>) {
        let Some(meant) = lexer::lowercase_operator(word) else { return };
        let is_operand = |lexeme: &Lexeme<'_>| {
            !matches!(lexeme.kind, LexemeKind::Close | LexemeKind::Or | LexemeKind::And | LexemeKind::Near { .. })
        };
        let follows = self.lexemes.get(self.next).is_some_and(is_operand);
        let precedes = self.next >= 2 && {
            let before = &self.lexemes[self.next - 2];
            !matches!(before.kind, LexemeKind::Open) && (is_operand(before) || before.kind == LexemeKind::Close)
        };
        if follows && (precedes || meant == "NOT") {
            let kind = WarningKind::LowercaseOperator { word: word.to_owned() };
            self.warn(span.clone(), kind, meant.to_owned());
        }
    }

    fn take(&mut self, wanted: impl Fn(&LexemeKind<'a>) -> bool) -> Option<&'a Lexeme<'a>> {
        let lexeme = self.lexemes.get(self.next).filter(|lexeme| wanted(&lexeme.kind))?;
        self.next += 1;
        Some(lexeme)
    }

    fn missing_operand(&mut self, span: Range<usize>) {
        let operator = self.text[span.clone()].to_owned();
        self.fail(span, QueryErrorKind::MissingOperand { operator });
    }

    fn warn(&mut self, span: Range<usize>, kind: WarningKind, suggestion: String) {
        if self.warnings.len() < MAX_ERRORS {
            self.warnings.push(Warning { span, kind, suggestion: Some(suggestion) });
        }
    }

    fn fail(&mut self, span: Range<usize>, kind: QueryErrorKind) {
        self.report(span, kind, None);
    }

    fn report(&mut self, span: Range<usize>, kind: QueryErrorKind, suggestion: Option<String>) {
        self.errors.push(error(span, kind, suggestion));
        if self.errors.len() >= MAX_ERRORS {
            self.next = self.lexemes.len();
            self.is_stopped = true;
        }
    }
}

/// Links are told by their words: the scheme would only keep `http` from matching `https`.
fn without_scheme(value: &str) -> &str {
    let after = |scheme: &str| {
        let head = value.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &value[scheme.len()..])
    };
    after("https://").or_else(|| after("http://")).unwrap_or(value)
}
