//! The loop: one `select!` that owns the terminal.
//!
//! ```text
//! cancel ─▶ leave
//! input ──▶ every key that is waiting ─▶ commands ─▶ effects ─▶ draw at once
//! due ────▶ draw what events changed, at most every 16 ms; or because a visible text changes by itself
//! events ─▶ a bounded number ─▶ effects ─▶ owe a frame
//! ```
//!
//! In this order: a flood of events never delays a key, and with nothing to do there is no draw.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use ratatui::crossterm::event::Event as TerminalEvent;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::app::App;
use super::clipboard;
use super::effect::{Correction, Effect, Effects};
use super::event::Event;
use super::redraw::{Redraw, next_change};
use super::terminal::{Screen, Wire};
use super::view::Manner;
use crate::clock::{SharedClock, timer_now};

/// Keys, clicks and resizes taken before a frame is drawn: more than a person or a paste sends in one.
const INPUTS_A_FRAME: usize = 1_024;
/// Events taken before keys are looked at again.
const EVENTS_A_TURN: usize = 64;

/// What a person sends. While another program has the terminal nothing of it may be read.
pub trait Input: Stream<Item = io::Result<TerminalEvent>> + Unpin {
    /// Stops reading.
    fn pause(&mut self) {}

    /// Reads again.
    fn resume(&mut self) {}
}

/// A change of the plan in the person's editor; ends with [`Event::Corrected`].
pub type Editing = Pin<Box<dyn Future<Output = Event> + Send>>;

/// Whoever performs effects. It must not wait: what takes time answers later, with an event.
pub trait Outside {
    /// Begins to perform an effect.
    fn perform(&mut self, effect: Effect);

    /// Lets the person edit a change of the plan. The terminal is the editor's until the answer comes.
    fn edit(&mut self, correction: Correction) -> Editing;

    /// The store's first answer is on the screen; told after each frame from then on.
    fn shown(&mut self) {}

    /// Events have come in, so queues that were full may have room again.
    fn retry(&mut self) {}
}

/// Whether the loop goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    GoOn,
    Leave,
}

/// The desk with everything it runs on.
#[derive(Debug)]
pub struct Runtime<B: ratatui::backend::Backend, O, I> {
    /// The state.
    pub app: App,
    /// Where it is drawn.
    pub screen: Screen<B>,
    /// Who performs effects.
    pub outside: O,
    /// What the terminal sends.
    pub input: I,
    /// What happens outside. The channel is bounded; a full one makes the senders wait, which are threads and tasks
    /// that may.
    pub events: mpsc::Receiver<Event>,
    /// The program's time.
    pub clock: SharedClock,
    /// Ends the loop from outside.
    pub cancel: CancellationToken,
    /// How frames are drawn.
    pub manner: Manner,
    /// What is to be edited next, once the effects before it are performed.
    pub editing: Option<Correction>,
}

impl<B, O, I> Runtime<B, O, I>
where
    B: Wire,
    B::Error: Send + Sync + 'static,
    O: Outside,
    I: Input,
{
    /// Runs until the person leaves, the input ends or the token is cancelled. Fails only when the terminal does.
    pub async fn run(&mut self) -> io::Result<()> {
        let mut redraw = Redraw::default();
        self.app.tick(self.clock.now());
        let effects = self.app.start();
        self.perform(effects)?;
        self.draw(&mut redraw)?;
        loop {
            let due = redraw.due(timer_now());
            let flow = tokio::select! {
                biased;
                () = self.cancel.cancelled() => Flow::Leave,
                input = self.input.next() => match input {
                    None => Flow::Leave,
                    Some(input) => self.take_input(input?, &mut redraw).await?,
                },
                () = Redraw::wait(due) => {
                    self.app.tick(self.clock.now());
                    self.draw(&mut redraw)?
                }
                Some(event) = self.events.recv() => {
                    redraw.mark();
                    self.take_events(event)?
                }
            };
            if flow == Flow::Leave || self.lend(&mut redraw).await? == Flow::Leave {
                return Ok(());
            }
        }
    }

    /// Lends the terminal to the person's editor, if something is to be edited. Events are taken note of meanwhile, so
    /// that nothing that waits for the desk comes to a stop.
    async fn lend(&mut self, redraw: &mut Redraw) -> io::Result<Flow> {
        let Some(correction) = self.editing.take() else { return Ok(Flow::GoOn) };
        self.input.pause();
        self.screen.lend();
        let mut editing = self.outside.edit(correction);
        let ended = loop {
            tokio::select! {
                biased;
                // The terminal has been given back already.
                () = self.cancel.cancelled() => return Ok(Flow::Leave),
                ended = &mut editing => break ended,
                Some(event) = self.events.recv() => if self.take_events(event)? == Flow::Leave {
                    return Ok(Flow::Leave);
                }
            }
        };
        self.screen.take_back()?;
        self.input.resume();
        if self.take_events(ended)? == Flow::Leave {
            return Ok(Flow::Leave);
        }
        self.draw(redraw)
    }

    /// Takes everything the terminal has already sent, then draws.
    async fn take_input(&mut self, first: TerminalEvent, redraw: &mut Redraw) -> io::Result<Flow> {
        self.app.tick(self.clock.now());
        let mut next = Some(first);
        for _ in 0..INPUTS_A_FRAME {
            let Some(input) = next.take() else { break };
            let effects = self.app.input(input);
            if self.perform(effects)? == Flow::Leave {
                return Ok(Flow::Leave);
            }
            // Polled with this task's own waker: the stream remembers the waker of whoever polled it last, and one
            // that wakes nobody would leave the next key unnoticed on a quiet desk.
            let waiting = poll_fn(|context| Poll::Ready(self.input.poll_next_unpin(context))).await;
            next = match waiting {
                Poll::Ready(Some(input)) => Some(input?),
                Poll::Ready(None) => return Ok(Flow::Leave),
                Poll::Pending => None,
            };
        }
        self.draw(redraw)
    }

    fn take_events(&mut self, first: Event) -> io::Result<Flow> {
        self.app.tick(self.clock.now());
        let mut next = Some(first);
        for _ in 0..EVENTS_A_TURN {
            let Some(event) = next.take() else { break };
            let effects = self.app.happened(event);
            if self.perform(effects)? == Flow::Leave {
                return Ok(Flow::Leave);
            }
            next = self.events.try_recv().ok();
        }
        if let Some(left) = next {
            let effects = self.app.happened(left);
            return self.perform(effects);
        }
        self.outside.retry();
        Ok(Flow::GoOn)
    }

    fn perform(&mut self, effects: Effects) -> io::Result<Flow> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(Flow::Leave),
                Effect::Redraw => self.screen.clear()?,
                Effect::Edit(correction) => self.editing = Some(correction),
                Effect::CopyThroughTerminal(text) => self.screen.send(&clipboard::osc52(&text))?,
                effect => self.outside.perform(effect),
            }
        }
        Ok(Flow::GoOn)
    }

    /// Draws; once more at once when what was on the screen begins elsewhere, now that the sizes are known, and with
    /// the next events when only something small came of it.
    fn draw(&mut self, redraw: &mut Redraw) -> io::Result<Flow> {
        let (mut flow, mut resized) = (Flow::GoOn, false);
        for _ in 0..2 {
            let (areas, begins) = (self.app.areas, self.app.begins());
            let drawn = self.screen.draw(&self.app, self.manner)?;
            let effects = self.app.drawn(drawn);
            flow = self.perform(effects)?;
            resized = drawn != areas;
            if self.app.begins() == begins || flow == Flow::Leave {
                break;
            }
        }
        if !self.app.feed.is_loading() {
            self.outside.shown();
        }
        let wait = next_change(&self.app).to_std().unwrap_or(Duration::from_secs(1));
        redraw.drawn(timer_now(), Some(self.clock.real_time(wait)));
        if resized {
            redraw.mark();
        }
        Ok(flow)
    }
}
