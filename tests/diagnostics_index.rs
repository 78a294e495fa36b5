//! `docs/diagnostics.md`: every code with what it means and an example. Made from the codes; `GHAGEN_BLESS=1` writes it anew.

use std::fmt::Write;

use ghagen::diagnostic::{CODES, Example, Explanation};

use crate::support::{assert_golden_text, repository};

const PAGE: &str = "docs/diagnostics.md";

/// What each hundred of the codes is about.
const GROUPS: [(&str, &str); 6] = [
    ("G01", "Syntax and shape"),
    ("G02", "Names and values"),
    ("G03", "What needs what"),
    ("G04", "Limits, policy and security"),
    ("G05", "What GitHub takes"),
    ("G09", "Drift and pins"),
];

fn page() -> String {
    let mut page = String::from(
        "# Diagnostics\n\n\
         Every message of ghagen has a code, which never changes its meaning. `ghagen explain G0202` says at a terminal what stands \
         here. Each example is part of a file of a small project; the rest of that project is right. This page is made from the codes.\n",
    );
    for (prefix, title) in GROUPS {
        let codes = || CODES.iter().filter(|known| known.code.as_str().starts_with(prefix));
        writeln!(page, "\n## {title}\n\n| code | means |\n|---|---|").unwrap();
        for known in codes() {
            let code = known.code.to_string();
            writeln!(page, "| [{code}](#{}) | {} |", code.to_lowercase(), known.title).unwrap();
        }
        for known in codes() {
            section(&mut page, known);
        }
    }
    page
}

fn section(page: &mut String, known: &Explanation) {
    writeln!(page, "\n### {}\n\n**{}.** {}", known.code, capital(known.title), known.text).unwrap();
    match known.example {
        Example::Snippets { wrong, right } => {
            for (which, snippet) in [("Wrong", wrong), ("Right", right)] {
                writeln!(page, "\n{which}:\n\n```yaml\n{snippet}```").unwrap();
            }
        }
        Example::None(reason) => writeln!(page, "\nNo example: {reason}.").unwrap(),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[test]
fn the_index_is_made_from_the_codes() {
    let page = page();
    for known in CODES {
        assert!(page.contains(&format!("\n### {}\n", known.code)), "{} is in no group", known.code);
    }
    assert_golden_text(PAGE, &page);
}

#[test]
fn a_code_is_one_line_of_the_index() {
    let page = fs_err::read_to_string(repository().join(PAGE)).unwrap();
    for known in CODES {
        let code = known.code.to_string();
        let line = format!("| [{code}](#{}) | {} |", code.to_lowercase(), known.title);
        assert_eq!(page.lines().filter(|it| *it == line).count(), 1, "{line}");
    }
}
