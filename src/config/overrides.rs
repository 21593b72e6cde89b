//! The layers above the file: what flags and environment variables set.

use std::path::PathBuf;

use super::Config;
use super::error::{ConfigError, ConfigErrors, Place};
use super::read::{LANGS, outside_flag, outside_word};
use crate::mention::Language;

/// The environment variables that set something, with what they set. `FRONTDESK_HOME` is read by the paths.
pub const VARIABLES: &[(&str, &str)] = &[
    ("FRONTDESK_PLAN", "plan"),
    ("FRONTDESK_ACTOR", "actor"),
    ("FRONTDESK_LANG", "lang"),
    ("FRONTDESK_THEME", "theme"),
    ("FRONTDESK_ASCII", "ascii"),
    ("FRONTDESK_MOUSE", "mouse"),
];

/// One layer of settings; what it does not set is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// See [`Config::plan`].
    pub plan: Option<PathBuf>,
    /// See [`Config::actor`].
    pub actor: Option<String>,
    /// See [`Config::lang`].
    pub lang: Option<Language>,
    /// See [`Config::theme`].
    pub theme: Option<String>,
    /// See [`Config::ascii`].
    pub ascii: Option<bool>,
    /// See [`Config::mouse`].
    pub mouse: Option<bool>,
}

impl Overrides {
    /// Reads the layer from [`VARIABLES`] by way of `lookup`; an empty variable counts as unset.
    pub fn from_environment(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigErrors> {
        let mut layer = Self::default();
        let mut errors = Vec::new();
        for (variable, key) in VARIABLES {
            let Some(text) = lookup(variable).filter(|text| !text.is_empty()) else { continue };
            let set = match *key {
                "plan" | "actor" | "theme" => {
                    layer.set_text(key, text);
                    Ok(())
                }
                "lang" => outside_word(&text, LANGS).map(|lang| layer.lang = Some(lang)),
                "ascii" => outside_flag(&text).map(|flag| layer.ascii = Some(flag)),
                _ => outside_flag(&text).map(|flag| layer.mouse = Some(flag)),
            };
            if let Err(problem) = set {
                errors.push(ConfigError { place: Place::Variable(variable), key: (*key).to_owned(), problem });
            }
        }
        if errors.is_empty() { Ok(layer) } else { Err(ConfigErrors(errors)) }
    }

    fn set_text(&mut self, key: &str, text: String) {
        match key {
            "plan" => self.plan = Some(PathBuf::from(text)),
            "actor" => self.actor = Some(text),
            _ => self.theme = Some(text),
        }
    }

    /// Writes what this layer sets over `config`.
    pub(super) fn apply_to(&self, config: &mut Config) {
        let layer = self.clone();
        set(&mut config.plan, layer.plan);
        set(&mut config.ascii, layer.ascii);
        set(&mut config.mouse, layer.mouse);
        config.actor = layer.actor.or(config.actor.take());
        config.lang = layer.lang.or(config.lang);
        config.theme = layer.theme.or(config.theme.take());
    }
}

fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}
