//! Near-copies as one row: unfolding it, and acts that are for all the open ones at once.
//!
//! What enters: the commands of the feed, the members the store answered with, and acts begun on a folded row. What leaves:
//! acts for every open member, one record each. The members are read while the cursor rests on the row; an act that
//! is quicker waits for them.

use super::App;
use crate::mention::MentionId;
use crate::store::{Ask, RequestId, Row, View};
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Effects};
use crate::tui::state::in_flight::Doing;
use crate::tui::state::mode::Mode;
use crate::tui::state::notices::{Notice, Weight};
use crate::tui::state::prompt::{Prompt, Question};

/// An act begun on a folded row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wide {
    /// The cluster it is for.
    cluster: MentionId,
    /// The row it was begun on.
    head: MentionId,
    /// What is done as soon as its members are read.
    doing: Option<Doing>,
}

impl App {
    /// Unfolds or folds near-copies; false when the command is another.
    pub(super) fn unfold(&mut self, command: Command) -> bool {
        let unfolds = match command {
            Command::FeedUnfold => true,
            Command::FeedFold => false,
            _ => return false,
        };
        let is_unfolded = self.feed.unfolded().is_some() && self.feed.selected_cluster() == self.feed.unfolded();
        let is_alone = self.feed.selected_cluster().is_none();
        if is_alone && self.feed.selected().is_some_and(|row| row.copies > 1) {
            self.say_of_copies("desk-copies-each");
        } else if is_alone {
            self.say_of_copies("desk-copies-none");
        } else if is_unfolded != unfolds {
            self.feed.toggle_copies();
        }
        true
    }

    fn say_of_copies(&mut self, name: &str) {
        let words = self.settings.locale.text(name);
        self.tell(Notice::Said(Weight::Warning, words));
    }

    /// Asks for the members that the row under the cursor stands for.
    pub(super) fn settle_copies(&mut self, effects: &mut Effects) {
        let requests = &mut self.requests;
        if let Some((request, cluster)) = self.feed.wanted_copies(|| requests.number()) {
            effects.push(Effect::Ask(request, Ask::Members(View::Open, cluster)));
        }
    }

    /// Takes the members of a cluster; an act that waited for them goes on.
    pub(super) fn copies_read(&mut self, request: RequestId, members: Vec<Row>) -> bool {
        if !self.feed.copies_read(request, members) {
            return false;
        }
        self.widen_popup();
        let waiting = self.wide.take_if(|wide| wide.doing.is_some() && self.feed.copies(&wide.cluster).is_some());
        if let Some(Wide { cluster, doing: Some(doing), .. }) = waiting {
            let targets = self.members(&cluster);
            self.start_confirmed(doing, targets);
        }
        true
    }

    /// A popup that was opened before the members were read is for all of them.
    fn widen_popup(&mut self) {
        let Some(wide) = &self.wide else { return };
        let members = self.members(&wide.cluster);
        let is_narrow = |targets: &[MentionId]| targets == std::slice::from_ref(&wide.head);
        match &mut self.mode {
            _ if members.is_empty() => {}
            Mode::Prompt(prompt) if is_narrow(&prompt.targets) => prompt.targets = members,
            Mode::Menu(menu) if is_narrow(menu.targets()) => menu.widen(members),
            _ => {}
        }
    }

    fn members(&self, cluster: &MentionId) -> Vec<MentionId> {
        self.feed.copies(cluster).unwrap_or_default().iter().map(|row| row.id.clone()).collect()
    }

    /// The mentions that a decision is for: the marked ones, else all that the row under the cursor stands for.
    pub(super) fn wide_targets(&mut self) -> Vec<MentionId> {
        self.wide = None;
        let folded = self.feed.selected_cluster().filter(|cluster| self.feed.unfolded() != Some(cluster)).cloned();
        let (Some(cluster), Some(head), true) = (folded, self.selected_id(), self.selection.is_empty()) else {
            return self.targets();
        };
        let members = self.members(&cluster);
        self.wide = Some(Wide { cluster, head: head.clone(), doing: None });
        if members.is_empty() { vec![head] } else { members }
    }

    /// Asks whether a decision is meant for all near-copies; false when it is for one mention or for marked ones.
    pub(super) fn ask_for_copies(&mut self, doing: &Doing) -> bool {
        let targets = self.wide_targets();
        if self.wide.is_none() {
            return false;
        }
        self.mode = Mode::Prompt(Prompt::new(Question::Copies(Box::new(doing.clone())), targets));
        true
    }

    /// What was begun on a folded row and left again is not begun any more.
    pub(super) fn narrow_again(&mut self) {
        if self.mode.is_browsing() {
            self.wide.take_if(|wide| wide.doing.is_none());
        }
    }

    /// The members that an act goes on with when it was begun on a folded row; none yet where it waits for them.
    pub(super) fn goes_wide(&mut self, doing: &Doing, targets: &[MentionId]) -> Option<Vec<MentionId>> {
        let mut wide = self.wide.take().filter(|wide| targets.contains(&wide.head))?;
        let members = self.members(&wide.cluster);
        if members.is_empty() {
            wide.doing = Some(doing.clone());
            self.wide = Some(wide);
        }
        Some(members)
    }
}
