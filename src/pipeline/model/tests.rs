use rstest::rstest;

use super::*;

fn features(text: &str) -> (Tokens, Features) {
    let (tokens, mut features) = (Tokens::of(text), Features::default());
    features.fill(text, &tokens);
    (tokens, features)
}

/// A model in which only the words of `text` speak for `head`.
fn model_for(head: Head, text: &str) -> Vec<u8> {
    let mut heads = [HeadScale::default(); HEADS];
    heads[head.index()] = HeadScale { bias: -ONE, words: 1 << 22, letters: 1 << 20, ..HeadScale::default() };
    let mut rows = vec![[0_i8; HEADS]; Model::row_count()];
    for row in features(text).1.words() {
        rows[usize::from(*row)][head.index()] = 100;
    }
    Model::to_bytes(&heads, &rows)
}

#[test]
fn the_shipped_weights_parse() {
    Model::parse(WEIGHTS).expect("weights.bin");
    assert!(WEIGHTS.len() <= 1_100_000);
}

#[rstest]
#[case::nothing(Vec::new(), WrongFormat::Magic)]
#[case::other_form(b"FDMODEL0 and more".to_vec(), WrongFormat::Magic)]
#[case::cut(WEIGHTS[..WEIGHTS.len() - 1].to_vec(), WrongFormat::Length { found: WEIGHTS.len() - 1, expected: WEIGHTS.len() })]
fn wrong_bytes_are_refused(#[case] bytes: Vec<u8>, #[case] wrong: WrongFormat) {
    assert_eq!(Model::parse(&bytes).err(), Some(wrong));
}

#[test]
fn what_was_written_is_read() {
    let bytes = model_for(Head::Thanks, "thank you");
    let model = Model::parse(&bytes).expect("a model");
    assert_eq!(model.head(Head::Thanks).bias, -ONE);
    assert_eq!(model.head(Head::Thanks).calibration, Calibration::default());
}

#[test]
fn words_speak_for_their_head_alone_and_are_its_evidence() {
    let bytes = model_for(Head::Thanks, "thank you");
    let model = Model::parse(&bytes).expect("a model");
    let text = "The crew came at seven, thank you";
    let (tokens, features) = features(text);
    let scores = model.scores(&features);
    assert!(scores.of(Head::Thanks) > 0 && scores.of(Head::Question) == 0, "{scores:?}");
    let spans = model.evidence(Head::Thanks, &features, &tokens, 3);
    assert_eq!(spans.iter().map(|span| &text[span.clone()]).collect::<Vec<_>>(), ["thank", "you"]);
}

#[rstest]
#[case::stretched("sooooo good", "sooo good")]
#[case::invisible("wa\u{200B}ter", "water")]
#[case::accents("été", "ETE")]
#[case::digits("2026", "1999")]
fn what_reads_alike_has_the_same_words(#[case] one: &str, #[case] other: &str) {
    assert_eq!(features(one).1.words(), features(other).1.words());
}

#[test]
fn a_negation_reaches_to_the_end_of_its_clause() {
    let (plain, negated) = (features("good. Nice"), features("not good. Nice"));
    assert_eq!(negated.1.words().len(), plain.1.words().len() + 3, "not, the pair, the negated copy");
}

#[test]
fn a_text_without_words_has_a_score() {
    let (_, features) = features("???");
    assert_eq!(Model::shared().scores(&features), Model::shared().scores(&features));
}

#[test]
fn the_percentage_rises_with_the_score() {
    let calibration = Calibration::default();
    let percents: Vec<u8> = (-40..40).map(|eighth| calibration.percent(eighth * ONE / 8)).collect();
    assert!(percents.is_sorted());
    assert_eq!((percents[0], percents[40], percents[79]), (2, 50, 98));
    assert_eq!(calibration.percent(i32::MIN), 2);
}
