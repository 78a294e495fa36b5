//! What goes with the packages of a release: licence texts out of the sources, joined for all arches, and what says where each
//! source is; the installer that knows its release.

use std::os::unix::fs::symlink;

use serde_json::Value;

use crate::{
    sbom::own,
    support::{Output, Project, tool},
};

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";
const COLLECT: &str = "generated/scripts/container/collect-licenses.sh";

fn collect(project: &Project, words: &[&str]) -> Output {
    let source = project.root().join("source");
    let words = words.iter().map(|word| word.replace("SOURCE", source.to_str().unwrap()));
    project.output(project.command(COLLECT).args(words).env("LICENSES", project.root().join("work/licenses")))
}

fn collected(project: &Project) -> Vec<String> {
    project.tree().paths().filter_map(|path| path.strip_prefix("work/licenses/")).map(str::to_owned).collect()
}

#[test]
fn texts_are_found_by_their_usual_names_or_by_the_spec() {
    let project = own();
    for path in ["COPYING", "COPYING.lib", "README", "licence.go", "src/LICENSE", "LICENSES/MIT.txt", "LGPL2.txt"] {
        project.write(&format!("source/{path}"), path);
    }
    symlink("LICENSES/MIT.txt", project.root().join("source/LICENSE")).unwrap();
    collect(&project, &["x", "SOURCE"]).status(0);
    assert_eq!(collected(&project), ["x/COPYING", "x/COPYING.lib", "x/LGPL2.txt", "x/LICENSE", "x/LICENSES/MIT.txt"]);
    assert_eq!(project.read("work/licenses/x/LICENSE"), "LICENSES/MIT.txt", "a link, and not what it leads to");

    collect(&project, &["y", "SOURCE", "src/LICENSE"]).status(0);
    assert!(collected(&project).contains(&"y/src/LICENSE".to_owned()));
    collect(&project, &["z", "SOURCE", "NO-SUCH-FILE"]).status(22).stderr_has("z: NO-SUCH-FILE is to hold its licence");
    project.write("source/src/empty", "");
    collect(&project, &["z", "SOURCE", "src/empty"]).status(22);
    collect(&project, &["z", "SOURCE/src/.."]).status(0);
    project.write("bare/main.c", "");
    let bare = project.root().join("bare");
    collect(&project, &["z", bare.to_str().unwrap()])
        .status(22)
        .stderr_has("`license_files` of the component says where");
}

#[test]
fn texts_of_modules_keep_their_folders() {
    let project = own();
    project.write("source/a.example/one/LICENSE", "one");
    project.write("source/a.example/two/NOTICE.md", "two");
    project.write("source/a.example/two/license.go", "no text");
    collect(&project, &["--modules", "x", "SOURCE"]).status(0);
    collect(&project, &["--modules", "x", "SOURCE/a.example/one", "crate-1.0"]).status(0);
    let expected =
        ["x/modules/a.example/one/LICENSE", "x/modules/a.example/two/NOTICE.md", "x/modules/crate-1.0/LICENSE"];
    assert_eq!(collected(&project), expected);
}

/// The folder of a release as the jobs before leave it: archives, and the licences of each arch.
fn built() -> Project {
    let project = own();
    let plan: Value = serde_json::from_str(&project.read("generated/plan/podman.json")).unwrap();
    for cell in plan["cells"].as_array().unwrap().iter().filter(|cell| cell["line"] == "6") {
        project.write(&format!("dist/{}", cell["artifact"].as_str().unwrap()), "an archive");
    }
    for arch in ["amd64", "arm64"] {
        pack(&project, arch, |_| Some("a licence".to_owned()));
    }
    project
}

/// Packs licences as a build does: of each component with a source, and of musl.
fn pack(project: &Project, arch: &str, text: impl Fn(&str) -> Option<String>) {
    let sbom: Value = serde_json::from_str(&project.read("generated/sbom/podman.json")).unwrap();
    let work = project.root().join(format!("build-{arch}"));
    for part in sbom["parts"].as_array().unwrap() {
        let id = part["id"].as_str().unwrap();
        let has_source = part["source"]["commit"].is_string() || part["of_run"] == true;
        if let Some(text) = text(id).filter(|_| has_source && !id.starts_with("toolchain-")) {
            project.write(&format!("build-{arch}/licenses/unit-{id}/{id}/COPYING"), &text);
        }
    }
    project.write(&format!("build-{arch}/toolchain/licenses/musl/COPYRIGHT"), "musl");
    project.write(&format!("build-{arch}/source-date-epoch"), "1700000000\n");
    fs_err::create_dir_all(work.join("dist")).unwrap();
    let mut command = project.command("generated/scripts/container/pack-licenses.sh");
    let command = command.args(["podman", arch]).env("WORK", &work).env("TOOLCHAIN", work.join("toolchain"));
    project.output(command).status(0);
    let name = format!("podman-licenses-{arch}.tar.zst");
    fs_err::rename(work.join("dist").join(&name), project.root().join("dist").join(name)).unwrap();
}

fn assets(project: &Project) -> Output {
    let environment = [
        ("TOOL", "podman"),
        ("VERSION", "6.0.0"),
        ("LINE", "6"),
        ("COMMIT", COMMIT),
        ("RELEASE_TAG", "podman-v6.0.0-2"),
        ("REPOSITORY", "owner/name"),
    ];
    project.output(project.command("generated/scripts/release-assets.sh").arg("dist").envs(environment))
}

fn unpacked(project: &Project, file: &str) -> String {
    let script = r#"zstd --quiet --decompress --stdout dist/podman-licenses.tar.zst | tar --extract --to-stdout --wildcards "*/$1""#;
    project.output(project.command("bash").args(["-c", script, "bash", file])).status(0).stdout().to_owned()
}

#[test]
fn a_release_holds_every_licence_and_where_each_source_is() {
    let project = built();
    assets(&project).status(0);
    // Exactly what the list of its files says, but for what signing adds.
    let listed = project.output(project.command("generated/scripts/release-files.sh").args(["podman", "6"]));
    let mut listed: Vec<&str> = listed
        .stdout()
        .lines()
        .filter_map(|line| line.strip_prefix("archive ").or(line.strip_prefix("asset ")))
        .collect();
    // Signing writes down the pins.
    listed.retain(|name| *name != "podman.pins.json");
    listed.sort_unstable();
    let tree = project.tree();
    let found: Vec<&str> = tree.paths().filter_map(|path| path.strip_prefix("dist/")).collect();
    assert_eq!(found, listed);

    let sources = unpacked(&project, "SOURCES.txt");
    let sbom: Value = serde_json::from_str(&project.read("generated/sbom/podman.json")).unwrap();
    let mut count = 0;
    for part in sbom["parts"].as_array().unwrap() {
        let is_here = part["places"].as_array().unwrap().iter().any(|place| place.as_str().unwrap().starts_with("6/"));
        if let (true, Some(commit)) = (is_here, part["source"]["commit"].as_str()) {
            let url = part["source"]["url"].as_str().unwrap();
            assert!(sources.contains(&format!("commit:  {commit}\n")) && sources.contains(url), "{sources}");
            count += 1;
        }
    }
    assert!(count > 15, "{sources}");
    assert!(sources.contains("podman 6.0.0\n  licence: Apache-2.0\n") && sources.contains(COMMIT), "{sources}");
    assert!(sources.contains("source:  https://github.com/owner/name, tag podman-v6.0.0-2"), "{sources}");
    assert_eq!(unpacked(&project, "crun/COPYING"), "a licence");
    assert_eq!(unpacked(&project, "musl/COPYRIGHT"), "musl");

    // Interrupted behind it, and run again: the same bytes.
    let first = project.tree();
    assets(&project).status(0);
    assert!(project.tree() == first, "a second run makes something else");

    let installer = project.read("dist/install.sh");
    for line in ["server='https://github.com'", "repository='owner/name'", "version='6.0.0-2'"] {
        assert!(installer.lines().any(|it| it == line), "{line}");
    }
    if let Some(shellcheck) = tool("shellcheck") {
        project.output(project.command(shellcheck).arg("dist/install.sh")).status(0);
    }
}

#[test]
fn a_missing_or_a_doubtful_licence_stops_the_release() {
    let project = built();
    pack(&project, "arm64", |id| Some(if id == "crun" { "another" } else { "a licence" }.to_owned()));
    assets(&project).status(1).stderr_has("crun/COPYING is not the same for all arches");
    let project = built();
    for arch in ["amd64", "arm64"] {
        fs_err::remove_dir_all(project.root().join(format!("build-{arch}"))).unwrap();
        pack(&project, arch, |id| (id != "libseccomp").then(|| "a licence".to_owned()));
    }
    assets(&project).status(1).stderr_has("the licence of libseccomp is missing");
    for arch in ["amd64", "arm64"] {
        project.remove(&format!("dist/podman-licenses-{arch}.tar.zst"));
    }
    assets(&project).status(1).stderr_has("no build left licences");
    project.remove("dist/podman-linux-arm64.tar.zst");
    assets(&project).status(1).stderr_has("podman-linux-arm64.tar.zst is missing");
}
