//! The road map walked by a person: its open questions answered, or its branch overridden with a reason.
//!
//! What enters: the walk's commands. What leaves: the act that records where it ended, or the question for the reason
//! where a rule was overruled. A walk that changes nothing records nothing.

use super::App;
use crate::mention::Id;
use crate::plan::Step;
use crate::store::{Case, CaseSubject};
use crate::text::tokens::Tokens;
use crate::triage;
use crate::tui::command::Command;
use crate::tui::state::in_flight::Doing;
use crate::tui::state::mode::Mode;
use crate::tui::state::notices::Notice;
use crate::tui::state::prompt::{Prompt, Question};
use crate::tui::state::walk::{Walk, Walked};

impl App {
    /// Opens the walk for the mention under the cursor.
    pub(super) fn open_walk(&mut self) {
        let Some(case) = self.selected_case() else { return self.tell(Notice::NotRead) };
        let map = &self.settings.plan.road_map;
        let tokens = Tokens::of(&case.assessed.mention.text);
        let subject = self.looked_at(case, &tokens);
        let taken = taken(case, map);
        let rule = |step: &Step| {
            let rule = step.rule.as_ref()?;
            // On the way it took, the assessment is what counts; elsewhere nobody has asked the rules yet.
            let known = taken.iter().find(|(id, _)| *id == step.id).map(|(_, yes)| *yes);
            Some(known.unwrap_or_else(|| rule.query.matches(&subject)))
        };
        let rules = map.steps.iter().map(rule).collect();
        let before = self.state_of(case).0.overridden().map(|chosen| chosen.answers.clone()).unwrap_or_default();
        self.mode = Mode::Walk(Walk::new(case.row.id.clone(), rules, &before, map));
    }

    /// Answers, moves or ends the walk; false when none is open or the command is another.
    pub(super) fn walk(&mut self, command: Command) -> bool {
        let map = &self.settings.plan.road_map;
        let Mode::Walk(walk) = &mut self.mode else { return false };
        match command {
            Command::WalkYes => walk.answer(map, true),
            Command::WalkNo => walk.answer(map, false),
            Command::WalkNext => walk.by(map, 1),
            Command::WalkPrevious => walk.by(map, -1),
            Command::WalkAccept => self.accept_walk(),
            Command::WalkClose => self.mode = Mode::Browse,
            _ => return false,
        }
        true
    }

    /// Takes the outcome the walk ended at: recorded at once where only open questions were answered.
    fn accept_walk(&mut self) {
        let Mode::Walk(walk) = &self.mode else { return };
        let Some(walked) = walk.walked(&self.settings.plan.road_map) else {
            return self.tell(Notice::WalkOpen);
        };
        let target = walk.mention().clone();
        self.mode = Mode::Browse;
        if walked.answers.is_empty() {
            self.tell(Notice::WalkUnchanged);
        } else if walked.overrules() {
            self.mode = Mode::Prompt(Prompt::new(Question::BranchReason(walked), vec![target]));
        } else {
            self.start_act(branched(walked, String::new()), vec![target]);
        }
    }

    /// A case as the plan's verdict rules look at it.
    pub(super) fn looked_at<'a>(&self, case: &'a Case, tokens: &'a Tokens) -> CaseSubject<'a> {
        CaseSubject {
            mention: &case.assessed.mention,
            assessment: &case.assessed.assessment,
            tokens,
            status: case.row.status,
            copies: case.row.copies,
            at: case.row.at,
            now: self.now,
            zone: self.settings.plan.organization.hours.time_zone,
        }
    }
}

/// The act that records a walk.
pub(super) fn branched(walked: Walked, why: String) -> Doing {
    let Walked { outcome, path, answers } = walked;
    Doing::Command(triage::Command::OverrideBranch { outcome, path, answers, why })
}

/// The steps the assessment met, with their answers.
fn taken(case: &Case, map: &crate::plan::RoadMap) -> Vec<(Id, bool)> {
    let path = &case.assessed.assessment.path;
    let walk = map.walk(|step| path.contains(&step.id));
    walk.steps.into_iter().map(|(step, yes)| (step.id.clone(), yes)).collect()
}
