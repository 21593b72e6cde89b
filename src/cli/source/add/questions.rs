//! The questions of `source add`: which kind, its keys one after the other, where a secret is kept, the source's name.
//!
//! What enters: the guides of the kinds, the flags, a person or nobody. What leaves: a block and its secrets. An answer that
//! cannot be used is asked for again with what is wrong; where nobody can be asked, what is missing is told with its flags.

use std::path::PathBuf;

use toml::Value;

use super::answers::{Block, fault, secret as kept_at, sentence, value, words, wrong};
use super::given::{Given, flag};
use super::person::Person;
use super::secret::{Kept, made_up, unguessable};
use crate::cli::CliError;
use crate::config::{Ask, ConfigError, Form, Guide, Permission, Secret, Tried, Usual, When, guides, nearest};
use crate::locale::Locale;
use crate::text::clean_line;
use crate::tr;

/// What was answered.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) block: Block,
    pub(super) secrets: Vec<(&'static str, Kept)>,
}

/// Who asks whom, in which words.
pub(super) struct Questions<'a> {
    pub(super) person: &'a mut dyn Person,
    /// False: nobody is there to be asked, only told.
    pub(super) asks: bool,
    pub(super) given: &'a Given,
    pub(super) locale: &'a Locale,
}

impl Questions<'_> {
    pub(super) fn say(&mut self, line: &str) -> Result<(), CliError> {
        Ok(self.person.say(line)?)
    }

    pub(super) fn ask(&mut self, prompt: &str) -> Result<String, CliError> {
        self.person.ask(prompt)?.ok_or_else(|| CliError::usage(tr!(self.locale, "source-add-stopped")))
    }

    /// A question with two answers; an empty one is `usual`.
    pub(super) fn agree(&mut self, question: &str, usual: bool) -> Result<bool, CliError> {
        let hint = if usual { tr!(self.locale, "source-add-yes") } else { tr!(self.locale, "source-add-no") };
        loop {
            match self.ask(&format!("{question} [{hint}]"))?.to_lowercase().as_str() {
                "" => return Ok(usual),
                "y" | "yes" | "o" | "oui" => return Ok(true),
                "n" | "no" | "non" => return Ok(false),
                _ => {}
            }
        }
    }

    /// The kind that was named, or is chosen from all.
    pub(super) fn kind(&mut self, named: Option<&str>) -> Result<&'static Guide, CliError> {
        if let Some(named) = named {
            return self.named(named).map_err(CliError::usage);
        }
        if !self.asks {
            let kinds = guides().map(|guide| guide.kind).collect::<Vec<_>>().join(", ");
            return Err(CliError::usage(tr!(self.locale, "source-add-which-kind", kinds = kinds)));
        }
        let listed = self.list_kinds()?;
        loop {
            let answer = self.ask(&tr!(self.locale, "source-add-kind"))?;
            let number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            if let Some(guide) = number.and_then(|number| listed.get(number)) {
                return Ok(guide);
            }
            match self.named(&answer) {
                Ok(guide) => return Ok(guide),
                Err(wrong) => self.say(&format!("  {wrong}"))?,
            }
        }
    }

    fn named(&self, named: &str) -> Result<&'static Guide, String> {
        let known = || guides().map(|guide| guide.kind);
        guides().find(|guide| guide.kind == named).ok_or_else(|| {
            let kinds = known().collect::<Vec<_>>().join(", ");
            let name = clean_line(named).into_owned();
            match nearest(named, known()) {
                Some(near) => tr!(self.locale, "source-add-unknown-kind-near", name = name, near = near),
                None => tr!(self.locale, "source-add-unknown-kind", name = name, kinds = kinds),
            }
        })
    }

    /// All kinds below whose permission they need; answers with them in the order of their numbers.
    fn list_kinds(&mut self) -> Result<Vec<&'static Guide>, CliError> {
        let mut listed = Vec::new();
        for permission in [Permission::Nobody, Permission::Password, Permission::Company] {
            if guides().all(|guide| guide.permission != permission) {
                continue;
            }
            let token: &str = permission.into();
            self.say(&self.locale.text(&format!("source-permission-{token}")))?;
            for guide in guides().filter(|guide| guide.permission == permission) {
                listed.push(guide);
                let what = self.locale.text(&format!("source-kind-{}", guide.kind));
                self.say(&format!("  {:2}  {:9}  {what}", listed.len(), guide.kind))?;
            }
        }
        Ok(listed)
    }

    /// What the kind needs, and how far it was tried.
    pub(super) fn introduce(&mut self, guide: &Guide) -> Result<(), CliError> {
        let needs = self.locale.text(&format!("source-kind-{}-needs", guide.kind));
        self.say("")?;
        self.say(&tr!(self.locale, "source-add-needs", needs = needs))?;
        if guide.tried == Tried::Documents {
            self.say(&tr!(self.locale, "source-add-not-tried"))?;
        }
        Ok(())
    }

    /// The keys, from the flags or asked for.
    pub(super) fn keys(&mut self, guide: &'static Guide) -> Result<Answered, CliError> {
        if let Some(flag) = self.given.foreign(guide) {
            return Err(CliError::usage(tr!(self.locale, "source-add-foreign-flag", flag = flag, kind = guide.kind)));
        }
        let mut answered = Answered { block: Block::new(guide.kind), secrets: Vec::new() };
        let mut missing = Vec::new();
        for ask in guide.asks {
            let is_secret = matches!(ask.form, Form::Secret | Form::Agreed);
            let done =
                if is_secret { self.secret(guide, ask, &mut answered)? } else { self.text(guide, ask, &mut answered)? };
            if !done {
                missing.push(flag(ask.key, ask.form));
            }
        }
        if missing.is_empty() {
            return Ok(answered);
        }
        let flags = missing.join(", ");
        Err(CliError::usage(tr!(self.locale, "source-add-missing", kind = guide.kind, flags = flags)))
    }

    /// False: it is needed, and nobody can be asked.
    fn text(&mut self, guide: &Guide, ask: &Ask, answered: &mut Answered) -> Result<bool, CliError> {
        if let Some(given) = self.given.text(ask.key) {
            let value = value(given, ask.form);
            if let Some(wrong) = wrong(guide, ask, value.clone(), self.locale) {
                return Err(CliError::usage(wrong));
            }
            answered.block.set(ask.key, value);
            return Ok(true);
        }
        let usual = match ask.usual {
            Usual::Text(text) => Some(text.to_owned()),
            Usual::Unguessable => Some(unguessable()?),
            Usual::Needed | Usual::LeftOut => None,
        };
        let is_asked = self.asks && is_due(ask, &answered.block);
        let chosen =
            if is_asked { self.one(guide, ask, usual.as_deref())? } else { usual.map(|usual| value(&usual, ask.form)) };
        let is_missing = chosen.is_none() && ask.usual == Usual::Needed;
        if let Some(value) = chosen {
            answered.block.set(ask.key, value);
        }
        Ok(!is_missing)
    }

    /// One question, again until its answer can be used.
    fn one(&mut self, guide: &Guide, ask: &Ask, usual: Option<&str>) -> Result<Option<Value>, CliError> {
        let question = self.locale.text(&format!("source-ask-{}-{}", guide.kind, ask.key.replace('_', "-")));
        let words = if let Form::Word(words) = ask.form { format!(" ({})", words.join(", ")) } else { String::new() };
        let hint = usual.map(|usual| format!(" [{usual}]")).unwrap_or_default();
        loop {
            let answer = self.ask(&format!("{question}{words}{hint}"))?;
            let answer = match (answer.is_empty(), usual) {
                (false, _) => answer,
                (true, Some(usual)) => usual.to_owned(),
                (true, None) if ask.usual == Usual::Needed => continue,
                (true, None) => return Ok(None),
            };
            let value = value(&answer, ask.form);
            match wrong(guide, ask, value.clone(), self.locale) {
                None => return Ok(Some(value)),
                Some(wrong) => self.say(&format!("  {wrong}"))?,
            }
        }
    }

    /// False: it is needed, and nobody can be asked.
    fn secret(&mut self, guide: &Guide, ask: &Ask, answered: &mut Answered) -> Result<bool, CliError> {
        let kept = match self.given.secret(ask.key) {
            Some(given) => Kept::Elsewhere(given.clone()),
            None if !is_due(ask, &answered.block) => return Ok(true),
            None if self.asks => self.where_kept(guide, ask)?,
            None if ask.form == Form::Agreed => Kept::Typed(made_up()?),
            None => return Ok(ask.usual != Usual::Needed),
        };
        // The file of what was typed gets its name when the source has one.
        let place = match &kept {
            Kept::Elsewhere(secret) => secret.clone(),
            Kept::Typed(_) => Secret::File(PathBuf::from(ask.key)),
        };
        if let Some(wrong) = wrong(guide, ask, kept_at(&place), self.locale) {
            return Err(CliError::usage(wrong));
        }
        answered.block.set(ask.key, kept_at(&place));
        answered.secrets.push((ask.key, kept));
        Ok(true)
    }

    fn where_kept(&mut self, guide: &Guide, ask: &Ask) -> Result<Kept, CliError> {
        let question = self.locale.text(&format!("source-ask-{}-{}", guide.kind, ask.key.replace('_', "-")));
        self.say(&tr!(self.locale, "source-add-secret-where", what = question))?;
        let mut ways = vec!["typed", "env", "command", "file"];
        if ask.form == Form::Agreed {
            ways.insert(0, "made-up");
        }
        for (number, way) in ways.iter().enumerate() {
            self.say(&format!("  {}  {}", number + 1, self.locale.text(&format!("source-add-secret-{way}"))))?;
        }
        loop {
            let answer = self.ask(&format!("{} [1]", tr!(self.locale, "source-add-secret-way")))?;
            let number = if answer.is_empty() { Some(1) } else { answer.parse::<usize>().ok() };
            let way = number.and_then(|number| number.checked_sub(1)).and_then(|number| ways.get(number));
            let kept = match way {
                Some(&"made-up") => return Ok(Kept::Typed(made_up()?)),
                Some(&"typed") => self.hidden()?.map(Kept::Typed),
                Some(way) => self.elsewhere(way)?.map(Kept::Elsewhere),
                None => None,
            };
            if let Some(kept) = kept {
                return Ok(kept);
            }
        }
    }

    fn hidden(&mut self) -> Result<Option<crate::config::Revealed>, CliError> {
        let prompt = tr!(self.locale, "source-add-secret-type");
        let typed = self.person.ask_hidden(&prompt)?;
        let typed = typed.ok_or_else(|| CliError::usage(tr!(self.locale, "source-add-stopped")))?;
        Ok(Some(typed).filter(|typed| !typed.expose().is_empty()))
    }

    fn elsewhere(&mut self, way: &str) -> Result<Option<Secret>, CliError> {
        let prompt = self.locale.text(&format!("source-add-secret-{way}-which"));
        let answer = self.ask(&prompt)?;
        let secret = match way {
            _ if answer.is_empty() => return Ok(None),
            "env" => Secret::Env(answer.trim_start_matches('$').to_owned()),
            "command" => Secret::Command(words(&answer)),
            _ => Secret::File(PathBuf::from(answer)),
        };
        // It is looked at once, so that a slip of the fingers is told now; what it is stays unseen.
        Ok(Some(secret))
    }

    /// The source's name: given, or asked for with `suggested` as the usual one.
    pub(super) fn id(
        &mut self,
        given: Option<&str>,
        suggested: &str,
        is_taken: &dyn Fn(&str) -> bool,
    ) -> Result<String, CliError> {
        let locale = self.locale;
        let wrong = |id: &str| {
            let mut block = Block::new("stdin");
            block.set("id", Value::from(id));
            let twice = || ConfigError::duplicate_id(id);
            fault(&block.toml(), "id", locale).or_else(|| is_taken(id).then(|| sentence(&twice(), locale)))
        };
        if let Some(id) = given {
            return wrong(id).map_or_else(|| Ok(id.to_owned()), |wrong| Err(CliError::usage(wrong)));
        }
        while self.asks {
            let answer = self.ask(&format!("{} [{suggested}]", tr!(locale, "source-add-id")))?;
            let id = if answer.is_empty() { suggested } else { &answer };
            match wrong(id) {
                None => return Ok(id.to_owned()),
                Some(wrong) => self.say(&format!("  {wrong}"))?,
            }
        }
        Ok(suggested.to_owned())
    }
}

/// True when a key is asked for after what was answered so far.
fn is_due(ask: &Ask, block: &Block) -> bool {
    match ask.when {
        When::Always => true,
        When::If(key, word) => block.text(key) == Some(word),
        When::OnFlag => false,
    }
}
