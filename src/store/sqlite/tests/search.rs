//! Search gives exactly the rows the query decides on, whatever the index offers.

use std::ops::ControlFlow;
use std::sync::Arc;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::mention::{Confidence, Danger, Intent, Tone};
use crate::pipeline::{DangerHit, IntentHit, SurgeHit};
use crate::query::{Query, Stage};
use crate::store::{CaseSubject, Search, search_all};
use crate::text::tokens::Tokens;

const WORDS: &[&str] = &[
    "water",
    "Water",
    "wa\u{200b}ter",
    "main",
    "eau",
    "d'eau",
    "brown",
    "#BrownWater",
    "@mayor",
    "été",
    "6.8",
    "🌊",
    "waterfall",
];

const QUERIES: &[&str] = &[
    "water",
    "wat*",
    "bro*",
    "\"water main\"",
    "water OR eau",
    "brown -main",
    "#BrownWater",
    "@mayor",
    "NOT water",
    "ete",
    "brown NEAR/2 water",
    "priority<=P2",
    "status:closed",
    "status:closed water",
    "6.8 OR is:relevant",
    "🌊",
    "author:ana",
    "(water OR eau) main",
    "d'eau",
    "*ter",
    "wat?r",
    "\"brown ma?n\"",
    "?rown OR *ete",
    "{water}",
    "{#BrownWater}",
    "\"main brown\"~2",
    "\"main wat* brown\"~4f",
    "url:example.org",
    "posted>2026-11-01",
    "place:* OR hostility>=1 OR tone:negative",
    "hostility>=2",
    "-hostility<2 water",
    "danger:threat",
    "is:question -is:thanks",
    "surge:water",
    "surge:* -tone:positive",
    "tone:unsure OR kind:reply",
    "initiative:water status:open",
    "network:bluesky source:inbox",
];

/// Labels of every sort, by number.
fn labelled(n: usize, mut item: Assessed) -> Assessed {
    let found = &mut item.assessment;
    found.tone.label = [Tone::Negative, Tone::Neutral, Tone::Positive, Tone::Unsure][n % 4];
    found.hostility.level = (n % 3) as u8;
    let confidence = Confidence::percent(90);
    if n.is_multiple_of(5) {
        found.dangers.push(DangerHit { danger: Danger::Threat, confidence, spans: Vec::new() });
    }
    if n % 6 < 2 {
        let intent = [Intent::Question, Intent::Thanks][n % 2];
        found.intents.push(IntentHit { intent, confidence, spans: Vec::new() });
    }
    if n % 7 < 2 {
        found.surges.push(SurgeHit { initiative: n.is_multiple_of(7).then(|| "water".into()), level: 2 });
    }
    item
}

fn search(view: View, query: &str) -> Search {
    let query = Arc::new(Query::parse(query, Stage::Desk).expect("a query"));
    Search { view, query, limit: usize::MAX, after: None }
}

fn found(store: &mut SqliteStore, search: &Search) -> Vec<String> {
    let mut ids = Vec::new();
    search_all(store, search, noon(), &mut |row| {
        ids.push(row.id.native().to_owned());
        ControlFlow::Continue(())
    })
    .expect("searches");
    ids
}

/// The same question, answered by looking at every case of the view, newest first.
fn scanned(store: &mut SqliteStore, search: &Search) -> Vec<String> {
    let page = store
        .page(&PageRequest { view: search.view, anchor: Anchor::Top, limit: 1_000, folded: false }, noon())
        .expect("reads");
    let mut cases: Vec<Case> =
        page.rows.iter().map(|row| store.case(&row.id, noon()).expect("reads").expect("is there")).collect();
    cases.sort_by_key(|case| case.row.position);
    cases.retain(|case| {
        search.query.matches(&CaseSubject {
            mention: &case.assessed.mention,
            assessment: &case.assessed.assessment,
            tokens: &Tokens::of(&case.assessed.mention.text),
            status: case.row.status,
            copies: case.row.copies,
            at: case.row.at,
            now: noon(),
            zone: search.query.zone(),
        })
    });
    cases.iter().map(|case| case.row.id.native().to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_search_is_a_scan(
        texts in prop::collection::vec(prop::collection::vec(0..WORDS.len(), 1..6), 1..40),
        closed in prop::collection::vec(any::<bool>(), 40),
        query in 0..QUERIES.len(),
    ) {
        let (_folder, mut store) = store();
        let levels = [Level::P1, Level::P2, Level::P3, Level::P4];
        let items: Vec<Assessed> = texts
            .iter()
            .enumerate()
            .map(|(n, words)| {
                let text = words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" ");
                labelled(n, item(&n.to_string(), &text, levels[n % 4]))
            })
            .collect();
        commit(&mut store, items.clone());
        let mentions = items.iter().zip(&closed).filter(|(_, closed)| **closed).map(|(item, _)| &item.mention);
        let records: Vec<Record> = mentions.zip(1..).map(|(mention, seq)| decided(seq, mention)).collect();
        apply(&mut store, &records, Origin::Log);
        for view in [View::All, View::Open, View::Urgent, View::Closed, View::Mine] {
            let search = search(view, QUERIES[query]);
            prop_assert_eq!(found(&mut store, &search), scanned(&mut store, &search), "{:?} {}", view, QUERIES[query]);
        }
    }
}

#[rstest]
fn a_search_in_small_steps_finds_the_same(#[values(1, 2, 7)] budget: usize, #[values(0, 1, 3)] rows: usize) {
    let (_folder, mut store) = mixed();
    for view in [View::All, View::Open, View::Urgent] {
        let search = search(view, "text -7");
        let whole = found(&mut store, &search);
        let (mut after, mut matched, mut ids) = (None, 0, Vec::new());
        loop {
            let step = store.search(&search, Step { after, rows, budget }, noon()).expect("searches");
            matched += step.matched;
            ids.extend(step.rows.into_iter().map(|row| row.id.native().to_owned()));
            let Some(next) = step.next else { break };
            assert!(after.is_none_or(|after| next > after), "every step goes on");
            after = Some(next);
        }
        assert_eq!(matched, whole.len() as u64);
        assert_eq!(ids, if rows == 0 { Vec::new() } else { whole });
    }
}

#[test]
fn a_new_text_is_found_and_the_old_one_no_more() {
    let (_folder, mut store) = store();
    commit(&mut store, vec![item("1", "Boil water", Level::P4), item("1", "Drink tea", Level::P4)]);
    assert_eq!(found(&mut store, &search(View::All, "tea")), ["1"]);
    assert_eq!(found(&mut store, &search(View::All, "water")), Vec::<String>::new());
}
