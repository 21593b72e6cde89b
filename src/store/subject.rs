//! A case as the query language looks at it: what is kept of it, and the moment it is looked at.

use chrono::{DateTime, TimeDelta, Utc};

use crate::mention::{Intent, Kind, Level, Mention, Status};
use crate::pipeline::Assessment;
use crate::query::{DeskSubject, Subject, VerdictSubject};
use crate::text::tokens::Tokens;

/// A case for queries of every stage. `tokens` are those of the mention's text.
#[derive(Debug, Clone, Copy)]
pub struct CaseSubject<'a> {
    /// What was said.
    pub mention: &'a Mention,
    /// What the plan says about it.
    pub assessment: &'a Assessment,
    /// The folded words of its text.
    pub tokens: &'a Tokens,
    /// Where it stands at `now`.
    pub status: Status,
    /// The instant its age counts from.
    pub at: DateTime<Utc>,
    /// The instant of the question.
    pub now: DateTime<Utc>,
}

impl Subject for CaseSubject<'_> {
    fn tokens(&self) -> &Tokens {
        self.tokens
    }

    fn text(&self) -> &str {
        &self.mention.text
    }

    fn url(&self) -> Option<&str> {
        self.mention.url.as_deref()
    }

    fn author_handle(&self) -> Option<&str> {
        self.mention.author.handle.as_deref()
    }

    fn author_name(&self) -> Option<&str> {
        self.mention.author.name.as_deref()
    }

    fn network(&self) -> &str {
        self.mention.network.token()
    }

    fn source(&self) -> &str {
        &self.mention.source
    }

    fn lang(&self) -> Option<&str> {
        self.mention.lang.as_deref()
    }

    fn kind(&self) -> Kind {
        self.mention.kind
    }

    fn has_media(&self) -> bool {
        !self.mention.media.is_empty()
    }

    fn followers(&self) -> Option<u64> {
        self.mention.author.followers
    }

    fn likes(&self) -> Option<u64> {
        self.mention.metrics.likes
    }

    fn reposts(&self) -> Option<u64> {
        self.mention.metrics.reposts
    }

    fn verdict(&self) -> Option<&dyn VerdictSubject> {
        Some(self)
    }

    fn desk(&self) -> Option<&dyn DeskSubject> {
        Some(self)
    }
}

impl VerdictSubject for CaseSubject<'_> {
    fn any_initiative(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.assessment.initiatives.iter().any(|hit| test(&hit.id))
    }

    fn any_stakeholder(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.assessment.stakeholders.iter().any(|hit| test(&hit.id))
    }

    fn any_message(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.assessment.messages.iter().any(|id| test(id))
    }

    fn language(&self) -> Option<&str> {
        Some(self.assessment.language.code.token())
    }

    fn has_intent(&self, intent: Intent) -> bool {
        self.assessment.has_intent(intent)
    }

    fn relevant(&self) -> bool {
        self.assessment.relevant
    }
}

impl DeskSubject for CaseSubject<'_> {
    fn status(&self) -> Status {
        self.status
    }

    fn level(&self) -> Option<Level> {
        Some(self.assessment.priority.level)
    }

    fn age(&self) -> TimeDelta {
        self.now - self.at
    }
}
