use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::text::tokens::Tokens;

/// Clusters of texts that come one after the other, each with a number as its id.
struct Feed {
    clusters: Clusters,
    came: usize,
}

impl Feed {
    fn new(window: usize) -> Self {
        Self { clusters: Clusters::new(window), came: 0 }
    }

    /// The number of the first text of this one's cluster, and how many belong to it now.
    fn tell(&mut self, text: &str) -> (usize, u32) {
        let mut print = Fingerprint::default();
        print.fill(text, &Tokens::of(text));
        let (key, id) = (mix(self.came as u64), self.came.to_string());
        let found = self.clusters.find(key, &print);
        let told = found.map(|found| self.clusters.cluster(found));
        let told = told.map_or((self.came, 1), |(first, size)| (first.parse().expect("a number"), size));
        self.clusters.observe(key, &id, &print, found);
        self.came += 1;
        told
    }
}

/// True when the second text joins the first, and the first the second when it comes later.
fn near(one: &str, two: &str) -> bool {
    let [there, back] = [[one, two], [two, one]].map(|texts| {
        let mut feed = Feed::new(100);
        texts.map(|text| feed.tell(text).0) == [0, 0]
    });
    assert_eq!(there, back, "{one} | {two}");
    there
}

const LONG: &str = "The city says the water main on Elm St will be repaired by Friday and asks residents to boil their water until then";

#[rstest]
#[case::reposted(
    "RT @alderbay: The city says the water main on Elm St will be repaired by Friday and asks residents to boil their water until then"
)]
#[case::quoted(
    "\"The city says the water main on Elm St will be repaired by Friday and asks residents to boil their water until then\" so they knew all along"
)]
#[case::remarked(
    "finally some news RT @alderbay: The city says the water main on Elm St will be repaired by Friday and asks residents to boil their water until then"
)]
#[case::link_and_tag(
    "@ana The city says the water main on Elm St will be repaired by Friday and asks residents to boil their water until then https://t.co/abc #water"
)]
#[case::cut("The city says the water main on Elm St will be repaired by Friday and asks…")]
#[case::cut_and_reposted("RT @alderbay: The city says the water main on Elm St will be…")]
#[case::loud(
    "THE CITY SAYS THE WATER MAIN ON ELM ST WILL BE REPAIRED BY FRIDAY AND ASKS RESIDENTS TO BOIL THEIR WATER UNTIL THEN!!!"
)]
#[case::unpunctuated(
    "the city says the water-main on elm st will be repaired by friday, and asks residents to boil their water (until then) 😡"
)]
#[case::invisible(
    "The ci\u{200B}ty says the wat\u{AD}er main on Elm St will be repaired by Friday and asks residents to boil their water until then"
)]
#[case::misspelt(
    "The city says the watr main on Elm St wil be repiared by Friday and asks residents to boil their water until then"
)]
#[case::reworded(
    "The town says our water main on Elm St should be repaired by Friday and wants residents to boil all water until then"
)]
#[case::longer(
    "The city says the water main on Elm St will be repaired by Friday and asks residents to boil their water until then. Please share this with your neighbours, we all need to know what is going on"
)]
fn a_copy_is_near(#[case] copy: &str) {
    assert!(near(LONG, copy), "{copy}");
}

#[rstest]
#[case::street(
    "Pothole on Elm St is getting worse, please fix it",
    "Pothole on Oak St is getting worse, please fix it"
)]
#[case::street_in_small(
    "pothole on elm st is getting worse please fix it",
    "pothole on oak st is getting worse please fix it"
)]
#[case::rue("nid-de-poule sur la rue des pins encore ce matin", "nid-de-poule sur la rue des ormes encore ce matin")]
#[case::place("Boil water advisory for residents of Cedar Hill", "Boil water advisory for residents of Maple Ridge")]
#[case::number("Bus route 12 is detoured because of construction", "Bus route 14 is detoured because of construction")]
#[case::number_in_letters(
    "the fire has killed two people in the old mill",
    "the fire has killed three people in the old mill"
)]
#[case::lifted(
    "The boil water advisory for the north shore was lifted",
    "The boil water advisory for the north shore was extended"
)]
#[case::not(
    "The mayor says that the tap water is safe to drink",
    "The mayor says that the tap water is not safe to drink"
)]
#[case::day(
    "No garbage pickup on Monday because of the holiday",
    "No garbage pickup on Tuesday because of the holiday"
)]
#[case::ville("Le conseil de Rimouski vote le budget ce soir", "Le conseil de Matane vote le budget ce soir")]
#[case::other("Is the water on the north side safe to drink?", "Is the council going to talk about the budget?")]
#[case::few_words("thank you mayor", "thank you council")]
#[case::few_words_and_links("Photo: https://example.org/a", "Photo: https://example.org/b")]
#[case::pictures("😡", "👍")]
fn another_message_is_apart(#[case] one: &str, #[case] two: &str) {
    assert!(!near(one, two));
}

#[rstest]
#[case::few_words("Thank you!", "thank you 🙏")]
#[case::reposted("RT @ana: shame on you", "Shame on you!!")]
#[case::picture("😡", "😡 ")]
#[case::nothing("", "")]
#[case::link("https://example.org/a", "https://example.org/a")]
fn a_short_text_joins_its_equal(#[case] one: &str, #[case] two: &str) {
    assert!(near(one, two));
}

#[test]
fn a_cluster_is_called_after_its_oldest_mention_and_counts_all() {
    let mut feed = Feed::new(100);
    assert_eq!(feed.tell(LONG), (0, 1));
    assert_eq!(feed.tell("Something else altogether is said here"), (1, 1));
    assert_eq!(feed.tell(&format!("RT @ana: {LONG}")), (0, 2));
    assert_eq!(feed.tell(LONG), (0, 3));
}

#[test]
fn a_chain_of_small_steps_ends_where_it_no_longer_resembles_its_beginning() {
    let words = |from: usize| (from..from + 12).map(|word| format!("word{}x", "a".repeat(word))).collect::<Vec<_>>();
    let mut feed = Feed::new(100);
    let firsts: Vec<usize> = (0..12).map(|step| feed.tell(&words(step).join(" ")).0).collect();
    assert_eq!(firsts[..3], [0, 0, 0]);
    assert!(firsts[11] > 0, "{firsts:?}");
}

#[test]
fn what_left_the_window_is_forgotten_unless_its_cluster_goes_on() {
    let mut feed = Feed::new(4);
    let others =
        ["The library opens late today, why", "My street has no light since autumn", "Who won the match last evening"];
    assert_eq!(feed.tell(LONG), (0, 1));
    feed.tell(others[0]);
    assert_eq!(feed.tell(LONG), (0, 2));
    feed.tell(others[1]);
    feed.tell(others[2]);
    assert_eq!(feed.tell(LONG), (0, 3), "its second mention is still there");
    for _ in 0..2 {
        for other in others {
            feed.tell(other);
        }
    }
    assert_eq!(feed.tell(LONG), (12, 1));
}

#[test]
fn a_mention_that_is_seen_again_counts_once() {
    let mut clusters = Clusters::new(10);
    let mut print = Fingerprint::default();
    print.fill(LONG, &Tokens::of(LONG));
    for _ in 0..3 {
        let found = clusters.find(7, &print);
        clusters.observe(7, "inbox:1", &print, found);
    }
    let found = clusters.find(8, &print).expect("it is near");
    assert_eq!(clusters.cluster(found), ("inbox:1", 2));
}

#[test]
fn clusters_go_on_from_what_was_kept() {
    let (mut feed, mut kept) = (Feed::new(3), Vec::new());
    let texts = [LONG, "Who won the match last evening", LONG, "thank you", LONG];
    let told = texts.map(|text| feed.tell(text));
    for (number, text) in (0_i64..).zip(["", texts[1], "", texts[3]]) {
        let mut print = Fingerprint::default();
        print.fill(if number == 0 { LONG } else { text }, &Tokens::of(if number == 0 { LONG } else { text }));
        kept.push((number, number.to_string(), print.to_bytes()));
    }
    let mentions: Vec<(u64, i64)> = told.iter().enumerate().map(|(at, told)| (mix(at as u64), told.0 as i64)).collect();
    let mut again = Feed { clusters: Clusters::new(3), came: texts.len() };
    let clusters = kept.iter().map(|(number, id, text)| Kept {
        number: *number,
        id,
        text,
        size: if *number == 0 { 3 } else { 1 },
    });
    again.clusters.restore(clusters, &mentions);
    for text in [LONG, "Thank you", "Who won the match last evening"] {
        assert_eq!(feed.tell(text), again.tell(text), "{text}");
    }
}

#[test]
fn damaged_memories_are_left_out() {
    let mut clusters = Clusters::new(3);
    let kept = [(1, &[][..]), (2, &[9, 1, 1]), (3, &[0, 1]), (4, &[0; 400])];
    let kept = kept.map(|(number, text)| Kept { number, id: "a", text, size: 1 });
    clusters.restore(kept.into_iter(), &[(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]);
    assert!(clusters.ring.is_empty());
}

#[test]
fn a_flood_of_one_text_is_one_cluster() {
    let mut feed = Feed::new(500);
    for count in 1..=1_200 {
        assert_eq!(feed.tell(LONG), (0, count));
    }
    assert_eq!(feed.clusters.firsts.len(), 2);
}

#[test]
fn phrases_that_all_share_leave_room_for_others() {
    let mut feed = Feed::new(2_000);
    for number in 0..1_000 {
        feed.tell(&format!("our thoughts and prayers go out to everyone in ward {number} on this day"));
    }
    assert_eq!(feed.tell(LONG).0, 1_000);
    assert_eq!(feed.tell(LONG).0, 1_000);
    assert_eq!(feed.tell("Our thoughts and prayers go out to everyone in ward 999 on this day!").0, 999);
}

#[test]
fn no_number_is_taken_for_another() {
    let mut feed = Feed::new(5_000);
    for number in 0..5_000 {
        let told = feed.tell(&format!("Please fix the streetlight of ticket {number} in the old town"));
        assert_eq!(told, (number, 1));
    }
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof!["[a-e]{1,2}", "(Elm|Oak|St|not|RT|12|7|@ana|#tag|\"|…|the|water)", "\\PC{1,3}"];
    let text = prop::collection::vec(word, 0..24).prop_map(|words| words.join(" "));
    prop::collection::vec(text, 1..60)
}

proptest! {
    #[test]
    fn nothing_depends_on_anything_but_what_was_said(texts in texts(), window in 1_usize..40) {
        let (mut one, mut two) = (Feed::new(window), Feed::new(window));
        for text in &texts {
            let told = one.tell(text);
            prop_assert_eq!(told, two.tell(text));
            prop_assert!(told.0 < one.came && told.1 >= 1);
        }
        let standing: usize = one.clusters.firsts.iter().map(|first| usize::from(first.present)).sum();
        prop_assert_eq!(standing, one.clusters.ring.len());
        prop_assert!(one.clusters.ring.len() <= window);
    }

    #[test]
    fn an_equal_text_always_joins_while_the_other_is_in_the_window(texts in texts(), text in "\\PC{0,80}") {
        let mut feed = Feed::new(1_000);
        let first = feed.tell(&text).0;
        let copies: Vec<usize> = texts.iter().map(|other| feed.tell(other).0).collect();
        prop_assert_eq!(feed.tell(&text).0, first);
        prop_assert_eq!(texts.iter().map(|other| feed.tell(other).0).collect::<Vec<_>>(), copies);
    }

    #[test]
    fn when_all_have_left_nothing_is_kept(texts in texts()) {
        let mut feed = Feed::new(8);
        for text in &texts {
            feed.tell(text);
        }
        let filler = |number: usize| format!("{} {} {} {}", "x".repeat(number + 3), "y".repeat(number + 3), "z".repeat(number + 3), "w".repeat(number + 3));
        for number in 0..8 {
            feed.tell(&filler(number));
        }
        let kept = feed.clusters.firsts.iter().filter(|first| first.present > 0).count();
        prop_assert!(kept <= 8);
        prop_assert!(feed.clusters.index.len() <= 8 * 4);
    }

    #[test]
    fn any_text_has_a_fingerprint(text in any::<String>()) {
        let mut print = Fingerprint::default();
        print.fill(&text, &Tokens::of(&text));
        prop_assert!((1..=MOST_WORDS).contains(&print.words().len()));
        let bytes = print.to_bytes();
        let kept = KeptText::read(&bytes).expect("it reads back");
        prop_assert_eq!((kept.words(), kept.rests(), kept.cut), (print.words(), print.rests(), print.is_cut()));
    }
}
