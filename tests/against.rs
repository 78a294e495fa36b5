//! `ghagen plan --against REV`: sentences for edits of a spec, there and back, as committed in `tests/against`; silence where nothing
//! changes; and clear words where nothing can be compared.

use std::path::Path;

use serde_json::Value;

use crate::support::{Project, Tree, assert_golden_text, edit, repository};

/// A repository with the spec of a golden project, committed.
fn committed(folder: &str) -> Project {
    let project = Project::new();
    Tree::read(&repository().join(folder).join("spec")).write_to(&project.root().join("spec"));
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    commit(&project);
    project
}

fn commit(project: &Project) {
    git(project, &["add", "--all"]);
    let who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    git(project, &[&who[..], &["commit", "--quiet", "--allow-empty", "--message=x"]].concat());
}

fn git(project: &Project, args: &[&str]) {
    project.output(project.command("git").args(args)).status(0);
}

/// Edits: of a file, one text to another.
type Edits<'a> = &'a [(&'a str, &'a str, &'a str)];

const PROJECT: &str = "spec/ghagen.yaml";
const LOCK: &str = "spec/ghagen.lock";
const ALPHA: &str = "spec/tools/alpha.yaml";

const CASES: &[(&str, Edits<'_>)] = &[
    ("arch-of-a-tool", &[("spec/tools/beta.yaml", "arches: [arm64]\n", "")]),
    (
        "excluded-cell",
        &[(
            ALPHA,
            "    arch: amd64\n    line: '1.x'\n    reason: 'Nobody",
            "    arch: [amd64, arm64]\n    reason: 'Nobody",
        )],
    ),
    ("reason-of-an-exclusion", &[(ALPHA, "reason: It's 100% unused; $0 lost", "reason: nobody asked")]),
    (
        "content-of-a-variant",
        &[(ALPHA, "      extras: {outputs: [settings]}", "      extras: {}\n      helper: {when: {arch: arm64}}")],
    ),
    ("place-of-a-content", &[(ALPHA, "places: [bin, also-bin]", "places: [also-bin]")]),
    (
        "new-line",
        &[(
            ALPHA,
            "  '2':\n    versions: '>=2.0, <3'",
            "  '3':\n    versions: '>=3, <4'\n    values: {module: m}\n  '2':\n    versions: '>=2.0, <3'",
        )],
    ),
    ("version-of-a-component", &[(LOCK, "      - tag: helper-2.2\n", "      - tag: helper-2.3\n")]),
    ("moved-tag", &[(LOCK, "      - tag: v1\n        commit: aaaa", "      - tag: v1\n        commit: abab")]),
    ("pin-of-an-action", &[(LOCK, "    tag: v2.2.2\n    commit: '2222", "    tag: v2.3.0\n    commit: '2323")]),
    (
        "flag-of-a-recipe",
        &[("spec/components/beta.yaml", "      - -Dglob=* ? [a-z] ~ {a,b}\n", "      - -Dnew=true\n")],
    ),
    ("flag-with-a-condition", &[("spec/components/alpha.yaml", "when: {arch: [amd64]}", "when: {arch: arm64}")]),
    ("environment", &[("spec/components/alpha.yaml", "CGO_CFLAGS: -O1", "CGO_CFLAGS: -O2")]),
    ("script-of-a-recipe", &[("spec/components/helper.yaml", "make --jobs=", "make --silent --jobs=")]),
    (
        "build-system",
        &[(
            "spec/components/second-allocator.yaml",
            "  cmake:\n    directory: build/cmake\n    options: [-DOBJECT=ON]\n    targets: [second-object]\n    install: false\n",
            "  make:\n    build: {targets: [second.o]}\n",
        )],
    ),
    (
        "declaration-of-a-program",
        &[("spec/components/alpha.yaml", "      allocator: first", "      allocator: libc\n      reason: smaller")],
    ),
    (
        "runner-and-image",
        &[
            (PROJECT, "runner: ubuntu-24.04-arm", "runner: ubuntu-26.04-arm"),
            (PROJECT, "image: registry.example.org/team/build:1.1.1", "image: registry.example.org/team/build:2"),
            (LOCK, "registry.example.org/team/build:1.1.1:", "registry.example.org/team/build:2:"),
        ],
    ),
    (
        "times",
        &[
            (PROJECT, "  test: 1\n  release: 59", "  test: 5\n  release: 60"),
            (PROJECT, "cron: '1-59/29 */6 * 2,8 1-5'", "cron: '7 5 * * *'"),
            (PROJECT, "retry_days: 7", "retry_days: 9"),
        ],
    ),
    (
        "permissions",
        &[
            (PROJECT, "attest: false", "attest: true"),
            (
                LOCK,
                "  actions/checkout:",
                "  actions/attest:\n    tag: v1.0.0\n    commit: 'abababababababababababababababababababab'\n  actions/checkout:",
            ),
        ],
    ),
    (
        "pull-request-by-nobody",
        &[(PROJECT, "    app: {client_id: PINS_APP, private_key: PINS_APP_KEY}\n  adopt:", "  adopt:")],
    ),
    (
        "smoke-checks",
        &[(
            ALPHA,
            "    run: |\n      alpha --version\n  - name: '| <b>",
            "    run: |\n      alpha --help\n  - name: new\n    run: alpha x\n  - name: '| <b>",
        )],
    ),
    (
        "order-of-options",
        &[(
            "spec/components/beta.yaml",
            "      - -Dspaces=a b  c\n      - -Dquotes='single' \"double\"\n",
            "      - -Dquotes='single' \"double\"\n      - -Dspaces=a b  c\n",
        )],
    ),
    (
        "layout-of-a-variant",
        &[(PROJECT, "    summary: '@bare & !flat'\n    layout: flat", "    summary: bare\n    layout: rooted")],
    ),
    (
        "texts",
        &[
            (PROJECT, "  name: everything", "  name: all-of-it"),
            (ALPHA, "title: 'Alpha: the \"#1\" tool", "title: 'The tool"),
        ],
    ),
    (
        "inputs-of-hooks",
        &[(
            ALPHA,
            "title: 'Alpha",
            "dispatch_inputs:\n  note: {description: A word, pattern: '[a-z]*'}\n  quiet: {description: Tell nobody, boolean: false}\ntitle: 'Alpha",
        )],
    ),
    ("libraries", &[("spec/components/beta.yaml", "needs: [codec, helper]", "needs: [helper]")]),
];

#[test]
fn edits_have_their_sentences_there_and_back() {
    for (name, edits) in CASES {
        let project = committed("tests/golden/everything");
        let spec = Tree::read(&project.root().join("spec"));
        for (path, old, new) in *edits {
            edit(&project, path, old, new);
        }
        let say = |title: &str| {
            let output = project.run(["plan", "--against", "HEAD"]);
            format!("# {title}\n\n{}", output.status(0).stdout())
        };
        let there = say("There");
        commit(&project);
        spec.write_to(&project.root().join("spec"));
        let back = say("And back");
        assert!(!there.contains("no change") && !back.contains("no change"), "{name}: {there}{back}");
        assert_golden_text(&format!("tests/against/{name}.txt"), &format!("{there}\n{back}"));
    }
}

#[test]
fn every_committed_text_has_its_edit() {
    let tree = Tree::read(&repository().join("tests/against"));
    let committed: Vec<&str> = tree.paths().filter_map(|path| path.strip_suffix(".txt")).collect();
    let mut cases: Vec<&str> = CASES.iter().map(|(name, _)| *name).collect();
    cases.sort_unstable();
    assert_eq!(committed, cases);
}

#[test]
fn no_change_in_meaning_is_no_change() {
    let project = committed("tests/golden/everything");
    let same: Edits<'_> = &[
        // Comments, quotes, the order of keys, values that are the default, another way to write a list.
        (PROJECT, "# The other way round: built on arm64.\n", "\n\n# Something else.\n"),
        (PROJECT, "  name: everything\n", ""),
        (PROJECT, "  branch: release/1.x\n", "  branch: \"release/1.x\"\n  name: 'everything'\n"),
        (
            PROJECT,
            "    runner: ubuntu-24.04-arm\n    build: native\n",
            "    build: native\n    runner: ubuntu-24.04-arm\n",
        ),
        (PROJECT, "repository:\n  visibility: public\n\n", ""),
        (PROJECT, "timeouts:\n  build: 360\n  test: 1\n  release: 59\n", ""),
        (PROJECT, "gate:\n", "timeouts: {release: 59, test: 1, build: 360}\n\ngate:\n"),
        (ALPHA, "  - variant: [bare]\n    line: ['1.x']\n", "  - line: '1.x'\n    variant: bare\n"),
        ("spec/components/alpha.yaml", "when: {arch: [amd64]}", "when:\n          arch: amd64"),
        ("spec/components/codec.yaml", "  arm64: 7\n  amd64: 1000\n", "  amd64: 1000\n  arm64: 7\n"),
    ];
    for (path, old, new) in same {
        edit(&project, path, old, new);
    }
    project.write("spec/README.md", "For people.\n");
    let output = project.run(["plan", "--against", "HEAD"]);
    assert_eq!(output.status(0).stdout(), "no change\n");
    let output = project.run(["plan", "--against", "HEAD", "--format", "markdown"]);
    assert_eq!(output.status(0).stdout(), "## What changes against `HEAD`\n\nno change\n");
    let output = project.run(["plan", "--against", "HEAD", "--format", "json"]);
    let report: Value = serde_json::from_str(output.status(0).stdout()).unwrap();
    assert_eq!((&report["schema_version"], &report["changes"]), (&1.into(), &Value::Array(Vec::new())));
    assert_eq!(report["against"]["commit"].as_str().unwrap().len(), 40);
}

#[test]
fn a_tool_that_comes_or_goes_is_one_sentence() {
    let project = committed("tests/golden/everything");
    project.remove("spec/tools/beta.yaml");
    project.remove("spec/components/beta.yaml");
    project.remove("spec/components/second-allocator.yaml");
    edit(
        &project,
        PROJECT,
        "    second:\n      component: second-allocator\n      object: lib/second/second.o\n      symbol: second_malloc\n",
        "",
    );
    for (path, old, new) in [
        ("spec/components/codec.yaml", "tool: [alpha, beta]", "tool: alpha"),
        (
            LOCK,
            "  second-allocator:\n    url: https://git.example.org/second\n    pins:\n      - tag: v2\n        commit: ffffffffffffffffffffffffffffffffffffffff\n",
            "",
        ),
        (
            LOCK,
            "  beta:\n    url: https://git.example.org/beta\n    pins:\n      - tag: '1111_11_11'\n        commit: '9999999999999999999999999999999999999999'\n",
            "",
        ),
    ] {
        edit(&project, path, old, new);
    }
    edit(&project, ALPHA, "smoke:\n", "smoke:\n");
    let output = project.run(["plan", "--against", "HEAD"]);
    output.status(0).stdout_has("drops the tool beta\n").stdout_has("drops the workflow build-beta.yml");
    commit(&project);
    Tree::read(&repository().join("tests/golden/everything/spec")).write_to(&project.root().join("spec"));
    let output = project.run(["plan", "--against", "HEAD"]);
    output
        .status(0)
        .stdout_has("adds the tool beta, with bare\n")
        .stdout_has("adds the workflow build-beta.yml\n")
        .stdout_has("the release job of build-beta.yml gains contents: write and id-token: write\n");
    // Of one tool alone, with what all have in common.
    let output = project.run(["plan", "alpha", "--against", "HEAD"]);
    assert!(!output.status(0).stdout().contains("tool beta"), "{output}");
}

#[test]
fn the_work_tree_and_the_index_stay_as_they_are() {
    let project = committed("tests/golden/everything");
    edit(&project, ALPHA, "prereleases: true", "prereleases: false");
    project.write("staged", "x");
    git(&project, &["add", "staged"]);
    let before = project.tree();
    let output = project.run(["plan", "--against", "main", "--format", "markdown"]);
    let expected =
        "## What changes against `main`\n\n**alpha**\n\n- the release of prereleases of alpha: `yes` -> `no`\n";
    assert_eq!(output.status(0).stdout(), expected);
    assert!(before == project.tree(), "something was written");
}

#[test]
fn a_project_below_the_root_of_its_repository_finds_its_spec() {
    let project = Project::new();
    let spec = Tree::read(&repository().join("tests/golden/cargo/spec"));
    spec.write_to(&project.root().join("a/b/spec"));
    git(&project, &["init", "--quiet"]);
    commit(&project);
    let output = project.run(["--root", "a/b", "plan", "--against", "HEAD"]);
    assert_eq!(output.status(0).stdout(), "no change\n");
}

#[test]
fn where_nothing_can_be_compared_it_is_said_why() {
    let project = committed("tests/golden/cargo");
    let against = |revision: &str| project.run(["plan", &format!("--against={revision}")]);
    against("nowhere").status(2).stderr_has("git knows no revision `nowhere`");
    against("--all").status(2).stderr_has("git knows no revision `--all`");
    against("HEAD:spec").status(2).stderr_has("git knows no revision");
    let format = project.run(["plan", "--format", "markdown"]);
    format.status(2).stderr_has("`--format markdown` is for `--against REV`");
    // A spec that this ghagen does not take any more, or not yet.
    edit(&project, "spec/tools/ripgrep.yaml", "summary:", "sumary:");
    commit(&project);
    edit(&project, "spec/tools/ripgrep.yaml", "sumary:", "summary:");
    against("HEAD")
        .status(3)
        .stderr_has("the spec at `HEAD` is not valid for this ghagen")
        .stderr_has("spec/tools/ripgrep.yaml")
        .stderr_has("did you mean `summary`?");
    // Only the spec of now is wrong: that is said as always.
    edit(&project, "spec/tools/ripgrep.yaml", "summary:", "sumary:");
    against("HEAD~1").status(3).stderr_has("did you mean `summary`?");
    edit(&project, "spec/tools/ripgrep.yaml", "sumary:", "summary:");
    std::os::unix::fs::symlink("ripgrep.yaml", project.root().join("spec/tools/other.yaml")).unwrap();
    commit(&project);
    project.remove("spec/tools/other.yaml");
    against("HEAD").status(3).stderr_has("in the revision `HEAD`: `spec/tools/other.yaml` is a symbolic link");
    let output = project.output(
        project
            .command("git")
            .args(["commit-tree", "-m", "x", "4b825dc642cb6eb9a060e54bf8d69288fbee4904"])
            .env("GIT_AUTHOR_NAME", "A")
            .env("GIT_AUTHOR_EMAIL", "a@example.org")
            .env("GIT_COMMITTER_NAME", "A")
            .env("GIT_COMMITTER_EMAIL", "a@example.org"),
    );
    let empty = output.status(0).stdout().trim().to_owned();
    against(&empty).status(2).stderr_has("there is no `spec/ghagen.yaml` in the revision");
    fs_err::remove_dir_all(project.root().join(".git")).unwrap();
    against("HEAD").status(2).stderr_has("is in no git repository");
    let mut without = project.command(Path::new(env!("CARGO_BIN_EXE_ghagen")));
    without.args(["plan", "--against", "HEAD"]).env("PATH", "");
    project.output(&mut without).status(74).stderr_has("git cannot be started");
}
