//! `frontdesk source list`: what is configured, and how it is doing by what the process that reads it told last.
//!
//! A source takes one line, as wide as the terminal; what to know about it stands below. Nothing is asked of any server.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::{Settings, none};
use crate::cli::{CliError, Context, Output};
use crate::config::{SourceConfig, SourceKind};
use crate::locale::{Locale, number};
use crate::mention::Network;
use crate::run::{LastVitals, last_vitals};
use crate::sources::{Lag, Phase, Quarantine, Quota, Vitals, reads};
use crate::text::clean_line;
use crate::text::width::{truncate, width, wrap};
use crate::tr;

/// Before what stands below a source.
const INDENT: &str = "    ";
/// The most columns of an id and of a state.
const ID: usize = 20;
const STATE: usize = 24;

/// One line of `--json`.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    kind: &'static str,
    reads: String,
    network: Option<&'a str>,
    every_seconds: Option<u64>,
    enabled: bool,
    /// How many bad items are kept in the quarantine.
    bad: usize,
    /// `disabled`, `unread` while nobody reads it, else what it is doing.
    state: &'static str,
    last_seen: Option<String>,
    lag: Option<Lag>,
    last_error: Option<Trouble<'a>>,
    next_try: Option<String>,
    quota: Option<Quota>,
    silent: bool,
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct Trouble<'a> {
    at: String,
    since: String,
    message: &'a str,
}

/// Lists them in the order of the file.
pub(super) fn run(settings: &Settings, context: &Context, json: bool) -> Result<(), CliError> {
    let sources = &settings.config.sources;
    // A list without what the reader told is a list still.
    let told = last_vitals(&settings.paths).ok().flatten();
    let lines: Vec<Line<'_>> =
        sources.iter().map(|source| Line::of(source, told.as_ref(), settings, context)).collect();
    let mut output = Output::stdout();
    if json {
        lines.iter().try_for_each(|line| output.json(&line.listed()))?;
        return output.finish();
    }
    if sources.is_empty() {
        output.line(&none(settings))?;
        return output.finish();
    }
    // Into a file or a pipe everything goes whole.
    let columns = Output::columns().map_or(usize::MAX, usize::from);
    table(&lines, columns).iter().try_for_each(|line| output.line(line))?;
    output.finish()
}

/// `sentinel  feed  next try in 40 s  https://…`, and below it what to know, none wider than `columns`.
fn table(lines: &[Line<'_>], columns: usize) -> Vec<String> {
    let ids = lines.iter().map(|line| width(&line.source.id)).max().unwrap_or_default().min(ID);
    let kinds = lines.iter().map(|line| line.source.kind.token().len()).max().unwrap_or_default();
    let states = lines.iter().map(|line| width(&line.state())).max().unwrap_or_default().min(STATE);
    let cut = |text: &str| truncate(&clean_line(text), columns).0.trim_end().to_owned();
    let mut rows = Vec::new();
    for line in lines {
        let kind = line.source.kind.token().to_owned();
        let mut row = String::new();
        for (text, columns) in [(line.source.id.to_string(), ids), (kind, kinds), (line.state(), states)] {
            let (shown, used) = truncate(&text, columns);
            row.push_str(&shown);
            row.extend(std::iter::repeat_n(' ', columns - used + 2));
        }
        row.push_str(&reads(line.source));
        rows.push(cut(&row));
        for below in line.below() {
            let below = clean_line(&below);
            let parts = wrap(&below, columns.saturating_sub(INDENT.len()).max(20));
            rows.extend(parts.into_iter().map(|part| format!("{INDENT}{}", below[part].trim())));
        }
    }
    rows
}

/// One source with what is known of it.
struct Line<'a> {
    source: &'a SourceConfig,
    vitals: Option<&'a Vitals>,
    is_current: bool,
    bad: usize,
    file: String,
    now: DateTime<Utc>,
    locale: &'a Locale,
}

impl<'a> Line<'a> {
    fn of(source: &'a SourceConfig, told: Option<&'a LastVitals>, settings: &'a Settings, context: &Context) -> Self {
        let quarantine = Quarantine::new(&settings.paths.quarantine, source.id.clone(), context.clock.clone());
        // What was told of another source of that name is nothing of this one's.
        let vitals = told.and_then(|told| told.kept.of(&source.id)).filter(|told| told.kind == source.kind.token());
        Self {
            source,
            vitals,
            is_current: told.is_some_and(|told| told.is_current),
            bad: quarantine.kept(),
            file: quarantine.file().display().to_string(),
            now: context.clock.now(),
            locale: &settings.locale,
        }
    }

    /// What it is doing; `None` while nobody reads it.
    fn phase(&self) -> Option<Phase> {
        self.vitals.filter(|_| self.is_current).map(|vitals| vitals.phase)
    }

    fn is_silent(&self) -> bool {
        self.is_current && self.vitals.is_some_and(|vitals| vitals.is_silent(self.now))
    }

    fn token(&self) -> &'static str {
        match self.phase() {
            _ if !self.source.enabled => "disabled",
            None => "unread",
            Some(Phase::Starting) => "starting",
            Some(Phase::Live) => "live",
            Some(Phase::Waiting) => "waiting",
            Some(Phase::BackingOff { .. }) => "backing_off",
            Some(Phase::Resting { .. }) => "resting",
            Some(Phase::Paused) => "paused",
            Some(Phase::Ended) => "ended",
            Some(Phase::Failed) => "failed",
        }
    }

    fn state(&self) -> String {
        match self.phase() {
            _ if !self.source.enabled => tr!(self.locale, "source-disabled"),
            Some(phase) => phase.words(self.locale, self.now),
            None => tr!(self.locale, "source-list-unread"),
        }
    }

    /// What to know about it, a line each.
    fn below(&self) -> Vec<String> {
        let (locale, mut below) = (self.locale, Vec::new());
        if let Some(vitals) = self.vitals {
            let span = |at| locale.short_span(self.now - at);
            if let Some(trouble) = &vitals.trouble {
                let text = trouble.words.get(locale.lang());
                below.push(tr!(locale, "source-list-error", span = span(trouble.at), text = text));
            }
            below.extend(vitals.notes.iter().map(|note| note.get(locale.lang()).to_owned()));
            let mut facts = Vec::new();
            facts.extend(vitals.last_seen.map(|at| tr!(locale, "source-list-heard", span = span(at))));
            facts.extend(vitals.lag.map(|lag| lag.words(locale)));
            facts.extend(vitals.quota.map(|quota| self.quota(quota)));
            if self.is_silent() {
                facts.push(tr!(locale, "source-list-silent"));
            }
            below.extend((!facts.is_empty()).then(|| facts.join(", ")));
        }
        if self.bad > 0 {
            below.push(tr!(locale, "source-kept-bad", count = self.bad, file = self.file.as_str()));
        }
        below
    }

    fn quota(&self, quota: Quota) -> String {
        let count = |count| number(self.locale.lang(), count);
        let left = match quota.limit {
            Some(limit) => format!("{}/{}", count(quota.remaining), count(limit)),
            None => count(quota.remaining),
        };
        tr!(self.locale, "source-list-quota", left = left)
    }

    fn listed(&self) -> Listed<'_> {
        let (source, instant) = (self.source, |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true));
        let lang = self.locale.lang();
        Listed {
            id: &source.id,
            kind: source.kind.token(),
            reads: reads(source),
            network: source.network.as_ref().map(Network::token),
            every_seconds: match &source.kind {
                SourceKind::Feed { every, .. } => Some(every.as_secs()),
                SourceKind::Reddit(reddit) => Some(reddit.every.as_secs()),
                SourceKind::Mastodon(account) => Some(account.every.as_secs()),
                SourceKind::Bluesky(account) => Some(account.every.as_secs()),
                SourceKind::Command(program) => program.signal.map(|every| every.as_secs()),
                _ => None,
            },
            enabled: source.enabled,
            bad: self.bad,
            state: self.token(),
            last_seen: self.vitals.and_then(|vitals| vitals.last_seen).map(instant),
            lag: self.vitals.and_then(|vitals| vitals.lag),
            last_error: self.vitals.and_then(|vitals| vitals.trouble.as_ref()).map(|trouble| Trouble {
                at: instant(trouble.at),
                since: instant(trouble.since),
                message: trouble.words.get(lang),
            }),
            next_try: self.phase().and_then(Phase::next).map(instant),
            quota: self.vitals.and_then(|vitals| vitals.quota),
            silent: self.is_silent(),
            notes: self
                .vitals
                .map(|vitals| vitals.notes.iter().map(|note| note.get(lang)).collect())
                .unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::locale::Lang;

    const CONFIG: &str = "[[source]]\nid = \"sentinel-of-the-whole-of-alder-bay\"\nkind = \"feed\"\n\
                          url = \"https://feeds.sentinel.example/alder-bay/news.xml?key=hush&q=water\"\n\
                          [[source]]\nid = \"inbox\"\nkind = \"ndjson\"\npath = \"mentions.jsonl\"\n\
                          [[source]]\nid = \"old\"\nkind = \"stdin\"\nenabled = false\n";
    const TOLD: &str = r#"[
        {"source":"sentinel-of-the-whole-of-alder-bay","kind":"feed","state":"backing_off","next_try":"2026-11-23T05:00:40Z",
         "last_seen":"2026-11-23T02:00:00Z","lag":{"items":3},"quota":{"remaining":12,"limit":300,"resets_at":null},
         "trouble":{"since":"2026-11-23T04:00:00Z","at":"2026-11-23T04:58:00Z",
                    "en":"https://feeds.sentinel.example answered with status 503, and with many more words than fit a line","fr":"réponse 503"}},
        {"source":"inbox","kind":"ndjson","state":"live","last_seen":"2026-11-22T05:00:00Z",
         "news":{"last_hour":0,"last":null,"expected_by":"2026-11-22T06:00:00Z"}}]"#;

    #[rstest]
    #[case::english(Lang::En, true, "listed_en")]
    #[case::french(Lang::Fr, true, "listed_fr")]
    #[case::nobody_reads(Lang::En, false, "listed_unread")]
    fn a_list_fits_80_columns(#[case] lang: Lang, #[case] is_current: bool, #[case] name: &str) {
        let config = crate::config::Config::parse(CONFIG, std::path::Path::new("config.toml")).expect("is right");
        let told: Vec<Vitals> = serde_json::from_str(TOLD).expect("vitals");
        let now = "2026-11-23T05:00:00Z".parse().expect("an instant");
        let (locale, file) = (Locale::new(lang), "/home/town/desk/state/quarantine/inbox.jsonl".to_owned());
        let line = |source: &'static SourceConfig| Line {
            source,
            vitals: told.iter().find(|told| told.source == source.id),
            is_current,
            bad: usize::from(&*source.id == "inbox"),
            file: file.clone(),
            now,
            locale: &locale,
        };
        let sources: &'static [SourceConfig] = config.sources.leak();
        let lines: Vec<Line<'_>> = sources.iter().map(line).collect();
        let rows = table(&lines, 80);
        assert!(rows.iter().all(|row| width(row) <= 80), "{rows:#?}");
        let json: Vec<String> =
            lines.iter().map(|line| serde_json::to_string(&line.listed()).expect("serializes")).collect();
        assert!(!format!("{rows:?}{json:?}").contains("hush"));
        insta::assert_snapshot!(name, format!("{}\n\n{}", rows.join("\n"), json.join("\n")));
    }
}
