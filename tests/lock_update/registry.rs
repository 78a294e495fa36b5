//! Digests from a registry: Debian's on loopback, and one that asks for a token first.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::support::{Output, Project, edit, tool};

const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// The registry of Debian, on a port of its own. It is ended with the value, and by itself if that is never dropped.
struct Registry {
    process: Child,
    address: String,
    _folder: TempDir,
}

impl Registry {
    fn start() -> Option<Self> {
        let program = tool("docker-registry")?;
        let folder = tempfile::Builder::new().prefix("ghagen-registry-").tempdir().unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let storage = folder.path().to_str().unwrap();
        let settings = format!(
            "version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {storage}}}}}\nhttp: {{addr: '{address}'}}\n"
        );
        let file = folder.path().join("settings.yml");
        fs_err::write(&file, settings).unwrap();
        let mut command = Command::new("timeout");
        command.arg("120").arg(program).arg("serve").arg(&file);
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let registry = Self { process, address, _folder: folder };
        let is_up = (0..100).any(|_| {
            thread::sleep(Duration::from_millis(50));
            TcpStream::connect(&registry.address).is_ok()
        });
        assert!(is_up, "the registry does not listen on {}", registry.address);
        Some(registry)
    }

    /// Pushes an image of one arch, under an index that a tag names. Gives the digest of the index.
    fn push(&self, name: &str, tag: &str, content: &str) -> String {
        let config = format!("{{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"{content}\"}}");
        let config = self.blob(name, &config);
        let manifest = format!(
            r#"{{"schemaVersion":2,"mediaType":"{MANIFEST}","config":{{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{}","size":{}}},"layers":[]}}"#,
            config.0, config.1
        );
        let child = self.manifest(name, &digest(&manifest), MANIFEST, &manifest);
        let index = format!(
            r#"{{"schemaVersion":2,"mediaType":"{INDEX}","manifests":[{{"mediaType":"{MANIFEST}","digest":"{child}","size":{},"platform":{{"architecture":"amd64","os":"linux"}}}}]}}"#,
            manifest.len()
        );
        self.manifest(name, "one-arch", MANIFEST, &manifest);
        self.manifest(name, tag, INDEX, &index)
    }

    fn blob(&self, name: &str, text: &str) -> (String, usize) {
        let start = format!("http://{}/v2/{name}/blobs/uploads/", self.address);
        let answer = curl(&["--include", "--request", "POST", &start]);
        let location = answer.lines().find_map(|line| line.strip_prefix("Location: ")).unwrap().trim();
        let address = format!("{location}&digest={}", digest(text));
        curl(&[
            "--request",
            "PUT",
            "--header",
            "Content-Type: application/octet-stream",
            "--data-binary",
            text,
            &address,
        ]);
        (digest(text), text.len())
    }

    fn manifest(&self, name: &str, reference: &str, kind: &str, text: &str) -> String {
        let address = format!("http://{}/v2/{name}/manifests/{reference}", self.address);
        curl(&["--request", "PUT", "--header", &format!("Content-Type: {kind}"), "--data-binary", text, &address]);
        digest(text)
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // To `timeout`, by its own number; it hands the signal on to the registry.
        let _ = Command::new("kill").arg(self.process.id().to_string()).status();
        let _ = self.process.wait();
    }
}

fn curl(args: &[&str]) -> String {
    let output =
        Command::new("curl").args(["--disable", "-sS", "--fail", "--noproxy", "*"]).args(args).output().unwrap();
    assert!(output.status.success(), "curl {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn digest(text: &str) -> String {
    let bytes: Vec<String> = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{}", bytes.concat())
}

/// The base project, built in an image of this registry.
fn project(address: &str, image: &str) -> Project {
    let project = Project::copy_of("tests/diagnostics/base");
    let name = format!("{address}/{image}");
    edit(&project, "spec/ghagen.yaml", "registry.example.org/base:1", &format!("'{name}'"));
    edit(&project, "spec/ghagen.lock", "registry.example.org/base:1:", &format!("'{name}':"));
    project
}

fn update(project: &Project, image: &str) -> Output {
    project.run(["lock", "update", image])
}

#[test]
fn the_digest_of_the_index_is_pinned_and_followed() {
    let Some(registry) = Registry::start() else { return };
    let name = format!("{}/team/base:1", registry.address);
    let project = project(&registry.address, "team/base:1");
    let first = registry.push("team/base", "1", "first");
    update(&project, &name).status(0).stdout_has("1 pin updated");
    assert!(project.read("spec/ghagen.lock").contains(&format!("digest: {first}\n")));
    update(&project, &name).status(0).stdout_has("0 pins updated");
    // Tags of images move on purpose: the new digest is taken.
    let second = registry.push("team/base", "1", "second");
    update(&project, &name).status(0).stdout_has(&format!("-> 1 {}", &second["sha256:".len()..][..12]));
    let lock = project.read("spec/ghagen.lock");
    assert!(lock.contains(&second) && !lock.contains(&first));
    project.run(["generate"]).status(0);
    assert!(project.read("generated/scripts/build-tool.sh").contains(&format!("{name}@{second}")));
}

#[test]
fn an_image_that_is_not_there_or_of_one_arch_keeps_its_pin() {
    let Some(registry) = Registry::start() else { return };
    registry.push("team/base", "1", "first");
    for (image, said) in
        [("team/base:2", "there is no such image"), ("team/base:one-arch", "is no index of several arches")]
    {
        let project = project(&registry.address, image);
        let before = project.read("spec/ghagen.lock");
        let name = format!("{}/{image}", registry.address);
        update(&project, &name).status(74).stdout_has(said);
        let lock = project.read("spec/ghagen.lock");
        assert!(before.contains(&"0".repeat(64)) && lock.contains(&"0".repeat(64)), "{lock}");
    }
}

/// Answers three requests: a refusal, a token, and to those who have it an index.
fn asks_for_token(listener: TcpListener, index: &'static str) -> thread::JoinHandle<Vec<String>> {
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut seen = Vec::new();
        for stream in listener.incoming().take(3) {
            let mut stream = stream.unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
            let request: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let has_token = request.iter().any(|line| line == "Authorization: Bearer abc.def");
            let answer = if request[0].starts_with("GET /token?") {
                let body = r#"{"token": "abc.def"}"#;
                format!("200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len())
            } else if has_token {
                format!("200 OK\r\nContent-Type: {INDEX}\r\nContent-Length: {}\r\n\r\n{index}", index.len())
            } else {
                let challenge =
                    format!("Bearer realm=\"http://{address}/token\",service=\"s\",scope=\"repository:base:pull\"");
                format!("401 Unauthorized\r\nWWW-Authenticate: {challenge}\r\nContent-Length: 0\r\n\r\n")
            };
            write!(stream, "HTTP/1.1 {}", answer.replacen("\r\n", "\r\nConnection: close\r\n", 1)).unwrap();
            seen.push(request[0].clone());
        }
        seen
    })
}

#[test]
fn a_token_is_asked_for_where_the_registry_wants_one() {
    const INDEX_TEXT: &str = r#"{"schemaVersion":2,"manifests":[]}"#;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let project = project(&address, "base:1");
    let server = asks_for_token(listener, INDEX_TEXT);
    update(&project, &format!("{address}/base:1")).status(0);
    assert!(project.read("spec/ghagen.lock").contains(&digest(INDEX_TEXT)));
    let seen = server.join().unwrap();
    assert_eq!(seen[1], "GET /token?service=s&scope=repository:base:pull HTTP/1.1");
}
