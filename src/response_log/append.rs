//! The log open for appending.
//!
//! What enters: drafts. What leaves: records that are on disk. Before each append the tail is read anew under the
//! lock, so that the number, the predecessor and the base are right although other programs append too; then the whole
//! batch is one write and one fsync. A failed append leaves nothing behind.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;

use super::chain::{Chain, Damage, Envelope};
use super::error::LogError;
use super::files::{self, LogPaths};
use super::lines::{self, Lines, Start};
use super::lock::AppendLock;
use super::make::{self, Place};
use super::record::{Act, Base, ChainBreak, Draft, Record};
use super::torn::{self, TornTail};
use crate::mention::{Id, MentionId};
use crate::triage::{Batch, RecordId};

/// How much of a long log is looked through when it is opened: its end, some ten thousand records. `log verify` reads
/// all of it.
const WINDOW: u64 = 16 << 20;

/// What was found on the way to the log's end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// A torn last line.
    pub torn: Option<TornTail>,
    /// Damage that no `chain_break` record tells of yet; the next append writes one for each.
    pub damage: Vec<ChainBreak>,
    /// A bulk act that a crash cut short, when it is the last thing this desk recorded.
    pub cut_short: Option<CutShort>,
}

/// "12 of 37 recorded".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutShort {
    /// How many records there are.
    pub written: u64,
    /// How many the act meant to write.
    pub size: u32,
    /// The first of them.
    pub first: RecordId,
}

/// The log of one home, open for appending.
#[derive(Debug)]
pub struct Log {
    paths: LogPaths,
    zone: Tz,
    desk: Id,
    tail: Tail,
    /// What the last reading of the tail found that nobody has been told yet.
    found: Found,
    /// The last record of each mention this log itself wrote for.
    own: HashMap<MentionId, RecordId>,
}

/// How far the log has been read, and what stands there.
#[derive(Debug)]
struct Tail {
    chain: Chain,
    file: Option<PathBuf>,
    offset: u64,
    /// The last record of each mention, as far back as was read.
    recent: HashMap<MentionId, RecordId>,
    damage: Vec<ChainBreak>,
    told: HashSet<(String, u64)>,
}

impl Log {
    /// Opens the log, making its folder and the desk's id on first use. `zone` is the plan's time zone.
    ///
    /// Open the log before reading the cases that are to be decided: what others record after this call is noticed.
    pub fn open(paths: LogPaths, zone: Tz) -> Result<(Self, Found), LogError> {
        let _lock = AppendLock::acquire(&paths.folder)?;
        let desk = files::desk_id(&paths.desk_id)?;
        let tail = Tail::at_window(&paths.folder)?;
        let mut log = Self { paths, zone, desk, tail, found: Found::default(), own: HashMap::new() };
        log.catch_up()?;
        log.found.cut_short = log.cut_short();
        let found = log.take_found();
        Ok((log, found))
    }

    /// The desk whose chain this log continues.
    pub fn desk(&self) -> &Id {
        &self.desk
    }

    /// The places it reads and writes.
    pub fn paths(&self) -> &LogPaths {
        &self.paths
    }

    /// Takes the time zone of a plan that has changed; counts for the records that follow.
    pub fn set_zone(&mut self, zone: Tz) {
        self.zone = zone;
    }

    /// What was found since the last call: a torn line or damage that another program left.
    pub fn take_found(&mut self) -> Found {
        Found { damage: self.tail.damage.clone(), ..std::mem::take(&mut self.found) }
    }

    /// Appends `drafts`, all or none, in order; they are on disk when this returns. Several make one bulk act.
    ///
    /// Refused when a base is stale or the lock is not free within two seconds. Damage found before is recorded
    /// first, in a record of its own that is not among those returned.
    pub fn append(&mut self, drafts: &[Draft]) -> Result<Vec<Record>, LogError> {
        let result = self.append_locked(drafts);
        if result.is_err() {
            // What was to stand on this act must not stand on an older one.
            for draft in drafts {
                self.own.remove(&draft.mention.id);
            }
        }
        result
    }

    fn append_locked(&mut self, drafts: &[Draft]) -> Result<Vec<Record>, LogError> {
        let Some(first) = drafts.first() else { return Ok(Vec::new()) };
        let _lock = AppendLock::acquire(&self.paths.folder)?;
        self.catch_up()?;
        let bases = self.bases(drafts)?;
        let mut writing = Writing::new(self.tail.chain.clone(), self.desk.clone());
        for damage in &self.tail.damage {
            writing.chain_break(damage, first, self.at(first.at))?;
        }
        let size = u32::try_from(drafts.len()).unwrap_or(u32::MAX);
        let (seq, _) = writing.chain.next(&self.desk);
        let batch = (size > 1).then(|| Batch { first: RecordId::new(self.desk.clone(), seq), size });
        let mut records = Vec::with_capacity(drafts.len());
        for (draft, base) in drafts.iter().zip(bases) {
            let place = writing.place(self.at(draft.at));
            records.push(writing.add(make::record(draft, place, base, batch.clone()))?);
        }
        let path = files::month_for(&self.paths.folder, &self.at(first.at), self.tail.file.as_ref());
        let end = write_out(&path, &writing.bytes)?;
        self.took(writing.chain, path, end, &records);
        Ok(records)
    }

    fn at(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        at.with_timezone(&self.zone).fixed_offset()
    }

    /// The base each draft names, or who was there first.
    fn bases(&self, drafts: &[Draft]) -> Result<Vec<Option<RecordId>>, LogError> {
        let mut in_batch: HashSet<&MentionId> = HashSet::new();
        let (seq, _) = self.tail.chain.next(&self.desk);
        let seq = seq + self.tail.damage.len() as u64;
        let mut before: HashMap<&MentionId, RecordId> = HashMap::new();
        let mut bases = Vec::with_capacity(drafts.len());
        for (draft, seq) in drafts.iter().zip(seq..) {
            let mention = &draft.mention.id;
            let last = before.get(mention).or_else(|| self.tail.recent.get(mention));
            let base = match &draft.base {
                Base::Seen(seen) if last.is_none_or(|last| Some(last) == seen.as_ref()) => seen.clone(),
                Base::Own if in_batch.contains(mention) || (last.is_some() && last == self.own.get(mention)) => {
                    last.cloned()
                }
                _ => return Err(LogError::StaleBase { mention: mention.clone(), last: last.cloned() }),
            };
            for (other, seen) in &draft.also {
                let last = self.tail.recent.get(other);
                if last.is_some() && last != seen.as_ref() {
                    return Err(LogError::StaleBase { mention: other.clone(), last: last.cloned() });
                }
            }
            bases.push(base);
            in_batch.insert(mention);
            before.insert(mention, RecordId::new(self.desk.clone(), seq));
        }
        Ok(bases)
    }

    /// Takes in what has just been written.
    fn took(&mut self, chain: Chain, path: PathBuf, end: u64, records: &[Record]) {
        self.tail.chain = chain;
        (self.tail.file, self.tail.offset) = (Some(path), end);
        for damage in self.tail.damage.drain(..) {
            self.tail.told.insert((damage.file, damage.line));
        }
        for record in records {
            for mention in record.touches() {
                self.tail.recent.insert(mention.clone(), record.id());
                self.own.insert(mention.clone(), record.id());
            }
        }
    }

    /// Reads what was appended since, by this program or another; under the lock.
    fn catch_up(&mut self) -> Result<(), LogError> {
        if let Some(file) = &self.tail.file
            && file.metadata().map_or(true, |now| now.len() < self.tail.offset)
        {
            // The file was replaced or cut: nothing known of it can be relied on.
            self.tail = Tail::at_window(&self.paths.folder)?;
        }
        if let Some(torn) = self.tail.read(&self.paths)? {
            self.found.torn = Some(torn);
        }
        Ok(())
    }

    fn cut_short(&self) -> Option<CutShort> {
        let head = self.tail.chain.head(&self.desk)?;
        let batch = head.batch.clone()?;
        let written = (head.seq + 1).checked_sub(batch.first.seq)?;
        (written < u64::from(batch.size)).then_some(CutShort { written, size: batch.size, first: batch.first })
    }
}

impl Tail {
    fn at_window(folder: &Path) -> Result<Self, LogError> {
        let files = files::months(folder)?;
        let start = lines::start_of_window(&files, WINDOW)?;
        let whole = start == Start::default();
        Ok(Self {
            chain: if whole { Chain::from_the_start() } else { Chain::from_the_middle() },
            file: files.get(start.file).cloned(),
            offset: start.offset,
            recent: HashMap::new(),
            damage: Vec::new(),
            told: HashSet::new(),
        })
    }

    /// Reads to the end of the log; a torn last line is settled on the way.
    fn read(&mut self, paths: &LogPaths) -> Result<Option<TornTail>, LogError> {
        let files = files::months(&paths.folder)?;
        let from = self.file.clone();
        let newer: Vec<&PathBuf> = files.iter().filter(|path| from.as_ref().is_none_or(|from| *path >= from)).collect();
        let mut torn = None;
        for (index, path) in newer.iter().enumerate() {
            let offset = if from.as_ref() == Some(*path) { self.offset } else { 0 };
            torn = self.read_file(path, offset, index + 1 == newer.len(), &paths.quarantine)?;
        }
        Ok(torn)
    }

    fn read_file(
        &mut self,
        path: &Path,
        offset: u64,
        newest: bool,
        quarantine: &Path,
    ) -> Result<Option<TornTail>, LogError> {
        let mut lines = Lines::open(path, offset)?;
        (self.file, self.offset) = (Some(path.to_path_buf()), offset);
        let mut torn = None;
        while let Some(line) = lines.next()? {
            if !line.complete && newest {
                let settled = torn::settle(path, &line, &self.chain, quarantine)?;
                let gone = settled.moved_to.is_some();
                torn = Some(settled);
                if gone {
                    break;
                }
            }
            let (envelope, damage) = self.chain.follow(&line.bytes);
            if let Some(damage) = damage {
                self.note(path, line.offset, damage)?;
            }
            if let Some(envelope) = envelope {
                self.take(&envelope);
            }
            // Past its newline, which a settled line has by now.
            self.offset = lines.end();
            if !line.complete {
                self.offset += 1;
                break;
            }
        }
        Ok(torn)
    }

    fn take(&mut self, envelope: &Envelope) {
        for mention in envelope.touches() {
            self.recent.insert(mention.clone(), envelope.id());
        }
        if envelope.act == Act::ChainBreak
            && let Some(told) = &envelope.damage
        {
            self.damage.retain(|damage| (&damage.file, damage.line) != (&told.file, told.line));
            self.told.insert((told.file.clone(), told.line));
        }
    }

    fn note(&mut self, path: &Path, offset: u64, damage: Damage) -> Result<(), LogError> {
        let place = (files::short_name(path), lines::number_at(path, offset)?);
        // A few places tell that the log is damaged; `log verify` tells all of them.
        if self.damage.len() < 8 && !self.told.contains(&place) {
            self.damage.push(ChainBreak { file: place.0, line: place.1, cause: damage.to_string() });
        }
        Ok(())
    }
}

/// The bytes of one append, and the chain as it will be after it.
struct Writing {
    chain: Chain,
    desk: Id,
    bytes: Vec<u8>,
}

impl Writing {
    fn new(chain: Chain, desk: Id) -> Self {
        Self { chain, desk, bytes: Vec::new() }
    }

    fn place(&self, at: DateTime<FixedOffset>) -> Place {
        let (seq, prev) = self.chain.next(&self.desk);
        Place { id: RecordId { desk: self.desk.clone(), seq }, at, prev }
    }

    fn add(&mut self, mut record: Record) -> Result<Record, LogError> {
        self.bytes.extend_from_slice(record.seal()?.as_bytes());
        self.bytes.push(b'\n');
        self.chain.appended(&record);
        Ok(record)
    }

    fn chain_break(&mut self, damage: &ChainBreak, draft: &Draft, at: DateTime<FixedOffset>) -> Result<(), LogError> {
        let mut record = make::blank(self.place(at), draft.actor.clone(), Act::ChainBreak);
        record.damage = Some(damage.clone());
        record.plan.clone_from(&draft.plan);
        self.add(record).map(drop)
    }
}

/// One write, one fsync; where either fails, the file is cut back to what it was. Answers with the file's new length.
fn write_out(path: &Path, bytes: &[u8]) -> Result<u64, LogError> {
    let is_new = !path.exists();
    let mut file =
        files::open_private(path, OpenOptions::new().append(true).create(true)).map_err(LogError::at(path))?;
    let before = file.metadata().map_err(LogError::at(path))?.len();
    if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
        // If this fails too, the torn line is settled by the next append.
        let _ = cut_back(&file, before);
        return Err(LogError::at(path)(error));
    }
    if is_new && let Some(folder) = path.parent() {
        files::sync_folder(folder)?;
    }
    Ok(before + bytes.len() as u64)
}

fn cut_back(file: &File, length: u64) -> std::io::Result<()> {
    file.set_len(length)?;
    file.sync_all()
}

#[cfg(test)]
mod tests;
