//! What of the plan a mention matches: initiatives, stakeholder groups, criteria, places, rumours, key messages, facts.
//!
//! What enters: a mention's words and the plan's compiled match rules. What leaves: hits with their places in the text
//! and in the plan, ranked. A criterion that says "not about us" takes the initiatives away as well, unless a
//! decisive one says otherwise: a water main in another town is not this town's initiative. So does a place whose
//! negative context shows that another one of its name is meant, where no place is here.

use crate::mention::{Id, Mention, Span};
use crate::plan::{HasId, Holding, Initiative, Message, Plan, RuleKind, RuleRef};
use crate::query::EngineScratch;

use super::assessment::{Assessment, Election, Hit, PlaceHit};
use super::relevance::Relevance;
use super::subject::Said;

/// What was matched.
#[derive(Debug, Default)]
pub(super) struct Matches {
    pub(super) relevant: bool,
    pub(super) relevance: Vec<Hit>,
    pub(super) initiatives: Vec<Hit>,
    pub(super) stakeholders: Vec<Hit>,
    pub(super) messages: Vec<Id>,
    pub(super) facts: Vec<Id>,
    pub(super) holdings: Vec<Id>,
    pub(super) places: Vec<PlaceHit>,
    pub(super) rumours: Vec<Hit>,
    pub(super) labels: Vec<Hit>,
    pub(super) election: Option<Election>,
}

/// Positions in the plan's lists that go with the hits, until they are ranked.
#[derive(Debug, Default)]
struct Positions {
    initiatives: Vec<usize>,
    stakeholders: Vec<usize>,
    messages: Vec<(usize, usize)>,
    holdings: Vec<usize>,
    places: Vec<usize>,
    rumours: Vec<usize>,
    candidates: Vec<(usize, Vec<Span>)>,
}

/// Runs the match rules.
pub(super) fn find(plan: &Plan, said: Said<'_>, scratch: &mut EngineScratch) -> Matches {
    let mut matches = Matches::default();
    let mut positions = Positions::default();
    let mut relevance = Relevance::default();
    plan.match_rules.engine.run(&said, scratch, |rule, spans| {
        let rule = &plan.match_rules.table[rule];
        relevance.add(plan, rule.kind);
        matches.add(plan, rule, spans, &mut positions);
    });
    matches.add_groups_of_author(plan, said, &mut positions);
    matches.election = election(plan, said.mention, &mut positions);
    matches.relevant = relevance.holds();
    if !matches.relevant {
        matches.initiatives.clear();
        matches.rumours.clear();
        positions.initiatives.clear();
        positions.rumours.clear();
    }
    matches.rank(plan, &mut positions);
    matches.holdings = holdings(plan, &positions);
    if matches.relevant {
        matches.messages = messages(plan, positions);
        matches.facts = facts(plan, &matches.messages);
    }
    matches
}

impl Matches {
    /// An assessment with what is known so far; what the verdict rules give is still to come.
    pub(super) fn into_assessment(self, plan: &Plan) -> Assessment {
        Assessment {
            relevant: self.relevant,
            relevance: self.relevance,
            initiatives: self.initiatives,
            stakeholders: self.stakeholders,
            messages: self.messages,
            facts: self.facts,
            holdings: self.holdings,
            places: self.places,
            rumours: self.rumours,
            labels: self.labels,
            election: self.election,
            plan: plan.hash.clone(),
            ..Assessment::pending()
        }
    }

    fn add(&mut self, plan: &Plan, rule: &RuleRef, spans: &[Span], positions: &mut Positions) {
        match rule.kind {
            RuleKind::Initiative(at) | RuleKind::InitiativeTags(at) => {
                if positions.initiatives.last() == Some(&at)
                    && let Some(hit) = self.initiatives.last_mut()
                {
                    add_spans(hit, spans);
                } else {
                    positions.initiatives.push(at);
                    self.initiatives.push(hit(&plan.initiatives[at], rule, spans));
                }
            }
            RuleKind::Stakeholder(at) => {
                positions.stakeholders.push(at);
                self.stakeholders.push(hit(&plan.stakeholders[at], rule, spans));
            }
            RuleKind::Criterion(at) => self.relevance.push(hit(&plan.criteria[at], rule, spans)),
            RuleKind::Message(at) => positions.messages.push((at, spans.len())),
            RuleKind::Holding(at) => positions.holdings.push(at),
            RuleKind::Rumour(at) => {
                positions.rumours.push(at);
                self.rumours.push(hit(&plan.rumours[at], rule, spans));
            }
            RuleKind::Place(at) => {
                positions.places.push(at);
                self.places.push(PlaceHit { hit: hit(&plan.places[at], rule, spans), elsewhere: None });
            }
            // The negative context stands right behind its place in the table; without the place it says nothing.
            RuleKind::PlaceNot(at) => {
                if positions.places.last() == Some(&at)
                    && let Some(place) = self.places.last_mut()
                {
                    place.elsewhere = Some(hit(&plan.places[at], rule, spans));
                }
            }
            RuleKind::Label(at) => self.labels.push(hit(&plan.labels[at], rule, spans)),
            RuleKind::Candidate(at) => positions.candidates.push((at, spans.to_vec())),
            RuleKind::Contribution(_)
            | RuleKind::Floor(_)
            | RuleKind::Cap(_)
            | RuleKind::Step(_)
            | RuleKind::Tier(_)
            | RuleKind::Protocol(_)
            | RuleKind::Template(_)
            | RuleKind::Clause(_) => {}
        }
    }

    /// Groups that name the author's account among their handles.
    fn add_groups_of_author(&mut self, plan: &Plan, said: Said<'_>, positions: &mut Positions) {
        let Some(handle) = said.mention.author.handle.as_deref() else { return };
        for &at in plan.groups_of_handle(handle) {
            if !positions.stakeholders.contains(&at) {
                let group = &plan.stakeholders[at];
                let rule = format!("{}.handles", group.id).into();
                positions.stakeholders.push(at);
                self.stakeholders.push(Hit { id: group.id.clone(), rule, at: group.at.clone(), spans: Vec::new() });
            }
        }
    }

    /// Initiatives one of whose places is here before those without, then by how much of the text speaks of them, then
    /// by posture; groups by weight; rumours still open before settled ones; ties as the plan has them.
    fn rank(&mut self, plan: &Plan, positions: &mut Positions) {
        if self.initiatives.len() > 1 {
            let here = |id: &str| self.places.iter().any(|place| place.is_here() && &*place.hit.id == id);
            sort_together(&mut self.initiatives, &mut positions.initiatives, |hit, at| {
                let initiative = &plan.initiatives[at];
                let on_site = initiative.places.iter().any(|place| here(place));
                let posture = plan.priority.posture.points(initiative.posture);
                let bytes: usize = hit.spans.iter().map(ExactSizeIterator::len).sum();
                std::cmp::Reverse((on_site, hit.spans.len(), bytes, posture))
            });
        }
        if self.rumours.len() > 1 {
            sort_together(&mut self.rumours, &mut positions.rumours, |_, at| !plan.rumours[at].status.is_open());
        }
        if self.stakeholders.len() > 1 {
            sort_together(&mut self.stakeholders, &mut positions.stakeholders, |_, at| {
                std::cmp::Reverse(plan.stakeholders[at].weight)
            });
        }
    }
}

pub(super) fn hit(item: &impl HasId, rule: &RuleRef, spans: &[Span]) -> Hit {
    Hit { id: item.id().clone(), rule: rule.name.clone(), at: rule.at.clone(), spans: spans.to_vec() }
}

fn add_spans(hit: &mut Hit, spans: &[Span]) {
    hit.spans.extend_from_slice(spans);
    super::merge_spans(&mut hit.spans);
}

fn sort_together<K: Ord>(hits: &mut Vec<Hit>, positions: &mut Vec<usize>, key: impl Fn(&Hit, usize) -> K) {
    let mut pairs: Vec<(Hit, usize)> = hits.drain(..).zip(positions.drain(..)).collect();
    pairs.sort_by_cached_key(|(hit, at)| (key(hit, *at), *at));
    (*hits, *positions) = pairs.into_iter().unzip();
}

/// The election period of the mention's own day, and whether a candidate of it is named.
fn election(plan: &Plan, mention: &Mention, positions: &mut Positions) -> Option<Election> {
    if plan.elections.is_empty() {
        return None;
    }
    let day = plan.organization.hours.local_day(mention.clock_start());
    let period = plan.election_on(day)?;
    let named = positions.candidates.iter_mut().find(|(at, _)| plan.elections[*at].id == period.id);
    let (candidate, spans) = named.map_or((false, Vec::new()), |(_, spans)| (true, std::mem::take(spans)));
    Some(Election { id: period.id.clone(), candidate, spans })
}

/// Messages whose own rule matched, then those of the initiatives in their order; retired ones never. A message that
/// belongs to initiatives speaks for them alone: its own rule counts only where one of them matched.
fn messages(plan: &Plan, mut positions: Positions) -> Vec<Id> {
    positions.messages.retain(|&(at, _)| speaks_for(plan, &plan.messages[at], &positions.initiatives));
    positions.messages.sort_by_key(|&(at, spans)| (std::cmp::Reverse(spans), at));
    let mut ranked: Vec<usize> = positions.messages.iter().map(|&(at, _)| at).collect();
    for &initiative in &positions.initiatives {
        let initiative = &plan.initiatives[initiative];
        ranked.extend(initiative.messages.iter().filter_map(|id| plan.messages.position(id)));
        let own =
            plan.messages.iter().enumerate().filter(|(_, message)| message.initiative.as_ref() == Some(&initiative.id));
        ranked.extend(own.map(|(at, _)| at));
    }
    let mut ids: Vec<Id> = Vec::with_capacity(ranked.len());
    for message in ranked.into_iter().map(|at| &plan.messages[at]) {
        if !message.approval.is_retired() && !ids.contains(&message.id) {
            ids.push(message.id.clone());
        }
    }
    ids
}

/// Whether one of the message's initiatives is among the `matched`, or it belongs to none.
fn speaks_for(plan: &Plan, message: &Message, matched: &[usize]) -> bool {
    let owns = |initiative: &Initiative| {
        message.initiative.as_ref() == Some(&initiative.id) || initiative.messages.contains(&message.id)
    };
    matched.iter().any(|&at| owns(&plan.initiatives[at])) || !plan.initiatives.iter().any(owns)
}

/// Holding statements whose own rule matched, unless they are for initiatives of which none did. The gravest first. What
/// is not relevant is not passed over here: somebody in danger is answered wherever it is said.
fn holdings(plan: &Plan, positions: &Positions) -> Vec<Id> {
    let fits = |holding: &&Holding| {
        holding.initiatives.is_empty()
            || positions.initiatives.iter().any(|&at| holding.initiatives.contains(&plan.initiatives[at].id))
    };
    let mut fitting: Vec<&Holding> = positions.holdings.iter().map(|&at| &plan.holdings[at]).filter(fits).collect();
    fitting.sort_by_key(|holding| std::cmp::Reverse(holding.severity));
    fitting.into_iter().map(|holding| holding.id.clone()).collect()
}

fn facts(plan: &Plan, messages: &[Id]) -> Vec<Id> {
    let mut ids: Vec<Id> = Vec::new();
    for fact in messages.iter().filter_map(|id| plan.messages.by_id(id)).flat_map(|message| &message.facts) {
        if !ids.contains(fact) {
            ids.push(fact.clone());
        }
    }
    ids
}
