//! A mention as the query language sees it: first what it says, then also what was found out about it.

use crate::mention::{Intent, Kind, Mention};
use crate::query::{Subject, VerdictSubject};
use crate::text::tokens::Tokens;

use super::assessment::{Hit, IntentHit, LanguageGuess};

/// What match rules see.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) mention: &'a Mention,
    pub(super) tokens: &'a Tokens,
}

/// What verdict rules see besides.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) said: Said<'a>,
    pub(super) relevant: bool,
    pub(super) initiatives: &'a [Hit],
    pub(super) stakeholders: &'a [Hit],
    pub(super) messages: &'a [crate::mention::Id],
    pub(super) language: LanguageGuess,
    pub(super) intents: &'a [IntentHit],
}

impl Subject for Said<'_> {
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
}

impl Subject for Found<'_> {
    fn tokens(&self) -> &Tokens {
        self.said.tokens
    }

    fn text(&self) -> &str {
        self.said.text()
    }

    fn url(&self) -> Option<&str> {
        self.said.url()
    }

    fn author_handle(&self) -> Option<&str> {
        self.said.author_handle()
    }

    fn author_name(&self) -> Option<&str> {
        self.said.author_name()
    }

    fn network(&self) -> &str {
        self.said.network()
    }

    fn source(&self) -> &str {
        self.said.source()
    }

    fn lang(&self) -> Option<&str> {
        self.said.lang()
    }

    fn kind(&self) -> Kind {
        self.said.kind()
    }

    fn has_media(&self) -> bool {
        self.said.has_media()
    }

    fn followers(&self) -> Option<u64> {
        self.said.followers()
    }

    fn likes(&self) -> Option<u64> {
        self.said.likes()
    }

    fn reposts(&self) -> Option<u64> {
        self.said.reposts()
    }

    fn verdict(&self) -> Option<&dyn VerdictSubject> {
        Some(self)
    }
}

impl VerdictSubject for Found<'_> {
    fn any_initiative(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.initiatives.iter().any(|hit| test(&hit.id))
    }

    fn any_stakeholder(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.stakeholders.iter().any(|hit| test(&hit.id))
    }

    fn any_message(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.messages.iter().any(|id| test(id))
    }

    fn language(&self) -> Option<&str> {
        Some(self.language.code.token())
    }

    fn has_intent(&self, intent: Intent) -> bool {
        self.intents.iter().any(|hit| hit.intent == intent)
    }

    fn relevant(&self) -> bool {
        self.relevant
    }
}
