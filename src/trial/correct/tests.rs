use chrono::{DateTime, Utc};
use rstest::rstest;

use super::patch::apply;
use super::*;
use crate::mention::{Mention, RawItem};
use crate::pipeline::{assess, normalise};
use crate::plan;
use crate::trial::account::why;
use crate::trial::run::Trials;

const PLAN: &str = r#"# Ours.
[organization]
name = "Alder Bay"
time_zone = "America/Vancouver"

[[initiative]]
id = "water"
title = "Water"   # the main one
posture = "crisis"
match = '''
"water main"
OR (brown NEAR/2 water)
'''

[[initiative]]
id = "pool"
title = "Pool"
match = "\"lions pool\""

[[criterion]]
id = "elsewhere"
verdict = "not_relevant"
match = 'springfield illinois'

[[stakeholder]]
id = "media"
kind = "media"
name = "Media"
handles = ["@sentinel"]
weight = 40

[[message]]
id = "KM-1"
text = "Boil it."
match = 'boil'
status = "approved"
"#;

const TESTS: &str = "[[test]]\ntext = \"water main\"\nexpect = { initiatives = [\"water\"] }";

fn files() -> Vec<(String, String)> {
    vec![("plan.toml".to_owned(), PLAN.to_owned()), ("tests.toml".to_owned(), TESTS.to_owned())]
}

fn load(files: Vec<(String, String)>) -> Plan {
    plan::from_files(files).map_or_else(|errors| panic!("{errors:?}"), |(plan, _)| plan)
}

fn now() -> DateTime<Utc> {
    "2026-11-20T20:00:00Z".parse().expect("an instant")
}

fn said(text: &str, handle: Option<&str>) -> Mention {
    let mut item = RawItem::new(Id::from("inbox"), text, now());
    item.author.handle = handle.map(str::to_owned);
    normalise(item)
}

/// The patch for a term, and the plan after it.
fn corrected(mention: &Mention, wrong: &Wrong, term: Option<&str>) -> (String, Plan) {
    let plan = load(files());
    let assessment = assess(mention, &plan);
    let account = why(mention, &assessment, &plan, now());
    let proposal = propose(&account, wrong, &targets(&account, wrong), term);
    assert_eq!(proposal.edits_rule, term.is_some());
    let before = |name: &str| {
        let found = files().into_iter().find(|(known, _)| known == name);
        Ok::<_, PatchError>(found.map(|(_, text)| text).unwrap_or_default())
    };
    let patched = apply(&proposal.patch, before).expect("its own patch applies");
    let mut after = files();
    for Patched { name, text } in patched {
        after.retain(|(known, _)| *known != name);
        after.push((name, text));
    }
    (proposal.patch, load(after))
}

#[rstest]
#[case::not_relevant("the water main in Springfield IL broke", Wrong::Relevant, "\"Springfield IL\"")]
#[case::another("lions in the swimming pool", Wrong::Missed("pool".into()), "\"swimming pool\"")]
#[case::set_aside("the water main of springfield and illinois street", Wrong::Missed("water".into()), "\"illinois street\"")]
#[case::not_that_one("brown bottled water", Wrong::Initiative("water".into()), "bottled")]
#[case::message("the water main, is it safe to drink", Wrong::Message("KM-1".into()), "drink")]
fn a_saved_correction_makes_its_own_test_pass(#[case] text: &str, #[case] wrong: Wrong, #[case] term: &str) {
    let (patch, plan) = corrected(&said(text, None), &wrong, Some(term));
    let mut trials = Trials::new(&plan, now());
    for test in &plan.tests {
        let trial = trials.run(test);
        assert!(trial.passed(), "{patch}\n{:?}", trial.failures);
    }
    assert_eq!(plan.tests.len(), 2);
}

#[rstest]
#[case::literal("'kayak'")]
#[case::basic(r#""kayak""#)]
#[case::literal_lines("'''\nkayak\n'''")]
#[case::basic_lines("\"\"\"\nkayak\n\"\"\"")]
#[case::lines_that_are_joined("\"\"\"\\\n  kayak OR \\\n  canoe \\\n  \"\"\"")]
#[case::nothing_but_blanks_after_it("\"\"\"kayak\\\n\"\"\"")]
fn a_term_fits_into_every_kind_of_string(
    #[case] string: &str,
    #[values("can't", "\"can't swim\"", "river")] term: &str,
) {
    let text =
        format!("[organization]\nname = \"A\"\n[[initiative]]\nid = \"boats\"\ntitle = \"B\"\nmatch = {string}\n");
    let plan = load(vec![("plan.toml".to_owned(), text.clone())]);
    for (how, wanted) in [(How::Add, true), (How::Exclude, false)] {
        let target = Target { rule: &plan.initiatives[0].rule, how, spans: Vec::new() };
        let mut files = patch::Files::of(&plan.sources);
        assert!(literal::change(&mut files, &target, term), "{string}");
        let changed = files.text("plan.toml").expect("it is there").to_owned();
        let after = load(vec![("plan.toml".to_owned(), changed.clone())]);
        let (mine, said) = (
            said("my kayak", None),
            said(if wanted { "he can't swim the river" } else { "a kayak: he can't swim the river" }, None),
        );
        assert_eq!(assess(&said, &after).relevant, wanted, "{changed}");
        assert!(assess(&mine, &after).relevant, "{changed}");
    }
}

#[test]
fn a_rule_changes_inside_its_string_and_nowhere_else() {
    let (patch, _) =
        corrected(&said("the water main in Springfield IL broke", None), &Wrong::Relevant, Some("\"Springfield IL\""));
    insta::assert_snapshot!("not_relevant", patch);
    let (patch, _) =
        corrected(&said("lions in the swimming pool", None), &Wrong::Missed("pool".into()), Some("\"swimming pool\""));
    insta::assert_snapshot!("missed", patch);
}

#[rstest]
#[case::quotes("a \"water main\" \\ broke\nhere = 'x' '''")]
#[case::a_table("water main\n[[initiative]]\nid = \"x\"")]
#[case::marks("water main \u{202e}\u{1b}[2J\u{7f}")]
fn the_text_of_a_mention_is_only_ever_a_string(#[case] text: &str) {
    let mention = said(text, None);
    let (patch, plan) = corrected(&mention, &Wrong::Priority(Level::P1), None);
    assert_eq!(plan.tests.last().map(|test| &test.text), Some(&mention.text));
    assert_eq!(plan.initiatives.len(), 2);
    assert!(patch.chars().all(|c| c == '\n' || !c.is_control()), "{patch:?}");
}

#[rstest]
#[case::the_words_are_enough("water main", None, false)]
#[case::the_author_decides("water main", Some("sentinel"), true)]
#[case::the_author_does_not_matter("water main", Some("ana"), false)]
fn the_author_is_named_only_where_it_matters(#[case] text: &str, #[case] handle: Option<&str>, #[case] named: bool) {
    let (patch, _) = corrected(&said(text, handle), &Wrong::Priority(Level::P1), None);
    assert_eq!(patch.contains("handle ="), named, "{patch}");
}

#[rstest]
#[case::a_town_with_its_state(
    "The water main in Springfield IL broke",
    "water main",
    How::Exclude,
    "\"Springfield IL\""
)]
#[case::a_neighbour("my water pistol leaks", "water", How::Exclude, "\"water pistol\"")]
#[case::a_hashtag("look #BrownTaps again", "", How::Add, "#BrownTaps")]
#[case::two_words("so the sewer overflow again", "", How::Add, "\"sewer overflow\"")]
fn the_likeliest_term_comes_first(#[case] text: &str, #[case] matched: &str, #[case] how: How, #[case] first: &str) {
    let start = text.find(matched).expect("it stands there");
    let span = start..start + matched.len();
    let spans: Vec<Span> = std::iter::once(span).filter(|span| !span.is_empty()).collect();
    assert_eq!(terms(text, &spans, how).first().map(String::as_str), Some(first));
}

const PATCH: &str = "# A remark.\n\n--- a.toml\n+++ a.toml\n@@ -1,2 +1,3 @@\n one\n two\n+three\n";

fn applied(patch: &str) -> Result<Vec<Patched>, PatchError> {
    apply(patch, |_| Ok("one\ntwo\n".to_owned()))
}

#[test]
fn a_person_may_edit_the_patch() {
    let text = |patch: &str| applied(patch).map(|patched| patched[0].text.clone());
    assert_eq!(text(PATCH).as_deref(), Ok("one\ntwo\nthree\n"));
    assert_eq!(text(&PATCH.replace("+three\n", "+three\n+four\n")).as_deref(), Ok("one\ntwo\nthree\nfour\n"));
    assert_eq!(text(&PATCH.replace("+three\n", "")).as_deref(), Ok("one\ntwo\n"));
    let twice = format!("{PATCH}--- a.toml\n+++ a.toml\n@@ -1,1 +1,2 @@\n+zero\n one\n");
    assert_eq!(text(&twice).as_deref(), Ok("zero\none\ntwo\nthree\n"));
}

#[rstest]
#[case::emptied("", PatchError::Empty)]
#[case::only_remarks("# A remark.\n\n", PatchError::Empty)]
#[case::no_patch("hello", PatchError::Unreadable)]
#[case::another_place(&PATCH.replace("a.toml", "../a.toml"), PatchError::NotAPlanFile("../a.toml".to_owned()))]
#[case::another_file(&PATCH.replace("a.toml", "a.sh"), PatchError::NotAPlanFile("a.sh".to_owned()))]
#[case::another_text(&PATCH.replace(" two", " zwei"), PatchError::DoesNotApply("a.toml".to_owned()))]
fn what_does_not_fit_is_not_applied(#[case] patch: &str, #[case] expected: PatchError) {
    assert_eq!(applied(patch), Err(expected));
}
