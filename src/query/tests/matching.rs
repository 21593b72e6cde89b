use rstest::rstest;

use super::subject::Post;
use crate::mention::{Level, Status};
use crate::query::{Candidates, Engine, EngineScratch, FtsExpr, Query, QueryErrorKind, Stage};

fn query(text: &str) -> Query {
    Query::parse(text, Stage::Desk).unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
}

#[rstest]
#[case::word("water", "The Water is off", true)]
#[case::whole_words("water", "underwater waterfall", false)]
#[case::implied_and("water main", "the main with water", true)]
#[case::implied_and_needs_both("water main", "the main", false)]
#[case::phrase("\"water main\"", "a Water-Main broke", true)]
#[case::phrase_in_order("\"water main\"", "main water", false)]
#[case::phrase_repeats("\"a b a b c\"", "a b a b a b c", true)]
#[case::phrase_at_the_end("\"water main broke\"", "broke water main", false)]
#[case::or("water OR sewer", "the sewer", true)]
#[case::precedence("a OR b c", "a", true)]
#[case::precedence_groups("(a OR b) c", "a", false)]
#[case::not("water NOT bottle", "bottle of water", false)]
#[case::minus("water -bottle", "water", true)]
#[case::pure_not("-bottle", "", true)]
#[case::not_near("NOT brown NEAR/2 water", "brown water", false)]
#[case::near("brown NEAR/4 water", "water looks so very brown", true)]
#[case::near_too_far("brown NEAR/4 water", "water that looks so very brown", false)]
#[case::near_adjacent("brown NEAR/1 water", "brown water", true)]
#[case::near_ordered("brown NEAR/4f water", "water looks brown", false)]
#[case::near_ordered_forward("brown NEAR/4f water", "brown looking water", true)]
#[case::near_itself("water NEAR/3 water", "water", false)]
#[case::near_twice("water NEAR/3 water", "water, water", true)]
#[case::near_phrases("\"tap water\" NEAR/2 \"looks brown\"", "tap water here looks brown", true)]
#[case::near_overlap("\"tap water\" NEAR/2 \"water main\"", "tap water main", false)]
#[case::near_any("(brown OR dirty) NEAR/2f (water OR eau)", "dirty tap water", true)]
#[case::near_tag("#news NEAR/2 water", "water! #news", true)]
#[case::near_handle("thanks NEAR/1f @mayor", "Thanks @Mayor!", true)]
#[case::prefix("flood*", "Flooding again", true)]
#[case::prefix_is_itself("flood*", "flood", true)]
#[case::prefix_phrase("\"flood* main\"", "the flooded main", true)]
#[case::prefix_last("\"water mai*\"", "water main", true)]
#[case::prefix_last_misses("\"water mai*\"", "water pipes main", false)]
#[case::long_prefix("anticonstitutionnellementlonguement*", "anticonstitutionnellementlonguements", true)]
#[case::tag("#WaterMain", "leak #watermain", true)]
#[case::tag_is_no_word("#watermain", "watermain", false)]
#[case::tag_prefix("#Water*", "#WaterMain2026", true)]
#[case::tag_words("\"brown water\"", "see #BrownWater", true)]
#[case::tag_words_and_text("\"water main\"", "#BrownWater main", true)]
#[case::handle("@mayor", "ask @Mayor.", true)]
#[case::handle_is_no_word("mayor", "@mayor", false)]
#[case::handle_local("@city", "@city@mastodon.example", true)]
#[case::handle_domain("@city@mastodon.example", "@city@mastodon.example", true)]
#[case::no_phrase_across_a_handle("\"water main\"", "water @city main", false)]
#[case::link("water", "https://x.ca/water", false)]
#[case::has_link("has:link", "https://x.ca/water", true)]
#[case::accents("égout", "EGOUT", true)]
#[case::accents_in_text("egout", "l’Égout", true)]
#[case::elision("d'eau", "plus d’eau ici", true)]
#[case::elision_splits("eau", "l'eau", true)]
#[case::french_phrase("\"eau brune\"", "L’EAU BRUNE!", true)]
#[case::ligature("coeur", "le cœur", true)]
#[case::hidden("water", "wa\u{200B}te\u{202E}r", true)]
#[case::hidden_mark("water", "wa⟨U+200B⟩ter", true)]
#[case::decimal("6.8", "hausse de 6,8 %", true)]
#[case::emoji("🔥", "so 🔥🔥", true)]
#[case::emoji_tone("👍", "👍🏽", true)]
#[case::han("水道", "今日の水道水", true)]
#[case::han_misses("水道", "道水", false)]
#[case::kana_near("水 NEAR/2 茶", "水と茶", true)]
#[case::suffix("*way", "the Highway!", true)]
#[case::suffix_is_itself("*way", "way", true)]
#[case::suffix_misses("*way", "ways", false)]
#[case::suffix_accents("*tée", "la beauté jetée", true)]
#[case::long_suffix("*itutionnellementlonguementsansfin", "anticonstitutionnellementlonguementsansfin", true)]
#[case::one_letter("wat?r", "water watir", true)]
#[case::one_letter_only("wat?r", "watr wateer", false)]
#[case::one_letter_first("?ater", "later", true)]
#[case::letters("w??er", "the waver", true)]
#[case::letter_and_more("colo?r*", "colourful", true)]
#[case::letter_and_before("*gh?ay", "the highway", true)]
#[case::letter_in_cyrillic("во?а", "Вода", true)]
#[case::suffix_in_phrase("\"*own water\"", "brown water", true)]
#[case::letter_in_phrase("\"wat?r main\"", "a water main", true)]
#[case::prefixes_in_phrase("\"flood* warn*\"", "Flooding warnings", true)]
#[case::phrase_across("\"flood* warn*\"", "flooding: no warnings", false)]
#[case::wild_near("*ding NEAR/2 wat?r", "water is flooding", true)]
#[case::letter_elided("l'éc?le", "à l'école", true)]
#[case::exact("{BC Transit}", "take BC Transit now", true)]
#[case::exact_case("{BC Transit}", "take BC transit now", false)]
#[case::exact_accents("{Montréal}", "Montreal", false)]
#[case::exact_composed("{Montréal}", "Montre\u{301}al", true)]
#[case::exact_hidden("{BC Transit}", "BC Tran\u{200B}sit", true)]
#[case::exact_later_place("{Transit}", "transit is Transit", true)]
#[case::exact_word_of_tag("{Brown Water}", "#BrownWater", true)]
#[case::exact_tag("{#BrownWater}", "#brownwater", false)]
#[case::exact_tag_fits("{#BrownWater}", "#BrownWater", true)]
#[case::exact_handle("{@Mayor}", "@Mayor @mayor", true)]
#[case::exact_near("{IT} NEAR/2 outage", "an IT outage", true)]
#[case::exact_near_misses("{IT} NEAR/2 outage", "is it an outage", false)]
#[case::exact_not("-{IT}", "it", true)]
#[case::within_any_order("\"brown water\"~4", "water looks so very brown", true)]
#[case::within_too_far("\"brown water\"~4", "water that looks so very brown", false)]
#[case::within_ordered("\"brown water\"~4f", "water looks brown", false)]
#[case::within_three("\"brown tap water\"~4", "water from the tap: brown", true)]
#[case::within_three_too_far("\"brown tap water\"~3", "water from the tap: brown", false)]
#[case::within_three_ordered("\"brown tap water\"~4f", "brown is the tap water", true)]
#[case::within_own_places("\"water wat*\"~5", "water", false)]
#[case::within_shares("\"wat* water\"~5", "water, watering", true)]
#[case::within_not_across_a_window("\"a b c\"~2", "a b x b c", false)]
#[case::within_exact("{Brown Water}~3", "Water is Brown", true)]
#[case::within_exact_misses("{Brown Water}~3", "Water is brown", false)]
#[case::han_run("水道局", "東京都水道局です", true)]
#[case::mixed_run("水道2号", "水道2号", true)]
#[case::mixed_run_misses("水道2号", "水道3号", false)]
#[case::kana("カード", "クレジットカード", true)]
#[case::hangul("수도", "상수도관", true)]
#[case::digits("2026", "en 2026,", true)]
#[case::digits_of_tag("2026", "#Budget2026", true)]
#[case::hyphen("baie-des-aulnes", "Baie des Aulnes", true)]
#[case::hyphen_apart("e-mail", "my e mail", true)]
#[case::straight_apostrophe("d’eau", "d'eau", true)]
#[case::english_apostrophe("don't", "I don’t know", true)]
#[case::possessive("mayor", "the mayor's office", true)]
#[case::flag("🇨🇦", "go 🇨🇦!", true)]
#[case::heart("❤", "❤️", true)]
#[case::tag_from_words("#BrownWater", "brown water", false)]
#[case::quoted_operator("\"or\"", "this or that", true)]
fn matches(#[case] wanted: &str, #[case] text: &str, #[case] expected: bool) {
    assert_eq!(query(wanted).matches(&Post::of(text)), expected);
}

#[rstest]
#[case::author_suffix("author:*inel", true)]
#[case::author_letter("author:sent?nel", true)]
#[case::url("url:sentinel.example", true)]
#[case::url_path("url:\"example/news\"", true)]
#[case::url_with_scheme("url:http://Sentinel.example/news", true)]
#[case::url_in_text("url:\"alderbay ca/water\"", true)]
#[case::url_prefix("url:wat*", true)]
#[case::url_not_across("url:\"news www\"", false)]
#[case::url_is_not_the_text("url:turned", false)]
#[case::url_case("url:ALDERBAY.CA", true)]
#[case::not_url("-url:cbc.ca", true)]
#[case::handle_prefix("author:\"@sentinel*\"", true)]
#[case::handle_word("author:news", true)]
#[case::name_word("author:\"the Sentinel\"", true)]
#[case::name_order("author:\"sentinel the\"", false)]
#[case::not_across("author:\"news the\"", false)]
#[case::folded("author:BELANGER", true)]
#[case::not_the_text("author:water", false)]
#[case::not_author("-author:sentinel*", false)]
#[case::author_and_word("author:sentinel* water", true)]
#[case::network("network:twitter", true)]
#[case::other_network("network:bluesky", false)]
#[case::source("source:inb*", true)]
#[case::lang("lang:fr", true)]
#[case::lang_region("lang:fr-CA", true)]
#[case::lang_other("lang:fr-FR", false)]
#[case::kind("kind:reply", true)]
#[case::followers("followers>1000", false)]
#[case::followers_equal("followers>=1_000", true)]
#[case::unknown_likes("likes>=0", false)]
#[case::initiative("initiative:WATER", true)]
#[case::stakeholder("stakeholder:residents", false)]
#[case::message("message:km-*", true)]
#[case::question("is:question", true)]
#[case::request("is:request", false)]
#[case::open("status:open", true)]
#[case::status("status:in_review", true)]
#[case::priority("priority<=P2", true)]
#[case::priority_less("priority<P2", false)]
#[case::age("age<2h", true)]
#[case::age_equal("age=90m", true)]
fn fields(#[case] wanted: &str, #[case] expected: bool) {
    let post = Post {
        network: "x".to_owned(),
        lang: Some("fr-CA".to_owned()),
        followers: Some(1000),
        initiatives: vec!["water".to_owned()],
        question: true,
        desk: Some((Status::InReview, Level::P2, 90)),
        url: Some("https://sentinel.example/news".to_owned()),
        ..Post::by("Water turned brown www.AlderBay.ca/Water-Main", "@sentinel_ab.news", "The Sentinel · Bélanger")
    };
    assert_eq!(query(wanted).matches(&post), expected);
}

#[rstest]
#[case::all_words("water", "Water, eau, water", &["Water", "water"])]
#[case::phrase_is_one("\"water main\"", "the water main is", &["water main"])]
#[case::tag_joins("\"water main\" OR #WaterMain*", "Elm? #WaterMain", &["#WaterMain"])]
#[case::near_marks_both("brown NEAR/3 water", "brown tap water, brown", &["brown", "water", "brown"])]
#[case::near_only_partners("brown NEAR/1 water", "water x brown water", &["brown", "water"])]
#[case::not_has_none("water -fire", "water", &["water"])]
#[case::only_true_branches("(a b) OR c", "a c", &["c"])]
#[case::within_marks_all("\"brown water\"~2", "brown tap water, brown", &["brown", "water", "brown"])]
#[case::within_only_partners("\"brown water\"~1", "water x brown water", &["brown", "water"])]
#[case::within_in_order("\"a b\"~4f", "b a b", &["a", "b"])]
#[case::exact_only("{Water}", "water Water", &["Water"])]
#[case::suffix("*way", "highway, way", &["highway", "way"])]
#[case::url_has_none("url:x.ca", "see https://x.ca", &[])]
#[case::fields_have_none("kind:reply", "water", &[])]
fn spans(#[case] wanted: &str, #[case] text: &str, #[case] expected: &[&str]) {
    let spans = query(wanted).spans(&Post::of(text)).expect("it matches");
    assert_eq!(spans.iter().map(|span| &text[span.clone()]).collect::<Vec<_>>(), expected);
}

#[test]
fn an_engine_reports_its_rules_in_order() {
    let queries: Vec<Query> = ["fire", "water", "-fire", "wat*", "brown", "kind:reply"].map(query).into();
    let engine = Engine::new(&queries);
    let mut scratch = EngineScratch::new();
    let mut run = |text: &str| {
        let mut found = Vec::new();
        engine.run(&Post::of(text), &mut scratch, |rule, _| found.push(rule));
        found
    };
    assert_eq!(run("brown water"), [1, 2, 3, 4, 5]);
    assert_eq!(run("fire"), [0, 5]);
    assert_eq!(run(""), [2, 5]);
}

#[test]
fn candidates_are_what_an_index_can_serve() {
    let term = |term: &str| FtsExpr::Term(term.to_owned());
    let expected = FtsExpr::And(vec![
        FtsExpr::Or(vec![term("tag_watermain"), FtsExpr::Prefix("flood".to_owned())]),
        FtsExpr::And(vec![term("l"), term("eau")]),
    ]);
    assert_eq!(query("(#WaterMain OR flood*) l'eau -x network:x").candidates(), Candidates::Fts(expected));
    assert_eq!(query("water OR network:x").candidates(), Candidates::All);
    let wild = FtsExpr::And(vec![FtsExpr::Prefix("wat".to_owned()), term("main")]);
    assert_eq!(query("\"wat?r main\" *way").candidates(), Candidates::Fts(wild));
    let words = FtsExpr::And(vec![term("bc"), term("transit")]);
    assert_eq!(query("{BC Transit}").candidates(), Candidates::Fts(words.clone()));
    assert_eq!(query("\"bc transit\"~4").candidates(), Candidates::Fts(words));
    assert_eq!(query("*way").candidates(), Candidates::All);
    assert_eq!(query("?ater").candidates(), Candidates::All);
    assert_eq!(query("url:x.ca").candidates(), Candidates::All);
}

#[rstest]
#[case::day_after("posted>2026-11-20", false)]
#[case::day("posted:2026-11-20", true)]
#[case::day_from("posted>=2026-11-20", true)]
#[case::minute("posted>2026-11-20T09:11", true)]
#[case::same_minute("posted=\"2026-11-20 09:12\"", true)]
#[case::same_minute_is_not_before("posted<2026-11-20T09:12", false)]
#[case::tone("tone:negative", true)]
#[case::other_tone("tone:unsure", false)]
#[case::hostility("hostility>=2", true)]
#[case::hostility_less("hostility<2", false)]
#[case::reposted("is:reposted", true)]
#[case::place("place:HARBOUR", true)]
#[case::any_place("place:*", true)]
#[case::no_rumour("rumour:*", false)]
#[case::protocol("protocol:thr*", true)]
#[case::criterion("criterion:local", true)]
#[case::clause("clause:attack", true)]
fn what_was_found_out(#[case] wanted: &str, #[case] expected: bool) {
    let post = Post {
        reposts: Some(3),
        ids: vec![("place", "harbour"), ("protocol", "threat"), ("criterion", "local"), ("clause", "attack")],
        desk: Some((Status::New, Level::P1, 5)),
        ..Post::of("")
    };
    assert_eq!(query(wanted).matches(&post), expected);
}

#[test]
fn what_is_not_known_does_not_hold() {
    for wanted in ["tone:neutral", "hostility>=0", "is:reposted", "posted<9999-01-01", "place:*", "likes>=0"] {
        assert!(!query(wanted).matches(&Post::unknown("water")), "{wanted}");
    }
}

#[test]
fn a_match_rule_takes_in_the_places_it_names() {
    let parse = |text: &str| Query::parse(text, Stage::Match).expect("it parses");
    let rule = parse("water (place:north OR -place:Harbour)");
    let names: Vec<&str> = rule.places().iter().map(|place| place.id.as_str()).collect();
    assert_eq!(names, ["north", "Harbour"]);

    let known = |id: &str| match id {
        "north" => Some(parse("\"north end\" -\"north end road\"").expr().clone()),
        _ => id.eq_ignore_ascii_case("harbour").then(|| parse("harbour OR pier").expr().clone()),
    };
    let expanded = rule.expand_places(&known).expect("both are known");
    assert_eq!(expanded.to_string(), "water ((\"north end\" NOT \"north end road\") OR NOT (harbour OR pier))");
    assert_eq!(Query::parse(&expanded.to_string(), Stage::Match), Ok(expanded.clone()));
    assert!(expanded.places().is_empty());
    assert!(expanded.matches(&Post::of("water at the north end")));
    assert!(!expanded.matches(&Post::of("water at the pier")));

    let errors = rule.expand_places(&|_| None).expect_err("no place is known");
    assert_eq!(errors.iter().map(|error| error.span.clone()).collect::<Vec<_>>(), [7..18, 23..36]);
}

#[test]
fn alternatives_beside_near_may_overlap() {
    let text = "abcdef ".repeat(600) + "x";
    let wanted = query("(abc* OR abcd* OR abcde* OR abcdef OR *def OR ab?def) NEAR/2 x");
    let spans = wanted.spans(&Post::of(&text)).expect("it matches");
    assert_eq!(spans, [598 * 7..598 * 7 + 6, 599 * 7..599 * 7 + 6, 600 * 7..600 * 7 + 1]);
}

#[test]
fn places_make_no_bomb() {
    let large = Query::parse(&vec!["a"; 999].join(" OR "), Stage::Match).expect("it parses").expr().clone();
    let rule = Query::parse(&"place:a ".repeat(100), Stage::Match).expect("it parses");
    let errors = rule.expand_places(&|_| Some(large.clone())).expect_err("it grows too large");
    assert!(matches!(errors[0].kind, QueryErrorKind::TooManyTerms { limit: crate::query::MAX_TERMS }));
}
