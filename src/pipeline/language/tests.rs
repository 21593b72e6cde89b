use rstest::rstest;

use super::*;

const BOTH: &[Language] = &[Language::En, Language::Fr];

fn among(text: &str, tag: Option<&str>, spoken: &[Language]) -> LanguageGuess {
    LanguageFinder::default().find(text, &Tokens::of(text), tag, spoken)
}

fn of(text: &str, tag: Option<&str>) -> LanguageGuess {
    among(text, tag, BOTH)
}

#[rstest]
#[case::english("Is the water on Elm St safe?", Language::En)]
#[case::french("L'eau est-elle potable sur la rue des Aulnes?", Language::Fr)]
#[case::short_english("when's the next one", Language::En)]
#[case::short_french("c'est quand?", Language::Fr)]
#[case::two_words("thank you", Language::En)]
#[case::two_words_french("bon courage", Language::Fr)]
#[case::shouted("MERCI À L'ÉQUIPE DU DÉNEIGEMENT", Language::Fr)]
#[case::no_accents("pas de collecte sur ma rue depuis mardi", Language::Fr)]
#[case::abbreviated("jsuis tjrs en retard mdr", Language::Fr)]
#[case::hashtags("#StormWatch #MondayMorning on the road", Language::En)]
#[case::headline("Transition énergétique : Royal dévoile son plan #COP21", Language::Fr)]
#[case::names("RT @user: Ed Sheeran tickets on Monday", Language::En)]
#[case::spanish("¿Alguien sabe dónde reparten el agua embotellada hoy?", Language::Other)]
#[case::portuguese("Ganhe dinheiro por dia sem sair de casa", Language::Other)]
#[case::italian("Non ci credo, domani niente scuola per la neve", Language::Other)]
#[case::german("Ich freue mich auf das Wochenende mit der Familie", Language::Other)]
#[case::ukrainian("Чи можна вже пити воду з крана?", Language::Other)]
#[case::arabic("شكرا لسائق الباص", Language::Other)]
#[case::fancy_letters("𝕋𝕙𝕖 𝕘𝕒𝕫𝕖𝕓𝕠 has a new roof", Language::En)]
fn languages(#[case] text: &str, #[case] code: Language) {
    assert_eq!(of(text, None).code, code, "{:?}", of(text, None));
}

#[rstest]
#[case::emoji("🚰🟤🤢", Some("fr-CA"), Language::Fr, TAG_ONLY)]
#[case::nothing("@alderbay", None, Language::Other, 0)]
#[case::a_number("42 https://a.example", Some("en"), Language::En, TAG_ONLY)]
fn a_text_without_words_takes_the_tag(
    #[case] text: &str,
    #[case] tag: Option<&str>,
    #[case] code: Language,
    #[case] sure: u8,
) {
    assert_eq!(of(text, tag), LanguageGuess { code, confidence: Confidence::percent(sure), mixed: false });
}

#[test]
fn a_tag_tips_the_scales_and_does_not_overrule() {
    assert_eq!(of("Avenue Gagnon", Some("fr")).code, Language::Fr);
    assert_eq!(of("Is the water on Elm St safe to drink?", Some("fr")).code, Language::En);
}

#[test]
fn more_evidence_makes_surer() {
    let few = of("non", None);
    let many = of("the water is brown and the city does not know why it is", None);
    assert!(few.confidence < many.confidence && many.is_sure(), "{few:?} {many:?}");
}

#[rstest]
#[case::clause("le chauffeur de la 4 de 7h10: next time he skips my stop j'y pète la yeule", true)]
#[case::inside("so le bus 4 passe pu devant la library starting when exactly? pis les seniors eux autres?", true)]
#[case::bilingual("The pool is closed until Monday. La piscine est fermée jusqu'à lundi.", true)]
#[case::spanish_and_english("mi landlord dice que he can raise the rent whenever he wants, alguien sabe", true)]
#[case::borrowed_word("Le parking est plein ce soir", false)]
#[case::names("On a vu les Rolling Stones et Bruce Springsteen à Montréal", false)]
#[case::french_names("The meeting with Jean-Luc Tremblay and Geneviève Bouchard is on Monday", false)]
#[case::plain("Why does nobody plow our street before noon", false)]
fn a_text_in_two_languages_is_mixed(#[case] text: &str, #[case] mixed: bool) {
    assert_eq!(of(text, None).mixed, mixed, "{:?}", of(text, None));
}

#[test]
fn a_language_the_plan_does_not_speak_is_another_one() {
    assert_eq!(among("L'eau est-elle potable sur la rue?", None, &[Language::En]).code, Language::Other);
}

#[test]
fn certainty_rises_with_the_distance() {
    let percents: Vec<u8> = (0..200).map(|distance| percent(distance, 9)).collect();
    assert!(percents.is_sorted() && percents[0] == CALIBRATION[0].1 && percents[199] == 100);
}
