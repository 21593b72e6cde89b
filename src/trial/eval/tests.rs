use chrono::{DateTime, Utc};
use rstest::rstest;

use super::labels::{Task, UnknownLabel, evaluate};
use super::order::{Graded, crisislex_gain, ndcg};
use super::table::Table;
use super::{Copies, Scores, copies, gold, order, silent_plan};
use crate::plan::Plan;
use crate::plan::fixtures::plan;

fn at() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

fn silent() -> Plan {
    silent_plan().expect("the plan that says nothing loads")
}

fn scores(task: Task, file: &str, positive: &[String]) -> Result<Scores, UnknownLabel> {
    let table = Table::read(file).expect("a table");
    let rows = table.labelled(table.label_column(task.token()), table.text_column());
    evaluate(task, &rows, positive, (&silent(), at())).map(|(scores, _)| scores)
}

#[rstest]
#[case::words("fr\tMerci pour le déneigement de ma rue\nen\tThank you for plowing our street\n")]
#[case::names("French\tMerci pour le déneigement de ma rue\nEnglish\tThank you for plowing our street\n")]
fn languages_are_read_in_any_spelling(#[case] file: &str) {
    let scores = scores(Task::Language, file, &[]).expect("reads");
    assert_eq!((scores.count(), scores.accuracy()), (2, Some(1.0)));
}

#[test]
fn numbers_mean_what_every_label_of_the_table_allows() {
    let expected = |file: &str| {
        let scores = scores(Task::Sentiment, file, &[]).expect("reads");
        scores.by_class().iter().map(|class| class.expected).collect::<Vec<_>>()
    };
    assert_eq!(expected("0\ta b\n1\ta b\n2\ta b\n2\ta b\n"), [1, 1, 2]);
    assert_eq!(expected("-1\ta b\n0\ta b\n1\ta b\n1\ta b\n"), [1, 1, 2]);
    let davidson = scores(Task::Offensive, "0\ta b\n1\ta b\n2\ta b\n", &[]).expect("reads");
    assert_eq!(davidson.by_class()[1].expected, 2);
}

#[test]
fn a_label_nobody_knows_is_told_with_its_line() {
    let error = scores(Task::Question, "yes\tis it safe\nmaybe\tis it\n", &[]).expect_err("is refused");
    assert_eq!((error.line, error.label.as_str()), (2, "maybe"));
    let positive = ["maybe".to_owned()];
    let scores = scores(Task::Question, "yes\tis it safe\nmaybe\tis it safe\n", &positive).expect("reads");
    assert_eq!(scores.matrix(), [[0, 1], [0, 1]], "only the named label means yes");
}

#[test]
fn of_several_labels_the_gravest_counts() {
    let scores = scores(Task::Offensive, "abusive_normal\ta b\nnormal\ta b\n", &[]).expect("reads");
    assert_eq!(scores.by_class().iter().map(|class| class.expected).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn the_best_order_has_the_whole_gain() {
    assert!((ndcg(&[3, 2, 1, 0]) - 1.0).abs() < 1e-9);
    // Worked by hand: (1/log2(2) + 3/log2(3)) / (3/log2(2) + 1/log2(3)).
    assert!((ndcg(&[1, 3]) - 0.796_7).abs() < 1e-3, "{}", ndcg(&[1, 3]));
    assert!((ndcg(&[0, 0]) - 1.0).abs() < 1e-9, "no order of nothing is wrong");
    assert_eq!(crisislex_gain("Caution and advice", "Related and informative"), 3);
    assert_eq!(crisislex_gain("Caution and advice", "Related - but not informative"), 1);
}

#[test]
fn events_are_graded_apart() {
    let post = |event, gain, text: &'static str| Graded { line: 1, event, gain, text: text.into() };
    let posts = [post("flood", 3, "The dike broke"), post("fire", 0, "Nice view"), post("flood", 0, "lol")];
    let events = order::evaluate(&posts, &silent(), at());
    assert_eq!(
        events.iter().map(|event| (&*event.event, event.posts)).collect::<Vec<_>>(),
        [("flood", 2), ("fire", 1)]
    );
}

#[test]
fn a_post_alone_is_no_cluster() {
    let table = Table::read("1\tThe water on Elm is brown\n2\tThe pool is closed until March\n").expect("a table");
    let Copies { pairs, posts, clusters } = copies::evaluate(&table.labelled(0, 1), &silent(), at());
    assert_eq!((pairs.right, pairs.wrong, pairs.missed, posts, clusters), (0, 0, 0, 2, 0));
}

#[test]
fn gold_leaves_out_what_is_disputed() {
    let plan = plan(
        "[organization]\nname = \"Alder Bay\"\nlanguages = [\"en\", \"fr\"]\n\
         [[initiative]]\nid = \"water\"\ntitle = \"Water\"\nmatch = 'water'\n",
    );
    let line = |disputed: &str| {
        format!(
            "{{\"id\":\"1\",\"text\":\"Is the water safe?\",\"labels\":{{\"relevant\":true,\"initiatives\":[\"water\"],\
             \"sentiment\":\"neu\",\"hostility\":0,\"question\":true,\"request\":false,\"urgency\":2,\"lang\":\"en\"}},\
             \"disputed\":[{disputed}]}}\n"
        )
    };
    let agreed = gold::Gold::of(&line(""), &plan, at()).expect("reads");
    assert_eq!((agreed.initiatives.right, agreed.asks_english.right, agreed.relevant.right), (1, 1, 1));
    let disputed = gold::Gold::of(&line("\"initiatives\",\"question\""), &plan, at()).expect("reads");
    assert_eq!((disputed.initiatives.right, disputed.asks_english.right, disputed.relevant.right), (0, 0, 1));
    let error = gold::Gold::of("{}\n", &plan, at()).expect_err("is refused");
    assert_eq!(error.line, 1);
}
