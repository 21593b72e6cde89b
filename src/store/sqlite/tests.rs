mod copies;
mod intake;
mod search;

use std::sync::Arc;

use chrono::TimeDelta;
use rstest::rstest;

use super::samples::{assessment, item, mention, noon};
use super::*;
use crate::mention::{Confidence, Disposition, Intent, Level, Mention, Network, NoResponseReason, RawItem, Status};
use crate::pipeline::{self, Assessed, IntentHit, Kept};
use crate::store::Anchor;

fn store() -> (tempfile::TempDir, SqliteStore) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let store = SqliteStore::open(&folder.path().join("mentions.db"), "mchan".into()).expect("opens");
    (folder, store)
}

fn commit(store: &mut SqliteStore, items: Vec<Assessed>) -> Vec<Outcome> {
    store.commit(&Commit { items, ..Commit::default() }).expect("commits")
}

fn case(store: &mut SqliteStore, id: &str) -> Case {
    store.case(&MentionId::new(id), noon()).expect("reads").expect("is there")
}

fn ids(store: &mut SqliteStore, view: View) -> Vec<String> {
    let page =
        store.page(&PageRequest { view, anchor: Anchor::Top, limit: 100, folded: false }, noon()).expect("reads");
    page.rows.iter().map(|row| row.id.native().to_owned()).collect()
}

/// A record of a chain of one desk, numbered by the caller.
fn record(seq: u64, mention: &Mention, event: &serde_json::Value) -> Record {
    let mut line = serde_json::json!({
        "v": 1, "desk": "k3f9", "seq": seq, "at": "2026-11-20T12:30:00.000+00:00", "actor": "mchan", "base": null,
        "batch": null, "mention": mention, "disposition": null, "reason": null, "path": null, "reply": null,
        "purpose": null, "authorized_by": null, "undoes": null, "plan": null, "app": "frontdesk",
        "prev": "0", "hash": format!("h{seq}"),
    });
    for (key, value) in event.as_object().expect("an object") {
        line[key] = value.clone();
    }
    serde_json::from_value(line).expect("a record")
}

fn decided(seq: u64, mention: &Mention) -> Record {
    record(seq, mention, &serde_json::json!({"act": "decided", "disposition": "let_stand", "reason": "bait"}))
}

fn apply(store: &mut SqliteStore, records: &[Record], origin: Origin) -> Applied {
    store.apply(records, origin, &mut |_, _| assessment(Level::P3, "rebuilt")).expect("applies")
}

#[test]
fn the_first_sight_is_new_the_second_is_known_and_both_move_the_cursor() {
    let (_folder, mut store) = store();
    assert_eq!(store.cursor("inbox"), Ok(None));
    let batch = Commit {
        items: vec![item("1", "Water", Level::P2)],
        memories: Vec::new(),
        cursor: Some(("inbox".into(), serde_json::json!(17))),
    };
    assert_eq!(store.commit(&batch), Ok(vec![Outcome::New]));
    assert_eq!(store.commit(&Commit { items: batch.items, ..Commit::default() }), Ok(vec![Outcome::SeenAgain]));
    assert_eq!(store.cursor("inbox"), Ok(Some(serde_json::json!(17))));
    assert_eq!(store.counts(noon()).expect("counts").all, 1);
}

#[test]
fn equal_text_never_merges_but_a_permalink_does() {
    let (_folder, mut store) = store();
    let mut elsewhere = item("9", "Same text", Level::P4);
    elsewhere.mention.identity.permalink = Some("link".to_owned());
    let mut again = Assessed { mention: mention("feed", "x", "Same text"), ..elsewhere.clone() };
    again.mention.identity.permalink = Some("link".to_owned());
    let outcomes = commit(&mut store, vec![item("1", "Same text", Level::P4), elsewhere, again]);
    assert_eq!(outcomes, [Outcome::New, Outcome::New, Outcome::SeenAgain]);
    let seen_by: Vec<_> = case(&mut store, "feed:x").assessed.mention.seen_by.iter().map(ToString::to_string).collect();
    assert_eq!(seen_by, ["inbox:9", "feed:x"]);
    assert_eq!(case(&mut store, "feed:x").row.id.as_str(), "inbox:9");
}

#[test]
fn a_changed_text_is_a_version_and_a_lagging_source_makes_none() {
    let (_folder, mut store) = store();
    let with_link = |mut item: Assessed| {
        item.mention.identity.permalink = Some("link".to_owned());
        item
    };
    let lagging = Assessed { mention: mention("feed", "x", "old text"), assessment: assessment(Level::P4, "one") };
    let outcomes = commit(
        &mut store,
        vec![
            with_link(item("1", "Old text", Level::P4)),
            with_link(item("1", "New text", Level::P4)),
            with_link(lagging.clone()),
            with_link(lagging),
        ],
    );
    assert_eq!(outcomes, [Outcome::New, Outcome::Version(2), Outcome::SeenAgain, Outcome::SeenAgain]);
    let case = case(&mut store, "inbox:1");
    assert_eq!((case.assessed.mention.text.as_str(), case.row.version), ("New text", 2));
    assert_eq!(case.versions.iter().map(|version| version.text.as_str()).collect::<Vec<_>>(), ["Old text"]);
}

#[test]
fn a_deletion_keeps_the_text() {
    let (_folder, mut store) = store();
    let mut gone = item("1", "", Level::P4);
    gone.mention.author_deleted_at = Some(noon());
    let outcomes = commit(&mut store, vec![gone.clone(), item("1", "Text", Level::P4), gone.clone(), gone]);
    assert_eq!(outcomes, [Outcome::SeenAgain, Outcome::New, Outcome::AuthorDeleted, Outcome::SeenAgain]);
    let case = case(&mut store, "inbox:1");
    assert_eq!((case.assessed.mention.text.as_str(), case.row.author_deleted), ("Text", true));
    assert_eq!(case.row.status, Status::New);
}

#[test]
fn a_notice_of_deletion_travels_from_the_source_to_the_case() {
    let (_folder, mut store) = store();
    let brought = |native: &str, text: &str| {
        let mut item = RawItem::new("inbox".into(), text, noon());
        item.native_id = Some(native.to_owned());
        item
    };
    let items = vec![
        RawItem::deletion("inbox".into(), "never seen", noon()),
        brought("at://1", "Brown water on Elm"),
        RawItem::deletion("other".into(), "at://1", noon()),
        RawItem::deletion("inbox".into(), "at://1", noon()),
        brought("at://1", "Brown water on Elm"),
    ];
    let assessed = items.into_iter().map(|item| {
        let mention = pipeline::normalise(item);
        Assessed { mention, assessment: assessment(Level::P4, "one") }
    });
    let outcomes = commit(&mut store, assessed.collect());
    let (nothing, late) = (Outcome::SeenAgain, Outcome::SeenAgain);
    assert_eq!(outcomes, [nothing, Outcome::New, nothing, Outcome::AuthorDeleted, late]);
    let case = case(&mut store, "inbox:at://1");
    assert_eq!(case.assessed.mention.author_deleted_at, Some(noon()), "a copy that comes late does not bring it back");
    assert_eq!((case.row.author_deleted, case.assessed.mention.text.as_str()), (true, "Brown water on Elm"));
    assert_eq!(store.counts(noon()).expect("counts").all, 1);
}

#[rstest]
#[case::same_level(Level::P3, false, Status::Closed)]
#[case::level_rose(Level::P1, false, Status::Reopened)]
#[case::became_a_question(Level::P4, true, Status::Reopened)]
fn a_new_text_reopens_a_closed_case_only_when_it_matters_more(
    #[case] level: Level,
    #[case] question: bool,
    #[case] status: Status,
) {
    let (_folder, mut store) = store();
    let first = item("1", "Text", Level::P3);
    commit(&mut store, vec![first.clone()]);
    apply(&mut store, &[decided(1, &first.mention)], Origin::Live);
    assert_eq!(case(&mut store, "inbox:1").row.status, Status::Closed);
    let mut second = item("1", "Other text", level);
    if question {
        second.assessment.intents.push(IntentHit {
            intent: Intent::Question,
            confidence: Confidence::NONE,
            spans: Vec::new(),
        });
    }
    commit(&mut store, vec![second]);
    let row = case(&mut store, "inbox:1").row;
    assert_eq!((row.status, row.changed), (status, status == Status::Closed));
    let now = case(&mut store, "inbox:1").assessed.mention;
    apply(&mut store, &[decided(2, &now)], Origin::Live);
    let row = case(&mut store, "inbox:1").row;
    assert_eq!((row.status, row.changed), (Status::Closed, false));
}

#[test]
fn records_are_projected_once_in_order_and_a_gap_is_told() {
    let (_folder, mut store) = store();
    let first = item("1", "Text", Level::P3);
    commit(&mut store, vec![first.clone(), item("2", "Text", Level::P3)]);
    let second = case(&mut store, "inbox:2").assessed.mention;
    let applied = apply(&mut store, &[decided(2, &second)], Origin::Live);
    assert_eq!(applied, Applied { touched: Vec::new(), gap: true });
    let records = [decided(1, &first.mention), decided(2, &second)];
    assert_eq!(apply(&mut store, &records, Origin::Log).touched.len(), 2);
    assert_eq!(apply(&mut store, &records, Origin::Log), Applied::default());
    let last = store.last_applied().expect("reads");
    assert_eq!((last[0].seq, last[0].hash.as_str()), (2, "h2"));
    let closed = case(&mut store, "inbox:1");
    assert_eq!(closed.state.reason(), Some(NoResponseReason::Bait));
    assert_eq!((closed.row.disposition, closed.row.due_at), (Some(Disposition::LetStand), None));
    store.forget_records().expect("forgets");
    assert_eq!(case(&mut store, "inbox:1").row.status, Status::New);
    assert_eq!(ids(&mut store, View::Closed), Vec::<String>::new());
}

#[test]
fn a_lost_mention_comes_back_from_its_record_and_an_undo_reaches_every_case_of_its_batch() {
    let (_folder, mut store) = store();
    let (one, two) = (mention("inbox", "1", "Lost"), mention("inbox", "2", "Lost too"));
    apply(&mut store, &[decided(1, &one), decided(2, &two)], Origin::Log);
    assert_eq!(ids(&mut store, View::Closed), ["2", "1"]);
    assert_eq!(commit(&mut store, vec![item("1", "Lost", Level::P3)]), [Outcome::SeenAgain]);
    let undo = record(3, &one, &serde_json::json!({"act": "undone", "undoes": [["k3f9", 1], ["k3f9", 2]]}));
    assert_eq!(apply(&mut store, &[undo], Origin::Live).touched.len(), 2);
    assert_eq!(ids(&mut store, View::Open), ["2", "1"]);
}

#[test]
fn a_snoozed_case_wakes() {
    let (_folder, mut store) = store();
    let first = item("1", "Text", Level::P3);
    commit(&mut store, vec![first.clone()]);
    let until = noon() + TimeDelta::hours(2);
    let snoozed = record(1, &first.mention, &serde_json::json!({"act": "snoozed", "until": until}));
    apply(&mut store, &[snoozed], Origin::Live);
    assert_eq!((ids(&mut store, View::Snoozed).len(), ids(&mut store, View::Open).len()), (1, 0));
    assert_eq!(store.wake(until - TimeDelta::seconds(1)), Ok(0));
    assert_eq!(store.wake(until), Ok(1));
    assert_eq!(ids(&mut store, View::Open), ["1"]);
    let row = store.case(&first.mention.id, until).expect("reads").expect("is there").row;
    assert_eq!(row.status, Status::Reopened);
}

/// Twenty open mentions of mixed levels, four of them closed, one snoozed.
fn mixed() -> (tempfile::TempDir, SqliteStore) {
    let (folder, mut store) = store();
    let levels = [Level::P1, Level::P2, Level::P3, Level::P4];
    let mut items: Vec<Assessed> =
        (0..25).map(|n| item(&format!("{n:02}"), &format!("Text {n}"), levels[n % 4])).collect();
    for (n, item) in items.iter_mut().enumerate() {
        let minutes = i64::try_from((n * 7) % 25).expect("small");
        item.assessment.clocks.acknowledge_by = (n % 5 != 0).then(|| noon() + TimeDelta::minutes(minutes));
    }
    commit(&mut store, items.clone());
    let mut records: Vec<Record> =
        [3_usize, 9, 14, 20].iter().zip(1..).map(|(n, seq)| decided(seq, &items[*n].mention)).collect();
    let until = serde_json::json!({"act": "snoozed", "until": noon() + TimeDelta::hours(2)});
    records.push(record(5, &items[6].mention, &until));
    records.push(record(6, &items[7].mention, &serde_json::json!({"act": "claimed"})));
    apply(&mut store, &records, Origin::Log);
    (folder, store)
}

#[rstest]
fn pages_forwards_and_backwards_show_every_row_once_in_order(
    #[values(View::Urgent, View::Open, View::Mine, View::Snoozed, View::Closed, View::All)] view: View,
    #[values(1, 3, 50)] limit: usize,
) {
    let (_folder, mut store) = mixed();
    let all = ids(&mut store, view);
    let mut walk = |mut anchor: Anchor, forwards: bool| {
        let mut found: Vec<Row> = Vec::new();
        loop {
            let page = store.page(&PageRequest { view, anchor, limit, folded: false }, noon()).expect("reads");
            let more = if forwards { page.more_after } else { page.more_before };
            assert_eq!(if forwards { page.more_before } else { page.more_after }, !found.is_empty());
            let next = if forwards {
                found.extend(page.rows);
                found.last()
            } else {
                found.splice(0..0, page.rows);
                found.first()
            };
            match next {
                Some(row) if more && forwards => anchor = Anchor::After(row.position),
                Some(row) if more => anchor = Anchor::Before(row.position),
                _ => break,
            }
        }
        found
    };
    let forwards = walk(Anchor::Top, true);
    let backwards = walk(Anchor::Bottom, false);
    assert_eq!(forwards, backwards);
    assert!(forwards.is_sorted_by_key(|row| row.position));
    assert_eq!(forwards.iter().map(|row| row.id.native()).collect::<Vec<_>>(), all);
    for (before, row) in forwards.iter().enumerate() {
        let located = store.locate(view, &row.id).expect("reads").expect("is in the view");
        assert_eq!((located.position, located.before), (row.position, before as u64));
    }
}

#[test]
fn the_urgent_come_by_level_then_by_what_is_due() {
    let (_folder, mut store) = mixed();
    let page = store
        .page(&PageRequest { view: View::Urgent, anchor: Anchor::Top, limit: 100, folded: false }, noon())
        .expect("reads");
    assert!(page.rows.iter().all(|row| row.level <= Level::P2));
    let key = |row: &Row| (row.level, row.due_at.map_or(i64::MAX, |at| at.timestamp()));
    assert!(page.rows.is_sorted_by_key(key));
    let counts = store.counts(noon() + TimeDelta::minutes(10)).expect("counts");
    assert_eq!((counts.open_total(), counts.snoozed, counts.mine, counts.all), (20, 1, 1, 25));
    assert_eq!(counts.unseen, 20);
    let late =
        page.rows.iter().filter(|row| row.due_at.is_some_and(|due| due < noon() + TimeDelta::minutes(10))).count();
    assert!(counts.late >= late as u64 && late > 0);
    store.mark_seen(&[MentionId::new("inbox:00")]).expect("writes");
    assert_eq!(store.counts(noon()).expect("counts").unseen, 19);
}

#[test]
fn a_new_plan_reaches_the_screen_then_the_urgent_then_the_newest_and_never_the_closed() {
    let (_folder, mut store) = mixed();
    let visible = [MentionId::new("inbox:02"), MentionId::new("inbox:03")];
    let stale = store.stale(&PlanHash("two".into()), &visible).expect("reads");
    assert_eq!(stale.len(), 22, "20 open, one snoozed, and the closed one on the screen");
    store.reassess(&stale, &mut |_, _| assessment(Level::P1, "two")).expect("writes");
    assert_eq!(case(&mut store, "inbox:02").row.level, Level::P1);
    assert_eq!(case(&mut store, "inbox:03").row.level, Level::P4, "a closed case keeps what it was decided on");
    assert_eq!(store.counts(noon()).expect("counts").open[0], 20);
    assert_eq!(store.stale(&PlanHash("two".into()), &[]), Ok(Vec::new()));
}

#[test]
fn a_bare_native_id_means_every_source_that_has_it() {
    let (_folder, mut store) = store();
    let other = Assessed { mention: mention("feed", "1", "Other"), assessment: assessment(Level::P4, "one") };
    commit(&mut store, vec![item("1", "Text", Level::P4), item("2", "Text", Level::P4), other]);
    assert_eq!(store.resolve("2"), Ok(vec![MentionId::new("inbox:2")]));
    assert_eq!(store.resolve("1").expect("reads").len(), 2);
    assert_eq!(store.resolve("feed:1"), Ok(vec![MentionId::new("feed:1")]));
    assert_eq!(store.resolve("7"), Ok(Vec::new()));
}

#[test]
fn an_author_is_an_account_on_a_network() {
    let (_folder, mut store) = store();
    let mut elsewhere = item("3", "Text", Level::P4);
    elsewhere.mention.network = Network::X;
    commit(&mut store, vec![item("1", "One", Level::P4), item("2", "Two", Level::P4), elsewhere]);
    let history = store.author(&MentionId::new("inbox:2"), 5, noon()).expect("reads");
    assert_eq!((history.total, history.open), (2, 2));
    assert_eq!(history.recent.iter().map(|row| row.id.native()).collect::<Vec<_>>(), ["1"]);
}

#[test]
fn another_handle_sees_what_was_committed_and_the_file_is_private() {
    let (folder, mut store) = store();
    let mut other = store.another().expect("opens");
    assert_eq!(other.changed(), Ok(false));
    commit(&mut store, vec![item("1", "Text", Level::P4)]);
    assert_eq!((other.changed(), other.changed()), (Ok(true), Ok(false)));
    assert_eq!(ids(&mut other, View::All), ["1"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for entry in std::fs::read_dir(folder.path()).expect("reads") {
            let mode = entry.expect("an entry").metadata().expect("reads").permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }
    drop(folder);
}

#[test]
fn a_database_of_a_later_release_is_left_alone() {
    let (folder, store) = store();
    store.connection.pragma_update(None, "user_version", 99).expect("writes");
    drop(store);
    let path = folder.path().join("mentions.db");
    let error = SqliteStore::open(&path, Arc::from("mchan")).expect_err("is refused");
    assert_eq!(error, StoreError::Newer { path, found: 99, known: schema::FORMAT });
}

#[test]
fn a_persons_labels_are_assessed_with_as_long_as_the_text_they_were_said_of_stands() {
    let (_folder, mut store) = store();
    let plan = crate::plan::fixtures::plan(
        "[organization]\nname = \"Town\"\n[[floor]]\nname = \"rude\"\nlevel = \"P1\"\nmatch = 'hostility>=2'\n",
    );
    let judge = |mention: &Mention, kept: &Kept| pipeline::Assessor::new().assess_again(mention, &plan, kept);
    let mut first = item("1", "Is the water safe?", Level::P3);
    first.assessment = judge(&first.mention, &Kept::default());
    commit(&mut store, vec![first.clone()]);
    let labels = |seq, level: u8| {
        record(
            seq,
            &first.mention,
            &serde_json::json!({"act": "relabelled", "labels": {"hostility": level}, "was": {}}),
        )
    };
    let mut assess = judge;
    store.apply(&[labels(1, 2)], Origin::Live, &mut assess).expect("applies");
    let said = case(&mut store, "inbox:1");
    assert_eq!((said.row.hostility, said.row.level, said.row.hostility_sure), (2, Level::P1, true));
    store.reassess(&[said.row.position], &mut assess).expect("writes");
    assert_eq!(case(&mut store, "inbox:1").row.hostility, 2, "another plan changes nothing of it");
    let undo = record(2, &first.mention, &serde_json::json!({"act": "undone", "undoes": [["k3f9", 1]]}));
    store.apply(&[undo, labels(3, 1)], Origin::Live, &mut assess).expect("applies");
    assert_eq!(case(&mut store, "inbox:1").row.hostility, 1);
    let mut edited = item("1", "Is the water safe to drink now?", Level::P3);
    edited.assessment = judge(&edited.mention, &Kept::default());
    commit(&mut store, vec![edited]);
    store.apply(&[decided(4, &first.mention)], Origin::Live, &mut assess).expect("applies");
    assert_eq!(case(&mut store, "inbox:1").row.hostility, 0, "nobody said it of the new text");
}

#[test]
fn a_database_of_the_first_format_is_carried_over_and_what_is_open_assessed_anew() {
    let (folder, mut store) = store();
    commit(&mut store, vec![item("1", "Is it safe?", Level::P3)]);
    let columns = ["tone", "hostility", "sure", "dangers", "surges", "hurtful", "surge", "cluster", "behind"];
    let drops = columns.map(|column| format!("ALTER TABLE mention DROP COLUMN {column};")).concat();
    let clusters = "DROP INDEX mention_cluster; DROP INDEX mention_front; DROP INDEX mention_surge; DROP TABLE cluster; \
                    DROP TABLE memory; DROP TABLE hour;";
    store.connection.execute_batch(clusters).expect("writes");
    store.connection.execute_batch(&drops).expect("writes");
    store.connection.pragma_update(None, "user_version", 1).expect("writes");
    drop(store);
    let mut store = SqliteStore::open(&folder.path().join("mentions.db"), Arc::from("mchan")).expect("opens");
    assert_eq!(ids(&mut store, View::All), ["1"]);
    let plan: i64 = store.connection.query_one("SELECT plan FROM mention", [], |sql| sql.get(0)).expect("reads");
    assert_eq!(plan, 0);
}

#[test]
fn a_quiet_sources_instants_are_found_behind_a_flood_of_others() {
    let (_folder, mut store) = store();
    let of = |source: &str, native: usize, minutes: i64| {
        let mut item = item("x", "Is it safe?", Level::P3);
        item.mention = Mention {
            received_at: noon() - TimeDelta::minutes(minutes),
            ..mention(source, &native.to_string(), "Is it safe?")
        };
        item
    };
    let mut items: Vec<Assessed> = (0..400).map(|one| of("flood", one, one as i64)).collect();
    items.extend((0..3).map(|one| of("quiet", one, 90_000 + one as i64)));
    items.extend((0..2).map(|one| of("quiet-2", one, 5)));
    commit(&mut store, items);
    let sources = ["flood".into(), "quiet".into(), "none".into()];
    let heard = store.heard(&sources, noon() - TimeDelta::days(28), 300).expect("reads");
    let count = |source: &str| heard.get(source).map_or(0, Vec::len);
    assert_eq!((count("quiet"), count("none"), count("quiet-2")), (3, 0, 2));
    assert!(count("flood") >= 290, "{}", count("flood"));
    assert_eq!(heard["quiet"].iter().max(), Some(&(noon() - TimeDelta::minutes(90_000))));
}
