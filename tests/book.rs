//! `docs/` is a book: mdBook makes its pages, and has nothing to complain about.

use crate::support::{Project, Tree, repository, tool};

#[test]
fn the_book_is_built_without_a_warning() {
    let Some(mdbook) = tool("mdbook") else { return };
    let project = Project::new();
    let built = project.root().join("book");
    let mut command = project.command(mdbook);
    command.arg("build").arg(repository().join("docs")).arg("--dest-dir").arg(&built);
    let output = project.output(&mut command);
    output.status(0);
    let told = format!("{}{}", output.stdout(), output.stderr());
    assert!(!told.contains("WARN") && !told.contains("ERROR"), "{output}");
    let pages = Tree::read(&built);
    let summary = fs_err::read_to_string(repository().join("docs/SUMMARY.md")).unwrap();
    let named: Vec<_> = summary.split("](").skip(1).map(|rest| rest.split_once(".md)").unwrap().0).collect();
    assert!(named.len() > 5, "{summary}");
    for name in named {
        assert!(pages.get(&format!("{name}.html")).is_some(), "{name} is no page of the book");
    }
}
