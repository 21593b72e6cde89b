//! A program with all it started: one process group, ended as one.
//!
//! What enters: a child that leads its group. What leaves: signals to the group. Dropped before the group has ended, it
//! asks the group to end and leaves the rest to the guard: a tiny shell script in a group of its own that holds the other end of a
//! pipe. When this program is killed, the pipe closes, and the guard does the same. The guard's text is fixed and its only
//! arguments are numbers. Without a `sh` there is no guard, and what a killed program left behind stays.

#[cfg(not(unix))]
pub(super) use other::Group;
#[cfg(unix)]
pub(super) use unix::Group;

#[cfg(unix)]
mod unix {
    use std::process::Stdio;
    use std::time::Duration;

    use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
    use tokio::process::{Child, ChildStdin, Command};

    /// How often a group that was asked to end is looked at.
    const LOOK: Duration = Duration::from_millis(20);

    /// A line from its input says that all has ended; the end of its input, that nobody is left to see to it. `$1` is the group,
    /// `$2` how many seconds it is given.
    const GUARD: &str = "trap '' HUP INT TERM
read -r told && exit 0
kill -s TERM -- \"-$1\" 2>/dev/null || exit 0
left=$2
while [ \"$left\" -gt 0 ]; do
  sleep 1
  kill -s 0 -- \"-$1\" 2>/dev/null || exit 0
  left=$((left - 1))
done
kill -s KILL -- \"-$1\" 2>/dev/null
exit 0
";

    /// The process group of one child.
    #[derive(Debug)]
    pub(in super::super) struct Group {
        /// `None` once it has ended.
        leader: Option<Pid>,
        guard: Option<ChildStdin>,
    }

    impl Group {
        pub(in super::super) fn of(child: &Child, grace: Duration) -> Self {
            let leader = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
            Self { guard: leader.and_then(|leader| guard(leader, grace)), leader }
        }

        /// SIGTERM to all of it.
        pub(in super::super) fn ask_to_end(&self) {
            self.signal(Signal::TERM);
        }

        /// SIGKILL to all of it.
        pub(in super::super) fn kill(&self) {
            self.signal(Signal::KILL);
        }

        /// Waits until nothing of it is left, and kills what is left after `grace`. The leader has been waited for.
        pub(in super::super) async fn ended(&mut self, grace: Duration) {
            let gone = async {
                while self.is_there() {
                    tokio::time::sleep(LOOK).await;
                }
            };
            if tokio::time::timeout(grace, gone).await.is_err() {
                self.kill();
            }
            self.leader = None;
            self.dismiss_guard();
        }

        fn is_there(&self) -> bool {
            self.leader.is_some_and(|leader| test_kill_process_group(leader).is_ok())
        }

        fn signal(&self, signal: Signal) {
            if let Some(leader) = self.leader {
                // A group that is gone already needs no signal.
                let _ = kill_process_group(leader, signal);
            }
        }

        fn dismiss_guard(&mut self) {
            use std::io::Write as _;

            let pipe = self.guard.take().and_then(|guard| guard.into_owned_fd().ok());
            if let Some(pipe) = pipe {
                // The pipe is empty, so that this never waits; a guard that is gone needs no word.
                let _ = std::fs::File::from(pipe).write_all(b"\n");
            }
        }
    }

    impl Drop for Group {
        fn drop(&mut self) {
            self.ask_to_end();
        }
    }

    fn guard(leader: Pid, grace: Duration) -> Option<ChildStdin> {
        let mut command = Command::new("sh");
        command.args(["-c", GUARD, "frontdesk-guard"]);
        command.arg(leader.as_raw_nonzero().to_string()).arg(grace.as_secs().max(1).to_string());
        command.env_clear().env("PATH", "/usr/bin:/bin").current_dir("/").process_group(0);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(mut guard) => guard.stdin.take(),
            Err(error) => {
                tracing::warn!(%error, "a command runs without a guard");
                None
            }
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::time::Duration;

    use tokio::process::Child;

    /// Where there are no process groups, only the child itself is ended, by its own drop.
    #[derive(Debug)]
    pub(in super::super) struct Group;

    impl Group {
        pub(in super::super) fn of(_: &Child, _: Duration) -> Self {
            Self
        }

        pub(in super::super) fn ask_to_end(&self) {}

        pub(in super::super) fn kill(&self) {}

        pub(in super::super) async fn ended(&mut self, _: Duration) {}
    }
}
