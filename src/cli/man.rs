//! `frontdesk man`: the manual page, from the same definition as the help.

use super::{CliError, Output, definition};

/// Arguments of `man`: none.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the page in roff: the program, then each of its subcommands.
pub fn run(_args: &Args) -> Result<(), CliError> {
    let mut program = definition();
    program.build();
    let mut out = Output::stdout();
    clap_mangen::Man::new(program.clone()).render(&mut out)?;
    for subcommand in program.get_subcommands().filter(|command| command.get_name() != "help") {
        let title = format!("frontdesk-{}", subcommand.get_name());
        clap_mangen::Man::new(subcommand.clone()).title(title).render(&mut out)?;
    }
    out.finish()
}
