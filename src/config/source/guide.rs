//! What a person is told and asked when a source is added: one entry a kind.
//!
//! What enters: nothing. What leaves: for each kind whose permission it needs, what it was tried against, and which of its keys
//! are asked for, in order. The words stand in the locale, under the kind's token and the key. An answer is judged by the
//! same reader as the file, so that no rule stands here a second time.

/// One kind, as somebody who adds a source meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guide {
    /// Its word in `kind = "…"`.
    pub kind: &'static str,
    /// Who has to say yes.
    pub permission: Permission,
    /// How far it was tried.
    pub tried: Tried,
    /// Its keys, in the order in which they are asked for.
    pub asks: &'static [Ask],
}

/// Who has to say yes before a source brings anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Permission {
    /// Nobody.
    Nobody,
    /// Nobody but the holder of an account: its password or token is enough.
    Password,
    /// A company, which may take weeks or say no.
    Company,
}

/// What a kind was held against before it was shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Tried {
    /// What it reads is at hand anywhere.
    Here,
    /// The real server's own software, run beside it.
    Server,
    /// Recordings of the real service.
    Recordings,
    /// Nothing but its published documents.
    Documents,
}

/// One key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The key of the `[[source]]`.
    pub key: &'static str,
    /// How an answer is written there.
    pub form: Form,
    /// When it is asked for.
    pub when: When,
    /// What an empty answer stands for.
    pub usual: Usual,
}

/// How an answer becomes TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A text.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Texts, with commas between.
    Texts,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A program and its arguments.
    Command,
    /// `NAME=VARIABLE` pairs: what a program sees, and which variable it is taken from.
    Variables,
    /// Where a secret is kept.
    Secret,
    /// Where a secret is kept that may be made up here, because both sides only have to agree on it.
    Agreed,
}

/// When a key is asked for; a flag of the command line sets it whenever its kind has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Of everybody.
    Always,
    /// When this other key was answered so.
    If(&'static str, &'static str),
    /// Of nobody: its default suits nearly all.
    OnFlag,
}

/// What an empty answer stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usual {
    /// Nothing does: it is needed.
    Needed,
    /// The key is left out.
    LeftOut,
    /// This, written down.
    Text(&'static str),
    /// A path that nobody guesses, made up anew.
    Unguessable,
}

const fn ask(key: &'static str, form: Form, usual: Usual) -> Ask {
    Ask { key, form, when: When::Always, usual }
}

const fn flag(key: &'static str, form: Form) -> Ask {
    Ask { key, form, when: When::OnFlag, usual: Usual::LeftOut }
}

const EVERY: Ask = flag("every", Form::Text);
const SIGNATURES: &[&str] = &["standard", "github", "meta", "bearer"];
const STREAMING: &[&str] = &["websocket", "sse", "off"];

/// The kinds, those first that an office can have at once.
pub(super) const GUIDES: &[Guide] = &[
    Guide {
        kind: "folder",
        permission: Permission::Nobody,
        tried: Tried::Here,
        asks: &[ask("path", Form::Text, Usual::Text("exports")), flag("profile", Form::Text)],
    },
    Guide {
        kind: "feed",
        permission: Permission::Nobody,
        tried: Tried::Server,
        asks: &[ask("url", Form::Text, Usual::Needed), EVERY],
    },
    Guide {
        kind: "command",
        permission: Permission::Nobody,
        tried: Tried::Here,
        asks: &[
            ask("command", Form::Command, Usual::Needed),
            ask("cwd", Form::Text, Usual::LeftOut),
            flag("signal", Form::Word(&["stdin"])),
            EVERY,
            flag("restart_delay", Form::Text),
            flag("env", Form::Variables),
        ],
    },
    Guide {
        kind: "ndjson",
        permission: Permission::Nobody,
        tried: Tried::Here,
        asks: &[ask("path", Form::Text, Usual::Text("mentions.jsonl"))],
    },
    Guide {
        kind: "webhook",
        permission: Permission::Nobody,
        tried: Tried::Server,
        asks: &[
            ask("signature", Form::Word(SIGNATURES), Usual::Text("standard")),
            ask("secret", Form::Agreed, Usual::Needed),
            Ask { key: "verify_token", form: Form::Agreed, when: When::If("signature", "meta"), usual: Usual::LeftOut },
            ask("path", Form::Text, Usual::Unguessable),
            ask("listen", Form::Text, Usual::Text("127.0.0.1:8787")),
            flag("profile", Form::Text),
        ],
    },
    Guide {
        kind: "jetstream",
        permission: Permission::Nobody,
        tried: Tried::Recordings,
        asks: &[ask("match", Form::Text, Usual::LeftOut), flag("url", Form::Text)],
    },
    Guide {
        kind: "open311",
        permission: Permission::Nobody,
        tried: Tried::Documents,
        asks: &[ask("url", Form::Text, Usual::Needed), ask("jurisdiction", Form::Text, Usual::LeftOut), EVERY],
    },
    Guide {
        kind: "bluesky",
        permission: Permission::Password,
        tried: Tried::Server,
        asks: &[
            ask("handle", Form::Text, Usual::Needed),
            ask("password", Form::Secret, Usual::Needed),
            ask("search", Form::Texts, Usual::LeftOut),
            flag("server", Form::Text),
            flag("notifications", Form::Flag),
            EVERY,
        ],
    },
    Guide {
        kind: "mastodon",
        permission: Permission::Password,
        tried: Tried::Recordings,
        asks: &[
            ask("server", Form::Text, Usual::Needed),
            ask("token", Form::Secret, Usual::Needed),
            ask("hashtags", Form::Texts, Usual::LeftOut),
            flag("notifications", Form::Flag),
            flag("streaming", Form::Word(STREAMING)),
            EVERY,
        ],
    },
    Guide {
        kind: "facebook",
        permission: Permission::Company,
        tried: Tried::Documents,
        asks: &[
            ask("page", Form::Text, Usual::Needed),
            ask("token", Form::Secret, Usual::Needed),
            flag("url", Form::Text),
            EVERY,
        ],
    },
    Guide {
        kind: "reddit",
        permission: Permission::Company,
        tried: Tried::Documents,
        asks: &[
            ask("subreddits", Form::Texts, Usual::Needed),
            ask("user", Form::Text, Usual::Needed),
            ask("token", Form::Secret, Usual::Needed),
            EVERY,
            flag("url", Form::Text),
        ],
    },
    Guide { kind: "stdin", permission: Permission::Nobody, tried: Tried::Here, asks: &[] },
    Guide {
        kind: "replay",
        permission: Permission::Nobody,
        tried: Tried::Here,
        asks: &[ask("path", Form::Text, Usual::Needed), flag("speed", Form::Number)],
    },
];

/// The kinds that can be added.
pub fn guides() -> impl Iterator<Item = &'static Guide> {
    GUIDES.iter().filter(|guide| super::TOKENS.contains(&guide.kind))
}

#[cfg(test)]
mod tests {
    use super::super::ROWS;
    use super::*;

    #[test]
    fn every_kind_has_one_entry() {
        for row in ROWS {
            let entries = GUIDES.iter().filter(|guide| guide.kind == row.token).count();
            assert_eq!(entries, 1, "{} needs an entry in GUIDES, and words in the locale", row.token);
        }
    }

    #[test]
    fn every_key_is_in_its_kinds_entry_and_every_needed_one_is_asked_for() {
        for row in ROWS {
            let guide = guides().find(|guide| guide.kind == row.token).expect("every kind has an entry");
            let mut asked: Vec<&str> = guide.asks.iter().map(|ask| ask.key).collect();
            let mut keys = row.keys.to_vec();
            asked.sort_unstable();
            keys.sort_unstable();
            assert_eq!(asked, keys, "{}", guide.kind);
            for ask in guide.asks.iter().filter(|ask| row.required.contains(&ask.key)) {
                assert!(ask.when == When::Always && ask.usual != Usual::LeftOut, "{} {}", guide.kind, ask.key);
            }
        }
    }
}
