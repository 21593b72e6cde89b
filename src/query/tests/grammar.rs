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
#[case::braces("{BC Transit}", &["Unexpected {BC"])]
#[case::slop("\"a b\"~4", &["Unexpected ~4"])]
#[case::star_inside("wa*ter", &["Wildcard wa*ter"])]
#[case::star_first("*way", &["Wildcard *way"])]
#[case::star_alone("*", &["Wildcard *"])]
#[case::question_mark("wat?r", &["Wildcard wat?r"])]
#[case::short_prefix("w*", &["PrefixTooShort w*"])]
#[case::short_tag("#w*", &["PrefixTooShort #w*"])]
#[case::no_words("a …", &["NoWords …"])]
#[case::link("https://alderbay.ca", &["Link https://alderbay.ca"])]
#[case::handle_in_phrase("\"thanks @mayor\"", &["HandleInPhrase \"thanks @mayor\""])]
#[case::tag_with_tail("#a#b", &["Unexpected #b"])]
#[case::all_at_once("kind:x (a OR foo:1 w*", &["BadValue kind:x", "UnclosedParenthesis (", "UnknownField foo:1", "PrefixTooShort w*"])]
fn reports(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(errors(text, Stage::Match), expected);
}

#[rstest]
#[case::or("water or sewer", &["or"])]
#[case::french("eau ou égout et pluie", &["ou", "et"])]
#[case::not("water not bottle", &["not"])]
#[case::quoted("\"water or sewer\"", &[])]
#[case::alone("or", &[])]
#[case::beside_operators("water OR or", &[])]
fn warns(#[case] text: &str, #[case] expected: &[&str]) {
    let query = Query::parse(text, Stage::Match).expect("it parses");
    let words: Vec<_> = query.warnings().iter().map(|warning| &text[warning.span.clone()]).collect();
    assert_eq!(words, expected);
}

#[test]
fn hostile_queries_are_refused() {
    assert_eq!(errors(&"(".repeat(10_000), Stage::Match), ["TooDeep ("]);
    assert_eq!(errors(&"NOT ".repeat(10_000), Stage::Match), ["TooDeep NOT"]);
    assert_eq!(errors(&"-".repeat(1_000), Stage::Match), ["TooDeep -"]);
    let long = Query::parse(&"a ".repeat(500_000), Stage::Match).expect_err("it is too long");
    assert_eq!(long.len(), 1);
    let closed = format!("{}a{}", "(".repeat(100), ")".repeat(100));
    assert!(Query::parse(&closed, Stage::Match).is_ok());
}

#[test]
fn every_error_has_words_in_both_languages() {
    let texts =
        ["", "a NEAR b", "netwrok:x", "initiative:x", "kind:repyl", "likes>x", "network>x", "w*", "(", "\"a", "lang:?"];
    for lang in [Lang::En, Lang::Fr] {
        let locale = Locale::new(lang);
        for text in texts {
            for error in Query::parse(text, Stage::Match).expect_err("it has errors") {
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
