//! Findings at a given moment.

use chrono::{DateTime, Utc};

use crate::locale::{Lang, Locale};
use crate::plan::{Diagnostic, check, from_files};

const UNWISE: &str = include_str!("../tests/unwise.toml");

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn told(text: &str, now: &str, lang: Lang) -> String {
    let locale = Locale::new(lang);
    let (plan, _) = from_files(vec![("plan.toml".to_owned(), text.to_owned())]).expect("it loads");
    let lines: Vec<String> = check(&plan, at(now))
        .iter()
        .map(|finding| Diagnostic::of_finding(finding, &plan.sources, &locale).render(&locale))
        .collect();
    lines.join("\n")
}

#[test]
fn an_unwise_plan_is_told_everything() {
    insta::assert_snapshot!("unwise", told(UNWISE, "2026-11-22T12:00:00Z", Lang::En));
    insta::assert_snapshot!("unwise_fr", told(UNWISE, "2026-11-22T12:00:00Z", Lang::Fr));
}

#[test]
fn a_good_plan_has_nothing_to_tell() {
    assert_eq!(told("[organization]\nname = \"Alder Bay\"\n", "2026-11-22T12:00:00Z", Lang::En), "");
}

#[test]
fn time_alone_changes_what_is_told() {
    let plan = "[organization]\nname = \"A\"\n[[message]]\nid = \"m\"\ntext = \"t\"\nstatus = \"approved\"\n\
                approved_by = \"B\"\nexpires_at = 2026-12-01T00:00:00Z\n";
    assert_eq!(told(plan, "2026-11-20T00:00:00Z", Lang::En), "");
    assert!(told(plan, "2026-11-28T00:00:00Z", Lang::En).contains("FD052"));
    assert!(told(plan, "2026-12-01T00:00:01Z", Lang::En).contains("FD051"));
}
