//! Bluesky's own servers: a personal data server alone, or with the view of the whole network behind it.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::need;
use super::server::{Guard, Server, free_port, is_open};
use crate::cli::support::{stderr, wait_until};

/// A network of one server.
pub struct Network {
    server: Server,
    /// They end after the server that uses them.
    _behind: Vec<Guard>,
    /// What they keep, gone with them.
    folders: Vec<tempfile::TempDir>,
    curl: PathBuf,
}

/// Somebody on the network.
#[derive(Debug)]
pub struct Person {
    pub handle: String,
    pub password: String,
    did: String,
    token: String,
}

impl Network {
    /// A server of accounts and posts only; `None`: something is not installed, and the test skipped.
    pub fn of_accounts(limits: bool) -> Option<Self> {
        Self::start(&[("LIMITS", if limits { "1" } else { "0" })], Vec::new(), None)
    }

    /// With search and notifications, which need `PostgreSQL` and Redis.
    pub fn whole() -> Option<Self> {
        let (initdb, redis) = (need::postgres("initdb")?, need::program("redis-server")?);
        // Its folder is another user's, and goes with the test.
        let database = tempfile::tempdir().expect("a scratch folder");
        let (postgres, postgres_port) = postgres(&initdb, database.path());
        let port = free_port();
        let mut command = Command::new(redis);
        command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port", &port.to_string()]);
        let redis = Guard::start(command, &std::env::temp_dir().join(format!("redis-said-{port}")));
        wait_until("Redis", || is_open(port));
        let host = format!("127.0.0.1:{port}");
        let url = format!("postgresql://frontdesk@127.0.0.1:{postgres_port}/postgres");
        let mut network = Self::start(&[("REDIS_HOST", &host)], vec![postgres, redis], Some(&url))?;
        network.folders.push(database);
        Some(network)
    }

    fn start(variables: &[(&str, &str)], behind: Vec<Guard>, database: Option<&str>) -> Option<Self> {
        let (node, curl) = (need::program("node")?, need::program("curl")?);
        let modules = need::npm("@atproto/dev-env")?;
        let folder = tempfile::tempdir().expect("a scratch folder");
        let said = folder.path().join("said");
        let server = Server::start(&said, |port| {
            let mut command = Command::new(&node);
            command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/network.cjs"));
            command.arg(port.to_string()).args(database);
            command.env("NODE_PATH", &modules).env("TMPDIR", folder.path()).env("LOG_ENABLED", "false");
            command.envs(variables.iter().copied());
            command
        });
        wait_until("the network", || std::fs::read_to_string(&said).unwrap_or_default().contains("ready"));
        Some(Self { server, _behind: behind, folders: vec![folder], curl })
    }

    /// The address under which accounts sign in.
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.server.port)
    }

    /// Somebody new.
    pub fn person(&self, name: &str) -> Person {
        let (handle, password) = (format!("{name}.test"), format!("hush-{name}"));
        let account = json!({ "email": format!("{name}@a.test"), "handle": handle, "password": password });
        let made = self.post("com.atproto.server.createAccount", "", &account);
        let text = |key: &str| made[key].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
        Person { did: text("did"), token: text("accessJwt"), handle, password }
    }

    /// A post; `more` is laid over its record.
    pub fn says(&self, who: &Person, text: &str, more: &Value) -> Value {
        let mut record = json!({ "$type": "app.bsky.feed.post", "text": text, "createdAt": now(), "langs": ["en"] });
        for (key, value) in more.as_object().into_iter().flatten() {
            record[key] = value.clone();
        }
        let body = json!({ "repo": who.did, "collection": "app.bsky.feed.post", "record": record });
        self.post("com.atproto.repo.createRecord", &who.token, &body)
    }

    /// The facet by which a text mentions somebody: places count bytes.
    pub fn mentions(text: &str, whom: &Person) -> Value {
        let name = format!("@{}", whom.handle);
        let start = text.find(&name).expect("the name is in the text");
        json!({ "facets": [{
            "index": { "byteStart": start, "byteEnd": start + name.len() },
            "features": [{ "$type": "app.bsky.richtext.facet#mention", "did": whom.did }]
        }] })
    }

    /// Ends a session.
    pub fn ends(&self, refresh: &str) {
        self.post("com.atproto.server.deleteSession", refresh, &Value::Null);
    }

    /// How many of this text are found by who searches.
    pub fn found(&self, who: &Person, text: &str) -> usize {
        let path = format!("app.bsky.feed.searchPosts?q={text}");
        self.get(&path, &who.token)["posts"].as_array().map_or(0, Vec::len)
    }

    /// How many mentions, answers and quotes somebody was notified of.
    pub fn notified(&self, who: &Person) -> usize {
        let listed = self.get("app.bsky.notification.listNotifications", &who.token);
        listed["notifications"].as_array().map_or(0, Vec::len)
    }

    /// Calls a method and answers with what came, whatever it is.
    pub fn post(&self, method: &str, token: &str, body: &Value) -> Value {
        let mut curl = self.curl(method, token);
        curl.args(["-X", "POST"]);
        if !body.is_null() {
            curl.args(["-H", "content-type: application/json", "-d", &body.to_string()]);
        }
        answered(curl)
    }

    fn get(&self, path: &str, token: &str) -> Value {
        answered(self.curl(path, token))
    }

    fn curl(&self, path: &str, token: &str) -> Command {
        let mut curl = Command::new(&self.curl);
        curl.args(["-sS", "--noproxy", "*", &format!("{}/xrpc/{path}", self.url())]);
        if !token.is_empty() {
            curl.args(["-H", &format!("authorization: Bearer {token}")]);
        }
        curl
    }
}

fn answered(mut curl: Command) -> Value {
    let output = curl.output().expect("curl runs");
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

/// A database of its own; as root it runs as the user that Debian made for it.
fn postgres(initdb: &Path, folder: &Path) -> (Guard, u16) {
    let is_root = rustix::process::geteuid().is_root();
    let program = |path: &Path| {
        if is_root {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        }
    };
    if is_root {
        let given = Command::new("chown").arg("postgres").arg(folder).status().expect("chown runs");
        assert!(given.success());
    }
    let data = folder.join("data");
    let mut making = program(initdb);
    making.args(["-A", "trust", "-U", "frontdesk", "--locale=C.UTF-8", "-E", "UTF8", "-N", "-D"]).arg(&data);
    let made = making.output().expect("initdb runs");
    assert!(made.status.success(), "{}", stderr(&made));
    let port = free_port();
    let mut command = program(&initdb.with_file_name("postgres"));
    command.arg("-D").arg(&data).arg("-k").arg(folder).args(["-h", "127.0.0.1", "-F", "-p", &port.to_string()]);
    let running = Guard::start(command, &std::env::temp_dir().join(format!("postgres-said-{port}")));
    wait_until("PostgreSQL", || {
        is_open(port) && !running.said().contains("starting up") || running.said().contains("ready to accept")
    });
    (running, port)
}

#[expect(clippy::disallowed_methods, reason = "a post is dated by the machine's clock, as its author's program does")]
fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}
