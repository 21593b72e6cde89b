//! `frontdesk source check`: every source tried once, with the first mentions it would bring and its first problem.

use std::net::SocketAddr;
use std::path::Path;

use futures_util::future::join_all;
use serde::Serialize;

use super::sample::Sample;
use super::{Settings, none};
use crate::cli::{CliError, Context, Output};
use crate::config::{SourceConfig, SourceKind};
use crate::locale::Locale;
use crate::plan::{self, Plan};
use crate::sources::{Probe, SourceError, probe};
use crate::text::clean_line;
use crate::tr;

/// One line of `--json`.
#[derive(Serialize)]
struct Checked<'a> {
    id: &'a str,
    kind: &'static str,
    ok: bool,
    items: Option<usize>,
    bad: Option<usize>,
    message: &'a str,
    /// At most three, the newest first.
    first: Vec<Sample>,
}

/// Tries them all at the same time and tells in the order of the file.
pub(super) fn run(settings: &Settings, context: &Context, json: bool) -> Result<(), CliError> {
    let (sources, locale) = (&settings.config.sources, &settings.locale);
    let plan = plan_for(sources, &settings.config.plan);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let found = runtime.block_on(join_all(sources.iter().map(|source| probe(source, &context.clock, plan.as_ref()))));
    let mut output = Output::stdout();
    if sources.is_empty() && !json {
        output.line(&none(settings))?;
    }
    let mut all_ok = true;
    for (source, found) in sources.iter().zip(&found) {
        let (ok, message) = (is_ok(found), told(found, locale));
        all_ok &= ok;
        let (items, bad) = match found {
            Ok(Probe::Answers { items, bad, .. }) => (Some(*items), Some(*bad)),
            _ => (None, None),
        };
        let first = samples(found);
        if json {
            let kind = source.kind.token();
            output.json(&Checked { id: &source.id, kind, ok, items, bad, message: &message, first })?;
            continue;
        }
        output.line(&format!("{}: {message}", source.id))?;
        for sample in first {
            output.line(&sample.line(context.clock.now(), locale))?;
        }
    }
    output.finish()?;
    if all_ok { Ok(()) } else { Err(CliError::problems()) }
}

/// The plan, where a source's try needs it. One that does not load is told by the commands that are about it.
pub(super) fn plan_for(sources: &[SourceConfig], folder: &Path) -> Option<Plan> {
    let streams = sources.iter().any(|source| matches!(source.kind, SourceKind::Jetstream(_)));
    streams.then(|| plan::load(folder).ok()).flatten().map(|(plan, _)| plan)
}

/// True when nothing has to be done about it.
pub(super) fn is_ok(found: &Result<Probe, SourceError>) -> bool {
    match found {
        Ok(Probe::Answers { bad, .. }) => *bad == 0,
        Ok(Probe::Quiet { .. } | Probe::Listens { .. } | Probe::NotThereYet | Probe::NotTried | Probe::Disabled) => {
            true
        }
        Err(_) => false,
    }
}

/// The mentions that were found.
pub(super) fn samples(found: &Result<Probe, SourceError>) -> Vec<Sample> {
    match found {
        Ok(Probe::Answers { first, .. }) => first.iter().map(Sample::of).collect(),
        _ => Vec::new(),
    }
}

/// What came of a try, in a sentence.
pub(super) fn told(found: &Result<Probe, SourceError>, locale: &Locale) -> String {
    let text = match found {
        Err(error) => error.words(locale),
        Ok(Probe::Disabled) => tr!(locale, "source-disabled"),
        Ok(Probe::NotTried) => tr!(locale, "source-check-not-tried"),
        Ok(Probe::Quiet { program }) => tr!(locale, "source-check-quiet", program = program),
        Ok(Probe::Listens { address, is_running, is_open }) => listens(*address, *is_running, *is_open, locale),
        Ok(Probe::NotThereYet) => tr!(locale, "source-check-not-there-yet"),
        Ok(Probe::Answers { items, first_bad: None, per_second, .. }) => good(*items, *per_second, locale),
        Ok(Probe::Answers { items, bad, first_bad: Some((position, cause)), per_second, .. }) => {
            let good = good(*items, *per_second, locale);
            let (place, cause) = (position.words(locale), cause.words(locale));
            let bad = tr!(locale, "source-check-bad", count = *bad, place = place, cause = cause);
            format!("{good}; {bad}")
        }
    };
    clean_line(&text).into_owned()
}

fn listens(address: SocketAddr, is_running: bool, is_open: bool, locale: &Locale) -> String {
    let address = format!("http://{address}");
    let told = if is_running {
        tr!(locale, "source-check-is-listening", address = address)
    } else {
        tr!(locale, "source-check-would-listen", address = address)
    };
    if is_open { format!("{told}; {}", tr!(locale, "source-check-open")) } else { told }
}

/// What is good about a try: the items, and of a stream how much of it they were picked from.
fn good(items: usize, per_second: Option<u64>, locale: &Locale) -> String {
    let good = tr!(locale, "source-check-ok", count = items);
    match per_second {
        None => good,
        Some(rate) => format!("{good}; {}", tr!(locale, "source-check-rate", rate = rate)),
    }
}
