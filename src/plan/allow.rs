//! Findings that somebody looked at and accepted, with the reason.

use crate::mention::Id;

use super::at::At;
use super::problem::Form;
use super::reader::Reader;

/// `[[allow]]`: a finding that `plan check` is not to report.
#[derive(Debug, Clone)]
pub struct Allow {
    /// The finding's code.
    pub code: String,
    /// What it is about; absent: every finding of that code.
    pub id: Option<Id>,
    /// Why it is accepted; never blank.
    pub reason: String,
    /// Where the table stands.
    pub at: At,
}

impl Allow {
    /// Reads an `[[allow]]`. Whether there is such a finding is seen when the plan is checked.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.require("code");
        reader.require("reason");
        let (code, id, reason) = (Self::read_code(reader), reader.id("id"), reader.text("reason"));
        Some(Self { code: code?, id, reason: reason?, at: reader.at() })
    }

    fn read_code(reader: &mut Reader<'_>) -> Option<String> {
        let field = reader.field("code")?;
        let code = reader.text_of(field)?;
        let digits = code.strip_prefix("FD").unwrap_or_default();
        if digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(code);
        }
        reader.bad_form(&field.span(), &code, Form::Code);
        None
    }
}
