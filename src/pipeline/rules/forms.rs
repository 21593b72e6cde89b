//! The forms of verbs, so that a rule file names a verb once.
//!
//! `verbs NAME en = hang stab+ shoot/shot/shot` makes the sets `NAME.base`, `.s`, `.ing`, `.past`, `.part` and `.any`; "+"
//! doubles the last letter, an irregular verb gives past and participle. `verbs NAME er = tu` (likewise `ir` and `re`, by
//! stem) makes `.inf`, `.pres`, `.fut`, `.cond`, `.imp`, `.subj`, `.part`, `.ger`, `.past` and `.any`, all folded.

/// Calls `add` with every set and word of the line after "verbs "; `None` when it does not parse.
pub(super) fn read(line: &str, mut add: impl FnMut(String, &str)) -> Option<()> {
    let (head, verbs) = line.split_once(" = ")?;
    let (name, kind) = head.split_once(' ')?;
    let mut form = |form: &str, word: &str| {
        add(format!("{name}.{form}"), word);
        add(format!("{name}.any"), word);
    };
    for verb in verbs.split_whitespace() {
        match kind {
            "en" => english(verb, &mut form),
            "er" => first_group(verb, &mut form),
            "ir" => group(verb, &SECOND_GROUP, &mut form),
            "re" => group(verb, &THIRD_GROUP, &mut form),
            _ => return None,
        }
    }
    Some(())
}

fn english(verb: &str, form: &mut impl FnMut(&str, &str)) {
    let mut parts = verb.split('/');
    let first = parts.next().unwrap_or_default();
    let (base, doubled) = match first.strip_suffix('+') {
        Some(base) => (base, base.chars().next_back()),
        None => (first, None),
    };
    let stem: String = base.chars().chain(doubled).collect();
    let mute = base.ends_with('e') && !base.ends_with("ee");
    form("base", base);
    form("s", &third_person(base));
    let ing = if mute { base.strip_suffix('e').unwrap_or(base) } else { &stem };
    let ing = base.strip_suffix("ie").map_or_else(|| ing.to_owned(), |short| format!("{short}y"));
    form("ing", &format!("{ing}ing"));
    form("ing", &format!("{ing}in"));
    let regular = match before_y(base) {
        Some(short) => format!("{short}ied"),
        None if base.ends_with('e') => format!("{base}d"),
        None => format!("{stem}ed"),
    };
    let past = parts.next().unwrap_or(&regular);
    form("past", past);
    form("part", parts.next().unwrap_or(past));
}

fn third_person(base: &str) -> String {
    match before_y(base) {
        Some(short) => format!("{short}ies"),
        None if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| base.ends_with(end)) => format!("{base}es"),
        None => format!("{base}s"),
    }
}

/// What stands before a "y" that becomes "i".
fn before_y(base: &str) -> Option<&str> {
    base.strip_suffix('y').filter(|short| !short.ends_with(['a', 'e', 'o', 'u']))
}

/// The endings of a group of French verbs, by form; a mute e is told from é.
type Endings = [(&'static str, &'static [&'static str]); 9];

const FIRST_GROUP: Endings = [
    // Many write "je vais te tué" or "tuez".
    ("inf", &["er", "é", "ez"]),
    ("pres", &["e", "es", "ons", "ez", "ent"]),
    ("fut", &["erai", "eras", "era", "erons", "erez", "eront"]),
    ("cond", &["erais", "erait", "erions", "eriez", "eraient"]),
    ("imp", &["e", "es", "ons", "ez"]),
    ("subj", &["e", "es", "ions", "iez", "ent"]),
    ("part", &["é", "ée", "és", "ées", "er"]),
    ("ger", &["ant"]),
    ("past", &["ais", "ait", "aient", "a", "ai", "erent"]),
];

const SECOND_GROUP: Endings = [
    ("inf", &["ir"]),
    ("pres", &["is", "it", "issons", "issez", "issent"]),
    ("fut", &["irai", "iras", "ira", "irons", "irez", "iront"]),
    ("cond", &["irais", "irait", "irions", "iriez", "iraient"]),
    ("imp", &["is", "issons", "issez"]),
    ("subj", &["isse", "isses", "issions", "issiez", "issent"]),
    ("part", &["i", "ie", "is", "ies"]),
    ("ger", &["issant"]),
    ("past", &["issais", "issait", "issaient", "it", "irent"]),
];

const THIRD_GROUP: Endings = [
    ("inf", &["re"]),
    ("pres", &["s", "", "ons", "ez", "ent"]),
    ("fut", &["rai", "ras", "ra", "rons", "rez", "ront"]),
    ("cond", &["rais", "rait", "rions", "riez", "raient"]),
    ("imp", &["s", "ons", "ez"]),
    ("subj", &["e", "es", "ions", "iez", "ent"]),
    ("part", &["u", "ue", "us", "ues"]),
    ("ger", &["ant"]),
    ("past", &["ais", "ait", "aient", "it", "irent"]),
];

fn group(stem: &str, endings: &Endings, form: &mut impl FnMut(&str, &str)) {
    for (name, endings) in endings {
        for ending in *endings {
            form(name, &format!("{stem}{ending}"));
        }
    }
}

/// "égorgeons" keeps its soft g, "noiera" loses its y.
fn first_group(stem: &str, form: &mut impl FnMut(&str, &str)) {
    for (name, endings) in FIRST_GROUP {
        for ending in endings {
            let mute = ending.starts_with('e') && !matches!(*ending, "er" | "ez");
            let hard = ending.starts_with(['a', 'o']);
            let ending = ending.replace('é', "e");
            match stem.strip_suffix('y') {
                Some(short) if mute => form(name, &format!("{short}i{ending}")),
                _ if hard && stem.ends_with('g') => form(name, &format!("{stem}e{ending}")),
                _ => form(name, &format!("{stem}{ending}")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::regular("v en = kill", "any", "kill kills killing killin killed killed")]
    #[case::doubled("v en = stab+", "ing", "stabbing stabbin")]
    #[case::mute("v en = execute", "any", "execute executes executing executin executed executed")]
    #[case::y("v en = bury", "any", "bury buries burying buryin buried buried")]
    #[case::ie("v en = die", "ing", "dying dyin")]
    #[case::hissing("v en = punch", "s", "punches")]
    #[case::irregular("v en = shoot/shot/shot", "past", "shot")]
    #[case::participle("v en = beat/beat/beaten", "part", "beaten")]
    #[case::first_group("v er = tu", "fut", "tuerai tueras tuera tuerons tuerez tueront")]
    #[case::soft_g("v er = egorg", "imp", "egorge egorges egorgeons egorgez")]
    #[case::mute_y("v er = noy", "cond", "noierais noierait noierions noieriez noieraient")]
    #[case::y_stays("v er = noy", "inf", "noyer noye noyez")]
    #[case::second_group("v ir = pun", "part", "puni punie punis punies")]
    #[case::third_group("v re = pend", "pres", "pends pend pendons pendez pendent")]
    fn forms(#[case] line: &str, #[case] wanted: &str, #[case] expected: &str) {
        let mut found = Vec::new();
        let read = read(line, |name, word| {
            if name == format!("v.{wanted}") {
                found.push(word.to_owned());
            }
        });
        assert_eq!((read, found.join(" ").as_str()), (Some(()), expected));
    }

    #[test]
    fn a_group_nobody_knows_is_no_line() {
        assert_eq!(read("v oir = v", |_, _| {}), None);
        assert_eq!(read("v = v", |_, _| {}), None);
    }
}
