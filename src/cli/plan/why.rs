//! `frontdesk plan why DIR`: why a mention is judged as it is, why not otherwise, and what would make it more urgent.

mod shape;

use clap::ArgGroup;

use crate::cli::{CliError, Context, Output};
use crate::locale::Locale;
use crate::mention::{Id, Mention, RawItem};
use crate::pipeline::{assess, normalise};
use crate::run::HomeError;
use crate::store::Store;
use crate::text::clean_line;
use crate::tr;
use crate::triage::CaseState;
use crate::trial::account::{why, wording};

use super::PlanPath;

/// Arguments of `plan why`.
#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("what").required(true).args(["text", "id"])))]
pub struct Args {
    #[command(flatten)]
    plan: PlanPath,
    /// What is said
    #[arg(long)]
    text: Option<String>,
    /// A mention of the store, as `list` prints it
    #[arg(long)]
    id: Option<String>,
    /// The account that says the text
    #[arg(long, value_name = "HANDLE", requires = "text")]
    author: Option<String>,
    /// How many follow that account
    #[arg(long, value_name = "N", requires = "author")]
    followers: Option<u64>,
    /// Where the text is said
    #[arg(long, value_name = "NETWORK", requires = "text")]
    network: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Prints the account.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let (plan, _) = super::load_for_use(&args.plan.path, context)?;
    let (mention, state) = match &args.id {
        Some(id) => kept(id, context)?,
        None => (said(args, context), CaseState::default()),
    };
    let assessment = assess(&mention, &plan);
    let mut account = why(&mention, &assessment, &plan, context.clock.now());
    account.chosen = state.overridden();
    let mut out = Output::stdout();
    if args.json {
        out.json(&shape::account(&account))?;
    } else {
        let text = wording::text(&wording::lines(&account, &context.locale));
        for line in text.lines() {
            out.line(line)?;
        }
    }
    out.finish()
}

/// The text of the command line as a mention.
fn said(args: &Args, context: &Context) -> Mention {
    let text = args.text.clone().unwrap_or_default();
    let mut item = RawItem::new(Id::from("text"), text, context.clock.now());
    item.network.clone_from(&args.network);
    item.author.handle.clone_from(&args.author);
    item.author.followers = args.followers;
    normalise(item)
}

/// A mention of the home's store, with what was done about it.
fn kept(id: &str, context: &Context) -> Result<(Mention, CaseState), CliError> {
    let (home, locale) = context.open_home()?;
    let failed = |error: HomeError| CliError::of_home(&error, &locale);
    let (mut store, _) = home.current_store().map_err(failed)?;
    let named = store.resolve(id).map_err(|error| failed(error.into()))?;
    let [found] = named.as_slice() else { return Err(not_one(id, &named, &locale)) };
    let case = store.case(found, context.clock.now()).map_err(|error| failed(error.into()))?;
    let case = case.ok_or_else(|| not_one(id, &[], &locale))?;
    Ok((case.assessed.mention, case.state))
}

fn not_one(id: &str, named: &[crate::mention::MentionId], locale: &Locale) -> CliError {
    let id = clean_line(id).into_owned();
    if named.is_empty() {
        return CliError::usage(tr!(locale, "cli-decide-unknown", id = id));
    }
    let ids = named.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    CliError::usage(tr!(locale, "cli-decide-ambiguous", id = id, ids = ids))
}
