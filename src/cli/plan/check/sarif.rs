//! What a check told, as SARIF 2.1.0: the form in which code hosts show findings beside the lines they are about.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use crate::locale::Locale;
use crate::plan::Diagnostic;
use crate::plan::diagnostic::Severity;
use crate::plan::explain;

/// One run with the rules that were told of and a result for each diagnostic; what the plan allows is suppressed, with the
/// reason. Addresses are relative to the working folder, as `plan` is.
pub(super) fn log(plan: &Path, diagnostics: &[Diagnostic], locale: &Locale) -> Value {
    let told: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let rules: Vec<Value> = told.iter().filter_map(|code| rule(code, locale)).collect();
    let results: Vec<Value> = diagnostics.iter().map(|diagnostic| result(plan, diagnostic)).collect();
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    })
}

fn rule(code: &str, locale: &Locale) -> Option<Value> {
    let code = explain::find(code).ok()?;
    Some(json!({
        "id": code.code,
        "shortDescription": { "text": code.what(locale) },
        "fullDescription": { "text": code.why(locale) },
        "help": { "text": code.mend(locale) },
        "defaultConfiguration": { "level": if code.is_error { "error" } else { "warning" } },
    }))
}

fn result(plan: &Path, diagnostic: &Diagnostic) -> Value {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let region = json!({ "startLine": diagnostic.line, "startColumn": diagnostic.column });
    let place = json!({
        "artifactLocation": { "uri": address(plan, &diagnostic.file) },
        "region": region,
    });
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": level,
        "message": { "text": diagnostic.message },
        "locations": [{ "physicalLocation": place }],
    });
    if let Some(reason) = &diagnostic.reason {
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
    }
    result
}

/// The file as a relative address: what an address may not hold is written in percent.
fn address(plan: &Path, file: &str) -> String {
    let path = if plan.is_file() { plan.to_owned() } else { plan.join(file) };
    let path = path.to_string_lossy().replace('\\', "/");
    let mut address = String::with_capacity(path.len());
    for byte in path.strip_prefix("./").unwrap_or(&path).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}
