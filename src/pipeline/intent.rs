//! What a mention's author wants, told by rules over words and by the model together, with the words that show it.
//!
//! What enters: a text's tokens, the model's scores. What leaves: each [`Intent`] at most once, with its confidence and evidence.
//! A sentence asks when it ends with "?" or sounds like a question ([`super::asking`]), unless it is of a kind that expects no
//! answer. A request asks for or reports something a service can act on: what and where are its evidence. The rules
//! stand in `intent/en.rules` and `intent/fr.rules`; each adds to the score of its head, so that neither decides alone.

mod practice;

use std::ops::Range;

use crate::mention::{Confidence, Intent, Span};
use crate::text::tokens::Tokens;

use super::asking::{self, Cues, Sounds, Table};
use super::assessment::IntentHit;
use super::lexicon::{Known, Reading};
use super::model::{Features, Head, Model, Scores};
use super::phrasing::{Ending, Joint, Phrasing, Sentence};
use super::rules::{Book, View, Vocabulary};

pub use practice::Practice;

/// What a rule says when it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// The author wants this.
    Wants(Intent),
    /// The sentence only looks like a question.
    Rhetorical,
    /// The sentence asks for nothing a service does.
    Aside,
}

/// Every intent, in their order.
const INTENTS: [Intent; 6] =
    [Intent::Question, Intent::ServiceRequest, Intent::Complaint, Intent::Claim, Intent::Thanks, Intent::MediaInquiry];

/// The rules of both languages: people mix them, and so do the rules. Each file has its own names.
const FILES: [&str; 2] = [include_str!("intent/en.rules"), include_str!("intent/fr.rules")];

/// Adds the rules to `book`; returns the lines that do not parse.
pub(super) fn read(book: &mut Book<Says>, vocabulary: &mut Vocabulary) -> Vec<&'static str> {
    let says = |kind: &str| match kind {
        "question" => Some(Says::Wants(Intent::Question)),
        "request" => Some(Says::Wants(Intent::ServiceRequest)),
        "complaint" => Some(Says::Wants(Intent::Complaint)),
        "claim" => Some(Says::Wants(Intent::Claim)),
        "thanks" => Some(Says::Wants(Intent::Thanks)),
        "media" => Some(Says::Wants(Intent::MediaInquiry)),
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

/// What a rule and a question mark add to the score of a question, and what has to be reached. The share of the model
/// and of the sound is one half each.
const ASKED_BY_RULE: i32 = 500;
const ASKED_BY_MARK: i32 = 600;
const ASKED: i32 = 400;
/// No more than this is taken from the model and from the sound: a rule is worth as much.
const MOST_BY_MODEL: i32 = 1200;
const SOUND: Range<i32> = -300..600;

/// Where no mark stands, a rule is believed if the sentence sounds nearly like a question.
const NEARLY: i32 = -200;

/// What a rule adds to the score of its head, and what a head needs beyond zero.
const BY_RULE: i32 = 400;
const WANTED: i32 = 200;

/// The most words shown where no rule but the model speaks for an intent.
const MOST_EVIDENCE: usize = 3;

/// The scratch of the search for intents.
#[derive(Debug, Default)]
pub(super) struct IntentFinder {
    phrasing: Phrasing,
    sounds: Sounds,
    /// What the rules found, by intent.
    found: [Vec<Span>; INTENTS.len()],
    asked: Asked,
}

/// What speaks for a question in any of the sentences.
#[derive(Debug, Clone, Copy)]
struct Asked {
    by_rule: bool,
    by_mark: bool,
    sound: i32,
    /// The best sound of a sentence without a mark.
    unmarked: i32,
}

impl Default for Asked {
    fn default() -> Self {
        Self { by_rule: false, by_mark: false, sound: SOUND.start, unmarked: i32::MIN }
    }
}

/// What the rules say about one sentence.
#[derive(Default)]
struct Finding {
    question: Option<Span>,
    rhetorical: bool,
    request: bool,
    aside: bool,
}

impl Finding {
    fn cues(&self, french: bool, ending: Ending) -> Cues {
        let Self { rhetorical, request, .. } = *self;
        Cues { question: self.question.is_some(), rhetorical, request, french, ending }
    }
}

/// What intents are told from, besides the words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    /// The text is French rather than English.
    pub(super) french: bool,
    pub(super) features: &'a Features,
    pub(super) scores: &'a Scores,
}

impl IntentFinder {
    /// The intents of `text` in the order of [`Intent`].
    pub(super) fn find(&mut self, text: &str, tokens: &Tokens, reading: &Reading, told: Told<'_>) -> Vec<IntentHit> {
        self.phrasing.fill(text, tokens);
        self.found.iter_mut().for_each(Vec::clear);
        self.asked = Asked::default();
        for at in 0..self.phrasing.sentences().len() {
            let sentence = self.phrasing.sentences()[at].clone();
            let finding = self.read(&sentence, tokens, reading);
            self.hear(&sentence, tokens, reading, finding.cues(told.french, sentence.ending));
            self.conclude(&sentence, finding, tokens);
        }
        INTENTS.into_iter().filter_map(|intent| self.judge(intent, tokens, told)).collect()
    }

    /// Tries every rule on every word of the sentence.
    fn read(&mut self, sentence: &Sentence, tokens: &Tokens, reading: &Reading) -> Finding {
        let rules = &Known::shared().intents;
        let seen = Seen { phrasing: &self.phrasing, reading };
        let requests = self.found[Intent::ServiceRequest as usize].len();
        let mut finding = Finding::default();
        for at in sentence.words.clone() {
            let asked = finding.question.is_some();
            let wanted = |says: &Says| *says != Says::Wants(Intent::Question) || !asked;
            rules.around(at, &sentence.words, &seen, wanted, |says, words| match *says {
                Says::Wants(Intent::Question) => {
                    finding.question.get_or_insert_with(|| span(tokens, &words));
                }
                Says::Wants(intent) => {
                    finding.request |= intent == Intent::ServiceRequest;
                    self.found[intent as usize].push(span(tokens, &words));
                }
                Says::Rhetorical => finding.rhetorical = true,
                Says::Aside => finding.aside = true,
            });
        }
        if finding.aside {
            self.found[Intent::ServiceRequest as usize].truncate(requests);
        }
        finding
    }

    /// How the sentence sounds, its mark left out.
    fn hear(&mut self, sentence: &Sentence, tokens: &Tokens, reading: &Reading, cues: Cues) {
        let Self { phrasing, sounds, .. } = self;
        sounds.fill(tokens, &sentence.words, |at| phrasing.joint(at), |at| reading.is_opener(at), cues);
    }

    /// Adds what the sentence that was heard last says of a question.
    fn conclude(&mut self, sentence: &Sentence, finding: Finding, tokens: &Tokens) {
        let words = tokens.words()[sentence.words.clone()].iter().filter(|word| !word.is_gap()).count();
        if finding.rhetorical || words == 0 {
            return;
        }
        let sound = Table::shared().score(&self.sounds);
        let by_mark = sentence.asks.is_some() && words >= FEWEST_WORDS;
        let questions = &mut self.found[Intent::Question as usize];
        match (finding.question, &sentence.asks) {
            (Some(span), _) => {
                self.asked.by_rule = true;
                questions.push(span);
            }
            (None, Some(mark)) if by_mark => questions.push(mark.clone()),
            (None, None) if sound > 0 && words > 1 => questions.push(span(tokens, &sentence.words)),
            _ => {}
        }
        self.asked.by_mark |= by_mark;
        if by_mark || sentence.asks.is_none() {
            self.asked.sound = self.asked.sound.max(sound);
        }
        if sentence.asks.is_none() && words > 1 {
            self.asked.unmarked = self.asked.unmarked.max(sound);
        }
    }

    fn judge(&mut self, intent: Intent, tokens: &Tokens, told: Told<'_>) -> Option<IntentHit> {
        let (model, head) = (Model::shared(), head(intent));
        let score = told.scores.of(head);
        let words = tokens.words().iter().filter(|word| !word.is_gap()).count();
        if words < FEWEST_WORDS && self.found[intent as usize].is_empty() {
            // "Hello" wants nothing yet, whatever the model has heard such words go with.
            return None;
        }
        let (wanted, confidence) = if intent == Intent::Question {
            let Asked { by_rule, by_mark, sound, unmarked } = self.asked;
            let together = i32::from(by_rule) * ASKED_BY_RULE + i32::from(by_mark) * ASKED_BY_MARK - ASKED
                + score.clamp(-MOST_BY_MODEL, MOST_BY_MODEL) / 2
                + sound.clamp(SOUND.start, SOUND.end) / 2;
            let percent = percent(together).max(asking::percent(unmarked, told.french));
            (unmarked > 0 || (together > 0 && (by_mark || unmarked > NEARLY)), percent)
        } else {
            let by_rule = !self.found[intent as usize].is_empty();
            let score = score + i32::from(by_rule) * BY_RULE - WANTED;
            (score > 0, model.percent(head, score))
        };
        if !wanted {
            return None;
        }
        let mut spans = std::mem::take(&mut self.found[intent as usize]);
        if spans.is_empty() {
            spans = model.evidence(head, told.features, tokens, MOST_EVIDENCE);
        }
        super::merge_spans(&mut spans);
        Some(IntentHit { intent, confidence: Confidence::percent(confidence), spans })
    }
}

/// The head of the model that knows an intent.
fn head(intent: Intent) -> Head {
    match intent {
        Intent::Question => Head::Question,
        Intent::ServiceRequest => Head::Request,
        Intent::Complaint => Head::Complaint,
        Intent::Claim => Head::Claim,
        Intent::Thanks => Head::Thanks,
        Intent::MediaInquiry => Head::Media,
    }
}

/// How often a question is one when all that speaks for it comes to `together`, as measured on texts that were not learned from.
fn percent(together: i32) -> u8 {
    (60 + together.clamp(-600, 900) / 25) as u8
}

/// From the first of these words to the last one.
fn span(tokens: &Tokens, words: &Range<usize>) -> Span {
    tokens.words()[words.start].span().start..tokens.words()[words.end - 1].span().end
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::signals::Signals;
    use super::*;

    #[test]
    fn every_line_and_word_of_the_rule_files_counts() {
        assert_eq!(read(&mut Book::default(), &mut Vocabulary::default()), Vec::<&str>::new());
        assert_eq!(super::super::rules::unmatchable(&FILES), Vec::<&str>::new());
    }

    fn find(text: &str) -> Vec<IntentHit> {
        let (tokens, mut reading) = (Tokens::of(text), Reading::default());
        reading.fill(&tokens);
        let mut signals = Signals::default();
        signals.fill(text, &tokens);
        let (features, scores) = (signals.features(), Model::shared().scores(signals.features()));
        let french = text.contains(['é', 'è', 'à', 'ç']);
        IntentFinder::default().find(text, &tokens, &reading, Told { french, features, scores: &scores })
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
        assert!(!intents(text).contains(&Intent::ServiceRequest), "{text}");
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
