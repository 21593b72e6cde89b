//! A home with its settings and its plan, ready to be worked in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono_tz::Tz;

use super::HomeError;
use crate::config::{Config, Overrides, Paths, private_dir};
use crate::mention::{Id, Mention};
use crate::pipeline::{Assessment, Assessor, Kept};
use crate::plan::{self, Plan};
use crate::response_log::LogPaths;
use crate::store::{CaughtUp, SqliteStore, catch_up};

/// Where everything is, and what was chosen.
#[derive(Debug)]
pub struct Home {
    /// The folders and files.
    pub paths: Paths,
    /// The settings, every layer folded.
    pub config: Config,
    /// Who decides here, as the response log names them.
    pub actor: Id,
    /// The plan in force.
    pub plan: Arc<Plan>,
}

impl Home {
    /// The places of a home, whether or not anything is there. `named` is the folder of `--home`.
    pub fn locate(named: Option<&Path>) -> Result<Paths, HomeError> {
        let named = named.filter(|folder| !folder.as_os_str().is_empty());
        Paths::resolve(named, std::env::var_os("FRONTDESK_HOME")).ok_or(HomeError::NoPlace)
    }

    /// Reads settings and plan. A home without either is [`HomeError::NotSetUp`].
    pub fn open(paths: Paths, flags: &Overrides) -> Result<Self, HomeError> {
        let environment = Overrides::from_environment(|name| std::env::var(name).ok()).map_err(HomeError::Config)?;
        let config = Config::load(&paths, flags, &environment).map_err(HomeError::Config)?;
        let plan = match plan::load(&config.plan) {
            Ok((plan, _findings)) => Arc::new(plan),
            Err(errors) if errors.is_absent() && !paths.config.exists() => {
                return Err(HomeError::NotSetUp { config: paths.config });
            }
            Err(errors) => return Err(HomeError::Plan(errors)),
        };
        let actor = config.actor.clone().unwrap_or_else(operating_system_user).into();
        Ok(Self { paths, config, actor, plan })
    }

    /// The error of a system call on the folder of the data.
    pub fn data_failed(&self, cause: std::io::Error) -> HomeError {
        HomeError::Io { path: self.paths.data.clone(), cause }
    }

    /// The zone the plan's hours are in.
    pub fn zone(&self) -> Tz {
        self.plan.organization.hours.time_zone
    }

    /// Where the response log is.
    pub fn log_paths(&self) -> LogPaths {
        LogPaths::under(&self.paths.data, &self.paths.state)
    }

    /// The store, made where there is none.
    pub fn store(&self) -> Result<SqliteStore, HomeError> {
        let failed = |path: &PathBuf| {
            let path = path.clone();
            move |cause| HomeError::Io { path, cause }
        };
        private_dir(&self.paths.data).map_err(failed(&self.paths.data))?;
        Ok(SqliteStore::open(&self.paths.db, self.actor.clone())?)
    }

    /// The store, every case standing where the log says.
    pub fn current_store(&self) -> Result<(SqliteStore, CaughtUp), HomeError> {
        let mut store = self.store()?;
        let mut assess = self.assessor();
        let caught_up = catch_up(&mut store, &self.log_paths().folder, &mut assess)?;
        Ok((store, caught_up))
    }

    /// Assesses under this home's plan.
    pub fn assessor(&self) -> impl FnMut(&Mention, &Kept) -> Assessment + Send + use<> {
        let (plan, mut assessor) = (self.plan.clone(), Assessor::new());
        move |mention, kept| assessor.assess_again(mention, &plan, kept)
    }
}

/// The name the machine knows the person by.
fn operating_system_user() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.trim().is_empty())
        .map_or_else(user_number, |name| crate::text::clean_line(name.trim()).into_owned())
}

#[cfg(unix)]
fn user_number() -> String {
    let number = rustix::process::getuid().as_raw();
    let accounts = std::fs::read("/etc/passwd").unwrap_or_default();
    account_name(&String::from_utf8_lossy(&accounts), number).unwrap_or_else(|| format!("uid-{number}"))
}

/// The name of account `number` in a list of accounts, one `name:x:number:…` a line.
#[cfg(unix)]
fn account_name(accounts: &str, number: u32) -> Option<String> {
    accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, id) = (fields.next()?, fields.nth(1)?);
        (id.parse() == Ok(number) && !name.is_empty()).then(|| crate::text::clean_line(name).into_owned())
    })
}

#[cfg(not(unix))]
fn user_number() -> String {
    "unknown".to_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_known_by_its_name() {
        let accounts = "root:x:0:0:root:/root:/bin/sh\n+::::::\nmchan:x:1000:1000::/home/mchan:/bin/sh\n";
        assert_eq!(account_name(accounts, 1000).as_deref(), Some("mchan"));
        assert_eq!(account_name(accounts, 7), None);
    }
}
