//! What the Graph API allows, and what it says when that is used up.
//!
//! What enters: the headers `X-App-Usage`, `X-Page-Usage` and `X-Business-Use-Case-Usage`, and errors with Meta's own codes.
//! What leaves: the largest share that is used, how long to wait, and an error of the right kind: HTTP's status says little here.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::super::http::{Quota, Reply, wait};
use super::super::{Cause, SourceError};

/// Percentages from which on there is less asking, and nearly none.
const MUCH: u64 = 75;
const NEARLY_ALL: u64 = 95;
/// How long a used-up limit takes when nothing is said of it.
const AN_HOUR: Duration = Duration::from_hours(1);
/// A person has to give another token, or more permissions.
const AFTER_REFUSAL: Duration = Duration::from_mins(15);

/// Calls too many, of an app, of a user, of a page, of a use case.
const LIMITS: &[i64] = &[4, 17, 32, 613, 80_001];
/// No token, or one that is not good any more.
const TOKENS: &[i64] = &[102, 190];

/// How much of the limits is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Usage {
    /// The largest share, in percent; `None` when nothing was said.
    percent: Option<u64>,
    /// Until there is some again.
    regained_in: Option<Duration>,
}

impl Usage {
    /// Takes what the headers of one answer say; the last word counts.
    pub(super) fn take(&mut self, headers: &HeaderMap) {
        let said = of(headers);
        if said.percent.is_some() {
            *self = said;
        }
    }

    /// As it is shown to a person: percentages of a hundred.
    pub(super) fn quota(self, now: DateTime<Utc>) -> Option<Quota> {
        let remaining = 100_u64.saturating_sub(self.percent?);
        let regained = self.regained_in.and_then(|wait| chrono::TimeDelta::from_std(wait).ok());
        Some(Quota { remaining, limit: Some(100), resets_at: regained.and_then(|wait| now.checked_add_signed(wait)) })
    }

    /// How long to rest: `every`, and longer when much is used.
    pub(super) fn unhurried(self, every: Duration) -> Duration {
        match self.percent.unwrap_or_default() {
            percent if percent >= NEARLY_ALL => every.max(self.regained_in.unwrap_or(AN_HOUR)),
            percent if percent >= MUCH => every.saturating_mul(4),
            _ => every,
        }
    }
}

fn of(headers: &HeaderMap) -> Usage {
    let read = |name: &str| {
        let value = headers.get(name)?.to_str().ok()?;
        serde_json::from_str::<Value>(value).ok()
    };
    let shares = |usage: &Value| -> Option<u64> {
        let share = |name: &&str| usage.get(*name).and_then(Value::as_f64).map(|share| share.clamp(0.0, 1000.0) as u64);
        ["call_count", "total_time", "total_cputime"].iter().filter_map(share).max()
    };
    let mut usage = Usage::default();
    for name in ["x-app-usage", "x-page-usage"] {
        usage.percent = usage.percent.max(read(name).as_ref().and_then(shares));
    }
    let cases = read("x-business-use-case-usage");
    let cases = cases.iter().filter_map(Value::as_object).flat_map(|by_id| by_id.values());
    for case in cases.filter_map(Value::as_array).flatten() {
        usage.percent = usage.percent.max(shares(case));
        let minutes =
            case.get("estimated_time_to_regain_access").and_then(Value::as_u64).filter(|minutes| *minutes > 0);
        usage.regained_in = usage.regained_in.max(minutes.map(|minutes| Duration::from_secs(60 * minutes.min(1440))));
    }
    usage
}

/// The error that an answer is; `None` for a good one.
pub(super) fn error(reply: &Reply, now: DateTime<Utc>) -> Option<SourceError> {
    let usual = || reply.error(now);
    let json: Option<Value> = serde_json::from_slice(&reply.body).ok();
    let code = json.and_then(|json| json.get("error")?.get("code")?.as_i64());
    let Some(code) = code else { return (!(200..300).contains(&reply.status)).then(usual) };
    let answered = |status: u16| Cause::Answered { url: reply.url.clone(), status, said: reply.said() };
    Some(match code {
        code if LIMITS.contains(&code) => {
            let wait = wait(&reply.headers, now).or(of(&reply.headers).regained_in).unwrap_or(AN_HOUR);
            SourceError::retryable_after(answered(429), Some(wait))
        }
        code if TOKENS.contains(&code) => SourceError::retryable_after(answered(401), Some(AFTER_REFUSAL)),
        // 10 and the two hundreds: the app or the person may not.
        10 | 200..=299 => SourceError::retryable_after(answered(403), Some(AFTER_REFUSAL)),
        _ => usual(),
    })
}

/// True for what an app was not allowed.
pub(super) fn is_permission(error: &SourceError) -> bool {
    matches!(error.cause, Cause::Answered { status: 403, .. })
}
