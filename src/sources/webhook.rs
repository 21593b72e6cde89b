//! Webhooks: what other services deliver by themselves.
//!
//! What enters: an address to listen on and what senders are known by. What leaves: mentions and deletions in batches; the
//! cursor holds the marks of the last deliveries, so that one that comes again is answered well and not taken again.
//! A sender hears 200 only when its delivery is stored. Nobody else's bytes get further than the door, none into
//! quarantine; they are counted and told.

mod body;
mod door;
mod meta;
mod seat;
mod signature;
mod try_once;

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use super::mapping::Profiles;
use super::{Cause, Context, Cursor, MAX_BATCH, Note, Position, Refused, Source, SourceError, reveal};
use crate::config;
use body::How;
use door::{Delivery, Limits, Open, Rules, Taken};
use signature::{Keys, Unusable};
pub(super) use try_once::try_once;

/// How many deliveries are known again. Their mentions are known for ever, by their ids.
const MARKS: usize = 512;
/// How long the last answers may take when the program ends.
const FAREWELL: Duration = Duration::from_secs(5);
/// Who has to change something first is not asked every second whether they have.
const AFTER_UNUSABLE: Duration = Duration::from_mins(1);

/// One receiver.
#[derive(Debug)]
pub(super) struct Webhook {
    settings: config::Webhook,
    limits: Limits,
    /// Stays open while the store is in trouble: senders are told to come again.
    open: Option<Open>,
    /// Who waits to hear that what is on its way is stored.
    waiting: Vec<(oneshot::Sender<Taken>, Taken)>,
}

/// The cursor.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct At {
    /// Of the last deliveries that are stored whole, the oldest first.
    seen: VecDeque<String>,
}

impl Webhook {
    pub(super) fn new(settings: config::Webhook) -> Self {
        Self::with_limits(settings, Limits::default())
    }

    fn with_limits(settings: config::Webhook, limits: Limits) -> Self {
        Self { settings, limits, open: None, waiting: Vec::new() }
    }

    async fn open(&self, context: &Context) -> Result<Open, SourceError> {
        let (keys, how) = ready(&self.settings, context.zone).await?;
        let rules = Rules {
            keys,
            how,
            signature: self.settings.signature,
            source: context.source.clone(),
            network: context.network.clone(),
            clock: context.clock.clone(),
            limits: self.limits,
        };
        let opened = door::open(self.settings.listen, rules).await;
        opened.map_err(|error| not_listening(&self.settings, &error))
    }

    /// Takes `first` and what else waits, stores it, and answers all of it.
    async fn take(&mut self, first: Delivery, at: &mut At, context: &mut Context) -> Result<(), SourceError> {
        let (mut next, mut items) = (Some(first), Vec::new());
        let mut is_news = false;
        while let Some(delivery) = next {
            let Delivery { mark, found, answer } = delivery;
            if mark.as_ref().is_some_and(|mark| at.seen.contains(mark)) {
                self.waiting.push((answer, Taken { kept: 0, bad: 0, seen_before: true }));
            } else {
                let taken = Taken { kept: found.items.len(), bad: found.bad.len(), seen_before: false };
                for bad in found.bad {
                    let name = format!("{} {}", context.clock.now().format("%Y-%m-%dT%H:%M:%SZ"), bad.number);
                    context.quarantine(&Position::Item(name), &bad.cause, &bad.data)?;
                }
                // Its mark travels with its last item, never before it.
                items.extend(found.items);
                while items.len() > MAX_BATCH {
                    let rest = items.split_off(MAX_BATCH);
                    context.send(std::mem::replace(&mut items, rest), Cursor::of(at)).await?;
                }
                if let Some(mark) = mark.filter(|_| taken.kept > 0 || taken.bad == 0) {
                    at.seen.push_back(mark);
                    at.seen.drain(..at.seen.len().saturating_sub(MARKS));
                    is_news = true;
                }
                self.waiting.push((answer, taken));
            }
            let has_room = items.len() < MAX_BATCH;
            next = self.open.as_mut().filter(|_| has_room).and_then(|open| open.deliveries.try_recv().ok());
        }
        if is_news || !items.is_empty() {
            context.send(items, Cursor::of(at)).await?;
        }
        context.settle().await?;
        self.answer_all();
        Ok(())
    }

    /// Tells what a person has to know; strangers are forgotten once somebody delivered well.
    fn tell(&self, refused: Option<Refused>, context: &Context) {
        let open = self.open.as_ref().filter(|_| self.settings.is_open());
        let open = open.map(|open| Note::OpenToAll { address: open.address });
        context.health.notes(refused.map(Note::Refused).into_iter().chain(open).collect());
    }

    /// Everything on its way is stored.
    fn answer_all(&mut self) {
        for (answer, taken) in self.waiting.drain(..) {
            // A sender that did not wait comes again and hears it then.
            let _ = answer.send(taken);
        }
    }
}

impl Source for Webhook {
    async fn run(&mut self, context: &mut Context) -> Result<(), SourceError> {
        // An earlier run failed: whoever still waits is told to come again.
        self.waiting.clear();
        if self.open.is_none() {
            self.open = Some(self.open(context).await?);
        }
        let mut at: At = context.resume().and_then(Cursor::read).unwrap_or_default();
        context.health.listening();
        context.health.listening_on(self.open.as_ref().map(|open| open.address));
        self.tell(None, context);
        loop {
            let Some(open) = &mut self.open else { return Ok(()) };
            let first = tokio::select! {
                biased;
                delivery = open.deliveries.recv() => delivery,
                Ok(()) = open.refused.changed() => {
                    let refused = *open.refused.borrow_and_update();
                    self.tell(refused, context);
                    continue;
                }
            };
            let Some(first) = first else { return Ok(()) };
            context.health.live();
            self.tell(None, context);
            self.take(first, &mut at, context).await?;
        }
    }

    /// Lets nobody in any more, and answers those whose delivery is on its way.
    async fn close(&mut self, context: &mut Context) {
        let Some(open) = self.open.take() else { return };
        context.health.listening_on(None);
        let served = open.close();
        let farewell = async {
            if context.settle().await.is_ok() {
                self.answer_all();
            }
            self.waiting.clear();
            let _ = served.await;
        };
        let _ = tokio::time::timeout(FAREWELL, farewell).await;
    }
}

/// What the door needs, from where it is kept.
async fn ready(settings: &config::Webhook, zone: chrono_tz::Tz) -> Result<(Keys, How), SourceError> {
    let how = how(settings, zone).await?;
    let secret = reveal(&settings.secret).await?;
    let verify_token = match &settings.verify_token {
        Some(token) => Some(reveal(token).await?),
        None => None,
    };
    let keys = Keys::new(settings.signature, &secret, verify_token.as_ref(), &settings.path);
    let unusable = |why: Unusable| {
        let cause = match why {
            Unusable::NotBase64 => Cause::NotBase64,
            Unusable::TooShort => Cause::ShortSecret,
        };
        SourceError::retryable_after(cause, Some(AFTER_UNUSABLE))
    };
    Ok((keys.map_err(unusable)?, how))
}

async fn how(settings: &config::Webhook, zone: chrono_tz::Tz) -> Result<How, SourceError> {
    let (folder, name) = (settings.profiles.clone(), settings.profile.clone());
    let found = tokio::task::spawn_blocking(move || {
        let profiles = Profiles::load(&folder)?;
        match name {
            Some(name) => profiles.named(&name).cloned(),
            None => profiles.generic().cloned(),
        }
    });
    let found = found.await.map_err(|ended| SourceError::retryable(Cause::Panicked(ended.to_string())))?;
    let mut mapping = found.map_err(|error| SourceError::permanent(Cause::Profile(error)))?;
    // No deliverer numbers its items anew each time, as tables number their rows.
    mapping.short_ids |= settings.profile.is_none();
    Ok(How { mapping, knows_own_form: settings.profile.is_none(), zone })
}

fn not_listening(settings: &config::Webhook, error: &io::Error) -> SourceError {
    let address = settings.listen.to_string();
    let cause = match error.kind() {
        io::ErrorKind::AddrInUse => Cause::PortTaken { address },
        _ => Cause::NotListening { address, error: error.to_string() },
    };
    SourceError::retryable(cause)
}

#[cfg(test)]
mod tests;
