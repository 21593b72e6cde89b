//! `frontdesk demo`: the whole desk on the fictional town of Alder Bay, offline, in a scratch folder.

use std::path::Path;
use std::sync::Arc;

use super::{CliError, Context, desk, report};
use crate::config::Overrides;
use crate::run::{Home, HomeError, demo};
use crate::store::{Anchor, PageRequest, Store, View};
use crate::tr;

/// Arguments of `demo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many minutes pass in Alder Bay while one passes here
    #[arg(long, value_name = "N", default_value_t = demo::DEFAULT_SPEED)]
    speed: f64,
}

/// Opens the town as `frontdesk demo` does without arguments.
pub(super) fn open(context: &Context) -> Result<(), CliError> {
    run(&Args { speed: demo::DEFAULT_SPEED }, context)
}

/// Lays the town out and opens the desk on it; says where it is, before and after.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    desk::require_terminal(context)?;
    let folder = context.home.as_deref().filter(|folder| !folder.as_os_str().is_empty());
    let path = demo::prepare(folder).map_err(|cause| {
        let place = folder.map_or_else(std::env::temp_dir, Path::to_owned);
        CliError::io(format!("{}: {cause}", place.display()))
    })?;
    let place = path.display().to_string();
    report(&tr!(context.locale, "cli-demo-where", place = place.as_str()));
    let failed = |error: HomeError| CliError::of_home(&error, &context.locale);
    let home = Home::open(demo::paths(&path), &Overrides::default()).map_err(failed)?;
    home.paths.create().map_err(CliError::io)?;
    let newest = PageRequest { view: View::All, anchor: Anchor::Top, limit: 1, folded: false };
    let mut store = home.store().map_err(failed)?;
    let seen = store.page(&newest, context.clock.now()).map_err(CliError::io)?;
    let clock = demo::clock(&home.config, seen.rows.first().map(|row| row.at), args.speed);
    let ended = desk::open(home, Arc::new(clock), context);
    report(&tr!(context.locale, "cli-demo-kept", place = place));
    ended
}
