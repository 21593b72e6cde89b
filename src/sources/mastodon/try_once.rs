//! One look at an account, to see whether its configuration works; nothing is stored.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::super::context::reveal;
use super::super::http::Clients;
use super::super::probe::{Probe, Tally};
use super::super::{BadCause, Position, SourceError};
use super::catch_up::element_of;
use super::item::{Origin, item};
use super::server::{From, Server};
use super::timelines;
use crate::config::{MastodonAccount, SourceConfig};

/// Asks who we are and reads the newest page of each timeline. The first failure is told, and names what it asked for.
pub(in super::super) async fn try_once(
    config: &SourceConfig,
    account: &MastodonAccount,
    now: DateTime<Utc>,
) -> Result<Probe, SourceError> {
    let token = reveal(&account.token).await?;
    let http: Arc<Clients> = Arc::default();
    let server = Server::greet(account, token, http, now).await?;
    let mut tally = Tally::default();
    for timeline in timelines(account) {
        let page = server.page(&timeline, From::Newest, now).await?;
        for (place, element) in page.elements.iter().enumerate().rev() {
            let position = Position::Item(format!("{} {}", timeline.name(), place + 1));
            match element_of(&timeline, element) {
                Ok((_, None)) => {}
                Ok((_, Some(status))) => {
                    let origin =
                        Origin { source: &config.id, network: config.network.as_ref(), domain: &server.domain, now };
                    match item(&status, &origin) {
                        Some(item) => tally.item(item),
                        None => tally.bad(position, BadCause::NoText),
                    }
                }
                Err(cause) => tally.bad(position, BadCause::Malformed(cause)),
            }
        }
    }
    Ok(tally.answers())
}
