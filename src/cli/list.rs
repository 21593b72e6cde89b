//! `frontdesk list` and `frontdesk search`: mentions of every status, newest first, as a table or as NDJSON.

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::json;

use super::{CliError, Context, Output};
use crate::locale::Locale;
use crate::query::{Query, Stage, wording};
use crate::run::HomeError;
use crate::store::{Anchor, Case, PageRequest, Row, Search, SqliteStore, Store, StoreError, View, search_all};
use crate::text::width;
use crate::tr;

/// Arguments of `list`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// Only mentions that match; the language of the desk's filter bar
    query: Option<String>,
    #[command(flatten)]
    form: Form,
}

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    /// What to look for; the language of the desk's filter bar
    query: String,
    #[command(flatten)]
    form: Form,
}

/// How the answer is written.
#[derive(Debug, clap::Args)]
struct Form {
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    /// At most N mentions
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// Lists everything, or what matches.
pub fn list(args: &ListArgs, context: &Context) -> Result<(), CliError> {
    print(args.query.as_deref(), &args.form, context)
}

/// Lists what matches.
pub fn search(args: &SearchArgs, context: &Context) -> Result<(), CliError> {
    print(Some(&args.query), &args.form, context)
}

fn print(query: Option<&str>, form: &Form, context: &Context) -> Result<(), CliError> {
    let (home, locale) = context.open_home()?;
    let query =
        query.filter(|query| !query.trim().is_empty()).map(|query| parse(query, home.zone(), &locale)).transpose()?;
    let failed = |error: HomeError| CliError::of_home(&error, &locale);
    let (store, _) = home.current_store().map_err(failed)?;
    let mut printer = Printer {
        cases: store.another().map_err(|error| failed(error.into()))?,
        out: Output::stdout(),
        columns: Output::columns().map(usize::from),
        now: context.clock.now(),
        json: form.json,
        locale: &locale,
        ended: Ok(()),
    };
    let limit = form.limit.unwrap_or(usize::MAX);
    let told = each(store, query, limit, printer.now, &mut |row| printer.print(&row));
    printer.ended?;
    told.map_err(|error| failed(error.into()))?;
    printer.out.finish()
}

fn parse(query: &str, zone: Tz, locale: &Locale) -> Result<Arc<Query>, CliError> {
    let parsed = Query::parse(query, Stage::Desk);
    for warning in parsed.iter().flat_map(Query::warnings) {
        super::output::report(&wording::warning(warning, locale));
    }
    parsed.map(|query| Arc::new(query.in_zone(zone))).map_err(|errors| {
        let errors = errors.iter().map(|error| {
            // The place is told in characters from 1: people count those.
            let column = query.get(..error.span.start).map_or(1, |before| before.chars().count() + 1);
            tr!(locale, "cli-query-error", column = column, problem = wording::error(error, locale))
        });
        CliError::usage(errors.collect::<Vec<_>>().join("\n"))
    })
}

/// Hands out the rows until `print` breaks it off.
fn each(
    mut store: SqliteStore,
    query: Option<Arc<Query>>,
    limit: usize,
    now: DateTime<Utc>,
    print: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    if let Some(query) = query {
        let search = Search { view: View::All, query, limit, after: None };
        return search_all(&mut store, &search, now, print);
    }
    let (mut anchor, mut left) = (Anchor::Top, limit);
    while left > 0 {
        let request = PageRequest { view: View::All, anchor, limit: left.min(PageRequest::MOST), folded: false };
        let page = store.page(&request, now)?;
        left -= page.rows.len();
        let last = page.rows.last().map(|row| row.position);
        for row in page.rows {
            if print(row).is_break() {
                return Ok(());
            }
        }
        match last {
            Some(last) if page.more_after => anchor = Anchor::After(last),
            _ => return Ok(()),
        }
    }
    Ok(())
}

struct Printer<'a> {
    /// Reads whole cases while the other handle is walked.
    cases: SqliteStore,
    out: Output,
    columns: Option<usize>,
    now: DateTime<Utc>,
    json: bool,
    locale: &'a Locale,
    ended: Result<(), CliError>,
}

impl Printer<'_> {
    fn print(&mut self, row: &Row) -> ControlFlow<()> {
        self.ended = if self.json { self.object(row) } else { self.line(row) };
        if self.ended.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn object(&mut self, row: &Row) -> Result<(), CliError> {
        let case = self.cases.case(&row.id, self.now).map_err(|error| CliError::of_home(&error.into(), self.locale))?;
        // Nothing is ever deleted: a row that was read is there.
        case.map_or(Ok(()), |case| self.out.json(&as_json(&case)))
    }

    /// `P2  new           3h  inbox:m-1           @ana.bsky.social  water       the first words`.
    fn line(&mut self, row: &Row) -> Result<(), CliError> {
        let author = row.handle.as_ref().map(|handle| format!("@{handle}"));
        let columns = [
            (if row.assessed { row.level.token().to_owned() } else { "P?".to_owned() }, 2),
            (self.locale.word("status", row.status.token()), 12),
            (self.locale.short_span(self.now - row.at), 4),
            (row.id.to_string(), 20),
            (author.or_else(|| row.name.clone()).unwrap_or_default(), 18),
            (row.initiatives.iter().map(|id| &**id).collect::<Vec<_>>().join(" "), 12),
        ];
        let mut line = String::new();
        for (index, (text, columns)) in columns.iter().enumerate() {
            // An id is there to be taken to another command: it is never cut.
            let (shown, used) =
                if index == 3 { (text.into(), width::width(text)) } else { width::truncate(text, *columns) };
            line.push_str(&shown);
            line.extend(std::iter::repeat_n(' ', columns.saturating_sub(used) + 2));
        }
        line.push_str(&row.excerpt);
        match self.columns {
            Some(columns) => self.out.line(&width::truncate(&line, columns).0),
            None => self.out.line(line.trim_end()),
        }
    }
}

fn as_json(case: &Case) -> serde_json::Value {
    let (mention, assessment) = (&case.assessed.mention, &case.assessed.assessment);
    let ids = |hits: &[crate::pipeline::Hit]| hits.iter().map(|hit| hit.id.to_string()).collect::<Vec<_>>();
    json!({
        "id": mention.id,
        "seen_by": mention.seen_by,
        "version": mention.version,
        "text": mention.text,
        "network": mention.network,
        "source": mention.source,
        "kind": mention.kind,
        "author": mention.author,
        "audience": mention.audience,
        "author_deleted_at": mention.author_deleted_at,
        "url": mention.url,
        "posted_at": mention.posted_at,
        "received_at": mention.received_at,
        "author_deleted_at": mention.author_deleted_at,
        "status": case.row.status,
        "disposition": case.row.disposition,
        "reason": case.state.reason(),
        "claimed_by": case.row.claimed_by,
        "due_at": case.row.due_at,
        "changed": case.row.changed,
        "extras": mention.extras,
        "assessed": case.row.assessed,
        "relevant": assessment.relevant,
        "initiatives": ids(&assessment.initiatives),
        "stakeholders": ids(&assessment.stakeholders),
        "key_messages": assessment.messages,
        "language": assessment.language.code,
        "intents": assessment.intents.iter().map(|hit| hit.intent).collect::<Vec<_>>(),
        "priority": {"level": assessment.priority.level, "score": assessment.priority.score},
    })
}
