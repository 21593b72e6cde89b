//! The hash of a folded word, eight bytes at a time.
//!
//! It only has to spread well: whoever finds a word by its hash compares the bytes before believing it, so
//! that text made to collide costs a comparison and never a wrong match.

/// Bytes after the lowered text, so that eight can be read at any word's last byte.
pub(super) const PADDING: &str = "\0\0\0\0\0\0\0\0";

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
const FACTOR: u64 = 0xD6E8_FEB8_6659_FD93;

fn mix(value: u64) -> u64 {
    let product = u128::from(value) * u128::from(FACTOR);
    (product as u64) ^ ((product >> 64) as u64)
}

/// Up to eight bytes at `at` as a number, as if zeros followed the word.
#[inline]
fn load(bytes: &[u8], at: usize, len: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|eight| <[u8; 8]>::try_from(eight).ok()) {
        Some(eight) if len >= 8 => u64::from_le_bytes(eight),
        Some(eight) => u64::from_le_bytes(eight) & ((1 << (len * 8)) - 1),
        None => {
            let tail = bytes.get(at..(at + len).min(bytes.len())).unwrap_or_default();
            tail.iter().rev().fold(0, |value, &byte| (value << 8) | u64::from(byte))
        }
    }
}

/// The hash of the `len` bytes at `at`.
#[inline]
pub(super) fn hash_at(bytes: &[u8], at: usize, len: usize) -> u64 {
    let mut hash = SEED ^ len as u64;
    let (mut at, mut left) = (at, len);
    while left > 8 {
        hash = mix(hash ^ load(bytes, at, 8));
        at += 8;
        left -= 8;
    }
    mix(hash ^ load(bytes, at, left))
}

/// The first eight of the `len` bytes at `at`, with zeros after a shorter word.
#[inline]
pub(crate) fn head(bytes: &[u8], at: usize, len: usize) -> u64 {
    load(bytes, at, len.min(8))
}

/// The hash by which a folded word is looked up.
pub fn hash(folded: &str) -> u64 {
    hash_at(folded.as_bytes(), 0, folded.len())
}

/// [`hash`] of the first `len` bytes of the word that begins at `at` in `bytes`.
#[inline]
pub(crate) fn hash_prefix(bytes: &[u8], at: usize, len: usize) -> u64 {
    hash_at(bytes, at, len)
}
