use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::mention::MentionId;
use crate::mention::fixtures::mention;
use crate::pipeline::assessment::{ClusterRef, Hit};
use crate::plan::At;

/// A Monday at noon.
fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_763_985_600, 0).expect("an instant")
}

/// A town that is listened to.
struct Town {
    surges: Surges,
    posts: u32,
}

impl Town {
    fn new() -> Self {
        Self { surges: Surges::new(false), posts: 0 }
    }

    /// Two weeks of three posts an hour about water, spread over the hour.
    fn of_two_weeks() -> Self {
        let mut town = Self::new();
        for minute in (0..14 * 24 * 60).step_by(20) {
            town.says(noon() - TimeDelta::days(14) + TimeDelta::minutes(minute), "the water on Birch", |_, _| ());
        }
        town
    }

    /// A post about water that arrives when it is posted, unless `change` says otherwise; the rises it is part of.
    fn says(
        &mut self,
        at: DateTime<Utc>,
        text: &str,
        change: impl FnOnce(&mut Mention, &mut Assessment),
    ) -> Vec<SurgeHit> {
        self.posts += 1;
        let mut mention = mention("town", &self.posts.to_string(), text, at);
        mention.author.handle = Some(format!("neighbour{}", self.posts));
        (mention.posted_at, mention.received_at) = (Some(at), at);
        (mention.thread, mention.reply_to, mention.identity.permalink) = (None, None, None);
        let mut found = Assessment { relevant: true, ..Assessment::pending() };
        let at = At { file: "initiatives.toml".into(), line: 1 };
        found.initiatives.push(Hit { id: "water".into(), rule: "water.match".into(), at, spans: Vec::new() });
        change(&mut mention, &mut found);
        let mut sight = Sight::default();
        let rises = self.surges.look(&mention, &found, &Tokens::of(text), &mut sight);
        self.surges.observe(&sight);
        rises
    }

    fn levels(&self) -> Vec<(Option<Id>, u8)> {
        self.surges.now().into_iter().map(|surge| (surge.initiative, surge.level)).collect()
    }
}

/// Eight people within four minutes.
fn rise(town: &mut Town, text: &str, change: impl Fn(u32, &mut Mention, &mut Assessment)) -> Vec<u8> {
    let levels = (0..8).map(|number| {
        let at = noon() + TimeDelta::seconds(30 * i64::from(number));
        let rises = town.says(at, text, |mention, found| change(number, mention, found));
        rises.iter().filter(|rise| rise.initiative.is_some()).map(|rise| rise.level).max().unwrap_or(0)
    });
    levels.collect()
}

#[test]
fn two_usual_weeks_call_nothing() {
    assert_eq!(Town::of_two_weeks().levels(), []);
}

#[test]
fn a_rise_is_called_while_it_happens_told_with_its_words_and_over_when_it_is() {
    let mut town = Town::of_two_weeks();
    let levels = rise(&mut town, "brown water everywhere #ElmStreet", |_, _, _| ());
    assert!(levels[..3].iter().all(|level| *level == 0), "too early: {levels:?}");
    assert!(levels[7] >= 1 && levels.is_sorted(), "not called: {levels:?}");
    let now = town.surges.now();
    let water = now.iter().find(|surge| surge.initiative.as_deref() == Some("water")).expect("water rises");
    assert!(water.organic >= 6 && water.usual_tenths < 30, "{water:?}");
    assert!(water.terms.iter().any(|term| &**term == "#elmstreet"), "{water:?}");
    assert!(water.since < noon() + TimeDelta::minutes(4) && water.over_at > noon(), "{water:?}");
    town.surges.tick((noon() + TimeDelta::hours(2)).timestamp());
    assert_eq!(town.levels(), []);
}

#[test]
fn what_counts_less_calls_later_or_not_at_all() {
    let campaign = |_: u32, _: &mut Mention, found: &mut Assessment| {
        found.cluster = Some(ClusterRef { id: MentionId::new("town:first"), size: 9 });
    };
    assert_eq!(rise(&mut Town::of_two_weeks(), "copied", campaign)[..7], [0; 7]);
    let one_author = |_: u32, mention: &mut Mention, _: &mut Assessment| mention.author.handle = Some("one".into());
    assert_eq!(rise(&mut Town::of_two_weeks(), "all mine", one_author), [0; 8]);
    let backlog = |_: u32, mention: &mut Mention, _: &mut Assessment| mention.backlog = true;
    assert_eq!(rise(&mut Town::of_two_weeks(), "long ago", backlog), [0; 8]);
    let late = |_: u32, mention: &mut Mention, _: &mut Assessment| mention.received_at += TimeDelta::hours(3);
    assert_eq!(rise(&mut Town::of_two_weeks(), "found out later", late), [0; 8]);
    let irrelevant = |_: u32, _: &mut Mention, found: &mut Assessment| found.relevant = false;
    assert_eq!(rise(&mut Town::of_two_weeks(), "elsewhere", irrelevant), [0; 8]);
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    let (mut sorted, mut mixed) = (Town::of_two_weeks(), Town::of_two_weeks());
    let at = |number: i64| noon() + TimeDelta::seconds(40 * number);
    for number in 0..9 {
        sorted.says(at(number), "brown", |_, _| ());
    }
    for number in [8, 0, 5, 3, 7, 1, 2, 6, 4] {
        mixed.says(at(number), "brown", |mention, _| mention.received_at = at(9));
    }
    assert_eq!(sorted.levels(), mixed.levels());
    assert!(!sorted.levels().is_empty());
}

#[test]
fn looking_changes_nothing_and_a_post_seen_twice_counts_once() {
    let mut town = Town::of_two_weeks();
    for _ in 0..20 {
        let rises = town.says(noon(), "the same post", |mention, _| mention.id = MentionId::new("town:same"));
        assert_eq!(rises, []);
    }
}

#[test]
fn what_was_kept_by_the_hour_gives_the_same_expectations() {
    let heard = Town::of_two_weeks();
    let first = (noon() - TimeDelta::days(14)).timestamp() / 3600;
    let hours: Vec<Counted> = (first..first + 14 * 24)
        .flat_map(|hour| [None, Some(Id::from("water"))].map(|initiative| Counted { hour, initiative, quarters: 12 }))
        .collect();
    let mut kept = Town::new();
    kept.surges.restore(&hours);
    let expected = |town: &Town| {
        let track = town.surges.track(Some(1)).expect("water is known");
        track.baseline.expected(noon().timestamp(), 3600, &town.surges.prior)
    };
    assert_eq!(expected(&heard), expected(&kept));
}

#[test]
fn weeks_without_a_word_are_nobody_listening() {
    let mut town = Town::of_two_weeks();
    let back = noon() + TimeDelta::days(20);
    for minute in (0..600).step_by(20) {
        let rises = town.says(back + TimeDelta::minutes(minute), "the water on Birch", |_, _| ());
        assert_eq!(rises, [], "after {minute} minutes");
    }
}

#[test]
fn a_sudden_storm_about_what_was_never_heard_of_is_called() {
    let mut town = Town::new();
    let mut called = false;
    for number in 0..60 {
        called |= !town.says(noon() + TimeDelta::seconds(number * 10), "fire", |_, _| ()).is_empty();
    }
    assert!(called);
}
