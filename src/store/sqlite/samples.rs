//! Mentions and assessments for the store's tests, each with as little in it as a test can do with.

use chrono::{DateTime, TimeDelta, Utc};

use crate::mention::{Author, Identity, Kind, Language, Level, Mention, MentionId, Metrics, Network};
use crate::pipeline::{Assessed, Assessment, Clocks, LanguageGuess, Priority};
use crate::plan::PlanHash;

pub(in crate::store) fn noon() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

pub(in crate::store) fn mention(source: &str, native: &str, text: &str) -> Mention {
    let id = MentionId::from_parts(source, native);
    Mention {
        seen_by: vec![id.clone()],
        id,
        version: 1,
        source: source.into(),
        network: Network::Bluesky,
        kind: Kind::Post,
        author: Author { handle: Some("ana".to_owned()), name: Some("Ana".to_owned()), followers: None },
        text: text.to_owned(),
        original: None,
        url: None,
        posted_at: None,
        received_at: noon(),
        lang: None,
        reply_to: None,
        thread: None,
        metrics: Metrics::default(),
        media: Vec::new(),
        backlog: false,
        captured_by: None,
        author_deleted_at: None,
        identity: Identity { permalink: None, content: text.to_lowercase() },
    }
}

pub(in crate::store) fn assessment(level: Level, plan: &str) -> Assessment {
    Assessment {
        relevant: true,
        relevance: Vec::new(),
        initiatives: Vec::new(),
        stakeholders: Vec::new(),
        messages: Vec::new(),
        facts: Vec::new(),
        holdings: Vec::new(),
        places: Vec::new(),
        rumours: Vec::new(),
        language: LanguageGuess { code: Language::En, confidence: 1.0 },
        intents: Vec::new(),
        protocols: Vec::new(),
        clauses: Vec::new(),
        templates: Vec::new(),
        election: None,
        priority: Priority { level, score: 10, reasons: Vec::new(), floor: None, cap: None },
        path: Vec::new(),
        suggested: None,
        clocks: Clocks { acknowledge_by: Some(noon() + TimeDelta::hours(1)), substance_by: None },
        plan: PlanHash(plan.into()),
    }
}

pub(in crate::store) fn item(native: &str, text: &str, level: Level) -> Assessed {
    Assessed { mention: mention("inbox", native, text), assessment: assessment(level, "one") }
}
