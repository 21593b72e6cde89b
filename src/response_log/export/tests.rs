use rstest::rstest;

use super::*;
use crate::response_log::fixtures::{draft, note, open, paths};

#[rstest]
#[case::equals("=1+1", "\"'=1+1\"")]
#[case::plus("+1", "\"'+1\"")]
#[case::minus("-1", "\"'-1\"")]
#[case::at("@SUM(A1)", "\"'@SUM(A1)\"")]
#[case::tab("\t=1", "\"'\u{fffd}=1\"")]
#[case::carriage_return("\rx", "\"'\u{fffd}x\"")]
#[case::newline("\n=1", "\"'\n=1\"")]
#[case::space("  =1", "\"'  =1\"")]
#[case::no_break_space("\u{a0}=1", "\"'\u{a0}=1\"")]
#[case::ideographic_space("\u{3000}@x", "\"'\u{3000}@x\"")]
#[case::zero_width_space("\u{200b}=1", "\"'\u{fffd}=1\"")]
#[case::full_width("\u{ff1d}1", "\"'\u{ff1d}1\"")]
#[case::small_plus("\u{fe62}1", "\"'\u{fe62}1\"")]
#[case::quote_first("\"=1", "\"'\"\"=1\"")]
#[case::plain("a=1, \"b\"", "\"a=1, \"\"b\"\"\"")]
#[case::empty("", "\"\"")]
fn a_cell_is_text_and_never_a_formula(#[case] text: &str, #[case] expected: &str) {
    let mut line = String::new();
    cell(&mut line, text);
    assert_eq!(line, expected);
}

#[test]
fn the_csv_has_its_mark_its_header_and_a_row_a_record() {
    let home = tempfile::tempdir().expect("a folder");
    open(home.path()).append(&[draft("m-1", note("=cmd|' /C calc'!A0"), None)]).expect("recorded");
    let mut out = Vec::new();
    assert_eq!(csv(&paths(home.path()).folder, &mut out).expect("exports"), 1);
    let text = String::from_utf8(out).expect("UTF-8");
    let rows: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert_eq!(rows.len(), 2);
    assert!(rows[0].starts_with("\u{feff}\"desk\",\"seq\",\"at\""));
    assert!(rows[1].contains(",\"'=cmd|' /C calc'!A0\","), "{}", rows[1]);
    assert_eq!(rows[0].matches(',').count(), rows[1].matches("\",\"").count());
}

#[test]
fn the_json_lines_are_the_log_byte_for_byte() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = paths(home.path()).folder;
    open(home.path()).append(&[draft("m-1", note("x"), None)]).expect("recorded");
    let mut out = Vec::new();
    assert_eq!(jsonl(&folder, &mut out).expect("exports"), 1);
    assert_eq!(out, std::fs::read(folder.join("2026-11.jsonl")).expect("reads"));
}
