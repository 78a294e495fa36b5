//! A machine that can run containers: podman with a storage of its own, a base image, and the sources as git repositories.
//!
//! All of it is below target/factory. Every process runs in a mount namespace of its own, so that no mount outlives it.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
    sync::{LazyLock, Mutex, MutexGuard, PoisonError},
};

use crate::support::{Output, repository, tool};

/// The image that stands in for the one of the spec: a Debian with nothing in it.
pub(super) const BASE: &str = "localhost/ghagen-base:bookworm";

/// What has to be installed, beside Rust.
const NEEDED: [&str; 12] = [
    "podman",
    "runc",
    "debootstrap",
    "qemu-aarch64-static",
    "unshare",
    "apt-get",
    "git",
    "go",
    "tar",
    "zstd",
    "readelf",
    "rustup",
];

/// See the module's own description. One test at a time has it: two builds would only wait for each other.
pub(super) struct Machine {
    folder: PathBuf,
    commits: BTreeMap<String, String>,
    is_probe_built: bool,
}

static MACHINE: LazyLock<Result<Mutex<Machine>, String>> = LazyLock::new(|| Machine::prepare().map(Mutex::new));

/// The machine; nothing where this one cannot be used so, which is said, and fails where `CI=true`.
#[track_caller]
pub(super) fn machine() -> Option<MutexGuard<'static, Machine>> {
    let is_set = |name: &str, wanted: &str| std::env::var(name).is_ok_and(|value| value == wanted);
    if !is_set("GHAGEN_FACTORY", "1") && !keeps_results() && !is_set("CI", "true") {
        skip("it builds for minutes; run make test, or set GHAGEN_FACTORY=1");
        return None;
    }
    if NEEDED.iter().filter(|name| tool(name).is_none()).count() > 0 {
        return None;
    }
    if !own_user_is_root() {
        assert!(!is_set("CI", "true"), "the builds need root");
        skip("it needs root, for podman's storage and debootstrap");
        return None;
    }
    match &*MACHINE {
        Ok(machine) => Some(machine.lock().unwrap_or_else(PoisonError::into_inner)),
        Err(reason) => panic!("{reason}"),
    }
}

fn skip(reason: &str) {
    let thread = std::thread::current();
    show(&format!("SKIPPED {}: {reason}", thread.name().unwrap_or("test")));
}

/// Straight to the stream: the test runner hides what the print macros of a passing test write.
fn show(text: &str) {
    let mut stream = std::io::stderr();
    writeln!(stream, "{text}").unwrap();
}

/// With `GHAGEN_FACTORY=keep` the units of an earlier run are reused, for work on the tests themselves.
fn keeps_results() -> bool {
    std::env::var("GHAGEN_FACTORY").is_ok_and(|value| value == "keep")
}

fn own_user_is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

impl Machine {
    fn prepare() -> Result<Self, String> {
        let folder = repository().join("target/factory");
        for name in ["tmp", "report"] {
            fs_err::create_dir_all(folder.join(name)).map_err(|error| error.to_string())?;
        }
        let mut machine = Self { folder, commits: BTreeMap::new(), is_probe_built: false };
        Self::install_rust()?;
        machine.write_settings();
        machine.import_base()?;
        machine.make_sources()?;
        Ok(machine)
    }

    /// Rust's standard library for both targets: containers see this machine's Rust, which the lock asks for.
    fn install_rust() -> Result<(), String> {
        let add = ["target", "add", "x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"];
        let output = run(Command::new("rustup").args(add).current_dir(repository()));
        if output.is_success() { Ok(()) } else { Err(format!("Rust's targets for musl cannot be had\n{output}")) }
    }

    /// The settings that this machine needs, and none of the scripts knows of.
    fn write_settings(&self) {
        let folder = self.folder.display();
        // Overlay does not stack on itself, as where this runs in a container.
        let below = run(Command::new("stat").args(["--file-system", "--format=%T"]).arg(&self.folder));
        let driver = if below.stdout().contains("overlay") { "vfs" } else { "overlay" };
        let storage = format!(
            "[storage]\ndriver = \"{driver}\"\ngraphroot = \"{folder}/podman/root\"\nrunroot = \"{folder}/podman/run\"\n"
        );
        let rust = run(Command::new("rustc").args(["--print", "sysroot"])).stdout().trim().to_owned();
        let go = run(Command::new("go").args(["env", "GOROOT"])).stdout().trim().to_owned();
        let mut volumes = vec![format!("{folder}/sources:/sources:ro"), format!("{go}:/usr/local/go:ro")];
        volumes.push(format!("{rust}:/opt/rust:ro"));
        let mut environment = vec![
            "PATH=/opt/rust/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
                .to_owned(),
            "GIT_CONFIG_COUNT=2".to_owned(),
            "GIT_CONFIG_KEY_0=url.file:///sources/.insteadOf".to_owned(),
            "GIT_CONFIG_VALUE_0=https://sources.invalid/".to_owned(),
            "GIT_CONFIG_KEY_1=url.file:///sources/musl.insteadOf".to_owned(),
            "GIT_CONFIG_VALUE_1=https://git.musl-libc.org/git/musl".to_owned(),
        ];
        // A machine behind a proxy that shows certificates of its own trusts them in this file.
        let certificates = "/etc/ssl/certs/ca-certificates.crt";
        if Path::new(certificates).is_file() {
            volumes.push(format!("{certificates}:/run/certificates.crt:ro"));
            for name in ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "PIP_CERT", "CARGO_HTTP_CAINFO"] {
                environment.push(format!("{name}=/run/certificates.crt"));
            }
        }
        let containers = format!(
            "[containers]\ndefault_ulimits = [\"nofile=20000:20000\", \"nproc=4096:4096\"]\nnetns = \"host\"\n\
             volumes = {volumes:?}\nenv = {environment:?}\n\n[engine]\nruntime = \"runc\"\ncgroup_manager = \"cgroupfs\"\n\
             events_logger = \"file\"\nstatic_dir = \"{folder}/podman/static\"\ntmp_dir = \"{folder}/podman/tmp\"\n\
             volume_path = \"{folder}/podman/volumes\"\n"
        );
        fs_err::write(self.folder.join("storage.conf"), storage).unwrap();
        fs_err::write(self.folder.join("containers.conf"), containers).unwrap();
    }

    fn import_base(&self) -> Result<(), String> {
        if self.podman(["image", "exists", BASE]).is_success() {
            return Ok(());
        }
        let script = repository().join("tests/factory/base-image.sh");
        let output = run(self.command(script).arg(BASE).arg(self.folder.join("debian")));
        if output.is_success() { Ok(()) } else { Err(format!("the base image could not be made\n{output}")) }
    }

    fn make_sources(&mut self) -> Result<(), String> {
        let list = fs_err::read_to_string(self.folder.join("debian.list")).map_err(|error| error.to_string())?;
        let mirror = list.split_whitespace().nth(1).ok_or("the image's sources.list names no mirror")?;
        let here = repository().join("tests/factory");
        let output = run(Command::new(here.join("sources.sh"))
            .arg(here.join("sources.txt"))
            .arg(mirror)
            .args([self.folder.join("cache"), self.folder.join("sources")]));
        if !output.is_success() {
            return Err(format!("the sources could not be had\n{output}"));
        }
        for line in output.stdout().lines() {
            let [name, _, commit] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            self.commits.insert(name.to_owned(), commit.to_owned());
        }
        Ok(())
    }

    /// The commit of each source.
    pub(super) fn commits(&self) -> &BTreeMap<String, String> {
        &self.commits
    }

    /// Where all of it is.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the small tool was built by this process.
    pub(super) fn is_probe_built(&self) -> bool {
        self.is_probe_built
    }

    /// Notes that it was.
    pub(super) fn set_probe_built(&mut self) {
        self.is_probe_built = true;
    }

    /// Shows a table, and keeps it for the end of `make test`.
    pub(super) fn report(&self, name: &str, text: &str) {
        fs_err::write(self.folder.join("report").join(name), text).unwrap();
        show(&format!("\n{text}"));
    }

    /// A folder of this name, empty.
    pub(super) fn scratch(&self, name: &str) -> PathBuf {
        let folder = self.folder.join("tmp").join(name);
        // Go writes its cache of modules read-only; root does not mind.
        if folder.exists() && !keeps_results() {
            fs_err::remove_dir_all(&folder).unwrap();
        }
        fs_err::create_dir_all(&folder).unwrap();
        folder
    }

    /// A process that sees this machine's podman.
    pub(super) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new("unshare");
        command.args(["--mount", "--"]).arg(program);
        command.env("CONTAINERS_CONF", self.folder.join("containers.conf"));
        command.env("CONTAINERS_STORAGE_CONF", self.folder.join("storage.conf"));
        command.env_remove("GITHUB_ACTIONS");
        command
    }

    /// Runs podman.
    pub(super) fn podman<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Output {
        run(self.command("podman").args(arguments))
    }

    /// Runs a command in a container of this image that is removed, with the scripts of a project beside it.
    pub(super) fn in_container(&self, image: &str, scripts: &Path, more: &[&str], command: &[&str]) -> Output {
        let scripts = format!("{}:/workspace/scripts:ro", scripts.display());
        let mut podman = self.command("podman");
        podman.args(["run", "--rm", "--security-opt", "label=disable", "--volume", &scripts]).args(more).arg(image);
        run(podman.args(command))
    }

    /// The image that these scripts set up for both arches, on top of another image. Made once for each text of the script.
    pub(super) fn environment(&self, name: &str, base: &str, scripts: &Path) -> String {
        let script = fs_err::read(scripts.join("container/setup-build-env.sh")).unwrap();
        let mut image = format!("localhost/ghagen-{name}:");
        for byte in &digest(&script)[..8] {
            write!(image, "{byte:02x}").unwrap();
        }
        if self.podman(["image", "exists", &image]).is_success() {
            return image;
        }
        let container = format!("ghagen-test-{name}-{}", std::process::id());
        let volume = format!("{}:/workspace/scripts:ro", scripts.display());
        let setup = "/workspace/scripts/container/setup-build-env.sh";
        let made = self.podman(["run", "--name", &container, "--volume", &volume, base, setup, "amd64", "arm64"]);
        let committed = made.is_success() && self.podman(["commit", "--quiet", &container, &image]).is_success();
        self.podman(["rm", "--force", &container]);
        made.status(0);
        assert!(committed, "{image} could not be made from {container}");
        image
    }
}

/// Runs a process to its end.
pub(super) fn run(command: &mut Command) -> Output {
    Output::of(command, Path::new("/nonexistent"))
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).into()
}
