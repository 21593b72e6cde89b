//! The plan's files as they were read: names, words, and where each line begins.

use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::at::{At, PlanHash, is_built_in};
use super::problem::Place;

/// So many characters of a line are kept for a diagnostic, around its mark.
const EXCERPT_CHARS: usize = 160;

/// One file of the plan.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: Arc<str>,
    text: String,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// A file by its name relative to the plan folder.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        let text = text.into();
        let after_newline = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let line_starts = std::iter::once(0).chain(after_newline).collect();
        Self { name: name.into(), text, line_starts }
    }

    /// Whether it is built into the program, and no file of the plan's folder.
    pub fn is_built_in(&self) -> bool {
        is_built_in(&self.name)
    }

    /// The name relative to the plan folder.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The whole content.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line, from 1, in which `offset` lies; an offset past the end lies in the last line.
    pub fn line(&self, offset: usize) -> u32 {
        self.line_starts.partition_point(|start| *start <= offset) as u32
    }

    /// File and line of `offset`.
    pub fn at(&self, offset: usize) -> At {
        At { file: self.name.clone(), line: self.line(offset) }
    }

    /// The words of a line, counted from 1, without its end.
    pub fn line_text(&self, line: u32) -> Option<&str> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.line_starts.get(index)?;
        let end = self.line_starts.get(index + 1).copied().unwrap_or(self.text.len());
        Some(self.text[start..end].trim_end_matches(['\n', '\r']))
    }

    /// The place of a byte range, with its line for a person to see. A range over several lines is cut at the
    /// end of its first; one that begins inside a character begins with that character.
    pub fn place(&self, span: &Range<usize>) -> Place {
        let start = floor_boundary(&self.text, span.start);
        let line = self.line(start);
        let line_start = self.line_starts[line as usize - 1];
        let words = self.line_text(line).unwrap_or_default();
        let mark_start = (start - line_start).min(words.len());
        let mark_end = floor_boundary(words, span.end.saturating_sub(line_start)).clamp(mark_start, words.len());
        let column = words[..mark_start].chars().count() as u32 + 1;
        let (excerpt, mark) = clip(words, mark_start..mark_end);
        Place { file: self.name.clone(), line, column, excerpt, mark }
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Cuts a very long line to a window around `mark`; what is cut is shown as `…`.
fn clip(words: &str, mark: Range<usize>) -> (String, Range<usize>) {
    if words.chars().nth(EXCERPT_CHARS).is_none() {
        return (words.to_owned(), mark);
    }
    let before = words[..mark.start].char_indices().rev().nth(EXCERPT_CHARS / 3).map_or(0, |(at, _)| at);
    let end = words[before..].char_indices().nth(EXCERPT_CHARS).map_or(words.len(), |(at, _)| before + at);
    let mut excerpt = String::with_capacity(end - before + 8);
    if before > 0 {
        excerpt.push('…');
    }
    let shift = excerpt.len();
    excerpt.push_str(&words[before..end]);
    let mark = mark.start - before + shift..mark.end.min(end) - before + shift;
    if end < words.len() {
        excerpt.push('…');
    }
    (excerpt, mark)
}

/// The files of a plan in name order.
#[derive(Debug, Clone, Default)]
pub struct Sources(Vec<SourceFile>);

impl Sources {
    /// Sorts the files by name.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Self(files)
    }

    /// Gives the files away.
    pub(super) fn into_files(self) -> Vec<SourceFile> {
        self.0
    }

    /// The files in name order.
    pub fn files(&self) -> &[SourceFile] {
        &self.0
    }

    /// The line of `key` in the table whose head stands at `at`; `at` itself where the key is not written on a line of
    /// its own there. For showing: whoever needs to be sure reads the table.
    pub(super) fn key_line(&self, at: &At, key: &str) -> At {
        let found = || {
            let file = self.0.iter().find(|file| file.name == at.file)?;
            let head = file.line_text(at.line)?;
            let written = |line: &str| {
                let rest = line.trim_start().strip_prefix(key)?.trim_start();
                rest.starts_with(['=', '.']).then_some(())
            };
            let lines = (at.line + 1..).map_while(|line| Some((line, file.line_text(line)?)));
            let mut lines = lines.take_while(|(_, line)| !line.starts_with('['));
            head.trim_start().starts_with('[').then(|| lines.find(|(_, line)| written(line).is_some()))?
        };
        found().map_or_else(|| at.clone(), |(line, _)| At { file: at.file.clone(), line })
    }

    /// The place of a line, with its words if the file is one of these. Its key is marked, or else the whole line.
    pub fn place(&self, at: &At) -> Place {
        let file = self.0.iter().find(|file| file.name == at.file);
        let words = file.and_then(|file| file.line_text(at.line)).unwrap_or_default();
        let indent = words.len() - words.trim_start().len();
        let key = words.find('=').filter(|_| !words.trim_start().starts_with('['));
        let end = key.map_or(words.len(), |equals| words[..equals].trim_end().len()).max(indent);
        let (excerpt, mark) = clip(words, indent..end);
        Place {
            file: at.file.clone(),
            line: at.line,
            column: words[..indent].chars().count() as u32 + 1,
            excerpt,
            mark,
        }
    }

    /// SHA-256 over, for each file in name order, its name, its length in bytes and its content, each closed by a
    /// zero byte.
    pub fn hash(&self) -> PlanHash {
        let mut hasher = Sha256::new();
        for file in &self.0 {
            hasher.update(file.name.as_bytes());
            hasher.update([0]);
            hasher.update(file.text.len().to_string().as_bytes());
            hasher.update([0]);
            hasher.update(file.text.as_bytes());
            hasher.update([0]);
        }
        let digest = hasher.finalize();
        let hex = digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            hex.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or('0')));
            hex
        });
        PlanHash(hex.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_stay_on_one_line() {
        let file = SourceFile::new("plan.toml", "a = 1\nété = \"x\ny\"\n");
        let place = file.place(&(14..20));
        assert_eq!((place.line, place.column), (2, 7));
        assert_eq!(&place.excerpt[place.mark.clone()], "\"x");
        assert_eq!(file.line(1000), 4);
        assert_eq!(file.line_text(9), None);
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let file = SourceFile::new("plan.toml", format!("{}HERE{}", "é".repeat(5000), "b".repeat(5000)));
        let place = file.place(&(10_000..10_004));
        assert_eq!(place.column, 5001);
        assert_eq!(&place.excerpt[place.mark.clone()], "HERE");
        assert!(place.excerpt.chars().count() <= EXCERPT_CHARS + 2);
    }

    #[test]
    fn the_hash_tells_names_and_contents_apart() {
        let hash = |files: &[(&str, &str)]| {
            Sources::new(files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect()).hash()
        };
        assert_eq!(hash(&[("b", "2"), ("a", "1")]), hash(&[("a", "1"), ("b", "2")]));
        assert_ne!(hash(&[("a", "12")]), hash(&[("a1", "2")]));
        assert_eq!(hash(&[]).as_str(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
