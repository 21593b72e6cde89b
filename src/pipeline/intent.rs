//! Questions and requests, told by rules over words, with the words that show them.
//!
//! What enters: a text's tokens. What leaves: [`Intent::Question`] and [`Intent::ServiceRequest`], each at most once,
//! with their evidence. A sentence asks when it ends with "?" or begins as questions do, in English or French
//! ("c'est quand", "y'a-tu", "anyone know"), unless it is of a kind that expects no answer. A request asks for or
//! reports something a service can act on. The rules stand in `intent/en.rules` and `intent/fr.rules`.

mod rules;

use crate::mention::{Confidence, Intent, Span};
use crate::text::tokens::Tokens;

use super::assessment::IntentHit;
use super::lexicon::{Reading, UNKNOWN};
use super::phrasing::{Joint, Phrasing, Sentence};
pub(super) use rules::Rules;
use rules::{Element, Says};

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
        let rules = Rules::shared();
        let mut finding = Finding::default();
        for at in sentence.words.clone() {
            let next = if at + 1 < sentence.words.end { reading.number(at + 1) } else { UNKNOWN };
            for (rule, before) in rules.beginning_with(reading.number(at)) {
                if !rule.may_go_on(next) {
                    continue;
                }
                let Some(start) = at.checked_sub(before).filter(|start| *start >= sentence.words.start) else {
                    continue;
                };
                if rule.says == Says::Question && finding.question.is_some() {
                    continue;
                }
                let Some(end) = self.step(&rule.elements, start, sentence.words.end, reading) else { continue };
                let span = tokens.words()[start].span().start..tokens.words()[end - 1].span().end;
                match rule.says {
                    Says::Question => finding.question = Some(span),
                    Says::Request => self.requests.push(span),
                    Says::Rhetorical => finding.rhetorical = true,
                    Says::Aside => finding.aside = true,
                }
            }
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

    /// The position after the last word of a rule whose elements match from `at` on; `None` when they do not.
    fn step(&self, elements: &[Element], mut at: usize, end: usize, reading: &Reading) -> Option<usize> {
        for (index, element) in elements.iter().enumerate() {
            let holds = match element {
                Element::Start => at < end && self.phrasing.begins(at, reading),
                Element::Joined => at < end && self.phrasing.joint(at) == Joint::Hyphen,
                Element::Word(words) => at < end && words.contains(reading.number(at)),
                Element::Any => at < end,
                Element::End => at == end,
                // The nearest continuation wins; rules have at most two gaps, so this stays cheap.
                Element::Gap(most) => {
                    let rest = &elements[index + 1..];
                    let last = (at + usize::from(*most)).min(end);
                    return (at..=last).find_map(|next| self.step(rest, next, end, reading));
                }
            };
            if !holds {
                return None;
            }
            at += usize::from(matches!(element, Element::Word(_) | Element::Any));
        }
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

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
