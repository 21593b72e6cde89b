//! Places, and what tells them from others of the same name.
//!
//! What enters: `[[place]]` tables; later the whole plan, whose rules name places by `place:`. What leaves: the places,
//! and rules in which each name has become the place's own query, within the size that a plan may have.

use std::collections::HashMap;

use crate::mention::Id;

use crate::query::{Expr, Stage};

use super::Plan;
use super::at::At;
use super::limits::MAX_BYTES;
use super::localized::Localized;
use super::named::has_id;
use super::problem::{ProblemKind, TableKind};
use super::reader::Reader;
use super::rules::Rule;

/// `[[place]]`: a street, a park, the town itself.
///
/// A mention is *here* when `rule` matches and `not` does not. Where both match it is about another place of that name.
#[derive(Debug, Clone)]
pub struct Place {
    /// Unique among places.
    pub id: Id,
    /// Its name.
    pub name: Localized,
    /// What speaks of it (match stage); named `<id>.match`.
    pub rule: Rule,
    /// The negative context: what speaks of another place of that name (match stage); named `<id>.not`.
    pub not: Option<Rule>,
    /// Where the table stands.
    pub at: At,
}

has_id!(Place);

impl Place {
    /// Reads a `[[place]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Place);
        let owner = id.as_deref().unwrap_or("place").to_owned();
        reader.require("name");
        reader.require("match");
        let name = reader.localized("name");
        let rule = reader.rule("match", &owner, Stage::Match);
        let not = reader.rule("not", &owner, Stage::Match);
        for (key, rule) in [("match", &rule), ("not", &not)] {
            if let Some(rule) = rule
                && !rule.query.places().is_empty()
                && let Some(field) = reader.field(key)
            {
                reader.fail_at(&field.span(), ProblemKind::AsksForItself { field: "place" });
            }
        }
        Some(Self { id: id?, name: name?, rule: rule?, not, at: reader.at() })
    }
}

impl Place {
    /// What `place:` stands for in a match rule: the place, and nothing that speaks of another of that name.
    pub(super) fn expr(&self) -> Expr {
        let here = self.rule.query.expr().clone();
        match &self.not {
            Some(not) => Expr::And(vec![here, Expr::Not(Box::new(not.query.expr().clone()))]),
            None => here,
        }
    }

    /// How many bytes that takes when it is written out.
    fn written(&self) -> usize {
        let not = self.not.as_ref().map_or(0, |not| not.query.to_string().len());
        self.rule.query.to_string().len() + not
    }
}

/// Puts the places' own queries where match rules name them. Every place named is in the plan. Answers with what keeps a
/// rule from growing so far, and stops there: rules must not grow beyond what the plan's files could have held.
pub(super) fn expand(plan: &mut Plan) -> Option<(At, ProblemKind)> {
    let places = std::mem::take(&mut plan.places);
    let sizes: HashMap<&str, usize> = places.iter().map(|place| (&*place.id, place.written())).collect();
    let mut left = MAX_BYTES as usize;
    let mut problem = None;
    each_naming(plan, |rule| {
        if problem.is_some() || rule.query.places().is_empty() {
            return;
        }
        let grows: usize = rule.query.places().iter().filter_map(|place| sizes.get(place.id.as_str())).sum();
        let Some(rest) = left.checked_sub(grows) else {
            problem = Some((rule.at.clone(), ProblemKind::TooLarge { megabytes: MAX_BYTES as usize / 1024 / 1024 }));
            return;
        };
        left = rest;
        match rule.query.expand_places(&|id| places.by_id(id).map(Place::expr)) {
            Ok(query) => rule.query = query,
            Err(errors) => {
                let error = errors.into_iter().next();
                problem = error.map(|error| (rule.at.clone(), ProblemKind::Query { rule: rule.name.clone(), error }));
            }
        }
    });
    plan.places = places;
    problem
}

/// Calls `visit` with every rule that may name a place.
fn each_naming(plan: &mut Plan, visit: impl FnMut(&mut Rule)) {
    plan.initiatives
        .items_mut()
        .iter_mut()
        .map(|initiative| &mut initiative.rule)
        .chain(plan.stakeholders.items_mut().iter_mut().filter_map(|group| group.rule.as_mut()))
        .chain(plan.messages.items_mut().iter_mut().filter_map(|message| message.rule.as_mut()))
        .chain(plan.criteria.items_mut().iter_mut().map(|criterion| &mut criterion.rule))
        .chain(plan.holdings.items_mut().iter_mut().filter_map(|holding| holding.rule.as_mut()))
        .chain(plan.rumours.items_mut().iter_mut().map(|rumour| &mut rumour.rule))
        .chain(plan.elections.items_mut().iter_mut().filter_map(|period| period.rule.as_mut()))
        .for_each(visit);
}
