use super::*;

fn receipt(source: &Id) -> Receipt<'_> {
    Receipt { source, network: None, now: DateTime::UNIX_EPOCH }
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn read(header: &[&str], row: &[&str]) -> Result<RawItem, BadCause> {
    let profiles = Profiles::embedded();
    let header = strings(header);
    let mapping = profiles.recognise(&header).map_or_else(|| profiles.generic().expect("there"), |(known, _)| known);
    let mut layout = Layout::bind(mapping, header, chrono_tz::UTC).expect("a text");
    layout.learn(row);
    layout.item(row, &receipt(&Id::from("import")))
}

fn told(extras: &crate::mention::Extras) -> String {
    serde_json::to_string(extras).expect("writes")
}

#[test]
fn a_plain_table_is_read_by_its_headers() {
    let header = ["Message", "From", "Posted At", "Link", "Likes", "Ward", "Empty"];
    let row = ["Brown water?", "Ana Roy", "2026-11-20 17:12:44", "https://facebook.com/p/1", "1,200", "4", ""];
    let item = read(&header, &row).expect("is one");
    assert_eq!((item.text.as_str(), item.author.name.as_deref()), ("Brown water?", Some("Ana Roy")));
    assert_eq!((item.network.as_deref(), item.metrics.likes), (Some("facebook"), Some(1200)));
    assert_eq!(item.posted_at.map(|at| at.timestamp()), Some(1_795_194_764));
    assert_eq!((told(&item.extras), item.native_id), (r#"{"Ward":"4"}"#.to_owned(), None));
}

#[test]
fn a_field_that_cannot_be_read_loses_itself_and_a_row_without_text_is_bad() {
    let item = read(&["Text", "Date", "Likes"], &["=HYPERLINK(\"x\")", "soon", "-1"]).expect("is one");
    assert_eq!((item.text.as_str(), item.posted_at, item.metrics.likes), ("=HYPERLINK(\"x\")", None, None));
    assert_eq!(read(&["Text", "Date"], &[" ", "2026-11-20"]), Err(BadCause::NoText));
    assert_eq!(read(&["Text", "Date"], &[]), Err(BadCause::NoText));
}

#[test]
fn a_title_stands_above_the_text_unless_the_text_repeats_it() {
    assert_eq!(said(Some("Water"), Some("It is brown."), Some("It is")), Some("Water\n\nIt is brown.".into()));
    assert_eq!(said(Some("It is br…"), Some("It is brown."), None), Some("It is brown.".into()));
    assert_eq!(said(Some("Water"), None, Some("brown")), Some("Water\n\nbrown".into()));
    assert_eq!(said(None, None, None), None);
}

#[test]
fn a_json_object_is_a_row_with_paths() {
    let object = serde_json::json!({"content": "Brown", "a.b": 1, "extra": {"name": "Ana", "deep": {"n": [1]}}});
    let header = names(&object);
    assert_eq!(header, ["a.b", "content", "extra.name"]);
    let mapping = Mapping::parse("own", "[columns]\ntext = \"content\"\nname = \"extra.name\"\n").expect("reads");
    let layout = Layout::bind(&mapping, header.clone(), chrono_tz::UTC).expect("a text");
    let item = layout.item(&JsonRow { header: &header, object: &object }, &receipt(&"hook".into())).expect("is one");
    assert_eq!((item.author.name.as_deref(), told(&item.extras)), (Some("Ana"), r#"{"a.b":"1"}"#.to_owned()));
}

#[test]
fn a_mapping_of_the_command_line_replaces_the_columns_of_its_field() {
    let profiles = Profiles::embedded();
    let mapping = profiles.generic().expect("there").clone().with(&[(Field::Text, "Remark".into())]);
    let layout = Layout::bind(&mapping, strings(&["Text", "remark"]), chrono_tz::UTC).expect("a text");
    assert_eq!(layout.taken().collect::<Vec<_>>(), [("Text", None), ("remark", Some(Field::Text))]);
    assert!(Layout::bind(&mapping, strings(&["Text"]), chrono_tz::UTC).is_none());
}

#[test]
fn a_rows_number_is_no_identity_unless_a_person_says_so() {
    assert_eq!(read(&["ID", "Text"], &["17", "Brown"]).map(|item| item.native_id), Ok(None));
    let item = read(&["ID", "Text"], &["1795194764001", "Brown"]).expect("is one");
    assert_eq!(item.native_id.as_deref(), Some("1795194764001"));
    let mapping = Profiles::embedded().generic().expect("there").clone().with(&[(Field::Id, "No".into())]);
    let layout = Layout::bind(&mapping, strings(&["No", "Text"]), chrono_tz::UTC).expect("a text");
    let item = layout.item(&["17", "Brown"][..], &receipt(&"import".into())).expect("is one");
    assert_eq!(item.native_id.as_deref(), Some("17"));
}
