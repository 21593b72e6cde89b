//! The settings: what a person may choose, where the choices come from, and where things are kept.
//!
//! What enters: `config.toml`, the environment, flags. What leaves: one [`Config`] in which every layer has
//! been folded (flags over environment over file over defaults) and the [`Paths`] of this home. Reading is
//! strict: an unknown key, a wrong type or a bad value is an error with its place, and all errors of a file
//! come in one go. Nothing here acts on a setting.

mod duration;
mod error;
mod near;
mod overrides;
mod paths;
mod read;
mod secret;
mod source;
mod table;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::mention::{Id, Language, Network};

pub use duration::parse as parse_duration;
pub use error::{ConfigError, ConfigErrors, Expected, Place, Problem};
pub use near::nearest;
pub use overrides::{Overrides, VARIABLES};
pub use paths::{Paths, private_dir, private_file, replace_private};
pub use secret::{Revealed, Secret, SecretError};
pub use source::{Ask, Form, Guide, Permission, Tried, Usual, When, guides};
pub use source::{
    Bluesky, DEFAULT_JETSTREAM, DEFAULT_LISTEN, DEFAULT_RESTART_DELAY, Facebook, Jetstream, MastodonAccount, Open311,
    Program, Reddit, Signature, Streaming, Variable, Webhook,
};

/// The commented default file that `frontdesk print config` shows; it parses to [`Config::default`].
pub const TEMPLATE: &str = include_str!("config/default.toml");

/// The shortest interval at which a feed is asked when `every` is not given.
pub const DEFAULT_EVERY: Duration = Duration::from_mins(5);

/// Every setting, after all layers were folded.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The plan's folder (or single file). [`Config::load`] makes it absolute or relative to the working folder.
    pub plan: PathBuf,
    /// Who decides, as written in the response log; `None`: the name of the operating system's user.
    pub actor: Option<String>,
    /// The interface's language, English or French; `None`: from the machine's locale.
    pub lang: Option<Language>,
    /// A theme's name; `None`: the default theme.
    pub theme: Option<String>,
    /// Draw with ASCII only.
    pub ascii: bool,
    /// React to the mouse.
    pub mouse: bool,
    /// Cover abuse and threats on the screen until they are asked for.
    pub shield: bool,
    /// What is read, in the file's order.
    pub sources: Vec<SourceConfig>,
    /// Lengths of replies that differ from the built-in table, by network.
    pub lengths: BTreeMap<Network, u32>,
    /// What only the demo reads.
    pub demo: Demo,
}

/// One `[[source]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceConfig {
    /// Names the source everywhere; unique.
    pub id: Id,
    /// What it reads, and how.
    pub kind: SourceKind,
    /// The network of items that do not name theirs.
    pub network: Option<Network>,
    /// False: configured, but not read.
    pub enabled: bool,
}

/// The kinds of sources with what each needs.
#[derive(Debug, Clone, PartialEq)]
pub enum SourceKind {
    /// An NDJSON file that is tailed.
    Ndjson {
        /// The file; it may not be there yet.
        path: PathBuf,
    },
    /// A folder into which other tools' exports are put.
    Folder {
        /// The folder; it may not be there yet.
        path: PathBuf,
        /// The profile of its files; `None`: the one that knows the header.
        profile: Option<String>,
        /// Where the person's own profiles are.
        profiles: PathBuf,
    },
    /// NDJSON on the standard input.
    Stdin,
    /// An NDJSON file whose items come when the clock reaches their `posted_at`.
    Replay {
        /// The file.
        path: PathBuf,
        /// How many times as fast as the clock.
        speed: f64,
    },
    /// RSS, Atom or JSON Feed over HTTP.
    Feed {
        /// Where it is; its path and query may hold a secret, so show it only through a redacting function.
        url: String,
        /// How often it is asked.
        every: Duration,
    },
    /// An account on a Mastodon server.
    Mastodon(MastodonAccount),
    /// Every post of Bluesky, matched here.
    Jetstream(Jetstream),
    /// A program that prints NDJSON.
    Command(Program),
    /// What other services deliver by themselves.
    Webhook(Webhook),
    /// An account of Bluesky's network.
    Bluesky(Bluesky),
    /// The newest posts of subreddits.
    Reddit(Reddit),
    /// A city's service requests.
    Open311(Open311),
    /// A Facebook Page, asked.
    Facebook(Facebook),
}

impl SourceKind {
    /// The token of the configuration.
    pub fn token(&self) -> &'static str {
        match self {
            Self::Ndjson { .. } => "ndjson",
            Self::Folder { .. } => "folder",
            Self::Stdin => "stdin",
            Self::Replay { .. } => "replay",
            Self::Feed { .. } => "feed",
            Self::Mastodon(_) => "mastodon",
            Self::Jetstream(_) => "jetstream",
            Self::Command(_) => "command",
            Self::Webhook(_) => "webhook",
            Self::Bluesky(_) => "bluesky",
            Self::Reddit(_) => "reddit",
            Self::Open311(_) => "open311",
            Self::Facebook(_) => "facebook",
        }
    }

    /// True for a kind that can look at a post again when somebody is about to answer it.
    pub fn rechecks(&self) -> bool {
        matches!(self, Self::Bluesky(_) | Self::Mastodon(_))
    }

    /// True when both would listen at one address.
    fn collides(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Webhook(one), Self::Webhook(other))
            if one.listen == other.listen && one.listen.port() != 0)
    }

    /// What it is let in with.
    fn secrets_mut(&mut self) -> Vec<&mut Secret> {
        match self {
            Self::Mastodon(account) => vec![&mut account.token],
            Self::Facebook(facebook) => vec![&mut facebook.token],
            Self::Webhook(webhook) => std::iter::once(&mut webhook.secret).chain(&mut webhook.verify_token).collect(),
            Self::Command(program) => program.secrets_mut(),
            Self::Bluesky(account) => vec![&mut account.password],
            Self::Reddit(reddit) => vec![&mut reddit.token],
            _ => Vec::new(),
        }
    }
}

/// `[demo]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Demo {
    /// The instant at which the demo's clock starts.
    pub starts_at: Option<DateTime<Utc>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            plan: PathBuf::from("plan"),
            actor: None,
            lang: None,
            theme: None,
            ascii: false,
            mouse: true,
            shield: true,
            sources: Vec::new(),
            lengths: BTreeMap::new(),
            demo: Demo::default(),
        }
    }
}

impl Config {
    /// Folds all layers: `flags` over `environment` over the file of `paths` over the defaults. A missing file is
    /// an empty one. Paths of the file are taken relative to its folder, those of flags and environment as they are.
    pub fn load(paths: &Paths, flags: &Overrides, environment: &Overrides) -> Result<Self, ConfigErrors> {
        let mut config = match std::fs::read(&paths.config) {
            Ok(bytes) => Self::parse_bytes(&bytes, &paths.config)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::default(),
            Err(error) => return Err(ConfigError::unreadable(&paths.config, &error).into()),
        };
        config.resolve(paths.config.parent().unwrap_or(Path::new("")));
        environment.apply_to(&mut config);
        flags.apply_to(&mut config);
        Ok(config)
    }

    /// Reads the text of one file; `file` only names it in errors. Relative paths stay relative.
    pub fn parse(text: &str, file: &Path) -> Result<Self, ConfigErrors> {
        read::config(text, file)
    }

    fn parse_bytes(bytes: &[u8], file: &Path) -> Result<Self, ConfigErrors> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(text, file),
            Err(error) => Err(ConfigError::not_utf8(bytes, file, error.valid_up_to()).into()),
        }
    }

    /// Takes every relative path relative to `base`.
    pub fn resolve(&mut self, base: &Path) {
        self.plan = base.join(&self.plan);
        for source in &mut self.sources {
            for secret in source.kind.secrets_mut() {
                secret.resolve(base);
            }
            match &mut source.kind {
                SourceKind::Ndjson { path } | SourceKind::Replay { path, .. } => *path = base.join(&*path),
                SourceKind::Command(program) => program.resolve(base),
                SourceKind::Webhook(webhook) => webhook.profiles = base.join(&webhook.profiles),
                SourceKind::Folder { path, profiles, .. } => {
                    *path = base.join(&*path);
                    *profiles = base.join(&*profiles);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
