//! The rules in yara-x's own language, as near as it comes.

use std::fmt::Write as _;

use frontdesk::query::{Expr, Form, Part, Query};

/// About so many bytes lie between two words that are one position further on.
const BYTES_A_WORD: u32 = 7;

/// All rules, compiled together.
pub fn compile(queries: &[Query]) -> yara_x::Rules {
    let mut compiler = yara_x::Compiler::new();
    for (number, query) in queries.iter().enumerate() {
        let mut rule = Rule::default();
        let condition = rule.condition(query.expr());
        let source = format!("rule r{number} {{ strings:\n{}condition: {condition} }}", rule.strings);
        compiler.add_source(source.as_str()).unwrap_or_else(|error| panic!("{source}\n{error}"));
    }
    compiler.build()
}

#[derive(Default)]
struct Rule {
    strings: String,
    count: usize,
}

impl Rule {
    fn condition(&mut self, expr: &Expr) -> String {
        match expr {
            Expr::And(parts) => self.joined(parts, " and "),
            Expr::Or(parts) => self.joined(parts, " or "),
            Expr::Not(inner) => format!("not ({})", self.condition(inner)),
            Expr::Words(_) | Expr::Mark { .. } => format!("$s{}", self.string(expr)),
            Expr::Near { left, right, distance, ordered } => {
                let (left, right) = (self.string(left), self.string(right));
                let reach = (distance + 1) * BYTES_A_WORD;
                let back = if *ordered { 0 } else { reach };
                format!(
                    "(#s{left} > 0 and #s{right} > 0 and for any i in (1..#s{left}) : (for any j in (1..#s{right}) : \
                     (@s{right}[j] - @s{left}[i] < {reach} and @s{left}[i] - @s{right}[j] < {back})))"
                )
            }
            other => panic!("the generator makes no such rule: {other}"),
        }
    }

    fn joined(&mut self, parts: &[Expr], operator: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| format!("({})", self.condition(part))).collect();
        parts.join(operator)
    }

    /// Declares the words of `expr` and returns their number. Anything but letters and digits may stand between the words
    /// of a phrase, and a hashtag may hold them.
    fn string(&mut self, expr: &Expr) -> usize {
        let pattern = match expr {
            Expr::Words(phrase) => match phrase.parts.as_slice() {
                [part] => text(&part_text(&phrase.text, part), part.form == Form::Word),
                parts => {
                    let words: Vec<String> = phrase.text.split(' ').map(escaped).collect();
                    let open = parts.last().is_some_and(|part| part.form != Form::Word);
                    let end = if open { "" } else { " fullword" };
                    format!("/({}|#{})/ nocase{end}", words.join(BETWEEN), words.concat())
                }
            },
            Expr::Mark { name, part, .. } => text(&format!("#{name}"), part.form == Form::Word),
            other => panic!("the generator makes no such side of NEAR: {other}"),
        };
        // Writing into a string cannot fail.
        let _ = writeln!(self.strings, "$s{} = {pattern}", self.count);
        self.count += 1;
        self.count - 1
    }
}

/// What may stand between two words of a phrase; bytes above 0x7F are letters here.
const BETWEEN: &str = r"[\x00-\x2F\x3A-\x40\x5B-\x60\x7B-\x7F]+";

fn part_text(text: &str, part: &Part) -> String {
    if part.form == Form::Word { text.to_owned() } else { text.trim_end_matches('*').to_owned() }
}

fn text(text: &str, whole: bool) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{text}\" nocase{}", if whole { " fullword" } else { "" })
}

/// The letters of the vocabulary need no escape in a regular expression; anything else is given by its bytes.
fn escaped(word: &str) -> String {
    word.trim_end_matches('*').bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "\\x{byte:02X}");
        }
        out
    })
}
