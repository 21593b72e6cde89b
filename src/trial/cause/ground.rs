//! One mention under one plan, asked for the causes of every part of its assessment.
//!
//! What enters: what was found out about the mention. What leaves: why something is there, why it is not, what speaks for
//! and against its being about the organization, what gave the points, how the road map was walked.

use crate::mention::{Id, Mention, Span};
use crate::pipeline::{Assessment, Fired, PlaceHit, Seen};
use crate::plan::{At, CriterionVerdict, HasId, Initiative, Named, Part, Plan, Rule, RuleKind, Step};
use crate::query::lacking;
use crate::reply::Suggestion;
use crate::text::clean_line;
use crate::text::tokens::Tokens;
use crate::text::width::truncate;

use super::{Cause, cap, floor, gathered, points, safe};
use crate::trial::examine::Examined;
use crate::trial::expect::{Failure, came};

/// So many words are quoted of what a rule matched.
const MAX_WORDS: usize = 5;
/// None of them is longer.
const MAX_COLUMNS: usize = 60;

/// A mention with what was found out about it.
#[derive(Debug, Clone, Copy)]
pub(in crate::trial) struct Ground<'a> {
    pub(in crate::trial) mention: &'a Mention,
    pub(in crate::trial) found: &'a Examined<'a>,
    /// Those offered at the moment of the question, blocked ones included.
    pub(in crate::trial) replies: &'a [Suggestion],
}

impl Ground<'_> {
    /// Why a test fails.
    pub(in crate::trial) fn of_failure(self, failure: &Failure) -> Vec<Cause> {
        match failure.part {
            Part::Relevant => self.relevance(),
            Part::Priority => self.priority(),
            Part::Path | Part::Suggested => self.walk(),
            Part::Language => {
                let language = self.assessment().language;
                vec![Cause::Language { code: language.code, confidence: language.confidence }]
            }
            part => {
                let missing = failure.missing.iter().flat_map(|id| self.absence(part, id));
                let there = if part == Part::Top { &failure.came } else { &failure.unexpected };
                gathered(missing.chain(there.iter().flat_map(|id| self.presence(part, id))))
            }
        }
    }

    /// What speaks for and against its being about the organization.
    pub(in crate::trial) fn relevance(self) -> Vec<Cause> {
        let initiatives = self.plan().initiatives.iter().enumerate().flat_map(|(at, _)| {
            [RuleKind::Initiative(at), RuleKind::InitiativeTags(at)].into_iter().filter_map(|kind| self.held(kind))
        });
        let mut reasons: Vec<Cause> = initiatives.chain(self.criteria(CriterionVerdict::Relevant)).collect();
        if reasons.is_empty() {
            reasons.push(Cause::NothingSpeaks);
        }
        reasons.extend(self.objections());
        reasons
    }

    /// The score, what it is made of, and the bounds that moved its level.
    pub(in crate::trial) fn priority(self) -> Vec<Cause> {
        let priority = &self.assessment().priority;
        let level = self.plan().priority.levels.level(priority.score);
        let mut reasons = vec![Cause::Score { score: priority.score, level }];
        reasons.extend(points(self.assessment()));
        reasons.extend(priority.cap.iter().map(cap));
        reasons.extend(priority.floor.iter().map(floor));
        reasons
    }

    /// Every step met, with its answer.
    pub(in crate::trial) fn walk(self) -> Vec<Cause> {
        let answer = |(step, yes): (&Step, bool)| Cause::Answer {
            step: step.id.clone(),
            yes,
            assumed: step.rule.is_none(),
            at: step.rule.as_ref().map_or(&step.at, |rule| &rule.at).clone(),
        };
        self.found.walk().steps.into_iter().map(answer).collect()
    }

    /// Why `id` is among `part`.
    pub(in crate::trial) fn presence(self, part: Part, id: &Id) -> Vec<Cause> {
        if part == Part::Intents {
            let hits = self.assessment().intents.iter().filter(|hit| hit.intent.token() == &**id);
            let shown = hits.map(|hit| Cause::Evidence { intent: hit.intent.token(), words: self.words(&hit.spans) });
            return shown.collect();
        }
        let part = if part == Part::Replies { self.part_of_reply(id) } else { part };
        let mut reasons: Vec<Cause> =
            rules(self.plan(), part, id).into_iter().filter_map(|(kind, _)| self.held(kind)).collect();
        if part == Part::Stakeholders && reasons.is_empty() {
            let group = self.plan().stakeholders.by_id(id);
            let account = |at: &At| Cause::Account { id: id.clone(), there: true, at: at.clone() };
            reasons.extend(group.map(|group| account(&group.handles_at)));
        }
        for owner in self.owners(part, id).into_iter().filter(|owner| self.is_there(&owner.id)) {
            reasons.push(Cause::Through { ids: vec![id.clone()], initiative: owner.id.clone(), there: true });
            reasons.extend(self.presence(Part::Initiatives, &owner.id));
        }
        reasons
    }

    /// Why `id` is not among `part`.
    pub(in crate::trial) fn absence(self, part: Part, id: &Id) -> Vec<Cause> {
        match part {
            Part::Intents => return vec![Cause::NoEvidence { intent: id.clone() }],
            Part::Top if self.is_there(id) => return self.presence(part, id),
            Part::Places => return self.absence_of_place(id),
            Part::Replies => return self.absence_of_reply(id),
            _ => {}
        }
        if let Some(at) = self.retired(part, id) {
            return vec![Cause::Retired { id: id.clone(), at }];
        }
        let mut reasons = self.silence(part, id);
        if part == Part::Stakeholders {
            let group = self.plan().stakeholders.by_id(id).filter(|group| !group.handles.is_empty());
            let account = |at: &At| Cause::Account { id: id.clone(), there: false, at: at.clone() };
            reasons.extend(group.map(|group| account(&group.handles_at)));
        }
        for owner in self.owners(part, id).into_iter().filter(|owner| !self.is_there(&owner.id)) {
            reasons.push(Cause::Through { ids: vec![id.clone()], initiative: owner.id.clone(), there: false });
            reasons.extend(self.absence(Part::Initiatives, &owner.id));
        }
        if reasons.is_empty() {
            reasons.extend(self.place_of(part, id).map(|at| Cause::NoRule { id: id.clone(), at }));
        }
        let about_us = [Part::Initiatives, Part::Top, Part::Messages, Part::Rumours];
        if about_us.contains(&part) && !self.assessment().relevant {
            reasons.extend(self.objections());
        }
        gathered(reasons.into_iter())
    }

    /// A reply is blocked, or nothing offers it: what it comes from is not there, or the mention is not urgent enough.
    fn absence_of_reply(self, id: &Id) -> Vec<Cause> {
        if let Some(reason) =
            self.replies.iter().find(|reply| reply.message == *id).and_then(|reply| reply.blocked.as_ref())
        {
            let zone = self.plan().organization.hours.time_zone;
            return vec![Cause::Blocked { id: id.clone(), zone, reason: reason.clone() }];
        }
        let part = self.part_of_reply(id);
        let mut reasons = if came(part, self.assessment()).contains(id) { Vec::new() } else { self.absence(part, id) };
        reasons.push(Cause::NotOffered { id: id.clone(), level: self.assessment().priority.level });
        reasons
    }

    fn part_of_reply(self, id: &str) -> Part {
        let plan = self.plan();
        let kinds = [
            (plan.messages.position(id), Part::Messages),
            (plan.templates.position(id), Part::Templates),
            (plan.rumours.position(id), Part::Rumours),
        ];
        kinds.into_iter().find(|(at, _)| at.is_some()).map_or(Part::Holdings, |(_, part)| part)
    }

    /// Where a retired message or template stands: it never answers.
    fn retired(self, part: Part, id: &str) -> Option<At> {
        let (approval, at) = match part {
            Part::Messages => self.plan().messages.by_id(id).map(|message| (&message.approval, &message.at))?,
            Part::Templates => self.plan().templates.by_id(id).map(|template| (&template.approval, &template.at))?,
            _ => return None,
        };
        approval.is_retired().then(|| at.clone())
    }

    /// A place's own rule does not hold, or its negative context does.
    fn absence_of_place(self, id: &Id) -> Vec<Cause> {
        let mut rules = rules(self.plan(), Part::Places, id).into_iter();
        let own = rules.next().map(|(kind, rule)| self.held_or_silent(kind, rule));
        let elsewhere = rules.next().and_then(|(kind, _)| self.found.fired(kind)).map(|fired| self.against(fired));
        own.into_iter().chain(elsewhere).collect()
    }

    /// The rules of `id`, held or not.
    fn silence(self, part: Part, id: &Id) -> Vec<Cause> {
        rules(self.plan(), part, id).into_iter().map(|(kind, rule)| self.held_or_silent(kind, rule)).collect()
    }

    fn held_or_silent(self, kind: RuleKind, rule: &Rule) -> Cause {
        self.held(kind).unwrap_or_else(|| {
            let mut tokens = Tokens::default();
            tokens.fill(&self.mention.text);
            let seen = Seen::new(self.mention, &tokens, self.assessment());
            let lacks = lacking(&rule.query, seen.subject(rule.query.stage()));
            Cause::Silent { rule: safe(&rule.name), at: rule.at.clone(), lacks }
        })
    }

    fn against(self, fired: &Fired<'_>) -> Cause {
        let (rule, at) = (safe(&fired.rule.name), fired.rule.at.clone());
        Cause::Against { rule, at, words: self.words(&fired.spans) }
    }

    /// Criteria, and contexts of places elsewhere, that say it is not about the organization.
    pub(in crate::trial) fn objections(self) -> Vec<Cause> {
        let places = &self.assessment().places;
        let nowhere_here = !places.iter().any(PlaceHit::is_here);
        let elsewhere = places.iter().filter(|_| nowhere_here).filter_map(|place| place.elsewhere.as_ref());
        let elsewhere = elsewhere.map(|hit| Cause::Against {
            rule: safe(&hit.rule),
            at: hit.at.clone(),
            words: self.words(&hit.spans),
        });
        self.criteria(CriterionVerdict::NotRelevant).into_iter().chain(elsewhere).collect()
    }

    /// The criteria with this verdict that hold.
    fn criteria(self, verdict: CriterionVerdict) -> Vec<Cause> {
        let criteria = self.plan().criteria.iter().enumerate().filter(|(_, criterion)| criterion.verdict == verdict);
        let held = criteria.filter_map(|(at, _)| self.found.fired(RuleKind::Criterion(at)));
        held.map(|fired| match verdict {
            CriterionVerdict::Relevant => self.told(fired),
            CriterionVerdict::NotRelevant => self.against(fired),
        })
        .collect()
    }

    fn held(self, kind: RuleKind) -> Option<Cause> {
        self.found.fired(kind).map(|fired| self.told(fired))
    }

    fn told(self, fired: &Fired<'_>) -> Cause {
        Cause::Held { rule: safe(&fired.rule.name), at: fired.rule.at.clone(), words: self.words(&fired.spans) }
    }

    /// The first words at `spans`.
    fn words(self, spans: &[Span]) -> Vec<String> {
        let quoted = spans.iter().filter_map(|span| self.mention.text.get(span.clone()));
        quoted.take(MAX_WORDS).map(|words| truncate(&clean_line(words), MAX_COLUMNS).0.into_owned()).collect()
    }

    /// The initiatives that bring a message, template or holding statement, or for which alone it is.
    fn owners(&self, part: Part, id: &Id) -> Vec<&Initiative> {
        let plan = self.plan();
        let named = match part {
            Part::Templates => plan.templates.by_id(id).map(|template| &template.initiatives[..]),
            Part::Holdings => plan.holdings.by_id(id).map(|holding| &holding.initiatives[..]),
            Part::Messages => plan.messages.by_id(id).map(|message| message.initiative.as_slice()),
            _ => None,
        };
        let Some(named) = named else { return Vec::new() };
        let owns = |initiative: &&Initiative| {
            named.contains(&initiative.id) || part == Part::Messages && initiative.messages.contains(id)
        };
        plan.initiatives.iter().filter(owns).collect()
    }

    fn is_there(self, initiative: &Id) -> bool {
        self.assessment().initiatives.iter().any(|hit| hit.id == *initiative)
    }

    fn place_of(self, part: Part, id: &str) -> Option<At> {
        let plan = self.plan();
        match part {
            Part::Messages => plan.messages.by_id(id).map(|message| message.at.clone()),
            Part::Holdings => plan.holdings.by_id(id).map(|holding| holding.at.clone()),
            Part::Templates => plan.templates.by_id(id).map(|template| template.at.clone()),
            Part::Clauses => plan.clauses.by_id(id).map(|clause| clause.at.clone()),
            _ => None,
        }
    }

    fn plan(&self) -> &Plan {
        self.found.plan
    }

    fn assessment(&self) -> &Assessment {
        &self.found.assessment
    }
}

/// The rules that can bring `id` among `part`, with what they are in the plan's tables.
fn rules<'p>(plan: &'p Plan, part: Part, id: &str) -> Vec<(RuleKind, &'p Rule)> {
    fn of<'p, T: HasId>(
        list: &'p Named<T>,
        id: &str,
        kind: fn(usize) -> RuleKind,
        rule: fn(&'p T) -> Option<&'p Rule>,
    ) -> Option<(RuleKind, &'p Rule)> {
        let at = list.position(id)?;
        Some((kind(at), rule(&list[at])?))
    }
    let both = match part {
        Part::Initiatives | Part::Top => [
            of(&plan.initiatives, id, RuleKind::Initiative, |it| Some(&it.rule)),
            of(&plan.initiatives, id, RuleKind::InitiativeTags, |it| it.tags_rule.as_ref()),
        ],
        Part::Stakeholders => [of(&plan.stakeholders, id, RuleKind::Stakeholder, |it| it.rule.as_ref()), None],
        Part::Messages => [of(&plan.messages, id, RuleKind::Message, |it| it.rule.as_ref()), None],
        Part::Holdings => [of(&plan.holdings, id, RuleKind::Holding, |it| it.rule.as_ref()), None],
        Part::Templates => [of(&plan.templates, id, RuleKind::Template, |it| it.rule.as_ref()), None],
        Part::Places => [
            of(&plan.places, id, RuleKind::Place, |it| Some(&it.rule)),
            of(&plan.places, id, RuleKind::PlaceNot, |it| it.not.as_ref()),
        ],
        Part::Rumours => [of(&plan.rumours, id, RuleKind::Rumour, |it| Some(&it.rule)), None],
        Part::Protocols => [of(&plan.protocols, id, RuleKind::Protocol, |it| it.rule.as_ref()), None],
        Part::Clauses => [of(&plan.clauses, id, RuleKind::Clause, |it| it.rule.as_ref()), None],
        Part::Relevant
        | Part::Language
        | Part::Intents
        | Part::Tone
        | Part::Hostility
        | Part::Target
        | Part::Dangers
        | Part::Type
        | Part::Urgency
        | Part::Priority
        | Part::Path
        | Part::Suggested
        | Part::Replies => [None, None],
    };
    both.into_iter().flatten().collect()
}
