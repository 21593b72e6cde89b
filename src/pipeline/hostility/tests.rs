//! What is rude, what is abusive, and what only looks like it.

use rstest::rstest;

use super::*;
use crate::mention::{Confidence, Danger, Target};
use crate::pipeline::assessment::{DangerHit, Hostility};
use crate::pipeline::model::Scores;
use crate::pipeline::signals::Signals;

/// The judgement where the model says nothing either way.
fn judged(text: &str, dangers: &[DangerHit]) -> Hostility {
    let (tokens, mut signals) = (Tokens::of(text), Signals::default());
    signals.fill(text, &tokens);
    signals.abuse().judge(&signals, &Scores::default(), &tokens, dangers)
}

fn ground(text: &str) -> Ground {
    let mut reading = AbuseReading::default();
    reading.fill(text, &Tokens::of(text));
    reading.ground()
}

#[rstest]
#[case::criticism("Criticism is fair: this budget is a disaster and council should resign.")]
#[case::bridge("this bridge is a killer")]
#[case::project("Kill the project, keep the paint")]
#[case::oath("holy shit the water is clear, THANK YOU")]
#[case::oath_at_nobody("fuuuuck it's cold, anyway the bus is warm")]
#[case::sacre("tabarnak que la glace est belle à soir")]
#[case::own_mistake("I am such an idiot, I put the bin out on the wrong day")]
#[case::own_mistake_in_french("je suis vraiment con, l'avis était sur la porte")]
#[case::felt("I felt like an idiot standing there")]
#[case::denied("nobody here is a liar and she is not stupid")]
#[case::denied_in_french("c'est pas un menteur")]
#[case::quoted("someone sprayed \"go back to your country\" on the wall by the school")]
#[case::quoted_in_french("On a crié « retourne chez vous » à la conseillère hier soir")]
#[case::called("they called her a bitch for asking about recycling")]
#[case::called_in_french("on m'a traité d'imbécile à la réunion")]
#[case::reclaimed("As a queer woman I felt welcome there")]
#[case::identity("My neighbour is a Muslim and we love her bread")]
#[case::identity_in_french("les femmes immigrantes du quartier ont organisé le marché")]
#[case::dyke("the beaver built a dyke by the culvert")]
#[case::animals("rats and a dead dog behind the restaurant, the trash smells")]
#[case::thing("stupid bylaw, dumb form, useless website")]
#[case::dumb_question("dumb question: is the arena open monday")]
#[case::late("encore 40 minutes de retard sur la 4")]
#[case::sale("Garage sale Saturday, bite size snacks, pipe fittings")]
#[case::basement("la cave est inondée, qui j'appelle")]
fn strikes_nobody(#[case] text: &str) {
    assert!(ground(text) >= Ground::Spared, "{text}: {:?}", ground(text));
    assert_eq!(judged(text, &[]).level, 0, "{text}");
}

#[rstest]
#[case::you("you are an idiot", 1)]
#[case::clowns("Hey @alderbay get moving you clowns", 1)]
#[case::coward("Dhaliwal dodged it again. Coward.", 1)]
#[case::heap("what a bunch of lazy donkeys at city hall", 1)]
#[case::attack("shut up Brenda, nobody is taking your truck", 1)]
#[case::council("F*** you and your 6.8, Council", 1)]
#[case::useless("the crew is useless and lazy", 1)]
#[case::spaced("f u c k you all", 1)]
#[case::star("you st*pid people", 1)]
#[case::stretched("you stuuupid clowns", 1)]
#[case::gang("Réveillez-vous, gang de sans-dessein", 1)]
#[case::chier("allez chier, simplement", 1)]
#[case::menteurs("vous êtes tous des menteurs à l'hôtel de ville", 1)]
#[case::epais("t'es rien qu'un gros cave", 1)]
#[case::incompetents("gang d'incompétents", 1)]
#[case::slur("those f@ggots on council", 2)]
#[case::vermin("cyclists are subhuman vermin", 2)]
#[case::go_back("Retourne donc dans ton pays avec tes pistes cyclables", 2)]
#[case::masked("Encore la grosse tr*ie de mairesse", 2)]
#[case::leet("too many b1tches on that board", 2)]
#[case::dehumanised("les itinérants, c'est de la vermine", 2)]
#[case::hatred("I hate immigrants", 2)]
#[case::kitchen("back to the kitchen sweetheart", 2)]
fn strikes(#[case] text: &str, #[case] level: u8) {
    let found = judged(text, &[]);
    assert_eq!(found.level, level, "{text}: {:?}", ground(text));
    assert!(!found.spans.is_empty() && found.spans.iter().all(|span| text.get(span.clone()).is_some()), "{text}");
}

#[rstest]
#[case::elected("the mayor is a liar", Target::Elected)]
#[case::staff("useless cops", Target::Staff)]
#[case::group("you cyclists are idiots", Target::Group)]
#[case::elected_in_french("le maire est un menteur", Target::Elected)]
#[case::staff_in_french("les policiers sont des porcs", Target::Staff)]
#[case::account("fuck you @alderbay", Target::Service)]
#[case::person("what an asshole", Target::Person)]
fn aims(#[case] text: &str, #[case] target: Target) {
    assert_eq!(judged(text, &[]).target, Some(target), "{text}");
}

#[test]
fn a_threat_is_the_highest_level_whatever_the_words() {
    let span = 0..4;
    let hit = DangerHit { danger: Danger::Threat, confidence: Confidence::percent(90), spans: vec![span.clone()] };
    let found = judged("nice house, be a shame if it burned", &[hit]);
    assert_eq!((found.level, found.confidence.as_percent()), (3, 90));
    assert_eq!(found.spans, [span]);
}

#[test]
fn self_harm_is_no_hostility() {
    let hit = DangerHit { danger: Danger::SelfHarm, confidence: Confidence::percent(90), spans: Vec::new() };
    assert_eq!(judged("I just want it to stop", &[hit]).level, 0);
}

#[test]
fn a_reading_forgets_the_text_before() {
    let mut reading = AbuseReading::default();
    for (text, expected) in [("you idiot", Ground::Hit), ("the pool is open", Ground::Plain), ("", Ground::Plain)] {
        reading.fill(text, &Tokens::of(text));
        assert_eq!(reading.ground(), expected, "{text}");
    }
}
