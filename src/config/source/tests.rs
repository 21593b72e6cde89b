use std::path::Path;

use super::guide::{Ask, Form, Usual, guides};
use super::{COMMON, ROWS};
use crate::config::{Config, ConfigError, Place, Problem, nearest};

/// A right value of a key.
fn right(kind: &str, ask: &Ask) -> String {
    match (kind, ask.key) {
        (_, "every" | "restart_delay") => "\"30m\"".to_owned(),
        ("bluesky", "handle") => "\"town.bsky.social\"".to_owned(),
        ("webhook", "path") => "\"/0123456789abcdef\"".to_owned(),
        ("webhook", "signature") => "\"meta\"".to_owned(),
        ("webhook", "listen") => "\"127.0.0.1:8787\"".to_owned(),
        ("jetstream", "url") => "\"wss://jetstream.example/subscribe\"".to_owned(),
        (_, "url" | "server") => "\"https://server.example\"".to_owned(),
        _ => match ask.form {
            Form::Text => "\"alderbay\"".to_owned(),
            Form::Word(words) => format!("\"{}\"", words[0]),
            Form::Texts | Form::Command => "[\"alderbay\"]".to_owned(),
            Form::Flag => "true".to_owned(),
            Form::Number => "2.0".to_owned(),
            Form::Variables => "{ TOKEN = { env = \"MAIL_TOKEN\" } }".to_owned(),
            Form::Secret | Form::Agreed => "{ env = \"TOWN_TOKEN\" }".to_owned(),
        },
    }
}

/// The lines of a source of `kind` with all its keys, the first of them on line 4.
fn whole(kind: &str) -> Vec<String> {
    let guide = guides().find(|guide| guide.kind == kind).expect("every kind has an entry");
    let head = ["[[source]]".to_owned(), "id = \"a\"".to_owned(), format!("kind = \"{kind}\"")];
    let asks = guide.asks.iter().filter(|ask| fits(kind, ask));
    head.into_iter().chain(asks.map(|ask| format!("{} = {}", ask.key, right(kind, ask)))).collect()
}

/// Meta's deliveries are in Meta's own form: no profile reads them.
fn fits(kind: &str, ask: &Ask) -> bool {
    (kind, ask.key) != ("webhook", "profile")
}

fn faults(lines: &[String]) -> Vec<ConfigError> {
    Config::parse(&lines.join("\n"), Path::new("config.toml")).err().map(|errors| errors.0).unwrap_or_default()
}

#[track_caller]
fn told(faults: &[ConfigError], line: u32, key: &str) -> Problem {
    let is_it = |fault: &&ConfigError| {
        fault.key == format!("source.{key}")
            && matches!(&fault.place, Place::File { line: at, file, .. } if *at == line && file == Path::new("config.toml"))
    };
    faults.iter().find(is_it).unwrap_or_else(|| panic!("{key} on line {line}: {faults:?}")).problem.clone()
}

#[test]
fn every_kind_takes_all_its_keys() {
    for row in ROWS {
        assert_eq!(faults(&whole(row.token)), [], "{}", row.token);
    }
}

#[test]
fn a_needed_key_that_is_missing_is_named_where_its_source_begins() {
    for row in ROWS {
        for key in row.required {
            let mut lines = whole(row.token);
            lines.retain(|line| !line.starts_with(&format!("{key} = ")));
            assert_eq!(told(&faults(&lines), 1, key), Problem::Missing, "{}", row.token);
        }
    }
}

#[test]
fn a_value_of_the_wrong_type_is_told_with_what_was_expected_and_no_secret() {
    for guide in guides() {
        for (index, ask) in guide.asks.iter().filter(|ask| fits(guide.kind, ask)).enumerate() {
            for value in ["1979-05-27T07:32:00Z", "{ hush = \"hush\" }", "[[\"hush\"]]"] {
                if ask.form == Form::Variables && value.starts_with('{') {
                    continue;
                }
                let mut lines = whole(guide.kind);
                lines[3 + index] = format!("{} = {value}", ask.key);
                let found = faults(&lines);
                let line = 4 + index as u32;
                let is_inside = format!("source.{}.", ask.key);
                let is_told = found.iter().any(|fault| {
                    let is_there = matches!(fault.place, Place::File { line: at, .. } if at == line);
                    is_there && (fault.key == is_inside[..is_inside.len() - 1] || fault.key.starts_with(&is_inside))
                });
                assert!(is_told, "{} {} = {value}: {found:?}", guide.kind, ask.key);
                let words: Vec<_> = found.iter().map(ConfigError::words).collect();
                assert!(words.iter().all(|(name, _)| name != "config-unknown-key"), "{words:?}");
                if matches!(ask.form, Form::Secret | Form::Agreed | Form::Variables) || ask.usual == Usual::Unguessable
                {
                    let told = format!("{found:?} {words:?}").replace("source.env.hush", "");
                    assert!(!told.contains("hush"), "{} {}: {told}", guide.kind, ask.key);
                }
            }
        }
    }
}

#[test]
fn a_mistyped_key_is_told_with_the_one_that_was_meant() {
    for row in ROWS {
        for key in row.keys {
            let mut lines = whole(row.token);
            let mistyped = format!("{key}z");
            lines.push(format!("{mistyped} = true"));
            let keys = super::keys();
            let suggestion = nearest(&mistyped, keys.iter().copied());
            assert_eq!(suggestion, Some(*key), "{}", row.token);
            let line = lines.len() as u32;
            assert_eq!(told(&faults(&lines), line, &mistyped), Problem::UnknownKey { suggestion }, "{}", row.token);
        }
    }
}

#[test]
fn a_key_of_another_kind_is_told_with_the_kind() {
    for row in ROWS {
        for (other, ask) in guides().flat_map(|guide| guide.asks.iter().map(move |ask| (guide.kind, ask))) {
            if row.keys.contains(&ask.key) || COMMON.contains(&ask.key) {
                continue;
            }
            let mut lines = whole(row.token);
            lines.push(format!("{} = {}", ask.key, right(other, ask)));
            let line = lines.len() as u32;
            let problem = told(&faults(&lines), line, ask.key);
            assert_eq!(problem, Problem::NotForKind { kind: row.token }, "{}", row.token);
        }
    }
}
