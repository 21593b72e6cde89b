//! Prints a query the one way it is written: parsing the print gives the same tree.

use std::fmt::{self, Display, Formatter, Write as _};

use crate::query::ast::{Expr, Form, Part, Phrase};
use crate::query::field::{IdPattern, Metric, Moment, StatusTest, Test};
use crate::query::lexer;
use crate::text::tokens::MarkKind;

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(parts) => separated(f, parts, " "),
            Self::Or(parts) => separated(f, parts, " OR "),
            Self::Not(inner) if matches!(**inner, Self::And(_) | Self::Or(_) | Self::Near { .. }) => {
                write!(f, "NOT ({inner})")
            }
            Self::Not(inner) => write!(f, "NOT {inner}"),
            Self::Words(phrase) => phrase.fmt(f),
            Self::Within { phrase, distance, ordered } => {
                if phrase.is_exact() {
                    write!(f, "{{{}}}", phrase.text)?;
                } else {
                    write!(f, "\"{}\"", phrase.text)?;
                }
                write!(f, "~{distance}{}", if *ordered { "f" } else { "" })
            }
            Self::Mark { kind, name, part: Part { form: Form::Exact(_), .. } } => {
                write!(f, "{{{}{name}}}", sign(*kind))
            }
            Self::Mark { kind, name, part } => {
                write!(f, "{}{name}{}", sign(*kind), if part.form == Form::Prefix { "*" } else { "" })
            }
            Self::Near { left, right, distance, ordered } => {
                grouped(f, left)?;
                write!(f, " NEAR/{distance}{} ", if *ordered { "f" } else { "" })?;
                grouped(f, right)
            }
            Self::Author(Phrase { text, .. }) => {
                f.write_str("author:")?;
                value(f, text)
            }
            Self::Url(Phrase { text, .. }) => {
                f.write_str("url:")?;
                value(f, text)
            }
            Self::Field(test) => test.fmt(f),
        }
    }
}

fn sign(kind: MarkKind) -> char {
    match kind {
        MarkKind::Tag => '#',
        MarkKind::Handle => '@',
    }
}

impl Display for Phrase {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.is_exact() { write!(f, "{{{}}}", self.text) } else { quoted_if_needed(f, &self.text) }
    }
}

impl Part {
    /// The word as a query has it, without braces around it.
    pub(super) fn writing(&self) -> String {
        match &self.form {
            Form::Word | Form::Pattern => self.folded.clone(),
            Form::Prefix => format!("{}*", self.folded),
            Form::Suffix => format!("*{}", self.folded),
            Form::Exact(spelling) => spelling.clone(),
        }
    }
}

fn separated(f: &mut Formatter<'_>, parts: &[Expr], separator: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        grouped(f, part)?;
    }
    Ok(())
}

/// Puts parentheses around what holds others together.
fn grouped(f: &mut Formatter<'_>, expr: &Expr) -> fmt::Result {
    match expr {
        Expr::And(_) | Expr::Or(_) | Expr::Near { .. } => write!(f, "({expr})"),
        _ => expr.fmt(f),
    }
}

fn quoted_if_needed(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    if lexer::is_bare(text) { f.write_str(text) } else { write!(f, "\"{text}\"") }
}

/// A field's value: quoted unless nothing in it could end it.
fn value(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | '*' | '\'' | '’');
    if text.chars().all(plain) { f.write_str(text) } else { write!(f, "\"{text}\"") }
}

impl Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(network) => {
                f.write_str("network:")?;
                value(f, network.token())
            }
            Self::Source(pattern) => write!(f, "source:{pattern}"),
            Self::Lang(tag) => write!(f, "lang:{tag}"),
            Self::Kind(kind) => write!(f, "kind:{kind}"),
            Self::Has(has) => write!(f, "has:{}", <&str>::from(has)),
            Self::Metric(metric, comparison, number) => write!(f, "{metric}{}{number}", comparison.sign()),
            Self::Initiative(pattern) => write!(f, "initiative:{pattern}"),
            Self::Stakeholder(pattern) => write!(f, "stakeholder:{pattern}"),
            Self::Message(pattern) => write!(f, "message:{pattern}"),
            Self::Place(pattern) => write!(f, "place:{pattern}"),
            Self::Rumour(pattern) => write!(f, "rumour:{pattern}"),
            Self::Protocol(pattern) => write!(f, "protocol:{pattern}"),
            Self::Criterion(pattern) => write!(f, "criterion:{pattern}"),
            Self::Clause(pattern) => write!(f, "clause:{pattern}"),
            Self::Tone(tone) => write!(f, "tone:{tone}"),
            Self::Hostility(comparison, level) => write!(f, "hostility{}{level}", comparison.sign()),
            Self::Target(target) => write!(f, "target:{target}"),
            Self::Danger(danger) => write!(f, "danger:{danger}"),
            Self::Type(post_type) => write!(f, "type:{post_type}"),
            Self::Urgency(comparison, level) => write!(f, "urgency{}{level}", comparison.sign()),
            Self::Cluster(comparison, size) => write!(f, "cluster{}{size}", comparison.sign()),
            Self::Surge(pattern) => write!(f, "surge:{pattern}"),
            Self::Is(is) => f.write_str(is.written()),
            Self::Status(StatusTest::Open) => f.write_str("status:open"),
            Self::Status(StatusTest::Is(status)) => write!(f, "status:{status}"),
            Self::Priority(comparison, level) => write!(f, "priority{}{level}", comparison.sign()),
            Self::Posted(comparison, moment) => write!(f, "posted{}{moment}", comparison.sign()),
            Self::Age(comparison, seconds) => {
                write!(f, "age{}", comparison.sign())?;
                match *seconds {
                    s if s > 0 && s % 86_400 == 0 => write!(f, "{}d", s / 86_400),
                    s if s > 0 && s % 3_600 == 0 => write!(f, "{}h", s / 3_600),
                    s if s > 0 && s % 60 == 0 => write!(f, "{}m", s / 60),
                    s => write!(f, "{s}s"),
                }
            }
        }
    }
}

impl Display for Moment {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::Minute(minute) => write!(f, "{}", minute.format("%Y-%m-%dT%H:%M")),
        }
    }
}

impl Display for IdPattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        value(f, &self.id)?;
        if self.prefix { f.write_char('*') } else { Ok(()) }
    }
}

impl Display for Metric {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Followers => "followers",
            Self::Likes => "likes",
            Self::Reposts => "reposts",
        })
    }
}
