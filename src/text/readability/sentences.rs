//! Where sentences end, and which of their words are read.
//!
//! What enters: a text. What leaves: its sentences and their words, without links, handles and signs. A point after an
//! abbreviation or within a number ends nothing.

/// Abbreviations after which a sentence goes on, in lower case and without their last point.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "ste", "ave", "av", "blvd", "boul", "rd", "hwy", "no", "nos", "vs", "approx",
    "dept", "inc", "ltd", "ltée", "e.g", "i.e", "p.ex", "ex", "art", "fig", "tel", "tél", "cllr", "mme", "mlle", "mgr",
    "jan", "feb", "aug", "sept", "oct", "nov", "dec", "janv", "févr", "juill", "déc", "cf", "env", "min", "max", "ext",
    "app",
];
/// Abbreviations that may stand at a sentence's end: one begins when a capital follows.
const MAY_END: &[&str] = &["a.m", "p.m", "etc", "b.c", "u.s", "c.-b"];
/// Capitals after a time of day that do not begin a sentence.
const DAYS_AND_MONTHS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "pt",
    "pst",
    "pdt",
    "pacific",
];

/// The sentences of `text` in order, each with its point. A colon and a semicolon end one, as Flesch counts units of
/// thought (*How to Write Plain English*, 1979); so does a line's end: lists and titles have no points. A piece without
/// words may come out; whoever counts leaves it out.
pub(super) fn of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(Line)
}

/// A line, one sentence after the other.
struct Line<'a>(&'a str);

impl<'a> Iterator for Line<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let line = self.0;
        if line.trim().is_empty() {
            return None;
        }
        let end = line
            .match_indices(['.', '!', '?', '…', ':', ';'])
            .find_map(|(at, mark)| sentence_end(line, at, mark))
            .unwrap_or(line.len());
        let (sentence, rest) = line.split_at(end);
        self.0 = rest;
        Some(sentence)
    }
}

/// The end of the sentence whose mark stands at `at`, closing quotes included; `None` where it goes on.
fn sentence_end(line: &str, at: usize, mark: &str) -> Option<usize> {
    let after = &line[at + mark.len()..];
    let rest = after.trim_start_matches(['"', '”', '’', '\'', ')', ']', '»', '.', '!', '?', '…', '\u{a0}', '\u{202f}']);
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let goes_on = mark == "." && abbreviated(last_word(&line[..at]), rest);
    (!goes_on).then_some(line.len() - rest.len())
}

fn last_word(text: &str) -> &str {
    let start = text.rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '«' | '"' | '“' | '/'));
    start.map_or(text, |start| text[start..].trim_start_matches(|c: char| !c.is_alphanumeric()))
}

/// True when the point after `word` shortens it and the sentence goes on with `rest`.
fn abbreviated(word: &str, rest: &str) -> bool {
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    let lower = word.to_lowercase();
    let next = rest.split_whitespace().next().unwrap_or_default();
    if MAY_END.contains(&&*lower) {
        let bare = next.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        return !next.starts_with(char::is_uppercase) || DAYS_AND_MONTHS.contains(&&*bare);
    }
    !next.is_empty() && (initial || ABBREVIATIONS.contains(&&*lower))
}

/// The words of a sentence that are read: no links, handles, hashtags, signs. What is joined by a hyphen or
/// an apostrophe is one word.
pub(super) fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split_whitespace()
        .filter(|piece| !piece.contains("://") && !piece.starts_with("www."))
        .flat_map(|piece| piece.split(['/', '—', '–', '…']))
        .filter(|piece| !piece.contains('@'))
        .map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '{' | '}')))
        .filter(|piece| !piece.starts_with('#') && *piece != "{link}")
        .filter(|piece| piece.contains(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::two("Boil water. Wait.", 2)]
    #[case::title_and_list("Boil water\n- one minute\n- let cool", 3)]
    #[case::time_goes_on("It closes at 6 p.m. on Friday.", 1)]
    #[case::time_and_day("It closes at 6 p.m. Friday.", 1)]
    #[case::time_ends("It closes at 6 p.m. Bring water.", 2)]
    #[case::street("The crew is on St. George St. near Dr. Lee's.", 1)]
    #[case::initial("M. Tremblay et J. Roy répondent.", 1)]
    #[case::number("Taxes rise by 6.8 %. La hausse est de 1.5 point.", 2)]
    #[case::ellipsis("Wait… what?! Yes.", 3)]
    #[case::quoted("« L'eau est potable. » Merci.", 2)]
    #[case::web("Go to alderbay.ca/water today.", 1)]
    #[case::unit_of_thought("The stop moves: it is at the door; a bench is there.", 3)]
    #[case::clock("The meeting is at 18:30 today.", 1)]
    #[case::example("Bring ID, e.g. a licence.", 1)]
    fn sentences_end_where_people_see_it(#[case] text: &str, #[case] expected: usize) {
        let found: Vec<&str> = of(text).filter(|sentence| words(sentence).next().is_some()).collect();
        assert_eq!(found.len(), expected, "{found:?}");
    }
}
