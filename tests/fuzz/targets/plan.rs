//! The plan loader on whatever bytes there are: a file of a plan, or several with a NUL between them.
//!
//! What must hold: a refusal has problems, each with a place and words that are safe to show; a plan that loads can be
//! checked, tried on its own tests and shown, and loads again to the same plan. The files are tried as they are and beside
//! a plan that names its organization.

#![no_main]

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use frontdesk::locale::{Lang, Locale};
use frontdesk::plan::{self, Diagnostic, Plan, from_files};
use frontdesk::report::{Markup, PlanPage};
use frontdesk::trial::Trials;
use libfuzzer_sys::fuzz_target;

const ORGANIZATION: &str = "[organization]\nname = { en = \"Alder Bay\", fr = \"Baie-des-Aulnes\" }\n\
                            languages = [\"en\", \"fr\"]\ntime_zone = \"America/Vancouver\"\n";

static LOCALES: LazyLock<[Locale; 2]> = LazyLock::new(|| [Locale::new(Lang::En), Locale::new(Lang::Fr)]);

type Files = Vec<(String, String)>;

/// `turn` chooses the language and the markup: each of them for every fourth input is enough.
fn check_plan(plan: &Plan, now: DateTime<Utc>, turn: usize) {
    let locale = &LOCALES[turn % 2];
    for finding in plan::check(plan, now) {
        is_safe(&Diagnostic::of_finding(&finding, &plan.sources, locale).render(locale));
    }
    let markup = if turn / 2 % 2 == 0 { Markup::Html } else { Markup::Markdown };
    let page = PlanPage { plan, locale, only: None, now }.write(markup);
    assert!(markup == Markup::Markdown || !page.contains("<script"));
    is_safe(&page);
    let mut trials = Trials::new(plan, now);
    for case in &plan.tests {
        let _ = trials.run(case).passed();
    }
}

/// Nothing that steers a terminal or hides a direction may be left in what is shown.
fn is_safe(text: &str) {
    let bad = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(bad), "{:?}", text.chars().find(|c| bad(*c)));
}

fn load(files: &Files) {
    let now = DateTime::from_timestamp(1_795_000_000, 0).expect("an instant");
    match from_files(files.clone()) {
        Ok((plan, _)) => {
            check_plan(&plan, now, files.iter().map(|(_, text)| text.len()).sum());
            let mut backwards = files.clone();
            backwards.reverse();
            let (again, _) = from_files(backwards).expect("the same files load again");
            assert_eq!(again.hash, plan.hash);
        }
        Err(errors) => {
            assert!(!errors.0.is_empty(), "a refusal without a problem");
            for problem in &errors.0 {
                assert!(problem.place.line > 0 && problem.place.column > 0);
                for locale in LOCALES.iter() {
                    is_safe(&Diagnostic::of_problem(problem, locale).render(locale));
                }
            }
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let Ok(input) = std::str::from_utf8(data) else { return };
    let mut files: Files = input
        .split('\0')
        .take(8)
        .enumerate()
        .map(|(number, text)| (format!("{number}.toml"), text.to_owned()))
        .collect();
    load(&files);
    files.push(("plan.toml".to_owned(), ORGANIZATION.to_owned()));
    load(&files);
});
