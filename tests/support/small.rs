//! The project on the page about the language of the spec: small, complete, and not podman.

use super::{Project, repository};

/// The page.
const PAGE: &str = "docs/spec.md";

/// The example of the page as a project, with a file that packages could carry beside it.
pub(crate) fn small() -> Project {
    let page = fs_err::read_to_string(repository().join(PAGE)).unwrap();
    let project = Project::new().file("spec/files/etc/small.conf", "setting = 1\n");
    let mut files = 0;
    for block in page.split("```yaml\n# spec/").skip(1) {
        let (path, rest) = block.split_once('\n').unwrap();
        let (text, _) = rest.split_once("```").unwrap();
        project.write(&format!("spec/{path}"), text);
        files += 1;
    }
    assert!(files >= 4, "{PAGE} shows no example that is complete");
    project
}

/// The same, generated.
pub(crate) fn generated() -> Project {
    let project = small();
    project.run(["generate"]).status(0);
    project
}

/// Replaces one text of a file. The text has to be there: a test that changes nothing would prove nothing.
#[track_caller]
pub(crate) fn edit(project: &Project, path: &str, from: &str, to: &str) {
    let text = project.read(path);
    assert!(text.contains(from), "{path} does not hold {from:?}");
    project.write(path, &text.replacen(from, to, 1));
}
