//! What can be entered for hooks: what the job `plan` lets through, and that bash reads patterns as ghagen does.

use std::process::Command;

use ghagen::model::InputPattern;

use crate::support::{Output, Project, Random, Tree, repository};

/// What was entered, but for what a test changes.
const ENTERED: [(&str, &str); 6] = [
    ("EVENT_NAME", "workflow_dispatch"),
    ("INPUT_CHANNEL", "tests"),
    ("INPUT_DRY_RUN", "true"),
    ("INPUT_NOTE", "a word or 2"),
    ("INPUT_TICKET", "T-12$ !"),
    ("INPUT_LOUD", "false"),
];

/// The project of `tests/golden/hooks`, generated.
fn project() -> Project {
    let project = Project::new();
    Tree::read(&repository().join("tests/golden/hooks/spec")).write_to(&project.root().join("spec"));
    project.run(["generate"]).status(0);
    project
}

fn run(project: &Project, changes: &[(&str, &str)]) -> Output {
    let mut script = project.command(project.root().join("generated/scripts/inputs/first.sh"));
    project.output(script.envs(ENTERED).envs(changes.iter().copied()))
}

fn lines(values: [&str; 5]) -> String {
    let names = ["channel", "dry_run", "note", "ticket", "loud"];
    names.iter().zip(values).map(|(name, value)| format!("input_{name}={value}\n")).collect()
}

#[test]
fn what_fits_reaches_the_outputs_as_it_is() {
    let project = project();
    let entered = run(&project, &[]);
    entered.status(0);
    assert_eq!(entered.stdout(), lines(["tests", "true", "a word or 2", "T-12$ !", "false"]));
    let awkward = r#"it's "100%" $HOME `x` \ * # {not}"#;
    let entered = run(&project, &[("INPUT_CHANNEL", awkward), ("INPUT_NOTE", ""), ("GITHUB_OUTPUT", "outputs")]);
    entered.status(0);
    assert_eq!(project.read("outputs"), lines([awkward, "true", "", "T-12$ !", "false"]));
}

#[test]
fn nothing_else_passes() {
    let project = project();
    let wrong = [
        ("INPUT_CHANNEL", "", "the input channel must be one of these: releases tests "),
        ("INPUT_CHANNEL", "Releases", "the input channel must be one of these"),
        ("INPUT_CHANNEL", "tests\nx=y", "the input channel must be one of these"),
        ("INPUT_CHANNEL", "*", "the input channel must be one of these"),
        ("INPUT_DRY_RUN", "yes", "the input dry_run must be one of these: false true"),
        ("INPUT_DRY_RUN", "", "the input dry_run must be one of these: false true"),
        ("INPUT_NOTE", "Up", "the input note must fit the pattern [a-z0-9 ]{0,40}"),
        ("INPUT_NOTE", "$(id)", "the input note must fit the pattern [a-z0-9 ]{0,40}"),
        ("INPUT_NOTE", "a\ninput_loud=true", "the input note holds something else than visible ASCII"),
        ("INPUT_TICKET", "none\n", "the input ticket holds something else than visible ASCII"),
        ("INPUT_TICKET", "none\u{e9}", "the input ticket holds something else than visible ASCII"),
        ("INPUT_TICKET", "", "the input ticket must fit the pattern (T-[0-9]+|none)("),
        ("INPUT_TICKET", "xnone", "the input ticket must fit the pattern"),
        ("INPUT_NOTE", "00000000000000000000000000000000000000001", "the input note must fit"),
        ("EVENT_NAME", "", "EVENT_NAME must be the name of an event"),
        ("EVENT_NAME", "workflow dispatch", "EVENT_NAME must be the name of an event"),
    ];
    for (name, value, message) in wrong {
        let output = run(&project, &[(name, value)]);
        output.status(2).stderr_has(message);
        assert_eq!(output.stdout(), "", "{name}={value}");
    }
    let long = format!("none{}", "$".repeat(997));
    run(&project, &[("INPUT_TICKET", &long)]).status(2).stderr_has("the input ticket is longer than 1000 characters");
    run(&project, &[("INPUT_TICKET", &long[1..])]).status(2).stderr_has("must fit the pattern");
    run(&project, &[("INPUT_TICKET", &long[..1000])]).status(0);
}

#[test]
fn the_default_holds_where_nothing_can_be_entered() {
    let project = project();
    // An environment of some other making does not count.
    for changes in [vec![("EVENT_NAME", "pull_request")], vec![("EVENT_NAME", "pull_request"), ("INPUT_NOTE", "!")]] {
        let output = run(&project, &changes);
        output.status(0);
        assert_eq!(output.stdout(), lines(["releases", "false", "", "none", "true"]));
    }
}

#[test]
fn bash_reads_patterns_as_ghagen_does() {
    const BASH: &str = r#"export LC_ALL=C
while (($# > 0)); do
  status=0
  [[ $2 =~ ^($1)$ ]] || status=$?
  printf '%s\n' "$status"
  shift 2
done"#;
    let mut random = Random::new(7);
    let mut word = |pieces: &[&str], most: usize| -> String {
        let length = random.below(most);
        (0..length).map(|_| random.pick(pieces).to_owned()).collect()
    };
    let pieces = [
        "a", "b", "1", "a", "b", "1", "*", "?", ".*", "(", ")", "|", "[a-z]", ".", "-", "a", "b", "[", "]", "[a-b]",
        "[^a]", "[-", "^", "$", "(", ")", "|", "*", "+", "?", "{2}", "{1,}", "{,1}", "\\", "\\.", "\\d", "\\b", "[.a]",
        "[:a:]", "&&", "~", ",", " ", "{0}",
    ];
    let mut cases = Vec::new();
    while cases.len() < 9000 {
        let text = word(&pieces, 5);
        let Ok(pattern) = InputPattern::parse(&text) else { continue };
        for _ in 0..6 {
            let value = word(&["a", "b", "1", "ab", ".", "-", "\\", "[", "^", " ", "~", "&"], 4);
            let expected = if pattern.fits(&value) { "0" } else { "1" };
            cases.push((text.clone(), value, expected));
        }
    }
    let mut bash = Command::new("bash");
    bash.args(["-c", BASH, "bash"]).args(cases.iter().flat_map(|(pattern, value, _)| [pattern, value]));
    let output = bash.output().unwrap();
    let found = String::from_utf8(output.stdout).unwrap();
    assert_eq!(found.lines().count(), cases.len());
    for ((pattern, value, expected), found) in cases.iter().zip(found.lines()) {
        assert_eq!(found, *expected, "{pattern:?} over {value:?}");
    }
    let fitting = cases.iter().filter(|(_, _, expected)| *expected == "0").count();
    assert!(fitting > 500, "{fitting} of {} fit", cases.len());
}
