//! Who may import whom, and other rules about the source that no compiler holds. ARCHITECTURE.md says why.

mod source;

use std::{collections::BTreeSet, path::Path};

use crate::support::{Entry, Tree, repository};
use source::{code_of, names_above, names_below, without_unit_tests};

/// Each module at the root of the crate, and the modules that it may name beside itself. What is not here fails.
///
/// Unit tests are free: they may build their inputs with any stage.
const IMPORTS: &[(&str, &[&str])] = &[
    ("main", &["cli"]),
    ("lib", &[]),
    (
        "cli",
        &[
            "compare",
            "compile",
            "explain",
            "init",
            "project",
            "output",
            "check",
            "emit",
            "plan",
            "rules",
            "lower",
            "model",
            "spec",
            "diagnostic",
            "source",
            "yaml",
            "gha",
            "lock",
            "resolve",
            "run",
        ],
    ),
    ("explain", &["spec", "model", "plan", "gha", "emit", "source"]),
    ("compile", &["spec", "lower", "rules", "model", "plan", "gha", "emit", "diagnostic", "source"]),
    ("compare", &["plan", "model", "gha", "emit"]),
    ("init", &["spec", "yaml", "lock", "model"]),
    ("project", &["source", "spec", "yaml", "diagnostic"]),
    ("check", &["emit", "lock", "source", "diagnostic"]),
    ("lock", &["plan", "model", "gha", "spec", "yaml", "emit", "source", "diagnostic"]),
    ("resolve", &["lock", "model", "gha", "source"]),
    ("run", &[]),
    ("output", &["emit", "check", "lock", "diagnostic", "source"]),
    ("emit", &["plan", "model", "gha", "yaml", "source"]),
    ("plan", &["model", "gha", "source"]),
    ("rules", &["model", "diagnostic", "source"]),
    ("lower", &["spec", "model", "gha", "diagnostic", "source"]),
    ("spec", &["yaml", "diagnostic", "source"]),
    ("yaml", &["source", "diagnostic"]),
    ("diagnostic", &["source"]),
    ("model", &["gha", "source"]),
    ("gha", &["source"]),
    ("source", &[]),
];

/// Words that only files with one of these prefixes may hold: one place to swap a library.
const ONLY_IN: &[(&str, &[&str])] =
    &[("saphyr", &["src/yaml"]), ("minijinja", &["src/emit/script"]), ("jsonschema", &["src/spec"])];

/// Words that no file with this prefix may hold.
const NEVER_IN: &[(&str, &str)] = &[("src/model", "serde"), ("src/plan", "serde")];

/// Longer files hold more than one idea.
const LONGEST_FILE: usize = 400;

/// What is wrong with these files, by path from the root of the repository; nothing where all is well.
fn violations(files: &[(&str, &str)]) -> Vec<String> {
    files.iter().flat_map(|(path, text)| violations_of(path, text)).collect()
}

fn violations_of(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !text.starts_with("//!") {
        found.push(format!("{path}: does not start with `//!`: what it is, and what it must not do"));
    }
    let lines = text.lines().count();
    if lines > LONGEST_FILE {
        found.push(format!("{path}: {lines} lines, more than {LONGEST_FILE}: split it"));
    }
    if path.ends_with("/mod.rs") {
        found.push(format!("{path}: write `foo.rs` beside `foo/`"));
    }
    let Some(below_src) = path.strip_prefix("src/") else { return found };
    let code = code_of(text);
    found.extend(wrong_words(path, &code));
    let names: Vec<_> = below_src.trim_end_matches(".rs").split('/').collect();
    let module = names[0];
    let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == module) else {
        found.push(format!("{path}: the module `{module}` is not in the table of imports"));
        return found;
    };
    // A file named `tests.rs` is the unit tests of its module, moved out.
    if names.last() == Some(&"tests") {
        return found;
    }
    let wrong = imports(module, names.len(), &without_unit_tests(&code))
        .into_iter()
        .filter(|name| name != module && !allowed.contains(&name.as_str()));
    found.extend(wrong.map(|name| format!("{path}: `{module}` may not name `{name}`")));
    found
}

/// The names of the crate's root that this code uses. `depth` is the number of modules that the file is inside of.
fn imports(module: &str, depth: usize, code: &str) -> BTreeSet<String> {
    if module == "main" {
        return names_below("ghagen", code);
    }
    // `super::name` above the root of a stage; shorter chains stay inside of it.
    let is_module = |name: &String| IMPORTS.iter().any(|(module, _)| module == name);
    let above = names_above(depth, code).into_iter().filter(is_module);
    names_below("crate", code).into_iter().chain(above).collect()
}

fn wrong_words(path: &str, code: &str) -> Vec<String> {
    let is_below = |prefix: &str| path.starts_with(prefix);
    let alone = ONLY_IN
        .iter()
        .filter(|(word, places)| code.contains(word) && !places.iter().any(|place| is_below(place)))
        .map(|(word, places)| format!("{path}: names `{word}`, which belongs to {} alone", places.join(" and ")));
    let never = NEVER_IN
        .iter()
        .filter(|(prefix, word)| is_below(prefix) && code.contains(word))
        .map(|(prefix, word)| format!("{path}: names `{word}`, which {prefix} knows nothing of"));
    alone.chain(never).collect()
}

#[test]
fn the_source_keeps_its_rules() {
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        let tree = Tree::read(&repository().join(folder));
        for path in tree.paths().filter(|path| Path::new(path).extension().is_some_and(|found| found == "rs")) {
            let Some(Entry::File { bytes, .. }) = tree.get(path) else { continue };
            files.push((format!("{folder}/{path}"), String::from_utf8(bytes.clone()).unwrap()));
        }
    }
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert!(files.len() > 10, "the source was not found");
    let found = violations(&files);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

mod self_check {
    use super::*;

    #[track_caller]
    fn check(path: &str, code: &str, expected: &[&str]) {
        let found = violations(&[(path, &format!("//! A file.\n{code}"))]);
        let expected: Vec<_> = expected.iter().map(|rest| format!("{path}: {rest}")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn allowed_paths_pass() {
        check("src/plan.rs", "use crate::{model::Model, gha, source::{Route, Origin}};\nuse super::nothing;", &[]);
        check("src/plan/units.rs", "use super::jobs; pub(crate) struct A; use crate::plan::Plan;", &[]);
        check("src/main.rs", "fn main() { ghagen::cli::run() }", &[]);
        check("src/rules.rs", "#[cfg(test)]\nmod tests {\n use crate::lower::lower; fn f() {} }\n", &[]);
    }

    #[test]
    fn every_form_of_a_wrong_path_is_seen() {
        let wrong = &["`model` may not name `emit`"];
        check("src/model.rs", "use crate::emit::Artifact;", wrong);
        check("src/model/tool.rs", "use crate::{\n    source::Route,\n    emit::{Artifact, source},\n};", wrong);
        check("src/model/tool.rs", "fn f() -> $crate :: emit::Artifact {}", wrong);
        check("src/model/tool.rs", "use super::super::emit::Artifact;", wrong);
        check("src/model.rs", "use super::{emit, source};", wrong);
        check("src/model.rs", "use crate::*;", &["`model` may not name `*`"]);
        check("src/model.rs", "#[cfg(test)]\nmod tests {}\nuse crate::emit;", wrong);
        check("src/main.rs", "use ghagen::{cli, plan::Plan};", &["`main` may not name `plan`"]);
        check("src/extra.rs", "", &["the module `extra` is not in the table of imports"]);
    }

    #[test]
    fn comments_and_literals_are_no_code() {
        check("src/model.rs", "/// [`crate::emit`]\n/* crate::emit /* serde */ serde */ struct A<'a>(&'a str);", &[]);
        check("src/model.rs", r##"const A: &str = "\"crate::emit"; const B: &str = r#"" serde"#;"##, &[]);
        let after = r#"const A: char = '"'; const B: char = '\''; use crate::emit; const C: char = '"';"#;
        check("src/model.rs", after, &["`model` may not name `emit`"]);
    }

    #[test]
    fn words_length_and_first_line_are_seen() {
        check("src/lower.rs", "use saphyr_parser::Event;", &["names `saphyr`, which belongs to src/yaml alone"]);
        check("src/emit/workflow.rs", "minijinja::x", &["names `minijinja`, which belongs to src/emit/script alone"]);
        check("src/emit/script/engine.rs", "use minijinja::Environment;", &[]);
        check("src/emit.rs", "jsonschema::x", &["names `jsonschema`, which belongs to src/spec alone"]);
        check("src/plan/cell.rs", "use serde::Serialize;", &["names `serde`, which src/plan knows nothing of"]);
        check("src/source.rs", &"\n".repeat(LONGEST_FILE - 1), &[]);
        check("src/source.rs", &"\n".repeat(LONGEST_FILE), &["401 lines, more than 400: split it"]);
        check("tests/x/mod.rs", "", &["write `foo.rs` beside `foo/`"]);
        assert_eq!(violations(&[("src/source.rs", "mod a;\n")]).len(), 1);
    }
}
