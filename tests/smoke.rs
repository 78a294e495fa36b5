//! The generated smoke test: what is shown, not shown and failed, and the place where a package is installed for a check.
//!
//! The packages here hold a script and a setting, so nothing is compiled.

mod installed;
mod spec;
mod verdict;

use std::path::PathBuf;

use crate::support::{Output, Project, edit, small};

/// A check of the spec: its name, its bash, and its other keys as YAML.
struct Check(&'static str, &'static str, &'static str);

/// A generated project with these checks, and a package of it.
struct Package {
    project: Project,
    archive: PathBuf,
}

impl Package {
    fn with(checks: &[Check]) -> Self {
        let project = small();
        let change = |path: &str, from: &str, to: &str| edit(&project, path, from, to);
        change(
            "spec/ghagen.yaml",
            "amd64: {",
            "arm64: {triple: aarch64-linux-musl, runner: r, build: native}\n  amd64: {",
        );
        change("spec/ghagen.yaml", "{bin: .}", "{bin: usr/local/bin, etc: etc}");
        change(
            "spec/ghagen.yaml",
            "release:\n",
            "smoke_commands:\n  greet: |\n    printf 'hello %s\\n' \"$1\"\nrelease:\n",
        );
        let smoke: Vec<String> = checks
            .iter()
            .map(|Check(name, run, keys)| {
                let run: String = run.lines().map(|line| format!("      {line}\n")).collect();
                format!("  - name: '{name}'\n{keys}    run: |\n{run}")
            })
            .collect();
        let tool = project.read("spec/tools/catatonit.yaml");
        project.write("spec/tools/catatonit.yaml", &format!("{tool}smoke:\n{}", smoke.concat()));
        project.write("spec/components/catatonit.yaml", COMPONENT);
        project.write("spec/files/hello", "#!/bin/sh\necho from the package\n");
        project.write("spec/files/passwd", "nobody may see this\n");
        project.write("spec/files/hello.conf", "setting = 1\n");
        project.run(["generate"]).status(0);
        let archive = project.root().join("catatonit.tar.zst");
        project.output(project.command("bash").args(["-euc", PACK, "pack"]).arg(&archive)).status(0);
        Self { project, archive }
    }

    /// Runs the smoke test in this environment, beside the scrubbed one.
    fn test(&self, environment: &[(&str, &str)]) -> Output {
        self.project.output(self.command().envs(environment.iter().copied()))
    }

    fn command(&self) -> std::process::Command {
        let arch = if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" };
        let mut command = self.project.command("generated/scripts/smoke-test.sh");
        command.args(["catatonit", arch, "default"]).arg(&self.archive).env("VERSION", "0.2.1");
        command
    }
}

const COMPONENT: &str = "\
component: catatonit
kind: files
summary: A script and its settings
license: MIT
recipe:
  files:
    copy:
      hello: bin/hello
      passwd: etc/passwd
      hello.conf: etc/hello.conf
outputs:
  hello:
    files: [bin/hello]
    place: bin
    mode: '755'
  settings:
    files: [etc/passwd, etc/hello.conf]
    place: etc
";

/// What package.sh does, for a tree that was not built.
const PACK: &str = "\
top=tree/catatonit-v0.2.1
install -D --mode=0755 spec/files/hello $top/usr/local/bin/hello
install -D --mode=0644 spec/files/passwd $top/etc/passwd
install -D --mode=0644 spec/files/hello.conf $top/etc/hello.conf
find tree -type d -exec chmod 0755 {} +
tar --create --directory tree --owner=0 --group=0 --numeric-owner --format=gnu catatonit-v0.2.1 | zstd --quiet -o \"$1\"
";
