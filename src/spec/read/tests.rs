//! Whole specs, read from texts. The right one is the example of `docs/spec.md`.

use super::{Files, Spec, read};
use crate::diagnostic::{Diagnostic, has_errors, render_human};
use crate::lower::lower;
use crate::source::Sources;

/// The example on the page of the language: every block that starts with the path of its file.
fn example() -> Files {
    let page = include_str!("../../../docs/spec.md");
    let blocks = page.split("```yaml\n# ").skip(1).map(|block| block.split_once("```").unwrap().0);
    let texts = blocks.map(|block| {
        let (path, text) = block.split_once('\n').unwrap();
        (path.to_owned(), text.to_owned())
    });
    Files { texts: texts.collect(), carried: [("spec/files/x".to_owned(), vec![1])].into() }
}

/// The example with a text replaced in one of its files.
fn changed(changes: &[(&str, &str, &str)]) -> Files {
    let mut files = example();
    for (path, old, new) in changes {
        let text = files.texts.get_mut(*path).unwrap();
        assert!(text.contains(old), "{path} does not hold {old:?}");
        *text = text.replacen(old, new, 1);
    }
    files
}

fn run(files: &Files) -> (Option<Spec>, Vec<Diagnostic>, String) {
    let mut sources = Sources::default();
    let (spec, diagnostics) = read(&mut sources, files);
    let rendered = render_human(&sources, &diagnostics, false);
    (spec, diagnostics, rendered)
}

/// Asserts what is said about a spec, to the last character.
#[track_caller]
fn refuses(files: &Files, rendered: &str) {
    let (_, diagnostics, found) = run(files);
    assert!(has_errors(&diagnostics));
    assert_eq!(found.trim_end(), rendered.trim_end(), "\n{found}");
}

const PROJECT: &str = "spec/ghagen.yaml";
const LOCK: &str = "spec/ghagen.lock";
const TOOL: &str = "spec/tools/catatonit.yaml";
const COMPONENT: &str = "spec/components/catatonit.yaml";

#[test]
fn the_example_of_the_page_is_right() {
    let files = example();
    assert_eq!(files.texts.keys().collect::<Vec<_>>(), [COMPONENT, LOCK, PROJECT, TOOL]);
    let (spec, _, rendered) = run(&files);
    assert_eq!(rendered, "");
    let spec = spec.unwrap();
    let (model, diagnostics) = lower(&Sources::default(), &spec);
    assert!(model.is_some() && diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(spec.project.value.project.name, "catatonit-static");
    assert_eq!(spec.tools[0].value.tool, "catatonit");
    assert_eq!(spec.components[0].value.license, "GPL-2.0-or-later");
    assert_eq!(spec.lock.value.sources.len(), 2);
    assert_eq!(spec.carried, files.carried);
}

#[test]
fn a_comment_changes_no_meaning() {
    let meaning = |files: &Files| run(files).0.unwrap().tools[0].meaning.clone();
    let base = meaning(&example());
    assert_eq!(meaning(&changed(&[(TOOL, "title: catatonit\n", "# why\ntitle: 'catatonit'\n")])), base);
    assert_ne!(meaning(&changed(&[(TOOL, "title: catatonit", "title: Catatonit")])), base);
}

#[test]
fn unknown_key() {
    refuses(
        &changed(&[(PROJECT, "minimum_clang: 18", "minimum-clang: 18")]),
        "error[G0104]: `toolchain` has no key `minimum-clang`
  --> spec/ghagen.yaml:11:3
   |
11 |   minimum-clang: 18
   |   ^^^^^^^^^^^^^ unknown key
   |
   = help: the keys here are `compiler`, `minimum_clang`, `musl`, `packages`, `environment`, `snapshot`, `meson`, `allocators`, `thread_stack` and `seconds`
help: did you mean `minimum_clang`?
   |
11 -   minimum-clang: 18
11 +   minimum_clang: 18
   |

error: the spec has 1 error",
    );
}

#[test]
fn wrong_type() {
    refuses(
        &changed(&[(COMPONENT, "expect: '{version}'", "expect: 1.10")]),
        "error[G0105]: `outputs.catatonit.program.version_check.expect` takes text, not a number with a fraction
  --> spec/components/catatonit.yaml:22:17
   |
22 |         expect: 1.10
   |                 ^^^^ this is a number with a fraction
   |
help: in quotes it is text: '1.10'
   |
22 -         expect: 1.10
22 +         expect: '1.10'
   |

error: the spec has 1 error",
    );
    refuses(
        &changed(&[(PROJECT, "packages: [autoconf, automake, libtool]", "packages: autoconf")]),
        "error[G0105]: `toolchain.packages` takes a list, not text
  --> spec/ghagen.yaml:12:13
   |
12 |   packages: autoconf
   |             ^^^^^^^^ this is text
   |
help: a list of one is written `[autoconf]`
   |
12 -   packages: autoconf
12 +   packages: [autoconf]
   |

error: the spec has 1 error",
    );
    refuses(
        &changed(&[(COMPONENT, "reason: It allocates next to nothing.", "reason:")]),
        "error[G0105]: `outputs.catatonit.program.reason` has no value
  --> spec/components/catatonit.yaml:18:7
   |
18 |       reason:
   |       ^^^^^^ nothing stands behind this
   |
   = help: it takes text; to have none of it, leave it out

error: the spec has 1 error",
    );
}

#[test]
fn missing_key() {
    refuses(
        &changed(&[(TOOL, "summary: The first process of a container\n", "")]),
        "error[G0106]: this file lacks the key `summary`
--> spec/tools/catatonit.yaml
 = help: `summary`: One line: what it is.

error: the spec has 1 error",
    );
}

#[test]
fn invalid_value() {
    refuses(
        &changed(&[(COMPONENT, "kind: program", "kind: programs")]),
        "error[G0107]: `kind` cannot be `programs`
 --> spec/components/catatonit.yaml:2:7
  |
2 | kind: programs
  |       ^^^^^^^^
  |
  = help: it takes `program`, `library`, `files` or `units`
help: did you mean `program`?
  |
2 - kind: programs
2 + kind: program
  |

error: the spec has 1 error",
    );
    refuses(
        &changed(&[(COMPONENT, "upstream: catatonit", "upstream: catatonit\n  component: x")]),
        "error[G0107]: `source` takes only one of `upstream` and `component`
 --> spec/components/catatonit.yaml:6:3
  |
6 |   upstream: catatonit
  |   ^^^^^^^^
7 |   component: x
  |   --------- not beside the other
  |
  = help: it takes exactly one of the keys `git`, `archive`, `upstream` and `component`

error: the spec has 1 error",
    );
    refuses(
        &changed(&[(LOCK, "v1.2.6, commit: 9f", "v1.2.6, commit: 8")]),
        "error[G0107]: `sources.musl.pins[0].commit` does not have the form that it needs
  --> spec/ghagen.lock:19:31
   |
19 |       - {tag: v1.2.6, commit: 8a28ece75d8a2191de7c5bb53bed224c5947417}
   |                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: The commit: 40 hexadecimal digits, never a tag's own object.
   = help: it has to match `^[0-9a-f]{40}$`

error: the spec has 1 error",
    );
}

#[test]
fn missing_file() {
    let mut files = example();
    files.texts.remove(LOCK);
    refuses(
        &files,
        "error[G0108]: there is no `spec/ghagen.lock`
--> spec/ghagen.lock
 = help: begin one with the line `lock: 1`, then let `ghagen lock update` fill it: that asks the network

error: the spec has 1 error",
    );
}

#[test]
fn unknown_file() {
    let mut files = example();
    files.texts.insert("spec/tool/x.yaml".into(), "a: 1".into());
    refuses(
        &files,
        "error[G0109]: nothing reads `spec/tool/x.yaml`
--> spec/tool/x.yaml
 = help: did you mean `spec/tools/x.yaml`?

error: the spec has 1 error",
    );
}

#[test]
fn forbidden_text() {
    refuses(
        &changed(&[(TOOL, "title: catatonit", "title: a ${{ github.token }} b")]),
        "error[G0110]: this text holds `${{`
 --> spec/tools/catatonit.yaml:2:8
  |
2 | title: a ${{ github.token }} b
  |        ^^^^^^^^^^^^^^^^^^^^^^^ GitHub would evaluate this in a workflow
  |
  = help: take a placeholder such as `{version}`, or a variable of the script's environment

error: the spec has 1 error",
    );
    refuses(
        &changed(&[(TOOL, "title: catatonit", "title: \"a \\u202e b\"")]),
        r#"error[G0110]: this text holds the invisible character U+202E
 --> spec/tools/catatonit.yaml:2:8
  |
2 | title: "a \u202e b"
  |        ^^^^^^^^^^^^
  |
  = help: take it out: a reviewer would see something else than what runs

error: the spec has 1 error"#,
    );
}

#[test]
fn all_mistakes_of_all_files_are_told_in_one_run() {
    let mut files = changed(&[
        (COMPONENT, "place: bin", "plase: bin\n    mode: 644"),
        (LOCK, "lock: 1", "lock: 1\nlocks: 2"),
        (TOOL, "title: catatonit", "title: \"a"),
    ]);
    files.texts.remove(PROJECT);
    refuses(
        &files,
        r#"error[G0104]: `outputs.catatonit` has no key `plase`
  --> spec/components/catatonit.yaml:14:5
   |
14 |     plase: bin
   |     ^^^^^ unknown key
   |
   = help: the keys here are `files`, `links`, `place`, `mode`, `when` and `program`
help: did you mean `place`?
   |
14 -     plase: bin
14 +     place: bin
   |

error[G0105]: `outputs.catatonit.mode` takes text, not a whole number
  --> spec/components/catatonit.yaml:15:11
   |
15 |     mode: 644
   |           ^^^ this is a whole number
   |
help: in quotes it is text: '644'
   |
15 -     mode: 644
15 +     mode: '644'
   |

error[G0104]: this file has no key `locks`
 --> spec/ghagen.lock:2:1
  |
2 | locks: 2
  | ^^^^^ unknown key
  |
  = help: the keys here are `lock`, `actions`, `images`, `sources` and `tools`

error[G0101]: this quoted text goes on in a line that is not indented
 --> spec/tools/catatonit.yaml:2:8
  |
2 | title: "a
  |        ^

error[G0108]: there is no `spec/ghagen.yaml`
--> spec/ghagen.yaml
 = help: `ghagen init` makes a project with a small spec that works

error: the spec has 5 errors"#,
    );
}
