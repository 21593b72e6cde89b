//! The query language on whatever bytes there are: a query and, behind the first NUL, a text to run it on; without
//! a NUL the query is its own text.
//!
//! What must hold at each stage: every error points into the query and can be worded; a query that parses prints to
//! one that parses to the same; it matches a text exactly when its negation does not; an engine of several rules finds
//! what each finds alone; what it marks lies in the text, in order.

#![no_main]

use std::sync::LazyLock;

use chrono::{DateTime, FixedOffset, TimeDelta};
use frontdesk::locale::{Lang, Locale};
use frontdesk::mention::{Intent, Level, Status, Tone};
use frontdesk::query::{DeskSubject, Engine, EngineScratch, Query, Stage, Subject, VerdictSubject, wording};
use frontdesk::text::tokens::Tokens;
use libfuzzer_sys::fuzz_target;

static LOCALES: LazyLock<[Locale; 2]> = LazyLock::new(|| [Locale::new(Lang::En), Locale::new(Lang::Fr)]);

/// A mention of which something of every kind is known.
struct Post<'a> {
    text: &'a str,
    tokens: Tokens,
}

impl Subject for Post<'_> {
    fn tokens(&self) -> &Tokens {
        &self.tokens
    }
    fn text(&self) -> &str {
        self.text
    }
    fn url(&self) -> Option<&str> {
        Some("https://example.org/water/main?a=1")
    }
    fn author_handle(&self) -> Option<&str> {
        Some("ana.example.org")
    }
    fn author_name(&self) -> Option<&str> {
        Some("Ana Côté")
    }
    fn followers(&self) -> Option<u64> {
        Some(1000)
    }
    fn verdict(&self) -> Option<&dyn VerdictSubject> {
        Some(&Known)
    }
    fn desk(&self) -> Option<&dyn DeskSubject> {
        Some(&Known)
    }
}

struct Known;

impl VerdictSubject for Known {
    fn any_initiative(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        test("water") || test("bike")
    }
    fn any_stakeholder(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        test("media")
    }
    fn any_message(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        test("KM-2")
    }
    fn language(&self) -> Option<&str> {
        Some("fr")
    }
    fn has_intent(&self, intent: Intent) -> bool {
        intent == Intent::Question
    }
    fn relevant(&self) -> bool {
        true
    }
    fn any_place(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        test("elm")
    }
    fn tone(&self) -> Option<Tone> {
        Some(Tone::Negative)
    }
    fn hostility(&self) -> Option<u8> {
        Some(1)
    }
}

impl DeskSubject for Known {
    fn status(&self) -> Status {
        Status::New
    }
    fn level(&self) -> Option<Level> {
        Some(Level::P2)
    }
    fn age(&self) -> TimeDelta {
        TimeDelta::minutes(90)
    }
    fn posted(&self) -> Option<DateTime<FixedOffset>> {
        DateTime::parse_from_rfc3339("2026-11-20T09:12:44-08:00").ok()
    }
}

fn check_errors(source: &str, stage: Stage) {
    let Err(errors) = Query::parse(source, stage) else { return };
    assert!(!errors.is_empty(), "a refusal without an error");
    for error in errors {
        assert!(source.get(error.span.clone()).is_some(), "{:?} is no piece of the query", error.span);
        for locale in LOCALES.iter() {
            assert!(!wording::error(&error, locale).is_empty());
        }
    }
}

fn check_query(query: &Query, stage: Stage, post: &Post<'_>) {
    let printed = query.to_string();
    let again = Query::parse(&printed, stage).unwrap_or_else(|errors| panic!("{printed:?} does not parse: {errors:?}"));
    assert!(again == *query, "{printed:?} parses to something else");
    assert_eq!(again.to_string(), printed, "printing again differs");
    let _ = query.candidates();
    for warning in query.warnings() {
        for locale in LOCALES.iter() {
            assert!(!wording::warning(warning, locale).is_empty());
        }
    }
    let spans = query.spans(post);
    assert_eq!(spans.is_some(), query.matches(post));
    for pair in spans.iter().flat_map(|spans| spans.windows(2)) {
        assert!(pair[0].end <= pair[1].start, "marks overlap: {pair:?}");
    }
    for span in spans.iter().flatten() {
        assert!(post.text.get(span.start as usize..span.end as usize).is_some(), "{span:?} is no piece of the text");
    }
    // Nested a level deeper it may be refused; else it must say the opposite.
    if let Ok(not) = Query::parse(&format!("NOT ({printed})"), stage) {
        assert_ne!(not.matches(post), spans.is_some(), "{printed:?} and its negation agree");
        let engine = Engine::new([query, &not, &again]);
        let mut found = Vec::new();
        engine.run(post, &mut EngineScratch::new(), |rule, _| found.push(rule));
        found.sort_unstable();
        let expected: &[usize] = if spans.is_some() { &[0, 2] } else { &[1] };
        assert_eq!(found, expected, "together {printed:?} finds something else than alone");
    }
}

fuzz_target!(|data: &[u8]| {
    let Ok(input) = std::str::from_utf8(data) else { return };
    let (source, text) = input.split_once('\0').unwrap_or((input, input));
    let text = frontdesk::text::clean(text);
    let mut post = Post { text: &text, tokens: Tokens::new() };
    post.tokens.fill(&text);
    for stage in [Stage::Match, Stage::Verdict, Stage::Desk] {
        check_errors(source, stage);
        if let Ok(query) = Query::parse(source, stage) {
            check_query(&query, stage, &post);
        }
    }
});
