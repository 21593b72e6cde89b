//! What the heart costs: words out of text, and rules on words. Figures are posts a second on one core.
//!
//! The rules of every size are chosen so that about 35 % of the posts match one; the share is printed first.

#![expect(clippy::print_stderr, reason = "a measurement says of how many matches it is one")]

#[path = "support/posts.rs"]
mod posts;
#[path = "support/rules.rs"]
mod rules;

use divan::Bencher;
use divan::counter::ItemsCount;
use frontdesk::pipeline::clusters::{self, Clusters, Fingerprint};
use frontdesk::query::EngineScratch;
use frontdesk::text::tokens::Tokens;

use rules::Post;

const VOCABULARY: usize = 400_000;
const POSTS: usize = 20_000;

/// Shows what a bench allocates: nothing once the scratch has grown.
#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
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
fn matching(bencher: Bencher<'_, '_>, count: usize) {
    let words = posts::vocabulary(VOCABULARY);
    let posts = posts::posts(POSTS, &words);
    let rules = rules::matching_share(count, 0.35, &words, &posts);
    let engine = rules::engine(&rules);
    eprintln!("{count} rules: {:.1} % of the posts match", 100.0 * rules::share(&engine, &posts));
    let (mut scratch, mut subject) = (EngineScratch::new(), Post::default());
    bencher.counter(ItemsCount::new(POSTS)).bench_local(|| {
        let mut found = 0;
        for post in &posts {
            subject.fill(post);
            engine.run(&subject, &mut scratch, |_, spans| found += spans.len());
        }
        found
    });
}

/// Tokens in, the cluster of near-copies out, in a full window: every tenth post is a copy of an earlier one.
#[divan::bench(sample_count = 10)]
fn clusters(bencher: Bencher<'_, '_>) {
    let texts = posts::posts(clusters::WINDOW + POSTS, &posts::vocabulary(VOCABULARY));
    let texts = (0..texts.len()).map(|at| &texts[if at % 10 == 9 { at / 2 } else { at }]);
    let tokens: Vec<(&String, Tokens)> = texts.map(|text| (text, Tokens::of(text))).collect();
    let mut window = Window { clusters: Clusters::new(clusters::WINDOW), print: Fingerprint::default(), came: 0 };
    let (before, new) = tokens.split_at(clusters::WINDOW);
    for (text, tokens) in before {
        window.hear(text, tokens);
    }
    bencher
        .counter(ItemsCount::new(POSTS))
        .bench_local(|| new.iter().filter(|(text, tokens)| window.hear(text, tokens)).count());
}

/// Clusters with the number of posts that came.
struct Window {
    clusters: Clusters,
    print: Fingerprint,
    came: u64,
}

impl Window {
    /// True when the post joins others.
    fn hear(&mut self, text: &str, tokens: &Tokens) -> bool {
        self.came += 1;
        self.print.fill(text, tokens);
        let key = self.came.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let found = self.clusters.find(key, &self.print);
        self.clusters.observe(key, "bluesky:at://did:plc:abcdefghijklmnop/app.bsky.feed.post/3k", &self.print, found);
        found.is_some()
    }
}

/// Rules in, an engine out.
#[divan::bench(args = [1_000, 10_000], sample_count = 5)]
fn compiling(bencher: Bencher<'_, '_>, count: usize) {
    let words = posts::vocabulary(VOCABULARY);
    let rules = posts::rules(count, count, &words);
    bencher.bench_local(|| rules::engine(&rules).len());
}
