//! What a frame costs: the demo town's desk at the sizes of real terminals, drawn into a buffer.

use frontdesk::locale::Lang;
use frontdesk::run::picture::{Desk, Town};
use frontdesk::tui::command::Command;
use frontdesk::tui::theme::{ColourDepth, Theme};
use frontdesk::tui::view::{self, Manner};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn main() {
    divan::main();
}

const SIZES: [(u16, u16); 4] = [(60, 20), (80, 24), (120, 40), (200, 60)];

/// The desk with a mention open, and the folder it lives in.
fn desk() -> (Desk, tempfile::TempDir) {
    let town = Town::load().expect("the town loads");
    let folder = tempfile::tempdir().expect("a folder");
    let mentions = town.mentions().expect("the mentions read");
    let theme = Theme::dark(ColourDepth::True);
    (town.desk(folder.path(), mentions, Lang::En, theme).expect("the desk opens"), folder)
}

#[divan::bench(args = SIZES)]
fn frame(bencher: divan::Bencher, (columns, lines): (u16, u16)) {
    let (mut desk, _folder) = desk();
    desk.draw(columns, lines, Manner::default());
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, lines));
    bencher.bench_local(|| view::draw(&mut buffer, &desk.app, Manner::default()));
}

#[divan::bench(args = [Command::AppHelp, Command::AppPalette, Command::ReplyCompose])]
fn frame_under(bencher: divan::Bencher, command: Command) {
    let (mut desk, _folder) = desk();
    desk.press(command);
    desk.draw(120, 40, Manner::default());
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    bencher.bench_local(|| view::draw(&mut buffer, &desk.app, Manner::default()));
}
