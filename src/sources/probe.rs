//! One try of a source, to see whether its configuration works; nothing is stored, sent or kept.
//!
//! What enters: a source's configuration. What leaves: how many items it would bring and what is bad first.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::command::try_once;
use super::feed::{Answer, Ask, Fetcher, Limits, parse};
use super::replay::Recording;
use super::{BadCause, Position, Receipt, SourceError, folder};
use crate::clock::SharedClock;
use crate::config::{SourceConfig, SourceKind};

/// What the try found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe {
    /// It answers.
    Answers {
        /// Good items.
        items: usize,
        /// Bad ones.
        bad: usize,
        /// The first bad one.
        first_bad: Option<(Position, BadCause)>,
    },
    /// A program that runs and printed nothing while it was listened to.
    Quiet {
        /// Which.
        program: String,
    },
    /// Nothing is wrong, but the file is not there yet.
    NotThereYet,
    /// The standard input is not read to look at it.
    NotTried,
    /// Switched off in the configuration.
    Disabled,
}

/// Tries `config` once.
pub async fn probe(config: &SourceConfig, clock: &SharedClock) -> Result<Probe, SourceError> {
    let now = clock.now();
    if !config.enabled {
        return Ok(Probe::Disabled);
    }
    match &config.kind {
        SourceKind::Stdin => Ok(Probe::NotTried),
        SourceKind::Ndjson { path } | SourceKind::Folder { path, .. } if !path.exists() => Ok(Probe::NotThereYet),
        SourceKind::Folder { path, profile, profiles } => {
            let receipt = Receipt { source: &config.id, network: config.network.as_ref(), now };
            folder::probe(path, profile.as_deref(), profiles, &receipt)
        }
        SourceKind::Ndjson { path } | SourceKind::Replay { path, .. } => file(config, path, now),
        SourceKind::Command(program) => try_once(config, program, clock).await,
        SourceKind::Feed { url, .. } => feed(config, url, now).await,
    }
}

fn file(config: &SourceConfig, path: &Path, now: DateTime<Utc>) -> Result<Probe, SourceError> {
    let recording = Recording::load(path, &config.id, config.network.as_ref(), now)?;
    Ok(Probe::Answers {
        items: recording.items.len(),
        bad: recording.bad.len(),
        first_bad: recording.bad.into_iter().next().map(|(position, cause, _)| (position, cause)),
    })
}

async fn feed(config: &SourceConfig, url: &str, now: DateTime<Utc>) -> Result<Probe, SourceError> {
    let ask = Ask { url, etag: None, last_modified: None };
    let (answer, _) = Fetcher::new(Limits::default()).fetch(&ask, now).await?;
    let Answer::Document(document) = answer else {
        return Ok(Probe::Answers { items: 0, bad: 0, first_bad: None });
    };
    let parsed = parse(&document.body, &document.url, &config.id, config.network.as_ref(), now)?;
    Ok(Probe::Answers {
        items: parsed.entries.len(),
        bad: parsed.bad.len(),
        first_bad: parsed.bad.into_iter().next().map(|bad| (Position::Item(bad.name), bad.cause)),
    })
}
