//! `frontdesk plan new DIR`: a commented first plan, after five questions on a terminal and without any elsewhere.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use crate::cli::{CliError, Context, Output};
use crate::locale::Locale;
use crate::mention::Language;
use crate::plan::{StarterAnswers, starter};
use crate::text::clean_line;
use crate::tr;

/// Arguments of `plan new`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to make; it must not exist or be empty
    #[arg(value_name = "DIR")]
    path: PathBuf,
    /// Ask nothing and take the defaults
    #[arg(long, short)]
    yes: bool,
}

/// Makes a plan in `path` as the subcommand does, asking its questions.
pub fn make(path: PathBuf, context: &Context) -> Result<(), CliError> {
    run(&Args { path, yes: false }, context)
}

/// Asks where there is somebody to ask, writes the files, names them.
pub fn run(args: &Args, context: &Context) -> Result<(), CliError> {
    let locale = &context.locale;
    refuse_existing(&args.path, locale)?;
    let mut answers = defaults(locale);
    if !args.yes && io::stdin().is_terminal() {
        let (mut input, mut output) = (io::stdin().lock(), io::stderr().lock());
        ask(&mut answers, &mut input, &mut output, locale)?;
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
    out.line(&tr!(locale, "plan-new-done", path = shown(&args.path)))?;
    out.finish()
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
        time_zone: std::env::var("TZ").ok().and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC),
        hours: "mon-fri 09:00-17:00".to_owned(),
        initiative: tr!(locale, "plan-new-default-initiative"),
    }
}

/// Five questions; an empty line takes the default, an answer that cannot be used is asked for again, the end of
/// input takes the defaults of what is left.
fn ask(
    answers: &mut StarterAnswers,
    input: &mut impl BufRead,
    output: &mut impl Write,
    locale: &Locale,
) -> Result<(), CliError> {
    let mut question = |name: &str, default: &str, accept: &mut dyn FnMut(&str) -> bool| -> Result<(), CliError> {
        loop {
            write!(output, "{} [{}] ", tr!(locale, name), clean_line(default))?;
            output.flush()?;
            let mut line = String::new();
            let end = input.read_line(&mut line)? == 0;
            let answer = clean_line(line.trim()).into_owned();
            if end || answer.is_empty() || accept(&answer) {
                return Ok(());
            }
            writeln!(output, "{}", tr!(locale, "plan-new-again"))?;
        }
    };
    let codes: Vec<&str> = answers.languages.iter().map(|language| language.token()).collect();
    let defaults = answers.clone();
    question("plan-new-name", &defaults.name, &mut |answer| {
        answer.clone_into(&mut answers.name);
        true
    })?;
    question("plan-new-languages", &codes.join(", "), &mut |answer| {
        StarterAnswers::parse_languages(answer).is_some_and(|languages| {
            answers.languages = languages;
            true
        })
    })?;
    question("plan-new-time-zone", defaults.time_zone.name(), &mut |answer| {
        answer.parse().is_ok_and(|zone| {
            answers.time_zone = zone;
            true
        })
    })?;
    question("plan-new-hours", &defaults.hours, &mut |answer| {
        answer.clone_into(&mut answers.hours);
        StarterAnswers::valid_hours(answer)
    })?;
    question("plan-new-initiative", &defaults.initiative, &mut |answer| {
        answer.clone_into(&mut answers.initiative);
        true
    })
}

/// Makes the folder for its owner only and every file new: nothing is ever overwritten.
fn write_all(path: &Path, files: &[(String, String)]) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        builder.mode(0o700);
        options.mode(0o600);
    }
    builder.create(path)?;
    for (name, content) in files {
        let mut file = options.open(path.join(name))?;
        file.write_all(content.as_bytes())?;
        file.sync_all()?;
    }
    Ok(())
}

fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    fn asked(lines: &str) -> (StarterAnswers, String) {
        let locale = Locale::new(Lang::En);
        let mut answers = StarterAnswers { time_zone: Tz::UTC, ..defaults(&locale) };
        let mut output = Vec::new();
        ask(&mut answers, &mut lines.as_bytes(), &mut output, &locale).expect("asks");
        (answers, String::from_utf8(output).expect("text"))
    }

    #[test]
    fn answers_are_taken_and_bad_ones_asked_for_again() {
        let (answers, said) =
            asked("Alder Bay\nfr\nNowhere\nAmerica/Vancouver\nalways\nmon-sat 08:00-16:00\nBike lanes\n");
        assert_eq!(answers.name, "Alder Bay");
        assert_eq!(answers.languages, [Language::Fr]);
        assert_eq!(answers.time_zone, chrono_tz::America::Vancouver);
        assert_eq!((answers.hours.as_str(), answers.initiative.as_str()), ("mon-sat 08:00-16:00", "Bike lanes"));
        assert_eq!(said.matches("[UTC]").count(), 2, "{said}");
    }

    #[test]
    fn empty_lines_and_the_end_of_input_take_the_defaults() {
        let (answers, _) = asked("\n\n");
        assert_eq!(answers.hours, "mon-fri 09:00-17:00");
        assert_eq!(answers.languages, [Language::En, Language::Fr]);
    }

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
        let empty = tempfile::tempdir().expect("a folder");
        assert!(refuse_existing(empty.path(), &locale).is_ok());
        assert!(refuse_existing(&path.join("plan.toml"), &locale).is_err());
    }
}
