use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;
use rstest::rstest;

use super::person::Scripted;
use super::*;
use crate::clock::FakeClock;
use crate::config::{Form, Paths};
use crate::config::{When, guides};
use crate::locale::{Lang, Locale};

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    args: Args,
}

struct Desk {
    folder: tempfile::TempDir,
    lang: Lang,
}

impl Desk {
    fn new(lang: Lang) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), lang }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn config(&self) -> Option<String> {
        fs::read_to_string(self.file("config.toml")).ok()
    }

    fn settings(&self) -> Settings {
        let paths = Paths::under(self.folder.path());
        let config =
            self.config().map_or_else(Config::default, |text| File::read(&text, &paths.config).expect("is right"));
        Settings { paths, config, locale: Locale::new(self.lang) }
    }

    fn add(&self, line: &[&str], answers: Option<&[&'static str]>) -> (Result<Vec<String>, CliError>, String) {
        let args = Line::try_parse_from([&["add"], line].concat()).expect("parses").args;
        let (settings, clock) = (self.settings(), FakeClock::new("2026-11-23T04:00:00Z".parse().expect("an instant")));
        let locale = Arc::new(Locale::new(self.lang));
        let context = Context { home: None, lang: None, locale, clock: Arc::new(clock) };
        let mut person = Scripted::new(answers.unwrap_or_default());
        let told = add(&args, &settings, &context, (&mut person, answers.is_some()));
        let home = self.folder.path().display().to_string();
        (told, person.heard.replace(&home, "HOME"))
    }
}

#[rstest]
#[case::english(Lang::En, "asked_en")]
#[case::french(Lang::Fr, "asked_fr")]
fn a_conversation_adds_a_source(#[case] lang: Lang, #[case] name: &str) {
    let desk = Desk::new(lang);
    let before = "# ours\nascii = true # no lines\n\n[[source]]\nid = \"ndjson\"\nkind = \"stdin\"\n";
    fs::write(desk.file("config.toml"), before).expect("written");
    let mentions =
        "{\"text\":\"The tap runs brown\",\"author\":{\"handle\":\"ana\"},\"posted_at\":\"2026-11-23T01:00:00Z\"}\n";
    fs::write(desk.file("town.jsonl"), mentions).expect("written");
    let (told, heard) = desk.add(&["ndjson"], Some(&["town.jsonl", "ndjson", "a b", "", "yes"]));
    let told = told.expect("it is added");
    assert!(told[0].contains("ndjson-2") && told.len() == 1, "{told:?}");
    let block = "\n[[source]]\nid = \"ndjson-2\"\nkind = \"ndjson\"\npath = \"town.jsonl\"\n";
    assert_eq!(desk.config().expect("there"), format!("{before}{block}"));
    insta::assert_snapshot!(name, heard);
}

#[test]
fn a_kind_is_chosen_by_number_or_word() {
    let desk = Desk::new(Lang::En);
    let (told, heard) = desk.add(&["--no-check"], Some(&["99", "ndjso", "1", "box", ""]));
    assert!(told.is_ok() && desk.config().is_some_and(|text| text.contains("kind = \"folder\"")), "{heard}");
    assert!(
        heard.starts_with("Nobody has to give permission:\n   1  folder     a folder into which you put"),
        "{heard}"
    );
    assert!(heard.contains("no kind of source named 99; there are folder, feed,"), "{heard}");
    assert!(heard.contains("did you mean ndjson?"), "{heard}");
    for (number, guide) in guides().enumerate() {
        assert!(heard.contains(&format!("  {:9}  ", guide.kind)), "{number} {}", guide.kind);
    }
}

#[test]
fn flags_ask_nothing_and_a_dry_run_writes_nothing() {
    let desk = Desk::new(Lang::En);
    let line = ["folder", "--path", "in box", "--id", "exports", "--network", "facebook", "--profile", "determ"];
    let expected = "[[source]]\nid = \"exports\"\nkind = \"folder\"\npath = \"in box\"\nprofile = \"determ\"\nnetwork = \"facebook\"";
    let (told, _) = desk.add(&[&line[..], &["--dry-run"]].concat(), None);
    assert_eq!(told.expect("it is right").join("\n"), expected);
    assert_eq!(desk.config(), None);
    assert!(desk.add(&line, None).0.is_ok());
    assert_eq!(desk.config().expect("written").trim_end(), expected);
    let (again, _) = desk.add(&line, None);
    assert!(again.expect_err("the id is taken").message.contains("another source has the id exports"));
}

#[rstest]
#[case::kind(&[], "say which kind of source: folder, feed,")]
#[case::near(&["fed"], "did you mean feed?")]
#[case::missing(&["feed"], "a source of kind feed also needs --url")]
#[case::foreign(&["feed", "--url", "https://a.example", "--cwd", "x"], "--cwd is not for a source of kind feed")]
#[case::value(&["feed", "--url", "ftp://a.example/?key=hush"], "source.url takes an address")]
#[case::id(&["stdin", "--id", "a b"], "source.id takes letters")]
fn what_is_wrong_is_told_and_nothing_written(#[case] line: &[&str], #[case] expected: &str) {
    let desk = Desk::new(Lang::En);
    let (told, heard) = desk.add(line, None);
    let error = told.expect_err("it is wrong");
    assert!(error.message.contains(expected) && error.code == Exit::Usage, "{error:?}");
    assert!(!format!("{error:?}{heard}").contains("hush"));
    assert_eq!(fs::read_dir(desk.folder.path()).expect("a folder").count(), 0);
}

#[test]
fn a_source_that_does_not_work_is_added_only_when_that_is_wanted() {
    let desk = Desk::new(Lang::En);
    fs::write(desk.file("mentions.jsonl"), "not JSON\n").expect("written");
    let (told, heard) = desk.add(&["ndjson"], None);
    assert_eq!(told.expect_err("it does not work").code, Exit::Problems);
    assert!(heard.contains("line 1"), "{heard}");
    assert_eq!(desk.config(), None);
    assert!(desk.add(&["ndjson"], Some(&["", "", ""])).0.is_err(), "no is the usual answer");
    assert!(desk.add(&["ndjson"], Some(&["", "", "y"])).0.is_ok());
    assert!(desk.add(&["ndjson", "--no-check"], None).0.is_ok());
    assert_eq!(desk.settings().config.sources.len(), 2);
}

#[test]
fn the_end_of_input_ends_it_all() {
    let desk = Desk::new(Lang::En);
    for answers in [&[][..], &["ndjson"], &["ndjson", "a.jsonl"], &["ndjson", "a.jsonl", "a"]] {
        let error = desk.add(&[], Some(answers)).0.expect_err("nobody is there any more");
        assert_eq!((error.code, error.message.as_str()), (Exit::Usage, "nothing was added"));
    }
    assert_eq!(desk.config(), None);
}

#[test]
fn every_kind_has_its_words_in_both_languages() {
    for locale in [Lang::En, Lang::Fr].map(Locale::new) {
        for guide in guides() {
            // A message that is missing panics here.
            let (permission, tried): (&str, &str) = (guide.permission.into(), guide.tried.into());
            let mut names = vec![format!("source-permission-{permission}"), format!("source-tried-{tried}")];
            names.extend(["", "-needs"].map(|part| format!("source-kind-{}{part}", guide.kind)));
            for ask in guide.asks.iter().filter(|ask| ask.when != When::OnFlag) {
                names.push(format!("source-ask-{}-{}", guide.kind, ask.key.replace('_', "-")));
            }
            for name in names {
                assert!(!locale.text(&name).is_empty(), "{name}");
            }
            let row = format!("  10  {:9}  {}", guide.kind, locale.text(&format!("source-kind-{}", guide.kind)));
            assert!(crate::text::width::width(&row) <= 80, "{row}");
        }
    }
}

#[test]
fn a_secret_never_stands_on_the_command_line() {
    for guide in guides() {
        for ask in guide.asks.iter().filter(|ask| matches!(ask.form, Form::Secret | Form::Agreed)) {
            let flag = format!("--{}", ask.key.replace('_', "-"));
            assert!(Line::try_parse_from(["add", guide.kind, &flag, "hush"]).is_err(), "{flag}");
        }
    }
}
