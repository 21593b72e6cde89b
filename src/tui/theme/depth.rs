//! How many colours a terminal shows, and a colour's nearest neighbour where it has fewer.

use ratatui::style::Color;

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColourDepth {
    /// No colour: `NO_COLOR` is set, or the terminal is dumb.
    None,
    /// The sixteen ANSI colours.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// 24 bits.
    #[default]
    True,
}

impl ColourDepth {
    /// Tells the depth from the environment's variables; `get` looks one up.
    pub fn detect(get: impl Fn(&str) -> Option<String>) -> Self {
        // https://no-color.org: present and not empty, whatever its value.
        if get("NO_COLOR").is_some_and(|value| !value.is_empty()) {
            return Self::None;
        }
        let term = get("TERM").unwrap_or_default();
        if term == "dumb" {
            return Self::None;
        }
        let colorterm = get("COLORTERM").unwrap_or_default().to_ascii_lowercase();
        if colorterm.contains("truecolor") || colorterm.contains("24bit") || term.contains("direct") {
            Self::True
        } else if term.contains("256") || term.starts_with("tmux") {
            Self::Indexed
        } else {
            Self::Sixteen
        }
    }

    /// The colour `rgb` as this depth can show it; `ansi` is what sixteen colours use instead.
    pub(super) fn colour(self, rgb: Option<(u8, u8, u8)>, ansi: Option<Color>) -> Option<Color> {
        match (self, rgb) {
            (Self::None, _) => None,
            (Self::True, Some((r, g, b))) => Some(Color::Rgb(r, g, b)),
            (Self::Indexed, Some(rgb)) => Some(Color::Indexed(nearest_indexed(rgb))),
            (Self::Sixteen, _) | (_, None) => ansi,
        }
    }
}

/// The nearest of xterm's 6×6×6 cube (16..=231) and grey ramp (232..=255), by squared distance in RGB.
fn nearest_indexed((r, g, b): (u8, u8, u8)) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |value: u8| (0..6usize).min_by_key(|&index| STEPS[index].abs_diff(value)).unwrap_or_default();
    let distance = |(x, y, z): (u8, u8, u8)| {
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        square(x, r) + square(y, g) + square(z, b)
    };
    let (ri, gi, bi) = (step(r), step(g), step(b));
    let cube = distance((STEPS[ri], STEPS[gi], STEPS[bi]));
    let mean = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
    let ramp = mean.saturating_sub(3).min(235) / 10;
    let ramp = ramp.min(23) as u8;
    let grey = 8 + ramp * 10;
    if distance((grey, grey, grey)) < cube { 232 + ramp } else { (16 + 36 * ri + 6 * gi + bi) as u8 }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::no_color(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")], ColourDepth::None)]
    #[case::empty_no_color(&[("NO_COLOR", ""), ("TERM", "xterm-256color")], ColourDepth::Indexed)]
    #[case::truecolor(&[("COLORTERM", "truecolor"), ("TERM", "xterm")], ColourDepth::True)]
    #[case::linux_console(&[("TERM", "linux")], ColourDepth::Sixteen)]
    #[case::dumb(&[("TERM", "dumb")], ColourDepth::None)]
    fn depth_follows_the_environment(#[case] variables: &[(&str, &str)], #[case] depth: ColourDepth) {
        let get = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(ColourDepth::detect(get), depth);
    }

    #[rstest]
    #[case::white((255, 255, 255), 231)]
    #[case::black((0, 0, 0), 16)]
    #[case::red((255, 0, 0), 196)]
    #[case::grey((118, 118, 118), 243)]
    fn nearest_of_256(#[case] rgb: (u8, u8, u8), #[case] index: u8) {
        assert_eq!(nearest_indexed(rgb), index);
    }
}
