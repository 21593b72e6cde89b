//! Offensive, hostile, abusive, English and French: tweets rated by the crowd, Reddit by its emotions, tests of what is no
//! hostility, calm reports of crises, own labels and texts.
//!
//! Offensive follows the public sense: profanity or insult. Hostile and abusive follow the desk's: somebody is struck, and
//! what is only coarse, or only critical, teaches both to say no.

use crate::pipeline::model::Head;

use super::super::corpus::{Corpus, Data, Role, role};
use super::super::{Aim, Settings};

/// Emotions of comments that are offensive more often than not.
const ANGRY: &str = "anger annoyance disgust";
/// Emotions that can come with either.
const DOUBTFUL: &str = "disapproval disappointment embarrassment fear grief remorse sadness nervousness";

pub fn recipe(data: &Data, corpus: &mut Corpus) {
    let settings = Settings { cost: 0.3, balance: 1.0, tells: false, rounds: 12, aim: Aim::MacroF1 };
    corpus.head(Head::Offensive, settings);
    corpus.head(Head::Hostile, Settings { aim: Aim::F1, ..settings });
    corpus.head(Head::Abusive, Settings { aim: Aim::F1, ..settings });
    own_labels(data, corpus);
    own_texts(data, corpus);
    own_cases(data, corpus);
    davidson(data, corpus);
    mlma(data, corpus);
    emotions(data, corpus);
    hatecheck(data, corpus);
    crises(data, corpus);
}

/// Adds a text by its level of hostility.
fn level(corpus: &mut Corpus, text: &str, level: u8, weight: f32, role: Role, set: &'static str) {
    corpus.add(Head::Hostile, text, level >= 1, weight, role, set);
    corpus.add(Head::Abusive, text, level >= 2, weight, role, set);
}

/// Labels put on texts of the public sets.
fn own_labels(data: &Data, corpus: &mut Corpus) {
    for (file, set) in [("tweets_en.tsv", "tweets"), ("comments_en.tsv", "comments")] {
        for (text, row) in data.labelled(file) {
            let [_, _, offensive, hostility] = &row[..] else { continue };
            let Ok(hostility) = hostility.parse::<u8>() else { continue };
            corpus.add(Head::Offensive, &text, offensive == "1", 4.0, role(&text, true), set);
            level(corpus, &text, hostility, 4.0, role(&text, true), set);
        }
    }
}

fn own_texts(data: &Data, corpus: &mut Corpus) {
    for (file, set) in [("town.tsv", "town"), ("own_fr.tsv", "own_fr")] {
        for row in data.own(file) {
            let [_, _, hostility, _, _, _, _, text] = &row[..] else { continue };
            let Ok(hostility) = hostility.parse::<u8>() else { continue };
            let role = role(text, true);
            corpus.add(Head::Offensive, text, hostility >= 1, 2.0, role, set);
            level(corpus, text, hostility, 4.0, role, set);
        }
    }
}

/// What stands for `{people}` and `{person}` in English cases, and in French ones.
const PEOPLE: [&str; 2] = [
    "women|gay people|trans people|black people|disabled people|Muslims|immigrants|Jews|lesbians|Indigenous people|refugees|Sikhs|\
     homeless people|francophones|Asians|newcomers",
    "les femmes|les gais|les trans|les personnes noires|les Noirs|les handicapés|les musulmans|les immigrants|les Juifs|les lesbiennes|\
     les Autochtones|les réfugiés|les étrangers|les itinérants|les anglophones|les homosexuels",
];
const PERSON: [&str; 2] = [
    "a woman|a gay man|a trans woman|a black woman|a disabled veteran|a Muslim|an immigrant|a Jewish woman|a lesbian|\
     an Indigenous woman|a refugee|a Sikh|homeless|a francophone|an Asian man|a newcomer",
    "une femme|un gai|une trans|une personne noire|un Noir|un handicapé|une musulmane|un immigrant|une Juive|une lesbienne|\
     une Autochtone|un réfugié|une étrangère|un itinérant|un anglophone|un homosexuel",
];

/// Cases written to teach a difference, many with people in them who could be any.
fn own_cases(data: &Data, corpus: &mut Corpus) {
    for row in data.own("abuse.tsv") {
        let [language, offensive, hostility, case] = &row[..] else { continue };
        let Ok(hostility) = hostility.parse::<u8>() else { continue };
        let french = usize::from(language == "fr");
        let people: Vec<(&str, &str)> = PEOPLE[french].split('|').zip(PERSON[french].split('|')).collect();
        let (people, weight) = if case.contains('{') { (&people[..], 0.5) } else { (&people[..1], 3.0) };
        for (people, person) in people {
            let text = case.replace("{people}", people).replace("{person}", person);
            corpus.add(Head::Offensive, &text, offensive == "1", weight, Role::Train, "cases");
            level(corpus, &text, hostility, weight, Role::Train, "cases");
        }
    }
}

fn davidson(data: &Data, corpus: &mut Corpus) {
    for row in data.set("davidson_en.tsv") {
        let [class, _, _, _, text] = &row[..] else { continue };
        let role = role(text, false);
        corpus.add(Head::Offensive, text, class != "2", 0.5, role, "davidson");
        match class.as_str() {
            "0" => level(corpus, text, 2, 0.5, role, "davidson"),
            "2" => level(corpus, text, 0, 0.5, role, "davidson"),
            _ => {}
        }
    }
}

fn mlma(data: &Data, corpus: &mut Corpus) {
    for (file, set, weight) in [("mlma_en_dev.tsv", "mlma_en", 0.3), ("mlma_fr_dev.tsv", "mlma_fr", 1.0)] {
        for row in data.set(file) {
            let [_, labels, _, _, text] = &row[..] else { continue };
            let toxic = labels != "normal";
            let weight = if toxic { weight * 0.5 } else { weight * 2.0 };
            let role = role(text, false);
            corpus.add(Head::Offensive, text, toxic, weight, role, set);
            corpus.add(Head::Hostile, text, toxic, weight, role, set);
        }
    }
}

fn emotions(data: &Data, corpus: &mut Corpus) {
    let is_in = |list: &str, label: &str| list.split(' ').any(|word| word == label);
    for row in data.set("goemotions_en_dev.tsv") {
        let [split, labels, text] = &row[..] else { continue };
        let any = |list: &str| labels.split(',').any(|label| is_in(list, label));
        let role = if split == "dev" { Role::Held } else { Role::Train };
        match (any(ANGRY), any(DOUBTFUL)) {
            (true, _) => corpus.add(Head::Offensive, text, true, 0.5, role, "goemotions"),
            (false, true) => {}
            (false, false) => {
                corpus.add(Head::Offensive, text, false, 0.5, role, "goemotions");
                level(corpus, text, 0, 0.3, role, "goemotions");
            }
        }
    }
}

fn hatecheck(data: &Data, corpus: &mut Corpus) {
    for (file, set) in [("hatecheck_en_dev.tsv", "hatecheck_en"), ("hatecheck_fr_dev.tsv", "hatecheck_fr")] {
        for row in data.set(file) {
            let [_, function, label, template, text] = &row[..] else { continue };
            let role = role(&format!("{template}{function}"), false);
            let strikes = matches!(function.as_str(), "target_indiv_nh" | "target_group_nh");
            let hostility = match (label.as_str(), strikes) {
                ("hateful", _) => 2,
                (_, true) => 1,
                _ => 0,
            };
            corpus.add(Head::Offensive, text, hostility > 0, 0.3, role, set);
            level(corpus, text, hostility, 0.3, role, set);
        }
    }
}

/// Whole events are held out.
const HELD_EVENTS: [&str; 4] =
    ["2013_NY_train_crash", "2012_Typhoon_Pablo", "2013_Queensland_floods", "2013_West_Texas_explosion"];

fn crises(data: &Data, corpus: &mut Corpus) {
    for row in data.set("crisislex_t26_dev.tsv") {
        let [event, _, _, _, about, text] = &row[..] else { continue };
        let role = if HELD_EVENTS.contains(&event.as_str()) { Role::Held } else { Role::Train };
        if about != "Related and informative" {
            continue;
        }
        corpus.add(Head::Offensive, text, false, 0.3, role, "crisislex");
        level(corpus, text, 0, 0.3, role, "crisislex");
    }
}
