//! Rule files read into a [`Book`].

use std::collections::HashMap;

use super::words::{Vocabulary, Words};
use super::{Book, Element, Filed, Rule, Seq, forms};

/// The most words that may stand before an anchor: beyond it a rule is looked for no further back.
const FARTHEST: u8 = 24;

/// What names mean in the file that is being read.
#[derive(Default)]
struct Names {
    sets: HashMap<String, Words>,
    seqs: HashMap<String, u16>,
}

impl<S> Book<S> {
    /// Adds the rules of files that share their names; returns the lines that do not parse. `says` reads what stands before
    /// a rule's colon.
    pub(in crate::pipeline) fn read<'a>(
        &mut self,
        files: &[&'a str],
        vocabulary: &mut Vocabulary,
        says: impl Fn(&str) -> Option<S>,
    ) -> Vec<&'a str> {
        let mut names = Names::default();
        let mut bad = Vec::new();
        let lines = files.iter().flat_map(|file| file.lines()).map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let known = match line.split_once(' ') {
                Some(("set", rest)) => read_set(rest, &mut names, vocabulary),
                Some(("seq", rest)) => self.read_seq(rest, &mut names, vocabulary),
                Some(("verbs", rest)) => forms::read(rest, |name, word| {
                    names.sets.entry(name).or_default().insert(word, vocabulary);
                }),
                _ => self.read_rule(line, &names, vocabulary, &says),
            };
            if known.is_none() {
                bad.push(line);
            }
        }
        bad
    }

    fn read_seq(&mut self, line: &str, names: &mut Names, vocabulary: &mut Vocabulary) -> Option<()> {
        let (name, list) = line.split_once(" = ")?;
        let mut alternatives = Vec::new();
        for alternative in list.split(" / ") {
            alternatives.push(self.read_elements(alternative, names, vocabulary)?);
        }
        let at = if let Some(&at) = names.seqs.get(name) {
            at
        } else {
            self.seqs.push(Seq::default());
            let at = u16::try_from(self.seqs.len() - 1).ok()?;
            names.seqs.insert(name.to_owned(), at);
            at
        };
        self.seqs[usize::from(at)].alternatives.extend(alternatives);
        self.close_seq(at)
    }

    /// Works out how wide a sequence is and what it can begin with.
    fn close_seq(&mut self, at: u16) -> Option<()> {
        let seq = &self.seqs[usize::from(at)];
        let widths = seq.alternatives.iter().map(|elements| self.width(elements));
        let width = widths.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))?;
        let mut first = Some(Words::default());
        for elements in &seq.alternatives {
            if !self.first_words(elements, &mut first) {
                first = None;
            }
        }
        let first = match first {
            Some(words) => Some(self.sets.keep(words)?),
            None => None,
        };
        let seq = &mut self.seqs[usize::from(at)];
        (seq.width, seq.first) = (width, first);
        Some(())
    }

    /// Adds the words that `elements` can begin with; false when that is any word.
    fn first_words(&self, elements: &[Element], out: &mut Option<Words>) -> bool {
        let Some(out) = out else { return false };
        for element in elements {
            match *element {
                Element::Word(set) | Element::Anchor(set) => {
                    out.extend(self.sets.get(set));
                    return true;
                }
                Element::Maybe(set) => out.extend(self.sets.get(set)),
                Element::Seq(seq) | Element::MaybeSeq(seq) => {
                    let Some(first) = self.seqs[usize::from(seq)].first else { return false };
                    out.extend(self.sets.get(first));
                    if matches!(element, Element::Seq(_)) {
                        return true;
                    }
                }
                Element::Start | Element::Joined | Element::Not(_) => {}
                Element::Any | Element::Gap(_) | Element::End => return false,
            }
        }
        false
    }

    /// The fewest and the most words that elements take.
    fn width(&self, elements: &[Element]) -> (u8, u8) {
        elements.iter().fold((0, 0), |(fewest, most), element| {
            let (least, longest) = match *element {
                Element::Word(_) | Element::Anchor(_) | Element::Any => (1, 1),
                Element::Maybe(_) => (0, 1),
                Element::Gap(longest) => (0, longest),
                Element::Seq(seq) => self.seqs[usize::from(seq)].width,
                Element::MaybeSeq(seq) => (0, self.seqs[usize::from(seq)].width.1),
                Element::Start | Element::Joined | Element::Not(_) | Element::End => (0, 0),
            };
            (fewest.saturating_add(least), most.saturating_add(longest).min(FARTHEST))
        })
    }

    fn read_rule(
        &mut self,
        line: &str,
        names: &Names,
        vocabulary: &mut Vocabulary,
        says: &impl Fn(&str) -> Option<S>,
    ) -> Option<()> {
        let (head, elements) = line.split_once(": ")?;
        let says = says(head)?;
        let elements = self.read_elements(elements, names, vocabulary)?;
        self.file(Rule { says, elements })
    }

    fn read_elements(&mut self, list: &str, names: &Names, vocabulary: &mut Vocabulary) -> Option<Vec<Element>> {
        let mut elements = Vec::new();
        for word in list.split_whitespace() {
            let element = match word {
                "^" => Element::Start,
                "_" => Element::Any,
                "$" => Element::End,
                _ => match word.split_at_checked(1)? {
                    ("~", most) => Element::Gap(most.parse().ok()?),
                    ("<", _) => Element::Seq(self.seq(word, names, vocabulary)?),
                    ("?", name) if name.starts_with('<') => Element::MaybeSeq(self.seq(name, names, vocabulary)?),
                    ("?", set) => Element::Maybe(self.words(set, names, vocabulary)?),
                    ("!", set) => Element::Not(self.words(set, names, vocabulary)?),
                    ("=", set) => Element::Anchor(self.words(set, names, vocabulary)?),
                    ("-", set) => {
                        elements.push(Element::Joined);
                        Element::Word(self.words(set, names, vocabulary)?)
                    }
                    _ => Element::Word(self.words(word, names, vocabulary)?),
                },
            };
            elements.push(element);
        }
        Some(elements)
    }

    /// `<a>`, or the nameless sequence `<a>|b|{c}`.
    fn seq(&mut self, word: &str, names: &Names, vocabulary: &mut Vocabulary) -> Option<u16> {
        let sequence = |name: &str| names.seqs.get(name.strip_prefix('<')?.strip_suffix('>')?).copied();
        let (seqs, words): (Vec<&str>, Vec<&str>) = word.split('|').partition(|name| name.starts_with('<'));
        if let ([name], []) = (seqs.as_slice(), words.as_slice()) {
            return sequence(name);
        }
        let mut alternatives = Vec::new();
        for name in seqs {
            alternatives.push(vec![Element::Seq(sequence(name)?)]);
        }
        alternatives.push(vec![Element::Word(self.words(&words.join("|"), names, vocabulary)?)]);
        let at = u16::try_from(self.seqs.len()).ok()?;
        self.seqs.push(Seq { alternatives, ..Seq::default() });
        self.close_seq(at)?;
        Some(at)
    }

    fn words(&mut self, alternatives: &str, names: &Names, vocabulary: &mut Vocabulary) -> Option<u16> {
        let mut words = Words::default();
        for alternative in alternatives.split('|') {
            match braced(alternative) {
                Some(name) => words.extend(names.sets.get(name)?),
                None => words.insert(alternative, vocabulary),
            }
        }
        self.sets.keep(words)
    }

    /// Files the rule under its anchor: the one it marks, or else the first word it insists on, if no gap stands before it.
    fn file(&mut self, mut rule: Rule<S>) -> Option<()> {
        let anchors = rule.elements.iter().filter(|element| matches!(element, Element::Anchor(_))).count();
        if anchors > 1 {
            return None;
        }
        let marked = rule.elements.iter().position(|element| matches!(element, Element::Anchor(_)));
        let at = match marked {
            Some(at) => at,
            None => rule.elements.iter().position(|element| matches!(element, Element::Word(_)))?,
        };
        let (Element::Anchor(set) | Element::Word(set)) = rule.elements[at] else { return None };
        if marked.is_none() {
            let loose = |element: &Element| matches!(element, Element::Gap(_) | Element::End);
            if rule.elements[..at].iter().any(loose) {
                return None;
            }
            rule.elements[at] = Element::Anchor(set);
        }
        let before = self.width(&rule.elements[..at]);
        let second = match rule.elements.get(at + 1..)? {
            [Element::Word(second), ..] | [Element::Joined, Element::Word(second), ..] => Some(*second),
            _ => None,
        };
        let second = second.filter(|&second| self.sets.get(second).shapes.is_empty());
        let id = u16::try_from(self.rules.len()).ok()?;
        let words = self.sets.get(set);
        if !words.shapes.is_empty() || words.numbers().is_empty() {
            return None;
        }
        for &number in words.numbers() {
            let number = usize::from(number);
            if self.by_anchor.len() <= number {
                self.by_anchor.resize(number + 1, Vec::new());
            }
            self.by_anchor[number].push(Filed { rule: id, before, second });
        }
        self.rules.push(rule);
        Some(())
    }
}

fn read_set(line: &str, names: &mut Names, vocabulary: &mut Vocabulary) -> Option<()> {
    let (name, list) = line.split_once(" = ")?;
    let mut words = names.sets.remove(name).unwrap_or_default();
    for word in list.split_whitespace() {
        match braced(word) {
            Some(other) => words.extend(names.sets.get(other)?),
            None => words.insert(word, vocabulary),
        }
    }
    names.sets.insert(name.to_owned(), words);
    Some(())
}

fn braced(word: &str) -> Option<&str> {
    word.strip_prefix('{')?.strip_suffix('}')
}

/// The words of rule files that are not one folded word each, which no text could match.
#[cfg(test)]
pub(in crate::pipeline) fn unmatchable<'a>(files: &[&'a str]) -> Vec<&'a str> {
    use crate::text::tokens::Tokens;

    let names = |word: &str| {
        word == "/" || word == "$" || word.starts_with(['^', '_', '~', '<', '{', '*', '?', '/']) && word.len() < 2
    };
    let lines = files.iter().flat_map(|file| file.lines());
    let lines = lines.filter(|line| !line.starts_with('#') && !line.starts_with("verbs "));
    let words = lines.filter_map(|line| line.split_once([':', '='])).flat_map(|(_, words)| words.split_whitespace());
    let words = words.filter(|word| !names(word) && !word.starts_with('~'));
    let words = words.flat_map(|word| word.trim_start_matches(['?', '!', '=', '-']).split('|'));
    words
        .filter(|word| !word.starts_with(['{', '<', '*']))
        .filter(|word| {
            let tokens = Tokens::of(word);
            tokens.words().len() != 1 || tokens.folded(&tokens.words()[0]) != *word
        })
        .collect()
}
