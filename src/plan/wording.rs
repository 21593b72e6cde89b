//! Says problems and findings of a plan in a person's language; the only part of the plan with words.

use chrono::{DateTime, FixedOffset};

use crate::locale::Locale;
use crate::mention::{Id, Language};
use crate::query;
use crate::text::readability::{self, Readability};
use crate::tr;

use super::finding::{Clash, FindingKind, TextKind};
use super::problem::{PlanErrors, ProblemKind};

/// So many of a long list are named.
const NAMED: usize = 5;

/// One sentence for a problem.
pub fn problem(kind: &ProblemKind, locale: &Locale) -> String {
    match kind {
        ProblemKind::Syntax { detail } => tr!(locale, "plan-syntax", detail = detail),
        ProblemKind::UnknownKey { key, table: "" } => tr!(locale, "plan-unknown-top-key", key = key),
        ProblemKind::UnknownKey { key, table } => tr!(locale, "plan-unknown-key", key = key, table = *table),
        ProblemKind::MissingKey { key, table } => tr!(locale, "plan-missing-key", key = *key, table = *table),
        ProblemKind::WrongType { key, expected, found } => {
            let (expected, found) =
                (locale.word("plan-type", expected.as_ref()), locale.word("plan-found", found.as_ref()));
            tr!(locale, "plan-wrong-type", key = key, expected = expected, found = found)
        }
        ProblemKind::UnknownToken { key, value, allowed } => {
            tr!(locale, "plan-unknown-token", key = key, value = value, allowed = allowed)
        }
        ProblemKind::DuplicateId { kind, id, first } => {
            tr!(locale, "plan-duplicate-id", table = kind.header(), id = id, first = first.to_string())
        }
        ProblemKind::MissingReference { kinds, id } => {
            let tables: Vec<&str> = kinds.iter().map(|kind| kind.header()).collect();
            tr!(locale, "plan-missing-reference", table = tables.join(" / "), id = id)
        }
        ProblemKind::BadForm { value, form } => {
            let form = locale.word("plan-form", form.as_ref());
            tr!(locale, "plan-bad-form", value = value, form = form)
        }
        ProblemKind::OutOfRange { key, min, max } => {
            tr!(locale, "plan-out-of-range", key = key, min = min.to_string(), max = max.to_string())
        }
        ProblemKind::Empty { key } => tr!(locale, "plan-empty", key = key),
        ProblemKind::Query { rule, error } => {
            // The diagnostic shows the suggestion itself.
            let error = query::QueryError { suggestion: None, ..error.clone() };
            tr!(locale, "plan-query", rule = &**rule, error = query::wording::error(&error, locale))
        }
        ProblemKind::Overlap { day } => tr!(locale, "plan-overlap", day = *day),
        ProblemKind::DateOrder { start, end } => tr!(locale, "plan-date-order", start = *start, end = *end),
        ProblemKind::LevelOrder => tr!(locale, "plan-level-order"),
        ProblemKind::NoSignal => tr!(locale, "plan-no-signal"),
        ProblemKind::UnknownVariable { name } => tr!(locale, "plan-unknown-variable", name = name),
        ProblemKind::StrayBrace => tr!(locale, "plan-stray-brace"),
        ProblemKind::ReservedVariable { name } => tr!(locale, "plan-reserved-variable", name = name),
        ProblemKind::SeriesTaken { disposition: Some(disposition), first } => {
            let disposition = disposition.token();
            tr!(locale, "plan-series-taken", disposition = disposition, first = first.to_string())
        }
        ProblemKind::SeriesTaken { disposition: None, first } => {
            tr!(locale, "plan-second-default-series", first = first.to_string())
        }
        ProblemKind::AsksForItself { field } => tr!(locale, "plan-asks-for-itself", field = *field),
        _ => whole(kind, locale),
    }
}

/// Problems with files and with the plan as a whole.
fn whole(kind: &ProblemKind, locale: &Locale) -> String {
    match kind {
        ProblemKind::Loop { steps } => {
            let steps: Vec<&str> = steps.iter().map(|step| &**step).collect();
            tr!(locale, "plan-loop", steps = steps.join(" → "))
        }
        ProblemKind::DuplicateTable { table, first } => {
            tr!(locale, "plan-duplicate-table", table = table, first = first.to_string())
        }
        ProblemKind::NoOrganization => tr!(locale, "plan-no-organization"),
        ProblemKind::NoRoadMap { kind } => tr!(locale, "plan-no-road-map", table = kind.header()),
        ProblemKind::TooLarge { megabytes } => tr!(locale, "plan-too-large", megabytes = *megabytes),
        ProblemKind::TooMany { what, limit } => tr!(locale, "plan-too-many", what = *what, limit = *limit),
        ProblemKind::TooDeep { limit } => tr!(locale, "plan-too-deep", limit = *limit),
        ProblemKind::TooManyParts { limit } => tr!(locale, "plan-too-many-parts", limit = *limit),
        ProblemKind::NotAFile => tr!(locale, "plan-not-a-file"),
        ProblemKind::TooManyProblems { limit } => tr!(locale, "plan-too-many-problems", limit = *limit),
        ProblemKind::NotUtf8 { offset } => tr!(locale, "plan-not-utf8", offset = offset.to_string()),
        ProblemKind::Unreadable { detail } => tr!(locale, "plan-unreadable", detail = detail),
        ProblemKind::NotFound => tr!(locale, "plan-not-found"),
        ProblemKind::NoPlanFile => tr!(locale, "plan-no-plan-file"),
        _ => String::new(),
    }
}

/// One sentence for a finding.
pub fn finding(kind: &FindingKind, locale: &Locale) -> String {
    match kind {
        FindingKind::MissingLanguage { table, id, key, language } => {
            let language = language_name(*language, locale);
            tr!(locale, "plan-missing-language", subject = subject(table, id), key = *key, language = language)
        }
        FindingKind::LongMessage { id, language, words, limit } => {
            let language = language_name(*language, locale);
            tr!(locale, "plan-long-message", id = &**id, language = language, words = *words, limit = *limit)
        }
        FindingKind::ManyFacts { id, facts, limit } => {
            tr!(locale, "plan-many-facts", id = &**id, facts = *facts, limit = *limit)
        }
        FindingKind::TooLongForNetwork { text, id, language, network, used, limit } => {
            let subject = user(*text, id, locale);
            too_long("plan-too-long-for-network", (&subject, *language, network), (*used, *limit), locale)
        }
        FindingKind::VariantTooLong { text, id, language, network, used, limit } => {
            let subject = user(*text, id, locale);
            too_long("plan-variant-too-long", (&subject, *language, network), (*used, *limit), locale)
        }
        FindingKind::Unreachable { id } => tr!(locale, "plan-unreachable", id = &**id),
        FindingKind::NoBackup { level } => tr!(locale, "plan-no-backup", level = u32::from(*level)),
        FindingKind::DuplicateRule { rule, first, first_at } => {
            tr!(locale, "plan-duplicate-rule", rule = &**rule, first = &**first, place = first_at.to_string())
        }
        FindingKind::UnknownInQuery { rule, field, id, .. } => {
            tr!(locale, "plan-unknown-in-query", rule = &**rule, field = *field, id = id)
        }
        FindingKind::QueryWarning { rule, warning } => {
            let warning = query::Warning { suggestion: None, ..warning.clone() };
            tr!(locale, "plan-query", rule = &**rule, error = query::wording::warning(&warning, locale))
        }
        _ => in_time(kind, locale),
    }
}

/// Findings about approvals and dates.
fn in_time(kind: &FindingKind, locale: &Locale) -> String {
    match kind {
        FindingKind::MessageExpired { text, id, since } => {
            tr!(locale, "plan-message-expired", text = text.as_ref(), id = &**id, since = instant(since))
        }
        FindingKind::MessageExpiring { text, id, until } => {
            tr!(locale, "plan-message-expiring", text = text.as_ref(), id = &**id, until = instant(until))
        }
        FindingKind::MessageNotApproved { text, id, initiative: Some(initiative) } => {
            let initiative = &**initiative;
            tr!(locale, "plan-message-not-approved", text = text.as_ref(), id = &**id, initiative = initiative)
        }
        FindingKind::MessageNotApproved { text, id, initiative: None } => {
            tr!(locale, "plan-text-not-approved", text = text.as_ref(), id = &**id)
        }
        FindingKind::NoApprover { text, id } => {
            tr!(locale, "plan-no-approver", text = text.as_ref(), id = &**id)
        }
        FindingKind::FactUnverified { id, owner, text, used_by } => {
            let (owner, user) = (owner_name(owner.as_deref(), locale), user(*text, used_by, locale));
            tr!(locale, "plan-fact-unverified", id = &**id, owner = owner, user = user)
        }
        FindingKind::FactExpired { id, owner, text, used_by, since } => {
            let (owner, user) = (owner_name(owner.as_deref(), locale), user(*text, used_by, locale));
            tr!(locale, "plan-fact-expired", id = &**id, owner = owner, user = user, since = instant(since))
        }
        FindingKind::InitiativeEnded { id, end } => {
            tr!(locale, "plan-initiative-ended", id = &**id, end = end.to_string())
        }
        FindingKind::ReviewPast { id, review_by } => {
            tr!(locale, "plan-review-past", id = &**id, review_by = review_by.to_string())
        }
        FindingKind::NoMessages { id } => tr!(locale, "plan-no-messages", id = &**id),
        FindingKind::MessageRetired { id, initiative } => {
            tr!(locale, "plan-message-retired-used", id = &**id, initiative = &**initiative)
        }
        FindingKind::CrisisWithoutHolding { id } => tr!(locale, "plan-crisis-without-holding", id = &**id),
        _ => of_the_whole(kind, locale),
    }
}

/// Findings that look at several parts of a plan at once.
fn of_the_whole(kind: &FindingKind, locale: &Locale) -> String {
    match kind {
        FindingKind::HardToRead { text, id, network, language, measure } => {
            hard_to_read(&user(*text, id, locale), network.as_deref(), (*language, *measure), locale)
        }
        FindingKind::NeverMatches { rule, part, clash } => never_matches(rule, part.as_deref(), clash, locale),
        FindingKind::MatchesNearlyAll { rule } => tr!(locale, "plan-matches-nearly-all", rule = &**rule),
        FindingKind::SharedTerms { initiative, first, first_at, terms, more } => {
            let terms = terms.join(", ");
            tr!(
                locale,
                "plan-shared-terms",
                initiative = &**initiative,
                first = &**first,
                place = first_at.to_string(),
                terms = terms,
                more = *more
            )
        }
        FindingKind::ManyMessages { initiative, concern, messages, limit } => {
            let ids: Vec<&str> = messages.iter().map(|id| &**id).collect();
            tr!(
                locale,
                "plan-many-messages",
                initiative = &**initiative,
                concern = concern,
                count = messages.len(),
                ids = ids.join(", "),
                limit = *limit
            )
        }
        FindingKind::UnknownNetwork { text, id, network, .. } => {
            tr!(locale, "plan-unknown-network", subject = user(*text, id, locale), network = network)
        }
        FindingKind::BackupIsSame { table, id, name } => {
            tr!(locale, "plan-backup-is-same", subject = subject(table, id), name = name)
        }
        FindingKind::OwnAccountInGroup { id, handle } => {
            tr!(locale, "plan-own-account-in-group", id = &**id, handle = handle)
        }
        _ => of_parts(kind, locale),
    }
}

/// Findings about rumours, templates, elections, records, protocols and people.
fn of_parts(kind: &FindingKind, locale: &Locale) -> String {
    match kind {
        FindingKind::NotInRoster { subject, key, person, .. } => {
            tr!(locale, "plan-not-in-roster", subject = &**subject, key = *key, person = person)
        }
        FindingKind::UnknownPlace { id, place, .. } => {
            tr!(locale, "plan-unknown-place", id = &**id, place = place)
        }
        FindingKind::RumourUnverified { id, opened, days } => {
            tr!(locale, "plan-rumour-unverified", id = &**id, opened = opened.to_string(), days = *days)
        }
        FindingKind::RumourUnanswered { id, status, missing } => {
            let status = locale.word("plan-rumour-status", status.as_ref());
            tr!(locale, "plan-rumour-unanswered", id = &**id, status = status, missing = *missing)
        }
        FindingKind::TemplateNeverOffered { id } => tr!(locale, "plan-template-never-offered", id = &**id),
        FindingKind::ElectionPast { id, end } => {
            tr!(locale, "plan-election-past", id = &**id, end = end.to_string())
        }
        FindingKind::NoSeries { dispositions } => {
            let mut tokens: Vec<&str> =
                dispositions.iter().take(NAMED).map(|disposition| disposition.token()).collect();
            if dispositions.len() > NAMED {
                tokens.push("…");
            }
            tr!(locale, "plan-no-series", count = dispositions.len(), dispositions = tokens.join(", "))
        }
        FindingKind::NoContacts { id } => tr!(locale, "plan-no-contacts", id = &**id),
        _ => of_bounds_and_allows(kind, locale),
    }
}

fn hard_to_read(
    subject: &str,
    network: Option<&str>,
    (language, measure): (Language, Readability),
    locale: &Locale,
) -> String {
    let mut place = language_name(language, locale);
    if let Some(network) = network {
        place = format!("{place}, {network}");
    }
    match measure {
        Readability::Grade(grade) => {
            let (grade, limit) = (grade.to_string(), readability::PLAIN_GRADE.to_string());
            tr!(locale, "plan-hard-grade", subject = subject, language = place, grade = grade, limit = limit)
        }
        Readability::Ease(ease) => {
            let (ease, limit) = (ease.to_string(), readability::PLAIN_EASE.to_string());
            tr!(locale, "plan-hard-ease", subject = subject, language = place, ease = ease, limit = limit)
        }
    }
}

/// `message KM-2`, `the line of rumour R-1`.
fn user(text: TextKind, id: &Id, locale: &Locale) -> String {
    tr!(locale, "plan-text", text = text.as_ref(), id = &**id)
}

fn of_bounds_and_allows(kind: &FindingKind, locale: &Locale) -> String {
    match kind {
        FindingKind::CapUnderFloor { cap, cap_level, floor, floor_level, floor_at } => tr!(
            locale,
            "plan-cap-under-floor",
            cap = &**cap,
            cap_level = cap_level.token(),
            floor = &**floor,
            floor_level = floor_level.token(),
            place = floor_at.to_string()
        ),
        FindingKind::IdleBound { name, floor: true, level } => {
            tr!(locale, "plan-idle-floor", name = &**name, level = level.token())
        }
        FindingKind::IdleBound { name, floor: false, level } => {
            tr!(locale, "plan-idle-cap", name = &**name, level = level.token())
        }
        FindingKind::AllowsNothing { code, id: Some(id), .. } => {
            tr!(locale, "plan-allows-nothing-about", code = code, id = id)
        }
        FindingKind::AllowsNothing { code, id: None, .. } => tr!(locale, "plan-allows-nothing", code = code),
        FindingKind::AllowsNoCode { code } => tr!(locale, "plan-allows-no-code", code = code),
        FindingKind::AllowsAnError { code } => tr!(locale, "plan-allows-an-error", code = code),
        _ => String::new(),
    }
}

fn never_matches(rule: &Id, part: Option<&str>, clash: &Clash, locale: &Locale) -> String {
    let why = match clash {
        Clash::Excluded { wanted, excluded } if wanted == excluded => {
            tr!(locale, "plan-clash-same", term = wanted)
        }
        Clash::Excluded { wanted, excluded } => {
            tr!(locale, "plan-clash-excluded", wanted = wanted, excluded = excluded)
        }
        Clash::NoValue { test } => tr!(locale, "plan-clash-no-value", test = test),
        Clash::Both { first, second } => tr!(locale, "plan-clash-both", first = first, second = second),
    };
    match part {
        Some(part) => tr!(locale, "plan-never-matches-part", rule = &**rule, part = part, why = why),
        None => tr!(locale, "plan-never-matches", rule = &**rule, why = why),
    }
}

fn subject(table: &str, id: &Id) -> String {
    if id.is_empty() { table.to_owned() } else { format!("{table} {id}") }
}

/// One sentence for a plan that did not load: how many problems it has and where the first one is.
pub fn summary(errors: &PlanErrors, locale: &Locale) -> String {
    let count = errors.0.len();
    let Some((place, message)) = place_and_message(errors, locale) else {
        return tr!(locale, "plan-count-errors", count = count);
    };
    tr!(locale, "plan-broken", count = count, place = place, message = message)
}

/// The first problem alone, `initiatives.toml:10:8: …`; empty where there is none.
pub fn first(errors: &PlanErrors, locale: &Locale) -> String {
    place_and_message(errors, locale).map_or_else(String::new, |(place, message)| format!("{place}: {message}"))
}

fn place_and_message(errors: &PlanErrors, locale: &Locale) -> Option<(String, String)> {
    let first = super::Diagnostic::of_problem(errors.0.first()?, locale);
    Some((format!("{}:{}:{}", first.file, first.line, first.column), first.message))
}

fn too_long(
    name: &str,
    (subject, language, network): (&str, Language, &str),
    (used, limit): (usize, usize),
    locale: &Locale,
) -> String {
    let language = language_name(language, locale);
    tr!(locale, name, subject = subject, language = language, network = network, used = used, limit = limit)
}

fn language_name(language: Language, locale: &Locale) -> String {
    locale.word("language", language.token())
}

fn owner_name(owner: Option<&str>, locale: &Locale) -> String {
    owner.map_or_else(|| tr!(locale, "plan-nobody"), str::to_owned)
}

/// Instants are shown in the plan's zone and with its offset, as the plan writes them.
fn instant(at: &DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%d %H:%M %:z").to_string()
}
