//! Measures the desk as a person meets it: the release binary in a real terminal on a home of 1,000,000 stored mentions.
//!
//! `cargo bench --bench desk` builds the home once (kept in the target folder) and prints each figure
//! beside its target. `--mentions N`, `--open N`, `--seconds N` and `--home DIR` change the setting; `--only first,quiet,filter,memory,idle,flood,torrent` chooses. Machines are
//! noisy: read medians and ratios, and compare two builds in one sitting.

#![expect(clippy::print_stdout, reason = "a measurement prints its figures")]

mod support;

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use support::home::{self, Size};
use support::process::{cpu_ticks, resident_kib};
use support::terminal::Terminal;

const SCREEN: (u16, u16) = (40, 120);
const PATIENCE: Duration = Duration::from_secs(20);

struct Settings {
    home: PathBuf,
    size: Size,
    seconds: u64,
    only: Option<String>,
}

impl Settings {
    fn from_arguments() -> Self {
        let mut settings = Self {
            home: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("desk-home"),
            size: Size { mentions: 1_000_000, open: 5_000 },
            seconds: 60,
            only: None,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            let mut value = || arguments.next().unwrap_or_else(|| panic!("{name} needs a value"));
            match name.as_str() {
                "--home" => settings.home = value().into(),
                "--mentions" => settings.size.mentions = value().parse().expect("a count"),
                "--open" => settings.size.open = value().parse().expect("a count"),
                "--only" => settings.only = Some(value()),
                "--seconds" => settings.seconds = value().parse().expect("seconds"),
                _ => {}
            }
        }
        settings
    }
}

/// Measures and prints one row or more.
type Figure = fn(&Settings);

fn main() {
    let settings = Settings::from_arguments();
    home::ensure(&settings.home, settings.size);
    println!("home: {} mentions, {} open", settings.size.mentions, settings.size.open);
    println!("{:<58} {:>12} {:>12}", "what", "measured", "target");
    let figures: [(&str, Figure); 7] = [
        ("first", first_screen),
        ("quiet", quiet_keys),
        ("filter", one_word_filter),
        ("memory", memory),
        ("idle", idle),
        ("flood", keys_under_flood),
        ("torrent", keys_under_torrent),
    ];
    for (name, figure) in figures {
        if settings.only.as_ref().is_none_or(|only| only.split(',').any(|only| only == name)) {
            figure(&settings);
        }
    }
}

fn row(what: &str, measured: &str, target: &str) {
    println!("{what:<58} {measured:>12} {target:>12}");
}

fn milliseconds(span: Duration) -> String {
    format!("{:.2} ms", span.as_secs_f64() * 1e3)
}

/// The value below which `percent` of the samples lie.
fn percentile(samples: &mut [Duration], percent: f64) -> Duration {
    samples.sort_unstable();
    let index = ((samples.len() as f64 - 1.0) * percent / 100.0).round() as usize;
    samples.get(index).copied().unwrap_or_default()
}

fn open(settings: &Settings) -> Terminal {
    let home = settings.home.to_string_lossy().into_owned();
    Terminal::start(Path::new(env!("CARGO_BIN_EXE_frontdesk")), &["--home", &home, "--lang", "en"], SCREEN)
}

/// The first useful screen shows rows of the feed: the generator's authors are all named `resident…`.
fn shows_rows(text: &str) -> bool {
    text.matches(home::AUTHOR_MARK).count() >= 5
}

fn opened(settings: &Settings) -> Terminal {
    let terminal = open(settings);
    assert!(terminal.wait_from_start(PATIENCE, shows_rows).is_some(), "the desk showed no rows:\n{}", terminal.text());
    terminal
}

fn first_screen(settings: &Settings) {
    let mut samples: Vec<Duration> =
        (0..11).map(|_| open(settings).wait_from_start(PATIENCE, shows_rows).expect("the desk shows rows")).collect();
    row("first useful screen, median of 11 starts", &milliseconds(percentile(&mut samples, 50.0)), "50 ms");
    row("first useful screen, slowest", &milliseconds(percentile(&mut samples, 100.0)), "");
}

/// The row under the cursor as the screen shows it: its place and its words, up to where the next pane may begin.
fn selected(text: &str) -> Vec<(usize, String)> {
    let lines = text.lines().enumerate().filter(|(_, line)| line.starts_with('▌'));
    lines.map(|(place, line)| (place, line.chars().take(40).collect())).collect()
}

/// Moves down and up through the feed; every key moves the cursor, and what mentions that arrive change does not count.
fn key_samples(terminal: &mut Terminal, count: usize) -> Vec<Duration> {
    let mut samples = Vec::with_capacity(count);
    for index in 0..count {
        let key = if (index / 200).is_multiple_of(2) { "j" } else { "k" };
        let before = selected(&terminal.text());
        assert!(!before.is_empty(), "no row is selected:\n{}", terminal.text());
        let span = terminal.time_until(key, Duration::from_secs(2), |text| selected(text) != before);
        // A key that shows nothing at all is no sample to leave out: it is the worst there is.
        samples.push(span.unwrap_or(Duration::from_secs(2)));
        // A person's pause: without it the samples would measure the queue of the terminal.
        thread::sleep(Duration::from_millis(4));
    }
    samples
}

fn quiet_keys(settings: &Settings) {
    let mut terminal = opened(settings);
    terminal.send("6");
    settle(&terminal);
    let mut samples = key_samples(&mut terminal, 2_000);
    row("key to changed screen, quiet, p50", &milliseconds(percentile(&mut samples, 50.0)), "1.0 ms");
    row("key to changed screen, quiet, p99", &milliseconds(percentile(&mut samples, 99.0)), "2.5 ms");
    row("  samples", &samples.len().to_string(), "");
}

/// A flood that the desk keeps up with.
fn keys_under_flood(settings: &Settings) {
    let Flooded { written, terminal, all, .. } = flooded(settings, 1_000, 1);
    let kept = arrived(&terminal, all);
    row("  mentions written meanwhile, and how soon all are kept", &format!("{written}, {kept}"), "");
    drop(terminal);
    home::remove(&home::copy_of(&settings.home));
}

/// A flood that nobody keeps up with: the file grows for a minute, the desk reads what it can and stays a desk.
fn keys_under_torrent(settings: &Settings) {
    let Flooded { written, terminal, memory, .. } = flooded(settings, 50_000, settings.seconds);
    row("  resident memory, highest", &format!("{:.1} MB", memory as f64 * 1024.0 / 1e6), "80 MB");
    row("  mentions written meanwhile", &written.to_string(), "");
    drop(terminal);
    home::remove(&home::copy_of(&settings.home));
}

/// A desk after a flood.
struct Flooded {
    terminal: Terminal,
    /// Mentions written to the tailed file.
    written: u64,
    /// Mentions the desk holds once it has caught up.
    all: u64,
    /// The most memory it held, in KiB.
    memory: u64,
}

/// Moves through the feed while `rate` mentions a second are written to the file its source tails, for at least so many
/// seconds. On a copy of the home, so that the other figures are always taken with the same number of mentions.
#[expect(clippy::disallowed_methods, reason = "a measurement reads the machine's clock")]
fn flooded(settings: &Settings, rate: u64, seconds: u64) -> Flooded {
    let copy = home::copied(&settings.home);
    let settings = &Settings { home: copy, size: settings.size, seconds, only: None };
    let mut terminal = opened(settings);
    terminal.send("6");
    settle(&terminal);
    let stop = Arc::new(AtomicBool::new(false));
    let flood = {
        let (stop, path) = (Arc::clone(&stop), home::feed_path(&settings.home));
        thread::spawn(move || flood(&path, rate, &stop))
    };
    let (mut samples, mut memory, began) = (Vec::new(), 0, Instant::now());
    while samples.len() < 2_000 || began.elapsed() < Duration::from_secs(seconds) {
        samples.extend(key_samples(&mut terminal, 400));
        memory = memory.max(resident_kib(terminal.pid()));
    }
    stop.store(true, Ordering::Relaxed);
    let written = flood.join().expect("the flood ends");
    let what = |figure: &str| format!("key to changed screen, {rate} mentions/s arriving, {figure}");
    row(&what("p50"), &milliseconds(percentile(&mut samples, 50.0)), "");
    row(&what("p99"), &milliseconds(percentile(&mut samples, 99.0)), "16 ms");
    row("  slowest key", &milliseconds(percentile(&mut samples, 100.0)), "");
    row("  samples", &samples.len().to_string(), "");
    Flooded { terminal, written, all: settings.size.mentions as u64 + written, memory }
}

/// How long the desk's count of all mentions takes to reach `all`.
#[expect(clippy::disallowed_methods, reason = "a measurement reads the machine's clock")]
fn arrived(terminal: &Terminal, all: u64) -> String {
    let from = Instant::now();
    let shows_all = |text: &str| {
        let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
        text.lines().take(3).any(|line| digits(line).contains(&all.to_string()))
    };
    terminal.wait_from_start(PATIENCE, shows_all).map_or("never".to_owned(), |_| milliseconds(from.elapsed()))
}

/// Appends `rate` mentions a second to the tailed file until told to stop.
#[expect(clippy::disallowed_methods, reason = "a measurement reads the machine's clock")]
fn flood(path: &Path, rate: u64, stop: &AtomicBool) -> u64 {
    let mut file = OpenOptions::new().create(true).append(true).open(path).expect("the tailed file opens");
    let started = Instant::now();
    let run = started.elapsed().as_nanos() ^ u128::from(std::process::id());
    let mut written = 0;
    while !stop.load(Ordering::Relaxed) {
        let due = started.elapsed().as_millis() as u64 * rate / 1_000;
        let mut lines = String::new();
        while written < due {
            lines.push_str(&home::line(&format!("flood-{run}-{written}"), written));
            written += 1;
        }
        file.write_all(lines.as_bytes()).expect("the tailed file takes lines");
        thread::sleep(Duration::from_millis(10));
    }
    written
}

fn one_word_filter(settings: &Settings) {
    let mut terminal = opened(settings);
    let mut samples = Vec::new();
    for round in 0..9 {
        terminal.send("6");
        settle(&terminal);
        terminal.send("/");
        settle(&terminal);
        let word = home::rare_word(round);
        let (last, first) = (&word[word.len() - 1..], &word[..word.len() - 1]);
        terminal.send(first);
        settle(&terminal);
        let shown = |text: &str| text.matches(&word).count() >= 3;
        if let Some(span) = terminal.time_until(last, PATIENCE, shown) {
            samples.push(span);
        }
        terminal.send("\u{1b}");
        settle(&terminal);
    }
    row("one-word filter, last letter to first rows, median", &milliseconds(percentile(&mut samples, 50.0)), "30 ms");
    row("one-word filter, slowest of 9", &milliseconds(percentile(&mut samples, 100.0)), "");
}

fn memory(settings: &Settings) {
    let mut terminal = opened(settings);
    let mut most = 0;
    let rounds = settings.seconds * 20;
    for round in 0..rounds {
        match round % 200 {
            0 => terminal.send("6"),
            100 => terminal.send(&format!("/{}", home::rare_word(round as usize))),
            150 => terminal.send("\u{1b}"),
            n if n < 100 => terminal.send("\u{4}"),
            _ => terminal.send("\u{e}"),
        }
        thread::sleep(Duration::from_millis(50));
        most = most.max(resident_kib(terminal.pid()));
    }
    let megabytes = most as f64 * 1024.0 / 1e6;
    row("resident memory, scrolling and filtering, highest", &format!("{megabytes:.1} MB"), "80 MB");
}

fn idle(settings: &Settings) {
    let terminal = opened(settings);
    settle(&terminal);
    let (ticks, bytes) = (cpu_ticks(terminal.pid()), terminal.bytes());
    thread::sleep(Duration::from_secs(settings.seconds));
    let used = (cpu_ticks(terminal.pid()) - ticks) as f64 / settings.seconds as f64;
    row("processor time of the idle desk", &format!("{used:.2} %"), "0.5 %");
    row("  bytes drawn meanwhile", &(terminal.bytes() - bytes).to_string(), "");
}

/// Lets what was asked for arrive before the next figure starts.
fn settle(terminal: &Terminal) {
    let mut before = terminal.bytes();
    loop {
        thread::sleep(Duration::from_millis(120));
        let now = terminal.bytes();
        if now == before {
            return;
        }
        before = now;
    }
}
