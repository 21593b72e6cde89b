//! The answer to copy: its words, its length for that network, who approved it or what stands in the way.

use std::slice;

use ratatui::text::Span;

use super::super::context::Context;
use super::super::sheet::Sheet;
use super::super::{hint, meter};
use super::{Subject, bare_heading};
use crate::reply::{Suggestion, SuggestionKind};
use crate::tr;
use crate::tui::command::{Command, Layer};
use crate::tui::theme::Meaning;

pub(super) fn write<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, context: &Context<'a>) {
    if subject.roomy {
        sheet.blank();
    }
    if let Some(copied) = subject.state.copied() {
        // What was copied is what will be posted: nothing else may be taken for it.
        let by = tr!(context.locale, "view-copied-by", who = &*copied.by, moment = context.moment(copied.at));
        bare_heading(sheet, &context.text("view-reply-copied"), ("", Meaning::Muted), context);
        quoted(sheet, &copied.reply.text, Meaning::Text, context);
        sheet.push(vec![Span::styled(format!("✓ {by}"), context.style(Meaning::Good))]);
        keys(sheet, &[Command::CaseConfirm, Command::CasePermalink, Command::CaseUndo], context);
        return;
    }
    if let Some(posted) = subject.state.posted() {
        let by = tr!(context.locale, "view-posted-by", who = &*posted.by, moment = context.moment(posted.at));
        bare_heading(sheet, &context.text("view-reply-posted"), ("", Meaning::Muted), context);
        quoted(sheet, &posted.reply.text, Meaning::Muted, context);
        sheet.push(vec![Span::styled(format!("✓ {by}"), context.style(Meaning::Good))]);
        if let Some(permalink) = &posted.permalink {
            sheet.push(vec![Span::styled(permalink.clone(), context.style(Meaning::Link))]);
        }
        return;
    }
    if let Some(suggestion) = subject.suggestions.get(subject.shown) {
        shown(sheet, subject, suggestion, context);
    } else {
        bare_heading(sheet, &context.text("view-reply"), ("", Meaning::Muted), context);
        sheet.owned_item(Span::raw(""), &context.text("view-reply-none"), 0, context.style(Meaning::Muted));
        keys(sheet, &[Command::ReplyCompose, Command::CaseDecide, Command::CaseEscalate], context);
    }
}

fn shown<'a>(sheet: &mut Sheet<'a>, subject: &Subject<'a>, suggestion: &'a Suggestion, context: &Context<'a>) {
    let language = context.locale.word("language", suggestion.lang.token());
    let name = context.text(match suggestion.kind {
        SuggestionKind::Message => "view-reply",
        SuggestionKind::Template => "view-reply-template",
        SuggestionKind::Rumour => "view-reply-rumour",
        SuggestionKind::Holding => "view-reply-holding",
    });
    let place = match subject.suggestions.len() {
        1 => String::new(),
        count => format!(" {}/{count}", subject.shown + 1),
    };
    let title = format!("{name}{place} · {} · {language}", suggestion.message);
    let meaning = if suggestion.fits { Meaning::Muted } else { Meaning::Error };
    bare_heading(sheet, &title, (&meter::words(suggestion.length, context), meaning), context);
    quoted(sheet, &suggestion.text, if suggestion.is_copyable() { Meaning::Text } else { Meaning::Muted }, context);
    if let Some(blocked) = &suggestion.blocked {
        let why = blocked.text(context.locale, context.zone());
        sheet.owned_item(Span::styled("✗ ", context.style(Meaning::Error)), &why, 2, context.style(Meaning::Warning));
    } else {
        approved(sheet, suggestion, context);
    }
    if !suggestion.fits {
        let over = suggestion.length.left().map_or(0, |left| -left);
        let words = tr!(context.locale, "view-reply-too-long", count = over);
        sheet.owned_item(Span::styled("‼ ", context.style(Meaning::Error)), &words, 2, context.style(Meaning::Warning));
    }
    let commands: &[Command] = match (suggestion.is_copyable(), subject.suggestions.len() > 1) {
        (true, true) => &[Command::ReplyCopy, Command::ReplyNext, Command::ReplyCompose],
        (true, false) => &[Command::ReplyCopy, Command::ReplyCompose],
        (false, true) => &[Command::ReplyNext, Command::ReplyCompose, Command::CaseEscalate],
        (false, false) => &[Command::ReplyCompose, Command::CaseEscalate],
    };
    keys(sheet, commands, context);
}

fn approved(sheet: &mut Sheet<'_>, suggestion: &Suggestion, context: &Context<'_>) {
    let mut words = match &suggestion.authorized_by {
        Some(who) => tr!(context.locale, "view-approved-by", who = who),
        None => context.text("view-approved"),
    };
    let facts = match suggestion.kind {
        SuggestionKind::Message => context.plan.messages.by_id(&suggestion.message).map(|message| &message.facts[..]),
        SuggestionKind::Rumour => {
            context.plan.rumours.by_id(&suggestion.message).and_then(|rumour| rumour.fact.as_ref()).map(slice::from_ref)
        }
        SuggestionKind::Template | SuggestionKind::Holding => None,
    };
    if let Some(facts) = facts.filter(|facts| !facts.is_empty()) {
        words.push_str(" · ");
        words.push_str(&facts.iter().map(|fact| &**fact).collect::<Vec<_>>().join(", "));
    }
    if let Some(minutes) = suggestion.next_update_minutes {
        words.push_str(" · ");
        words.push_str(&tr!(context.locale, "view-next-update", minutes = minutes));
    }
    sheet.owned_item(Span::styled("✓ ", context.style(Meaning::Good)), &words, 2, context.style(Meaning::Good));
}

/// A text set apart by a bar at its left.
fn quoted<'a>(sheet: &mut Sheet<'a>, text: &str, meaning: Meaning, context: &Context<'a>) {
    let bar = context.style(Meaning::Focus);
    let columns = sheet.columns().saturating_sub(2).max(1);
    for range in crate::text::width::wrap(text, columns) {
        let line = text[range].to_owned();
        sheet.push(vec![Span::styled("┃ ", bar), Span::styled(line, context.style(meaning))]);
    }
}

/// The keys for what can be done here, as many as fit one line.
fn keys<'a>(sheet: &mut Sheet<'a>, commands: &[Command], context: &Context<'a>) {
    let mut spans = Vec::new();
    let mut room = sheet.columns();
    for command in commands {
        let Some(hint) = hint::of(*command, &[Layer::Case, Layer::Desk], context) else { continue };
        let columns = hint.columns() + if spans.is_empty() { 0 } else { 3 };
        if columns > room {
            break;
        }
        if !spans.is_empty() {
            spans.push(Span::raw("   "));
        }
        room -= columns;
        spans.extend(hint.spans(context));
    }
    if !spans.is_empty() {
        sheet.push(spans);
    }
}
