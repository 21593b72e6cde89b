//! `kind = "command"`: a program that prints mentions, and what it is started with.
//!
//! What enters: the table of a `[[source]]`. What leaves: a [`Program`]. The command is a list of texts that no shell
//! ever reads. Values of variables may be secrets: no fault, no `Debug` and no list shows them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::de::DeValue;

use super::super::error::{Expected, Problem};
use super::super::secret::{self, Secret};
use super::super::table::{Faults, Table};
use super::super::{DEFAULT_EVERY, SourceKind};
use super::{Row, interval};

/// How long a program that ended rests when `restart_delay` is not given.
pub const DEFAULT_RESTART_DELAY: Duration = Duration::from_secs(10);

/// The ways to ask a program for more.
const SIGNALS: &[&str] = &["stdin"];

/// A program that runs for as long as the source does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The program and its arguments, handed to the system as they are.
    pub command: Vec<String>,
    /// The folder it runs in; `Program::resolve` takes it relative to the configuration's.
    pub cwd: PathBuf,
    /// Variables it sees besides the few it always gets.
    pub env: BTreeMap<String, Variable>,
    /// How often a newline on its standard input asks it for more; `None`: its input is empty.
    pub signal: Option<Duration>,
    /// How long it rests after it ended, at least.
    pub restart_delay: Duration,
}

/// Where a variable's value comes from.
#[derive(Clone, PartialEq, Eq)]
pub enum Variable {
    /// As written.
    Text(String),
    /// From where a secret is kept, fetched when the command starts.
    Secret(Secret),
}

impl fmt::Debug for Variable {
    /// Never the value: it may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("…"),
            Self::Secret(secret) => secret.fmt(f),
        }
    }
}

impl Program {
    /// Program and script as they may be shown. Further arguments may hold a key, so that only their being there shows.
    pub fn name(&self) -> String {
        let is_plain = |text: &&String| !text.starts_with('-') && !text.contains(['=', ':', '@', ' ', '\n']);
        let shown: Vec<&str> = match self.command.as_slice() {
            [] => Vec::new(),
            [program] => vec![program],
            [program, script] if is_plain(&script) => vec![program, script],
            [program, script, ..] if is_plain(&script) => vec![program, script, "…"],
            [program, ..] => vec![program, "…"],
        };
        shown.join(" ")
    }

    /// What its variables are fetched from.
    pub(in super::super) fn secrets_mut(&mut self) -> Vec<&mut Secret> {
        fn secret(variable: &mut Variable) -> Option<&mut Secret> {
            match variable {
                Variable::Text(_) => None,
                Variable::Secret(secret) => Some(secret),
            }
        }
        self.env.values_mut().filter_map(secret).collect()
    }

    /// Takes the folder relative to `base`, and a program that is named by a path relative to that folder.
    pub(in super::super) fn resolve(&mut self, base: &Path) {
        self.cwd = base.join(&self.cwd);
        if let Some(program) = self.command.first_mut()
            && program.contains('/')
        {
            *program = self.cwd.join(&*program).to_string_lossy().into_owned();
        }
    }
}

/// The kind.
pub(super) const ROW: Row = Row {
    token: "command",
    keys: &["command", "signal", "every", "restart_delay", "cwd", "env"],
    required: &["command"],
    read,
};

/// Reads what the kind needs; `None` when something of that is wrong.
fn read(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    let signal: Option<String> = table.word("signal", SIGNALS, faults);
    let every = table.read("every", Expected::Duration, faults, |value| interval(value.as_str()?));
    if every.is_some() && table.get("signal").is_none() {
        faults.add(table.span(), table.path("signal"), Problem::Missing);
    }
    let delay = table.read("restart_delay", Expected::Duration, faults, |value| interval(value.as_str()?));
    let cwd = table.text("cwd", faults).map(PathBuf::from).unwrap_or_default();
    let env = variables(table, faults);
    let entry = table.get("command")?;
    let Some(command) = command_line(entry.get_ref()) else {
        // Somebody may have written a whole line with a key in it.
        faults.add_hidden(entry.span(), table.path("command"), Expected::Command);
        return None;
    };
    let signal = signal.map(|_| every.unwrap_or(DEFAULT_EVERY));
    let restart_delay = delay.unwrap_or(DEFAULT_RESTART_DELAY);
    Some(SourceKind::Command(Program { command, cwd, env, signal, restart_delay }))
}

/// A program and its arguments.
pub(in super::super) fn command_line(value: &DeValue<'_>) -> Option<Vec<String>> {
    let texts: Option<Vec<String>> = value
        .as_array()?
        .iter()
        .map(|text| text.get_ref().as_str().filter(|text| is_text(text)).map(str::to_owned))
        .collect();
    texts.filter(|texts| texts.first().is_some_and(|program| !program.trim().is_empty()))
}

fn variables(table: Table<'_>, faults: &mut Faults<'_>) -> BTreeMap<String, Variable> {
    let Some(entry) = table.get("env") else { return BTreeMap::new() };
    let Some(entries) = entry.get_ref().as_table() else {
        faults.add_hidden(entry.span(), table.path("env"), Expected::Variables);
        return BTreeMap::new();
    };
    let mut read = BTreeMap::new();
    for (name, value) in entries {
        match variable(value.get_ref()).filter(|_| is_name(name.get_ref())) {
            Some(variable) => drop(read.insert(name.get_ref().to_string(), variable)),
            None => faults.add_hidden(name.span(), table.path(&format!("env.{}", name.get_ref())), Expected::Variables),
        }
    }
    read
}

fn variable(value: &DeValue<'_>) -> Option<Variable> {
    if let Some(text) = value.as_str() {
        return is_text(text).then(|| Variable::Text(text.to_owned()));
    }
    secret::read(value).map(Variable::Secret)
}

/// What the system can hand on.
fn is_text(text: &str) -> bool {
    !text.contains('\0')
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::super::{Config, ConfigError};
    use super::*;

    fn program(keys: &str) -> Result<Program, Vec<ConfigError>> {
        let text = format!("[[source]]\nid = \"mail\"\nkind = \"command\"\n{keys}\n");
        let config = Config::parse(&text, Path::new("config.toml")).map_err(|errors| errors.0)?;
        match &config.sources[0].kind {
            SourceKind::Command(program) => Ok(program.clone()),
            other => panic!("another kind: {other:?}"),
        }
    }

    #[test]
    fn all_keys_are_read() {
        let read = program(
            "command = [\"./inbox.py\", \"--all\"]\nsignal = \"stdin\"\nevery = \"2m\"\nrestart_delay = \"1m\"\n\
             cwd = \"scripts\"\nenv = { TOKEN = \"hush\", PASS = { env = \"MAIL_PASS\" } }",
        );
        let mut read = read.expect("all is right");
        assert_eq!(read.signal, Some(Duration::from_mins(2)));
        assert_eq!(read.restart_delay, Duration::from_mins(1));
        assert_eq!(read.env["TOKEN"], Variable::Text("hush".to_owned()));
        assert_eq!(read.env["PASS"], Variable::Secret(Secret::Env("MAIL_PASS".to_owned())));
        read.resolve(Path::new("/desk"));
        assert_eq!(
            (read.cwd.as_path(), read.command[0].as_str()),
            (Path::new("/desk/scripts"), "/desk/scripts/./inbox.py")
        );
        assert!(!format!("{read:?}").contains("hush"), "{read:?}");
    }

    #[test]
    fn what_is_not_given_has_a_default() {
        let mut read = program("command = [\"python3\", \"inbox.py\"]").expect("enough");
        assert_eq!((read.signal, read.restart_delay), (None, DEFAULT_RESTART_DELAY));
        read.resolve(Path::new("/desk"));
        assert_eq!((read.cwd.as_path(), read.command[0].as_str()), (Path::new("/desk/"), "python3"));
    }

    #[rstest]
    #[case::missing("", 1, "config-missing", "source.command")]
    #[case::a_shell_line("command = \"inbox.py --key=hush\"", 4, "config-expected-command", "source.command")]
    #[case::empty("command = []", 4, "config-expected-command", "source.command")]
    #[case::no_text("command = [\"a\", 3]", 4, "config-expected-command", "source.command")]
    #[case::signal("command = [\"a\"]\nsignal = \"hup\"", 5, "config-expected-one-of", "source.signal")]
    #[case::every_alone("command = [\"a\"]\nevery = \"5m\"", 1, "config-missing", "source.signal")]
    #[case::delay("command = [\"a\"]\nrestart_delay = 3", 5, "config-expected-duration", "source.restart_delay")]
    #[case::env("command = [\"a\"]\nenv = \"hush\"", 5, "config-expected-variables", "source.env")]
    #[case::env_value("command = [\"a\"]\nenv = { A = 71 }", 5, "config-expected-variables", "source.env.A")]
    #[case::env_name(
        "command = [\"a\"]\nenv = { \"a b\" = \"hush\" }",
        5,
        "config-expected-variables",
        "source.env.a b"
    )]
    #[case::env_key(
        "command = [\"a\"]\nenv = { A = { evn = \"hush\" } }",
        5,
        "config-expected-variables",
        "source.env.A"
    )]
    #[case::cwd("command = [\"a\"]\ncwd = \"\"", 5, "config-expected-text", "source.cwd")]
    #[case::other_kinds_key("command = [\"a\"]\nurl = \"http://a/\"", 5, "config-not-for-kind", "source.url")]
    fn a_fault_is_told_with_its_place_and_without_a_secret(
        #[case] keys: &str,
        #[case] line: u32,
        #[case] message: &str,
        #[case] key: &str,
    ) {
        let errors = program(keys).expect_err("it is wrong");
        assert_eq!(errors.len(), 1, "{errors:?}");
        let super::super::super::Place::File { line: at, .. } = &errors[0].place else {
            panic!("it stands in the file")
        };
        assert_eq!((*at, errors[0].words().0.as_str(), errors[0].key.as_str()), (line, message, key));
        let told = format!("{:?} {:?}", errors[0], errors[0].words());
        assert!(!told.contains("hush") && !told.contains("71"), "{told}");
    }

    #[rstest]
    #[case::alone(&["weather.sh"], "weather.sh")]
    #[case::script(&["python3", "inbox.py"], "python3 inbox.py")]
    #[case::more(&["python3", "inbox.py", "hush"], "python3 inbox.py …")]
    #[case::option(&["curl", "--user=hush"], "curl …")]
    #[case::address(&["curl", "https://a:hush@b.example/"], "curl …")]
    #[case::code(&["sh", "-c", "echo hush"], "sh …")]
    fn a_name_shows_no_argument_that_may_be_a_key(#[case] command: &[&str], #[case] name: &str) {
        let mut read = program("command = [\"a\"]").expect("enough");
        read.command = command.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(read.name(), name);
    }
}
