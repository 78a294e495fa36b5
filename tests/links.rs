//! Links between the pages of this repository lead somewhere, headings included; and `docs/` is a book that has every page.

use std::collections::BTreeSet;

use regex::Regex;

use crate::support::{Tree, repository};

/// Every page: those at the top, those of `docs/`, and what is generated.
fn pages() -> Vec<String> {
    let top = fs_err::read_dir(repository()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let docs = Tree::read(&repository().join("docs"));
    let docs = docs.paths().map(|path| format!("docs/{path}"));
    let all = top.chain(docs).chain(["generated/PIPELINE.md".to_owned()]);
    all.filter(|path| std::path::Path::new(path).extension().is_some_and(|it| it == "md")).collect()
}

fn read(path: &str) -> String {
    fs_err::read_to_string(repository().join(path)).unwrap()
}

/// The lines of a page outside of fenced blocks.
fn prose(text: &str) -> Vec<&str> {
    let mut is_code = false;
    text.lines()
        .filter(|line| {
            let is_fence = line.trim_start().starts_with("```");
            is_code ^= is_fence;
            !is_code && !is_fence
        })
        .collect()
}

/// The anchor that GitHub, and mdBook too, give a heading.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase().replace("&lt;", "<").replace("&gt;", ">");
    let kept = text.chars().filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
    kept.map(|it| if it == ' ' { '-' } else { it }).collect()
}

fn anchors(text: &str) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    for line in prose(text).into_iter().filter(|line| line.starts_with('#')) {
        let first = anchor(line);
        let again = (1..).map(|number| format!("{first}-{number}"));
        let free = std::iter::once(first.clone()).chain(again).find(|it| !anchors.contains(it));
        anchors.extend(free);
    }
    anchors
}

/// The links of a page that lead to another file of the repository, or within the page.
fn links(text: &str) -> Vec<String> {
    let code = Regex::new("`[^`]*`").unwrap();
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let text = prose(text).join("\n");
    let text = code.replace_all(&text, "");
    let targets = link.captures_iter(&text).map(|found| found[1].to_owned());
    targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:")).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut count = 0;
    let mut broken = Vec::new();
    for page in pages() {
        for target in links(&read(&page)) {
            count += 1;
            let (path, heading) = target.split_once('#').unwrap_or((&target, ""));
            let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
            let file = if path.is_empty() {
                page.clone()
            } else {
                format!("{folder}/{path}").trim_start_matches('/').to_owned()
            };
            let exists = repository().join(&file).exists();
            if !exists || (!heading.is_empty() && !anchors(&read(&file)).contains(&heading.to_owned())) {
                broken.push(format!("{page}: {target}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(count > 100, "only {count} links");
}

#[test]
fn the_book_has_every_page_once() {
    let summary = read("docs/SUMMARY.md");
    let named = links(&summary);
    let there: BTreeSet<String> = Tree::read(&repository().join("docs"))
        .paths()
        .filter(|path| path.ends_with(".md") && *path != "SUMMARY.md")
        .map(ToOwned::to_owned)
        .collect();
    assert_eq!(named.iter().cloned().collect::<BTreeSet<_>>(), there);
    assert_eq!(named.len(), there.len(), "a page is named twice: {named:?}");
    // mdBook takes nothing but headings and lists there.
    let is_known = |line: &&str| line.is_empty() || line.starts_with("# ") || line.starts_with("- [");
    assert!(summary.lines().all(|line| is_known(&line)), "{summary}");
    let book = read("docs/book.toml");
    assert!(book.contains("src = \".\"") && book.contains("build-dir = \"../target/book\""), "{book}");
}

#[test]
fn headings_become_anchors_as_on_github() {
    assert_eq!(anchor("## spec/tools/&lt;tool&gt;.yaml"), "spectoolstoolyaml");
    assert_eq!(anchor("# How a cell comes to be"), "how-a-cell-comes-to-be");
    assert_eq!(anchors("# A\n```\n# B\n```\n## A\n"), ["a", "a-1"]);
    assert_eq!(links("[a](b.md#c) `[d](e)` [f](https://g)\n```\n[h](i)\n```\n"), ["b.md#c"]);
}
