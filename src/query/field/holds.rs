//! Asks a subject what a field test wants to know; what is not known does not hold.

use chrono::{DateTime, FixedOffset, NaiveTime, Timelike};

use super::{Has, Is, Metric, Moment, StatusTest, Test};
use crate::query::{DeskSubject, Subject, VerdictSubject};

/// The value of `lang:` for what changes between languages.
const MIXED: &str = "mixed";

impl Test {
    /// Asks `subject`; what it does not know does not hold.
    pub fn holds<S: Subject + ?Sized>(&self, subject: &S) -> bool {
        match self {
            Self::Network(network) => subject.network() == network.token(),
            Self::Source(pattern) => pattern.holds(subject.source()),
            Self::Lang(wanted) if wanted == MIXED => subject.verdict().is_some_and(VerdictSubject::is_mixed),
            Self::Lang(wanted) => {
                let found = subject.verdict().and_then(|verdict| verdict.language()).or_else(|| subject.lang());
                found.is_some_and(|found| language_fits(wanted, found))
            }
            Self::Kind(kind) => subject.kind() == *kind,
            Self::Has(Has::Link) => subject.has_link(),
            Self::Has(Has::Media) => subject.has_media(),
            Self::Metric(metric, comparison, value) => {
                let known = match metric {
                    Metric::Followers => subject.followers(),
                    Metric::Likes => subject.likes(),
                    Metric::Reposts => subject.reposts(),
                };
                known.is_some_and(|known| comparison.holds(&known, value))
            }
            Self::Is(Is::Reposted) => subject.reposts().is_some_and(|reposts| reposts > 0),
            Self::Status(_) | Self::Priority(..) | Self::Age(..) | Self::Posted(..) => self.holds_desk(subject),
            _ => self.holds_verdict(subject),
        }
    }

    fn holds_verdict<S: Subject + ?Sized>(&self, subject: &S) -> bool {
        let Some(verdict) = subject.verdict() else { return false };
        match self {
            Self::Initiative(pattern) => verdict.any_initiative(&mut |id| pattern.holds(id)),
            Self::Stakeholder(pattern) => verdict.any_stakeholder(&mut |id| pattern.holds(id)),
            Self::Message(pattern) => verdict.any_message(&mut |id| pattern.holds(id)),
            Self::Place(pattern) => verdict.any_place(&mut |id| pattern.holds(id)),
            Self::Rumour(pattern) => verdict.any_rumour(&mut |id| pattern.holds(id)),
            Self::Protocol(pattern) => verdict.any_protocol(&mut |id| pattern.holds(id)),
            Self::Criterion(pattern) => verdict.any_criterion(&mut |id| pattern.holds(id)),
            Self::Clause(pattern) => verdict.any_clause(&mut |id| pattern.holds(id)),
            Self::Tone(tone) => verdict.tone() == Some(*tone),
            Self::Hostility(comparison, level) => {
                verdict.hostility().is_some_and(|found| comparison.holds(&found, level))
            }
            Self::Target(target) => verdict.target() == Some(*target),
            Self::Danger(danger) => verdict.has_danger(*danger),
            Self::Type(post_type) => verdict.post_type() == Some(*post_type),
            Self::Urgency(comparison, level) => verdict.urgency().is_some_and(|found| comparison.holds(&found, level)),
            Self::Cluster(comparison, size) => {
                let now = subject.desk().and_then(DeskSubject::copies);
                now.or_else(|| verdict.cluster()).is_some_and(|found| comparison.holds(&found, size))
            }
            Self::Surge(pattern) => verdict.any_surge(&mut |id| pattern.holds(id)),
            Self::Is(Is::Relevant) => verdict.relevant(),
            Self::Is(is) => is.intent().is_some_and(|intent| verdict.has_intent(intent)),
            _ => false,
        }
    }

    fn holds_desk<S: Subject + ?Sized>(&self, subject: &S) -> bool {
        let Some(desk) = subject.desk() else { return false };
        match self {
            Self::Status(StatusTest::Open) => desk.status().is_open(),
            Self::Status(StatusTest::Is(status)) => desk.status() == *status,
            Self::Priority(comparison, level) => desk.level().is_some_and(|found| comparison.holds(&found, level)),
            Self::Age(comparison, seconds) => {
                comparison.holds(&desk.age().num_seconds(), &i64::try_from(*seconds).unwrap_or(i64::MAX))
            }
            Self::Posted(comparison, moment) => {
                desk.posted().is_some_and(|posted| comparison.holds(&moment.alike(posted), moment))
            }
            _ => false,
        }
    }
}

impl Moment {
    /// The day or the minute of `posted`, whichever this is.
    pub(in crate::query) fn alike(self, posted: DateTime<FixedOffset>) -> Self {
        let local = posted.naive_local();
        match self {
            Self::Day(_) => Self::Day(local.date()),
            Self::Minute(_) => {
                let time = NaiveTime::from_hms_opt(local.hour(), local.minute(), 0).unwrap_or_default();
                Self::Minute(local.date().and_time(time))
            }
        }
    }
}

/// `fr` fits `fr-CA`; `fr-CA` fits only itself.
fn language_fits(wanted: &str, found: &str) -> bool {
    let same = |a: &str, b: &str| {
        a.len() == b.len()
            && a.bytes().zip(b.bytes()).all(|(a, b)| a == b.to_ascii_lowercase() || (a == b'-' && b == b'_'))
    };
    let primary = found.split(['-', '_']).next().unwrap_or_default();
    same(wanted, found) || same(wanted, primary)
}
