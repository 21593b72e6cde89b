//! The demo town's home: the embedded files laid into a folder, and the clock they live by.
//!
//! What enters: a folder, or none for a scratch one. What leaves: a home like any other. A home that is
//! there already keeps every file a person may have changed; nothing of it is ever overwritten.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::clock::ScaledClock;
use crate::config::{Config, Paths, private_dir, private_file};

/// The demo's files, by their place in the home.
macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../demo-data/", $name)))),+];
    };
}

files![
    "config.toml",
    "mentions.jsonl",
    "storm.jsonl",
    "plan/plan.toml",
    "plan/criteria.toml",
    "plan/initiatives.toml",
    "plan/stakeholders.toml",
    "plan/messages.toml",
    "plan/priority.toml",
    "plan/road_map.toml",
    "plan/escalation.toml",
    "plan/tests.toml",
    "plan/places.toml",
    "plan/templates.toml",
    "plan/rumours.toml",
    "plan/protocols.toml",
    "plan/moderation.toml",
    "plan/election.toml",
    "plan/records.toml",
    "plan/roster.toml",
];

/// How many minutes pass in Alder Bay while one passes here, unless `--speed` says otherwise.
pub const DEFAULT_SPEED: f64 = 10.0;

/// Every embedded file with its text, for those who want the town without a folder.
pub fn files() -> &'static [(&'static str, &'static str)] {
    FILES
}

/// Lays the demo's files into `home`, or into a new folder below the system's temporary one, and answers with it.
pub fn prepare(home: Option<&Path>) -> io::Result<PathBuf> {
    let home = match home {
        Some(home) => home.to_owned(),
        None => scratch()?,
    };
    private_dir(&home)?;
    private_dir(&home.join("plan"))?;
    for (name, text) in FILES {
        let path = home.join(name);
        if path.exists() {
            continue;
        }
        private_file(&path, std::fs::OpenOptions::new().write(true).create_new(true))?.write_all(text.as_bytes())?;
    }
    Ok(home)
}

/// A folder nobody else can guess or has made before.
pub fn scratch() -> io::Result<PathBuf> {
    let mut random = [0; 6];
    getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
    let number = random.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let folder = std::env::temp_dir().join(format!("frontdesk-demo-{number:012x}"));
    std::fs::create_dir(&folder)?;
    Ok(folder)
}

/// The demo's clock. It starts at the instant written in the demo's configuration, or, in a home that was used before,
/// at the last instant that home has seen: time never runs backwards for what is already there.
pub fn clock(config: &Config, last_seen: Option<DateTime<Utc>>, speed: f64) -> ScaledClock {
    let starts_at = config.demo.starts_at.unwrap_or(DateTime::UNIX_EPOCH);
    ScaledClock::new(last_seen.map_or(starts_at, |seen| seen.max(starts_at)), speed)
}

/// The paths of a home made by [`prepare`].
pub fn paths(home: &Path) -> Paths {
    Paths::under(home)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Id;
    use crate::mention::wire::WireItem;
    use crate::pipeline::{History, worker};
    use crate::run::picture::Town;

    #[test]
    fn a_home_is_laid_out_once_and_keeps_what_was_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = folder.path().join("town");
        prepare(Some(&home)).expect("it lays out");
        let plan = home.join("plan/initiatives.toml");
        std::fs::write(&plan, "# mine\n").expect("it writes");
        prepare(Some(&home)).expect("it lays out again");
        assert_eq!(std::fs::read_to_string(&plan).expect("it reads"), "# mine\n");
        assert!(home.join("storm.jsonl").is_file());
    }

    #[test]
    fn the_demo_starts_at_its_own_instant() {
        let config = Config::parse(FILES[0].1, Path::new("config.toml")).expect("the demo's configuration parses");
        let starts_at = config.demo.starts_at.expect("the demo names its instant");
        let fresh = crate::clock::Clock::now(&clock(&config, None, 1.0));
        assert!(fresh >= starts_at && fresh < starts_at + chrono::TimeDelta::minutes(1));
        let later = starts_at + chrono::TimeDelta::hours(3);
        assert!(crate::clock::Clock::now(&clock(&config, Some(later), 1.0)) >= later);
    }

    /// Everything the town says, each post received when it was posted; what rose after it, if it is one of the storm.
    fn rises_of_the_storm() -> Vec<Vec<(Option<Id>, u8)>> {
        let town = Town::load().expect("the town loads");
        let stream = |name: &str| {
            let (_, text) = FILES.iter().find(|(file, _)| *file == name).expect("the demo has it");
            let item = |line: &str| {
                let item = WireItem::parse(line.as_bytes()).expect("a mention");
                let at = item.posted_at.expect("it was posted").to_utc();
                item.into_raw(name.into(), at)
            };
            text.lines().map(item).collect::<Vec<_>>()
        };
        let mut items = [stream("mentions.jsonl"), stream("storm.jsonl")].concat();
        items.sort_by_key(|item| item.received_at);
        let (mut items, mut rises) = (items.into_iter(), Vec::new());
        let next = || items.next().map(|item| worker::Work { items: vec![item], rest: () });
        worker::run(
            next,
            History::new,
            || town.plan.clone(),
            |done, ()| {
                if done.items.iter().any(|item| &*item.mention.source == "storm.jsonl") {
                    rises.push(done.surges.into_iter().map(|surge| (surge.initiative, surge.level)).collect());
                }
            },
        );
        rises
    }

    /// A rise takes four voices: the storm is exceptional with its fourth mention, or three later. The water it is about
    /// rises before, with the notice of that afternoon.
    #[test]
    fn the_storm_is_called_while_it_begins() {
        let rises = rises_of_the_storm();
        assert_eq!(rises.len(), 90);
        let level = |initiative: Option<&str>, mention: usize| {
            let found = rises[mention - 1].iter().find(|(of, _)| of.as_deref() == initiative);
            found.map_or(0, |(_, level)| *level)
        };
        assert!(level(Some("water"), 1) >= 1, "{:?}", rises[0]);
        assert_eq!(level(None, 4 + 3), 3, "{:?}", rises[6]);
        assert_eq!(level(Some("water"), 90), 3, "{:?}", rises[89]);
    }
}
