//! A web server that misbehaves as told: one reply a connection, scripted or made for its request, every request kept.

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
    /// These bytes, then the end of the server's half; its other half stays open.
    HalfClosed(Vec<u8>),
}

/// One request.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// From 0, over all connections.
    pub(super) number: usize,
    /// Path and query, as they came.
    pub(super) target: String,
    /// The whole head in lower case.
    pub(super) head: String,
    /// The same as it came.
    written: String,
}

impl Asked {
    /// The path without its query.
    pub(super) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The value of a header, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.written.lines().filter_map(|line| line.split_once(':'));
        headers.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The first value of a name in the query.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let query = self.target.split_once('?')?.1;
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
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
    /// Serves `replies` in turn; the last one for ever.
    pub(super) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        Self::answering(move |asked| replies[asked.number.min(replies.len() - 1)].clone()).await
    }

    /// Answers each request as `answer` says.
    pub(super) async fn answering(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (requests.clone(), Arc::new(answer));
        tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { break };
                tokio::spawn(serve(stream, answer.clone(), kept.clone()));
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

async fn serve<A: Fn(&Asked) -> Reply>(mut stream: TcpStream, answer: Arc<A>, kept: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let target = head.split_whitespace().nth(1).unwrap_or_default().to_owned();
    let (written, head) = (head.clone(), head.to_lowercase());
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    if stream.read_exact(&mut body).await.is_err() {
        return;
    }
    let number = {
        let mut kept = kept.lock().expect("no test panicked");
        kept.push(head.clone());
        kept.len() - 1
    };
    let reply = answer(&Asked { number, target, head, written });
    match reply {
        Reply::Bytes(bytes) => {
            // The other side may have hung up, which is its right.
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Reply::HalfClosed(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
            std::future::pending::<()>().await;
        }
        Reply::Stall(bytes) => {
            let _ = stream.write_all(&bytes).await;
            std::future::pending::<()>().await;
        }
    }
}
