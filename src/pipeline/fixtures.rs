//! An assessment for the tests of modules to the right, which ask about a judgement and not how it came about.

use crate::mention::{Language, Level};
use crate::plan::PlanHash;

use super::{Assessment, Clocks, LanguageGuess, Priority};

/// Relevant, in English, at `level`, and nothing found; a test names what else it needs with `..assessment(…)`.
pub(crate) fn assessment(level: Level, plan: PlanHash) -> Assessment {
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
        priority: Priority { level, score: 40, reasons: Vec::new(), floor: None, cap: None },
        path: Vec::new(),
        suggested: None,
        clocks: Clocks::default(),
        plan,
    }
}
