//! From an answer to a line of the configuration, judged by the configuration's own reader.
//!
//! What enters: what a person typed. What leaves: a key and its value as TOML, or what is wrong with it. Nothing here knows
//! what a kind takes: the text is read as the file would be, and the faults of that key are told.

use std::fmt::Write as _;
use std::path::Path;

use toml::Value;

use crate::config::{Ask, Config, ConfigError, Form, Guide, Problem, Secret, Usual, guides};
use crate::locale::Locale;
use crate::sources::redacted;
use crate::text::clean_line;

/// The block of one source.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Block {
    lines: Vec<(String, Value)>,
}

impl Block {
    pub(super) fn new(kind: &str) -> Self {
        Self { lines: vec![("id".to_owned(), Value::from("new")), ("kind".to_owned(), Value::from(kind))] }
    }

    pub(super) fn set(&mut self, key: &str, value: Value) {
        match self.lines.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => *old = value,
            None => self.lines.push((key.to_owned(), value)),
        }
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.lines.iter().find(|(known, _)| known == key).and_then(|(_, value)| value.as_str())
    }

    /// As it is written into the file.
    pub(super) fn toml(&self) -> String {
        self.written(|_, value| value.clone())
    }

    /// As it may be shown: without what may be a key in an address, and without a path that nobody should guess.
    pub(super) fn shown(&self) -> String {
        let guide = guides().find(|guide| Some(guide.kind) == self.text("kind"));
        let asks = guide.map(|guide| guide.asks).unwrap_or_default();
        let is_hidden = |key: &str| asks.iter().any(|ask| ask.key == key && ask.usual == Usual::Unguessable);
        let text = self.written(|key, value| match value.as_str() {
            Some(_) if is_hidden(key) => Value::from("/…"),
            Some(text) if text.contains("://") => Value::from(redacted(text)),
            _ => value.clone(),
        });
        text.lines().map(|line| clean_line(line).into_owned() + "\n").collect()
    }

    fn written(&self, of: impl Fn(&str, &Value) -> Value) -> String {
        self.lines.iter().fold("[[source]]\n".to_owned(), |mut text, (key, value)| {
            // A string takes whatever is written.
            let _ = writeln!(text, "{key} = {}", inline(&of(key, value)));
            text
        })
    }
}

/// A value on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::Table(table) => {
            let pairs: Vec<String> = table.iter().map(|(key, value)| format!("{key} = {}", inline(value))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Array(values) => format!("[{}]", values.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::String(text) if !text.contains(['\'', '\n', '\r']) && text.contains(['"', '\\']) => format!("'{text}'"),
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if letter.is_control() => {
                // A string takes whatever is written.
                let _ = write!(out, "\\u{:04X}", letter as u32);
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// What `answer` is as TOML; what does not fit its form stays a text, which the reader refuses with the right words.
pub(super) fn value(answer: &str, form: Form) -> Value {
    let answer = answer.trim();
    match form {
        Form::Text | Form::Word(_) | Form::Secret | Form::Agreed => Value::from(answer),
        Form::Texts => {
            let texts = answer.split(',').map(str::trim).filter(|text| !text.is_empty());
            Value::Array(texts.map(Value::from).collect())
        }
        Form::Flag => match answer {
            "true" | "yes" | "oui" => Value::from(true),
            "false" | "no" | "non" => Value::from(false),
            other => Value::from(other),
        },
        Form::Number => answer.parse::<f64>().map_or_else(|_| Value::from(answer), Value::from),
        Form::Command => Value::Array(words(answer).into_iter().map(Value::from).collect()),
        Form::Variables => {
            let mut table = toml::Table::new();
            for (name, variable) in answer.split(',').filter_map(|pair| pair.split_once('=')) {
                let taken = toml::Table::from_iter([("env".to_owned(), Value::from(variable.trim()))]);
                table.insert(name.trim().to_owned(), Value::Table(taken));
            }
            if table.is_empty() { Value::from("") } else { Value::Table(table) }
        }
    }
}

/// Where a secret is kept, as TOML.
pub(super) fn secret(kept: &Secret) -> Value {
    let (way, value) = match kept {
        Secret::Env(name) => ("env", Value::from(name.as_str())),
        Secret::File(path) => ("file", Value::from(path.to_string_lossy().as_ref())),
        Secret::Command(words) => {
            ("command", Value::Array(words.iter().map(|word| Value::from(word.as_str())).collect()))
        }
    };
    Value::Table(toml::Table::from_iter([(way.to_owned(), value)]))
}

/// The words of a line, as a shell would take them apart: at spaces, but not within quotation marks.
pub(super) fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None::<char>);
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// What is wrong with the value of a key, in a sentence.
pub(super) fn wrong(guide: &Guide, ask: &Ask, value: Value, locale: &Locale) -> Option<String> {
    let mut block = Block::new(guide.kind);
    block.set(ask.key, value);
    fault(&block.toml(), ask.key, locale)
}

/// The fault of `key` in a source's block.
pub(super) fn fault(block: &str, key: &str, locale: &Locale) -> Option<String> {
    let errors = Config::parse(block, Path::new("")).err()?;
    let name = format!("source.{key}");
    let is_meant = |error: &&ConfigError| {
        (error.key == name || error.key.starts_with(&format!("{name}."))) && error.problem != Problem::Missing
    };
    errors.0.iter().find(is_meant).map(|error| sentence(error, locale))
}

/// What is wrong, without a place.
pub(super) fn sentence(error: &ConfigError, locale: &Locale) -> String {
    let (name, arguments) = error.words();
    let arguments: Vec<_> = arguments.iter().map(|(key, value)| (*key, value.into())).collect();
    clean_line(&locale.text_with(&name, &arguments)).into_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::locale::Lang;

    #[rstest]
    #[case::text("alder bay", Form::Text, "\"alder bay\"")]
    #[case::quotation("say \"hi\"", Form::Text, "'say \"hi\"'")]
    #[case::both("it's \"hi\" \\", Form::Text, "\"it's \\\"hi\\\" \\\\\"")]
    #[case::control("a\u{1b}b", Form::Text, "\"a\\u001Bb\"")]
    #[case::texts("alder bay, #alderbay,", Form::Texts, "[\"alder bay\", \"#alderbay\"]")]
    #[case::flag("no", Form::Flag, "false")]
    #[case::number("2.5", Form::Number, "2.5")]
    #[case::command(
        "python3 inbox.py '/my mail' \"\"",
        Form::Command,
        "[\"python3\", \"inbox.py\", \"/my mail\", \"\"]"
    )]
    #[case::variables("TOKEN=MAIL_TOKEN", Form::Variables, "{ TOKEN = { env = \"MAIL_TOKEN\" } }")]
    fn an_answer_becomes_toml(#[case] answer: &str, #[case] form: Form, #[case] expected: &str) {
        let written = inline(&value(answer, form));
        assert_eq!(written, expected);
        let read: toml::Table = toml::from_str(&format!("a = {written}\n")).expect("TOML");
        assert_eq!(read["a"], value(answer, form));
    }

    #[test]
    fn an_answer_is_judged_as_the_file_is() {
        let locale = Locale::new(Lang::En);
        let feed = guides().find(|guide| guide.kind == "feed").expect("there are feeds");
        let url = &feed.asks[0];
        assert_eq!(wrong(feed, url, value("https://a.example/", url.form), &locale), None);
        let told = wrong(feed, url, value("ftp://a.example/?key=hush", url.form), &locale).expect("it is wrong");
        assert!(told.contains("http://") && !told.contains("hush"), "{told}");
        let every = feed.asks.iter().find(|ask| ask.key == "every").expect("it is a key");
        assert!(wrong(feed, every, value("soon", every.form), &locale).is_some());
    }

    #[test]
    fn what_is_shown_holds_no_key_of_an_address() {
        let mut block = Block::new("feed");
        block.set("url", Value::from("https://a.example/rss?key=hush"));
        assert!(block.toml().contains("hush"));
        assert_eq!(block.shown(), "[[source]]\nid = \"new\"\nkind = \"feed\"\nurl = \"https://a.example/rss?key=…\"\n");
    }
}
