//! An assessment for the tests of modules to the right, which ask about a judgement and not how it came about.

use crate::mention::{Confidence, Language, Level};
use crate::plan::PlanHash;

use super::{Assessment, LanguageGuess, Priority};

/// Relevant, in English, at `level`, and nothing found; a test names what else it needs with `..assessment(…)`.
pub(crate) fn assessment(level: Level, plan: PlanHash) -> Assessment {
    Assessment {
        relevant: true,
        language: LanguageGuess { code: Language::En, confidence: Confidence::percent(100), mixed: false },
        priority: Priority { level, score: 40, reasons: Vec::new(), floor: None, cap: None, by_plan: None },
        plan,
        ..Assessment::pending()
    }
}
