//! The one thread that appends.
//!
//! What enters: requests, each with a number and a callback. What leaves: through the callback, the records that are
//! on disk, or why there are none. Requests are done in the order they came. Dropping the writer finishes what is
//! queued, then ends the thread.

use std::fmt;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};

use chrono_tz::Tz;

use super::append::{Found, Log};
use super::error::LogError;
use super::files::LogPaths;
use super::record::{Draft, Record};

/// The bound of the queue. A full queue pushes back: the request is handed back to its sender, who keeps it in order
/// and shows the count, because a decision is never dropped.
const QUEUE: usize = 64;

/// What a writer tells of one request. Called on the writer's thread: hand the answer on, do nothing slow.
pub type Done = Box<dyn FnOnce(u64, Result<Vec<Record>, LogError>) + Send>;

/// What a writer tells of damage, torn lines and acts cut short, when it opens the log and whenever it finds more.
pub type OnFound = Box<dyn FnMut(Result<Found, LogError>) + Send>;

/// One act to be recorded: all of its drafts or none.
pub struct AppendRequest {
    /// The sender's number for it, told with the answer.
    pub id: u64,
    /// What to record, in order.
    pub drafts: Vec<Draft>,
    /// Called once, with the answer.
    pub done: Done,
}

impl fmt::Debug for AppendRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppendRequest")
            .field("id", &self.id)
            .field("drafts", &self.drafts.len())
            .finish_non_exhaustive()
    }
}

enum Message {
    Append(AppendRequest),
    SetZone(Tz),
}

/// A handle to the writer's thread.
#[derive(Debug)]
pub struct LogWriter {
    sender: Option<SyncSender<Message>>,
    thread: Option<JoinHandle<()>>,
}

impl LogWriter {
    /// Starts the thread, which opens the log and tells `found` what it met, or why it cannot; it then tries again
    /// with each request.
    pub fn spawn(paths: LogPaths, zone: Tz, found: OnFound) -> io::Result<Self> {
        Self::spawn_after(|| {}, paths, zone, found)
    }

    /// The same; the thread opens the log when `wait` returns. What is queued meanwhile is done then.
    pub fn spawn_after(
        wait: impl FnOnce() + Send + 'static,
        paths: LogPaths,
        zone: Tz,
        found: OnFound,
    ) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(QUEUE);
        let work = Work { paths, zone, log: None, found };
        let thread = thread::Builder::new().name("log-writer".to_owned()).spawn(move || {
            wait();
            work.run(&receiver);
        })?;
        Ok(Self { sender: Some(sender), thread: Some(thread) })
    }

    /// Queues a request without waiting. Handed back when the queue is full or the thread has ended.
    pub fn submit(&self, request: AppendRequest) -> Result<(), AppendRequest> {
        let Some(sender) = &self.sender else { return Err(request) };
        match sender.try_send(Message::Append(request)) {
            Err(
                TrySendError::Full(Message::Append(request)) | TrySendError::Disconnected(Message::Append(request)),
            ) => Err(request),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Takes the time zone of a changed plan, for the requests after this; waits while the queue is full.
    pub fn set_zone(&self, zone: Tz) {
        if let Some(sender) = &self.sender {
            // A thread that has ended records nothing more, in no zone.
            let _ = sender.send(Message::SetZone(zone));
        }
    }
}

impl Drop for LogWriter {
    fn drop(&mut self) {
        drop(self.sender.take());
        if let Some(thread) = self.thread.take() {
            // A panic over there has been told by its hook already.
            let _ = thread.join();
        }
    }
}

struct Work {
    paths: LogPaths,
    zone: Tz,
    log: Option<Log>,
    found: OnFound,
}

impl Work {
    fn run(mut self, receiver: &Receiver<Message>) {
        if let Err(error) = self.open() {
            (self.found)(Err(error));
        }
        for message in receiver {
            match message {
                Message::Append(AppendRequest { id, drafts, done }) => done(id, self.append(&drafts)),
                Message::SetZone(zone) => {
                    self.zone = zone;
                    if let Some(log) = &mut self.log {
                        log.set_zone(zone);
                    }
                }
            }
        }
    }

    fn append(&mut self, drafts: &[Draft]) -> Result<Vec<Record>, LogError> {
        if self.log.is_none() {
            self.open()?;
        }
        let Some(log) = &mut self.log else { return Ok(Vec::new()) };
        let result = log.append(drafts);
        let found = log.take_found();
        if found != Found::default() {
            (self.found)(Ok(found));
        }
        result
    }

    fn open(&mut self) -> Result<(), LogError> {
        let (log, found) = Log::open(self.paths.clone(), self.zone)?;
        self.log = Some(log);
        (self.found)(Ok(found));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::super::fixtures::{draft, let_stand, note, paths};
    use super::super::record::Base;
    use super::super::{read_all, verify};
    use super::*;

    #[test]
    fn requests_are_answered_in_order_and_a_dropped_writer_finishes_them() {
        let home = tempfile::tempdir().expect("a folder");
        let (answers, told) = sync_channel(QUEUE);
        let writer = LogWriter::spawn(paths(home.path()), Tz::UTC, Box::new(|_| {})).expect("a thread");
        for id in 0..20 {
            let answers = answers.clone();
            let done: Done = Box::new(move |id, result| answers.send((id, result.is_ok())).expect("heard"));
            let drafts = vec![draft(&format!("m-{id}"), let_stand(), None)];
            writer.submit(AppendRequest { id, drafts, done }).expect("room in the queue");
        }
        drop(writer);
        drop(answers);
        assert_eq!(told.iter().collect::<Vec<_>>(), (0..20).map(|id| (id, true)).collect::<Vec<_>>());
        assert_eq!(verify(&paths(home.path()).folder).expect("reads").records, 20);
    }

    #[test]
    fn a_full_queue_hands_the_request_back_and_nothing_is_lost() {
        let home = tempfile::tempdir().expect("a folder");
        let (go, wait) = sync_channel::<()>(1);
        let found: OnFound = Box::new(move |_| wait.recv().expect("let go"));
        let writer = LogWriter::spawn(paths(home.path()), Tz::UTC, found).expect("a thread");
        let request = |id: u64| {
            let base = if id == 0 { Base::Seen(None) } else { Base::Own };
            let drafts = vec![Draft { base, ..draft("m-1", note(&id.to_string()), None) }];
            AppendRequest { id, drafts, done: Box::new(|_, _| {}) }
        };
        let taken = (0..=QUEUE as u64).take_while(|id| writer.submit(request(*id)).is_ok()).count();
        assert_eq!(taken, QUEUE);
        go.send(()).expect("waited for");
        drop(writer);
        let mut notes = Vec::new();
        read_all(&paths(home.path()).folder, |record| notes.extend(record.note)).expect("reads");
        assert_eq!(notes, (0..QUEUE).map(|id| id.to_string()).collect::<Vec<_>>());
    }
}
