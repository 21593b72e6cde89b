//! The language a mention is written in: English, French, or another one.
//!
//! What enters: a text's tokens and the language tag its source gave. What leaves: a [`LanguageGuess`], limited
//! to the languages of the plan. Two witnesses are heard: the small words that only one of the two languages has, and
//! a language-identification model over letter sequences, which is asked only when the small words leave a
//! doubt. Text too short to tell takes the source's tag.
//!
//! The confidence is a share of the evidence, not a probability from a model: 0.5 + 0.5 × margin ÷ (evidence + 1), where a small
//! word counts 1, the model's word [`MODEL`] and the tag [`TAG`], and the margin is the winner's evidence less the other's.
//! One word of proof thus gives 0.75, five give 0.92, and a text with as much English as French 0.5.

use whichlang::Lang;

use crate::mention::{Confidence, Language};
use crate::text::tokens::Tokens;

use super::assessment::LanguageGuess;

/// What the model's vote weighs, in small words.
const MODEL: f32 = 1.5;
/// What the source's tag weighs.
const TAG: f32 = 0.75;
/// From so many small words of one language on, with next to none of the other, the model is not asked.
const PLAIN: f32 = 3.0;
/// Fewer letters tell nothing by their sequence.
const FEWEST_LETTERS: usize = 12;
/// The model reads no further than this: a language shows within a paragraph.
const MODEL_BYTES: usize = 600;
/// Letters are counted in so many words.
const MODEL_WORDS: usize = 120;
/// The confidence of a guess that rests on the tag alone.
const TAG_ONLY: f32 = 0.5;

/// Small words English has and French does not, folded; what follows an apostrophe is a word of its own.
const ENGLISH: &str = "the and is are was were be been being am of to in it its he she they we you your my our their his \
    this that these those with for from at by not no yes do does did don doesn didn isn wasn can could will would should \
    have has had haven hasn what when where who why how which there here then than them us if so too just all any some \
    every one two three out up down off over about into because while after before again still even only also very more \
    most much many get got getting go going went know like need want please thanks thank i im ll ve re if or as but an \
    anyone anybody someone somebody nobody everyone people street water road snow plow tax city council town today \
    tonight yesterday tomorrow morning week year years new old lol thats dont cant now never";
/// Small words French has and English does not.
const FRENCH: &str = "le la les un une des du de et est sont etait etaient ete etre suis es sommes etes ai as avons avez ont \
    avait au aux ce cet cette ces ca cela c qu que qui quoi quand ou dans sur sous avec sans chez vers entre par pas \
    plus pus ne ni je tu il elle nous vous ils elles moi toi lui leur leurs mon ma mes ton ta tes sa ses notre nos votre vos \
    se si mais donc parce pour comme aussi tres trop bien fait faire faut peut peux pouvez veut veux va vont vais aller \
    tout tous toute toutes rien jamais toujours encore deja depuis pendant avant apres hier demain matin soir rue ville \
    eau neige merci bonjour svp pis ben icitte asteure y j l n oui non quel quelle quelqu leur autre autres \
    meme monde gens juste heure heures semaine jour jours ans mairesse maire conseil autobus trottoir";
/// Small words of other languages that share many with French or English: they speak against both.
const ELSEWHERE: &str = "el los las una del por para con como pero esta este donde cuando hay muy que es y en mi yo \
    der die das und ist nicht ein eine mit auf fur von zu den o os uma nao em da do na com il che di non per sono della \
    ang ng sa mga po ay ako ito het een van niet";

/// The languages a word speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tongues(u8);

impl Tongues {
    pub(super) const NONE: Self = Self(0);
    const ENGLISH: Self = Self(1);
    const FRENCH: Self = Self(2);
    const ELSEWHERE: Self = Self(4);

    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Every small word with the language it speaks for; a word of several languages comes several times.
pub(super) fn tongues() -> impl Iterator<Item = (&'static str, Tongues)> {
    let lists = [(ENGLISH, Tongues::ENGLISH), (FRENCH, Tongues::FRENCH), (ELSEWHERE, Tongues::ELSEWHERE)];
    lists.into_iter().flat_map(|(words, tongue)| words.split_whitespace().map(move |word| (word, tongue)))
}

/// The evidence for each answer.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    english: f32,
    french: f32,
    other: f32,
}

impl Evidence {
    /// Counts one word. What two languages share proves little for either.
    pub(super) fn add(&mut self, word: Tongues) {
        let (english, french, other) = SHARES[usize::from(word.0 & 7)];
        self.english += english;
        self.french += french;
        self.other += other;
    }

    /// True when the small words leave no doubt between the two languages.
    fn is_plain(self) -> bool {
        let (most, least) = (self.english.max(self.french), self.english.min(self.french));
        self.other < 1.0 && most >= PLAIN && least * 5.0 <= most
    }
}

/// What a word counts for English, French and the others, by the languages that have it.
const SHARES: [(f32, f32, f32); 8] = [
    (0.0, 0.0, 0.0),
    (1.0, 0.0, 0.0),
    (0.0, 1.0, 0.0),
    (0.0, 0.0, 0.0),
    (0.0, 0.0, 1.0),
    (0.5, 0.0, 0.0),
    (0.0, 0.5, 0.4),
    (0.0, 0.0, 0.0),
];

/// Guesses the language of a text among `spoken`, the plan's languages; what is none of them is [`Language::Other`].
pub(super) fn guess(
    text: &str,
    tokens: &Tokens,
    small_words: Evidence,
    tag: Option<&str>,
    spoken: &[Language],
) -> LanguageGuess {
    let mut evidence = small_words;
    if !evidence.is_plain() {
        match model(text, tokens) {
            Some(Vote::For(Language::En)) => evidence.english += MODEL,
            Some(Vote::For(Language::Fr)) => evidence.french += MODEL,
            Some(Vote::For(Language::Other)) => evidence.other += MODEL,
            Some(Vote::Foreign) => return limited(Language::Other, 0.95, spoken),
            None if evidence.english + evidence.french + evidence.other < 1.0 => return by_tag(tag, spoken),
            None => {}
        }
        match tag.map(tagged) {
            Some(Language::En) => evidence.english += TAG,
            Some(Language::Fr) => evidence.french += TAG,
            Some(Language::Other) => evidence.other += TAG,
            None => {}
        }
    }
    let (code, confidence) = verdict(evidence);
    limited(code, confidence, spoken)
}

fn verdict(evidence: Evidence) -> (Language, f32) {
    let Evidence { english, french, other } = evidence;
    let (code, best, second) = if other > english && other > french {
        (Language::Other, other, english.max(french))
    } else if french > english {
        (Language::Fr, french, english.max(other))
    } else {
        (Language::En, english, french.max(other))
    };
    let confidence = 0.5 + 0.5 * (best - second) / (best + second + 1.0);
    (code, confidence.clamp(0.0, 0.99))
}

/// What the model makes of the letters.
enum Vote {
    For(Language),
    /// Most letters belong to a script neither language uses: no need to ask.
    Foreign,
}

fn model(text: &str, tokens: &Tokens) -> Option<Vote> {
    let (mut latin, mut foreign) = (0, 0);
    let words = tokens.words().iter().filter(|word| !word.is_gap()).take(MODEL_WORDS);
    for c in words.flat_map(|word| text[word.span()].chars()).filter(|c| c.is_alphabetic()) {
        if c < '\u{250}' {
            latin += 1;
        } else if !is_styled_latin(c) {
            foreign += 1;
        }
    }
    if foreign > latin && foreign >= 2 {
        return Some(Vote::Foreign);
    }
    if latin < FEWEST_LETTERS {
        return None;
    }
    let language = match whichlang::detect_language(head(text)) {
        Lang::Eng => Language::En,
        Lang::Fra => Language::Fr,
        _ => Language::Other,
    };
    Some(Vote::For(language))
}

/// Letters drawn as mathematical bold, double-struck, full width… are Latin letters in fancy dress.
fn is_styled_latin(c: char) -> bool {
    matches!(c, '\u{1D400}'..='\u{1D7FF}' | '\u{FF21}'..='\u{FF5A}' | '\u{2100}'..='\u{214F}' | '\u{1E00}'..='\u{1EFF}')
}

fn head(text: &str) -> &str {
    if text.len() <= MODEL_BYTES {
        return text;
    }
    let end = (0..=MODEL_BYTES).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    &text[..end]
}

fn by_tag(tag: Option<&str>, spoken: &[Language]) -> LanguageGuess {
    match tag {
        Some(tag) => limited(tagged(tag), TAG_ONLY, spoken),
        None => LanguageGuess::default(),
    }
}

/// The language of a tag such as `fr-CA`.
fn tagged(tag: &str) -> Language {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    if primary.eq_ignore_ascii_case("en") {
        Language::En
    } else if primary.eq_ignore_ascii_case("fr") {
        Language::Fr
    } else {
        Language::Other
    }
}

fn limited(code: Language, confidence: f32, spoken: &[Language]) -> LanguageGuess {
    let code = if spoken.contains(&code) { code } else { Language::Other };
    LanguageGuess { code, confidence: Confidence::percent((confidence * 100.0).round() as u8), mixed: false }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::lexicon::Reading;
    use super::*;

    const BOTH: &[Language] = &[Language::En, Language::Fr];

    fn among(text: &str, tag: Option<&str>, spoken: &[Language]) -> LanguageGuess {
        let (tokens, mut reading) = (Tokens::of(text), Reading::default());
        reading.fill(&tokens);
        guess(text, &tokens, reading.evidence(), tag, spoken)
    }

    fn of(text: &str, tag: Option<&str>) -> LanguageGuess {
        among(text, tag, BOTH)
    }

    #[rstest]
    #[case::english("Is the water on Elm St safe?", Language::En)]
    #[case::french("L'eau est-elle potable sur la rue des Aulnes?", Language::Fr)]
    #[case::short_english("when's the next one", Language::En)]
    #[case::short_french("c'est quand?", Language::Fr)]
    #[case::shouted("MERCI À L'ÉQUIPE DU DÉNEIGEMENT", Language::Fr)]
    #[case::no_accents("pas de collecte sur ma rue depuis mardi", Language::Fr)]
    #[case::spanish("¿Alguien sabe dónde reparten el agua embotellada hoy?", Language::Other)]
    #[case::portuguese("Ganhe dinheiro por dia sem sair de casa", Language::Other)]
    #[case::ukrainian("Чи можна вже пити воду з крана?", Language::Other)]
    #[case::arabic("شكرا لسائق الباص", Language::Other)]
    #[case::fancy_letters("𝕋𝕙𝕖 𝕘𝕒𝕫𝕖𝕓𝕠 has a new roof", Language::En)]
    fn languages(#[case] text: &str, #[case] code: Language) {
        assert_eq!(of(text, None).code, code, "{:?}", of(text, None));
    }

    #[rstest]
    #[case::emoji("🚰🟤🤢", Some("fr-CA"), Language::Fr, 50)]
    #[case::nothing("@alderbay", None, Language::Other, 0)]
    #[case::a_word("Alder", Some("en"), Language::En, 50)]
    fn too_little_text_takes_the_tag(
        #[case] text: &str,
        #[case] tag: Option<&str>,
        #[case] code: Language,
        #[case] sure: u8,
    ) {
        assert_eq!(of(text, tag), LanguageGuess { code, confidence: Confidence::percent(sure), mixed: false });
    }

    #[test]
    fn more_evidence_makes_surer() {
        let few = of("the water", None);
        let many = of("the water is brown and the city does not know why it is", None);
        assert!(few.confidence < many.confidence && many.is_sure());
        let mixed = of("so le bus 4 passe pu devant la library when is the next one", None);
        assert!(mixed.confidence < many.confidence);
    }

    #[test]
    fn a_language_the_plan_does_not_speak_is_another_one() {
        let text = "L'eau est-elle potable sur la rue?";
        assert_eq!(among(text, None, &[Language::En]).code, Language::Other);
    }
}
