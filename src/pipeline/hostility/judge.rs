//! The judgement: what the rules found and how sure the model has to be for it.
//!
//! What enters: an [`AbuseReading`], the model's scores, and the dangers found in the same text. What leaves: the level of
//! hostility with confidence and evidence, and whether the text is offensive. A wrong accusation costs more on a desk than a
//! missed one, so a text in which the rules found nothing is called hostile only when the model is very sure, and one whose
//! harsh words are quoted, denied or aimed at nobody hardly ever.

use super::{AbuseReading, Ground, Kinds, Struck};
use crate::mention::{Confidence, Danger, Span, Target};
use crate::pipeline::assessment::{DangerHit, Hostility};
use crate::pipeline::model::{Head, Model, Scores};
use crate::pipeline::signals::Signals;
use crate::text::tokens::{MarkKind, Tokens};

/// Words the model names as evidence where the rules have none.
const MODEL_EVIDENCE: usize = 3;

/// What the model's scores must exceed by the ground the rules give.
struct Bars {
    /// The hostile head, for hostile.
    hostile: i32,
    /// The offensive head, for hostile: two witnesses where the rules are none.
    seconded: i32,
    /// The offensive head, for offensive.
    offensive: i32,
}

fn bars(ground: Ground) -> Bars {
    let (hostile, seconded, offensive) = match ground {
        Ground::Struck => (-900, i32::MIN, -600),
        Ground::Hit => (-700, i32::MIN, -600),
        Ground::Touched => (-300, i32::MIN, -300),
        Ground::Spared => (800, 300, 200),
        Ground::Named | Ground::Coloured => (0, 0, 0),
        Ground::Sworn => (700, 0, 0),
        Ground::People => (600, 450, 450),
        Ground::Plain => (100, 100, 100),
    };
    Bars { hostile, seconded, offensive }
}

/// How often a text is hostile whose score is so far above or below its bar, in percent: measured on the gauge texts, and
/// level beyond the ends.
const SURENESS: [(i32, i32); 7] = [(-800, 1), (-400, 4), (-150, 15), (0, 50), (200, 72), (500, 88), (1000, 95)];

/// Above this score of the abusive head a hostile text is abusive though the rules found less.
const ABUSIVE: i32 = 500;
/// Below it the model takes back what the rules call abusive.
const NOT_ABUSIVE: i32 = -700;

impl AbuseReading {
    /// How hostile the text is, and whether it is offensive.
    pub fn judge(&self, signals: &Signals, scores: &Scores, tokens: &Tokens, dangers: &[DangerHit]) -> Hostility {
        let bars = bars(self.ground());
        let (hostile, offensive) = (scores.of(Head::Hostile), scores.of(Head::Offensive));
        let margin = (hostile - bars.hostile).min(offensive.saturating_sub(bars.seconded));
        let offensive = offensive > bars.offensive;
        let sure = sureness(margin);
        let mut found = Hostility { offensive, ..Hostility::default() };
        if margin > 0 {
            found.level = self.level(scores);
            found.offensive = true;
            found.confidence = Confidence::percent(sure);
            found.spans = self.evidence(signals, tokens);
            found.target = Some(self.target(tokens));
        } else {
            found.confidence = Confidence::percent(100 - sure);
        }
        self.endangered(&mut found, tokens, dangers)
    }

    fn level(&self, scores: &Scores) -> u8 {
        let abusive = scores.of(Head::Abusive);
        match (self.heaviest(), self.sum()) {
            (4.., _) | (_, 7..) if abusive > NOT_ABUSIVE => 2,
            _ if abusive > ABUSIVE => 2,
            _ => 1,
        }
    }

    /// A threat is the highest level, and private details spread are abuse.
    fn endangered(&self, found: &mut Hostility, tokens: &Tokens, dangers: &[DangerHit]) -> Hostility {
        for hit in dangers {
            let level = match hit.danger {
                Danger::Threat => 3,
                Danger::Doxxing => 2,
                _ => continue,
            };
            if level <= found.level {
                continue;
            }
            found.target = found.target.or_else(|| Some(self.target(tokens)));
            (found.level, found.confidence) = (level, hit.confidence);
            found.spans.extend(hit.spans.iter().cloned());
            crate::pipeline::merge_spans(&mut found.spans);
        }
        std::mem::take(found)
    }

    fn evidence(&self, signals: &Signals, tokens: &Tokens) -> Vec<Span> {
        let mut spans = self.spans(tokens);
        if spans.is_empty() {
            spans = Model::shared().evidence(Head::Hostile, signals.features(), tokens, MODEL_EVIDENCE);
        }
        crate::pipeline::merge_spans(&mut spans);
        spans
    }

    /// At whom: whoever the heaviest strike names, else whom the text speaks of.
    fn target(&self, tokens: &Tokens) -> Target {
        let mut strikes: Vec<_> = self.strikes.iter().collect();
        strikes.sort_by_key(|strike| std::cmp::Reverse(strike.weight));
        let named = strikes.iter().find_map(|strike| match strike.struck {
            Struck::People(kinds) => target_of(kinds),
            _ => None,
        });
        let struck = strikes.first().map(|strike| strike.struck);
        named.or_else(|| self.spoken_of()).unwrap_or(match struck {
            Some(Struck::Handle) => Target::Service,
            Some(Struck::You | Struck::Somebody) | None if has_handle(tokens) => Target::Service,
            _ => Target::Person,
        })
    }

    /// The people or things the text is about.
    fn spoken_of(&self) -> Option<Target> {
        let any = |kind: Kinds| self.scene.all().iter().any(|kinds| kinds.any(kind));
        [
            (Kinds::ELECTED, Target::Elected),
            (Kinds::STAFF, Target::Staff),
            (Kinds::IDENTITY, Target::Group),
            (Kinds::RESIDENT, Target::Resident),
            (Kinds::GROUP, Target::Group),
            (Kinds::SERVICE, Target::Service),
            (Kinds::POLICY, Target::Policy),
        ]
        .into_iter()
        .find_map(|(kind, target)| any(kind).then_some(target))
    }
}

fn has_handle(tokens: &Tokens) -> bool {
    tokens.marks().iter().any(|mark| mark.kind == MarkKind::Handle)
}

fn target_of(kinds: Kinds) -> Option<Target> {
    [
        (Kinds::IDENTITY, Target::Group),
        (Kinds::ELECTED, Target::Elected),
        (Kinds::STAFF, Target::Staff),
        (Kinds::GROUP, Target::Group),
        (Kinds::RESIDENT, Target::Resident),
    ]
    .into_iter()
    .find_map(|(kind, target)| kinds.any(kind).then_some(target))
}

/// How sure a text this far above or below its bar is hostile, in percent.
fn sureness(margin: i32) -> u8 {
    let after = SURENESS.partition_point(|(at, _)| *at <= margin);
    let percent = match (after.checked_sub(1).map(|before| SURENESS[before]), SURENESS.get(after)) {
        (Some((from, low)), Some(&(to, high))) => low + (high - low) * (margin - from) / (to - from),
        (Some((_, last)), None) => last,
        (None, _) => SURENESS[0].1,
    };
    percent.clamp(0, 100) as u8
}
