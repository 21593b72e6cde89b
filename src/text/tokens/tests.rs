use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn words(text: &str) -> Vec<String> {
    let tokens = Tokens::of(text);
    tokens.words().iter().map(|word| tokens.folded(word).to_owned()).collect()
}

fn marks(text: &str) -> Vec<String> {
    let tokens = Tokens::of(text);
    tokens.marks().iter().map(|mark| format!("{}:{}", &text[mark.name.span()], tokens.folded(&mark.name))).collect()
}

#[rstest]
#[case::plain("Is the Water safe?", &["is", "the", "water", "safe"])]
#[case::accents("L’égout déborde à l'été", &["l", "egout", "deborde", "a", "l", "ete"])]
#[case::elision("d'eau don't", &["d", "eau", "don", "t"])]
#[case::hyphen("Baie-des-Aulnes", &["baie", "des", "aulnes"])]
#[case::decimals("6.8% ou 6,8 % en 2026.", &["6.8", "ou", "6.8", "en", "2026"])]
#[case::times("10:30, 1.", &["10", "30", "1"])]
#[case::underscore("brown_water", &["brown_water"])]
#[case::zero_width("wa\u{200B}ter", &["water"])]
#[case::visible_mark("wa⟨U+200B⟩ter ⟨U+202E⟩main", &["water", "main"])]
#[case::control_picture("wa␀ter", &["water"])]
#[case::decimal_hidden("6\u{200B}.\u{200B}8", &["6.8"])]
#[case::tag_words("#BrownWater2027 ok", &["brown", "water", "2027", "ok"])]
#[case::tag_row_of_capitals("#BCTransit", &["bc", "transit"])]
#[case::tag_accents("#ÉgoutPublic", &["egout", "public"])]
#[case::tag_underscore("#brown_water", &["brown", "water"])]
#[case::tag_hidden("#Brown\u{200B}Wa⟨U+200B⟩ter", &["brown", "water"])]
#[case::handle_is_a_gap("thanks @alderbay now", &["thanks", "", "now"])]
#[case::link_is_a_gap("see https://alderbay.ca/Water-Main. Now", &["see", "", "now"])]
#[case::www("see www.alderbay.ca", &["see", ""])]
#[case::email("info@alderbay.ca", &["info", "alderbay", "ca"])]
#[case::emoji("fire🔥🔥 ❤️ 👍🏽", &["fire", "🔥", "🔥", "❤", "👍"])]
#[case::joined_emoji("👩🏽‍🚒🇨🇦🇫🇷", &["👩🚒", "🇨🇦", "🇫🇷"])]
#[case::keycap("1️⃣", &["1"])]
#[case::ideographs("水道水 ok", &["水", "道", "水", "ok"])]
#[case::kana_and_latin("お水water", &["お", "水", "water"])]
#[case::nothing(" … — !", &[])]
#[case::lone_signs("# @ #! @@", &[])]
fn splits_into_words(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(words(text), expected);
}

#[rstest]
#[case::tag("Safe? #WaterMain!", &["#WaterMain:watermain"])]
#[case::tags_in_a_row("#a#b", &["#a:a", "#b:b"])]
#[case::tag_inside_a_word("a#b a\u{200B}#b", &[])]
#[case::accents("#Égout_2", &["#Égout_2:egout_2"])]
#[case::full_width("＃水道", &["＃水道:水道"])]
#[case::handle("@AlderBay's", &["@AlderBay:alderbay"])]
#[case::bluesky("(@ana.bsky.social.)", &["@ana.bsky.social:ana.bsky.social"])]
#[case::mastodon("@city@mastodon.example hi", &["@city:city", "@city@mastodon.example:city@mastodon.example"])]
#[case::email("info@alderbay.ca", &[])]
#[case::in_a_link("https://x.com/@city#top", &[])]
fn finds_marks(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(marks(text), expected);
}

#[rstest]
#[case::hidden("a wa\u{200B}ter\u{200B} b", 1, "wa\u{200B}ter")]
#[case::diacritic_after("e\u{301}! b", 0, "e\u{301}")]
#[case::tag_word("x #BrownWater", 2, "Water")]
fn maps_back(#[case] text: &str, #[case] position: usize, #[case] expected: &str) {
    assert_eq!(&text[Tokens::of(text).words()[position].span()], expected);
}

#[test]
fn names_have_no_signs() {
    let mut tokens = Tokens::new();
    tokens.fill_name("@AlderBay_Sentinel #News");
    let words: Vec<_> = tokens.words().iter().map(|word| tokens.folded(word)).collect();
    assert_eq!(words, ["alderbay_sentinel", "news"]);
    assert!(tokens.marks().is_empty());
}

#[test]
fn lines_of_names_do_not_touch() {
    let mut tokens = Tokens::new();
    tokens.fill_names("https://Example.org/water\nwww.alderbay.ca/Égout?p=6.8");
    let words: Vec<_> = tokens.words().iter().map(|word| tokens.folded(word)).collect();
    let expected = ["https", "example", "org", "water", "", "www", "alderbay", "ca", "egout", "p", "6.8"];
    assert_eq!(words, expected);
}

#[test]
fn links_are_found() {
    let text = "see (https://alderbay.ca/a). @city www.x.ca!";
    let tokens = Tokens::of(text);
    assert_eq!(tokens.links().map(|span| &text[span]).collect::<Vec<_>>(), ["https://alderbay.ca/a", "www.x.ca"]);
}

#[test]
fn index_terms_are_plain() {
    let mut out = String::new();
    Tokens::of("6.8 🔥 #WaterMain @a.b").index_terms(&mut out);
    assert_eq!(out, "6_8 u01f525 water main tag_watermain handle_a_b ");
}

/// Text with what makes folding hard; no joiner, which joins emoji when it is there.
fn hard_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "water",
        "Brown",
        "É",
        "e\u{301}",
        "œ",
        "#",
        "@",
        "_",
        "6",
        ".",
        ",",
        " ",
        "\n",
        "’",
        "-",
        "水",
        "か",
        "한",
        "🔥",
        "🇨",
        "👍🏽",
        "❤️",
        "https://",
        "www.",
        "⟨U+202E⟩",
        "␀",
        "\u{200B}",
        "\u{202E}",
        "\u{AD}",
        "İ",
        "ﬁ",
        "½",
        "ｶﾞ",
        "पा",
    ]);
    prop::collection::vec(
        prop_oneof![8 => piece.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
        0..24,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn spans_fall_on_characters_in_order(text in hard_text()) {
        let tokens = Tokens::of(&text);
        let mut end = 0;
        for word in tokens.words() {
            prop_assert!(text.get(word.span()).is_some_and(|piece| !piece.is_empty()), "{:?}", word);
            prop_assert!(word.span().start >= end);
            end = word.span().end;
            prop_assert_eq!(word.hash, hash(tokens.folded(word)));
        }
        for mark in tokens.marks() {
            prop_assert!(text.get(mark.name.span()).is_some());
            prop_assert_eq!(mark.name.hash, hash(tokens.folded(&mark.name)));
            prop_assert!(!tokens.folded(&mark.name).is_empty());
            prop_assert!(mark.width >= 1 && ((mark.position + mark.width) as usize) <= tokens.words().len());
        }
    }

    #[test]
    fn invisible_characters_change_nothing(text in hard_text().prop_filter("no links", |text| !text.contains("https")
        && !text.contains("www") && !text.contains('\u{200D}')), at in any::<prop::sample::Index>(), mark in
        prop::sample::select(vec!["\u{200B}", "\u{202E}", "⟨U+2066⟩", "␛"])) {
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let at = boundaries[at.index(boundaries.len())];
        // Inside the visible mark of another character there is no place for one more.
        prop_assume!(!text[..at].ends_with('⟨') && text[..at].rfind('⟨').is_none_or(|open| text[open..at].contains('⟩')));
        let mut marked = text.clone();
        marked.insert_str(at, mark);
        prop_assert_eq!(words(&marked), words(&text));
        prop_assert_eq!(marks(&marked).len(), marks(&text).len());
    }

    #[test]
    fn refilling_is_filling(first in hard_text(), second in hard_text()) {
        let mut tokens = Tokens::of(&first);
        tokens.fill(&second);
        let fresh = Tokens::of(&second);
        prop_assert_eq!(tokens.words(), fresh.words());
        prop_assert_eq!(tokens.marks(), fresh.marks());
    }
}
