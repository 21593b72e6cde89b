//! What it costs to read a whole network: frames in, the posts that a plan of 1,000 rules finds relevant out, on one core.
//!
//! The frames are recorded ones of a production server, with other accounts, keys and texts in them. Of every twenty, seventeen
//! are posts, one a deletion, two speak of accounts, as on a stream that was asked for posts. The rules are chosen so that a
//! share of the posts is kept; before the figures stand the share and the ratio to the network's peak.
//! `taskset -c 0 cargo bench --bench jetstream`.

#![expect(clippy::print_stderr, reason = "a measurement says of how many matches it is one")]

#[path = "support/posts.rs"]
mod posts;
#[path = "support/rules.rs"]
mod rules;

use std::fmt::Write;
use std::time::Instant;

use chrono::DateTime;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use frontdesk::mention::Network;
use frontdesk::pipeline::Sieve;
use frontdesk::plan::{self, Plan};
use frontdesk::sources::{Caught, JetstreamReader};

const VOCABULARY: usize = 400_000;
const FRAMES: usize = 20_000;
const RULES: usize = 1_000;
/// Events a second, all of the network's together, when it is busiest.
const PEAK: f64 = 2_000.0;
const RECORDED: &str = include_str!("../tests/fixtures/jetstream/events_v1.jsonl");

/// Shows what a bench allocates: for what is not kept a few bytes in which the parser counts brackets.
#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// Frames with these texts.
fn frames(texts: &[String]) -> Vec<String> {
    let recorded = |kind: &str| RECORDED.lines().find(|line| line.contains(kind)).expect("it was recorded");
    let others = [recorded(r#""kind":"identity""#), recorded(r#""kind":"account""#)];
    let post = recorded("app.bsky.feed.post\",\"rkey\"");
    let deleted = recorded(r#""operation":"delete""#).replace("org.hypercerts.claim.activity", "app.bsky.feed.post");
    let said = serde_json::to_string("Try RSV for a good time !!").expect("JSON");
    (0..FRAMES)
        .map(|number| match number % 20 {
            0 | 1 => others[number % 2].to_owned(),
            2 => deleted.replace("3mmontn3gnc2e", &format!("3mm{number:010}")),
            _ => {
                let text = serde_json::to_string(&texts[number]).expect("JSON");
                let post = post.replace(&said, &text).replace("3mmoojp4cd223", &format!("3mm{number:010}"));
                post.replace("q235v55g5unth4zjjdpacfdr", &format!("q235v55g5unth4zj{:08}", number % 7_919))
            }
        })
        .collect()
}

/// A plan of the rules, an initiative each.
fn plan_of(rules: &[String]) -> Plan {
    let mut text = "[organization]\nname = \"Alder Bay\"\n".to_owned();
    for (number, rule) in rules.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ =
            writeln!(text, "[[initiative]]\nid = \"i-{number}\"\ntitle = \"Subject {number}\"\nmatch = '''{rule}'''");
    }
    plan::from_files(vec![("plan.toml".to_owned(), text)]).expect("the generated plan loads").0
}

/// Reads every frame; answers with how many posts are kept.
fn read(reader: &mut JetstreamReader, frames: &[String], plan: &Plan) -> usize {
    let kept = |frame: &String| {
        let seen = reader.read(frame.as_bytes(), plan, DateTime::UNIX_EPOCH).expect("the frame is well formed");
        matches!(seen.caught, Caught::Post { .. })
    };
    frames.iter().map(kept).filter(|kept| *kept).count()
}

/// Frames in, wanted posts out; the share of the posts that the rules match about.
#[divan::bench(args = [0.0, 0.01, 0.35], sample_count = 20)]
#[expect(clippy::disallowed_methods, reason = "a measurement reads the machine's clock")]
fn decode_and_match(bencher: Bencher<'_, '_>, share: f64) {
    let words = posts::vocabulary(VOCABULARY);
    let texts = posts::posts(FRAMES, &words);
    let frames = frames(&texts);
    let plan = plan_of(&rules::matching_share(RULES, share, &words, &texts));
    let mut reader = JetstreamReader::new("sky".into(), Network::Bluesky, Sieve::of_plan());
    read(&mut reader, &frames, &plan);
    let began = Instant::now();
    let kept = read(&mut reader, &frames, &plan);
    let rate = frames.len() as f64 / began.elapsed().as_secs_f64();
    eprintln!(
        "{RULES} rules keep {:.1} % of the posts: {rate:.0} events a second, {:.0} times the network's peak",
        100.0 * kept as f64 / (FRAMES * 17 / 20) as f64,
        rate / PEAK
    );
    let bytes: usize = frames.iter().map(String::len).sum();
    bencher
        .counter(ItemsCount::new(FRAMES))
        .counter(BytesCount::new(bytes))
        .bench_local(|| read(&mut reader, &frames, &plan));
}
