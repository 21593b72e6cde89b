//! `frontdesk plan new DIR`: a commented first plan, after six questions on a terminal and without any elsewhere.
//!
//! Nothing is written before the last question is answered, and what could not be written in full is taken away again.

mod questions;

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use crate::cli::{CliError, Context, Output};
use crate::locale::Locale;
use crate::mention::Language;
use crate::plan::{StarterAnswers, starter};
use crate::text::clean_line;
use crate::text::width::width;
use crate::tr;

use questions::{Question, ask};

/// Arguments of `plan new`. What is given is not asked.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// The folder to make; it must not exist or be empty
    #[arg(value_name = "DIR")]
    path: PathBuf,
    /// Ask nothing and take the defaults of what is not given
    #[arg(long, short)]
    yes: bool,
    /// The organization's name
    #[arg(long)]
    name: Option<String>,
    /// The languages it answers in: en, fr or en,fr
    #[arg(long)]
    languages: Option<String>,
    /// Its time zone, such as America/Vancouver
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Its published hours, such as "mon-fri 09:00-17:00, sat 10:00-14:00"
    #[arg(long)]
    hours: Option<String>,
    /// A subject that people are expected to talk about
    #[arg(long, value_name = "TITLE")]
    initiative: Option<String>,
    /// What they write when they do, with commas between: "bike lane*, #bikelanes, piste cyclable"
    #[arg(long)]
    words: Option<String>,
}

impl Args {
    fn given(&self, question: Question) -> Option<&String> {
        match question {
            Question::Name => self.name.as_ref(),
            Question::Languages => self.languages.as_ref(),
            Question::TimeZone => self.time_zone.as_ref(),
            Question::Hours => self.hours.as_ref(),
            Question::Initiative => self.initiative.as_ref(),
            Question::Words => self.words.as_ref(),
        }
    }
}

/// Makes a plan in `path` as the subcommand does, asking its questions.
pub fn make(path: PathBuf, context: &Context) -> Result<(), CliError> {
    run(&Args { path, ..Args::default() }, context)
}

/// Asks where there is somebody to ask, writes the files, names them and what to do next.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let locale = &context.locale;
    refuse_existing(&args.path, locale)?;
    let mut answers = defaults(locale);
    let mut open = Vec::new();
    for question in Question::ALL {
        match args.given(question) {
            Some(answer) => question.take(answer, &mut answers, locale).map_err(CliError::usage)?,
            None => open.push(question),
        }
    }
    if !args.yes && !open.is_empty() && io::stdin().is_terminal() {
        let (mut input, mut output) = (io::stdin().lock(), io::stderr().lock());
        ask(&open, &mut answers, (&mut input, &mut output), locale)?;
    }
    let files = starter(&answers);
    write_all(&args.path, &files).map_err(|error| {
        let path = shown(&args.path);
        CliError::io(tr!(locale, "plan-new-failed", path = path, detail = error.to_string()))
    })?;
    let mut out = Output::stdout();
    for (name, _) in &files {
        out.line(&clean_line(&args.path.join(name).to_string_lossy()))?;
    }
    out.line("")?;
    out.line(&tr!(locale, "plan-new-done", path = shown(&args.path)))?;
    let next = next_commands(&args.path, &answers, locale);
    let columns = next.iter().map(|(command, _)| width(command)).max().unwrap_or_default();
    for (command, what) in &next {
        let gap = " ".repeat(columns - width(command));
        out.line(&format!("  {command}{gap}  # {what}"))?;
    }
    out.finish()
}

/// What to do with a new plan, each command with what it is for.
fn next_commands(path: &Path, answers: &StarterAnswers, locale: &Locale) -> [(String, String); 3] {
    let (path, example) = (quoted(&shown(path)), quoted(&answers.example()));
    [
        (format!("frontdesk plan check {path}"), tr!(locale, "plan-new-next-check")),
        (format!("frontdesk plan test {path}"), tr!(locale, "plan-new-next-test")),
        (format!("frontdesk plan why {path} --text {example}"), tr!(locale, "plan-new-next-why")),
    ]
}

/// A folder with anything in it is somebody's work.
fn refuse_existing(path: &Path, locale: &Locale) -> Result<(), CliError> {
    let taken = match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    };
    if taken { Err(CliError::usage(tr!(locale, "plan-new-exists", path = shown(path)))) } else { Ok(()) }
}

/// What an answer is when none is given.
pub fn defaults(locale: &Locale) -> StarterAnswers {
    StarterAnswers {
        name: tr!(locale, "plan-new-default-name"),
        languages: vec![Language::En, Language::Fr],
        time_zone: own_zone().unwrap_or(Tz::UTC),
        hours: "mon-fri 09:00-17:00".to_owned(),
        initiative: tr!(locale, "plan-new-default-initiative"),
        words: String::new(),
    }
}

/// The zone of this machine, by the variable and the link in which POSIX systems keep it.
fn own_zone() -> Option<Tz> {
    let variable = std::env::var("TZ").ok().and_then(|zone| zone.trim_start_matches(':').parse().ok());
    variable.or_else(|| {
        let link = fs::read_link("/etc/localtime").ok()?;
        let (_, name) = link.to_str()?.split_once("zoneinfo/")?;
        name.parse().ok()
    })
}

/// Makes the folder for its owner only and every file new: nothing is ever overwritten. What was made is taken away
/// again when not all of it can be.
fn write_all(path: &Path, files: &[(String, String)]) -> io::Result<()> {
    let existed = path.exists();
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)?;
    let mut made: Vec<PathBuf> = Vec::with_capacity(files.len());
    for (name, content) in files {
        let file = path.join(name);
        if let Err(error) = write_new(&file, content, &mut made) {
            // The first failure is the one to tell of.
            for file in made {
                let _ = fs::remove_file(file);
            }
            if !existed {
                let _ = fs::remove_dir(path);
            }
            return Err(error);
        }
    }
    Ok(())
}

fn write_new(path: &Path, content: &str, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    made.push(path.to_owned());
    file.write_all(content.as_bytes())?;
    file.sync_all()
}

fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}

/// A word of a shell's command line.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", clean_line(word).replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::locale::Lang;
    use crate::plan::check;
    use crate::trial::Trials;

    #[test]
    fn files_are_private_and_never_overwritten() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("deep/plan");
        let locale = Locale::new(Lang::Fr);
        let files = starter(&defaults(&locale));
        write_all(&path, &files).expect("written");
        assert!(crate::plan::load(&path).is_ok());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&path.join("plan.toml"))), (0o700, 0o600));
        }
        assert!(refuse_existing(&path, &locale).is_err());
        assert!(write_all(&path, &files).is_err());
        assert!(crate::plan::load(&path).is_ok(), "what was there before is still there");
        let empty = tempfile::tempdir().expect("a folder");
        assert!(refuse_existing(empty.path(), &locale).is_ok());
        assert!(refuse_existing(&path.join("plan.toml"), &locale).is_err());
    }

    #[test]
    fn what_cannot_be_written_in_full_leaves_nothing_behind() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("plan");
        let files = vec![("a.toml".to_owned(), "a".to_owned()), ("no/such/folder.toml".to_owned(), String::new())];
        assert!(write_all(&path, &files).is_err());
        assert!(!path.exists());
    }

    #[rstest]
    #[case::defaults("", "", "")]
    #[case::odd("!!!", "???", "...")]
    #[case::advertising("Kayaks for sale", "À vendre", "for sale")]
    #[case::words("Alder Bay", "Front Street bike lanes", "bike lane, #BikeLanes, piste cyclable")]
    fn the_starter_passes_its_own_tests(#[case] name: &str, #[case] initiative: &str, #[case] words: &str) {
        let mut answers = defaults(&Locale::new(Lang::En));
        for (answer, field) in
            [(name, &mut answers.name), (initiative, &mut answers.initiative), (words, &mut answers.words)]
        {
            if !answer.is_empty() {
                answer.clone_into(field);
            }
        }
        let (plan, _) = crate::plan::from_files(starter(&answers)).expect("loads");
        let now = "2026-11-20T12:00:00Z".parse().expect("an instant");
        assert!(check(&plan, now).iter().all(|finding| finding.allowed.is_some()));
        let mut trials = Trials::new(&plan, now);
        for case in &plan.tests {
            assert_eq!(trials.run(case).failures, [], "{}", case.at);
        }
    }

    #[rstest]
    #[case("plan", "plan")]
    #[case("my plan", "'my plan'")]
    #[case("l'eau", "'l'\\''eau'")]
    fn the_commands_shown_can_be_typed(#[case] word: &str, #[case] expected: &str) {
        assert_eq!(quoted(word), expected);
    }
}
