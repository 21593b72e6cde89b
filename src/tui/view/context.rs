//! What a frame is drawn with, besides the state: theme, words, keys, plan and the instant.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ratatui::style::{Color, Modifier, Style};

use crate::locale::{Lang, Locale};
use crate::mention::{Level, Network};
use crate::plan::Plan;
use crate::text::lengths::Limits;
use crate::tui::keymap::Keymap;
use crate::tui::state::shield::Shield;
use crate::tui::theme::{Meaning, Theme};

/// Everything a view may look at that is not state. Made anew for each frame; it owns nothing.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Styles by meaning.
    pub theme: &'a Theme,
    /// Words.
    pub locale: &'a Locale,
    /// Keys.
    pub keymap: &'a Keymap,
    /// The plan in force.
    pub plan: &'a Plan,
    /// The networks' limits.
    pub limits: &'a Limits,
    /// What covers abuse and threats.
    pub shield: &'a Shield,
    /// The instant the frame shows.
    pub now: DateTime<Utc>,
    /// True where the desk's own signs are to be ASCII.
    pub ascii: bool,
    /// True on the demo's clock.
    pub demo: bool,
}

impl Context<'_> {
    /// The style that says `meaning`.
    pub(super) fn style(&self, meaning: Meaning) -> Style {
        self.theme.style(meaning)
    }

    /// The interface language.
    pub(super) fn lang(&self) -> Lang {
        self.locale.lang()
    }

    /// The plan's time zone.
    pub(super) fn zone(&self) -> Tz {
        self.plan.organization.hours.time_zone
    }

    /// The message `name` in the person's language.
    pub(super) fn text(&self, name: &str) -> String {
        self.locale.text(name)
    }

    /// A count, written the language's way.
    pub(super) fn number(&self, count: u64) -> String {
        crate::locale::number(self.lang(), count)
    }

    /// An instant's time of day, with its day unless it is today's.
    pub(super) fn moment(&self, at: DateTime<Utc>) -> String {
        let (local, today) = (at.with_timezone(&self.zone()), self.now.with_timezone(&self.zone()));
        if local.date_naive() == today.date_naive() {
            crate::locale::Clock24::text(self.lang(), &local)
        } else {
            self.locale.date_time(&local)
        }
    }

    /// How long ago: whole minutes, hours or days, never negative.
    pub(super) fn age(&self, at: DateTime<Utc>) -> String {
        self.locale.short_span((self.now - at).max(TimeDelta::zero()))
    }

    /// `style` on the ground of the row under the cursor: its colour stays where it can be read there.
    pub(super) fn selected(&self, style: Style) -> Style {
        let selection = self.style(Meaning::Selection);
        let readable = match (style.fg, style.bg, selection.bg) {
            (Some(text), None, Some(ground)) => contrast(text, ground).is_some_and(|ratio| ratio >= READABLE),
            _ => false,
        };
        let mut shown = selection;
        if readable {
            shown.fg = style.fg;
        }
        // Reversed twice is not reversed: the row's own weight counts.
        shown.add_modifier |= style.add_modifier & (Modifier::UNDERLINED | Modifier::CROSSED_OUT);
        shown
    }
}

/// Enough for a sign or a bold word whose meaning also stands in its letters; WCAG 2 asks 3 for graphical objects.
const READABLE: f64 = 3.5;

/// The contrast ratio of WCAG 2: 1 to 21; `None` where the terminal chooses one of the colours.
fn contrast(one: Color, other: Color) -> Option<f64> {
    let (one, other) = (luminance(one)?, luminance(other)?);
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

/// The relative luminance of WCAG 2.
fn luminance(colour: Color) -> Option<f64> {
    let Color::Rgb(red, green, blue) = colour else { return None };
    let [red, green, blue] = [red, green, blue].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    Some(0.2126 * red + 0.7152 * green + 0.0722 * blue)
}

/// What stands in a level's place while a mention waits to be assessed.
pub(super) const PENDING_BADGE: &str = "·P?";

/// The sign of a level: it says the same as its colour.
pub(super) fn level_badge(level: Level) -> &'static str {
    match level {
        Level::P1 => "▲P1",
        Level::P2 => "◆P2",
        Level::P3 => "•P3",
        Level::P4 => "·P4",
    }
}

/// A network in at most four letters.
pub(super) fn network_tag(network: &Network) -> &str {
    match network {
        Network::X => "X",
        Network::Bluesky => "bsky",
        Network::Mastodon => "mast",
        Network::Threads => "thrd",
        Network::Facebook => "fb",
        Network::Instagram => "ig",
        Network::Linkedin => "li",
        Network::Youtube => "yt",
        Network::Tiktok => "tt",
        Network::Reddit => "rddt",
        Network::Nextdoor => "nxdr",
        Network::Web => "web",
        Network::Unknown => "–",
        Network::Other(token) => token,
    }
}

/// A network's own name.
pub(super) fn network_name(network: &Network) -> &str {
    match network {
        Network::X => "X",
        Network::Bluesky => "Bluesky",
        Network::Mastodon => "Mastodon",
        Network::Threads => "Threads",
        Network::Facebook => "Facebook",
        Network::Instagram => "Instagram",
        Network::Linkedin => "LinkedIn",
        Network::Youtube => "YouTube",
        Network::Tiktok => "TikTok",
        Network::Reddit => "Reddit",
        Network::Nextdoor => "Nextdoor",
        Network::Web => "Web",
        Network::Unknown => "?",
        Network::Other(token) => token,
    }
}

/// What is due, and how it looks: late ones say so in words, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    /// `12m`, `45s` in a P1's last minute.
    pub(super) span: String,
    /// True once the deadline has passed.
    pub(super) late: bool,
    /// Error when late, Warning when soon, Muted else.
    pub(super) meaning: Meaning,
}

impl Context<'_> {
    /// The countdown to a deadline, in whole minutes begun; seconds only in a P1's last one.
    pub(super) fn due(&self, level: Level, due_at: DateTime<Utc>) -> Due {
        let left = due_at - self.now;
        let late = left < TimeDelta::zero();
        let seconds = left.num_seconds();
        if level == Level::P1 && !late && seconds < 60 {
            return Due { span: format!("{seconds}s"), late, meaning: Meaning::Error };
        }
        let minutes = TimeDelta::minutes((seconds.abs() + 59).div_euclid(60).max(i64::from(late)));
        let soon = left <= TimeDelta::minutes(15);
        let meaning = match (late, soon) {
            (true, _) => Meaning::Error,
            (false, true) => Meaning::Warning,
            (false, false) => Meaning::Muted,
        };
        Due { span: self.locale.short_span(minutes), late, meaning }
    }
}
