//! The first line: the views with their counts, and at the right end whose desk it is and what time it shows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::context::Context;
use super::feed::{total, view_name};
use super::pen::Pen;
use crate::store::{Counts, View};
use crate::text::width;
use crate::tui::command::{Command, Layer};
use crate::tui::theme::Meaning;

const VIEWS: [(View, Command); 7] = [
    (View::Urgent, Command::ViewUrgent),
    (View::Open, Command::ViewOpen),
    (View::Mine, Command::ViewMine),
    (View::Snoozed, Command::ViewSnoozed),
    (View::Closed, Command::ViewClosed),
    (View::All, Command::ViewAll),
    (View::Surging, Command::ViewSurging),
];

/// How much of each tab is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Key, name and count.
    Whole,
    /// The shown view whole, of the others key and count.
    Short,
    /// Only the shown view.
    One,
}

/// Draws the line.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, shown: View, counts: Option<&Counts>, context: &Context<'_>) {
    let mut pen = Pen::new(buffer, area, 0);
    let clock = clock(context);
    let clock_columns = width::width(&clock) + 2;
    let room = usize::from(area.width);
    let (form, clock_fits) = [(Form::Whole, true), (Form::Whole, false), (Form::Short, true), (Form::Short, false)]
        .into_iter()
        .find(|(form, clock)| tabs(*form, shown, counts, context).1 + if *clock { clock_columns } else { 0 } <= room)
        .unwrap_or((Form::One, false));
    for span in tabs(form, shown, counts, context).0 {
        pen.text(&span.content, span.style);
    }
    if clock_fits {
        let name = context.plan.organization.name.get(context.lang());
        let gap = pen.room() - clock_columns;
        let named = width::width(name) + 3 <= gap;
        pen.skip(if named { gap - width::width(name) - 2 } else { gap });
        if named {
            pen.text(name, context.style(Meaning::Title));
            pen.skip(2);
        }
        pen.skip(1);
        pen.text(&clock, context.style(if context.demo { Meaning::Warning } else { Meaning::Muted }));
    }
}

/// The time of day; on the demo's clock with its date, and said to be so.
fn clock(context: &Context<'_>) -> String {
    let local = context.now.with_timezone(&context.zone());
    if context.demo {
        crate::tr!(context.locale, "view-demo-clock", moment = context.locale.date_time(&local))
    } else {
        crate::locale::Clock24::text(context.lang(), &local)
    }
}

fn tabs<'a>(form: Form, shown: View, counts: Option<&Counts>, context: &Context<'a>) -> (Vec<Span<'a>>, usize) {
    let mut spans = Vec::with_capacity(24);
    for (view, command) in VIEWS {
        let current = view == shown;
        if form == Form::One && !current {
            continue;
        }
        let key = context.keymap.keys_for(command, &[Layer::Desk]).unwrap_or_default();
        let count = counts.map(|counts| context.number(total(counts, view)));
        let name = (current || form == Form::Whole).then(|| context.text(view_name(view)));
        tab(&mut spans, (key, name, count), view, current, context);
    }
    let columns = spans.iter().map(|span| width::width(&span.content)).sum();
    (spans, columns)
}

fn tab<'a>(
    spans: &mut Vec<Span<'a>>,
    (key, name, count): (String, Option<String>, Option<String>),
    view: View,
    current: bool,
    context: &Context<'a>,
) {
    let urgent = view == View::Urgent && count.as_ref().is_some_and(|count| count != "0");
    let of = |meaning: Meaning| {
        let style = context.style(meaning);
        if current { context.selected(style) } else { style }
    };
    spans.push(Span::styled(format!(" {key}"), of(Meaning::Key)));
    if let Some(name) = name {
        spans.push(Span::styled(format!(" {name}"), of(if current { Meaning::Selection } else { Meaning::Muted })));
    }
    if let Some(count) = count {
        spans.push(Span::styled(format!(" {count}"), of(if urgent { Meaning::Urgent } else { Meaning::Text })));
    }
    spans.push(Span::styled(" ", of(Meaning::Text)));
}
