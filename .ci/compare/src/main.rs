//! The query engine, yara-x and aho-corasick on the same posts and rules, in one run on one core.
//!
//! ```text
//! cd .ci/compare && taskset -c 0 cargo run --release
//! ```
//!
//! What is compared: the engine gets normalised text and gives every matching rule with its places, folding included.
//! yara-x gets the same text and the same rules as it can say them (`nocase fullword` strings, a regular expression for a
//! phrase; accents stay what they are); how many matches each finds in the same posts tells how equal the rules are. aho-corasick gets the literals of the rules and the text, and tells every place of every literal, which is less:
//! neither words nor conditions nor accents. The three take turns over the same posts; a row is the median round.

mod yara;

#[path = "../../../benches/support/posts.rs"]
mod posts;
#[path = "../../../benches/support/rules.rs"]
mod rules;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use frontdesk::query::{EngineScratch, Expr, Query, Stage};

const ROUNDS: usize = 7;
const POSTS: usize = 20_000;
/// yara-x is given fewer posts, so that its turn takes about as long.
const YARA_POSTS: usize = 400;

fn main() {
    let words = posts::vocabulary(400_000);
    let posts = posts::posts(POSTS, &words);
    println!("posts a second, median of {ROUNDS} rounds over {POSTS} posts ({YARA_POSTS} for yara-x)");
    println!(
        "{:>7} {:>7} {:>12} {:>12} {:>8} {:>11} {:>14} {:>12} {:>9} {:>9}",
        "rules", "match", "frontdesk", "yara-x", "ratio", "matches", "aho-corasick", "as DFA", "ratio", "ratio DFA"
    );
    for count in [100, 1_000, 10_000] {
        let rules = rules::matching_share(count, 0.35, &words, &posts);
        compare(&rules, &posts);
    }
}

fn compare(rules: &[String], posts: &[String]) {
    let queries: Vec<Query> =
        rules.iter().map(|rule| Query::parse(rule, Stage::Match).expect("the generated rule parses")).collect();
    let engine = rules::engine(rules);
    let share = rules::share(&engine, posts);
    let (mut scratch, mut subject) = (EngineScratch::new(), rules::Post::default());
    let yara_rules = yara::compile(&queries);
    let mut scanner = yara_x::Scanner::new(&yara_rules);
    let literals = literals(&queries);
    let automaton = |kind| {
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard).kind(kind);
        builder.build(&literals).expect("the literals fit an automaton")
    };
    let (automatic, dfa) = (automaton(None), automaton(Some(AhoCorasickKind::DFA)));

    let mut rounds: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        rounds[0].push(rate(posts, |post| {
            subject.fill(post);
            let mut found = 0;
            engine.run(&subject, &mut scratch, |_, spans| found += spans.len());
            found
        }));
        rounds[1].push(rate(&posts[..YARA_POSTS], |post| {
            scanner.scan(post.as_bytes()).expect("a post is scanned").matching_rules().len()
        }));
        rounds[2].push(rate(posts, |post| automatic.find_overlapping_iter(post).count()));
        rounds[3].push(rate(posts, |post| dfa.find_overlapping_iter(post).count()));
    }
    let (mut own_matches, mut yara_matches) = (0, 0);
    for post in &posts[..YARA_POSTS] {
        subject.fill(post);
        engine.run(&subject, &mut scratch, |_, _| own_matches += 1);
        yara_matches += scanner.scan(post.as_bytes()).expect("a post is scanned").matching_rules().len();
    }
    let [own, yara, automatic, dfa] = rounds.map(median);
    println!(
        "{:>7} {:>6.1}% {own:>12.0} {yara:>12.0} {:>7.0}x {:>11} {automatic:>14.0} {dfa:>12.0} {:>8.2}x {:>8.2}x",
        rules.len(),
        share * 100.0,
        own / yara,
        format!("{own_matches}/{yara_matches}"),
        own / automatic,
        own / dfa
    );
}

fn rate<'p>(posts: &'p [String], mut of: impl FnMut(&'p str) -> usize) -> f64 {
    let start = Instant::now();
    for post in posts {
        black_box(of(black_box(post)));
    }
    posts.len() as f64 / start.elapsed().as_secs_f64()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// Every word, prefix and hashtag of the rules, each once, as it is written in posts.
fn literals(queries: &[Query]) -> Vec<String> {
    let mut literals = BTreeSet::new();
    for query in queries {
        gather(query.expr(), &mut literals);
    }
    literals.into_iter().collect()
}

fn gather(expr: &Expr, literals: &mut BTreeSet<String>) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| gather(part, literals)),
        Expr::Not(inner) => gather(inner, literals),
        Expr::Near { left, right, .. } => {
            gather(left, literals);
            gather(right, literals);
        }
        Expr::Words(phrase) => literals.extend(phrase.text.split_whitespace().map(str::to_owned)),
        Expr::Mark { name, .. } => drop(literals.insert(format!("#{name}"))),
        _ => {}
    }
}
