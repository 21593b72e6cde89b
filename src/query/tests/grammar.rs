use rstest::rstest;

use crate::locale::{Lang, Locale};
use crate::query::{Query, Stage, wording};

/// `what at start..end, suggestion` for each error.
fn errors(text: &str, stage: Stage) -> Vec<String> {
    let errors = Query::parse(text, stage).map(|query| query.to_string()).expect_err("it has errors");
    errors
        .iter()
        .map(|error| {
            let kind = format!("{:?}", error.kind);
            let kind = kind.split([' ', '{', '(']).next().unwrap_or_default().to_owned();
            let place = text.get(error.span.clone()).expect("spans are inside the query");
            match &error.suggestion {
                Some(suggestion) => format!("{kind} {place} → {suggestion}"),
                None => format!("{kind} {place}"),
            }
        })
        .collect()
}

#[rstest]
#[case::words("water  main", "water main")]
#[case::and("water AND main", "water main")]
#[case::groups("(a b) (c OR (d OR e))", "a b (c OR d OR e)")]
#[case::precedence("a b OR NOT c d", "(a b) OR (NOT c d)")]
#[case::minus("-a -(b c)", "NOT a NOT (b c)")]
#[case::near("a NEAR/3 \"b c\"", "a NEAR/3 \"b c\"")]
#[case::near_group("(a OR b) NEAR/3f c d", "((a OR b) NEAR/3f c) d")]
#[case::quotes("“eau brune” «  robinet sec » \"water\"", "\"eau brune\" \"robinet sec\" water")]
#[case::marks("#WaterMain* @mayor ＃水", "#WaterMain* @mayor #水")]
#[case::fields("author:\"@Sentinel*\" NETWORK:Twitter lang:FR_ca", "author:Sentinel* network:x lang:fr-ca")]
#[case::comparisons("followers>1000 likes:5 age<120m priority:p1", "followers>1000 likes=5 age<2h priority=P1")]
#[case::or_as_a_word("\"or\"", "\"or\"")]
#[case::clock("10:30", "10:30")]
#[case::wildcards("*way wat?r COLO?R* *gh?ay", "*way wat?r COLO?R* *gh?ay")]
#[case::exact("{BC  Transit} {#WaterMain} {@Mayor}", "{BC Transit} {#WaterMain} {@Mayor}")]
#[case::within("\"brown  water\"~4 “a b c”~4f {A b}~1", "\"brown water\"~4 \"a b c\"~4f {A b}~1")]
#[case::urls("url:https://Example.org/Water url:cbc.ca", "url:\"Example.org/Water\" url:cbc.ca")]
#[case::new_fields(
    "POSTED>=2026-11-01 posted<\"2026-11-01 09:30\" hostility>1 tone:Unsure is:Reposted",
    "posted>=2026-11-01 posted<2026-11-01T09:30 hostility>1 tone:unsure is:reposted"
)]
#[case::ids("rumour:r-* protocol:p criterion:c clause:c place:*", "rumour:r-* protocol:p criterion:c clause:c place:*")]
#[case::question_is_punctuation("\"is it safe?\"", "\"is it safe?\"")]
#[case::quoted_field("\"network:x\"", "\"network:x\"")]
fn prints(#[case] text: &str, #[case] expected: &str) {
    let query = Query::parse(text, Stage::Desk).expect("it parses");
    assert_eq!(query.to_string(), expected);
    assert_eq!(Query::parse(expected, Stage::Desk).expect("the print parses"), query);
}

#[rstest]
#[case::empty("", &["Empty "])]
#[case::blank("  ", &["Empty   "])]
#[case::near_alone("a NEAR b", &["NearDistance NEAR → NEAR/5"])]
#[case::near_number("a NEAR5f b", &["NearDistance NEAR5f → NEAR/5f"])]
#[case::near_lower("a near/4 b", &["NearDistance near/4 → NEAR/4"])]
#[case::near_zero("a NEAR/0 b", &["NearDistance NEAR/0 → NEAR/1"])]
#[case::near_far("a NEAR/9999999999 b", &["NearDistance NEAR/9999999999 → NEAR/100"])]
#[case::near_not("a NEAR/3 (b c)", &["NearOperand (b c)"])]
#[case::near_chain("a NEAR/3 b NEAR/3 c", &["NearOperand a NEAR/3 b"])]
#[case::near_nothing("a NEAR/3", &["MissingOperand NEAR/3"])]
#[case::near_first("NEAR/3 a", &["MissingOperand NEAR/3"])]
#[case::unknown_field("netwrok:x", &["UnknownField netwrok:x → network:x"])]
#[case::far_field("note:x", &["UnknownField note:x"])]
#[case::stage("initiative:water", &["FieldStage initiative:water"])]
#[case::missing_value("network: x", &["MissingValue network:"])]
#[case::bad_kind("kind:repyl", &["BadValue kind:repyl → kind:reply"])]
#[case::bad_number("likes>many", &["BadValue likes>many"])]
#[case::bad_comparison("network>x", &["BadComparison network>x"])]
#[case::open("(a OR b", &["UnclosedParenthesis ("])]
#[case::closed("a) b)", &["UnmatchedParenthesis )", "UnmatchedParenthesis )"])]
#[case::nothing_inside("a ()", &["EmptyParentheses ()"])]
#[case::quote("a \"b c", &["UnclosedQuote \"b c"])]
#[case::or_first("OR a", &["MissingOperand OR"])]
#[case::or_last("a OR", &["MissingOperand OR"])]
#[case::or_twice("a OR OR b", &["MissingOperand OR"])]
#[case::and_last("(a AND)", &["MissingOperand AND"])]
#[case::and_twice("a AND AND b", &["MissingOperand AND"])]
#[case::not_last("a NOT", &["MissingOperand NOT"])]
#[case::pipes("a || b", &["Unexpected || → OR"])]
#[case::near_dash("a NEAR-5 b", &["NearDistance NEAR-5 → NEAR/5"])]
#[case::onear("a ONEAR/3 b", &["NearDistance ONEAR/3 → NEAR/3f"])]
#[case::near_slash("a NEAR/ b", &["NearDistance NEAR/ → NEAR/5"])]
#[case::brace("a {b c", &["UnclosedBrace {b c"])]
#[case::closing_brace("a} b", &["Unexpected }"])]
#[case::empty_braces("{ }", &["NoWords { }"])]
#[case::star_in_braces("{BC Trans*}", &["ExactWildcard {BC Trans*}"])]
#[case::star_in_a_braced_tag("{#Water*}", &["ExactWildcard {#Water*}"])]
#[case::tilde_alone("\"a b\"~", &["WithinDistance ~ → ~5"])]
#[case::tilde_far("\"a b\"~900f", &["WithinDistance ~900f → ~100f"])]
#[case::tilde_zero("\"a b\"~0", &["WithinDistance ~0 → ~5"])]
#[case::tilde_letters("\"a b\"~4x", &["WithinDistance ~4x → ~4"])]
#[case::tilde_slash("\"a b\"~/4", &["WithinDistance ~/4 → ~4"])]
#[case::tilde_apart("\"a b\" ~4", &["WithinOperand ~4"])]
#[case::tilde_after_nothing("a ~4", &["WithinOperand ~4"])]
#[case::tilde_on_a_word("water~4", &["WithinOperand water~4"])]
#[case::tilde_on_one_word("\"water\"~4", &["WithinOperand \"water\"~4"])]
#[case::tilde_on_a_tag("\"#water\"~4", &["WithinOperand \"#water\"~4"])]
#[case::tilde_on_parentheses("(a b)~4", &["WithinOperand ~4"])]
#[case::tilde_too_near("\"a b c\"~1", &["WithinTooNear ~1 → ~2"])]
#[case::tilde_many("\"a b c d e f g h i j k\"~20", &["TooManyWords \"a b c d e f g h i j k\""])]
#[case::tilde_beside_near("\"a b\"~4 NEAR/3 c", &["NearOperand \"a b\"~4"])]
#[case::star_inside("wat*er", &["Wildcard wat*er → wat*"])]
#[case::star_alone("*", &["Wildcard *"])]
#[case::two_stars("**", &["Wildcard **"])]
#[case::stars_at_the_end("flood**", &["Wildcard flood** → flood*"])]
#[case::stars_around("*wat*", &["Wildcard *wat*"])]
#[case::star_after_a_dash("flood-*", &["Wildcard flood-*"])]
#[case::star_on_nothing("*?", &["Wildcard *?"])]
#[case::short_suffix("*ay", &["WildcardTooBroad *ay"])]
#[case::short_pattern("w?t", &["WildcardTooBroad w?t"])]
#[case::open_pattern("?ate?*", &["WildcardBothEnds ?ate?*"])]
#[case::pattern_in_han("水?道", &["Wildcard 水?道"])]
#[case::pattern_behind_han("水?*", &["Wildcard 水?*"])]
#[case::pattern_in_tag("#wat?r", &["MarkWildcard #wat?r"])]
#[case::star_before_tag("#*water", &["MarkWildcard #*water"])]
#[case::hostility("hostility:high", &["BadValue hostility:high"])]
#[case::hostility_far("hostility>4", &["BadValue hostility>4"])]
#[case::tone("tone:negativ", &["BadValue tone:negativ → tone:negative"])]
#[case::sentiment("sentiment:negative", &["UnknownField sentiment:negative → tone:negative"])]
#[case::site("site:cbc.ca", &["UnknownField site:cbc.ca → url:cbc.ca"])]
#[case::date("posted>01/11/2026", &["BadValue posted>01/11/2026"])]
#[case::date_that_is_none("posted:2026-02-30", &["BadValue posted:2026-02-30"])]
#[case::any_place("place:*", &["BadValue place:*"])]
#[case::braces_in_a_value("author:{Ana}", &["MissingValue author:"])]
#[case::short_prefix("w*", &["PrefixTooShort w*"])]
#[case::short_tag("#w*", &["PrefixTooShort #w*"])]
#[case::no_words("a …", &["NoWords …"])]
#[case::link("https://alderbay.ca", &["Link https://alderbay.ca"])]
#[case::handle_in_phrase("\"thanks @mayor\"", &["HandleInPhrase \"thanks @mayor\""])]
#[case::tag_with_tail("#a#b", &["Unexpected #b"])]
#[case::all_at_once("kind:x (a OR foo:1 w*", &["BadValue kind:x", "UnclosedParenthesis (", "UnknownField foo:1", "PrefixTooShort w*"])]
fn reports(#[case] text: &str, #[case] expected: &[&str]) {
    let stage = if text.starts_with("hostility") || text.starts_with("tone") || text.starts_with("sentiment") {
        Stage::Verdict
    } else if text.starts_with("posted") {
        Stage::Desk
    } else {
        Stage::Match
    };
    assert_eq!(errors(text, stage), expected);
}

#[rstest]
#[case("is:question", Stage::Match, Stage::Verdict)]
#[case("clause:x", Stage::Verdict, Stage::Desk)]
#[case("posted>2026-11-01", Stage::Verdict, Stage::Desk)]
#[case("tone:negative", Stage::Match, Stage::Verdict)]
fn waits_for_its_stage(#[case] text: &str, #[case] early: Stage, #[case] works_in: Stage) {
    assert_eq!(errors(text, early), [format!("FieldStage {text}")]);
    assert!(Query::parse(text, works_in).is_ok());
}

#[rstest]
#[case::or("water or sewer", &["or"])]
#[case::french("eau ou égout et pluie", &["ou", "et"])]
#[case::not("water not bottle", &["not"])]
#[case::quoted("\"water or sewer\"", &[])]
#[case::alone("or", &[])]
#[case::beside_operators("water OR or", &[])]
#[case::question_mark("is it safe?", &["safe?"])]
#[case::quoted_question_mark("\"is it safe?\"", &[])]
fn warns(#[case] text: &str, #[case] expected: &[&str]) {
    let query = Query::parse(text, Stage::Match).expect("it parses");
    let words: Vec<_> = query.warnings().iter().map(|warning| &text[warning.span.clone()]).collect();
    assert_eq!(words, expected);
}

/// `kind, bytes of the span` for the only error.
fn refusal(text: &str) -> String {
    match errors(text, Stage::Desk).as_slice() {
        [one] => one.split(' ').next().unwrap_or_default().to_owned(),
        many => format!("{} errors: {}", many.len(), many.join(", ")),
    }
}

#[rstest]
#[case::parentheses("(".repeat(10_000), "TooDeep")]
#[case::all_closed(format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000)), "TooDeep")]
#[case::nots("NOT ".repeat(10_000), "TooDeep")]
#[case::minuses("-".repeat(10_000), "TooDeep")]
#[case::not_in_parentheses("-(".repeat(10_000), "TooDeep")]
#[case::long("a ".repeat(500_000), "TooLong")]
#[case::million_wildcards("abc* ".repeat(1_000_000), "TooLong")]
#[case::wildcards("abc* ".repeat(501), "TooManyWildcards")]
#[case::wildcards_in_phrases("\"abc* wat?r\" ".repeat(251), "TooManyWildcards")]
#[case::wildcards_in_fields("author:abc* ".repeat(501), "TooManyWildcards")]
#[case::wildcards_in_tags("#abc* ".repeat(501), "TooManyWildcards")]
#[case::terms("a ".repeat(5_001), "TooManyTerms")]
#[case::fields("likes>1 ".repeat(5_001), "TooManyTerms")]
#[case::phrase(format!("\"{}\"", "a ".repeat(101)), "TooManyWords")]
#[case::han("水".repeat(101), "TooManyWords")]
fn bombs_are_refused(#[case] text: String, #[case] expected: &str) {
    assert_eq!(refusal(&text), expected);
}

#[rstest]
#[case::parentheses(format!("{}a{}", "(".repeat(100), ")".repeat(100)))]
#[case::wildcards("abc* ".repeat(500))]
#[case::terms("a ".repeat(5_000))]
#[case::phrase(format!("\"{}\"", "a ".repeat(100)))]
fn limits_can_be_reached(#[case] text: String) {
    assert!(Query::parse(&text, Stage::Match).is_ok());
}

#[rstest]
#[case::quotes("\"".repeat(65_000))]
#[case::closing(")".repeat(65_000))]
#[case::braces("{}".repeat(32_000))]
#[case::ors("OR ".repeat(20_000))]
#[case::nears("NEAR/3 ".repeat(9_000))]
#[case::tildes("\"\"~".repeat(20_000))]
#[case::question_marks("?a ".repeat(20_000))]
#[case::stars("* ".repeat(30_000))]
fn errors_come_to_an_end(#[case] text: String) {
    assert!((1..=51).contains(&errors(&text, Stage::Desk).len()));
}

#[test]
fn warnings_come_to_an_end() {
    let query = Query::parse(&"a or ".repeat(2_000), Stage::Match).expect("it parses");
    assert_eq!(query.warnings().len(), 50);
}

#[test]
fn every_error_has_words_in_both_languages() {
    let texts = [
        "",
        "a NEAR b",
        "netwrok:x",
        "initiative:x",
        "kind:repyl",
        "likes>x",
        "network>x",
        "w*",
        "(",
        "\"a",
        "lang:?",
        "{a",
        "{a*}",
        "#a?b",
        "*ab",
        "?ate?*",
        "*",
        "\"a b\"~",
        "a~4",
        "\"a b c\"~1",
        "posted:x",
        "hostility:x",
    ];
    for lang in [Lang::En, Lang::Fr] {
        let locale = Locale::new(lang);
        for text in texts {
            let stage = if text.starts_with("initiative") { Stage::Match } else { Stage::Desk };
            for error in Query::parse(text, stage).expect_err("it has errors") {
                assert!(!wording::error(&error, &locale).is_empty());
            }
        }
        for warning in Query::parse("a or b", Stage::Match).expect("it parses").warnings() {
            assert!(wording::warning(warning, &locale).contains("OR"));
        }
    }
    let error = &Query::parse("initiative:x", Stage::Match).expect_err("it has errors")[0];
    let english = wording::error(error, &Locale::new(Lang::En));
    assert!(
        english.starts_with("initiative cannot be used here: it works in rules on what was found out"),
        "{english}"
    );
}
