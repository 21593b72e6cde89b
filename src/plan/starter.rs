//! The first plan of an organization: commented files in both languages that load as they are.
//!
//! What enters: answers to six questions. What leaves: names and contents of files; writing them is somebody else's.

mod hours;

use chrono_tz::Tz;

use crate::mention::Language;
use crate::query::{Query, Stage, closest};
use crate::text::tokens::Tokens;

use super::toml_string::toml_string;
use hours::hours;

/// Hours where no others can be read.
const HOURS: &str = "mon-fri 09:00-17:00";
/// What the criterion against classified advertising asks for, which must not speak against the plan's own examples.
const ADVERTISING: &str = "\"for sale\" OR \"à vendre\"";

/// What a first plan needs to know. Each field has a default that a person can change later in the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterAnswers {
    /// The organization's name.
    pub name: String,
    /// The languages it answers in.
    pub languages: Vec<Language>,
    /// Its time zone.
    pub time_zone: Tz,
    /// Days and opening, several with commas between: `mon-fri 09:00-17:00, sat 10:00-14:00`.
    pub hours: String,
    /// The title of its first initiative.
    pub initiative: String,
    /// What people write when they talk about it, besides its title, with commas between: `bike lane*, #BikeLanes, piste
    /// cyclable`.
    pub words: String,
}

impl StarterAnswers {
    /// Reads languages by code or name, several with a comma, a space or a word between; or `both`, as the question says.
    pub fn parse_languages(text: &str) -> Option<Vec<Language>> {
        let mut languages = Vec::new();
        for word in text.to_lowercase().split([',', ' ', '/', '+', '&']) {
            let named: &[Language] = match word {
                "en" | "english" | "anglais" => &[Language::En],
                "fr" | "french" | "français" | "francais" => &[Language::Fr],
                "both" | "deux" | "2" => &[Language::En, Language::Fr],
                "" | "and" | "et" | "les" => &[],
                _ => return None,
            };
            for &language in named {
                if !languages.contains(&language) {
                    languages.push(language);
                }
            }
        }
        (!languages.is_empty()).then_some(languages)
    }

    /// Reads a time zone by its name or by its city alone, whatever the case; else the name that was probably meant.
    pub fn parse_time_zone(text: &str) -> Result<Tz, Option<&'static str>> {
        let wanted = text.trim().replace(' ', "_");
        let names = || chrono_tz::TZ_VARIANTS.iter();
        let city = |zone: &&Tz| zone.name().rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&wanted));
        let whole = names().find(|zone| zone.name().eq_ignore_ascii_case(&wanted));
        whole.or_else(|| names().find(city)).copied().ok_or_else(|| {
            let cities = names().filter_map(|zone| zone.name().rsplit('/').next());
            let near = closest(&wanted, cities)?;
            names().map(|zone| zone.name()).find(|name| name.ends_with(near))
        })
    }

    /// Whether hours are written so that a plan can hold them.
    pub fn valid_hours(text: &str) -> bool {
        let Some(hours) = hours(text) else { return false };
        let plan = format!("[organization]\nname = \"x\"\nhours = {hours}\n");
        super::from_files(vec![("plan.toml".to_owned(), plan)]).is_ok()
    }

    /// Something that somebody says about the first initiative, and that it matches.
    pub fn example(&self) -> String {
        said(&self.terms())
    }

    /// What the first initiative asks for: the words, then its title; its id where neither can be looked for.
    fn terms(&self) -> Vec<String> {
        let mut words = terms(&self.words);
        let title = terms(&self.initiative.replace([',', ';', '*'], " "));
        words.extend(title.into_iter().filter(|term| !words.contains(term)).collect::<Vec<_>>());
        if words.is_empty() { terms(&slug(&self.initiative)) } else { words }
    }

    /// Whether at least one of the words can be looked for.
    pub fn valid_words(text: &str) -> bool {
        !terms(text).is_empty()
    }
}

/// The plan's files by name. Hours that no plan can hold become Monday to Friday nine to five.
pub fn starter(answers: &StarterAnswers) -> Vec<(String, String)> {
    let own = if StarterAnswers::valid_hours(&answers.hours) { hours(&answers.hours) } else { hours(HOURS) };
    let languages: Vec<String> = answers.languages.iter().map(|language| toml_string(language.token())).collect();
    let id = slug(&answers.initiative);
    let mut name = terms(&answers.name.replace([',', ';', '*'], " "));
    if name.is_empty() {
        name = terms("municipality, municipalité");
    }
    let words = answers.terms();
    let (named, said) = (said(&name), said(&words));
    let expected = if is_advertising(&said) {
        "relevant = false".to_owned()
    } else {
        format!("relevant = true, initiatives = [{}]", toml_string(&id))
    };
    let values = [
        ("@NAME_QUERY@", toml_string(&name.join(" OR "))),
        ("@NAME@", toml_string(&answers.name)),
        ("@LANGUAGES@", format!("[{}]", languages.join(", "))),
        ("@ZONE@", toml_string(answers.time_zone.name())),
        ("@HOURS@", own.unwrap_or_default()),
        ("@INITIATIVE_ID@", toml_string(&id)),
        ("@INITIATIVE_QUERY@", toml_string(&words.join(" OR "))),
        ("@INITIATIVE@", toml_string(&answers.initiative)),
        ("@ADVERTISING@", toml_string(ADVERTISING)),
        ("@NAMED@", toml_string(&named)),
        ("@NAMED_RELEVANT@", (!is_advertising(&named)).to_string()),
        ("@SAID@", toml_string(&said)),
        ("@SAID_EXPECTED@", expected),
    ];
    FILES.iter().map(|(name, template)| ((*name).to_owned(), filled(template, &values))).collect()
}

const FILES: [(&str, &str); 8] = [
    ("plan.toml", include_str!("starter/plan.toml")),
    ("criteria.toml", include_str!("starter/criteria.toml")),
    ("initiatives.toml", include_str!("starter/initiatives.toml")),
    ("stakeholders.toml", include_str!("starter/stakeholders.toml")),
    ("messages.toml", include_str!("starter/messages.toml")),
    ("escalation.toml", include_str!("starter/escalation.toml")),
    ("more.toml", include_str!("starter/more.toml")),
    ("tests.toml", include_str!("starter/tests.toml")),
];

/// Fills the blanks of a template in one pass, so that an answer that looks like a blank stays as it is.
fn filled(template: &str, values: &[(&str, String)]) -> String {
    let mut text = String::with_capacity(template.len() + 256);
    let mut rest = template;
    while let Some(at) = rest.find('@') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((blank, value)) = values.iter().find(|(blank, _)| rest.starts_with(blank)) {
            text.push_str(value);
            rest = &rest[blank.len()..];
        } else {
            text.push('@');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    text
}

/// The terms of a query for each of the words or phrases between commas; what cannot be looked for is left out.
fn terms(text: &str) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    for piece in text.split([',', ';']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let mark = piece.starts_with(['#', '@']) && !piece.contains(char::is_whitespace);
        let term = if mark { piece.to_owned() } else { phrase(piece) };
        if Query::parse(&term, Stage::Match).is_ok() && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// The words of `text` one after the other; a `*` at its end stays, for any ending of the last one.
fn phrase(text: &str) -> String {
    let tokens = Tokens::of(text);
    let words: Vec<&str> = tokens.words().iter().map(|word| tokens.folded(word)).collect();
    format!("\"{}{}\"", words.join(" "), if text.ends_with('*') { "*" } else { "" })
}

/// A text that the first of `terms` matches.
fn said(terms: &[String]) -> String {
    terms.first().map(|term| term.trim_matches('"').trim_end_matches('*').to_owned()).unwrap_or_default()
}

/// True when the starter's own criterion against advertising would speak against `text`.
fn is_advertising(text: &str) -> bool {
    let tokens = Tokens::of(text);
    let words: Vec<&str> = tokens.words().iter().map(|word| tokens.folded(word)).collect();
    let holds = |phrase: [&str; 2]| words.windows(2).any(|pair| *pair == phrase);
    holds(["for", "sale"]) || holds(["a", "vendre"])
}

/// An id from a title: its words' letters and digits with `-` between; `first` where it has none.
fn slug(title: &str) -> String {
    let tokens = Tokens::of(title);
    let plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let words: Vec<&str> = tokens.words().iter().map(|word| tokens.folded(word)).filter(|word| plain(word)).collect();
    let slug: String = words.join("-").chars().take(40).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "first".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::plan::{check, from_files};

    fn answers(name: &str, hours: &str, initiative: &str, words: &str) -> StarterAnswers {
        StarterAnswers {
            name: name.to_owned(),
            languages: vec![Language::En, Language::Fr],
            time_zone: chrono_tz::America::Vancouver,
            hours: hours.to_owned(),
            initiative: initiative.to_owned(),
            words: words.to_owned(),
        }
    }

    #[rstest]
    #[case::plain("Alder Bay", "mon-fri 09:00-17:00", "Water main renewal", "brown water, #Eau", "water-main-renewal")]
    #[case::quotes("\"Alder\\ Bay\u{1b}", "sat 10:00-14:00", "@NAME@ 'Rue' \"Front\"", "", "rue-front")]
    #[case::no_words("!!!", "whenever", "???", "...", "first")]
    #[case::french("Baie-des-Aulnes", "mon-sun 00:00-24:00", "Réfection de l'aréna", "l'aréna", "refection-de-l-arena")]
    #[case::advertising(
        "Town for sale",
        "mon-fri 09:00-12:00, mon-fri 13:00-17:00",
        "À vendre",
        "for sale",
        "a-vendre"
    )]
    fn says_nothing_unwise_whatever_the_answers(
        #[case] name: &str,
        #[case] hours: &str,
        #[case] title: &str,
        #[case] words: &str,
        #[case] id: &str,
    ) {
        let (plan, _) = from_files(starter(&answers(name, hours, title, words))).expect("a starter plan loads");
        assert_eq!(plan.organization.name.get(Language::En), name);
        assert_eq!(plan.initiatives[0].title.get(Language::Fr), title);
        assert_eq!(&*plan.initiatives[0].id, id);
        let now = "2026-11-20T12:00:00Z".parse().expect("an instant");
        let findings: Vec<_> = check(&plan, now)
            .into_iter()
            .filter(|finding| finding.allowed.is_none())
            .map(|finding| finding.kind)
            .collect();
        assert_eq!(findings, []);
    }

    /// Lines that begin with `#` and no space are examples of TOML.
    fn with_examples(text: &str) -> String {
        let line = |line: &str| match line.strip_prefix('#') {
            Some(example) if !example.is_empty() && !example.starts_with(' ') => example.to_owned(),
            _ => line.to_owned(),
        };
        text.lines().map(|text| line(text) + "\n").collect()
    }

    #[test]
    fn every_example_in_a_comment_is_one_of_a_plan() {
        let mut files = starter(&answers("Alder Bay", HOURS, "Water", ""));
        for (_, text) in &mut files {
            *text = with_examples(text);
        }
        let (plan, _) = from_files(files).unwrap_or_else(|errors| panic!("{errors:?}"));
        assert!(!plan.roster.is_empty() && !plan.places.is_empty() && !plan.rumours.is_empty());
        assert!(!plan.templates.is_empty() && !plan.clauses.is_empty() && !plan.protocols.is_empty());
        assert!(!plan.elections.is_empty() && !plan.records.is_empty() && !plan.variables.is_empty());
        assert!(!plan.priority.contributions.is_empty() && plan.initiatives[0].review_by.is_some());
    }

    #[rstest]
    #[case("America/Vancouver", Ok("America/Vancouver"))]
    #[case("vancouver", Ok("America/Vancouver"))]
    #[case("new york", Ok("America/New_York"))]
    #[case("Vancover", Err(Some("America/Vancouver")))]
    #[case("?", Err(None))]
    fn time_zones_are_read(#[case] text: &str, #[case] expected: Result<&str, Option<&str>>) {
        assert_eq!(StarterAnswers::parse_time_zone(text).map(Tz::name), expected);
    }

    #[rstest]
    #[case("mon-fri 09:00-17:00, sat 10:00-14:00", true)]
    #[case("mon-fri 09:00-12:00; mon-fri 13:00-17:00", true)]
    #[case("lun-ven 9h-17h", true)]
    #[case("9 to 5", false)]
    #[case("mon-fri 9-5", false)]
    #[case("mon-fri", false)]
    #[case("mon\"x 09:00-17:00", false)]
    fn hours_are_read(#[case] text: &str, #[case] good: bool) {
        assert_eq!(StarterAnswers::valid_hours(text), good);
    }

    #[test]
    fn words_become_terms() {
        assert_eq!(
            terms("bike lane*, #BikeLanes,, l'eau, !!!, (a OR"),
            ["\"bike lane*\"", "#BikeLanes", "\"l eau\"", "\"a or\""]
        );
        assert!(!StarterAnswers::valid_words(" , ! "));
    }

    #[test]
    fn languages_are_read() {
        assert_eq!(StarterAnswers::parse_languages("FR, en"), Some(vec![Language::Fr, Language::En]));
        assert_eq!(StarterAnswers::parse_languages("les deux"), Some(vec![Language::En, Language::Fr]));
        assert_eq!(StarterAnswers::parse_languages("both"), Some(vec![Language::En, Language::Fr]));
        assert_eq!(StarterAnswers::parse_languages("Français et anglais"), Some(vec![Language::Fr, Language::En]));
        assert_eq!(StarterAnswers::parse_languages("de"), None);
        assert_eq!(StarterAnswers::parse_languages(" "), None);
    }
}
