//! The figures of an evaluation, as lines for a person and as JSON.

use serde::Serialize;

use crate::locale::Locale;
use crate::text::clean_line;
use crate::text::width::width;
use crate::tr;
use crate::trial::eval::bursts::Bursts;
use crate::trial::eval::copies::Copies;
use crate::trial::eval::gold::Gold;
use crate::trial::eval::labels::Mistake;
use crate::trial::eval::order::Ordered;
use crate::trial::eval::score::{ClassScores, Scores, Tally};

/// A table as lines: the first column left, the others right.
fn table(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
    let widths: Vec<usize> = (0..columns).map(|column| widest(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(at, cell)| {
            let pad = " ".repeat(widths[at].saturating_sub(width(cell)));
            if at == 0 { format!("{cell}{pad}") } else { format!("{pad}{cell}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// Three places behind the point; `–` where there was nothing to measure.
fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
}

/// The figures of a task of one label a text.
pub(super) fn labels(task: &str, scores: &Scores, wrong: &[Mistake], locale: &Locale) -> Vec<String> {
    let word = |name: &str| locale.text(name);
    let mut lines = vec![tr!(locale, "eval-title", task = task, count = scores.count())];
    lines.extend(table(&[
        vec![word("eval-accuracy"), figure(scores.accuracy())],
        vec![word("eval-macro-f1"), figure(scores.macro_f1())],
        vec![word("eval-macro-recall"), figure(scores.macro_recall())],
        vec![word("eval-calibration"), figure(scores.calibration.error())],
    ]));
    lines.push(String::new());
    let head = ["eval-class", "eval-expected", "eval-precision", "eval-recall", "eval-f1"].map(word).to_vec();
    let classes = scores.by_class();
    let row = |class: &ClassScores| {
        let figures = [class.precision, class.recall, class.f1].map(figure);
        [class.class.to_owned(), class.expected.to_string()].into_iter().chain(figures).collect()
    };
    lines.extend(table(&std::iter::once(head).chain(classes.iter().map(row)).collect::<Vec<Vec<String>>>()));
    lines.push(String::new());
    lines.push(word("eval-matrix"));
    lines.extend(matrix(scores));
    if scores.calibration.error().is_some() {
        lines.push(String::new());
        lines.extend(calibration(scores, locale));
    }
    if !wrong.is_empty() {
        lines.push(String::new());
        lines.push(word("eval-mistakes"));
        lines.extend(wrong.iter().map(mistake));
    }
    lines
}

fn matrix(scores: &Scores) -> Vec<String> {
    let head = std::iter::once(String::new()).chain(scores.classes().iter().map(|class| (*class).to_owned()));
    let row = |(class, counts): (&&str, &Vec<usize>)| {
        std::iter::once((*class).to_owned()).chain(counts.iter().map(usize::to_string)).collect()
    };
    let rows = scores.classes().iter().zip(scores.matrix()).map(row);
    table(&std::iter::once(head.collect()).chain(rows).collect::<Vec<Vec<String>>>())
}

fn calibration(scores: &Scores, locale: &Locale) -> Vec<String> {
    let head = ["eval-shown", "eval-right", "eval-count"].map(|name| locale.text(name)).to_vec();
    let row =
        |(count, shown, right): (usize, f64, f64)| vec![figure(Some(shown)), figure(Some(right)), count.to_string()];
    table(&std::iter::once(head).chain(scores.calibration.bins().map(row)).collect::<Vec<_>>())
}

fn mistake(mistake: &Mistake) -> String {
    let Mistake { line, expected, said, confidence, text } = mistake;
    let sure = confidence.map_or_else(String::new, |confidence| format!(" {} %", confidence.as_percent()));
    format!("{line}: {expected} → {said}{sure}: {}", clean_line(text))
}

/// The figures of near-copies.
pub(super) fn copies(copies: &Copies, locale: &Locale) -> Vec<String> {
    let pairs = copies.pairs;
    let mut lines = vec![tr!(locale, "eval-copies-title", posts = copies.posts, clusters = copies.clusters)];
    lines.extend(table(&[
        vec![locale.text("eval-f1"), figure(pairs.f1())],
        vec![locale.text("eval-precision"), figure(pairs.precision())],
        vec![locale.text("eval-recall"), figure(pairs.recall())],
        vec![locale.text("eval-pairs-right"), pairs.right.to_string()],
        vec![locale.text("eval-pairs-wrong"), pairs.wrong.to_string()],
        vec![locale.text("eval-pairs-missed"), pairs.missed.to_string()],
    ]));
    lines
}

/// The figures of orders, and their means over the events.
pub(super) fn order(events: &[Ordered], locale: &Locale) -> Vec<String> {
    let head = ["eval-event", "eval-posts", "eval-order-model", "eval-order-desk", "eval-order-random"];
    let mut rows = vec![head.map(|name| locale.text(name)).to_vec()];
    let row = |name: String, posts: usize, figures: [f64; 3]| {
        let figures = figures.map(|value| figure(Some(value)));
        [name, posts.to_string()].into_iter().chain(figures).collect::<Vec<_>>()
    };
    for event in events {
        rows.push(row(clean_line(&event.event).into_owned(), event.posts, [event.model, event.desk, event.random]));
    }
    let posts = events.iter().map(|event| event.posts).sum();
    rows.push(row(locale.text("eval-mean"), posts, means(events)));
    let mut lines = vec![locale.text("eval-order-title")];
    lines.extend(table(&rows));
    lines
}

fn means(events: &[Ordered]) -> [f64; 3] {
    let mean = |of: fn(&Ordered) -> f64| events.iter().map(of).sum::<f64>() / events.len().max(1) as f64;
    [mean(|event| event.model), mean(|event| event.desk), mean(|event| event.random)]
}

/// The figures of a town's posts.
pub(super) fn gold(gold: &Gold, locale: &Locale) -> Vec<String> {
    let head = ["eval-quantity", "eval-f1", "eval-precision", "eval-recall"].map(|name| locale.text(name)).to_vec();
    let tallies = tallies(gold).map(|(name, tally)| {
        let figures = [tally.f1(), tally.precision(), tally.recall()].map(figure);
        std::iter::once(locale.text(&format!("eval-gold-{name}"))).chain(figures).collect::<Vec<_>>()
    });
    let mut lines = vec![tr!(locale, "eval-gold-title", count = gold.posts)];
    lines.extend(table(&std::iter::once(head).chain(tallies).collect::<Vec<_>>()));
    lines.push(String::new());
    let shares = shares(gold).map(|(name, share)| vec![locale.text(&format!("eval-gold-{name}")), figure(share)]);
    lines.extend(table(&shares));
    lines
}

fn tallies(gold: &Gold) -> [(&'static str, Tally); 6] {
    [
        ("hostility", gold.hostility),
        ("threat", gold.threat),
        ("asks-english", gold.asks_english),
        ("asks-french", gold.asks_french),
        ("initiatives", gold.initiatives),
        ("relevant", gold.relevant),
    ]
}

fn shares(gold: &Gold) -> [(&'static str, Option<f64>); 5] {
    [
        ("sentiment", gold.sentiment.fraction()),
        ("language", gold.language.fraction()),
        ("now", gold.now.fraction()),
        ("ignored", gold.ignored.fraction()),
        ("calibration", gold.calibration.error()),
    ]
}

/// The figures of surges as the desk calls them, and at the sensitivity with as many false calls as are borne.
pub(super) fn bursts(figures: &[Bursts; 2], locale: &Locale) -> Vec<String> {
    let count: usize = figures[0].bands.iter().map(|band| band.bursts).sum();
    let title = tr!(locale, "eval-surges-title", posts = figures[0].posts, bursts = count);
    let head = ["eval-quantity", "eval-surges-desk", "eval-surges-even"].map(|name| locale.text(name)).to_vec();
    let rows = bursts_rows(&figures[0]).into_iter().zip(bursts_rows(&figures[1]));
    let rows = rows.map(|((name, desk), (_, even))| {
        vec![locale.text(&format!("eval-surges-{}", name.replace('_', "-"))), figure(desk), figure(even)]
    });
    std::iter::once(title).chain(table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())).collect()
}

fn bursts_rows(figures: &Bursts) -> [(&'static str, Option<f64>); 8] {
    [
        ("strictness", Some(figures.strictness)),
        ("false_rate", Some(figures.false_rate())),
        ("recall_8", figures.recall(8.0, f64::INFINITY)),
        ("recall_16", figures.recall(16.0, f64::INFINITY)),
        ("recall_4_8", figures.recall(4.0, 8.0)),
        ("recall_4", figures.recall(0.0, 4.0)),
        ("delay_median", figures.delay(0.5)),
        ("delay_p90", figures.delay(0.9)),
    ]
}

/// The figures of surges.
#[derive(Serialize)]
pub(super) struct BurstsShape {
    task: &'static str,
    posts: usize,
    desk: serde_json::Map<String, serde_json::Value>,
    at_most_a_quarter_false: serde_json::Map<String, serde_json::Value>,
}

impl BurstsShape {
    pub(super) fn new(figures: &[Bursts; 2]) -> Self {
        let shape = |figures: &Bursts| {
            bursts_rows(figures).into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect()
        };
        let [desk, even] = figures;
        Self { task: "surges", posts: desk.posts, desk: shape(desk), at_most_a_quarter_false: shape(even) }
    }
}

/// The figures of a label task.
#[derive(Serialize)]
pub(super) struct LabelsShape<'a> {
    task: &'a str,
    count: usize,
    accuracy: Option<f64>,
    macro_f1: Option<f64>,
    macro_recall: Option<f64>,
    calibration_error: Option<f64>,
    classes: Vec<ClassScores>,
    matrix: &'a [Vec<usize>],
    mistakes: Vec<MistakeShape<'a>>,
}

#[derive(Serialize)]
struct MistakeShape<'a> {
    line: usize,
    expected: &'a str,
    said: &'a str,
    confidence: Option<crate::mention::Confidence>,
    text: &'a str,
}

impl<'a> LabelsShape<'a> {
    pub(super) fn new(task: &'a str, scores: &'a Scores, wrong: &'a [Mistake]) -> Self {
        let mistakes = wrong.iter().map(|Mistake { line, expected, said, confidence, text }| MistakeShape {
            line: *line,
            expected,
            said,
            confidence: *confidence,
            text,
        });
        Self {
            task,
            count: scores.count(),
            accuracy: scores.accuracy(),
            macro_f1: scores.macro_f1(),
            macro_recall: scores.macro_recall(),
            calibration_error: scores.calibration.error(),
            classes: scores.by_class(),
            matrix: scores.matrix(),
            mistakes: mistakes.collect(),
        }
    }
}

/// The figures of near-copies.
#[derive(Serialize)]
pub(super) struct CopiesShape {
    task: &'static str,
    posts: usize,
    clusters: usize,
    f1: Option<f64>,
    precision: Option<f64>,
    recall: Option<f64>,
}

impl CopiesShape {
    pub(super) fn new(copies: &Copies) -> Self {
        let Copies { pairs, posts, clusters } = *copies;
        let (f1, precision, recall) = (pairs.f1(), pairs.precision(), pairs.recall());
        Self { task: "near_copies", posts, clusters, f1, precision, recall }
    }
}

/// The figures of orders.
#[derive(Serialize)]
pub(super) struct OrderShape<'a> {
    task: &'static str,
    model: f64,
    desk: f64,
    random: f64,
    events: Vec<EventShape<'a>>,
}

#[derive(Serialize)]
struct EventShape<'a> {
    event: &'a str,
    posts: usize,
    model: f64,
    desk: f64,
    random: f64,
}

impl<'a> OrderShape<'a> {
    pub(super) fn new(events: &'a [Ordered]) -> Self {
        let [model, desk, random] = means(events);
        let events = events.iter().map(|Ordered { event, posts, model, desk, random }| EventShape {
            event,
            posts: *posts,
            model: *model,
            desk: *desk,
            random: *random,
        });
        Self { task: "order", model, desk, random, events: events.collect() }
    }
}

/// The figures of a town's posts.
#[derive(Serialize)]
pub(super) struct GoldShape {
    task: &'static str,
    count: usize,
    #[serde(flatten)]
    figures: serde_json::Map<String, serde_json::Value>,
}

impl GoldShape {
    pub(super) fn new(gold: &Gold) -> Self {
        let mut figures = serde_json::Map::new();
        for (name, tally) in tallies(gold) {
            let name = name.replace('-', "_");
            for (kind, value) in [("f1", tally.f1()), ("precision", tally.precision()), ("recall", tally.recall())] {
                figures.insert(format!("{name}_{kind}"), value.into());
            }
        }
        figures.extend(shares(gold).map(|(name, value)| (name.replace('-', "_"), value.into())));
        Self { task: "gold", count: gold.posts, figures }
    }
}
