//! What is offered, in which order and words, and what is held back and why.

use chrono::{DateTime, TimeDelta, Utc};
use rstest::rstest;

use super::*;
use crate::locale::{Lang, Locale};
use crate::mention::fixtures::mention;
use crate::mention::{Author, Confidence, Level, Mention, Network};
use crate::pipeline::fixtures::assessment;
use crate::pipeline::{Assessed, Assessment, Clocks, Hit, LanguageGuess};
use crate::plan::{At, Plan, fixtures};
use crate::text::lengths::Limits;

const PLAN: &str = r#"
[organization]
name = { en = "Alder Bay", fr = "Baie-des-Aulnes" }
languages = ["en", "fr"]
accounts = ["@alderbay"]
time_zone = "America/Vancouver"
[variables]
phone = { en = "250 555 0100", fr = "250 555-0100" }

[[initiative]]
id = "water"
title = { en = "Water main renewal", fr = "Renouvellement des conduites" }
match = "water"

[[message]]
id = "KM-1"
text = { en = "The water is safe.", fr = "L'eau est potable." }
variants = { x = { en = "Safe.", fr = "Potable." } }
status = "approved"
approved_by = "M. Chan"
expires_at = 2026-12-01T18:00:00-08:00
[[message]]
id = "KM-2"
text = { en = "Boil it." }
facts = ["F-1", "F-2"]
status = "approved"
[[message]]
id = "KM-3"
text = "Bientôt."
status = "draft"
[[message]]
id = "KM-4"
text = "Old."
status = "retired"
[[message]]
id = "KM-5"
text = "Later."
status = "approved"
valid_from = 2026-12-24T00:00:00Z

[[fact]]
id = "F-1"
statement = "Tested daily."
source_url = "https://example.org/tests"
owner = "engineering"
verified_at = 2026-11-20
expires_at = 2026-11-25T00:00:00Z
[[fact]]
id = "F-2"
statement = "Boiling works."
owner = "health"

[[template]]
id = "T-1"
title = "Pointer"
text = { en = "Hello {name}: see {link} or call {phone}.", fr = "Bonjour {name}, voyez {link}." }
variants = { x = "{handle} {link}" }
link = "https://example.org/water"
status = "approved"
[[template]]
id = "T-2"
title = "Draft"
text = "Soon."

[[rumour]]
id = "R-1"
claim = "Lead in the water"
match = "lead"
status = "false"
fact = "F-1"
line = "No lead was found: {link}"
public_url = "https://example.org/lead"
approved_by = "M. Chan"
[[rumour]]
id = "R-2"
claim = "Chlorine"
match = "chlorine"
fact = "F-2"
line = "We are checking."
approved_by = "M. Chan"
[[rumour]]
id = "R-3"
claim = "Fluoride"
match = "fluoride"
status = "true"
fact = "F-2"
line = "It is so."
approved_by = "M. Chan"
[[rumour]]
id = "R-4"
claim = "Frogs"
match = "frogs"
status = "resolved"
line = "It was a toad."

[[protocol]]
id = "threat"
title = { en = "Threat to staff", fr = "Menace envers le personnel" }
kind = "threat"
match = "kill"
steps = ["Call the police"]

[[election_period]]
id = "E-1"
title = { en = "Municipal election", fr = "Élections municipales" }
start = 2027-01-10
end = 2027-01-20
allowed = ["KM-3", "H-1"]

[[holding]]
id = "H-1"
scenario = "Brown water"
text = { en = "We are looking into it.", fr = "Nous vérifions." }
severity = 2
initiatives = ["water"]
approver = "CAO"
next_update_minutes = 60
[[holding]]
id = "H-2"
scenario = "Anything"
text = "We know more at noon."
severity = 1

[[holding]]
id = "H-3"
scenario = "Threat"
text = "We have called the police."
severity = 3
match = "kill"
approver = "CAO"

[[tier]]
level = 2
title = { en = "Escalating", fr = "En escalade" }
role = "Director"
name = "J. Doe"
acknowledge_within = "30m"
"#;

fn plan() -> Plan {
    fixtures::plan(PLAN)
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn now() -> DateTime<Utc> {
    at("2026-11-22T20:00:00Z")
}

fn assessed(level: Level, messages: &[&str], language: Language) -> Assessed {
    let plan = plan();
    let mention = Mention {
        author: Author { name: Some("Ana".to_owned()), ..Author::default() },
        url: Some("https://example.org/1".to_owned()),
        ..mention("inbox", "m-1", "Is the water safe?\nIt is brown.", now())
    };
    let hit = Hit { id: "water".into(), rule: "water.match".into(), at: At::new("plan.toml", 8), spans: Vec::new() };
    let assessment = Assessment {
        initiatives: vec![hit],
        messages: messages.iter().map(|id| Id::from(*id)).collect(),
        language: LanguageGuess { code: language, confidence: Confidence::percent(90), mixed: false },
        clocks: Clocks { acknowledge_by: None, substance_by: Some(now() + TimeDelta::hours(1)) },
        ..assessment(level, plan.hash.clone())
    };
    Assessed { mention, assessment }
}

fn offered(assessed: &Assessed) -> Vec<Suggestion> {
    suggest(assessed, &plan(), &Limits::default(), now())
}

fn ids(suggestions: &[Suggestion]) -> Vec<&str> {
    suggestions.iter().map(|suggestion| &*suggestion.message).collect()
}

#[test]
fn copyable_ones_come_first_and_holding_statements_where_it_is_urgent_or_nothing_else_may_be_said() {
    assert_eq!(ids(&offered(&assessed(Level::P3, &["KM-2", "KM-1"], Language::En))), ["KM-1", "KM-2"]);
    let urgent = offered(&assessed(Level::P1, &["KM-2", "KM-1"], Language::En));
    assert_eq!(ids(&urgent), ["KM-1", "H-1", "KM-2", "H-2"]);
    assert!(urgent[1].is_holding() && urgent[1].is_copyable());
    assert_eq!((urgent[1].authorized_by.as_deref(), urgent[1].next_update_minutes), (Some("CAO"), Some(60)));
    assert_eq!(ids(&offered(&assessed(Level::P4, &["KM-3"], Language::En))), ["H-1", "KM-3", "H-2"]);
}

#[rstest]
#[case::french(Language::Fr, "KM-1", (Language::Fr, "L'eau est potable."))]
#[case::another_language(Language::Other, "KM-1", (Language::En, "The water is safe."))]
#[case::french_that_is_missing(Language::Fr, "KM-2", (Language::En, "Boil it."))]
fn the_words_follow_the_mentions_language(
    #[case] language: Language,
    #[case] message: &str,
    #[case] expected: (Language, &str),
) {
    let suggestions = offered(&assessed(Level::P3, &[message], language));
    let found = suggestions.iter().find(|suggestion| &*suggestion.message == message).expect("offered");
    assert_eq!((found.lang, found.text.as_str()), expected);
}

#[test]
fn a_network_has_its_own_words_and_its_own_length() {
    let mut on_x = assessed(Level::P3, &["KM-1"], Language::En);
    on_x.mention.network = Network::X;
    let suggestion = &offered(&on_x)[0];
    assert_eq!((suggestion.text.as_str(), suggestion.length.used, suggestion.fits), ("Safe.", 5, true));
    let tight = Limits::new([("x".to_owned(), 4)]);
    assert!(!suggest(&on_x, &plan(), &tight, now())[0].fits);
}

#[rstest]
#[case::draft("KM-3", Blocked::Draft)]
#[case::retired("KM-4", Blocked::Retired)]
#[case::not_yet("KM-5", Blocked::NotYetValid(at("2026-12-24T00:00:00Z")))]
#[case::unverified_fact(
    "KM-2",
    Blocked::Fact { fact: "F-2".into(), problem: FactProblem::Unverified, owner: Some("health".to_owned()) }
)]
#[case::no_approver("H-2", Blocked::NoApprover)]
fn a_blocked_one_says_why_and_whose_it_is(#[case] message: &str, #[case] blocked: Blocked) {
    let suggestions = offered(&assessed(Level::P1, &["KM-1", "KM-2", "KM-3", "KM-4", "KM-5"], Language::En));
    let found = suggestions.iter().find(|suggestion| &*suggestion.message == message).expect("offered");
    assert_eq!(found.blocked.as_ref(), Some(&blocked));
    for lang in [Lang::En, Lang::Fr] {
        let words = blocked.text(&Locale::new(lang), chrono_tz::America::Vancouver);
        assert!(words.ends_with('.'), "{words}");
    }
}

#[test]
fn time_blocks_an_expired_message_and_an_expired_fact_and_a_deletion_blocks_all() {
    let late = at("2026-12-05T00:00:00Z");
    let mut assessed = assessed(Level::P1, &["KM-1", "KM-2"], Language::En);
    let suggestions = suggest(&assessed, &plan(), &Limits::default(), late);
    let of = |id: &str| suggestions.iter().find(|s| &*s.message == id).and_then(|s| s.blocked.clone());
    assert_eq!(of("KM-1"), Some(Blocked::Expired(at("2026-12-02T02:00:00Z"))));
    let problem = FactProblem::Expired(at("2026-11-25T00:00:00Z"));
    assert_eq!(of("KM-2"), Some(Blocked::Fact { fact: "F-1".into(), problem, owner: Some("engineering".to_owned()) }));
    assessed.mention.author_deleted_at = Some(now());
    assert!(offered(&assessed).iter().all(|s| s.blocked == Some(Blocked::AuthorDeleted)));
}

#[rstest]
#[case::nothing("Yes.", None, &[Check::Timeliness])]
#[case::named("Alder Bay here: yes.", None, &[Check::Transparency, Check::Timeliness])]
#[case::own_handle("Yes. @AlderBay", None, &[Check::Transparency, Check::Timeliness])]
#[case::linked("See https://example.org/water", None, &[Check::Sourcing, Check::Timeliness])]
#[case::unverified_facts("Boil it.", Some("KM-2"), &[Check::Timeliness])]
fn only_what_can_be_seen_is_ticked(#[case] text: &str, #[case] message: Option<&str>, #[case] ticked: &[Check]) {
    let message = message.map(Id::from);
    let checks = checklist(text, message.as_ref(), &assessed(Level::P3, &[], Language::En), &plan(), now());
    assert_eq!(checks.len(), 5);
    let found: Vec<Check> = checks.into_iter().filter(|checked| checked.ticked).map(|checked| checked.check).collect();
    assert_eq!(found, ticked);
}

#[test]
fn a_brief_says_what_where_why_by_when_and_the_line() {
    let (assessed, plan) = (assessed(Level::P2, &["KM-1"], Language::En), plan());
    let suggestions = offered(&assessed);
    // A Sunday noon in Vancouver: the half hour counts from Monday nine o'clock.
    let brief = brief(&assessed, &plan, &plan.tiers[0], suggestions.first(), now(), &Locale::new(Lang::En));
    assert_eq!((brief.to.as_str(), brief.due), ("Director, J. Doe", Some(at("2026-11-23T17:30:00Z"))));
    assert_eq!(
        brief.text,
        "Escalation, tier 2: Escalating\nTo: Director, J. Doe\n\nAna wrote on bluesky:\n> Is the water safe?\n\
         > It is brown.\nhttps://example.org/1\n\nWhy it matters: P2 (high); Water main renewal\n\
         What we ask: say by Nov 23, 09:30 who answers and what we may say.\n\
         Suggested line (KM-1): The water is safe."
    );
}

fn with_parts(rumours: &[&str], templates: &[&str]) -> Assessed {
    let mut assessed = assessed(Level::P3, &["KM-1"], Language::En);
    let hit =
        |id: &&str| Hit { id: (*id).into(), rule: "x.match".into(), at: At::new("plan.toml", 1), spans: Vec::new() };
    assessed.assessment.rumours = rumours.iter().map(hit).collect();
    assessed.assessment.templates = templates.iter().map(|id| Id::from(*id)).collect();
    assessed
}

fn under_protocol(mut assessed: Assessed) -> Assessed {
    let (id, rule, at) = ("threat".into(), "threat.match".into(), At::new("plan.toml", 1));
    assessed.assessment.protocols = vec![Hit { id, rule, at, spans: Vec::new() }];
    assessed
}

#[test]
fn the_line_for_its_rumour_comes_before_messages_and_templates_after() {
    let suggestions = offered(&with_parts(&["R-1", "R-2"], &["T-1", "T-2"]));
    assert_eq!(ids(&suggestions), ["R-1", "KM-1", "T-1", "R-2", "T-2"]);
    let kinds: Vec<SuggestionKind> = suggestions.iter().map(|suggestion| suggestion.kind).collect();
    let (line, template) = (SuggestionKind::Rumour, SuggestionKind::Template);
    assert_eq!(kinds, [line, SuggestionKind::Message, template, line, template]);
    assert_eq!(suggestions[0].authorized_by.as_deref(), Some("M. Chan"));
    assert_eq!(suggestions[4].blocked, Some(Blocked::Draft));
}

#[rstest]
#[case::settled("R-1", None)]
#[case::unverified("R-2", Some(Blocked::Rumour { owner: Some("health".to_owned()) }))]
#[case::true_but_its_fact_is_unverified(
    "R-3",
    Some(Blocked::Fact { fact: "F-2".into(), problem: FactProblem::Unverified, owner: Some("health".to_owned()) })
)]
#[case::nobody_approved_the_line("R-4", Some(Blocked::NoApproverOfLine))]
fn a_rumours_line_waits_for_its_fact(#[case] rumour: &str, #[case] blocked: Option<Blocked>) {
    let suggestions = offered(&with_parts(&[rumour], &[]));
    let found = suggestions.iter().find(|suggestion| &*suggestion.message == rumour).expect("offered");
    assert_eq!(found.blocked, blocked);
}

#[test]
fn variables_are_filled_in_the_language_of_the_reply_before_its_length_is_counted() {
    let mut assessed = with_parts(&[], &["T-1"]);
    let template =
        |assessed: &Assessed| offered(assessed).into_iter().find(|one| &*one.message == "T-1").expect("offered");
    let english = template(&assessed);
    assert_eq!(english.text, "Hello Ana: see https://example.org/water or call 250 555 0100.");
    assert_eq!((english.length.used, english.personal), (english.text.chars().count(), true));
    assessed.assessment.language.code = Language::Fr;
    assert_eq!(template(&assessed).text, "Bonjour Ana, voyez https://example.org/water.");
}

#[rstest]
#[case::no_name(None)]
#[case::blank(Some("  "))]
#[case::a_link(Some("Ana https://evil.example"))]
#[case::another_account(Some("ask @evil"))]
#[case::lines(Some("Ana\nPS: free money"))]
fn a_name_one_cannot_address_blocks_the_copy_and_says_which_variable(#[case] name: Option<&str>) {
    let mut assessed = with_parts(&[], &["T-1"]);
    assessed.mention.author.name = name.map(str::to_owned);
    let suggestions = offered(&assessed);
    let template = suggestions.iter().find(|one| &*one.message == "T-1").expect("offered");
    assert_eq!(template.blocked, Some(Blocked::Variable { name: "name".to_owned() }));
    assert!(template.text.contains("{name}"), "the words as the plan has them: {}", template.text);
    let why = template.blocked.as_ref().map(|blocked| blocked.text(&Locale::new(Lang::En), chrono_tz::UTC));
    assert!(why.is_some_and(|why| why.contains("{name}")));
}

#[test]
fn a_protocol_holds_back_all_but_the_holding_statement_of_its_scenario() {
    let mut assessed = under_protocol(with_parts(&["R-1"], &["T-1"]));
    assessed.assessment.priority.level = Level::P1;
    assessed.assessment.holdings = vec!["H-3".into()];
    let suggestions = offered(&assessed);
    let copyable: Vec<&str> = suggestions.iter().filter(|one| one.is_copyable()).map(|one| &*one.message).collect();
    assert_eq!((copyable, &*suggestions[0].message), (vec!["H-3"], "H-3"));
    let title = plan().protocols[0].title.clone();
    let protocol = Blocked::Protocol { id: "threat".into(), title };
    assert!(suggestions[1..].iter().all(|one| one.blocked.as_ref() == Some(&protocol)));
    assert_eq!(own_words("Calm down.", &assessed, &plan()), Some(protocol));
    assessed.assessment.protocols.clear();
    let of = |text: &str| own_words(text, &assessed, &plan());
    assert_eq!((of("Hello {you}"), of("Call us")), (None, None));
    assert_eq!(of("Call {phone}"), Some(Blocked::Variable { name: "phone".to_owned() }));
}

#[test]
fn an_election_period_leaves_what_it_names_and_is_the_reason_for_silence() {
    let mut assessed = with_parts(&["R-1"], &["T-1"]);
    let at_polls = |assessed: &Assessed, now| suggest(assessed, &plan(), &Limits::default(), now);
    let during = at_polls(&assessed, at("2027-01-20T20:00:00Z"));
    let period = plan().elections[0].clone();
    let election = Blocked::ElectionPeriod { title: period.title, end: period.end };
    let held: Vec<&str> =
        during.iter().filter(|one| one.blocked.as_ref() == Some(&election)).map(|one| &*one.message).collect();
    assert_eq!(held, ["R-1", "KM-1", "T-1", "H-2"]);
    assert_eq!(held_back(&assessed.assessment, &during), None, "a holding statement may still be used");
    assessed.assessment.initiatives.clear();
    let during = at_polls(&assessed, at("2027-01-20T20:00:00Z"));
    assert_eq!(held_back(&assessed.assessment, &during), Some(crate::mention::NoResponseReason::ElectionPeriod));
    // The day after, in the plan's zone: from eight o'clock UTC on.
    let after = at_polls(&assessed, at("2027-01-21T08:00:00Z"));
    assert!(after.iter().all(|one| one.blocked.as_ref() != Some(&election)));
}
