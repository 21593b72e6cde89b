//! The closed lists of words of the users' world: each has one spelling in plan files, NDJSON, log and queries.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString, IntoStaticStr};

/// Declares a closed list whose tokens are the variants in snake case, the same for serde, `Display` and parsing.
macro_rules! tokens {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
                 AsRefStr, Display, EnumIter, EnumString, IntoStaticStr)]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// The token as it is written in files and queries.
            pub fn token(self) -> &'static str {
                self.into()
            }
        }
    };
}

/// How urgent a mention is; `P1` sorts first.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    AsRefStr,
    Display,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
pub enum Level {
    /// Safety, legal, viral.
    P1,
    /// Active initiative, media or elected.
    P2,
    /// Direct question or complaint.
    P3,
    /// Comment.
    P4,
}

impl Level {
    /// `P1` … `P4`.
    pub fn token(self) -> &'static str {
        self.into()
    }
}

tokens! {
    /// Where a case stands.
    Status {
        /// Nobody decided anything yet.
        New,
        /// Somebody claimed it.
        InReview,
        /// Waits for a fact.
        PendingFact,
        /// Waits for an approval.
        PendingApproval,
        /// Waits for its author.
        PendingAuthor,
        /// Put off until an instant.
        Snoozed,
        /// With a tier of the escalation matrix.
        Escalated,
        /// Decided.
        Closed,
        /// Was closed; something changed.
        Reopened,
    }
}

impl Status {
    /// Everything but closed: somebody still has to look at it.
    pub fn is_open(self) -> bool {
        self != Self::Closed
    }
}

tokens! {
    /// What was decided.
    Disposition {
        /// Answered in public.
        RespondedPublic,
        /// Answered in private.
        RespondedPrivate,
        /// A wrong fact was corrected.
        Corrected,
        /// A service failure was made good.
        ServiceRecovery,
        /// Answered by pointing to a page.
        AnsweredWithLink,
        /// A holding statement went out.
        HoldingIssued,
        /// Agreed or thanked.
        ConcurredThanked,
        /// Shared onwards.
        Amplified,
        /// Left alone, on purpose.
        LetStand,
        /// Watched only.
        MonitorOnly,
        /// Handed to a department.
        ReferredDepartment,
        /// Handed to another government.
        ReferredOtherGovernment,
        /// Escalated and closed there.
        EscalatedClosed,
        /// The same as another mention.
        MergedDuplicate,
        /// Counted under a rumour.
        RumourLinked,
        /// Reminded of the guidelines.
        GuidelinesReminder,
        /// Reported to the network.
        ReportedToPlatform,
        /// Moderation done elsewhere was recorded.
        ModerationRecorded,
        /// Emergency services were told.
        EmergencyServicesNotified,
        /// Not about this town.
        NotRelevant,
        /// Advertising.
        Spam,
        /// Its author took it down.
        AuthorDeleted,
        /// Not the organization's business.
        OutOfScope,
        /// Put off until the published hours.
        DeferredOutOfHours,
    }
}

impl Disposition {
    /// True where no reply goes out, so that a reason for the silence is asked for.
    pub fn is_no_response(self) -> bool {
        matches!(self, Self::LetStand | Self::MonitorOnly | Self::NotRelevant | Self::OutOfScope | Self::Spam)
    }
}

tokens! {
    /// Why no response was given.
    NoResponseReason {
        /// The effort outweighs the use.
        NotWorthwhile,
        /// An opinion, freely held.
        OpinionOnly,
        /// It has its answer already.
        AlreadyAnswered,
        /// A rant, or satire.
        RantOrSatire,
        /// Written to provoke.
        Bait,
        /// A reply would carry it further than it went by itself.
        LowReachAmplificationRisk,
        /// The facts are not in yet.
        AwaitingFacts,
        /// Counsel asked for silence.
        LegalHold,
        /// Rules of the election period.
        ElectionPeriod,
        /// Somebody else's to answer.
        OtherOwner,
    }
}

tokens! {
    /// What a mention's author wants.
    Intent {
        /// Asks something that can be answered.
        Question,
        /// Needs or reports something for a service.
        ServiceRequest,
        /// Says something is wrong.
        Complaint,
        /// Asserts a fact that can be checked.
        Claim,
        /// Thanks.
        Thanks,
        /// A journalist asks.
        MediaInquiry,
    }
}

tokens! {
    /// How a mention feels about what it is about; hostility is told apart from it.
    Tone {
        /// Against.
        Negative,
        /// Neither.
        Neutral,
        /// For.
        Positive,
        /// Too little to tell, or signs of both.
        Unsure,
    }
}

tokens! {
    /// At whom or what hostility is aimed.
    Target {
        /// Somebody who is none of the others.
        Person,
        /// Those who work for the organization.
        Staff,
        /// Mayor and council.
        Elected,
        /// A decision, a rule, a project.
        Policy,
        /// What the organization does, or leaves undone.
        Service,
        /// Another resident.
        Resident,
        /// A group of people.
        Group,
    }
}

tokens! {
    /// Sorts of danger that somebody may be in.
    Danger {
        /// Somebody is threatened.
        Threat,
        /// Somebody may harm themselves.
        SelfHarm,
        /// Somebody's private details are published.
        Doxxing,
        /// A child is in danger.
        ChildSafety,
        /// Anything else.
        Other,
    }
}

tokens! {
    /// The types of posts that the road map's model, the Air Force's response assessment, tells apart.
    PostType {
        /// A fair criticism or remark.
        Balanced,
        /// Written to provoke.
        Troll,
        /// Anger, ridicule or satire without anything to answer.
        Rager,
        /// Wrong about a fact.
        Misguided,
        /// Somebody whom a service failed.
        UnhappyCustomer,
    }
}

/// The highest level of urgency: 0 nothing to do, 1 when convenient, 2 today, 3 now.
pub const MAX_URGENCY: u8 = 3;

/// The highest level of hostility: 0 none, 1 heated or rude, 2 abusive, 3 a threat.
pub const MAX_HOSTILITY: u8 = 3;

/// The name of a level of hostility in files.
pub fn hostility_token(level: u8) -> &'static str {
    match level {
        0 => "none",
        1 => "heated",
        2 => "abusive",
        _ => "threat",
    }
}

tokens! {
    /// How tense an initiative is.
    Posture {
        /// Business as usual.
        Quiet,
        /// Attention is expected.
        Heightened,
        /// A crisis runs.
        Crisis,
    }
}

tokens! {
    /// What sort of item a mention is.
    Kind {
        /// A post of its own.
        Post,
        /// An answer to another post.
        Reply,
        /// A comment under something.
        Comment,
        /// A post that quotes another.
        Quote,
        /// A repetition of another's post.
        Repost,
        /// An article or a blog post.
        Article,
        /// A review.
        Review,
        /// A message to the organization alone.
        Message,
        /// What the list does not name.
        Other,
    }
}

tokens! {
    /// Who can read a mention where it was said.
    #[derive(Default)]
    Audience {
        /// Everybody.
        #[default]
        Public,
        /// Only those who follow its author.
        Followers,
        /// Only those it names.
        Named,
    }
}

impl Audience {
    /// True where no reply may be public, because it would show others what was not said to them.
    pub fn is_closed(self) -> bool {
        self != Self::Public
    }

    /// True for what goes without saying.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    pub(crate) fn is_public(&self) -> bool {
        *self == Self::Public
    }
}

tokens! {
    /// The kinds of stakeholder groups.
    StakeholderKind {
        /// People who live here.
        Residents,
        /// Those who trade here.
        Businesses,
        /// Mayor and council.
        MayorCouncil,
        /// Senior staff.
        SeniorStaff,
        /// Boards and commissions.
        Board,
        /// Newsrooms.
        Media,
        /// People who report without a newsroom.
        CitizenJournalist,
        /// Advocacy and community groups.
        AdvocacyCommunityGroup,
        /// Indigenous governments.
        IndigenousGovernment,
        /// Other governments.
        OtherGovernment,
        /// Staff unions.
        StaffUnion,
        /// Visitors.
        Visitors,
    }
}

tokens! {
    /// The language a mention is written in, as far as the program distinguishes.
    Language {
        /// English.
        En,
        /// French.
        Fr,
        /// Anything else, or too little to tell.
        Other,
    }
}

/// Where something was said. Networks whose rules the program knows have a variant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Network {
    /// X, formerly Twitter.
    X,
    /// Bluesky.
    Bluesky,
    /// Mastodon and what speaks its protocol.
    Mastodon,
    /// Threads.
    Threads,
    /// Facebook.
    Facebook,
    /// Instagram.
    Instagram,
    /// LinkedIn.
    Linkedin,
    /// YouTube.
    Youtube,
    /// TikTok.
    Tiktok,
    /// Reddit.
    Reddit,
    /// Nextdoor.
    Nextdoor,
    /// News sites, blogs, the open web.
    Web,
    /// Not told.
    Unknown,
    /// Any other, by its token.
    Other(Box<str>),
}

impl Network {
    /// Reads a token; case and surrounding space do not matter, common other names are understood.
    pub fn from_token(token: &str) -> Self {
        let lower = token.trim().to_ascii_lowercase();
        match lower.as_str() {
            "x" | "twitter" => Self::X,
            "bluesky" | "bsky" => Self::Bluesky,
            "mastodon" | "fediverse" => Self::Mastodon,
            "threads" => Self::Threads,
            "facebook" | "fb" => Self::Facebook,
            "instagram" | "ig" => Self::Instagram,
            "linkedin" => Self::Linkedin,
            "youtube" | "yt" => Self::Youtube,
            "tiktok" => Self::Tiktok,
            "reddit" => Self::Reddit,
            "nextdoor" => Self::Nextdoor,
            "web" | "news" | "blog" => Self::Web,
            "" | "unknown" => Self::Unknown,
            _ => Self::Other(lower.into_boxed_str()),
        }
    }

    /// The token as it is written in files and queries.
    pub fn token(&self) -> &str {
        match self {
            Self::X => "x",
            Self::Bluesky => "bluesky",
            Self::Mastodon => "mastodon",
            Self::Threads => "threads",
            Self::Facebook => "facebook",
            Self::Instagram => "instagram",
            Self::Linkedin => "linkedin",
            Self::Youtube => "youtube",
            Self::Tiktok => "tiktok",
            Self::Reddit => "reddit",
            Self::Nextdoor => "nextdoor",
            Self::Web => "web",
            Self::Unknown => "unknown",
            Self::Other(token) => token,
        }
    }
}

impl Serialize for Network {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.token())
    }
}

impl<'de> Deserialize<'de> for Network {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let token = Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Self::from_token(&token))
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn tokens_read_back_as_themselves() {
        for disposition in Disposition::iter() {
            assert_eq!(Disposition::from_str(disposition.token()), Ok(disposition));
            let json = serde_json::to_string(&disposition).expect("a token serialises");
            assert_eq!(json, format!("\"{}\"", disposition.token()));
        }
    }

    #[test]
    fn networks_read_back_as_themselves() {
        for token in ["x", "bluesky", "web", "unknown", "town-forum"] {
            assert_eq!(Network::from_token(token).token(), token);
        }
        assert_eq!(Network::from_token(" Twitter "), Network::X);
    }
}
