//! Exports imported while the desk runs.
//!
//! What enters: what the person chose in the dialog. What leaves: events of how far it is, and what came of it. Everything runs
//! on threads of its own; rows are kept through the store's writing thread, a few at a time, so that a decision is projected
//! in between. One import runs at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;

use tokio::sync::mpsc;

use crate::clock::SharedClock;
use crate::config::replace_private;
use crate::locale::Locale;
use crate::mention::Id;
use crate::run::import::{Imported, Importing, Keep, read_into};
use crate::run::{Home, ImportError};
use crate::sources::{Asked, Export, Mapping, Profiles, Sample};
use crate::store::{Desk, Outcome, StoreError, Tell};
use crate::tr;
use crate::tui::effect::ImportJob;
use crate::tui::event::{Event, ImportProgress, ImportSum};

/// What an import needs besides the job.
#[derive(Debug, Clone)]
pub struct Surroundings {
    pub home: Arc<Home>,
    pub locale: Arc<Locale>,
    pub clock: SharedClock,
    pub desk: Desk,
    pub events: mpsc::Sender<Event>,
}

/// The import that runs, if one does. It is stopped when this is dropped.
#[derive(Debug, Default)]
pub struct Importer {
    stop: Arc<AtomicBool>,
    runs: Arc<AtomicBool>,
}

impl Importer {
    /// Looks at a file; [`Event::ExportSeen`] answers.
    pub fn look(path: PathBuf, around: Surroundings) {
        tokio::task::spawn_blocking(move || {
            let seen = Profiles::load(&around.home.paths.profiles)
                .map_err(|error| error.words(&around.locale))
                .and_then(|profiles| {
                    let sample = Sample::of(&path, &profiles, around.home.zone());
                    sample.map(Box::new).map_err(|error| error.words(&around.locale))
                });
            let _ = around.events.blocking_send(Event::ExportSeen(path, seen));
        });
    }

    /// Begins an import; [`Event::ImportGoesOn`] and at last [`Event::ImportEnded`] answer.
    pub fn start(&self, job: ImportJob, around: Surroundings) {
        if self.runs.swap(true, Ordering::SeqCst) {
            return;
        }
        self.stop.store(false, Ordering::SeqCst);
        let (stop, runs) = (self.stop.clone(), self.runs.clone());
        tokio::task::spawn_blocking(move || {
            let ended = run(&job, &around, &stop);
            runs.store(false, Ordering::SeqCst);
            let _ = around.events.blocking_send(Event::ImportEnded(file_name(&job.path), ended));
        });
    }

    /// Ends the running import after what was read so far.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }
}

impl Drop for Importer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn run(job: &ImportJob, around: &Surroundings, stop: &AtomicBool) -> Result<ImportSum, String> {
    let Surroundings { home, locale, clock, .. } = around;
    if let Some(mapping) = &job.new_profile {
        save(mapping, around)?;
    }
    let profiles = Profiles::load(&home.paths.profiles).map_err(|error| error.words(locale))?;
    let asked = Asked { profile: Some(&job.profile), map: &[], zone: home.zone() };
    let export = Export::open(&job.path, &profiles, &asked).map_err(|error| error.words(locale))?;
    let (name, source) = (file_name(&job.path), Id::from(job.profile.as_str()));
    let importing = Importing { export: &export, name: &name, source: &source, clock, stop };
    let mut keep = keeping(&name, export.length(), around);
    let done = read_into(home, &importing, &mut *keep).map_err(|error| match &error {
        ImportError::Export(error) => error.words(locale),
        ImportError::Home(error) => error.text(locale),
        ImportError::Quarantine(error) => tr!(locale, "cli-import-quarantine", error = error),
    })?;
    let Imported { new, versions: changed, seen, bad, stopped, .. } = done;
    Ok(ImportSum { new, changed, seen, bad, stopped })
}

/// A profile of the person's own, under a name that no other one has.
fn save(mapping: &Mapping, around: &Surroundings) -> Result<(), String> {
    let path = around.home.paths.profiles.join(format!("{}.toml", mapping.name));
    if path.exists() {
        return Err(tr!(around.locale, "import-name-taken", name = mapping.name.as_str()));
    }
    replace_private(&path, mapping.to_toml().as_bytes()).map_err(|error| format!("{}: {error}", path.display()))
}

/// Hands each batch to the store's writing thread, waits until it is kept, and tells the loop.
fn keeping<'a>(file: &'a str, length: u64, around: &'a Surroundings) -> Box<Keep<'a>> {
    Box::new(move |batches, done| {
        for prepared in batches {
            let (sender, answer) = sync_channel(1);
            let told = Box::new(move |outcomes: Result<Vec<Outcome>, StoreError>| {
                // Whoever asked waits below.
                let _ = sender.send(outcomes);
            });
            let closed = |_| StoreError::Closed;
            around.desk.tell_waiting(0, Tell::TakeIn(prepared.items, told)).map_err(|_| StoreError::Closed)?;
            let outcomes = answer.recv().map_err(closed)??;
            let new = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::New)).count() as u64;
            done.add(&outcomes, prepared.rest);
            let progress = ImportProgress { file: file.to_owned(), rows: done.rows(), read: done.read, length, new };
            if around.events.blocking_send(Event::ImportGoesOn(progress)).is_err() {
                return Err(StoreError::Closed.into());
            }
        }
        Ok(())
    })
}
