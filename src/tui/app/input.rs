//! Keys, pasted text and the mouse: to commands through the keymap, or to the text field that is open.

use ratatui::crossterm::event::{
    Event as TerminalEvent, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::layout::{Position, Rect};

use super::App;
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Effects};
use crate::tui::keymap::Resolution;
use crate::tui::state::menu::Typed;
use crate::tui::state::mode::{Focus, Mode};

/// Rows that one notch of the wheel moves.
const WHEEL: isize = 3;

impl App {
    /// Takes what the terminal sent.
    pub fn input(&mut self, event: TerminalEvent) -> Effects {
        let mut effects = Effects::default();
        self.store_rests = false;
        match event {
            TerminalEvent::Key(key) if key.kind != KeyEventKind::Release => self.key(key, &mut effects),
            TerminalEvent::Paste(text) => self.paste(&text, &mut effects),
            TerminalEvent::Mouse(mouse) => self.mouse(mouse, &mut effects),
            // Away and back to the old size within one frame: nothing seems changed, but the terminal has lost lines.
            TerminalEvent::Resize(..) => effects.push(Effect::Redraw),
            _ => {}
        }
        self.settle(&mut effects);
        effects
    }

    fn key(&mut self, key: KeyEvent, effects: &mut Effects) {
        self.notices.read_line();
        let layers = self.mode.layers(self.focus);
        match self.resolver.resolve(&key, &self.settings.keymap, layers) {
            Resolution::Matched(command) => self.carry_out(command, effects),
            Resolution::NotFound => self.type_key(key, effects),
            Resolution::Pending { .. } | Resolution::Cancelled => {}
        }
    }

    fn type_key(&mut self, key: KeyEvent, effects: &mut Effects) {
        match &mut self.mode {
            Mode::Filter => {
                if self.filter.line_mut().edit(&key) {
                    self.narrow();
                }
            }
            Mode::Menu(menu) => {
                if menu.edit(&key) == Typed::Taken {
                    self.carry_out(Command::MenuChoose, effects);
                }
            }
            Mode::Prompt(prompt) => {
                prompt.refused = false;
                prompt.line.edit(&key);
            }
            Mode::Composer(composer) => {
                if composer.edit(key) {
                    self.keep_draft(effects);
                }
            }
            Mode::Import(dialog) => dialog.edit(&key),
            Mode::Browse | Mode::Walk(_) | Mode::Page(_) | Mode::Sources(_) => {}
        }
    }

    fn paste(&mut self, text: &str, effects: &mut Effects) {
        match &mut self.mode {
            Mode::Filter => {
                self.filter.line_mut().insert(text);
                self.narrow();
            }
            Mode::Menu(menu) => menu.paste(text),
            Mode::Prompt(prompt) => prompt.line.insert(text),
            Mode::Import(dialog) => dialog.paste(text),
            Mode::Composer(composer) => {
                if composer.paste(text) {
                    self.keep_draft(effects);
                }
            }
            Mode::Browse | Mode::Walk(_) | Mode::Page(_) | Mode::Sources(_) => {}
        }
    }

    fn mouse(&mut self, mouse: MouseEvent, effects: &mut Effects) {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => self.click(at, effects),
            MouseEventKind::ScrollDown => self.wheel(at, WHEEL),
            MouseEventKind::ScrollUp => self.wheel(at, -WHEEL),
            _ => {}
        }
    }

    fn click(&mut self, at: Position, effects: &mut Effects) {
        self.resolver.reset();
        let areas = self.areas;
        match &mut self.mode {
            Mode::Menu(menu) => {
                if let Some(line) = line_in(areas.menu, at)
                    && menu.point_at(areas.menu_top + line)
                {
                    self.carry_out(Command::MenuChoose, effects);
                }
            }
            Mode::Import(dialog) => {
                if let Some(line) = line_in(areas.menu, at) {
                    dialog.point_at(areas.menu_top + line);
                }
            }
            Mode::Browse | Mode::Filter => {
                let Some(pane) = areas.pane_at(at) else { return };
                self.mode = Mode::Browse;
                self.focus = pane;
                match pane {
                    Focus::Feed => {
                        let row = line_in(areas.feed, at).map(|line| line / usize::from(areas.feed_lines.max(1)));
                        if let Some(row) = row.filter(|row| *row < self.feed.visible().len()) {
                            self.moved(|feed| feed.point_at(feed.top() + row));
                        }
                    }
                    Focus::Log => {
                        if let Some(line) = line_in(areas.log, at) {
                            self.log.point_at(areas.log_top + line);
                        }
                    }
                    Focus::Detail => {}
                }
            }
            _ => {}
        }
    }

    fn wheel(&mut self, at: Position, step: isize) {
        match &mut self.mode {
            Mode::Menu(menu) => menu.by(step.signum()),
            Mode::Walk(walk) => walk.by(&self.settings.plan.road_map, step.signum()),
            Mode::Page(page) => page.scroll.by(step),
            Mode::Import(dialog) => dialog.by(step.signum()),
            Mode::Sources(screen) => match &mut screen.quarantine {
                Some(list) => list.data.by(step),
                None => screen.by(step.signum(), &self.health.sources),
            },
            Mode::Browse | Mode::Filter => match self.areas.pane_at(at) {
                Some(Focus::Feed) => self.moved(|feed| feed.by(step)),
                Some(Focus::Detail) => self.detail.scroll.by(step),
                Some(Focus::Log) => self.log.by(step),
                None => {}
            },
            _ => {}
        }
    }
}

/// Which line of `area` was hit, from 0.
fn line_in(area: Rect, at: Position) -> Option<usize> {
    area.contains(at).then(|| usize::from(at.y - area.y))
}
