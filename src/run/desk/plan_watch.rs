//! The plan's folder under watch: a good save is in force at once, a broken one changes nothing and is told.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::followers::watch_folder;
use crate::clock::SharedClock;
use crate::locale::Locale;
use crate::pipeline::Assessor;
use crate::plan::{self, Plan, wording};
use crate::run::Home;
use crate::store::{Desk, Reassess, Tell};
use crate::tui::event::Event;

/// Editors save in several steps; what follows within this is one save.
const SETTLE: Duration = Duration::from_millis(150);

/// Watches until cancelled.
pub fn start(
    home: &Arc<Home>,
    locale: &Arc<Locale>,
    clock: &SharedClock,
    (desk, plans): (Desk, watch::Sender<Arc<Plan>>),
    events: mpsc::Sender<Event>,
    cancel: CancellationToken,
) -> JoinHandle<()> {
    let follower = Follower {
        path: home.config.plan.clone(),
        locale: locale.clone(),
        clock: clock.clone(),
        desk,
        plans,
        events,
        refused: false,
    };
    tokio::spawn(follower.run(cancel))
}

struct Follower {
    path: PathBuf,
    locale: Arc<Locale>,
    clock: SharedClock,
    desk: Desk,
    plans: watch::Sender<Arc<Plan>>,
    events: mpsc::Sender<Event>,
    /// True while the files on disk are not the plan in force.
    refused: bool,
}

impl Follower {
    async fn run(mut self, cancel: CancellationToken) {
        let folder = if self.path.is_dir() { &*self.path } else { self.path.parent().unwrap_or(Path::new(".")) };
        let (mut changed, watcher) = watch_folder(folder);
        loop {
            tokio::select! {
                () = cancel.cancelled() => break,
                Some(()) = changed.recv() => {}
            }
            tokio::time::sleep(SETTLE).await;
            while changed.try_recv().is_ok() {}
            self.reload().await;
        }
        drop(watcher);
    }

    async fn reload(&mut self) {
        let (path, locale, now) = (self.path.clone(), self.locale.clone(), self.clock.now());
        let loaded = tokio::task::spawn_blocking(move || match plan::load(&path) {
            Ok((plan, _)) => {
                let mut findings = plan::check(&plan, now);
                findings.retain(|finding| finding.allowed.is_none());
                Ok((Arc::new(plan), findings.len()))
            }
            Err(errors) => Err((wording::first(&errors, &locale), errors.0.len())),
        });
        match loaded.await {
            Ok(Ok((plan, findings))) => self.put_in_force(plan, findings).await,
            Ok(Err((problem, problems))) => {
                self.refused = true;
                let _ = self.events.send(Event::PlanRefused(problem, problems)).await;
            }
            Err(error) => tracing::error!(%error, "loading the plan panicked"),
        }
    }

    async fn put_in_force(&mut self, plan: Arc<Plan>, findings: usize) {
        if plan.hash == self.plans.borrow().hash && !std::mem::take(&mut self.refused) {
            return;
        }
        // First the pipeline, so that nothing that arrives from here on is assessed by the old plan.
        let _ = self.plans.send(plan.clone());
        let (desk, plan_hash, mut assessor, under) =
            (self.desk.clone(), plan.hash.clone(), Assessor::new(), plan.clone());
        let reassess = Reassess {
            plan: plan_hash,
            assessor: Box::new(move |mention, kept| assessor.assess_again(mention, &under, kept)),
            visible: Vec::new(),
        };
        let told = tokio::task::spawn_blocking(move || desk.tell_waiting(0, Tell::Reassess(reassess)));
        let _ = told.await;
        let _ = self.events.send(Event::PlanLoaded(plan, findings)).await;
    }
}
