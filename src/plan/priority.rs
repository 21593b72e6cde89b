//! How urgent a mention is, in points, floors and caps: every number is the plan's.

use crate::mention::{Id, Level, Posture};

use crate::query::Stage;

use super::at::At;
use super::localized::Localized;
use super::problem::{ProblemKind, TableKind};
use super::reader::Reader;
use super::rules::Rule;
use super::service_level::ServiceLevels;

/// `priority.toml`. What a plan leaves out has the defaults built into the program.
#[derive(Debug, Clone)]
pub struct Priority {
    /// Points from which a level begins.
    pub levels: Levels,
    /// Points for the highest posture of the matched active initiatives.
    pub posture: PosturePoints,
    /// Points for reach, by rising number of followers.
    pub reach: Vec<ReachStep>,
    /// Where `reach` stands.
    pub reach_at: At,
    /// Points for velocity, by rising number of reactions an hour.
    pub velocity: Vec<VelocityStep>,
    /// Where `velocity` stands.
    pub velocity_at: At,
    /// Named contributions, in the order written.
    pub contributions: Vec<Contribution>,
    /// Rules that raise the level.
    pub floors: Vec<Bound>,
    /// Rules that lower the level; a floor beats a cap.
    pub caps: Vec<Bound>,
    /// How soon to answer.
    pub service_levels: ServiceLevels,
}

/// Points from which a level begins; `p1 > p2 > p3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    /// From here P1.
    pub p1: i32,
    /// From here P2.
    pub p2: i32,
    /// From here P3; below, P4.
    pub p3: i32,
    /// Where the table stands.
    pub at: At,
}

impl Levels {
    /// The level of a score.
    pub fn level(&self, score: i32) -> Level {
        match score {
            score if score >= self.p1 => Level::P1,
            score if score >= self.p2 => Level::P2,
            score if score >= self.p3 => Level::P3,
            _ => Level::P4,
        }
    }
}

/// Points for a posture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PosturePoints {
    /// Business as usual.
    pub quiet: i32,
    /// Attention is expected.
    pub heightened: i32,
    /// A crisis runs.
    pub crisis: i32,
    /// Where the table stands.
    pub at: At,
}

impl PosturePoints {
    /// The points of `posture`.
    pub fn points(&self, posture: Posture) -> i32 {
        match posture {
            Posture::Quiet => self.quiet,
            Posture::Heightened => self.heightened,
            Posture::Crisis => self.crisis,
        }
    }
}

/// One step of the reach table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReachStep {
    /// From so many followers…
    pub followers: u64,
    /// …so many points.
    pub points: i32,
}

/// One step of the velocity table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VelocityStep {
    /// From so many likes, reposts and replies an hour…
    pub per_hour: u64,
    /// …so many points.
    pub points: i32,
}

/// `[[contribution]]`: points for a rule that holds.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// Its name in the reasons, unique among contributions.
    pub name: Id,
    /// Its name for people.
    pub title: Option<Localized>,
    /// May be negative.
    pub points: i32,
    /// When it counts (verdict stage).
    pub rule: Rule,
    /// Where the table stands.
    pub at: At,
}

/// `[[floor]]` or `[[cap]]`: a level that a rule holds the mention to, whatever its score.
#[derive(Debug, Clone)]
pub struct Bound {
    /// Its name, unique among floors or caps.
    pub name: Id,
    /// Its name for people.
    pub title: Option<Localized>,
    /// The level.
    pub level: Level,
    /// When it holds (verdict stage).
    pub rule: Rule,
    /// Where the table stands.
    pub at: At,
}

impl Priority {
    /// Points for `followers`: those of the highest step reached, 0 below the first.
    pub fn reach_points(&self, followers: u64) -> i32 {
        self.reach.iter().rev().find(|step| followers >= step.followers).map_or(0, |step| step.points)
    }

    /// Points for so many reactions an hour: those of the highest step reached, 0 below the first.
    pub fn velocity_points(&self, per_hour: u64) -> i32 {
        self.velocity.iter().rev().find(|step| per_hour >= step.per_hour).map_or(0, |step| step.points)
    }
}

impl Levels {
    /// Reads `levels`.
    pub(super) fn read(table: &mut Reader<'_>) -> Option<Self> {
        for key in ["P1", "P2", "P3"] {
            table.require(key);
        }
        let (p1, p2, p3) = (table.points("P1"), table.points("P2"), table.points("P3"));
        let levels = Self { p1: p1?, p2: p2?, p3: p3?, at: table.at() };
        if !(levels.p1 > levels.p2 && levels.p2 > levels.p3) {
            table.fail(ProblemKind::LevelOrder);
        }
        Some(levels)
    }
}

impl PosturePoints {
    /// Reads `posture`.
    pub(super) fn read(table: &mut Reader<'_>) -> Option<Self> {
        for key in ["quiet", "heightened", "crisis"] {
            table.require(key);
        }
        let (quiet, heightened, crisis) = (table.points("quiet"), table.points("heightened"), table.points("crisis"));
        Some(Self { quiet: quiet?, heightened: heightened?, crisis: crisis?, at: table.at() })
    }
}

impl ReachStep {
    /// Reads one table of `reach`.
    pub(super) fn read(table: &mut Reader<'_>) -> Option<Self> {
        table.require("followers");
        table.require("points");
        let (followers, points) = (table.integer("followers", 0..=1_000_000_000_000), table.points("points"));
        Some(Self { followers: u64::try_from(followers?).ok()?, points: points? })
    }
}

impl VelocityStep {
    /// Reads one table of `velocity`.
    pub(super) fn read(table: &mut Reader<'_>) -> Option<Self> {
        table.require("per_hour");
        table.require("points");
        let (per_hour, points) = (table.integer("per_hour", 0..=1_000_000_000_000), table.points("points"));
        Some(Self { per_hour: u64::try_from(per_hour?).ok()?, points: points? })
    }
}

impl Contribution {
    /// Reads a `[[contribution]]`.
    pub(super) fn read(table: &mut Reader<'_>) -> Option<Self> {
        let name = table.own_name(TableKind::Contribution);
        let owner = name.as_deref().unwrap_or("contribution").to_owned();
        table.require("points");
        table.require("match");
        let (points, title) = (table.points("points"), table.localized("title"));
        let rule = table.rule("match", &owner, Stage::Verdict);
        Some(Self { name: name?, title, points: points?, rule: rule?, at: table.at() })
    }
}

impl Bound {
    /// Reads a `[[floor]]`.
    pub(super) fn read_floor(table: &mut Reader<'_>) -> Option<Self> {
        Self::read(table, TableKind::Floor)
    }

    /// Reads a `[[cap]]`.
    pub(super) fn read_cap(table: &mut Reader<'_>) -> Option<Self> {
        Self::read(table, TableKind::Cap)
    }

    fn read(table: &mut Reader<'_>, kind: TableKind) -> Option<Self> {
        let name = table.own_name(kind);
        let owner = name.as_deref().unwrap_or(kind.key()).to_owned();
        table.require("level");
        table.require("match");
        let (level, title) = (table.token("level"), table.localized("title"));
        let rule = table.rule("match", &owner, Stage::Verdict);
        Some(Self { name: name?, title, level: level?, rule: rule?, at: table.at() })
    }
}
