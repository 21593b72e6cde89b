//! What a plan costs to load, and how soon one that is made to exhaust the program is refused.

#[path = "support/posts.rs"]
#[expect(dead_code, reason = "only the rules are used here, the posts elsewhere")]
mod posts;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use divan::Bencher;
use frontdesk::plan;
use tempfile::TempDir;

const VOCABULARY: usize = 400_000;
const ORGANIZATION: &str = "[organization]\nname = \"Alder Bay\"\n";

fn main() {
    divan::main();
}

/// A plan of as many rules, in files as people keep them: a subject in a table of its own, with what belongs to it.
fn write_plan(folder: &Path, rules: usize) {
    let words = posts::vocabulary(VOCABULARY);
    let mut text = String::new();
    for (number, rule) in posts::rules(rules, rules, &words).iter().enumerate() {
        let head = "posture = \"quiet\"\nstart = 2026-09-01\nend = 2027-06-30\n";
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "[[initiative]]\nid = \"i-{number}\"\ntitle = {{ en = \"Subject {number}\", fr = \"Sujet {number}\" }}\n{head}match = '''{rule}'''\n"
        );
    }
    fs::write(folder.join("plan.toml"), ORGANIZATION).expect("written");
    fs::write(folder.join("initiatives.toml"), text).expect("written");
}

/// Files in, a plan ready to match out.
#[divan::bench(args = [1_000, 10_000], sample_count = 10)]
fn reload(bencher: Bencher<'_, '_>, rules: usize) {
    let folder = TempDir::new().expect("a folder");
    write_plan(folder.path(), rules);
    bencher.bench_local(|| plan::load(folder.path()).expect("the generated plan loads").0.match_rules.table.len());
}

/// A plan that must be refused: its name and what makes its files.
type Bad = (&'static str, fn(&Path));

fn one(folder: &Path, text: impl AsRef<[u8]>) {
    fs::write(folder.join("plan.toml"), text).expect("written");
}

fn with_query(folder: &Path, query: &str) {
    one(folder, format!("{ORGANIZATION}[[initiative]]\nid = \"i\"\ntitle = \"I\"\nmatch = '''{query}'''\n"));
}

/// As much as fits into a plan, of `piece` over and over.
fn full(piece: &str) -> String {
    piece.repeat((8 * 1024 * 1024 - 1_000) / piece.len())
}

const BAD: [Bad; 16] = [
    ("50 MB", |folder| one(folder, vec![b'#'; 50_000_000])),
    ("thousands of files", |folder| {
        for number in 0..5_000 {
            fs::write(folder.join(format!("{number}.toml")), "").expect("written");
        }
    }),
    ("lists 4,000,000 deep", |folder| one(folder, format!("a = {}", full("[")))),
    ("tables 2,500,000 deep", |folder| one(folder, format!("a = {}", full("{a=")))),
    ("keys 4,000,000 deep", |folder| one(folder, format!("{}a = 1", full("a.")))),
    ("a list of 4,000,000", |folder| one(folder, format!("a = [{}]", full("1,")))),
    ("2,000,000 keys", |folder| one(folder, full("a=1\n"))),
    ("4,000,000 lines", |folder| one(folder, full("x\n"))),
    ("one key of 8 MB", |folder| one(folder, full("a"))),
    ("one text without end", |folder| one(folder, format!("a = \"\"\"{}", full("\\u0041")))),
    ("quotes", |folder| one(folder, full("\"'"))),
    ("not UTF-8", |folder| one(folder, [full("# caf\n").as_bytes(), b"\xe9\n"].concat())),
    ("query 10,000 deep", |folder| with_query(folder, &format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000)))),
    ("query of 10,000 NOT", |folder| with_query(folder, &"NOT ".repeat(10_000))),
    ("1,000,000 wildcards", |folder| with_query(folder, &"a* OR ".repeat(1_000_000))),
    ("1,000,000 wildcards in a word", |folder| with_query(folder, &"a*?".repeat(500_000))),
];

/// Each is refused, with a place and a limit, within 50 ms.
#[divan::bench(args = BAD.map(|(name, _)| name), sample_count = 20)]
fn refusing(bencher: Bencher<'_, '_>, name: &str) {
    let folder = TempDir::new().expect("a folder");
    let (_, write) = BAD.iter().find(|(bad, _)| *bad == name).expect("one of the list");
    write(folder.path());
    bencher.bench_local(|| plan::load(folder.path()).expect_err("it is refused").0.len());
}
