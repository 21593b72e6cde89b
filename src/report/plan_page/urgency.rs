//! How urgent a mention is, and how soon it is answered.

use crate::locale::number;
use crate::mention::{Level, Posture};
use crate::plan::{Bound, LevelClock, Period};

use super::answers::table;
use super::document::{Block, Entry, Section, Words};
use super::pen::{self, Pen};

pub(super) fn sections(pen: &Pen<'_>) -> Vec<Section> {
    vec![pen.section("priority", priority(pen)), pen.section("service-levels", service_levels(pen))]
}

fn priority(pen: &Pen<'_>) -> Vec<Block> {
    let priority = &pen.plan.priority;
    let contributions = priority.contributions.iter().map(|contribution| {
        vec![
            name(pen, &contribution.name, contribution.title.as_ref()),
            Pen::points(contribution.points),
            pen::rule_words(&contribution.rule),
        ]
    });
    let tables = [
        part(pen, "levels", &["level", "from-points"], levels(pen)),
        part(pen, "contributions", &["name", "points", "when"], contributions.collect()),
        part(pen, "posture-points", &["posture", "points"], postures(pen)),
        part(pen, "reach-points", &["followers", "points"], reach(pen)),
        part(pen, "velocity-points", &["per-hour", "points"], velocity(pen)),
        part(pen, "floors", &["name", "at-least", "when"], bounds(pen, &priority.floors)),
        part(pen, "caps", &["name", "at-most", "when"], bounds(pen, &priority.caps)),
    ];
    tables.into_iter().flatten().collect()
}

/// A table under a heading; nothing where it has no rows.
fn part(pen: &Pen<'_>, title: &str, columns: &[&str], rows: Vec<Vec<Words>>) -> Option<Block> {
    let table = table(pen, columns, rows)?;
    let title = Words::plain(pen.word(title));
    Some(Block::Entry(Entry { anchor: None, title, marks: Vec::new(), blocks: vec![table] }))
}

fn name(pen: &Pen<'_>, name: &str, title: Option<&crate::plan::Localized>) -> Words {
    title.map_or_else(|| Words::plain(name), |title| pen.said(title))
}

fn level(pen: &Pen<'_>, level: Level) -> Words {
    Words::plain(format!("{} – {}", level.token(), pen.locale.word("level", level.token())))
}

fn levels(pen: &Pen<'_>) -> Vec<Vec<Words>> {
    let levels = &pen.plan.priority.levels;
    let row = |of, points: i32| vec![level(pen, of), Words::plain(points.to_string())];
    let rest = vec![level(pen, Level::P4), Words::plain(pen.word("everything-else"))];
    vec![row(Level::P1, levels.p1), row(Level::P2, levels.p2), row(Level::P3, levels.p3), rest]
}

fn postures(pen: &Pen<'_>) -> Vec<Vec<Words>> {
    let points = &pen.plan.priority.posture;
    let row = |posture: Posture| vec![pen.token("posture", posture.token()), Pen::points(points.points(posture))];
    [Posture::Quiet, Posture::Heightened, Posture::Crisis].map(row).to_vec()
}

fn reach(pen: &Pen<'_>) -> Vec<Vec<Words>> {
    let lang = pen.locale.lang();
    let row = |step: &crate::plan::ReachStep| {
        vec![Words::plain(format!("≥ {}", number(lang, step.followers))), Pen::points(step.points)]
    };
    pen.plan.priority.reach.iter().map(row).collect()
}

fn velocity(pen: &Pen<'_>) -> Vec<Vec<Words>> {
    let lang = pen.locale.lang();
    let row = |step: &crate::plan::VelocityStep| {
        vec![Words::plain(format!("≥ {}", number(lang, step.per_hour))), Pen::points(step.points)]
    };
    pen.plan.priority.velocity.iter().map(row).collect()
}

fn bounds(pen: &Pen<'_>, bounds: &[Bound]) -> Vec<Vec<Words>> {
    let row = |bound: &Bound| {
        vec![name(pen, &bound.name, bound.title.as_ref()), level(pen, bound.level), pen::rule_words(&bound.rule)]
    };
    bounds.iter().map(row).collect()
}

fn service_levels(pen: &Pen<'_>) -> Vec<Block> {
    let rows = [Level::P1, Level::P2, Level::P3, Level::P4].map(|of| {
        let service = pen.plan.priority.service_levels.of(of);
        let business = service.clock == LevelClock::Business;
        let period =
            |period: Option<Period>| period.map_or_else(|| Words::plain("–"), |period| pen.period(period, business));
        let clock: &str = service.clock.into();
        vec![level(pen, of), period(service.acknowledge), period(service.substance), pen.token("plan-clock", clock)]
    });
    table(pen, &["level", "acknowledge", "substance", "clock"], rows.to_vec()).into_iter().collect()
}
