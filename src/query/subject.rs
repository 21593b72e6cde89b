//! What a query can ask about; implemented by those who hold mentions, cases and verdicts.

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::mention::{Danger, Intent, Kind, Level, PostType, Status, Target, Tone};
use crate::text::tokens::Tokens;

/// Something a query is tested on. What is not known is `None`, and a test on it does not hold.
pub trait Subject {
    /// The words of its normalised text.
    fn tokens(&self) -> &Tokens;

    /// The text of [`Subject::tokens`], for what counts in its own spelling.
    fn text(&self) -> &str;

    /// Its permalink.
    fn url(&self) -> Option<&str> {
        None
    }

    /// The author's handle, with or without `@`.
    fn author_handle(&self) -> Option<&str> {
        None
    }

    /// The author's displayed name.
    fn author_name(&self) -> Option<&str> {
        None
    }

    /// The network's token.
    #[expect(clippy::unnecessary_literal_bound, reason = "the default is a literal, what implementors give is not")]
    fn network(&self) -> &str {
        "unknown"
    }

    /// The source's id.
    #[expect(clippy::unnecessary_literal_bound, reason = "the default is a literal, what implementors give is not")]
    fn source(&self) -> &str {
        ""
    }

    /// The language tag as the source gave it.
    fn lang(&self) -> Option<&str> {
        None
    }

    /// Post, reply, comment…
    fn kind(&self) -> Kind {
        Kind::Other
    }

    /// A link stands in the text or was attached.
    fn has_link(&self) -> bool {
        self.tokens().has_link()
    }

    /// A picture, film or sound came with it.
    fn has_media(&self) -> bool {
        false
    }

    /// The author's followers.
    fn followers(&self) -> Option<u64> {
        None
    }

    /// Likes when last seen.
    fn likes(&self) -> Option<u64> {
        None
    }

    /// Reposts when last seen.
    fn reposts(&self) -> Option<u64> {
        None
    }

    /// What was found out about it, once it was.
    fn verdict(&self) -> Option<&dyn VerdictSubject> {
        None
    }

    /// Where its case stands, on the desk.
    fn desk(&self) -> Option<&dyn DeskSubject> {
        None
    }
}

/// What the pipeline found out about a mention.
pub trait VerdictSubject {
    /// True when `test` holds for the id of one of the matched initiatives.
    fn any_initiative(&self, test: &mut dyn FnMut(&str) -> bool) -> bool;

    /// The same for the matched stakeholder groups.
    fn any_stakeholder(&self, test: &mut dyn FnMut(&str) -> bool) -> bool;

    /// The same for the suggested key messages.
    fn any_message(&self, test: &mut dyn FnMut(&str) -> bool) -> bool;

    /// The language code it was found to be written in; it goes before the tag the source gave.
    fn language(&self) -> Option<&str>;

    /// It wants this.
    fn has_intent(&self, intent: Intent) -> bool;

    /// It is about this town.
    fn relevant(&self) -> bool;

    /// True when `test` holds for the id of one of the places it is about.
    fn any_place(&self, _test: &mut dyn FnMut(&str) -> bool) -> bool {
        false
    }

    /// The same for the rumours it repeats.
    fn any_rumour(&self, _test: &mut dyn FnMut(&str) -> bool) -> bool {
        false
    }

    /// The same for the safety protocols it starts.
    fn any_protocol(&self, _test: &mut dyn FnMut(&str) -> bool) -> bool {
        false
    }

    /// The same for the criteria that speak for or against it.
    fn any_criterion(&self, _test: &mut dyn FnMut(&str) -> bool) -> bool {
        false
    }

    /// The same for the moderation clauses it may fall under.
    fn any_clause(&self, _test: &mut dyn FnMut(&str) -> bool) -> bool {
        false
    }

    /// How it feels, once that was looked at.
    fn tone(&self) -> Option<Tone> {
        None
    }

    /// How hostile it is, 0 to [`crate::mention::MAX_HOSTILITY`], once that was looked at.
    fn hostility(&self) -> Option<u8> {
        None
    }

    /// At whom its hostility is aimed.
    fn target(&self) -> Option<Target> {
        None
    }

    /// It speaks of this danger.
    fn has_danger(&self, _danger: Danger) -> bool {
        false
    }

    /// The type of post it seems to be.
    fn post_type(&self) -> Option<PostType> {
        None
    }

    /// How urgent its words are, 0 to [`crate::mention::MAX_URGENCY`], once that was looked at.
    fn urgency(&self) -> Option<u8> {
        None
    }

    /// How many near-copies there are of it, itself included, once that was looked at.
    fn cluster(&self) -> Option<u64> {
        None
    }

    /// True when `test` holds for one of the initiatives it rises with; everything together has an empty id.
    fn any_surge(&self, _test: &mut dyn FnMut(&str) -> bool) -> bool {
        false
    }

    /// It changes between languages.
    fn is_mixed(&self) -> bool {
        false
    }
}

/// Where a case stands.
pub trait DeskSubject {
    /// Its status now.
    fn status(&self) -> Status;

    /// Its priority.
    fn level(&self) -> Option<Level>;

    /// The time since its clock started.
    fn age(&self) -> TimeDelta;

    /// How many near-copies there are by now, itself included; it goes before the count at its arrival.
    fn copies(&self) -> Option<u64> {
        None
    }

    /// When it was posted, at the offset of the plan's time zone.
    fn posted(&self) -> Option<DateTime<FixedOffset>> {
        None
    }
}
