//! Safety protocols: what is done, step by step, when somebody is threatened, exposed or in danger.
//!
//! Protocols are evaluated before every other rule on what was found out, so that those can ask for `protocol:ID`; one
//! that holds is a floor of the priority by itself.

use crate::mention::{Danger, Id, Level};
use crate::query::{Expr, Stage, Test};

use super::Plan;
use super::at::At;
use super::localized::Localized;
use super::named::has_id;
use super::problem::{ProblemKind, TableKind};
use super::reader::Reader;
use super::rules::Rule;

/// What the name of a protocol's floor begins with.
const FLOOR: &str = "protocol ";

/// Whom a protocol calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The role.
    pub role: String,
    /// Who holds it.
    pub name: Option<String>,
    /// The number.
    pub phone: Option<String>,
    /// Another way to reach them.
    pub channel: Option<String>,
}

/// `[[protocol]]`: a card for one sort of danger.
#[derive(Debug, Clone)]
pub struct Protocol {
    /// Unique among protocols.
    pub id: Id,
    /// Its heading.
    pub title: Localized,
    /// What sort of danger it is for: it holds by itself for every mention in which that danger is found.
    pub kind: Danger,
    /// When it holds besides (verdict stage, without `protocol:`); named `<id>.match`. A protocol for any other danger has
    /// one.
    pub rule: Option<Rule>,
    /// The floor it sets, P1 unless the plan says otherwise.
    pub level: Level,
    /// What to do, in order; never empty.
    pub steps: Vec<Localized>,
    /// Whom to call, in order.
    pub contacts: Vec<Contact>,
    /// The mention is to be captured before anything else; true unless the plan says otherwise.
    pub capture_first: bool,
    /// Nothing is to be answered in public; true unless the plan says otherwise.
    pub suspends_replies: bool,
    /// Where the table stands.
    pub at: At,
}

has_id!(Protocol);

impl Protocol {
    /// The name of the floor it sets, as assessments and records spell it.
    pub fn floor_name(&self) -> Id {
        format!("{FLOOR}{}", self.id).into()
    }

    /// Reads a `[[protocol]]`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.own_id(TableKind::Protocol);
        let owner = id.as_deref().unwrap_or("protocol").to_owned();
        for key in ["title", "kind"] {
            reader.require(key);
        }
        let (title, kind) = (reader.localized("title"), reader.token("kind"));
        // The program finds the dangers it has a name for; of any other one the plan has to say what shows it.
        if kind == Some(Danger::Other) {
            reader.require("match");
        }
        let rule = reader.rule("match", &owner, Stage::Verdict);
        if let (Some(rule), Some(field)) = (&rule, reader.field("match"))
            && asks_for_protocol(rule.query.expr())
        {
            reader.fail_at(&field.span(), ProblemKind::AsksForItself { field: "protocol" });
        }
        let steps = Self::read_steps(reader);
        let contacts = reader.children("contacts", "contacts", Contact::read);
        let protocol = Self {
            level: reader.token("level").unwrap_or(Level::P1),
            steps,
            contacts,
            capture_first: reader.boolean("capture_first").unwrap_or(true),
            suspends_replies: reader.boolean("suspends_replies").unwrap_or(true),
            at: reader.at(),
            id: id?,
            title: title?,
            kind: kind?,
            rule,
        };
        Some(protocol)
    }

    fn read_steps(reader: &mut Reader<'_>) -> Vec<Localized> {
        reader.require("steps");
        let steps = reader.localized_list("steps");
        if let Some(field) = reader.field("steps")
            && field.value.as_array().is_some_and(|steps| steps.is_empty())
        {
            reader.fail_at(&field.span(), ProblemKind::Empty { key: "steps".to_owned() });
        }
        steps
    }
}

impl Plan {
    /// What people call the floor `name`, be it one of the priority's or a protocol's. `None` when the plan has no such
    /// floor any more, or gives it no title.
    pub fn floor_title(&self, name: &str) -> Option<&Localized> {
        if let Some(floor) = self.priority.floors.iter().find(|floor| &*floor.name == name) {
            return floor.title.as_ref();
        }
        name.strip_prefix(FLOOR).and_then(|id| self.protocols.by_id(id)).map(|protocol| &protocol.title)
    }
}

fn asks_for_protocol(expr: &Expr) -> bool {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(asks_for_protocol),
        Expr::Not(inner) => asks_for_protocol(inner),
        Expr::Field(Test::Protocol(_)) => true,
        _ => false,
    }
}

impl Contact {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.require("role");
        let role = reader.text("role");
        let (name, phone, channel) = (reader.text("name"), reader.text("phone"), reader.text("channel"));
        Some(Self { role: role?, name, phone, channel })
    }
}
