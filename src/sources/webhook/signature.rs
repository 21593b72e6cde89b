//! Whether a delivery comes from who may deliver.
//!
//! What enters: the head and the raw body of a request, as they were sent. What leaves: the mark by which a repeated delivery is
//! known, or why the request is refused. Every comparison with a secret takes the same time whatever differs. Nothing is
//! parsed before it was checked, and nothing is written anew to be checked.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use super::super::Refusal;
use crate::config::{Revealed, Signature};

/// How far a timestamp may lie from this machine's clock, in seconds either way.
const WINDOW: i64 = 300;
/// A shorter secret can be guessed.
const SHORTEST_KEY: usize = 16;
/// While a sender changes its secret it signs with both; nobody signs with more than a few.
const MOST_SIGNATURES: usize = 16;
/// The longest id of a delivery, in bytes.
const LONGEST_ID: usize = 256;
/// The names of the three headers of Standard Webhooks, and those from before it had a name.
const NAMES: [[&str; 3]; 2] =
    [["webhook-id", "webhook-timestamp", "webhook-signature"], ["svix-id", "svix-timestamp", "svix-signature"]];
const HUB: &str = "x-hub-signature-256";

/// Secrets are handed out with padding and without.
const SECRETS: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

type HmacSha256 = Hmac<Sha256>;

/// Why a configured secret cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// What stands after `whsec_` is not base64.
    NotBase64,
    /// It has too few bytes.
    TooShort,
}

/// What senders are known by.
pub(super) struct Keys {
    signature: Signature,
    /// Has taken the key in already.
    signer: HmacSha256,
    /// Under a key that nobody knows: equal tags are equal texts, and the time tells nothing.
    blind: HmacSha256,
    secret: Vec<u8>,
    verify_token: Option<Vec<u8>>,
    path: Vec<u8>,
}

/// The three headers of Standard Webhooks.
struct Signed<'a> {
    id: &'a str,
    timestamp: &'a str,
    signatures: &'a str,
}

impl Keys {
    /// The keys of one source; `path` is as secret as they are.
    pub(super) fn new(
        signature: Signature,
        secret: &Revealed,
        verify_token: Option<&Revealed>,
        path: &Revealed,
    ) -> Result<Self, Unusable> {
        let secret = match signature {
            Signature::Standard => {
                let encoded = secret.expose().strip_prefix("whsec_").unwrap_or(secret.expose());
                SECRETS.decode(encoded).map_err(|_| Unusable::NotBase64)?
            }
            _ => secret.expose().as_bytes().to_vec(),
        };
        if secret.len() < SHORTEST_KEY {
            return Err(Unusable::TooShort);
        }
        let mut random = [0; 32];
        // Without randomness the comparison is as right, and a little less blind.
        let _ = getrandom::fill(&mut random);
        Ok(Self {
            signature,
            signer: keyed(&secret)?,
            blind: keyed(&random)?,
            secret,
            verify_token: verify_token.map(|token| token.expose().as_bytes().to_vec()),
            path: path.expose().as_bytes().to_vec(),
        })
    }

    /// True for the configured path.
    pub(super) fn is_path(&self, path: &str) -> bool {
        self.same(path.as_bytes(), &self.path)
    }

    /// What can be refused before the body is read.
    pub(super) fn check_head(&self, headers: &HeaderMap, now: DateTime<Utc>) -> Result<(), Refusal> {
        match self.signature {
            Signature::Standard => is_recent(signed(headers)?.timestamp, now),
            Signature::Github | Signature::Meta => hub(headers).map(|_| ()),
            Signature::Bearer => {
                let token = bearer(headers).ok_or(Refusal::NotSigned)?;
                if self.same(token.as_bytes(), &self.secret) { Ok(()) } else { Err(Refusal::WrongSignature) }
            }
        }
    }

    /// Checks the whole request. What comes back is the mark by which the delivery is known when it comes again.
    pub(super) fn check(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<String>, Refusal> {
        self.check_head(headers, now)?;
        match self.signature {
            Signature::Standard => {
                let Signed { id, timestamp, signatures } = signed(headers)?;
                let mut signer = self.signer.clone();
                for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
                    signer.update(part);
                }
                let mut offered = signatures.split(' ').take(MOST_SIGNATURES);
                let is_good = |one: &str| {
                    let tag = one.strip_prefix("v1,").and_then(|tag| STANDARD.decode(tag).ok());
                    tag.is_some_and(|tag| signer.clone().verify_slice(&tag).is_ok())
                };
                if offered.any(is_good) { Ok(Some(mark(id.as_bytes()))) } else { Err(Refusal::WrongSignature) }
            }
            Signature::Github | Signature::Meta => {
                let tag = hub(headers)?;
                let mut signer = self.signer.clone();
                signer.update(body);
                signer.verify_slice(&tag).map_err(|_| Refusal::WrongSignature)?;
                let delivery = headers.get("x-github-delivery").map(|id| mark(id.as_bytes()));
                // Meta names no delivery; its bodies hold the second they were made in.
                Ok(delivery.or_else(|| (self.signature == Signature::Meta).then(|| mark(body))))
            }
            Signature::Bearer => Ok(None),
        }
    }

    /// The answer to Meta's question whether this address is ours: its challenge, if it knows our token.
    pub(super) fn challenge(&self, query: &str) -> Option<String> {
        let value = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        let expected = self.verify_token.as_ref().filter(|_| value("hub.mode").as_deref() == Some("subscribe"))?;
        let is_ours = self.same(value("hub.verify_token")?.as_bytes(), expected);
        value("hub.challenge").filter(|challenge| is_ours && challenge.len() <= LONGEST_ID)
    }

    fn same(&self, given: &[u8], expected: &[u8]) -> bool {
        let tag = |text: &[u8]| {
            let mut mac = self.blind.clone();
            mac.update(text);
            mac
        };
        tag(given).verify_slice(&tag(expected).finalize().into_bytes()).is_ok()
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({:?}, …)", self.signature)
    }
}

/// A key of any length will do: the error is that of other codes.
fn keyed(key: &[u8]) -> Result<HmacSha256, Unusable> {
    HmacSha256::new_from_slice(key).map_err(|_| Unusable::TooShort)
}

fn signed(headers: &HeaderMap) -> Result<Signed<'_>, Refusal> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let found = NAMES.iter().find_map(|[id, timestamp, signature]| {
        Some(Signed { id: text(id)?, timestamp: text(timestamp)?, signatures: text(signature)? })
    });
    found.filter(|signed| !signed.id.is_empty() && signed.id.len() <= LONGEST_ID).ok_or(Refusal::NotSigned)
}

fn is_recent(timestamp: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
    let sent: i64 = timestamp.parse().map_err(|_| Refusal::NotSigned)?;
    let seconds = now.timestamp().saturating_sub(sent);
    if seconds.saturating_abs() <= WINDOW { Ok(()) } else { Err(Refusal::OutOfTime { seconds }) }
}

fn hub(headers: &HeaderMap) -> Result<[u8; 32], Refusal> {
    let value = headers.get(HUB).and_then(|value| value.to_str().ok()).ok_or(Refusal::NotSigned)?;
    value.strip_prefix("sha256=").and_then(unhex).ok_or(Refusal::WrongSignature)
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let text = text.as_bytes();
    let mut bytes = [0; 32];
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    if text.len() != 2 * bytes.len() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// 16 hex digits in the place of an id: short, and of no meaning to a reader of the cursor.
fn mark(id: &[u8]) -> String {
    Sha256::digest(id)[..8].iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};
    use rstest::rstest;

    use super::*;

    /// The published example of Standard Webhooks' makers, signed by their own library.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const BODY: &str = r#"{"type":"mention.created","data":{"text":"hé"}}"#;
    const GOOD: &str = "v1,eBONn0yp6phr6LXmJIweStJIqEMfdmPRfv0W3soeY5E=";
    const AT: i64 = 1_674_087_231;
    /// `printf %s "$BODY" | openssl dgst -sha256 -hmac 0123456789abcdef`.
    const HUB_KEY: &str = "0123456789abcdef";
    const HUB_TAG: &str = "sha256=0a7ebb705cdb93dbacd7acb3e03817bd077ca7377e2201a0649ad975d9ba7445";

    fn keys(signature: Signature, secret: &str) -> Keys {
        let verify = Revealed::new("verify-me");
        Keys::new(signature, &Revealed::new(secret), Some(&verify), &Revealed::new("/a")).expect("a usable secret")
    }

    fn headers(lines: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            let name: HeaderName = name.parse().expect("a header's name");
            (name, HeaderValue::from_str(value).expect("a header's value"))
        };
        lines.iter().map(pair).collect()
    }

    fn standard(signature: &str, sent: i64) -> HeaderMap {
        let sent = sent.to_string();
        headers(&[
            ("webhook-id", "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"),
            ("webhook-timestamp", &sent),
            ("webhook-signature", signature),
        ])
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).expect("an instant")
    }

    #[rstest]
    #[case::alone(GOOD, AT, None)]
    #[case::among_others("v1a,AAAA v1,AAAA v1,eBONn0yp6phr6LXmJIweStJIqEMfdmPRfv0W3soeY5E=", AT, None)]
    #[case::five_minutes_late(GOOD, AT + 300, None)]
    #[case::later(GOOD, AT + 301, Some(Refusal::OutOfTime { seconds: 301 }))]
    #[case::too_early(GOOD, AT - 301, Some(Refusal::OutOfTime { seconds: -301 }))]
    #[case::another_version("v2,eBONn0yp6phr6LXmJIweStJIqEMfdmPRfv0W3soeY5E=", AT, Some(Refusal::WrongSignature))]
    #[case::cut("v1,eBONn0yp6phr6LXmJIweStJIqEMfdmPRfv0W3soeY5", AT, Some(Refusal::WrongSignature))]
    #[case::empty("", AT, Some(Refusal::WrongSignature))]
    fn standard_webhooks_are_checked(#[case] signature: &str, #[case] now: i64, #[case] refusal: Option<Refusal>) {
        let checked = keys(Signature::Standard, SECRET).check(&standard(signature, AT), BODY.as_bytes(), at(now));
        assert_eq!(checked.err(), refusal);
    }

    #[test]
    fn every_byte_and_the_timestamp_are_signed() {
        let keys = keys(Signature::Standard, SECRET);
        let other = BODY.replace('é', "\\u00e9");
        assert_eq!(keys.check(&standard(GOOD, AT), other.as_bytes(), at(AT)), Err(Refusal::WrongSignature));
        assert_eq!(keys.check(&standard(GOOD, AT + 1), BODY.as_bytes(), at(AT)), Err(Refusal::WrongSignature));
        assert_eq!(keys.check(&HeaderMap::new(), BODY.as_bytes(), at(AT)), Err(Refusal::NotSigned));
        let mut odd = standard(GOOD, AT);
        odd.insert("webhook-timestamp", HeaderValue::from_static("soon"));
        assert_eq!(keys.check(&odd, BODY.as_bytes(), at(AT)), Err(Refusal::NotSigned));
    }

    #[rstest]
    #[case::good(HUB_TAG, true)]
    #[case::no_prefix(&HUB_TAG[7..], false)]
    #[case::short("sha256=0a7e", false)]
    #[case::another("sha256=1a7ebb705cdb93dbacd7acb3e03817bd077ca7377e2201a0649ad975d9ba7445", false)]
    #[case::no_digits("sha256=+a+e+b+0+c+b+3+b+c+7+c+3+0+8+7+d+7+c+7+7+e+2+1+0+4+a+9+5+9+a+4+5", false)]
    fn hub_signatures_are_checked(#[case] tag: &str, #[case] is_good: bool) {
        for signature in [Signature::Github, Signature::Meta] {
            let checked = keys(signature, HUB_KEY).check(&headers(&[(HUB, tag)]), BODY.as_bytes(), at(AT));
            assert_eq!(checked.is_ok(), is_good);
        }
    }

    #[test]
    fn a_hub_signature_is_over_the_body_as_it_was_sent() {
        let headers = headers(&[(HUB, HUB_TAG)]);
        let github = keys(Signature::Github, HUB_KEY);
        assert_eq!(github.check(&headers, BODY.as_bytes(), at(AT)), Ok(None));
        let spaced = format!("{BODY} ");
        assert_eq!(github.check(&headers, spaced.as_bytes(), at(AT)), Err(Refusal::WrongSignature));
        let meta = keys(Signature::Meta, HUB_KEY).check(&headers, BODY.as_bytes(), at(AT)).expect("it is right");
        assert_eq!(meta, Some(mark(BODY.as_bytes())));
    }

    #[rstest]
    #[case::right("Bearer 0123456789abcdef", true)]
    #[case::lower_case("bearer  0123456789abcdef ", true)]
    #[case::wrong("Bearer 0123456789abcdeF", false)]
    #[case::longer("Bearer 0123456789abcdef0", false)]
    #[case::another_scheme("Basic 0123456789abcdef", false)]
    #[case::nothing("Bearer", false)]
    fn a_bearer_is_known_by_its_token(#[case] value: &str, #[case] is_known: bool) {
        let headers = headers(&[("authorization", value)]);
        assert_eq!(keys(Signature::Bearer, HUB_KEY).check(&headers, b"", at(AT)).is_ok(), is_known);
    }

    #[rstest]
    #[case::right("hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=115%2B8", Some("115+8"))]
    #[case::wrong("hub.mode=subscribe&hub.verify_token=verify-m&hub.challenge=1158", None)]
    #[case::another_mode("hub.mode=unsubscribe&hub.verify_token=verify-me&hub.challenge=1158", None)]
    #[case::nothing("", None)]
    fn the_challenge_is_given_back_to_who_knows_the_token(#[case] query: &str, #[case] answer: Option<&str>) {
        assert_eq!(keys(Signature::Meta, HUB_KEY).challenge(query).as_deref(), answer);
    }

    #[rstest]
    #[case::not_base64(Signature::Standard, "whsec_é", Unusable::NotBase64)]
    #[case::short_base64(Signature::Standard, "whsec_MfKQ9r8G", Unusable::TooShort)]
    #[case::short(Signature::Bearer, "0123456789abcde", Unusable::TooShort)]
    fn a_secret_that_protects_nothing_is_refused(
        #[case] signature: Signature,
        #[case] secret: &str,
        #[case] why: Unusable,
    ) {
        let keys = Keys::new(signature, &Revealed::new(secret), None, &Revealed::new("/a"));
        assert_eq!(keys.err(), Some(why));
    }

    #[test]
    fn a_secret_needs_neither_its_prefix_nor_its_padding() {
        for secret in ["whsec_MDEyMzQ1Njc4OWFiY2RlZg==", "MDEyMzQ1Njc4OWFiY2RlZg"] {
            assert_eq!(keys(Signature::Standard, secret).secret, HUB_KEY.as_bytes());
        }
    }

    #[test]
    fn no_key_is_shown() {
        let shown = format!("{:?}", keys(Signature::Bearer, HUB_KEY));
        assert_eq!(shown, "Keys(Bearer, …)");
    }
}
