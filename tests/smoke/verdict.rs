//! What a check's end means, and what is said about it.

use super::{Check, Package};
use crate::support::tool;

const MOON: Check = Check("it shines", "not-shown.sh 'there is no moon'", "");

const OTHER_ARCH: &str =
    if cfg!(target_arch = "aarch64") { "    when: {arch: amd64}\n" } else { "    when: {arch: arm64}\n" };

#[test]
fn what_is_shown_not_shown_and_failed_stands_in_a_table() {
    let Some(_) = tool("zstd") else { return };
    let package = Package::with(&[
        Check("it greets", "[[ $(greet.sh you) == \"hello you\" && $(usr/local/bin/hello) == *package ]]", ""),
        MOON,
        Check("it fails", "echo something >&2\nfalse", ""),
        Check("a code without a reason", "exit 77", ""),
        Check("not for this one", "false", OTHER_ARCH),
        Check("it goes on", "[[ -d $SCRATCH && $PWD == \"$PACKAGE\" && -f $ARCHIVE ]]", ""),
    ]);
    let output = package.test(&[]);
    output.status(1);
    for text in [
        "ghagen: NOT SHOWN: there is no moon\n",
        "/checks/catatonit/3.sh: line ",
        ": false\n",
        "ghagen: FAILED: exit code 1\n",
        "ghagen: catatonit 0.2.1 (default, ",
        "): 5 checks, 2 shown, 1 not shown, 2 failed\n",
        concat!(
            "  shown      it greets\n",
            "  NOT SHOWN  it shines: there is no moon\n",
            "  FAILED     it fails: exit code 1\n",
            "  FAILED     a code without a reason: exit code 77\n",
            "  shown      it goes on\n",
            "ghagen: 2 of 5 checks failed\n",
        ),
    ] {
        output.stderr_has(text);
    }
}

#[test]
fn not_shown_is_no_failure_but_on_github() {
    let Some(_) = tool("zstd") else { return };
    let optional = Check("it | <may> & \"be\"", "not-shown.sh 'a | b'", "    optional: true\n");
    let package = Package::with(&[MOON, optional]);
    package
        .test(&[])
        .status(0)
        .stderr_has("2 checks, 0 shown, 2 not shown, 0 failed\n")
        .stderr_has("no check failed\n");

    let summary = package.project.root().join("summary");
    let github = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
    let output = package.test(&github);
    output.status(1).stderr_has("  FAILED     it shines: not shown, where it must be: there is no moon\n");
    output.stderr_has("  NOT SHOWN  it | <may> & \"be\": a | b\n").stderr_has("::error::1 of 2 checks failed\n");
    let table = package.project.read("summary");
    let (_, rows) = table.split_once("| --- | --- |\n").unwrap();
    assert_eq!(
        rows,
        concat!(
            "| FAILED | it shines: not shown, where it must be: there is no moon |\n",
            "| NOT SHOWN | it &#124; &lt;may> &amp; \"be\": a &#124; b |\n\n",
        )
    );
}

#[test]
fn a_check_that_hangs_is_stopped() {
    let Some(_) = tool("zstd") else { return };
    let package = Package::with(&[Check("it hangs", "sleep 1000", ""), Check("it goes on", "true", "")]);
    let output = package.test(&[("GHAGEN_SMOKE_SECONDS", "1")]);
    output
        .status(1)
        .stderr_has("  FAILED     it hangs: killed, after 1 s or for want of memory\n  shown      it goes on\n");
    package.test(&[("GHAGEN_SMOKE_SECONDS", "soon")]).status(2).stderr_has("GHAGEN_SMOKE_SECONDS must be a number");
}

#[test]
fn a_package_that_is_not_what_the_spec_says_is_not_tried() {
    let Some(_) = tool("zstd") else { return };
    let package = Package::with(&[Check("it greets", "true", "")]);
    let pack =
        "tar --create --directory tree --owner=1001 --group=1001 catatonit-v0.2.1 | zstd --quiet --force -o \"$1\"";
    package
        .project
        .output(package.project.command("bash").args(["-euc", pack, "pack"]).arg(&package.archive))
        .status(0);
    let output = package.test(&[]);
    output.status(22).stderr_has("not everything belongs to root");
    assert!(!output.stderr().contains("check:"), "{}", output.stderr());
}
