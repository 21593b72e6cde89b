//! What each code means, why it matters, and how to mend it: the long form of what a check tells in one line.
//!
//! What enters: a code as a person writes it. What leaves: its explanation in their language, with a small piece of
//! a plan that has the trouble and the same piece mended. The codes are those of the problems and findings
//! themselves; a test runs every example and fails where a code has no words.

use strum::IntoEnumIterator;

use crate::locale::Locale;
use crate::query::closest;

use super::finding::FindingName;
use super::problem::ProblemName;

/// Pieces of plans, each below a line `== FD002 told` or `== FD002 mended`.
const EXAMPLES: &str = include_str!("explain/examples.txt");

/// A code of a problem or a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// As it is told: `FD012`.
    pub code: &'static str,
    /// True when the plan cannot be used until it is mended.
    pub is_error: bool,
}

/// A piece of a plan before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// What is told of.
    pub told: &'static str,
    /// The same, mended.
    pub mended: &'static str,
}

/// Every code there is, in order.
pub fn codes() -> Vec<Code> {
    let errors = ProblemName::iter().map(|problem| Code { code: problem.code(), is_error: true });
    let findings = FindingName::iter().map(|finding| Code { code: finding.code(), is_error: false });
    let mut codes: Vec<Code> = errors.chain(findings).collect();
    codes.sort_unstable();
    codes
}

/// The code a person means by `text`: `FD012`, `fd12` or `12`. Otherwise the nearest one, if any is near.
pub fn find(text: &str) -> Result<Code, Option<Code>> {
    let text = text.trim().to_ascii_uppercase();
    let digits = text.strip_prefix("FD").unwrap_or(&text);
    let number = digits.parse::<u16>().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let wanted = number.map_or(text, |number| format!("FD{number:03}"));
    let codes = codes();
    let exact = |code: &str| codes.iter().copied().find(|known| known.code == code);
    exact(&wanted).ok_or_else(|| closest(&wanted, codes.iter().map(|code| code.code)).and_then(exact))
}

impl Code {
    /// What it means, in one line.
    pub fn what(self, locale: &Locale) -> String {
        locale.text(&self.name(""))
    }

    /// Why it matters.
    pub fn why(self, locale: &Locale) -> String {
        locale.text(&self.name("-why"))
    }

    /// How to mend it.
    pub fn mend(self, locale: &Locale) -> String {
        locale.text(&self.name("-mend"))
    }

    /// A plan that has it and the same plan mended; `None` where it is about files, not about what stands in them.
    pub fn example(self) -> Option<Example> {
        let piece = |state: &str| {
            let head = format!("== {} {state}\n", self.code);
            let (_, rest) = EXAMPLES.split_once(&head)?;
            Some(rest.split_once("\n== ").map_or(rest, |(piece, _)| piece).trim_end())
        };
        Some(Example { told: piece("told")?, mended: piece("mended")? })
    }

    /// True when a plan may say that it is meant to stay: a finding, and none about allowing itself.
    pub fn can_be_allowed(self) -> bool {
        let about_allowing = [FindingName::AllowsNothing, FindingName::AllowsNoCode, FindingName::AllowsAnError];
        !self.is_error && !about_allowing.iter().any(|name| name.code() == self.code)
    }

    fn name(self, part: &str) -> String {
        format!("explain-{}{part}", self.code.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rstest::rstest;

    use super::*;
    use crate::locale::Lang;
    use crate::plan::{check, from_files};

    /// The codes told of a piece of a plan, one file below each comment that names one.
    fn told(piece: &str) -> BTreeSet<&'static str> {
        let mut files: Vec<(String, String)> = vec![("plan.toml".to_owned(), String::new())];
        for line in piece.lines() {
            match line.strip_prefix("# ").filter(|name| name.contains(".toml")) {
                Some("plan.toml") => {}
                Some(name) => files.push((name.to_owned(), String::new())),
                None => files.last_mut().expect("a file").1.extend([line, "\n"]),
            }
        }
        if !piece.contains("[organization]") && !piece.starts_with('#') {
            files.push(("town.toml".to_owned(), "[organization]\nname = \"Alder Bay\"\n".to_owned()));
        }
        match from_files(files) {
            Err(errors) => errors.0.iter().map(|problem| problem.kind.code()).collect(),
            Ok((plan, _)) => {
                let now = "2026-11-22T12:00:00Z".parse().expect("an instant");
                let findings = check(&plan, now);
                findings.iter().filter(|finding| finding.allowed.is_none()).map(|finding| finding.kind.code()).collect()
            }
        }
    }

    #[test]
    fn every_example_has_its_trouble_and_its_cure() {
        let wrong = codes().into_iter().filter_map(|code| Some((code, code.example()?))).filter(|(code, example)| {
            !told(example.told).contains(code.code) || told(example.mended).contains(code.code)
        });
        let wrong: Vec<String> = wrong
            .map(|(code, example)| format!("{}: {:?} / {:?}", code.code, told(example.told), told(example.mended)))
            .collect();
        assert_eq!(wrong, Vec::<String>::new());
    }

    #[test]
    fn what_is_about_files_alone_has_no_example() {
        let without: Vec<&str> =
            codes().into_iter().filter(|code| code.example().is_none()).map(|code| code.code).collect();
        let files = ["FD020", "FD021", "FD022", "FD023", "FD024", "FD025", "FD026", "FD040", "FD041", "FD042"];
        assert_eq!(without, files);
        assert_eq!(EXAMPLES.matches("== FD").count(), 2 * (codes().len() - files.len()), "an example of no code");
    }

    #[test]
    fn every_code_has_words_in_both_languages() {
        for lang in [Lang::En, Lang::Fr] {
            let locale = Locale::new(lang);
            for code in codes() {
                for words in [code.what(&locale), code.why(&locale), code.mend(&locale)] {
                    assert!(words.contains(' ') && !words.starts_with("explain-"), "{}: {words}", code.code);
                }
            }
        }
        let all: BTreeSet<&str> = codes().into_iter().map(|code| code.code).collect();
        assert_eq!(all.len(), codes().len(), "two kinds have the same code");
    }

    #[rstest]
    #[case::exact("FD012", Ok("FD012"))]
    #[case::small("fd012", Ok("FD012"))]
    #[case::short("fd12", Ok("FD012"))]
    #[case::number("12", Ok("FD012"))]
    #[case::near("FD0122", Err(Some("FD022")))]
    #[case::letter("FDO12", Err(Some("FD012")))]
    #[case::far("water", Err(None))]
    #[case::sign("FD+12", Err(Some("FD012")))]
    fn codes_are_found(#[case] text: &str, #[case] expected: Result<&str, Option<&str>>) {
        let found = find(text).map(|code| code.code).map_err(|near| near.map(|code| code.code));
        assert_eq!(found, expected);
    }
}
