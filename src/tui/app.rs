//! The desk's state as a whole, and the only way it changes.
//!
//! What enters: a [`Command`], a key, or an [`Event`]. What leaves: [`Effects`] for the driver. Each part of the state
//! looks after itself; the files beside this one say which parts a command or an event touches. After every change
//! `App::settle` asks for whatever the new state still needs. Nothing here reads a clock: the loop tells the instant.

mod acting;
mod answers;
mod browsing;
mod choosing;
mod copying;
mod correcting;
mod importing;
mod input;
mod labelling;
mod outside;
mod settling;
mod shielding;
mod sourcing;
mod walking;
mod writing;

pub use importing::Importing;
pub use labelling::Relabelling;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::locale::Locale;
use crate::mention::{Id, MentionId};
use crate::plan::Plan;
use crate::store::{Counts, RequestId, View};
use crate::text::lengths::Limits;

use super::command::Command;
use super::effect::{Effect, Effects};
use super::event::Event;
use super::keymap::{Keymap, Resolver};
use super::state::areas::Areas;
use super::state::composer::Draft;
use super::state::detail::Detail;
use super::state::feed::Feed;
use super::state::filter::FilterBar;
use super::state::health::Health;
use super::state::in_flight::InFlight;
use super::state::log_pane::LogPane;
use super::state::looks::Looks;
use super::state::mode::{Focus, Mode};
use super::state::notices::{Notice, Notices};
use super::state::requests::Requests;
use super::state::selection::Selection;
use super::state::shield::Shield;
use super::state::suggestions::Suggestions;
use super::state::surges::Surges;
use super::theme::Theme;

/// What the desk is started with and does not change by itself.
#[derive(Debug)]
pub struct Settings {
    /// The plan in force.
    pub plan: Arc<Plan>,
    /// The words.
    pub locale: Arc<Locale>,
    /// The keys.
    pub keymap: Keymap,
    /// The lengths of replies.
    pub limits: Limits,
    /// Who decides.
    pub actor: Id,
    /// The theme to start with.
    pub theme: Theme,
    /// The names of all themes.
    pub themes: Vec<String>,
    /// True where abuse and threats are covered from the start.
    pub shield: bool,
}

/// Everything the desk knows.
#[derive(Debug)]
pub struct App {
    /// The list of mentions.
    pub feed: Feed,
    /// The marks for bulk acts.
    pub selection: Selection,
    /// The whole mentions near the cursor.
    pub detail: Detail,
    /// The suggested replies for the mention under the cursor.
    pub suggestions: Suggestions,
    /// The filter bar.
    pub filter: FilterBar,
    /// The last records.
    pub log: LogPane,
    /// Acts that are not done with.
    pub acts: InFlight,
    /// What the person is told.
    pub notices: Notices,
    /// The sources.
    pub health: Health,
    /// What is talked about more than usual.
    pub surges: Surges,
    /// What covers abuse and threats.
    pub shield: Shield,
    /// Whether mentions still stand as they are shown.
    pub looks: Looks,
    /// The numbers of the status bar; none until the store first told.
    pub counts: Option<Counts>,
    /// How far the re-assessment under a new plan is: done, and of how many.
    pub reassessing: Option<(usize, usize)>,
    /// How far the assessment of what was imported is: done, and of how many.
    pub assessing: Option<(u64, u64)>,
    /// The import that runs.
    pub importing: Option<Importing>,
    /// What is being done.
    pub mode: Mode,
    /// The pane that has the keys.
    pub focus: Focus,
    /// Keys of a sequence that has begun.
    pub resolver: Resolver,
    /// Plan, words, keys, limits, themes.
    pub settings: Settings,
    /// Where the last frame put things.
    pub areas: Areas,
    now: DateTime<Utc>,
    desk: Option<Id>,
    drafts: Vec<Draft>,
    requests: Requests,
    counting: Counting,
    searching: Option<RequestId>,
    seen: Vec<MentionId>,
    returning: Option<MentionId>,
    /// The mention whose suggestion is to be copied as soon as there is one.
    copy_when_read: Option<MentionId>,
    /// What became of the last change of the plan, and when: the plan's reload follows it and must not hide it.
    corrected: Option<(DateTime<Utc>, String)>,
    /// An act that was begun on a row that stands for near-copies.
    wide: Option<copying::Wide>,
    /// False once a person chose a view, or one with rows was found.
    choosing_view: bool,
    /// The store failed: nothing is asked until the next key.
    store_rests: bool,
}

/// Whether the numbers of the status bar are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counting {
    Fresh,
    Stale,
    Asked { request: RequestId, again: bool },
}

impl App {
    /// A desk that has read nothing yet. The first `App::settle` asks for the first page.
    pub fn new(settings: Settings, now: DateTime<Utc>) -> Self {
        Self {
            feed: Feed::new(View::Urgent),
            selection: Selection::default(),
            detail: Detail::default(),
            suggestions: Suggestions::default(),
            filter: FilterBar::default(),
            log: LogPane::default(),
            acts: InFlight::default(),
            notices: Notices::default(),
            health: Health::default(),
            surges: Surges::default(),
            shield: Shield::new(settings.shield),
            looks: Looks::default(),
            counts: None,
            reassessing: None,
            assessing: None,
            importing: None,
            mode: Mode::default(),
            focus: Focus::default(),
            resolver: Resolver::default(),
            settings,
            areas: Areas::default(),
            now,
            desk: None,
            drafts: Vec::new(),
            requests: Requests::default(),
            counting: Counting::Stale,
            searching: None,
            seen: Vec::new(),
            returning: None,
            copy_when_read: None,
            corrected: None,
            wide: None,
            choosing_view: true,
            store_rests: false,
        }
    }

    /// The instant of the last thing that happened.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Takes the instant; the loop tells it before each command, key or event.
    pub fn tick(&mut self, now: DateTime<Utc>) {
        self.now = now;
    }

    /// The mention under the cursor.
    pub fn selected_id(&self) -> Option<MentionId> {
        self.feed.selected().map(|row| row.id.clone())
    }

    /// The id of this desk's chain of records, once the log is open.
    pub fn desk(&self) -> Option<&Id> {
        self.desk.as_ref()
    }

    /// Unfinished texts, the newest last.
    pub fn drafts(&self) -> &[Draft] {
        &self.drafts
    }

    /// Carries out a command.
    pub fn apply(&mut self, command: Command) -> Effects {
        let mut effects = Effects::default();
        self.carry_out(command, &mut effects);
        self.settle(&mut effects);
        effects
    }

    /// Takes note of an event.
    pub fn happened(&mut self, event: Event) -> Effects {
        let mut effects = Effects::default();
        self.take_note(event, &mut effects);
        self.settle(&mut effects);
        effects
    }

    /// Asks for what the state needs: to be called once before the first event.
    pub fn start(&mut self) -> Effects {
        let mut effects = Effects::default();
        self.settle(&mut effects);
        effects
    }

    fn locale(&self) -> Arc<Locale> {
        Arc::clone(&self.settings.locale)
    }

    fn tell(&mut self, notice: Notice) {
        self.notices.tell(notice);
    }

    fn carry_out(&mut self, command: Command, effects: &mut Effects) {
        self.narrow_again();
        match command {
            Command::AppQuit => effects.push(Effect::Quit),
            Command::AppRedraw => effects.push(Effect::Redraw),
            _ if self.browse(command)
                || self.edit_filter(command)
                || self.shield(command)
                || self.unfold(command)
                || self.choose(command, effects)
                || self.import(command, effects)
                || self.walk(command)
                || self.source(command, effects) => {}
            _ if self.answer_popup(command, effects) => {}
            _ => self.act(command, effects),
        }
    }
}
