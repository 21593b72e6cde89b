//! The grammar on one page, as `frontdesk print query` prints it.
//!
//! What enters: the words of a language. What leaves: the page, lines of at most 100 columns. Fields, stages, values and
//! limits come from the tables the parser uses, every example is run by a test, and what the program says of
//! mistakes is asked of the parser itself, so that the page cannot say what is not so.

mod examples;

use std::fmt::Write as _;

use examples::{Example, SECTIONS};

use crate::locale::Locale;
use crate::query::field::{FIELDS, values};
use crate::query::{
    MAX_DEPTH, MAX_DISTANCE, MAX_LENGTH, MAX_PHRASE_WORDS, MAX_TERMS, MAX_WILDCARDS, MAX_WITHIN_WORDS, Query, Stage,
    parser, wording,
};
use crate::text::width::width;
use crate::tr;

/// Where the meaning of a query stands.
const INDENT: usize = 26;
/// No line is wider.
const COLUMNS: usize = 100;

/// What people coming from other tools write, to be told about.
const MISTAKES: [&str; 8] = [
    "brown NEAR5 water",
    "sewer or water",
    "sentiment:negative",
    "\"brown\"~4",
    "*ay",
    "wa*er",
    "{BC Transit",
    "is it safe?",
];

/// The whole page; it ends with a line break.
pub fn page(locale: &Locale) -> String {
    let mut page = String::new();
    heading(&mut page, &tr!(locale, "query-page-title"));
    paragraph(&mut page, &tr!(locale, "query-page-intro"));
    for (title, section) in SECTIONS {
        heading(&mut page, &locale.text(title));
        paragraph(&mut page, &locale.text(&format!("{title}-about")));
        section.iter().for_each(|one| example(&mut page, one, locale));
    }
    fields(&mut page, locale);
    mistakes(&mut page, locale);
    limits(&mut page, locale);
    page
}

fn heading(page: &mut String, text: &str) {
    if !page.is_empty() {
        page.push('\n');
    }
    line(page, 0, &text.to_uppercase());
}

fn line(page: &mut String, indent: usize, text: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(page, "{:indent$}{text}", "");
}

/// Text broken between words.
fn paragraph(page: &mut String, text: &str) {
    wrapped(page, 0, text);
}

fn wrapped(page: &mut String, indent: usize, text: &str) {
    let mut row = String::new();
    for word in text.split(' ') {
        if !row.is_empty() && indent + width(&row) + 1 + width(word) > COLUMNS {
            line(page, indent, &row);
            row.clear();
        }
        if !row.is_empty() {
            row.push(' ');
        }
        row.push_str(word);
    }
    if !row.is_empty() {
        line(page, indent, &row);
    }
}

/// A query and what it means beside it, or below when the query is long.
fn told(page: &mut String, query: &str, meaning: &str) {
    let mut meaning_lines = String::new();
    wrapped(&mut meaning_lines, INDENT, meaning);
    let columns = 2 + width(query);
    if columns + 2 > INDENT {
        line(page, 2, query);
        page.push_str(&meaning_lines);
        return;
    }
    let _ = write!(page, "  {query}{:pad$}", "", pad = INDENT - columns);
    page.push_str(meaning_lines.trim_start_matches(' '));
}

fn example(page: &mut String, example: &Example, locale: &Locale) {
    told(page, example.query, &locale.text(example.says));
    let texts = tr!(locale, "query-page-texts", finds = example.finds, passes = example.passes);
    line(page, INDENT, &texts);
}

fn fields(page: &mut String, locale: &Locale) {
    heading(page, &tr!(locale, "query-page-fields"));
    paragraph(page, &tr!(locale, "query-page-fields-about"));
    for stage in [Stage::Match, Stage::Verdict, Stage::Desk] {
        page.push('\n');
        paragraph(page, &locale.text(&format!("query-page-stage-{}", stage.token())));
        for field in FIELDS.iter().filter(|field| field.works_in == stage) {
            told(page, field.example, &locale.text(&format!("query-page-field-{}", field.name)));
            let values = values(field.name);
            if !values.is_empty() {
                wrapped(page, INDENT, &values.join(", "));
            }
        }
    }
}

fn mistakes(page: &mut String, locale: &Locale) {
    heading(page, &tr!(locale, "query-page-mistakes"));
    for query in MISTAKES {
        let says = match Query::parse(query, Stage::Desk) {
            Ok(parsed) => parsed.warnings().first().map(|warning| wording::warning(warning, locale)),
            Err(errors) => errors.first().map(|error| wording::error(error, locale)),
        };
        told(page, query, &says.unwrap_or_default());
    }
}

fn limits(page: &mut String, locale: &Locale) {
    heading(page, &tr!(locale, "query-page-limits"));
    let limits = tr!(
        locale,
        "query-page-limits-about",
        bytes = MAX_LENGTH / 1024,
        depth = MAX_DEPTH,
        terms = MAX_TERMS,
        wildcards = MAX_WILDCARDS,
        phrase = MAX_PHRASE_WORDS,
        within = MAX_WITHIN_WORDS,
        distance = MAX_DISTANCE,
        prefix = parser::SHORTEST_PREFIX,
        letters = parser::FEWEST_LETTERS,
    );
    paragraph(page, &limits);
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::locale::Lang;
    use crate::query::QueryErrorKind;
    use crate::query::tests::Post;

    #[test]
    fn every_example_is_so() {
        for example in SECTIONS.iter().flat_map(|(_, section)| *section) {
            let query = Query::parse(example.query, Stage::Match)
                .unwrap_or_else(|errors| panic!("{}: {errors:?}", example.query));
            assert!(query.warnings().is_empty(), "{}", example.query);
            assert!(query.matches(&Post::of(example.finds)), "{} finds {}", example.query, example.finds);
            assert!(!query.matches(&Post::of(example.passes)), "{} passes {}", example.query, example.passes);
        }
    }

    #[test]
    fn every_field_works_from_its_stage_on() {
        for field in &FIELDS {
            let query = Query::parse(field.example, field.works_in)
                .unwrap_or_else(|errors| panic!("{}: {errors:?}", field.example));
            assert_eq!(Query::parse(&query.to_string(), field.works_in).as_ref(), Ok(&query), "{}", field.example);
            for early in [Stage::Match, Stage::Verdict].into_iter().filter(|stage| *stage < field.works_in) {
                let errors = Query::parse(field.example, early).expect_err("it is too early");
                assert!(matches!(errors[0].kind, QueryErrorKind::FieldStage { .. }), "{}", field.example);
            }
            for value in values(field.name) {
                let text = format!("{}:{value}", field.name);
                assert!(Query::parse(&text, Stage::Desk).is_ok(), "{text}");
            }
        }
    }

    #[rstest]
    #[case(Lang::En)]
    #[case(Lang::Fr)]
    fn the_page_is_whole(#[case] lang: Lang) {
        let page = page(&Locale::new(lang));
        for line in page.lines() {
            assert!(width(line) <= COLUMNS, "{line}");
            assert!(!line.ends_with(' '), "{line:?}");
            assert!(!line.contains("query-"), "{line}");
        }
        for field in &FIELDS {
            assert!(page.contains(&format!("\n  {}", field.example)), "{}", field.name);
        }
        for query in MISTAKES {
            let at = page.find(&format!("\n  {query}  ")).unwrap_or_else(|| panic!("{query}"));
            assert!(page[at..].lines().nth(1).is_some_and(|line| line.len() > INDENT + 20), "{query}");
        }
    }
}
