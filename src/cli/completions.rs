//! `frontdesk completions SHELL`: the completion script, from the same definition as the help.

use clap_complete::Shell;

use super::{CliError, Output, definition};

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell that will read the script
    shell: Shell,
}

/// Prints the script.
pub fn run(args: &Args) -> Result<(), CliError> {
    // Generated in memory first: the generator panics on a writer that fails.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut definition(), "frontdesk", &mut script);
    let mut out = Output::stdout();
    std::io::Write::write_all(&mut out, &script)?;
    out.finish()
}
