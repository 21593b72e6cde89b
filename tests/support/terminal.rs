//! A real terminal around a program: starts it, types, and tells what is on the screen and when it changed.
//!
//! The tests wait on what the screen shows, the measurements read how long it took; neither ever waits for a
//! span of time in the hope that something has happened.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// No condition is waited for longer; a test that reaches this has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the reader thread knows of the screen.
struct Screen {
    parser: vt100::Parser,
    /// When the last bytes that changed something visible arrived.
    changed_at: Instant,
    changes: u64,
    bytes: u64,
    closed: bool,
}

/// A running desk in a pseudo-terminal.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    shared: Arc<(Mutex<Screen>, Condvar)>,
    started: Instant,
}

impl Terminal {
    /// Starts `program` with `arguments` on a screen of `rows` by `columns`.
    pub fn start(program: &Path, arguments: &[&str], size: (u16, u16)) -> Self {
        Self::start_with(program, arguments, &[], size)
    }

    /// The same with more variables in its environment.
    #[expect(clippy::disallowed_methods, reason = "a limit and a measurement read the machine's clock")]
    pub fn start_with(
        program: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
        (rows, cols): (u16, u16),
    ) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 })
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("LANG", "en_CA.UTF-8");
        command.env_remove("TMUX");
        command.env_remove("FRONTDESK_HOME");
        command.env_remove("NO_COLOR");
        for (name, value) in variables {
            command.env(name, value);
        }
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("the terminal's output");
        let writer = pair.master.take_writer().expect("the terminal's input");
        let screen = Screen {
            parser: vt100::Parser::new(rows, cols, 0),
            changed_at: started,
            changes: 0,
            bytes: 0,
            closed: false,
        };
        let shared = Arc::new((Mutex::new(screen), Condvar::new()));
        let for_reader = Arc::clone(&shared);
        thread::spawn(move || {
            let mut buffer = vec![0; 64 * 1024];
            #[expect(clippy::disallowed_methods, reason = "a measurement reads the machine's clock")]
            loop {
                let count = reader.read(&mut buffer).unwrap_or(0);
                let arrived = Instant::now();
                let (lock, signal) = &*for_reader;
                let mut screen = lock.lock().expect("no panic holds the screen");
                if count == 0 {
                    screen.closed = true;
                    signal.notify_all();
                    return;
                }
                let before = screen.parser.screen().clone();
                screen.parser.process(&buffer[..count]);
                screen.bytes += count as u64;
                if !screen.parser.screen().contents_diff(&before).is_empty() {
                    screen.changed_at = arrived;
                    screen.changes += 1;
                }
                signal.notify_all();
            }
        });
        Self { child, writer, master: pair.master, shared, started }
    }

    /// The process id of the desk.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("the process runs")
    }

    /// The text on the screen.
    pub fn text(&self) -> String {
        self.shared.0.lock().expect("no panic holds the screen").parser.screen().contents()
    }

    /// True while the program draws on the alternate screen.
    pub fn is_on_alternate_screen(&self) -> bool {
        self.shared.0.lock().expect("no panic holds the screen").parser.screen().alternate_screen()
    }

    /// True when the program hid the cursor or captures the mouse or pastes: what it must undo before it ends.
    pub fn is_captured(&self) -> bool {
        let shared = self.shared.0.lock().expect("no panic holds the screen");
        let screen = shared.parser.screen();
        screen.hide_cursor()
            || screen.bracketed_paste()
            || screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
    }

    /// Gives the terminal another size, as a window manager does.
    pub fn resize(&self, (rows, cols): (u16, u16)) {
        let mut screen = self.shared.0.lock().expect("no panic holds the screen");
        // The emulator itself fails on screens of a cell or two; what is drawn for those is looked at elsewhere.
        screen.parser.screen_mut().set_size(rows.max(4), cols.max(16));
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("the terminal resizes");
    }

    /// Waits until the screen's text is as `wanted`; fails the test with the screen otherwise.
    pub fn expect(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        let found = self.wait(PATIENCE, wanted).is_some();
        assert!(found, "the screen never showed {what}:\n{}", self.text());
    }

    /// Waits for the program's end and for the last of what it wrote; fails the test with the screen when it goes on.
    pub fn expect_end(&mut self) -> ExitStatus {
        let (lock, signal) = &*self.shared;
        let screen = lock.lock().expect("no panic holds the screen");
        let (screen, _) =
            signal.wait_timeout_while(screen, PATIENCE, |screen| !screen.closed).expect("no panic holds the screen");
        let (closed, text) = (screen.closed, screen.parser.screen().contents());
        drop(screen);
        if !closed {
            let _ = self.child.kill();
            panic!("the program went on:\n{text}");
        }
        self.child.wait().expect("the program ends")
    }

    /// Bytes the desk has written so far.
    pub fn bytes(&self) -> u64 {
        self.shared.0.lock().expect("no panic holds the screen").bytes
    }

    /// Types `keys`.
    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self.writer.flush().expect("the terminal takes keys");
    }

    /// Waits until `wanted` holds of the screen's text; answers with the time since the program was started.
    pub fn wait_from_start(&self, limit: Duration, wanted: impl Fn(&str) -> bool) -> Option<Duration> {
        self.wait(limit, wanted).map(|at| at - self.started)
    }

    /// Types `keys` and waits until `wanted` holds; answers with the time between.
    #[expect(clippy::disallowed_methods, reason = "a measurement reads the machine's clock")]
    pub fn time_until(&mut self, keys: &str, limit: Duration, wanted: impl Fn(&str) -> bool) -> Option<Duration> {
        let sent = Instant::now();
        self.send(keys);
        self.wait(limit, wanted).map(|at| at.saturating_duration_since(sent))
    }

    /// Types one key and waits for the next visible change; answers with the time between.
    #[expect(clippy::disallowed_methods, reason = "a measurement reads the machine's clock")]
    pub fn time_to_change(&mut self, key: &str, limit: Duration) -> Option<Duration> {
        let before = self.shared.0.lock().expect("no panic holds the screen").changes;
        let sent = Instant::now();
        self.send(key);
        let (lock, signal) = &*self.shared;
        let screen = lock.lock().expect("no panic holds the screen");
        let (screen, result) = signal
            .wait_timeout_while(screen, limit, |screen| screen.changes == before && !screen.closed)
            .expect("no panic holds the screen");
        (!result.timed_out() && !screen.closed).then(|| screen.changed_at.saturating_duration_since(sent))
    }

    fn wait(&self, limit: Duration, wanted: impl Fn(&str) -> bool) -> Option<Instant> {
        let (lock, signal) = &*self.shared;
        let screen = lock.lock().expect("no panic holds the screen");
        let (screen, _) = signal
            .wait_timeout_while(screen, limit, |screen| !wanted(&screen.parser.screen().contents()) && !screen.closed)
            .expect("no panic holds the screen");
        // What a program says last counts, though it may have ended since.
        wanted(&screen.parser.screen().contents()).then_some(screen.changed_at)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
