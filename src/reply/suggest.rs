//! Which answers to offer, in which order.

use chrono::{DateTime, Utc};

use super::{Blocked, Suggestion};
use crate::mention::{Language, Level};
use crate::pipeline::Assessed;
use crate::plan::{Holding, Localized, Message, Plan};
use crate::text::lengths::{self, Limits};

/// The answers the plan holds ready for a mention: those that may be copied first, and among them the best match first,
/// key messages before holding statements.
///
/// Holding statements are offered for what is urgent, and where no key message may be copied. One with a scenario of its
/// own is offered where that scenario matched and it is urgent; at P1 it comes before everything. Those the plan names
/// for an initiative come before those for any.
pub fn suggest(assessed: &Assessed, plan: &Plan, limits: &Limits, now: DateTime<Utc>) -> Vec<Suggestion> {
    let offer = Offer { assessed, plan, limits, now };
    let ranked = assessed.assessment.messages.iter().filter_map(|id| plan.messages.by_id(id));
    let mut suggestions: Vec<Suggestion> = ranked.map(|message| offer.message(message)).collect();
    let level = assessed.assessment.priority.level;
    if level <= Level::P2 {
        let at = if level == Level::P1 { 0 } else { suggestions.len() };
        suggestions.splice(at..at, offer.scenarios());
    }
    if level <= Level::P2 || !suggestions.iter().any(Suggestion::is_copyable) {
        suggestions.extend(offer.holdings());
    }
    // Stable: the order among the copyable and among the blocked stays.
    suggestions.sort_by_key(|suggestion| !suggestion.is_copyable());
    suggestions
}

struct Offer<'a> {
    assessed: &'a Assessed,
    plan: &'a Plan,
    limits: &'a Limits,
    now: DateTime<Utc>,
}

impl Offer<'_> {
    fn message(&self, message: &Message) -> Suggestion {
        let text = message.text_for(&self.assessed.mention.network);
        let blocked = self.gone().or_else(|| Blocked::of_message(message, self.plan, self.now));
        Suggestion { authorized_by: message.approved_by.clone(), ..self.suggestion(&message.id, text, blocked) }
    }

    /// Those whose own scenario it is.
    fn scenarios(&self) -> impl Iterator<Item = Suggestion> {
        let matched = self.assessed.assessment.holdings.iter();
        matched.filter_map(|id| self.plan.holdings.by_id(id)).map(|holding| self.holding(holding))
    }

    /// Those without a scenario of their own: for the initiatives, then for anything.
    fn holdings(&self) -> impl Iterator<Item = Suggestion> {
        let matched = |holding: &&Holding| {
            holding.initiatives.iter().any(|id| self.assessed.assessment.initiatives.iter().any(|hit| hit.id == *id))
        };
        let open = || self.plan.holdings.iter().filter(|holding| holding.rule.is_none());
        let general = open().filter(|holding| holding.initiatives.is_empty());
        open().filter(matched).chain(general).map(|holding| self.holding(holding))
    }

    fn holding(&self, holding: &Holding) -> Suggestion {
        let blocked = self.gone().or_else(|| holding.approver.is_none().then_some(Blocked::NoApprover));
        Suggestion {
            authorized_by: holding.approver.clone(),
            holding: true,
            next_update_minutes: holding.next_update_minutes,
            ..self.suggestion(&holding.id, &holding.text, blocked)
        }
    }

    fn suggestion(&self, id: &crate::mention::Id, text: &Localized, blocked: Option<Blocked>) -> Suggestion {
        let (lang, text) = self.words(text);
        let length = lengths::count(&self.assessed.mention.network, text, self.limits);
        Suggestion {
            message: id.clone(),
            lang,
            text: text.to_owned(),
            fits: length.fits(),
            length,
            blocked,
            authorized_by: None,
            holding: false,
            next_update_minutes: None,
        }
    }

    /// The words in the mention's language where the plan has them, else in the organization's first language that has.
    fn words<'t>(&self, text: &'t Localized) -> (Language, &'t str) {
        let wanted = self.assessed.assessment.language.code;
        let own = self.plan.organization.languages.iter().copied();
        let order = std::iter::once(wanted).chain(own).chain([Language::En, Language::Fr]);
        order.into_iter().find_map(|lang| Some((lang, text.exact(lang)?))).unwrap_or((Language::En, ""))
    }

    fn gone(&self) -> Option<Blocked> {
        self.assessed.mention.author_deleted_at.map(|_| Blocked::AuthorDeleted)
    }
}
