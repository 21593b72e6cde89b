//! The grammar once more, word by word and without any index, to hold the engine against.

use proptest::prelude::*;

use super::subject::Post;
use crate::mention::Span;
use crate::query::{Candidates, Engine, EngineScratch, Expr, FtsExpr, Part, Query, Stage};
use crate::text::tokens::Tokens;

/// First and last position, and the bytes.
type Stretch = (usize, usize, Span);

fn fits(part: &Part, word: &str) -> bool {
    !word.is_empty() && if part.prefix { word.starts_with(&part.folded) } else { word == part.folded }
}

fn phrases(parts: &[Part], tokens: &Tokens) -> Vec<Stretch> {
    let words = tokens.words();
    (0..words.len())
        .filter(|first| first + parts.len() <= words.len())
        .filter(|&first| parts.iter().zip(&words[first..]).all(|(part, word)| fits(part, tokens.folded(word))))
        .map(|first| {
            let last = first + parts.len() - 1;
            (first, last, words[first].span().start..words[last].span().end)
        })
        .collect()
}

fn stretches(expr: &Expr, post: &Post) -> Vec<Stretch> {
    match expr {
        Expr::Words(phrase) => phrases(&phrase.parts, &post.tokens),
        Expr::Mark { kind, part, .. } => {
            let marks = post.tokens.marks().iter();
            let marks = marks.filter(|mark| mark.kind == *kind && fits(part, post.tokens.folded(&mark.name)));
            marks
                .map(|mark| (mark.position as usize, (mark.position + mark.width) as usize - 1, mark.name.span()))
                .collect()
        }
        Expr::Or(parts) => parts.iter().flat_map(|part| stretches(part, post)).collect(),
        _ => Vec::new(),
    }
}

fn near(left: &Stretch, right: &Stretch, distance: usize, ordered: bool) -> bool {
    let follows = |a: &Stretch, b: &Stretch| b.0 > a.1 && b.0 - a.1 <= distance;
    follows(left, right) || (!ordered && follows(right, left))
}

fn holds(expr: &Expr, post: &Post) -> bool {
    match expr {
        Expr::And(parts) => parts.iter().all(|part| holds(part, post)),
        Expr::Or(parts) => parts.iter().any(|part| holds(part, post)),
        Expr::Not(inner) => !holds(inner, post),
        Expr::Words(_) | Expr::Mark { .. } => !stretches(expr, post).is_empty(),
        Expr::Near { left, right, distance, ordered } => {
            let (left, right) = (stretches(left, post), stretches(right, post));
            left.iter().any(|a| right.iter().any(|b| near(a, b, *distance as usize, *ordered)))
        }
        Expr::Author(phrase) => [&post.handle, &post.name].into_iter().flatten().any(|name| {
            let mut tokens = Tokens::new();
            tokens.fill_name(name);
            !phrases(&phrase.parts, &tokens).is_empty()
        }),
        Expr::Field(test) => test.holds(post),
    }
}

fn spans(expr: &Expr, post: &Post, out: &mut Vec<Span>) {
    match expr {
        Expr::And(parts) => parts.iter().for_each(|part| spans(part, post, out)),
        Expr::Or(parts) => parts.iter().filter(|part| holds(part, post)).for_each(|part| spans(part, post, out)),
        Expr::Words(_) | Expr::Mark { .. } => out.extend(stretches(expr, post).into_iter().map(|(.., span)| span)),
        Expr::Near { left, right, distance, ordered } => {
            for a in stretches(left, post) {
                for b in stretches(right, post) {
                    if near(&a, &b, *distance as usize, *ordered) {
                        out.extend([a.2.clone(), b.2]);
                    }
                }
            }
        }
        Expr::Not(_) | Expr::Author(_) | Expr::Field(_) => {}
    }
}

/// The bytes that stand in one of the spans, where a mark of each byte is simplest.
fn bytes(spans: &[Span]) -> Vec<usize> {
    let mut bytes: Vec<usize> = spans.iter().flat_map(Clone::clone).collect();
    bytes.sort_unstable();
    bytes.dedup();
    bytes
}

fn fulfils(expr: &FtsExpr, terms: &[&str]) -> bool {
    match expr {
        FtsExpr::Term(term) => terms.contains(&term.as_str()),
        FtsExpr::Prefix(prefix) => terms.iter().any(|term| term.starts_with(prefix.as_str())),
        FtsExpr::And(parts) => parts.iter().all(|part| fulfils(part, terms)),
        FtsExpr::Or(parts) => parts.iter().any(|part| fulfils(part, terms)),
    }
}

fn placed() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "water",
        "main",
        "brown",
        "eau",
        "brune",
        "égout",
        "d'eau",
        "6.8",
        "🔥",
        "水",
        "水道",
        "wat*",
        "br*",
        "水*",
        "#WaterMain",
        "#brown*",
        "@mayor",
        "@city*",
        "\"water main\"",
        "\"brown wat*\"",
        "\"brown water main\"",
        "\"water water\"",
        "(water OR \"eau brune\")",
        "(#BrownWater OR main)",
        "waterfallsandriversandlakesandoceans*",
    ])
    .prop_map(str::to_owned)
}

pub fn query_text() -> impl Strategy<Value = String> {
    let field = prop::sample::select(vec![
        "author:ana*",
        "author:\"the sentinel\"",
        "author:sentinel",
        "network:x",
        "lang:fr",
        "has:link",
        "followers>10",
        "kind:reply",
        "initiative:water",
        "status:open",
    ])
    .prop_map(str::to_owned);
    let near = (placed(), 1_u32..5, prop::bool::ANY, placed())
        .prop_map(|(a, n, ordered, b)| format!("{a} NEAR/{n}{} {b}", if ordered { "f" } else { "" }));
    let leaf = prop_oneof![6 => placed(), 2 => field, 3 => near];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("NOT ({part})")),
        ]
    })
}

pub fn post() -> impl Strategy<Value = Post> {
    let piece = prop_oneof![
        12 => prop::sample::select(vec![
            "water", "Water", "main", "brown", "eau", "brune", "Égout", "l'eau", "d’eau", "6,8", "🔥", "👍🏽", "水", "道",
            "か", "watering", "brownish", "#WaterMain", "#BrownWater", "#brown_water", "@mayor", "@city@x.example",
            "https://x.ca/water", "wa\u{200B}ter", "wa⟨U+202E⟩ter", "\u{202E}", "…", "waterfallsandriversandlakesandoceans!",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    let glue = prop::sample::select(vec![" ", " ", " ", " ", "", "-", "\n"]);
    let text = prop::collection::vec((piece, glue), 0..14)
        .prop_map(|pieces| pieces.into_iter().fold(String::new(), |text, (piece, glue)| text + &piece + glue));
    let handle = prop::option::of(prop::sample::select(vec!["ana.bsky.social", "@sentinel_ab", "the"]));
    let name = prop::option::of(prop::sample::select(vec!["Ana Côté", "The Sentinel", "Sentinel The", ""]));
    (text, handle, name, prop::bool::ANY).prop_map(|(text, handle, name, french)| Post {
        handle: handle.map(str::to_owned),
        name: name.map(str::to_owned),
        network: if french { "x" } else { "web" }.to_owned(),
        lang: french.then(|| "fr".to_owned()),
        followers: french.then_some(50),
        ..Post::of(&text)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_engine_agrees_with_the_grammar(texts in prop::collection::vec(query_text(), 1..6), posts in prop::collection::vec(post(), 1..4)) {
        let queries: Vec<Query> = texts
            .iter()
            .map(|text| Query::parse(text, Stage::Desk).unwrap_or_else(|errors| panic!("{text}: {errors:?}")))
            .collect();
        let engine = Engine::new(&queries);
        let mut scratch = EngineScratch::new();
        for post in &posts {
            let mut found: Vec<(usize, Vec<Span>)> = Vec::new();
            engine.run(post, &mut scratch, |rule, spans| found.push((rule, spans.to_vec())));
            let expected: Vec<usize> = (0..queries.len()).filter(|&rule| holds(queries[rule].expr(), post)).collect();
            prop_assert_eq!(found.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), expected);
            for (rule, found) in &found {
                let mut expected = Vec::new();
                spans(queries[*rule].expr(), post, &mut expected);
                prop_assert_eq!(bytes(found), bytes(&expected));
                prop_assert!(found.windows(2).all(|pair| pair[0].end < pair[1].start), "{:?}", found);
            }
        }
    }

    #[test]
    fn candidates_miss_no_match(text in query_text(), post in post()) {
        let query = Query::parse(&text, Stage::Desk).expect("it parses");
        if let Candidates::Fts(expr) = query.candidates() && query.matches(&post) {
            let mut terms = String::new();
            post.tokens.index_terms(&mut terms);
            prop_assert!(fulfils(&expr, &terms.split(' ').collect::<Vec<_>>()), "{:?} in {}", expr, terms);
        }
    }

    #[test]
    fn printing_and_parsing_is_the_identity(text in query_text()) {
        let query = Query::parse(&text, Stage::Desk).expect("it parses");
        let print = query.to_string();
        prop_assert_eq!(&Query::parse(&print, Stage::Desk).expect("the print parses"), &query, "{}", print);
        prop_assert_eq!(Query::parse(&print, Stage::Desk).expect("the print parses").to_string(), print);
    }

    #[test]
    fn no_text_panics_the_parser(pieces in prop::collection::vec(prop_oneof![
        3 => prop::sample::select(vec!["(", ")", "\"", "“", "«", "»", "-", " ", "OR", "AND", " NOT ", "NEAR/3", "near", "*", "?",
            "#", "@", ":", "author:", "likes>", "age<2", "a", "é", "水", "🔥", "<", "=", "http://", "\u{200B}", "status:", "{", "~"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ], 0..16)) {
        let text = pieces.concat();
        match Query::parse(&text, Stage::Desk) {
            Ok(query) => {
                let print = query.to_string();
                let again = Query::parse(&print, Stage::Desk);
                prop_assert_eq!(again.as_ref(), Ok(&query), "{}", print);
            }
            Err(errors) => {
                prop_assert!(!errors.is_empty());
                prop_assert!(errors.iter().all(|error| text.get(error.span.clone()).is_some()));
            }
        }
    }
}
