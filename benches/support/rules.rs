//! Engines for the benches, made of rules that match about as often as those of a real plan.

use frontdesk::query::{Engine, EngineScratch, Query, Stage, Subject};
use frontdesk::text::tokens::Tokens;

use crate::posts;

/// A post with nothing but its words.
#[derive(Default)]
pub struct Post<'a> {
    text: &'a str,
    tokens: Tokens,
}

impl<'a> Post<'a> {
    /// Replaces the post by another one.
    pub fn fill(&mut self, text: &'a str) {
        self.text = text;
        self.tokens.fill(text);
    }
}

impl Subject for Post<'_> {
    fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    fn text(&self) -> &str {
        self.text
    }
}

/// The rules as one engine.
pub fn engine(rules: &[String]) -> Engine {
    let parse = |text: &String| Query::parse(text, Stage::Match).expect("the generated rule parses");
    let queries: Vec<Query> = rules.iter().map(parse).collect();
    Engine::new(&queries)
}

/// How many of the posts match a rule, 0 to 1.
pub fn share(engine: &Engine, posts: &[String]) -> f64 {
    let (mut scratch, mut subject) = (EngineScratch::new(), Post::default());
    let matching = posts.iter().filter(|post| {
        let mut matches = false;
        subject.fill(post);
        engine.run(&subject, &mut scratch, |_, _| matches = true);
        matches
    });
    matching.count() as f64 / posts.len() as f64
}

/// `count` rules of which about `wanted` of the posts, 0 to 1, match one.
pub fn matching_share(count: usize, wanted: f64, words: &[String], posts: &[String]) -> Vec<String> {
    let sample = &posts[..posts.len().min(4_000)];
    let (mut low, mut high) = (0, words.len() - 1);
    while high - low > 1 {
        let middle = usize::midpoint(low, high);
        let wide = share(&engine(&posts::rules(count, middle, words)), sample) > wanted;
        if wide { low = middle } else { high = middle }
    }
    posts::rules(count, low, words)
}
