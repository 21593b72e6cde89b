//! Measures what polling costs: `frontdesk watch` on 200 feeds asked once a minute, nearly all of which say that nothing is new.
//!
//! `cargo bench --bench feeds` serves the feeds itself, on as many addresses of this machine as there are hosts, and prints
//! the share of one core that the program took after its start. `--feeds N`, `--hosts N`, `--minutes N` and `--binary FILE`
//! change the setting. Machines are noisy: the figure counts the process's own time, not the clock's.

#![expect(clippy::print_stdout, reason = "a measurement prints its figures")]

#[path = "support/process.rs"]
mod process;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use process::{cpu_ticks, resident_kib};

/// Ticks of the process's time in a second.
const TICKS: f64 = 100.0;
/// One answer in so many holds something new.
const NEWS: usize = 40;

struct Settings {
    feeds: usize,
    hosts: usize,
    minutes: u64,
    binary: PathBuf,
}

impl Settings {
    fn from_arguments() -> Self {
        let binary = PathBuf::from(env!("CARGO_BIN_EXE_frontdesk"));
        let mut settings = Self { feeds: 200, hosts: 50, minutes: 3, binary };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            let mut value = || arguments.next().unwrap_or_else(|| panic!("{name} needs a value"));
            match name.as_str() {
                "--feeds" => settings.feeds = value().parse().expect("a count"),
                "--hosts" => settings.hosts = value().parse().expect("a count"),
                "--minutes" => settings.minutes = value().parse().expect("minutes"),
                "--binary" => settings.binary = value().into(),
                _ => {}
            }
        }
        settings
    }
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads the machine's time")]
fn main() {
    let settings = Settings::from_arguments();
    let asked = Arc::new(AtomicUsize::new(0));
    let ports: Vec<(Ipv4Addr, u16)> = (0..settings.hosts.max(1)).map(|host| serve(host, asked.clone())).collect();
    let home = tempfile::tempdir().expect("a scratch folder");
    write_home(home.path(), settings.feeds, &ports);
    let mut watch = Command::new(&settings.binary)
        .arg("--home")
        .arg(home.path())
        .arg("watch")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program starts");
    let pid = watch.id();
    // The first answers are whole feeds to be read, assessed and stored: they are no polling.
    while asked.load(Ordering::Relaxed) < settings.feeds {
        thread::sleep(Duration::from_millis(100));
    }
    thread::sleep(Duration::from_secs(20));
    let (start, ticks, before) = (Instant::now(), cpu_ticks(pid), asked.load(Ordering::Relaxed));
    thread::sleep(Duration::from_secs(60 * settings.minutes));
    let (wall, spent) = (start.elapsed().as_secs_f64(), (cpu_ticks(pid) - ticks) as f64 / TICKS);
    let answers = asked.load(Ordering::Relaxed) - before;
    println!("{} feeds on {} hosts, {answers} answers in {wall:.0} s", settings.feeds, settings.hosts);
    println!("{:<40} {:>12} {:>12}", "what", "measured", "target");
    println!("{:<40} {:>11.2}% {:>12}", "share of one core", 100.0 * spent / wall, "< 1%");
    println!("{:<40} {:>9.2} ms", "for each answer", 1000.0 * spent / answers.max(1) as f64);
    println!("{:<40} {:>8} MiB", "resident memory", resident_kib(pid) / 1024);
    watch.kill().expect("it can be ended");
    watch.wait().expect("it ends");
}

fn write_home(home: &Path, feeds: usize, ports: &[(Ipv4Addr, u16)]) {
    let mut config = String::from("actor = \"bench\"\n");
    for feed in 0..feeds {
        let (host, port) = ports[feed % ports.len()];
        let url = format!("http://{host}:{port}/{feed}.xml");
        let _ = write!(config, "[[source]]\nid = \"f{feed}\"\nkind = \"feed\"\nurl = \"{url}\"\nevery = \"1m\"\n");
    }
    std::fs::write(home.join("config.toml"), config).expect("the folder is writable");
    std::fs::create_dir(home.join("plan")).expect("the folder is writable");
    let plan = "[organization]\nname = \"Alder Bay\"\ntime_zone = \"America/Vancouver\"\n";
    std::fs::write(home.join("plan/plan.toml"), plan).expect("the folder is writable");
}

/// A host of its own on this machine's network, so that one connection a host does not make all feeds wait in one line.
fn serve(host: usize, asked: Arc<AtomicUsize>) -> (Ipv4Addr, u16) {
    let address = Ipv4Addr::new(127, 0, 1, (host % 250) as u8 + 1);
    let listener = TcpListener::bind((address, 0)).expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let asked = asked.clone();
            thread::spawn(move || answer(stream, &asked));
        }
    });
    (address, port)
}

/// Answers every request of a connection until the other side hangs up.
fn answer(mut stream: TcpStream, asked: &AtomicUsize) {
    let mut lines = BufReader::new(stream.try_clone().expect("a second handle")).lines();
    let (mut path, mut is_conditional) = (String::new(), false);
    while let Some(Ok(line)) = lines.next() {
        if let Some(rest) = line.strip_prefix("GET ") {
            rest.split(' ').next().unwrap_or_default().clone_into(&mut path);
        }
        is_conditional |= line.to_ascii_lowercase().starts_with("if-none-match");
        if !line.is_empty() {
            continue;
        }
        let number = asked.fetch_add(1, Ordering::Relaxed);
        let reply = if is_conditional && !number.is_multiple_of(NEWS) {
            "HTTP/1.1 304 Not Modified\r\netag: \"one\"\r\n\r\n".to_owned()
        } else {
            let body = feed(&path, number);
            format!("HTTP/1.1 200 OK\r\netag: \"one\"\r\ncontent-length: {}\r\n\r\n{body}", body.len())
        };
        is_conditional = false;
        if stream.write_all(reply.as_bytes()).is_err() {
            return;
        }
    }
}

/// Twenty entries, of which the newest is new.
fn feed(path: &str, number: usize) -> String {
    let entry = |id: String| {
        format!(
            "<item><guid>{path}-{id}</guid><title>Road works {id}</title><description>Crews are at work on {path}, and residents wait.</description></item>"
        )
    };
    let entries: String =
        std::iter::once(format!("n{number}")).chain((0..19).map(|id| id.to_string())).map(entry).collect();
    format!("<rss version=\"2.0\"><channel><title>Feed {path}</title>{entries}</channel></rss>")
}
