//! A web server that misbehaves as told: one scripted reply a connection, every request kept.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a connection gets.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    /// These bytes, then the end.
    Bytes(Vec<u8>),
    /// These bytes, then silence.
    Stall(Vec<u8>),
}

/// The server; it ends with the test's runtime.
pub(super) struct Server {
    pub(super) base: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Reply {
    /// A whole reply; `headers` are lines that end in `\r\n`.
    pub(super) fn with(status: &str, headers: &str, body: &[u8]) -> Self {
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n");
        Self::Bytes([head.as_bytes(), body].concat())
    }

    pub(super) fn redirect(status: &str, location: &str) -> Self {
        Self::with(status, &format!("location: {location}\r\n"), b"")
    }
}

impl Server {
    /// Serves `replies` in turn; the last one for ever. `{base}` in a reply's head is the server's own address.
    pub(super) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, replies): (_, Vec<Reply>) = (requests.clone(), replies.into_iter().collect());
        tokio::spawn(async move {
            let mut replies = replies.into_iter().peekable();
            loop {
                let Ok((stream, _)) = listener.accept().await else { break };
                let reply = replies.peek().cloned().expect("one reply at least");
                let last = replies.len() == 1;
                if !last {
                    replies.next();
                }
                tokio::spawn(serve(stream, reply, kept.clone()));
            }
        });
        Self { base, requests }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The heads of the requests so far, in lower case.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no test panicked").clone()
    }
}

async fn serve(mut stream: TcpStream, reply: Reply, kept: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    kept.lock().expect("no test panicked").push(String::from_utf8_lossy(&head).to_lowercase());
    match reply {
        Reply::Bytes(bytes) => {
            // The other side may have hung up, which is its right.
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Reply::Stall(bytes) => {
            let _ = stream.write_all(&bytes).await;
            std::future::pending::<()>().await;
        }
    }
}
