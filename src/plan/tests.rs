//! Plans as people write them: the design's own examples, broken ones with every problem named, hostile ones.

use chrono::{NaiveDate, TimeZone, Utc};
use rstest::rstest;

use super::*;
use crate::locale::{Lang, Locale};
use crate::mention::{Intent, Language, Level, Network, Posture, StakeholderKind};
use crate::query::QueryErrorKind;

const ORGANIZATION: &str = include_str!("tests/design/plan.toml");
const INITIATIVES: &str = include_str!("tests/design/initiatives.toml");
const STAKEHOLDERS: &str = include_str!("tests/design/stakeholders.toml");
const MESSAGES: &str = include_str!("tests/design/messages.toml");
const TESTS: &str = include_str!("tests/design/tests.toml");

fn design() -> Vec<(String, String)> {
    [
        ("plan.toml", ORGANIZATION),
        ("initiatives.toml", INITIATIVES),
        ("stakeholders.toml", STAKEHOLDERS),
        ("messages.toml", MESSAGES),
        ("tests.toml", TESTS),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .to_vec()
}

/// One file beside a valid organization.
fn with(name: &str, text: &str) -> Vec<(String, String)> {
    let organization = "[organization]\nname = \"Alder Bay\"\n".to_owned();
    vec![("plan.toml".to_owned(), organization), (name.to_owned(), text.to_owned())]
}

fn rendered(files: Vec<(String, String)>, lang: Lang) -> String {
    let locale = Locale::new(lang);
    let Err(errors) = from_files(files) else { return "it loads".to_owned() };
    let lines: Vec<String> =
        errors.0.iter().map(|problem| Diagnostic::of_problem(problem, &locale).render(&locale)).collect();
    lines.join("\n")
}

fn codes(files: Vec<(String, String)>) -> Vec<&'static str> {
    from_files(files).err().map_or(Vec::new(), |errors| errors.0.iter().map(|problem| problem.kind.code()).collect())
}

#[test]
fn the_designs_examples_load() {
    let (plan, findings) = from_files(design()).expect("the design's examples load");
    assert_eq!(findings, []);
    let organization = &plan.organization;
    assert_eq!(organization.name.get(Lang::Fr), "Baie-des-Aulnes");
    assert_eq!(organization.languages, [Language::En, Language::Fr]);
    assert_eq!(organization.hours.time_zone, chrono_tz::America::Vancouver);
    let water = plan.initiatives.by_id("water").expect("the initiative");
    assert_eq!((water.posture, water.rule.at.to_string().as_str()), (Posture::Heightened, "initiatives.toml:6"));
    assert_eq!(&*water.rule.name, "water.match");
    assert!(water.is_active(NaiveDate::from_ymd_opt(2027, 6, 30).expect("a day")));
    assert!(!water.is_active(NaiveDate::from_ymd_opt(2027, 7, 1).expect("a day")));
    let media = plan.stakeholders.by_id("media").expect("the group");
    assert_eq!((media.kind, media.weight, media.weight_at.line), (StakeholderKind::Media, 12, 9));
    let message = plan.messages.by_id("KM-2").expect("the message");
    assert_eq!(message.approval.expires_at, Utc.with_ymd_and_hms(2026, 12, 2, 2, 0, 0).single());
    assert_eq!(&*message.facts, ["F-7".into()]);
    assert_eq!(plan.facts[0].verified_at, NaiveDate::from_ymd_opt(2026, 11, 20));
    let expect = &plan.tests[0].expect;
    assert_eq!((expect.priority, expect.intents.as_deref()), (Some(Level::P2), Some(&[Intent::Question][..])));
    // The built-in priorities and road map stand in.
    assert_eq!(plan.priority.levels.level(47), Level::P2);
    assert_eq!(plan.priority.levels.at.to_string(), "built-in/priority.toml:4");
    let walk = plan.road_map.walk(|step| matches!(&*step.id, "relevant" | "question"));
    assert_eq!(walk.path, ["relevant", "worthwhile", "question"].map(Into::into));
    assert_eq!(walk.outcome.map(|outcome| &*outcome.id), Some("respond"));
    assert_eq!(plan.match_rules.table.len(), 2);
    assert_eq!(plan.match_rules.table[0].kind, RuleKind::Initiative(0));
}

#[test]
fn one_file_may_hold_everything() {
    let all = [ORGANIZATION, INITIATIVES, STAKEHOLDERS, MESSAGES, TESTS].join("\n");
    let (plan, _) = from_files(vec![("everything.toml".to_owned(), all)]).expect("loads");
    assert_eq!((plan.initiatives.len(), plan.messages.len(), plan.tests.len()), (1, 1, 1));
}

#[test]
fn hashes_tell_plans_apart() {
    let (plan, _) = from_files(design()).expect("loads");
    let mut files = design();
    files.reverse();
    assert_eq!(from_files(files).expect("loads").0.hash, plan.hash);
    let mut files = design();
    files[0].1.push(' ');
    assert_ne!(from_files(files).expect("loads").0.hash, plan.hash);
    assert_eq!(plan.hash.as_str().len(), 64);
}

#[rstest]
#[case::keys("keys", "initiatives.toml", include_str!("tests/broken/keys.toml"))]
#[case::values("values", "messages.toml", include_str!("tests/broken/values.toml"))]
#[case::references("references", "initiatives.toml", include_str!("tests/broken/references.toml"))]
#[case::queries("queries", "criteria.toml", include_str!("tests/broken/queries.toml"))]
#[case::road_map("road_map", "road_map.toml", include_str!("tests/broken/road_map.toml"))]
#[case::priority("priority", "priority.toml", include_str!("tests/broken/priority.toml"))]
#[case::parts("parts", "parts.toml", include_str!("tests/broken/parts.toml"))]
fn every_problem_is_told(#[case] snapshot: &str, #[case] name: &str, #[case] text: &str) {
    insta::assert_snapshot!(snapshot, rendered(with(name, text), Lang::En));
}

#[test]
fn problems_of_the_parts_are_told_in_french() {
    let text = include_str!("tests/broken/parts.toml");
    insta::assert_snapshot!("parts_fr", rendered(with("parts.toml", text), Lang::Fr));
}

#[test]
fn a_broken_organization_is_told_in_full() {
    let text = include_str!("tests/broken/organization.toml");
    insta::assert_snapshot!("organization", rendered(vec![("plan.toml".to_owned(), text.to_owned())], Lang::En));
    insta::assert_snapshot!("organization_fr", rendered(vec![("plan.toml".to_owned(), text.to_owned())], Lang::Fr));
}

#[test]
fn a_file_that_is_not_toml_leaves_the_others_checked() {
    let mut files = design();
    files[3].1 = "[[message]\nid = \n".to_owned();
    files[1].1.push_str("colour = 'brown'\n");
    let codes = codes(files);
    assert!(codes.contains(&"FD001") && codes.contains(&"FD002"), "{codes:?}");
    assert!(!codes.contains(&"FD007"), "what the broken file may hold is not missed: {codes:?}");
}

#[test]
fn a_table_that_stands_in_two_files_is_a_problem() {
    let files = with("other.toml", "[organization]\nname = \"Elsewhere\"\n");
    assert_eq!(codes(files), ["FD014"]);
    let mut files = with("a.toml", "levels = { P1 = 9, P2 = 5, P3 = 2 }\n");
    files.push(("b.toml".to_owned(), "levels = { P1 = 9, P2 = 5, P3 = 2 }\n".to_owned()));
    assert_eq!(codes(files), ["FD014"]);
}

#[test]
fn what_a_priority_file_leaves_out_is_built_in_but_not_its_rules() {
    let (plan, _) =
        from_files(with("priority.toml", "posture = { quiet = 0, heightened = 1, crisis = 2 }\n")).expect("loads");
    assert_eq!(plan.priority.posture.points(Posture::Crisis), 2);
    assert_eq!(plan.priority.levels.p1, 60);
    assert!(plan.priority.contributions.is_empty() && plan.priority.floors.is_empty());
    let of = |level| plan.priority.service_levels.of(level);
    assert_eq!(of(Level::P1).acknowledge, Some(Period::Minutes(15)));
    assert_eq!((of(Level::P4).acknowledge, of(Level::P4).substance), (Some(Period::Days(2)), None));
    assert_eq!((plan.priority.reach_points(999), plan.priority.reach_points(20_000)), (0, 7));
}

#[test]
fn handles_are_whole_accounts() {
    let group = |id: &str| {
        format!("[[stakeholder]]\nid = \"{id}\"\nkind = \"media\"\nname = \"N\"\nhandles = [\"@CKAB\", \"a.b@c\"]\n")
    };
    let (plan, _) = from_files(with("s.toml", &(group("a") + &group("b")))).expect("loads");
    assert_eq!(plan.groups_of_handle("ckab"), [0, 1]);
    assert_eq!(plan.groups_of_handle("@A.B@C"), [0, 1]);
    assert_eq!(plan.groups_of_handle("ckabfan"), [] as [usize; 0]);
    assert_eq!(plan.stakeholders[0].handles_at.to_string(), "s.toml:5");
}

#[test]
fn hashtags_become_a_rule_of_their_own() {
    let text = "[[initiative]]\nid = \"w\"\ntitle = \"W\"\nmatch = \"x\"\nhashtags = [\"#EauBrune\", \"WaterMain\"]\n";
    let (plan, _) = from_files(with("i.toml", text)).expect("loads");
    assert_eq!(plan.initiatives[0].hashtags, ["#EauBrune", "#WaterMain"]);
    assert_eq!(plan.match_rules.table[1].kind, RuleKind::InitiativeTags(0));
    assert_eq!(&*plan.match_rules.table[1].name, "w.hashtags");
}

#[test]
fn variants_and_dates_without_a_zone_are_understood() {
    let text = "[[message]]\nid = \"m\"\ntext = \"long\"\nvariants = { twitter = \"short\" }\n\
                valid_from = 2026-11-20\nexpires_at = 2026-11-20\napproved_at = 2026-11-20T10:00:00\n";
    let organization = "[organization]\nname = \"A\"\ntime_zone = \"America/Vancouver\"\n".to_owned();
    let files = vec![("plan.toml".to_owned(), organization), ("a.toml".to_owned(), text.to_owned())];
    let (plan, _) = from_files(files).expect("loads");
    let message = &plan.messages[0];
    assert_eq!(message.text_for(&Network::X).get(Lang::En), "short");
    assert_eq!(message.text_for(&Network::Bluesky).get(Lang::En), "long");
    let at = |d, h, m, s| Utc.with_ymd_and_hms(2026, 11, d, h, m, s).single();
    assert_eq!((message.approval.valid_from, message.approval.expires_at), (at(20, 8, 0, 0), at(21, 7, 59, 59)));
    assert_eq!(message.approval.at, at(20, 18, 0, 0));
}

#[rstest]
#[case::nothing("")]
#[case::nul("\0")]
#[case::open("[[")]
#[case::deep(&"[".repeat(5000))]
#[case::deep_value(&format!("a = {}", "[".repeat(5000)))]
#[case::dotted(&format!("{}a = 1", "a.".repeat(5000)))]
#[case::arrays("initiative = [1, [2], {}, \"x\"]")]
#[case::not_tables("initiative = 3\nmessage = { }\nlevels = []\nservice_levels = { P1 = 3 }\nreach = [[]]\nstart = 1")]
#[case::bom("\u{feff}[organization]\n")]
#[case::escapes("[organization]\nname = \"\\u0000\\u001b[2J\\u202e\"\ntime_zone = \"\\u202e\"")]
#[case::numbers("levels = { P1 = 99999999999999999999, P2 = -0x1, P3 = 1e400 }")]
#[case::dates("[[fact]]\nid = \"f\"\nstatement = \"s\"\nverified_at = 2026-02-30\nexpires_at = 00:00:60")]
fn nothing_that_is_written_panics(#[case] text: &str) {
    let result = from_files(vec![("plan.toml".to_owned(), text.to_owned())]);
    let errors = result.expect_err("none of these is a plan");
    for lang in [Lang::En, Lang::Fr] {
        let locale = Locale::new(lang);
        for problem in &errors.0 {
            let line = Diagnostic::of_problem(problem, &locale).render(&locale);
            assert!(!line.contains(['\0', '\u{1b}', '\u{202e}']), "{line:?}");
        }
        assert!(!wording::summary(&errors, &locale).is_empty());
    }
}

#[rstest]
#[case::parentheses(&format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000)), Some(QueryErrorKind::TooDeep { limit: 100 }))]
#[case::open(&"(".repeat(50_000), Some(QueryErrorKind::TooDeep { limit: 100 }))]
#[case::negations(&format!("{}a", "NOT ".repeat(10_000)), Some(QueryErrorKind::TooDeep { limit: 100 }))]
#[case::wildcards(&"ab* OR ".repeat(1_000_000), Some(QueryErrorKind::TooLong { limit: 64 * 1024 }))]
#[case::wildcard_in_a_word(&format!("a{}", "*?".repeat(30_000)), None)]
#[case::like_an_expression("(a|a)*b{1,1000}(.*)*$", None)]
#[case::near(&format!("a{}", " NEAR/100 a".repeat(5_000)), None)]
fn a_query_made_to_exhaust_is_refused_where_it_stands(#[case] query: &str, #[case] expected: Option<QueryErrorKind>) {
    let text = format!("# a\n[[initiative]]\nid = \"w\"\ntitle = \"W\"\nmatch = '{query}'\n");
    let Err(errors) = from_files(with("a.toml", &text)) else {
        assert_eq!(expected, None, "it is no query");
        return;
    };
    let problem = &errors.0[0];
    assert_eq!((&*problem.place.file, problem.place.line), ("a.toml", 5));
    let ProblemKind::Query { error, .. } = &problem.kind else { panic!("{problem:?}") };
    if let Some(expected) = expected {
        assert_eq!(error.kind, expected);
    }
    for lang in [Lang::En, Lang::Fr] {
        let line = Diagnostic::of_problem(problem, &Locale::new(lang)).render(&Locale::new(lang));
        assert!(line.len() < 10_000, "what is shown of it is cut");
    }
}

#[test]
fn a_flood_of_problems_is_cut() {
    let text = (0..3000).map(|n| format!("k{n} = 1")).collect::<Vec<_>>().join("\n");
    assert_eq!(codes(with("a.toml", &text)).len(), 1001);
}

#[test]
fn a_flood_on_one_line_is_cut_before_it_costs() {
    let references = (0..150_000).map(|n| format!("\"m{n}\"")).collect::<Vec<_>>().join(",");
    let text = format!("[[initiative]]\nid = \"w\"\ntitle = \"W\"\nmatch = \"w\"\nmessages = [{references}]\n");
    assert_eq!(codes(with("a.toml", &text)).len(), 1001);
    let keys = (0..150_000).map(|n| format!("k{n} = 1")).collect::<Vec<_>>().join(",");
    let text = format!("[[initiative]]\nid = \"w\"\nmatch = \"w\"\ntitle = {{ {keys} }}\n");
    assert_eq!(codes(with("a.toml", &text)).len(), 1001);
}

#[test]
fn the_demo_town_has_a_plan_without_errors() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("demo-data/plan");
    let (plan, findings) = load(&path).expect("the demo's plan loads");
    assert_eq!(findings, []);
    let now = Utc.with_ymd_and_hms(2026, 11, 21, 0, 30, 0).single().expect("an instant");
    let open: Vec<_> = check(&plan, now).into_iter().filter(|finding| finding.allowed.is_none()).collect();
    assert_eq!(open, [], "a draft and an open fact are part of it, and it says why");
}

mod loading {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_is_read_in_full_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a folder");
        for (name, text) in design() {
            fs::write(dir.path().join(name), text).expect("written");
        }
        fs::write(dir.path().join("notes.md"), "not a plan").expect("written");
        fs::write(dir.path().join(".hidden.toml"), "not = [").expect("written");
        let (plan, _) = load(dir.path()).expect("loads");
        assert_eq!(plan.hash, from_files(design()).expect("loads").0.hash);
        let file = dir.path().join("plan.toml");
        assert_eq!(load(&file).expect("an organization is enough").0.initiatives.len(), 0);
    }

    #[test]
    fn what_is_not_there_is_said() {
        let dir = tempfile::tempdir().expect("a folder");
        let absent = load(&dir.path().join("nowhere")).expect_err("nothing there");
        assert!(absent.is_absent());
        let empty = load(dir.path()).expect_err("no plan.toml");
        assert!(empty.is_absent());
        assert_eq!(empty.0[0].kind, ProblemKind::NoPlanFile);
    }

    #[test]
    fn bytes_that_are_not_text_are_named_and_the_rest_is_checked() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("plan.toml"), "[organization]\nnam = 'A'\n").expect("written");
        fs::write(dir.path().join("messages.toml"), b"# one\n# caf\xe9\n").expect("written");
        let errors = load(dir.path()).expect_err("broken");
        let kinds: Vec<_> = errors.0.iter().map(|problem| problem.kind.code()).collect();
        assert_eq!(kinds, ["FD023", "FD003", "FD002"]);
        let place = &errors.0[0].place;
        assert_eq!((&*place.file, place.line, place.column), ("messages.toml", 2, 6));
        assert_eq!(errors.0[0].kind, ProblemKind::NotUtf8 { offset: 11 });
    }

    #[test]
    fn too_much_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("plan.toml"), ORGANIZATION).expect("written");
        fs::write(dir.path().join("z.toml"), vec![b'#'; 8 * 1024 * 1024]).expect("written");
        let errors = load(dir.path()).expect_err("too large");
        assert_eq!(errors.0[0].kind, ProblemKind::TooLarge { megabytes: 8 });
        assert_eq!(&*errors.0[0].place.file, "z.toml");
    }

    #[test]
    fn a_folder_of_thousands_of_files_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        for number in 0..=200 {
            fs::write(dir.path().join(format!("{number}.toml")), "").expect("written");
        }
        let errors = load(dir.path()).expect_err("too many files");
        assert_eq!(errors.0[0].kind, ProblemKind::TooMany { what: "*.toml", limit: 200 });
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_refused_and_not_read() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("plan.toml"), ORGANIZATION).expect("written");
        let pipe = dir.path().join("pipe.toml");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
            0,
        )
        .expect("a pipe");
        fs::create_dir(dir.path().join("folder.toml")).expect("a folder");
        std::os::unix::fs::symlink("/dev/zero", dir.path().join("device.toml")).expect("a link");
        std::os::unix::fs::symlink("loop.toml", dir.path().join("loop.toml")).expect("a link");
        let errors = load(dir.path()).expect_err("none of these is a file");
        let found: Vec<_> = errors.0.iter().map(|problem| (&*problem.place.file, problem.kind.code())).collect();
        let expected =
            [("device.toml", "FD042"), ("folder.toml", "FD042"), ("loop.toml", "FD024"), ("pipe.toml", "FD042")];
        assert_eq!(found, expected);
        for path in [pipe.as_path(), std::path::Path::new("/dev/zero")] {
            assert_eq!(load(path).expect_err("not a file").0[0].kind, ProblemKind::NotAFile);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_is_read() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("shared"), ORGANIZATION).expect("written");
        std::os::unix::fs::symlink("shared", dir.path().join("plan.toml")).expect("a link");
        assert!(load(dir.path()).is_ok());
    }
}
