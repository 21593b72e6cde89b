//! `kind = "webhook"`: what other services deliver by themselves, and what they are known by.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use super::super::error::{Expected, Problem};
use super::super::table::{Faults, Table};
use super::super::{Revealed, Secret, SourceKind};
use super::Row;

/// Where it listens when `listen` is not given: on this machine only.
pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8787);

/// A path of fewer characters can be guessed.
const SHORTEST_PATH: usize = 16;

/// How deliveries are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Signature {
    /// Standard Webhooks: an id, a timestamp and the body, under a `whsec_` secret.
    Standard,
    /// `X-Hub-Signature-256` over the body.
    Github,
    /// The same, with the payloads and the first question of Meta's pages.
    Meta,
    /// Not at all: a token in the header, for services that cannot sign.
    Bearer,
}

/// A receiver of webhooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The path at which it is delivered to: part of what a sender has to know, and never shown.
    pub path: Revealed,
    /// How deliveries are signed.
    pub signature: Signature,
    /// With what.
    pub secret: Secret,
    /// What Meta shows when it asks whether the address is ours.
    pub verify_token: Option<Secret>,
    /// The profile by which objects become mentions; `None`: their own form, or the usual names.
    pub profile: Option<String>,
    /// Where the person's own profiles are.
    pub profiles: PathBuf,
}

impl Webhook {
    /// True when other machines can reach it without a proxy or tunnel before it.
    pub fn is_open(&self) -> bool {
        !self.listen.ip().is_loopback()
    }
}

/// The kind.
pub(super) const ROW: Row = Row {
    token: "webhook",
    keys: &["listen", "path", "signature", "secret", "verify_token", "profile"],
    required: &["path", "signature", "secret"],
    read,
};

const SIGNATURES: &[&str] = &["standard", "github", "meta", "bearer"];

fn read(table: Table<'_>, faults: &mut Faults<'_>) -> Option<SourceKind> {
    let listen = table.read("listen", Expected::Listen, faults, |value| value.as_str()?.parse().ok());
    let listen = listen.unwrap_or(DEFAULT_LISTEN);
    let path = path(table, faults);
    let signature: Option<Signature> = table.word("signature", SIGNATURES, faults);
    let secret = table.secret("secret", faults);
    let verify_token = table.secret("verify_token", faults);
    let profile = table.text("profile", faults).map(str::to_owned);
    for key in ["verify_token", "profile"] {
        let needs_meta = key == "verify_token";
        if let (Some(entry), Some(signature)) = (table.get(key), signature)
            && (signature == Signature::Meta) != needs_meta
        {
            faults.add(entry.span(), table.path(key), Problem::NotForSignature { signature: signature.into() });
        }
    }
    if let (Some(Signature::Bearer), Some(entry), false) = (signature, table.get("listen"), listen.ip().is_loopback()) {
        faults.add(entry.span(), table.path("listen"), Problem::OpenToAll);
    }
    let profiles = PathBuf::from("profiles");
    Some(SourceKind::Webhook(Webhook {
        listen,
        path: path?,
        signature: signature?,
        secret: secret?,
        verify_token,
        profile,
        profiles,
    }))
}

fn path(table: Table<'_>, faults: &mut Faults<'_>) -> Option<Revealed> {
    let entry = table.get("path")?;
    let path = entry.get_ref().as_str().filter(|path| is_path(path));
    if path.is_none() {
        faults.add_hidden(entry.span(), table.path("path"), Expected::HookPath);
    }
    path.map(Revealed::new)
}

fn is_path(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else { return false };
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '~' | '/');
    rest.len() >= SHORTEST_PATH && path.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rstest::rstest;

    use super::super::super::{Config, ConfigError, Place};
    use super::*;

    const PATH: &str = "path = \"/hush-hush-hush-hush\"\n";

    fn webhook(keys: &str) -> Result<Webhook, Vec<ConfigError>> {
        let text = format!("[[source]]\nid = \"hook\"\nkind = \"webhook\"\n{keys}\n");
        let mut config = Config::parse(&text, Path::new("config.toml")).map_err(|errors| errors.0)?;
        config.resolve(Path::new("/desk"));
        match config.sources.remove(0).kind {
            SourceKind::Webhook(webhook) => Ok(webhook),
            other => panic!("another kind: {other:?}"),
        }
    }

    #[test]
    fn all_keys_are_read_and_nothing_shows_the_path() {
        let read = webhook(&format!(
            "{PATH}signature = \"meta\"\nsecret = {{ file = \"app\" }}\nverify_token = {{ env = \"V\" }}\nlisten = \"[::1]:0\""
        ))
        .expect("all is right");
        assert_eq!((read.signature, read.listen.to_string().as_str()), (Signature::Meta, "[::1]:0"));
        assert_eq!(read.secret, Secret::File("/desk/app".into()));
        assert_eq!(read.profiles, Path::new("/desk/profiles"));
        assert!(!read.is_open() && !format!("{read:?}").contains("hush"), "{read:?}");
        let read = webhook(&format!("{PATH}signature = \"standard\"\nsecret = {{ env = \"S\" }}")).expect("enough");
        assert_eq!(read.listen, DEFAULT_LISTEN);
    }

    #[rstest]
    #[case::short_path("path = \"/hush-hush\"", "signature = \"github\"", 4, "config-expected-hook-path")]
    #[case::no_slash("path = \"hush-hush-hush-hush\"", "signature = \"github\"", 4, "config-expected-hook-path")]
    #[case::odd_path("path = \"/hush-hush-hush?hush\"", "signature = \"github\"", 4, "config-expected-hook-path")]
    #[case::signature(PATH, "signature = \"slack\"", 6, "config-expected-one-of")]
    #[case::listen(PATH, "signature = \"github\"\nlisten = \"here\"", 7, "config-expected-listen")]
    #[case::open(PATH, "signature = \"bearer\"\nlisten = \"0.0.0.0:80\"", 7, "config-open-to-all")]
    #[case::token(PATH, "signature = \"github\"\nverify_token = { env = \"V\" }", 7, "config-not-for-signature")]
    #[case::profile(PATH, "signature = \"meta\"\nprofile = \"mine\"", 7, "config-not-for-signature")]
    fn a_fault_is_told_with_its_place_and_without_the_path(
        #[case] path: &str,
        #[case] keys: &str,
        #[case] line: u32,
        #[case] message: &str,
    ) {
        let secret = "secret = { env = \"S\" }";
        let errors = webhook(&format!("{path}\n{keys}\n{secret}").replace("\n\n", "\n#\n")).expect_err("it is wrong");
        assert_eq!(errors.len(), 1, "{errors:?}");
        let Place::File { line: at, .. } = errors[0].place else { panic!("it stands in the file") };
        assert_eq!((at, errors[0].words().0.as_str()), (line, message));
        assert!(!format!("{errors:?}").contains("hush"), "{errors:?}");
    }

    #[test]
    fn a_secret_in_the_clear_is_refused() {
        let errors = webhook(&format!("{PATH}signature = \"github\"\nsecret = \"hush\"")).expect_err("it is wrong");
        assert_eq!((errors.len(), errors[0].words().0.as_str()), (1, "config-expected-secret"));
        assert!(!format!("{errors:?}").contains("hush"), "{errors:?}");
    }
}
