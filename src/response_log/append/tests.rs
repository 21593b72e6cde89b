use std::collections::BTreeSet;
use std::fs;

use chrono::{TimeDelta, TimeZone};
use rstest::rstest;

use super::*;
use crate::response_log::fixtures::{append_notes, at, draft, let_stand, note, open, paths};
use crate::response_log::{read_all, verify};
use crate::triage::Event;

fn month(home: &Path) -> PathBuf {
    paths(home).folder.join("2026-11.jsonl")
}

fn records(home: &Path) -> Vec<Record> {
    let mut records = Vec::new();
    read_all(&paths(home).folder, |record| records.push(record)).expect("the log reads");
    records
}

#[test]
fn a_record_is_on_disk_as_it_was_answered_and_the_chain_goes_on_in_another_run() {
    let home = tempfile::tempdir().expect("a folder");
    let first = open(home.path()).append(&[draft("m-1", let_stand(), None)]).expect("recorded");
    let base = Some(first[0].id());
    let second = open(home.path()).append(&[draft("m-1", note("after all"), base.clone())]).expect("recorded");
    assert_eq!((second[0].seq, &second[0].base, &second[0].prev), (2, &base, &first[0].hash));
    assert_eq!(records(home.path()), [first, second].concat());
    assert!(verify(&paths(home.path()).folder).expect("reads").is_sound());
}

#[test]
fn anybody_can_check_a_line_with_sed_and_sha256sum() {
    let home = tempfile::tempdir().expect("a folder");
    append_notes(&mut open(home.path()), &["m-1", "m-2"]);
    let script = r#"sed -n '2s/\(.*\),"hash":.*/\1/p' "$0" | tr -d '\n' | sha256sum"#;
    let output = std::process::Command::new("sh").arg("-c").arg(script).arg(month(home.path())).output();
    let output = output.expect("a shell runs");
    let printed = String::from_utf8(output.stdout).expect("ASCII");
    assert_eq!(printed.split_whitespace().next(), Some(records(home.path())[1].hash.as_str()));
}

#[test]
fn the_keys_stand_in_the_documented_order() {
    let home = tempfile::tempdir().expect("a folder");
    open(home.path()).append(&[draft("m-1", let_stand(), None)]).expect("recorded");
    let line = fs::read_to_string(month(home.path())).expect("the file reads");
    let keys = [
        "v",
        "desk",
        "seq",
        "at",
        "actor",
        "act",
        "base",
        "batch",
        "mention",
        "disposition",
        "reason",
        "path",
        "reply",
        "purpose",
        "authorized_by",
        "undoes",
        "plan",
        "app",
        "prev",
        "hash",
    ];
    let mut rest = line.as_str();
    for key in keys {
        let place = rest.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} is missing or out of order"));
        rest = &rest[place + key.len()..];
    }
    assert!(line.contains("\"at\":\"2026-11-22T02:04:05.000-08:00\""), "{line}");
    assert!(line.ends_with("\"}\n"));
}

#[test]
fn a_stale_base_is_refused_and_records_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut here, mut there) = (open(home.path()), open(home.path()));
    there.append(&[draft("m-1", let_stand(), None)]).expect("recorded");
    let batch = [draft("m-2", let_stand(), None), draft("m-1", let_stand(), None)];
    let Err(LogError::StaleBase { mention, last }) = here.append(&batch) else { panic!("not refused") };
    assert_eq!((mention.native(), last.expect("a record").seq), ("m-1", 1));
    assert_eq!(records(home.path()).len(), 1);
}

#[test]
fn an_act_queued_behind_one_of_its_own_stands_on_it_and_falls_with_it() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut here, mut there) = (open(home.path()), open(home.path()));
    let queued = || Draft { base: Base::Own, ..draft("m-1", note("and then"), None) };
    let first = here.append(&[draft("m-1", let_stand(), None)]).expect("recorded");
    assert_eq!(here.append(&[queued()]).expect("recorded")[0].base, Some(first[0].id()));
    let last = Some(RecordId::new(here.desk().clone(), 2));
    there.append(&[draft("m-1", note("meanwhile"), last.clone())]).expect("recorded");
    assert!(matches!(here.append(&[draft("m-1", let_stand(), last)]), Err(LogError::StaleBase { .. })));
    assert!(matches!(here.append(&[queued()]), Err(LogError::StaleBase { .. })));
}

#[test]
fn a_bulk_act_names_its_batch_and_says_when_it_was_cut_short() {
    let home = tempfile::tempdir().expect("a folder");
    let bulk: Vec<Draft> = (0..5).map(|n| draft(&format!("m-{n}"), let_stand(), None)).collect();
    let written = open(home.path()).append(&bulk).expect("recorded");
    let batch = Batch { first: written[0].id(), size: 5 };
    assert!(written.iter().all(|record| record.batch.as_ref() == Some(&batch)));
    let text = fs::read_to_string(month(home.path())).expect("the file reads");
    let two: String = text.lines().take(2).flat_map(|line| [line, "\n"]).collect();
    fs::write(month(home.path()), two).expect("the file is cut");
    let (_, found) = Log::open(paths(home.path()), Tz::UTC).expect("opens");
    assert_eq!(found.cut_short, Some(CutShort { written: 2, size: 5, first: written[0].id() }));
}

#[test]
fn cut_at_every_byte_it_opens_tells_the_torn_line_and_goes_on() {
    let home = tempfile::tempdir().expect("a folder");
    append_notes(&mut open(home.path()), &["m-1", "m-2"]);
    let whole = fs::read(month(home.path())).expect("the file reads");
    let desk = fs::read(paths(home.path()).desk_id).expect("the id reads");
    // Each cut waits for the disk several times: several homes wait at once.
    let workers = 16;
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let (whole, desk) = (&whole, &desk);
            scope.spawn(move || {
                let home = tempfile::tempdir().expect("a folder");
                fs::create_dir_all(paths(home.path()).folder).expect("made");
                fs::write(paths(home.path()).desk_id, desk).expect("written");
                for cut in (worker..whole.len()).step_by(workers) {
                    cut_and_go_on(home.path(), whole, cut);
                }
            });
        }
    });
}

fn cut_and_go_on(home: &Path, whole: &[u8], cut: usize) {
    fs::write(month(home), &whole[..cut]).expect("the file is cut");
    let _ = fs::remove_dir_all(paths(home).quarantine);
    let (mut log, found) = Log::open(paths(home), Tz::UTC).expect("opens");
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', whole).map(|at| at + 1).collect();
    let complete = ends.iter().filter(|end| **end <= cut).count();
    let begin = complete.checked_sub(1).map_or(0, |last| ends[last]);
    // Only the newline is missing: the record is whole and stays.
    let kept = ends.contains(&(cut + 1));
    assert_eq!(found.torn.is_some(), cut != begin, "cut at {cut}");
    if let Some(torn) = found.torn {
        assert_eq!((torn.offset, torn.bytes), (begin as u64, (cut - begin) as u64));
        let aside = torn.moved_to.map(|path| fs::read(path).expect("set aside"));
        assert_eq!(aside.as_deref(), (!kept).then_some(&whole[begin..cut]), "cut at {cut}");
    }
    log.append(&[draft("m-9", note("next"), None)]).expect("recorded");
    let report = verify(&paths(home).folder).expect("reads");
    assert!(report.is_sound(), "cut at {cut}: {report:?}");
    assert_eq!(report.records, (complete + usize::from(kept) + 1) as u64);
}

#[rstest]
#[case::changed(|lines: &mut Vec<String>| lines[1] = lines[1].replace("phone", "email"), "hash_mismatch", 2)]
#[case::garbled(|lines: &mut Vec<String>| lines[1] = "\u{0}garbage".to_owned(), "unreadable", 2)]
#[case::removed(|lines: &mut Vec<String>| { lines.remove(1); }, "seq_mismatch", 2)]
#[case::last_garbled(|lines: &mut Vec<String>| lines[3] = "{}".to_owned(), "unreadable", 4)]
#[case::repeated(|lines: &mut Vec<String>| { let again = lines[0].clone(); lines.push(again); }, "seq_mismatch", 5)]
fn damage_is_recorded_once_and_stops_nothing(
    #[case] harm: fn(&mut Vec<String>),
    #[case] cause: &str,
    #[case] line: u64,
) {
    let home = tempfile::tempdir().expect("a folder");
    append_notes(&mut open(home.path()), &["m-1", "m-2", "m-3", "m-4"]);
    let mut lines: Vec<String> =
        fs::read_to_string(month(home.path())).expect("reads").lines().map(str::to_owned).collect();
    harm(&mut lines);
    fs::write(month(home.path()), lines.join("\n") + "\n").expect("the file is harmed");
    let (mut log, found) = Log::open(paths(home.path()), Tz::UTC).expect("opens");
    let told = ChainBreak { file: "2026-11.jsonl".to_owned(), line, cause: cause.to_owned() };
    assert_eq!(found.damage.first(), Some(&told));
    let breaks = found.damage.len();
    let before = verify(&paths(home.path()).folder).expect("reads").problem_count;
    append_notes(&mut log, &["m-5"]);
    append_notes(&mut open(home.path()), &["m-6"]);
    let report = verify(&paths(home.path()).folder).expect("reads");
    assert_eq!(report.chain_breaks, breaks as u64, "each damage is told once");
    assert_eq!(report.problem_count, before, "what was appended is sound: {report:?}");
    let ids: Vec<RecordId> = records(home.path()).iter().skip(lines.len()).map(Record::id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "no number is given twice");
}

/// Tries again while the others keep the lock: how long that takes is the disk's affair.
fn patiently<T>(mut attempt: impl FnMut() -> Result<T, LogError>) -> T {
    loop {
        match attempt() {
            Err(LogError::Busy { .. }) => {}
            result => return result.expect("done"),
        }
    }
}

#[test]
fn several_programs_append_at_once_and_the_chain_holds() {
    let home = tempfile::tempdir().expect("a folder");
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let path = home.path();
            scope.spawn(move || {
                let mut log = patiently(|| Log::open(paths(path), Tz::UTC)).0;
                for nth in 0..10 {
                    let act = [draft(&format!("w{worker}-{nth}"), let_stand(), None)];
                    patiently(|| log.append(&act));
                }
            });
        }
    });
    let report = verify(&paths(home.path()).folder).expect("reads");
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.records, report.heads.len()), (40, 1));
}

#[test]
fn a_new_month_goes_on_with_the_chain_and_a_clock_that_steps_back_stays_in_it() {
    let home = tempfile::tempdir().expect("a folder");
    let mut log = open(home.path());
    let on = |native: &str, at| Draft { at, ..draft(native, note("x"), None) };
    // Already December in UTC, still November in the plan's zone.
    let eve = Utc.with_ymd_and_hms(2026, 12, 1, 7, 59, 0).single().expect("valid");
    log.append(&[on("m-1", eve)]).expect("recorded");
    log.append(&[on("m-2", eve + TimeDelta::minutes(2))]).expect("recorded");
    log.append(&[on("m-3", at(10))]).expect("recorded");
    open(home.path()).append(&[on("m-4", at(11))]).expect("recorded");
    let count = |name: &str| {
        fs::read_to_string(paths(home.path()).folder.join(name)).expect("the month's file").lines().count()
    };
    assert_eq!((count("2026-11.jsonl"), count("2026-12.jsonl")), (1, 3));
    assert!(verify(&paths(home.path()).folder).expect("reads").is_sound());
}

#[test]
fn an_undo_is_refused_when_a_mention_it_reaches_has_changed() {
    let home = tempfile::tempdir().expect("a folder");
    let mut log = open(home.path());
    let bulk = [draft("m-1", let_stand(), None), draft("m-2", let_stand(), None)];
    let written = log.append(&bulk).expect("recorded");
    let ids: Vec<RecordId> = written.iter().map(Record::id).collect();
    open(home.path()).append(&[draft("m-2", note("later"), Some(ids[1].clone()))]).expect("recorded");
    let mut undo = draft("m-1", Event::Undone { undoes: ids.clone() }, Some(ids[0].clone()));
    undo.also = vec![(bulk[1].mention.id.clone(), Some(ids[1].clone()))];
    assert!(matches!(log.append(&[undo]), Err(LogError::StaleBase { .. })));
}

#[test]
fn a_lost_desk_id_begins_a_chain_of_its_own() {
    let home = tempfile::tempdir().expect("a folder");
    append_notes(&mut open(home.path()), &["m-1"]);
    fs::remove_file(paths(home.path()).desk_id).expect("removed");
    append_notes(&mut open(home.path()), &["m-2", "m-3"]);
    let report = verify(&paths(home.path()).folder).expect("reads");
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.heads.len(), 2);
}

#[cfg(unix)]
#[test]
fn the_log_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a folder");
    append_notes(&mut open(home.path()), &["m-1"]);
    let mode = |path: &Path| fs::metadata(path).expect("exists").permissions().mode() & 0o777;
    assert_eq!(mode(&month(home.path())), 0o600);
    assert_eq!(mode(&paths(home.path()).folder), 0o700);
    assert_eq!(mode(&paths(home.path()).desk_id), 0o600);
}
