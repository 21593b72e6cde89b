//! Whatever is pressed and whatever happens, nothing panics and the cursor is on a mention of the feed.

use proptest::prelude::*;

use super::runner::{Runner, item};
use crate::mention::Level;

#[derive(Debug, Clone)]
enum Happening {
    Keys(Vec<&'static str>),
    Arrive(u8),
    LogFails(bool),
}

const KEYS: &[&str] = &[
    "j", "k", "g", "G", "ctrl-d", "ctrl-u", "N", "space", "v", "y", "[", "]", "i", "enter", "p", "d", "l", "m", "x",
    "r", "e", "s", "c", "t", "u", "U", "n", "tab", "1", "2", "3", "4", "5", "6", "/", "?", ":", "T", "R", "esc", "w",
    "down", "ctrl-s", "I", "J", "K", "h", "b", "b",
];

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let one = prop_oneof![
        12 => prop::collection::vec(prop::sample::select(KEYS), 1..5).prop_map(Happening::Keys),
        1 => (1_u8..20).prop_map(Happening::Arrive),
        1 => any::<bool>().prop_map(Happening::LogFails),
    ];
    prop::collection::vec(one, 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn random_keys_and_events_never_panic(happenings in happenings()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(async {
            let mut desk = Runner::new(
                (0..40).map(|n| item(&format!("m{n}"), "the water", [Level::P1, Level::P3][n % 2], n as i64)).collect(),
            )
            .await;
            for (round, happening) in happenings.into_iter().enumerate() {
                let selected = desk.selected();
                match happening {
                    Happening::Keys(keys) => desk.keys(&keys.join(" ")).await,
                    Happening::LogFails(fails) => desk.outside().log_fails = fails,
                    Happening::Arrive(count) => {
                        let items = (0..count).map(|n| item(&format!("r{round}-{n}"), "new water", Level::P2, 0));
                        desk.arrive(items.collect()).await;
                        if !selected.is_empty() {
                            assert_eq!(desk.selected(), selected, "arriving mentions move no selection");
                        }
                    }
                }
                let feed = &desk.app().feed;
                assert!(feed.rows().is_empty() || feed.cursor() < feed.rows().len());
                assert!(feed.top() <= feed.cursor());
            }
        });
    }
}
