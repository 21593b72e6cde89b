//! Importing an export on the desk: the dialog, the import that runs, and what came of it.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::App;
use crate::locale::number;
use crate::sources::{Field, Sample};
use crate::tr;
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Effects, ImportJob};
use crate::tui::event::{ImportProgress, ImportSum};
use crate::tui::state::import::{NameProblem, Step};
use crate::tui::state::mode::Mode;
use crate::tui::state::notices::{Notice, Weight};

/// The import that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Importing {
    /// How far it is.
    pub progress: ImportProgress,
    /// When it began.
    pub begun: DateTime<Utc>,
}

impl App {
    /// Opens the dialog, moves in it or takes its answers; false when the command is another.
    pub(super) fn import(&mut self, command: Command, effects: &mut Effects) -> bool {
        match command {
            Command::ImportFile if self.importing.is_some() => self.say(Weight::Warning, "import-runs"),
            Command::ImportFile => self.mode = Mode::Import(Box::default()),
            Command::ImportStop if self.importing.is_none() => self.say(Weight::Warning, "import-none"),
            Command::ImportStop => effects.push(Effect::StopImport),
            _ => {
                let Mode::Import(dialog) = &mut self.mode else { return false };
                match command {
                    Command::ImportNext => dialog.by(1),
                    Command::ImportPrevious => dialog.by(-1),
                    Command::ImportFieldNext => dialog.cycle(1),
                    Command::ImportFieldPrevious => dialog.cycle(-1),
                    Command::ImportText => dialog.assign(Some(Field::Text)),
                    Command::ImportDate => dialog.assign(Some(Field::Date)),
                    Command::ImportAuthor => dialog.assign(Some(Field::Author)),
                    Command::ImportUrl => dialog.assign(Some(Field::Url)),
                    Command::ImportId => dialog.assign(Some(Field::Id)),
                    Command::ImportExtra => dialog.assign(None),
                    Command::ImportAccept | Command::PromptAccept => self.accept_import(effects),
                    Command::ImportClose | Command::PromptClose => {
                        if !dialog.back() {
                            self.mode = Mode::Browse;
                        }
                    }
                    _ => return false,
                }
            }
        }
        true
    }

    fn say(&mut self, weight: Weight, name: &str) {
        let words = self.locale().text(name);
        self.tell(Notice::Said(weight, words));
    }

    fn accept_import(&mut self, effects: &mut Effects) {
        let (now, locale) = (self.now, self.locale());
        let Mode::Import(dialog) = &mut self.mode else { return };
        match dialog.step() {
            Step::Path => {
                if let Some(path) = dialog.path() {
                    effects.push(Effect::LookAtExport(path));
                }
            }
            Step::Looking => {}
            Step::Columns => {
                if let Some(job) = dialog.accept(now) {
                    self.begin_import(job, effects);
                }
            }
            Step::Name => match dialog.name() {
                Ok(job) => self.begin_import(job, effects),
                Err(NameProblem::Letters) => dialog.refuse(locale.text("import-name-letters")),
                Err(NameProblem::Taken(name)) => dialog.refuse(tr!(locale, "import-name-taken", name = name)),
            },
        }
    }

    fn begin_import(&mut self, job: ImportJob, effects: &mut Effects) {
        let file = job.path.file_name().unwrap_or(job.path.as_os_str()).to_string_lossy();
        let file = crate::text::clean_line(&file).into_owned();
        let progress = ImportProgress { file, rows: 0, read: 0, length: 0, new: 0 };
        self.importing = Some(Importing { progress, begun: self.now });
        self.mode = Mode::Browse;
        effects.push(Effect::Import(Box::new(job)));
    }

    /// What was found in a file; a late answer, for a dialog that was closed or is asked for another file, changes nothing.
    pub(super) fn export_seen(&mut self, path: &Path, seen: Result<Box<Sample>, String>) {
        if let Mode::Import(dialog) = &mut self.mode
            && Path::new(dialog.line().text().trim()) == path
        {
            dialog.seen(seen);
        }
    }

    pub(super) fn import_goes_on(&mut self, progress: ImportProgress) {
        if progress.new > 0 {
            // None of them has a level yet.
            self.feed.arrived([0, 0, 0, progress.new]);
            self.recount();
        }
        if let Some(importing) = &mut self.importing {
            importing.progress = progress;
        }
    }

    pub(super) fn import_ended(&mut self, file: &str, ended: Result<ImportSum, String>) {
        self.importing = None;
        let locale = self.locale();
        let file = crate::text::clean_line(file).into_owned();
        let notice = match ended {
            Err(words) => {
                let words = crate::text::clean_line(&words).into_owned();
                Notice::Said(Weight::Error, tr!(locale, "import-failed", file = file, cause = words))
            }
            Ok(sum) => {
                let words = sum.words(&locale);
                let name = if sum.stopped { "import-stopped" } else { "import-done" };
                let weight = if sum.stopped || sum.bad > 0 { Weight::Warning } else { Weight::Good };
                Notice::Said(weight, tr!(locale, name, file = file, counts = words))
            }
        };
        self.tell(notice);
        self.feed.changed(&[], &[]);
        self.recount();
    }
}

impl Importing {
    /// Rows a second and the seconds left, at `now`.
    pub fn pace(&self, now: DateTime<Utc>) -> (u64, Option<u64>) {
        let seconds = (now - self.begun).num_milliseconds().max(1) as f64 / 1000.0;
        let ImportProgress { rows, read, length, .. } = self.progress;
        let left = (read > 0).then(|| (seconds * length.saturating_sub(read) as f64 / read as f64).ceil() as u64);
        ((rows as f64 / seconds) as u64, left)
    }
}

impl ImportSum {
    /// `12,000 new, 3 bad`.
    fn words(&self, locale: &crate::locale::Locale) -> String {
        let count = |count| number(locale.lang(), count);
        let counts = [
            Some(tr!(locale, "cli-import-new", count = self.new, shown = count(self.new))),
            (self.changed > 0)
                .then(|| tr!(locale, "cli-import-changed", count = self.changed, shown = count(self.changed))),
            (self.seen > 0).then(|| tr!(locale, "cli-import-seen", count = self.seen, shown = count(self.seen))),
            (self.bad > 0).then(|| tr!(locale, "cli-import-bad", count = self.bad, shown = count(self.bad))),
        ];
        counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
