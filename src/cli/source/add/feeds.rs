//! Feeds by the page that names them, and by the list that another reader exports.
//!
//! What enters: an address, or an OPML file. What leaves: one block a feed, each with a name of its own. What is configured
//! already is told and left out, and so is a feed of a list that does not answer.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use futures_util::StreamExt;
use futures_util::stream;

use super::answers::Block;
use super::questions::Questions;
use super::{Settings, check};
use crate::cli::CliError;
use crate::clock::SharedClock;
use crate::config::{SourceConfig, SourceKind};
use crate::sources::{Candidate, Discovered, Opml, discover, probe, redacted};
use crate::text::clean_line;
use crate::text::fold::fold_char;
use crate::text::width::truncate;
use crate::tr;

/// The most of a list that is read: the reader of lists refuses more.
const LARGEST: u64 = (4 << 20) + 1;
/// How many feeds of a list are tried at the same time.
const AT_ONCE: usize = 8;
/// The longest name that is made from a title.
const LONGEST_NAME: usize = 24;
/// The columns of a title in a list of choices.
const TITLE: usize = 60;

/// The feeds at `url`: itself, or those of a page that are chosen. An address that does not answer is left to the try.
pub(super) fn at(url: &str, questions: &mut Questions<'_>, clock: &SharedClock) -> Result<Vec<Candidate>, CliError> {
    let locale = questions.locale;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut found = match runtime.block_on(discover(url, clock)) {
        Err(_) => return Ok(vec![Candidate { url: url.to_owned(), title: None }]),
        Ok(Discovered::Feed(feed)) => return Ok(vec![feed]),
        Ok(Discovered::Page(feeds)) => feeds,
    };
    let page = redacted(url);
    match found.len() {
        0 => return Err(CliError::usage(tr!(locale, "source-add-no-feeds", url = page))),
        1 => return Ok(found),
        _ => {}
    }
    if !questions.asks {
        let addresses: Vec<String> = found.iter().map(|feed| redacted(&feed.url)).collect();
        let feeds = clean_line(&addresses.join(", ")).into_owned();
        return Err(CliError::usage(tr!(locale, "source-add-several-feeds", url = page, feeds = feeds)));
    }
    questions.say(&tr!(locale, "source-add-feeds-of-page", url = page))?;
    for (number, feed) in found.iter().enumerate() {
        let title = feed.title.clone().unwrap_or_else(|| redacted(&feed.url));
        questions.say(&format!("  {:2}  {}", number + 1, truncate(&clean_line(&title), TITLE).0))?;
    }
    loop {
        let answer = questions.ask(&format!("{} [1]", tr!(locale, "source-add-which-feeds")))?;
        if let Some(chosen) = chosen(&answer, found.len()) {
            let mut number = 0;
            found.retain(|_| {
                number += 1;
                chosen.contains(&number)
            });
            return Ok(found);
        }
    }
}

/// The numbers of an answer such as `1,3` or `all`; `None` when it is neither.
fn chosen(answer: &str, of: usize) -> Option<BTreeSet<usize>> {
    match answer {
        "" => Some(BTreeSet::from([1])),
        "all" | "toutes" | "tous" | "*" => Some((1..=of).collect()),
        numbers => {
            let numbers = numbers.split([',', ' ']).filter(|number| !number.is_empty());
            numbers.map(|number| number.parse().ok().filter(|number| (1..=of).contains(number))).collect()
        }
    }
}

/// The feeds of an OPML file that are not configured yet.
pub(super) fn listed(
    path: &Path,
    settings: &Settings,
    questions: &mut Questions<'_>,
) -> Result<Vec<Candidate>, CliError> {
    let (locale, file) = (questions.locale, clean_line(&path.display().to_string()).into_owned());
    let bytes = read(path).map_err(|error| {
        CliError::io(clean_line(&tr!(locale, "cli-home-io", path = &*file, cause = error.to_string())))
    })?;
    let opml = Opml::read(&bytes).map_err(|error| CliError::usage(format!("{file}: {}", error.words(locale))))?;
    if opml.left_out > 0 {
        questions.say(&tr!(locale, "source-add-opml-left-out", count = opml.left_out))?;
    }
    let feeds = opml.feeds.into_iter().map(|feed| Candidate { url: feed.url, title: feed.title }).collect();
    unknown(feeds, settings, questions)
}

/// Those that are not configured yet; the others are told.
pub(super) fn unknown(
    feeds: Vec<Candidate>,
    settings: &Settings,
    questions: &mut Questions<'_>,
) -> Result<Vec<Candidate>, CliError> {
    let mut unknown = Vec::with_capacity(feeds.len());
    for feed in feeds {
        let Some(known) = settings.config.sources.iter().find(|source| reads(source, &feed.url)) else {
            unknown.push(feed);
            continue;
        };
        let (url, id) = (redacted(&feed.url), known.id.to_string());
        questions.say(&clean_line(&tr!(questions.locale, "source-add-already", url = url, id = id)))?;
    }
    Ok(unknown)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn reads(source: &SourceConfig, address: &str) -> bool {
    matches!(&source.kind, SourceKind::Feed { url, .. } if url == address)
}

/// Tries many sources and answers with the ids of those that do not answer, each told with the cause.
pub(super) fn silent(
    sources: &[SourceConfig],
    questions: &mut Questions<'_>,
    clock: &SharedClock,
) -> Result<BTreeSet<String>, CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let tries = stream::iter(sources).map(async |source| (source, probe(source, clock, None).await)).buffered(AT_ONCE);
    let found: Vec<_> = runtime.block_on(tries.collect());
    let mut silent = BTreeSet::new();
    for (source, found) in found.iter().filter(|(_, found)| found.is_err()) {
        let told = check::told(found, questions.locale);
        questions.say(&format!("{}: {told}", source.id))?;
        silent.insert(source.id.to_string());
    }
    Ok(silent)
}

/// One block a feed, with the other answers of `like`, each under a name of its own.
pub(super) fn blocks(feeds: Vec<Candidate>, like: &Block, is_taken: &dyn Fn(&str) -> bool) -> Vec<(String, Block)> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut blocks = Vec::with_capacity(feeds.len());
    for feed in feeds {
        let mut block = like.clone();
        block.set("url", feed.url.as_str().into());
        let wished = feed.title.as_deref().and_then(name_of);
        let name = super::free(wished.as_deref().unwrap_or(&super::named_by_host(&block)), &|name| {
            is_taken(name) || names.contains(name)
        });
        block.set("id", name.as_str().into());
        names.insert(name.clone());
        blocks.push((name, block));
    }
    blocks
}

/// `alder-bay-sentinel` of "Alder Bay Sentinel"; `None` when no plain letter is left of a title.
fn name_of(title: &str) -> Option<String> {
    let mut folded = String::new();
    title.chars().take(200).for_each(|letter| fold_char(letter, &mut folded));
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        if !name.is_empty() && name.len() + 1 + word.len() > LONGEST_NAME {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.extend(word.chars().take(LONGEST_NAME));
    }
    Some(name).filter(|name| name.contains(|letter: char| letter.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Alder Bay Sentinel", Some("alder-bay-sentinel"))]
    #[case("L’Écho d’Alder Bay – Toutes les nouvelles", Some("l-echo-d-alder-bay"))]
    #[case("漢字", None)]
    #[case("2026", None)]
    #[case("!!!", None)]
    fn a_title_becomes_a_name(#[case] title: &str, #[case] name: Option<&str>) {
        assert_eq!(name_of(title).as_deref(), name);
    }

    #[rstest]
    #[case("", Some(&[1][..]))]
    #[case("2, 3", Some(&[2, 3][..]))]
    #[case("all", Some(&[1, 2, 3][..]))]
    #[case("4", None)]
    #[case("no", None)]
    fn feeds_are_chosen_by_number(#[case] answer: &str, #[case] expected: Option<&[usize]>) {
        assert_eq!(chosen(answer, 3), expected.map(|numbers| numbers.iter().copied().collect()));
    }
}
