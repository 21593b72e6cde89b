//! The situation report: volumes, questions, who speaks about what, what is open and late, what was answered.

use std::cmp::Reverse;

use super::gather::{Asked, Gathered, Subject};
use super::page::Page;
use super::{Frame, handover};
use crate::locale::number;
use crate::mention::{Id, Level};
use crate::tr;

/// Questions, groups and answers listed at most; the rest is one line.
const MOST_LISTED: usize = 10;

pub(super) fn page(gathered: &Gathered, frame: Frame<'_>) -> String {
    let locale = frame.locale;
    let organization = frame.plan.organization.name.get(locale.lang());
    let mut page = Page::new(frame.format, &tr!(locale, "report-situation-title", organization = organization));
    let (from, to) = (frame.when(gathered.since), frame.when(frame.now));
    page.paragraph(&tr!(locale, "report-window", from = from, to = to));
    volumes(&mut page, gathered, frame);
    initiatives(&mut page, gathered, frame);
    groups(&mut page, gathered, frame);
    questions(&mut page, gathered, frame);
    handover::urgent_and_late(&mut page, gathered, frame);
    decisions(&mut page, gathered, frame);
    page.finish()
}

fn volumes(page: &mut Page, gathered: &Gathered, frame: Frame<'_>) {
    let (locale, lang) = (frame.locale, frame.locale.lang());
    page.heading(&locale.text("report-volumes"));
    let (arrived, relevant) = (number(lang, gathered.arrived), number(lang, gathered.relevant));
    page.item(&tr!(locale, "report-arrived", arrived = arrived, relevant = relevant));
    let levels: Vec<String> = [Level::P1, Level::P2, Level::P3, Level::P4]
        .iter()
        .zip(gathered.by_level)
        .map(|(level, count)| format!("{level} {}", number(lang, count)))
        .collect();
    page.item(&tr!(locale, "report-by-level", levels = levels.join(" · ")));
    let (open, late) = (number(lang, gathered.counts.open_total()), number(lang, gathered.counts.late));
    page.item(&tr!(locale, "report-open-now", open = open, late = late));
    if gathered.cut {
        page.item(&tr!(locale, "report-cut", read = number(lang, gathered.arrived)));
    }
}

fn initiatives(page: &mut Page, gathered: &Gathered, frame: Frame<'_>) {
    if gathered.by_initiative.is_empty() {
        return;
    }
    let (locale, lang) = (frame.locale, frame.locale.lang());
    page.heading(&locale.text("report-initiatives"));
    let mut counted: Vec<(&Id, &(u64, u64))> = gathered.by_initiative.iter().collect();
    counted.sort_by_key(|(id, (all, _))| (Reverse(*all), (*id).clone()));
    let rows: Vec<Vec<String>> = counted
        .into_iter()
        .map(|(id, (all, open))| vec![initiative_title(id, frame), number(lang, *all), number(lang, *open)])
        .collect();
    let columns = ["report-column-initiative", "report-column-arrived", "report-column-open"];
    page.table(&columns.map(|name| locale.text(name)), &rows);
}

fn groups(page: &mut Page, gathered: &Gathered, frame: Frame<'_>) {
    if gathered.by_group.is_empty() {
        return;
    }
    let (locale, lang) = (frame.locale, frame.locale.lang());
    page.heading(&locale.text("report-groups"));
    let mut counted: Vec<(&(Id, Id), &u64)> = gathered.by_group.iter().collect();
    counted.sort_by_key(|(key, count)| (Reverse(**count), (*key).clone()));
    for ((initiative, group), count) in counted.into_iter().take(MOST_LISTED * 2) {
        let group = frame.plan.stakeholders.by_id(group).map_or(&**group, |found| found.name.get(lang));
        let initiative = initiative_title(initiative, frame);
        let what = format!("{initiative} × {group}");
        page.item(&tr!(locale, "report-counted", what = what, count = number(lang, *count)));
    }
}

fn questions(page: &mut Page, gathered: &Gathered, frame: Frame<'_>) {
    let locale = frame.locale;
    page.heading(&locale.text("report-questions"));
    if gathered.questions.is_empty() {
        page.item(&locale.text("report-none"));
        return;
    }
    let mut asked: Vec<(&Subject, &Asked)> = gathered.questions.iter().collect();
    asked.sort_by_key(|(subject, asked)| (Reverse(asked.count), (*subject).clone()));
    for (subject, asked) in asked.into_iter().take(MOST_LISTED) {
        let subject = subject_title(subject, frame);
        page.item(&tr!(
            locale,
            "report-question",
            subject = subject,
            count = asked.count,
            open = asked.open,
            example = asked.example.as_str(),
        ));
    }
}

fn decisions(page: &mut Page, gathered: &Gathered, frame: Frame<'_>) {
    let (locale, lang) = (frame.locale, frame.locale.lang());
    page.heading(&locale.text("report-decided"));
    if gathered.decided.is_empty() {
        page.item(&locale.text("report-none"));
    }
    let mut counted: Vec<_> = gathered.decided.iter().collect();
    counted.sort_by_key(|(disposition, count)| (Reverse(**count), **disposition));
    for (disposition, count) in counted {
        let what = locale.word("disposition", disposition.token());
        page.item(&tr!(locale, "report-counted", what = what, count = number(lang, *count)));
    }
    page.heading(&locale.text("report-answered-with"));
    if gathered.answered_with.is_empty() && gathered.answered_freely == 0 {
        page.item(&locale.text("report-none"));
    }
    let mut counted: Vec<(&Id, &u64)> = gathered.answered_with.iter().collect();
    counted.sort_by_key(|(id, count)| (Reverse(**count), (*id).clone()));
    for (id, count) in counted {
        let what = message_title(id, frame);
        page.item(&tr!(locale, "report-counted", what = what, count = number(lang, *count)));
    }
    if gathered.answered_freely > 0 {
        page.item(&tr!(locale, "report-answered-freely", count = gathered.answered_freely));
    }
}

pub(super) fn initiative_title(id: &Id, frame: Frame<'_>) -> String {
    let title = frame.plan.initiatives.by_id(id).map(|found| found.title.get(frame.locale.lang()));
    title.map_or_else(|| id.to_string(), str::to_owned)
}

/// The concern it answers, with its id; a holding statement's scenario.
fn message_title(id: &Id, frame: Frame<'_>) -> String {
    let lang = frame.locale.lang();
    let message = frame.plan.messages.by_id(id).and_then(|message| message.concern.as_ref());
    let holding = frame.plan.holdings.by_id(id).map(|holding| &holding.scenario);
    match message.or(holding) {
        Some(words) => format!("{} ({id})", words.get(lang)),
        None => id.to_string(),
    }
}

fn subject_title(subject: &Subject, frame: Frame<'_>) -> String {
    match subject {
        Subject::Message(id) => message_title(id, frame),
        Subject::Initiative(id) => {
            tr!(frame.locale, "report-no-message", initiative = initiative_title(id, frame))
        }
        Subject::Elsewhere => frame.locale.text("report-elsewhere"),
    }
}
