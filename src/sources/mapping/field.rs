//! The parts of a mention that a column can become.

/// A part of a mention; its token is what profiles and `--map` call it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Deserialize,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Field {
    /// The id the network or the tool gave it.
    Id,
    /// What was said.
    Text,
    /// A headline above the text.
    Title,
    /// What else of it was exported: the sentence that was found. Left out where the text holds it.
    More,
    /// Where it stands.
    Url,
    /// When it was posted; may hold the time too.
    Date,
    /// The time of day, where it has a column of its own.
    Time,
    /// Who said it: an account's name, or a person's when there is a space in it.
    Author,
    /// The account's name.
    Handle,
    /// The displayed name.
    Name,
    /// How many follow the author.
    Followers,
    /// Where it was said; words such as `Twitter` or `SOCIALMEDIA_X` are understood.
    Network,
    /// What sort of item it is.
    Kind,
    /// Its language tag.
    Lang,
    /// The post it answers.
    ReplyTo,
    /// The conversation.
    Thread,
    /// Likes.
    Likes,
    /// Reposts, shares.
    Reposts,
    /// Replies, comments.
    Replies,
    /// Times shown.
    Views,
}

impl Field {
    /// Every token, for messages.
    pub const TOKENS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    /// The token in profiles and on the command line.
    pub fn token(self) -> &'static str {
        self.into()
    }
}
