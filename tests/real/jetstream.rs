//! Posts of a real Bluesky PDS, streamed in the words of a Jetstream by a bridge of ours (`jetstream.js`): the real stream server
//! cannot be installed here. The server of the second version is scripted, beside the source.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::need;
use super::server::{Server, Watch};
use crate::cli::support::{Home, stderr, stdout, wait_until};

struct Network {
    server: Server,
    curl: PathBuf,
    _folder: tempfile::TempDir,
}

impl Network {
    /// `None`: something is not installed, and the test skipped.
    fn start() -> Option<Self> {
        let (node, curl) = (need::program("node")?, need::program("curl")?);
        let packages = need::npm("@atproto/dev-env")?;
        let folder = tempfile::tempdir().expect("a scratch folder");
        let at = folder.path().to_owned();
        let server = Server::start(&at.join("said"), |port| {
            let mut command = Command::new(&node);
            command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/jetstream.js")).arg(port.to_string());
            command.current_dir(&at).env("NODE_PATH", &packages).env("TMPDIR", &at).env("LOG_ENABLED", "false");
            command
        });
        Some(Self { server, curl, _folder: folder })
    }

    /// Asks the bridge for something.
    fn ask(&self, path: &str, values: &[(&str, &str)]) -> String {
        let mut command = Command::new(&self.curl);
        command.args(["-sS", "--fail-with-body", "--get"]);
        for (name, value) in values {
            command.arg("--data-urlencode").arg(format!("{name}={value}"));
        }
        let output = command.arg(self.server.url(path)).output().expect("curl runs");
        assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
        stdout(&output)
    }

    fn post(&self, text: &str) -> String {
        self.ask("/post", &[("text", text)])
    }

    fn home(&self) -> Home {
        Home::with_source(&format!("kind = \"jetstream\"\nurl = \"ws://127.0.0.1:{}\"", self.server.port))
    }

    /// Begins to watch; returns once the stream is read.
    fn watch(&self, home: &Home) -> Watch {
        let mut watch = Watch::start(home);
        watch.until("a reader of the stream", || self.ask("/readers", &[]) == "1");
        watch
    }
}

/// The mentions of a home, newest first, as the program lists them.
fn listed(home: &Home) -> Vec<serde_json::Value> {
    let parse = |line: &str| serde_json::from_str(line).expect("an object a line");
    home.done(&["list", "--json"]).lines().map(parse).collect()
}

fn texts(home: &Home) -> Vec<String> {
    let mut texts: Vec<String> =
        listed(home).iter().map(|mention| mention["text"].as_str().unwrap_or_default().to_owned()).collect();
    texts.sort();
    texts
}

#[test]
fn what_the_plan_finds_relevant_is_kept_edited_and_deleted_through_every_break() {
    let Some(network) = Network::start() else { return };
    let home = network.home();
    let mut watch = network.watch(&home);
    network.post("Nothing of interest to a town");
    let first = network.post("The water main on Elm Street broke 🚰");
    watch.until("the first post", || texts(&home) == ["The water main on Elm Street broke 🚰"]);
    network.ask("/edit", &[("key", &first), ("text", "The water main on Elm Street is mended")]);
    watch.until("the edit", || texts(&home) == ["The water main on Elm Street is mended"]);

    network.ask("/drop", &[]);
    network.post("Brown water after the broken connection");
    watch.until("the post after the break", || texts(&home).len() == 2);

    let (code, said) = watch.stop();
    assert_eq!(code, Some(0), "{said}");
    network.post("Brown water while nobody watched");
    network.post("Nobody watched, and nothing happened");
    network.ask("/delete", &[("key", &first)]);
    let mut watch = network.watch(&home);
    let is_gone = |mention: &serde_json::Value| mention.to_string().contains("\"author_deleted_at\":\"");
    watch.until("what was missed", || listed(&home).iter().filter(|mention| is_gone(mention)).count() == 1);
    watch.stop();
    let kept = [
        "Brown water after the broken connection",
        "Brown water while nobody watched",
        "The water main on Elm Street is mended",
    ];
    assert_eq!(texts(&home), kept);
    let gone: Vec<serde_json::Value> = listed(&home).into_iter().filter(is_gone).collect();
    assert_eq!(gone[0]["version"], 2, "{gone:?}");
}

#[test]
fn a_try_shows_what_goes_past() {
    let Some(network) = Network::start() else { return };
    let home = network.home();
    let tried = std::thread::scope(|scope| {
        let tried = scope.spawn(|| home.run(&["source", "check"]));
        wait_until("a reader of the stream", || network.ask("/readers", &[]) == "1");
        network.post("Is the water main mended?");
        tried.join().expect("it ends")
    });
    assert_eq!(tried.status.code(), Some(0), "{}", stderr(&tried));
    let told = stdout(&tried);
    assert!(told.contains("OK, 1 item") && told.contains("Is the water main mended?"), "{told}");
}
