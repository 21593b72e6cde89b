//! The first plan of an organization: commented files in both languages that load as they are.
//!
//! What enters: answers to five questions. What leaves: names and contents of files; writing them is somebody else's.

use std::fmt::Write;

use chrono_tz::Tz;

use crate::mention::Language;
use crate::query::{Query, Stage};
use crate::text::tokens::Tokens;

/// What a first plan needs to know. Each field has a default that a person can change later in the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterAnswers {
    /// The organization's name.
    pub name: String,
    /// The languages it answers in.
    pub languages: Vec<Language>,
    /// Its time zone.
    pub time_zone: Tz,
    /// Days and opening, such as `mon-fri 09:00-17:00`.
    pub hours: String,
    /// The title of its first initiative.
    pub initiative: String,
}

impl StarterAnswers {
    /// Reads languages: `en`, `fr`, or both with a comma or a space between.
    pub fn parse_languages(text: &str) -> Option<Vec<Language>> {
        let mut languages = Vec::new();
        for code in text.split([',', ' ']).filter(|code| !code.is_empty()) {
            let language = match code.to_ascii_lowercase().as_str() {
                "en" => Language::En,
                "fr" => Language::Fr,
                _ => return None,
            };
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        (!languages.is_empty()).then_some(languages)
    }

    /// Whether hours are written so that a plan can hold them.
    pub fn valid_hours(text: &str) -> bool {
        let Some((days, opening)) = split_hours(text) else { return false };
        let plan = format!("[organization]\nname = \"x\"\nhours = {{ {} = {} }}\n", quoted(days), quoted(opening));
        super::from_files(vec![("plan.toml".to_owned(), plan)]).is_ok()
    }
}

/// The plan's files by name. Hours that no plan can hold become Monday to Friday nine to five.
pub fn starter(answers: &StarterAnswers) -> Vec<(String, String)> {
    let hours = if StarterAnswers::valid_hours(&answers.hours) { &answers.hours } else { "mon-fri 09:00-17:00" };
    let (days, opening) = split_hours(hours).unwrap_or(("mon-fri", "09:00-17:00"));
    let languages: Vec<String> = answers.languages.iter().map(|language| quoted(language.token())).collect();
    let id = slug(&answers.initiative);
    let name_query = phrase(&answers.name, "municipality OR municipalité");
    let initiative_query = phrase(&answers.initiative, &id);
    let values = [
        ("@NAME_QUERY@", quoted(&name_query)),
        ("@NAME@", quoted(&answers.name)),
        ("@LANGUAGES@", format!("[{}]", languages.join(", "))),
        ("@ZONE@", quoted(answers.time_zone.name())),
        ("@DAYS@", days.to_owned()),
        ("@OPENING@", quoted(opening)),
        ("@INITIATIVE_ID@", quoted(&id)),
        ("@INITIATIVE_QUERY@", quoted(&initiative_query)),
        ("@INITIATIVE@", quoted(&answers.initiative)),
        ("@TEST@", quoted(&answers.initiative)),
    ];
    FILES.iter().map(|(name, template)| ((*name).to_owned(), filled(template, &values))).collect()
}

const FILES: [(&str, &str); 7] = [
    ("plan.toml", include_str!("starter/plan.toml")),
    ("criteria.toml", include_str!("starter/criteria.toml")),
    ("initiatives.toml", include_str!("starter/initiatives.toml")),
    ("stakeholders.toml", include_str!("starter/stakeholders.toml")),
    ("messages.toml", include_str!("starter/messages.toml")),
    ("escalation.toml", include_str!("starter/escalation.toml")),
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

fn split_hours(text: &str) -> Option<(&str, &str)> {
    text.trim().split_once(char::is_whitespace).map(|(days, opening)| (days, opening.trim()))
}

/// A TOML string on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A query for the words of `text` one after the other; `fallback` where it has none.
fn phrase(text: &str, fallback: &str) -> String {
    let tokens = Tokens::of(text);
    let words: Vec<&str> = tokens.words().iter().map(|word| tokens.folded(word)).collect();
    let query = format!("\"{}\"", words.join(" "));
    if Query::parse(&query, Stage::Match).is_ok() { query } else { fallback.to_owned() }
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

    fn answers(name: &str, hours: &str, initiative: &str) -> StarterAnswers {
        StarterAnswers {
            name: name.to_owned(),
            languages: vec![Language::En, Language::Fr],
            time_zone: chrono_tz::America::Vancouver,
            hours: hours.to_owned(),
            initiative: initiative.to_owned(),
        }
    }

    #[rstest]
    #[case::plain("Alder Bay", "mon-fri 09:00-17:00", "Water main renewal", "water-main-renewal")]
    #[case::quotes("\"Alder\\ Bay\u{1b}", "sat 10:00-14:00", "@NAME@ 'Rue' \"Front\"", "rue-front")]
    #[case::no_words("!!!", "whenever", "???", "first")]
    #[case::french("Baie-des-Aulnes", "mon-sun 00:00-24:00", "Réfection de l'aréna", "refection-de-l-arena")]
    fn loads_whatever_the_answers(#[case] name: &str, #[case] hours: &str, #[case] title: &str, #[case] id: &str) {
        let (plan, _) = from_files(starter(&answers(name, hours, title))).expect("a starter plan loads");
        assert_eq!(plan.organization.name.get(Language::En), name);
        assert_eq!(plan.initiatives[0].title.get(Language::Fr), title);
        assert_eq!(&*plan.initiatives[0].id, id);
        let codes: Vec<_> =
            check(&plan, chrono::DateTime::UNIX_EPOCH).iter().map(|finding| finding.kind.code()).collect();
        let expected = ["FD053", "FD055", "FD054"];
        assert_eq!(
            codes, expected,
            "a draft, an unverified fact and a missing approver are the only things to look at"
        );
    }

    #[test]
    fn languages_are_read() {
        assert_eq!(StarterAnswers::parse_languages("FR, en"), Some(vec![Language::Fr, Language::En]));
        assert_eq!(StarterAnswers::parse_languages("de"), None);
        assert_eq!(StarterAnswers::parse_languages(" "), None);
    }
}
