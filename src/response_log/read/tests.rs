use super::*;
use crate::response_log::fixtures::{append_notes, draft, note, open, paths};
use crate::response_log::fold;

fn applied(record: &Record) -> Applied {
    Applied { desk: record.desk.clone(), seq: record.seq, hash: record.hash.clone() }
}

fn after(folder: &Path, known: &[Applied]) -> (Agreement, Vec<u64>) {
    let mut seqs = Vec::new();
    let agreement = read_after(folder, known, |record| seqs.push(record.seq)).expect("the log reads");
    (agreement, seqs)
}

#[test]
fn what_follows_a_known_record_is_handed_on() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = paths(home.path()).folder;
    assert_eq!(after(&folder, &[]), (Agreement::Agrees, vec![]));
    append_notes(&mut open(home.path()), &["m-1", "m-2", "m-3"]);
    let mut records = Vec::new();
    read_all(&folder, |record| records.push(record)).expect("reads");
    assert_eq!(after(&folder, &[]), (Agreement::Agrees, vec![1, 2, 3]));
    assert_eq!(after(&folder, &[applied(&records[1])]), (Agreement::Agrees, vec![3]));
    assert_eq!(after(&folder, &[applied(&records[2])]), (Agreement::Agrees, vec![]));
    let other = Applied { hash: Hash::zero(), ..applied(&records[1]) };
    assert_eq!(after(&folder, &[other]), (Agreement::Disagrees, vec![]));
    let gone = Applied { seq: 9, ..applied(&records[1]) };
    assert_eq!(after(&folder, &[gone]), (Agreement::Disagrees, vec![]));
}

#[test]
fn a_long_log_is_read_from_the_known_record_on_and_other_desks_whole() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = paths(home.path()).folder;
    let text = "x".repeat(20_000);
    let mut log = open(home.path());
    for nth in 0..20 {
        log.append(&[draft(&format!("m-{nth}"), note(&text), None)]).expect("recorded");
    }
    let mut records = Vec::new();
    read_all(&folder, |record| records.push(record)).expect("reads");
    assert_eq!(after(&folder, &[applied(&records[17])]).1, [19, 20]);
    assert_eq!(after(&folder, &[applied(&records[2])]).1, (4..=20).collect::<Vec<_>>());
    std::fs::remove_file(paths(home.path()).desk_id).expect("another desk");
    append_notes(&mut open(home.path()), &["n-1", "n-2"]);
    assert_eq!(after(&folder, &[applied(&records[18])]).1, [20, 1, 2]);
    assert_eq!(after(&folder, &[]).1.len(), 22);
    let mut all = Vec::new();
    read_all(&folder, |record| all.push(record)).expect("reads");
    assert_eq!(fold(&all).len(), 22);
}
