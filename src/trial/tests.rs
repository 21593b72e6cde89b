//! Tests, cover and comparison on small plans; the words are held in snapshots.

use chrono::{DateTime, Utc};
use rstest::rstest;

use super::*;
use crate::locale::{Lang, Locale};
use crate::mention::{Id, Mention, RawItem};
use crate::pipeline::normalise;
use crate::plan::{Part, Plan, fixtures};

const PLAN: &str = include_str!("tests/plan.toml");

fn with_tests(tests: &str) -> Plan {
    fixtures::plan(&format!("{PLAN}{tests}"))
}

fn now() -> DateTime<Utc> {
    "2026-11-20T20:00:00Z".parse().expect("a moment")
}

fn run(plan: &Plan) -> Vec<Trial<'_>> {
    let mut trials = Trials::new(plan, now());
    plan.tests.iter().map(|case| trials.run(case)).collect()
}

/// What fails of the one test, by part.
fn failing(test: &str) -> Vec<(Part, Vec<Cause>)> {
    let plan = with_tests(&format!("[[test]]\n{test}\n"));
    run(&plan).remove(0).failures.into_iter().map(|failure| (failure.part, failure.why)).collect()
}

fn mention(text: &str) -> Mention {
    let mut item = RawItem::new(Id::from("inbox"), text, now());
    item.native_id = Some(text.replace(' ', "-"));
    normalise(item)
}

#[test]
fn every_key_of_a_test_can_hold() {
    let plan = with_tests(include_str!("tests/passing.toml"));
    for trial in run(&plan) {
        assert!(trial.passed(), "{}: {:#?}", trial.case.at, trial.failures);
    }
}

const PARTS: &str = include_str!("tests/parts.toml");

#[rstest]
#[case::place("water on elm street", "places = [\"elm\"]")]
#[case::place_elsewhere("water on elm street, Idaho", "relevant = false, places = []")]
#[case::rumour("is there lead in the water?", "rumours = [\"R-lead\"], only = true")]
#[case::templates("thanks for the pool", "templates = [\"T-thanks\", \"T-pool\"], only = true")]
#[case::clause("you idiots, the pool is closed", "clauses = [\"C-insult\"], not = { protocols = [\"P-threat\"] }")]
#[case::protocol("we know where you live", "protocols = [\"P-threat\"], priority = \"P1\"")]
fn the_later_parts_can_be_expected(#[case] text: &str, #[case] expect: &str) {
    let plan = with_tests(&format!("{PARTS}[[test]]\ntext = \"{text}\"\nexpect = {{ {expect} }}\n"));
    let trial = run(&plan).remove(0);
    assert!(trial.passed(), "{:#?}", trial.failures);
}

#[rstest]
#[case::place("water on elm street, Idaho", "places = [\"elm\"]", "elm.match held, elm.not against")]
#[case::rumour("the pool", "rumours = [\"R-lead\"]", "R-lead.match silent")]
#[case::template("the water", "templates = [\"T-pool\"]", "pool not there, pool.match silent")]
#[case::template_there("the pool", "templates = []", "pool there, pool.match held")]
#[case::clause("the pool", "clauses = [\"C-insult\"]", "C-insult.match silent")]
#[case::protocol("know where you live", "protocols = []", "P-threat.match held")]
#[case::not_about_us("lead in Montana water", "rumours = [\"R-lead\"]", "R-lead.match held, elsewhere.match against")]
fn the_later_parts_have_causes(#[case] text: &str, #[case] expect: &str, #[case] told: &str) {
    let plan = with_tests(&format!("{PARTS}[[test]]\ntext = \"{text}\"\nexpect = {{ {expect} }}\n"));
    let failures = run(&plan).remove(0).failures;
    let cause = |cause: &Cause| match cause {
        Cause::Silent { rule, .. } => format!("{rule} silent"),
        Cause::Held { rule, .. } => format!("{rule} held"),
        Cause::Against { rule, .. } => format!("{rule} against"),
        Cause::Through { initiative, there: true, .. } => format!("{initiative} there"),
        Cause::Through { initiative, there: false, .. } => format!("{initiative} not there"),
        other => format!("{other:?}"),
    };
    let causes: Vec<String> = failures.iter().flat_map(|failure| &failure.why).map(cause).collect();
    assert_eq!(causes.join(", "), told);
}

#[rstest]
#[case::may_be_copied("2026-11-20", "the water", "replies = [\"KM-1\"]", "")]
#[case::a_line("2026-11-20", "lead in the water", "replies = [\"R-lead\", \"KM-1\"]", "")]
#[case::expired("2027-03-02", "the water", "replies = [\"KM-1\"]", "blocked KM-1")]
#[case::suspended("2026-11-20", "water, we know where you live", "replies = [\"KM-1\"]", "blocked KM-1")]
#[case::not_there("2026-11-20", "hello", "replies = [\"T-thanks\"]", "T-thanks.match silent, T-thanks not offered")]
#[case::not_wanted("2026-11-20", "thanks", "not = { replies = [\"T-thanks\"] }", "T-thanks.match held")]
fn what_may_be_copied_depends_on_the_moment(
    #[case] day: &str,
    #[case] text: &str,
    #[case] expect: &str,
    #[case] told: &str,
) {
    let dated = PLAN.replace("approved_by = \"M. Chan\"", "approved_by = \"M. Chan\"\nexpires_at = 2027-03-01");
    let test = format!("[[test]]\ntext = \"{text}\"\nat = {day}\nexpect = {{ {expect} }}\n");
    let plan = fixtures::plan(&format!("{dated}{PARTS}{test}"));
    let failures = run(&plan).remove(0).failures;
    let cause = |cause: &Cause| match cause {
        Cause::Silent { rule, .. } => format!("{rule} silent"),
        Cause::Held { rule, .. } => format!("{rule} held"),
        Cause::Blocked { id, .. } => format!("blocked {id}"),
        Cause::NotOffered { id, .. } => format!("{id} not offered"),
        other => format!("{other:?}"),
    };
    let causes: Vec<String> = failures.iter().flat_map(|failure| &failure.why).map(cause).collect();
    assert_eq!(causes.join(", "), told);
}

/// What is told of a mention rests on asking the rules again: they must answer as they did for the assessment.
#[test]
fn rules_asked_again_answer_the_same() {
    let plan = with_tests(PARTS);
    let texts = [
        "is there lead in the water on elm street?",
        "thanks, the pool is lovely lol",
        "gas! we know where you live, idiots",
    ];
    for text in texts {
        let examined = examine::Examiner::default().examine(&mention(text), &plan);
        let (found, walk) = (&examined.assessment, examined.walk());
        assert_eq!(
            (&walk.path, walk.outcome.map(|outcome| &outcome.id)),
            (&found.path, found.suggested.as_ref()),
            "{text}"
        );
        let hits = found.initiatives.iter().chain(&found.protocols).chain(&found.clauses).chain(&found.rumours);
        for hit in hits.chain(found.places.iter().map(|place| &place.hit)) {
            let fired = examined.fired.iter().find(|fired| fired.rule.name == hit.rule);
            assert_eq!(fired.map(|fired| &fired.spans), Some(&hit.spans), "{text}: {}", hit.rule);
        }
        let points = |name: &str| found.priority.reasons.iter().any(|reason| reason.name() == name);
        let held = examined.fired.iter().any(|fired| &*fired.rule.name == "question.match");
        assert_eq!(points("question"), held, "{text}");
        assert_eq!(found.priority.cap.is_some(), examined.fired.iter().any(|fired| &*fired.rule.name == "joke.match"));
    }
}

#[test]
fn what_fails_names_the_rule_and_its_place() {
    let told = failing(
        "text = \"the pool is brown\"\nexpect = { initiatives = [\"water\"], not = { initiatives = [\"pool\"] } }",
    );
    let [(Part::Initiatives, missing), (Part::Initiatives, there)] = &told[..] else { panic!("{told:#?}") };
    assert!(
        matches!(&missing[..], [Cause::Silent { rule, .. }, Cause::Silent { .. }] if &**rule == "water.match"),
        "{told:#?}"
    );
    assert!(
        matches!(&there[..], [Cause::Held { rule, words, .. }] if &**rule == "pool.match" && words == &["pool"]),
        "{told:#?}"
    );
}

#[test]
fn what_a_criterion_takes_away_says_so() {
    let told =
        failing("text = \"water main in Montana\"\nexpect = { initiatives = [\"water\"], messages = [\"KM-1\"] }");
    let [(Part::Initiatives, water), (Part::Messages, message)] = &told[..] else { panic!("{told:#?}") };
    assert!(
        matches!(&water[..], [Cause::Held { .. }, Cause::Silent { .. }, Cause::Against { words, .. }] if words == &["Montana"]),
        "{told:#?}"
    );
    assert!(matches!(&message[..], [Cause::Through { there: false, .. }, ..]), "{told:#?}");
}

#[test]
fn a_test_is_judged_at_its_own_moment() {
    let later = "text = \"water main\"\nat = 2027-02-01T09:00:00-08:00\nexpect = { priority = \"P4\" }";
    assert_eq!(failing(later), [], "the initiative is over and adds no posture");
    assert_eq!(failing(&later.replace("2027", "2026")).len(), 1);
}

#[test]
fn cover_names_what_no_test_touches() {
    let tests = "[[test]]\ntext = \"is the water safe?\"\nexpect = { relevant = true }\n";
    let plan = with_tests(tests);
    let mut cover = Cover::default();
    assert_eq!(cover.report(&plan).rules.touched, 0);
    for trial in run(&plan) {
        cover.add(&trial);
    }
    let report = cover.report(&plan);
    let untouched: Vec<&str> = report.untouched.iter().map(|rule| &*rule.rule).collect();
    assert!(untouched.contains(&"pool.match") && !untouched.contains(&"water.match"), "{untouched:?}");
    assert_eq!(report.rules.of, plan.match_rules.table.len() + plan.verdict_rules.table.len());
    assert_eq!(report.rules.of - report.rules.touched, report.untouched.len());
    assert_eq!(report.kinds.iter().map(|kind| kind.share.of).sum::<usize>(), report.rules.of);
    let outcomes: Vec<&str> = report.unreached.iter().map(|outcome| &*outcome.id).collect();
    assert_eq!(outcomes, ["escalate", "thank", "leave"], "what only a person can choose is not asked for");
    assert!(report.untaken.iter().any(|branch| (&*branch.step, branch.yes) == ("safety", true)), "{report:#?}");
}

#[test]
fn a_changed_plan_shows_what_it_does_and_p1_comes_first() {
    let old = fixtures::plan(PLAN);
    let new = fixtures::plan(
        &PLAN.replace("match = \"gas\"", "match = \"gas OR pool\"").replace("match = \"Montana\"", "match = \"Idaho\""),
    );
    let mentions = ["water main in Montana", "the pool is closed", "hello", "smell of gas"].map(mention);
    let impact = impact(&old, &new, &mentions);
    assert_eq!((impact.mentions, impact.changed), (4, 2));
    assert_eq!((impact.urgent, impact.relevant), (Moves { gained: 1, lost: 0 }, Moves { gained: 1, lost: 0 }));
    assert_eq!(impact.levels.iter().flatten().sum::<usize>(), 4);
    assert_eq!(impact.moves["initiatives"][&Id::from("water")], Moves { gained: 1, lost: 0 });
    let order: Vec<&str> = impact.examples.iter().map(|example| &*example.text).collect();
    assert_eq!(order, ["the pool is closed", "water main in Montana"]);
    let priority = &impact.examples[0].changes[0];
    assert_eq!((priority.part, &*priority.after), (Part::Priority, &["P1".into()][..]));
    assert!(
        matches!(&priority.made_by[..], [Maker { side: Side::After, why: Cause::Floor { name, .. } }] if &**name == "danger"),
        "{priority:#?}"
    );
    let relevant = impact.examples[1].changes.iter().find(|change| change.part == Part::Relevant).expect("it changed");
    assert!(
        matches!(&relevant.made_by[..], [Maker { side: Side::Before, why: Cause::Against { .. } }]),
        "{relevant:#?}"
    );
}

#[test]
fn the_same_plan_changes_nothing_and_few_examples_are_kept() {
    let (old, new) =
        (fixtures::plan(PLAN), fixtures::plan(&PLAN.replace("match = \"gas\"", "match = \"gas OR pool\"")));
    let mentions: Vec<Mention> = (0..50).map(|number| mention(&format!("pool number {number}"))).collect();
    assert!(impact(&old, &fixtures::plan(&format!("# moved\n{PLAN}")), &mentions).is_none());
    let impact = impact(&old, &new, &mentions);
    assert_eq!((impact.changed, impact.examples.len()), (50, diff::EXAMPLES));
    assert_eq!(impact.examples[0].text, "pool number 0", "of equals the first are kept");
}

#[rstest]
#[case::en(Lang::En)]
#[case::fr(Lang::Fr)]
fn failing_tests_are_told_in_full(#[case] lang: Lang) {
    let locale = Locale::new(lang);
    let plan = with_tests(include_str!("tests/failing.toml"));
    let trials = run(&plan);
    let mut lines: Vec<String> = trials.iter().flat_map(|trial| wording::failed(trial, &locale)).collect();
    let failed = trials.iter().filter(|trial| !trial.passed()).count();
    lines.push(wording::summary(trials.len() - failed, failed, &locale));
    lines.push(wording::summary(3, 0, &locale));
    lines.extend(wording::no_tests(&plan, &locale));
    assert_eq!(failed, trials.len(), "each of them fails");
    insta::assert_snapshot!(format!("failing_{}", lang.code()), lines.join("\n"));
}

#[rstest]
#[case::en(Lang::En)]
#[case::fr(Lang::Fr)]
fn the_cover_is_told_in_full(#[case] lang: Lang) {
    let plan = with_tests(include_str!("tests/passing.toml"));
    let mut cover = Cover::default();
    for trial in run(&plan) {
        cover.add(&trial);
    }
    let lines = wording::cover(&cover.report(&plan), &Locale::new(lang));
    insta::assert_snapshot!(format!("cover_{}", lang.code()), lines.join("\n"));
}

#[rstest]
#[case::en(Lang::En)]
#[case::fr(Lang::Fr)]
fn a_changed_plan_is_told_in_full(#[case] lang: Lang) {
    let locale = Locale::new(lang);
    let changed = [
        ("match = \"gas\"", "match = \"gas OR pool\""),
        ("match = \"Montana\"", "match = \"Idaho\""),
        ("id = \"pool\"\n", "id = \"lions\"\n"),
        ("points = 8", "points = 50"),
        ("weight = 12\n", ""),
    ];
    let new = changed.iter().fold(PLAN.to_owned(), |plan, (from, to)| plan.replace(from, to));
    let (old, new) = (fixtures::plan(PLAN), fixtures::plan(&new));
    let mut by_reporter = mention("newsroom here");
    by_reporter.author.handle = Some("sentinel".to_owned());
    let texts = ["water main in Montana", "the pool is closed", "hello", "smell of gas", "is the water safe?"];
    let mentions: Vec<Mention> = texts.into_iter().map(mention).chain([by_reporter]).collect();
    let mut lines: Vec<String> =
        plan_changes(&old, &new).iter().flat_map(|change| wording::plan_change(change, &locale)).collect();
    let impact = impact(&old, &new, &mentions);
    lines.extend(wording::impact(&impact, &locale));
    for example in &impact.examples {
        lines.push(format!("{}  {}", example.id, example.text));
        lines.extend(wording::example(example, &locale));
    }
    insta::assert_snapshot!(format!("diff_{}", lang.code()), lines.join("\n"));
}

#[test]
fn hostile_words_are_safe_to_show() {
    let tests = "[[test]]\ntext = \"water\\u202e \\u001b[31m\\u0007 pool\"\nexpect = { relevant = false, initiatives = [\"pool\"], priority = \"P1\", only = true }\n";
    let named = PLAN
        .replace("name = \"question\"", "name = \"que\\u202estion\\u001b\"")
        .replace("match = \"is:question\"", "match = \"water\"");
    let plan = fixtures::plan(&format!("{named}{tests}"));
    for lang in [Lang::En, Lang::Fr] {
        let locale = Locale::new(lang);
        let trial = run(&plan).remove(0);
        let mut told = wording::failed(&trial, &locale).join("\n");
        told.push_str(&serde_json::to_string(&trial.failures).expect("serialises"));
        let new = fixtures::plan(&PLAN.replace("gas", "pool"));
        let impact = impact(&plan, &new, [&trial.mention]);
        told.extend(impact.examples.iter().flat_map(|example| wording::example(example, &locale)));
        told.push_str(&serde_json::to_string(&impact).expect("serialises"));
        assert!(told.contains("que⟨U+202E⟩stion␛"), "{told}");
        assert!(!told.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{told:?}");
    }
}
