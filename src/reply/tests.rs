//! What is offered, in which order and words, and what is held back and why.

use chrono::{DateTime, TimeDelta, Utc};
use rstest::rstest;

use super::*;
use crate::locale::{Lang, Locale};
use crate::mention::{Author, Identity, Kind, Level, Mention, MentionId, Metrics, Network};
use crate::pipeline::{Assessed, Assessment, Clocks, Hit, LanguageGuess, Priority};
use crate::plan::{At, Plan, from_files};
use crate::text::lengths::Limits;

const PLAN: &str = r#"
[organization]
name = { en = "Alder Bay", fr = "Baie-des-Aulnes" }
languages = ["en", "fr"]
accounts = ["@alderbay"]
time_zone = "America/Vancouver"

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

[[tier]]
level = 2
title = { en = "Escalating", fr = "En escalade" }
role = "Director"
name = "J. Doe"
acknowledge_within = "30m"
"#;

fn plan() -> Plan {
    from_files(vec![("plan.toml".to_owned(), PLAN.to_owned())]).expect("the plan loads").0
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn now() -> DateTime<Utc> {
    at("2026-11-22T20:00:00Z")
}

fn assessed(level: Level, messages: &[&str], language: Language) -> Assessed {
    let id = MentionId::new("inbox:m-1");
    let plan = plan();
    let mention = Mention {
        id: id.clone(),
        seen_by: vec![id],
        version: 1,
        source: "inbox".into(),
        network: Network::Bluesky,
        kind: Kind::Post,
        author: Author { name: Some("Ana".to_owned()), ..Author::default() },
        text: "Is the water safe?\nIt is brown.".to_owned(),
        original: None,
        url: Some("https://example.org/1".to_owned()),
        posted_at: None,
        received_at: now(),
        lang: None,
        reply_to: None,
        thread: None,
        metrics: Metrics::default(),
        media: Vec::new(),
        backlog: false,
        captured_by: None,
        author_deleted_at: None,
        identity: Identity::default(),
    };
    let hit = Hit { id: "water".into(), rule: "water.match".into(), at: At::new("plan.toml", 8), spans: Vec::new() };
    let assessment = Assessment {
        relevant: true,
        relevance: Vec::new(),
        initiatives: vec![hit],
        stakeholders: Vec::new(),
        messages: messages.iter().map(|id| Id::from(*id)).collect(),
        facts: Vec::new(),
        holdings: Vec::new(),
        places: Vec::new(),
        rumours: Vec::new(),
        language: LanguageGuess { code: language, confidence: 0.9 },
        intents: Vec::new(),
        protocols: Vec::new(),
        clauses: Vec::new(),
        templates: Vec::new(),
        election: None,
        priority: Priority { level, score: 40, reasons: Vec::new(), floor: None, cap: None },
        path: Vec::new(),
        suggested: None,
        clocks: Clocks { acknowledge_by: None, substance_by: Some(now() + TimeDelta::hours(1)) },
        plan: plan.hash,
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
    assert!(urgent[1].holding && urgent[1].is_copyable());
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
