//! Tells which posts of a whole network are kept, long before one of them is a mention.
//!
//! What enters: posts as a source sees them fly past, borrowed from its wire, and the plan. What leaves: yes or no, the same
//! as the whole assessment would say of the post's relevance. A post that is not kept leaves nothing behind, and unless its
//! text has to be cleaned nothing is allocated for it.

use crate::mention::Kind;
use crate::plan::{Plan, PlanHash};
use crate::query::{Engine, EngineScratch, Expr, Query, Subject};
use crate::text::clean;
use crate::text::tokens::Tokens;

use super::normalise::is_language_tag;
use super::relevance::Relevance;

/// A post that flies past. Every string is hostile and as the wire has it.
#[derive(Debug, Clone, Copy)]
pub struct Sighting<'a> {
    /// What is said.
    pub text: &'a str,
    /// The source's id in the configuration.
    pub source: &'a str,
    /// The network's token, such as [`Network::token`](crate::mention::Network::token) gives it.
    pub network: &'a str,
    /// The author's account, without `@`.
    pub handle: Option<&'a str>,
    /// Language tag as given.
    pub lang: Option<&'a str>,
    /// What sort of post.
    pub kind: Kind,
    /// A picture, film or sound came with it.
    pub has_media: bool,
    /// Its permalink.
    pub url: Option<&'a str>,
}

/// Sieves posts one after the other in memory it keeps.
#[derive(Debug, Default)]
pub struct Sieve {
    own: Option<Own>,
    tokens: Tokens,
    scratch: EngineScratch,
}

/// A query that decides in place of the plan.
#[derive(Debug)]
struct Own {
    query: Query,
    engine: Engine,
    /// The plan whose places `engine` knows.
    plan: Option<PlanHash>,
}

impl Sieve {
    /// Keeps what the plan finds relevant.
    pub fn of_plan() -> Self {
        Self::default()
    }

    /// Keeps what `query`, one of the match stage, holds for, whether the plan finds it relevant or not.
    pub fn of_query(query: Query) -> Self {
        let engine = Engine::new([&query]);
        Self { own: Some(Own { query, engine, plan: None }), ..Self::default() }
    }

    /// True when `post` is to be kept.
    pub fn keeps(&mut self, post: &Sighting<'_>, plan: &Plan) -> bool {
        let text = clean(post.text);
        self.tokens.fill(&text);
        let seen = Seen { post, text: &text, tokens: &self.tokens };
        if let Some(own) = &mut self.own {
            own.follow(plan);
            let mut keeps = false;
            own.engine.run(&seen, &mut self.scratch, |_, _| keeps = true);
            return keeps;
        }
        let mut relevance = Relevance::default();
        let rules = &plan.match_rules;
        rules.engine.run(&seen, &mut self.scratch, |rule, _| relevance.add(plan, rules.table[rule].kind));
        relevance.holds()
    }
}

impl Own {
    /// Takes the places it names from the plan of now. One that the plan has not holds for nothing.
    fn follow(&mut self, plan: &Plan) {
        if self.query.places().is_empty() || self.plan.as_ref() == Some(&plan.hash) {
            return;
        }
        self.plan = Some(plan.hash.clone());
        let nowhere = || Expr::Or(Vec::new());
        let expanded = self.query.expand_places(&|id| Some(plan.place_expr(id).unwrap_or_else(nowhere)));
        self.engine = Engine::new([expanded.as_ref().unwrap_or(&self.query)]);
    }
}

/// A post with its words, as match rules see it.
struct Seen<'a> {
    post: &'a Sighting<'a>,
    text: &'a str,
    tokens: &'a Tokens,
}

impl Subject for Seen<'_> {
    fn tokens(&self) -> &Tokens {
        self.tokens
    }

    fn text(&self) -> &str {
        self.text
    }

    fn url(&self) -> Option<&str> {
        self.post.url
    }

    fn author_handle(&self) -> Option<&str> {
        self.post.handle
    }

    fn network(&self) -> &str {
        self.post.network
    }

    fn source(&self) -> &str {
        self.post.source
    }

    fn lang(&self) -> Option<&str> {
        self.post.lang.filter(|tag| is_language_tag(tag))
    }

    fn kind(&self) -> Kind {
        self.post.kind
    }

    fn has_media(&self) -> bool {
        self.post.has_media
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::mention::{Media, RawItem};
    use crate::pipeline::{assess, normalise};
    use crate::plan::fixtures::plan;
    use crate::query::Stage;

    const PLAN: &str = r##"
[organization]
name = "Alder Bay"
languages = ["en", "fr"]
time_zone = "America/Vancouver"
[[place]]
id = "town"
name = "Alder Bay"
match = '"alder bay"'
not = '"nova scotia"'
[[place]]
id = "elm"
name = "Elm Street"
match = "elm"
not = "nightmare"
[[criterion]]
id = "asked"
verdict = "relevant"
decisive = true
match = "@alderbay"
[[criterion]]
id = "in-town"
verdict = "relevant"
match = "place:town"
[[criterion]]
id = "raffle"
verdict = "not_relevant"
match = "raffle"
[[initiative]]
id = "water"
title = "Water"
match = "water -lang:de -has:media"
hashtags = ["#Brown"]
"##;

    fn sighting(text: &str) -> Sighting<'_> {
        Sighting {
            text,
            source: "sky",
            network: "bluesky",
            handle: Some("did:plc:ana"),
            lang: None,
            kind: Kind::Post,
            has_media: false,
            url: None,
        }
    }

    /// The same post on the long way.
    fn item(post: &Sighting<'_>) -> RawItem {
        let mut item = RawItem::new(post.source.into(), post.text, DateTime::UNIX_EPOCH);
        item.network = Some(post.network.to_owned());
        item.author.handle = post.handle.map(str::to_owned);
        item.lang = post.lang.map(str::to_owned);
        item.kind = post.kind;
        item.media = vec![Media::default(); usize::from(post.has_media)];
        item
    }

    proptest! {
        #[test]
        fn it_keeps_what_the_assessment_finds_relevant(
            words in prop::collection::vec(prop::sample::select(vec![
                "water", "wa\u{200B}ter", "#Brown", "elm", "nightmare", "Alder", "bay", "nova", "scotia", "raffle",
                "@alderbay", "\u{202E}", "é\t", "lead", "🚰", "\r\n",
            ]), 0..8),
            lang in prop::option::of(prop::sample::select(vec!["de", "en", "de\u{1b}", ""])),
            has_media in any::<bool>(),
        ) {
            let (plan, text) = (plan(PLAN), words.join(" "));
            let post = Sighting { lang, has_media, ..sighting(&text) };
            let relevant = assess(&normalise(item(&post)), &plan).relevant;
            prop_assert_eq!(Sieve::of_plan().keeps(&post, &plan), relevant, "{:?}", text);
        }
    }

    #[rstest]
    #[case::narrower("flood", "a flood", true)]
    #[case::not_what_the_plan_wants("flood", "the water", false)]
    #[case::here("place:town flood", "flood in alder bay", true)]
    #[case::elsewhere("place:town flood", "flood in alder bay, nova scotia", false)]
    #[case::no_such_place("place:moon OR flood", "a moon", false)]
    #[case::beside_no_such_place("place:moon OR flood", "a flood", true)]
    fn a_query_of_its_own_decides_alone(#[case] query: &str, #[case] text: &str, #[case] keeps: bool) {
        let query = Query::parse(query, Stage::Match).expect("a query");
        let (plan, mut sieve) = (plan(PLAN), Sieve::of_query(query));
        assert_eq!(sieve.keeps(&sighting(text), &plan), keeps);
    }
}
