//! Acts: from a key to drafts for the response log.
//!
//! An act gathers the whole cases of its mentions, is decided for each by [`triage::decide`], and goes to the log as one
//! append. The cursor moves on at once; what the log then says comes back as an event.

use std::sync::Arc;

use super::App;
use crate::mention::{Disposition, MentionId, NoResponseReason};
use crate::plan::Outcome;
use crate::reply;
use crate::report::Report;
use crate::response_log::{Base, Draft};
use crate::store::Case;
use crate::text::tokens::Tokens;
use crate::triage::{self, CaseState, Refusal};
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Effects};
use crate::tui::state::in_flight::{Doing, Gathering};
use crate::tui::state::mode::{Focus, Mode};
use crate::tui::state::notices::Notice;
use crate::tui::state::prompt::{Prompt, Question};
use crate::tui::state::selection;

impl App {
    /// Carries out a command that acts on mentions.
    pub(super) fn act(&mut self, command: Command, effects: &mut Effects) {
        let doing = match command {
            Command::CaseLetStand => Doing::WithBranchReason(Disposition::LetStand),
            Command::CaseMonitor => Doing::WithBranchReason(Disposition::MonitorOnly),
            Command::CaseNotRelevant => Doing::WithBranchReason(Disposition::NotRelevant),
            Command::CaseClaim => Doing::ToggleClaim,
            Command::CaseConfirm if self.has_copied() => Doing::Post,
            Command::CaseConfirm => {
                self.focus = Focus::Detail;
                return;
            }
            Command::ReplyCopy => return self.copy_suggestion(effects),
            Command::ReplyCompose => return self.open_composer(),
            Command::MentionCapture => return self.open_capture(),
            Command::CaseOpenUrl => return self.open_url(effects),
            Command::CaseUndo => return self.take_back(true),
            Command::CaseRedo => return self.take_back(false),
            Command::ReportSituation => return effects.push(Effect::WriteReport(Report::Situation)),
            Command::ReportHandover => return effects.push(Effect::WriteReport(Report::Handover)),
            _ => return,
        };
        let narrow = matches!(doing, Doing::Post | Doing::Permalink(_));
        if narrow || !self.ask_for_copies(&doing) {
            let targets = self.targets();
            self.start_act(doing, targets);
        }
    }

    /// Starts an act; a large hand-picked selection has to be confirmed by its count first.
    pub(super) fn start_act(&mut self, doing: Doing, targets: Vec<MentionId>) {
        if targets.is_empty() {
            self.tell(Notice::NothingSelected);
        } else if let Some(members) = self.goes_wide(&doing, &targets) {
            // The count of near-copies stood on the screen while the person chose.
            if !members.is_empty() {
                self.start_confirmed(doing, members);
            }
        } else if targets.len() > selection::ASKS_ABOVE {
            self.mode = Mode::Prompt(Prompt::new(Question::Count(Box::new(doing)), targets));
        } else {
            self.start_confirmed(doing, targets);
        }
    }

    /// Starts an act without a further question.
    pub(super) fn start_confirmed(&mut self, doing: Doing, targets: Vec<MentionId>) {
        self.selection.clear();
        self.acts.gather(Gathering::new(doing, targets, Vec::new()));
    }

    /// Undo and redo reach the person's own last act, wherever the cursor is.
    fn take_back(&mut self, undo: bool) {
        let actor = &self.settings.actor;
        let reach = self
            .desk
            .as_ref()
            .and_then(|desk| if undo { self.log.to_undo(desk, actor) } else { self.log.to_redo(desk, actor) });
        let Some(reach) = reach else {
            return self.tell(if undo { Notice::NothingToUndo } else { Notice::NothingToRedo });
        };
        let command = if undo { triage::Command::Undo } else { triage::Command::Redo };
        self.acts.gather(Gathering::new(Doing::Command(command), vec![reach.mention], reach.companions));
    }

    /// Decides an act whose cases have all been read, and queues it for the log.
    pub(super) fn decide(&mut self, gathering: &Gathering) {
        let companions: Vec<(&MentionId, CaseState)> = gathering
            .companions
            .iter()
            .filter_map(|id| Some((id, self.state_of(gathering.cases.get(id)?).0)))
            .collect();
        let (mut drafts, mut refused, mut first) = (Vec::new(), 0, None);
        for id in &gathering.targets {
            let decided = match gathering.cases.get(id) {
                Some(case) => self.decide_for(case, &gathering.doing, &companions),
                None => Err(None),
            };
            match decided {
                Ok(decided) => drafts.extend(decided),
                Err(refusal) => {
                    refused += 1;
                    first = first.or(refusal);
                }
            }
        }
        let of = gathering.targets.len();
        match first {
            Some(first) if of > 1 => self.tell(Notice::RefusedSome { refused, of, first }),
            Some(first) => self.tell(Notice::Refused(first)),
            None if refused > 0 => self.tell(Notice::NotRead),
            None => {}
        }
        if drafts.is_empty() {
            return;
        }
        if gathering.doing.brings_back() {
            self.returning = gathering.targets.first().cloned();
        }
        let moves_on = gathering.doing.moves_on()
            && self.feed.selected().is_some_and(|row| drafts.iter().any(|draft| draft.mention.id == row.id));
        self.acts.push(drafts, gathering.doing.brings_back());
        if moves_on {
            self.select_next_open();
        }
    }

    /// Selects the next mention that still has to be looked at.
    fn select_next_open(&mut self) {
        let acts = &self.acts;
        self.feed.select_next(|row| {
            row.status.is_open() && row.status != crate::mention::Status::Snoozed && !acts.is_pending(&row.id)
        });
    }

    fn decide_for(
        &self,
        case: &Arc<Case>,
        doing: &Doing,
        companions: &[(&MentionId, CaseState)],
    ) -> Result<Vec<Draft>, Option<Refusal>> {
        let (state, pending) = self.state_of(case);
        let states: Vec<&CaseState> = companions.iter().map(|(_, state)| state).collect();
        let clauses = triage::clauses(&self.settings.plan);
        let context = triage::Context {
            actor: &self.settings.actor,
            now: self.now,
            base: state.last(),
            approve_edited: self.settings.plan.organization.approve_edited,
            clauses: &clauses,
            closed: case.assessed.mention.audience.is_closed(),
            companions: &states,
        };
        let command = self.command_for(case, &state, doing);
        self.may_be_said(case, &command).map_err(Some)?;
        let events = triage::decide(&command, &state, &context).map_err(Some)?;
        let mention = Arc::new(case.assessed.mention.clone());
        let mut drafts = Draft::of_command(&mention, events, &context);
        for draft in &mut drafts {
            draft.under(&self.settings.plan, branch(case, &state));
            draft.purpose = self.purpose(&draft.event);
        }
        if let Some(first) = drafts.first_mut() {
            if pending {
                // The act it stands on has no number yet.
                first.base = Base::Own;
            }
            first.also = companions.iter().map(|(id, state)| ((*id).clone(), state.last().cloned())).collect();
        }
        Ok(drafts)
    }

    /// Refuses a reply to a mention under a protocol that suspends them: a bulk act must not carry one there either.
    fn may_be_said(&self, case: &Case, command: &triage::Command) -> Result<(), Refusal> {
        let triage::Command::Copy { reply, .. } = command else { return Ok(()) };
        let found = &case.assessed.assessment;
        let scenario = reply.holding && reply.message.as_ref().is_some_and(|id| found.holdings.contains(id));
        match reply::suspending(found, &self.settings.plan).filter(|_| !scenario) {
            Some(protocol) => Err(Refusal::RepliesSuspended { title: protocol.title.clone() }),
            None => Ok(()),
        }
    }

    /// The command that an act comes to for one case: some depend on the branch its road map took.
    fn command_for(&self, case: &Case, state: &CaseState, doing: &Doing) -> triage::Command {
        let outcome = self.outcome_of(case, state);
        match doing {
            Doing::Command(command) => command.clone(),
            Doing::WithBranchReason(disposition) => triage::Command::Decide {
                disposition: *disposition,
                reason: self.reason_for(case, *disposition).or_else(|| outcome.and_then(|outcome| outcome.reason)),
                note: None,
                clause: None,
            },
            Doing::ToggleClaim if state.claimed_by() == Some(&self.settings.actor) => triage::Command::Release,
            Doing::ToggleClaim => triage::Command::Claim,
            Doing::Post => triage::Command::Post { permalink: None, disposition: reply_of(outcome) },
            Doing::Permalink(link) if state.copied().is_some() => {
                triage::Command::Post { permalink: Some(link.clone()), disposition: reply_of(outcome) }
            }
            Doing::Permalink(link) => triage::Command::AddPermalink { permalink: link.clone() },
            Doing::Escalate(level) => self.escalation(case, *level),
            Doing::Relabel(relabelling) => relabelling.command(&case.assessed.assessment),
        }
    }

    /// The reason for silence that an election period gives, for what would else be answered or weighed.
    fn reason_for(&self, case: &Case, disposition: Disposition) -> Option<NoResponseReason> {
        let (plan, found) = (&self.settings.plan, &case.assessed.assessment);
        let running = plan.election_on(plan.organization.hours.local_day(self.now)).is_some();
        if !running || !is_silence(disposition) {
            return None;
        }
        let all = reply::suggest(&case.assessed, plan, &self.settings.limits, self.now);
        reply::held_back(found, &all)
    }

    fn escalation(&self, case: &Case, level: u8) -> triage::Command {
        let plan = &self.settings.plan;
        let brief = plan.tiers.iter().find(|tier| tier.level == level).map(|tier| {
            let suggestions = reply::suggest(&case.assessed, plan, &self.settings.limits, self.now);
            reply::brief(&case.assessed, plan, tier, suggestions.first(), self.now, &self.settings.locale)
        });
        let (to, text, due) = brief.map_or_else(Default::default, |brief| (brief.to, brief.text, brief.due));
        triage::Command::Escalate { tier: level, to, brief: text, due }
    }

    /// Escalates, and takes the brief of the mention under the cursor to the clipboard.
    pub(super) fn escalate(&mut self, level: u8, targets: Vec<MentionId>, effects: &mut Effects) {
        let case = targets.first().and_then(|id| self.detail.case(id)).cloned();
        if let Some(case) = case
            && let triage::Command::Escalate { brief, .. } = self.escalation(&case, level)
        {
            effects.push(Effect::Copy(brief));
        }
        self.start_act(Doing::Escalate(level), targets);
    }

    /// The state of a case as it will be once everything of this desk is recorded; true when acts are on their way.
    pub fn state_of(&self, case: &Case) -> (CaseState, bool) {
        self.acts.tentative(&case.row.id, &case.state)
    }

    /// The outcome the road map suggests for the mention under the cursor.
    pub(super) fn suggested_outcome(&self) -> Option<&Outcome> {
        let case = self.selected_case()?;
        self.outcome_of(case, &self.state_of(case).0)
    }

    /// The highest tier whose rule speaks for the mention under the cursor.
    pub(super) fn suggested_tier(&self) -> Option<u8> {
        self.tier_for(self.selected_case()?)
    }

    /// The highest tier whose rule speaks for a case.
    pub(super) fn tier_for(&self, case: &Case) -> Option<u8> {
        let tokens = Tokens::of(&case.assessed.mention.text);
        let subject = self.looked_at(case, &tokens);
        let speaks = |tier: &&crate::plan::Tier| tier.rule.as_ref().is_some_and(|rule| rule.query.matches(&subject));
        self.settings.plan.tiers.iter().filter(speaks).map(|tier| tier.level).max()
    }

    /// Where the road map ends for a case: the outcome a person walked to, else the suggested one.
    fn outcome_of(&self, case: &Case, state: &CaseState) -> Option<&Outcome> {
        let chosen = state.overridden().map(|overridden| &overridden.outcome);
        let id = chosen.or(case.assessed.assessment.suggested.as_ref())?;
        self.settings.plan.road_map.outcomes.by_id(id)
    }

    fn has_copied(&self) -> bool {
        let case = self.selected_id().and_then(|id| self.detail.case(&id).cloned());
        case.is_some_and(|case| self.state_of(&case).0.copied().is_some())
    }

    /// Why the organization answers, for the reader of the record.
    fn purpose(&self, event: &triage::Event) -> Option<String> {
        match event {
            triage::Event::Copied { reply, .. } | triage::Event::Posted { reply, .. } => {
                let purpose = self.settings.plan.organization.purpose.as_ref()?;
                Some(purpose.get(reply.lang).to_owned())
            }
            _ => None,
        }
    }

    fn open_url(&mut self, effects: &mut Effects) {
        let url = self.selected_id().and_then(|id| self.detail.case(&id)?.assessed.mention.url.clone());
        match url.filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
            Some(url) => effects.push(Effect::OpenUrl(url)),
            None => self.tell(Notice::NoPage),
        }
    }
}

/// True for what is left unanswered although it is the organization's: there an election period is a reason.
pub(super) fn is_silence(disposition: Disposition) -> bool {
    matches!(disposition, Disposition::LetStand | Disposition::MonitorOnly)
}

/// The branch of the road map taken: the person's own, else the one the program walked.
fn branch(case: &Case, state: &CaseState) -> Vec<crate::mention::Id> {
    state.overridden().map_or_else(|| case.assessed.assessment.path.clone(), |overridden| overridden.path.clone())
}

/// The road map's disposition where it is one that answers.
fn reply_of(outcome: Option<&Outcome>) -> Option<Disposition> {
    outcome.map(|outcome| outcome.disposition).filter(|disposition| !disposition.is_no_response())
}
