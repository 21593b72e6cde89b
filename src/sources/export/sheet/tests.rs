use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

/// A workbook of these files.
pub(in crate::sources::export) fn workbook(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        archive.start_file(*path, SimpleFileOptions::default()).expect("begins");
        archive.write_all(text.as_bytes()).expect("is written");
    }
    archive.finish().expect("ends").into_inner()
}

pub(in crate::sources::export) const BOOK: &str = r#"<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="Mentions" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
pub(in crate::sources::export) const RELATIONS: &str =
    r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

type Rows = Vec<(u64, Result<Vec<String>, BadCause>)>;

fn rows(files: &[(&str, &str)]) -> Result<Rows, String> {
    let mut archive = ZipArchive::new(Cursor::new(workbook(files))).expect("a zip");
    let book = Book::open(&mut archive).map_err(|broken| broken.0)?;
    let mut rows = Vec::new();
    book.rows(&mut archive, 0, &mut |row| {
        rows.push((row.number, row.cells.map(|cells| cells.iter().map(str::to_owned).collect())));
        ControlFlow::Continue(())
    })
    .map_err(|broken| broken.0)?;
    Ok(rows)
}

#[test]
fn cells_of_every_kind_stand_in_their_columns() {
    let strings = "<sst><si><t>Text</t></si><si><r><t xml:space=\"preserve\">Brown </t></r><r><t>&amp; cold&#33;</t></r>\
                   <rPh><t>no</t></rPh></si><si/></sst>";
    let sheet = r#"<worksheet><sheetData>
        <row r="7"><c r="A7" t="s"><v>0</v></c><c r="C7" t="inlineStr"><is><t>Date</t></is></c></row>
        <row r="9"><c r="A9" t="s"><v>1</v></c><c r="C9" s="1"><v>46346</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>
          <c t="str"><f>HYPERLINK("x")</f><v>x</v></c></row><row r="10"><c r="A10"/></row>
        </sheetData></worksheet>"#;
    let files = [
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let found = rows(&files).expect("reads");
    let row = |cells: &[&str]| Ok(cells.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(found[0], (7, row(&["Text", "", "Date"])));
    assert_eq!(found[1], (9, row(&["Brown & cold!", "", "2026-11-20T00:00:00", "true", "", "x"])));
    assert_eq!(found.len(), 2);
}

#[test]
fn a_hostile_workbook_is_refused_or_bounded() {
    let common = [("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", RELATIONS)];
    let huge = format!(
        "<worksheet><sheetData><row><c t=\"str\"><v>{}</v></c></row></sheetData></worksheet>",
        "x".repeat(5 << 20)
    );
    let with = |sheet: &str| {
        let sheet = ("xl/worksheets/sheet1.xml", sheet);
        rows(&[common[0], common[1], sheet])
    };
    assert!(with(&huge).is_err_and(|error| error.contains("4 MiB")));
    let far = "<worksheet><sheetData><row><c r=\"ZZZZ1\"><v>1</v></c></row><row><c><v>2</v></c></row></sheetData></worksheet>";
    let found = with(far).expect("reads");
    assert!(matches!(found[0], (1, Err(BadCause::Columns { .. }))));
    assert_eq!(found[1], (2, Ok(vec!["2".to_owned()])));
    assert!(with("<worksheet><sheetData><row><c></row>").is_err());
    assert!(rows(&[("a", "b")]).is_err_and(|error| error.contains("xl/workbook.xml")));
}
