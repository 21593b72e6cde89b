use std::fs;

use super::*;
use crate::response_log::fixtures::{append_notes, open, paths};

#[test]
fn a_missing_folder_is_an_empty_and_sound_log() {
    let home = tempfile::tempdir().expect("a folder");
    let report = verify(&paths(home.path()).folder).expect("reads");
    assert_eq!(report, Report::default());
    assert!(report.is_sound());
}

#[test]
fn a_torn_tail_is_told_and_left() {
    let home = tempfile::tempdir().expect("a folder");
    append_notes(&mut open(home.path()), &["m-1", "m-2"]);
    let file = paths(home.path()).folder.join("2026-11.jsonl");
    let bytes = fs::read(&file).expect("reads");
    fs::write(&file, &bytes[..bytes.len() - 9]).expect("cut");
    let report = verify(&paths(home.path()).folder).expect("reads");
    let problem = Problem { file: "2026-11.jsonl".to_owned(), line: 2, damage: Damage::TornTail };
    assert_eq!((report.records, report.problems), (1, vec![problem]));
    assert_eq!(fs::read(&file).expect("reads").len(), bytes.len() - 9);
}

#[test]
fn a_redacted_line_keeps_its_place_and_needs_an_explanation() {
    let home = tempfile::tempdir().expect("a folder");
    append_notes(&mut open(home.path()), &["m-1", "m-2", "m-3"]);
    let file = paths(home.path()).folder.join("2026-11.jsonl");
    let desk = open(home.path()).desk().clone();
    let text = fs::read_to_string(&file).expect("reads");
    for (explained_by, sound) in [(3, true), (9, false)] {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let (hashed, hash) = lines[0].rsplit_once(",\"prev\":").expect("a record");
        let hashed = hashed.replace("Is the water safe?", "");
        lines[0] = format!("{hashed},\"redacted\":[\"{desk}\",{explained_by}],\"prev\":{hash}");
        fs::write(&file, lines.join("\n") + "\n").expect("redacted");
        let report = verify(&paths(home.path()).folder).expect("reads");
        assert_eq!((report.redacted, report.is_sound()), (1, sound), "{report:?}");
    }
}
