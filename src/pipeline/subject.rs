//! A mention as the query language sees it: first what it says, then also what was found out about it.
//!
//! The same for match rules, for verdict rules and for the desk's queries: what came with a mention is read from it in one
//! place, [`from_mention`], and what was found out from its assessment in another, so that no two stages disagree.

use crate::mention::{Danger, Intent, Mention, PostType, Target, Tone};
use crate::query::{Subject, VerdictSubject};
use crate::text::tokens::Tokens;

use super::assessment::Assessment;

/// What match rules see.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) mention: &'a Mention,
    pub(super) tokens: &'a Tokens,
}

/// What verdict rules see besides. The assessment may still be growing: what is not found out yet holds for nothing.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) mention: &'a Mention,
    pub(super) tokens: &'a Tokens,
    pub(super) assessment: &'a Assessment,
}

/// The methods of a [`Subject`] that tell what came with a mention, for a type with the fields `mention` and `tokens`.
macro_rules! from_mention {
    () => {
        fn tokens(&self) -> &$crate::text::tokens::Tokens {
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

        fn kind(&self) -> $crate::mention::Kind {
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
    };
}
pub(crate) use from_mention;

impl<'a> Said<'a> {
    /// The same with what was found out so far.
    pub(super) fn with(self, assessment: &'a Assessment) -> Found<'a> {
        Found { mention: self.mention, tokens: self.tokens, assessment }
    }
}

impl Subject for Said<'_> {
    from_mention!();
}

impl Subject for Found<'_> {
    from_mention!();

    fn verdict(&self) -> Option<&dyn VerdictSubject> {
        Some(self.assessment)
    }
}

impl VerdictSubject for Assessment {
    fn any_initiative(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.initiatives.iter().any(|hit| test(&hit.id))
    }

    fn any_stakeholder(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.stakeholders.iter().any(|hit| test(&hit.id))
    }

    fn any_message(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.messages.iter().any(|id| test(id))
    }

    fn any_place(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.places.iter().any(|place| place.is_here() && test(&place.hit.id))
    }

    fn any_rumour(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.rumours.iter().any(|hit| test(&hit.id))
    }

    fn any_protocol(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.protocols.iter().any(|hit| test(&hit.id))
    }

    fn any_criterion(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.relevance.iter().any(|hit| test(&hit.id))
    }

    fn any_clause(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.clauses.iter().any(|hit| test(&hit.id))
    }

    fn language(&self) -> Option<&str> {
        Some(self.language.code.token())
    }

    fn has_intent(&self, intent: Intent) -> bool {
        self.has_intent(intent)
    }

    fn relevant(&self) -> bool {
        self.relevant
    }

    fn tone(&self) -> Option<Tone> {
        Some(self.tone.label)
    }

    fn hostility(&self) -> Option<u8> {
        Some(self.hostility.level)
    }

    fn target(&self) -> Option<Target> {
        self.hostility.target
    }

    fn has_danger(&self, danger: Danger) -> bool {
        self.has_danger(danger)
    }

    fn post_type(&self) -> Option<PostType> {
        self.post_type.map(|guess| guess.label)
    }

    fn urgency(&self) -> Option<u8> {
        Some(self.urgency.level)
    }

    fn cluster(&self) -> Option<u64> {
        Some(self.cluster.as_ref().map_or(1, |cluster| u64::from(cluster.size)))
    }

    fn any_surge(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.surges.iter().any(|surge| test(surge.initiative.as_deref().unwrap_or_default()))
    }

    fn is_mixed(&self) -> bool {
        self.language.mixed
    }
}
