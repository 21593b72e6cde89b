//! The examples of the page: what each finds and what it does not, as a test runs them.

/// A query with a text that it finds and one that it does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Example {
    pub(super) query: &'static str,
    /// The message that says what it asks for.
    pub(super) says: &'static str,
    pub(super) finds: &'static str,
    pub(super) passes: &'static str,
}

const fn example(query: &'static str, says: &'static str, finds: &'static str, passes: &'static str) -> Example {
    Example { query, says, finds, passes }
}

/// The examples with the messages of the headings they stand under.
pub(super) const SECTIONS: &[(&str, &[Example])] = &[
    ("query-page-words", WORDS),
    ("query-page-near", NEAR),
    ("query-page-wildcards", WILDCARDS),
    ("query-page-exact", EXACT),
    ("query-page-marks", MARKS),
    ("query-page-rules", RULES),
];

const WORDS: &[Example] = &[
    example("water main", "query-page-both", "the main lost its water", "the water is off"),
    example("water AND main", "query-page-and", "the main lost its water", "the water is off"),
    example("\"water main\"", "query-page-phrase", "a water main broke", "the main lost its water"),
    example("water OR eau", "query-page-or", "plus une goutte d’eau", "plus une goutte"),
    example("water NOT bottle", "query-page-not", "the water is brown", "a bottle of water"),
    example("water -bottle", "query-page-minus", "the water is brown", "a bottle of water"),
    example("(water OR eau) brown", "query-page-group", "why is the water brown?", "the brown bear is back"),
    example("sewer OR water main", "query-page-precedence", "the sewer on Elm St", "the water on Elm St"),
    example("water NOT bottle OR sewer", "query-page-not-first", "a bottle in the sewer", "a bottle of water"),
    example("\"or\"", "query-page-operator-word", "sewer or water?", "sewer and water"),
];

const NEAR: &[Example] = &[
    example("brown NEAR/4 water", "query-page-near-any", "water looks so very brown", "water that looks so very brown"),
    example("brown NEAR/4f water", "query-page-near-order", "brown looking water", "water looks brown"),
    example(
        "\"brown water\"~4",
        "query-page-within-two",
        "water looks so very brown",
        "water that looks so very brown",
    ),
    example(
        "\"brown tap water\"~4",
        "query-page-within",
        "water from the tap: brown",
        "brown, not from the tap: water",
    ),
    example("\"brown tap water\"~4f", "query-page-within-order", "brown is the tap water", "the tap water is brown"),
    example("(brown OR dirty) NEAR/3 \"tap water\"", "query-page-near-group", "dirty old tap water", "dirty old tap"),
    example("thanks NEAR/1f @mayor", "query-page-near-handle", "Thanks @mayor!", "@mayor thanks"),
];

const WILDCARDS: &[Example] = &[
    example("flood*", "query-page-prefix", "Flooding again", "a flash of light"),
    example("*way", "query-page-suffix", "the highway is closed", "the ways of water"),
    example("wat?r", "query-page-letter", "WATER!", "watr"),
    example("colo?r*", "query-page-letter-and-more", "colourful", "color"),
    example("\"flood* warn*\"", "query-page-wild-phrase", "flooding warnings", "flooding, no warning"),
];

const EXACT: &[Example] = &[
    example("{BC Transit}", "query-page-exact-words", "BC Transit is late", "bc transit is late"),
    example("{IT} NEAR/3 outage", "query-page-exact-near", "an IT outage", "is it an outage?"),
    example("{#WaterMain}", "query-page-exact-mark", "leak #WaterMain", "leak #watermain"),
];

const MARKS: &[Example] = &[
    example("#WaterMain", "query-page-tag", "leak #watermain", "the water main"),
    example("#Water*", "query-page-tag-prefix", "#WaterMain2026", "water main 2026"),
    example("\"brown water\"", "query-page-tag-words", "see #BrownWater", "see #BrownieWater"),
    example("@mayor", "query-page-handle", "ask @Mayor", "ask the mayor"),
];

const RULES: &[Example] = &[
    example("egout", "query-page-folded", "L’ÉGOUT déborde", "le goût de l’eau"),
    example("eau", "query-page-elision", "plus d’eau", "le bateau"),
    example("don't", "query-page-apostrophe", "I don’t know", "I do not know"),
    example("baie-des-aulnes", "query-page-hyphen", "Baie des Aulnes", "la baie, les aulnes"),
    example("6.8", "query-page-decimal", "hausse de 6,8 %", "hausse de 68 %"),
    example("2026", "query-page-digits", "#Budget2026", "in 20 or 26 days"),
    example("🔥", "query-page-emoji", "so 🔥🔥", "so 🌊"),
    example("水道", "query-page-ideographs", "東京都水道局", "道の水"),
    example("water", "query-page-no-link", "see water", "see https://x.ca/water"),
];
