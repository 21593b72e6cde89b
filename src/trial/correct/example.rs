//! The `[[test]]` that says how a mention is to be judged.

use std::fmt::Write as _;

use crate::mention::{Author, Mention, Network};
use crate::pipeline::{Assessment, Assessor};
use crate::plan::{Plan, toml_string};
use crate::trial::account::Account;

use super::Wrong;
use super::patch::Files;

/// Where examples are kept when the plan has none.
const FILE: &str = "tests.toml";

/// Adds the example after the others. Who said it and where is told only where the judgement depends on it.
pub(super) fn add(files: &mut Files, account: &Account<'_>, wrong: &Wrong) {
    let example = Example { mention: account.mention, plan: account.plan, judged: &account.assessment };
    example.add(files, &expected(wrong));
}

/// A mention as it is judged now, to be judged otherwise.
pub(in crate::trial) struct Example<'a> {
    pub(in crate::trial) mention: &'a Mention,
    pub(in crate::trial) plan: &'a Plan,
    pub(in crate::trial) judged: &'a Assessment,
}

impl Example<'_> {
    /// Adds it with what is `expected` of it, a table in TOML.
    pub(in crate::trial) fn add(&self, files: &mut Files, expected: &str) {
        let file = self.plan.tests.last().map_or_else(|| files.file_for(FILE), |test| test.at.file.to_string());
        files.append(&file, &table(self, expected));
    }
}

fn table(example: &Example<'_>, expected: &str) -> String {
    let mention = example.mention;
    let needed = needed(mention, example.plan, example.judged);
    let mut table = format!("[[test]]\ntext = {}\n", toml_string(&mention.text));
    // Writing to a string cannot fail.
    if needed >= Needed::Author {
        let author = &mention.author;
        let parts = [
            author.handle.as_deref().map(|handle| format!("handle = {}", toml_string(handle))),
            author.name.as_deref().map(|name| format!("name = {}", toml_string(name))),
            author.followers.map(|count| format!("followers = {count}")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if !parts.is_empty() {
            let _ = writeln!(table, "author = {{ {} }}", parts.join(", "));
        }
    }
    if needed >= Needed::Place {
        let _ = writeln!(table, "network = {}", toml_string(mention.network.token()));
        if let Some(lang) = &mention.lang {
            let _ = writeln!(table, "lang = {}", toml_string(lang));
        }
    }
    if needed >= Needed::Time {
        let _ = writeln!(table, "at = {}", mention.clock_start().format("%Y-%m-%dT%H:%M:%SZ"));
    }
    let _ = writeln!(table, "expect = {expected}");
    table
}

fn expected(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Relevant => "{ relevant = false }".to_owned(),
        Wrong::Missed(id) => format!("{{ relevant = true, initiatives = [{}] }}", toml_string(id)),
        Wrong::Priority(level) => format!("{{ priority = {} }}", toml_string(level.token())),
        Wrong::Initiative(id) => format!("{{ not = {{ initiatives = [{}] }} }}", toml_string(id)),
        Wrong::Message(id) => format!("{{ messages = [{}] }}", toml_string(id)),
    }
}

/// What of a mention its judgement needs besides the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Needed {
    Text,
    Author,
    Place,
    Time,
}

/// The least that is judged alike.
fn needed(mention: &Mention, plan: &Plan, judged: &Assessment) -> Needed {
    let mut assessor = Assessor::new();
    let mut told = Mention {
        author: Author::default(),
        network: Network::from_token("unknown"),
        lang: None,
        posted_at: None,
        ..mention.clone()
    };
    let mut alike = |told: &Mention| same(&assessor.assess_alone(told, plan), judged);
    if alike(&told) {
        return Needed::Text;
    }
    told.author = mention.author.clone();
    if alike(&told) {
        return Needed::Author;
    }
    (told.network, told.lang) = (mention.network.clone(), mention.lang.clone());
    if alike(&told) { Needed::Place } else { Needed::Time }
}

fn same(one: &Assessment, other: &Assessment) -> bool {
    let ids = |assessment: &Assessment| assessment.initiatives.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
    one.relevant == other.relevant
        && one.priority.level == other.priority.level
        && one.messages == other.messages
        && one.suggested == other.suggested
        && ids(one) == ids(other)
}
