//! Which answers to offer, in which order.
//!
//! What enters: an assessed mention, its plan, the networks' limits, an instant. What leaves: suggestions with their
//! words filled and what is in their way. What must not be copied is offered all the same: a person sees why.

use chrono::{DateTime, Utc};

use super::variables::{self, Values};
use super::{Blocked, Suggestion, SuggestionKind, suspending};
use crate::mention::{Id, Language, Level};
use crate::pipeline::Assessed;
use crate::plan::{Holding, Localized, Message, Plan, Rumour, Template};
use crate::text::lengths::{self, Limits};

/// The answers the plan holds ready for a mention: those that may be copied first, and among them the best match first:
/// the line for the very rumour it repeats, key messages, reply templates, holding statements.
///
/// Holding statements are offered for what is urgent, and where no key message may be copied. One with a scenario of its
/// own is offered where that scenario matched and it is urgent; at P1 it comes before everything. Those the plan names
/// for an initiative come before those for any. While a safety protocol suspends replies, holding statements whose own
/// scenario it is are all that may be copied; in an election period, what the plan allows in it.
pub fn suggest(assessed: &Assessed, plan: &Plan, limits: &Limits, now: DateTime<Utc>) -> Vec<Suggestion> {
    let offer = Offer { assessed, plan, limits, now };
    let mut suggestions = offer.answers();
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

/// The words of the plan and what goes with them.
struct Words<'a> {
    id: &'a Id,
    kind: SuggestionKind,
    text: &'a Localized,
    link: Option<&'a str>,
    initiative: Option<&'a Id>,
    next_update: Option<u32>,
    authorized_by: Option<&'a String>,
    /// What is wrong with the words themselves.
    blocked: Option<Blocked>,
}

struct Offer<'a> {
    assessed: &'a Assessed,
    plan: &'a Plan,
    limits: &'a Limits,
    now: DateTime<Utc>,
}

impl Offer<'_> {
    /// Lines for its rumours, key messages, templates.
    fn answers(&self) -> Vec<Suggestion> {
        let (found, plan) = (&self.assessed.assessment, self.plan);
        let rumours = found.rumours.iter().filter_map(|hit| plan.rumours.by_id(&hit.id));
        let messages = found.messages.iter().filter_map(|id| plan.messages.by_id(id));
        let templates = found.templates.iter().filter_map(|id| plan.templates.by_id(id));
        rumours
            .filter_map(|rumour| self.line(rumour))
            .chain(messages.map(|message| self.message(message)))
            .chain(templates.map(|template| self.template(template)))
            .collect()
    }

    fn line(&self, rumour: &Rumour) -> Option<Suggestion> {
        Some(self.suggestion(Words {
            id: &rumour.id,
            kind: SuggestionKind::Rumour,
            text: rumour.line.as_ref()?,
            link: rumour.public_url.as_deref(),
            initiative: rumour.initiative.as_ref(),
            next_update: None,
            authorized_by: rumour.approved_by.as_ref(),
            blocked: Blocked::of_rumour(rumour, self.plan, self.now),
        }))
    }

    fn message(&self, message: &Message) -> Suggestion {
        self.suggestion(Words {
            id: &message.id,
            kind: SuggestionKind::Message,
            text: message.text_for(&self.assessed.mention.network),
            link: message.link.as_deref(),
            initiative: message.initiative.as_ref(),
            next_update: None,
            authorized_by: message.approval.by.as_ref(),
            blocked: Blocked::of_message(message, self.plan, self.now),
        })
    }

    fn template(&self, template: &Template) -> Suggestion {
        self.suggestion(Words {
            id: &template.id,
            kind: SuggestionKind::Template,
            text: template.text_for(&self.assessed.mention.network),
            link: template.link.as_deref(),
            initiative: None,
            next_update: None,
            authorized_by: template.approval.by.as_ref(),
            blocked: Blocked::of_approval(&template.approval, self.now),
        })
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
        self.suggestion(Words {
            id: &holding.id,
            kind: SuggestionKind::Holding,
            text: &holding.text,
            link: None,
            initiative: None,
            next_update: holding.next_update_minutes,
            authorized_by: holding.approver.as_ref(),
            blocked: holding.approver.is_none().then_some(Blocked::NoApprover),
        })
    }

    fn suggestion(&self, words: Words<'_>) -> Suggestion {
        let (lang, text) = self.words(words.text);
        let values = Values {
            assessed: self.assessed,
            plan: self.plan,
            now: self.now,
            lang,
            link: words.link,
            initiative: words.initiative,
            next_update: words.next_update,
        };
        let (filled, missing) = match values.fill(text) {
            Ok(filled) => (filled, None),
            Err(name) => (text.to_owned(), Some(Blocked::Variable { name })),
        };
        let length = lengths::count(&self.assessed.mention.network, &filled, self.limits);
        Suggestion {
            message: words.id.clone(),
            kind: words.kind,
            lang,
            text: filled,
            fits: length.fits(),
            length,
            blocked: self.held(words.kind, words.id).or(words.blocked).or(missing),
            authorized_by: words.authorized_by.cloned(),
            personal: variables::is_personal(text),
            timed: words.next_update.is_none() && variables::is_timed(text),
            next_update_minutes: words.next_update,
        }
    }

    /// What holds back whatever would be said: the mention is gone, or the plan says less for now.
    fn held(&self, kind: SuggestionKind, id: &Id) -> Option<Blocked> {
        if self.assessed.mention.author_deleted_at.is_some() {
            return Some(Blocked::AuthorDeleted);
        }
        let scenario = kind == SuggestionKind::Holding && self.assessed.assessment.holdings.contains(id);
        let protocol = suspending(&self.assessed.assessment, self.plan).filter(|_| !scenario);
        protocol.map(Blocked::of_protocol).or_else(|| Blocked::of_election(kind, id, self.plan, self.now))
    }

    /// The words in the mention's language where the plan has them, else in the organization's first language that has.
    fn words<'t>(&self, text: &'t Localized) -> (Language, &'t str) {
        let wanted = self.assessed.assessment.language.code;
        let own = self.plan.organization.languages.iter().copied();
        let order = std::iter::once(wanted).chain(own).chain([Language::En, Language::Fr]);
        order.into_iter().find_map(|lang| Some((lang, text.exact(lang)?))).unwrap_or((Language::En, ""))
    }
}
