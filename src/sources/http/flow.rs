//! An answer without an end: read as it comes.

use chrono::{DateTime, Utc};
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use url::Url;

use super::super::{Cause, SourceError};
use super::api::{Api, Request};
use super::client::broken;
use super::redacted;

/// An open answer.
#[derive(Debug)]
pub(in super::super) struct Flow {
    response: Response,
    url: Url,
}

impl Api {
    /// Asks for an answer of type `content_type` that is read as it comes; any other answer is the error it means.
    pub(in super::super) async fn flow(
        &self,
        request: &Request<'_>,
        content_type: &str,
        now: DateTime<Utc>,
    ) -> Result<Flow, SourceError> {
        let opened = self.in_time(async {
            let (response, url) = self.follow(request).await?;
            if response.status().as_u16() != 200 {
                return Err(self.reply(response, &url, request).await?.error(now));
            }
            let told = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
            if !told.starts_with(content_type) {
                let error = format!("{told:?} is not {content_type}");
                return Err(SourceError::retryable(Cause::BadAnswer { url: redacted(url.as_str()), error }));
            }
            Ok(Flow { response, url })
        });
        opened.await
    }
}

impl Flow {
    /// What comes next; nothing when the other side ended it. Nothing is lost when this is dropped before it is ready.
    pub(in super::super) async fn chunk(&mut self) -> Result<Option<impl AsRef<[u8]> + use<>>, SourceError> {
        self.response.chunk().await.map_err(|error| SourceError::retryable(broken(&self.url, error)))
    }

    /// Where it comes from, safe to show.
    pub(in super::super) fn url(&self) -> String {
        redacted(self.url.as_str())
    }
}
