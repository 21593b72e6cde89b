//! What else happened outside: the log, the clipboard, plan, sources, reports, drafts.

use std::sync::Arc;

use super::App;
use crate::mention::MentionId;
use crate::pipeline::Surge;
use crate::report::Report;
use crate::response_log::Record;
use crate::tr;
use crate::triage;
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Effects};
use crate::tui::event::{AppendFailure, Copying, Event};
use crate::tui::state::in_flight::{ActId, Doing, Gathering};
use crate::tui::state::mode::Mode;
use crate::tui::state::notices::{CopiedBy, Notice, Weight};
use crate::tui::state::page::{Body, Page};
use crate::tui::state::surges::Turn;

impl App {
    pub(super) fn take_note(&mut self, event: Event, effects: &mut Effects) {
        match event {
            Event::Answered(request, answer) => self.answered(request, answer),
            Event::Arrived { levels, changed } => self.arrived(levels, &changed),
            Event::RecordAppended(act, records) => self.recorded(act, records, effects),
            Event::AppendFailed(act, failure) => self.not_recorded(act, failure),
            Event::AppendLate(act) => {
                if self.acts.mark_late(act) {
                    self.tell(Notice::Late);
                }
            }
            Event::RecordsSeen { records, earlier } => self.records_seen(&records, earlier),
            Event::LogOpened(desk) => self.desk = Some(desk),
            Event::Copied { how, text, file } => self.copied(how, text, file, effects),
            Event::DraftsFound(drafts) => {
                self.tell(Notice::DraftsKept(drafts.len()));
                self.drafts = drafts;
            }
            Event::PlanLoaded(plan, findings) => {
                self.settings.plan = plan;
                self.suggestions.outdate();
                if matches!(self.mode, Mode::Walk(_)) {
                    // Its questions are those of the plan that was.
                    self.mode = Mode::Browse;
                }
                self.notices.withdraw(|notice| matches!(notice, Notice::PlanKept { .. }));
                self.tell(self.correction_told().unwrap_or(Notice::PlanLoaded { findings }));
                self.corrected = None;
            }
            Event::PlanRefused(problem, problems) => {
                self.notices.withdraw(|notice| matches!(notice, Notice::PlanKept { .. }));
                self.tell(Notice::PlanKept { problem, problems });
            }
            Event::VitalsTold { sources, elsewhere } => {
                self.settings.limits.learn(sources.iter().filter_map(|source| source.post_length.as_ref()));
                self.health.told(sources, elsewhere);
            }
            Event::Surging(surges) => self.surging(&surges),
            Event::LookedAgain { mentions, at } => self.looks.answered(&mentions, at),
            Event::ReportWritten { report, text, file } => self.show_report(report, text, file),
            Event::ExportSeen(path, seen) => self.export_seen(&path, seen),
            Event::ImportGoesOn(progress) => self.import_goes_on(progress),
            Event::ImportEnded(file, ended) => self.import_ended(&file, ended),
            Event::CaptureKept(id) => {
                self.forget_capture(effects);
                self.captured(id);
            }
            Event::QuarantineRead { source, read } => self.quarantine_read(&source, read),
            Event::QuarantineAside { source, aside } => self.quarantine_aside(&source, aside, effects),
            Event::Corrected { applied, words } => self.correction_ended(applied, words),
            Event::ThemeLoaded(theme) => self.settings.theme = *theme,
            other => self.told(other),
        }
    }

    /// Events that only tell the person something.
    fn told(&mut self, event: Event) {
        let notice = match event {
            Event::LogDamaged(cause) => Notice::LogDamaged(cause),
            Event::OpenFailed(cause) => Notice::OpenFailed(cause),
            Event::DraftFailed(cause) => Notice::DraftFailed(cause),
            Event::ReportFailed(cause) => Notice::ReportFailed(cause),
            Event::CaptureFailed(cause) => Notice::CaptureFailed(cause),
            Event::ThemeFailed(cause) => Notice::ThemeFailed(cause),
            Event::SourcesElsewhere => Notice::SourcesElsewhere,
            Event::SteerFailed(cause) => {
                Notice::Said(Weight::Error, tr!(self.settings.locale, "view-sources-steer-failed", cause = cause))
            }
            _ => return,
        };
        self.tell(notice);
    }

    fn arrived(&mut self, levels: [u64; 4], changed: &[MentionId]) {
        self.feed.arrived(levels);
        if !changed.is_empty() {
            self.feed.changed(changed, &[]);
            self.detail.forget(changed);
        }
        self.recount();
    }

    /// A rise that begins, grows or ends is told once.
    fn surging(&mut self, surges: &[Surge]) {
        for turn in self.surges.told(surges.to_vec()) {
            let weight = if matches!(turn, Turn::Over(_)) { Weight::Good } else { Weight::Warning };
            let words = turn.wording(&self.settings.plan, &self.settings.locale);
            self.tell(Notice::Said(weight, words));
        }
    }

    fn recorded(&mut self, act: ActId, records: Vec<Record>, effects: &mut Effects) {
        let was_late = self.acts.is_late();
        let Some(act) = self.acts.recorded(act) else { return };
        self.learn(&records);
        self.notices.withdraw(|notice| matches!(notice, Notice::Late));
        if act.drafts.len() > 1 || was_late {
            self.tell(Notice::Recorded { records: records.len() });
        }
        effects.push(Effect::Project(records));
    }

    /// Takes new records into the log pane and into the cases at hand, before the store has them.
    fn learn(&mut self, records: &[Record]) {
        for record in records {
            let record = Arc::new(record.clone());
            if !self.log.push(Arc::clone(&record)) {
                continue;
            }
            let Some(entry) = record.entry() else { continue };
            for id in record.touches() {
                self.detail.forget_answers(id);
                self.detail.change(id, |case| case.state.evolve(&entry));
                if let Some(case) = self.detail.case(id) {
                    let (status, disposition) = (case.state.status_at(self.now), case.state.disposition());
                    let claimed_by = case.state.claimed_by().map(ToString::to_string);
                    self.feed.change(id, |row| {
                        (row.status, row.disposition, row.claimed_by) = (status, disposition, claimed_by);
                    });
                }
            }
        }
    }

    fn not_recorded(&mut self, act: ActId, failure: AppendFailure) {
        let Some(act) = self.acts.failed(act) else { return };
        let ids: Vec<MentionId> = act.drafts.iter().map(|draft| draft.mention.id.clone()).collect();
        if failure.stale {
            self.detail.forget(&ids);
        }
        self.feed.changed(&ids, &ids);
        self.notices.withdraw(|notice| matches!(notice, Notice::Late));
        self.tell(Notice::NotRecorded { records: act.drafts.len(), cause: failure.cause });
    }

    fn records_seen(&mut self, records: &[Record], earlier: bool) {
        if !earlier {
            let selected = self.selected_id();
            let theirs = records.iter().rev().find(|record| {
                record.actor != self.settings.actor && record.touches().any(|id| selected.as_ref() == Some(id))
            });
            if let Some(record) = theirs {
                self.notices.tell(Notice::Foreign { actor: record.actor.to_string() });
            }
        }
        self.learn(records);
    }

    fn copied(&mut self, how: Copying, text: String, file: std::path::PathBuf, effects: &mut Effects) {
        match how {
            Copying::Tmux => self.tell(Notice::Copied { by: CopiedBy::Tmux, file }),
            Copying::AskTerminal => {
                effects.push(Effect::CopyThroughTerminal(text));
                self.tell(Notice::Copied { by: CopiedBy::Terminal, file });
            }
            Copying::FileOnly => {
                let title = tr!(self.settings.locale, "desk-page-copy-by-hand");
                self.tell(Notice::CopiedToFile { file });
                if self.mode.is_browsing() {
                    self.mode = Mode::Page(Page::new(title, Body::Text(text)));
                }
            }
        }
    }

    fn show_report(&mut self, report: Report, text: String, file: Option<std::path::PathBuf>) {
        let command = match report {
            Report::Situation => Command::ReportSituation,
            Report::Handover => Command::ReportHandover,
        };
        if self.mode.is_browsing() {
            self.mode = Mode::Page(self.shielded_page(command.title(&self.settings.locale), text));
        }
        if let Some(file) = file {
            self.tell(Notice::ReportWritten(file));
        }
    }

    /// A captured post is in the store: that it was captured goes on record, and it is shown.
    fn captured(&mut self, id: MentionId) {
        let doing = Doing::Command(triage::Command::Capture);
        self.acts.gather(Gathering::new(doing, vec![id.clone()], Vec::new()));
        self.returning = Some(id.clone());
        self.feed.changed(&[], std::slice::from_ref(&id));
        self.tell(Notice::Captured(id));
    }
}
