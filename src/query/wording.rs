//! Says in a person's language what is wrong with a query; the only place of this module with words.

use crate::locale::Locale;
use crate::mention::Span;
use crate::query::error::{Expected, QueryError, QueryErrorKind, Warning, WarningKind};
use crate::query::explain::{Lack, LackKind, Lacking};
use crate::text::width;
use crate::tr;

/// Columns of a quoted text.
const LONGEST_QUOTE: usize = 48;

/// One sentence for an error, and the suggestion when there is one.
pub fn error(error: &QueryError, locale: &Locale) -> String {
    let sentence = kind(&error.kind, locale);
    with_suggestion(sentence, error.suggestion.as_deref(), locale)
}

/// One sentence for a warning, and the suggestion when there is one.
pub fn warning(warning: &Warning, locale: &Locale) -> String {
    let sentence = match &warning.kind {
        WarningKind::LowercaseOperator { word } => tr!(locale, "query-lowercase-operator", word = word.as_str()),
        WarningKind::QuestionMark { word } => tr!(locale, "query-question-mark", word = word.as_str()),
    };
    with_suggestion(sentence, warning.suggestion.as_deref(), locale)
}

/// What a query lacked, in a few words; `text` is the one the query was tested on.
pub fn lack(lack: &Lack, text: &str, locale: &Locale) -> String {
    let asked = lack.asked.to_string();
    let words = match &lack.found {
        LackKind::Absent => tr!(locale, "query-lack-absent", asked = asked),
        LackKind::Partly { absent, .. } => {
            tr!(locale, "query-lack-partly", asked = asked, absent = absent.join(" "))
        }
        LackKind::Scattered { .. } => tr!(locale, "query-lack-scattered", asked = asked),
        LackKind::Apart { reversed: true, .. } => tr!(locale, "query-lack-reversed", asked = asked),
        LackKind::Apart { distance, allowed, .. } => {
            tr!(locale, "query-lack-apart", asked = asked, distance = *distance, allowed = *allowed)
        }
        LackKind::Present { spans } if spans.is_empty() => tr!(locale, "query-lack-excluded", asked = asked),
        LackKind::Present { spans } => {
            tr!(locale, "query-lack-present", asked = asked, found = quotes(spans, text, locale))
        }
        LackKind::Value { found: Some(found) } => {
            tr!(locale, "query-lack-value", asked = asked, found = found.as_str())
        }
        LackKind::Value { found: None } => tr!(locale, "query-lack-no-value", asked = asked),
    };
    match lack.others {
        0 => words,
        others => tr!(locale, "query-lack-others", lack = words, others = others),
    }
}

/// All that a query lacked, of many the first few.
pub fn lacking(lacking: &Lacking, text: &str, locale: &Locale) -> String {
    const TOLD: usize = 3;
    let told = lacking.lacks.iter().take(TOLD).map(|found| lack(found, text, locale));
    let told = told.collect::<Vec<_>>().join(" · ");
    match lacking.lacks.len().saturating_sub(TOLD) {
        0 => told,
        more => tr!(locale, "query-lack-more", told = told, more = more),
    }
}

/// The words of `text` at `spans`, quoted, each once; of many the first few.
pub fn quotes(spans: &[Span], text: &str, locale: &Locale) -> String {
    const TOLD: usize = 4;
    let mut quoted: Vec<String> = Vec::new();
    for words in spans.iter().filter_map(|span| text.get(span.clone())) {
        let words = width::truncate(&words.replace('\n', " "), LONGEST_QUOTE).0.into_owned();
        let quote = tr!(locale, "query-quote", words = words);
        if !quoted.contains(&quote) {
            quoted.push(quote);
        }
    }
    let more = quoted.len().saturating_sub(TOLD);
    quoted.truncate(TOLD);
    let told = quoted.join(", ");
    if more > 0 { tr!(locale, "query-quotes-more", told = told, more = more) } else { told }
}

fn with_suggestion(sentence: String, suggestion: Option<&str>, locale: &Locale) -> String {
    match suggestion {
        Some(suggestion) => format!("{sentence} {}", tr!(locale, "query-did-you-mean", suggestion = suggestion)),
        None => sentence,
    }
}

fn kind(kind: &QueryErrorKind, locale: &Locale) -> String {
    match kind {
        QueryErrorKind::Empty => tr!(locale, "query-empty"),
        QueryErrorKind::TooLong { limit } => tr!(locale, "query-too-long", limit = *limit),
        QueryErrorKind::TooDeep { limit } => tr!(locale, "query-too-deep", limit = *limit),
        QueryErrorKind::TooManyTerms { limit } => tr!(locale, "query-too-many-terms", limit = *limit),
        QueryErrorKind::UnclosedQuote => tr!(locale, "query-unclosed-quote"),
        QueryErrorKind::UnclosedBrace => tr!(locale, "query-unclosed-brace"),
        QueryErrorKind::UnclosedParenthesis => tr!(locale, "query-unclosed-parenthesis"),
        QueryErrorKind::UnmatchedParenthesis => tr!(locale, "query-unmatched-parenthesis"),
        QueryErrorKind::EmptyParentheses => tr!(locale, "query-empty-parentheses"),
        QueryErrorKind::MissingOperand { operator } => {
            tr!(locale, "query-missing-operand", operator = operator.as_str())
        }
        QueryErrorKind::Unexpected { found } => tr!(locale, "query-unexpected", found = found.as_str()),
        QueryErrorKind::NoWords { found } => tr!(locale, "query-no-words", found = found.as_str()),
        QueryErrorKind::Link => tr!(locale, "query-link"),
        QueryErrorKind::HandleInPhrase => tr!(locale, "query-handle-in-phrase"),
        QueryErrorKind::Wildcard => tr!(locale, "query-wildcard"),
        QueryErrorKind::MarkWildcard => tr!(locale, "query-mark-wildcard"),
        QueryErrorKind::ExactWildcard => tr!(locale, "query-exact-wildcard"),
        QueryErrorKind::WildcardTooBroad { least } => tr!(locale, "query-wildcard-too-broad", least = *least),
        QueryErrorKind::WildcardBothEnds => tr!(locale, "query-wildcard-both-ends"),
        QueryErrorKind::TooManyWildcards { limit } => tr!(locale, "query-too-many-wildcards", limit = *limit),
        QueryErrorKind::TooManyWords { limit } => tr!(locale, "query-too-many-words", limit = *limit),
        QueryErrorKind::WithinDistance { largest } => tr!(locale, "query-within-distance", largest = *largest),
        QueryErrorKind::WithinOperand => tr!(locale, "query-within-operand"),
        QueryErrorKind::WithinTooNear { words, least } => {
            tr!(locale, "query-within-too-near", words = *words, least = *least)
        }
        QueryErrorKind::PrefixTooShort { least } => tr!(locale, "query-prefix-too-short", least = *least),
        QueryErrorKind::NearDistance { largest } => tr!(locale, "query-near-distance", largest = *largest),
        QueryErrorKind::NearOperand => tr!(locale, "query-near-operand"),
        QueryErrorKind::UnknownField { name } => tr!(locale, "query-unknown-field", name = name.as_str()),
        QueryErrorKind::FieldStage { field, works_in } => {
            let stage = locale.word("query-stage", works_in.token());
            tr!(locale, "query-field-stage", field = *field, stage = stage)
        }
        QueryErrorKind::MissingValue { field } => tr!(locale, "query-missing-value", field = *field),
        QueryErrorKind::UnknownPlace { id } => tr!(locale, "query-unknown-place", id = id.as_str()),
        QueryErrorKind::BadValue { field, found, expected } => {
            let expected = self::expected(expected, locale);
            tr!(locale, "query-bad-value", field = *field, found = found.as_str(), expected = expected)
        }
        QueryErrorKind::BadComparison { field, found } => {
            tr!(locale, "query-bad-comparison", field = *field, found = found.as_str())
        }
    }
}

fn expected(expected: &Expected, locale: &Locale) -> String {
    match expected {
        Expected::OneOf(tokens) => tr!(locale, "query-expected-one-of", tokens = tokens.join(", ")),
        Expected::Number => tr!(locale, "query-expected-number"),
        Expected::Date => tr!(locale, "query-expected-date"),
        Expected::Level { most } => tr!(locale, "query-expected-level", most = u32::from(*most)),
        Expected::Duration => tr!(locale, "query-expected-duration"),
        Expected::Language => tr!(locale, "query-expected-language"),
        Expected::Id => tr!(locale, "query-expected-id"),
    }
}
