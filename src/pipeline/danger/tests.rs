//! Dangers are found where they are, and not where words only sound like it.

use rstest::rstest;

use super::*;
use crate::mention::Danger;

fn found(text: &str) -> Vec<DangerHit> {
    let (tokens, mut reading) = (Tokens::of(text), Reading::default());
    reading.fill(&tokens);
    DangerFinder::default().find(text, &tokens, &reading)
}

fn dangers(text: &str) -> Vec<Danger> {
    found(text).into_iter().map(|hit| hit.danger).collect()
}

#[test]
fn every_line_and_word_of_the_rule_files_counts() {
    let (_, bad) = Rules::read(&mut Vocabulary::default());
    assert_eq!(bad, Vec::<&str>::new());
    for files in SIGNS.iter().chain(&CONTEXTS) {
        assert_eq!(crate::pipeline::rules::unmatchable(files), Vec::<&str>::new());
    }
}

#[rstest]
#[case::intent("I'm going to kill you")]
#[case::informal("ima slap that clerk so hard")]
#[case::wish("I hope they all get shot")]
#[case::desert("She deserves to be hanged")]
#[case::ought("Someone ought to strangle that inspector")]
#[case::passive("The whole council should be lynched")]
#[case::call("Let's string up the mayor")]
#[case::condition("If he tickets me once more I'll break his jaw")]
#[case::whereabouts("I know where you live")]
#[case::foretold("Watch your back, councillor")]
#[case::group("We should exterminate all those immigrants")]
#[case::world("In a just world people like you would all be dead")]
#[case::solution("Execution is the only solution for them")]
#[case::weapon("I'm coming down there with my shotgun")]
#[case::property("I'll burn your house down")]
#[case::leet("i will k1ll you")]
#[case::sign_for_a_letter("i will k!ll you")]
#[case::spaced("i will k i l l you")]
#[case::drawn_out("i will killlll you")]
#[case::french("Je vais te tuer")]
#[case::quebec("m'a te péter la yeule")]
#[case::future("On vous égorgera tous")]
#[case::inverted("Débarrassons-nous de ces gens une fois pour toutes")]
#[case::obligation("Faudrait les pendre")]
#[case::subjunctive("Qu'on les exécute")]
#[case::earned("Ils méritent de crever")]
#[case::known_place("Je sais où tu restes")]
#[case::stretcher("tu vas sortir de là sur une civière")]
fn a_threat(#[case] text: &str) {
    assert!(dangers(text).contains(&Danger::Threat), "{text}: {:?}", found(text));
}

#[rstest]
#[case::killer("This bridge is a killer")]
#[case::project("Kill the project before it kills the budget")]
#[case::sports("We'll murder them on the ice in the playoffs")]
#[case::praise("You guys are killing it")]
#[case::hunger("Je meurs de faim")]
#[case::pastime("J'ai deux heures à tuer, c'est pour tuer le temps")]
#[case::negation("Nobody deserves to be killed")]
#[case::negation_in_french("Personne ne mérite de mourir")]
#[case::news("Police say the man was shot and killed on Elm Street")]
#[case::quoted("He wrote \"I will kill you\" under my post")]
#[case::counter_speech("Saying things like we should kill all immigrants is disgusting")]
#[case::vote("We will vote you out")]
#[case::court("See you in court")]
#[case::pests("I will kill those weeds")]
#[case::deer("Someone should shoot these deer")]
#[case::anger("This council is a disgrace and the tax hike is insane")]
#[case::hazard("Somebody is going to get killed at that crossing")]
fn no_threat(#[case] text: &str) {
    assert!(!dangers(text).contains(&Danger::Threat), "{text}: {:?}", found(text));
}

#[rstest]
#[case::author("I want to kill myself", Danger::SelfHarm)]
#[case::pointless("i don't see the point of being around anymore", Danger::SelfHarm)]
#[case::other_person("There's a man standing on the wrong side of the bridge railing", Danger::SelfHarm)]
#[case::french("j'ai pus envie de vivre", Danger::SelfHarm)]
#[case::address("The planner is Colin Reyes, 41 Pinecrest Cres, cell 555-0143", Danger::Doxxing)]
#[case::asked_for("Does anyone have the clerk's home address?", Danger::Doxxing)]
#[case::missing("Missing child near the library, please share", Danger::ChildSafety)]
#[case::stranger("A man in a white van is following kids on Birch", Danger::ChildSafety)]
fn other_dangers(#[case] text: &str, #[case] danger: Danger) {
    assert!(dangers(text).contains(&danger), "{text}: {:?}", found(text));
}

#[test]
fn the_evidence_is_in_the_text() {
    let text = "Hé! J'en ai assez. I'll break his jaw, promis.";
    let hits = found(text);
    assert_eq!(hits.len(), 1);
    assert!(text[hits[0].spans[0].clone()].contains("break his jaw"));
    assert!(hits[0].is_sure());
}

#[test]
fn weak_signs_of_different_families_add_up() {
    let one = found("Nice house on Heron Court. ");
    let both = found("Nice house on Heron Court. Would be a shame if something happened to your windows.");
    assert!(one.iter().all(|hit| !hit.is_sure()));
    assert!(both[0].confidence > one.first().map_or(Confidence::NONE, |hit| hit.confidence));
}

#[test]
fn what_was_never_written_by_a_person_is_read_all_the_same() {
    for text in ["kill you ".repeat(200_000), "k i l l ".repeat(100_000), "i will not ".repeat(100_000)] {
        found(&text);
    }
    for text in ["k!", "!!!!", "k i", "k i l", "*k*i*l*l*", "", "\u{202E}k1ll", "k1ll"] {
        found(text);
    }
}
