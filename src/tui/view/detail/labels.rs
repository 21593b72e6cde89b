//! What the words of a mention say by themselves: each label with the words that show it, and who says otherwise.
//!
//! ```text
//! Its words ──────────────────────────────── L corrects ──
//! ‼ threat · 91 %  “know where you live”
//! ■ abusive toward staff · 72 %  “clowns”
//! − negative · 86 %  “disgusting”
//! ? question · unsure  “is it safe”
//! ✎ the plan says hostility: not hostile  hangman (labels.toml:4)
//! ✎ a person says tone: neutral
//! ×37 near-copies; the first: Ana, 09:12
//!   differs from it: − Elm + Oak
//! ```

use std::borrow::Cow;

use ratatui::text::Span;

use super::super::context::Context;
use super::super::sheet::Sheet;
use super::super::{hint, mood, veil};
use super::{Subject, heading};
use crate::mention::{self, Confidence, Mention, Tone};
use crate::pipeline::Assessment;
use crate::text::width;
use crate::tr;
use crate::tui::command::{Command, Layer};
use crate::tui::theme::Meaning;

/// So many pieces of evidence are quoted for one label.
const MOST_QUOTED: usize = 3;
/// Longer texts are compared by their first words only.
const MOST_WORDS: usize = 200;

/// One label: its sign, its words, how sure it is and what shows it.
struct Label<'a> {
    sign: &'static str,
    meaning: Meaning,
    words: String,
    sure: bool,
    confidence: Confidence,
    spans: &'a [mention::Span],
}

pub(super) fn write<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let assessed = &subject.case.assessed;
    if assessed.assessment.is_pending() {
        return;
    }
    let key = hint::of(Command::CaseLabel, &[Layer::Case], context).map(|hint| hint.keys().to_string());
    let remark = key.map(|key| tr!(context.locale, "view-labels-correct", key = key)).unwrap_or_default();
    heading(sheet, &context.text("view-labels"), &remark, context);
    let covered = context.covered_phrases(assessed);
    for label in labels(&assessed.assessment, context) {
        one(sheet, &label, &assessed.mention, &covered, context);
    }
    corrections(sheet, &assessed.assessment, context);
    copies(sheet, subject, context);
}

/// Every label there is, the gravest first.
fn labels<'a>(found: &'a Assessment, context: &Context<'_>) -> Vec<Label<'a>> {
    let locale = context.locale;
    let mut labels: Vec<Label<'a>> = Vec::new();
    for hit in &found.dangers {
        let words = locale.word("danger", hit.danger.token());
        let (sure, confidence, spans) = (hit.is_sure(), hit.confidence, &hit.spans[..]);
        labels.push(Label { sign: "‼", meaning: Meaning::Danger, words, sure, confidence, spans });
    }
    if found.hostility.level > 0 {
        let (sign, meaning) = mood::hostility_sign(found.hostility.level);
        let mut words = mood::hostility_word(found.hostility.level, context);
        if let Some(target) = found.hostility.target {
            words = tr!(locale, "view-labels-toward", label = words, target = locale.word("target", target.token()));
        }
        let (sure, confidence, spans) =
            (found.hostility.is_sure(), found.hostility.confidence, &found.hostility.spans[..]);
        labels.push(Label { sign, meaning, words, sure, confidence, spans });
    }
    let tone = &found.tone;
    let (sign, meaning) = mood::tone_sign(tone.leaning);
    let (sure, words) = (tone.label != Tone::Unsure, locale.word("tone", tone.leaning.token()));
    labels.push(Label { sign, meaning, words, sure, confidence: tone.confidence, spans: &tone.spans });
    for hit in &found.intents {
        let words = locale.word("intent", hit.intent.token());
        let (sure, confidence, spans) = (hit.is_sure(), hit.confidence, &hit.spans[..]);
        labels.push(Label { sign: "·", meaning: Meaning::Match, words, sure, confidence, spans });
    }
    if found.urgency.level > 0 {
        let words = locale.text(&format!("view-labels-urgency-{}", found.urgency.level));
        let (confidence, spans) = (found.urgency.confidence, &found.urgency.spans[..]);
        labels.push(Label { sign: "◔", meaning: Meaning::Warning, words, sure: true, confidence, spans });
    }
    if let Some(guess) = found.post_type {
        let words = tr!(locale, "view-labels-type", name = locale.word("post-type", guess.label.token()));
        let (sure, confidence) = (guess.is_sure(), guess.confidence);
        labels.push(Label { sign: "·", meaning: Meaning::Muted, words, sure, confidence, spans: &[] });
    }
    labels
}

fn one(sheet: &mut Sheet<'_>, label: &Label<'_>, mention: &Mention, covered: &[String], context: &Context<'_>) {
    let sure = if label.sure {
        format!("{} %", label.confidence.as_percent())
    } else {
        tr!(context.locale, "view-labels-unsure", percent = u32::from(label.confidence.as_percent()))
    };
    let head = format!("{} {} · {sure}  ", label.sign, label.words);
    let quoted = quoted(&mention.text, label.spans, context);
    let quoted = veil::cover_phrases(&quoted, covered);
    let indent = if width::width(&head) * 2 > sheet.columns() { 2 } else { width::width(&head) };
    sheet.owned_item(Span::styled(head, context.style(label.meaning)), &quoted, indent, context.style(Meaning::Muted));
}

/// The words at these places, each in quotation marks.
fn quoted(text: &str, spans: &[mention::Span], context: &Context<'_>) -> String {
    let words = spans.iter().filter_map(|span| text.get(span.clone())).take(MOST_QUOTED);
    let quoted: Vec<String> = words.map(|words| tr!(context.locale, "trial-quote", words = words)).collect();
    quoted.join(" ")
}

/// What the plan and what a person says against the program.
fn corrections<'a>(sheet: &mut Sheet<'a>, found: &'a Assessment, context: &Context<'a>) {
    let sign = || Span::styled("✎ ", context.style(Meaning::Focus));
    for hit in &found.labels {
        let Some(label) = context.plan.labels.by_id(&hit.id) else { continue };
        let says = context.locale.labels(&label.says);
        let words = tr!(context.locale, "view-labels-plan", says = says, id = &*hit.id, place = hit.at.to_string());
        sheet.owned_item(sign(), &words, 2, context.style(Meaning::Text));
    }
    if !found.said.is_empty() {
        let words = tr!(context.locale, "view-labels-person", says = context.locale.labels(&found.said));
        sheet.owned_item(sign(), &words, 2, context.style(Meaning::Text));
    }
}

/// How many near-copies there are, which came first, and in what this one differs from it.
fn copies<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let row = &subject.case.row;
    if row.copies < 2 {
        return;
    }
    let mut words = tr!(context.locale, "view-labels-copies", count = row.copies);
    let (mention, first) = (&subject.case.assessed.mention, subject.first.map(|first| &first.assessed));
    let first = first.filter(|first| first.mention.id != mention.id);
    if let Some(first) = first {
        let author = first.mention.author.display().unwrap_or("?");
        let at = context.moment(first.mention.posted_at.unwrap_or(first.mention.received_at));
        words = format!("{words} {}", tr!(context.locale, "view-labels-first", author = author, moment = at));
    }
    let sign = Span::styled(format!("×{} ", row.copies), context.style(Meaning::Title));
    sheet.owned_item(sign, &words, 2, context.style(Meaning::Text));
    let Some(first) = first else { return };
    let (gone, new) = differences(&first.mention.text, &mention.text);
    let covered = context.covered_phrases(&subject.case.assessed);
    let line = if gone.is_empty() && new.is_empty() {
        Cow::Owned(context.text("view-labels-same"))
    } else {
        let sides = [("−", gone), ("+", new)]
            .map(|(sign, words)| if words.is_empty() { String::new() } else { format!("{sign} {}", words.join(" ")) });
        let sides: Vec<&str> = sides.iter().map(String::as_str).filter(|side| !side.is_empty()).collect();
        let said = tr!(context.locale, "view-labels-differs", words = sides.join("  "));
        Cow::Owned(veil::cover_phrases(&said, &covered).into_owned())
    };
    sheet.owned_item(Span::raw("  "), &line, 4, context.style(Meaning::Muted));
}

/// The words only the first text has and those only the second has, in their order: what is left of both beside their longest
/// common subsequence of words.
fn differences<'t>(first: &'t str, second: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let words = |text: &'t str| text.split_whitespace().take(MOST_WORDS).collect::<Vec<_>>();
    let (one, other) = (words(first), words(second));
    let mut common = vec![vec![0_u16; other.len() + 1]; one.len() + 1];
    for i in (0..one.len()).rev() {
        for j in (0..other.len()).rev() {
            common[i][j] =
                if one[i] == other[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut gone, mut new, mut i, mut j) = (Vec::new(), Vec::new(), 0, 0);
    while i < one.len() || j < other.len() {
        if i < one.len() && j < other.len() && one[i] == other[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == other.len() || (i < one.len() && common[i + 1][j] >= common[i][j + 1]) {
            gone.push(one[i]);
            i += 1;
        } else {
            new.push(other[j]);
            j += 1;
        }
    }
    (gone, new)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::same("a b c", "a b c", "", "")]
    #[case::one_word("the pool on Elm", "the pool on Oak", "Elm", "Oak")]
    #[case::longer("save the pool", "please save the pool now", "", "please now")]
    #[case::other("one two", "three", "one two", "three")]
    #[case::nothing("", "a", "", "a")]
    fn differences_are_the_words_that_are_not_common(
        #[case] first: &str,
        #[case] second: &str,
        #[case] gone: &str,
        #[case] new: &str,
    ) {
        let (left, right) = differences(first, second);
        assert_eq!((left.join(" "), right.join(" ")), (gone.to_owned(), new.to_owned()));
    }
}
