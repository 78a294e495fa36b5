//! Where a package is unpacked below `/` for a check: as root, in mounts and processes of its own.

use std::{path::Path, process::Stdio};

use super::{Check, Package};
use crate::support::tool;

const INSTALLED: &str = "    installed: true\n";

/// Whether this test can be run; where it cannot, that is said, and fails where `CI=true`.
#[track_caller]
fn is_possible() -> bool {
    if ["zstd", "unshare", "nsenter"].iter().any(|name| tool(name).is_none()) {
        return false;
    }
    let root = std::process::Command::new("id").arg("--user").output().unwrap().stdout == b"0\n";
    if !root {
        let thread = std::thread::current();
        let message = format!("SKIPPED {}: an installed check needs root", thread.name().unwrap_or("test"));
        assert!(std::env::var_os("CI").is_none_or(|value| value != "true"), "{message}");
        // Straight to the stream: the test runner hides what the print macros of a passing test write.
        std::io::Write::write_all(&mut std::io::stderr(), format!("{message}\n").as_bytes()).unwrap();
    }
    root
}

#[test]
fn a_package_is_installed_for_the_check_alone() {
    if !is_possible() {
        return;
    }
    let checks = "\
[[ $(hello) == 'from the package' && $(type -P hello) == /usr/local/bin/hello ]]
[[ $(stat --format=%u /usr/local/bin/hello) == 0 && $EUID == 0 && $PWD == / ]]
# What the machine has stays, what it lacks comes.
grep --quiet ^root: /etc/passwd
[[ $(</etc/hello.conf) == 'setting = 1' ]]
# Nothing of the caller's but what is said.
[[ -z ${CONTAINERS_CONF:-} && $ORDINARY_USER == nobody && $VERSION == 0.2.1 && -n $LINE && -d $PACKAGE ]]
greet.sh you
touch /usr/local/bin/left-by-a-check /etc/left-by-a-check
mkdir \"$SCRATCH/folder\"
sleep 54321 &
";
    let package = Package::with(&[
        Check("it is there", checks, INSTALLED),
        Check("it is there anew", "[[ ! -e /etc/left-by-a-check && -x /usr/local/bin/hello ]]", INSTALLED),
        Check("it lacks something", "not-shown.sh 'there is no moon'", INSTALLED),
    ]);
    let output = package.test(&[("GHAGEN_SMOKE_USER", "nobody"), ("CONTAINERS_CONF", "/nowhere")]);
    output
        .status(0)
        .stderr_has("3 checks, 2 shown, 1 not shown, 0 failed\n")
        .stderr_has("it lacks something: there is no moon\n");
    for path in ["/usr/local/bin/hello", "/etc/hello.conf", "/usr/local/bin/left-by-a-check", "/etc/left-by-a-check"] {
        assert!(!Path::new(path).exists(), "{path} was left on the machine");
    }
    assert!(!is_running("54321"), "a process was left on the machine");
}

#[test]
fn a_check_that_hangs_ends_with_all_that_it_started() {
    if !is_possible() {
        return;
    }
    let package = Package::with(&[Check("it hangs", "sleep 65432 &\ntrap '' TERM INT\nsleep 76543", INSTALLED)]);
    let output = package.test(&[("GHAGEN_SMOKE_SECONDS", "3")]);
    output.status(1).stderr_has("  FAILED     it hangs: killed, after 3 s or for want of memory\n");
    assert!(!is_running("65432") && !is_running("76543"), "a process was left on the machine");
}

/// As the timers of systemd do, in the check of healthchecks.
#[test]
fn a_program_of_the_machine_can_join_a_check() {
    if !is_possible() {
        return;
    }
    let check = "\
printf '%s\\n' \"$NAMESPACES\" >\"$PACKAGE/told\"
until [[ -e $PACKAGE/joined ]]; do sleep 0.1; done
[[ $(<\"$PACKAGE/joined\") == 'from the package' ]]
";
    let package = Package::with(&[Check("it is joined", check, INSTALLED)]);
    let folder = package.project.root().join("unpacked");
    let mut command = package.command();
    command.env("GHAGEN_SMOKE", &folder).env("GHAGEN_SMOKE_SECONDS", "60").stderr(Stdio::piped());
    let test = command.spawn().unwrap();
    let join = "\
until cd \"$1/catatonit-v0.2.1\" 2>/dev/null; do sleep 0.1; done
until [[ -s told ]]; do sleep 0.1; done
read -r folder <told
nsenter --mount=\"$folder/mnt\" --pid=\"$folder/pid_for_children\" -- sh -c 'test -e /proc/self/stat && hello' >found
mv found joined
";
    let joined = package
        .project
        .output(package.project.command("timeout").args(["60", "bash", "-euc", join, "join"]).arg(&folder));
    let output = test.wait_with_output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(joined.is_success() && output.status.success(), "{joined}\n{log}");
    assert!(log.contains("  shown      it is joined\n"), "{log}");
}

/// Whether any process has this word in its command line.
fn is_running(word: &str) -> bool {
    let processes = fs_err::read_dir("/proc").unwrap().filter_map(Result::ok);
    processes
        .filter_map(|entry| fs_err::read(entry.path().join("cmdline")).ok())
        .any(|line| line.split(|byte| *byte == 0).any(|argument| argument == word.as_bytes()))
}
