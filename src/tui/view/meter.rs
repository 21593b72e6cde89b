//! How long a reply is for its network, as numbers and as a bar; the numbers alone say everything.

use super::context::Context;
use crate::text::lengths::Length;

/// The bar's steps.
const STEPS: usize = 10;

/// `212/300 ▰▰▰▰▰▰▰▱▱▱`; without a limit, the length alone.
pub(super) fn words(length: Length, context: &Context<'_>) -> String {
    let used = context.number(length.used as u64);
    let Some(limit) = length.limit else { return used };
    let filled = (length.used * STEPS).div_ceil(limit.max(1)).min(STEPS);
    format!("{used}/{} {}{}", context.number(limit as u64), "▰".repeat(filled), "▱".repeat(STEPS - filled))
}
