//! One open file, read forwards, and the telling of rotation, truncation and rewriting.
//!
//! What enters: a path and a place to go on at. What leaves: lines, and what became of the file. Blocking: it runs on a
//! blocking thread. A file is the one the cursor meant when its inode is the same, it is at least as long, and the
//! hash of its first bytes is the same.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::lines::Lines;

/// How many of a file's first bytes are hashed.
const HEAD: usize = 1024;
/// How much is read at a time.
const CHUNK: usize = 256 * 1024;
/// How many neighbours are looked at for a rotated file.
const MAX_NEIGHBOURS: usize = 10_000;

/// The cursor: after the line that ends before `offset`, in the file with this inode and beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct At {
    pub(super) inode: u64,
    pub(super) offset: u64,
    /// How many of the first bytes are hashed; never more than `offset`.
    head_bytes: u64,
    /// Their SHA-256 in hex.
    head: String,
}

/// What looking at the file found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// New bytes, now in the lines.
    Read,
    /// Nothing new.
    Quiet,
    /// Nothing new, and nothing stands at the path.
    Gone,
    /// All was read, and at the path begins another file, or this one anew.
    Replaced,
}

/// A file that is being read.
#[derive(Debug)]
pub(super) struct Tail {
    file: File,
    inode: u64,
    /// The first bytes, as far as they were there when it was opened or read since.
    head: Vec<u8>,
    /// Of the next byte to read.
    position: u64,
    /// At the last look.
    length: u64,
    pub(super) lines: Lines,
}

impl Tail {
    /// The file at `path` from its beginning; `None` when there is none.
    pub(super) fn beginning(path: &Path) -> io::Result<Option<Self>> {
        Self::open(path, 0)
    }

    /// Goes on at `at`: in the file at `path` if it is that file, else in the neighbour it was renamed to, else at the
    /// beginning of the file at `path`.
    pub(super) fn resume(path: &Path, at: Option<At>) -> io::Result<Option<Self>> {
        let Some(at) = at else { return Self::beginning(path) };
        if let Some(tail) = Self::open(path, at.offset)?
            && tail.is(&at)
        {
            return Ok(Some(tail));
        }
        if let Some(tail) = Self::rotated(path, &at) {
            return Ok(Some(tail));
        }
        Self::beginning(path)
    }

    /// The neighbour that is the file of `at` under another name. What cannot be looked at is not it.
    fn rotated(path: &Path, at: &At) -> Option<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let neighbours = std::fs::read_dir(folder).ok()?.take(MAX_NEIGHBOURS).flatten();
        let renamed = neighbours.filter(|entry| entry_inode(entry) == at.inode && entry.path() != path);
        renamed.filter_map(|entry| Self::open(&entry.path(), at.offset).ok().flatten()).find(|tail| tail.is(at))
    }

    fn open(path: &Path, offset: u64) -> io::Result<Option<Self>> {
        // Looked at before it is opened: opening a pipe or a device could wait for ever.
        match std::fs::metadata(path) {
            Ok(found) if !found.is_file() => return Err(io::Error::new(ErrorKind::InvalidInput, "not a regular file")),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            _ => {}
        }
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let found = file.metadata()?;
        let head = first_bytes(&mut file)?;
        file.seek(SeekFrom::Start(offset))?;
        let lines = Lines::new(offset);
        Ok(Some(Self { file, inode: inode(&found), head, position: offset, length: found.len(), lines }))
    }

    fn is(&self, at: &At) -> bool {
        let hashed = usize::try_from(at.head_bytes).ok().and_then(|bytes| self.head.get(..bytes));
        self.inode == at.inode && self.length >= at.offset && hashed.is_some_and(|head| hash(head) == at.head)
    }

    /// Where the next line begins.
    pub(super) fn at(&self) -> At {
        let offset = self.lines.offset();
        let head = &self.head[..self.head.len().min(usize::try_from(offset).unwrap_or(HEAD))];
        At { inode: self.inode, offset, head_bytes: head.len() as u64, head: hash(head) }
    }

    /// Bytes that are there and not read.
    pub(super) fn unread(&self) -> u64 {
        self.length.saturating_sub(self.position)
    }

    /// Reads on, or tells why there is nothing to read.
    pub(super) fn look(&mut self, path: &Path) -> io::Result<Look> {
        if self.rewritten()? {
            return Ok(Look::Replaced);
        }
        if self.read()? {
            return Ok(Look::Read);
        }
        match std::fs::metadata(path) {
            Ok(found) if inode(&found) == self.inode => Ok(Look::Quiet),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Look::Gone),
            Err(error) => Err(error),
            // Something may have been appended between the reading and the renaming.
            Ok(_) if self.read()? => Ok(Look::Read),
            Ok(_) => Ok(Look::Replaced),
        }
    }

    /// Shorter than what was read, or with another beginning: the same file, written anew.
    fn rewritten(&mut self) -> io::Result<bool> {
        let length = self.file.metadata()?.len();
        if length < self.position {
            return Ok(true);
        }
        if length > self.length && self.position > 0 {
            let now = first_bytes(&mut self.file)?;
            if !now.starts_with(&self.head) {
                return Ok(true);
            }
            self.head = now;
            self.file.seek(SeekFrom::Start(self.position))?;
        }
        self.length = length;
        Ok(false)
    }

    fn read(&mut self) -> io::Result<bool> {
        let mut chunk = vec![0; CHUNK];
        let read = self.file.read(&mut chunk)?;
        let chunk = &chunk[..read];
        if self.head.len() < HEAD && self.head.len() as u64 == self.position {
            self.head.extend_from_slice(&chunk[..read.min(HEAD - self.head.len())]);
        }
        self.position += read as u64;
        self.length = self.length.max(self.position);
        self.lines.push(chunk);
        Ok(read > 0)
    }
}

fn first_bytes(file: &mut File) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[cfg(unix)]
fn inode(found: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(unix)]
fn entry_inode(entry: &std::fs::DirEntry) -> u64 {
    std::os::unix::fs::DirEntryExt::ino(entry)
}

/// Without inodes the first bytes and the length tell files apart.
#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

#[cfg(not(unix))]
fn entry_inode(_: &std::fs::DirEntry) -> u64 {
    u64::MAX
}
