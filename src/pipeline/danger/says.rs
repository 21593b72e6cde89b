//! What the rules about dangers say when they match.

use crate::mention::Danger;

/// What quotation marks around a sign take away.
pub(super) const QUOTED: u8 = 75;

/// A sign of a danger: `threat.wish 80` in a rule file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pipeline) struct Sign {
    pub(super) danger: Danger,
    pub(super) family: Family,
    /// How often a text that shows it is what it seems.
    pub(super) percent: u8,
}

/// A way to speak of a danger. Signs of one family count once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Family {
    /// Somebody intends it.
    Intent,
    /// Somebody is told to do it.
    Call,
    /// It ought to happen.
    Desert,
    /// It is wished for.
    Wish,
    /// It is foretold.
    Warning,
    /// A weapon.
    Weapon,
    /// Where somebody is to be found.
    Whereabouts,
    /// Words that sound harmless and are not.
    Veiled,
    /// A thing of theirs.
    Property,
    /// Said outright.
    Plain,
    /// Hinted at.
    Hint,
}

impl Sign {
    /// Reads what stands before a rule's colon.
    pub(super) fn read(head: &str) -> Option<Self> {
        let (kind, percent) = head.split_once(' ')?;
        let (danger, family) = kind.split_once('.')?;
        let percent = percent.parse().ok().filter(|percent| (1..=99).contains(percent))?;
        Some(Self { danger: danger.parse().ok()?, family: family.parse().ok()?, percent })
    }
}

/// What takes away from signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pipeline) enum Context {
    /// `idiom`: a sign that shares a word with it means something else.
    Idiom,
    /// `calm 30`: takes so many percent from the signs of its sentence.
    Calm(u8),
    /// `scene 30`: takes so many percent from the signs of the whole text.
    Scene(u8),
}

impl Context {
    /// Reads what stands before a rule's colon.
    pub(super) fn read(head: &str) -> Option<Self> {
        let less = |percent: &str| percent.parse().ok().filter(|percent| (1..=99).contains(percent));
        match head.split_once(' ') {
            None if head == "idiom" => Some(Self::Idiom),
            Some(("calm", percent)) => less(percent).map(Self::Calm),
            Some(("scene", percent)) => less(percent).map(Self::Scene),
            _ => None,
        }
    }

    /// What it leaves of a sign's percent.
    pub(super) fn lower(self, percent: u8, same_sentence: bool, same_words: bool) -> u8 {
        match self {
            Self::Idiom if same_words => 0,
            Self::Calm(less) if same_sentence => percent.saturating_sub(less),
            Self::Scene(less) => percent.saturating_sub(less),
            Self::Idiom | Self::Calm(_) => percent,
        }
    }
}
