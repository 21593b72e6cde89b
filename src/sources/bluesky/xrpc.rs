//! One call of the network's protocol: an answer, or the name of what is wrong.
//!
//! What enters: a server and a request. What leaves: a successful reply, or a [`Refused`] with the name the protocol gives to
//! an error. The name decides, not the status: a token that has run out is a 400, a server behind the server that is down a 502.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::super::http::{Api, Reply, Request};
use super::super::{Cause, Retry, SourceError};
/// How long a server that is asked too often and does not say for how long is left alone.
const AFTER_TOO_OFTEN: Duration = Duration::from_mins(1);
/// Longer names are none of the protocol's.
const MAX_NAME: usize = 64;

/// What a server did not do, and why.
#[derive(Debug)]
pub(super) struct Refused {
    /// The protocol's name of the error; empty when the answer is of another make.
    pub(super) name: String,
    reply: Reply,
}

#[derive(Deserialize)]
struct Named {
    error: String,
}

/// Asks once. The outer error is a connection's, the inner one the server's.
pub(super) async fn ask(api: &Api, request: &Request<'_>) -> Result<Result<Reply, Refused>, SourceError> {
    let reply = api.ask(request).await?;
    if (200..300).contains(&reply.status) {
        return Ok(Ok(reply));
    }
    let name = serde_json::from_slice::<Named>(&reply.body).map(|named| named.error).unwrap_or_default();
    let is_name = name.len() <= MAX_NAME && name.chars().all(|letter| letter.is_ascii_alphanumeric());
    Ok(Err(Refused { name: if is_name { name } else { String::new() }, reply }))
}

impl Refused {
    /// The token is no good, or no longer: another one may be.
    pub(super) fn is_of_token(&self) -> bool {
        matches!(self.name.as_str(), "ExpiredToken" | "InvalidToken" | "AuthMissing" | "BadJwt" | "BadJwtAudience")
            || (self.name.is_empty() && self.reply.status == 401)
    }

    /// The request itself is wrong; the same one will never do.
    pub(super) fn is_of_request(&self) -> bool {
        matches!(self.name.as_str(), "InvalidRequest" | "BadQueryString")
    }

    /// The server cannot answer now: the same request may do later.
    pub(super) fn is_busy(&self) -> bool {
        self.reply.status == 429
            || matches!(self.name.as_str(), "UpstreamFailure" | "UpstreamTimeout" | "RateLimitExceeded")
    }

    /// The record is not there.
    pub(super) fn is_not_there(&self) -> bool {
        matches!(self.name.as_str(), "RecordNotFound")
    }

    /// The answer itself, for its headers.
    pub(super) fn reply(&self) -> &Reply {
        &self.reply
    }

    /// The error it is, with the time the server asks for.
    pub(super) fn error(&self, now: DateTime<Utc>) -> SourceError {
        let too_often = self.reply.status == 429 || self.name == "RateLimitExceeded";
        let error = self.reply.error(now);
        match error.retry {
            Retry::After { at_least: None } if too_often => {
                SourceError::retryable_after(error.cause, Some(AFTER_TOO_OFTEN))
            }
            _ => error,
        }
    }

    /// The error it is to a sign-in: what only a person can mend is not tried again.
    pub(super) fn of_sign_in(&self, handle: &str, now: DateTime<Utc>) -> SourceError {
        let (server, handle) = (self.reply.url.clone(), handle.to_owned());
        let cause = match self.name.as_str() {
            "AuthenticationRequired" => Cause::WrongPassword { server, handle },
            "AuthFactorTokenRequired" => Cause::SecondFactor { server, handle },
            "AccountTakedown" | "AccountSuspended" | "AccountDeactivated" | "AccountNotFound" => {
                Cause::AccountClosed { server, handle }
            }
            _ => return self.error(now),
        };
        SourceError::permanent(cause)
    }
}
