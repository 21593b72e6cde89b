//! The questions of `plan new`: what is asked, what an answer must be, and what is said when it is not.

use std::io::{BufRead, Write};

use crate::cli::CliError;
use crate::locale::Locale;
use crate::plan::StarterAnswers;
use crate::text::clean_line;
use crate::tr;

/// One question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Name,
    Languages,
    TimeZone,
    Hours,
    Initiative,
    Words,
}

impl Question {
    /// In the order in which they are asked: the words come after the title that is their default.
    pub(super) const ALL: [Self; 6] =
        [Self::Name, Self::Languages, Self::TimeZone, Self::Hours, Self::Initiative, Self::Words];

    fn text(self, locale: &Locale) -> String {
        match self {
            Self::Name => tr!(locale, "plan-new-name"),
            Self::Languages => tr!(locale, "plan-new-languages"),
            Self::TimeZone => tr!(locale, "plan-new-time-zone"),
            Self::Hours => tr!(locale, "plan-new-hours"),
            Self::Initiative => tr!(locale, "plan-new-initiative"),
            Self::Words => tr!(locale, "plan-new-words"),
        }
    }

    /// What an empty line stands for.
    fn default(self, answers: &StarterAnswers) -> String {
        match self {
            Self::Name => answers.name.clone(),
            Self::Languages => {
                let codes: Vec<&str> = answers.languages.iter().map(|language| language.token()).collect();
                codes.join(", ")
            }
            Self::TimeZone => answers.time_zone.name().to_owned(),
            Self::Hours => answers.hours.clone(),
            Self::Initiative => answers.initiative.clone(),
            Self::Words => answers.words.clone(),
        }
    }

    /// Takes an answer, or says what is wrong with it and how it is written.
    pub(super) fn take(self, answer: &str, answers: &mut StarterAnswers, locale: &Locale) -> Result<(), String> {
        let answer = clean_line(answer.trim()).into_owned();
        if answer.is_empty() && self != Self::Words {
            return Err(tr!(locale, "plan-new-bad-empty", question = self.text(locale)));
        }
        match self {
            Self::Name => answers.name = answer,
            Self::Languages => {
                answers.languages = StarterAnswers::parse_languages(&answer)
                    .ok_or_else(|| tr!(locale, "plan-new-bad-languages", answer = answer))?;
            }
            Self::TimeZone => {
                answers.time_zone = StarterAnswers::parse_time_zone(&answer).map_err(|near| match near {
                    Some(near) => tr!(locale, "plan-new-bad-time-zone-near", answer = answer, near = near),
                    None => tr!(locale, "plan-new-bad-time-zone", answer = answer),
                })?;
            }
            Self::Hours if !StarterAnswers::valid_hours(&answer) => {
                return Err(tr!(locale, "plan-new-bad-hours", answer = answer));
            }
            Self::Hours => answers.hours = answer,
            Self::Initiative => answers.initiative = answer,
            Self::Words if !answer.is_empty() && !StarterAnswers::valid_words(&answer) => {
                return Err(tr!(locale, "plan-new-bad-words", answer = answer));
            }
            Self::Words => answers.words = answer,
        }
        Ok(())
    }
}

/// Asks `questions` one after the other. An empty line takes the default, an answer that cannot be used is asked for
/// again with what is wrong; the end of input ends it all.
pub(super) fn ask(
    questions: &[Question],
    answers: &mut StarterAnswers,
    (input, output): (&mut impl BufRead, &mut impl Write),
    locale: &Locale,
) -> Result<(), CliError> {
    writeln!(output, "{}\n", tr!(locale, "plan-new-intro"))?;
    for question in questions {
        loop {
            let default = question.default(answers);
            let default = if default.is_empty() { String::new() } else { format!("[{}] ", clean_line(&default)) };
            write!(output, "{} {default}", question.text(locale))?;
            output.flush()?;
            let mut line = String::new();
            if input.read_line(&mut line)? == 0 {
                writeln!(output)?;
                return Err(CliError::usage(tr!(locale, "plan-new-stopped")));
            }
            if line.trim().is_empty() {
                break;
            }
            match question.take(&line, answers, locale) {
                Ok(()) => break,
                Err(wrong) => writeln!(output, "  {wrong}")?,
            }
        }
    }
    writeln!(output)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Exit;
    use crate::locale::Lang;
    use crate::mention::Language;

    fn answers() -> StarterAnswers {
        StarterAnswers {
            name: "Our Town".to_owned(),
            languages: vec![Language::En, Language::Fr],
            time_zone: chrono_tz::UTC,
            hours: "mon-fri 09:00-17:00".to_owned(),
            initiative: "Budget".to_owned(),
            words: String::new(),
        }
    }

    fn asked(lines: &str, lang: Lang) -> (Result<(), CliError>, StarterAnswers, String) {
        let (mut answers, mut output) = (answers(), Vec::new());
        let done = ask(&Question::ALL, &mut answers, (&mut lines.as_bytes(), &mut output), &Locale::new(lang));
        (done, answers, String::from_utf8(output).expect("text"))
    }

    #[test]
    fn answers_are_taken_and_bad_ones_asked_for_again() {
        let lines =
            "Alder Bay\nde\nfr\nVancover\nvancouver\nalways\nmon-sat 08:00-16:00\nBike lanes\n!!!\nbike lane, #Velo\n";
        let (done, answers, said) = asked(lines, Lang::En);
        assert!(done.is_ok());
        assert_eq!((answers.name.as_str(), &answers.languages[..]), ("Alder Bay", &[Language::Fr][..]));
        assert_eq!(answers.time_zone, chrono_tz::America::Vancouver);
        assert_eq!((answers.hours.as_str(), answers.initiative.as_str()), ("mon-sat 08:00-16:00", "Bike lanes"));
        assert_eq!(answers.words, "bike lane, #Velo");
        insta::assert_snapshot!("asked", said);
        insta::assert_snapshot!("asked_fr", asked(lines, Lang::Fr).2);
    }

    #[test]
    fn an_empty_line_takes_the_default() {
        let (done, taken, _) = asked("\n\n \n\n\n\n", Lang::En);
        assert!(done.is_ok());
        assert_eq!(taken, answers());
    }

    #[test]
    fn the_end_of_input_ends_it_all() {
        let (done, _, _) = asked("Alder Bay\n\n", Lang::En);
        let error = done.expect_err("stopped");
        assert_eq!(error.code, Exit::Usage);
        assert!(!error.message.is_empty());
    }
}
