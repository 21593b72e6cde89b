//! Questions and requests, told by rules over words, with the words that show them.
//!
//! What enters: a text's tokens. What leaves: [`Intent::Question`] and [`Intent::ServiceRequest`], each at most once,
//! with their evidence. A sentence asks when it ends with "?" or begins as questions do, in English or French
//! ("c'est quand", "y'a-tu", "anyone know"), unless it is of a kind that expects no answer. A request asks for or
//! reports something a service can act on. The rules stand in `intent/en.rules` and `intent/fr.rules`.

use std::ops::Range;

use crate::mention::{Confidence, Intent, Span};
use crate::text::tokens::Tokens;

use super::assessment::IntentHit;
use super::lexicon::{Known, Reading};
use super::phrasing::{Joint, Phrasing, Sentence};
use super::rules::{Book, View, Vocabulary};

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

/// The rules of both languages: people mix them, and so do the rules. Each file has its own names.
const FILES: [&str; 2] = [include_str!("intent/en.rules"), include_str!("intent/fr.rules")];

/// Adds the rules to `book`; returns the lines that do not parse.
pub(super) fn read(book: &mut Book<Says>, vocabulary: &mut Vocabulary) -> Vec<&'static str> {
    let says = |kind: &str| match kind {
        "question" => Some(Says::Question),
        "request" => Some(Says::Request),
        "rhetorical" => Some(Says::Rhetorical),
        "aside" => Some(Says::Aside),
        _ => None,
    };
    FILES.iter().flat_map(|file| book.read(&[file], vocabulary, says)).collect()
}

/// A text as the rules see it.
struct Seen<'a> {
    phrasing: &'a Phrasing,
    reading: &'a Reading,
}

impl View for Seen<'_> {
    fn number(&self, word: usize) -> u16 {
        self.reading.number(word)
    }

    fn begins(&self, word: usize) -> bool {
        self.phrasing.begins(word, self.reading)
    }

    fn joined(&self, word: usize) -> bool {
        self.phrasing.joint(word) == Joint::Hyphen
    }
}

/// A sentence with a question mark and fewer words asks nothing unless a rule says so: "Again???", "Really?".
const FEWEST_WORDS: usize = 3;

/// How sure an intent is that rules alone tell.
const SURE: Confidence = Confidence::percent(80);

/// The scratch of the search for intents.
#[derive(Debug, Default)]
pub(super) struct IntentFinder {
    phrasing: Phrasing,
    questions: Vec<Span>,
    requests: Vec<Span>,
}

/// What the rules say about one sentence.
#[derive(Default)]
struct Finding {
    question: Option<Span>,
    rhetorical: bool,
    aside: bool,
}

impl IntentFinder {
    /// The intents of `text`, question first.
    pub(super) fn find(&mut self, text: &str, tokens: &Tokens, reading: &Reading) -> Vec<IntentHit> {
        self.phrasing.fill(text, tokens);
        self.questions.clear();
        self.requests.clear();
        for at in 0..self.phrasing.sentences().len() {
            let sentence = self.phrasing.sentences()[at].clone();
            let requests = self.requests.len();
            let finding = self.read(&sentence, tokens, reading);
            if finding.aside {
                self.requests.truncate(requests);
            }
            self.conclude(&sentence, finding, tokens);
        }
        let mut found = Vec::new();
        if !self.questions.is_empty() {
            found.push(IntentHit {
                intent: Intent::Question,
                confidence: SURE,
                spans: std::mem::take(&mut self.questions),
            });
        }
        if !self.requests.is_empty() {
            let mut spans = std::mem::take(&mut self.requests);
            super::merge_spans(&mut spans);
            found.push(IntentHit { intent: Intent::ServiceRequest, confidence: SURE, spans });
        }
        found
    }

    /// Tries every rule on every word of the sentence.
    fn read(&mut self, sentence: &Sentence, tokens: &Tokens, reading: &Reading) -> Finding {
        let rules = &Known::shared().intents;
        let seen = Seen { phrasing: &self.phrasing, reading };
        let mut finding = Finding::default();
        for at in sentence.words.clone() {
            let asked = finding.question.is_some();
            let wanted = |says: &Says| *says != Says::Question || !asked;
            rules.around(at, &sentence.words, &seen, wanted, |says, words| match says {
                Says::Question => {
                    finding.question.get_or_insert_with(|| span(tokens, &words));
                }
                Says::Request => self.requests.push(span(tokens, &words)),
                Says::Rhetorical => finding.rhetorical = true,
                Says::Aside => finding.aside = true,
            });
        }
        finding
    }

    fn conclude(&mut self, sentence: &Sentence, finding: Finding, tokens: &Tokens) {
        if finding.rhetorical {
            return;
        }
        if let Some(span) = finding.question {
            self.questions.push(span);
        } else if let Some(mark) = &sentence.asks {
            let words = tokens.words()[sentence.words.clone()].iter().filter(|word| !word.is_gap()).count();
            if words >= FEWEST_WORDS {
                self.questions.push(mark.clone());
            }
        }
    }
}

/// From the first of these words to the last one.
fn span(tokens: &Tokens, words: &Range<usize>) -> Span {
    tokens.words()[words.start].span().start..tokens.words()[words.end - 1].span().end
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn every_line_and_word_of_the_rule_files_counts() {
        assert_eq!(read(&mut Book::default(), &mut Vocabulary::default()), Vec::<&str>::new());
        assert_eq!(super::super::rules::unmatchable(&FILES), Vec::<&str>::new());
    }

    fn find(text: &str) -> Vec<IntentHit> {
        let (tokens, mut reading) = (Tokens::of(text), Reading::default());
        reading.fill(&tokens);
        IntentFinder::default().find(text, &tokens, &reading)
    }

    fn intents(text: &str) -> Vec<Intent> {
        find(text).into_iter().map(|hit| hit.intent).collect()
    }

    #[rstest]
    #[case::with_mark("Is the water on Elm St safe? #WaterMain")]
    #[case::anyone_knows("anyone know if the pool opens saturday")]
    #[case::the_next_one("I'll be at every meeting. When's the next one")]
    #[case::is_it_safe("so is it safe to drink")]
    #[case::wondering("Wondering if the ban applies to Third")]
    #[case::inverted("La Ville peut-elle confirmer la date")]
    #[case::est_ce_que("est-ce que la piscine est ouverte demain")]
    #[case::when_is_it("c'est quand la prochaine collecte")]
    #[case::particle("Y'a-tu de l'eau potable à l'aréna")]
    #[case::particle_apart("y'a tu quelqu'un qui sait pour la patinoire")]
    #[case::at_the_end("nid de poule, la réclamation je fais ça où")]
    #[case::somebody_knows("quelqu'un sait si la 4 passe encore")]
    fn asks(#[case] text: &str) {
        assert!(intents(text).contains(&Intent::Question), "{text}");
    }

    #[rstest]
    #[case::shout("@alderbay again???")]
    #[case::insult("What clown measured these lanes??")]
    #[case::marvel("have you guys SEEN the new boards?? gorgeous")]
    #[case::scorn("Vous servez à quoi au juste?")]
    #[case::statement("The pool is closed until March.")]
    #[case::statement_in_french("La piscine est fermée jusqu'en mars.")]
    #[case::subordinate("Quand il neige, je reste chez moi.")]
    #[case::exclamation("Quelle honte, cette rue.")]
    fn asks_nothing(#[case] text: &str) {
        assert!(!intents(text).contains(&Intent::Question), "{text}");
    }

    #[rstest]
    #[case::somebody("can someone fix the light at Birch")]
    #[case::please("Please plow the sidewalk on Cedar")]
    #[case::report("Streetlight out at Maple and 5th")]
    #[case::imperative("It has been a week. Send a truck.")]
    #[case::not_collected("our recycling was never picked up")]
    #[case::french_imperative("Envoyez quelqu'un aujourd'hui svp")]
    #[case::any_french_imperative("Posez-en une, y'est pas trop tard")]
    #[case::could_you("Pourriez-vous déneiger la ruelle")]
    #[case::still_nothing("Toujours pas d'eau sur la 3e")]
    #[case::out_of_order("le lampadaire devant chez nous est éteint")]
    fn requests(#[case] text: &str) {
        assert!(intents(text).contains(&Intent::ServiceRequest), "{text}");
    }

    #[rstest]
    #[case::advertising("Free estimates, send me a PM")]
    #[case::chain_letter("Partagez svp, c'est important")]
    #[case::praise("Thank you for plowing our street before seven")]
    #[case::opinion("The budget is a disgrace.")]
    fn requests_nothing(#[case] text: &str) {
        assert_eq!(intents(text), [], "{text}");
    }

    #[test]
    fn the_evidence_is_in_the_text() {
        let text = "Bonjour! Est-ce que l'eau est bonne? Can someone send a truck";
        let hits = find(text);
        let shown: Vec<(Intent, Vec<&str>)> =
            hits.iter().map(|hit| (hit.intent, hit.spans.iter().map(|span| &text[span.clone()]).collect())).collect();
        let expected = [(Intent::Question, vec!["Est-ce que"]), (Intent::ServiceRequest, vec!["Can someone send"])];
        assert_eq!(shown[0], expected[0]);
        assert_eq!(shown[1].0, expected[1].0);
        assert!(shown[1].1.concat().starts_with("Can someone send"));
    }
}
