//! What a source reads, as lists and screens name it: addresses redacted, nothing that steers a terminal.

use super::redacted;
use crate::config::{MastodonAccount, SourceConfig, SourceKind};
use crate::text::clean_line;

/// What a source reads, safe to show: a file, an address without its secrets, a program's name.
pub fn reads(source: &SourceConfig) -> String {
    let text = match &source.kind {
        SourceKind::Ndjson { path } | SourceKind::Replay { path, .. } | SourceKind::Folder { path, .. } => {
            path.display().to_string()
        }
        SourceKind::Stdin => "-".to_owned(),
        SourceKind::Feed { url, .. } => redacted(url),
        SourceKind::Mastodon(account) => mastodon(account),
        SourceKind::Jetstream(stream) => redacted(&stream.url),
        SourceKind::Command(program) => program.name(),
        SourceKind::Bluesky(account) => {
            let mut reads = vec![format!("@{}, {}", account.handle, redacted(&account.server))];
            reads.extend(account.search.iter().map(|text| format!("“{text}”")));
            reads.join(", ")
        }
        SourceKind::Reddit(reddit) => format!("r/{}", reddit.subreddits.join(", r/")),
        SourceKind::Open311(city) => redacted(&city.url),
        SourceKind::Facebook(facebook) => format!("{}/{}", redacted(&facebook.url), facebook.page),
        // Its path is half of what a sender has to know.
        SourceKind::Webhook(webhook) => format!("http://{}/…", webhook.listen),
    };
    clean_line(&text).into_owned()
}

/// `https://town.example/ @ #Elmtown`: the server, the account's mentions, the hashtags.
fn mastodon(account: &MastodonAccount) -> String {
    let mentions = account.notifications.then(|| "@".to_owned());
    let hashtags = account.hashtags.iter().map(|tag| format!("#{tag}"));
    std::iter::once(redacted(&account.server)).chain(mentions).chain(hashtags).collect::<Vec<_>>().join(" ")
}
