//! `frontdesk plan new|check|test|diff|show DIR`, `plan explain CODE`: the response plan as files.
//!
//! What enters: a folder, or one file that holds everything. What leaves: on stdout the diagnostics, the overview or
//! the names of the files made. Nothing here changes a plan that exists.

mod check;
mod diff;
mod explain;
pub(super) mod new;
mod show;
mod test;
mod why;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::plan::{Diagnostic, Finding, Plan, PlanErrors, wording};

use super::{CliError, Context};

/// Arguments of `plan`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: PlanCommand,
}

#[derive(Debug, Subcommand)]
enum PlanCommand {
    /// Check a plan and print every problem with its place; exits 1 when the plan cannot be used
    Check(check::Args),
    /// Show what a changed plan would do to mentions: levels, initiatives, suggestions, with examples
    Diff(diff::Args),
    /// Tell what a code of a check means, why it matters and how to mend it; without one, list them
    Explain(explain::Args),
    /// Make a commented first plan in a new or empty folder
    New(new::Args),
    /// Print an overview of a plan, or the whole of it as a page for people
    Show(show::Args),
    /// Run the plan's own tests; exits 1 when one fails
    Test(test::Args),
    /// Tell why a mention is judged as it is, what nearly matched, and what would make it more urgent
    Why(why::Args),
}

/// Does what is asked of the plan.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    match &args.command {
        PlanCommand::Check(args) => check::run(args, context),
        PlanCommand::Diff(args) => diff::run(args, context),
        PlanCommand::Explain(args) => explain::run(args, context),
        PlanCommand::New(args) => new::run(args, context),
        PlanCommand::Show(args) => show::run(args, context),
        PlanCommand::Test(args) => test::run(args, context),
        PlanCommand::Why(args) => why::run(args, context),
    }
}

pub use check::moment;

/// Loads the plan for a command that needs it: a missing or broken one is a wrong use, told in full.
pub fn load_for_use(path: &Path, context: &Context) -> Result<(Plan, Vec<Finding>), CliError> {
    crate::plan::load(path).map_err(|errors| {
        let mut message = wording::summary(&errors, &context.locale);
        for problem in &errors.0 {
            message.push('\n');
            message.push_str(&Diagnostic::of_problem(problem, &context.locale).render(&context.locale));
        }
        failure(&errors, message)
    })
}

/// The exit code of a plan that could not be loaded.
fn failure(errors: &PlanErrors, message: String) -> CliError {
    if errors.is_io() { CliError::io(message) } else { CliError::usage(message) }
}

/// The plan named on the command line.
#[derive(Debug, Clone, clap::Args)]
struct PlanPath {
    /// The plan's folder, or one file that holds everything
    #[arg(value_name = "DIR")]
    path: PathBuf,
}
