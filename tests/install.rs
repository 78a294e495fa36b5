//! The installers of this repository, on machines of their own: containers without anything that the installer does not ask for.

mod machine;
mod release;

use crate::support::{Output, repository};
use machine::{Kind, Machine};
use release::Served;

/// What a package of podman holds in these tests. crun is in buildah's, too.
const FIRST: [(&str, &str); 5] = [
    ("usr/local/bin/podman", "podman 1"),
    ("usr/local/bin/crun", "crun 1"),
    ("usr/local/lib/podman/old", "gone in 2"),
    ("usr/local/lib/systemd/user-generators/podman-user-generator", "-> ../../../bin/podman"),
    ("etc/containers/policy.json", "{}"),
];
const SECOND: [(&str, &str); 5] = [
    ("usr/local/bin/podman", "podman 2"),
    ("usr/local/bin/crun", "crun 1"),
    ("usr/local/libexec/podman/new", "new in 2"),
    ("usr/local/lib/systemd/user-generators/podman-user-generator", "-> ../../../libexec/podman/new"),
    ("etc/containers/policy.json", "{}"),
];
const BUILDAH: [(&str, &str); 2] = [("usr/local/bin/buildah", "buildah 1"), ("usr/local/bin/crun", "crun 2")];

const ARCHIVE: &str =
    if cfg!(target_arch = "aarch64") { "podman-linux-arm64.tar.zst" } else { "podman-linux-amd64.tar.zst" };

/// A machine, the installers on it, and releases for it.
struct Bench {
    machine: Machine,
    served: Served,
}

impl Bench {
    fn new(kind: Kind) -> Option<Self> {
        let machine = Machine::new(kind)?;
        let served = Served::start();
        served.release("podman-v1.0.0", "podman-v1.0.0", ARCHIVE, &FIRST);
        served.release("podman-v2.0.0-3", "podman-v2.0.0", ARCHIVE, &SECOND);
        served.release("buildah-v1.0.0", "buildah-v1.0.0", &ARCHIVE.replace("podman", "buildah"), &BUILDAH);
        // A machine that somebody uses already.
        machine.write("etc/hostname", "machine");
        machine.write("usr/local/bin/other", "not ours");
        for tool in ["podman", "buildah"] {
            let script = repository().join(format!("generated/scripts/install/{tool}.sh"));
            fs_err::copy(script, machine.path(&format!("tools/install-{tool}.sh"))).unwrap();
        }
        Some(Self { machine, served })
    }

    /// Runs the installer of a tool with the release of a tag.
    fn install(&self, tag: &str, options: &[&str]) -> Output {
        let (tool, version) = tag.split_once("-v").unwrap();
        let address = self.served.address(tag);
        let script = format!("/tools/install-{tool}.sh");
        let mut words = vec![script.as_str(), "--version", version, "--base-url", &address];
        words.extend(options);
        self.machine.run("exec sh \"$@\"", &words)
    }

    fn uninstall(&self, tool: &str, options: &[&str]) -> Output {
        let script = format!("/tools/install-{tool}.sh");
        let mut words = vec![script.as_str(), "--uninstall"];
        words.extend(options);
        self.machine.run("exec sh \"$@\"", &words)
    }

    #[track_caller]
    fn has(&self, path: &str, content: &str) {
        let tree = self.machine.tree();
        assert_eq!(tree.get(path).map(String::as_str), Some(content), "{path}");
    }
}

fn both(scenario: impl Fn(&Bench)) {
    for kind in [Kind::Busybox, Kind::Gnu] {
        if let Some(bench) = Bench::new(kind) {
            scenario(&bench);
        }
    }
}

#[test]
fn install_upgrade_and_uninstall_leave_nothing() {
    both(|bench| {
        let before = bench.machine.tree();
        bench.install("podman-v1.0.0", &["--dry-run"]).status(0).stdout_has("write usr/local/bin/podman\n");
        assert_eq!(bench.machine.tree(), before, "a dry run wrote something");

        bench.install("podman-v1.0.0", &[]).status(0);
        bench.has("usr/local/bin/podman", "755 podman 1");
        bench.has("etc/containers/policy.json", "644 {}");
        bench.has("usr/local/lib/podman/old", "644 gone in 2");
        let installed = bench.machine.tree();
        bench.install("podman-v1.0.0", &[]).status(0);
        assert_eq!(bench.machine.tree(), installed, "the second time changed something");

        // The release is the third build of 2.0.0.
        bench.install("podman-v2.0.0-3", &["--dry-run"]).status(0).stdout_has("remove usr/local/lib/podman/old\n");
        bench.install("podman-v2.0.0-3", &[]).status(0);
        bench.has("usr/local/bin/podman", "755 podman 2");
        bench.has("usr/local/libexec/podman/new", "644 new in 2");
        let link = "usr/local/lib/systemd/user-generators/podman-user-generator";
        bench.has(link, "link to ../../../libexec/podman/new");
        assert!(!bench.machine.tree().contains_key("usr/local/lib/podman"), "an empty folder was left");

        bench.uninstall("podman", &[]).status(0);
        assert_eq!(bench.machine.tree(), before, "uninstall left something, or took too much");
        bench.uninstall("podman", &[]).status(0).stderr_has("nothing of podman is installed in /");
    });
}

#[test]
fn a_folder_is_as_good_as_an_address() {
    let Some(bench) = Bench::new(Kind::Busybox) else { return };
    for file in [ARCHIVE, "checksums.txt"] {
        fs_err::copy(bench.served.file("podman-v1.0.0").join(file), bench.machine.path("run").join(file)).unwrap();
    }
    bench.install("podman-v1.0.0", &["--base-url", "/run", "--prefix", "opt"]).status(0);
    // A prefix is relative to where one stands.
    assert!(bench.machine.path("tmp/opt/usr/local/bin/podman").exists());
    bench.uninstall("podman", &["--prefix", "/tmp/opt/"]).status(0);
    assert!(!bench.machine.path("tmp/opt").exists());
    bench
        .install("podman-v1.0.0", &["--base-url", "http://example.org/x"])
        .status(2)
        .stderr_has("must start with https://");
    bench
        .install("podman-v1.0.0", &["--base-url", "/run", "--variant", "full"])
        .status(4)
        .stderr_has("no checksum of podman-full");
}

#[test]
fn tools_that_share_files_can_come_and_go_in_any_order() {
    both(|bench| {
        let before = bench.machine.tree();
        bench.install("podman-v1.0.0", &[]).status(0);
        // Its crun is another one: the last one that is installed stays.
        bench.install("buildah-v1.0.0", &[]).status(0);
        bench.has("usr/local/bin/crun", "755 crun 2");
        bench.uninstall("buildah", &[]).status(0);
        bench.has("usr/local/bin/crun", "755 crun 2");
        bench.install("podman-v2.0.0-3", &[]).status(0);
        bench.has("usr/local/bin/crun", "755 crun 1");
        bench.install("buildah-v1.0.0", &[]).status(0);
        bench.uninstall("podman", &[]).status(0);
        bench.has("usr/local/bin/buildah", "755 buildah 1");
        bench.has("usr/local/bin/crun", "755 crun 2");
        bench.uninstall("buildah", &[]).status(0);
        assert_eq!(bench.machine.tree(), before);
    });
}

#[test]
fn a_tampered_download_installs_nothing() {
    both(|bench| {
        let before = bench.machine.tree();
        let archive = bench.served.file("podman-v1.0.0").join(ARCHIVE);
        let mut bytes = fs_err::read(&archive).unwrap();
        let good = bytes.clone();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs_err::write(&archive, &bytes).unwrap();
        bench.install("podman-v1.0.0", &[]).status(4).stderr_has("nothing was installed");
        fs_err::write(&archive, &good[..middle]).unwrap();
        bench.install("podman-v1.0.0", &[]).status(4).stderr_has("has the checksum");
        fs_err::remove_file(&archive).unwrap();
        bench.install("podman-v1.0.0", &[]).status(1).stderr_has("could not be downloaded");
        fs_err::write(bench.served.file("podman-v1.0.0").join("checksums.txt"), "").unwrap();
        bench.install("podman-v1.0.0", &[]).status(4).stderr_has("checksums.txt has no checksum of");
        // Another release than the one that was asked for, with checksums that fit.
        bench.served.release("podman-v3.0.0", "podman-v1.0.0", ARCHIVE, &FIRST);
        bench.install("podman-v3.0.0", &[]).status(4).stderr_has("is not podman 3.0.0");
        assert_eq!(bench.machine.tree(), before);
    });
}

#[test]
fn a_signature_is_checked_where_cosign_is_there() {
    let Some(bench) = Bench::new(Kind::Busybox) else { return };
    let before = bench.machine.tree();
    let own = ["--repository", "owner/name"];
    bench
        .install("podman-v1.0.0", &["--require-signature", own[0], own[1]])
        .status(1)
        .stderr_has("cosign is not installed");
    let report = "#!/tools/sh\nprintf '%s\\n' \"$@\" >/run/cosign\n";
    bench.machine.shadow("cosign", &format!("{report}exit 1\n"));
    bench.install("podman-v1.0.0", &own).status(1).stderr_has("checksums.txt.bundle could not be downloaded");
    fs_err::write(bench.served.file("podman-v1.0.0/checksums.txt.bundle"), "{}").unwrap();
    bench.install("podman-v1.0.0", &own).status(4).stderr_has("is not signed by the workflow of owner/name");
    assert_eq!(bench.machine.tree(), before);

    bench.machine.shadow("cosign", report);
    bench.install("podman-v1.0.0", &own).status(0);
    let words = fs_err::read_to_string(bench.machine.path("run/cosign")).unwrap();
    let words: Vec<&str> =
        words.lines().map(|word| word.rsplit_once("/checksums").map_or(word, |(_, name)| name)).collect();
    let expected = [
        "verify-blob",
        "--bundle",
        ".txt.bundle",
        "--certificate-oidc-issuer",
        "https://token.actions.githubusercontent.com",
        "--certificate-identity",
        "https://github.com/owner/name/.github/workflows/build-podman.yml@refs/heads/main",
        ".txt",
    ];
    assert_eq!(words, expected);
}

#[test]
fn what_it_did_not_install_stays() {
    both(|bench| {
        bench.machine.write("usr/local/bin/podman", "somebody's own");
        let before = bench.machine.tree();
        let blocked = bench.install("podman-v1.0.0", &["--discard-changes"]);
        blocked.status(3).stderr_has("/usr/local/bin/podman is in the way: it was not installed by this script");
        assert_eq!(bench.machine.tree(), before, "something was installed beside it");
        fs_err::remove_file(bench.machine.path("usr/local/bin/podman")).unwrap();
        // A folder, and a link that leads out of the prefix.
        fs_err::create_dir_all(bench.machine.path("opt/podman/etc/containers/policy.json")).unwrap();
        bench.install("podman-v1.0.0", &["--prefix", "/opt/podman"]).status(3).stderr_has("policy.json is in the way");
        fs_err::remove_dir(bench.machine.path("opt/podman/etc/containers/policy.json")).unwrap();
        std::os::unix::fs::symlink("/tmp", bench.machine.path("opt/podman/usr")).unwrap();
        let before = bench.machine.tree();
        let outside = bench.install("podman-v1.0.0", &["--prefix", "/opt/podman"]);
        outside.status(3).stderr_has("/opt/podman/usr/local/bin/podman would be outside of /opt/podman");
        assert_eq!(bench.machine.tree(), before);
    });
}

#[test]
fn what_was_changed_is_told_and_stays() {
    both(|bench| {
        let before = bench.machine.tree();
        bench.install("podman-v1.0.0", &[]).status(0);
        bench.machine.write("etc/containers/policy.json", "mine");
        bench.machine.write("usr/local/lib/podman/old", "mine");
        let told = "/etc/containers/policy.json was changed since it was installed";
        bench.install("podman-v2.0.0-3", &[]).status(3).stderr_has(told).stderr_has("nothing was installed");
        bench.has("usr/local/bin/podman", "755 podman 1");
        bench.uninstall("podman", &[]).status(3).stderr_has(told).stderr_has("but for what was changed");
        bench.has("etc/containers/policy.json", "644 mine");
        assert!(!bench.machine.tree().contains_key("usr/local/bin/podman"));
        bench.uninstall("podman", &["--discard-changes"]).status(0);
        assert_eq!(bench.machine.tree(), before);

        bench.install("podman-v1.0.0", &[]).status(0);
        bench.machine.write("etc/containers/policy.json", "mine");
        bench.install("podman-v2.0.0-3", &["--discard-changes"]).status(0);
        bench.has("etc/containers/policy.json", "644 {}");
        bench.uninstall("podman", &[]).status(0);
        assert_eq!(bench.machine.tree(), before);
    });
}

/// Kills the installer at its first, second, third ... change of the disk, and looks at what comes of it.
#[test]
fn an_interruption_anywhere_is_mended_by_the_next_run() {
    // The shell of busybox has the programs in itself: none can be put in the way of it.
    let Some(bench) = Bench::new(Kind::Gnu) else { return };
    // Few files, since each change of the disk is a case of its own.
    let (podman, link) = ("usr/local/bin/podman", "usr/local/lib/systemd/podman-user-generator");
    let first = [(podman, "podman 1"), ("usr/local/lib/podman/old", "gone in 2"), (link, "-> ../../bin/podman")];
    let second =
        [(podman, "podman 2"), ("usr/local/libexec/podman/new", "new in 2"), (link, "-> ../../libexec/podman/new")];
    bench.served.release("podman-v1.1.0", "podman-v1.1.0", ARCHIVE, &first);
    bench.served.release("podman-v2.1.0", "podman-v2.1.0", ARCHIVE, &second);
    let before = bench.machine.tree();
    bench.install("podman-v1.1.0", &[]).status(0);
    bench.install("podman-v2.1.0", &[]).status(0);
    let second = bench.machine.tree();
    bench.uninstall("podman", &[]).status(0);
    for name in ["cp", "mv", "rm", "mkdir", "rmdir"] {
        let count = "read -r left </run/left; left=$((left - 1)); echo $left >/run/left";
        let killed = "if [ $left = 0 ]; then kill -9 $PPID; exit 1; fi";
        bench.machine.shadow(name, &format!("#!/tools/sh\n{count}\n{killed}\nexec /tools/{name} \"$@\"\n"));
    }
    let scenario = repository().join("tests/install/interrupt.sh");
    fs_err::copy(scenario, bench.machine.path("tools/interrupt.sh")).unwrap();
    let (first_address, second_address) =
        (bench.served.address("podman-v1.1.0"), bench.served.address("podman-v2.1.0"));
    let run = bench.machine.run("exec sh /tools/interrupt.sh \"$@\"", &[&first_address, &second_address]);
    run.status(0);
    let count = |what: &str| run.stdout().lines().filter(|line| line.starts_with(what)).count();
    // Each changes three files at least, and the lists.
    assert!(count("install ") > 10 && count("upgrade ") > 10 && count("remove ") > 10, "{run}");
    assert_eq!(bench.machine.tree(), before, "{run}");
    fs_err::write(bench.machine.path("run/left"), "0").unwrap();
    bench.install("podman-v2.1.0", &[]).status(0);
    assert_eq!(bench.machine.tree(), second);
}
