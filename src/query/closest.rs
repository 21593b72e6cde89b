//! The nearest of the known words to one that is not known.

/// The candidate at most two edits (one for short words) from `word`, nearest first, the first of equals.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(64).flat_map(char::to_lowercase).collect();
    let allowed = if word.len() <= 3 { 1 } else { 2 };
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, &candidate.to_lowercase().chars().take(64).collect::<Vec<_>>()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Edits between two words; two neighbours that changed places are one edit.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &from) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, &to) in b.iter().enumerate() {
            let swap = i > 0 && j > 0 && from == b[j - 1] && a[i - 1] == to;
            let swapped = if swap { before[j - 1] + 1 } else { usize::MAX };
            row[j + 1] = (last[j] + usize::from(from != to)).min(last[j + 1] + 1).min(row[j] + 1).min(swapped);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("netwrok", Some("network"))]
    #[case("Author", Some("author"))]
    #[case("autor", Some("author"))]
    #[case("sauce", Some("source"))]
    #[case("note", None)]
    #[case("", None)]
    fn finds_the_nearest(#[case] word: &str, #[case] expected: Option<&str>) {
        assert_eq!(closest(word, ["author", "network", "source", "lang"]), expected);
    }
}
