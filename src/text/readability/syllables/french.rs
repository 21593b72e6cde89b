//! French syllables as spoken: a last mute `e` does not count.

use super::groups;

/// Words in `-ent` whose ending is spoken although its letters are those of a verb's.
const SPOKEN_ENT: &[&str] =
    &["souvent", "vent", "auvent", "couvent", "paravent", "excellent", "talent", "lent", "violent", "équivalent"];
/// Verbs in `-ent` that no ending tells.
const MUTE_ENT: &[&str] = &[
    "restent",
    "ferment",
    "ouvrent",
    "donnent",
    "passent",
    "demandent",
    "viennent",
    "prennent",
    "tiennent",
    "montrent",
    "deviennent",
    "comprennent",
    "commencent",
    "rentrent",
    "entrent",
    "portent",
    "comptent",
    "aident",
    "habitent",
    "répondent",
    "attendent",
    "rendent",
    "vendent",
    "mettent",
    "permettent",
    "partent",
    "sortent",
    "sentent",
    "disent",
    "lisent",
    "parlent",
    "appellent",
    "touchent",
    "cherchent",
    "coûtent",
    "roulent",
    "circulent",
    "utilisent",
];
/// Endings that only verbs have.
const MUTE_ENDINGS: &[&str] =
    &["issent", "aient", "èrent", "isent", "vent", "llent", "gnent", "quent", "ssent", "oient"];

pub(super) fn syllables(word: &str) -> usize {
    // An elided word has no vowel of its own left: l'eau, qu'on; jusqu'à and aujourd'hui keep theirs.
    word.split('\'').filter(|piece| !piece.is_empty()).map(of_piece).sum()
}

fn is_vowel(c: char) -> bool {
    matches!(
        c,
        'a' | 'e'
            | 'i'
            | 'o'
            | 'u'
            | 'à'
            | 'â'
            | 'ä'
            | 'é'
            | 'è'
            | 'ê'
            | 'ë'
            | 'î'
            | 'ï'
            | 'ô'
            | 'ö'
            | 'ù'
            | 'û'
            | 'ü'
            | 'œ'
            | 'æ'
    )
}

fn of_piece(piece: &str) -> usize {
    let mut spelled = piece.replace("qu", "q");
    for (written, spoken) in [("gue", "ge"), ("gui", "gi"), ("gué", "gé"), ("guè", "gè"), ("guê", "gê")] {
        spelled = spelled.replace(written, spoken);
    }
    let letters: Vec<char> = spelled.chars().collect();
    let count = groups(&letters, |before, letter, after| match letter {
        // Spoken as in `payer` between vowels and as in `yeux` before one.
        'y' => !after.is_some_and(is_vowel) || before.is_none(),
        letter => is_vowel(letter),
    });
    if count == 0 {
        // An elided consonant has no syllable; letters without a vowel are spelled out, GRC.
        return if letters.len() > 1 && piece == spelled { letters.len() } else { 0 };
    }
    (count + apart(&letters)).saturating_sub(usize::from(ends_mute(piece, &letters))).max(1)
}

/// Vowels that stand together and are spoken apart.
fn apart(letters: &[char]) -> usize {
    let mut count = 0;
    for (at, pair) in letters.windows(2).enumerate() {
        let &[left, right] = pair else { continue };
        let rest = &letters[at + 2..];
        // The mute e of `année`, `années` adds nothing.
        let mute = right == 'e' && matches!(rest, [] | ['s']);
        let trema = is_vowel(left) && matches!(right, 'ï' | 'ë' | 'ü');
        let after_acute = left == 'é' && is_vowel(right) && !mute;
        let before_acute = matches!(left, 'a' | 'o') && matches!(right, 'é' | 'è');
        let double = left == 'o' && right == 'o' && rest.first() == Some(&'p');
        // `client`, `ouvrier`: i after two consonants whose second is l or r.
        let cluster = left == 'i' && is_vowel(right) && !mute && after_cluster(&letters[..at]);
        count += usize::from(trema || after_acute || before_acute || double || cluster);
    }
    let starts = |head: &str| letters.iter().copied().zip(head.chars()).filter(|(a, b)| a == b).count() == head.len();
    count + usize::from(starts("pays"))
}

fn after_cluster(before: &[char]) -> bool {
    matches!(before, [.., 'b' | 'c' | 'd' | 'f' | 'g' | 'p' | 't' | 'v', 'l' | 'r'])
}

/// True when the last written vowel group is not spoken.
fn ends_mute(piece: &str, letters: &[char]) -> bool {
    let after_consonant = |end: &str| {
        let stem = letters.len().checked_sub(end.len() + 1).map(|at| letters[at]);
        stem.is_some_and(|before| !is_vowel(before))
    };
    if piece.ends_with('e') {
        return after_consonant("e");
    }
    if piece.ends_with("es") {
        return after_consonant("es");
    }
    if !piece.ends_with("ent") || SPOKEN_ENT.contains(&piece) || piece.ends_with("aient") || piece.ends_with("oient") {
        // `étaient`: one group of vowels already.
        return false;
    }
    MUTE_ENT.contains(&piece) || MUTE_ENDINGS.iter().any(|end| piece.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::super::tests::nearly_all_right;
    use super::*;

    const WORDS: &str = "eau:1 ville:1 rue:1 rues:1 mairie:2 municipalité:5 conseil:2 conseiller:3 conseillère:3 \
        citoyen:3 citoyenne:3 quartier:2 travaux:2 aqueduc:3 égout:2 conduite:2 bouillir:2 minute:2 minutes:2 piscine:2 \
        bibliothèque:4 stationnement:4 déneigement:4 renseignements:4 gratuitement:4 client:2 ouvrier:3 février:3 \
        janvier:2 juillet:2 août:1 réunion:3 océan:3 vidéo:3 théâtre:2 Noël:2 maïs:2 payer:2 pays:2 employé:3 employée:3 \
        voyage:2 famille:2 feuille:1 travailler:3 station:2 situation:3 information:4 année:2 années:2 accueil:2 \
        œuvre:1 langue:1 longueur:2 quatre:1 qui:1 aujourd'hui:3 l'eau:1 d'urgence:2 jusqu'à:2 peuvent:1 doivent:1 \
        restent:1 finissent:2 étaient:2 moment:2 souvent:2 paiement:2 remerciement:4 règlement:3 hôtel:2 poubelles:2 \
        recyclage:3 sécurité:4 urgence:2 incendie:3 pompiers:2 pompier:2 budget:2 taxes:1 logement:3 abordable:3 \
        coopération:5 premier:2 première:2 prévue:2 lieu:1 essentiel:3 Québec:2 bientôt:2 merci:2 potable:2 les:1 de:1 \
        vous:1 nous:1 une:1 GRC:3 boulevard:3 sentier:2 inondation:4 évacuation:5 fermée:2 ouverte:2 service:2";

    #[test]
    fn everyday_words_are_right() {
        nearly_all_right(WORDS, syllables);
    }
}
