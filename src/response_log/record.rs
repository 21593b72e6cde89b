//! One line of the log, and the draft it is made from.
//!
//! What enters: a [`Draft`], and the place in the chain it gets. What leaves: the line. The line's bytes before its
//! last `,"hash":` are what its hash is computed from, so that `sed` and `sha256sum` can check it.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde::{Deserialize, Serialize, Serializer};
use sha2::{Digest, Sha256};
use strum::{AsRefStr, Display, EnumIter, EnumString, IntoStaticStr};

use super::escape;
use crate::mention::{Disposition, Id, Labels, Mention, MentionId, NoResponseReason};
use crate::plan::Plan;
use crate::triage::{Answer, Awaits, Batch, CaseState, Context, Entry, Event, RecordId, Reply};

/// The program as it names itself in each record.
pub const APP: &str = concat!("frontdesk ", env!("CARGO_PKG_VERSION"));

/// A SHA-256 in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hash(Arc<str>);

impl Hash {
    /// What the first record of a chain follows.
    pub fn zero() -> Self {
        Self("0".repeat(64).into())
    }

    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let digest = Sha256::digest(bytes);
        let hex = digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            hex.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
            hex.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
            hex
        });
        Self(hex.into())
    }

    /// 64 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What a record says was done.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    AsRefStr,
    Display,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Act {
    /// [`Event::Decided`].
    Decided,
    /// [`Event::Copied`].
    Copied,
    /// [`Event::Posted`].
    Posted,
    /// [`Event::Linked`].
    Linked,
    /// [`Event::Escalated`].
    Escalated,
    /// [`Event::Snoozed`].
    Snoozed,
    /// [`Event::Awaited`].
    Awaited,
    /// [`Event::Noted`].
    Noted,
    /// [`Event::Claimed`].
    Claimed,
    /// [`Event::Released`].
    Released,
    /// [`Event::Captured`].
    Captured,
    /// [`Event::Overridden`].
    Overridden,
    /// [`Event::Relabelled`].
    Relabelled,
    /// [`Event::Opened`].
    Opened,
    /// [`Event::Undone`].
    Undone,
    /// The writer found the chain damaged and went on after the last line.
    ChainBreak,
    /// Written by a later version of the program; kept, shown as it is, and without effect here.
    #[serde(other)]
    Unknown,
}

/// Where the chain was found damaged, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainBreak {
    /// The file's name in the log's folder.
    pub file: String,
    /// The line, counted from 1.
    pub line: u64,
    /// The kind of damage, as `log verify` names it.
    pub cause: String,
}

/// One record; the order of its fields is the order of the line's keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The version of this format.
    pub v: u32,
    /// The desk whose chain it stands in.
    pub desk: Id,
    /// Its place in that chain, from 1.
    pub seq: u64,
    /// When, in the plan's time zone.
    #[serde(serialize_with = "to_the_millisecond")]
    pub at: DateTime<FixedOffset>,
    /// Who.
    pub actor: Id,
    /// What.
    pub act: Act,
    /// The last record the actor had seen for this mention.
    pub base: Option<RecordId>,
    /// The bulk act it belongs to.
    pub batch: Option<Batch>,
    /// The mention as it was at that moment.
    pub mention: Option<Arc<Mention>>,
    /// What became of it.
    pub disposition: Option<Disposition>,
    /// Why no response is given.
    pub reason: Option<NoResponseReason>,
    /// The branch of the road map.
    pub path: Option<Vec<Id>>,
    /// The text that was copied or posted.
    pub reply: Option<Reply>,
    /// What the answer was for.
    pub purpose: Option<String>,
    /// Who approved the text.
    pub authorized_by: Option<String>,
    /// The records it takes back.
    pub undoes: Option<Vec<RecordId>>,
    /// The other mentions that taking them back reaches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<MentionId>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where the posted reply stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
    /// The tier escalated to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<u8>,
    /// Whom it was escalated to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The brief that was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brief: Option<String>,
    /// By when an escalation is to be acknowledged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DateTime<Utc>>,
    /// Until when it is snoozed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// What it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaits: Option<Awaits>,
    /// The outcome chosen over the suggested one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Id>,
    /// What a person answered to the road map's questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// What a person said of its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Labels>,
    /// What the program had said of the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Labels>,
    /// The damage that was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damage: Option<ChainBreak>,
    /// The moderation clause cited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Id>,
    /// The records series of the disposition, as the plan in force had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<Id>,
    /// The hash of the plan that was in force.
    pub plan: Option<Arc<str>>,
    /// The program and its version.
    pub app: String,
    /// The hash of the record before, zeros for a chain's first.
    pub prev: Hash,
    /// The hash of this line's bytes before its last `,"hash":`.
    #[serde(skip_serializing)]
    pub hash: Hash,
}

fn to_the_millisecond<S: Serializer>(at: &DateTime<FixedOffset>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.to_rfc3339_opts(SecondsFormat::Millis, false))
}

impl Record {
    /// Its identity.
    pub fn id(&self) -> RecordId {
        RecordId { desk: self.desk.clone(), seq: self.seq }
    }

    /// The mention it is about.
    pub fn mention_id(&self) -> Option<&MentionId> {
        self.mention.as_deref().map(|mention| &mention.id)
    }

    /// Every mention whose case this record changes: its own, and those an undo reaches.
    pub fn touches(&self) -> impl Iterator<Item = &MentionId> {
        self.mention_id().into_iter().chain(&self.also)
    }

    /// What the fold needs; none for records without effect on a case.
    pub fn entry(&self) -> Option<Entry> {
        let event = self.event()?;
        let (at, actor) = (self.at.to_utc(), self.actor.clone());
        Some(Entry { id: self.id(), at, actor, batch: self.batch.clone(), event })
    }

    /// What happened. None for `chain_break`, for acts of a later version, and where a field it needs is missing.
    pub fn event(&self) -> Option<Event> {
        Some(match self.act {
            Act::Decided => {
                let (reason, note, clause) = (self.reason, self.note.clone(), self.clause.clone());
                Event::Decided { disposition: self.disposition?, reason, note, clause }
            }
            Act::Copied => Event::Copied { reply: self.reply.clone()?, authorized_by: self.authorized_by.clone() },
            Act::Posted => Event::Posted {
                reply: self.reply.clone()?,
                authorized_by: self.authorized_by.clone(),
                permalink: self.permalink.clone(),
                disposition: self.disposition?,
            },
            Act::Linked => Event::Linked { permalink: self.permalink.clone()? },
            Act::Escalated => Event::Escalated {
                tier: self.tier?,
                to: self.to.clone()?,
                brief: self.brief.clone().unwrap_or_default(),
                due: self.due,
            },
            Act::Snoozed => Event::Snoozed { until: self.until? },
            Act::Awaited => Event::Awaited { awaits: self.awaits? },
            Act::Noted => Event::Noted { note: self.note.clone()? },
            Act::Claimed => Event::Claimed,
            Act::Released => Event::Released,
            Act::Captured => Event::Captured,
            Act::Overridden => Event::Overridden {
                outcome: self.outcome.clone()?,
                path: self.path.clone().unwrap_or_default(),
                answers: self.answers.clone(),
                note: self.note.clone(),
            },
            Act::Relabelled => Event::Relabelled {
                labels: self.labels.clone()?,
                was: self.was.clone().unwrap_or_default(),
                note: self.note.clone(),
            },
            Act::Opened => Event::Opened,
            Act::Undone => Event::Undone { undoes: self.undoes.clone()? },
            Act::ChainBreak | Act::Unknown => return None,
        })
    }

    /// The line without its newline; sets [`Record::hash`] to what it ends with.
    pub fn seal(&mut self) -> serde_json::Result<String> {
        let hashed = self.hashed()?;
        self.hash = Hash::of(hashed.as_bytes());
        Ok(self.end(hashed))
    }

    /// The line without its newline, with the hash the record has: right only if nothing was changed since.
    pub fn line(&self) -> serde_json::Result<String> {
        Ok(self.end(self.hashed()?))
    }

    fn hashed(&self) -> serde_json::Result<String> {
        let mut line = escape::to_line(self)?;
        line.pop();
        Ok(line)
    }

    fn end(&self, mut line: String) -> String {
        line.push_str(",\"hash\":\"");
        line.push_str(self.hash.as_str());
        line.push_str("\"}");
        line
    }

    /// The bytes of a line that its hash is computed from, and the hash it states.
    pub fn split_line(line: &str) -> Option<(&str, &str)> {
        let (hashed, rest) = line.rsplit_once(",\"hash\":")?;
        Some((hashed, rest.strip_prefix('"')?.strip_suffix("\"}")?))
    }
}

/// What a draft's author had seen of the mention's records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// The last record seen, or that there was none.
    Seen(Option<RecordId>),
    /// The record this log itself is still to append, or appended last, for the mention: for acts that queue behind
    /// an act of the same desk whose record number is not known yet.
    Own,
}

/// A decided event on its way into the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Id,
    /// The mention as it is now.
    pub mention: Arc<Mention>,
    /// What happened.
    pub event: Event,
    /// What the actor had seen.
    pub base: Base,
    /// The other mentions that an `undone` touches, each with its last record: they must not have changed either.
    pub also: Vec<(MentionId, Option<RecordId>)>,
    /// The branch of the road map taken; an override brings its own.
    pub path: Vec<Id>,
    /// What the answer is for.
    pub purpose: Option<String>,
    /// The records series of the event's disposition.
    pub series: Option<Id>,
    /// The hash of the plan in force.
    pub plan: Option<Arc<str>>,
}

impl Draft {
    /// A draft of `event` as decided in `context`; what the plan in force adds is still missing.
    pub fn new(mention: Arc<Mention>, event: Event, context: &Context<'_>) -> Self {
        Self {
            at: context.now,
            actor: context.actor.clone(),
            mention,
            event,
            base: Base::Seen(context.base.cloned()),
            also: Vec::new(),
            path: Vec::new(),
            purpose: None,
            series: None,
            plan: None,
        }
    }

    /// The drafts of one command: the later ones stand on the earlier ones.
    pub fn of_command(mention: &Arc<Mention>, events: Vec<Event>, context: &Context<'_>) -> Vec<Self> {
        let draft = |(nth, event)| {
            let mut draft = Self::new(mention.clone(), event, context);
            if nth > 0 {
                draft.base = Base::Own;
            }
            draft
        };
        events.into_iter().enumerate().map(draft).collect()
    }

    /// Adds what goes with the event under the plan in force: the plan's hash, the branch of the road map taken, and the
    /// records series of what became of the mention.
    pub fn under(&mut self, plan: &Plan, path: Vec<Id>) {
        self.path = path;
        self.plan = Some(plan.hash.0.clone());
        self.series = match &self.event {
            Event::Decided { disposition, .. } | Event::Posted { disposition, .. } => {
                plan.series_of(*disposition).map(|series| series.id.clone())
            }
            _ => None,
        };
    }

    /// Adds the cases an undo of a bulk act reaches beyond its own.
    #[must_use]
    pub fn reaching<'a>(mut self, cases: impl IntoIterator<Item = (&'a MentionId, &'a CaseState)>) -> Self {
        self.also = cases.into_iter().map(|(id, case)| (id.clone(), case.last().cloned())).collect();
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixtures::{at, draft, note};
    use super::super::make::{Place, record};
    use super::*;
    use crate::mention::Language;

    fn sealed(draft: &Draft) -> (Record, String) {
        let at = at(10).fixed_offset();
        let place = Place { id: RecordId::new("k3f9", 7), at, prev: Hash::zero() };
        let mut record = record(draft, place, None, None);
        let line = record.seal().expect("a record serialises");
        (record, line)
    }

    proptest! {
        #[test]
        fn a_record_reads_back_as_itself_whatever_was_said(
            said in any::<String>(), noted in any::<String>(), answered in any::<String>(), name in any::<String>(),
        ) {
            let mut draft = draft("m-1", note(&noted), None);
            let mention = Arc::make_mut(&mut draft.mention);
            mention.text = said.clone();
            mention.original = Some(said + "\u{202e}\u{1b}[2J");
            mention.author.name = Some(name);
            draft.purpose = Some(noted.clone());
            let reply = Reply { message: None, lang: Language::Fr, text: answered, edited: true, holding: false };
            let copied = Draft { event: Event::Copied { reply, authorized_by: Some(noted) }, ..draft.clone() };
            for draft in [draft, copied] {
                let (record, line) = sealed(&draft);
                prop_assert!(!line.contains(escape::is_unsafe));
                let read: Record = serde_json::from_str(&line).expect("the line reads");
                prop_assert_eq!(&read, &record);
                let event = read.event();
                prop_assert_eq!(event.as_ref(), Some(&draft.event));
                let (hashed, stated) = Record::split_line(&line).expect("a hash");
                let computed = Hash::of(hashed.as_bytes());
                prop_assert_eq!(computed.as_str(), stated);
            }
        }
    }

    #[test]
    fn the_snapshot_calls_the_original_raw() {
        let mut draft = draft("m-1", note("x"), None);
        Arc::make_mut(&mut draft.mention).original = Some("\u{202e}x".to_owned());
        assert!(sealed(&draft).1.contains(r#""raw":"\u202ex""#));
    }

    #[test]
    fn clause_series_and_answers_stand_before_the_plan_and_are_left_out_when_absent() {
        let plain = sealed(&draft("m-1", note("x"), None)).1;
        assert!(["clause", "series", "answers"].iter().all(|key| !plain.contains(&format!("\"{key}\""))), "{plain}");
        let mut cited = draft("m-1", moderated("C-2"), None);
        cited.series = Some("1400-20".into());
        let (record, line) = sealed(&cited);
        assert!(line.contains(r#""clause":"C-2","series":"1400-20","plan":"#), "{line}");
        assert_eq!(record.event(), Some(cited.event));
        let walked = draft("m-1", walked("rant"), None);
        let (record, line) = sealed(&walked);
        assert!(line.contains(r#""answers":[{"step":"rant","yes":true}],"plan":"#), "{line}");
        assert_eq!(record.event(), Some(walked.event));
    }

    fn moderated(clause: &str) -> Event {
        let (disposition, clause) = (Disposition::ModerationRecorded, Some(clause.into()));
        Event::Decided { disposition, reason: None, note: None, clause }
    }

    fn walked(step: &str) -> Event {
        let answers = vec![Answer { step: step.into(), yes: true, against: false }];
        Event::Overridden { outcome: "let_stand".into(), path: vec![step.into()], answers, note: None }
    }

    #[test]
    fn labels_stand_in_the_record_with_what_they_replace() {
        let labels = Labels { hostility: Some(0), ..Labels::default() };
        let was = Labels { hostility: Some(2), ..Labels::default() };
        let relabelled = draft("m-1", Event::Relabelled { labels, was, note: None }, None);
        let (record, line) = sealed(&relabelled);
        assert!(line.contains(r#""act":"relabelled""#), "{line}");
        assert!(line.contains(r#""labels":{"hostility":0},"was":{"hostility":2}"#), "{line}");
        assert_eq!(record.event(), Some(relabelled.event));
    }

    #[test]
    fn an_act_of_a_later_version_is_kept_without_effect() {
        let line = sealed(&draft("m-1", note("x"), None)).1.replace("\"noted\"", "\"sung\"");
        let read: Record = serde_json::from_str(&line).expect("the line reads");
        assert_eq!((read.act, read.entry()), (Act::Unknown, None));
    }
}
