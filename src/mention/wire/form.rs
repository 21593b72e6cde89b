//! How a text is to be read where its line does not say.
//!
//! Some exports hand on the HTML of a network, most the plain words. Only what cannot be meant as words counts as HTML: a
//! text that begins with a block element and closes it. A stray `<` or a quoted tag stays what somebody wrote.

use crate::mention::TextForm;

/// Elements that begin a text only when a program wrote it.
const BLOCKS: [&str; 18] = [
    "p",
    "div",
    "blockquote",
    "ul",
    "ol",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "article",
    "section",
    "figure",
    "html",
    "body",
];
/// Elements that a person may type bare; with attributes they are a program's.
const INLINE: [&str; 2] = ["a", "span"];

/// The form of a text whose line names none.
pub(super) fn guess(text: &str) -> TextForm {
    if is_html(text) { TextForm::Html } else { TextForm::Plain }
}

fn is_html(text: &str) -> bool {
    let Some(tag) = text.trim_start().strip_prefix('<') else { return false };
    let name_end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let (name, rest) = tag.split_at(name_end);
    let known = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let opens = match rest.bytes().next() {
        Some(b'>') => known(&BLOCKS),
        Some(space) if space.is_ascii_whitespace() => known(&BLOCKS) || known(&INLINE),
        _ => false,
    };
    opens && rest.find('>').is_some_and(|end| closes(&rest[end + 1..], name))
}

/// Whether `</name>` stands in `text`.
fn closes(text: &str, name: &str) -> bool {
    text.match_indices("</").any(|(at, _)| {
        let tag = text.as_bytes().get(at + 2..).unwrap_or_default();
        tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && tag[name.len()..].trim_ascii_start().starts_with(b">")
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::a_paragraph("<p>Hello</p>", true)]
    #[case::attributes(" \n<P class=\"x\">Hello</P >", true)]
    #[case::a_mention_link("<a href=\"https://example.org/@a\">@a</a> hello", true)]
    #[case::paragraphs("<div><p>One<p>Two</div>", true)]
    #[case::a_stray_sign("<3 this town", false)]
    #[case::less_than("a < b, and <p> is a tag", false)]
    #[case::never_closed("<p>Hello", false)]
    #[case::closed_before("</p><p>Hello", false)]
    #[case::another_element("<person>Hello</person>", false)]
    #[case::emphasis("<b>now</b>", false)]
    #[case::bare_inline("<a>now</a>", false)]
    #[case::another_is_closed("<p>Hello</pre>", false)]
    #[case::cut_short("<p", false)]
    #[case::empty("", false)]
    fn only_what_is_clearly_html_is(#[case] text: &str, #[case] html: bool) {
        assert_eq!(is_html(text), html);
    }
}
