//! What the heart costs: words out of text, and rules on words. Figures are posts a second on one core.

#[path = "support/posts.rs"]
mod posts;

use divan::Bencher;
use divan::counter::ItemsCount;
use frontdesk::query::{Engine, EngineScratch, Query, Stage, Subject};
use frontdesk::text::tokens::Tokens;

const VOCABULARY: usize = 40_000;
const POSTS: usize = 20_000;

fn main() {
    divan::main();
}

/// A post with nothing but its words.
struct Post(Tokens);

impl Subject for Post {
    fn tokens(&self) -> &Tokens {
        &self.0
    }

    fn text(&self) -> &'static str {
        ""
    }
}

fn engine(rules: usize, words: &[String]) -> Engine {
    let queries: Vec<Query> = posts::rules(rules, words)
        .iter()
        .map(|text| Query::parse(text, Stage::Match).expect("the generated rule parses"))
        .collect();
    Engine::new(&queries)
}

/// Normalised text in, words out.
#[divan::bench(sample_count = 20)]
fn tokens(bencher: Bencher<'_, '_>) {
    let posts = posts::posts(POSTS, &posts::vocabulary(VOCABULARY));
    let mut tokens = Tokens::new();
    bencher.counter(ItemsCount::new(POSTS)).bench_local(|| {
        posts
            .iter()
            .map(|post| {
                tokens.fill(post);
                tokens.words().len()
            })
            .sum::<usize>()
    });
}

/// Normalised text in, matching rules and their places out.
#[divan::bench(args = [10, 100, 1_000, 10_000], sample_count = 20)]
fn matching(bencher: Bencher<'_, '_>, rules: usize) {
    let words = posts::vocabulary(VOCABULARY);
    let posts = posts::posts(POSTS, &words);
    let engine = engine(rules, &words);
    let (mut scratch, mut subject) = (EngineScratch::new(), Post(Tokens::new()));
    bencher.counter(ItemsCount::new(POSTS)).bench_local(|| {
        let mut found = 0;
        for post in &posts {
            subject.0.fill(post);
            engine.run(&subject, &mut scratch, |_, spans| found += spans.len());
        }
        found
    });
}

/// Rules in, an engine out.
#[divan::bench(args = [1_000, 10_000], sample_count = 5)]
fn compiling(bencher: Bencher<'_, '_>, rules: usize) {
    let words = posts::vocabulary(VOCABULARY);
    bencher.bench_local(|| engine(rules, &words).len());
}
