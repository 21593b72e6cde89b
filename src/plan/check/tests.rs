//! Findings at a given moment.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rstest::rstest;
use strum::IntoEnumIterator;

use crate::locale::{Lang, Locale};
use crate::plan::finding::{FindingKind, FindingName};
use crate::plan::fixtures::plan;
use crate::plan::{Diagnostic, Finding, check};

const UNWISE: &str = include_str!("../tests/unwise.toml");

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn told(text: &str, now: &str, lang: Lang) -> String {
    let locale = Locale::new(lang);
    let plan = plan(text);
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
fn every_finding_is_among_the_unwise() {
    let plan = plan(UNWISE);
    let found: BTreeSet<&str> =
        check(&plan, at("2026-11-22T12:00:00Z")).iter().map(|finding| finding.kind.code()).collect();
    let all: BTreeSet<&str> = FindingName::iter().map(FindingName::code).collect();
    assert_eq!(all.len(), FindingName::iter().count(), "two findings have the same code");
    assert_eq!(found, all);
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

/// The findings of `tables` in a plan that has nothing else.
fn of(tables: &str) -> Vec<Finding> {
    let plan = plan(&format!("[organization]\nname = \"A\"\n{tables}"));
    check(&plan, at("2026-11-22T12:00:00Z"))
}

#[rstest]
#[case::same("water -water", &["*"])]
#[case::case_and_accents("École NOT ecole", &["*"])]
#[case::word_of_a_phrase("\"water main\" -main", &["*"])]
#[case::beginning("flooding -flood*", &["*"])]
#[case::beginning_of_a_beginning("flooding* -flood*", &["*"])]
#[case::among_alternatives_excluded("water NOT (fire OR water)", &["*"])]
#[case::hashtag("#WaterMain -#water*", &["*"])]
#[case::author("author:mayor -author:mayor", &["*"])]
#[case::near("(brown NEAR/4 water) -brown", &["*"])]
#[case::within("\"brown water\"~4 -brown", &["*"])]
#[case::spelled("{Way} -way", &["*"])]
#[case::spelled_otherwise("way -{Way}", &[])]
#[case::ending("*way -way", &[])]
#[case::pattern("wat?r -wat?r", &["*"])]
#[case::networks("network:x network:bluesky", &["*"])]
#[case::languages("lang:en lang:fr", &["*"])]
#[case::numbers("followers>100 followers<=100", &["*"])]
#[case::every_alternative("water ((a -water) OR (b -water))", &["*"])]
#[case::one_alternative("fire OR (water -water)", &["water NOT water"])]
#[case::deep("a (b OR (c (d OR -a)))", &["NOT a"])]
#[case::double_negation("water NOT NOT fire", &[])]
#[case::longer_word("flood -flooding", &[])]
#[case::longer_phrase("water -\"water main\"", &[])]
#[case::beginning_of_an_exact_word("flood* -flood", &[])]
#[case::regions("lang:fr lang:fr-CA", &[])]
#[case::range("followers>100 followers<200", &[])]
#[case::not_both("water NOT (water fire)", &[])]
#[case::author_is_not_text("mayor -author:mayor", &[])]
fn a_rule_that_cannot_match(#[case] query: &str, #[case] expected: &[&str]) {
    let found = of(&format!("[[criterion]]\nid = \"c\"\nverdict = \"relevant\"\nmatch = '{query}'\n"));
    // A rule that is dead as a whole counts as `*`.
    let dead: Vec<&str> = found
        .iter()
        .filter_map(|finding| match &finding.kind {
            FindingKind::NeverMatches { part, .. } => Some(part.as_deref().unwrap_or("*")),
            _ => None,
        })
        .collect();
    assert_eq!(dead, expected, "{found:?}");
}

#[rstest]
#[case::word("b OR a", "a OR c", &["a"])]
#[case::phrase_and_mark("\"a b\" OR #Tag", "#tag OR \"A  b\"", &["#tag", "\"A b\""])]
#[case::beginning_is_another("flood* OR a", "flood OR b", &[])]
#[case::not_alone("a AND b", "a AND c", &[])]
#[case::alone_and_not("a OR b", "a AND c", &[])]
fn keywords_of_two_initiatives(#[case] first: &str, #[case] second: &str, #[case] shared: &[&str]) {
    let initiative =
        |id: &str, query: &str| format!("[[initiative]]\nid = \"{id}\"\ntitle = \"T\"\nmatch = '{query}'\n");
    let found = of(&format!("{}{}", initiative("one", first), initiative("two", second)));
    let terms: Vec<&str> = found
        .iter()
        .filter_map(|finding| match &finding.kind {
            FindingKind::SharedTerms { terms, .. } => Some(terms.iter().map(String::as_str)),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(terms, shared, "{found:?}");
}

#[test]
fn what_is_allowed_is_marked_and_the_rest_is_not() {
    let tier = "[[tier]]\nlevel = 2\ntitle = \"T\"\n[[tier]]\nlevel = 3\ntitle = \"T\"\n";
    let reasons = |allow: &str| -> Vec<(String, Option<String>)> {
        let found = of(&format!("{tier}[[allow]]\ncode = \"FD064\"\n{allow}reason = \"Small town.\"\n"));
        let told = found.iter().map(|finding| (finding.kind.subject().into_owned(), finding.allowed.as_deref()));
        told.map(|(subject, reason)| (subject, reason.map(str::to_owned))).collect()
    };
    let (two, three, reason) = ("tier-2".to_owned(), "tier-3".to_owned(), Some("Small town.".to_owned()));
    assert_eq!(reasons(""), [(two.clone(), reason.clone()), (three.clone(), reason.clone())]);
    assert_eq!(reasons("id = \"tier-3\"\n"), [(two.clone(), None), (three.clone(), reason)]);
    let missed = reasons("id = \"tier-4\"\n");
    assert_eq!(missed, [(two, None), (three, None), ("FD064".to_owned(), None)], "the table itself is a finding");
}

#[rstest]
#[case::order("water main", "main water", true)]
#[case::twice("flood", "flood OR flood", true)]
#[case::case("\"Water main\" OR flood", "flood OR \"water main\"", true)]
#[case::near("brown NEAR/4 water", "water NEAR/4 brown", true)]
#[case::near_in_order("brown NEAR/4f water", "water NEAR/4f brown", false)]
#[case::exactly("{IT}", "{It}", false)]
#[case::not("water -sale", "water sale", false)]
fn rules_that_ask_for_the_same_are_told(#[case] first: &str, #[case] second: &str, #[case] same: bool) {
    let group = |id: &str, rule: &str| {
        format!("[[stakeholder]]\nid = \"{id}\"\nkind = \"media\"\nname = \"N\"\nmatch = '{rule}'\n")
    };
    let plan = format!("[organization]\nname = \"A\"\n{}{}", group("one", first), group("two", second));
    assert_eq!(told(&plan, "2026-11-22T12:00:00Z", Lang::En).contains("FD066"), same);
}
