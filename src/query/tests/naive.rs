//! The grammar once more, word by word and without any index, to hold the engine against.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::subject::Post;
use crate::mention::Span;
use crate::query::{Candidates, Engine, EngineScratch, Expr, Form, FtsExpr, Part, Phrase, Query, Stage};
use crate::text::fold::{Class, class};
use crate::text::tokens::{Tokens, Word};

/// First and last position, and the bytes.
type Stretch = (usize, usize, Span);

/// A pattern letter by letter; `?` is one character, `*` any number of them.
fn fits_pattern(pattern: &[char], word: &[char]) -> bool {
    match (pattern, word) {
        ([], []) => true,
        (['*', rest @ ..], _) => (0..=word.len()).any(|skipped| fits_pattern(rest, &word[skipped..])),
        (['?', rest @ ..], [_, word @ ..]) => fits_pattern(rest, word),
        ([wanted, rest @ ..], [found, word @ ..]) => wanted == found && fits_pattern(rest, word),
        _ => false,
    }
}

/// Whether a word that is written `spelled` and folds to `word` is one that `part` stands for.
fn fits(part: &Part, word: &str, spelled: &str) -> bool {
    let letters = |text: &str| text.chars().collect::<Vec<_>>();
    !word.is_empty()
        && match &part.form {
            Form::Word => word == part.folded,
            Form::Prefix => fits_pattern(&letters(&format!("{}*", part.folded)), &letters(word)),
            Form::Suffix => fits_pattern(&letters(&format!("*{}", part.folded)), &letters(word)),
            Form::Pattern => fits_pattern(&letters(&part.folded), &letters(word)),
            Form::Exact(wanted) => {
                let (mut shown, mut rest) = (String::new(), spelled);
                while let Some(c) = rest.chars().next() {
                    // `⟨U+202E⟩` stands for what cannot be seen.
                    let marked = rest.strip_prefix("⟨U+").and_then(|rest| rest.find('⟩')).map(|len| len + "⟨U+⟩".len());
                    rest = &rest[marked.unwrap_or(c.len_utf8())..];
                    if marked.is_none() && class(c) != Class::Dropped {
                        shown.push(c);
                    }
                }
                word == part.folded && shown.nfc().collect::<String>() == *wanted
            }
        }
}

/// The positions at which the word may stand.
fn positions(part: &Part, tokens: &Tokens, text: &str) -> Vec<usize> {
    let words = tokens.words().iter().enumerate();
    let fitting = words.filter(|(_, word)| fits(part, tokens.folded(word), &text[word.span()]));
    fitting.map(|(position, _)| position).collect()
}

fn phrases(parts: &[Part], tokens: &Tokens, text: &str) -> Vec<Stretch> {
    let words = tokens.words();
    let fits = |part, word: &Word| fits(part, tokens.folded(word), &text[word.span()]);
    (0..words.len())
        .filter(|first| first + parts.len() <= words.len())
        .filter(|&first| parts.iter().zip(&words[first..]).all(|(part, word)| fits(part, word)))
        .map(|first| {
            let last = first + parts.len() - 1;
            (first, last, words[first].span().start..words[last].span().end)
        })
        .collect()
}

/// Every way to give each of `parts` a position of its own, after those `taken`.
fn choices(parts: &[Vec<usize>], taken: &[usize], fits: &dyn Fn(&[usize]) -> bool, out: &mut Vec<Vec<usize>>) {
    let Some((first, rest)) = parts.split_first() else { return out.push(taken.to_vec()) };
    for position in first.iter().filter(|position| !taken.contains(position)) {
        let taken = [taken, &[*position]].concat();
        if fits(&taken) {
            choices(rest, &taken, fits, out);
        }
    }
}

/// The positions of all choices of words near each other.
fn within(phrase: &Phrase, distance: usize, ordered: bool, post: &Post) -> Vec<usize> {
    let parts: Vec<_> = phrase.parts.iter().map(|part| positions(part, &post.tokens, &post.text)).collect();
    let near = |taken: &[usize]| {
        let (Some(first), Some(last)) = (taken.iter().min(), taken.iter().max()) else { return true };
        last - first <= distance && (!ordered || taken.is_sorted())
    };
    let mut found = Vec::new();
    choices(&parts, &[], &near, &mut found);
    found.concat()
}

fn stretches(expr: &Expr, post: &Post) -> Vec<Stretch> {
    match expr {
        Expr::Words(phrase) => phrases(&phrase.parts, &post.tokens, &post.text),
        Expr::Mark { kind, part, .. } => {
            let marks = post.tokens.marks().iter().filter(|mark| {
                let shown = &post.text[mark.name.span()];
                let sign = shown.chars().next().map_or(0, char::len_utf8);
                mark.kind == *kind && fits(part, post.tokens.folded(&mark.name), &shown[sign..])
            });
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
            !phrases(&phrase.parts, &tokens, name).is_empty()
        }),
        Expr::Url(phrase) => {
            let in_text: Vec<&str> = post.tokens.links().map(|span| &post.text[span]).collect();
            post.url.as_deref().into_iter().chain(in_text).any(|link| {
                let mut tokens = Tokens::new();
                tokens.fill_name(link);
                !phrases(&phrase.parts, &tokens, link).is_empty()
            })
        }
        Expr::Within { phrase, distance, ordered } => !within(phrase, *distance as usize, *ordered, post).is_empty(),
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
        Expr::Within { phrase, distance, ordered } => {
            let positions = within(phrase, *distance as usize, *ordered, post);
            out.extend(positions.into_iter().map(|position| post.tokens.words()[position].span()));
        }
        Expr::Not(_) | Expr::Author(_) | Expr::Url(_) | Expr::Field(_) => {}
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
        "bro*",
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
        "*ter",
        "*ish",
        "wat?r",
        "?ater",
        "b?own*",
        "*ro?n",
        "w??er",
        "\"*own wat?r\"",
        "\"wat* ma?n\"",
        "{Water}",
        "{water main}",
        "{Égout}",
        "{WaterMain}",
        "{#WaterMain}",
        "{@mayor}",
        "{6,8}",
        "*née",
        "во?а",
        "*ода",
        "水water",
    ])
    .prop_map(str::to_owned)
}

fn near_each_other() -> impl Strategy<Value = String> {
    let word =
        prop::sample::select(vec!["water", "wat*", "*ter", "brown", "main", "eau", "wa?er", "bro*", "水", "wat?r*"]);
    (prop::collection::vec(word, 2..5), 0_u32..6, prop::bool::ANY)
        .prop_map(|(words, more, ordered)| {
            let distance = words.len() as u32 - 1 + more;
            format!("\"{}\"~{distance}{}", words.join(" "), if ordered { "f" } else { "" })
        })
        .boxed()
        .prop_union(prop::sample::select(vec!["{Brown water}~2", "{Water water}~3f"]).prop_map(str::to_owned).boxed())
}

pub fn query_text() -> impl Strategy<Value = String> {
    let field = prop::sample::select(vec![
        "author:ana*",
        "author:\"the sentinel\"",
        "author:sentinel",
        "author:*inel",
        "author:sent?nel",
        "url:x.ca",
        "url:\"https://x.ca/water\"",
        "url:wat*",
        "url:\"example org\"",
        "tone:negative",
        "hostility>=2",
        "posted>2026-11-01",
        "posted:2026-11-20T09:12",
        "is:reposted",
        "place:*",
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
    let leaf = prop_oneof![6 => placed(), 2 => field, 3 => near, 3 => near_each_other()];
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
            "waiter", "wager", "Brown", "WATER", "E\u{301}gout", "egout", "вода", "Воды", "année", "#watermain", "@Mayor",
            "www.x.ca/Water", "https://example.org?q=1", "6.8", "＃WaterMain", "wa⟨U+200B⟩iter", "Wa\u{200B}ter",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    let glue = prop::sample::select(vec![" ", " ", " ", " ", "", "-", "\n"]);
    // Words of long texts are found another way than those of short ones.
    let before = prop::sample::select(vec!["", "", "", "z "]).prop_map(|word| word.repeat(70));
    let text = (before, prop::collection::vec((piece, glue), 0..14))
        .prop_map(|(before, pieces)| pieces.into_iter().fold(before, |text, (piece, glue)| text + &piece + glue));
    let handle = prop::option::of(prop::sample::select(vec!["ana.bsky.social", "@sentinel_ab", "the"]));
    let name = prop::option::of(prop::sample::select(vec!["Ana Côté", "The Sentinel", "Sentinel The", ""]));
    let url = prop::option::of(prop::sample::select(vec!["https://X.ca/water/1", "http://example.org/a?b=wat", ""]));
    (text, handle, name, url, prop::bool::ANY).prop_map(|(text, handle, name, url, french)| Post {
        url: url.map(str::to_owned),
        unknown: !french,
        reposts: french.then_some(1),
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
    fn words_near_each_other_are_found(text in near_each_other(), words in prop::collection::vec(prop::sample::select(
        vec!["water", "Water", "waiter", "brown", "Brown", "main", "eau", "水", "brownish", "later"]), 0..9)) {
        let query = Query::parse(&text, Stage::Desk).expect("it parses");
        let post = Post::of(&words.join(" "));
        let found = query.spans(&post);
        prop_assert_eq!(found.is_some(), holds(query.expr(), &post));
        let mut expected = Vec::new();
        spans(query.expr(), &post, &mut expected);
        prop_assert_eq!(bytes(&found.unwrap_or_default()), bytes(&expected));
    }

    #[test]
    fn two_words_within_are_two_words_near(words in prop::collection::vec(prop::sample::select(
        vec!["water", "waiter", "brown", "x"]), 0..9), distance in 1_u32..5, ordered in prop::sample::select(vec!["", "f"])) {
        let post = Post::of(&words.join(" "));
        let of = |text: &str| Query::parse(text, Stage::Match).expect("it parses").spans(&post);
        let near = of(&format!("brown NEAR/{distance}{ordered} wat*"));
        prop_assert_eq!(of(&format!("\"brown wat*\"~{distance}{ordered}")), near);
        let overlapping = of(&format!("wat* NEAR/{distance}{ordered} wate*"));
        prop_assert_eq!(of(&format!("\"wat* wate*\"~{distance}{ordered}")), overlapping);
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
            "#", "@", ":", "author:", "likes>", "age<2", "a", "é", "水", "🔥", "<", "=", "http://", "\u{200B}", "status:", "{", "}", "~", "~4", "\"~3f", "a b", "wat?r", "*way", "url:", "place:", "posted>2026-",
            "1-01", "hostility>", "ab?", "??", "ONEAR/2", "⟨U+200B⟩", "'"])
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
