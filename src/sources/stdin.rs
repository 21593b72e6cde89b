//! NDJSON on the standard input: each line when its newline is there, the last one when the input ends.
//!
//! What enters: the process's input, read by a thread of its own, because a blocked read cannot be cancelled. What
//! leaves: batches. Input cannot be read twice, so what is not committed yet is held here and sent again after a failure. Who
//! starts it makes sure that the input is not the terminal the keys come from.

use std::io::{self, Read};

use tokio::sync::mpsc;

use super::held::Held;
use super::lines::Lines;
use super::{Cause, Context, MAX_BATCH, Source, SourceError};
use crate::mention::RawItem;

const CHUNK: usize = 64 * 1024;

/// The standard input, or in tests anything that can be read.
#[derive(Debug)]
pub(super) struct Stdin<R> {
    /// Taken when the reading thread starts.
    input: Option<R>,
    chunks: Option<mpsc::Receiver<io::Result<Vec<u8>>>>,
    lines: Lines,
    /// Read, and not sent yet.
    items: Vec<RawItem>,
    ended: bool,
    held: Held,
}

impl<R: Read + Send + 'static> Stdin<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input: Some(input),
            chunks: None,
            lines: Lines::new(0),
            items: Vec::new(),
            ended: false,
            held: Held::new(),
        }
    }

    /// Starts the reading thread at the first call.
    fn open(&mut self) -> io::Result<()> {
        let Some(mut input) = self.input.take() else { return Ok(()) };
        // Two chunks: one being parsed, one ready. A full channel blocks the thread, and so whoever writes to the pipe.
        let (sender, receiver) = mpsc::channel(2);
        self.chunks = Some(receiver);
        std::thread::Builder::new().name("stdin".into()).spawn(move || {
            let mut buffer = vec![0; CHUNK];
            loop {
                let chunk = match input.read(&mut buffer) {
                    Ok(0) => break,
                    Ok(length) => Ok(buffer[..length].to_vec()),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => Err(error),
                };
                let failed = chunk.is_err();
                if sender.blocking_send(chunk).is_err() || failed {
                    break;
                }
            }
        })?;
        Ok(())
    }

    /// Sends what was read.
    async fn send(&mut self, context: &mut Context) -> Result<(), SourceError> {
        if self.items.is_empty() {
            return Ok(());
        }
        self.held.send(std::mem::take(&mut self.items), None, context).await
    }

    async fn drain(&mut self, context: &mut Context) -> Result<(), SourceError> {
        while let Some(line) = self.lines.next() {
            self.items.extend(context.item(line)?);
            if self.items.len() == MAX_BATCH {
                self.send(context).await?;
            }
        }
        if self.ended
            && let Some(line) = self.lines.finish()
        {
            self.items.extend(context.item(line)?);
        }
        self.send(context).await
    }
}

impl<R: Read + Send + 'static> Source for Stdin<R> {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        self.open().map_err(|error| SourceError::permanent(Cause::Input(error.to_string())))?;
        self.held.send_again(context).await?;
        self.drain(context).await?;
        while !self.ended {
            let chunk = match &mut self.chunks {
                Some(chunks) => chunks.recv().await,
                None => None,
            };
            match chunk {
                Some(Ok(chunk)) => self.lines.push(&chunk),
                Some(Err(error)) => return Err(SourceError::permanent(Cause::Input(error.to_string()))),
                None => self.ended = true,
            }
            context.health.live();
            self.drain(context).await?;
        }
        context.settle().await
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor as Bytes;

    use super::super::test_desk::Desk;
    use super::super::{State, supervise};
    use super::*;

    #[tokio::test]
    async fn the_last_line_counts_at_the_end_of_the_input() {
        let mut desk = Desk::new();
        let input = Bytes::new(b"\xef\xbb\xbf{\"text\":\"one\"}\n\nnot json\n{\"text\":\"two\"}".to_vec());
        let (context, health) = desk.seat(None);
        tokio::spawn(supervise(Stdin::new(input), context, desk.cancel()));
        assert_eq!(desk.texts(2).await, ["one", "two"]);
        let health = desk.stopped(health).await;
        assert_eq!((health.items, health.bad, &health.state), (2, 1, &State::Stopped { why: None }));
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_not_committed_is_sent_again() {
        let mut desk = Desk::new();
        let input = Bytes::new(b"{\"text\":\"one\"}\n{\"text\":\"two\"}\n".to_vec());
        let (context, health) = desk.seat(None);
        tokio::spawn(supervise(Stdin::new(input), context, desk.cancel()));
        drop(desk.batch().await);
        assert_eq!(desk.texts(2).await, ["one", "two"]);
        assert_eq!(desk.stopped(health).await.items, 2);
    }
}
