//! One look at a receiver: would it be heard, and can its secret be used.
//!
//! What enters: its settings. What leaves: where it listens or would listen, or why it cannot. Nothing is delivered.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::super::{Probe, SourceError};
use super::{not_listening, ready};
use crate::config;

/// How long whoever listens there may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Looks once.
pub(in super::super) async fn try_once(settings: &config::Webhook) -> Result<Probe, SourceError> {
    ready(settings, chrono_tz::UTC).await?;
    let found = |address, is_running| Probe::Listens { address, is_running, is_open: settings.is_open() };
    match TcpListener::bind(settings.listen).await {
        Ok(listener) => Ok(found(listener.local_addr().unwrap_or(settings.listen), false)),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse && is_ours(settings).await => {
            Ok(found(settings.listen, true))
        }
        Err(error) => Err(not_listening(settings, &error)),
    }
}

/// True when who listens there knows the path: every other program answers that there is nothing.
async fn is_ours(settings: &config::Webhook) -> bool {
    let ask = async {
        let mut stream = TcpStream::connect(reachable(settings.listen)).await?;
        let request =
            format!("GET {} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n", settings.path.expose());
        stream.write_all(request.as_bytes()).await?;
        let mut status = [0; "HTTP/1.1 405".len()];
        stream.read_exact(&mut status).await?;
        Ok::<_, io::Error>(matches!(&status, b"HTTP/1.1 405" | b"HTTP/1.1 403"))
    };
    matches!(tokio::time::timeout(PATIENCE, ask).await, Ok(Ok(true)))
}

/// Who listens everywhere is reached here.
fn reachable(listen: SocketAddr) -> SocketAddr {
    match listen {
        SocketAddr::V4(address) if address.ip().is_unspecified() => (Ipv4Addr::LOCALHOST, address.port()).into(),
        SocketAddr::V6(address) if address.ip().is_unspecified() => (Ipv6Addr::LOCALHOST, address.port()).into(),
        address => address,
    }
}
