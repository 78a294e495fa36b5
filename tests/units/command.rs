//! `ghagen build`, with the small units: without a container, so that what is seen is the command itself.

use std::time::Duration;

use super::workshop::{Workshop, outcomes, wait_until};
use crate::support::tool;

#[test]
fn it_runs_the_script_and_passes_its_lines_on() {
    let Some(workshop) = Workshop::new() else { return };
    let output = workshop.output(&mut workshop.ghagen(&[]));
    output.status(0).stderr_has("ghagen: unit 5/6 report 1.0 (amd64) done in ");
    assert_eq!(outcomes(&output).0.len(), 6, "{output}");
    let packages = "[ROOT]/build/report-amd64/dist/report-full-linux-amd64.tar.zst\n\
                    [ROOT]/build/report-amd64/dist/report-licenses-amd64.tar.zst\n\
                    [ROOT]/build/report-amd64/dist/report-linux-amd64.tar.zst\n";
    assert_eq!(output.stdout(), packages);
    output
        .stderr_has("report 1.0 for amd64 is built\n")
        .stderr_has("logs of the units: [ROOT]/build/report-amd64/logs\n");
    let log = fs_err::read_to_string(workshop.root().join("build/report-amd64.log")).unwrap();
    assert!(log.contains("ghagen: unit 1/6 leaf 1.0 (amd64) done in "), "{log}");
    // One variant, and what the first one left.
    let output = workshop.output(&mut workshop.ghagen(&["--variant", "default"]));
    assert_eq!(outcomes(&output), (vec![], vec!["leaf", "middle", "report"]), "{output}");
}

#[test]
fn what_it_prints_is_what_it_runs() {
    let Some(workshop) = Workshop::new() else { return };
    let mut command = workshop.ghagen(&["--print", "--arch", "amd64"]);
    let folder = workshop.root().join("a folder of its own's");
    let output = workshop.output(command.env("GHAGEN_BUILD", &folder).env("GHAGEN_REUSE", "off"));
    output.status(0);
    let commit = workshop.git("report", &["rev-parse", "v1.0"]);
    let expected = format!(
        "VERSION=1.0 COMMIT={commit} GHAGEN_BUILD=\"[ROOT]/a folder of its own's\" GHAGEN_REUSE=off \
         [ROOT]/generated/scripts/build-tool.sh report amd64 all\n"
    );
    assert_eq!(output.stdout(), expected);
    assert!(!folder.exists(), "it built something");
    // As it stands, from another folder. The scripts refuse that folder, and name it as it is.
    let line = output.stdout().replace("[ROOT]", &workshop.root().to_string_lossy());
    let mut shell = workshop.shell(&line);
    workshop.output(shell.current_dir("/")).status(2).stderr_has("a space in its path: [ROOT]/a folder of its own's/");
    let output = workshop.output(&mut workshop.ghagen(&["--print"]));
    let line = output.stdout().replace("[ROOT]", &workshop.root().to_string_lossy());
    let output = workshop.output(workshop.shell(&line).current_dir("/"));
    output.status(0);
    assert_eq!(outcomes(&output).0.len(), 6, "{output}");
}

#[test]
fn scripts_that_are_not_what_the_spec_says_are_not_run() {
    let Some(workshop) = Workshop::new() else { return };
    let mut command = workshop.ghagen(&[]);
    let mut print = workshop.ghagen(&["--print"]);
    workshop.edit_all("spec/components/leaf.yaml", "LEVEL: '1'", "LEVEL: '2'");
    let message = "generated/scripts/components/leaf.sh: not what the spec says, so CI would build something else; \
                   run `ghagen generate`";
    workshop.output(&mut command).status(1).stderr_has(message);
    assert!(!workshop.root().join("build").exists(), "it built something");
    workshop.output(&mut print).status(0).stderr_has(message).stdout_has("build-tool.sh report amd64 all");
}

#[test]
fn its_exit_code_is_that_of_the_build() {
    let Some(workshop) = Workshop::new() else { return };
    workshop.release("middle", "v1.1", "middle.c", "return", "retrun");
    let output = workshop.output(&mut workshop.ghagen(&[]));
    output.status(20).stderr_has("failed to build: middle, at its step \"compile\"");
    fs_err::remove_dir_all(workshop.source("leaf")).unwrap();
    fs_err::remove_dir_all(workshop.root().join("build")).unwrap();
    workshop.output(&mut workshop.ghagen(&[])).status(21);
    // The script could not do what it promises: there is a file where its folder should be.
    fs_err::remove_dir_all(workshop.root().join("build")).unwrap();
    workshop.write("build", "");
    workshop.output(&mut workshop.ghagen(&[])).status(74).stderr_has("[ROOT]/build");
    workshop.output(workshop.ghagen(&[]).env("GHAGEN_BUILD", "/dev/null/x")).status(74).stderr_has("/dev/null");
}

#[test]
fn a_version_that_is_not_in_the_lock_is_looked_up() {
    let Some(workshop) = Workshop::new() else { return };
    let lock = fs_err::read_to_string(workshop.root().join("spec/ghagen.lock")).unwrap();
    workshop.release("report", "v1.7", "report.c", "middle() + ", "2 * middle() + ");
    workshop.write("spec/ghagen.lock", &lock);
    let output = workshop.output(&mut workshop.ghagen(&["--version", "1.7"]));
    output.status(0).stderr_has("ghagen: building report 1.7 for amd64 (all)");
    let version = fs_err::read_to_string(workshop.root().join("build/report-amd64/install/lib/report.txt")).unwrap();
    assert_eq!(version, "hello 1.7\n");
    let output = workshop.output(&mut workshop.ghagen(&["--version", "1.8"]));
    output.status(2).stderr_has("https://example.org/report has no tag for report 1.8 (line 1)");
    fs_err::remove_dir_all(workshop.source("report")).unwrap();
    let output = workshop.output(&mut workshop.ghagen(&["--version", "1.8"]));
    output.status(74).stderr_has("https://example.org/report cannot be asked for 1.8: `git ls-remote` failed");
}

#[test]
fn wrong_words_get_the_right_ones() {
    let Some(workshop) = Workshop::new() else { return };
    for (arguments, message) in [
        (["--variant", "ful"], "there is no variant `ful`; is it `full`? (there are: default, full)"),
        (["--arch", "amd46"], "there is no arch `amd46`; is it `amd64`? (there are: amd64)"),
        (["--version", "0.9"], "report 0.9 is in no release line (there are: 1 (>=1))"),
        (["--version", "new"], "`new` is not a version"),
    ] {
        workshop.output(&mut workshop.ghagen(&arguments)).status(2).stderr_has(message);
    }
}

/// On a terminal there is a list, and an interrupt ends what runs.
#[test]
fn on_a_terminal_there_is_a_list_and_an_interrupt_ends_it() {
    let Some(workshop) = Workshop::new() else { return };
    if tool("script").is_none() {
        return;
    }
    let sleep = format!("{}.25", 900_000 + std::process::id());
    let wait = format!("run: |\n      [[ -f $WORKSPACE/files/go ]] || sleep {sleep}\n");
    workshop.edit("spec/components/report.yaml", "run: |\n", &wait);
    let typescript = workshop.root().join("typescript");
    let command = workshop.ghagen(&[]);
    // `script` gives it a terminal, and passes its exit code on.
    let line = format!("stty rows 30 cols 100; exec {} build report", env!("CARGO_BIN_EXE_ghagen"));
    let mut terminal = std::process::Command::new("script");
    terminal.args(["--quiet", "--flush", "--return", "--command", &line]).arg(&typescript);
    terminal.current_dir(workshop.root()).env_clear().env("TERM", "xterm");
    terminal.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    terminal.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null());
    let mut child = terminal.spawn().unwrap();
    wait_until(&|| workshop.is_running(&sleep));
    std::thread::sleep(Duration::from_secs(1));
    // Control and C.
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), b"\x03").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!workshop.is_running(&sleep), "something still runs");
    let screen = fs_err::read_to_string(&typescript).unwrap();
    for part in ["  + leaf ", "report 1.0 for amd64 [", "then other, patched, report, settings", "  - report "] {
        assert!(screen.contains(part), "the screen never had {part:?}\n{screen}");
    }
    let order = ["leaf", "middle", "other", "patched"].map(|name| screen.find(&format!("  + {name} ")).unwrap());
    assert!(order.is_sorted(), "{screen}");
    workshop.write("spec/files/go", "");
    let output = workshop.output(workshop.ghagen(&[]).env("TERM", "xterm"));
    assert_eq!(outcomes(output.status(0)).1, ["leaf", "middle", "other", "patched"], "{output}");
}
