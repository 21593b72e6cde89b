//! A change of the plan in the person's editor: shown, perhaps edited, and applied only when it was saved.
//!
//! ```text
//! patch ─▶ file in state/ ─▶ editor ─▶ saved? ─▶ applies? ─▶ a plan without errors? ─▶ files replaced, one by one
//! ```
//!
//! What enters: a patch. What leaves: one sentence. Whatever goes wrong before the last step leaves the plan as it was; a patch
//! that cannot be applied is kept for the person. This waits for the editor and runs on a thread of its own.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};

use crate::config::private_file;
use crate::locale::Locale;
use crate::mention::Mention;
use crate::plan::{self, Plan, PlanErrors, wording};
use crate::run::Home;
use crate::store::{Anchor, PageRequest, Store, View};
use crate::text::clean_line;
use crate::tr;
use crate::trial::correct::{PatchError, Patched, patch};
use crate::trial::impact;
use crate::tui::effect::Correction;
use crate::tui::event::Event;

/// So many of the last mentions are judged again by the changed plan.
const LAST: usize = 500;

/// What a correction is made with.
pub(super) struct Corrector {
    pub(super) home: Arc<Home>,
    pub(super) locale: Arc<Locale>,
    pub(super) now: DateTime<Utc>,
}

/// Why the plan is as it was.
enum Refused {
    /// The person did not save, or emptied the patch.
    Cancelled,
    /// There is no editor.
    NoEditor,
    /// The editor ended with an error.
    Editor(String),
    Patch(PatchError),
    /// The plan on disk does not load by itself.
    Broken(PlanErrors),
    /// It would not load with the patch.
    Breaks(PlanErrors),
    Io(io::Error),
}

impl From<PatchError> for Refused {
    fn from(error: PatchError) -> Self {
        if error == PatchError::Empty { Self::Cancelled } else { Self::Patch(error) }
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Corrector {
    /// Shows the patch and applies what the person saves.
    pub(super) fn run(&self, correction: &Correction) -> Event {
        let file = self.home.paths.state.join(format!("correction-{}.patch", self.now.format("%Y%m%dT%H%M%S")));
        match self.edit(correction, &file) {
            Ok(words) => {
                remove(&file);
                Event::Corrected { applied: true, words }
            }
            Err(refused) => {
                if matches!(refused, Refused::Cancelled | Refused::Editor(_)) {
                    remove(&file);
                }
                Event::Corrected { applied: false, words: self.words(&refused, &file) }
            }
        }
    }

    fn edit(&self, correction: &Correction, file: &Path) -> Result<String, Refused> {
        let written = write_patch(file, &correction.patch)?;
        let editor = editor().ok_or(Refused::NoEditor)?;
        let ended = open_in(&editor, file).map_err(|error| Refused::Editor(error.to_string()))?;
        if !ended.success() {
            return Err(Refused::Editor(ended.to_string()));
        }
        if fs::metadata(file)?.modified()? == written {
            return Err(Refused::Cancelled);
        }
        let saved = fs::read_to_string(file)?;
        let (old, _) = plan::load(&self.home.config.plan).map_err(Refused::Broken)?;
        let patched = patch::apply(&saved, |name| Ok::<_, Refused>(text_of(&old, name)))?;
        let (new, _) = plan::from_files(with(&old, &patched)).map_err(Refused::Breaks)?;
        replace(&self.folder(), &patched)?;
        Ok(self.effect_of(&old, &new, correction.edits_rule))
    }

    /// The folder of the plan's files.
    fn folder(&self) -> PathBuf {
        let plan = &self.home.config.plan;
        if plan.is_dir() { plan.clone() } else { plan.parent().unwrap_or(Path::new(".")).to_owned() }
    }

    /// What the change does to the last mentions.
    fn effect_of(&self, old: &Plan, new: &Plan, edits_rule: bool) -> String {
        let mentions = self.last_mentions().unwrap_or_else(|error| {
            tracing::warn!(%error, "the last mentions could not be read");
            Vec::new()
        });
        let impact = impact(old, new, &mentions);
        let (changed, of) = (impact.changed, impact.mentions);
        tr!(self.locale, "wrong-done", edits = usize::from(edits_rule), changed = changed, of = of)
    }

    fn last_mentions(&self) -> Result<Vec<Mention>, String> {
        let failed = |error: crate::store::StoreError| error.to_string();
        let mut store = self.home.store().map_err(|error| error.text(&self.locale))?;
        let request = PageRequest { view: View::All, anchor: Anchor::Top, limit: LAST, folded: false };
        let rows = store.page(&request, self.now).map_err(failed)?.rows;
        let cases = rows.iter().map(|row| store.case(&row.id, self.now).map_err(failed));
        let mentions = cases.filter_map(|case| case.map(|case| Some(case?.assessed.mention)).transpose());
        mentions.collect()
    }

    fn words(&self, refused: &Refused, file: &Path) -> String {
        let (locale, file) = (&self.locale, file.display().to_string());
        let words = match refused {
            Refused::Cancelled => tr!(locale, "wrong-cancelled"),
            Refused::NoEditor => tr!(locale, "wrong-no-editor", file = file),
            Refused::Editor(cause) => tr!(locale, "wrong-editor-failed", cause = cause),
            Refused::Patch(PatchError::DoesNotApply(name)) => {
                tr!(locale, "wrong-not-applied", name = name, file = file)
            }
            Refused::Patch(PatchError::NotAPlanFile(name)) => tr!(locale, "wrong-not-a-file", name = name, file = file),
            Refused::Patch(PatchError::Unreadable | PatchError::Empty) => tr!(locale, "wrong-unreadable", file = file),
            Refused::Broken(errors) => {
                tr!(locale, "wrong-plan-broken", problem = wording::first(errors, locale), file = file)
            }
            Refused::Breaks(errors) => {
                let (problem, problems) = (wording::first(errors, locale), errors.0.len());
                tr!(locale, "wrong-breaks-plan", problem = problem, problems = problems, file = file)
            }
            Refused::Io(cause) => tr!(locale, "wrong-io", cause = cause.to_string(), file = file),
        };
        clean_line(&words).into_owned()
    }
}

/// Writes the patch with a time of change long past, so that any save shows; answers with that time.
fn write_patch(file: &Path, patch: &str) -> io::Result<SystemTime> {
    let mut options = OpenOptions::new();
    let mut opened = private_file(file, options.write(true).create(true).truncate(true))?;
    opened.write_all(patch.as_bytes())?;
    opened.set_modified(SystemTime::UNIX_EPOCH + Duration::from_hours(24))?;
    drop(opened);
    fs::metadata(file)?.modified()
}

/// The person's editor, as other programs find it.
fn editor() -> Option<String> {
    let mut named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    named.find(|editor| !editor.trim().is_empty())
}

/// Runs the editor, which may be a command with arguments, and waits for it.
fn open_in(editor: &str, file: &Path) -> io::Result<ExitStatus> {
    if cfg!(windows) {
        return Command::new(editor).arg(file).status();
    }
    // The file is an argument of the shell, never a part of its command.
    Command::new("sh").arg("-c").arg(format!("{editor} \"$1\"")).arg("sh").arg(file).status()
}

fn text_of(plan: &Plan, name: &str) -> String {
    let found = plan.sources.files().iter().find(|file| &**file.name() == name);
    found.map(|file| file.text().to_owned()).unwrap_or_default()
}

/// The plan's files with the patched ones in their places; what is built into the program is not among them.
fn with(plan: &Plan, patched: &[Patched]) -> Vec<(String, String)> {
    let own = plan.sources.files().iter().filter(|file| !file.is_built_in());
    let others = own.filter(|file| !patched.iter().any(|patched| patched.name == **file.name()));
    let others = others.map(|file| (file.name().to_string(), file.text().to_owned()));
    others.chain(patched.iter().map(|patched| (patched.name.clone(), patched.text.clone()))).collect()
}

/// Replaces the files: all are written beside the old ones first, then each is put in place at once. A file keeps who may
/// read it, and a link stays a link.
fn replace(folder: &Path, patched: &[Patched]) -> io::Result<()> {
    let mut ready = Vec::new();
    for Patched { name, text } in patched {
        let path = folder.join(name);
        let path = fs::canonicalize(&path).unwrap_or(path);
        let beside = path.with_file_name(format!(".{name}.new"));
        let mut options = OpenOptions::new();
        let mut file = private_file(&beside, options.write(true).create(true).truncate(true))?;
        file.write_all(text.as_bytes())?;
        if let Ok(metadata) = fs::metadata(&path) {
            file.set_permissions(metadata.permissions())?;
        }
        file.sync_all()?;
        ready.push((beside, path));
    }
    ready.iter().try_for_each(|(beside, path)| fs::rename(beside, path))
}

fn remove(file: &Path) {
    if let Err(error) = fs::remove_file(file) {
        tracing::warn!(%error, file = %file.display(), "the patch could not be removed");
    }
}
