//! An account on Bluesky's own server: sessions, what goes wrong with them, and what is read.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::network::{Network, Person};
use super::server::Watch;
use crate::cli::support::{Home, stderr, stdout, wait_until};

/// A home that reads this account with this password, in a file that only its owner reads.
fn home(network: &Network, who: &Person, password: &str, more: &str) -> Home {
    let home = Home::with_source(&format!(
        "kind = \"bluesky\"\nhandle = \"@{}\"\nserver = \"{}\"\npassword = {{ file = \"password\" }}\n{more}",
        who.handle,
        network.url()
    ));
    home.write("password", password);
    private(&home.file("password"));
    home
}

fn private(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).expect("its mode is set");
}

/// The kept session.
fn session(home: &Home) -> Option<Value> {
    serde_json::from_slice(&fs::read(home.file("state/sources/inbox.session")).ok()?).ok()
}

/// What other processes see of the sources while they are watched.
fn told(home: &Home) -> String {
    fs::read_to_string(home.file("state/sources.json")).unwrap_or_default()
}

fn listed(home: &Home) -> Vec<Value> {
    let listed = home.done(&["list", "--json"]);
    listed.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
}

/// No file of the home but the session's, and nothing that was said, holds a secret.
fn nothing_is_told(home: &Home, said: &str, secrets: &[&str]) {
    let mut folders = vec![home.path().to_owned()];
    let mut texts = vec![said.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("password") && path.extension().is_none_or(|ending| ending != "session") {
                texts.push(String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned());
            }
        }
    }
    for secret in secrets {
        assert!(!texts.iter().any(|text| text.contains(secret)), "a secret is told");
    }
}

#[test]
fn a_session_is_made_once_renewed_and_made_anew_only_when_it_is_forgotten() {
    let Some(network) = Network::of_accounts(false) else { return };
    let town = network.person("town");
    let home = home(&network, &town, &town.password, "");
    // Without the view of the network behind it, the server answers that it cannot reach it: the session is made all the same.
    let mut watch = Watch::start(&home);
    watch.until("a session", || session(&home).is_some());
    let first = session(&home).expect("it is kept");
    assert_eq!(first["pds"], json!(format!("{}/", network.url())), "where its document says");
    watch.kill();

    // A token that is no good is renewed: both are new, and nothing else changed.
    let mut broken = first.clone();
    broken["access"] = json!("e30.e30.x");
    fs::write(home.file("state/sources/inbox.session"), broken.to_string()).expect("it is written");
    let mut watch = Watch::start(&home);
    watch.until("a renewed session", || session(&home).is_some_and(|kept| kept["access"] != broken["access"]));
    let second = session(&home).expect("it is kept");
    assert!(second["refresh"] != first["refresh"] && second["did"] == first["did"]);
    watch.kill();

    // A session that was ended elsewhere is made anew with the password.
    network.ends(second["refresh"].as_str().expect("a token"));
    let mut ended = second.clone();
    ended["access"] = json!("e30.e30.x");
    fs::write(home.file("state/sources/inbox.session"), ended.to_string()).expect("it is written");
    let mut watch = Watch::start(&home);
    watch.until("a new session", || session(&home).is_some_and(|kept| kept["access"] != ended["access"]));
    watch.until("what the server behind it says", || told(&home).contains("502"));
    let (_, said) = watch.stop();
    let third = session(&home).expect("it is kept");
    let text = |session: &Value, key: &str| session[key].as_str().expect("a token").to_owned();
    let secrets = [text(&first, "access"), text(&second, "refresh"), text(&third, "access"), town.password];
    nothing_is_told(&home, &said, &secrets.each_ref().map(String::as_str));
}

#[test]
fn a_wrong_password_stops_the_source_and_says_what_to_do() {
    let Some(network) = Network::of_accounts(false) else { return };
    let town = network.person("town");
    let home = home(&network, &town, "hush-wrong", "");
    let output = home.run(&["source", "check"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("does not take the name town.test"), "{}", stdout(&output));
    let (code, said) = Watch::start(&home).end();
    assert!(said.contains("app password"), "{code:?} {said}");
    assert!(session(&home).is_none());
    nothing_is_told(&home, &format!("{said}{}", stdout(&output)), &["hush-wrong"]);
}

#[test]
fn a_limit_is_told_with_when_it_ends() {
    let Some(network) = Network::of_accounts(true) else { return };
    let town = network.person("town");
    let attempt = json!({ "identifier": town.handle, "password": "hush-wrong" });
    // Thirty in five minutes, the failed ones too.
    let refused = (0..40)
        .find(|_| network.post("com.atproto.server.createSession", "", &attempt)["error"] == "RateLimitExceeded");
    assert!(refused.is_some(), "the server counts");
    let home = home(&network, &town, &town.password, "");
    let mut watch = Watch::start(&home);
    watch.until("the limit", || told(&home).contains("429"));
    let (_, said) = watch.stop();
    assert!(session(&home).is_none());
    nothing_is_told(&home, &said, &[&town.password]);
}

#[test]
fn mentions_and_what_is_searched_for_arrive_on_one_session() {
    let Some(network) = Network::whole() else { return };
    let (town, ana) = (network.person("town"), network.person("anabel"));
    let text = "🚱👩‍👩‍👧 @town.test is the water on Elm safe? é";
    let asked = network.says(&ana, text, &Network::mentions(text, &town));
    network.says(&ana, "brown water again, nobody told", &json!({}));
    wait_until("a notification", || network.notified(&town) == 1 && network.found(&town, "nobody") == 1);

    let home = home(&network, &town, &town.password, "search = [\"water\"]");
    let output = home.run(&["source", "check"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    assert!(stdout(&output).contains("@town.test is the water on Elm"), "{}", stdout(&output));

    let mut watch = Watch::start(&home);
    watch.until("both posts", || listed(&home).len() == 2);
    watch.kill();
    let kept = session(&home).expect("a session");

    let mut watch = Watch::start(&home);
    watch.until("another look", || told(&home).contains("\"live\""));
    let (code, said) = watch.stop();
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(session(&home), Some(kept), "no other sign-in");
    let all = listed(&home);
    let one = |text: &str| all.iter().find(|mention| mention["text"] == text).unwrap_or_else(|| panic!("{all:?}"));
    let mention = one(text);
    assert_eq!(mention["author"]["handle"], "anabel.test");
    assert_eq!(mention["network"], "bluesky");
    let url = mention["url"].as_str().expect("an address");
    assert!(url.starts_with("https://bsky.app/profile/did:plc:") && url.contains("/post/"), "{url}");
    assert_eq!(mention["id"], json!(format!("inbox:{}", asked["uri"].as_str().expect("an address"))));
    nothing_is_told(&home, &said, &[&town.password]);
}
