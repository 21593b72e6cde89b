//! Plans for the tests of any module: written in the test, loaded as a person's would be.

use super::{Plan, from_files};

/// The plan that is this one file.
pub(crate) fn plan(text: &str) -> Plan {
    plan_of(&[("plan.toml", text)])
}

/// The plan of these files; the test ends with their problems where it does not load.
pub(crate) fn plan_of(files: &[(&str, &str)]) -> Plan {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    from_files(files).map_or_else(
        |errors| panic!("{errors}: {:?}", errors.0.iter().map(|problem| &problem.kind).collect::<Vec<_>>()),
        |(plan, _)| plan,
    )
}
