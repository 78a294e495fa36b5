//! A machine to install on: a container whose whole root is a folder here, with busybox or with dash and the GNU programs.

use std::{
    collections::BTreeMap,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::support::{Output, tool};

/// What a machine of the kind `gnu` has, besides dash as its `sh`.
const PROGRAMS: [&str; 23] = [
    "awk",
    "basename",
    "cat",
    "cmp",
    "cp",
    "curl",
    "cut",
    "dirname",
    "find",
    "grep",
    "mkdir",
    "mktemp",
    "mv",
    "readlink",
    "rm",
    "rmdir",
    "sed",
    "sha256sum",
    "sort",
    "tar",
    "true",
    "uname",
    "touch",
];

/// For machines on which podman cannot do what it does by itself: no limits may be raised, no version 2 of cgroups.
const RESTRICTED: &str = r#"[containers]
default_ulimits = ["nofile=20000:20000", "nproc=4096:4096"]
netns = "host"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
"#;

/// The programs that scripts find there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// busybox alone: its shell, its tar, its wget.
    Busybox,
    /// dash, GNU tar, curl.
    Gnu,
}

/// A machine with nothing but these programs on it.
pub(super) struct Machine {
    folder: TempDir,
    kind: Kind,
    is_restricted: bool,
}

impl Machine {
    /// A new machine. `None`, told, where a program for it is missing.
    pub(super) fn new(kind: Kind) -> Option<Self> {
        let programs = match kind {
            Kind::Busybox => vec![tool("busybox")?],
            Kind::Gnu => {
                let names = PROGRAMS.iter().chain(&["dash"]);
                names.map(|name| tool(name)).collect::<Option<Vec<_>>>()?
            }
        };
        tool("podman")?;
        let machine = Self { folder: tempfile::tempdir().unwrap(), kind, is_restricted: false };
        for folder in ["dev", "etc", "proc", "run", "sys", "tmp", "tools"] {
            fs_err::create_dir(machine.path(folder)).unwrap();
        }
        for program in &programs {
            machine.add(program);
        }
        machine.add(&tool("zstd")?);
        machine.link_applets();
        Some(machine.started())
    }

    fn add(&self, program: &Path) {
        let to = self.path("tools").join(program.file_name().unwrap());
        fs_err::copy(program, &to).unwrap();
        let ldd = Command::new("ldd").arg(program).output().unwrap();
        let libraries = String::from_utf8(ldd.stdout).unwrap();
        for library in libraries.split_whitespace().filter(|word| word.starts_with('/')) {
            let to = self.path(library.trim_start_matches('/'));
            fs_err::create_dir_all(to.parent().unwrap()).unwrap();
            fs_err::copy(library, to).unwrap();
        }
    }

    fn link_applets(&self) {
        let tools = self.path("tools");
        if self.kind == Kind::Gnu {
            return symlink("dash", tools.join("sh")).unwrap();
        }
        let applets = Command::new(tools.join("busybox")).arg("--list").output().unwrap();
        for applet in String::from_utf8(applets.stdout).unwrap().lines().filter(|name| *name != "busybox") {
            symlink("busybox", tools.join(applet)).unwrap();
        }
    }

    /// The first start: it also leaves in the root what podman leaves there. With a second try, as on a restricted machine.
    fn started(mut self) -> Self {
        if !self.run("true", &[]).is_success() {
            self.is_restricted = true;
            self.run("true", &[]).status(0);
        }
        self
    }

    /// A path of the machine as one of this machine.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file.
    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }

    /// Writes a program that is found before all others.
    pub(super) fn shadow(&self, name: &str, text: &str) {
        self.write(&format!("shadow/{name}"), text);
        let everybody = std::fs::Permissions::from_mode(0o755);
        fs_err::set_permissions(self.path(&format!("shadow/{name}")), everybody).unwrap();
    }

    /// Runs commands in the machine's own shell, with words as `$1` and so on.
    pub(super) fn run(&self, commands: &str, words: &[&str]) -> Output {
        let mut podman = Command::new("podman");
        if self.is_restricted {
            let settings = self.folder.path().join("run/containers.conf");
            fs_err::write(&settings, RESTRICTED).unwrap();
            podman.env("CONTAINERS_CONF", settings);
        }
        podman
            .args(["run", "--rm", "--network", "host", "--env", "PATH=/shadow:/tools", "--workdir", "/tmp", "--rootfs"])
            .arg(self.folder.path())
            .args(["/tools/sh", "-c", commands, "sh"])
            .args(words);
        Output::of(&mut podman, self.folder.path())
    }

    /// Everything on it but its programs: paths, with contents, targets or nothing.
    pub(super) fn tree(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let mut waiting = vec![self.folder.path().to_owned()];
        while let Some(folder) = waiting.pop() {
            for item in fs_err::read_dir(folder).unwrap() {
                let path = item.unwrap().path();
                let name = path.strip_prefix(self.folder.path()).unwrap().to_str().unwrap().to_owned();
                if ["dev", "lib", "lib64", "proc", "run", "shadow", "sys", "tmp", "tools"].contains(&name.as_str()) {
                    continue;
                }
                let content = if path.is_symlink() {
                    format!("link to {}", fs_err::read_link(&path).unwrap().display())
                } else if path.is_dir() {
                    waiting.push(path);
                    "folder".to_owned()
                } else {
                    let mode = path.metadata().unwrap().permissions().mode() & 0o777;
                    format!("{mode:o} {}", String::from_utf8_lossy(&fs_err::read(&path).unwrap()))
                };
                found.insert(name, content);
            }
        }
        found
    }
}
