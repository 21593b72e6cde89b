//! The whole plan as one document that a council can read: a web page or Markdown.
//!
//! What enters: a plan, an instant, the words of the interface and the languages to show. What leaves: text. Each
//! part of the plan is described once, as a `document` of headings, facts, tables and rules; two renderers write it.
//! A plan's words are other people's: each renderer passes every one of them through its one escape.

mod about;
mod answers;
mod document;
mod duty;
mod html;
mod markdown;
mod pen;
mod proof;
mod rule;
mod subjects;
mod urgency;
mod way;

use chrono::{DateTime, Utc};

use crate::locale::Locale;
use crate::mention::Language;
use crate::plan::Plan;

use document::Document;
use pen::Pen;

/// How the page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// One page that needs nothing else: no script, no picture, no address to load from.
    Html,
    /// GitHub's Markdown.
    Markdown,
}

/// What a page is written with.
#[derive(Debug, Clone, Copy)]
pub struct PlanPage<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The words around it.
    pub locale: &'a Locale,
    /// The only language of the plan's own texts to show; `None` shows every language of the organization.
    pub only: Option<Language>,
    /// The instant as of which approvals, expiries and findings are told.
    pub now: DateTime<Utc>,
}

impl PlanPage<'_> {
    /// Writes the page, with a newline at its end.
    pub fn write(self, markup: Markup) -> String {
        let document = self.document();
        match markup {
            Markup::Html => html::page(&document, self.locale),
            Markup::Markdown => markdown::page(&document, self.locale),
        }
    }

    fn document(self) -> Document {
        let pen = Pen::new(self);
        let sections = [about::sections, subjects::sections, answers::sections, way::sections, urgency::sections];
        let sections = sections.into_iter().chain([duty::sections, proof::sections]);
        Document {
            title: pen.said(&self.plan.organization.name),
            facts: about::identity(&pen),
            legend: pen.word("legend"),
            sections: sections.flat_map(|part| part(&pen)).filter(|section| !section.blocks.is_empty()).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
