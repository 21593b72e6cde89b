//! The tasks that ask for one label a text.
//!
//! What enters: a text's assessment and the label somebody gave the text. What leaves: both as positions in the
//! task's classes. A task reads its labels in one of several spellings, words or the numbers that published sets use; the first
//! spelling in which every label of the table can be read is taken, so that no number is ever guessed by itself. A table
//! whose labels are none of them can name those that mean yes.

use chrono::{DateTime, Utc};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use super::mention_of;
use super::score::Scores;
use super::table::Labelled;
use crate::mention::{Confidence, Danger, Intent, Language, Tone};
use crate::pipeline::{Assessment, Assessor};
use crate::plan::Plan;

/// What can be asked of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "snake_case")]
pub enum Task {
    /// Negative, neutral, positive.
    Sentiment,
    /// Unacceptable language or an insult, or not.
    Offensive,
    /// 0 to 3; or hostile at all.
    Hostility,
    /// A threat, or not.
    Threat,
    /// A threat, self-harm, doxxing, a child in danger, or nothing.
    Danger,
    /// English, French, another one.
    Language,
    /// A question, or not; without its question mark, should the table have taken it away.
    Question,
    /// A request for service, or not.
    Request,
    /// A complaint, or not.
    Complaint,
    /// A claim that can be checked, or not.
    Claim,
    /// Thanks, or not.
    Thanks,
    /// A media inquiry, or not.
    Media,
}

/// A way to spell a task's labels.
struct Scheme {
    classes: &'static [&'static str],
    /// Each spelling with the position of its class.
    spellings: &'static [(&'static str, usize)],
    says: fn(&Assessment) -> Said,
}

/// What was said of a text: a position in the classes, and how surely where that is shown.
type Said = (usize, Option<Confidence>);

const POLAR: &[&str] = &["negative", "neutral", "positive"];
const YES_NO: &[&str] = &["no", "yes"];
const NO: [(&str, usize); 8] =
    [("no", 0), ("none", 0), ("not", 0), ("other", 0), ("0", 0), ("false", 0), ("-", 0), ("non", 0)];

/// The spellings of a yes or no: the usual ones and the task's own words.
macro_rules! yes_no {
    ($($word:literal),+; $($not:literal),*) => {
        &[
            NO[0], NO[1], NO[2], NO[3], NO[4], NO[5], NO[6], NO[7], $(($not, 0),)*
            ("yes", 1), ("1", 1), ("true", 1), ("oui", 1), $(($word, 1)),+
        ]
    };
}

const SENTIMENT: &[Scheme] = &[
    Scheme {
        classes: POLAR,
        spellings: &[
            ("negative", 0),
            ("neg", 0),
            ("neutral", 1),
            ("neu", 1),
            ("positive", 2),
            ("pos", 2),
            ("négatif", 0),
            ("neutre", 1),
            ("positif", 2),
            ("n", 0),
            ("u", 1),
            ("p", 2),
        ],
        says: sentiment,
    },
    Scheme { classes: POLAR, spellings: &[("-1", 0), ("0", 1), ("1", 2)], says: sentiment },
    Scheme { classes: POLAR, spellings: &[("0", 0), ("1", 1), ("2", 2)], says: sentiment },
];

const OFFENSIVE: &[Scheme] = &[
    Scheme {
        classes: YES_NO,
        spellings: yes_no!("off", "offensive", "toxic", "hof", "hate", "hateful", "abusive", "disrespectful", "fearful";
            "normal", "neither", "clean", "not_offensive", "non-offensive"),
        says: |found| yes(found.hostility.offensive),
    },
    // Davidson and others: 0 hate, 1 offensive, 2 neither.
    Scheme {
        classes: YES_NO,
        spellings: &[("0", 1), ("1", 1), ("2", 0)],
        says: |found| yes(found.hostility.offensive),
    },
];

const HOSTILITY: &[Scheme] = &[
    Scheme {
        classes: &["none", "heated", "abusive", "threat"],
        spellings: &[
            ("0", 0),
            ("none", 0),
            ("1", 1),
            ("heated", 1),
            ("rude", 1),
            ("2", 2),
            ("abusive", 2),
            ("3", 3),
            ("threat", 3),
        ],
        says: |found| (usize::from(found.hostility.level), Some(found.hostility.confidence)),
    },
    Scheme {
        classes: YES_NO,
        spellings: yes_no!("hostile", "toxic", "offensive", "off", "hateful", "hate", "abusive", "disrespectful", "fearful";
            "normal", "calm", "non-hateful", "neither"),
        says: |found| (usize::from(found.hostility.level > 0), Some(found.hostility.confidence)),
    },
];

const THREAT: &[Scheme] = &[Scheme {
    classes: YES_NO,
    spellings: yes_no!("threat", "menace", "3", "threat_dir_h", "threat_norm_h"; "2", "self_harm", "doxxing", "child_safety"),
    says: threat,
}];

const DANGER: &[Scheme] = &[Scheme {
    classes: &["none", "threat", "self_harm", "doxxing", "child_safety"],
    spellings: &[("none", 0), ("-", 0), ("threat", 1), ("self_harm", 2), ("doxxing", 3), ("child_safety", 4)],
    says: danger,
}];

const LANGUAGE: &[Scheme] = &[Scheme {
    classes: &["en", "fr", "other"],
    spellings: &[
        ("en", 0),
        ("eng", 0),
        ("english", 0),
        ("fr", 1),
        ("fra", 1),
        ("french", 1),
        ("français", 1),
        ("other", 2),
        ("es", 2),
        ("de", 2),
        ("it", 2),
        ("pt", 2),
        ("nl", 2),
        ("ar", 2),
        ("hi", 2),
        ("und", 2),
        ("spanish", 2),
        ("german", 2),
        ("italian", 2),
        ("portuguese", 2),
        ("arabic", 2),
        ("hindi", 2),
    ],
    says: |found| {
        let class = match found.language.code {
            Language::En => 0,
            Language::Fr => 1,
            Language::Other => 2,
        };
        (class, Some(found.language.confidence))
    },
}];

const QUESTION: &[Scheme] = &[Scheme {
    classes: YES_NO,
    spellings: yes_no!("question", "q", "?"; "statement", "s", "."),
    says: |found| intent(found, Intent::Question),
}];
const REQUEST: &[Scheme] = &[Scheme {
    classes: YES_NO,
    spellings: yes_no!("request", "service_request"; ""),
    says: |found| intent(found, Intent::ServiceRequest),
}];
const COMPLAINT: &[Scheme] =
    &[Scheme { classes: YES_NO, spellings: yes_no!("complaint"; ""), says: |found| intent(found, Intent::Complaint) }];
const CLAIM: &[Scheme] =
    &[Scheme { classes: YES_NO, spellings: yes_no!("claim"; ""), says: |found| intent(found, Intent::Claim) }];
const THANKS: &[Scheme] =
    &[Scheme { classes: YES_NO, spellings: yes_no!("thanks"; ""), says: |found| intent(found, Intent::Thanks) }];
const MEDIA: &[Scheme] = &[Scheme {
    classes: YES_NO,
    spellings: yes_no!("media", "media_inquiry"; ""),
    says: |found| intent(found, Intent::MediaInquiry),
}];

fn sentiment(found: &Assessment) -> Said {
    let class = match found.tone.leaning {
        Tone::Negative => 0,
        Tone::Positive => 2,
        Tone::Neutral | Tone::Unsure => 1,
    };
    (class, Some(found.tone.confidence))
}

fn threat(found: &Assessment) -> Said {
    let hit = found.dangers.iter().find(|hit| hit.danger == Danger::Threat);
    (usize::from(hit.is_some()), hit.map(|hit| hit.confidence))
}

fn danger(found: &Assessment) -> Said {
    let Some(hit) = found.dangers.iter().find(|hit| hit.danger != Danger::Other) else { return (0, None) };
    let class = match hit.danger {
        Danger::Threat => 1,
        Danger::SelfHarm => 2,
        Danger::Doxxing => 3,
        Danger::ChildSafety | Danger::Other => 4,
    };
    (class, Some(hit.confidence))
}

/// What is not there is shown without a confidence.
fn intent(found: &Assessment, intent: Intent) -> Said {
    let hit = found.intents.iter().find(|hit| hit.intent == intent);
    (usize::from(hit.is_some()), hit.map(|hit| hit.confidence))
}

fn yes(said: bool) -> Said {
    (usize::from(said), None)
}

/// A label no spelling of the task knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {label:?} is no label of {task}: there are {}", known.join(", "))]
pub struct UnknownLabel {
    /// The line in the table.
    pub line: usize,
    /// As written.
    pub label: String,
    /// The task.
    pub task: Task,
    /// What would do.
    pub known: Vec<&'static str>,
}

/// One text that was labelled otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line in the table.
    pub line: usize,
    /// What was expected.
    pub expected: &'static str,
    /// What was said.
    pub said: &'static str,
    /// How surely, where that is shown.
    pub confidence: Option<Confidence>,
    /// The text.
    pub text: String,
}

impl Task {
    /// Its name on the command line.
    pub fn token(self) -> &'static str {
        self.into()
    }

    fn schemes(self) -> &'static [Scheme] {
        match self {
            Self::Sentiment => SENTIMENT,
            Self::Offensive => OFFENSIVE,
            Self::Hostility => HOSTILITY,
            Self::Threat => THREAT,
            Self::Danger => DANGER,
            Self::Language => LANGUAGE,
            Self::Question => QUESTION,
            Self::Request => REQUEST,
            Self::Complaint => COMPLAINT,
            Self::Claim => CLAIM,
            Self::Thanks => THANKS,
            Self::Media => MEDIA,
        }
    }

    /// The spelling in which every label is a yes or a no.
    fn yes_or_no(self) -> &'static Scheme {
        let schemes = self.schemes();
        schemes.iter().find(|scheme| scheme.classes == YES_NO).unwrap_or(&schemes[0])
    }

    /// The labels it reads, in the spelling that comes first.
    pub fn labels(self) -> Vec<&'static str> {
        self.schemes()
            .iter()
            .flat_map(|scheme| scheme.spellings)
            .map(|(word, _)| *word)
            .filter(|w| !w.is_empty())
            .collect()
    }
}

impl Scheme {
    /// The class of a label. Several labels in one, joined by `_`, `,` or `|`, are the highest of them.
    fn class(&self, label: &str) -> Option<usize> {
        let label = label.trim().to_lowercase();
        let one = |word: &str| self.spellings.iter().find(|(known, _)| *known == word).map(|(_, class)| *class);
        one(&label).or_else(|| {
            let parts = label.split(['_', ',', '|']).map(|part| one(part.trim()));
            parts.collect::<Option<Vec<usize>>>().and_then(|parts| parts.into_iter().max())
        })
    }
}

/// Labels every row and counts; answers with the figures and the mistakes. `positive` are the labels that mean yes where the
/// table's own are none of the task's; every other label means no then.
pub fn evaluate(
    task: Task,
    rows: &[Labelled<'_>],
    positive: &[String],
    (plan, at): (&Plan, DateTime<Utc>),
) -> Result<(Scores, Vec<Mistake>), UnknownLabel> {
    let scheme = if positive.is_empty() { scheme_of(task, rows)? } else { task.yes_or_no() };
    let is_positive = |label: &str| positive.iter().any(|word| word.eq_ignore_ascii_case(label.trim()));
    let (mut scores, mut assessor, mut wrong) = (Scores::new(scheme.classes), Assessor::new(), Vec::new());
    for row in rows {
        let class = if positive.is_empty() { scheme.class(row.label) } else { Some(is_positive(row.label).into()) };
        let Some(expected) = class else { continue };
        let assessment = assessor.assess_alone(&mention_of(row.line, &row.text, at), plan);
        let (said, confidence) = (scheme.says)(&assessment);
        scores.add(expected, said, confidence);
        if said != expected {
            let name = |class: usize| scheme.classes.get(class).copied().unwrap_or_default();
            let (expected, said) = (name(expected), name(said));
            wrong.push(Mistake { line: row.line, expected, said, confidence, text: row.text.clone().into_owned() });
        }
    }
    Ok((scores, wrong))
}

/// The first spelling that reads every label; the error names the first label the first spelling cannot read.
fn scheme_of(task: Task, rows: &[Labelled<'_>]) -> Result<&'static Scheme, UnknownLabel> {
    let schemes = task.schemes();
    let unread = |scheme: &Scheme| rows.iter().find(|row| scheme.class(row.label).is_none());
    if let Some(scheme) = schemes.iter().find(|scheme| unread(scheme).is_none()) {
        return Ok(scheme);
    }
    let row = schemes.iter().filter_map(unread).max_by_key(|row| row.line);
    let (line, label) = row.map_or((0, String::new()), |row| (row.line, row.label.to_owned()));
    Err(UnknownLabel { line, label, task, known: task.labels() })
}
