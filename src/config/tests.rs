use rstest::rstest;

use super::*;

fn parse(text: &str) -> Result<Config, ConfigErrors> {
    Config::parse(text, Path::new("config.toml"))
}

fn errors(text: &str) -> Vec<ConfigError> {
    parse(text).expect_err("the file is wrong").0
}

#[test]
fn the_printed_default_parses_to_the_defaults() {
    assert_eq!(parse(TEMPLATE), Ok(Config::default()));
}

#[test]
fn the_printed_default_shows_every_key_and_its_examples_parse() {
    for key in [read::KEYS, &source::keys(), read::DEMO_KEYS].concat() {
        let shown =
            TEMPLATE.lines().map(|line| line.trim_start_matches(['#', ' ', '['])).any(|line| line.starts_with(key));
        assert!(shown, "{key} is not shown");
    }
    let uncommented: String = TEMPLATE
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest)
                if rest.starts_with("[[") || rest.split_once(" = ").is_some_and(|(key, _)| !key.contains(' ')) =>
            {
                rest
            }
            _ => line,
        })
        .fold(String::new(), |text, line| text + line + "\n");
    let config = parse(&uncommented).expect("the examples are right");
    assert_eq!(config.sources.len(), TEMPLATE.matches("[[source]]\n").count());
    assert_eq!(config.actor.as_deref(), Some("mchan"));
    assert!(config.demo.starts_at.is_some());
}

#[test]
fn the_documented_example_loads() {
    let config = parse(
        r#"
plan = "plan"                    # folder, relative to this file
[[source]]
id = "inbox"                     # names the source everywhere
kind = "ndjson"                  # a file that is tailed
path = "mentions.jsonl"
[[source]]
id = "sentinel"
kind = "feed"                    # RSS, Atom or JSON Feed
url = "https://example.org/rss"
every = "2m"
"#,
    )
    .expect("the example is right");
    assert_eq!(config.plan, Path::new("plan"));
    assert_eq!(config.sources[0].kind, SourceKind::Ndjson { path: "mentions.jsonl".into() });
    let feed = SourceKind::Feed { url: "https://example.org/rss".into(), every: Duration::from_mins(2) };
    assert_eq!(config.sources[1].kind, feed);
    assert!(config.sources.iter().all(|source| source.enabled));
}

#[rstest]
#[case::unknown_key("thmee = \"dark\"\n", 1, 1, "config-unknown-key-near", "thmee")]
#[case::unknown_far_key("\nzebra = 1\n", 2, 1, "config-unknown-key", "zebra")]
#[case::unknown_source_key(
    "[[source]]\nid = \"a\"\nkind = \"stdin\"\nevry = \"2m\"\n",
    4,
    1,
    "config-unknown-key-near",
    "source.evry"
)]
#[case::wrong_type("ascii = \"yes\"\n", 1, 9, "config-expected-flag", "ascii")]
#[case::near_word("lang = \"frr\"\n", 1, 8, "config-expected-one-of-near", "lang")]
#[case::word("lang = \"de\"\n", 1, 8, "config-expected-one-of", "lang")]
#[case::missing_id("[[source]]\nkind = \"stdin\"\n", 1, 1, "config-missing", "source.id")]
#[case::missing_path("[[source]]\nid = \"a\"\nkind = \"ndjson\"\n", 1, 1, "config-missing", "source.path")]
#[case::bad_id("[[source]]\nid = \"a b\"\nkind = \"stdin\"\n", 2, 6, "config-expected-id", "source.id")]
#[case::twice(
    "[[source]]\nid = \"a\"\nkind = \"stdin\"\n[[source]]\nid = \"a\"\nkind = \"stdin\"\n",
    5,
    6,
    "config-duplicate-id",
    "source.id"
)]
#[case::not_used(
    "[[source]]\nid = \"a\"\nkind = \"stdin\"\nurl = \"http://a/\"\n",
    4,
    1,
    "config-not-for-kind",
    "source.url"
)]
#[case::scheme(
    "[[source]]\nid = \"a\"\nkind = \"feed\"\nurl = \"file:///etc/passwd\"\n",
    4,
    7,
    "config-expected-url",
    "source.url"
)]
#[case::duration(
    "[[source]]\nid = \"a\"\nkind = \"feed\"\nurl = \"http://a/\"\nevery = \"soon\"\n",
    5,
    9,
    "config-expected-duration",
    "source.every"
)]
#[case::speed(
    "[[source]]\nid = \"a\"\nkind = \"replay\"\npath = \"p\"\nspeed = -1\n",
    5,
    9,
    "config-expected-factor",
    "source.speed"
)]
#[case::network_length("[lengths]\nmastadon = 500\n", 2, 1, "config-unknown-key-near", "lengths.mastadon")]
#[case::length("[lengths]\nmastodon = 0\n", 2, 12, "config-expected-count", "lengths.mastodon")]
#[case::instant("[demo]\nstarts_at = 2026-11-20\n", 2, 13, "config-expected-instant", "demo.starts_at")]
#[case::table("demo = 1\n", 1, 8, "config-expected-table", "demo")]
#[case::tables("source = 1\n", 1, 10, "config-expected-tables", "source")]
#[case::empty_text("theme = \" \"\n", 1, 9, "config-expected-text", "theme")]
fn a_fault_is_told_with_its_place(
    #[case] text: &str,
    #[case] line: u32,
    #[case] column: u32,
    #[case] message: &str,
    #[case] key: &str,
) {
    let errors = errors(text);
    assert_eq!(errors.len(), 1, "{errors:?}");
    let Place::File { line: at_line, column: at_column, source, .. } = &errors[0].place else {
        panic!("a file's fault stands in the file");
    };
    assert_eq!((*at_line, *at_column, errors[0].key.as_str()), (line, column, key), "{errors:?}");
    assert_eq!(source, text.lines().nth(line as usize - 1).expect("the line exists"));
    assert_eq!(errors[0].words().0, message);
}

#[test]
fn all_faults_come_at_once_in_the_order_of_the_file() {
    let errors = errors("mouse = 3\nlang = \"de\"\nplan = \n[[source]]\nid = 7\nkind = \"ndjsn\"\n");
    let lines: Vec<u32> = errors
        .iter()
        .map(|error| match error.place {
            Place::File { line, .. } => line,
            Place::Variable(_) => 0,
        })
        .collect();
    assert!(lines.is_sorted(), "{errors:?}");
    for line in [1, 2, 3, 5, 6] {
        assert!(lines.contains(&line), "no fault on line {line}: {errors:?}");
    }
}

#[test]
fn a_secret_in_an_address_is_not_repeated_in_the_fault() {
    let errors = errors("[[source]]\nid = \"a\"\nkind = \"feed\"\nurl = \"ftp://a/feed?token=hush\"\n");
    assert!(!errors[0].words().1.iter().any(|(_, value)| value.contains("hush")), "{errors:?}");
}

#[test]
fn layers_fold_flags_over_environment_over_file_over_defaults() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let paths = Paths::under(folder.path());
    std::fs::write(&paths.config, "theme = \"file\"\nactor = \"file\"\nlang = \"fr\"\nplan = \"p\"\n")
        .expect("it is written");
    let variables = |name: &str| match name {
        "FRONTDESK_THEME" | "FRONTDESK_ACTOR" => Some("variable".to_owned()),
        "FRONTDESK_LANG" => Some(String::new()),
        _ => None,
    };
    let environment = Overrides::from_environment(variables).expect("the variables are right");
    let flags = Overrides { theme: Some("flag".into()), ..Overrides::default() };
    let config = Config::load(&paths, &flags, &environment).expect("all layers are right");
    assert_eq!(config.theme.as_deref(), Some("flag"));
    assert_eq!(config.actor.as_deref(), Some("variable"));
    assert_eq!(config.lang, Some(Language::Fr));
    assert_eq!(config.plan, folder.path().join("p"));
}

#[test]
fn a_missing_file_is_an_empty_one_and_a_bad_variable_is_named() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let paths = Paths::under(folder.path());
    let none = Overrides::default();
    let config = Config::load(&paths, &none, &none).expect("defaults");
    assert_eq!(config.plan, paths.plan);
    let bad = Overrides::from_environment(|name| (name == "FRONTDESK_ASCII").then(|| "maybe".to_owned()));
    assert_eq!(bad.expect_err("not a flag").0[0].place, Place::Variable("FRONTDESK_ASCII"));
}

#[test]
fn a_file_that_is_not_text_is_told() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let paths = Paths::under(folder.path());
    std::fs::write(&paths.config, b"plan = \"p\"\ntheme = \"\xff\"\n").expect("it is written");
    let none = Overrides::default();
    let errors = Config::load(&paths, &none, &none).expect_err("not UTF-8");
    assert_eq!(errors.0[0].problem, Problem::NotUtf8);
    assert!(matches!(errors.0[0].place, Place::File { line: 2, .. }));
}

#[test]
fn a_folder_takes_a_path_and_a_profile() {
    let mut config =
        parse("[[source]]\nid = \"a\"\nkind = \"folder\"\npath = \"in\"\nprofile = \"determ\"\n").expect("is right");
    config.resolve(Path::new("/desk"));
    let folder = SourceKind::Folder {
        path: "/desk/in".into(),
        profile: Some("determ".into()),
        profiles: "/desk/profiles".into(),
    };
    assert_eq!(config.sources[0].kind, folder);
    let errors =
        parse("[[source]]\nid = \"a\"\nkind = \"folder\"\nurl = \"https://a.example\"\n").expect_err("is wrong");
    let told: Vec<(&str, &Problem)> = errors.0.iter().map(|error| (error.key.as_str(), &error.problem)).collect();
    assert!(told.contains(&("source.url", &Problem::NotForKind { kind: "folder" })), "{told:?}");
    assert!(told.contains(&("source.path", &Problem::Missing)), "{told:?}");
}
