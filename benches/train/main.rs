//! `frontdesk-train`: makes the three `weights.bin` of `src/pipeline/{model,language,asking}` from labelled data, the same bytes
//! each time.
//!
//! `cargo run --release --example frontdesk-train -- --data DIR [--texts DIR] [--only PART]… [--lexicon] [--check] [--report]`
//!
//! `--lexicon` writes `src/pipeline/tone/lexicon.bin` and nothing else: it comes first, because the weights are learned with the
//! lexicon that was compiled in. Without `--check` the files are written; with it, they are only compared, and a difference is an
//! error. `--report` prints the scores
//! on the gauge examples and on the texts that are held out. With `--only` the other parts' heads stay as they are in the file.

#![expect(clippy::manual_midpoint, reason = "the bytes of the weights hang on every rounding")]
#![expect(clippy::doc_markdown, reason = "data sets are called as their makers call them")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use frontdesk::{pipeline, text};

mod trainer;

use trainer::corpus::{Corpus, Data, Role};
use trainer::recipes::RECIPES;

const WEIGHTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/pipeline/model/weights.bin");
const LEXICON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/pipeline/tone/lexicon.bin");
const LANGUAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/pipeline/language/weights.bin");
const ASKING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/pipeline/asking/weights.bin");
const TEXTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/train/texts");

#[derive(Default)]
struct Wanted {
    data: Option<PathBuf>,
    texts: Option<PathBuf>,
    only: Vec<String>,
    lexicon: bool,
    check: bool,
    report: bool,
}

fn wanted() -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    let mut args = env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--data" => wanted.data = Some(value()?.into()),
            "--texts" => wanted.texts = Some(value()?.into()),
            "--only" => wanted.only.push(value()?),
            "--lexicon" => wanted.lexicon = true,
            "--check" => wanted.check = true,
            "--report" => wanted.report = true,
            other => return Err(format!("unknown option {other}")),
        }
    }
    Ok(wanted)
}

fn run() -> Result<(), String> {
    let wanted = wanted()?;
    let sets = wanted.data.ok_or("--data DIR is needed: the folder of the labelled sets")?;
    let data = Data { sets, texts: wanted.texts.unwrap_or_else(|| TEXTS.into()) };
    let lexicon = trainer::lexicon::lexicon(&data).ok_or("the lexicon has more words than its table holds")?;
    if wanted.lexicon {
        return fs::write(LEXICON, lexicon).map_err(|error| format!("{LEXICON}: {error}"));
    }
    if fs::read(LEXICON).is_ok_and(|before| before != lexicon) {
        return Err(format!("{LEXICON} is not what these lists give: run with --lexicon first"));
    }
    let is_wanted = |name: &str| wanted.only.is_empty() || wanted.only.iter().any(|only| only == name);
    if is_wanted("language") {
        keep(LANGUAGES, &trainer::language::train(&data), wanted.check)?;
    }
    if is_wanted("asking") {
        let sentences = trainer::asking::sentences(&data);
        let trained = trainer::asking::train(&sentences);
        if wanted.report {
            for (bytes, role) in [(&trained.gauged, Role::Gauge), (&trained.bytes, Role::Held)] {
                trainer::say(&format!("questions without their mark, {role:?}"));
                for line in trainer::asking::measure(bytes, &sentences, role) {
                    trainer::say(&line);
                }
            }
        }
        keep(ASKING, &trained.bytes, wanted.check)?;
    }
    let mut corpus = Corpus::default();
    for (name, recipe) in RECIPES {
        if is_wanted(name) {
            recipe(&data, &mut corpus);
        }
    }
    let before = fs::read(WEIGHTS).unwrap_or_default();
    let trained = trainer::train(&corpus, &before);
    if wanted.report {
        report("gauge examples, by weights that have not learned from them", &corpus, &trained.gauged, Role::Gauge);
        report("held out", &corpus, &trained.bytes, Role::Held);
    }
    keep(WEIGHTS, &trained.bytes, wanted.check)
}

/// Writes the weights, or only says whether they are what they were.
fn keep(path: &str, bytes: &[u8], check: bool) -> Result<(), String> {
    match (check, fs::read(path).is_ok_and(|before| before == bytes)) {
        (true, false) => Err(format!("{path} is not what this data gives")),
        (true, true) => {
            trainer::say(&format!("{path}: the same bytes"));
            Ok(())
        }
        (false, _) => fs::write(path, bytes).map_err(|error| format!("{path}: {error}")),
    }
}

fn report(title: &str, corpus: &Corpus, bytes: &[u8], role: Role) {
    trainer::say(title);
    for ((head, set), measured) in trainer::measure(corpus, bytes, role) {
        trainer::say(&format!("{:10} {set:14} {measured}", head.name()));
    }
    for line in trainer::measure_tone(corpus, bytes, role) {
        trainer::say(&line);
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            trainer::say(&message);
            ExitCode::FAILURE
        }
    }
}
