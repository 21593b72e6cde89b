//! The terminal: taken over by a guard, given back whatever happens, drawn on through one type.
//!
//! What enters: the app's state. What leaves: frames, each as one synchronized update. The backend is a type parameter,
//! so that tests run the same loop on a buffer. Only the loop's task writes to the terminal.

use std::io::{self, Write, stdout};
use std::panic;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{self, Poll};
use std::thread;

use futures_util::Stream;
use ratatui::Terminal;
use ratatui::backend::{Backend, CrosstermBackend, TestBackend};
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event, EventStream,
};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use ratatui::crossterm::{cursor, execute, queue};
use ratatui::layout::Rect;

use super::app::App;
use super::driver::Input;
use super::state::areas::Areas;
use super::view::{self, Manner};

/// True while the terminal is ours: giving it back twice does nothing.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// True while another program has the terminal for a time.
static LENT: AtomicBool = AtomicBool::new(false);
/// Whether the mouse was taken too.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Holds the terminal in raw mode on the alternate screen; dropping it gives the terminal back.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal over. A panic of this thread gives it back before its message is printed; a panic of another
    /// thread is reported by that thread's owner and leaves the screen alone.
    pub fn take(mouse: bool) -> io::Result<Self> {
        hook_panics();
        MOUSE.store(mouse, Ordering::SeqCst);
        let guard = Self(());
        enter()?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if MOUSE.load(Ordering::SeqCst) {
        execute!(stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// True while another program has the terminal: what is typed there, an interrupt too, is not for the desk.
pub fn is_lent() -> bool {
    LENT.load(Ordering::SeqCst)
}

/// Gives the terminal back, as far as it can still be reached.
pub fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // A terminal that has gone away needs no restoring.
        let _ = execute!(stdout(), DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
        let _ = disable_raw_mode();
    }
}

fn hook_panics() {
    static HOOKED: AtomicBool = AtomicBool::new(false);
    if HOOKED.swap(true, Ordering::SeqCst) {
        return;
    }
    let owner = thread::current().id();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == owner {
            restore();
            before(info);
        } else if TAKEN.load(Ordering::SeqCst) {
            tracing::error!(%info, "a thread panicked");
        } else {
            before(info);
        }
    }));
}

/// What the loop needs of a backend beyond ratatui's own trait.
pub trait Wire: Backend {
    /// Tells the terminal to hold back what follows until [`Wire::end_frame`].
    fn begin_frame(&mut self) -> io::Result<()>;
    /// Lets the terminal show the frame at once.
    fn end_frame(&mut self) -> io::Result<()>;
    /// Writes a sequence that is no part of a frame.
    fn send(&mut self, sequence: &str) -> io::Result<()>;
    /// Gives the terminal to another program for a time.
    fn lend(&mut self) {}
    /// Takes it again.
    fn take_back(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write> Wire for CrosstermBackend<W> {
    fn begin_frame(&mut self) -> io::Result<()> {
        queue!(self, BeginSynchronizedUpdate)
    }

    fn end_frame(&mut self) -> io::Result<()> {
        execute!(self, EndSynchronizedUpdate)
    }

    fn send(&mut self, sequence: &str) -> io::Result<()> {
        self.write_all(sequence.as_bytes())?;
        io::Write::flush(self)
    }

    fn lend(&mut self) {
        LENT.store(true, Ordering::SeqCst);
        restore();
    }

    fn take_back(&mut self) -> io::Result<()> {
        LENT.store(false, Ordering::SeqCst);
        enter()
    }
}

/// The keys and the mouse of the real terminal.
#[derive(Debug)]
pub struct Keys(Option<EventStream>);

impl Keys {
    /// Reads from now on.
    pub fn new() -> Self {
        Self(Some(EventStream::new()))
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self::new()
    }
}

impl Stream for Keys {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut task::Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().map_or(Poll::Pending, |stream| Pin::new(stream).poll_next(context))
    }
}

impl Input for Keys {
    fn pause(&mut self) {
        // Dropping the stream ends the thread that waits for keys; one that went on would take them from the editor.
        self.0 = None;
    }

    fn resume(&mut self) {
        self.0 = Some(EventStream::new());
    }
}

impl Wire for TestBackend {
    fn begin_frame(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn end_frame(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn send(&mut self, _sequence: &str) -> io::Result<()> {
        Ok(())
    }
}

/// The screen the desk is drawn on.
#[derive(Debug)]
pub struct Screen<B: Backend> {
    terminal: Terminal<B>,
}

impl<B: Wire> Screen<B>
where
    B::Error: Send + Sync + 'static,
{
    /// A screen over `backend`.
    pub fn new(backend: B) -> io::Result<Self> {
        Ok(Self { terminal: Terminal::new(backend).map_err(io::Error::other)? })
    }

    /// Draws a frame and answers with where things came to stand.
    pub fn draw(&mut self, app: &App, manner: Manner) -> io::Result<Areas> {
        let mut areas = Areas::default();
        self.terminal.backend_mut().begin_frame()?;
        self.terminal
            .draw(|frame| {
                areas = view::draw(frame.buffer_mut(), app, manner);
                if let Some(at) = areas.cursor {
                    frame.set_cursor_position(at);
                }
            })
            .map_err(io::Error::other)?;
        self.terminal.backend_mut().end_frame()?;
        Ok(areas)
    }

    /// Makes the next frame draw every cell.
    pub fn clear(&mut self) -> io::Result<()> {
        // Not `Terminal::clear`: that asks the terminal where its cursor is and waits for the answer, which some give late
        // and some never, while the keys wait too. A resize to the same size clears without asking.
        let size = self.terminal.size().map_err(io::Error::other)?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height)).map_err(io::Error::other)
    }

    /// Gives the terminal to another program.
    pub fn lend(&mut self) {
        self.terminal.backend_mut().lend();
    }

    /// Takes the terminal again and makes the next frame draw every cell.
    pub fn take_back(&mut self) -> io::Result<()> {
        self.terminal.backend_mut().take_back()?;
        self.clear()
    }

    /// Writes a sequence between two frames.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        self.terminal.backend_mut().send(sequence)
    }

    /// The backend, to look at what is on it.
    pub fn backend(&self) -> &B {
        self.terminal.backend()
    }

    /// The backend, to change its size in a test.
    pub fn backend_mut(&mut self) -> &mut B {
        self.terminal.backend_mut()
    }
}
