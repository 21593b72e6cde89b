use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;

use super::*;

/// Every message of a language with the names of the arguments it uses, read from the syntax, not from a run.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (area, source) in lang.files() {
        let resource = FluentResource::try_new((*source).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{}/{area}.ftl: {errors:?}", lang.code()));
        drop(resource);
        let mut current: Option<String> = None;
        for line in source.lines() {
            let starts_message = line.starts_with(|c: char| c.is_ascii_alphabetic());
            if starts_message && let Some((name, _)) = line.split_once('=') {
                let name = name.trim().to_owned();
                assert!(
                    found.insert(name.clone(), BTreeSet::new()).is_none(),
                    "{}/{area}.ftl: {name} stands twice",
                    lang.code()
                );
                current = Some(name);
            }
            let Some(name) = &current else { continue };
            for piece in line.split('$').skip(1) {
                let argument: String =
                    piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect();
                found.get_mut(name).expect("the message was just inserted").insert(argument);
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_arguments() {
    let (english, french) = (messages(Lang::En), messages(Lang::Fr));
    let missing = |from: &BTreeMap<String, _>, of: &BTreeMap<String, BTreeSet<String>>| {
        of.keys().filter(|name| !from.contains_key(*name)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(missing(&french, &english), Vec::<String>::new(), "missing in French");
    assert_eq!(missing(&english, &french), Vec::<String>::new(), "missing in English");
    for (name, arguments) in &english {
        assert_eq!(arguments, &french[name], "arguments of {name} differ");
    }
}

#[test]
fn no_isolates_reach_the_screen() {
    for lang in [Lang::En, Lang::Fr] {
        let text = tr!(Locale::new(lang), "words-count-mentions", count = 3);
        assert!(text.contains('3'), "{text}");
        assert!(!text.contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']), "{text:?}");
    }
}

#[test]
fn plurals_follow_the_language() {
    let french = Locale::new(Lang::Fr);
    // French counts zero as one.
    assert_eq!(tr!(french, "words-count-mentions", count = 0), "0 mention");
    assert_eq!(tr!(Locale::new(Lang::En), "words-count-mentions", count = 0), "0 mentions");
}
