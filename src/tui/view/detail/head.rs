//! Who said what, where and when, and where the case stands.

use ratatui::style::Style;
use ratatui::text::Span;

use super::super::context::{Context, level_badge, network_name};
use super::super::mood;
use super::super::sheet::Sheet;
use super::Subject;
use crate::mention::{self, Audience, Language, Mention};
use crate::pipeline::Assessment;
use crate::text::links;
use crate::tr;
use crate::tui::command::{Command, Layer};
use crate::tui::theme::Meaning;

pub(super) fn write<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    standing(sheet, subject, context);
    who(sheet, &subject.case.assessed.mention, context);
    if subject.roomy {
        sheet.blank();
    }
    said(sheet, subject, context);
}

/// Level, status, intents, countdown: one line, broken where it is too long.
fn standing<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let (row, assessment) = (&subject.case.row, &subject.case.assessed.assessment);
    let level = assessment.priority.level;
    let muted = context.style(Meaning::Muted);
    let text = context.style(Meaning::Text);
    let word = context.locale.word("level", level.token());
    let mut pieces = vec![Span::styled(format!("{} {word}", level_badge(level)), context.theme.level(level))];
    let status = subject.state.status_at(context.now);
    pieces.push(Span::styled(context.locale.word("status", status.token()), text));
    if let Some(disposition) = subject.state.disposition() {
        pieces
            .push(Span::styled(context.locale.word("disposition", disposition.token()), context.style(Meaning::Good)));
    }
    if let Some(clause) = subject.state.clause() {
        pieces.push(Span::styled(&**clause, text));
    }
    if let Some(reason) = subject.state.reason() {
        pieces.push(Span::styled(context.locale.word("reason", reason.token()), muted));
    }
    if let Some(who) = subject.state.claimed_by() {
        pieces.push(Span::styled(tr!(context.locale, "view-claimed-by", who = &**who), text));
    }
    for hit in &assessment.intents {
        pieces.push(Span::styled(context.locale.word("intent", hit.intent.token()), text));
    }
    if let Some(due_at) = row.due_at.filter(|_| status.is_open()) {
        let due = context.due(level, due_at);
        let name = if due.late { "view-overdue" } else { "view-due" };
        pieces.push(Span::styled(tr!(context.locale, name, span = due.span), context.style(due.meaning)));
    }
    if let Some(until) = subject.state.snoozed_until() {
        pieces.push(Span::styled(tr!(context.locale, "view-until", moment = context.moment(until)), muted));
    }
    warnings(&mut pieces, subject, context);
    sheet.flow(pieces, " · ", muted);
}

/// What a person must not overlook.
fn warnings<'a>(pieces: &mut Vec<Span<'a>>, subject: &Subject<'a>, context: &Context<'a>) {
    let row = &subject.case.row;
    let mut warn =
        |name: &str| pieces.push(Span::styled(format!("‼ {}", context.text(name)), context.style(Meaning::Warning)));
    if row.changed {
        warn("view-changed");
    }
    if row.author_deleted {
        warn("view-author-deleted");
    }
    match subject.case.assessed.mention.audience {
        Audience::Public => {}
        Audience::Followers => warn("view-audience-followers"),
        Audience::Named => warn("view-audience-named"),
    }
    if let Some(since) = subject.unsure_since.filter(|_| !row.author_deleted) {
        let words = tr!(context.locale, "view-not-looked-again", moment = context.moment(since));
        pieces.push(Span::styled(format!("‼ {words}"), context.style(Meaning::Warning)));
    }
    let mut warn =
        |name: &str| pieces.push(Span::styled(format!("‼ {}", context.text(name)), context.style(Meaning::Warning)));
    if !subject.case.assessed.assessment.relevant {
        warn("view-not-relevant");
    }
    if subject.case.assessed.mention.backlog {
        pieces.push(Span::styled(context.text("view-backlog"), context.style(Meaning::Muted)));
    }
}

fn who<'a>(sheet: &mut Sheet<'a>, mention: &'a Mention, context: &Context<'a>) {
    let muted = context.style(Meaning::Muted);
    let author = &mention.author;
    let mut pieces = vec![Span::styled(author.display().unwrap_or("?"), context.style(Meaning::Title))];
    if let (Some(_), Some(handle)) = (&author.name, &author.handle) {
        pieces.push(Span::styled(format!("@{}", handle.trim_start_matches('@')), muted));
    }
    pieces.push(Span::styled(
        match author.followers {
            Some(count) => tr!(context.locale, "view-followers", count = count),
            None => context.text("view-followers-unknown"),
        },
        muted,
    ));
    if author.bot {
        pieces.push(Span::styled(context.text("view-author-bot"), muted));
    }
    let kind = context.locale.word("kind", mention.kind.token());
    pieces.push(Span::styled(
        tr!(context.locale, "view-network-kind", network = network_name(&mention.network), kind = kind),
        muted,
    ));
    let at = mention.posted_at.unwrap_or(mention.received_at);
    pieces.push(Span::styled(format!("{} ({})", context.moment(at), context.age(at)), muted));
    pieces.push(Span::styled(metrics(mention, context), muted));
    if let Some(by) = &mention.captured_by {
        pieces.push(Span::styled(tr!(context.locale, "view-captured-by", who = by), muted));
    }
    pieces.retain(|piece| !piece.content.is_empty());
    sheet.flow(pieces, " · ", muted);
    if let Some(url) = &mention.url {
        sheet.push(vec![Span::styled(url.as_str(), context.style(Meaning::Link))]);
    }
}

/// The numbers the network gave, as far as it gave any.
fn metrics(mention: &Mention, context: &Context<'_>) -> String {
    let metrics = mention.metrics;
    let known = [("view-likes", metrics.likes), ("view-reposts", metrics.reposts), ("view-replies", metrics.replies)];
    let pieces: Vec<String> = known
        .into_iter()
        .filter_map(|(name, count)| Some(tr!(context.locale, name, n = count?, count = context.number(count?))))
        .collect();
    pieces.join(", ")
}

/// The text, with what the rules matched, its addresses, and the marks of what was hidden in it.
fn said<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    let assessed = &subject.case.assessed;
    let mention = &assessed.mention;
    let marks = marks(&mention.text, &assessed.assessment, context);
    let veils = context.covered(assessed);
    sheet.marked(&mention.text, &marks, (&veils, context.style(Meaning::Masked)), context.style(Meaning::Text));
    let muted = context.style(Meaning::Muted);
    if let Some(key) = context.keymap.keys_for(Command::ShieldReveal, &[Layer::Case]).filter(|_| !veils.is_empty()) {
        let words = tr!(context.locale, "view-covered", key = key);
        sheet.push(vec![Span::styled(format!("▒ {words}"), muted)]);
    }
    for media in &mention.media {
        let kind = media.kind.as_deref().unwrap_or("?");
        let alt = media.alt.as_deref().or(media.url.as_deref()).unwrap_or_default();
        sheet.item(Span::styled(format!("[{kind}] "), muted), alt, kind.chars().count() + 3, muted);
    }
    let guess = assessed.assessment.language;
    if guess.code == Language::Other || !guess.is_sure() {
        let name = context.locale.word("language", guess.code.token());
        let words = if guess.is_sure() { name } else { tr!(context.locale, "view-language-unsure", language = name) };
        sheet.push(vec![Span::styled(words, muted)]);
    }
}

/// Spans with a style of their own, sorted and apart: hidden characters before what shows danger, hostility and tone, then
/// what the rules matched, then addresses.
fn marks(text: &str, found: &Assessment, context: &Context<'_>) -> Vec<(mention::Span, Style)> {
    let dangers: Vec<mention::Span> = found.dangers.iter().flat_map(|hit| hit.spans.iter().cloned()).collect();
    let (_, tone) = mood::tone_sign(found.tone.label);
    let kinds = [
        (hostile_marks(text), Meaning::Warning),
        (dangers, Meaning::Danger),
        (found.hostility.spans.clone(), mood::hostility_sign(found.hostility.level.max(1)).1),
        (found.tone.spans.clone(), tone),
        (found.spans(), Meaning::Match),
        (links::find(text), Meaning::Link),
    ];
    let mut taken: Vec<(mention::Span, Style)> = Vec::new();
    for (spans, meaning) in kinds {
        let style = context.style(meaning);
        let before = taken.len();
        for span in apart(spans) {
            add_apart(&mut taken, before, span, style);
        }
        taken.sort_unstable_by_key(|(span, _)| span.start);
    }
    taken
}

/// Sorted, those that overlap joined.
fn apart(mut spans: Vec<mention::Span>) -> Vec<mention::Span> {
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans.dedup_by(|next, kept| {
        let overlaps = next.start < kept.end;
        if overlaps {
            kept.end = kept.end.max(next.end);
        }
        overlaps
    });
    spans
}

/// Adds what of `span` none of the first `known` covers.
fn add_apart(taken: &mut Vec<(mention::Span, Style)>, known: usize, span: mention::Span, style: Style) {
    let mut at = span.start;
    for place in 0..known {
        let other = taken[place].0.clone();
        if other.end <= at || other.start >= span.end {
            continue;
        }
        if other.start > at {
            taken.push((at..other.start, style));
        }
        at = at.max(other.end);
    }
    if at < span.end {
        taken.push((at..span.end, style));
    }
}

/// What normalisation wrote for characters that hide or steer: `⟨U+202E⟩`, `␛`.
fn hostile_marks(text: &str) -> Vec<mention::Span> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open = None;
    for (at, character) in text.char_indices() {
        match character {
            '⟨' if text[at..].starts_with("⟨U+") => open = Some(at),
            '⟩' => {
                if let Some(start) = open.take().filter(|start| at - start <= "⟨U+10FFFF".len()) {
                    found.push(start..at + character.len_utf8());
                }
            }
            '␀'..='␡' => found.push(at..at + character.len_utf8()),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_hidden_characters_are_found() {
        let text = "pay ⟨U+202E⟩now␛[31m ⟨not⟩";
        let found: Vec<&str> = hostile_marks(text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, ["⟨U+202E⟩", "␛"]);
    }

    #[test]
    fn spans_stay_apart() {
        let style = Style::new();
        let mut taken = vec![(4..8, style), (12..14, style)];
        add_apart(&mut taken, 2, 2..20, style);
        taken.sort_unstable_by_key(|(span, _)| span.start);
        let spans: Vec<_> = taken.into_iter().map(|(span, _)| span).collect();
        assert_eq!(spans, [2..4, 4..8, 8..12, 12..14, 14..20]);
    }
}
