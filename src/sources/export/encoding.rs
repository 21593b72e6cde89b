//! Bytes of a file to UTF-8, whatever it was saved in.
//!
//! What enters: a file. What leaves: a reader of UTF-8. A byte-order mark decides; without one, zero bytes tell UTF-16, and a
//! file in which more letters are wrong as UTF-8 than are right is Windows-1252, as older spreadsheets save it. A few wrong bytes
//! in a UTF-8 file stay wrong, so that their rows are found.

use std::io::{self, Read};

use encoding_rs::Decoder;

/// How much is decoded at a time.
const CHUNK: usize = 64 * 1024;
/// How many first bytes are looked at for zero bytes.
const HEAD: usize = 4 * 1024;

/// What a file was saved in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl Encoding {
    /// Reads all of `input` once to tell.
    pub(super) fn detect(mut input: impl Read) -> io::Result<Self> {
        let mut chunk = vec![0; CHUNK];
        let (mut held, mut first) = (0, true);
        let (mut right, mut wrong) = (0_u64, 0_u64);
        loop {
            let read = input.read(&mut chunk[held..])?;
            let bytes = &chunk[..held + read];
            if first && let Some(told) = Self::of_head(&bytes[..bytes.len().min(HEAD)]) {
                return Ok(told);
            }
            first &= read == 0;
            if read == 0 {
                // What is left of a letter at the end is wrong.
                let wrong = wrong + held as u64;
                return Ok(if wrong > right { Self::Windows1252 } else { Self::Utf8 });
            }
            held = count(bytes, &mut right, &mut wrong);
            let end = bytes.len();
            chunk.copy_within(end - held..end, 0);
        }
    }

    fn of_head(head: &[u8]) -> Option<Self> {
        match head {
            [0xEF, 0xBB, 0xBF, ..] => return Some(Self::Utf8),
            [0xFF, 0xFE, ..] => return Some(Self::Utf16Le),
            [0xFE, 0xFF, ..] => return Some(Self::Utf16Be),
            _ => {}
        }
        let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
        let (even, odd) = (zeros(0), zeros(1));
        // Half of what is Latin in UTF-16 is zero; a stray zero byte is not that.
        match head.len() / 4 {
            0 => None,
            many if odd >= many && even < many => Some(Self::Utf16Le),
            many if even >= many && odd < many => Some(Self::Utf16Be),
            _ => None,
        }
    }

    /// `input` as UTF-8, without a byte-order mark.
    pub(super) fn reader<R: Read>(self, input: R) -> Utf8<R> {
        let decoder = match self {
            Self::Utf8 => None,
            Self::Utf16Le => Some(encoding_rs::UTF_16LE.new_decoder_with_bom_removal()),
            Self::Utf16Be => Some(encoding_rs::UTF_16BE.new_decoder_with_bom_removal()),
            Self::Windows1252 => Some(encoding_rs::WINDOWS_1252.new_decoder_without_bom_handling()),
        };
        Utf8 { input, decoder, source: Vec::new(), target: Vec::new(), at: 0, begun: false, ended: false }
    }
}

/// Counts the letters beyond ASCII that are right and the bytes that are wrong; answers with how many bytes at the end may
/// be the beginning of a letter.
fn count(bytes: &[u8], right: &mut u64, wrong: &mut u64) -> usize {
    if bytes.is_ascii() {
        return 0;
    }
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        *right += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count() as u64;
        if chunks.peek().is_none() && chunk.invalid().len() < 4 && may_begin(chunk.invalid()) {
            return chunk.invalid().len();
        }
        *wrong += chunk.invalid().len() as u64;
    }
    0
}

fn may_begin(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// Reads UTF-8.
#[derive(Debug)]
pub(super) struct Utf8<R> {
    input: R,
    /// `None` for what is UTF-8 already.
    decoder: Option<Decoder>,
    source: Vec<u8>,
    /// What is decoded and not handed out yet, from `at` on.
    target: Vec<u8>,
    at: usize,
    begun: bool,
    /// The decoder has been told of the end, and may not be asked again.
    ended: bool,
}

impl<R: Read> Utf8<R> {
    fn plain(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(target)?;
        if !std::mem::replace(&mut self.begun, true) && target[..read].starts_with(b"\xef\xbb\xbf") {
            target.copy_within(3..read, 0);
            return if read > 3 { Ok(read - 3) } else { self.input.read(target) };
        }
        Ok(read)
    }

    /// Decodes the next chunk.
    fn fill(&mut self, decoder: &mut Decoder) -> io::Result<()> {
        self.source.resize(CHUNK, 0);
        let read = self.input.read(&mut self.source)?;
        let last = read == 0;
        let room = decoder.max_utf8_buffer_length(read).unwrap_or(4 * CHUNK);
        self.target.resize(room, 0);
        let (_, _, written, _) = decoder.decode_to_utf8(&self.source[..read], &mut self.target, last);
        self.target.truncate(written);
        (self.at, self.ended) = (0, last);
        Ok(())
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let Some(mut decoder) = self.decoder.take() else { return self.plain(target) };
        let mut filled = Ok(());
        while self.at == self.target.len() && !self.ended && filled.is_ok() {
            filled = self.fill(&mut decoder);
        }
        self.decoder = Some(decoder);
        filled?;
        let read = target.len().min(self.target.len() - self.at);
        target[..read].copy_from_slice(&self.target[self.at..self.at + read]);
        self.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn utf16(text: &str, mark: bool, big: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    const TEXT: &str = "Text\tAuthor\nIs the water at l'Église 🚱 safe?\tAna\n";

    #[rstest]
    #[case::utf8(TEXT.as_bytes().to_vec(), Encoding::Utf8)]
    #[case::utf8_with_mark([b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), Encoding::Utf8)]
    #[case::utf16_little(utf16(TEXT, true, false), Encoding::Utf16Le)]
    #[case::utf16_big(utf16(TEXT, true, true), Encoding::Utf16Be)]
    #[case::utf16_without_mark(utf16(TEXT, false, false), Encoding::Utf16Le)]
    #[case::utf16_big_without_mark(utf16(TEXT, false, true), Encoding::Utf16Be)]
    fn a_file_is_read_as_it_was_saved(#[case] bytes: Vec<u8>, #[case] encoding: Encoding) {
        assert_eq!(Encoding::detect(bytes.as_slice()).expect("reads"), encoding);
        let mut text = Vec::new();
        let mut reader = encoding.reader(bytes.as_slice());
        let mut few = [0; 7];
        loop {
            match reader.read(&mut few).expect("reads") {
                0 => break,
                read => text.extend_from_slice(&few[..read]),
            }
        }
        assert_eq!(String::from_utf8(text).expect("is UTF-8"), TEXT);
    }

    #[test]
    fn an_old_spreadsheets_letters_are_read_and_one_wrong_byte_stays_wrong() {
        let old = b"Texte;Auteur\nL'\xe9glise est ferm\xe9e;Zo\xeb\n";
        assert_eq!(Encoding::detect(&old[..]).expect("reads"), Encoding::Windows1252);
        let mut text = String::new();
        Encoding::Windows1252.reader(&old[..]).read_to_string(&mut text).expect("reads");
        assert!(text.contains("L'église est fermée;Zoë"), "{text}");
        let mostly = "é".repeat(50_000).into_bytes();
        let broken = [&mostly[..], b"\xff\n", &mostly[..]].concat();
        assert_eq!(Encoding::detect(&broken[..]).expect("reads"), Encoding::Utf8);
        assert_eq!(Encoding::detect(&b""[..]).expect("reads"), Encoding::Utf8);
    }
}
