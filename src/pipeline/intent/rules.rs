//! The rules by which intents are told, read once from the two rule files.
//!
//! What enters: the rule files' text. What leaves: a vocabulary that numbers every word the rules know, and rules over those
//! numbers, found by the first word they insist on. The files are part of the program: a test reads every line,
//! and a line that did not parse would simply not be there.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::tokens::hash;

/// What a rule says when it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// The author asks.
    Question,
    /// The author needs or reports something.
    Request,
    /// The sentence only looks like a question.
    Rhetorical,
    /// The sentence asks for nothing a service does.
    Aside,
}

/// One step of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Element {
    /// The next word must begin a sentence or a clause.
    Start,
    /// The next word must be joined to the one before it by a hyphen.
    Joined,
    /// One of these words.
    Word(Words),
    /// Any word.
    Any,
    /// Up to so many words.
    Gap(u8),
    /// The sentence is over.
    End,
}

/// A set of word numbers, one bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words(Vec<u64>);

impl Words {
    fn insert(&mut self, number: u16) {
        let slot = usize::from(number / 64);
        if self.0.len() <= slot {
            self.0.resize(slot + 1, 0);
        }
        self.0[slot] |= 1 << (number % 64);
    }

    pub(super) fn contains(&self, number: u16) -> bool {
        self.0.get(usize::from(number / 64)).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }

    fn numbers(&self) -> impl Iterator<Item = u16> + '_ {
        (0..self.0.len() as u16 * 64).filter(|&number| self.contains(number))
    }
}

/// One line of a rule file.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) says: Says,
    pub(super) elements: Vec<Element>,
    /// Where the rule insists on a certain word right after its first one: that one. Most rules fail here.
    second: Option<Words>,
}

impl Rule {
    /// False when the word after the rule's first one keeps it from matching.
    pub(super) fn may_go_on(&self, next: u16) -> bool {
        self.second.as_ref().is_none_or(|second| second.contains(next))
    }
}

/// All rules with their vocabulary.
#[derive(Debug, Default)]
pub(in crate::pipeline) struct Rules {
    /// By [`hash`].
    vocabulary: HashMap<u64, u16, foldhash::fast::FixedState>,
    list: Vec<Rule>,
    /// For each word, the rules it can begin, with how many words stand before it in them.
    by_first: Vec<Vec<(u16, u8)>>,
    /// The number of [`IMPERATIVE`].
    imperative: u16,
}

/// Stands in rules for any other word that ends like a French request: "posez", "réparez".
const IMPERATIVE: &str = "*ez";

/// The rules of both languages: people mix them, and so do the rules.
static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules::default();
    for file in [include_str!("en.rules"), include_str!("fr.rules")] {
        let bad = rules.read(file);
        debug_assert!(bad.is_empty(), "rules that do not parse: {bad:?}");
    }
    rules.imperative = rules.intern(IMPERATIVE);
    rules
});

impl Rules {
    /// The rules the program has.
    pub(in crate::pipeline) fn shared() -> &'static Self {
        &RULES
    }

    /// Every word the rules know, by its hash, with its number.
    pub(in crate::pipeline) fn words(&self) -> impl Iterator<Item = (u64, u16)> + '_ {
        self.vocabulary.iter().map(|(&hash, &number)| (hash, number))
    }

    /// The number of [`IMPERATIVE`].
    pub(in crate::pipeline) fn imperative(&self) -> u16 {
        self.imperative
    }

    /// The rules a word can begin, each with the count of words that stand before it.
    pub(super) fn beginning_with(&self, number: u16) -> impl Iterator<Item = (&Rule, usize)> {
        let ids = self.by_first.get(usize::from(number)).map_or(&[][..], Vec::as_slice);
        ids.iter().map(|&(id, before)| (&self.list[usize::from(id)], usize::from(before)))
    }

    /// Adds a file's rules; returns the lines that do not parse.
    fn read<'a>(&mut self, file: &'a str) -> Vec<&'a str> {
        let mut sets: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut bad = Vec::new();
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some((name, words)) = line.strip_prefix("set ").and_then(|set| set.split_once(" = ")) {
                sets.insert(name, words.split_whitespace().collect());
            } else if self.read_rule(line, &sets).is_none() {
                bad.push(line);
            }
        }
        bad
    }

    fn read_rule(&mut self, line: &str, sets: &HashMap<&str, Vec<&str>>) -> Option<()> {
        let (kind, elements) = line.split_once(": ")?;
        let says = match kind {
            "question" => Says::Question,
            "request" => Says::Request,
            "rhetorical" => Says::Rhetorical,
            "aside" => Says::Aside,
            _ => return None,
        };
        let mut rule = Rule { says, elements: Vec::new(), second: None };
        for element in elements.split_whitespace() {
            match element {
                "^" => rule.elements.push(Element::Start),
                "_" => rule.elements.push(Element::Any),
                "$" => rule.elements.push(Element::End),
                _ if element.starts_with('~') => rule.elements.push(Element::Gap(element[1..].parse().ok()?)),
                _ => {
                    let words = element.strip_prefix('-');
                    if words.is_some() {
                        rule.elements.push(Element::Joined);
                    }
                    let words = self.read_words(words.unwrap_or(element), sets)?;
                    rule.elements.push(Element::Word(words));
                }
            }
        }
        self.add(rule)
    }

    fn read_words(&mut self, alternatives: &str, sets: &HashMap<&str, Vec<&str>>) -> Option<Words> {
        let mut words = Words::default();
        for alternative in alternatives.split('|') {
            let name = alternative.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
            match name {
                Some(name) => sets.get(name)?.iter().for_each(|word| words.insert(self.intern(word))),
                None => words.insert(self.intern(alternative)),
            }
        }
        Some(words)
    }

    fn intern(&mut self, word: &str) -> u16 {
        let next = self.vocabulary.len() as u16;
        *self.vocabulary.entry(hash(word)).or_insert(next)
    }

    /// Files the rule under the first words it insists on; before them only a fixed number of words may stand.
    fn add(&mut self, mut rule: Rule) -> Option<()> {
        let mut before = 0;
        let words = rule.elements.iter().position(|element| matches!(element, Element::Word(_)));
        rule.second = words.and_then(|at| match rule.elements.get(at + 1..)? {
            [Element::Word(second), ..] | [Element::Joined, Element::Word(second), ..] => Some(second.clone()),
            _ => None,
        });
        let first = rule.elements.iter().find_map(|element| match element {
            Element::Word(words) => Some(Some(words)),
            Element::Any => {
                before += 1;
                None
            }
            Element::Gap(_) => Some(None),
            Element::Start | Element::Joined | Element::End => None,
        })??;
        let id = u16::try_from(self.list.len()).ok()?;
        self.by_first.resize(self.vocabulary.len().max(self.by_first.len()), Vec::new());
        for number in first.numbers() {
            self.by_first[usize::from(number)].push((id, before));
        }
        self.list.push(rule);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::Tokens;

    #[test]
    fn every_line_of_the_rule_files_parses() {
        let mut rules = Rules::default();
        assert_eq!(rules.read(include_str!("en.rules")), Vec::<&str>::new());
        assert_eq!(rules.read(include_str!("fr.rules")), Vec::<&str>::new());
        assert!(rules.list.len() > 100);
    }

    #[test]
    fn every_word_of_the_rule_files_is_one_folded_word() {
        for file in [include_str!("en.rules"), include_str!("fr.rules")] {
            for line in file.lines().filter(|line| !line.starts_with('#')) {
                let (_, words) = line.split_once([':', '=']).unwrap_or_default();
                for word in words
                    .split([' ', '|'])
                    .filter(|word| !word.is_empty() && !word.starts_with(['^', '_', '~', '{', '$', '*']))
                {
                    let word = word.trim_start_matches('-');
                    let tokens = Tokens::of(word);
                    let folded: Vec<&str> = tokens.words().iter().map(|found| tokens.folded(found)).collect();
                    assert_eq!(folded, [word], "in {line:?}");
                }
            }
        }
    }

    #[test]
    fn a_line_that_says_nothing_is_reported() {
        let mut rules = Rules::default();
        assert_eq!(rules.read("question: ^ ~2 a\nwish: a\nquestion: {none}\n# fine\n").len(), 3);
    }
}
