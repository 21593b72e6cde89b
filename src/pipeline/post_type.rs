//! The type of a post as the road map's model, the Air Force's response assessment, tells them apart: a suggestion.
//!
//! What enters: what was found out of a mention's words and the rumours it repeats. What leaves: one type, or none where nothing
//! speaks for one. A table of cases, the first that holds: no text is read here, and no type is surer than the labels it
//! rests on. Where somebody may be in danger there is no type: the protocol says what to do.

use crate::mention::{Confidence, Intent, PostType, Target, Tone};

use super::assessment::{Assessment, TypeGuess};

/// How sure a case is at most: a type is a view of other labels, which can be wrong as well.
const AT_MOST: Confidence = Confidence::percent(85);
/// An open rumour was written down by a person.
const RUMOUR: Confidence = Confidence::percent(80);
/// What counts against an unsure label.
const UNSURE: Confidence = Confidence::percent(45);

/// What is asked of the labels.
struct View<'a>(&'a Assessment);

impl View<'_> {
    /// How surely the author wants this.
    fn wants(&self, intent: Intent) -> Option<Confidence> {
        self.0.intents.iter().find(|hit| hit.intent == intent).map(|hit| hit.confidence)
    }

    /// True when there is something to answer or to do.
    fn has_substance(&self) -> bool {
        let answerable = [Intent::Question, Intent::ServiceRequest, Intent::Claim, Intent::MediaInquiry];
        answerable.into_iter().filter_map(|intent| self.wants(intent)).any(|confidence| confidence >= UNSURE)
    }

    fn is_negative(&self) -> bool {
        self.0.tone.leaning == Tone::Negative
    }

    fn is_positive(&self) -> bool {
        self.0.tone.leaning == Tone::Positive
    }

    /// True for insults to people rather than anger at what was done.
    fn is_at_people(&self) -> bool {
        matches!(self.0.hostility.target, Some(Target::Person | Target::Resident | Target::Group))
    }
}

/// The type of a mention whose words were read.
pub(super) fn judge(found: &Assessment) -> Option<TypeGuess> {
    let view = View(found);
    let endangered = found.hostility.level >= 3 || found.dangers.iter().any(super::assessment::DangerHit::is_sure);
    let (label, confidence) = match found.hostility.level {
        _ if endangered => None,
        _ if !found.rumours.is_empty() => Some((PostType::Misguided, RUMOUR)),
        0 => calm(&view),
        level => Some(heated(&view, level)),
    }?;
    Some(TypeGuess { label, confidence: confidence.min(AT_MOST) })
}

/// Rude or abusive: who has something to be answered is heard all the same, as long as it is only rude.
fn heated(view: &View<'_>, level: u8) -> (PostType, Confidence) {
    let hostile = view.0.hostility.confidence;
    let served = view.wants(Intent::ServiceRequest).max(view.wants(Intent::Complaint)).unwrap_or_default();
    if level == 1 && view.has_substance() && served >= UNSURE {
        return (PostType::UnhappyCustomer, served.min(Confidence::percent(70)));
    }
    if view.is_at_people() && !view.has_substance() {
        return (PostType::Troll, hostile.min(Confidence::percent(75)));
    }
    (PostType::Rager, hostile)
}

fn calm(view: &View<'_>) -> Option<(PostType, Confidence)> {
    let complaint = view.wants(Intent::Complaint);
    let request = view.wants(Intent::ServiceRequest);
    let asks = view.wants(Intent::Question);
    match (complaint, request, view.wants(Intent::Claim)) {
        (Some(complaint), Some(request), _) => Some((PostType::UnhappyCustomer, complaint.max(request))),
        (None, Some(request), _) if view.is_negative() => {
            Some((PostType::UnhappyCustomer, request.min(view.0.tone.confidence)))
        }
        (_, None, Some(claim)) if asks.is_none() && !view.is_positive() => {
            Some((PostType::Misguided, claim.min(Confidence::percent(60))))
        }
        (Some(complaint), None, _) if view.0.hostility.target == Some(Target::Service) => {
            Some((PostType::UnhappyCustomer, complaint))
        }
        (Some(complaint), None, _) => Some((PostType::Balanced, complaint.min(Confidence::percent(70)))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::pipeline::assessment::{Hit, Hostility, IntentHit, ToneGuess};
    use crate::plan::At;

    const SURE: Confidence = Confidence::percent(80);

    fn said(level: u8, target: Option<Target>, tone: Tone, intents: &[Intent]) -> Assessment {
        let mut found = Assessment::pending();
        found.hostility = Hostility { level, target, confidence: SURE, ..Hostility::default() };
        found.tone = ToneGuess { label: tone, leaning: tone, confidence: SURE, ..ToneGuess::default() };
        found.intents =
            intents.iter().map(|&intent| IntentHit { intent, confidence: SURE, spans: Vec::new() }).collect();
        found
    }

    #[rstest]
    #[case::nothing(0, None, Tone::Neutral, &[], None)]
    #[case::thanks(0, None, Tone::Positive, &[Intent::Thanks], None)]
    #[case::question(0, None, Tone::Neutral, &[Intent::Question], None)]
    #[case::calm_request(0, None, Tone::Neutral, &[Intent::ServiceRequest], None)]
    #[case::failed_service(0, None, Tone::Negative, &[Intent::ServiceRequest], Some(PostType::UnhappyCustomer))]
    #[case::complaint_of_a_service(0, Some(Target::Service), Tone::Negative, &[Intent::Complaint], Some(PostType::UnhappyCustomer))]
    #[case::fair_criticism(0, Some(Target::Policy), Tone::Negative, &[Intent::Complaint], Some(PostType::Balanced))]
    #[case::wrong_fact(0, None, Tone::Negative, &[Intent::Claim], Some(PostType::Misguided))]
    #[case::rude_but_served(1, Some(Target::Staff), Tone::Negative, &[Intent::ServiceRequest], Some(PostType::UnhappyCustomer))]
    #[case::rude_and_nothing_to_answer(1, Some(Target::Elected), Tone::Negative, &[Intent::Complaint], Some(PostType::Rager))]
    #[case::abusive(2, Some(Target::Staff), Tone::Negative, &[Intent::ServiceRequest], Some(PostType::Rager))]
    #[case::insults(2, Some(Target::Resident), Tone::Negative, &[], Some(PostType::Troll))]
    #[case::a_threat_has_no_type(3, Some(Target::Elected), Tone::Negative, &[], None)]
    fn types(
        #[case] level: u8,
        #[case] target: Option<Target>,
        #[case] tone: Tone,
        #[case] intents: &[Intent],
        #[case] label: Option<PostType>,
    ) {
        let guess = judge(&said(level, target, tone, intents));
        assert_eq!(guess.map(|guess| guess.label), label);
        assert!(guess.is_none_or(|guess| guess.confidence <= AT_MOST));
    }

    #[test]
    fn who_repeats_a_rumour_is_misguided_rather_than_anything_else() {
        let mut found = said(1, None, Tone::Negative, &[Intent::Complaint]);
        let at = At { file: "rumours.toml".into(), line: 1 };
        found.rumours = vec![Hit { id: "lead".into(), rule: "lead.match".into(), at, spans: Vec::new() }];
        assert_eq!(judge(&found).map(|guess| guess.label), Some(PostType::Misguided));
    }
}
