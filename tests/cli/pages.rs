//! A server of fixed pages on this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;

/// One answer: status, further header lines, body.
pub type Answer = (u16, &'static str, String);

/// A server that answers for as long as the test runs.
#[derive(Debug)]
pub struct Pages {
    /// Such as `http://127.0.0.1:41000`.
    pub base: String,
}

impl Pages {
    /// Answers every request by its lines: request line, headers, and the body as one.
    pub fn serve(answer: impl Fn(&[String]) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that went away wants no answer.
                let _ = reply(stream, &answer);
            }
        });
        Self { base }
    }
}

fn reply(stream: TcpStream, answer: &impl Fn(&[String]) -> Answer) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let lengths = head
        .iter()
        .filter_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    let mut body = vec![0; lengths.take(1).sum::<usize>().min(1 << 20)];
    reader.read_exact(&mut body)?;
    head.push(String::from_utf8_lossy(&body).into_owned());
    let (status, headers, body) = answer(&head);
    let length = body.len();
    let mut stream = stream;
    write!(stream, "HTTP/1.1 {status} Said\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}")
}
