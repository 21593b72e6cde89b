//! Reads opening hours as people write them: `Mon-Fri 9-17, sat 10:00-14:00`, `lun-ven 8 h 30-16 h 30`.
//!
//! What enters: an answer. What leaves: the value of `hours` in a plan's file; whether its times make sense is the
//! plan's to say.

/// Days as a plan writes them, and their names in English and French.
const DAYS: [(&str, &str, &str); 7] = [
    ("mon", "monday", "lundi"),
    ("tue", "tuesday", "mardi"),
    ("wed", "wednesday", "mercredi"),
    ("thu", "thursday", "jeudi"),
    ("fri", "friday", "vendredi"),
    ("sat", "saturday", "samedi"),
    ("sun", "sunday", "dimanche"),
];

/// Hours as the value of `hours`; `None` where a piece has no days or no opening. Days written twice become one list.
pub(super) fn hours(text: &str) -> Option<String> {
    let mut by_days: Vec<(String, Vec<String>)> = Vec::new();
    for piece in text.split([',', ';']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let piece = piece.to_lowercase().replace(['–', '—'], "-");
        let (days, opening) = piece.split_at(piece.find(|c: char| c.is_ascii_digit())?);
        let (days, opening) = (range(days, day)?, format!("\"{}\"", range(opening, time)?));
        match by_days.iter_mut().find(|(known, _)| *known == days) {
            Some((_, openings)) => openings.push(opening),
            None => by_days.push((days, vec![opening])),
        }
    }
    let days: Vec<String> =
        by_days.into_iter().map(|(days, openings)| format!("{days} = [{}]", openings.join(", "))).collect();
    (!days.is_empty()).then(|| format!("{{ {} }}", days.join(", ")))
}

/// One or two of what `end` reads, with `-` between.
fn range(text: &str, end: impl Fn(&str) -> Option<String>) -> Option<String> {
    let ends: Option<Vec<String>> = text.splitn(2, '-').map(|part| end(part.trim())).collect();
    ends.map(|ends| ends.join("-"))
}

/// A day by its name in either language, or by three letters of it or more.
fn day(text: &str) -> Option<String> {
    let text = text.trim_end_matches('.');
    let named = |(_, en, fr): &&(&str, &str, &str)| en.starts_with(text) || fr.starts_with(text);
    let found = DAYS.iter().find(named).filter(|_| text.len() >= 3)?;
    Some(found.0.to_owned())
}

/// A time such as `9`, `9:00`, `09:00`, `9h`, `9 h 30`.
fn time(text: &str) -> Option<String> {
    let (hour, minute) = text.split_once([':', 'h']).unwrap_or((text, ""));
    let number = |text: &str| match text.trim() {
        "" => Some(0),
        digits if digits.len() <= 2 => digits.parse::<u8>().ok(),
        _ => None,
    };
    (!hour.trim().is_empty()).then_some(())?;
    Some(format!("{:02}:{:02}", number(hour)?, number(minute)?))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("mon-fri 09:00-17:00", Some(r#"{ mon-fri = ["09:00-17:00"] }"#))]
    #[case("Mon-Fri 9-17, saturday 10:00-14:00", Some(r#"{ mon-fri = ["09:00-17:00"], sat = ["10:00-14:00"] }"#))]
    #[case("lun. - ven. 8 h 30 – 16h30", Some(r#"{ mon-fri = ["08:30-16:30"] }"#))]
    #[case("mar 9h-12h; mardi 13h-17h", Some(r#"{ tue = ["09:00-12:00", "13:00-17:00"] }"#))]
    #[case("9-17", None)]
    #[case("mon-fri", None)]
    #[case("mo 9-17", None)]
    #[case("mon\"x 9-17", None)]
    #[case("mon 9-17 and tue 9-17", None)]
    #[case("mon +9-17", None)]
    #[case("mon 9-é", None)]
    fn hours_are_read_as_people_write_them(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(hours(text).as_deref(), expected);
    }
}
