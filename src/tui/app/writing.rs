//! Replies and captured posts: copying, composing, keeping drafts.

use super::App;
use crate::mention::{Id, MentionId};
use crate::reply::{self, Blocked, Suggestion};
use crate::store::Case;
use crate::triage::{self, Reply};
use crate::tui::effect::{Effect, Effects};
use crate::tui::state::composer::{Composer, Draft, Writing};
use crate::tui::state::in_flight::Doing;
use crate::tui::state::mode::Mode;
use crate::tui::state::notices::Notice;

/// So many drafts are kept.
const DRAFTS: usize = 200;

impl App {
    /// Copies the shown suggestion and records that it was copied.
    pub(super) fn copy_suggestion(&mut self, effects: &mut Effects) {
        let Some(shown) = self.suggestions.shown().cloned() else {
            if self.selected_case().is_some() {
                return self.tell(Notice::NoSuggestion);
            }
            // A key may be quicker than the store: it counts for the mention it was pressed on, once that is read.
            self.copy_when_read = self.selected_id();
            return;
        };
        let targets = self.targets();
        // What was true when the words were drawn may not be now: a time in them has gone on, a fact has expired.
        let Some(shown) = self.made_anew(&shown) else { return self.tell(Notice::NoSuggestion) };
        if let Some(blocked) = &shown.blocked {
            return self.tell(Notice::Blocked(self.why(blocked)));
        }
        if shown.personal && targets.len() > 1 {
            return self.tell(Notice::Personal);
        }
        for target in &targets {
            self.look_again(target, effects);
        }
        effects.push(Effect::Copy(shown.text.clone()));
        let holding = shown.is_holding();
        let Suggestion { message, lang, text, authorized_by, .. } = shown;
        let reply = Reply { message: Some(message), lang, text, edited: false, holding };
        self.start_act(Doing::Command(triage::Command::Copy { reply, authorized_by }), targets);
    }

    /// A suggestion for the mention under the cursor as it would be made at this instant.
    fn made_anew(&self, shown: &Suggestion) -> Option<Suggestion> {
        let case = self.selected_case()?;
        let all = reply::suggest(&case.assessed, &self.settings.plan, &self.settings.limits, self.now);
        all.into_iter().find(|suggestion| suggestion.kind == shown.kind && suggestion.message == shown.message)
    }

    fn why(&self, blocked: &Blocked) -> String {
        blocked.text(&self.settings.locale, self.settings.plan.organization.hours.time_zone)
    }

    /// Opens the composer with the draft of an earlier time, else with the shown suggestion.
    pub(super) fn open_composer(&mut self) {
        let Some(case) = self.selected_case() else { return self.tell(Notice::NotRead) };
        let mention = &case.assessed.mention;
        let shown = self.suggestions.shown();
        let writing = Writing::Reply {
            mention: mention.id.clone(),
            network: mention.network.clone(),
            message: shown.map(|shown| shown.message.clone()),
            lang: shown.map_or(case.assessed.assessment.language.code, |shown| shown.lang),
            holding: shown.is_some_and(Suggestion::is_holding),
            original: shown.map(|shown| shown.text.clone()).unwrap_or_default(),
            approved_by: shown.and_then(|shown| shown.authorized_by.clone()),
            version: mention.version,
        };
        self.open(writing);
    }

    /// Opens the composer for a post seen elsewhere.
    pub(super) fn open_capture(&mut self) {
        self.open(Writing::Capture);
    }

    fn open(&mut self, writing: Writing) {
        let draft = self.drafts.iter().find(|draft| draft.writing.same_as(&writing)).cloned();
        let composer = if let Some(draft) = draft {
            Composer::new(draft.writing, &draft.text)
        } else {
            let text = match &writing {
                Writing::Reply { original, .. } => original.clone(),
                Writing::Capture => String::new(),
            };
            Composer::new(writing, &text)
        };
        self.mode = Mode::Composer(Box::new(composer));
        if let Some(case) = self.selected_case().cloned() {
            self.mention_changed(&case);
        }
    }

    /// Keeps what is being written, as typed.
    pub(super) fn keep_draft(&mut self, effects: &mut Effects) {
        let Mode::Composer(composer) = &self.mode else { return };
        let draft = composer.draft();
        self.drafts.retain(|kept| !kept.writing.same_as(&draft.writing));
        if self.drafts.len() >= DRAFTS {
            self.drafts.remove(0);
        }
        self.drafts.push(draft.clone());
        effects.push(Effect::SaveDraft(draft));
    }

    /// Closes the composer: with the text copied or captured, or with the draft kept.
    pub(super) fn leave_composer(&mut self, accept: bool, effects: &mut Effects) {
        let Mode::Composer(composer) = &self.mode else { return };
        let Draft { writing, text } = composer.draft();
        if !accept {
            self.mode = Mode::Browse;
            return;
        }
        if text.trim().is_empty() {
            return self.tell(Notice::Refused(triage::Refusal::EmptyText));
        }
        match &writing {
            Writing::Capture => {
                // Its draft stays until the post is in the store.
                effects.push(Effect::Capture(text));
                self.mode = Mode::Browse;
                return;
            }
            Writing::Reply { .. } => {
                if !self.copy_written(&writing, text, effects) {
                    return;
                }
            }
        }
        self.drafts.retain(|kept| !kept.writing.same_as(&writing));
        effects.push(Effect::DropDraft(writing));
        self.mode = Mode::Browse;
    }

    /// The captured post is in the store: its draft goes, unless another one is being written by now.
    pub(super) fn forget_capture(&mut self, effects: &mut Effects) {
        if !matches!(&self.mode, Mode::Composer(composer) if composer.writing == Writing::Capture) {
            self.drafts.retain(|kept| kept.writing != Writing::Capture);
            effects.push(Effect::DropDraft(Writing::Capture));
        }
    }

    /// False when the plan does not let an edited reply out; the composer then stays open.
    fn copy_written(&mut self, writing: &Writing, text: String, effects: &mut Effects) -> bool {
        let Writing::Reply { mention, message, lang, holding, original, approved_by, .. } = writing else {
            return false;
        };
        let edited = text != *original || message.is_none();
        if edited && self.settings.plan.organization.approve_edited {
            self.tell(Notice::Refused(triage::Refusal::EditedNeedsApproval));
            return false;
        }
        if self.detail.case(mention).is_none() {
            // It changed this moment and is being read again: it may be gone.
            self.tell(Notice::NotRead);
            return false;
        }
        if let Some(blocked) = self.keeps_back(mention, message.as_ref().filter(|_| !edited), *holding, &text) {
            self.tell(Notice::Blocked(self.why(&blocked)));
            return false;
        }
        effects.push(Effect::Copy(text.clone()));
        let authorized_by = approved_by.clone().filter(|_| !edited);
        let reply = Reply { message: message.clone(), lang: *lang, text, edited, holding: *holding };
        self.start_confirmed(Doing::Command(triage::Command::Copy { reply, authorized_by }), vec![mention.clone()]);
        true
    }

    /// What keeps a written reply from going out: what blocks the plan's words where they are unchanged, and what holds
    /// back everything.
    fn keeps_back(&self, mention: &MentionId, unchanged: Option<&Id>, holding: bool, text: &str) -> Option<Blocked> {
        let assessed = &self.detail.case(mention)?.assessed;
        let plan = &self.settings.plan;
        let Some(message) = unchanged else { return reply::own_words(text, assessed, plan) };
        let all = reply::suggest(assessed, plan, &self.settings.limits, self.now);
        all.into_iter().find(|one| one.message == *message && one.is_holding() == holding)?.blocked
    }

    /// Shows in an open composer that the mention it answers has another text now.
    pub(super) fn mention_changed(&mut self, case: &Case) {
        if let Mode::Composer(composer) = &mut self.mode
            && let Writing::Reply { mention, version, .. } = &composer.writing
            && *mention == case.row.id
            && *version != case.assessed.mention.version
        {
            composer.changed_to = Some(case.assessed.mention.text.clone());
        }
    }

    /// The whole mention under the cursor, if it has been read.
    pub fn selected_case(&self) -> Option<&std::sync::Arc<Case>> {
        self.detail.case(&self.feed.selected()?.id)
    }
}
