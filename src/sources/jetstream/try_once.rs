//! One try of a stream: listened to for a few seconds from now on.
//!
//! What enters: a source of this kind, and the plan. What leaves: how much happens a second and what of it would be kept, the
//! newest of it as a sample. No cursor is asked for or kept.

use std::time::Duration;

use super::super::http::Frame;
use super::super::probe::Tally;
use super::super::{Cause, Position, Probe, SourceError};
use super::reader::Caught;
use super::{By, Jetstream, open};
use crate::clock::{SharedClock, timer_now};
use crate::config::{self, SourceConfig};
use crate::plan::Plan;

/// How long it is listened to.
const PATIENCE: Duration = Duration::from_secs(4);

/// Listens to `settings`' stream. Without a plan nobody can tell what would be kept: then it only counts.
pub(in super::super) async fn try_once(
    config: &SourceConfig,
    settings: &config::Jetstream,
    clock: &SharedClock,
    plan: Option<&Plan>,
) -> Result<Probe, SourceError> {
    let stream = Jetstream::new(settings.clone());
    let mut reader = stream.reader(&config.id, config.network.as_ref())?;
    let endpoint = stream.endpoint()?;
    let mut socket = open(&endpoint, None, By::Number, clock.now()).await?;
    let (mut found, mut frames, began) = (Tally::default(), 0_u64, timer_now());
    let end = tokio::time::sleep(PATIENCE);
    tokio::pin!(end);
    loop {
        let frame = tokio::select! {
            biased;
            () = &mut end => break,
            frame = socket.next() => frame?,
        };
        let bytes = match &frame {
            None => return Err(SourceError::retryable(Cause::StreamEnded { url: stream.shown(), said: None })),
            Some(Frame::Text(text)) => text.as_bytes(),
            Some(Frame::Binary(bytes)) => bytes,
            Some(Frame::Alive) => continue,
        };
        frames += 1;
        let Some(plan) = plan else { continue };
        match reader.read(bytes, plan, clock.now()).map(|seen| seen.caught) {
            Ok(Caught::Post { item, .. }) => found.item(*item),
            Ok(Caught::Error(said)) => {
                return Err(SourceError::retryable(Cause::StreamEnded { url: stream.shown(), said: Some(said) }));
            }
            Ok(_) => {}
            Err(cause) => found.bad(Position::Item(frames.to_string()), cause),
        }
    }
    let seconds = timer_now().duration_since(began).as_secs_f64().max(0.001);
    found.per_second = Some((frames as f64 / seconds).round() as u64);
    Ok(found.answers())
}
