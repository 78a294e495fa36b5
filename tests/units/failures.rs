//! What a failure says, and its exit code: a test for each cause that needs no container. The others are in `tests/build`.

use super::workshop::{Workshop, outcomes, wait_until};
use crate::support::{Output, tool};

/// Asserts how a build failed: its exit code, the line of the unit, and the last line, which says it all once more.
#[track_caller]
fn assert_failure<'a>(output: &'a Output, code: i32, unit: &str, step: &str, log: &str) -> &'a Output {
    output.status(code);
    let failure = format!(" (amd64) failed at {step} after ");
    let line = output.stderr().lines().find(|line| line.contains(&failure));
    assert!(line.is_some_and(|line| line.contains(&format!(" {unit} "))), "no line of the unit\n{output}");
    let last = output.stderr().lines().last().unwrap_or_default();
    let expected = format!(": {unit}, at its step \"{step}\"; see [ROOT]/build/report-amd64/logs/{unit}.log");
    assert!(last.ends_with(&expected), "the last line is not about it: {expected}\n{output}");
    output.stderr_has(&format!("the last lines of its log, report-amd64/logs/{unit}.log:")).stderr_has(log)
}

#[test]
fn a_compile_error_stops_the_build() {
    let Some(workshop) = Workshop::new() else { return };
    workshop.release("middle", "v1.1", "middle.c", "return", "retrun");
    let output = workshop.build();
    assert_failure(&output, 20, "middle", "compile", "retrun").stderr_has("ghagen: failed to build: middle");
    // Nothing is built after it, and nothing is packed.
    assert_eq!(outcomes(&output), (vec!["leaf"], vec![]), "{output}");
    assert!(workshop.packages().is_empty());
}

#[test]
fn a_network_failure_is_tried_again_and_told_apart() {
    let Some(workshop) = Workshop::new() else { return };
    fs_err::rename(workshop.source("leaf"), workshop.root().join("elsewhere")).unwrap();
    let output = workshop.build();
    assert_failure(&output, 21, "leaf", "fetch", "attempt 2 failed, again soon");
    output.stderr_has("ghagen: a source could not be fetched: leaf").stderr_has("the tag v1.0 could not be fetched");
    fs_err::rename(workshop.root().join("elsewhere"), workshop.source("leaf")).unwrap();
    workshop.build().status(0);
}

#[test]
fn a_patch_that_does_not_fit_is_told() {
    let Some(workshop) = Workshop::new() else { return };
    workshop.edit("spec/patches/patched/text.patch", "-old", "-older");
    assert_failure(&workshop.build(), 20, "patched", "patch", "FAILED");
}

#[test]
fn what_is_not_there_to_be_installed_is_told() {
    let Some(workshop) = Workshop::new() else { return };
    workshop.edit("spec/components/middle.yaml", "middle.h: include", "muddle.h: include");
    assert_failure(&workshop.build(), 20, "middle", "install", "muddle.h");
}

#[test]
fn a_failed_proof_is_told_apart() {
    let Some(workshop) = Workshop::new() else { return };
    if tool("readelf").is_none() {
        return;
    }
    // A program of the machine's own compiler: with an interpreter, and of glibc.
    workshop.edit("spec/components/other.yaml", "targets: [libother.a]", "targets: [libother.a, other]");
    workshop.edit("spec/components/other.yaml", "lib/libother.a\n", "lib/libother.a\n      other: bin/other\n");
    let program = "outputs:\n  program:\n    files: [bin/other]\n    place: lib\n    program:\n      link: static\n      \
                   allocator: libc\n      reason: It is a test.\n      minimum_size: 1000\n";
    workshop.edit("spec/components/other.yaml", "outputs:\n", program);
    let makefile = "libother.a: other.c\n\t$(CC) -O2 -c -o other.o other.c\n\t$(AR) rcD libother.a other.o\n";
    let with_program = format!("{makefile}\nother: other.c\n\t$(CC) -Dother=main -O2 -o other other.c\n");
    workshop.release("other", "v1.1", "Makefile", makefile, &with_program);
    let output = workshop.build();
    assert_failure(&output, 22, "other", "proof", "it asks for an interpreter");
    output.stderr_has("ghagen: a proof failed, so what was built is not what the spec says: other");
}

#[test]
fn an_environment_that_cannot_be_set_up_is_told_apart() {
    let Some(workshop) = Workshop::new() else { return };
    workshop.program("apt-get", "#!/bin/sh\necho 'E: no network' >&2\nexit 100\n");
    let output = workshop.build_unprepared();
    output.status(23).stderr_has("E: no network");
    output.stderr_has("the build environment could not be set up: this is no failure of a recipe");
}

#[test]
fn arguments_are_refused_before_anything_runs() {
    let Some(workshop) = Workshop::new() else { return };
    workshop.build_with(&[("VARIANT", "large")]).status(2).stderr_has("report has no variant large");
    workshop.build_with(&[("COMMIT", "1234")]).status(2).stderr_has("COMMIT must be a commit, 40 hexadecimal digits");
    workshop.build_with(&[("VERSION", "0.9")]).status(2).stderr_has("report 0.9 is in no release line");
    workshop.build_with(&[("GHAGEN_REUSE", "no")]).status(2).stderr_has("GHAGEN_REUSE must be on or off");
}

#[test]
fn an_interrupted_build_leaves_no_process_and_goes_on_where_it_was() {
    let Some(workshop) = Workshop::new() else { return };
    // Something that would take for ever, and can be found by its name.
    let sleep = format!("{}.5", 900_000 + std::process::id());
    workshop.edit(
        "spec/components/report.yaml",
        "run: |\n",
        &format!("run: |\n      [[ -f $WORKSPACE/files/go ]] || sleep {sleep}\n"),
    );
    let mut command = workshop.command(&[]);
    let mut child = command.stderr(std::process::Stdio::null()).stdout(std::process::Stdio::null()).spawn().unwrap();
    let is_there = || workshop.is_running(&sleep);
    wait_until(&is_there);
    let signal = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(signal.success());
    assert_eq!(child.wait().unwrap().code(), Some(143));
    wait_until(&|| !is_there());
    workshop.write("spec/files/go", "");
    let output = workshop.build();
    output.status(0);
    let (built, reused) = outcomes(&output);
    assert_eq!((built, reused), (vec!["report", "settings"], vec!["leaf", "middle", "other", "patched"]), "{output}");
}
