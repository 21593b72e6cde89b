//! Whom a word strikes: the direction of insults, scorn and oaths.
//!
//! What enters: one spot of a [`Scene`]. What leaves: an [`Aim`], or the reason why it strikes nobody: said of oneself,
//! denied, quoted, or aimed at no person. The words before the spot are walked back over what may stand between "you are"
//! and "a bunch of clowns" until the subject is found; then those after it ("idiots like you", "useless council").

use super::scene::{Break, Scene, Spot, break_before};
use super::words::Kinds;
use crate::text::tokens::Tokens;

/// How far back a subject may stand.
const REACH: usize = 9;
/// So many words may stand between a verb of calling and what somebody is called.
const CALLING: usize = 7;
/// A quotation needs so many words around it: a text all in quotation marks is the author's own.
const FRAME: usize = 4;

/// Who is struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Struck {
    /// Whoever is spoken to.
    You,
    /// He, she, they.
    Them,
    /// The people this word names.
    People(Kinds),
    /// Somebody named.
    Name,
    /// The account of this handle.
    Handle,
    /// Whoever is meant: the word is an insult wherever it stands.
    Somebody,
    /// A thing.
    Thing(Kinds),
}

/// What a spot does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// It strikes.
    At(Struck),
    /// It is said of the author.
    Author,
    /// It is denied.
    Denied,
    /// Somebody else said it, and it is reported or condemned.
    Quoted,
    /// It strikes nobody.
    Nobody,
}

/// What the walk back from a spot found.
#[derive(Debug, Clone, Copy)]
struct Lead {
    struck: Option<Struck>,
    /// All that the words in between are.
    passed: Kinds,
    /// The author.
    me: bool,
    /// "your", not "you".
    owner: bool,
}

impl Lead {
    fn is(self, kind: Kinds) -> bool {
        self.passed.any(kind)
    }
}

/// A scene with its text.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a Tokens,
    pub(super) scene: &'a Scene,
}

/// Words that tie people to what they are called: "idiots at city hall".
const LINKS: [&str; 16] =
    ["like", "at", "in", "on", "from", "of", "over", "a", "au", "de", "du", "comme", "and", "et", "d", "chez"];
/// Verbs that tell what somebody said.
const TELLING: [&str; 12] =
    ["told", "telling", "said", "says", "saying", "could", "yelled", "shouted", "dit", "disait", "dire", "crie"];
/// What may stand between a subject and what it is said to be.
const FILLER: Kinds = Kinds::STRESS
    .or(Kinds::OATH)
    .or(Kinds::MILD_OATH)
    .or(Kinds::SCORN)
    .or(Kinds::MILD_SCORN)
    .or(Kinds::TINGE)
    .or(Kinds::INSULT)
    .or(Kinds::DEGRADING)
    .or(Kinds::BANTER);

impl View<'_> {
    /// What the spot does.
    pub(super) fn aim(&self, spot: Spot) -> Aim {
        if self.is_quoted(spot) {
            return Aim::Quoted;
        }
        let kinds = spot.kinds;
        if kinds.any(Kinds::ATTACK.or(Kinds::ABUSE)) {
            return if self.is_told(spot) { Aim::Quoted } else { Aim::At(self.addressee(spot)) };
        }
        if kinds.any(Kinds::HATE) {
            return self.hated(spot);
        }
        let lead = self.lead(spot.at);
        if lead.is(Kinds::NOT) {
            return Aim::Denied;
        }
        if lead.me && lead.is(Kinds::BE) || self.felt(spot) {
            return Aim::Author;
        }
        if self.is_called(spot) {
            return Aim::Quoted;
        }
        if kinds.any(Kinds::NAMES.or(Kinds::ACCUSATION).or(Kinds::BANTER).or(Kinds::BRUTE).or(Kinds::DOUBTFUL_SLUR)) {
            return self.name_calling(spot, lead);
        }
        if kinds.any(Kinds::SCORN.or(Kinds::MILD_SCORN).or(Kinds::TINGE)) {
            return self.scorn(spot, lead);
        }
        if kinds.any(Kinds::OATH) {
            return self.oath(spot);
        }
        Aim::Nobody
    }

    fn kinds(&self, at: usize) -> Kinds {
        self.scene.kinds(at)
    }

    fn breaks(&self, at: usize) -> Break {
        break_before(self.text, self.tokens, at)
    }

    /// The words right after the spot, up to the next comma.
    fn following(&self, spot: Spot, most: usize) -> impl Iterator<Item = usize> + '_ {
        let from = spot.at + spot.len;
        let to = (from + most).min(self.tokens.words().len());
        (from..to).take_while(|&at| self.breaks(at) == Break::None)
    }

    /// A handle stands here.
    fn is_handle(&self, at: usize) -> bool {
        let Some(word) = self.tokens.words().get(at) else { return false };
        word.is_gap() && self.text[word.span()].starts_with(['@', '＠'])
    }

    /// A word with a capital in the middle of a sentence, where not everything is in capitals.
    fn is_name(&self, at: usize) -> bool {
        let Some(word) = self.tokens.words().get(at) else { return false };
        let shown = &self.text[word.span()];
        let mut chars = shown.chars();
        chars.next().is_some_and(char::is_uppercase)
            && chars.next().is_some_and(char::is_lowercase)
            && self.kinds(at) == Kinds::NONE
            && self.breaks(at) < Break::Sentence
    }

    /// The name or handle that stands here.
    fn named(&self, at: usize) -> Option<Struck> {
        if self.is_handle(at) {
            return Some(Struck::Handle);
        }
        self.is_name(at).then_some(Struck::Name)
    }

    /// "your" and its like.
    fn is_owner(&self, at: usize) -> bool {
        let folded = self.tokens.words().get(at).map(|word| self.tokens.folded(word)).unwrap_or_default();
        matches!(folded, "your" | "ur" | "yours" | "ton" | "ta" | "tes" | "votre" | "vos")
    }

    /// "you clowns", "you fool": a noun after "you", not a verb.
    fn is_addressed(&self, spot: Spot) -> bool {
        let end = spot.at + spot.len;
        let plural = self.tokens.words().get(end - 1).is_some_and(|word| self.tokens.folded(word).ends_with('s'));
        plural || end >= self.tokens.words().len() || self.breaks(end) > Break::None
    }

    /// Walks back from the word at `at` to the subject of what is said.
    fn lead(&self, at: usize) -> Lead {
        let mut lead = Lead { struck: None, passed: Kinds::NONE, me: false, owner: false };
        let mut here = at;
        for _ in 0..REACH {
            let broken = self.breaks(here);
            let Some(before) = here.checked_sub(1) else { break };
            if broken == Break::Sentence || (broken == Break::Clause && !self.is_handle(before)) {
                break;
            }
            here = before;
            let kinds = self.kinds(here);
            if let Some(struck) = self.named(here) {
                lead.struck = Some(struck);
                break;
            }
            if kinds.any(Kinds::YOU) {
                lead.owner = self.is_owner(here);
                lead.struck = Some(Struck::You);
                break;
            }
            if kinds.any(Kinds::ME) {
                lead.me = true;
                break;
            }
            if kinds.any(Kinds::THEY) && !kinds.any(Kinds::STRESS) {
                lead.struck = Some(Struck::Them);
                break;
            }
            if kinds.any(Kinds::PEOPLE) && !kinds.any(Kinds::HEAP) {
                lead.struck = Some(Struck::People(kinds));
                break;
            }
            if kinds.any(Kinds::SERVICE.or(Kinds::POLICY)) {
                lead.struck = Some(Struck::Thing(kinds));
                break;
            }
            lead.passed = lead.passed.or(kinds);
            if !kinds.any(FILLER.or(Kinds::BE).or(Kinds::NOT).or(Kinds::HEAP)) {
                break;
            }
        }
        lead
    }

    /// Names for people, accusations, and what denies that people are people.
    fn name_calling(&self, spot: Spot, lead: Lead) -> Aim {
        if spot.kinds.any(Kinds::HEAP) {
            let aimed = self.breaks(spot.at) > Break::None
                || matches!(lead.struck, Some(Struck::You | Struck::Name | Struck::Handle));
            return if aimed { Aim::At(lead.struck.unwrap_or(Struck::Somebody)) } else { Aim::Nobody };
        }
        let sure = spot.kinds.any(Kinds::NAMES);
        let after = self.after(spot);
        match lead.struck {
            Some(Struck::Thing(_)) if !sure => return Aim::Nobody,
            Some(Struck::You)
                if lead.is(Kinds::BE) || lead.is(Kinds::HEAP) || sure || !lead.owner && self.is_addressed(spot) =>
            {
                return Aim::At(Struck::You);
            }
            Some(struck @ (Struck::Them | Struck::People(_) | Struck::Name | Struck::Handle))
                if lead.is(Kinds::BE) || sure =>
            {
                return Aim::At(struck);
            }
            _ => {}
        }
        if let Some(struck) = after {
            return Aim::At(struck);
        }
        if spot.kinds.any(Kinds::BRUTE)
            && lead.is(Kinds::BE)
            && let Some(struck @ Struck::People(_)) = self.nearby(spot)
        {
            return Aim::At(struck);
        }
        if lead.is(Kinds::HEAP) {
            return Aim::At(lead.struck.unwrap_or(Struck::Somebody));
        }
        if sure && !spot.kinds.any(Kinds::BRUTE.and(Kinds::DOUBTFUL_SLUR)) {
            return Aim::At(self.nearby(spot).unwrap_or(Struck::Somebody));
        }
        if spot.kinds.any(Kinds::BANTER.or(Kinds::ACCUSATION)) && (self.is_vocative(spot) || self.is_pointed_at(spot)) {
            return Aim::At(self.nearby(spot).unwrap_or(Struck::Somebody));
        }
        if self.is_scorned(spot) {
            return Aim::At(self.nearby(spot).unwrap_or(Struck::Somebody));
        }
        Aim::Nobody
    }

    /// Adjectives strike when they are said of people.
    fn scorn(&self, spot: Spot, lead: Lead) -> Aim {
        let tinge = !spot.kinds.any(Kinds::SCORN.or(Kinds::MILD_SCORN));
        match lead.struck {
            Some(struck @ Struck::You) if lead.is(Kinds::BE) => return Aim::At(struck),
            Some(struck @ (Struck::Them | Struck::People(_) | Struck::Name | Struck::Handle))
                if lead.is(Kinds::BE) && !tinge =>
            {
                return Aim::At(struck);
            }
            _ => {}
        }
        for at in self.following(spot, 3) {
            let kinds = self.kinds(at);
            if kinds.any(Kinds::PEOPLE) && !tinge {
                return Aim::At(Struck::People(kinds));
            }
            if kinds.any(Kinds::NAMES.or(Kinds::BANTER)) {
                return Aim::At(lead.struck.unwrap_or(Struck::Somebody));
            }
            if !kinds.any(FILLER) {
                break;
            }
        }
        Aim::Nobody
    }

    /// "fuck" with people after it.
    fn oath(&self, spot: Spot) -> Aim {
        let folded = self.tokens.words().get(spot.at).map(|word| self.tokens.folded(word)).unwrap_or_default();
        if !folded.starts_with('f') || folded.ends_with("ing") || folded.ends_with("in") {
            return Aim::Nobody;
        }
        for at in self.following(spot, 3) {
            let kinds = self.kinds(at);
            if kinds.any(Kinds::YOU) {
                return Aim::At(Struck::You);
            }
            if kinds.any(Kinds::PEOPLE) {
                return Aim::At(Struck::People(kinds));
            }
            if let Some(struck) = self.named(at) {
                return Aim::At(struck);
            }
            if !kinds.any(Kinds::STRESS) {
                break;
            }
        }
        Aim::Nobody
    }

    /// Verbs of hatred strike people, not things.
    fn hated(&self, spot: Spot) -> Aim {
        let lead = self.lead(spot.at);
        if lead.is(Kinds::NOT) {
            return Aim::Denied;
        }
        for at in self.following(spot, 5) {
            let kinds = self.kinds(at);
            if kinds.any(Kinds::IDENTITY) {
                return Aim::At(Struck::People(kinds));
            }
            if kinds.any(Kinds::YOU) {
                return Aim::At(Struck::You);
            }
            if !kinds.any(FILLER.or(Kinds::HEAP)) {
                break;
            }
        }
        Aim::Nobody
    }

    /// People named after the spot: "idiots at city hall", "clowns on council", "morons like you".
    fn after(&self, spot: Spot) -> Option<Struck> {
        let mut linked = false;
        for at in self.following(spot, 5) {
            let folded = self.tokens.folded(&self.tokens.words()[at]);
            linked |= LINKS.contains(&folded);
            let kinds = self.kinds(at);
            if kinds.any(Kinds::YOU) && linked {
                return Some(Struck::You);
            }
            if kinds.any(Kinds::ELECTED.or(Kinds::STAFF)) && linked {
                return Some(Struck::People(kinds));
            }
            if at == spot.at + spot.len && self.is_handle(at) {
                return Some(Struck::Handle);
            }
        }
        None
    }

    /// Somebody is addressed: "…, clown.", "Coward.", "Thieves with clipboards, every one of you."
    fn is_vocative(&self, spot: Spot) -> bool {
        let end = spot.at + spot.len;
        let mut start = spot.at;
        while start > 0 && self.breaks(start) == Break::None && self.kinds(start - 1).any(FILLER.or(Kinds::YOU)) {
            start -= 1;
        }
        let before = self.breaks(start);
        let text_ends = end >= self.tokens.words().len();
        before > Break::None && (text_ends || self.breaks(end) > Break::None)
    }

    /// "this clown", "those donkeys", "what a coward", "the fools who".
    fn is_pointed_at(&self, spot: Spot) -> bool {
        let Some(before) = spot.at.checked_sub(1) else { return false };
        if self.breaks(spot.at) > Break::None {
            return false;
        }
        let folded = self.tokens.folded(&self.tokens.words()[before]);
        let plural = self.tokens.folded(&self.tokens.words()[spot.at + spot.len - 1]).ends_with('s');
        matches!(folded, "these" | "those" | "such")
            || plural && matches!(folded, "les" | "ces" | "the") && self.goes_on_about(spot)
            || folded == "a" && before > 0 && self.tokens.folded(&self.tokens.words()[before - 1]) == "what"
            || matches!(folded, "quel" | "quelle" | "quels" | "quelles" | "espece" | "bande" | "gang")
    }

    /// "… who", "… that", "… qui": somebody in particular.
    fn goes_on_about(&self, spot: Spot) -> bool {
        let Some(word) = self.tokens.words().get(spot.at + spot.len) else { return false };
        matches!(self.tokens.folded(word), "who" | "that" | "qui" | "que" | "running" | "in" | "at" | "on")
    }

    /// Scorn or an oath stands right before it: "fucking clowns", "lazy donkeys", "osti de bouffon".
    fn is_scorned(&self, spot: Spot) -> bool {
        let mut at = spot.at;
        while at > 0 && self.breaks(at) == Break::None {
            at -= 1;
            let kinds = self.kinds(at);
            if kinds.any(Kinds::SCORN.or(Kinds::OATH)) {
                return !spot.kinds.any(Kinds::BRUTE) || spot.kinds.any(Kinds::BANTER);
            }
            if !kinds.any(Kinds::STRESS) || spot.at - at > 3 {
                return false;
            }
        }
        false
    }

    /// Who else the sentence is about.
    fn nearby(&self, spot: Spot) -> Option<Struck> {
        let words = self.tokens.words().len();
        let from = (0..=spot.at).rev().find(|&at| self.breaks(at) == Break::Sentence).unwrap_or(0);
        let to = (spot.at + 1..words).find(|&at| self.breaks(at) == Break::Sentence).unwrap_or(words);
        let order = (from..spot.at).rev().chain(spot.at + spot.len..to);
        let mut you = None;
        for at in order {
            let kinds = self.kinds(at);
            if kinds.any(Kinds::PEOPLE) {
                return Some(Struck::People(kinds));
            }
            if let Some(struck) = self.named(at) {
                return Some(struck);
            }
            if kinds.any(Kinds::YOU) {
                you = Some(Struck::You);
            }
        }
        you
    }

    /// Whom a phrase of attack speaks to.
    fn addressee(&self, spot: Spot) -> Struck {
        let end = spot.at + spot.len;
        (end..end + 3)
            .chain((spot.at.saturating_sub(3)..spot.at).rev())
            .find_map(|at| {
                let kinds = self.kinds(at);
                if kinds.any(Kinds::PEOPLE) {
                    return Some(Struck::People(kinds));
                }
                self.named(at)
            })
            .unwrap_or(Struck::You)
    }

    /// In quotation marks, with enough of the author's own words around.
    fn is_quoted(&self, spot: Spot) -> bool {
        if !self.scene.has_quotes() {
            return false;
        }
        let Some(word) = self.tokens.words().get(spot.at) else { return false };
        let mut open = false;
        for c in self.text[..word.span().start].chars() {
            match c {
                '"' => open = !open,
                '“' | '«' => open = true,
                '”' | '»' => open = false,
                _ => {}
            }
        }
        if !open {
            return false;
        }
        let rest = &self.text[word.span().end..];
        let closes = rest.find(['"', '”', '»']);
        let inside = closes.map_or(self.text.len(), |at| word.span().end + at);
        let begin = self.text[..word.span().start].rfind(['"', '“', '«']).unwrap_or(0);
        let outside = self.tokens.words().iter().filter(|word| word.span().start < begin || word.span().start > inside);
        outside.count() >= FRAME
    }

    /// "called me a", "stop calling women", "traiter les gens de": what somebody said, and it is spoken of.
    fn is_called(&self, spot: Spot) -> bool {
        let mut at = spot.at;
        for _ in 0..CALLING {
            if at == 0 || self.breaks(at) > Break::None {
                return false;
            }
            at -= 1;
            if self.kinds(at).any(Kinds::QUOTE) {
                let speaker = at.checked_sub(1).map(|before| self.kinds(before)).unwrap_or_default();
                return !speaker.any(Kinds::ME);
            }
        }
        false
    }

    /// "I was told to shut up", "if you tell women to …": an attack that is told, not made.
    fn is_told(&self, spot: Spot) -> bool {
        let from = spot.at.saturating_sub(4);
        (from..spot.at).rev().take_while(|&at| self.breaks(at + 1) == Break::None).any(|at| {
            let folded = self.tokens.folded(&self.tokens.words()[at]);
            TELLING.contains(&folded)
        })
    }

    /// "I felt like an idiot", "me sens comme un con": how somebody felt or was treated.
    fn felt(&self, spot: Spot) -> bool {
        let from = spot.at.saturating_sub(6);
        let near = (from..spot.at).rev().take_while(|&at| self.breaks(at + 1) == Break::None);
        let (mut like, mut me) = (false, false);
        for at in near {
            let folded = self.tokens.folded(&self.tokens.words()[at]);
            like |= spot.at - at <= 3
                && matches!(folded, "like" | "feel" | "felt" | "comme" | "sens" | "being" | "been" | "etre");
            me |= self.kinds(at).any(Kinds::ME);
            if self.kinds(at).any(Kinds::YOU) {
                return false;
            }
        }
        like && me
    }
}
