//! What the audit finds, and what it lets pass.

use std::collections::BTreeSet as Set;

use super::*;

const PATH: &str = ".github/workflows/a.yml";

fn commit(digit: char) -> String {
    digit.to_string().repeat(40)
}

fn used() -> Vec<Used> {
    let pin = |kind, name: &str, version: &str, fixed: String| Used {
        kind,
        name: name.to_owned(),
        version: version.to_owned(),
        fixed: Ok(fixed),
        url: None,
        by: Set::new(),
    };
    vec![
        pin(Kind::Action, "actions/checkout", "v7.0.1", commit('1')),
        pin(Kind::Source, "crun", "1.29.1", commit('2')),
        pin(Kind::Tool, "go", "1.26.6", "the Go checksum database".to_owned()),
    ]
}

fn good() -> String {
    format!("      - uses: actions/checkout@{} # v7.0.1\n", commit('1'))
}

#[track_caller]
fn assert_finds(path: &str, should_be: &str, is: &str, expected: &[&str]) {
    let found = audit(&used(), &[Text { path, is, should_be, is_edited: true }], &[]);
    let found: Vec<String> = found.errors.iter().map(|it| format!("{}: {}", it.place.line, it.message)).collect();
    for part in expected {
        assert!(found.iter().any(|it| it.contains(part)), "{part} is not in {found:#?}");
    }
    assert_eq!(found.is_empty(), expected.is_empty(), "{found:#?}");
}

#[test]
fn every_way_to_pin_badly_has_its_words() {
    let uses = |text: &str| format!("      - uses: actions/checkout{text}\n");
    let one = commit('1');
    assert_finds(PATH, &good(), &good(), &[]);
    for (is, message) in [
        (uses(&format!("@{} # v7.0.1", &one[..39])), "1: `actions/checkout` is pinned to a short hash"),
        (uses("@v7 # v7.0.1"), "a tag or a branch"),
        (uses(""), "not pinned at all"),
        (uses(&format!("@{one}")), "no version behind it, which should be `# v7.0.1`"),
        (uses(&format!("@{one} # v7")), "said to be `v7`"),
        (uses(&format!("@{} # v7.0.1", commit('3'))), "another commit than the lock says"),
        (uses(&format!("@{} # v7.0.1", "A".repeat(40))), "not in lower case"),
        (
            good() + &uses(&format!("@{} # v7.0.1", commit('3'))),
            "2: `actions/checkout` is at two commits: this one, and",
        ),
        (good() + &format!("  uses: o/r@{} # v1.0.0\n", commit('3')), "2: `o/r` is not in the lock"),
        (String::new(), "1: this is not what the lock says: `- uses: actions/checkout@"),
    ] {
        assert_finds(PATH, &good(), &is, &[message]);
    }
}

#[test]
fn pins_in_scripts_count_and_other_lines_do_not() {
    let script = format!("a\nfetch crun 1.29.1 {}\nexport GOTOOLCHAIN=go1.26.6\n", commit('2'));
    let path = "generated/scripts/x.sh";
    assert_finds(path, &script, &script.replacen('a', "b", 1), &[]);
    assert_finds(path, &script, &script.replace("go1.26.6", "go1.26.7"), &["3: this is not what the lock says"]);
    assert_finds(path, &script, &script.replace("2222 ", "2223 "), &[]);
    assert_finds(path, &script, &script.replace("222\n", "223\n"), &["2: this is not", "2: `22222"]);
    assert_finds(path, &script, &format!("{script}{}\n", commit('4')), &["4: `44444"]);
}

#[test]
fn workflows_of_people_get_warnings_alone() {
    let text = format!("uses: a/b@v1\nuses: c/d@{}\nuses: actions/checkout@{} # v6.0.0\n", commit('5'), commit('6'));
    let found = audit(&used(), &[], &[(".github/workflows/mine.yml", &text)]);
    assert!(found.errors.is_empty());
    let lines: Vec<usize> = found.warnings.iter().map(|it| it.place.line).collect();
    assert_eq!(lines, [1, 3]);
}
