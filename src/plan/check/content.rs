//! The words of a plan: languages that are missing, texts that are too long, too hard or too many.

mod languages;

use std::collections::{BTreeMap, HashMap};

use crate::mention::{Id, Language, Network};
use crate::plan::Plan;
use crate::plan::at::At;
use crate::plan::finding::{FindingKind, TextKind};
use crate::plan::localized::Localized;
use crate::plan::message::Message;
use crate::plan::variables::{self, Piece};
use crate::text::comparable;
use crate::text::lengths::{self, Limits};
use crate::text::readability;

use super::Findings;

pub(super) use languages::languages;

/// A key message is at most so many words, nine seconds spoken (Covello).
const MAX_WORDS: usize = 27;
/// A message rests on at most so many facts (Covello).
const MAX_FACTS: usize = 3;
/// A message map answers one concern by at most so many messages (Covello).
const MAX_MESSAGES: usize = 3;
/// The shortest of the common networks: a text that fits it fits them all.
const SHORTEST: Network = Network::X;
/// A formula says nothing of a text with fewer words.
const MEASURED_FROM: usize = 10;

/// A text that is sent out, with its words for single networks.
struct Sent<'p> {
    kind: TextKind,
    id: &'p Id,
    at: &'p At,
    text: &'p Localized,
    variants: Option<&'p BTreeMap<String, Localized>>,
}

/// Every text that may still be sent: what is retired or resolved is left out.
fn sent(plan: &Plan) -> impl Iterator<Item = Sent<'_>> {
    let messages = plan.messages.iter().filter(|message| !message.approval.is_retired()).map(|message| {
        let (id, at, text) = (&message.id, &message.at, &message.text);
        Sent { kind: TextKind::Message, id, at, text, variants: Some(&message.variants) }
    });
    let live = plan.templates.iter().filter(|template| !template.approval.is_retired());
    let templates = live.map(|template| {
        let (id, at, text) = (&template.id, &template.at, &template.text);
        Sent { kind: TextKind::Template, id, at, text, variants: Some(&template.variants) }
    });
    let holdings = plan.holdings.iter().map(|holding| {
        let (id, at, text) = (&holding.id, &holding.at, &holding.text);
        Sent { kind: TextKind::Holding, id, at, text, variants: None }
    });
    let rumours = plan.rumours.iter().filter(|rumour| rumour.status.is_open()).filter_map(|rumour| {
        let (id, at, text) = (&rumour.id, &rumour.at, rumour.line.as_ref()?);
        Some(Sent { kind: TextKind::Rumour, id, at, text, variants: None })
    });
    messages.chain(templates).chain(holdings).chain(rumours)
}

impl Sent<'_> {
    /// The key under which the words stand.
    fn key(&self) -> &'static str {
        if self.kind == TextKind::Rumour { "line" } else { "text" }
    }

    /// The words for every network and, with its name, for each that has its own.
    fn wordings(&self) -> impl Iterator<Item = (Option<&str>, &Localized)> {
        let own = self.variants.into_iter().flatten().map(|(network, text)| (Some(network.as_str()), text));
        std::iter::once((None, self.text)).chain(own)
    }
}

/// The texts in the organization's languages; a bare string once only, in the first of them.
fn distinct<'t>(plan: &Plan, text: &'t Localized) -> impl Iterator<Item = (Language, &'t str)> {
    let same = text.en.is_some() && text.en == text.fr;
    let languages = plan.organization.languages.iter().copied().take(if same { 1 } else { usize::MAX });
    languages.filter_map(|language| Some((language, text.exact(language)?))).collect::<Vec<_>>().into_iter()
}

/// The words without their blanks: what is sent is at least as long.
fn without_blanks(text: &str) -> String {
    let words = |piece: Piece<'_>| if let Piece::Text(text) = piece { text.to_owned() } else { String::new() };
    variables::pieces(text).map(words).collect()
}

/// Messages are short enough to be said, and every text to be posted.
pub(super) fn lengths(plan: &Plan, findings: &mut Findings<'_>) {
    for message in plan.messages.iter().filter(|message| !message.approval.is_retired()) {
        if message.facts.len() > MAX_FACTS {
            let (id, facts) = (message.id.clone(), message.facts.len());
            findings.add_at_key(&message.at, "facts", FindingKind::ManyFacts { id, facts, limit: MAX_FACTS });
        }
        for (language, text) in distinct(plan, &message.text) {
            let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
            if words > MAX_WORDS {
                let (id, limit) = (message.id.clone(), MAX_WORDS);
                findings.add_at_key(&message.at, "text", FindingKind::LongMessage { id, language, words, limit });
            }
        }
    }
    let limits = Limits::default();
    for sent in sent(plan) {
        for (network, wording) in sent.wordings() {
            fits(&sent, (network, wording), &limits, findings);
        }
    }
}

fn fits(sent: &Sent<'_>, (own, wording): (Option<&str>, &Localized), limits: &Limits, findings: &mut Findings<'_>) {
    if own.is_none() && sent.variants.is_some_and(|variants| variants.contains_key(SHORTEST.token())) {
        return;
    }
    let network = own.map_or(SHORTEST, Network::from_token);
    for (language, text) in distinct(findings.plan, wording) {
        let length = lengths::count(&network, &without_blanks(text), limits);
        let Some(limit) = length.limit.filter(|_| !length.fits()) else { continue };
        let (text, id, used) = (sent.kind, sent.id.clone(), length.used);
        match own {
            None => {
                let kind = FindingKind::TooLongForNetwork { text, id, language, network: "X", used, limit };
                findings.add_at_key(sent.at, sent.key(), kind);
            }
            Some(own) => {
                let network = own.to_owned();
                let kind = FindingKind::VariantTooLong { text, id, language, network, used, limit };
                findings.add_at_key(sent.at, "variants", kind);
            }
        }
    }
}

/// Texts are in plain language.
pub(super) fn reading(plan: &Plan, findings: &mut Findings<'_>) {
    for sent in sent(plan) {
        for (network, wording) in sent.wordings() {
            for (language, text) in distinct(plan, wording) {
                if readability::count(text, language).words < MEASURED_FROM {
                    continue;
                }
                let Some(measure) = readability::measure(text, language).filter(|measure| !measure.is_plain()) else {
                    continue;
                };
                let (text, id, network) = (sent.kind, sent.id.clone(), network.map(str::to_owned));
                let key = if network.is_some() { "variants" } else { sent.key() };
                findings.add_at_key(sent.at, key, FindingKind::HardToRead { text, id, network, language, measure });
            }
        }
    }
}

/// Variants are for networks there are.
pub(super) fn networks(plan: &Plan, findings: &mut Findings<'_>) {
    let known = |network: &str| !matches!(Network::from_token(network), Network::Other(_));
    for sent in sent(plan) {
        for network in sent.variants.into_iter().flat_map(BTreeMap::keys).filter(|network| !known(network)) {
            let suggestion = findings.near(network, NETWORKS.iter().map(Network::token));
            let (text, id, network) = (sent.kind, sent.id.clone(), network.clone());
            let kind = FindingKind::UnknownNetwork { text, id, network, suggestion };
            findings.add_at_key(sent.at, "variants", kind);
        }
    }
}

/// The networks whose mentions the program knows to tell apart.
const NETWORKS: [Network; 12] = [
    Network::X,
    Network::Bluesky,
    Network::Mastodon,
    Network::Threads,
    Network::Facebook,
    Network::Instagram,
    Network::Linkedin,
    Network::Youtube,
    Network::Tiktok,
    Network::Reddit,
    Network::Nextdoor,
    Network::Web,
];

/// One concern of an initiative is answered by few messages.
pub(super) fn message_maps(plan: &Plan, findings: &mut Findings<'_>) {
    let mut listed: HashMap<&Id, Vec<&Id>> = HashMap::new();
    for initiative in &plan.initiatives {
        initiative.messages.iter().for_each(|message| listed.entry(message).or_default().push(&initiative.id));
    }
    let mut maps: HashMap<(&Id, String), Vec<&Message>> = HashMap::new();
    for message in plan.messages.iter().filter(|message| !message.approval.is_retired()) {
        let Some(concern) = &message.concern else { continue };
        let mut folded = String::new();
        comparable(concern.get(plan.organization.languages[0]), &mut folded);
        let by_list = listed.get(&message.id).into_iter().flatten().copied();
        let mut owners: Vec<&Id> = message.initiative.iter().chain(by_list).collect();
        owners.sort_unstable();
        owners.dedup();
        for owner in owners {
            maps.entry((owner, folded.clone())).or_default().push(message);
        }
    }
    for ((initiative, _), messages) in maps {
        let Some(too_many) = messages.get(MAX_MESSAGES) else { continue };
        let concern = too_many.concern.as_ref().map(|concern| concern.get(plan.organization.languages[0]));
        let kind = FindingKind::ManyMessages {
            initiative: initiative.clone(),
            concern: concern.unwrap_or_default().to_owned(),
            messages: messages.iter().map(|message| message.id.clone()).collect(),
            limit: MAX_MESSAGES,
        };
        findings.add_at_key(&too_many.at, "concern", kind);
    }
}
