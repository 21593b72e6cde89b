//! ASCII mode: after a frame is drawn, every sign of the desk's own becomes an ASCII one of the same width.
//!
//! What enters: a drawn buffer. What leaves: the same buffer; letters with accents, other scripts and emoji stay as
//! they are, since they are what people wrote. One table, so that no view has to think of it.

use ratatui::buffer::Buffer;

/// Replaces signs in the whole buffer.
pub(super) fn replace_signs(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let mut characters = cell.symbol().chars();
        if let (Some(sign), None) = (characters.next(), characters.next())
            && !sign.is_ascii()
            && let Some(plain) = plain(sign)
        {
            cell.set_char(plain);
        }
    }
}

/// The ASCII form of a sign; `None` for letters and everything the desk does not draw by itself.
fn plain(sign: char) -> Option<char> {
    Some(match sign {
        '─' | '━' | '–' | '—' | '‐' | '‑' | '╌' | '−' | '•' => '-',
        '│' | '┃' => '|',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '╭' | '╮' | '╯' | '╰' | '◆' => {
            '+'
        }
        '▲' | '‼' => '!',
        '·' | '▱' | '░' => '.',
        '●' => '*',
        '○' => 'o',
        '▌' | '›' | '→' | '▸' | '»' | '⟩' => '>',
        '‹' | '«' | '←' | '⟨' => '<',
        '✗' | '×' => 'x',
        '◐' => '%',
        '◌' => ':',
        '↑' => '^',
        '✓' | '↓' | '▾' => 'v',
        '↺' | '⇄' | '≈' | '…' => '~',
        '█' | '▰' | '■' | '▒' => '#',
        '▪' => '=',
        '⇈' => '/',
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '␀'..='␡' | '�' => '?',
        '\u{a0}' | '\u{202f}' => ' ',
        _ => return None,
    })
}
