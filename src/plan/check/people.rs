//! Who is called: backups, the roster, and the organization's own accounts.
//!
//! What enters: the plan. What leaves: findings where the person who is to answer has nobody behind them, or is not
//! among those the plan knows. Names are compared as people write them: case and blanks do not count.

use crate::mention::Id;
use crate::plan::Plan;
use crate::plan::finding::FindingKind;
use crate::plan::problem::TableKind;
use crate::plan::roster::Member;

use super::Findings;

/// Somebody else answers when the first person does not.
pub(super) fn backups(plan: &Plan, findings: &mut Findings<'_>) {
    for tier in &plan.tiers {
        let Some(backup) = &tier.backup else {
            findings.add(&tier.at, FindingKind::NoBackup { level: tier.level });
            continue;
        };
        if let Some(name) = tier.name.as_ref().filter(|name| same(name, backup)) {
            let (table, id) = (TableKind::Tier.header(), format!("tier-{}", tier.level).into());
            findings.add_at_key(&tier.at, "backup", FindingKind::BackupIsSame { table, id, name: name.clone() });
        }
    }
    for member in plan.roster.iter().filter(|member| member.backup.as_ref() == Some(&member.id)) {
        let (table, id, name) = (TableKind::Member.header(), member.id.clone(), member.name.clone());
        findings.add_at_key(&member.at, "backup", FindingKind::BackupIsSame { table, id, name });
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Where there is a roster, the people of tiers and initiatives stand in it, by id, name or role.
pub(super) fn roster(plan: &Plan, findings: &mut Findings<'_>) {
    if plan.roster.is_empty() {
        return;
    }
    let known = Roster::new(&plan.roster);
    let mut check = |subject: &dyn Fn() -> Id, at, key: &'static str, person: &Option<String>| {
        let Some(person) = person.as_ref().filter(|person| !known.has(person)) else { return };
        let suggestion = findings.near(person, plan.roster.iter().map(|member| member.name.as_str()));
        let kind = FindingKind::NotInRoster { subject: subject(), key, person: person.clone(), suggestion };
        findings.add_at_key(at, key, kind);
    };
    for tier in &plan.tiers {
        let subject = || format!("tier-{}", tier.level).into();
        check(&subject, &tier.at, "name", &tier.name);
        check(&subject, &tier.at, "backup", &tier.backup);
    }
    for initiative in &plan.initiatives {
        check(&|| initiative.id.clone(), &initiative.at, "spokesperson", &initiative.spokesperson);
    }
}

/// What a person of the roster may be called.
struct Roster(std::collections::HashSet<String>);

impl Roster {
    fn new(members: &[Member]) -> Self {
        let names = |member: &Member| [&member.id, &*member.name, &*member.role].map(|name| name.trim().to_lowercase());
        Self(members.iter().flat_map(names).collect())
    }

    /// `Mei Chan-Lavigne, Communications` is Mei Chan-Lavigne.
    fn has(&self, person: &str) -> bool {
        let person = person.trim().to_lowercase();
        let name = person.split([',', '(', ';']).next().unwrap_or_default().trim_end();
        self.0.contains(&person) || self.0.contains(name)
    }
}

/// The organization's own accounts belong to no group: what it posts itself is not what the group says.
pub(super) fn accounts(plan: &Plan, findings: &mut Findings<'_>) {
    for handle in &plan.organization.accounts {
        for position in plan.groups_of_handle(handle) {
            let group = &plan.stakeholders[*position];
            let kind = FindingKind::OwnAccountInGroup { id: group.id.clone(), handle: handle.clone() };
            findings.add(&group.handles_at, kind);
        }
    }
}
