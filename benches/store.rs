//! The store's answers to keys: pages, filters, counts.
//!
//! On the home named by `FRONTDESK_BENCH_HOME` (made by the example `big_home`); without it there is nothing to measure
//! and the program says so.

#![expect(clippy::print_stderr, reason = "a measurement says why there is nothing to measure")]

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use divan::Bencher;
use frontdesk::query::{Query, Stage};
use frontdesk::store::{Anchor, PageRequest, SEARCH_SLICE, Search, SqliteStore, Step, Store, View};

fn main() {
    if home().is_none() {
        eprintln!("set FRONTDESK_BENCH_HOME to a home made by `cargo run --example big_home -- DIR 1000000 5000`");
        return;
    }
    divan::main();
}

fn home() -> Option<PathBuf> {
    std::env::var_os("FRONTDESK_BENCH_HOME").map(PathBuf::from)
}

fn open() -> SqliteStore {
    let home = home().expect("checked at the start");
    SqliteStore::open(&home.join("data/mentions.db"), "bench".into()).expect("the home opens")
}

fn now() -> DateTime<Utc> {
    "2026-09-01T00:00:00Z".parse().expect("an instant")
}

const VIEWS: [View; 4] = [View::Urgent, View::Open, View::Closed, View::All];

#[divan::bench(args = VIEWS)]
fn open_and_first_page(bencher: Bencher, view: View) {
    bencher.bench_local(|| {
        open().page(&PageRequest { view, anchor: Anchor::Top, limit: 50, folded: false }, now()).expect("reads")
    });
}

#[divan::bench(args = VIEWS)]
fn next_page(bencher: Bencher, view: View) {
    let mut store = open();
    let mut anchor = Anchor::Top;
    bencher.bench_local(|| {
        let page =
            store.page(&PageRequest { view, anchor: anchor.clone(), limit: 50, folded: false }, now()).expect("reads");
        anchor = page.rows.last().filter(|_| page.more_after).map_or(Anchor::Top, |row| Anchor::After(row.position));
        page
    });
}

#[divan::bench]
fn a_case(bencher: Bencher) {
    let mut store = open();
    let first = store
        .page(&PageRequest { view: View::Urgent, anchor: Anchor::Top, limit: 1, folded: false }, now())
        .expect("reads");
    let id = first.rows[0].id.clone();
    bencher.bench_local(|| store.case(&id, now()).expect("reads"));
}

#[divan::bench]
fn an_author(bencher: Bencher) {
    let mut store = open();
    let first = store
        .page(&PageRequest { view: View::Urgent, anchor: Anchor::Top, limit: 1, folded: false }, now())
        .expect("reads");
    let id = first.rows[0].id.clone();
    bencher.bench_local(|| store.author(&id, 5, now()).expect("reads"));
}

#[divan::bench]
fn counts(bencher: Bencher) {
    let mut store = open();
    bencher.bench_local(|| store.counts(now()).expect("reads"));
}

const QUERIES: [&str; 6] = ["water", "w4711", "wat*", "w4711*", "water street", "author:\"a77*\" water"];

/// Steps until fifty rows are there, or nothing is left: what a person waits for after a key in the filter bar.
#[divan::bench(args = QUERIES)]
fn first_rows_of_a_filter_in_everything(bencher: Bencher, query: &str) {
    first_rows(bencher, View::All, query);
}

#[divan::bench(args = QUERIES)]
fn first_rows_of_a_filter_in_open(bencher: Bencher, query: &str) {
    first_rows(bencher, View::Open, query);
}

fn first_rows(bencher: Bencher, view: View, query: &str) {
    let mut store = open();
    let query = Arc::new(Query::parse(query, Stage::Desk).expect("a query"));
    let search = Search { view, query, limit: 50, after: None };
    bencher.bench_local(|| {
        let (mut rows, mut after) = (Vec::new(), None);
        while rows.len() < search.limit {
            let step = Step { after, rows: search.limit - rows.len(), budget: SEARCH_SLICE };
            let found = store.search(&search, step, now()).expect("searches");
            rows.extend(found.rows);
            after = found.next;
            if after.is_none() {
                break;
            }
        }
        rows
    });
}

/// What a key can have to wait for: one slice of a scan no index serves.
#[divan::bench]
fn a_slice_of_a_scan(bencher: Bencher) {
    let mut store = open();
    let query = Arc::new(Query::parse("followers>1000000", Stage::Desk).expect("a query"));
    let search = Search { view: View::All, query, limit: 50, after: None };
    bencher.bench_local(|| {
        store.search(&search, Step { after: None, rows: 50, budget: SEARCH_SLICE }, now()).expect("searches")
    });
}
