//! What a plan may weigh, looked at before anything of it is parsed.
//!
//! What enters: each file's words as they were read. What leaves: nothing, or the one problem for which the plan is
//! refused, with file, line and limit. A look costs one pass over the bytes and no memory, so that a
//! file made to exhaust the parser is refused sooner than it could be parsed.

use std::ops::ControlFlow;

use memchr::{memchr, memchr2, memchr3};

use super::problem::{Place, Problem, ProblemKind};
use super::source::SourceFile;

/// All files of a plan together have at most so many bytes; 10,000 rules with everything around them take about 3 MB.
pub(super) const MAX_BYTES: u64 = 8 * 1024 * 1024;
/// A plan has at most so many files.
pub(super) const MAX_FILES: usize = 200;
/// A folder is looked through up to so many entries.
pub(super) const MAX_ENTRIES: usize = 10_000;
/// Brackets, and the names of a dotted key, nest at most so deep. The plan itself needs four.
const MAX_DEPTH: usize = 32;
/// All files of a plan together have at most so many keys, texts, list items and lines; those of comments and those inside of
/// texts do not count.
const MAX_PARTS: usize = 400_000;
/// So many bytes of a line are kept for the person who is shown where the limit was met.
const SHOWN_BYTES: usize = 200;

/// What the files looked at so far leave for the next.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    bytes: u64,
    parts: usize,
}

impl Budget {
    /// A whole plan's.
    pub(super) fn new() -> Self {
        Self { bytes: MAX_BYTES, parts: MAX_PARTS }
    }

    /// The bytes the next file may have.
    pub(super) fn bytes_left(&self) -> u64 {
        self.bytes
    }

    /// Takes a file's words as part of the plan, or says why not.
    pub(super) fn admit(&mut self, name: &str, text: String) -> Result<SourceFile, Box<Problem>> {
        let bytes = text.len() as u64;
        if bytes > self.bytes {
            return Err(Box::new(too_large(name)));
        }
        self.bytes -= bytes;
        let mut scan = Scan { text: text.as_bytes(), next: 0, depth: 0, dots: 0, parts: self.parts };
        if let ControlFlow::Break(kind) = scan.run() {
            let place = place(name, &text, scan.next.saturating_sub(1));
            return Err(Box::new(Problem { kind, place, suggestion: None }));
        }
        self.parts = scan.parts;
        Ok(SourceFile::new(name, text))
    }
}

/// The problem of a file with which the plan grows too large.
pub(super) fn too_large(name: &str) -> Problem {
    let kind = ProblemKind::TooLarge { megabytes: (MAX_BYTES / 1024 / 1024) as usize };
    Problem { kind, place: Place::file(name), suggestion: None }
}

/// The place of a byte, from the part of the file that is needed to show it.
fn place(name: &str, text: &str, offset: usize) -> Place {
    let mut end = (offset + SHOWN_BYTES).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    SourceFile::new(name, &text[..end]).place(&(offset..offset + 1))
}

/// A walk over TOML that knows texts and comments from the rest and nothing more. What is not TOML it walks over as
/// well as it can: the parser will say what is wrong there.
struct Scan<'a> {
    text: &'a [u8],
    next: usize,
    depth: usize,
    dots: usize,
    parts: usize,
}

impl Scan<'_> {
    /// Ends at the end of the words, or behind the byte that passes a limit.
    fn run(&mut self) -> ControlFlow<ProblemKind> {
        while let Some(&byte) = self.text.get(self.next) {
            self.next += 1;
            match byte {
                b'#' => self.skip_line(),
                b'"' | b'\'' => {
                    self.skip_text(byte);
                    self.part()?;
                }
                b'[' | b'{' => {
                    self.depth += 1;
                    self.dots = 0;
                    deep_enough(self.depth)?;
                    self.part()?;
                }
                b']' | b'}' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.dots = 0;
                }
                b'.' => {
                    self.dots += 1;
                    deep_enough(self.dots)?;
                }
                b'=' | b',' | b'\n' => {
                    self.dots = 0;
                    self.part()?;
                }
                _ => {}
            }
        }
        ControlFlow::Continue(())
    }

    fn part(&mut self) -> ControlFlow<ProblemKind> {
        match self.parts.checked_sub(1) {
            Some(left) => self.parts = left,
            None => return ControlFlow::Break(ProblemKind::TooManyParts { limit: MAX_PARTS }),
        }
        ControlFlow::Continue(())
    }

    /// Goes to the newline that ends a comment.
    fn skip_line(&mut self) {
        let rest = &self.text[self.next..];
        self.next += memchr(b'\n', rest).unwrap_or(rest.len());
    }

    /// Goes behind the text whose first quote was just taken. One on a single line ends with its line at the latest.
    fn skip_text(&mut self, quote: u8) {
        let escape = if quote == b'"' { b'\\' } else { quote };
        let long = self.text[self.next..].starts_with(&[quote, quote]);
        if long {
            self.next += 2;
        }
        loop {
            let rest = &self.text[self.next..];
            let found = if long { memchr2(quote, escape, rest) } else { memchr3(quote, escape, b'\n', rest) };
            let Some(at) = found else {
                self.next = self.text.len();
                return;
            };
            self.next += at + 1;
            match rest[at] {
                b'\n' => {
                    self.next -= 1;
                    return;
                }
                found if found != quote => self.next = (self.next + 1).min(self.text.len()),
                _ if !long => return,
                _ if rest[at + 1..].starts_with(&[quote, quote]) => {
                    self.next += 2;
                    return;
                }
                _ => {}
            }
        }
    }
}

fn deep_enough(depth: usize) -> ControlFlow<ProblemKind> {
    if depth > MAX_DEPTH {
        return ControlFlow::Break(ProblemKind::TooDeep { limit: MAX_DEPTH });
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn refused(text: &str) -> Option<(ProblemKind, u32, u32)> {
        let problem = Budget::new().admit("a.toml", text.to_owned()).err()?;
        assert_eq!(&*problem.place.file, "a.toml");
        Some((problem.kind, problem.place.line, problem.place.column))
    }

    #[rstest]
    #[case::lists(&format!("# é\na = {}", "[".repeat(10_000)), 2, 37)]
    #[case::tables(&format!("a = {}", "{b=".repeat(10_000)), 1, 101)]
    #[case::keys(&format!("a = 'ok'\n{}a = 1", "a.".repeat(10_000)), 2, 66)]
    #[case::heads(&format!("\n\n[a{}]", ".a".repeat(10_000)), 3, 67)]
    #[case::quoted_keys(&format!("{}a = 1", "\"a.\".".repeat(10_000)), 1, 165)]
    fn what_nests_too_deep_is_named_where_it_does(#[case] text: &str, #[case] line: u32, #[case] column: u32) {
        assert_eq!(refused(text), Some((ProblemKind::TooDeep { limit: 32 }, line, column)));
    }

    #[rstest]
    #[case::list(&format!("a = [{}]", "1,".repeat(1_000_000)), 1)]
    #[case::keys(&"a=1\n".repeat(1_000_000), 200_001)]
    #[case::tables(&"[[initiative]]\n".repeat(400_000), 133_334)]
    #[case::texts(&"'' \"\" ".repeat(400_000), 1)]
    #[case::lines(&"x\n".repeat(1_000_000), 400_001)]
    fn more_parts_than_a_plan_has_are_named(#[case] text: &str, #[case] line: u32) {
        let (kind, at, _) = refused(text).expect("too many");
        assert_eq!((kind, at), (ProblemKind::TooManyParts { limit: MAX_PARTS }, line));
    }

    #[rstest]
    #[case::comment(&format!("# {}", "[a.".repeat(500_000)))]
    #[case::basic(&format!("a = \"\\\"{}\"", "[a.,".repeat(500_000)))]
    #[case::literal(&format!("a = '{}\\'", "[a.,".repeat(500_000)))]
    #[case::long_basic(&format!("a = \"\"\"\"{}\\\"\"\"\"", "[a.,\n".repeat(500_000)))]
    #[case::long_literal(&format!("a = '''\n{}'''", "[a.'',\n".repeat(500_000)))]
    #[case::numbers(&"a = 1.5 # .\nb = [1.5, 2.5]\n".repeat(20_000))]
    fn texts_and_comments_count_for_nothing(#[case] text: &str) {
        assert_eq!(refused(text), None);
    }

    #[test]
    fn a_text_without_its_end_hides_only_its_line() {
        let text = format!("a = \"x\nb = {}", "[".repeat(100));
        assert!(matches!(refused(&text), Some((ProblemKind::TooDeep { .. }, 2, 37))));
        for text in ["a = \"", "a = '''", "a = \"\\", "a = \"\"\"\\", "'", "\"\"", "#"] {
            assert_eq!(refused(text), None, "{text}");
        }
    }

    #[test]
    fn files_share_what_a_plan_may_have() {
        let mut budget = Budget::new();
        let half = "a=1\n".repeat(110_000);
        assert!(budget.admit("a.toml", half.clone()).is_ok());
        let problem = budget.admit("b.toml", half).expect_err("more than a plan has");
        assert_eq!(problem.kind, ProblemKind::TooManyParts { limit: MAX_PARTS });
        assert_eq!((&*problem.place.file, problem.place.line), ("b.toml", 90_001));
        let problem = budget.admit("c.toml", " ".repeat(MAX_BYTES as usize)).expect_err("larger than a plan is");
        assert_eq!(problem.kind, ProblemKind::TooLarge { megabytes: 8 });
    }
}
