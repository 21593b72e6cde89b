//! Processes that end with their test: the servers, and the program that reads them.

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::cli::support::{Home, frontdesk, wait_until};

/// How often another port is tried when somebody else was quicker.
const TRIES: usize = 3;

/// A process; dropped, it is asked to end and, when it will not, killed.
#[derive(Debug)]
pub struct Guard {
    child: Child,
    said: PathBuf,
}

impl Guard {
    /// Starts it; what it prints goes to the file `said`.
    pub fn start(mut command: Command, said: &Path) -> Self {
        let file = || File::options().create(true).append(true).open(said).expect("a log");
        let child = command.stdin(Stdio::null()).stdout(file()).stderr(file()).spawn();
        let child = child.unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        Self { child, said: said.to_owned() }
    }

    /// What it printed so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(&self.said).unwrap_or_default()
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("it can be asked")
    }

    /// Asks it to end and waits until it has.
    pub fn stop(&mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        let mut status = None;
        wait_until("a process to end", || {
            status = self.ended();
            status.is_some()
        });
        status.expect("it has ended")
    }

    /// Kills it where it stands.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    fn signal(&self, signal: Signal) {
        if let Some(pid) = Pid::from_raw(self.child.id().cast_signed()) {
            // A process that has ended by itself needs no signal.
            let _ = kill_process(pid, signal);
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        self.signal(Signal::TERM);
        // A server with children of its own ends them first; one that does not listen is not waited for longer.
        for _ in 0..2_000 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::park_timeout(std::time::Duration::from_millis(1));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server that listens on a port of this machine.
#[derive(Debug)]
pub struct Server {
    /// The port.
    pub port: u16,
    /// It ends with the server.
    _process: Guard,
}

impl Server {
    /// Starts what `command` gives for a free port, and returns once it accepts connections; what it prints goes to
    /// the file `said`.
    pub fn start(said: &Path, mut command: impl FnMut(u16) -> Command) -> Self {
        for _ in 0..TRIES {
            let port = free_port();
            let mut process = Guard::start(command(port), said);
            let mut ended = None;
            wait_until("a server that accepts connections", || {
                ended = process.ended();
                ended.is_some() || is_open(port)
            });
            if ended.or_else(|| process.ended()).is_none() {
                return Self { port, _process: process };
            }
        }
        panic!("the server does not start: {}", std::fs::read_to_string(said).unwrap_or_default());
    }

    /// An address on it.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

/// A port nobody listens on at this moment.
pub fn free_port() -> u16 {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    port.expect("a free port").port()
}

/// True when somebody accepts connections there.
pub fn is_open(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// `frontdesk watch` on a home, from start to stop.
#[derive(Debug)]
pub struct Watch {
    process: Guard,
}

impl Watch {
    /// Starts it.
    pub fn start(home: &Home) -> Self {
        let said = home.file("watch-said");
        if let Err(error) = std::fs::remove_file(&said) {
            assert_eq!(error.kind(), io::ErrorKind::NotFound, "{error}");
        }
        let mut command = frontdesk(home.path());
        command.arg("watch");
        Self { process: Guard::start(command, &said) }
    }

    /// Waits until `condition` holds; fails at once when the program ends before.
    pub fn until(&mut self, what: &str, mut condition: impl FnMut() -> bool) {
        wait_until(what, || {
            let ended = self.process.ended();
            let holds = condition();
            assert!(holds || ended.is_none(), "watch ended ({ended:?}) before {what}: {}", self.process.said());
            holds
        });
    }

    /// Ends it as the system does; its exit code and what it said.
    pub fn stop(mut self) -> (Option<i32>, String) {
        let status = self.process.stop();
        (status.code(), self.process.said())
    }

    /// Waits until it ends by itself; its exit code and what it said.
    pub fn end(mut self) -> (Option<i32>, String) {
        let mut status = None;
        wait_until("watch to end by itself", || {
            status = self.process.ended();
            status.is_some()
        });
        (status.and_then(|status| status.code()), self.process.said())
    }

    /// Kills it where it stands.
    pub fn kill(mut self) {
        self.process.kill();
    }
}
