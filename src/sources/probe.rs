//! One try of a source, to see whether its configuration works; nothing is stored, sent or kept.
//!
//! What enters: a source's configuration. What leaves: how many items it would bring, the newest of them, and what is bad
//! first.

use std::net::SocketAddr;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::bluesky;
use super::command::try_once;
use super::feed::Feed;
use super::reddit::Reddit;
use super::replay::Recording;
use super::{BadCause, Position, Receipt, SourceError, facebook, folder, jetstream, mastodon, open311, webhook};
use crate::clock::SharedClock;
use crate::config::{SourceConfig, SourceKind};
use crate::mention::RawItem;
use crate::plan::Plan;

/// How many items a try hands on to be looked at.
const SHOWN: usize = 3;

/// What the try found.
#[derive(Debug, Clone, PartialEq)]
pub enum Probe {
    /// It answers.
    Answers {
        /// Good items.
        items: usize,
        /// Bad ones.
        bad: usize,
        /// The first bad one.
        first_bad: Option<(Position, BadCause)>,
        /// The newest good ones, the newest first: at most three, and no deletions. As hostile as they came.
        first: Vec<RawItem>,
        /// How much happens a second on a stream of which only some is an item.
        per_second: Option<u64>,
    },
    /// A program that runs and printed nothing while it was listened to.
    Quiet {
        /// Which.
        program: String,
    },
    /// Nothing is asked for: others deliver to it.
    Listens {
        /// Where.
        address: SocketAddr,
        /// True when it is being listened there already, by a desk or a watch of the same settings.
        is_running: bool,
        /// True when other machines reach it.
        is_open: bool,
    },
    /// Nothing is wrong, but the file is not there yet.
    NotThereYet,
    /// The standard input is not read to look at it.
    NotTried,
    /// Switched off in the configuration.
    Disabled,
}

/// Counts what a try finds and keeps the newest of it, for every kind alike.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) items: usize,
    pub(super) bad: usize,
    first_bad: Option<(Position, BadCause)>,
    first: Vec<RawItem>,
    pub(super) per_second: Option<u64>,
}

impl Tally {
    /// A good one.
    pub(super) fn item(&mut self, item: RawItem) {
        self.items += 1;
        if item.deleted {
            return;
        }
        // Of two that do not both tell when they were posted, the one that came later is taken for the newer.
        let is_older = |kept: &RawItem| kept.posted_at.zip(item.posted_at).is_none_or(|(kept, new)| kept <= new);
        let place = self.first.iter().position(is_older).unwrap_or(self.first.len());
        if place < SHOWN {
            self.first.insert(place, item);
            self.first.truncate(SHOWN);
        }
    }

    /// A bad one.
    pub(super) fn bad(&mut self, position: Position, cause: BadCause) {
        self.bad += 1;
        self.first_bad.get_or_insert((position, cause));
    }

    /// What is told of it.
    pub(super) fn answers(self) -> Probe {
        let Self { items, bad, first_bad, first, per_second } = self;
        Probe::Answers { items, bad, first_bad, first, per_second }
    }
}

/// Tries `config` once. `plan` tells what would be kept of a source that brings far more than that.
pub async fn probe(config: &SourceConfig, clock: &SharedClock, plan: Option<&Plan>) -> Result<Probe, SourceError> {
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
        SourceKind::Mastodon(account) => mastodon::try_once(config, account, now).await,
        SourceKind::Open311(settings) => {
            let receipt = Receipt { source: &config.id, network: config.network.as_ref(), now };
            open311::try_once(settings, &receipt).await
        }
        SourceKind::Facebook(settings) => {
            let receipt = Receipt { source: &config.id, network: config.network.as_ref(), now };
            facebook::try_once(settings, &receipt).await
        }
        SourceKind::Webhook(settings) => webhook::try_once(settings).await,
        SourceKind::Jetstream(stream) => jetstream::try_once(config, stream, clock, plan).await,
        SourceKind::Bluesky(account) => bluesky::try_once(config, account, clock).await,
        SourceKind::Reddit(settings) => {
            let feed = Reddit::new(settings.clone()).feed().await?;
            try_feed(config, &feed, now).await
        }
        SourceKind::Feed { url, every } => try_feed(config, &Feed::new(url, *every), now).await,
    }
}

fn file(config: &SourceConfig, path: &Path, now: DateTime<Utc>) -> Result<Probe, SourceError> {
    let recording = Recording::load(path, &config.id, config.network.as_ref(), now)?;
    let mut tally = Tally::default();
    recording.items.into_iter().for_each(|item| tally.item(item));
    recording.bad.into_iter().for_each(|(position, cause, _)| tally.bad(position, cause));
    Ok(tally.answers())
}

async fn try_feed(config: &SourceConfig, feed: &Feed, now: DateTime<Utc>) -> Result<Probe, SourceError> {
    let mut tally = Tally::default();
    if let Some(parsed) = feed.once(&config.id, config.network.as_ref(), now).await? {
        parsed.entries.into_iter().for_each(|entry| tally.item(entry.item));
        parsed.bad.into_iter().for_each(|bad| tally.bad(Position::Item(bad.name), bad.cause));
    }
    Ok(tally.answers())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::mention::Id;

    #[rstest]
    #[case::in_order(&[Some(1), Some(2), Some(3), Some(4)], &["3", "2", "1"])]
    #[case::backwards(&[Some(4), Some(3), Some(2), Some(1)], &["0", "1", "2"])]
    #[case::at_the_same_time(&[Some(1), Some(1)], &["1", "0"])]
    #[case::undated(&[None, None, None, None], &["3", "2", "1"])]
    #[case::none(&[], &[])]
    fn the_newest_are_kept(#[case] posted: &[Option<i64>], #[case] expected: &[&str]) {
        let mut tally = Tally::default();
        for (number, seconds) in posted.iter().enumerate() {
            let mut item = RawItem::new(Id::from("inbox"), number.to_string(), DateTime::UNIX_EPOCH);
            item.posted_at = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            tally.item(item);
        }
        tally.item(RawItem::deletion(Id::from("inbox"), "gone", DateTime::UNIX_EPOCH));
        tally.bad(Position::Item("3".to_owned()), BadCause::NoText);
        tally.bad(Position::Item("4".to_owned()), BadCause::NotUtf8);
        let Probe::Answers { items, bad, first_bad, first, .. } = tally.answers() else { panic!("it answers") };
        assert_eq!(
            (items, bad, first_bad),
            (posted.len() + 1, 2, Some((Position::Item("3".to_owned()), BadCause::NoText)))
        );
        assert_eq!(first.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), expected);
    }
}
