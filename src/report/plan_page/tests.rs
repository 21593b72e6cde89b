use super::*;
use crate::locale::Lang;
use crate::plan::fixtures;

const EVERY_PART: &str = include_str!("tests/every_part.toml");

fn page(plan: &str, lang: Lang, only: Option<Language>, markup: Markup) -> String {
    let plan = fixtures::plan(plan);
    let now = "2026-11-21T00:30:00Z".parse().expect("an instant");
    PlanPage { plan: &plan, locale: &Locale::new(lang), only, now }.write(markup)
}

/// The page without its style, which is a file of its own.
fn without_style(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").expect("a style");
    let (_, after) = rest.split_once("</style>").expect("its end");
    format!("{before}<style>…</style>{after}")
}

#[test]
fn every_part_of_a_plan_is_on_the_page() {
    insta::assert_snapshot!("html", without_style(&page(EVERY_PART, Lang::En, None, Markup::Html)));
    insta::assert_snapshot!("html_fr", without_style(&page(EVERY_PART, Lang::Fr, Some(Language::Fr), Markup::Html)));
    insta::assert_snapshot!("markdown", page(EVERY_PART, Lang::En, None, Markup::Markdown));
    insta::assert_snapshot!("markdown_fr", page(EVERY_PART, Lang::Fr, Some(Language::Fr), Markup::Markdown));
}

#[test]
fn a_plan_of_nothing_but_a_name_has_a_page() {
    let html = page("[organization]\nname = \"A\"\n", Lang::En, None, Markup::Html);
    assert!(html.contains("<h1>A</h1>"), "{html}");
    assert!(!html.contains("id=\"roster\""), "empty parts are left out");
}

/// The names of the elements of a page with their attributes' names, in order; panics on what is not well formed.
fn elements(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("an element ends");
        let inner = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let name = inner.split([' ', '/', '>']).next().unwrap_or_default();
        if let Some(closed) = inner.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(closed), "elements close in order");
            continue;
        }
        if !matches!(name, "!DOCTYPE" | "meta") {
            open.push(name.to_owned());
        }
        found.push(inner.to_owned());
    }
    assert!(open.is_empty(), "{open:?} never close");
    found
}

#[test]
fn the_page_is_well_formed_and_needs_nothing_else() {
    let html = page(EVERY_PART, Lang::En, None, Markup::Html);
    let elements = elements(&without_style(&html));
    for element in &elements {
        let name = element.split(' ').next().unwrap_or_default();
        assert!(!matches!(name, "script" | "link" | "img" | "iframe" | "object" | "form"), "{element}");
        assert!(!element.contains(" on") && !element.contains("style="), "{element}");
    }
    assert!(!html.contains("@import") && !html.contains("url("), "the style loads nothing");
    // Every reference leads somewhere on the page.
    for target in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(html.contains(&format!("id=\"{target}\"")), "#{target} leads nowhere");
    }
}

#[test]
fn hostile_words_stay_words() {
    let hostile =
        "<script>alert(1)</script>\\\" onload=\\\"x' &amp; [a](javascript:x) | `b` \\u202Egnp.exe\\u200B\\u001B[2J";
    let plan = format!(
        "[organization]\nname = \"{hostile}\"\n\
         [[initiative]]\nid = \"i\"\ntitle = \"{hostile}\"\nowner = \"{hostile}\"\nmatch = '\"<b>\" OR \"onload=x\"'\n\
         links = [\"https://a.example/\\\"><script>\"]\n\
         [[message]]\nid = \"m\"\ninitiative = \"i\"\ntext = \"{hostile}\"\nconcern = \"{hostile}\"\n\
         variants = {{ \"<i>\" = \"{hostile}\" }}\n\
         [[contribution]]\nname = \"{hostile}\"\npoints = 1\nmatch = 'is:question'\n\
         [[test]]\ntext = \"{hostile}\"\nauthor = \"{hostile}\"\nexpect = {{ relevant = true }}\n"
    );
    let html = page(&plan, Lang::En, None, Markup::Html);
    for element in elements(&without_style(&html)) {
        assert!(!element.starts_with("script") && !element.contains("onload"), "{element}");
    }
    let markdown = page(&plan, Lang::En, None, Markup::Markdown);
    // Outside of code, every bracket and every element is escaped.
    for line in markdown
        .lines()
        .filter(|line| line.contains("script") && !["``", "`<", "<https"].iter().any(|code| line.contains(code)))
    {
        assert!(!line.replace("\\]", "").contains("](j") && !line.replace("\\<", "").contains('<'), "{line}");
    }
    for page in [html, markdown] {
        assert!(page.contains("⟨U+202E⟩gnp.exe"), "{page}");
        assert!(!page.contains(['\u{202e}', '\u{200b}', '\u{1b}']), "invisible characters are visible");
    }
}

#[test]
fn a_very_deep_tree_goes_on_as_another() {
    use std::fmt::Write;
    let mut plan = "start = \"s0\"\n[organization]\nname = \"A\"\n".to_owned();
    for number in 0..500 {
        let next = if number == 499 { "end".to_owned() } else { format!("s{}", number + 1) };
        let step =
            format!("[[step]]\nid = \"s{number}\"\nquestion = \"Q{number}?\"\nyes = \"{next}\"\nno = \"{next}\"\n");
        // Writing to a string cannot fail.
        let _ = write!(plan, "{step}");
    }
    plan.push_str("[[outcome]]\nid = \"end\"\ntitle = \"End\"\ndisposition = \"monitor_only\"\n");
    let html = page(&plan, Lang::En, None, Markup::Html);
    assert!((0..500).all(|number| html.contains(&format!("Q{number}?"))), "every question is told");
    assert!(elements(&without_style(&html)).len() > 500);
}
