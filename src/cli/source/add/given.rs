//! The keys of all kinds as flags: what is given is not asked.
//!
//! What enters: the guides of the kinds. What leaves: one flag a key, three a secret, and what stood on the command line. A
//! secret itself never stands there: other users of the machine can read it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, FromArgMatches};

use super::answers::words;
use crate::config::{Form, Guide, Secret, guides};

/// The answers of the command line, by key.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    texts: BTreeMap<String, String>,
    secrets: BTreeMap<String, Secret>,
}

impl Given {
    pub(super) fn text(&self, key: &str) -> Option<&String> {
        self.texts.get(key)
    }

    pub(super) fn secret(&self, key: &str) -> Option<&Secret> {
        self.secrets.get(key)
    }

    /// A flag that `guide` has no key for, as it is written.
    pub(super) fn foreign(&self, guide: &Guide) -> Option<String> {
        let known = |key: &String| guide.asks.iter().any(|ask| ask.key == key);
        let text = self.texts.keys().find(|key| !known(key)).map(|key| dashed(key));
        text.or_else(|| self.secrets.keys().find(|key| !known(key)).map(|key| dashed(key) + "-…"))
    }
}

/// The flag that answers `key`, as a person is told of it.
pub(super) fn flag(key: &str, form: Form) -> String {
    match form {
        Form::Secret | Form::Agreed => format!("{}-env, {0}-file", dashed(key)),
        _ => dashed(key),
    }
}

fn dashed(key: &str) -> String {
    format!("--{}", key.replace('_', "-"))
}

/// Each key once, with the kinds that have it.
fn keys() -> BTreeMap<&'static str, (Form, Vec<&'static str>)> {
    let mut keys: BTreeMap<&'static str, (Form, Vec<&'static str>)> = BTreeMap::new();
    for guide in guides() {
        for ask in guide.asks {
            keys.entry(ask.key).or_insert((ask.form, Vec::new())).1.push(guide.kind);
        }
    }
    keys
}

fn is_secret(form: Form) -> bool {
    matches!(form, Form::Secret | Form::Agreed)
}

/// The ways to a secret, with what stands after each flag.
const WAYS: [(&str, &str, &str); 3] = [
    ("env", "NAME", "in this variable"),
    ("command", "COMMAND", "on the first line this prints"),
    ("file", "FILE", "in this file of mode 0600"),
];

impl clap::Args for Given {
    fn augment_args(command: Command) -> Command {
        let mut command = command;
        for (key, (form, kinds)) in keys() {
            let of = kinds.join(", ");
            if !is_secret(form) {
                let flag = dashed(key).split_off(2);
                let help = format!("The key `{key}` of {of}");
                command = command.arg(Arg::new(key).long(flag).value_name("VALUE").help(help).help_heading("Keys"));
                continue;
            }
            let ids: Vec<String> = WAYS.iter().map(|(way, ..)| format!("{key}_{way}")).collect();
            for (index, (_, value, what)) in WAYS.into_iter().enumerate() {
                let flag = dashed(&ids[index]).split_off(2);
                let help = format!("The key `{key}` of {of} is kept {what}");
                let others = ids.iter().filter(|id| **id != ids[index]).cloned();
                let arg = Arg::new(ids[index].clone()).long(flag).value_name(value).help(help).help_heading("Secrets");
                command = command.arg(others.fold(arg, clap::Arg::conflicts_with));
            }
        }
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut given = Self::default();
        let text = |id: &str| matches.get_one::<String>(id).cloned();
        for (key, (form, _)) in keys() {
            if !is_secret(form) {
                given.texts.extend(text(key).map(|value| (key.to_owned(), value)));
                continue;
            }
            let secret = text(&format!("{key}_env")).map(Secret::Env);
            let secret = secret.or_else(|| text(&format!("{key}_file")).map(|file| Secret::File(PathBuf::from(file))));
            let secret = secret.or_else(|| text(&format!("{key}_command")).map(|line| Secret::Command(words(&line))));
            given.secrets.extend(secret.map(|secret| (key.to_owned(), secret)));
        }
        Ok(given)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
