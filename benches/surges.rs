//! How soon surges are called, and how often wrongly, in simulated towns.
//!
//! A town has 240 subjects of 0.2 to 60 posts an hour for four weeks, each with its own hours of the day, days of the week and
//! drift; every hour has its mood (gamma, a third off), and people answer each other in chains of two to four. Into
//! this, bursts of 6 to 200 posts in 15 to 180 minutes are put: at once, rising or falling off. The alarms were set on
//! other seeds than those shown here. `cargo bench --bench surges` prints the figures of `frontdesk eval surges`, and with
//! `FRONTDESK_SURGES_TSV=FILE` also writes the first town as that command reads it.

#![expect(clippy::print_stdout, reason = "a measurement prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a measurement takes the time and ends with a code")]

#[path = "support/town.rs"]
mod town;

use std::io::Write as _;
use std::time::Instant;

use frontdesk::trial::eval::bursts::{self, Bursts, FALSE_RATE, Post};

use town::{Said, World};

/// Seeds the alarms were not set on.
const SEEDS: [u64; 3] = [101, 102, 103];

/// What a replay is told beside subject and time.
#[derive(Clone, Copy)]
enum Known {
    Times,
    Authors,
    Threads,
}

fn main() {
    let plain = World { chains: 0.25, moods: 0.3 };
    let worlds = [
        ("a quarter of the posts answered, times only", plain, Known::Times),
        ("the same, authors known", plain, Known::Authors),
        ("the same, conversations known too", plain, Known::Threads),
        ("nobody answers", World { chains: 0.0, ..plain }, Known::Times),
        ("moodier hours, half off", World { moods: 0.5, ..plain }, Known::Times),
    ];
    for (name, world, known) in worlds {
        println!("{name}");
        for seed in SEEDS {
            let said = town::town(seed, world);
            let (topics, authors, threads, names) = spelled(&said);
            let posts: Vec<Post<'_>> = said
                .iter()
                .enumerate()
                .map(|(place, said)| Post {
                    subject: &topics[said.subject],
                    at: said.at,
                    burst: said.burst.map(|burst| names[burst].as_str()),
                    author: (!matches!(known, Known::Times)).then(|| authors[place].as_str()),
                    thread: matches!(known, Known::Threads).then(|| threads[place].as_str()),
                })
                .collect();
            if let Ok(path) = std::env::var("FRONTDESK_SURGES_TSV")
                && seed == SEEDS[0]
                && matches!(known, Known::Times)
            {
                write(&path, &posts).expect("the file can be written");
                std::process::exit(0);
            }
            let began = Instant::now();
            let desk = bursts::evaluate(&posts, 1.0);
            let each = began.elapsed().as_nanos() / posts.len() as u128;
            tell(&format!("  seed {seed}, {each} ns a post"), &desk);
            if seed == SEEDS[0] {
                let even = bursts::at_most(&posts, FALSE_RATE);
                tell(&format!("  alarms × {:.3}", even.strictness), &even);
            }
        }
    }
}

fn spelled(said: &[Said]) -> (Vec<String>, Vec<String>, Vec<String>, Vec<String>) {
    let topics = (0..town::SUBJECTS).map(|subject| format!("t{subject}")).collect();
    let authors = said.iter().map(|said| format!("a{}", said.author)).collect();
    let threads = said.iter().map(|said| format!("c{}", said.thread)).collect();
    let names = (0..=town::BURSTS).map(|burst| format!("b{burst}")).collect();
    (topics, authors, threads, names)
}

fn tell(name: &str, figures: &Bursts) {
    let figure = |value: Option<f64>| value.unwrap_or(f64::NAN);
    println!(
        "{name:28} false {:.3}  called ≥16 {:.3}  ≥8 {:.3}  4–8 {:.3}  <4 {:.3}  delay {:.1} / {:.1} min",
        figures.false_rate(),
        figure(figures.recall(16.0, f64::INFINITY)),
        figure(figures.recall(8.0, f64::INFINITY)),
        figure(figures.recall(4.0, 8.0)),
        figure(figures.recall(0.0, 4.0)),
        figure(figures.delay(0.5)),
        figure(figures.delay(0.9)),
    );
}

fn write(path: &str, posts: &[Post<'_>]) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "topic\ttime\tburst")?;
    for post in posts {
        writeln!(file, "{}\t{}\t{}", post.subject, post.at, post.burst.unwrap_or("-"))?;
    }
    file.flush()
}
