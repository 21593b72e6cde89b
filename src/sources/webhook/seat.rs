//! A listener with so many seats, each for so long.
//!
//! What enters: connections. What leaves: at most so many of them at a time, each of which breaks when its time is over,
//! whatever it does: who sends one byte a second holds a seat no longer than anybody. Beyond that the kernel keeps
//! connections waiting, a bounded number too.

use std::future::Future as _;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Sleep;

/// How long nobody is let in after the system could not give a connection: it is out of files, or memory.
const BREATH: Duration = Duration::from_secs(1);

/// The listener.
#[derive(Debug)]
pub(super) struct Seats {
    listener: TcpListener,
    free: Arc<Semaphore>,
    time: Duration,
}

/// One connection.
#[derive(Debug)]
pub(super) struct Seat {
    stream: TcpStream,
    end: Pin<Box<Sleep>>,
    _taken: Option<OwnedSemaphorePermit>,
}

impl Seats {
    pub(super) fn new(listener: TcpListener, count: usize, time: Duration) -> Self {
        Self { listener, free: Arc::new(Semaphore::new(count)), time }
    }
}

impl Listener for Seats {
    type Io = Seat;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Seat, SocketAddr) {
        // The semaphore is never closed.
        let taken = self.free.clone().acquire_owned().await.ok();
        loop {
            match self.listener.accept().await {
                Ok((stream, address)) => {
                    let end = Box::pin(tokio::time::sleep(self.time));
                    return (Seat { stream, end, _taken: taken }, address);
                }
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(BREATH).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

impl Seat {
    /// An error once the time is over.
    fn is_over(&mut self, context: &mut Context<'_>) -> Option<io::Error> {
        let over = self.end.as_mut().poll(context).is_ready();
        over.then(|| io::ErrorKind::TimedOut.into())
    }
}

impl AsyncRead for Seat {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.is_over(context) {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut self.stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Seat {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.is_over(context) {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut self.stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
