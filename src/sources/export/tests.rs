//! Whole files with the headers of real exports; the rows are made up. Where a header is known from is said beside it.

use std::io::Write;

use rstest::rstest;

use super::*;
use crate::mention::Id;

/// Brandwatch Consumer Research: six lines above the header, as its `xlsx` export has them.
const BRANDWATCH: &str = "Report,Town\nBrand,Alder Bay\nFrom,2026-11-19\nTo,2026-11-20\nLabel,\nTitle,Mentions\n\
    Query Id,Query Name,Date,Title,Snippet,Url,Domain,Sentiment,Page Type,Language,Author,Full Name,Full Text,Resource Id,\
    Thread Id,Twitter Followers,Status\n\
    7,Town,2026-11-20 09:12:44.0,Ana: Brown…,Brown…,https://twitter.com/ana/status/1,twitter.com,negative,twitter,en,ana,\
    Ana Roy,\"Brown water,\nagain\",r-1,t-1,120,open\n";
/// Meltwater: the columns of 2026, in UTF-16 with tabs, named `.csv`.
const MELTWATER: &str = "Date\tTime\tDocument ID\tURL\tInput Name\tKeywords\tSource Type\tSource Name\tAuthor Name\tAuthor Handle\t\
    Title\tOpening Text\tHit Sentence\tLanguage\tReach\tLikes\tReplies\tReposts\n\
    20-Nov-2026\t09:12:44AM\td-1\thttps://paper.example/1\tTown\twater\tNews\tThe Paper\tBea\t\tWater main breaks\t\
    Crews are on Elm Street.\tThe water is brown.\tEnglish\t100\t3\t\t\n";
/// Meltwater before that.
const MELTWATER_2: &str = "Date,Headline,URL,Opening Text,Hit Sentence,Source,Influencer,Country,Language,Reach\n\
    20-Nov-2026 09:12AM,,https://twitter.com/ana/status/1,,Brown water,Twitter,@ana,Canada,English,10\n";
/// The oldest Meltwater has columns of Twitter.
const MELTWATER_1: &str = "Date,Headline,URL,Opening Text,Hit Sentence,Source,Influencer,Tweet Id,Twitter Screen Name,Twitter Followers,Time\n\
    2026-11-20,,http://twitter.com/ana/statuses/1,,Brown water,Twitter,@ana,1795194764001,ana,120,9:12 AM\n";
/// Talkwalker: a comma inside a field, names with dots.
const TALKWALKER: &str = "url,published,title,content,lang,source_type,domain_url,reach,extra_author_attributes.name\n\
    https://facebook.com/p/1,2026-11-20 09:12:44,,Brown water,en,\"SOCIALMEDIA,SOCIALMEDIA_FACEBOOK\",facebook.com,10,Ana Roy\n\
    ,2026-11-20 09:12:44,,,en,\"SOCIALMEDIA,SOCIALMEDIA_TWITTER\",,,\n";
/// Determ (Mediatoolkit).
const DETERM: &str = "mention_snippet,date,time,reach,engagement_rate,author,from,title\n\
    Brown water,20.11.2026,09:12:44,10,0.5,Ana Roy,facebook.com,\n";
/// Hootsuite Inbox 2.0 exports conversations and messages apart; these are the first columns of the conversations.
const HOOTSUITE: &str = "Conversation ID,Medium,Channel,Channel Display Name,Contact Profile ID,Contact Primary Identifier,\
    Contact Secondary Identifier,Created at\nc-1,Private message,FACEBOOK,Town,p-1,ana,Ana Roy,2026-11-20T17:12:44Z\n";

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a scratch file");
    file.write_all(bytes).expect("is written");
    file
}

fn asked(map: &[(Field, String)]) -> Asked<'_> {
    Asked { profile: None, map, zone: chrono_tz::America::Vancouver }
}

fn open(bytes: &[u8]) -> Result<Export, ExportError> {
    Export::open(file(bytes).path(), &Profiles::embedded(), &asked(&[]))
}

fn read(bytes: &[u8]) -> (Export, Vec<Found>) {
    let export = open(bytes).expect("opens");
    let rows = all(&export);
    (export, rows)
}

fn all(export: &Export) -> Vec<Found> {
    let (source, mut rows) = (Id::from("import"), Vec::new());
    let receipt = Receipt { source: &source, network: None, now: chrono::DateTime::UNIX_EPOCH };
    let taken = export.read(&receipt, &mut |found| {
        rows.push(found);
        ControlFlow::Continue(())
    });
    taken.expect("reads");
    rows
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[rstest]
#[case::brandwatch(BRANDWATCH.as_bytes().to_vec(), "brandwatch", "Brown water,\nagain", Some("r-1"), "x", 8)]
#[case::meltwater(
    utf16(MELTWATER),
    "meltwater",
    "Water main breaks\n\nCrews are on Elm Street.\n\nThe water is brown.",
    Some("d-1"),
    "web",
    2
)]
#[case::meltwater_2(MELTWATER_2.as_bytes().to_vec(), "meltwater-2", "Brown water", None, "x", 2)]
#[case::meltwater_1(MELTWATER_1.as_bytes().to_vec(), "meltwater-1", "Brown water", Some("1795194764001"), "x", 2)]
#[case::talkwalker(TALKWALKER.as_bytes().to_vec(), "talkwalker", "Brown water", Some("https://facebook.com/p/1"), "facebook", 2)]
#[case::determ(DETERM.as_bytes().to_vec(), "determ", "Brown water", None, "facebook", 2)]
fn exports_are_known_by_their_headers(
    #[case] bytes: Vec<u8>,
    #[case] profile: &str,
    #[case] text: &str,
    #[case] id: Option<&str>,
    #[case] network: &str,
    #[case] row: u64,
) {
    let (export, rows) = read(&bytes);
    assert_eq!(export.profile(), profile);
    let item = rows[0].item.as_ref().expect("is one");
    assert_eq!((item.text.as_str(), item.native_id.as_deref(), rows[0].row), (text, id, row));
    assert_eq!(item.network.as_deref(), Some(network));
    let posted = item.posted_at.expect("a date").timestamp();
    assert!((1_795_194_720..=1_795_194_764).contains(&posted), "{:?}", item.posted_at);
}

#[test]
fn rows_without_text_and_exports_without_texts_are_told() {
    let (_, rows) = read(TALKWALKER.as_bytes());
    assert!(matches!(rows[1].item, Err((BadCause::NoText, _))));
    let error = open(HOOTSUITE.as_bytes()).expect_err("has no text");
    assert!(
        matches!(&error, ExportError::NoText { profile: Some(name), columns } if name == "hootsuite-inbox" && columns.len() == 8)
    );
    let messages = HOOTSUITE.replace("Created at", "Created at,Message").replace("44Z", "44Z,Brown water");
    let (export, rows) = read(messages.as_bytes());
    let item = rows[0].item.as_ref().expect("is one");
    assert_eq!((export.profile(), item.thread.as_deref()), ("hootsuite-inbox", Some("c-1")));
    assert_eq!(item.network.as_deref(), Some("facebook"));
}

#[rstest]
#[case::semicolons(b"Texte;Auteur\nL'\xe9glise, ferm\xe9e;Zo\xeb\n".to_vec(), "csv", "L'église, fermée")]
#[case::bars(b"Text|From\nBrown, again|Ana\n".to_vec(), "csv", "Brown, again")]
#[case::one_column(b"Message\nBrown water\n".to_vec(), "csv", "Brown water")]
#[case::own_lines(br#"{"text":"Brown","author":{"handle":"ana"}}"#.to_vec(), "ndjson", "Brown")]
#[case::other_lines(br#"{"message":"Brown","user":"ana"}"#.to_vec(), "ndjson", "Brown")]
#[case::own_array(br#" [{"text":"Brown","author":{"handle":"ana"}}]"#.to_vec(), "json", "Brown")]
#[case::other_array(br#"[{"body":"Brown","author":{"handle":"ana"}}]"#.to_vec(), "json", "Brown")]
fn every_form_is_told_by_what_is_in_it(#[case] bytes: Vec<u8>, #[case] form: &str, #[case] text: &str) {
    let (export, rows) = read(&bytes);
    assert_eq!(export.form(), form);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].item.as_ref().expect("is one").text, text);
}

#[test]
fn a_bad_row_is_told_with_its_number_and_the_rest_goes_on() {
    let long = "x".repeat(1 << 20);
    let text = format!(
        "Text,From\ngood,Ana\none,two,three\nshort\n{long},Ana\n=cmd|' /C calc'!A0,\u{202e}evil\0\ntrailing,Ana,\n"
    );
    let (_, rows) = read(text.as_bytes());
    let told: Vec<_> = rows.iter().map(|found| (found.row, found.item.as_ref().map(|item| &*item.text))).collect();
    assert_eq!(told[0], (2, Ok("good")));
    let causes = |row: usize| rows[row].item.as_ref().expect_err("is bad").0.clone();
    assert_eq!(causes(1), BadCause::Columns { found: 3, expected: 2 });
    assert_eq!(causes(2), BadCause::Columns { found: 1, expected: 2 });
    assert_eq!(causes(3), BadCause::TooLong);
    assert_eq!(told[4], (6, Ok("=cmd|' /C calc'!A0")));
    assert_eq!(told[5], (7, Ok("trailing")));
    assert!(rows[3].item.as_ref().is_err_and(|(_, bytes)| bytes.len() <= MAX_DATA + 1));
}

#[test]
fn what_is_asked_for_counts_and_what_is_missing_is_named() {
    let file = file(b"Ref,Remark,Who\n1,Brown,Ana\n");
    let map = [(Field::Text, "remark".to_owned()), (Field::Author, "Who".to_owned())];
    let export = Export::open(file.path(), &Profiles::embedded(), &asked(&map)).expect("opens");
    assert_eq!(all(&export)[0].item.as_ref().map(|item| item.text.as_str()).ok(), Some("Brown"));
    let wrong = [(Field::Text, "Remarks".to_owned())];
    let error = Export::open(file.path(), &Profiles::embedded(), &asked(&wrong)).expect_err("is not there");
    assert!(
        matches!(error, ExportError::UnknownColumn { column, columns } if column == "Remarks" && columns.len() == 3)
    );
    let unknown = Asked { profile: Some("sprout"), ..asked(&[]) };
    let error = Export::open(file.path(), &Profiles::embedded(), &unknown).expect_err("is not there");
    assert!(matches!(error, ExportError::Profile(ProfileError::Unknown { .. })));
}

#[test]
fn a_workbook_is_read_below_its_preamble() {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |cells: &[&str]| format!("<row>{}</row>", cells.iter().map(|text| cell(text)).collect::<String>());
    let rows =
        [row(&["Mentions of the town"]), row(&["Text", "From"]), row(&["Brown &lt;water&gt;", "Ana"]), row(&["cold"])];
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.concat());
    let bytes = sheet::tests::workbook(&[
        ("xl/workbook.xml", sheet::tests::BOOK),
        ("xl/_rels/workbook.xml.rels", sheet::tests::RELATIONS),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    let (export, rows) = read(&bytes);
    assert_eq!((export.form(), rows.len(), rows[0].row), ("xlsx", 2, 3));
    assert_eq!(rows[0].item.as_ref().map(|item| item.text.as_str()).ok(), Some("Brown <water>"));
}

#[rstest]
#[case::empty(b"".to_vec())]
#[case::blank(b"\n \r\n\n".to_vec())]
#[case::no_zip(b"PK\x03\x04broken".to_vec())]
#[case::zeros(vec![0; 5_000])]
#[case::a_picture(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec())]
#[case::half_an_object(b"{\"te".to_vec())]
fn what_is_no_table_is_refused(#[case] bytes: Vec<u8>) {
    assert!(open(&bytes).is_err());
}

proptest::proptest! {
    #[test]
    fn no_file_breaks_the_reading(text in "(Text|Message|,|;|\t|\"|\n|\r|\\[|\\{|\\}|:|[a-zé\\x00\\x1b]){0,60}") {
        if let Ok(export) = open(text.as_bytes()) {
            all(&export);
        }
    }
}
