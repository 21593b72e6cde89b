//! Clusters of near-copies: how they grow, who stands for whom, and how history goes on from them.

use super::*;
use crate::pipeline::{Assessor, History, Memory};
use crate::plan::Plan;
use crate::query::{Query, Stage};
use crate::store::{Search, search_all};

const COPIED: &str = "The council wants to sell the harbour park to a developer, say no on Monday";

/// Commits texts as the pipeline does, each with its level.
struct Town {
    store: SqliteStore,
    plan: Plan,
    history: History,
    came: usize,
}

impl Town {
    fn new(store: SqliteStore) -> Self {
        let plan = crate::plan::fixtures::plan("[organization]\nname = \"Town\"\n");
        Self { store, plan, history: History::new(), came: 0 }
    }

    fn hear(&mut self, text: &str, level: Level) -> Assessed {
        self.came += 1;
        let mut item = item(&self.came.to_string(), text, level);
        let mut assessor = Assessor::new();
        item.assessment.cluster = assessor.assess(&item.mention, &self.plan, &self.history).cluster;
        self.history.observe(&item.mention, &item.assessment, assessor.trace());
        let memories = vec![assessor.trace().memory(&item.mention, &item.assessment)];
        let commit = Commit { items: vec![item.clone()], memories, cursor: None };
        assert_eq!(self.store.commit(&commit), Ok(vec![Outcome::New]));
        item
    }

    fn folded(&mut self, view: View) -> Vec<(String, u32)> {
        let request = PageRequest { view, anchor: Anchor::Top, limit: 100, folded: true };
        let page = self.store.page(&request, noon()).expect("reads");
        page.rows.into_iter().map(|row| (row.id.native().to_owned(), row.copies)).collect()
    }

    fn members(&mut self, id: &str, view: View) -> Vec<String> {
        let rows = self.store.members(&MentionId::new(id), view, noon()).expect("reads");
        rows.iter().map(|row| row.id.native().to_owned()).collect()
    }
}

fn told(rows: &[(&str, u32)]) -> Vec<(String, u32)> {
    rows.iter().map(|(id, copies)| ((*id).to_owned(), *copies)).collect()
}

#[test]
fn near_copies_are_one_row_of_a_folded_view_and_all_rows_of_another() {
    let (_folder, store) = store();
    let mut town = Town::new(store);
    town.hear(COPIED, Level::P3);
    town.hear("Is the pool open on Monday?", Level::P4);
    town.hear(&format!("RT @ana: {COPIED}"), Level::P3);
    town.hear(&COPIED.to_uppercase(), Level::P4);
    assert_eq!(town.folded(View::Open), told(&[("2", 1), ("1", 3)]));
    assert_eq!(town.folded(View::All).len(), 4);
    assert_eq!(ids(&mut town.store, View::Open), ["4", "3", "2", "1"]);
    assert_eq!(town.members("inbox:3", View::Open), ["4", "3", "1"]);
    assert_eq!(town.members("inbox:2", View::Open), ["2"]);
    assert_eq!(town.members("inbox:9", View::Open), Vec::<String>::new());
    let row = case(&mut town.store, "inbox:4").row;
    assert_eq!((row.cluster, row.copies), (Some(MentionId::new("inbox:1")), 3));
    let kept = case(&mut town.store, "inbox:3").assessed.assessment.cluster.expect("a cluster");
    assert_eq!((kept.id.as_str(), kept.size), ("inbox:1", 2), "as it was on arrival");
}

#[test]
fn a_more_urgent_copy_is_never_behind() {
    let (_folder, store) = store();
    let mut town = Town::new(store);
    town.hear(COPIED, Level::P4);
    town.hear(COPIED, Level::P1);
    town.hear(COPIED, Level::P2);
    assert_eq!(town.folded(View::Urgent), told(&[("2", 3)]));
    assert_eq!(town.folded(View::Open), told(&[("2", 3), ("1", 3)]));
}

#[test]
fn when_the_one_in_front_is_closed_or_put_off_the_next_comes_forward() {
    let (_folder, store) = store();
    let mut town = Town::new(store);
    let items: Vec<Assessed> = (0..4).map(|_| town.hear(COPIED, Level::P3)).collect();
    apply(&mut town.store, &[decided(1, &items[0].mention)], Origin::Live);
    assert_eq!(town.folded(View::Open), told(&[("2", 4)]));
    let until = "2026-11-20T13:00:00.000+00:00";
    let snoozed = record(2, &items[1].mention, &serde_json::json!({"act": "snoozed", "until": until}));
    apply(&mut town.store, &[snoozed], Origin::Live);
    assert_eq!(town.folded(View::Open), told(&[("3", 4)]));
    assert_eq!(town.members("inbox:1", View::Snoozed), ["2"]);
    apply(&mut town.store, &[decided(3, &items[2].mention), decided(4, &items[3].mention)], Origin::Live);
    assert_eq!(town.folded(View::Open), told(&[]));
    assert_eq!(town.store.wake(noon() + TimeDelta::hours(2)), Ok(1));
    assert_eq!(town.folded(View::Open), told(&[("2", 4)]));
}

#[test]
fn a_filter_asks_how_many_there_are_now() {
    let (_folder, store) = store();
    let mut town = Town::new(store);
    (0..5).for_each(|_| drop(town.hear(COPIED, Level::P3)));
    town.hear("Is the pool open on Monday?", Level::P4);
    for (query, count) in [("cluster>4", 5), ("cluster>5", 0), ("cluster=1", 1), ("cluster>4 harbour", 5)] {
        let query = Query::parse(query, Stage::Desk).expect("parses");
        let search = Search { view: View::Open, query: Arc::new(query), limit: 100, after: None };
        let mut found = 0;
        let mut each = |_| {
            found += 1;
            std::ops::ControlFlow::Continue(())
        };
        search_all(&mut town.store, &search, noon(), &mut each).expect("searches");
        assert_eq!(found, count, "{search:?}");
    }
}

#[test]
fn history_goes_on_after_a_restart() {
    let (_folder, store) = store();
    let mut town = Town::new(store);
    town.hear(COPIED, Level::P3);
    town.hear("Is the pool open on Monday?", Level::P4);
    town.hear(COPIED, Level::P3);
    let memories = town.store.memories().expect("reads");
    assert_eq!((memories.clusters.len(), memories.mentions.len()), (2, 3));
    town.history = History::again(&memories);
    let joined = town.hear(&format!("RT @ana: {COPIED}"), Level::P3).assessment.cluster.expect("a cluster");
    assert_eq!((joined.id.as_str(), joined.size), ("inbox:1", 3));
    assert_eq!(case(&mut town.store, "inbox:1").row.copies, 3);
}

#[test]
fn a_memory_of_a_cluster_the_store_never_had_is_of_no_cluster() {
    let (_folder, mut store) = store();
    let memories = vec![Memory { key: 7, of: Err(MentionId::new("inbox:gone")), counted: Vec::new() }];
    let commit = Commit { items: vec![item("1", COPIED, Level::P3)], memories, cursor: None };
    assert_eq!(store.commit(&commit), Ok(vec![Outcome::New]));
    let memories = store.memories().expect("reads");
    assert_eq!((memories.clusters.len(), memories.mentions.as_slice()), (0, &[(7, 1)][..]));
    assert_eq!(case(&mut store, "inbox:1").row.copies, 1);
}
