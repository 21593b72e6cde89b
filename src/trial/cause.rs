//! Why an assessment came as it did: the rules that held with their words, the ones that did not, the points, the answers.
//!
//! What enters: what was found out about a mention, and the part of it that is asked about. What leaves: typed causes, each
//! with its place in the plan; [`super::wording`] words them. Whatever comes from the plan or the mention is made safe
//! to show here.

use serde::{Serialize, Serializer};

use crate::mention::{Id, Language, Level, Mention, Span};
use crate::pipeline::{Assessment, Bound, Fired, Seen};
use crate::plan::{At, CriterionVerdict, HasId, Initiative, MessageStatus, Named, Part, Plan, Rule, RuleKind};
use crate::query::{Lacking, lacking};
use crate::text::clean_line;
use crate::text::tokens::Tokens;
use crate::text::width::truncate;

use super::examine::Examined;
use super::expect::Failure;

/// So many words are quoted of what a rule matched.
const MAX_WORDS: usize = 5;
/// None of them is longer.
const MAX_COLUMNS: usize = 60;

/// One reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// A rule did not hold.
    Silent {
        /// Its name.
        rule: Id,
        /// Its place.
        at: At,
        /// What would have made it hold, as its query spells it; the nearest way only.
        #[serde(serialize_with = "asked")]
        lacks: Lacking,
    },
    /// A rule held.
    Held {
        /// Its name.
        rule: Id,
        /// Its place.
        at: At,
        /// What it found in the text; empty when something else decided, such as the author.
        words: Vec<String>,
    },
    /// A rule says that it is not about the organization, which takes the initiatives and messages away.
    Against {
        /// Its name.
        rule: Id,
        /// Its place.
        at: At,
        /// What it found in the text.
        words: Vec<String>,
    },
    /// No initiative and no criterion speaks for it.
    NothingSpeaks,
    /// The author's account is one of the group's, or is not.
    Account {
        /// The group.
        id: Id,
        /// Whether it is.
        there: bool,
        /// Where its accounts stand.
        at: At,
    },
    /// Nothing in the plan looks for it: it has no rule.
    NoRule {
        /// What has none.
        id: Id,
        /// Its place.
        at: At,
    },
    /// Messages come with an initiative, and that one is there, or is not.
    Through {
        /// The messages.
        ids: Vec<Id>,
        /// The initiative.
        initiative: Id,
        /// Whether the initiative is there.
        there: bool,
    },
    /// A retired message never answers.
    Retired {
        /// The message.
        id: Id,
        /// Its place.
        at: At,
    },
    /// The score and the level it gives alone.
    Score {
        /// The sum of the points.
        score: i32,
        /// The level of that sum.
        level: Level,
    },
    /// A contribution to the score.
    Points {
        /// What gives them.
        name: String,
        /// How many.
        points: i32,
        /// Where the plan says so; none for a built-in rule.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<At>,
    },
    /// A floor held.
    Floor {
        /// Its name.
        name: Id,
        /// Its level.
        level: Level,
        /// Its place.
        at: At,
    },
    /// A cap held.
    Cap {
        /// Its name.
        name: Id,
        /// Its level.
        level: Level,
        /// Its place.
        at: At,
    },
    /// How a step of the road map was answered.
    Answer {
        /// The step.
        step: Id,
        /// Its answer.
        yes: bool,
        /// True when nobody answered: the plan assumes it.
        assumed: bool,
        /// Its rule's place, else its own.
        at: At,
    },
    /// The language as it was taken.
    Language {
        /// Which.
        code: Language,
        /// From 0 to 1.
        confidence: f32,
    },
    /// What in the text shows an intent.
    Evidence {
        /// The intent.
        intent: &'static str,
        /// What shows it.
        words: Vec<String>,
    },
    /// No built-in rule finds that intent.
    NoEvidence {
        /// The intent.
        intent: Id,
    },
}

/// A mention with what was found out about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) mention: &'a Mention,
    pub(super) found: &'a Examined<'a>,
}

impl Ground<'_> {
    /// Why a test fails.
    pub(super) fn of_failure(self, failure: &Failure) -> Vec<Cause> {
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
    pub(super) fn relevance(self) -> Vec<Cause> {
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
    pub(super) fn priority(self) -> Vec<Cause> {
        let priority = &self.assessment().priority;
        let level = self.plan().priority.levels.level(priority.score);
        let mut reasons = vec![Cause::Score { score: priority.score, level }];
        reasons.extend(points(self.assessment()));
        reasons.extend(priority.cap.iter().map(cap));
        reasons.extend(priority.floor.iter().map(floor));
        reasons
    }

    /// Every step met, with its answer.
    pub(super) fn walk(self) -> Vec<Cause> {
        let answer = |(step, yes): (&crate::plan::Step, bool)| Cause::Answer {
            step: step.id.clone(),
            yes,
            assumed: step.rule.is_none(),
            at: step.rule.as_ref().map_or(&step.at, |rule| &rule.at).clone(),
        };
        self.found.walk().steps.into_iter().map(answer).collect()
    }

    /// Why `id` is among `part`.
    pub(super) fn presence(self, part: Part, id: &Id) -> Vec<Cause> {
        if part == Part::Intents {
            let hits = self.assessment().intents.iter().filter(|hit| hit.intent.token() == &**id);
            let shown = hits.map(|hit| Cause::Evidence { intent: hit.intent.token(), words: self.words(&hit.spans) });
            return shown.collect();
        }
        let mut reasons: Vec<Cause> =
            rules(self.plan(), part, id).into_iter().filter_map(|(kind, _)| self.held(kind)).collect();
        if part == Part::Stakeholders && reasons.is_empty() {
            let group = self.plan().stakeholders.by_id(id);
            reasons.extend(group.map(|group| Cause::Account {
                id: id.clone(),
                there: true,
                at: group.handles_at.clone(),
            }));
        }
        if part == Part::Messages {
            let matched = self.owners(id).filter(|owner| self.is_there(owner));
            for owner in matched {
                reasons.push(Cause::Through { ids: vec![id.clone()], initiative: owner.id.clone(), there: true });
                reasons.extend(self.presence(Part::Initiatives, &owner.id));
            }
        }
        reasons
    }

    /// Why `id` is not among `part`.
    pub(super) fn absence(self, part: Part, id: &Id) -> Vec<Cause> {
        match part {
            Part::Intents => return vec![Cause::NoEvidence { intent: id.clone() }],
            Part::Top if self.is_there_by_id(id) => return self.presence(part, id),
            Part::Messages => return self.absence_of_message(id),
            Part::Places => return self.absence_of_place(id),
            _ => {}
        }
        let mut reasons = self.silence(part, id);
        if part == Part::Stakeholders {
            let group = self.plan().stakeholders.by_id(id).filter(|group| !group.handles.is_empty());
            let at = group.map(|group| group.handles_at.clone());
            reasons.extend(at.map(|at| Cause::Account { id: id.clone(), there: false, at }));
        }
        if reasons.is_empty() {
            reasons.extend(self.place_of(part, id).map(|at| Cause::NoRule { id: id.clone(), at }));
        }
        if matches!(part, Part::Initiatives | Part::Top) && !self.assessment().relevant {
            reasons.extend(self.objections());
        }
        reasons
    }

    fn absence_of_message(self, id: &Id) -> Vec<Cause> {
        let Some(message) = self.plan().messages.by_id(id) else { return Vec::new() };
        if message.status == MessageStatus::Retired {
            return vec![Cause::Retired { id: id.clone(), at: message.at.clone() }];
        }
        let mut reasons = self.silence(Part::Messages, id);
        for owner in self.owners(id) {
            reasons.push(Cause::Through {
                ids: vec![id.clone()],
                initiative: owner.id.clone(),
                there: self.is_there(owner),
            });
            reasons.extend(self.absence(Part::Initiatives, &owner.id));
        }
        if reasons.is_empty() {
            reasons.push(Cause::NoRule { id: id.clone(), at: message.at.clone() });
        }
        reasons
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
    pub(super) fn objections(self) -> Vec<Cause> {
        let elsewhere = self.assessment().places.iter().filter_map(|place| place.elsewhere.as_ref());
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

    /// The initiatives a message belongs to.
    fn owners(&self, message: &Id) -> impl Iterator<Item = &Initiative> {
        let own = self.plan().messages.by_id(message).and_then(|message| message.initiative.clone());
        self.plan()
            .initiatives
            .iter()
            .filter(move |initiative| own.as_ref() == Some(&initiative.id) || initiative.messages.contains(message))
    }

    fn is_there(self, initiative: &Initiative) -> bool {
        self.is_there_by_id(&initiative.id)
    }

    fn is_there_by_id(self, initiative: &Id) -> bool {
        self.assessment().initiatives.iter().any(|hit| hit.id == *initiative)
    }

    fn place_of(self, part: Part, id: &str) -> Option<At> {
        let plan = self.plan();
        match part {
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

/// Each cause once, and the messages that come with one initiative together.
pub(super) fn gathered(causes: impl Iterator<Item = Cause>) -> Vec<Cause> {
    let mut kept: Vec<Cause> = Vec::new();
    for cause in causes {
        if kept.contains(&cause) {
            continue;
        }
        let Cause::Through { ids, initiative, there } = &cause else {
            kept.push(cause);
            continue;
        };
        let same = kept.iter_mut().find_map(|known| match known {
            Cause::Through { ids, initiative: of, there: known } if of == initiative && known == there => Some(ids),
            _ => None,
        });
        match same {
            Some(known) => known.extend(ids.iter().filter(|id| !known.contains(id)).cloned().collect::<Vec<_>>()),
            None => kept.push(cause),
        }
    }
    kept
}

/// The contributions to the score, as the NDJSON output spells them.
pub(super) fn points(assessment: &Assessment) -> impl Iterator<Item = Cause> {
    assessment.priority.reasons.iter().map(|reason| Cause::Points {
        name: clean_line(&reason.name()).into_owned(),
        points: reason.points,
        at: reason.at.clone(),
    })
}

pub(super) fn floor(bound: &Bound) -> Cause {
    Cause::Floor { name: safe(&bound.name), level: bound.level, at: bound.at.clone() }
}

pub(super) fn cap(bound: &Bound) -> Cause {
    Cause::Cap { name: safe(&bound.name), level: bound.level, at: bound.at.clone() }
}

/// The parts of the query that stand in the way.
fn asked<S: Serializer>(lacks: &Lacking, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(lacks.lacks.iter().map(|lack| clean_line(&lack.asked.to_string()).into_owned()))
}

/// A name of the plan without control or format characters.
pub(super) fn safe(name: &Id) -> Id {
    match clean_line(name) {
        std::borrow::Cow::Borrowed(_) => name.clone(),
        std::borrow::Cow::Owned(clean) => clean.into(),
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
        Part::Protocols => [of(&plan.protocols, id, RuleKind::Protocol, |it| Some(&it.rule)), None],
        Part::Clauses => [of(&plan.clauses, id, RuleKind::Clause, |it| it.rule.as_ref()), None],
        Part::Relevant | Part::Language | Part::Intents | Part::Priority | Part::Path | Part::Suggested => [None, None],
    };
    both.into_iter().flatten().collect()
}
