//! A server of the network, as small as the tests need it: sessions that rotate, lists that page, posts that go away.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub(super) const PASSWORD: &str = "hush-password";
pub(super) const OWN: &str = "did:plc:town";

/// What is asked and what is there.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The newest first.
    pub(super) notifications: Vec<Value>,
    /// The newest first.
    pub(super) found: Vec<Value>,
    /// Posts that are shown when they are asked for, by address.
    pub(super) posts: BTreeMap<String, Value>,
    /// Records that are there though their posts are not shown.
    pub(super) hidden: Vec<String>,
    /// Answers that come before any other, by method.
    pub(super) scripted: BTreeMap<&'static str, VecDeque<(u16, &'static str, Value)>>,
    /// Methods and queries in order.
    pub(super) asked: Vec<String>,
    /// The number of the tokens that are good.
    pub(super) tokens: u64,
    /// Access tokens say that they hold so long.
    pub(super) holds: i64,
    /// Posts of one page.
    pub(super) page: usize,
}

#[derive(Clone)]
pub(super) struct Pds {
    pub(super) base: String,
    state: Arc<Mutex<State>>,
}

impl Pds {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(State { holds: 7200, page: 100, ..State::default() }));
        let pds = Self { base, state };
        let serving = pds.clone();
        let router = axum::Router::new().fallback(move |request: Request| {
            let pds = serving.clone();
            async move { pds.answer(request).await }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        pds
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test panicked")
    }

    /// How often a method was called.
    pub(super) fn calls(&self, method: &str) -> usize {
        self.state().asked.iter().filter(|asked| asked.starts_with(method)).count()
    }

    /// The next answers of a method.
    pub(super) fn script(&self, method: &'static str, answers: impl IntoIterator<Item = (u16, &'static str, Value)>) {
        self.state().scripted.entry(method).or_default().extend(answers);
    }

    /// Somebody mentions the account; it is notified, and the post is there.
    pub(super) fn mention(&self, key: &str, text: &str) -> String {
        let post = post(key, text);
        let uri = post["uri"].as_str().expect("an address").to_owned();
        let mut notification = post.clone();
        notification["reason"] = json!("mention");
        let mut state = self.state();
        state.posts.insert(uri.clone(), post);
        state.notifications.insert(0, notification);
        uri
    }

    async fn answer(&self, request: Request) -> Response<Body> {
        let uri = request.uri().clone();
        let method = uri.path().trim_start_matches("/xrpc/").to_owned();
        let bearer = request.headers().get("authorization").and_then(|value| value.to_str().ok());
        let bearer = bearer.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default().to_owned();
        let query: Vec<(String, String)> =
            url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        let body = to_bytes(request.into_body(), 1 << 16).await.unwrap_or_default();
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let mut state = self.state();
        state.asked.push(format!("{method}?{}", uri.query().unwrap_or_default()));
        let scripted = state.scripted.get_mut(method.as_str()).and_then(VecDeque::pop_front);
        let (status, headers, body) = match scripted {
            Some(scripted) => scripted,
            None => match state.call(&self.base, &method, &query, (&bearer, &body)) {
                Ok(body) => (200, "ratelimit-limit: 3000\nratelimit-remaining: 2990\nratelimit-reset: 60", body),
                Err((status, error)) => (status, "", json!({ "error": error, "message": "no" })),
            },
        };
        let headers = headers.lines().filter_map(|line| line.split_once(": "));
        let building =
            headers.fold(Response::builder().status(status), |building, (name, value)| building.header(name, value));
        let text = if let Value::String(text) = &body { text.clone() } else { body.to_string() };
        building.body(Body::from(text)).expect("an answer")
    }
}

impl State {
    fn call(
        &mut self,
        base: &str,
        method: &str,
        query: &[(String, String)],
        (bearer, body): (&str, &Value),
    ) -> Result<Value, (u16, &'static str)> {
        let first = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        match method {
            "com.atproto.server.createSession" if body["password"] != PASSWORD => Err((401, "AuthenticationRequired")),
            "com.atproto.server.createSession" => Ok(self.granted(base)),
            "com.atproto.server.refreshSession" | "com.atproto.server.deleteSession" => {
                if bearer != format!("hush-refresh-{}", self.tokens) {
                    return Err((400, "ExpiredToken"));
                }
                Ok(self.granted(base))
            }
            _ if bearer != self.access() => Err((400, "ExpiredToken")),
            "app.bsky.notification.listNotifications" => {
                Ok(self.listed("notifications", &self.notifications, first("cursor")))
            }
            "app.bsky.feed.searchPosts" => Ok(self.listed("posts", &self.found, first("cursor"))),
            "app.bsky.feed.getPosts" => {
                let posts: Vec<&Value> =
                    query.iter().filter(|(key, _)| key == "uris").filter_map(|(_, uri)| self.posts.get(uri)).collect();
                Ok(json!({ "posts": posts }))
            }
            "com.atproto.repo.getRecord" => {
                let uri =
                    format!("at://{}/app.bsky.feed.post/{}", first("repo").unwrap_or(""), first("rkey").unwrap_or(""));
                if self.hidden.contains(&uri) { Ok(json!({})) } else { Err((400, "RecordNotFound")) }
            }
            _ => Err((501, "MethodNotImplemented")),
        }
    }

    fn granted(&mut self, base: &str) -> Value {
        self.tokens += 1;
        let service = json!({ "id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": base });
        json!({
            "did": OWN, "handle": "town.example", "didDoc": { "service": [service] },
            "accessJwt": self.access(), "refreshJwt": format!("hush-refresh-{}", self.tokens)
        })
    }

    fn access(&self) -> String {
        let claims = json!({ "iat": 1_000, "exp": 1_000 + self.holds, "hush": self.tokens });
        format!("e30.{}.x", URL_SAFE_NO_PAD.encode(claims.to_string()))
    }

    /// A page; cursors count from the end, as lists grow at the beginning.
    fn listed(&self, name: &str, list: &[Value], cursor: Option<&str>) -> Value {
        let from_end = cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(list.len());
        let start = list.len() - from_end;
        let end = (start + self.page).min(list.len());
        let mut page = json!({ name: list[start..end] });
        if end < list.len() {
            page["cursor"] = json!((list.len() - end).to_string());
        }
        page
    }
}

/// A post of a resident's.
pub(super) fn post(key: &str, text: &str) -> Value {
    json!({
        "uri": format!("at://did:plc:ana/app.bsky.feed.post/{key}"), "cid": format!("bafy-{text}"),
        "author": { "did": "did:plc:ana", "handle": "ana.example", "displayName": "Ana 🚱" },
        "record": { "$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-20T16:59:00.000Z", "langs": ["en"] },
        "indexedAt": "2026-11-20T16:59:01.000Z", "likeCount": 3, "repostCount": 2, "quoteCount": 1, "replyCount": 4
    })
}
