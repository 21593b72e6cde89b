//! What people are expected to talk about, and who they are.

use crate::mention::Posture;
use crate::plan::{Initiative, Label, Stakeholder};

use super::document::{Block, Entry, Section, Tone, Words};
use super::pen::{self, Pen};

pub(super) fn sections(pen: &Pen<'_>) -> Vec<Section> {
    let plan = pen.plan;
    let initiatives = plan.initiatives.iter().map(|initiative| Block::Entry(initiative_entry(pen, initiative)));
    let groups = plan.stakeholders.iter().map(|group| Block::Entry(group_entry(pen, group)));
    let labels = plan.labels.iter().map(|label| Block::Entry(label_entry(pen, label)));
    vec![
        pen.section("initiatives", initiatives.collect()),
        pen.section("stakeholders", groups.collect()),
        pen.section("labels", labels.collect()),
    ]
}

fn label_entry(pen: &Pen<'_>, label: &Label) -> Entry {
    let facts = [
        Some(pen.fact("says", Words::plain(pen.locale.labels(&label.says)))),
        pen.text_if("note", label.note.as_ref()),
        pen.rule_if("when", Some(&label.rule)),
    ];
    Entry {
        anchor: None,
        title: Words::code(&*label.id),
        marks: Vec::new(),
        blocks: vec![Block::Facts(facts.into_iter().flatten().collect())],
    }
}

fn initiative_entry(pen: &Pen<'_>, initiative: &Initiative) -> Entry {
    let today = pen.plan.organization.hours.local_day(pen.now);
    let tone = if initiative.posture == Posture::Quiet { Tone::Plain } else { Tone::Bad };
    let posture = super::document::Mark::new(pen.locale.word("posture", initiative.posture.token()), tone);
    let inactive = (!initiative.is_active(today)).then(|| pen.mark("inactive", Tone::Plain));
    let points = (initiative.base_priority != 0).then(|| Pen::points(initiative.base_priority));
    // A place of the plan's own list, or a name.
    let place = |id: &String| match pen.plan.places.by_id(id) {
        Some(place) => pen.named(pen::PLACE, &place.id),
        None => Words::plain(id),
    };
    let places = Words::joined(initiative.places.iter().map(place), ", ");
    let facts = [
        pen.text_if("owner", initiative.owner.as_ref()),
        pen.text_if("department", initiative.department.as_ref()),
        pen.text_if("spokesperson", initiative.spokesperson.as_ref()),
        pen.fact_if("start", initiative.start.map(Pen::day)),
        pen.fact_if("end", initiative.end.map(Pen::day)),
        pen.fact_if("review-by", initiative.review_by.map(Pen::day)),
        pen.fact_if("base-points", points),
        (!initiative.places.is_empty()).then(|| pen.fact("where", places)),
        pen.references("messages-of", pen::MESSAGE, &initiative.messages),
        pen.references("groups-of", pen::STAKEHOLDER, &initiative.stakeholders),
        pen.links("links", &initiative.links),
        pen.codes("hashtags", &initiative.hashtags),
        pen.rule_if("when", Some(&initiative.rule)),
    ];
    Entry {
        anchor: Some(pen::anchor(pen::INITIATIVE, &initiative.id)),
        title: pen.titled(&initiative.id, &initiative.title),
        marks: std::iter::once(posture).chain(inactive).collect(),
        blocks: vec![Block::Facts(facts.into_iter().flatten().collect())],
    }
}

fn group_entry(pen: &Pen<'_>, group: &Stakeholder) -> Entry {
    let facts = [
        Some(pen.fact("kind", pen.token("stakeholder", group.kind.token()))),
        pen.said_if("expectations", &group.expectations),
        pen.said_if("concerns", &group.concerns),
        pen.said_if("needs", &group.needs),
        pen.said_if("sensitivities", &group.sensitivities),
        pen.said_if("channels", &group.preferred_channels),
        Some(pen.fact("weight", Pen::points(group.weight))),
        pen.codes("handles", &group.handles),
        pen.rule_if("when", group.rule.as_ref()),
    ];
    Entry {
        anchor: Some(pen::anchor(pen::STAKEHOLDER, &group.id)),
        title: pen.titled(&group.id, &group.name),
        marks: Vec::new(),
        blocks: vec![Block::Facts(facts.into_iter().flatten().collect())],
    }
}
