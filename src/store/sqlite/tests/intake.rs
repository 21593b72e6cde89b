//! What is kept at once and assessed later.

use super::*;
use crate::pipeline::Kept;
use crate::query::{Query, Stage};
use crate::store::{Incoming, Search, search_all};
use crate::text::tokens::Tokens;

fn request(view: View) -> PageRequest {
    PageRequest { view, anchor: Anchor::Top, limit: 10, folded: false }
}

fn incoming(native: &str, text: &str, minute: i64) -> Incoming {
    let mut post = mention("export", native, text);
    post.posted_at = Some(noon() - TimeDelta::minutes(minute));
    Incoming::new(post, &mut Tokens::new()).expect("is kept")
}

fn take(store: &mut SqliteStore, items: Vec<Incoming>) -> Vec<Outcome> {
    let mut items = Some(items);
    store.take_in(&mut || items.take(), &mut |_, _| assessment(Level::P2, "one")).expect("is kept")
}

fn found(store: &mut SqliteStore, words: &str) -> usize {
    let query = Arc::new(Query::parse(words, Stage::Desk).expect("a query"));
    let search = Search { view: View::All, query, limit: 10, after: None };
    let mut count = 0;
    let mut each = |_| {
        count += 1;
        std::ops::ControlFlow::Continue(())
    };
    search_all(store, &search, noon(), &mut each).expect("is searched");
    count
}

#[test]
fn what_is_taken_in_is_found_at_once_and_assessed_the_newest_first() {
    let (_folder, mut store) = store();
    let outcomes = take(&mut store, vec![incoming("old", "brown water", 60), incoming("new", "brown dog", 1)]);
    assert_eq!(outcomes, [Outcome::New, Outcome::New]);
    assert_eq!((found(&mut store, "brown"), found(&mut store, "water")), (2, 1));
    let counts = store.counts(noon()).expect("counts");
    assert_eq!((counts.pending, counts.open, counts.late, counts.open_total()), (2, [0; 4], 0, 2));
    let page = store.page(&request(View::Open), noon()).expect("a page");
    assert!(page.rows.iter().all(|row| !row.assessed && row.due_at.is_none()), "{page:?}");
    assert!(store.page(&request(View::Urgent), noon()).expect("a page").rows.is_empty());
    assert!(store.stale(&PlanHash("two".into()), &[]).expect("is asked").is_empty(), "its queue is its own");

    let mut order = Vec::new();
    while let Some(next) = store.pending(1).expect("is asked").pop() {
        let mut assess = |assessed: &Mention, _: &Kept| {
            order.push(assessed.id.native().to_owned());
            assessment(Level::P2, "one")
        };
        store.reassess(&[next], &mut assess).expect("is assessed");
    }
    assert_eq!(order, ["new", "old"]);
    let counts = store.counts(noon()).expect("counts");
    assert_eq!((counts.pending, counts.open[1]), (0, 2));
    assert_eq!(store.page(&request(View::Urgent), noon()).expect("a page").rows.len(), 2);
    assert_eq!(store.stale(&PlanHash("two".into()), &[]).expect("is asked").len(), 2);
}

#[test]
fn what_is_known_is_seen_again_and_another_text_is_assessed_at_once() {
    let (_folder, mut store) = store();
    take(&mut store, vec![incoming("a", "one", 1), incoming("a", "one", 1)]);
    assert_eq!(store.counts(noon()).expect("counts").all, 1);
    let again = take(&mut store, vec![incoming("a", "one", 1), incoming("b", "two", 1)]);
    assert_eq!(again, [Outcome::SeenAgain, Outcome::New]);
    assert_eq!(take(&mut store, vec![incoming("a", "another", 1)]), [Outcome::Version(2)]);
    let counts = store.counts(noon()).expect("counts");
    assert_eq!((counts.pending, counts.open[1], counts.all), (1, 1, 2));
    assert_eq!((found(&mut store, "another"), found(&mut store, "one")), (1, 0));
}

#[test]
fn one_post_of_two_sources_is_one_mention() {
    let (_folder, mut store) = store();
    let posted = |source: &str, native: &str| {
        let mut post = mention(source, native, "the same post");
        post.identity.permalink = Some("00ff".to_owned());
        Incoming::new(post, &mut Tokens::new()).expect("is kept")
    };
    let outcomes = take(&mut store, vec![posted("export", "a"), posted("other", "b")]);
    assert_eq!(outcomes, [Outcome::New, Outcome::SeenAgain]);
    let case = case(&mut store, "other:b");
    assert_eq!(case.assessed.mention.seen_by.len(), 2);
    assert!(case.assessed.assessment.is_pending());
}
