//! Real programs that behave, and that do not.

use std::collections::BTreeMap;
use std::path::Path;

use rstest::rstest;
use tokio::task::JoinHandle;

use super::*;
use crate::clock::SharedClock;
use crate::config::{Secret, SecretError, SourceConfig, SourceKind, Variable};
use crate::mention::Id;
use crate::mention::wire::MAX_LINE_BYTES;
use crate::sources::test_desk::Desk;
use crate::sources::{Health, Lag, Probe, State, probe, supervise};

/// So long that a test that waits for it fails.
const NEVER: Duration = Duration::from_hours(1);
const SHORT: Duration = Duration::from_millis(50);

/// A program in a scratch folder that begins again after `delay`.
fn program(desk: &Desk, script: &str, delay: Duration) -> Program {
    Program {
        command: ["sh", "-c", script].map(str::to_owned).to_vec(),
        cwd: desk.folder.path().to_owned(),
        env: BTreeMap::new(),
        signal: None,
        restart_delay: delay,
    }
}

type Look = tokio::sync::watch::Receiver<Health>;

fn run(desk: &Desk, program: Program) -> (JoinHandle<()>, Look) {
    let (context, health) = desk.seat(desk.cursor.clone());
    (tokio::spawn(supervise(Command::with_grace(program, SHORT), context, desk.cancel())), health)
}

fn once(desk: &Desk, script: &str) -> (JoinHandle<()>, Look) {
    run(desk, program(desk, script, NEVER))
}

async fn failure(desk: &Desk, health: Look) -> SourceError {
    let health = desk.until(health, |health| matches!(health.state, State::BackingOff { .. })).await;
    health.last_error.expect("an error").1
}

async fn rested(desk: &Desk, health: Look) -> Health {
    desk.until(health, |health| matches!(health.state, State::Resting { .. })).await
}

/// Asks again and again until `condition` holds; half a minute is the end of all hope.
async fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let met = async {
        while !condition() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), met).await.unwrap_or_else(|_| panic!("waited in vain for {what}"));
}

/// A number a script wrote to a file, once it is there.
async fn number(path: &Path) -> i32 {
    let read = || std::fs::read_to_string(path).ok().filter(|text| text.ends_with('\n'));
    wait_until("a number", || read().is_some()).await;
    read().expect("it is there").trim().parse().expect("a number")
}

/// A process that has ended counts as gone, waited for or not.
fn is_alive(process: i32) -> bool {
    if let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) {
        return !stat.rsplit(") ").next().unwrap_or_default().starts_with(['Z', 'X']);
    }
    let process = rustix::process::Pid::from_raw(process).expect("a process");
    !Path::new("/proc/self/stat").exists() && rustix::process::test_kill_process(process).is_ok()
}

fn causes(desk: &Desk) -> Vec<String> {
    desk.quarantined().iter().map(|entry| entry["cause"].to_string()).collect()
}

#[tokio::test]
async fn mentions_deletions_and_states_come_in_their_order() {
    let mut desk = Desk::new();
    let script = r#"echo '{"type":"mention","id":"a","text":"one"}'; echo '{"type":"state","value":{"since":1}}'
echo '{"type":"delete","id":"z"}'; echo; echo '{"type":"log","level":"debug","text":"looked"}'; echo '{"text":"two"}'"#;
    let (_task, health) = once(&desk, script);
    assert_eq!(desk.texts(3).await, ["one", "", "two"]);
    let health = rested(&desk, health).await;
    assert_eq!((health.items, health.bad), (3, 0));
    let at: At = desk.cursor.as_ref().and_then(Cursor::read).expect("its cursor");
    assert_eq!(at.state.as_deref(), Some("{\"since\":1}"));
}

/// Counts its runs in its state, and takes the file away.
const COUNTING: &str = r#"seen=$(cat "$FRONTDESK_STATE"); rm "$FRONTDESK_STATE"
printf '{"text":"after <%s>"}\n{"type":"state","value":%d}\n' "$seen" $((${seen:-0} + 1)); [ "${seen:-0}" -lt 2 ] || exec sleep 1000"#;

#[tokio::test]
async fn a_program_that_ends_well_begins_again_with_its_state_even_when_its_file_was_lost() {
    let mut desk = Desk::new();
    let (task, _health) = run(&desk, program(&desk, COUNTING, Duration::ZERO));
    assert_eq!(desk.texts(3).await, ["after <>", "after <1>", "after <2>"]);
    desk.cancel().cancel();
    task.await.expect("it ends");
    desk.renew();
    let (_task, _health) = run(&desk, program(&desk, COUNTING, Duration::ZERO));
    let texts = desk.texts(1).await;
    assert!(texts == ["after <3>"] || texts == ["after <2>"], "the state that was committed last: {texts:?}");
}

#[tokio::test]
async fn a_state_counts_only_once_the_mentions_before_it_are_committed() {
    let mut desk = Desk::new();
    let script =
        r#"printf '{"text":"after <%s>"}\n{"type":"state","value":7}\n' "$(cat "$FRONTDESK_STATE")"; sleep 1000"#;
    let (task, _health) = once(&desk, script);
    let batch = desk.batch().await;
    assert_eq!(batch.items.len(), 1, "the state travels with what came before it");
    desk.cancel().cancel();
    task.await.expect("it ends");
    drop(batch);
    desk.renew();
    let (_task, _health) = once(&desk, script);
    assert_eq!(desk.texts(1).await, ["after <>"]);
}

#[rstest]
#[case::code(
    "echo 'I! begun' >&2; printf 'E! no \\033[2Jmailbox\\n\\n' >&2; exit 3",
    HowEnded::Code(3),
    Some("no ␛[2Jmailbox")
)]
#[case::killed("kill -9 $$", HowEnded::Signal(9), None)]
#[case::no_newline("printf 'bad key' >&2; exit 1", HowEnded::Code(1), Some("bad key"))]
#[tokio::test]
async fn a_program_that_fails_is_tried_again_and_its_last_words_are_the_cause(
    #[case] script: &str,
    #[case] how: HowEnded,
    #[case] said: Option<&str>,
) {
    let desk = Desk::new();
    let (_task, health) = once(&desk, script);
    let error = failure(&desk, health).await;
    assert_eq!(
        error,
        SourceError::retryable_after(
            Cause::Ended { program: "sh …".to_owned(), how, said: said.map(str::to_owned) },
            Some(NEVER),
        )
    );
}

#[tokio::test]
async fn what_a_killed_program_had_begun_is_kept_aside_and_the_rest_counts() {
    let mut desk = Desk::new();
    let (_task, health) = once(&desk, r#"echo '{"text":"whole"}'; printf '{"text":"to'; kill -9 $$"#);
    assert_eq!(desk.texts(1).await, ["whole"]);
    failure(&desk, health).await;
    assert_eq!(causes(&desk), ["\"torn\""]);
    assert_eq!(desk.quarantined()[0]["data"], "{\"text\":\"to");
}

#[rstest]
#[case::whole(r#"printf '{"text":"last"}'"#, 1, &[])]
#[case::torn(r#"printf '{"text":"la'"#, 0, &["\"torn\""])]
#[tokio::test]
async fn the_last_line_of_a_program_that_ends_well_needs_no_newline(
    #[case] script: &str,
    #[case] items: u64,
    #[case] bad: &[&str],
) {
    let mut desk = Desk::new();
    let (_task, health) = once(&desk, script);
    desk.texts(items as usize).await;
    assert_eq!(rested(&desk, health).await.items, items);
    assert_eq!(causes(&desk), bad);
}

#[tokio::test]
async fn bad_lines_are_kept_with_their_cause_and_the_rest_goes_on() {
    let mut desk = Desk::new();
    let long = MAX_LINE_BYTES + 10;
    let script = format!(
        r#"printf '{{"text":"\377"}}\n'; head -c {long} /dev/zero | tr '\0' x; echo; echo '{{"type":"poke"}}'
echo '{{"type":"delete"}}'; echo '{{"text":" "}}'; echo '{{"text":"good"}}'"#
    );
    let (_task, health) = once(&desk, &script);
    assert_eq!(desk.texts(1).await, ["good"]);
    assert_eq!(rested(&desk, health).await.bad, 5);
    assert_eq!(
        causes(&desk),
        ["\"not_utf8\"", "\"too_long\"", "{\"unknown_type\":\"poke\"}", "\"no_id\"", "\"no_text\""]
    );
}

#[tokio::test]
async fn a_flood_waits_in_its_pipe_and_all_of_it_comes() {
    const LINES: usize = 20_000;
    let mut desk = Desk::new();
    let script = format!(
        "n=0; while [ $n -lt {LINES} ]; do n=$((n + 1)); echo '{{\"text\":\"'$n' {}\"}}'; [ $n != 500 ] || echo $n >at; done; echo 1 >done",
        "x".repeat(80)
    );
    let (_task, health) = once(&desk, &script);
    number(&desk.folder.path().join("at")).await;
    let waiting = desk.until(health.clone(), |health| health.lag.is_some()).await.lag;
    assert!(matches!(waiting, Some(Lag::Items(items)) if items <= 4 * MAX_BATCH as u64), "{waiting:?}");
    assert!(!desk.folder.path().join("done").exists(), "two million bytes fit nowhere on the way");
    let texts = desk.texts(LINES).await;
    let in_order = texts.iter().zip(1..).all(|(text, number)| text.starts_with(&format!("{number} ")));
    assert!(in_order);
    assert_eq!(rested(&desk, health).await.items, LINES as u64);
}

#[tokio::test]
async fn what_the_store_did_not_take_is_sent_again_and_the_program_is_not_disturbed() {
    let mut desk = Desk::new();
    let script = r#"echo '{"text":"one '$$'"}'; echo '{"text":"two"}'; exec sleep 1000"#;
    let (_task, health) = run(&desk, program(&desk, script, Duration::ZERO));
    let first = desk.batch().await;
    let said = first.items[0].text.clone();
    drop(first);
    let texts = desk.texts(2).await;
    assert_eq!((&texts[0], texts[1].as_str()), (&said, "two"), "the same run of the program");
    let health = desk.until(health, |health| health.items == 2).await;
    assert!(health.last_error.is_none_or(|(_, error)| error.cause == Cause::NotCommitted));
}

#[tokio::test]
async fn a_slow_line_is_waited_for() {
    let mut desk = Desk::new();
    let script = r#"echo; printf '{"te'; while [ ! -e go ]; do sleep 0.01; done; echo 'xt":"slow"}'; exec sleep 1000"#;
    let (_task, health) = once(&desk, script);
    desk.until(health, |health| health.last_seen.is_some()).await;
    std::fs::write(desk.folder.path().join("go"), "").expect("written");
    assert_eq!(desk.texts(1).await, ["slow"]);
    assert!(desk.quarantined().is_empty());
}

#[tokio::test]
async fn a_program_is_asked_by_newlines() {
    let mut desk = Desk::new();
    let mut asked = program(&desk, r#"while read -r line; do echo '{"text":"asked <'"$line"'>"}'; done"#, NEVER);
    asked.signal = Some(Duration::from_millis(1));
    let (_task, _health) = run(&desk, asked);
    for _ in 0..3 {
        let batch = desk.batch().await;
        assert_eq!(batch.items[0].text, "asked <>");
        batch.ack.send(()).expect("it waits");
    }
}

#[tokio::test]
async fn a_program_sees_little_of_the_environment_and_what_it_is_given() {
    let mut desk = Desk::new();
    let script =
        r#"echo '{"text":"'"$TOKEN|$FROM|$CARGO_MANIFEST_DIR|$FRONTDESK_SOURCE|$(pwd -P)"'"}'; read -r line || exit 0"#;
    let mut given = program(&desk, script, NEVER);
    given.env.insert("TOKEN".to_owned(), Variable::Text("hush".to_owned()));
    given.env.insert("FROM".to_owned(), Variable::Secret(Secret::Env("PATH".to_owned())));
    let (_task, health) = run(&desk, given);
    let cwd = desk.folder.path().canonicalize().expect("it is there");
    let path = std::env::var("PATH").expect("a path");
    assert_eq!(desk.texts(1).await, [format!("hush|{path}||inbox|{}", cwd.display())]);
    rested(&desk, health).await;
}

#[tokio::test]
async fn a_program_that_is_not_there_and_a_variable_that_is_not_set_are_told() {
    let desk = Desk::new();
    let mut missing = program(&desk, "", NEVER);
    missing.command = vec!["frontdesk-no-such-program".to_owned()];
    let (_task, health) = run(&desk, missing);
    let error = failure(&desk, health).await;
    assert!(matches!(error.cause, Cause::NotStarted { program, .. } if program == "frontdesk-no-such-program"));
    let mut unset = program(&desk, "exit 0", NEVER);
    unset.env.insert("TOKEN".to_owned(), Variable::Secret(Secret::Env("FRONTDESK_NO_SUCH".to_owned())));
    let (_task, health) = run(&desk, unset);
    assert_eq!(
        failure(&desk, health).await.cause,
        Cause::Secret(SecretError::NoVariable("FRONTDESK_NO_SUCH".to_owned()))
    );
}

#[tokio::test]
async fn a_state_that_cannot_be_written_is_told_and_nothing_is_started() {
    let desk = Desk::new();
    std::fs::write(desk.folder.path().join("sources"), "in the way").expect("written");
    let (_task, health) = once(&desk, "echo 1 >started");
    assert!(matches!(failure(&desk, health).await.cause, Cause::File { path, .. } if path.ends_with("inbox.state")));
    assert!(!desk.folder.path().join("started").exists());
}

#[rstest]
#[case::they_obey("sleep 1000 & echo $! >pid; echo '{\"text\":\"a\"}'")]
#[case::they_do_not("(trap '' TERM; while :; do sleep 1; done) & echo $! >pid; echo '{\"text\":\"a\"}'")]
#[case::the_program_closes_its_output(
    "trap '' TERM; echo $$ >pid; echo '{\"text\":\"a\"}'; exec >&-; while :; do sleep 1; done"
)]
#[tokio::test]
async fn whoever_is_left_when_a_program_ends_is_ended(#[case] script: &str) {
    let mut desk = Desk::new();
    let (_task, health) = once(&desk, script);
    assert_eq!(desk.texts(1).await, ["a"]);
    let left = number(&desk.folder.path().join("pid")).await;
    let health = rested(&desk, health).await;
    assert_eq!(health.last_error, None, "that is no failure");
    wait_until("its end", || !is_alive(left)).await;
}

#[tokio::test]
async fn who_leaves_the_group_holds_nobody_up() {
    if std::process::Command::new("setsid").arg("true").output().is_err() {
        eprintln!("skipped: there is no setsid on this machine");
        return;
    }
    let mut desk = Desk::new();
    let script = "setsid sleep 1000 & echo $! >pid; echo '{\"text\":\"a\"}'; until setsid true; do :; done";
    let (_task, health) = once(&desk, script);
    assert_eq!(desk.texts(1).await, ["a"]);
    rested(&desk, health).await;
    let left = number(&desk.folder.path().join("pid")).await;
    if let Some(left) = rustix::process::Pid::from_raw(left) {
        let _ = rustix::process::kill_process(left, rustix::process::Signal::KILL);
    }
}

#[rstest]
#[case::it_obeys("sleep 1000 & echo $! >other; echo $$ >pid; wait")]
#[case::it_does_not("trap '' TERM; sleep 1000 & echo $! >other; echo $$ >pid; while :; do sleep 1; done")]
#[tokio::test]
async fn a_source_that_is_stopped_ends_its_program_and_what_that_started(#[case] script: &str) {
    let desk = Desk::new();
    let (task, health) = once(&desk, script);
    let program = number(&desk.folder.path().join("pid")).await;
    let other = number(&desk.folder.path().join("other")).await;
    assert_eq!(health.borrow().state, State::Live, "it need not say anything to be live");
    desk.cancel().cancel();
    task.await.expect("it ends");
    wait_until("their end", || !is_alive(program) && !is_alive(other)).await;
}

fn config(program: Program) -> SourceConfig {
    SourceConfig { id: Id::from("inbox"), kind: SourceKind::Command(program), network: None, enabled: true }
}

async fn tried(desk: &Desk, script: &str) -> Result<Probe, SourceError> {
    let clock: SharedClock = desk.clock.clone();
    probe(&config(program(desk, script, NEVER)), &clock, None).await
}

#[tokio::test]
async fn a_try_ends_with_the_first_lines_and_keeps_nothing() {
    let desk = Desk::new();
    let script = r#"echo $$ >pid; echo "$FRONTDESK_STATE" >where; echo '{"text":"one"}'; exec sleep 1000"#;
    let Ok(Probe::Answers { items: 1, bad: 0, first_bad: None, first, per_second: None }) = tried(&desk, script).await
    else {
        panic!("it answers");
    };
    assert_eq!(first.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["one"]);
    let process = number(&desk.folder.path().join("pid")).await;
    assert!(!is_alive(process));
    let state = std::fs::read_to_string(desk.folder.path().join("where")).expect("written");
    assert!(!state.trim().is_empty() && !Path::new(state.trim()).exists());
    assert!(!desk.folder.path().join("sources").exists() && desk.quarantined().is_empty());
}

#[tokio::test]
async fn a_try_tells_what_is_wrong() {
    let desk = Desk::new();
    let bad = tried(&desk, "echo water; exec sleep 1000").await.expect("it runs");
    assert!(
        matches!(bad, Probe::Answers { items: 0, bad: 1, first_bad: Some((_, BadCause::Malformed(_))), .. }),
        "{bad:?}"
    );
    let failed = tried(&desk, "echo 'E! no mailbox' >&2; exit 2").await.expect_err("it failed");
    let said = Some("no mailbox".to_owned());
    assert_eq!(failed.cause, Cause::Ended { program: "sh …".to_owned(), how: HowEnded::Code(2), said });
    let nothing = tried(&desk, "exit 0").await;
    assert_eq!(nothing, Ok(Probe::Answers { items: 0, bad: 0, first_bad: None, first: Vec::new(), per_second: None }));
}

#[tokio::test(start_paused = true)]
async fn a_try_of_a_quiet_program_has_an_end() {
    let desk = Desk::new();
    assert_eq!(tried(&desk, "exec sleep 1000").await, Ok(Probe::Quiet { program: "sh …".to_owned() }));
}
