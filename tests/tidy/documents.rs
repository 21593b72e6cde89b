//! The documents say what the program does: keys, subcommands, themes and plan files.
//!
//! `FRONTDESK_RENEW=1 cargo test --test tests documents` writes the sections that are derived from the code.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use frontdesk::cli;
use frontdesk::config::{Permission, guides};
use frontdesk::locale::{Lang, Locale};
use frontdesk::tui::keymap::Keymap;
use frontdesk::tui::theme::Theme;

use super::root;

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("the README reads")
}

/// The stem and the path of every `.toml` file in `folder`, in name order.
fn toml_files(folder: &str) -> Vec<(String, PathBuf)> {
    let mut found: Vec<(String, PathBuf)> = fs::read_dir(root().join(folder))
        .expect("the folder reads")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), path))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "{folder} has files");
    found
}

/// What stands between two marks of the README must be `wanted`; it is written there when that is asked for.
fn section(begin: &str, end: &str, wanted: &str) {
    let text = readme();
    let start = text.find(begin).unwrap_or_else(|| panic!("README.md has no {begin}")) + begin.len();
    let stop = start + text[start..].find(end).unwrap_or_else(|| panic!("README.md has no {end} after {begin}"));
    let wanted = format!("\n{wanted}");
    if std::env::var_os("FRONTDESK_RENEW").is_some() {
        let renewed = format!("{}{wanted}{}", &text[..start], &text[stop..]);
        if renewed != text {
            fs::write(root().join("README.md"), renewed).expect("the README can be written");
        }
        return;
    }
    assert!(
        text[start..stop] == wanted,
        "README.md is behind the code after {begin}: run FRONTDESK_RENEW=1 cargo test --test tests documents"
    );
}

/// One row for each thing that can be asked, with the first sentence of its help.
fn subcommands(parent: &clap::Command, path: &str, rows: &mut String) {
    for command in parent.get_subcommands().filter(|command| command.get_name() != "help") {
        let path = format!("{path} {}", command.get_name());
        if command.has_subcommands() {
            subcommands(command, &path, rows);
        } else {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            writeln!(rows, "| `{path}` | {} |", about.replace('|', "\\|")).expect("a string takes it");
        }
    }
}

#[test]
fn the_readme_holds_what_the_code_says() {
    let keys = Keymap::defaults().markdown(&Locale::new(Lang::En));
    section("<!-- keys: written from the table of commands -->", "<!-- end of keys -->", &keys);
    let mut rows = "| command | what it does |\n|---|---|\n".to_owned();
    subcommands(&cli::definition(), "frontdesk", &mut rows);
    section("<!-- commands: written from the command line's definition -->", "<!-- end of commands -->", &rows);
}

/// The kinds of sources, whose permission each needs, and how far it was tried.
#[test]
fn the_readme_tells_who_has_to_say_yes() {
    let locale = Locale::new(Lang::En);
    let mut rows = "| kind | what it reads | what it needs | who has to say yes | tried against the real thing |\n\
                    |---|---|---|---|---|\n"
        .to_owned();
    let mut kinds: Vec<_> = guides().collect();
    kinds.sort_by_key(|guide| guide.permission);
    for guide in kinds {
        let (kind, word) = (guide.kind, |name: String| locale.text(&name));
        let who = match guide.permission {
            Permission::Nobody => "nobody",
            Permission::Password => "nobody: a password is enough",
            Permission::Company => "a company",
        };
        let (what, needs) = (word(format!("source-kind-{kind}")), word(format!("source-kind-{kind}-needs")));
        let tried = word(format!("source-tried-{}", <&str>::from(guide.tried)));
        writeln!(rows, "| `{kind}` | {what} | {needs} | {who} | {tried} |").expect("a string takes it");
    }
    section("<!-- kinds: written from the table of kinds -->", "<!-- end of kinds -->", &rows);
}

#[test]
fn every_theme_file_is_embedded_and_named() {
    let readme = readme();
    for (name, path) in toml_files("themes") {
        let text = fs::read_to_string(path).expect("the theme reads");
        assert_eq!(Theme::embedded_source(&name), Some(text.as_str()), "themes/{name}.toml is not embedded");
        assert!(readme.contains(&format!("`{name}`")), "README.md does not name the theme {name}");
    }
    for name in Theme::embedded_names() {
        assert!(root().join(format!("themes/{name}.toml")).is_file(), "the theme {name} has no file");
    }
}

#[test]
fn every_plan_file_is_named() {
    let readme = readme();
    for (name, _) in ["demo-data/plan", "src/plan/starter", "src/plan/defaults"].into_iter().flat_map(toml_files) {
        assert!(readme.contains(&format!("`{name}.toml`")), "README.md does not say what {name}.toml is");
    }
}

/// What was done before the picture is taken: two people in danger escalated, one answered, a question under the cursor.
const PRESSED: &str = "case.escalate menu.choose case.escalate menu.choose feed.next feed.next feed.next feed.next \
                       feed.next feed.next feed.next reply.copy case.confirm";

/// The README's picture is drawn by the program itself, from the demo town at its fixed instant.
#[test]
fn the_picture_of_the_desk_is_the_desk() {
    let arguments = ["--lang", "en", "print", "screen", "--svg", "--size", "132x40", "--press"];
    let mut frontdesk = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    let drawn = frontdesk.args(arguments).args(PRESSED.split_whitespace()).output().expect("the program runs");
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let file = root().join(".github/desk.svg");
    if std::env::var_os("FRONTDESK_RENEW").is_some() {
        fs::write(&file, &drawn.stdout).expect("the picture can be written");
        return;
    }
    assert!(
        fs::read(&file).is_ok_and(|kept| kept == drawn.stdout),
        ".github/desk.svg is behind the code: run FRONTDESK_RENEW=1 cargo test --test tests documents"
    );
}
