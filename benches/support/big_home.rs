//! Makes a home with a large store, for measurements: `big_home DIR STORED OPEN`.

use std::path::Path;

#[expect(dead_code, reason = "the measurements use the rest of it")]
#[path = "home.rs"]
mod home;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, stored, open] = arguments.as_slice() else { return Err("usage: big_home DIR STORED OPEN".into()) };
    home::build(Path::new(folder), home::Size { mentions: stored.parse()?, open: open.parse()? })
}
